"""Training of detail: pairs in, a model out. What a clock decides is decided once and written down, as in the training of colour; a run
that was killed goes on to the same end."""
from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from engine.detail.filters import LinearFilter
from engine.detail.pair import DetailPair, DetailPairFile, picture_mark
from engine.errors import OutOfMemory, TooShort, UsageError
from engine.files import read_lines, told, write_json, write_lines
from engine.run import Cancelled, Run, each
from engine.train.asked import TrainSettings
from engine.train.begin import Moments, calculates_half, calculating, scratch
from engine.train.checkpoint import Checkpoint, Plan, State, identity_of, mark_of, plan_left
from engine.train.detail_held_out import DetailHeldOut
from engine.train.detail_loss import GUESSED, SOFT, detail_loss
from engine.train.detail_model import DetailModel, fresh
from engine.train.detail_net import DetailSettings
from engine.train.detail_preview import DetailPreview
from engine.train.detail_samples import DetailSample, DetailSamples
from engine.train.device import choose_device, is_out_of_memory
from engine.train.machine import device_name, memory_used
from engine.train.optimizer import Optimizer
from engine.train.schedule import (
    COOL_SHARE,
    LONGEST,
    LOOK_EVERY,
    SCHEDULE,
    Decisions,
    Pace,
    cut,
    decide,
    due,
    follow,
    lay_out,
    over,
    rate,
    seconds_left,
)

TRAINING = 2                # of what a run does: one that another version left is not gone on with
BATCH = 8                   # windows
SHORTEST, PATIENCE = 1_000, 1_000
GAIN = 0.02                 # dB that count as a better held-out error
FIRST_LOOKS = (10, 50, 100)
SAVE_SECONDS = 12.0
NOTE_EVERY = 20             # steps
GRADIENT = 1.0              # norm that a gradient is cut to


@dataclass(frozen=True)
class DetailResult:
    """`held_out`: "psnr" of the net, "filter_psnr" of the best linear filter, "untouched_psnr" of the frame in its final tone, in dB, and
    "measures" (see `engine.detail.measures`), where held-out frames are trusted most; None where none were held out. `frames`: PSNR on
    each, by its mark."""

    model: Path
    steps: int
    device: str
    device_name: str
    held_out: dict[str, Any] | None
    frames: dict[str, float] = field(default_factory=dict)
    ended_early: bool = False


def train_detail(pairs: Sequence[Path], settings: TrainSettings, folder: Path, run: Run,
                 clock: Callable[[], float] = time.monotonic) -> DetailResult:
    """Train a net of detail on pair files; leaves model.pt, filter.json, plan.json, checkpoint.pt, curve.jsonl, training.jsonl and preview/
    in `folder`, and goes on from those that a stopped run of the same pairs and settings left there. Deterministic under the seed on the
    CPU. A file `enough` in `folder` ends it properly at the next step.

    Raises UsageError where nothing says how long to train, TooShort without pairs, OutOfMemory, DeviceMissing, OtherTraining,
    NewerVersion, Cancelled."""
    began = clock()
    files = look_through(pairs, run)
    if settings.steps is None and settings.minutes is None and not any(p.held_out for p in files):
        raise UsageError("no pair is held out, so nothing tells when to stop training; give --steps or --minutes")
    device = choose_device(settings.device)
    with told(folder, "making the folder"):
        folder.mkdir(parents=True, exist_ok=True)
    plan = plan_of(pairs, settings, device, folder)
    device = torch.device(plan.device)
    run.say(f"training on {plan.device_name} ({device.type}), {plan.threads} threads")
    with calculating(plan.threads, device), scratch(folder / "samples") as samples:
        try:
            return DetailTrainer(files, settings, plan, folder, samples, run, began, clock).finish()
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            raise OutOfMemory(f"{folder}: the memory of {device} is full; close other programs and give the same command again, it goes "
                              "on from the last checkpoint, or choose --device cpu") from error


