"""Training: pairs in, a model out. What a clock decides is decided once and written down; a run that was killed goes on to the same end."""
from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.errors import UsageError
from engine.files import told, write_lines
from engine.pairs.pair import PairFile
from engine.run import Cancelled, Run, each
from engine.train.begin import begin_model, calculates_half, calculating, look_through, set_scale
from engine.train.checkpoint import Plan, State, identity_of, load_checkpoint, save_checkpoint
from engine.train.device import choose_device
from engine.train.held_out import HeldOut
from engine.train.loss import ChromaLoss
from engine.train.net import at_phase
from engine.train.preview import Preview
from engine.train.samples import Batch, Sample, Samples
from engine.train.schedule import COOL_SHARE, LONGEST, LOOK_EVERY, Pace, decide, due, end_at, over, rate, seconds_left
from engine.train.watch import Training

TRAINING = 3                # of what a run does: one that another version left is not gone on with
BATCH = 2
RATE = 3e-3
DECAY = 0.3
SHORTEST = 1_000
PATIENCE = 1_000            # steps without a better held-out error
WORTH = 0.99                # what counts as a better one
FIRST_LOOKS = (1, 10, 50, 100)
FEW = 4_096                 # pixels of a frame at a first look
GO_ON = 1 / 3               # of the learning rate, where a run goes on from the net of another
SAVE_SECONDS = 12.0


@dataclass(frozen=True)
class TrainSettings:
    """`steps` or `minutes` (all that `train` does ends within them), or neither: then training stops when the held-out error has stopped
    falling. `start` is the model of an earlier run, whose net this one begins with."""

    steps: int | None = None
    minutes: float | None = None
    seed: int = 0
    device: str = "auto"
    start: Path | None = None


@dataclass(frozen=True)
class TrainResult:
    """`held_out`: dE00 of the net, lut_dE00 (the better of the LUT a shot and the LUT over the film) and untouched_dE00 on held-out
    pairs; None where none were held out."""

    model: Path
    steps: int
    device: str
    held_out: dict[str, float] | None
    ended_early: bool = False


def train(pairs: Sequence[Path], settings: TrainSettings, folder: Path, run: Run,
          clock: Callable[[], float] = time.monotonic) -> TrainResult:
    """Train a net on pair files; leaves model.pt, plan.json, checkpoint.pt, curve.jsonl, training.jsonl and preview/ in `folder`, and goes
    on from those that a stopped run of the same pairs and settings left there. Deterministic under the seed on the CPU. A file `enough`
    in `folder` ends it properly at the next step, and is removed then. `clock` tells seconds.

    Raises UsageError where nothing says how long to train, TooShort without pairs, DeviceMissing, NewerVersion, Cancelled."""
    began = clock()
    if settings.steps is not None and settings.minutes is not None:
        raise UsageError("--steps and --minutes contradict each other; give one of them")
    files = look_through(pairs, run)
    if settings.steps is None and settings.minutes is None and not any(p.held_out for p in files):
        raise UsageError("no pair is held out, so nothing tells when to stop training; give --steps or --minutes")
    device = choose_device(settings.device)
    folder.mkdir(parents=True, exist_ok=True)
    plan = plan_of(pairs, settings, device, folder)
    with calculating(plan.threads, device), scratch(folder / "samples") as samples:
        return Trainer(files, settings, plan, samples, run, began, clock).finish(folder, run)


