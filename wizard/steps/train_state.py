"""How training stands, from the runs and the worker: which run is at work, broken off, whole, or used. Nothing is read here."""
from __future__ import annotations

from engine.recoveries.run_folder import RunInfo
from wizard.session import Session
from wizard.work import Worker


def trains(worker: Worker) -> bool:
    """Whether the worker is on its way to a training run."""
    return worker.busy and worker.status is not None and (worker.step == "train" or worker.status.until == "train")


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


def steps_of(session: Session, run: RunInfo | None) -> int:
    """How many steps a run takes, or the next one where there is none; 0 where nobody knows yet."""
    if run is None:
        return session.project.settings.steps or 0 if session.project else 0
    return run.steps if run.whole else int(run.settings.get("steps") or 0)
