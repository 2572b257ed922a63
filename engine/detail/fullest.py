"""The part of a large frame that is measured: where most of it is trusted."""
from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 768              # pixels of the square
_AS_MUCH = 0.99         # of the most weight: squares with so much count as having most


def fullest(weight: NDArray[Any], side: int = SIDE) -> tuple[slice, slice]:
    """The square of at most `side` pixels that has most weight (h, w); the one nearest to the middle of several."""
    height, width = (min(size, side) for size in weight.shape)
    total = cv2.integral(weight, sdepth=cv2.CV_64F)
    sums = total[height:, width:] - total[:-height, width:] - total[height:, :-width] + total[:-height, :-width]
    y, x = np.ogrid[:sums.shape[0], :sums.shape[1]]
    away = np.abs(2 * y - sums.shape[0] + 1) + np.abs(2 * x - sums.shape[1] + 1)
    best = np.where(sums >= _AS_MUCH * sums.max(), away, away.max() + 1).argmin()
    top, left = (int(place) for place in np.unravel_index(best, sums.shape))
    return slice(top, top + height), slice(left, left + width)