def plan_of(pairs: Sequence[Path], settings: TrainSettings, device: torch.device, folder: Path) -> Plan:
    """The plan that a run of the same pairs and settings left, or a new one; then what another run left is of no use and is removed."""
    asked = {"training": TRAINING, "steps": settings.steps, "minutes": settings.minutes, "seed": settings.seed, "device": device.type}
    if settings.start:
        asked["start"] = hashlib.sha256(settings.start.read_bytes()).hexdigest()
    identity = identity_of(pairs, asked)
    plan = Plan.load(folder / "plan.json", identity)
    if plan is None:
        plan = Plan(identity, device.type, torch.get_num_threads(), calculates_half(device), BATCH, settings.steps,
                    settings.minutes * 60 if settings.minutes is not None else None)
        for stale in ("checkpoint.pt", "model.pt", "curve.jsonl", "training.jsonl"):
            (folder / stale).unlink(missing_ok=True)
        shutil.rmtree(folder / "preview", ignore_errors=True)
        plan.save(folder / "plan.json")
    return plan


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """An empty folder that is gone afterwards. Raises DiskFull, OutputRefused."""
    shutil.rmtree(folder, ignore_errors=True)
    with told(folder, "laying out the pairs"):
        folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Trainer:
    """One training run: the model, its samples, the optimizer, and where it stands."""

    def __init__(self, pairs: Sequence[PairFile], settings: TrainSettings, plan: Plan, folder: Path, run: Run, began: float,
                 clock: Callable[[], float] = time.monotonic) -> None:
        """Samples are laid out in `folder`; `began` is when this process began to train, by the clock."""
        self.pairs, self.plan, self.device, self.began, self.clock = pairs, plan, torch.device(plan.device), began, clock
        self.model = begin_model([p for p in pairs if not p.held_out], settings.seed, plan.threads, settings.start, run)
        self.net = self.model.net
        samples: list[Sample] = []
        held_out: list[Sample] = []
        for pair, sample in each(lambda pair: (pair, Sample.write(folder / pair.path.stem, pair.load(), self.model)), pairs):
            run.step(len(samples) + len(held_out), len(pairs), "preparing pairs")
            (held_out if pair.held_out else samples).append(sample)
        if settings.start is None:
            set_scale(self.net, samples)
        self.model = self.model.to(self.device)
        self.samples = Samples(samples, settings.seed)
        self.held_out = HeldOut(held_out, self.device) if held_out else None
        self.loss = ChromaLoss(self.device)
        self.optimizer = torch.optim.AdamW(self.net.parameters(), RATE, (0.9, 0.99), weight_decay=DECAY)
        self.state = State(level=GO_ON if settings.start else 1.0)
        self.before = 0.0
        self.training: Training | None = None
        self.pace = Pace(clock)

    @property
    def seconds(self) -> float:
        """Spent on this run so far, by all processes that worked on it."""
        return self.before + self.clock() - self.began

    def finish(self, folder: Path, run: Run) -> TrainResult:
        """From where the run stands to its end."""
        checkpoint, enough = folder / "checkpoint.pt", folder / "enough"
        preview = self.stand(checkpoint, folder)
        state = self.state
        saved, self.pace = self.clock(), Pace(self.clock)
        while state.ends is None or state.step < state.ends:
            self.advance()
            self.pace.stepped()
            decided = self.decide(preview)
            if enough.exists() and state.step != state.ends:
                state.ends, state.early = state.step, True
            last = state.step == state.ends
            if last or (self.looks_now() and not self.looked):
                self.look(preview, last)
            try:
                run.step(*self.progress(), self.note(), seconds_left(state, self.plan, self.seconds, self.pace))
            except Cancelled:
                self.save(checkpoint)
                raise
            if decided or self.clock() - saved > SAVE_SECONDS:
                self.save(checkpoint)
                saved = self.clock()
        self.save(checkpoint)
        result = self.result(folder)
        enough.unlink(missing_ok=True)
        return result

    def stand(self, checkpoint: Path, folder: Path) -> Preview:
        """Stand where the checkpoint left the run, or at its beginning, with what is looked at."""
        if checkpoint.exists():
            self.state = load_checkpoint(checkpoint, self.plan.identity, self.net, self.optimizer)
            self.before = self.state.seconds
        elif self.plan.steps is not None:
            end_at(self.state, self.plan.steps)
        self.curve = folder / "curve.jsonl"
        write_lines(self.curve, self.state.history)
        self.training = Training(folder, self.state.step)
        samples = [*self.samples.samples, *(self.held_out.samples if self.held_out else ())]
        return Preview(folder / "preview", self.pairs, samples, self.model, self.state.step)

    def save(self, checkpoint: Path) -> None:
        self.state.seconds = self.seconds
        save_checkpoint(checkpoint, self.plan.identity, self.state, self.net, self.optimizer)
        self.pace.wrote()

    def decide(self, preview: Preview) -> bool:
        """Where a time was given: whenever that is due, how many steps what is left of it has room for. Whether it was decided now."""
        state, plan = self.state, self.plan
        decided = due(state, plan, self.seconds)
        if decided:
            if state.ends is None:
                self.look(preview, whole=True)      # tells what the last look will take
            decide(state, plan, self.seconds, self.pace)
        if state.ends is not None and over(state, plan, self.seconds, self.pace):
            state.ends = state.step
        return decided

    def progress(self) -> tuple[int, int]:
        """Steps done, and of how many, as far as that is known."""
        state, whole = self.state, self.plan.seconds
        if state.ends is None and whole is not None:
            return state.step, max(state.step, round(state.step * whole / max(self.seconds, 1.0)))
        return state.step, state.ends or LONGEST

    def looks_now(self) -> bool:
        return self.state.step % LOOK_EVERY == 0 or self.state.step in FIRST_LOOKS

    @property
    def looked(self) -> bool:
        """Whether a look was taken at this very step."""
        return bool(self.state.history) and self.state.history[-1]["step"] == self.state.step

    def advance(self) -> None:
        """One step of the run."""
        state = self.state
        for group in self.optimizer.param_groups:
            group["lr"] = RATE * rate(state)
        batch = self.samples.batch(state.step, self.plan.batch, self.device)
        loss, chroma = self.descend(batch)
        state.loss += (loss - state.loss) * max(0.02, 1 / (state.step + 1))
        state.step += 1
        if self.training:
            self.training.note(state.step, batch, chroma)

    def descend(self, batch: Batch) -> tuple[float, Tensor]:
        """One step of the optimizer; the loss and the chroma before it."""
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast(self.device.type, torch.bfloat16) if self.plan.half else nullcontext():
            coefficients = self.net(batch.view)
        chroma = self.net.chroma(at_phase(coefficients, batch.row, batch.column, self.net.settings.context), batch.colours)
        loss = self.loss(chroma, batch.target, batch.luma, batch.weight)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        return loss.item(), chroma.detach()

    def look(self, preview: Preview, last: bool = False, whole: bool = False) -> None:
        """Measure the held-out error, note it, make pictures, and decide whether the error has stopped falling. Of the first looks only
        some pixels are measured, unless they are asked for as a `whole`."""
        state = self.state
        row: dict[str, Any] = {"step": state.step, "loss": round(state.loss, 4), "step_ms": round(1000 * self.pace.step, 1)}
        whole = whole or last or state.step % LOOK_EVERY == 0
        look = preview.look(state.step, last)
        if self.held_out:
            error = self.held_out.measure(self.net, None if whole else FEW, look.show)
            row |= {"dE00": round(error, 4), "lut_dE00": round(self.held_out.lut, 4)}
        look.finish()
        state.history = [*(r for r in state.history if r["step"] != state.step), row]
        write_lines(self.curve, state.history)
        took = self.pace.looked()
        state.look_steps = took if whole else max(took, state.look_steps)
        if whole:
            self.judge(row.get("dE00", float("inf")))

    def judge(self, error: float) -> None:
        """Where neither steps nor a time were given: decide whether the held-out error has stopped falling."""
        state = self.state
        if error < state.best * WORTH:
            state.best, state.best_step = error, state.step
        if state.ends is None and self.plan.seconds is None:
            stalled = state.step >= SHORTEST and state.step - state.best_step >= PATIENCE
            if stalled or state.step >= LONGEST * (1 - COOL_SHARE):
                end_at(state, min(LONGEST, round(state.step / (1 - COOL_SHARE))))

    def note(self) -> str:
        state = self.state
        part = "training" if state.ends is None or state.step < state.cools else "training, second part"
        if self.held_out is None:
            return f"{part}: loss {state.loss:.2f}"
        latest = f"{state.history[-1]['dE00']:.2f}" if state.history else "not measured yet"
        return f"{part}: held-out dE00 {latest}, a LUT {self.held_out.lut:.2f}"

    def result(self, folder: Path) -> TrainResult:
        """Write the model and say how good it is."""
        figures = None
        if self.held_out:
            figures = {"dE00": self.state.history[-1]["dE00"], "lut_dE00": round(self.held_out.lut, 4),
                       "untouched_dE00": round(self.held_out.untouched, 4)}
        self.model.about |= {"steps": self.state.step, "held_out": figures, "ended_early": self.state.early}
        path = folder / "model.pt"
        self.model.save(path)
        return TrainResult(path, self.state.step, self.device.type, figures, self.state.early)