def look_through(paths: Sequence[Path], run: Run) -> list[DetailPairFile]:
    """The pairs that show anything. Raises TooShort where there is none to train on."""
    files = []
    for done, path in enumerate(paths):
        run.step(done, len(paths), "looking through the pairs")
        files.append(DetailPairFile.look(path))
    files = [f for f in files if not f.empty]
    if all(f.held_out for f in files):
        raise TooShort("there is no pair to train on: scan and reference agree nowhere in the pairs chosen; choose others with --pairs")
    return files


def plan_of(pairs: Sequence[Path], settings: TrainSettings, device: torch.device, folder: Path) -> Plan:
    """The plan that a run of the same pairs and settings left, or a new one where nothing was learnt yet. Raises DeviceMissing,
    OtherTraining, NewerVersion, MediaError."""
    asked: dict[str, Any] = {"detail": TRAINING, "steps": settings.steps, "minutes": settings.minutes, "seed": settings.seed}
    if settings.start:
        asked["start"] = hashlib.sha256(settings.start.read_bytes()).hexdigest()
    plan = plan_left(folder, pairs, asked, settings.device, device.type)
    if plan is None:
        seconds = settings.minutes * 60 if settings.minutes is not None else None
        plan = Plan(identity_of(pairs, asked, device.type), device.type, torch.get_num_threads(), calculates_half(device), BATCH,
                    settings.steps, seconds, device_name(device))
        for stale in ("curve.jsonl", "training.jsonl", "filter.json", SCHEDULE):
            (folder / stale).unlink(missing_ok=True)
        shutil.rmtree(folder / "preview", ignore_errors=True)
        plan.save(folder / "plan.json")
    return plan


