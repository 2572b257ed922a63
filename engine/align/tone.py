"""The tone between two films of one picture, found however much of one is damaged: the curve that most pixels lie on."""
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.features import Plane

_COLUMNS, _ROWS = 32, 128       # levels of the one luma and of the other
_RISE = (1, 14)                 # rows that the curve climbs from a column to the next, at least and at most: mould has one tone


@dataclass(frozen=True)
class Tone:
    """A rising curve through nodes, straight between them and beyond."""

    there: NDArray[np.float32]      # (n,) rising
    here: NDArray[np.float32]       # (n,)

    def __call__(self, plane: Plane) -> Plane:
        """`plane` as the other film shows it; what is not finite stays so."""
        x, y = self.there.astype(np.float64), self.here.astype(np.float64)
        out = np.interp(plane, x, y)
        low, high = ((y[a] - y[b]) / max(x[a] - x[b], 1e-6) for a, b in ((2, 0), (-1, -3)))
        out = out + np.minimum(plane - x[0], 0) * low + np.maximum(plane - x[-1], 0) * high
        return np.asarray(out, np.float32)


def most_agreed(there: NDArray[np.float32], here: NDArray[np.float32], weight: NDArray[np.float32] | None = None) -> Tone:
    """The rising curve from the luma `there` (n,) to `here` (n,) of the same places that most pixels, by `weight` (n,), lie on.

    A ridge in the histogram of both, followed by dynamic programming (Viterbi 1967): damage, however much, lies beside it.
    """
    low, high = (float(v) for v in np.percentile(there, (0.5, 99.5)))
    bottom, top = (float(v) for v in np.percentile(here, (0.2, 99.8)))
    edges = low, max(high, low + 1e-3), bottom, max(top, bottom + 1e-3)
    counts, x, y = np.histogram2d(there, here, (_COLUMNS, _ROWS), (edges[:2], edges[2:]), weights=weight)
    smooth = cv2.GaussianBlur(counts.astype(np.float32), (0, 0), sigmaX=2.0, sigmaY=0.7)
    worth = smooth / np.sqrt(smooth.sum(1, keepdims=True) + 1e-6 * smooth.sum() + 1e-9)
    rows = _ridge(worth.astype(np.float64))
    centres = (y[1:] + y[:-1]) / 2
    curve = [_centroid(smooth[k], centres, row) for k, row in enumerate(rows)]
    return Tone(((x[1:] + x[:-1]) / 2).astype(np.float32), np.maximum.accumulate(np.array(curve, np.float32)))


def _ridge(worth: NDArray[np.float64]) -> list[int]:
    """The rows of the rising path through `worth` (columns, rows) that gathers most."""
    columns, rows = worth.shape
    best, back = worth[0], []
    for k in range(1, columns):
        ways = np.full((rows, _RISE[1] - _RISE[0] + 1), -np.inf)
        for c, rise in enumerate(range(_RISE[0], _RISE[1] + 1)):
            ways[rise:, c] = best[:-rise]
        back.append(ways.argmax(1) + _RISE[0])
        best = ways.max(1) + worth[k]
    path = [int(best.argmax())]
    for rises in reversed(back):
        path.append(path[-1] - int(rises[path[-1]]))
    return path[::-1]


def _centroid(column: NDArray[np.float32], centres: NDArray[np.float64], row: int) -> float:
    near = slice(max(row - 3, 0), row + 4)
    total = float(column[near].sum())
    return float((column[near] * centres[near]).sum() / total) if total > 0 else float(centres[row])
