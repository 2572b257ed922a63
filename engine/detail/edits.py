"""What a hand says of a print's damage: `damage-edits/NNNNNNN.json` in a project, one file a frame. It holds the strokes in order and those
taken back, so that undo has no end and outlives the window."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.errors import MediaError
from engine.files import read_json, told, write_json
from engine.keyframes.keyframe import Point

FOLDER = "damage-edits"
VERSION = 1


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
    """What was said of frame `index` of the scan."""

    index: int
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
            write_json(path_of(project, self.index), {"version": VERSION} | asdict(self))

    @staticmethod
    def from_json(data: dict[str, Any]) -> Edit:
        strokes, undone = (tuple(Stroke.from_json(stroke) for stroke in data[name]) for name in ("strokes", "undone"))
        return Edit(int(data["index"]), strokes, undone)


def path_of(project: Path, index: int) -> Path:
    return project / FOLDER / f"{index:07d}.json"


def load_edit(project: Path, index: int) -> Edit:
    """Nothing was said of a frame that has no file. Raises MediaError where it is damaged."""
    path = path_of(project, index)
    return _load(path) if path.exists() else Edit(index)


def load_edits(project: Path) -> Edits:
    """The strokes of every frame that has any. `project` is its folder, or one that keeps a copy. Raises MediaError."""
    found = (_load(path) for path in sorted((project / FOLDER).glob("[0-9]*.json")))
    return {edit.index: edit.strokes for edit in found if edit.strokes}


def _load(path: Path) -> Edit:
    try:
        return read_json(path, Edit.from_json)
    except MediaError as error:
        raise MediaError(f"{path}: what was painted on the damage of this frame cannot be read; bring the file back from a backup, or "
                         "remove it and paint it again") from error
