"""Training: pairs in, a model out. What a clock decides is decided once and written down; a run that was killed goes on to the same end."""
from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

import torch

from engine.errors import OutOfMemory, UsageError
from engine.files import write_json, write_lines
from engine.pairs.pair import PairFile
from engine.run import Cancelled, Run, each
from engine.train.asked import TrainResult, TrainSettings
from engine.train.begin import begin_model, calculates_half, calculating, look_through, scratch, set_scale
from engine.train.by_heart import ByHeart
from engine.train.checkpoint import Checkpoint, Plan, State, identity_of, mark_of, plan_left
from engine.train.device import choose_device, is_out_of_memory
from engine.train.held_out import HeldOut
from engine.train.machine import device_name, memory_free, memory_used
from engine.train.model import Corrected
from engine.train.net import AffineGrid
from engine.train.preview import Preview
from engine.train.room import BATCH
from engine.train.samples import WITHOUT_SHOT, Sample, Samples
from engine.train.schedule import (
    COOL_SHARE,
    FOLLOW,
    LONGEST,
    LOOK_EVERY,
    SCHEDULE,
    Decisions,
    Pace,
    cut,
    decide,
    due,
    follow,
    half_way,
    lay_out,
    over,
    rate,
    room,
    seconds_left,
)
from engine.train.scope import STRENGTHS, Group, Scope, affordable, mean_error, shares
from engine.train.step import Learner, Stepper
from engine.train.watch import Training

TRAINING = 6                # of what a run does: one that another version left is not gone on with
SHORTEST = 1_000
PATIENCE = 1_000            # steps without a better held-out error
WORTH = 0.99                # what counts as a better one
FIRST_LOOKS = (1, 10, 50, 100)
FEW = 4_096                 # pixels of a frame at a first look
GO_ON = 1 / 3               # of the learning rate, where a run goes on from the net of another
OWN_WIDTH = 8               # of a correction
SAVE_SECONDS = 12.0
SAVE_SHARE = 0.04           # of the time, at most, goes into checkpoints


def train(pairs: Sequence[Path], settings: TrainSettings, folder: Path, run: Run,
          free: Callable[[torch.device], int | None] = memory_free, clock: Callable[[], float] = time.monotonic) -> TrainResult:
    """Train a net on pair files; leaves model.pt, plan.json, checkpoint.pt, curve.jsonl, training.jsonl, scope.json and preview/ in
    `folder`, and goes on from those that a stopped run of the same pairs and settings left there. Deterministic under the seed on the CPU.
    A file `enough` in `folder` ends it properly at the next step, and is removed then. How much a step takes on follows from the bytes
    that are `free` on the device; where memory runs out all the same it is made less, and the run goes on from its last step. `clock`
    tells seconds.

    Raises UsageError where nothing says how long to train, TooShort without pairs, OutOfMemory, DeviceMissing, OtherTraining,
    NewerVersion, Cancelled."""
    began = clock()
    if settings.steps is not None and settings.minutes is not None:
        raise UsageError("--steps and --minutes contradict each other; give one of them")
    files = look_through(pairs, run)
    if settings.steps is None and settings.minutes is None and not (settings.come_back or any(p.held_out for p in files)):
        raise UsageError("no pair is held out, so nothing tells when to stop training; give --steps or --minutes")
    device = choose_device(settings.device)
    folder.mkdir(parents=True, exist_ok=True)
    plan = plan_of(pairs, settings, device, folder)
    device = torch.device(plan.device)
    run.say(f"training on {plan.device_name} ({device.type}), {plan.threads} threads")
    with calculating(plan.threads, device), scratch(folder / "samples") as samples:
        trainer = Trainer(files, settings, plan, samples, run, began, clock)
        try:
            if not (folder / "checkpoint.pt").exists() and not (folder / FOLLOW).exists():
                trainer.fit(free(device))
                trainer.plan.save(folder / "plan.json")
            return trainer.finish(folder, run)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            raise OutOfMemory(f"{folder}: the memory of {device} is full; close other programs and give the same command again, it goes "
                              "on from the last checkpoint, or choose --device cpu") from error


def plan_of(pairs: Sequence[Path], settings: TrainSettings, device: torch.device, folder: Path) -> Plan:
    """The plan that a run of the same pairs and settings left, or a new one where nothing was learnt yet. Raises DeviceMissing,
    OtherTraining, NewerVersion, MediaError."""
    asked: dict[str, Any] = {"training": TRAINING, "steps": settings.steps, "minutes": settings.minutes, "seed": settings.seed}
    if settings.start:
        asked["start"] = hashlib.sha256(settings.start.read_bytes()).hexdigest()
    if settings.come_back and settings.steps is None:
        asked["come_back"] = True
    plan = plan_left(folder, pairs, asked, settings.device, device.type)
    if plan is None:
        seconds = settings.minutes * 60 if settings.minutes is not None else None
        plan = Plan(identity_of(pairs, asked, device.type), device.type, torch.get_num_threads(), calculates_half(device), BATCH,
                    settings.steps, seconds, device_name(device))
        for stale in ("curve.jsonl", "training.jsonl", "scope.json", SCHEDULE):
            (folder / stale).unlink(missing_ok=True)
        shutil.rmtree(folder / "preview", ignore_errors=True)
        plan.save(folder / "plan.json")
    return plan


