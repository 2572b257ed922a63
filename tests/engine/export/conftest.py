"""A film in memory with files of its own, and a call that exports it."""
from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.export.certificate import LUMA_HELD, Proof
from engine.export.export import ExportResult, ExportSettings, export
from engine.media.colour import from_ycbcr, to_display, to_ycbcr
from engine.media.source import FrameSource, Picture, SourceInfo
from engine.run import Run


class Film(FrameSource):
    """`pictures` are encoded values as FrameSource.read gives them; each frame has a small file on disk, so that it has a folder."""

    def __init__(self, folder: Path, pictures: list[Picture], headers: list[bytes] | None = None, first: int = 86400, **facts: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        h, w = pictures[0].shape[:2]
        info = SourceInfo(folder, "film", "sequence", "dpx", len(pictures), w, h, 10, False, 3, Fraction(1), Fraction(24), "",
                          "cineon", "", False, "progressive", "", "01:00:00:00", None, False)
        self.info = replace(info, **facts)
        self.pictures, self.headers, self.first = pictures, headers, first
        self.said: dict[str, Any] = {}
        self.files_of_all: tuple[Path, ...] = ()
        self.offset, self.all = 0, self
        for index in range(len(pictures)):
            path = self.files(index)[0]
            if not path.exists():
                path.write_bytes(b"scan %d" % index)

    def read(self, index: int) -> Picture:
        return self.pictures[index]

    def name(self, index: int) -> str:
        return f"{index + self.first:07d}" if self.info.kind != "stills" else f"s04_{index}"

    def files(self, index: int) -> tuple[Path, ...]:
        return (self.info.path / f"film.{index + self.first:07d}.dpx",)

    def part(self, start: int, stop: int) -> None:
        """Become a range of the film."""
        self.files_of_all, self.offset, self.all = self.medium(), start, copy(self)
        self.info, self.pictures, self.first = replace(self.info, frames=stop - start), self.pictures[start:stop], self.first + start

    def whole(self) -> FrameSource:
        return self.all

    def attributes(self, index: int) -> dict[str, Any]:
        return self.said

    def medium(self) -> tuple[Path, ...]:
        return self.files_of_all or super().medium()

    def place(self, index: int) -> int:
        return self.offset + index

    @property
    def places(self) -> int:
        return len(self.medium())

    def timecode(self, index: int) -> str | None:
        return f"01:00:00:{self.offset + index:02d}"

    def keycode(self, index: int) -> str | None:
        return "02 93 123456 7890+16"

    def header(self, index: int) -> bytes | None:
        return self.headers[self.offset + index] if self.headers else None


def codes(seed: int, depth: int = 10, size: tuple[int, int] = (30, 46)) -> np.ndarray:
    """Random code values of every height, (h, w, 3)."""
    return np.random.default_rng(seed).integers(0, 2 ** depth, (*size, 3)).astype(np.uint16)


def faded(seed: int, size: tuple[int, int] = (30, 46)) -> Picture:
    """A Cineon picture as a scan has it: from black to reference white, with grain."""
    rng = np.random.default_rng(seed)
    ramp = np.linspace(130, 640, size[1], dtype=np.float32)[None, :, None]
    return np.rint(np.clip(ramp + rng.normal(0, 8, (*size, 3)), 95, 1023)).astype(np.float32) / 1023


def recolour(index: int, picture: Picture) -> Picture:
    """A restoration that keeps luma and changes chroma a great deal, differently for each frame."""
    ycc = to_ycbcr(picture)
    ycc[..., 1] = ycc[..., 1] * 1.5 + 0.06
    ycc[..., 2] = ycc[..., 2] * 1.2 - 0.03 * (index % 4)
    return from_ycbcr(ycc)


Exporter = Callable[..., ExportResult]


@pytest.fixture
def exported() -> Exporter:
    """`exported(film, folder, 'dpx', 'tiff', encoding='same', sound=None, identity='', restore=recolour, run=Run())`."""

    def call(film: FrameSource, folder: Path, *formats: str, restore: Any = recolour, run: Run | None = None,
             proof: Proof = LUMA_HELD, **settings: Any) -> ExportResult:
        def prepare(index: int) -> Picture:
            return to_display(film.read(index), film.info.encoding)

        return export(film, prepare, restore, ExportSettings(folder, formats, **settings), run or Run(), proof)

    return call


def untouched(index: int, picture: Picture) -> Picture:
    return picture


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> dict[str, str]:
    """The files that are not the same in both trees, and where they begin to differ."""
    found = {}
    for name in sorted(one.keys() | other.keys()):
        if name not in one or name not in other:
            found[name] = "only in one"
        elif one[name] != other[name]:
            both = zip(one[name], other[name], strict=False)
            at = next((i for i, (a, b) in enumerate(both) if a != b), min(len(one[name]), len(other[name])))
            around = slice(max(0, at - 100), at + 60)
            found[name] = f"byte {at} of {len(one[name])} and {len(other[name])}: {one[name][around]!r} and {other[name][around]!r}"
    return found
