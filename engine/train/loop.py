"""Training: pairs in, a model out. What a clock decides is decided once and written down; a run that was killed goes on to the same end."""
from __future__ import annotations

import copy
import json
import os
import platform
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.errors import TooShort, UsageError
from engine.media.colour import from_ycbcr
from engine.media.difference import ciede2000, lab
from engine.pairs.pair import Pair
from engine.run import Cancelled, Run
from engine.train.baseline import Domain, fit_film, fit_shot, gather
from engine.train.checkpoint import Plan, State, identity_of, load_checkpoint, save_checkpoint
from engine.train.device import choose_device
from engine.train.loss import ChromaLoss
from engine.train.model import Model
from engine.train.net import AffineGrid, NetSettings, at_phase
from engine.train.samples import Batch, Sample, Samples, prepare, whole

BATCH = 4
RATE = 3e-3
WARM_STEPS = 100
COOL_SHARE = 0.5            # of a run: the learning rate comes down to zero over it
DECAY = 0.01
LONGEST = 12_000            # steps, where the held-out error decides
SHORTEST = 600
PATIENCE = 800              # steps without a better held-out error
LOOK_EVERY = 200
SAVE_SECONDS = 12.0
PROBE_STEPS, PROBE_SECONDS = 40, 8.0
LOOKS = ((0, 1), (3, 2))    # the pixels of a cell that held-out error is measured on


@dataclass(frozen=True)
class TrainSettings:
    """`steps` or `minutes`, or neither: then training stops when the held-out error has stopped falling."""

    steps: int | None = None
    minutes: float | None = None
    seed: int = 0
    device: str = "auto"


@dataclass(frozen=True)
class TrainResult:
    """`held_out`: dE00 of the net, lut_dE00 (the better of the LUT a shot and the LUT over the film) and untouched_dE00 on held-out
    pairs; None where none were held out."""

    model: Path
    steps: int
    device: str
    held_out: dict[str, float] | None


def train(pairs: Sequence[Path], settings: TrainSettings, folder: Path, run: Run) -> TrainResult:
    """Train a net on pair files; leaves model.pt, plan.json, checkpoint.pt and curve.jsonl in `folder`, and goes on from those that a
    stopped run of the same pairs and settings left there. Deterministic under the seed on the CPU.

    Raises UsageError where nothing says how long to train, TooShort without pairs, DeviceMissing, NewerVersion, Cancelled."""
    began = time.monotonic()
    if settings.steps is not None and settings.minutes is not None:
        raise UsageError("--steps and --minutes contradict each other; give one of them")
    loaded = load_pairs(pairs, run)
    if settings.steps is None and settings.minutes is None and not any(p.held_out for p in loaded):
        raise UsageError("no pair is held out, so nothing tells when to stop training; give --steps or --minutes")
    device = choose_device(settings.device)
    folder.mkdir(parents=True, exist_ok=True)
    asked = {"steps": settings.steps, "minutes": settings.minutes, "seed": settings.seed, "device": device.type}
    with calculating(threads_of_machine(), settings.seed, device):
        trainer = Trainer(loaded, settings.seed, device, folder, identity_of(pairs, asked), run)
        trainer.plan = trainer.make_plan(settings, began)
        with calculating(trainer.plan.threads, settings.seed, device):
            return trainer.finish(run)


def load_pairs(pairs: Sequence[Path], run: Run) -> list[Pair]:
    """All pairs into memory. Raises TooShort where there is none to train on."""
    loaded = []
    for done, path in enumerate(pairs):
        run.step(done, len(pairs), "reading pairs")
        loaded.append(Pair.load(path))
    if not any(p.weight.any() and not p.held_out for p in loaded):
        raise TooShort("there is no pair to train on; look at the alignment, or choose pairs with --pairs")
    return loaded


def threads_of_machine() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def calculating(threads: int, seed: int, device: torch.device) -> Iterator[None]:
    """A fixed number of threads and deterministic algorithms (on the CPU for certain), put back afterwards."""
    before, strict = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(True, warn_only=device.type != "cpu")
    torch.manual_seed(seed)
    try:
        yield
    finally:
        torch.set_num_threads(before)
        torch.use_deterministic_algorithms(strict)


