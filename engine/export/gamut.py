"""Colours that an encoding cannot hold are brought in by moving chroma towards grey: hue stays, luma stays to the last bit."""
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.media.colour import luma
from engine.media.source import Picture

Plane = NDArray[np.float32]


def into_gamut(picture: Picture, held: Plane, low: Plane | float, high: float) -> Picture:
    """`picture` (h, w, 3, display-referred Rec.709) with luma `held` (h, w, low..high) and every channel inside low..high.

    The distance of R', G', B' from grey is shortened by one factor for each pixel, the largest that fits, so that Cb : Cr stays. `low`
    may be a plane. Where the luma of `picture` is off from `held` by float rounding, it is put right here."""
    result: Picture = picture + cv2.merge([held - luma(picture)] * 3)
    if isinstance(low, np.ndarray):
        over = (result < low[..., None]) | (result > high)
        outside = over[..., 0] | over[..., 1] | over[..., 2]
    elif result.min() >= low and result.max() <= high:
        return result
    else:
        outside = cv2.inRange(result, (low,) * 3, (high,) * 3) == 0
    at = np.flatnonzero(outside)
    if len(at):
        lowest = low.ravel()[at] if isinstance(low, np.ndarray) else low
        colours = result.reshape(-1, 3)
        colours[at] = _shortened(colours[at], held.ravel()[at], lowest, high)
    return result


def _shortened(colours: Plane, grey: Plane, low: Plane | float, high: float) -> Plane:
    """(n, 3) colours of luma `grey` (n,), moved towards it until they fit."""
    r, g, b = (colours[:, channel] - grey for channel in range(3))
    below, above = np.minimum(np.minimum(r, g), b), np.maximum(np.maximum(r, g), b)
    with np.errstate(divide="ignore", invalid="ignore"):
        down = np.where(below < low - grey, (low - grey) / below, 1)
        up = np.where(above > high - grey, (high - grey) / above, 1)
    factor = np.clip(np.minimum(down, up), 0, 1).astype(np.float32)
    return np.stack([grey + factor * channel for channel in (r, g, b)], 1)
