"""A pair on disk: the balanced scan, the chroma it shall have, and how far each pixel is to be trusted."""
from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.files import replacing

READING = Lock()    # CPython 3.11 raises SystemError now and then where two threads read the header of an array (gh-106905)


@dataclass(frozen=True)
class Pair:
    """Everything at training scale: the scan reduced to at most `target.TRAINING_WIDTH` pixels wide (never enlarged)."""

    index: int                          # scan frame
    name: str                           # name of that frame in the source
    shot: str                           # pairs of one shot share this word
    held_out: bool
    scan: NDArray[np.float16]           # (h, w, 3) balanced scan, R'G'B' display-referred Rec.709, clipped to 0..1
    chroma: NDArray[np.float16]         # (h, w, 2) Cb, Cr of the target, -0.5..0.5 (Rec.709)
    weight: NDArray[np.uint8]           # (h, w) 0 = left out (mask, outside the reference), 255 = fully trusted
    misfit: float = 0.0                 # pixels of the scan

    def save(self, folder: Path) -> Path:
        """Write `folder/NNNNNNN.npz` atomically."""
        path = folder / f"{self.index:07d}.npz"
        with replacing(path) as temporary, temporary.open("wb") as file:
            np.savez(file, index=self.index, name=self.name, shot=self.shot, held_out=self.held_out,
                     scan=self.scan, chroma=self.chroma, weight=self.weight, misfit=self.misfit)
        return path

    @staticmethod
    def load(path: Path) -> Pair:
        """Raises MediaError where the file is damaged."""
        with opened(path) as data:
            return Pair(int(data["index"]), str(data["name"]), str(data["shot"]), bool(data["held_out"]),
                        data["scan"], data["chroma"], data["weight"], float(data["misfit"]) if "misfit" in data else 0.0)


@dataclass(frozen=True)
class PairFile:
    """A pair on disk, and what is known of it without its pictures, so that a film of many pairs needs the memory of one."""

    path: Path
    shot: str
    held_out: bool
    width: int
    empty: bool         # no pixel of it is trusted

    @staticmethod
    def look(path: Path) -> PairFile:
        """Raises MediaError where the file is damaged."""
        with opened(path) as data:
            weight = data["weight"]
            return PairFile(path, str(data["shot"]), bool(data["held_out"]), weight.shape[1], not weight.any())

    def load(self) -> Pair:
        return Pair.load(self.path)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The arrays of a pair file, of colour or of detail. Raises MediaError where the file is damaged."""
    try:
        with READING, np.load(path) as data:
            yield data
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise MediaError(f"{path}: the pair is damaged; remove the folder {path.parent} and give the restore command "
                         "again, which makes its pairs anew") from error
