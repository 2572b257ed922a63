"""Colour that spreads from scribbles over the objects they lie on, and a fill that grows from one point.

A pixel takes the colour whose scribble is nearest by geodesic distance, softly where two are about as near (Yatziv and Sapiro, "Fast image
and video colorization using chrominance blending", IEEE Transactions on Image Processing 15, 2006), and none where the nearest is farther
than a limit. Each colour has a limit of its own, which follows from the edges round what it lies on: where they are strong the area that it
has reached hardly grows with the distance, and the limit lies in the middle of where it grows least.
All this is found on a small picture, and brought to the full size along the edges of the full picture (He, Sun and Tang, "Guided image
filtering", ECCV 2010, with the colour of the picture as the guide).
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.keyframes.geodesic import Ground, ground
from engine.media.source import Picture

Floats = NDArray[np.float32]

NARROWEST, WIDEST = 0.008, 0.2      # between which a limit lies
USUAL, SPAN = 0.045, 1.0            # the limit that is looked for first, and how many e-folds away another is half as likely
GROWTH = 0.05           # of its area, that a colour may grow by where it is said to stand
ONE_OBJECT = 0.07       # distance within which scribbles of one colour are taken to lie on one object, where they hang together
BEYOND = 1.5            # of that distance, how far such a colour goes at least
CLEAR = 0.004           # distance to which every way costs something
BLEND = 4.0             # power by which the nearer of two colours wins
REACH = (0.004, 0.5)    # limit of a fill at reach 0 and 1
RADIUS = 3              # of the guided filter, in pixels of the small picture
FLAT = 0.02             # by which a plane may vary about a pixel that is taken for no edge
ACROSS = 1024           # places that are looked up in a row
CRISP = 2.0             # how much steeper an edge is than the guided filter leaves it


@dataclass(frozen=True)
class Scene:
    """A frame that colours spread on: `picture` (h, w, 3), display-referred, balanced."""

    picture: Picture

    @cached_property
    def small(self) -> Ground:
        return ground(self.picture)

    @cached_property
    def full(self) -> Ground:
        return ground(self.picture, None)

    @property
    def shape(self) -> tuple[int, int]:
        return self.picture.shape[0], self.picture.shape[1]

    @cached_property
    def _guide(self) -> tuple[Floats, Floats]:
        """Means (h, w, 3) and inverse covariances (h, w, 3, 3) of the small picture about each pixel."""
        f = self.small.features
        mean = _box(f)
        products = _box((f[..., :, None] * f[..., None, :]).reshape(*f.shape[:2], 9)).reshape(*f.shape[:2], 3, 3)
        spread = products - mean[..., :, None] * mean[..., None, :] + np.float32(self.small.grain**2) * np.eye(3, dtype=np.float32)
        return mean, np.asarray(np.linalg.inv(spread), np.float32)

    def enlarged(self, planes: Floats) -> Floats:
        """Planes (n, h, w) 0..1 of the small picture as (n, H, W) of the full one, their edges on its edges."""
        height, width = self.shape
        result = np.empty((len(planes), height, width), np.float32)
        for plane, out in zip(planes, result, strict=True):
            cv2.resize(plane, (width, height), dst=out, interpolation=cv2.INTER_LINEAR)
            window = np.ones((4 * RADIUS + 1, 4 * RADIUS + 1), np.uint8)
            edges = cv2.dilate(plane, window) - cv2.erode(plane, window) > FLAT
            wide = cv2.resize(edges.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST) > 0
            if wide.any():
                out[wide] = self._along_edges(plane, wide)
        return np.asarray(np.clip((result - 0.5) * CRISP + 0.5, 0, 1), np.float32)

    def _along_edges(self, plane: Floats, wide: NDArray[np.bool_]) -> Floats:
        """(k,) of a small plane, at the k pixels of the full picture that are `wide`."""
        mean, inverse = self._guide
        level = _box(plane)
        together = _box(self.small.features * plane[..., None]) - mean * level[..., None]
        slope = (inverse * together[..., None, :]).sum(-1)
        lines = _box(np.concatenate([slope, (level - (slope * mean).sum(-1))[..., None]], -1))
        rows, columns = np.nonzero(wide)
        scale_y, scale_x = (small / full for small, full in zip(self.small.shape, self.shape, strict=True))
        places = np.stack([(columns + 0.5) * scale_x - 0.5, (rows + 0.5) * scale_y - 0.5], -1).astype(np.float32)
        there = np.resize(places, (-(-len(places) // ACROSS), ACROSS, 2))
        found = cv2.remap(lines, there[..., 0], there[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        line = np.asarray(found, np.float32).reshape(-1, 4)[:len(places)]
        return np.asarray((line[:, :3] * self.full.features[wide]).sum(-1) + line[:, 3], np.float32)


def _box(plane: Floats) -> Floats:
    return np.asarray(cv2.blur(plane, (2 * RADIUS + 1, 2 * RADIUS + 1)) if plane.ndim == 2 or plane.shape[2] <= 4 else
                      np.concatenate([_box(plane[..., k:k + 3]) for k in range(0, plane.shape[2], 3)], -1), np.float32)


def limit(field: Floats, own: NDArray[np.bool_]) -> float:
    """How far a colour goes from its scribbles, whose distances are `field` (h, w), among the pixels that are its `own`: the middle of the
    distances within which the area grows by no more than GROWTH, where these are widest on a logarithmic scale, not far from USUAL.
    Scribbles that are as near to each other as those of one object would be are joined."""
    steps = np.geomspace(NARROWEST / 2, 4 * WIDEST, 120)
    area = np.searchsorted(np.sort(field[own]), steps)
    stop = steps[np.searchsorted(area, area * (1 + GROWTH), side="right") - 1]
    low, high = np.log(steps + CLEAR), np.log(stop + CLEAR)
    middle = np.exp((low + high) / 2) - CLEAR
    worth = (high - low) * np.exp2(-np.square(np.log(middle / USUAL) / SPAN))
    joined = _joined(field)
    return float(np.clip(middle[np.argmax(worth)], max(NARROWEST, BEYOND * joined if joined <= ONE_OBJECT else 0.0), WIDEST))


def _joined(field: Floats) -> float:
    """The distance within which all scribbles hang together, to a tenth; twice WIDEST where it is more than that."""
    seeds = field == 0
    steps = np.geomspace(NARROWEST, 2 * WIDEST, 42)
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        labels = cv2.connectedComponents((field <= steps[middle]).astype(np.uint8))[1][seeds]
        low, high = (low, middle) if labels.size and labels.min() == labels.max() else (middle + 1, high)
    return float(steps[low])


def shares(fields: Floats) -> Floats:
    """(n, h, w) 0..1, how much each of n colours has of a pixel, from the distances `fields` (n, h, w) to their scribbles; what they leave
    of 1 has none."""
    nearest = fields.argmin(0)
    weights = (fields.min(0) + np.float32(CLEAR)) / (fields + np.float32(CLEAR))
    weights **= np.float32(BLEND)
    weights /= weights.sum(0)
    for number, (field, weight) in enumerate(zip(fields, weights, strict=True)):
        weight *= within(field, limit(field, nearest == number))
    return np.asarray(weights, np.float32)


def within(field: Floats, limit: float) -> Floats:
    """1 where a distance is below the limit, 0 where it is above, softly."""
    return np.asarray(np.clip((np.float32(1.1 * limit) - field) / np.float32(0.2 * limit), 0, 1), np.float32)


def reach_limit(reach: float) -> float:
    """The limit of a fill of that reach 0..1."""
    return float(REACH[0] * (REACH[1] / REACH[0]) ** reach)
