"""The classical baselines that a net has to beat: one linear filter for the whole film, and non-local means."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Doubles = NDArray[np.float64]

SIZE = 15
_REACH = SIZE // 2
_STRIP_PIXELS = 16_384      # at a time, so that memory does not grow with the picture
_RIDGE = 1e-6               # of the mean power of a pixel
_LAPLACIAN = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
_STRENGTH = 1.0             # of non-local means, in deviations of the noise


@dataclass(frozen=True, eq=False)
class LinearFilter:
    """`kernel` (15, 15) laid on every pixel's neighbourhood, and `offset`: the best that sharpening or softening alone can do."""

    kernel: Doubles
    offset: float

    @staticmethod
    def fit(pairs: Iterable[tuple[Plane, Plane, Plane]]) -> LinearFilter:
        """Least squares over pairs of planes seen and wanted, each (h, w) with its weight, wherever the whole neighbourhood is inside.

        Where the pairs do not tell, and where there are none, it leaves the picture as it is."""
        total = np.zeros((SIZE * SIZE + 2, SIZE * SIZE + 2))
        for seen, target, weight in pairs:
            for rows in _strips(seen, target, weight):
                total += rows @ rows.T
        normal, wanted = total[:-1, :-1], total[:-1, -1]
        ridge = np.full(len(normal), _RIDGE * normal[:-1, :-1].diagonal().mean() + 1e-12)
        found = np.linalg.solve(normal + np.diag(ridge), wanted)
        kernel = np.array(found[:-1].reshape(SIZE, SIZE), np.float64)
        offset = found[-1] - 0.5 * kernel.sum()
        kernel[_REACH, _REACH] += 1
        return LinearFilter(kernel, float(offset))

    def apply(self, seen: Plane) -> Plane:
        """The filtered plane, of the same size; at the border the outermost pixels go on."""
        return np.asarray(cv2.filter2D(seen, cv2.CV_32F, self.kernel, delta=self.offset, borderType=cv2.BORDER_REPLICATE), np.float32)

    def as_json(self) -> dict[str, Any]:
        return {"kernel": self.kernel.tolist(), "offset": self.offset}

    @staticmethod
    def from_json(data: dict[str, Any]) -> LinearFilter:
        return LinearFilter(np.array(data["kernel"], np.float64), float(data["offset"]))


def _strips(seen: Plane, target: Plane, weight: Plane) -> Iterable[Plane]:
    """Rows of equations, strip by strip: the neighbourhoods (around mid grey), a one and what is to be added to the pixel, by weight."""
    h, w = (length - 2 * _REACH for length in seen.shape)
    if h < 1 or w < 1:
        return
    around = seen - np.float32(0.5)
    inside = (slice(_REACH, _REACH + h), slice(_REACH, _REACH + w))
    missing, root = (target - seen)[inside], np.sqrt(weight[inside])
    step = max(1, _STRIP_PIXELS // w)
    for top in range(0, h, step):
        end = min(top + step, h)
        rows = np.empty((SIZE * SIZE + 2, end - top, w), np.float32)
        for i in range(SIZE * SIZE):
            y, x = divmod(i, SIZE)
            rows[i] = around[top + y:end + y, x:x + w]
        rows[-2], rows[-1] = 1, missing[top:end]
        rows *= root[top:end]
        yield rows.reshape(len(rows), -1)


def noise(plane: Plane) -> float:
    """Standard deviation of fine noise, by the median of the absolute Laplacian, after Immerkaer, "Fast noise variance estimation",
    Computer Vision and Image Understanding 64 (1996); the median, since edges are no noise."""
    return float(np.median(np.abs(cv2.filter2D(plane, cv2.CV_32F, _LAPLACIAN)))) / (6 * 0.6745)


def denoised(plane: Plane) -> Plane:
    """Non-local means (Buades, Coll, Morel 2005) as strong as the plane is noisy, on 16 bits of 0..1."""
    strength = _STRENGTH * noise(plane) * 65535
    if strength < 1:
        return plane
    coded = np.round(np.clip(plane, 0, 1) * 65535).astype(np.uint16)
    return np.asarray(cv2.fastNlMeansDenoising(coded, [strength], normType=cv2.NORM_L1), np.float32) / np.float32(65535)
