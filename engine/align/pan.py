"""A panning camera makes a late frame and a shifted picture look alike: which of them it is, is told by all frames together.

Where the picture moves as a whole, every shift in time has a geometry that goes with it. The right one fits best at the edges and where the
camera's speed changes; under a wrong one the change of speed looks like a weave that no gate has.
"""
from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.dense import Comparer, Grid, Views
from engine.align.features import Matrix
from engine.align.geometry import refine
from engine.align.space import moved
from engine.align.time import REACH
from engine.run import each

Pairs = Sequence[tuple[int, int]]

RIVAL = 0.7             # part of the evidence that another shift in time must keep at first sight to be followed up
SEEN_PX = 0.5           # a picture that moves less than this on the grid does not pan
WEAVE_PRICE = 10.0      # for each pair: of a weave of a thousandth of the scan's width, squared


def without_pan(scan: Views, reference: Views, grid: Grid, geometry: Matrix, pairs: Pairs, frames: int) -> Matrix:
    """`geometry`, or the one that goes with all `pairs` (scan frame, reference frame) shifted in time by up to REACH frames, where that
    suits them better. `frames`: how many the reference has."""
    comparer = Comparer(scan, reference, grid, geometry)
    least = _price(comparer, pairs)

    def rival(late: int) -> tuple[float, Matrix]:
        shifted = [(i, j + late) for i, j in pairs if 0 <= j + late < frames]
        if 2 * len(shifted) < len(pairs):
            return np.inf, geometry
        motion = np.median([_motion(comparer, j - late, j) for _, j in shifted], 0)
        if np.abs(motion).max() < SEEN_PX:
            return np.inf, geometry
        other = geometry @ grid.matrix @ moved(*motion) @ np.linalg.inv(grid.matrix)
        if _price(Comparer(scan, reference, grid, other), shifted) > RIVAL * least:
            return np.inf, geometry
        other = refine(scan, reference, grid, other, shifted)
        return _price(Comparer(scan, reference, grid, other), shifted), other

    rivals = list(each(rival, [k for k in range(-REACH, REACH + 1) if k]))
    return min([(least, geometry), *rivals], key=lambda found: found[0])[1]


def _motion(comparer: Comparer, a: int, b: int) -> NDArray[np.float64]:
    """(2,) grid pixels by which the picture as a whole moves from reference frame `a` to `b`."""
    before, after = (np.asarray(comparer.laid(k), np.float64) for k in (a, b))
    window = cv2.createHanningWindow((before.shape[1], before.shape[0]), cv2.CV_64F)
    return np.array(cv2.phaseCorrelate(before, after, window)[0])


def _price(comparer: Comparer, pairs: Pairs) -> float:
    """What a pair costs on average, and its weave around the usual."""
    found = [comparer.pair(comparer.scan(i), j) for i, j in pairs]
    shifts = np.array([laid.shift for _, laid in found]) * comparer.grid.step
    around = np.square(shifts - np.median(shifts, 0)).sum(1) / (comparer.scan_width / 1000) ** 2
    return float(np.mean([cost for cost, _ in found]) + WEAVE_PRICE * around.mean())
