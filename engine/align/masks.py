"""How far each pixel of an aligned pair is to be trusted: 0 where scan and reference disagree (subtitles, logos, dirt, outside)."""
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.features import Plane, blurred, normalised
from engine.media.colour import luma

_STILL_FINE, _LOST = 3.0, 6.0       # deviations of the usual difference at which trust begins to fall, and is gone
_LEAST_SPREAD = 0.12                # of a normalised difference; less than this is agreement however quiet the pair is
_UNLIKE = (0.65, 0.9)               # share of the local energy that differs: trust begins to fall, and is gone
_PLAIN, _STRANGE = 0.015, 0.2       # a reference with more detail than this, and less correlation, is of another picture
_ROUNDS = 4
_SHOWN = (-0.1, 1.5)                # display values are looked at within these: a hot pixel is only a pixel


def agreement(scan_display: NDArray[np.float32], reference_display_warped: NDArray[np.float32],
              covered: NDArray[np.bool_]) -> Plane:
    """(h, w) 0..1 of two display-referred pictures (h, w, 3) of one geometry; `covered` (h, w) is where the reference shows anything.

    Both are compared as locally normalised luma, smoothed to a scale at which grain is small; the reference's luma is the mix of its
    channels that explains the scan's best, since a faded print carries little but one dye. A pixel is trusted while the difference stays
    within what is usual in this pair, and its neighbourhood has more in common than not. Of two different pictures nothing is.
    """
    size = max(covered.shape)
    if covered.sum() < 64:
        return np.zeros(covered.shape, np.float32)
    valid = covered.astype(np.float32)
    scan_display, reference_display_warped = (np.clip(p, *_SHOWN) for p in (scan_display, reference_display_warped))
    grain, local = max(size / 600, 0.3), size / 40
    here = blurred(luma(scan_display), grain)
    there = _explaining(here, blurred(reference_display_warped, grain), valid, local)
    here, there = normalised(here, valid, local), normalised(there, valid, local)
    shown = _detail(luma(reference_display_warped), valid, local)[covered].std()
    common = float(np.vdot(here, there) / np.sqrt(np.vdot(here, here) * np.vdot(there, there) + 1e-12))
    if shown > _PLAIN and common < _STRANGE:
        return np.zeros(covered.shape, np.float32)
    difference = here - there
    spread = max(1.4826 * float(np.median(np.abs(difference[covered]))), _LEAST_SPREAD)
    pixel = np.clip((_LOST - np.abs(difference) / spread) / (_LOST - _STILL_FINE), 0, 1)
    around = size / 80
    differing, power = (blurred(p * valid, around) for p in (np.square(difference), np.square(here) + np.square(there)))
    region = np.clip((_UNLIKE[1] - differing / (power + 6 * spread * spread)) / (_UNLIKE[1] - _UNLIKE[0]), 0, 1)
    reach = 2 * round(size / 300) + 1
    trust = cv2.erode(np.asarray(np.minimum(pixel, region) * valid, np.float32), np.ones((reach, reach), np.uint8),
                      borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(blurred(np.asarray(trust, np.float32), reach / 4) * valid, np.float32)


def _detail(plane: Plane, valid: Plane, local: float) -> Plane:
    """What is left of a plane without its local mean inside `valid`."""
    return np.asarray(plane - blurred(plane * valid, local) / (blurred(valid, local) + 1e-6), np.float32)


def _explaining(scan: Plane, reference: NDArray[np.float32], valid: Plane, local: float) -> Plane:
    """The mix of the reference's channels whose detail is most like the scan's, by least squares reweighted against what disagrees."""
    inside = valid > 0
    wanted, *apart = (_detail(p, valid, local)[inside][::5] for p in (scan, *np.moveaxis(reference, -1, 0)))
    channels = np.stack(apart, 1)
    weight = np.ones_like(wanted)
    mix: NDArray[np.float64] = np.zeros(3)
    for _ in range(_ROUNDS):
        square = (channels * weight[:, None]).T @ channels
        pull = 1e-3 * float(np.trace(square)) + 1e-9
        mix = np.asarray(np.linalg.solve(square + np.eye(3) * pull, channels.T @ (weight * wanted)), np.float64)
        left = wanted - channels @ mix
        weight = 1 / (1 + np.square(left / (2 * np.median(np.abs(left)) + 1e-6)))
    return np.asarray(reference @ mix.astype(np.float32), np.float32)
