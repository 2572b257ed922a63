"""Training: pairs in, a model out. What a clock decides is decided once and written down; a run that was killed goes on to the same end."""
from __future__ import annotations

import copy
import json
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.errors import UsageError
from engine.files import replacing
from engine.pairs.pair import Pair
from engine.run import Cancelled, Run
from engine.train.begin import begin_model, calculates_half, calculating, load_pairs, set_scale
from engine.train.checkpoint import Plan, State, identity_of, load_checkpoint, save_checkpoint
from engine.train.device import choose_device
from engine.train.held_out import HeldOut
from engine.train.loss import ChromaLoss
from engine.train.net import AffineGrid, at_phase
from engine.train.samples import Batch, Sample, Samples, prepare

BATCH = 4
RATE = 3e-3
WARM_STEPS = 100
COOL_SHARE = 0.5            # of a run: the learning rate comes down to zero over it
DECAY = 0.3
LONGEST = 12_000            # steps, where the held-out error decides
SHORTEST = 600
PATIENCE = 600              # steps without a better held-out error
WORTH = 0.99                # what counts as a better one
LOOK_EVERY = 200
SAVE_SECONDS = 12.0
PROBE_STEPS, PROBE_SECONDS = 80, 12.0


@dataclass(frozen=True)
class TrainSettings:
    """`steps` or `minutes` (all of the time in `train`), or neither: then training stops when the held-out error has stopped falling."""

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
    identity = identity_of(pairs, asked)
    plan = Plan.load(folder / "plan.json", identity)
    threads = plan.threads if plan else torch.get_num_threads()
    with calculating(threads, device):
        trainer = Trainer(loaded, settings.seed, device, run)
        del loaded
        if plan is None:
            plan = trainer.decide(settings, identity, threads, began)
            start_afresh(folder, plan)
        return trainer.finish(plan, folder, run)


def start_afresh(folder: Path, plan: Plan) -> None:
    """A new plan; what a run of another plan left is of no use."""
    for stale in ("checkpoint.pt", "model.pt", "curve.jsonl"):
        (folder / stale).unlink(missing_ok=True)
    plan.save(folder / "plan.json")


