"""What each step depends on, as a hash, and so whether it is done or out of date. Light: the window asks it often."""
from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.detail.edits import edit_files
from engine.keyframes.keyframe import FILE, FOLDER
from engine.project import Project, Settings, input_hash
from engine.recoveries import RECOVERIES, Step
from engine.recoveries.run_folder import RunInfo, chosen_run, latest_run, read_runs, used_of

LATER: dict[str, Any] = {"sync": (), "corners": (), "held_out": None, "go_on_from": None, "live_area": None, "palette": (), "fade": (),
                         "evidence": False, "similar": None, "own_shots": False,
                         "propose": (), "grain": "keep", "package": "", "compare": 0, "burn_in": False, "whole": False, "colours": None,
                         "source_type": "", "language": "en"}
"""Settings that are younger than projects: where they say nothing they count as nothing, and what was made before them still stands."""


def step_inputs(project: Project) -> dict[str, str]:
    """Step -> hash of everything it depends on: the media, its settings, and the steps before it. From the review on it is the used run
    that counts for the steps before, where that was chosen or is better than the one of the present inputs."""
    recovery = RECOVERIES[project.recovery]
    films = ((m.place.fingerprint, str(m.reading)) for m in (project.scan, project.reference) if m)
    chain = input_hash(recovery.begins_as or recovery.name, *films)
    media, hashes = chain, {}
    for step in recovery.steps:
        own = input_hash(chain, step.name, asked(step, project.settings), *_by_hand(step, project.folder),
                         *([recovery.name] if recovery.begins_as and step.name == "train" else []))
        hashes[step.name] = own
        if not step.beside:
            chain = own
        if step.name == "train" and (run := _instead(project, own)):
            chain = input_hash(media, "run", run.number, run.inputs)
    return hashes


def _instead(project: Project, inputs: str) -> RunInfo | None:
    """The used run where it is another than that of these inputs."""
    known = read_runs(project.folder, inputs)
    used = used_of(known, project.run)
    trained = any(run.whole and run.current for run in known)
    return used if used and (used.number == project.run or (trained and not used.current)) else None


def asked(step: Step, settings: Settings) -> dict[str, Any]:
    """The settings that a step depends on; of swatches their colour, for what is said of them changes no picture, and of
    a folder of pictures what is in it."""
    values = {name: getattr(settings, name) for name in step.settings}
    if "palette" in values:
        values["palette"] = [[swatch.number, *swatch.colour] for swatch in settings.palette] or ()
    if settings.similar and "similar" in values:
        values["similar"] = settings.similar.fingerprint
    return {name: value for name, value in values.items() if name not in LATER or value != LATER[name]}


def _by_hand(step: Step, project: Path) -> list[Any]:
    """What was painted and counts for a step. Of damage that nobody painted on nothing does."""
    keyframes = [keyframe_marks(project)] if step.keyframes else []
    return [*keyframes, *([marks] if step.edits and (marks := edit_marks(project)) else [])]


def keyframe_marks(project: Path) -> list[tuple[str, str]]:
    """What tells the keyframes of a project from any others: name and what was done."""
    files = sorted((project / FOLDER).glob(f"*/{FILE}"))
    return [(path.parent.name, _mark(path, (stat := path.stat()).st_mtime_ns, stat.st_size)) for path in files]


@lru_cache(4096)
def _mark(path: Path, changed: int, size: int) -> str:
    """Of the operations of a keyframe: what was taken back does not count."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return input_hash(data["print"], data["ops"])
    except (OSError, ValueError, KeyError, TypeError):
        return "damaged"


def edit_marks(project: Path) -> list[tuple[str, str]]:
    """What tells the edits of a print's damage from any others: frame and strokes, of the frames that have any."""
    marks = [(path.stem, _strokes(path, (stat := path.stat()).st_mtime_ns, stat.st_size)) for path in edit_files(project)]
    return [(frame, mark) for frame, mark in marks if mark]


@lru_cache(4096)
def _strokes(path: Path, changed: int, size: int) -> str:
    """Of the edit of a frame; '' where all was taken back."""
    try:
        strokes = json.loads(path.read_text(encoding="utf-8"))["strokes"]
        return input_hash(strokes) if strokes else ""
    except (OSError, ValueError, KeyError, TypeError):
        return "damaged"


def standing(project: Project) -> dict[str, str]:
    """Step -> 'done'; 'stale', made but of other inputs; or 'open', not made yet, or what it made is gone. Training is done where the
    chosen run is whole, or one of the present inputs."""
    inputs, done = step_inputs(project), project.done
    found = {}
    for step, hashed in inputs.items():
        made = done.get(step)
        stands = "open" if made is None or made.lost(project.folder) else "done" if made.inputs == hashed else "stale"
        found[step] = _training(project, hashed) if step == "train" else stands
    return found


def _training(project: Project, hashed: str) -> str:
    if chosen_run(project.folder, project.run) or latest_run(project.folder, hashed):
        return "done"
    return "stale" if latest_run(project.folder) else "open"
