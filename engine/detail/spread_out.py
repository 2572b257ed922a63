"""What is known in one part of a plane, spread softly over the rest."""
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.align.features import blurred

_SCALES = (160.0, 80.0, 40.0, 20.0, 10.0)       # pixels: from far away to near what is known
_HEARD = 0.02                                   # share of a scale's surroundings that must be known for it to count


def spread_out(picture: NDArray[np.float32], known: NDArray[np.bool_] | NDArray[np.float32]) -> NDArray[np.float32]:
    """`picture` (h, w) or (h, w, n) as the means of what is `known` (h, w; weights 0..1) near each pixel, soft where it is known too.

    Normalised convolution (Knutsson and Westin 1993), wider where nothing known is near; the mean of all where nothing is far around.
    """
    weight = known.astype(np.float32)
    weighted = weight if picture.ndim == 2 else weight[..., None]
    out = np.broadcast_to((picture * weighted).sum((0, 1)) / (weight.sum() + 1e-6), picture.shape).astype(np.float32)
    for scale in _SCALES:
        share = blurred(weight, scale)
        over = share if picture.ndim == 2 else share[..., None]
        out = np.where(over > _HEARD, blurred(np.asarray(picture * weighted, np.float32), scale) / (over + 1e-6), out)
    return np.asarray(out, np.float32)
