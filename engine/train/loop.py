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

from engine.errors import OutOfMemory, UsageError
from engine.files import told, write_lines
from engine.pairs.pair import PairFile
from engine.run import Cancelled, Run, each
from engine.train.begin import begin_model, calculates_half, calculating, look_through, set_scale
from engine.train.checkpoint import Plan, State, identity_of, load_checkpoint, mark_of, save_checkpoint
from engine.train.device import choose_device, is_out_of_memory
from engine.train.held_out import HeldOut
from engine.train.loss import ChromaLoss
from engine.train.machine import device_name, memory_free, memory_used
from engine.train.net import at_phase
from engine.train.preview import Preview
from engine.train.room import BATCH, TRIED, fitting, kept_bytes, limited, smaller, words
from engine.train.samples import Batch, Sample, Samples
from engine.train.watch import Training

TRAINING = 2                # of what a run does: one that another version left is not gone on with
RATE = 3e-3
WARM_STEPS = 20
COOL_SHARE = 0.5            # of a run: the learning rate comes down to zero over it
DECAY = 0.3
LONGEST = 20_000            # steps, where the held-out error decides
SHORTEST = 1_000
PATIENCE = 1_000            # steps without a better held-out error
WORTH = 0.99                # what counts as a better one
LOOK_EVERY = 200
FIRST_LOOKS = (1, 10, 50, 100)
FEW = 4_096                 # pixels of a frame at a first look
GO_ON = 1 / 3               # of the learning rate, where a run goes on from the net of another
SAVE_SECONDS = 12.0
SAVE_SHARE = 0.04           # of the time, at most, goes into checkpoints


@dataclass(frozen=True)
class TrainSettings:
    """`steps` or `minutes` (all of the time in `train`), or neither: then training stops when the held-out error has stopped falling.
    `start` is the model of an earlier run, whose net this one begins with."""

    steps: int | None = None
    minutes: float | None = None
    seed: int = 0
    device: str = "auto"
    start: Path | None = None


@dataclass(frozen=True)
class TrainResult:
    """`device_name` is what a user knows the device by. `held_out`: dE00 of the net, lut_dE00 (the better of the LUT a shot and the LUT
    over the film) and untouched_dE00 on held-out pairs; None where none were held out. `frames`: dE00 of the net on each of these, by its
    mark."""

    model: Path
    steps: int
    device: str
    device_name: str
    held_out: dict[str, float] | None
    frames: dict[str, float]
    ended_early: bool = False


def train(pairs: Sequence[Path], settings: TrainSettings, folder: Path, run: Run,
          free: Callable[[torch.device], int | None] = memory_free) -> TrainResult:
    """Train a net on pair files; leaves model.pt, plan.json, checkpoint.pt, curve.jsonl, training.jsonl and preview/ in `folder`, and goes
    on from those that a stopped run of the same pairs and settings left there. Deterministic under the seed on the CPU. A file `enough`
    in `folder` ends it properly at the next step, and is removed then. How much a step takes on follows from the bytes that are `free` on
    the device; where memory runs out all the same it is made less, and the run goes on from its last step.

    Raises UsageError where nothing says how long to train, TooShort without pairs, OutOfMemory, DeviceMissing, NewerVersion, Cancelled."""
    began = time.monotonic()
    if settings.steps is not None and settings.minutes is not None:
        raise UsageError("--steps and --minutes contradict each other; give one of them")
    files = look_through(pairs, run)
    if settings.steps is None and settings.minutes is None and not any(p.held_out for p in files):
        raise UsageError("no pair is held out, so nothing tells when to stop training; give --steps or --minutes")
    device = choose_device(settings.device)
    folder.mkdir(parents=True, exist_ok=True)
    plan = plan_of(pairs, settings, device, folder)
    run.say(f"training on {plan.device_name} ({device.type}), {plan.threads} threads")
    with calculating(plan.threads, device), scratch(folder / "samples") as samples:
        trainer = Trainer(files, settings, plan, samples, began, run)
        try:
            if not (folder / "checkpoint.pt").exists():
                trainer.fit(free(device))
                trainer.plan.save(folder / "plan.json")
            return trainer.finish(folder, run)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            raise OutOfMemory(f"{folder}: the memory of {device} is full; close other programs and give the same command again, it goes "
                              "on from the last checkpoint, or choose --device cpu") from error


