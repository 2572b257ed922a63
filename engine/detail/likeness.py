"""How like two planes are, pixel by pixel and structure by structure."""
from __future__ import annotations

import cv2
import numpy as np

from engine.detail.filters import Plane

MOST_DB = 100.0             # of planes that are the same


def psnr(a: Plane, b: Plane, weight: Plane) -> float:
    """Peak signal-to-noise ratio in dB of planes with a peak of 1, by weight; at most MOST_DB. Raises ValueError where nothing has
    weight."""
    error = weighted_mean(np.square(a - b), weight)
    return float(min(MOST_DB, -10 * np.log10(max(error, 1e-12))))


def ssim(a: Plane, b: Plane, weight: Plane) -> float:
    """Structural similarity, 1 for planes that are the same: Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment: from error
    visibility to structural similarity", IEEE Transactions on Image Processing 13 (2004); mean of its map by weight."""
    mean_a, mean_b = _local(a), _local(b)
    var_a, var_b = _local(a * a) - mean_a ** 2, _local(b * b) - mean_b ** 2
    both = _local(a * b) - mean_a * mean_b
    c1, c2 = 0.01 ** 2, 0.03 ** 2
    local = (2 * mean_a * mean_b + c1) * (2 * both + c2) / ((mean_a ** 2 + mean_b ** 2 + c1) * (var_a + var_b + c2))
    return weighted_mean(np.asarray(local, np.float32), weight)


def _local(plane: Plane) -> Plane:
    return np.asarray(cv2.GaussianBlur(plane, (11, 11), 1.5))


def weighted_mean(plane: Plane, weight: Plane) -> float:
    """Raises ValueError where nothing has weight."""
    total = float(weight.sum(dtype=np.float64))
    if total <= 0:
        raise ValueError("nothing of the picture has weight")
    return float((plane * weight).sum(dtype=np.float64)) / total