class Trainer:
    """One training run: the model, its samples, the optimizer, and where it stands.

    `nets` are those of the parts that have begun: the shared one, and a correction for each group of shots. The last of them learns."""

    def __init__(self, pairs: Sequence[PairFile], settings: TrainSettings, plan: Plan, folder: Path, run: Run, began: float,
                 clock: Callable[[], float] = time.monotonic) -> None:
        """Samples are laid out in `folder`; `began` is when this process began to train, by the clock."""
        self.pairs, self.device, self.began, self.clock = pairs, torch.device(plan.device), began, clock
        self.trained_on = settings.trained_on
        self.stepper = Stepper(plan, run)
        self.model = begin_model([p for p in pairs if not p.held_out], settings.seed, plan.threads, settings.start, run)
        samples: list[Sample] = []
        held_out: list[Sample] = []
        for pair, sample in each(lambda pair: (pair, Sample.write(folder / pair.path.stem, pair.load(), self.model)), pairs):
            run.step(len(samples) + len(held_out), len(pairs), "preparing pairs")
            (held_out if pair.held_out else samples).append(sample)
        if settings.start is None:
            set_scale(self.model.net, samples)
        self.model = self.model.to(self.device)
        self.samples, self.seed = samples, settings.seed
        self.held_out = HeldOut(held_out, self.device) if held_out else None
        self.by_heart = ByHeart(samples, self.device) if settings.come_back else None
        self.ends_by_heart = settings.steps is None
        self.state = State(level=GO_ON if settings.start else 1.0)
        self.nets: list[AffineGrid] = []
        self.learn(Learner(self.model.net, self.model.net, Samples(samples, settings.seed, WITHOUT_SHOT), 0))
        self.before = 0.0
        self.training: Training | None = None
        self.preview: Preview | None = None
        self.spacing = SAVE_SECONDS
        self.pace = Pace(clock)

    def learn(self, learner: Learner) -> None:
        """From now on this one learns."""
        self.nets.append(learner.own)
        self.learner = learner
        self.learner.limit(self.plan.side)

    def fit(self, free: int | None) -> None:
        """Take on no more to a step than `free` bytes have room for; None where they are not known."""
        self.stepper.fit(self.learner, free)

    @property
    def plan(self) -> Plan:
        return self.stepper.plan

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
        while state.end is None or state.step < state.end:
            self.advance()
            self.pace.stepped()
            if state.step != state.end and (state.step % LOOK_EVERY == 0 or state.step in FIRST_LOOKS):
                self.look(preview)
            decided = self.decide(preview, run)
            if enough.exists() and state.step != state.end:
                cut(state)
                state.early = True
            self.decisions.note(state)
            if state.step == state.stop:
                self.turn(run)
            if state.step == state.end:
                self.look(preview, last=True)
            try:
                run.step(*self.progress(), self.note(), seconds_left(state, self.plan, self.seconds, self.pace))
            except Cancelled:
                self.save(checkpoint)
                raise
            if decided or self.clock() - saved > self.spacing:
                self.save(checkpoint)
                saved = self.clock()
        self.save(checkpoint)
        result = self.result(folder)
        enough.unlink(missing_ok=True)
        return result

    def stand(self, checkpoint: Path, folder: Path) -> Preview:
        """Stand where the checkpoint left the run, or at its beginning, with what is looked at."""
        if checkpoint.exists():
            self.go_on(Checkpoint.load(checkpoint, self.plan.identity))
        elif self.plan.steps is not None:
            self.state.ends, self.state.cools = [self.plan.steps], round(self.plan.steps * (1 - COOL_SHARE))
        self.folder, self.decisions = folder, Decisions(folder, self.state)
        write_lines(folder / "curve.jsonl", self.state.history)
        self.training = Training(folder, self.state.step)
        self.preview = Preview(folder / "preview", self.pairs, [*self.samples, *self.judges], self.model, self.state.step)
        self.stepper.changed = partial(self.replan, folder)
        return self.preview

    def replan(self, folder: Path) -> None:
        """Keep a plan that memory has changed. The checkpoint comes first, so that a run that is killed in between goes on from this very
        step too."""
        self.save(folder / "checkpoint.pt")
        self.plan.save(folder / "plan.json")

    def go_on(self, left: Checkpoint) -> None:
        """Stand where a checkpoint was written."""
        self.state, self.before = left.state, left.state.seconds
        self.model.net.load_state_dict(left.weights[0])
        for group, weights in zip(left.state.groups, left.weights[1:], strict=False):
            self.correct(group)
            self.nets[-1].load_state_dict(weights)
            self.serve(group)
        self.learner.optimizer.load_state_dict(left.optimizer)

    def save(self, checkpoint: Path) -> None:
        """The checkpoint and its column of the contact sheet; a machine that is slow at them makes them less often."""
        self.state.seconds = began = self.seconds
        weights = [net.state_dict() for net in self.nets]
        Checkpoint(self.state, weights, self.learner.optimizer.state_dict()).save(checkpoint, self.plan.identity)
        if self.preview:
            self.preview.keep(self.state.step)
        self.spacing = max(SAVE_SECONDS, (self.seconds - began) / SAVE_SHARE)
        self.pace.wrote()

    def decide(self, preview: Preview, run: Run) -> bool:
        """What is decided at this step, if anything is due: where the run ends, and first of all which shots get a correction."""
        state, plan = self.state, self.plan
        if self.decisions.following:
            return self.follow()
        decided = self.half_done() if not state.settled else due(state, plan, self.seconds)
        if decided and not state.settled:
            if plan.seconds is not None and not self.looked:
                self.look(preview, whole=True)      # tells what the last look will take
            self.settle(run)
        elif decided:
            decide(state, plan, self.seconds, self.pace)
        if state.settled and over(state, plan, self.seconds, self.pace):
            cut(state)
        return decided

    def follow(self) -> bool:
        """Take over what the followed run decided at this step, if anything."""
        state, row = self.state, self.decisions.given(self.state.step)
        if row is None:
            return False
        if row["groups"] and not state.groups:
            state.groups = Scope.of(self.model, self.samples, self.judges, self.device).groups()[:row["groups"]]
        follow(state, row)
        state.settled = True
        self.tell()
        return True

    def half_done(self) -> bool:
        """Whether the part at the full learning rate is over: by steps, by the clock, as what is trained on comes back, or as the held-out
        error has stopped falling."""
        state = self.state
        if state.end is not None:
            return state.cools <= state.step < state.end
        if self.by_heart and self.ends_by_heart and self.by_heart.learnt(self.model, state.step):
            return True
        if self.plan.seconds is not None:
            return due(state, self.plan, self.seconds)
        stalled = state.step >= SHORTEST and state.step - state.best_step >= PATIENCE
        return self.looked and (stalled or state.step >= LONGEST * (1 - COOL_SHARE))

    def settle(self, run: Run) -> None:
        """Decide where the run ends, and which shots get a correction of their own on the way there."""
        state, plan = self.state, self.plan
        scope = Scope.of(self.model, self.samples, self.judges, self.device)
        end = state.end or min(LONGEST, round(state.step / (1 - COOL_SHARE)))
        steps = end - state.step if plan.seconds is None else room(state, plan, self.seconds, self.pace)
        found = scope.groups()
        state.groups, state.settled = affordable(found, steps), True
        for group in found:
            if group.odd:
                run.say(f"{group.reason()}; " + ("it stands out" if group in state.groups else "too few steps for a correction of its own"))
        if self.by_heart and self.ends_by_heart and not due(state, plan, self.seconds):
            lay_out(state, max(1, min(steps, state.step)), shares(state.groups))
            state.again_step, state.again_seconds = LONGEST, inf
        elif plan.seconds is None:
            lay_out(state, steps, shares(state.groups))
        else:
            decide(state, plan, self.seconds, self.pace, shares(state.groups))
        self.tell()

    def turn(self, run: Run) -> None:
        """A part is at its end: see how much of its correction is good, where it is one, and begin the next one."""
        state = self.state
        if state.part:
            group = state.groups[state.part - 1]
            group.steps = state.step - state.began
            group.choose({strength: self.error_of(group, strength) for strength in STRENGTHS})
            self.serve(group)
            run.say(group.result())
        if state.step != state.end:
            state.part, state.began, state.level = state.part + 1, state.step, 1.0
            state.cools = half_way(state)
            self.correct(state.groups[state.part - 1])
        else:
            for group in state.groups[state.part:]:
                run.say(group.result())
        self.tell()
        self.pace.anew()

    def correct(self, group: Group) -> None:
        """A correction for this group learns from now on."""
        settings = replace(self.model.net.settings, width=OWN_WIDTH)
        net = Corrected.begin(self.model.net, settings, self.seed + len(self.nets))
        self.model.own |= dict.fromkeys(group.shots, net)
        samples = Samples([s for s in self.samples if s.path.stem in group.pairs], self.seed, without_shot=0.0)
        self.learn(Learner(net, net.own, samples, self.state.began))

    def serve(self, group: Group) -> None:
        """From now on the shots of a group have as much of their correction as was found good."""
        for word in group.shots:
            self.model.own[word].strength = group.strength
            if not group.strength:
                del self.model.own[word]

    def error_of(self, group: Group, strength: float) -> float:
        """dE00 on the pairs that a group is judged by, with so much of its correction."""
        self.model.own[group.shots[0]].strength = strength
        return mean_error(self.model, [s for s in (*self.samples, *self.judges) if s.path.stem in group.judged], self.device)

    @property
    def judges(self) -> Sequence[Sample]:
        return self.held_out.samples if self.held_out else ()

    def tell(self) -> None:
        """scope.json: which shots get a correction of their own, why, and what it brought."""
        write_json(self.folder / "scope.json", {"version": 1, "groups": [asdict(group) for group in self.state.groups]})

    def progress(self) -> tuple[int, int]:
        """Steps done, and of how many, as far as that is known."""
        state, whole = self.state, self.plan.seconds
        if state.end is None and whole is not None:
            return state.step, max(state.step, round(state.step * whole / max(self.seconds, 1.0)))
        return state.step, state.end or LONGEST

    @property
    def looked(self) -> bool:
        """Whether a look was taken at this very step."""
        return bool(self.state.history) and self.state.history[-1]["step"] == self.state.step

    def advance(self) -> None:
        """One step of the run."""
        state = self.state
        batch, loss, chroma = self.stepper.take(self.learner, state.step, rate(state))
        state.loss += (loss - state.loss) * max(0.02, 1 / (state.step + 1))
        state.step += 1
        if self.training:
            self.training.note(state.step, batch, chroma)

    def look(self, preview: Preview, last: bool = False, whole: bool = False) -> None:
        """Measure the held-out error, note it and make pictures. Of the first looks only some pixels are measured, unless they are asked
        for as a `whole`."""
        state = self.state
        row: dict[str, Any] = {"step": state.step, "loss": round(state.loss, 4), "step_ms": round(1000 * self.pace.step, 1)}
        row["memory_bytes"] = memory_used(self.device)
        whole = whole or last or state.step % LOOK_EVERY == 0
        look = preview.look(state.step, last)
        if self.held_out:
            error = self.held_out.measure(self.model, None if whole else FEW, look.show)
            row |= {"dE00": round(error, 4), "lut_dE00": round(self.held_out.lut, 4), "held_out": len(self.held_out.samples)}
            row |= {"frames": self.held_out.frames} if last else {}
        look.finish()
        state.history = [*(r for r in state.history if r["step"] != state.step), row]
        write_lines(self.folder / "curve.jsonl", state.history)
        took = self.pace.looked()
        state.look_steps = took if whole else max(took, state.look_steps)
        if whole and row.get("dE00", float("inf")) < state.best * WORTH:
            state.best, state.best_step = row["dE00"], state.step

    def note(self) -> str:
        state = self.state
        part = "training, second part" if state.settled else "training"
        if state.part:
            part = f"training, correction of {state.groups[state.part - 1].name}"
        last = state.history[-1] if state.history else {}
        memory = f", {last['memory_bytes'] / 1e9:.1f} GB" if last.get("memory_bytes") else ""
        if self.held_out is None:
            return f"{part}: loss {state.loss:.2f}; {self.device.type}{memory}"
        latest = f"{last['dE00']:.2f}, a LUT {self.held_out.lut:.2f}" if last else "not measured yet"
        return f"{part}: held-out dE00 {latest}; {self.device.type}{memory}"

    def result(self, folder: Path) -> TrainResult:
        """Write the model and say how good it is."""
        figures = None
        if self.held_out:
            figures = {"dE00": self.state.history[-1]["dE00"], "lut_dE00": round(self.held_out.lut, 4),
                       "untouched_dE00": round(self.held_out.untouched, 4)}
        by_name = self.state.history[-1].get("frames", {})
        frames = {mark_of(pair.path): by_name[pair.path.stem] for pair in self.pairs if pair.path.stem in by_name}
        self.model.about |= {"steps": self.state.step, "held_out": figures, "ended_early": self.state.early,
                             "scope": [asdict(group) for group in self.state.groups], "trained_on": self.trained_on}
        back = self.by_heart.come_back(self.model) if self.by_heart else {}
        path = folder / "model.pt"
        self.model.save(path)
        return TrainResult(path, self.state.step, self.device.type, self.plan.device_name, figures, frames, self.state.early, back)
