"""What a hand says of a print's damage: `damage-edits/NAME.json` in a project, one file a frame, NAME as the scan names it: strokes stay
with their frame whatever range of the scan is read. It holds them in order, and those taken back, so that undo has no end and outlives the
window."""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.errors import MediaError
from engine.files import read_json, told, write_json
from engine.keyframes.keyframe import Point
from engine.media.source import FrameSource

FOLDER = "damage-edits"
VERSION = 2


@dataclass(frozen=True)
class Stroke:
    """A brush stroke that says of what it covers: this is damaged, or, this is sound. `points` are (x, y, pressure): x and y in parts of
    the frame's width and height, pressure 0..1; `size` is the diameter in parts of the width; `hardness` 0 (soft) .. 1."""

    damaged: bool
    points: tuple[Point, ...]
    size: float
    hardness: float = 1.0

    @staticmethod
    def from_json(data: dict[str, Any]) -> Stroke:
        points = tuple((float(x), float(y), float(p)) for x, y, p in data["points"])
        return Stroke(bool(data["damaged"]), points, float(data["size"]), float(data["hardness"]))


Edits = Mapping[int, tuple[Stroke, ...]]        # of the frames that are edited


@dataclass(frozen=True)
class Edit:
    """What was said of the frame that the scan calls `name`."""

    name: str
    strokes: tuple[Stroke, ...] = ()
    undone: tuple[Stroke, ...] = ()         # the last of them was taken back last

    def done(self, stroke: Stroke) -> Edit:
        """With one more stroke: what was taken back before cannot be done again."""
        return replace(self, strokes=(*self.strokes, stroke), undone=())

    def undo(self) -> Edit:
        return replace(self, strokes=self.strokes[:-1], undone=(*self.undone, self.strokes[-1])) if self.strokes else self

    def redo(self) -> Edit:
        return replace(self, strokes=(*self.strokes, self.undone[-1]), undone=self.undone[:-1]) if self.undone else self

    def save(self, project: Path) -> None:
        """Replace its file atomically. Raises DiskFull, OutputRefused."""
        folder = project / FOLDER
        with told(folder, "saving what was painted on the damage"):
            folder.mkdir(parents=True, exist_ok=True)
            write_json(path_of(project, self.name), {"version": VERSION} | asdict(self))

    @staticmethod
    def from_json(data: dict[str, Any]) -> Edit:
        strokes, undone = (tuple(Stroke.from_json(stroke) for stroke in data[name]) for name in ("strokes", "undone"))
        return Edit(str(data.get("name", "")), strokes, undone)        # version 1 has none


def path_of(project: Path, name: str) -> Path:
    return project / FOLDER / f"{name}.json"


def edit_files(project: Path) -> list[Path]:
    return sorted((project / FOLDER).glob("[!.]*.json"))


def load_edit(project: Path, scan: FrameSource, index: int) -> Edit:
    """Nothing was said of a frame that has no file. Raises MediaError where it is damaged."""
    _bring_up(project, scan)
    path = path_of(project, scan.name(index))
    return _load(path) if path.exists() else Edit(scan.name(index))


def load_edits(project: Path, scan: FrameSource) -> tuple[Edits, list[str]]:
    """The strokes of every frame of `scan` that has any, and the names of frames that have some and are not in the range that is read.
    `project` is its folder, or one that keeps a copy. Raises MediaError."""
    _bring_up(project, scan)
    places = {scan.name(index): index for index in range(len(scan))}
    found = [edit for path in edit_files(project) if (edit := _load(path)).strokes]
    return ({places[edit.name]: edit.strokes for edit in found if edit.name in places},
            [edit.name for edit in found if edit.name not in places])


def _bring_up(project: Path, scan: FrameSource) -> None:
    """Version 1 knew a frame by its place in the range that was read. The last goes first, so that none takes another's file."""
    for path in reversed(edit_files(project)):
        if re.match(rb'{\s*"version": 1,', path.read_bytes()[:40]):
            index = int(path.stem)
            name = scan.name(index) if index < len(scan) else path.stem
            replace(_load(path), name=name).save(project)
            if path != path_of(project, name):
                path.unlink(missing_ok=True)


def _load(path: Path) -> Edit:
    try:
        return read_json(path, Edit.from_json)
    except MediaError as error:
        raise MediaError(f"{path}: what was painted on the damage of this frame cannot be read; bring the file back from a backup, or "
                         "remove it and paint it again") from error
