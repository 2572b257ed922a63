"""A keyframe on disk: `keyframes/NAME/keyframe.json` in a project, NAME as the scan names the frame. It holds what was done, in order, and
what was taken back, so that undo has no end and outlives the window; pictures that were taken in lie beside it as layers."""
from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.files import read_json, replacing, told, write_json
from engine.keyframes.palette import Swatch, swatch_of

FOLDER = "keyframes"
FILE = "keyframe.json"
VERSION = 1
SIMILAR_TO = "similar to "      # what an accepted proposal begins with in words, before the name of the picture
TOOLS = ("scribble", "brush", "fill", "lasso", "erase", "layer")
Point = tuple[float, float, float]


@dataclass(frozen=True)
class Op:
    """One thing done to a keyframe. `points` are (x, y, pressure): x and y in parts of the frame's width and height, pressure 0..1; `size`
    is the diameter in parts of the width; `hardness` 0 (soft) .. 1; `reach` 0..1 how far a fill grows; `file` names the layer; `strength`
    0..1 of its chroma; `what` tells in words what a layer is: 'imported', 'propagated from NAME', 'similar to PICTURE'."""

    tool: str
    swatch: int = 0
    points: tuple[Point, ...] = ()
    size: float = 0.0
    hardness: float = 1.0
    reach: float = 0.5
    file: str = ""
    strength: float = 1.0
    what: str = ""

    @property
    def similar(self) -> bool:
        """Whether it is an accepted proposal from a similar picture."""
        return self.what.startswith(SIMILAR_TO)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Op:
        op = Op(**data | {"points": tuple((float(x), float(y), float(p)) for x, y, p in data["points"])})
        if op.tool not in TOOLS:
            raise ValueError(op.tool)
        return op


@dataclass(frozen=True)
class Keyframe:
    """What was done to the frame that the scan calls `name`; `print` is that frame's content (see `frame_print`)."""

    name: str
    print: str
    ops: tuple[Op, ...] = ()
    undone: tuple[Op, ...] = ()     # the last of them was taken back last

    def done(self, op: Op) -> Keyframe:
        """With one more thing done: what was taken back before cannot be done again."""
        return replace(self, ops=(*self.ops, op), undone=())

    def undo(self) -> Keyframe:
        return replace(self, ops=self.ops[:-1], undone=(*self.undone, self.ops[-1])) if self.ops else self

    def redo(self) -> Keyframe:
        return replace(self, ops=(*self.ops, self.undone[-1]), undone=self.undone[:-1]) if self.undone else self

    def renumbered(self, numbers: dict[int, int]) -> Keyframe:
        """With other numbers of swatches, old -> new."""
        ops, undone = (tuple(replace(op, swatch=numbers.get(op.swatch, op.swatch)) for op in part) for part in (self.ops, self.undone))
        return replace(self, ops=ops, undone=undone)

    @property
    def swatches(self) -> tuple[int, ...]:
        """The numbers of the swatches that are used, each once, in order."""
        return tuple(dict.fromkeys(op.swatch for op in self.ops if op.swatch))

    def save(self, project: Path) -> None:
        """Replace its file atomically. Raises DiskFull, OutputRefused."""
        folder = folder_of(project, self.name)
        with told(folder, "saving the keyframe"):
            folder.mkdir(parents=True, exist_ok=True)
            write_json(folder / FILE, {"version": VERSION} | asdict(self))

    @staticmethod
    def from_json(data: dict[str, Any]) -> Keyframe:
        ops, undone = (tuple(Op.from_json(op) for op in data[name]) for name in ("ops", "undone"))
        return Keyframe(str(data["name"]), str(data["print"]), ops, undone)


@dataclass(frozen=True)
class Layer:
    """A picture that was taken into a keyframe: `chroma` (h, w, 2) Cb, Cr -0.5..0.5 and `alpha` (h, w) 0..1, float16, of any size with the
    shape of the frame."""

    chroma: NDArray[np.float16]
    alpha: NDArray[np.float16]

    def save(self, project: Path, name: str) -> str:
        """Leave it beside the keyframe of that name; the file's name says what it holds, so that none takes another's place."""
        folder = folder_of(project, name)
        digest = hashlib.sha256(self.chroma.tobytes() + self.alpha.tobytes()).hexdigest()[:16]
        with told(folder, "saving a layer"):
            folder.mkdir(parents=True, exist_ok=True)
            with replacing(folder / f"{digest}.npz") as temporary, temporary.open("wb") as file:
                np.savez_compressed(file, chroma=self.chroma, alpha=self.alpha)
        return f"{digest}.npz"

    @staticmethod
    def load(project: Path, name: str, file: str) -> Layer:
        """Raises MediaError where it is gone or damaged."""
        path = folder_of(project, name) / file
        try:
            with np.load(path) as data:
                return Layer(data["chroma"], data["alpha"])
        except Exception as error:
            raise MediaError(f"{path}: this picture of keyframe {name} is gone or damaged; import it again") from error


def folder_of(project: Path, name: str) -> Path:
    return project / FOLDER / name


def load_keyframe(project: Path, name: str) -> Keyframe:
    """Raises MediaError where it is not there, damaged, or cannot be read."""
    path = folder_of(project, name) / FILE
    try:
        return read_json(path, Keyframe.from_json)
    except MediaError as error:
        raise MediaError(f"{path}: what was painted on this keyframe cannot be read, and is left as it is; make the file readable, or "
                         f"bring it back from a backup, or remove {path.parent} and paint it again") from error


def keyframe_names(project: Path) -> list[str]:
    """The keyframes of a project that hold anything or did, sorted by name."""
    return sorted(path.parent.name for path in (project / FOLDER).glob(f"*/{FILE}"))


def frame_print(picture: NDArray[np.float32]) -> str:
    """What tells a frame from any other: SHA-256 over its values as they are read."""
    return hashlib.sha256(np.ascontiguousarray(picture).tobytes()).hexdigest()[:32]


def used_swatches(keyframes: Iterable[Keyframe]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for keyframe in keyframes for number in keyframe.swatches))


def named_swatches(keyframes: Iterable[Keyframe]) -> set[int]:
    """The numbers of all swatches that are used, or would be if what was taken back was done again."""
    return {op.swatch for keyframe in keyframes for op in (*keyframe.ops, *keyframe.undone)}


def unfounded(keyframes: Iterable[Keyframe], palette: Sequence[Swatch]) -> int:
    """How many swatches that are used say neither where they come from nor that they are an assumption."""
    known = (swatch_of(palette, number) for number in used_swatches(keyframes))
    return sum(swatch is None or not swatch.founded for swatch in known)
