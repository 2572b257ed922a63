"""How training stands, from the runs and the worker: which run is at work, broken off, whole, or used. Nothing is read here."""
from __future__ import annotations

from typing import Any

from engine.recoveries.run_folder import RunInfo
from wizard.session import Session
from wizard.steps.train_run import RunView
from wizard.steps.train_stages import stages
from wizard.words import number, size, tr, trn
from wizard.work import Worker


def trains(worker: Worker) -> bool:
    """Whether the worker is on its way to a training run."""
    return worker.busy and worker.status is not None and (worker.step == "train" or worker.status.until == "train")


def learns_from(session: Session) -> str:
    """What training learns from: '12 pairs', without a reference '3 keyframes'."""
    made = session.made
    if made.straight:
        return tr("similar pictures")
    count = _pairs(session)[0]
    return trn("{n} keyframe", "{n} keyframes", count) if len(session.roles) == 1 else trn("{n} pair", "{n} pairs", count)


def _pairs(session: Session) -> tuple[int, int]:
    """How many are learnt from and held out. Of suggested pairs of detail not all are taken, and some do not lie well enough."""
    made = session.made
    known = made.facts.get("pairs", {}) if session.detail and made.standing.get("pairs") == "done" else {}
    return int(known.get("train", len(made.train))), int(known.get("held_out", len(made.held_out)))


def checked_on(session: Session) -> str:
    """What it is checked on, or that there is nothing."""
    alone, count = len(session.roles) == 1, _pairs(session)[1]
    if count:
        return (trn("Checked on {n} held-out keyframe", "Checked on {n} held-out keyframes", count) if alone else
                trn("Checked on {n} held-out pair", "Checked on {n} held-out pairs", count))
    return (tr("No keyframe is held out, so nothing will tell how good the result is") if alone else
            tr("No pair is held out, so nothing will tell how good the result is"))


def whole(session: Session) -> list[RunInfo]:
    """The runs that came to their end, by number."""
    return [run for run in session.made.runs if run.whole]


def live(session: Session) -> RunInfo | None:
    """The run that is at work; None as long as its folder is not made yet."""
    last = _last(session)
    return last if last and last.state == "running" and session.worker.busy else None


def broken_off(session: Session) -> RunInfo | None:
    """The run of the present pairs and settings that can be gone on with."""
    last = _last(session)
    return last if last and last.state != "done" and not session.worker.busy else None


def _last(session: Session) -> RunInfo | None:
    """The latest run of the present pairs and settings."""
    return next((run for run in reversed(session.made.runs) if run.current), None)


def steps_of(session: Session, run: RunInfo | None, view: RunView | None) -> int:
    """How many steps the training that is looked at takes, or the next one where there is none; 0 where nobody knows yet. The steps of a
    run of two trainings are those of both."""
    if run is None:
        return session.project.settings.steps or 0 if session.project else 0
    if not run.whole:
        return int(run.settings.get("steps") or 0)
    both = session.project is not None and len(stages(session.project.recovery)) > 1
    return view.step if both and view else run.steps


def trial_of(session: Session) -> dict[str, Any] | None:
    """What a trial found of this machine, where it is one of the present pairs; "trainings" is how many a run consists of."""
    made = session.made
    if made.trial is None or made.standing.get("trial") != "done" or session.project is None:
        return None
    return made.trial | {"trainings": len(stages(session.project.recovery))}


def device(trial: dict[str, Any], state: str, run: RunInfo | None) -> str:
    """What a run is trained on, by its name; `trial` is what was found of this machine."""
    known = run.device_name if run else ""
    if state == "paused" and run is not None and not run.whole:
        return tr("Paused, {device}", device=known) if known else tr("Paused")
    return known or str(trial.get("device_name") or tr("This computer"))


def pace(trial: dict[str, Any], state: str, run: RunInfo | None, view: RunView | None, total: int) -> list[str]:
    """How far or how fast it is, the memory it takes, and what is to be known of it."""
    said: list[str] = []
    if run is not None and run.whole:
        said = [trn("{n} step", "{n} steps", total)]
    elif state == "paused":
        step = number(view.step if view else 0)
        said = [tr("at step {done} of {total}", done=step, total=number(total)) if total else tr("at step {done}", done=step)]
    elif seconds := (view.step_seconds if view else None) or float(trial.get("step_seconds", 0)):
        said = [tr("{steps} steps a second", steps=number(1 / seconds, 1))]
    said += [tr("{memory} of memory", memory=size(view.memory))] if view and view.memory else []
    if run is not None:
        said += [tr("steps are smaller for want of memory")] if run.less else []
        said += [tr("ended early by you")] if run.ended_early else []
        said += [tr("went on from run {number}", number=run.went_on_from)] if run.whole and run.went_on_from else []
    return said
