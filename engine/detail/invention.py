"""What a net invented: structure in the result that neither the scan nor the reference has."""
from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from engine.detail.filters import Plane

_SCALES = (1.4, 2.8, 5.6)   # pixels; a band is what is finer than one and coarser than the one before
_ABOUT = 2.0                # times that scale: over which the energy of a band is taken
_TILE = 48
_TIMES = 3.0                # of the error that is usual here
_SHARE = 0.35               # of what the scan or the reference has
_FLOOR = 0.004              # luma


def invented(result: Plane, target: Plane, scan: Plane, weight: Plane) -> Plane:
    """(h, w) 0..1: how far the structure of the result exceeds, in some band of detail, the stronger of the target's and the scan's.

    Local energies are compared, so a shift of a pixel is no invention; what is in excess counts against the error that is usual in that
    part of the picture, so neither is softness, nor grain, nor a little too much sharpness. 0 where there is no weight."""
    found = np.zeros_like(result)
    kinds = [_bands(plane) for plane in (result, target, scan)]
    for coarse, (own, wanted, seen) in zip(_SCALES, zip(*kinds, strict=True), strict=True):
        has = _energy(own, coarse)
        known = cv2.dilate(np.maximum(_energy(wanted, coarse), _energy(seen, coarse)), np.ones((5, 5), np.uint8))
        usual = _usual(_energy(np.asarray(own - wanted, np.float32), coarse), weight)
        excess = (has - known) / (_TIMES * usual + _SHARE * known + _FLOOR)
        found = np.maximum(found, np.asarray(np.clip(2 * excess - 0.5, 0, 1), np.float32))
    return np.asarray(found * (weight > 0), np.float32)


def _bands(plane: Plane) -> list[Plane]:
    softer = [plane, *(np.asarray(cv2.GaussianBlur(plane, (0, 0), scale), np.float32) for scale in _SCALES)]
    return [np.asarray(fine - coarse, np.float32) for fine, coarse in pairwise(softer)]


def _energy(band: Plane, coarse: float) -> Plane:
    return np.asarray(np.sqrt(cv2.GaussianBlur(band * band, (0, 0), _ABOUT * coarse)), np.float32)


def _usual(error: Plane, weight: Plane) -> Plane:
    """The median of the error in tiles and their neighbours, at every pixel; so that what stands out in one place does not count."""
    h, w = error.shape
    rows, columns = max(1, round(h / _TILE)), max(1, round(w / _TILE))
    trusted = np.where(weight > 0, error, np.nan)
    parts = [np.array_split(strip, columns, 1) for strip in np.array_split(trusted, rows, 0)]
    whole = float(np.nanmedian(trusted)) if (weight > 0).any() else 0.0
    medians = np.array([[np.nanmedian(part) if np.isfinite(part).any() else whole for part in strip] for strip in parts], np.float32)
    calm = cv2.medianBlur(medians, 3) if min(rows, columns) > 2 else np.full_like(medians, whole)
    return np.asarray(cv2.resize(calm, (w, h), interpolation=cv2.INTER_LINEAR), np.float32)
