"""A pair of detail on disk, as large as the scan: what the net sees of a frame, the luma that it shall have, and the trust in it."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.files import replacing
from engine.pairs.pair import opened


@dataclass(frozen=True)
class DetailPair:
    """All planes are luma of display-referred Rec.709, of the scan's size. `seen[0]` is the frame that is restored, in its final tone; the
    other planes are what helps the net: neighbouring frames, damage."""

    index: int                          # scan frame
    name: str                           # name of that frame in the source
    shot: str
    held_out: bool
    seen: NDArray[np.float16]           # (c, h, w)
    target: NDArray[np.float16]         # (h, w)
    weight: NDArray[np.uint8]           # (h, w) 0 = left out, 255 = fully trusted
    misfit: float = 0.0                 # pixels of the scan that are left after the local fit
    vouched: bool = False               # trusted only because scan and reference were given as aligned

    def save(self, folder: Path) -> Path:
        """Write `folder/NNNNNNN.npz` atomically."""
        path = folder / f"{self.index:07d}.npz"
        with replacing(path) as temporary, temporary.open("wb") as file:
            np.savez(file, index=self.index, name=self.name, shot=self.shot, held_out=self.held_out, seen=self.seen, target=self.target,
                     weight=self.weight, misfit=self.misfit, vouched=self.vouched)
        return path

    @staticmethod
    def load(path: Path) -> DetailPair:
        """Raises MediaError where the file is damaged."""
        with opened(path) as data:
            return DetailPair(int(data["index"]), str(data["name"]), str(data["shot"]), bool(data["held_out"]), data["seen"],
                              data["target"], data["weight"], float(data["misfit"]), bool(data["vouched"]))


def picture_mark(seen: NDArray[np.float16]) -> str:
    """What a frame (h, w), as a pair holds it, is known again by."""
    return hashlib.sha256(np.ascontiguousarray(seen).tobytes()).hexdigest()


@dataclass(frozen=True)
class DetailPairFile:
    """A pair on disk, and what is known of it without its pictures."""

    path: Path
    shot: str
    held_out: bool
    size: tuple[int, int]       # h, w
    empty: bool                 # no pixel of it is trusted

    @staticmethod
    def look(path: Path) -> DetailPairFile:
        """Raises MediaError where the file is damaged."""
        with opened(path) as data:
            weight = data["weight"]
            return DetailPairFile(path, str(data["shot"]), bool(data["held_out"]), (weight.shape[0], weight.shape[1]), not weight.any())

    def load(self) -> DetailPair:
        return DetailPair.load(self.path)
