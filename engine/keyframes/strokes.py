"""Brush strokes and lassos as planes: how far each pixel is covered. A stroke is kept in parts of the frame, so that it covers the same of
a picture of any size."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.keyframes.keyframe import Point

Floats = NDArray[np.float32]
Box = tuple[int, int, int, int]         # top, left, bottom, right in pixels; bottom and right are the first outside

STEP = 0.25             # of the radius, between the places of a stroke that are looked at
FINE = 4                # parts of a pixel in which a lasso is filled
SOFTEST = 0.02          # of the width: how wide the edge of a lasso is at hardness 0
EMPTY: Box = (0, 0, 0, 0)


@dataclass(frozen=True)
class Cover:
    """`alpha` (bottom - top, right - left) 0..1 of the pixels in `box`; outside of it nothing is covered."""

    box: Box
    alpha: Floats

    @property
    def here(self) -> tuple[slice, slice]:
        return slice(self.box[0], self.box[2]), slice(self.box[1], self.box[3])

    def whole(self, shape: tuple[int, int]) -> Floats:
        """(h, w) of the frame."""
        plane = np.zeros(shape, np.float32)
        plane[self.here] = self.alpha
        return plane


def brush(points: Sequence[Point], size: float, hardness: float, shape: tuple[int, int]) -> Cover:
    """What a round brush covers on a frame of `shape` (h, w). `points`, `size` and `hardness` are those of Op: the diameter at pressure 1
    is `size` of the width. The edge is as wide as the part of the radius that is not hard, and a pixel more. A stroke never
    covers a place twice."""
    height, width = shape
    places = np.array(points, np.float64).reshape(-1, 3) * (width, height, size * width / 2) - (0.5, 0.5, 0)
    if not len(places) or size <= 0:
        return Cover(EMPTY, np.zeros((0, 0), np.float32))
    places = _thinned(places)
    widest = places[:, 2].max()
    box = _around(places[:, :2] - widest, places[:, :2] + widest, shape)
    alpha = np.zeros((box[2] - box[0], box[3] - box[1]), np.float32)
    for a, b in pairwise(places) if len(places) > 1 else ((places[0], places[0]),):
        ends = np.stack([a, b])[:, :2]
        part = _around(ends - max(a[2], b[2]), ends + max(a[2], b[2]), shape)
        rows, columns = slice(part[0] - box[0], part[2] - box[0]), slice(part[1] - box[1], part[3] - box[1])
        np.maximum(alpha[rows, columns], _capsule(a, b, hardness, part), out=alpha[rows, columns])
    return Cover(box, alpha)


def _thinned(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without those that are nearer to the one before than matters."""
    kept = [places[0]]
    for place in places[1:-1]:
        last = kept[-1]
        if np.hypot(place[0] - last[0], place[1] - last[1]) >= max(0.5, STEP * last[2]) or abs(place[2] - last[2]) > 0.15:
            kept.append(place)
    return np.array([*kept, places[-1]] if len(places) > 1 else kept)


def _around(low: NDArray[np.float64], high: NDArray[np.float64], shape: tuple[int, int]) -> Box:
    left, top = np.floor(low.min(0)).astype(int) - 1
    right, bottom = np.ceil(high.max(0)).astype(int) + 2
    left, right = (int(np.clip(v, 0, shape[1])) for v in (left, right))
    top, bottom = (int(np.clip(v, 0, shape[0])) for v in (top, bottom))
    return top, left, bottom, right


def _capsule(a: NDArray[np.float64], b: NDArray[np.float64], hardness: float, box: Box) -> Floats:
    """Cover of a brush that goes from `a` to `b` (x, y, radius in pixels) straight, on the pixels of `box`."""
    x = np.arange(box[1], box[3], dtype=np.float32)[None] - np.float32(a[0])
    y = np.arange(box[0], box[2], dtype=np.float32)[:, None] - np.float32(a[1])
    dx, dy = (np.float32(v) for v in (b[:2] - a[:2]))
    length = float(dx * dx + dy * dy)
    still = np.full((len(y), x.shape[1]), b[2] > a[2], np.float32)
    along = np.clip((x * dx + y * dy) / np.float32(length), 0, 1) if length > 1e-9 else still
    radius = np.float32(a[2]) + along * np.float32(b[2] - a[2])
    away = np.sqrt(np.square(x - along * dx) + np.square(y - along * dy))
    edge = radius * np.float32(1 - hardness)
    cover = np.clip(0.5 + (radius - edge / 2 - away) / np.sqrt(edge * edge + 1), 0, np.minimum(2 * radius, 1))
    return np.asarray(cover, np.float32)


def lasso(points: Sequence[Point], hardness: float, shape: tuple[int, int]) -> Cover:
    """What a line that closes on itself encloses, on a frame of `shape` (h, w); what it goes round twice is outside again. At hardness 0
    the edge is SOFTEST of the width wide."""
    height, width = shape
    corners = np.array(points, np.float64).reshape(-1, 3)[:, :2] * (width, height)
    if len(corners) < 3:
        return Cover(EMPTY, np.zeros((0, 0), np.float32))
    soft = (1 - hardness) * SOFTEST * width / 4
    box = _around(corners - 3 * soft, corners + 3 * soft, shape)
    tall, wide = box[2] - box[0], box[3] - box[1]
    if not tall or not wide:
        return Cover(EMPTY, np.zeros((0, 0), np.float32))
    fine = np.zeros((tall * FINE, wide * FINE), np.uint8)
    cv2.fillPoly(fine, [np.round(((corners - (box[1], box[0])) * FINE - 0.5) * 16).astype(np.int32)], 255, shift=4)
    alpha = cv2.resize(fine, (wide, tall), interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255)
    if soft > 0.1:
        alpha = np.asarray(cv2.GaussianBlur(alpha, (0, 0), soft, borderType=cv2.BORDER_REPLICATE), np.float32)
    return Cover(box, alpha)
