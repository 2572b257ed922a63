"""Training runs as they lie in a project's folder: runs/001, runs/002, ... None is ever replaced by another. Light: no torch."""
from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from engine.jobs import read_job, working

RUNS = "runs"
MODEL = "model.pt"
BETTER = 0.1        # dE00 below a LUT, from which a run is called better than it


@dataclass(frozen=True)
class RunInfo:
    """One run. `state` is 'done', 'running', 'stopped', or 'error'; `held_out` has dE00, lut_dE00 and untouched_dE00 (None: no pair was
    held out, or the run is not done); `current`: its inputs are those of the project now; `settings` are those that it was begun with."""

    number: int
    folder: Path
    state: str
    steps: int
    device: str
    held_out: dict[str, float] | None
    current: bool
    inputs: str
    went_on_from: int | None
    settings: dict[str, Any]
    model_bytes: int | None = None
    ended_early: bool = False

    @property
    def model(self) -> Path:
        return self.folder / MODEL

    @property
    def whole(self) -> bool:
        """Whether it came to its end, and its model is still there."""
        there = self.state == "done" and self.model.is_file()
        return there and self.model_bytes in (None, self.model.stat().st_size)


@dataclass(frozen=True)
class Correction:
    """What shots got on top of the shared net: dE00 of the worst of them at half time, of the shots typically and of the LUT; on their
    pairs (held out, or else those trained on) `before` without and `after` with the correction, None until it has come to its end. `odd`:
    they stood out; `strength` 0..1: as much of it was kept."""

    shots: tuple[str, ...]
    held_out: bool
    error: float
    typical: float
    lut: float
    odd: bool
    before: float | None
    after: float | None
    strength: float
    steps: int


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The corrections of the run in `folder`; none where its file is missing or damaged."""
    try:
        groups = json.loads((folder / "scope.json").read_text(encoding="utf-8"))["groups"]
        names = [field.name for field in fields(Correction)]
        return tuple(Correction(**{name: group[name] for name in names} | {"shots": tuple(group["shots"])}) for group in groups)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def chosen_run(project_folder: Path, number: int | None) -> RunInfo | None:
    """The run of that number where it is whole."""
    if number is None:
        return None
    run = _read(project_folder / RUNS / f"{number:03d}", "", False)
    return run if run and run.whole else None


def latest_run(project_folder: Path, inputs: str | None = None) -> RunInfo | None:
    """The latest whole run, of these inputs where they are given."""
    return next((run for run in reversed(read_runs(project_folder)) if run.whole and inputs in (None, run.inputs)), None)


def folder_for(project_folder: Path, inputs: str) -> Path:
    """Where to train with these inputs: the latest run of them where it was broken off, or a new number."""
    known = read_runs(project_folder)
    same = [run for run in known if run.inputs == inputs]
    if same and not same[-1].whole:
        return same[-1].folder
    folders = [int(folder.name) for folder in (project_folder / RUNS).glob("[0-9]*") if folder.name.isdecimal()]
    return project_folder / RUNS / f"{max(folders, default=0) + 1:03d}"


def read_runs(project_folder: Path, inputs: str = "") -> list[RunInfo]:
    """All runs in a project's folder by number; those of `inputs` are current."""
    busy = working(project_folder)
    folders = sorted(folder for folder in (project_folder / RUNS).glob("[0-9]*") if folder.name.isdecimal())
    return [run for folder in folders if (run := _read(folder, inputs, busy))]


def _read(folder: Path, inputs: str, busy: bool) -> RunInfo | None:
    job = read_job(folder)
    if job is None:
        return None
    try:
        status = json.loads((folder / "status.json").read_text(encoding="utf-8"))
        facts = status.get("facts") or {}
        state = str(status["state"])
        settings = dict(job.get("settings") or {})
        return RunInfo(int(folder.name), folder, "stopped" if state == "running" and not busy else state,
                       int(facts.get("steps", status.get("done", 0))), str(facts.get("device", settings.get("device", "auto"))),
                       facts.get("held_out"), bool(inputs) and job.get("inputs") == inputs, str(job.get("inputs")),
                       settings.get("go_on_from"), settings, facts.get("model_bytes"), bool(facts.get("ended_early")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
