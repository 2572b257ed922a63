"""Training runs as they lie in a project's folder: runs/001, runs/002, ... None is ever replaced by another; and which of them is used,
which follows from what they left. Light: no torch."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from engine.jobs import read_job, working

RUNS = "runs"
MODEL = "model.pt"
BETTER = 0.1        # dE00 below a LUT, from which a run is called better than it
BACK = 1.5          # dE00 from which a keyframe does not come back as it was painted
WORSE = 0.01        # dE00 above another run on the very same frames, from which a run is called worse: what can be read in the figures


@dataclass(frozen=True)
class RunInfo:
    """One run. `state` is 'done', 'running', 'stopped', or 'error'; `held_out` has dE00, lut_dE00 and untouched_dE00, of detail psnr,
    filter_psnr and untouched_psnr (None: no pair was held out, or the run is not done); `current`: its inputs are those of the project
    now; `settings` are those that it was begun with.
    `device` is 'cpu', 'cuda', 'mps', or what was asked for as long as that is not chosen; `device_name` what a user knows it by. `frames`
    is dE00, or dB where only detail was learnt, on each held-out pair, by a mark of its frame and content; `luts` its .cube files, as
    `engine.train.cube.CubeFile` has them, the film's first; `less`: its steps see less than usual, for want of memory. `back`: dE00
    between each keyframe and what it was painted as."""

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
    device_name: str = ""
    frames: dict[str, float] = field(default_factory=dict)
    luts: tuple[dict[str, Any], ...] = ()
    less: bool = False
    back: dict[str, float] = field(default_factory=dict)

    @property
    def in_db(self) -> bool:
        """Whether `frames` are PSNR in dB, where more is better, in place of dE00."""
        return bool(self.held_out) and "dE00" not in (self.held_out or {})

    @property
    def model(self) -> Path:
        return self.folder / MODEL

    @property
    def whole(self) -> bool:
        """Whether it came to its end, and its model is still there."""
        there = self.state == "done" and self.model.is_file()
        return there and self.model_bytes in (None, self.model.stat().st_size)


@dataclass(frozen=True)
class PassedOver:
    """A run that is not used though it is the newest, because `better` is, by dE00 or dB on the `frames` held-out pairs that both have."""

    newest: RunInfo
    better: RunInfo
    frames: int
    error: float
    better_error: float


def used_of(known: Sequence[RunInfo], chosen: int | None) -> RunInfo | None:
    """The run that results are made with, of all runs by number: the chosen one; else the newest whole one of the present inputs, or, out
    of date, the newest whole one, unless another is better than that on the same held-out pairs."""
    passed = passed_over(known, chosen)
    return passed.better if passed else _newest(known, chosen)


def passed_over(known: Sequence[RunInfo], chosen: int | None) -> PassedOver | None:
    """The newest run where another, better one is used all the same; None where one was chosen by hand."""
    newest = _newest(known, chosen)
    if newest is None or newest.number == chosen:
        return None
    rivals = [found for run in known if run.whole and (found := _against(newest, run))]
    return max(rivals, key=lambda found: abs(found.error - found.better_error), default=None)


def _newest(known: Sequence[RunInfo], chosen: int | None) -> RunInfo | None:
    whole = [run for run in known if run.whole]
    ranked = ([run for run in whole if run.number == chosen], [run for run in whole if run.current], whole)
    return next((found[-1] for found in ranked if found), None)


def _against(newest: RunInfo, run: RunInfo) -> PassedOver | None:
    """Where `newest` is worse than `run`. Where not all held-out pairs are the same they say less, so it takes more."""
    both = sorted(set(newest.frames) & set(run.frames))
    if not both:
        return None
    error, better = (sum(r.frames[mark] for mark in both) / len(both) for r in (newest, run))
    margin = WORSE if newest.frames.keys() == run.frames.keys() else BETTER
    worse = better - error if newest.in_db else error - better
    return PassedOver(newest, run, len(both), error, better) if round(worse, 4) >= margin else None


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
    return new_folder(project_folder)


def new_folder(project_folder: Path) -> Path:
    """That of a run with a new number."""
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
        status = _json(folder / "status.json")      # it may be gone or empty after a power cut: then the run was broken off
        facts = status.get("facts") or {}
        state = str(status.get("state", "stopped"))
        settings = dict(job.get("settings") or {})
        plan = {"device": settings.get("device", "auto")} | _json(folder / "plan.json") | facts
        return RunInfo(int(folder.name), folder, "stopped" if state == "running" and not busy else state,
                       int(facts.get("steps", status.get("done", 0))), str(plan["device"]),
                       facts.get("held_out"), bool(inputs) and job.get("inputs") == inputs, str(job.get("inputs")),
                       settings.get("go_on_from"), settings, facts.get("model_bytes"), bool(facts.get("ended_early")),
                       str(plan.get("device_name", "")), dict(facts.get("frames") or {}), tuple(facts.get("luts") or ()),
                       bool(plan.get("less")), dict(facts.get("back") or {}))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _json(path: Path) -> dict[str, Any]:
    """What a file says; {} where it is not there, damaged, or cannot be read."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
