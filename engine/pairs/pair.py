"""A pair on disk: the balanced scan, the chroma it shall have, and how far each pixel is to be trusted."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.files import replacing


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

    def save(self, folder: Path) -> Path:
        """Write `folder/NNNNNNN.npz` atomically."""
        path = folder / f"{self.index:07d}.npz"
        with replacing(path) as temporary, temporary.open("wb") as file:
            np.savez(file, index=self.index, name=self.name, shot=self.shot, held_out=self.held_out,
                     scan=self.scan, chroma=self.chroma, weight=self.weight)
        return path

    @staticmethod
    def load(path: Path) -> Pair:
        with np.load(path) as data:
            return Pair(int(data["index"]), str(data["name"]), str(data["shot"]), bool(data["held_out"]),
                        data["scan"], data["chroma"], data["weight"])
