"""Which pictures belong together where nothing but the picture tells: shots of single stills, and of another scan of the film.

Pictures are compared by the intersection of their joint histograms of luma and chroma (Swain and Ballard, Color Indexing, 1991).
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.media.colour import to_ycbcr
from engine.media.shots import find_shots
from engine.media.source import FrameSource, Picture
from engine.pairs.pair import Pair
from engine.run import Run

ALIKE = 0.60        # intersection of two histograms, 0..1, from which two pictures are taken for one shot
BINS = (8, 12, 12)
RANGES = ((0.0, 1.0), (-0.3, 0.3), (-0.3, 0.3))


def descriptor(picture: Picture) -> NDArray[np.float32]:
    """Histogram of Y' Cb Cr of a display-referred picture (h, w, 3), smoothed over neighbouring bins; sums to 1."""
    small = np.asarray(cv2.resize(np.clip(picture, 0, 1), (128, 96), interpolation=cv2.INTER_AREA), np.float32)
    histogram = np.histogramdd(to_ycbcr(small).reshape(-1, 3), bins=BINS, range=RANGES)[0]
    for axis in range(3):
        padded = np.pad(histogram, [(1, 1) if a == axis else (0, 0) for a in range(3)])
        shifted = [np.take(padded, range(k, k + BINS[axis]), axis) for k in range(3)]
        histogram = shifted[0] / 4 + shifted[1] / 2 + shifted[2] / 4
    return np.asarray(histogram / max(float(histogram.sum()), 1e-6), np.float32).ravel()


def likeness(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    """0 = nothing in common, 1 = the same colours in the same amounts."""
    return float(np.minimum(a, b).sum())


def group_stills(picture: Callable[[int], Picture], count: int, run: Run) -> tuple[str, ...]:
    """A shot word for each of `count` stills: a still joins the shot it is most like, or begins one of its own."""
    shots: list[list[NDArray[np.float32]]] = []
    words = []
    for index in range(count):
        run.step(index, count, "finding shots")
        found = descriptor(picture(index))
        best = max(range(len(shots)), key=lambda k: _best(found, shots[k]), default=None)
        if best is None or _best(found, shots[best]) < ALIKE:
            shots.append([])
            best = len(shots) - 1
        shots[best].append(found)
        words.append(f"shot {best + 1}")
    return tuple(words)


def shots_by_picture(scan: FrameSource, picture: Callable[[int], Picture], pairs: Sequence[Path], run: Run) -> list[str | None]:
    """For each frame of `scan` the shot of the pairs that it is like, or None where it is like none. Cuts bound the shots. Raises
    MediaError where there are no pairs."""
    if not pairs:
        raise MediaError("the project has no pairs any more, so nothing tells which shot a frame belongs to; give the `restore` command "
                         "that made it again")
    known: dict[str, list[NDArray[np.float32]]] = {}
    for path in pairs:
        pair = Pair.load(path)
        known.setdefault(pair.shot, []).append(descriptor(pair.scan.astype(np.float32)))
    count = len(scan)
    groups = [(i, i + 1) for i in range(count)] if scan.info.kind == "stills" else find_shots(scan, run)
    words: list[str | None] = []
    for start, stop in groups:
        run.step(start, count, "finding shots")
        middle = descriptor(picture((start + stop) // 2))
        word = max(known, key=lambda k: _best(middle, known[k]))
        words += [word if _best(middle, known[word]) >= ALIKE else None] * (stop - start)
    return words


def _best(found: NDArray[np.float32], members: list[NDArray[np.float32]]) -> float:
    return max((likeness(found, m) for m in members), default=0.0)
