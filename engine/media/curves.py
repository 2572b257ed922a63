"""Functions of one value laid on whole pictures: as fine tables, by OpenColorIO, in strips of rows that stay in the cache."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PyOpenColorIO import (
    OPTIMIZATION_LOSSLESS,
    PROCESSOR_CACHE_OFF,
    Config,
    CPUProcessor,
    GroupTransform,
    Lut1DTransform,
    MatrixTransform,
    Transform,
)

Floats = NDArray[np.float32]

STRIP_PIXELS = 1 << 16
THREADS = 2             # of one picture: others are read and written meanwhile


class Curves:
    """A function of one value for each channel, straight between `nodes` equal steps from `low` to `high`; beyond, and for what is no
    number, the function itself. `mixing` may follow. Safe in threads; what is done to a pixel depends on that pixel alone."""

    def __init__(self, exact: Callable[[Floats], Floats], low: float, high: float, nodes: int, *mixing: Transform) -> None:
        """`exact` takes and gives (n, 3) values."""
        self._exact, self._low, self._high = exact, low, high
        steps = np.linspace(low, high, nodes, dtype=np.float32)
        table = Lut1DTransform(nodes, False)
        table.setData(np.ascontiguousarray(exact(np.repeat(steps[:, None], 3, 1)), np.float32).ravel())
        scale = 1 / (high - low)
        self._table = processor(matrix(scale * np.eye(3), np.full(3, -low * scale)), table, *mixing)
        self._mixing = processor(*mixing)

    def __call__(self, picture: Floats) -> None:
        """Change `picture` (h, w, 3), contiguous, in place."""
        if picture.min() >= self._low and picture.max() <= self._high:
            self._table.applyRGB(picture)
            return
        at = np.flatnonzero(cv2.inRange(picture, (self._low,) * 3, (self._high,) * 3) == 0)
        pixels = picture.reshape(-1, 3)
        values = np.ascontiguousarray(self._exact(pixels[at])[None], np.float32)
        self._mixing.applyRGB(values)
        self._table.applyRGB(picture)
        pixels[at] = values[0]


@cache
def _plain() -> Config:
    config = Config.CreateRaw()
    config.setProcessorCacheFlags(PROCESSOR_CACHE_OFF)      # it takes two tables for one where only their values differ
    return config


def processor(*transforms: Transform) -> CPUProcessor:
    """One transform after the other on pixels in place, to the last bit of float32 the same wherever a pixel lies."""
    return _plain().getProcessor(GroupTransform(list(transforms))).getOptimizedCPUProcessor(OPTIMIZATION_LOSSLESS)


def matrix(rows: NDArray[np.floating], offset: NDArray[np.floating] | None = None) -> Transform:
    """(3, 3) and an offset (3,)."""
    whole = np.eye(4)
    whole[:3, :3] = rows
    return MatrixTransform(whole.ravel().tolist(), [*(np.zeros(3) if offset is None else offset).tolist(), 0.0])


def strips(shape: tuple[int, ...]) -> list[slice]:
    """The rows of a picture in strips that fit the cache."""
    rows = max(1, STRIP_PIXELS // max(1, shape[1]))
    return [slice(top, top + rows) for top in range(0, shape[0], rows)]


def on_threads(work: Callable[[slice], None], parts: Iterable[slice], threads: int = THREADS) -> None:
    """`work` on every part, on so many threads."""
    parts = list(parts)
    if min(threads, len(parts)) <= 1:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(min(threads, len(parts))) as pool:
        list(pool.map(work, parts))
