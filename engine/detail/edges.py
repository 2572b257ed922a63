"""Edges across their slope: how wide they are, and how far those of one plane lie from those of another."""
from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.detail.filters import Doubles, Plane, noise

_SOFTENED = 1.5             # pixels, where edges are looked for, so that grain is none
_STEEPEST = 0.05            # of all pixels at most
_LEAST = 0.015              # slope of an edge, luma a pixel
_MOST_POINTS = 4000
_FEWEST = 30                # edges that tell
_REACH, _STEP = 8.0, 0.25   # pixels
_ALONG = (-2.0, -1.0, 0.0, 1.0, 2.0)        # pixels along the edge over which a profile is averaged
_SLOPE = 0.7                # pixels: the softening of the slopes that are read
_OFFSETS = np.arange(-_REACH, _REACH + _STEP / 2, _STEP)
_FARTHEST = 3.0             # pixels from an edge to its likes


class Edges(NamedTuple):
    """Points (n,) on edges and the unit vector up the slope, pixels."""

    x: Doubles
    y: Doubles
    nx: Doubles
    ny: Doubles


def strong_edges(plane: Plane, weight: Plane) -> Edges:
    """The steepest ridges of slope, well above the noise, away from the border and wholly within weight."""
    soft = np.asarray(cv2.GaussianBlur(plane, (0, 0), _SOFTENED), np.float32)
    gx, gy = (np.asarray(cv2.Scharr(soft, cv2.CV_32F, across, 1 - across, scale=1 / 32), np.float32) for across in (1, 0))
    slope = np.asarray(np.hypot(gx, gy), np.float32)
    within = cv2.erode((weight > 0.5).astype(np.uint8), np.ones((9, 9), np.uint8), borderValue=0) > 0
    margin = int(_REACH) + 3
    inside = np.zeros_like(within)
    inside[margin:-margin, margin:-margin] = True
    within &= inside
    if not within.any():
        return Edges(*[np.empty(0)] * 4)
    steep = max(_LEAST, 4 * noise(soft), float(np.quantile(slope[within], 1 - _STEEPEST)))
    y, x = np.nonzero(within & (slope >= steep) & _ridge(slope, gx, gy))
    some = slice(None, None, -(-max(1, len(x)) // _MOST_POINTS))
    x, y = x[some], y[some]
    size = slope[y, x]
    return Edges(x.astype(np.float64), y.astype(np.float64), (gx[y, x] / size).astype(np.float64), (gy[y, x] / size).astype(np.float64))


def _ridge(slope: Plane, gx: Plane, gy: Plane) -> NDArray[np.bool_]:
    """Whether the slope is steepest here along its own direction."""
    size = np.maximum(slope, 1e-9)
    y, x = np.indices(slope.shape, np.float32)
    sides = [cv2.remap(slope, x + side * gx / size, y + side * gy / size, cv2.INTER_LINEAR) for side in (np.float32(-1), np.float32(1))]
    return np.asarray((slope >= sides[0]) & (slope > sides[1]))


def _slopes(plane: Plane, edges: Edges) -> Doubles:
    """(n, offsets) slope across each edge, averaged along it."""
    soft = cv2.GaussianBlur(plane, (0, 0), _SLOPE)
    along = np.array(_ALONG)[None, :, None]
    x = edges.x[:, None, None] + edges.nx[:, None, None] * _OFFSETS - edges.ny[:, None, None] * along
    y = edges.y[:, None, None] + edges.ny[:, None, None] * _OFFSETS + edges.nx[:, None, None] * along
    shape = len(edges.x) * len(_ALONG), len(_OFFSETS)
    values = cv2.remap(soft, x.reshape(shape).astype(np.float32), y.reshape(shape).astype(np.float32), cv2.INTER_CUBIC)
    return np.asarray(np.gradient(values.reshape(x.shape).mean(1, dtype=np.float64), _STEP, axis=1), np.float64)


def _peaks(slopes: Doubles) -> tuple[Doubles, Doubles]:
    """Where each profile is steepest within _FARTHEST of the middle, in pixels from it, and how steep; nan where that is at the end."""
    near = np.abs(_OFFSETS) <= _FARTHEST
    part, at = slopes[:, near], _OFFSETS[near]
    best = part.argmax(1)
    rows, safe = np.arange(len(part)), np.clip(best, 1, len(at) - 2)
    before, top, after = (part[rows, safe + side] for side in (-1, 0, 1))
    bend = before - 2 * top + after
    place = at[safe] + _STEP * 0.5 * (before - after) / np.where(bend < 0, bend, -1e9)
    return np.where(safe == best, place, np.nan), top


def apart(result: Plane, target: Plane, weight: Plane) -> float | None:
    """Root mean square distance in pixels, across the edge, of the result's edges from the target's strong ones, each placed where its
    slope is steepest; edges without a like within 3 pixels are left out. None where too few edges tell."""
    edges = strong_edges(target, weight)
    if len(edges.x) < _FEWEST:
        return None
    (there, steep), (here, slope) = _peaks(_slopes(target, edges)), _peaks(_slopes(result, edges))
    distance = here - there
    like = np.isfinite(distance) & (slope > 0.2 * steep) & (np.abs(there) < 1.5)
    return float(np.sqrt(np.mean(distance[like] ** 2))) if like.sum() >= _FEWEST else None


def width(plane: Plane, weight: Plane) -> float | None:
    """How wide the sharper quarter of the strong edges are, as the deviation in pixels of the softening that would make them of a step;
    None where too few edges tell. Grain hardly counts: profiles are averaged along the edge."""
    edges = strong_edges(plane, weight)
    if len(edges.x) < _FEWEST:
        return None
    slopes = _slopes(plane, edges)
    place, steep = _peaks(slopes)
    inside = _lobe(slopes > 0.1 * steep[:, None], np.nan_to_num(place))
    wide = np.where(inside, slopes, 0).sum(1) * _STEP / np.maximum(steep, 1e-9) / np.sqrt(2 * np.pi)
    told = wide[np.isfinite(place) & ~inside[:, 0] & ~inside[:, -1]]
    return float(np.sqrt(max(0.0, float(np.quantile(told, 0.25)) ** 2 - _SLOPE ** 2))) if len(told) >= _FEWEST else None


def _lobe(high: NDArray[np.bool_], place: Doubles) -> NDArray[np.bool_]:
    """(n, offsets) the unbroken stretch of each profile that is `high` about `place`."""
    columns = np.arange(len(_OFFSETS))
    middle = np.abs(_OFFSETS - place[:, None]).argmin(1)[:, None]
    left = np.where(~high & (columns < middle), columns, -1).max(1)[:, None]
    right = np.where(~high & (columns > middle), columns, len(columns)).min(1)[:, None]
    return np.asarray((columns > left) & (columns < right))
