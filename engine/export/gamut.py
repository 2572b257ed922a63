"""Colours that an encoding cannot hold are brought in by moving chroma towards grey: hue stays, luma stays to the last bit."""
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.media.colour import luma
from engine.media.source import Picture

Plane = NDArray[np.float32]


def into_gamut(picture: Picture, held: Plane, low: Plane | float, high: float) -> Picture:
    """`picture` (h, w, 3, display-referred Rec.709) with luma `held` (h, w, low..high) and every channel inside low..high.

    The distance of R', G', B' from grey is shortened by one factor for each pixel, the largest that fits, so that Cb : Cr stays. `low`
    may be a plane. Where the luma of `picture` is off from `held` by float rounding, it is put right here."""
    chroma = picture - luma(picture)[..., None]
    below, above = chroma.min(-1), chroma.max(-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.minimum(np.where(below < low - held, (low - held) / below, 1), np.where(above > high - held, (high - held) / above, 1))
    chroma *= np.maximum(factor, 0)[..., None].astype(np.float32)
    chroma += held[..., None]
    return chroma
