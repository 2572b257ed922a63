"""Colour difference as an eye sees it: CIELAB and CIEDE2000 of display values."""
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

_RGB_TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
_WHITE = np.array([0.95047, 1.0, 1.08883])


def lab(picture: NDArray[np.floating]) -> Doubles:
    """CIELAB (D65) of R'G'B' display values (..., 3), clipped to 0..1 and decoded by the sRGB curve: L 0..100, a and b about +-128."""
    values = np.clip(picture, 0, 1).astype(np.float64)
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    t = linear @ _RGB_TO_XYZ.T / _WHITE
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def ciede2000(lab_a: Doubles, lab_b: Doubles) -> Doubles:
    """CIEDE2000 between two CIELAB arrays (..., 3) -> (...); 1 is about what an eye can just tell.

    Sharma, Wu, Dalal, "The CIEDE2000 color-difference formula: implementation notes, supplementary test data, and mathematical
    observations", Color Research and Application 30 (2005)."""
    l1, a1, b1 = np.moveaxis(np.asarray(lab_a, np.float64), -1, 0)
    l2, a2, b2 = np.moveaxis(np.asarray(lab_b, np.float64), -1, 0)
    stretch = 1 + 0.5 * (1 - _far_chroma((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2))
    c1, c2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1 * stretch)) % 360, np.degrees(np.arctan2(b2, a2 * stretch)) % 360
    hue_step, hue = _hue(h1, h2, c1 * c2 == 0)
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (1 - 0.17 * np.cos(np.radians(hue - 30)) + 0.24 * np.cos(np.radians(2 * hue))
         + 0.32 * np.cos(np.radians(3 * hue + 6)) - 0.20 * np.cos(np.radians(4 * hue - 63)))
    middle = (lightness - 50) ** 2
    dl = (l2 - l1) / (1 + 0.015 * middle / np.sqrt(20 + middle))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(hue_step / 2)) / (1 + 0.015 * chroma * t)
    turn = -2 * _far_chroma(chroma) * np.sin(np.radians(60 * np.exp(-((hue - 275) / 25) ** 2)))
    result: Doubles = np.sqrt(np.maximum(dl * dl + dc * dc + dh * dh + turn * dc * dh, 0))
    return result


def _far_chroma(chroma: Doubles) -> Doubles:
    seventh = chroma ** 7
    result: Doubles = np.sqrt(seventh / (seventh + 25.0 ** 7))
    return result


def _hue(h1: Doubles, h2: Doubles, grey: NDArray[np.bool_]) -> tuple[Doubles, Doubles]:
    """Signed step from hue 1 to hue 2 and the mean hue, in degrees; where either colour is grey: no step, and the sum."""
    apart = np.abs(h1 - h2) > 180
    step = h2 - h1 - 360 * np.sign(h2 - h1) * apart
    total = h1 + h2
    mean = (total + np.where(total < 360, 360, -360) * apart) / 2
    return np.where(grey, 0.0, step), np.where(grey, total, mean)