class DetailTrainer:
    """One training run: the net, its samples, the optimizer, and where it stands."""

    def __init__(self, files: Sequence[DetailPairFile], settings: TrainSettings, plan: Plan, folder: Path, scratched: Path, run: Run,
                 began: float, clock: Callable[[], float]) -> None:
        self.files, self.plan, self.folder, self.run, self.began, self.clock = files, plan, folder, run, began, clock
        self.device, self.trained_on = torch.device(plan.device), settings.trained_on
        samples: list[DetailSample] = []
        held: list[DetailSample] = []
        for file, sample in each(lambda f: (f, DetailSample.write(scratched / f.path.stem, f.load())), files):
            run.step(len(samples) + len(held), len(files), "preparing pairs")
            (held if file.held_out else samples).append(sample)
        torch.manual_seed(settings.seed)
        net = DetailModel.load(settings.start).net.train() if settings.start else fresh(DetailSettings(samples[0].shape[0] - 2))
        self.samples = DetailSamples(samples, settings.seed, net.settings.multiple)
        if settings.start is None:
            set_scale(net, self.samples)
        harmed = self.samples.mostly_harmed
        self.soft = GUESSED if harmed else SOFT
        self.model = DetailModel(net.to(self.device), {"seed": settings.seed, "threads": plan.threads, "harmed": harmed})
        self.optimizer = Optimizer(self.model.net)
        linear = fitted([f for f in files if not f.held_out], folder / "filter.json", run)
        self.held_out = DetailHeldOut(held, linear, self.device) if held else None
        self.state = State()
        self.before = 0.0
        self.pace = Pace(clock)
        self.preview = DetailPreview(folder / "preview", files)

    @property
    def seconds(self) -> float:
        """Spent on this run so far, by all processes that worked on it."""
        return self.before + self.clock() - self.began

    def finish(self) -> DetailResult:
        """From where the run stands to its end."""
        enough, state = self.folder / "enough", self.stand()
        saved, self.pace = self.clock(), Pace(self.clock)
        while state.end is None or state.step < state.end:
            self.advance()
            self.pace.stepped()
            if state.step != state.end and (state.step % LOOK_EVERY == 0 or state.step in FIRST_LOOKS):
                self.look()
            decided = self.decide()
            if enough.exists() and state.step != state.end:
                cut(state)
                state.early = True
            self.decisions.note(state)
            if state.step == state.end:
                self.look(last=True)
            try:
                self.run.step(*self.progress(), self.note(), seconds_left(state, self.plan, self.seconds, self.pace))
            except Cancelled:
                self.save()
                raise
            if decided or self.clock() - saved > SAVE_SECONDS:
                self.save()
                saved = self.clock()
        self.save()
        result = self.result()
        enough.unlink(missing_ok=True)
        return result

    def stand(self) -> State:
        """Stand where the checkpoint left the run, or at its beginning."""
        path = self.folder / "checkpoint.pt"
        if path.exists():
            left = Checkpoint.load(path, self.plan.identity)
            self.state, self.before = left.state, left.state.seconds
            self.model.net.load_state_dict(left.weights[0])
            self.optimizer.load_state_dict(left.optimizer)
        elif self.plan.steps is not None:
            self.state.ends, self.state.cools = [self.plan.steps], round(self.plan.steps * (1 - COOL_SHARE))
        self.decisions = Decisions(self.folder, self.state)
        write_lines(self.folder / "curve.jsonl", self.state.history)
        noted = self.folder / "training.jsonl"
        write_lines(noted, [row for row in read_lines(noted) if row["step"] <= self.state.step])
        self.preview.stand(self.state.step)
        return self.state

    def save(self) -> None:
        self.state.seconds = self.seconds
        Checkpoint(self.state, [self.model.net.state_dict()], self.optimizer.state_dict()).save(self.folder / "checkpoint.pt",
                                                                                               self.plan.identity)
        self.pace.wrote()

    def advance(self) -> None:
        """One step of the run."""
        state, net = self.state, self.model.net
        batch = self.samples.batch(state.step, self.plan.batch, self.device)
        self.optimizer.forget()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.plan.half):
            made = net(batch.seen)
        loss = detail_loss(made, batch.target, batch.weight, self.soft)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), GRADIENT)
        self.optimizer.step(rate(state))
        state.loss += (loss.item() - state.loss) * max(0.02, 1 / (state.step + 1))
        state.step += 1
        if state.step % NOTE_EVERY == 0:
            error = ((made.detach() - batch.target).square() * batch.weight).sum() / batch.weight.sum().clamp(min=1)
            row = {"step": state.step, "psnr": round(-10 * float(torch.log10(error.clamp(min=1e-10))), 3)}
            noted = self.folder / "training.jsonl"
            with told(noted, "training.jsonl"), noted.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")

    def decide(self) -> bool:
        """Where the run ends, where that is due to be decided now."""
        state, plan = self.state, self.plan
        if self.decisions.following:
            if row := self.decisions.given(state.step):
                follow(state, row)
                state.settled = True
            return row is not None
        decided = due(state, plan, self.seconds) if plan.seconds is not None else state.end is None and self.stalled()
        if decided and plan.seconds is not None:
            decide(state, plan, self.seconds, self.pace)
            state.settled = True
        elif decided:
            lay_out(state, min(LONGEST, 2 * state.step) - state.step, (1.0,))
            state.cools, state.settled = state.step, True
        if state.settled and over(state, plan, self.seconds, self.pace):
            cut(state)
        return decided

    def stalled(self) -> bool:
        """Whether the held-out error has stopped falling."""
        state = self.state
        looked = bool(state.history) and state.history[-1]["step"] == state.step
        return looked and ((state.step >= SHORTEST and state.step - state.best_step >= PATIENCE) or state.step >= LONGEST // 2)

    def look(self, last: bool = False) -> None:
        """Measure the held-out error, note it and make pictures."""
        state = self.state
        row: dict[str, Any] = {"step": state.step, "loss": round(state.loss, 5), "step_ms": round(1000 * self.pace.step, 1),
                               "memory_bytes": memory_used(self.device)}
        look = self.preview.look(state.step, last)
        if self.held_out:
            psnr = self.held_out.measure(self.model.net, look.show)
            linear, untouched = self.held_out.baselines
            row |= {"psnr": round(psnr, 4), "filter_psnr": round(linear, 4), "untouched_psnr": round(untouched, 4),
                    "held_out": len(self.held_out.samples)}
            if -psnr < state.best - GAIN:
                state.best, state.best_step = -psnr, state.step
        look.finish(self.model.net, self.device)
        state.history = [*(r for r in state.history if r["step"] != state.step), row]
        write_lines(self.folder / "curve.jsonl", state.history)
        state.look_steps = self.pace.looked()

    def progress(self) -> tuple[int, int]:
        """Steps done, and of how many, as far as that is known."""
        state, whole = self.state, self.plan.seconds
        if state.end is None and whole is not None:
            return state.step, max(state.step, round(state.step * whole / max(self.seconds, 1.0)))
        return state.step, state.end or LONGEST

    def note(self) -> str:
        last = self.state.history[-1] if self.state.history else {}
        if self.held_out is None:
            return f"training: loss {self.state.loss:.4f}; {self.device.type}"
        latest = f"{last['psnr']:.2f} dB, a filter {last['filter_psnr']:.2f}" if last else "not measured yet"
        return f"training: held-out {latest}; {self.device.type}"

    def result(self) -> DetailResult:
        """Write the model and say how good it is."""
        figures, frames = None, {}
        if self.held_out:
            row = self.state.history[-1]
            figures = {name: row[name] for name in ("psnr", "filter_psnr", "untouched_psnr")}
            figures["measures"] = self.held_out.measures(self.model.net).as_json()
            if not self.held_out.frames:
                self.held_out.measure(self.model.net)
            known = self.held_out.frames
            frames = {mark_of(f.path): round(known[f.path.stem], 4) for f in self.files if f.path.stem in known}
        if self.held_out is None:
            self.model.about["learnt"] = [picture_mark(f.load().seen[0]) for f in self.files]
        self.model.about |= {"steps": self.state.step, "held_out": figures, "ended_early": self.state.early,
                             "torch": str(torch.__version__), "trained_on": self.trained_on}
        path = self.folder / "model.pt"
        self.model.save(path)
        return DetailResult(path, self.state.step, self.device.type, self.plan.device_name, figures, frames, self.state.early)


def set_scale(net: torch.nn.Module, samples: DetailSamples) -> None:
    """Mean and deviation of the planes, and the size of what is to be added, over windows of the training pairs."""
    planes, added = Moments(), Moments()
    for step in range(8):
        batch = samples.batch(step, BATCH, torch.device("cpu"))
        planes.add(batch.seen.transpose(0, 1))
        added.add(((batch.target - batch.seen[:, :1]) * batch.weight).transpose(0, 1))
    net.get_buffer("mean").copy_(planes.mean)
    net.get_buffer("deviation").copy_(planes.deviation.clamp(min=1e-2))
    net.get_buffer("spread").copy_(added.deviation.clamp(min=3e-3))


def fitted(files: Sequence[DetailPairFile], path: Path, run: Run) -> LinearFilter:
    """The best linear filter over the pairs to train on, as a run left it or made now."""
    def planes(pair: DetailPair) -> tuple[Any, Any, Any]:
        return pair.seen[0].astype("float32"), pair.target.astype("float32"), pair.weight.astype("float32") / 255

    def looked() -> Iterator[tuple[Any, Any, Any]]:
        for done, file in enumerate(files):
            run.step(done, len(files), "fitting a filter to compare with")
            yield planes(file.load())

    try:
        return LinearFilter.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        found = LinearFilter.fit(looked())
        write_json(path, found.as_json())
        return found