def calculates_half(device: torch.device) -> bool:
    """Whether bfloat16 convolutions are native: by what the processor is, never by a clock, so that a repeated run does the same."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    native = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return device.type == "cpu" and bool(native())


def begin_model(pairs: Sequence[Pair], seed: int, run: Run) -> Model:
    """A fresh net on top of the pointwise fits of the film and of every shot."""
    training = [p for p in pairs if not p.held_out]
    domain = Domain.of(training)
    film = fit_film(gather(training, domain), domain)
    words = sorted({p.shot for p in training})
    shots = {}
    for done, word in enumerate(words):
        run.step(done, len(words), "fitting colour shot by shot")
        shots[word] = fit_shot(film, gather([p for p in training if p.shot == word], domain))
    torch.manual_seed(seed)
    net = AffineGrid(NetSettings()).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    versions = {"torch": str(torch.__version__), "python": platform.python_version()}
    return Model.begin(net, film, shots, {"training_width": max(p.scan.shape[1] for p in training), "seed": seed, "versions": versions})


class Trainer:
    """One training run: model, samples, optimizer and where it stands."""

    plan: Plan

    def __init__(self, pairs: Sequence[Pair], seed: int, device: torch.device, folder: Path, identity: str, run: Run) -> None:
        self.device, self.folder, self.identity, self.seed = device, folder, identity, seed
        model = begin_model(pairs, seed, run)
        training = [p for p in pairs if not p.held_out and p.weight.any()]
        self.held_out = [prepare(p, model) for p in pairs if p.held_out and p.weight.any()]
        samples = []
        for done, pair in enumerate(training):
            run.step(done, len(training), "preparing pairs")
            samples.append(prepare(pair, model))
        self.samples = Samples(samples, model.net.settings.context, seed)
        set_scale(model.net, samples)
        self.model = model.to(device)
        self.net = self.model.net
        self.loss = ChromaLoss(device)
        self.optimizer = torch.optim.AdamW(self.net.parameters(), RATE, (0.9, 0.99), weight_decay=DECAY)
        self.state = State()
        self.lut = self.untouched = float("nan")

    def make_plan(self, settings: TrainSettings, began: float) -> Plan:
        """The plan that a stopped run left, or a new one."""
        path = self.folder / "plan.json"
        if path.exists() and (plan := Plan.load(path)).identity == self.identity:
            return plan
        for stale in ("checkpoint.pt", "model.pt", "curve.jsonl"):
            (self.folder / stale).unlink(missing_ok=True)
        steps, step_ms, half = settings.steps or LONGEST, None, calculates_half(self.device)
        if settings.minutes is not None:
            steps, step_ms = self.probe(settings.minutes * 60, began, half)
        plan = Plan(self.identity, self.device.type, threads_of_machine(), half, BATCH, steps,
                    settings.steps is None and settings.minutes is None, step_ms)
        plan.save(path)
        return plan

    def probe(self, seconds: float, began: float, half: bool) -> tuple[int, float]:
        """How many steps fit into what is left of `seconds`: real steps, on a copy of the net."""
        net = copy.deepcopy(self.net)
        optimizer = torch.optim.AdamW(net.parameters(), 0.0)
        times: list[float] = []
        start = time.monotonic()
        while len(times) < 4 or (len(times) < PROBE_STEPS and time.monotonic() - start < min(PROBE_SECONDS, seconds / 20)):
            at = time.monotonic()
            self.descend(net, optimizer, self.samples.batch(len(times), BATCH, self.device), half)
            times.append(time.monotonic() - at)
        at = time.monotonic()
        self.measure()
        look = time.monotonic() - at
        step = float(np.mean(times[2:]))
        left = seconds - (time.monotonic() - began) - 2 * look
        return max(1, int(left / (step + look / LOOK_EVERY))), step * 1000

    def descend(self, net: AffineGrid, optimizer: torch.optim.Optimizer, batch: Batch, half: bool) -> float:
        """One step of the optimizer; the loss before it."""
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast(self.device.type, torch.bfloat16) if half else nullcontext():
            coefficients = net(batch.view)
        chroma = net.chroma(at_phase(coefficients, batch.row, batch.column, net.settings.context), batch.colours)
        loss = self.loss(chroma, batch.target, batch.luma, batch.weight)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        return loss.item()

    def finish(self, run: Run) -> TrainResult:
        """From where the run stands to its end."""
        path = self.folder / "checkpoint.pt"
        self.begin_held_out()
        if path.exists():
            self.state = load_checkpoint(path, self.identity, self.net, self.optimizer) or self.state
        elif not self.plan.stops_by_itself:
            self.end_at(self.plan.steps)
        write_curve(self.folder, self.state.history)
        saved = began = time.monotonic()
        since = self.state.step
        while self.state.ends is None or self.state.step < self.state.ends:
            self.advance()
            now = time.monotonic()
            if self.state.step % LOOK_EVERY == 0 or self.state.step == self.state.ends:
                self.look((now - began) / (self.state.step - since) * 1000)
                began, since = time.monotonic(), self.state.step
            if now - saved > SAVE_SECONDS:
                self.save()
                saved = now
            self.report(run)
        self.save()
        return self.result()

    def advance(self) -> None:
        state = self.state
        for group in self.optimizer.param_groups:
            group["lr"] = RATE * rate(state)
        loss = self.descend(self.net, self.optimizer, self.samples.batch(state.step, self.plan.batch, self.device), self.plan.half)
        share = max(0.02, 1 / (state.step + 1))
        state.loss += (loss - state.loss) * share
        state.step += 1

    def end_at(self, steps: int) -> None:
        """From now on it is decided where the run ends."""
        self.state.ends, self.state.cools = steps, max(self.state.step, round(steps * (1 - COOL_SHARE)))

    def look(self, step_ms: float) -> None:
        """Measure the held-out error, note it, and decide whether it has stopped falling."""
        state = self.state
        row: dict[str, Any] = {"step": state.step, "loss": round(state.loss, 4), "step_ms": round(step_ms, 1)}
        if self.held_out:
            row |= {"dE00": round(self.measure(), 4), "lut_dE00": round(self.lut, 4)}
            if row["dE00"] < state.best * 0.995:
                state.best, state.best_step = row["dE00"], state.step
        state.history.append(row)
        append_curve(self.folder, row)
        if self.plan.stops_by_itself and state.ends is None:
            stalled = state.step >= SHORTEST and state.step - state.best_step >= PATIENCE
            if stalled or state.step >= self.plan.steps * (1 - COOL_SHARE):
                self.end_at(min(self.plan.steps, round(state.step / (1 - COOL_SHARE))))

    def report(self, run: Run) -> None:
        state = self.state
        note = f"loss {state.loss:.2f}"
        if state.history and "dE00" in state.history[-1]:
            note = f"held-out dE00 {state.history[-1]['dE00']:.2f}, a LUT {self.lut:.2f}"
        try:
            run.step(state.step, state.ends or self.plan.steps, f"training: {note}")
        except Cancelled:
            self.save()
            raise

    def save(self) -> None:
        save_checkpoint(self.folder / "checkpoint.pt", self.identity, self.state, self.net, self.optimizer)

    def begin_held_out(self) -> None:
        """The figures to beat: the LUT (a shot or the film, whichever is better) and the scan as it is."""
        if self.held_out:
            self.lut = min(self.compare(lambda b: b.colours[:, 3:5]), self.compare(lambda b: b.colours[:, 3:5], film=True))
            self.untouched = self.compare(lambda b: b.colours[:, 1:3])

    def measure(self) -> float:
        """Mean dE00 of the net over the held-out pairs; not a number where there are none."""
        self.net.eval()
        context = self.net.settings.context
        with torch.no_grad():
            error = self.compare(lambda b: self.net.chroma(at_phase(self.net(b.view), b.row, b.column, context), b.colours))
        self.net.train()
        return error

    def compare(self, chroma: Any, film: bool = False) -> float:
        """Mean over held-out pairs of the mean dE00 of `chroma(batch)` against the target, at the LOOKS, weighted."""
        errors = []
        for sample in self.held_out:
            batches = [whole(sample, self.net.settings.context, *look, self.device, film) for look in LOOKS]
            errors.append(float(np.mean([difference(b, chroma(b)) for b in batches])))
        return float(np.mean(errors)) if errors else float("nan")

    def result(self) -> TrainResult:
        """Write the model and say how good it is."""
        held_out = None
        if self.held_out:
            figures = {"dE00": self.measure(), "lut_dE00": self.lut, "untouched_dE00": self.untouched}
            held_out = {name: round(value, 4) for name, value in figures.items()}
        self.model.about |= {"steps": self.state.step, "held_out": held_out}
        path = self.folder / "model.pt"
        self.model.save(path)
        return TrainResult(path, self.state.step, self.device.type, held_out)


def rate(state: State) -> float:
    """The learning rate over RATE: up over WARM_STEPS, level, and down to zero between `cools` and `ends`."""
    warm = min(1.0, (state.step + 1) / WARM_STEPS)
    if state.ends is None or state.step < state.cools:
        return warm
    return warm * (state.ends - state.step) / max(1, state.ends - state.cools)


def set_scale(net: AffineGrid, samples: Sequence[Sample]) -> None:
    """Mean and deviation of the colours, and the spread of the target chroma, over the training pairs."""
    colours = torch.cat([s.view[:5].flatten(1) for s in samples], 1)
    target = torch.cat([s.pixels[7:9, ::4, ::4].float().flatten(1) for s in samples], 1)
    net.mean.copy_(colours.mean(1))
    net.deviation.copy_(colours.std(1).clamp(min=1e-3))
    net.spread.copy_(target.std(1).clamp(min=1e-3))


def difference(batch: Batch, chroma: torch.Tensor) -> float:
    """Weighted mean CIEDE2000 of chroma (1, 2, h, w) on the batch's luma against its target."""
    shown, target = (
        lab(from_ycbcr(np.ascontiguousarray(torch.cat([batch.luma[0][None], c[0]]).permute(1, 2, 0).cpu().numpy())))
        for c in (chroma, batch.target)
    )
    weight = batch.weight[0].cpu().numpy()
    return float((ciede2000(shown, target) * weight).sum() / max(float(weight.sum()), 1e-9))


def write_curve(folder: Path, history: Sequence[dict[str, Any]]) -> None:
    """The curve as far as the checkpoint knows it."""
    temporary = folder / "curve.jsonl.partial"
    temporary.write_text("".join(json.dumps(row) + "\n" for row in history), encoding="utf-8")
    os.replace(temporary, folder / "curve.jsonl")


def append_curve(folder: Path, row: dict[str, Any]) -> None:
    with (folder / "curve.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
