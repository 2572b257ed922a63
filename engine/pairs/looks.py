"""What the candidates of a film look like, in few numbers: kept beside the suggestions, so that what a choice covers is known at once."""
from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.files import replacing

Doubles = NDArray[np.float64]
STEPS = 32767               # of a quantised look
ALIKE = 0.5                 # squared distance, in parts of what is typical inside a shot, below which one frame stands for another
QUIET = 0.002               # squared distance that is typical at least: in a shot where nothing moves one frame stands for all
OTHER_SHOT = 0.5            # frames of two shots have to be so much more alike


@dataclass(frozen=True)
class Looks:
    """The candidates in the order of the film: scan frame, word of its shot, look, how well it is aligned (worth), how many frames of the
    film it stands for (weight), and the share of each colour of `colours.NAMED` in the reference."""

    frames: NDArray[np.int64]
    shots: NDArray[np.str_]
    vectors: Doubles                        # (n, d)
    worth: Doubles
    weights: Doubles
    colours: NDArray[np.float32]            # (n, k)

    def save(self, path: Path) -> None:
        """Write an .npz atomically. Raises DiskFull, OutputRefused."""
        scale = float(np.abs(self.vectors).max(initial=1e-9)) / STEPS
        with replacing(path) as temporary, temporary.open("wb") as file:
            np.savez_compressed(file, frames=self.frames, shots=self.shots, scale=scale, worth=self.worth, weights=self.weights,
                                vectors=np.round(self.vectors / scale).astype(np.int16), colours=self.colours.astype(np.float16))

    @staticmethod
    def load(path: Path) -> Looks:
        """Raises MediaError where the file is damaged or missing."""
        try:
            with np.load(path) as data:
                return Looks(data["frames"], data["shots"], data["vectors"] * float(data["scale"]), data["worth"],
                             data["weights"], data["colours"].astype(np.float32))
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise MediaError(f"{path}: is damaged or missing; remove the folder {path.parent}, and it is made anew") from error

    def with_worth(self, worth: Doubles) -> Looks:
        """The same candidates, worth something else."""
        other = replace(self, worth=worth)
        other.__dict__["stands_for"] = self.stands_for      # does not depend on it
        return other

    @cached_property
    def stands_for(self) -> NDArray[np.bool_]:
        """(n, n): whether the candidate of each column, once picked, stands for that of each row."""
        n = len(self.frames)
        scale = self._scales()
        vectors = self.vectors.astype(np.float32)
        square = np.square(vectors).sum(1)
        out = np.empty((n, n), np.bool_)
        for start in range(0, n, 512):
            rows = slice(start, start + 512)
            distance = square[rows, None] + square[None] - 2 * vectors[rows] @ vectors.T
            same = self.shots[rows, None] == self.shots[None]
            out[rows] = distance <= ALIKE * scale[rows, None] * np.where(same, 1, OTHER_SHOT)
        np.fill_diagonal(out, True)
        return out

    def _scales(self) -> NDArray[np.float32]:
        """(n,) the squared distance that is typical inside each candidate's shot, at least QUIET."""
        typical = np.zeros(len(self.frames), np.float32)
        for word in np.unique(self.shots):
            own = np.flatnonzero(self.shots == word)
            look = self.vectors[own[:: max(1, len(own) // 128)]].astype(np.float32)
            square = np.square(look).sum(1)
            typical[own] = np.median(np.maximum(square[:, None] + square[None] - 2 * look @ look.T, 0))
        return np.asarray(np.maximum(typical, QUIET), np.float32)