class Trainer:
    """One training run: the model, its samples, the optimizer, and where it stands."""

    def __init__(self, pairs: Sequence[Pair], seed: int, device: torch.device, run: Run) -> None:
        training = [p for p in pairs if not p.held_out]
        self.device = device
        self.model = begin_model(training, seed, run)
        self.net = self.model.net
        context = self.net.settings.context
        samples: list[Sample] = []
        held_out: list[Sample] = []
        for done, pair in enumerate(pairs):
            run.step(done, len(pairs), "preparing pairs")
            (held_out if pair.held_out else samples).append(prepare(pair, self.model))
        set_scale(self.net, samples)
        self.model = self.model.to(device)
        self.samples = Samples(samples, context, seed)
        self.held_out = HeldOut(held_out, context, device) if held_out else None
        self.loss = ChromaLoss(device)
        self.optimizer = torch.optim.AdamW(self.net.parameters(), RATE, (0.9, 0.99), weight_decay=DECAY)
        self.state = State()

    def decide(self, settings: TrainSettings, identity: str, threads: int, began: float) -> Plan:
        """Everything that a resume has to follow."""
        half = calculates_half(self.device)
        steps, step_ms = settings.steps or LONGEST, None
        if settings.minutes is not None:
            steps, step_ms = self.probe(settings.minutes * 60, began, half)
        by_itself = settings.steps is None and settings.minutes is None
        return Plan(identity, self.device.type, threads, half, BATCH, steps, by_itself, step_ms)

    def probe(self, seconds: float, began: float, half: bool) -> tuple[int, float]:
        """How many steps fit into what is left of `seconds` since `began`, from real steps on a copy of the net; and ms a step."""
        net = copy.deepcopy(self.net)
        optimizer = torch.optim.AdamW(net.parameters(), 0.0)
        times: list[float] = []
        start = time.monotonic()
        while len(times) < 4 or (len(times) < PROBE_STEPS and time.monotonic() - start < min(PROBE_SECONDS, seconds / 20)):
            at = time.monotonic()
            self.descend(net, optimizer, self.samples.batch(len(times), BATCH, self.device), half)
            times.append(time.monotonic() - at)
        at = time.monotonic()
        if self.held_out:
            self.held_out.measure(net)
        look = time.monotonic() - at
        step = float(np.median(times[2:]))
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

    def finish(self, plan: Plan, folder: Path, run: Run) -> TrainResult:
        """From where the run stands to its end."""
        checkpoint = folder / "checkpoint.pt"
        if checkpoint.exists():
            self.state = load_checkpoint(checkpoint, plan.identity, self.net, self.optimizer)
        elif not plan.stops_by_itself:
            self.end_at(plan.steps)
        state = self.state
        write_curve(folder, state.history)
        saved = looked = time.monotonic()
        since = state.step
        while state.ends is None or state.step < state.ends:
            self.advance(plan)
            if state.step % LOOK_EVERY == 0 or state.step == state.ends:
                self.look(plan, (time.monotonic() - looked) / (state.step - since) * 1000)
                write_curve(folder, state.history)
                looked, since = time.monotonic(), state.step
            try:
                run.step(state.step, state.ends or plan.steps, self.note())
            except Cancelled:
                save_checkpoint(checkpoint, plan.identity, state, self.net, self.optimizer)
                raise
            if time.monotonic() - saved > SAVE_SECONDS:
                save_checkpoint(checkpoint, plan.identity, state, self.net, self.optimizer)
                saved = time.monotonic()
        save_checkpoint(checkpoint, plan.identity, state, self.net, self.optimizer)
        return self.result(folder)

    def advance(self, plan: Plan) -> None:
        """One step of the run."""
        state = self.state
        for group in self.optimizer.param_groups:
            group["lr"] = RATE * rate(state)
        loss = self.descend(self.net, self.optimizer, self.samples.batch(state.step, plan.batch, self.device), plan.half)
        state.loss += (loss - state.loss) * max(0.02, 1 / (state.step + 1))
        state.step += 1

    def end_at(self, steps: int) -> None:
        """From now on it is decided where the run ends."""
        self.state.ends, self.state.cools = steps, max(self.state.step, round(steps * (1 - COOL_SHARE)))

    def look(self, plan: Plan, step_ms: float) -> None:
        """Measure the held-out error, note it, and decide whether it has stopped falling."""
        state = self.state
        row: dict[str, Any] = {"step": state.step, "loss": round(state.loss, 4), "step_ms": round(step_ms, 1)}
        if self.held_out:
            row |= {"dE00": round(self.held_out.measure(self.net), 4), "lut_dE00": round(self.held_out.lut, 4)}
            if row["dE00"] < state.best * WORTH:
                state.best, state.best_step = row["dE00"], state.step
        state.history.append(row)
        if state.ends is None:
            stalled = state.step >= SHORTEST and state.step - state.best_step >= PATIENCE
            if stalled or state.step >= plan.steps * (1 - COOL_SHARE):
                self.end_at(min(plan.steps, round(state.step / (1 - COOL_SHARE))))

    def note(self) -> str:
        if self.held_out is None:
            return f"training, loss {self.state.loss:.2f}"
        latest = f"{self.state.history[-1]['dE00']:.2f}" if self.state.history else "not measured yet"
        return f"training, held-out dE00 {latest}, a LUT {self.held_out.lut:.2f}"

    def result(self, folder: Path) -> TrainResult:
        """Write the model and say how good it is."""
        figures = None
        if self.held_out:
            figures = {"dE00": self.held_out.measure(self.net), "lut_dE00": self.held_out.lut, "untouched_dE00": self.held_out.untouched}
            figures = {name: round(value, 4) for name, value in figures.items()}
        self.model.about |= {"steps": self.state.step, "held_out": figures}
        path = folder / "model.pt"
        self.model.save(path)
        return TrainResult(path, self.state.step, self.device.type, figures)


def rate(state: State) -> float:
    """The learning rate over RATE: up over WARM_STEPS, level, and down to zero between `cools` and `ends`."""
    warm = min(1.0, (state.step + 1) / WARM_STEPS)
    if state.ends is None or state.step < state.cools:
        return warm
    return warm * (state.ends - state.step) / max(1, state.ends - state.cools)


def write_curve(folder: Path, history: Sequence[dict[str, Any]]) -> None:
    """The curve as far as the run knows it, a line a look, replaced atomically."""
    with replacing(folder / "curve.jsonl") as temporary:
        temporary.write_text("".join(json.dumps(row) + "\n" for row in history), encoding="utf-8")