def plan_of(pairs: Sequence[Path], settings: TrainSettings, device: torch.device, folder: Path) -> Plan:
    """The plan that a run of the same pairs and settings left, or a new one; then what another run left is of no use and is removed."""
    asked = {"training": TRAINING, "steps": settings.steps, "minutes": settings.minutes, "seed": settings.seed, "device": device.type}
    if settings.start:
        asked["start"] = hashlib.sha256(settings.start.read_bytes()).hexdigest()
    identity = identity_of(pairs, asked)
    plan = Plan.load(folder / "plan.json", identity)
    if plan is None:
        plan = Plan(identity, device.type, torch.get_num_threads(), calculates_half(device), BATCH, settings.steps,
                    settings.minutes * 60 if settings.minutes is not None else None, device_name(device))
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

    def __init__(self, pairs: Sequence[PairFile], settings: TrainSettings, plan: Plan, folder: Path, began: float, run: Run) -> None:
        """Samples are laid out in `folder`; `began` is when this process began to train, by the monotonic clock."""
        self.pairs, self.plan, self.device, self.began, self.run = pairs, plan, torch.device(plan.device), began, run
        self.rate = RATE * (GO_ON if settings.start else 1)
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
        self.samples.size = limited(self.samples.size, plan.side)
        self.held_out = HeldOut(held_out, self.device) if held_out else None
        self.loss = ChromaLoss(self.device)
        self.optimizer = torch.optim.AdamW(self.net.parameters(), RATE, (0.9, 0.99), weight_decay=DECAY)
        self.state = State()
        self.before = 0.0
        self.training: Training | None = None
        self.preview: Preview | None = None
        self.folder: Path | None = None
        self.spacing = SAVE_SECONDS

    @property
    def seconds(self) -> float:
        """Spent on this run so far, by all processes that worked on it."""
        return self.before + time.monotonic() - self.began

    def finish(self, folder: Path, run: Run) -> TrainResult:
        """From where the run stands to its end."""
        checkpoint, enough = folder / "checkpoint.pt", folder / "enough"
        preview = self.stand(checkpoint, folder)
        state = self.state
        started = saved = time.monotonic()
        first = state.step
        while state.ends is None or state.step < state.ends:
            self.advance()
            step_seconds = (time.monotonic() - started) / (state.step - first)
            decided = self.decide(step_seconds)
            if enough.exists() and state.step != state.ends:
                state.ends, state.early = state.step, True
            last = state.step == state.ends
            if last or state.step % LOOK_EVERY == 0 or state.step in FIRST_LOOKS:
                self.look(step_seconds, preview, last)
                write_lines(folder / "curve.jsonl", state.history)
            try:
                run.step(*self.progress(), self.note())
            except Cancelled:
                self.save(checkpoint)
                raise
            if decided or time.monotonic() - saved > self.spacing:
                self.save(checkpoint)
                saved = time.monotonic()
        self.save(checkpoint)
        result = self.result(folder)
        enough.unlink(missing_ok=True)
        return result

    def stand(self, checkpoint: Path, folder: Path) -> Preview:
        """Stand where the checkpoint left the run, or at its beginning, with what is looked at."""
        self.folder = folder
        if checkpoint.exists():
            self.state = load_checkpoint(checkpoint, self.plan.identity, self.net, self.optimizer)
            self.before = self.state.seconds
        elif self.plan.steps is not None:
            self.end_at(self.plan.steps)
        write_lines(folder / "curve.jsonl", self.state.history)
        self.training = Training(folder, self.state.step)
        samples = [*self.samples.samples, *(self.held_out.samples if self.held_out else ())]
        self.preview = Preview(folder / "preview", self.pairs, samples, self.model, self.state.step)
        return self.preview

    def save(self, checkpoint: Path) -> None:
        """The checkpoint and its column of the contact sheet; a machine that is slow at them makes them less often."""
        self.state.seconds = began = self.seconds
        save_checkpoint(checkpoint, self.plan.identity, self.state, self.net, self.optimizer)
        if self.preview:
            self.preview.keep(self.state.step)
        self.spacing = max(SAVE_SECONDS, (self.seconds - began) / SAVE_SHARE)

    def decide(self, step_seconds: float) -> bool:
        """Where a time was given: once the part of it at the full learning rate is spent, how many steps the rest has room for."""
        if self.state.ends is not None or self.plan.seconds is None or self.seconds < (1 - COOL_SHARE) * self.plan.seconds:
            return False
        self.end_at(self.state.step + max(1, int((self.plan.seconds - self.seconds) / step_seconds)))
        return True

    def progress(self) -> tuple[int, int]:
        """What is done, and of how much: steps, or seconds as long as only these are known."""
        if self.state.ends is None and self.plan.seconds is not None:
            return int(self.seconds), int(self.plan.seconds)
        return self.state.step, self.state.ends or LONGEST

    def advance(self) -> None:
        """One step of the run."""
        state = self.state
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate * rate(state)
        batch, loss, chroma = self.descend()
        state.loss += (loss - state.loss) * max(0.02, 1 / (state.step + 1))
        state.step += 1
        if self.training:
            self.training.note(state.step, batch, chroma)

    def descend(self) -> tuple[Batch, float, Tensor]:
        """One step of the optimizer; the batch, its loss and its chroma before it. Where memory runs out it is taken with less. Raises
        OutOfMemory where there is no less."""
        while (found := self.attempt()) is None:
            self.shrink()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        batch, loss, chroma = found
        return batch, loss.item(), chroma.detach()

    def attempt(self) -> tuple[Batch, Tensor, Tensor] | None:
        """Batch, loss and chroma of the step to come, with the gradients in the net; None where memory ran out, which changes nothing."""
        try:
            batch = self.samples.batch(self.state.step, self.plan.batch, self.device)
            return batch, *self.gradients(batch)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            return None

    def gradients(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Loss and chroma of a batch, with its gradients in the net."""
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast(self.device.type, torch.bfloat16) if self.plan.half else nullcontext():
            coefficients = self.net(batch.view)
        chroma = self.net.chroma(at_phase(coefficients, batch.row, batch.column, self.net.settings.context), batch.colours)
        loss = self.loss(chroma, batch.target, batch.luma, batch.weight)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss, chroma

    def fit(self, free: int | None) -> None:
        """Take on no more to a step than `free` bytes have room for, as far as a small step tells what a large one takes."""
        whole = self.samples.size
        self.samples.size = limited(whole, TRIED)
        with kept_bytes() as kept:
            tried = self.attempt() if free is not None else None
        cell_bytes = kept() / (self.plan.batch * self.samples.size[0] * self.samples.size[1]) if tried else 0.0
        self.samples.size = whole
        plan = fitting(self.plan, whole, cell_bytes, free)
        if plan != self.plan:
            self.follow(plan, f"{(free or 0) / 1e9:.1f} GB of memory are free")

    def shrink(self) -> None:
        """After running out of memory: less to a step from now on."""
        plan = smaller(self.plan, self.samples.size)
        if plan is None:
            least = words(self.plan, self.samples.size, self.samples.context)
            raise OutOfMemory(f"{self.plan.device_name or self.device}: not even {least} fits into the memory; close other programs or "
                              "choose --device cpu")
        self.optimizer.zero_grad(set_to_none=True)
        if self.device.type == "cuda":
            torch.cuda.empty_cache()
        self.follow(plan, f"out of memory at step {self.state.step + 1:,}")

    def follow(self, plan: Plan, why: str) -> None:
        """Go by another plan. The checkpoint comes first, so that a run that is killed in between goes on from this very step too."""
        self.plan, self.samples.size = plan, limited(self.samples.size, plan.side)
        self.run.say(f"{why}: training goes on with {words(plan, self.samples.size, self.samples.context)}")
        if self.folder:
            self.save(self.folder / "checkpoint.pt")
            plan.save(self.folder / "plan.json")

    def end_at(self, steps: int) -> None:
        """From now on it is decided where the run ends, and from which step on the learning rate comes down."""
        self.state.ends, self.state.cools = steps, max(self.state.step, round(steps * (1 - COOL_SHARE)))

    def look(self, step_seconds: float, preview: Preview, last: bool) -> None:
        """Measure the held-out error, note it, make pictures, and decide whether the error has stopped falling."""
        state = self.state
        row: dict[str, Any] = {"step": state.step, "loss": round(state.loss, 4), "step_ms": round(1000 * step_seconds, 1)}
        whole = last or state.step % LOOK_EVERY == 0
        row["memory_bytes"] = memory_used(self.device)
        look = preview.look(state.step, last)
        if self.held_out:
            error = self.held_out.measure(self.net, None if whole else FEW, look.show)
            row |= {"dE00": round(error, 4), "lut_dE00": round(self.held_out.lut, 4)}
            row |= {"frames": self.held_out.frames} if last else {}
        look.finish()
        state.history.append(row)
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
                self.end_at(min(LONGEST, round(state.step / (1 - COOL_SHARE))))

    def note(self) -> str:
        state = self.state
        part = "training" if state.ends is None or state.step < state.cools else "training, second part"
        last = state.history[-1] if state.history else {}
        memory = f", {last['memory_bytes'] / 1e9:.1f} GB" if last.get("memory_bytes") else ""
        if self.held_out is None:
            return f"{part}: loss {state.loss:.2f}; {self.device.type}{memory}"
        latest = f"{last['dE00']:.2f}" if last else "not measured yet"
        return f"{part}: held-out dE00 {latest}, a LUT {self.held_out.lut:.2f}; {self.device.type}{memory}"

    def result(self, folder: Path) -> TrainResult:
        """Write the model and say how good it is."""
        figures = None
        if self.held_out:
            figures = {"dE00": self.state.history[-1]["dE00"], "lut_dE00": round(self.held_out.lut, 4),
                       "untouched_dE00": round(self.held_out.untouched, 4)}
        by_name = self.state.history[-1].get("frames", {})
        frames = {mark_of(pair.path): by_name[pair.path.stem] for pair in self.pairs if pair.path.stem in by_name}
        self.model.about |= {"steps": self.state.step, "held_out": figures, "ended_early": self.state.early}
        path = folder / "model.pt"
        self.model.save(path)
        return TrainResult(path, self.state.step, self.device.type, self.plan.device_name, figures, frames, self.state.early)


def rate(state: State) -> float:
    """The learning rate over RATE: up over WARM_STEPS, level, and down to zero between `cools` and `ends`."""
    warm = min(1.0, (state.step + 1) / WARM_STEPS)
    if state.ends is None or state.step < state.cools:
        return warm
    return warm * (state.ends - state.step) / max(1, state.ends - state.cools)

