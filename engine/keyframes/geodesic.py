"""Geodesic distances on a picture: how much has to be crossed on the cheapest way from a scribble to a pixel.

A way costs what luma and the faded chroma change along it, above the grain, after a light edge-true smoothing; what lies on it that looks
unlike all that the scribble covers; and a little for its length. Steps within what looks like the scribble cost less, so that shading
and folds do not stop a colour (Bai and Sapiro, "A geodesic framework for fast interactive image and video segmentation and matting", ICCV
2007). Distances are found by sweeps over the rows (Toivanen, "New geodesic distance transforms for gray-scale images", Pattern Recognition
Letters 17, 1996; Criminisi, Sharp and Blake, "GeoS: geodesic image segmentation", ECCV 2008). Within a row the best of all ways along it
is a running minimum of distances less the cost so far, so that a whole row is done at once, for all scribbles.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.media.colour import to_ycbcr
from engine.media.reduce import reduced
from engine.media.source import Picture

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

WIDTH = 512             # at which ways are looked for
CHROMA = 4.0            # weight of a change of chroma beside one of luma
LENGTH = 0.0006         # cost of a pixel's length
CHANGE = 0.5            # cost of a change of features by 1
UNLIKE = 0.3            # cost of a pixel that is unlike the scribble by 1
FREE = 0.5              # of the grain, that a change costs nothing
ALIKE = 2.0             # grains of unlikeness at which a change costs half as much again as it does at none
SPARED = 0.8            # of the cost of a change, where both sides are like the scribble
SMOOTH = 3.0            # grains that are smoothed over
COLOURS = 12            # at most, that a scribble is known by
LOOKED_AT = 4000        # about so many pixels of a scribble
QUIETEST, NOISIEST = 0.02, 0.06         # between which the grain is taken to lie; folds and shading are no less than the first
SWEEPS = 6              # at most, down and up again
SETTLED, OF_USE = 1e-3, 1.0     # a sweep that changes no distance below the second by more than the first is the last
FAR = np.float32(1e6)


@dataclass(frozen=True)
class Ground:
    """A picture that ways are looked for on: `features` (h, w, 3) luma and weighted chroma, smoothed; `grain` the deviation of the grain in
    them before that."""

    features: Floats
    grain: float

    @property
    def shape(self) -> tuple[int, int]:
        return self.features.shape[0], self.features.shape[1]

    @cached_property
    def changes(self) -> tuple[Floats, Floats, Floats, Floats]:
        """What changes above the grain to the right neighbour (h, w - 1), the one below (h - 1, w), below on the right and below on the
        left (h - 1, w - 1)."""
        f = self.features
        pairs = ((f[:, 1:], f[:, :-1]), (f[1:], f[:-1]), (f[1:, 1:], f[:-1, :-1]), (f[1:, :-1], f[:-1, 1:]))
        along, down, right, left = (np.maximum(np.sqrt(np.square(a - b).sum(-1)) - np.float32(FREE * self.grain), 0) for a, b in pairs)
        return along, down, right, left


def ground(picture: Picture, width: int | None = WIDTH) -> Ground:
    """Of `picture` (h, w, 3), display-referred, at most `width` pixels across are looked at."""
    features = to_ycbcr(np.clip(reduced(picture, width), 0, 1)) * np.array([1, CHROMA, CHROMA], np.float32)
    grain = float(np.clip(_grain(features), QUIETEST, NOISIEST))
    for _ in range(2):          # bilateral: Tomasi and Manduchi, ICCV 1998
        features = np.asarray(cv2.bilateralFilter(features, 9, SMOOTH * grain, 2.0), np.float32)
    return Ground(features, grain)


def _grain(features: Floats) -> float:
    """Deviation of what is finer than a few pixels, in the quieter parts of the picture."""
    fine = np.square(features - cv2.GaussianBlur(features, (0, 0), 1.5)).sum(-1)
    here = np.asarray(cv2.blur(fine, (9, 9)), np.float32)[4::9, 4::9]
    lively = here[here > 1e-8]
    return 1.15 * float(np.sqrt(np.percentile(lively, 20))) if lively.size else 0.0


def distances(on: Ground, seeds: Mask) -> Floats:
    """(n, h, w): from each of `seeds` (n, h, w) to every pixel; FAR where a kind has no seed. Each kind's are the same whatever others are
    asked for with it."""
    unlike = np.stack([_unlike(on, kind) for kind in seeds], 1)     # (h, n, w): a row of all kinds lies together
    along, down, right, left = _costs(on, unlike)
    total = np.zeros(unlike.shape, np.float32)
    np.cumsum(along, -1, out=total[..., 1:])
    field = np.where(seeds, np.float32(0), FAR).astype(np.float32).transpose(1, 0, 2).copy()
    moving = np.arange(len(seeds))
    for _ in range(SWEEPS):
        rows = field[:, moving]
        before = np.minimum(rows, OF_USE)
        _sweep(rows, total, down, right, left)
        _sweep(rows[::-1], total[::-1], down[::-1], left[::-1], right[::-1])
        field[:, moving] = rows
        still = (before - np.minimum(rows, OF_USE)).max((0, 2)) > SETTLED
        if not still.any():
            break
        if not still.all():
            moving = moving[still]
            total, down, right, left = (np.ascontiguousarray(plane[:, still]) for plane in (total, down, right, left))
    return np.ascontiguousarray(field.transpose(1, 0, 2))


def _unlike(on: Ground, seeds: Mask) -> Floats:
    """(h, w): how far each pixel is from all that the seeds cover, above the grain."""
    covered = on.features[seeds]
    if not len(covered):
        return np.zeros(on.shape, np.float32)
    colours, features = _colours(covered), on.features.reshape(-1, 3)
    nearest = (np.square(colours).sum(1)[:, None] - 2 * colours @ features.T).min(0) + np.square(features).sum(1)
    unlike = np.maximum(np.sqrt(np.maximum(nearest, 0)) - np.float32(on.grain), 0)
    return np.asarray(unlike, np.float32).reshape(on.shape)


def _colours(covered: Floats) -> Floats:
    """At most COLOURS features (n, 3) that stand for `covered` (m, 3): k-means, begun with groups by luma (Lloyd 1982)."""
    covered = covered[::max(1, len(covered) // LOOKED_AT)]
    if len(covered) <= COLOURS:
        return covered
    groups = np.empty((len(covered), 1), np.int32)
    groups[np.argsort(covered[:, 0], kind="stable"), 0] = np.arange(len(covered)) * COLOURS // len(covered)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 8, 1e-4)
    return np.asarray(cv2.kmeans(covered, COLOURS, groups, stop, 1, cv2.KMEANS_USE_INITIAL_LABELS)[2], np.float32)


def _costs(on: Ground, unlike: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """(h or h - 1, n, w or w - 1) of a step to the right, below, below on the right and on the left; `unlike` (h, n, w)."""
    spare = np.float32(CHANGE * SPARED) / (1 + np.square(unlike / np.float32(ALIKE * on.grain)))
    near, ahead = (np.index_exp[:, :, :-1], np.index_exp[:-1], np.index_exp[:-1, :, :-1], np.index_exp[:-1, :, 1:]), \
        (np.index_exp[:, :, 1:], np.index_exp[1:], np.index_exp[1:, :, 1:], np.index_exp[1:, :, :-1])
    costs = []
    for change, a, b, length in zip(on.changes, near, ahead, (1.0, 1.0, 2**0.5, 2**0.5), strict=True):
        cost = CHANGE - np.minimum(spare[a], spare[b])
        cost *= change[:, None]
        cost += np.float32(UNLIKE * length / 2) * (unlike[a] + unlike[b])
        cost += np.float32(LENGTH * length)
        costs.append(cost)
    along, down, right, left = costs
    return along, down, right, left


def _sweep(rows: Floats, total: Floats, down: Floats, right: Floats, left: Floats) -> None:
    """From the first row to the last, in place, all (rows, kinds, columns). `total`: cost along a row up to each pixel."""
    scratch, backward = np.empty_like(rows[0]), np.empty_like(rows[0])
    side, reverse = scratch[:, 1:], backward[:, ::-1]
    for y in range(len(rows)):
        row, so_far = rows[y], total[y]
        if y:
            above = rows[y - 1]
            np.minimum(row, np.add(above, down[y - 1], out=scratch), out=row)
            np.minimum(row[:, 1:], np.add(above[:, :-1], right[y - 1], out=side), out=row[:, 1:])
            np.minimum(row[:, :-1], np.add(above[:, 1:], left[y - 1], out=side), out=row[:, :-1])
        np.add(row, so_far, out=backward)
        np.subtract(row, so_far, out=scratch)
        np.minimum.accumulate(scratch, axis=1, out=scratch)
        np.minimum.accumulate(reverse, axis=1, out=reverse)
        np.minimum(row, np.add(scratch, so_far, out=scratch), out=row)
        np.minimum(row, np.subtract(backward, so_far, out=backward), out=row)
