"""Two keyframes that paint the same object in different colours.

Places of two frames are the same where each is what the other looks most like, by luma and faded chroma of the place and of its
surroundings at two scales, and where many of them that lie together lie together in the other frame too. Only frames that look alike as a
whole are compared, so that different clothes of the same faded grey in another shot are no alarm.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.keyframes.painted import Painted
from engine.media.colour import from_ycbcr, to_ycbcr
from engine.media.difference import ciede2000, lab
from engine.media.source import Picture

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

APART = 12.0            # CIEDE2000 from which two colours are different
ALIKE = 0.84            # intersection of two histograms from which two frames are compared
NEIGHBOURS = 12         # frames, at most, that each is compared with
CELL = 2                # pixels across a place
SCALES = ((1.0, 2), (3.0, 7))           # blur and step, in pixels, of the nine points about a place
CHROMA = 4.0            # weight of chroma beside luma
NEAR = 0.09             # root mean square difference of two places that may be the same
RETURN = 3.0            # places by which the way there and back may miss
TOGETHER, SHIFT = 0.6, 0.12     # share of an object's places that must have moved alike, and by how much of the width they may differ
LEAST = 0.0007          # of the picture, that an object takes


@dataclass(frozen=True)
class Seen:
    """A keyframe as it is compared: `picture` (h, w, 3) balanced, display-referred, about 192 wide; `painted` of the same size."""

    name: str
    picture: Picture
    painted: Painted


@dataclass(frozen=True)
class Contradiction:
    """The same object in the keyframes `here` and `there`: the number of the swatch that most of it has in each, the middle of it (x, y) in
    parts of the frame (of its largest part), its share of the picture of `here`, and the mean CIEDE2000 of the two colours on the same
    luma."""

    here: str
    there: str
    swatch_here: int
    swatch_there: int
    at_here: tuple[float, float]
    at_there: tuple[float, float]
    share: float
    difference: float


def contradictions(looks: Sequence[Seen]) -> list[Contradiction]:
    """All that are found, the largest first, one for two frames and two swatches. Each frame is compared with those that look most like
    it."""
    places = [_Places.of(seen) for seen in looks]
    pairs = {(min(a, b), max(a, b)) for a in range(len(places)) for b in _alike(a, places)}
    found = [one for a, b in sorted(pairs) for one in _between(places[a], places[b])]
    return sorted(found, key=lambda one: -one.share)


@dataclass(frozen=True)
class _Places:
    """The places (rows, columns) of a frame: `features` (n, f) of those that are painted, which are these `cells` (n, 2) row and column;
    `histogram` of the whole frame."""

    seen: Seen
    histogram: Floats
    shape: tuple[int, int]
    cells: NDArray[np.int64]
    features: Floats

    @staticmethod
    def of(seen: Seen) -> _Places:
        ycc = to_ycbcr(np.clip(seen.picture, 0, 1)) * np.array([1, CHROMA, CHROMA], np.float32)
        planes = []
        for blur, step in SCALES:
            soft = np.asarray(cv2.GaussianBlur(ycc, (0, 0), blur), np.float32)
            wide = cv2.copyMakeBorder(soft, step, step, step, step, cv2.BORDER_REPLICATE)
            h, w = soft.shape[:2]
            planes += [wide[y:y + h, x:x + w] for y in (0, step, 2 * step) for x in (0, step, 2 * step)]
        whole = np.concatenate(planes, -1)[CELL // 2::CELL, CELL // 2::CELL]
        cells = np.argwhere(seen.painted.alpha[CELL // 2::CELL, CELL // 2::CELL] > 0.5)
        return _Places(seen, _histogram(ycc), whole.shape[:2], cells, np.ascontiguousarray(whole[cells[:, 0], cells[:, 1]]))

    @property
    def pixels(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return self.cells[:, 0] * CELL + CELL // 2, self.cells[:, 1] * CELL + CELL // 2


def _histogram(ycc: Floats) -> Floats:
    """Joint histogram of luma and chroma (Swain and Ballard, "Color indexing", 1991); sums to 1."""
    small = cv2.resize(ycc, (64, 48), interpolation=cv2.INTER_AREA).reshape(-1, 3)
    counts = np.histogramdd(small, bins=(10, 10, 10), range=((0, 1), (-0.6, 0.6), (-0.6, 0.6)))[0].astype(np.float32)
    soft = np.stack([cv2.GaussianBlur(plane, (3, 3), 0.8) for plane in counts])
    return np.asarray(soft / max(float(soft.sum()), 1e-6), np.float32)


def _alike(index: int, places: Sequence[_Places]) -> list[int]:
    likeness = [float(np.minimum(places[index].histogram, other.histogram).sum()) for other in places]
    order = sorted((k for k in range(len(places)) if k != index and likeness[k] >= ALIKE), key=lambda k: -likeness[k])
    return order[:NEIGHBOURS]


def _between(a: _Places, b: _Places) -> list[Contradiction]:
    ours, theirs = _same(a, b)
    if not len(ours):
        return []
    apart = _difference(a, b, ours, theirs)
    wrong = apart > APART
    mask = np.zeros(a.shape, np.uint8)
    mask[tuple(a.cells[ours[wrong]].T)] = 1
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), np.uint8)
    count, labels = cv2.connectedComponents(mask, connectivity=4)
    thick = np.unique(labels[cv2.erode(mask, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0) > 0])
    of_place = np.where(wrong, labels[tuple(a.cells[ours].T)], 0)
    whole: dict[tuple[int, int], Contradiction] = {}
    for label in (label for label in range(1, count) if label in thick):
        mine = of_place == label
        one = _contradiction(a, b, ours[mine], theirs[mine], apart[mine])
        if one is not None:
            key = one.swatch_here, one.swatch_there
            first, second = sorted((one, whole.get(key, one)), key=lambda part: -part.share)
            whole[key] = first if first is second else replace(first, share=first.share + second.share)
    return list(whole.values())


def _same(a: _Places, b: _Places) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places of `a` and of `b`, one for one, that are each other's nearest."""
    if not len(a.cells) or not len(b.cells):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    squares = np.square(a.features).sum(1)[:, None] + np.square(b.features).sum(1) - 2 * a.features @ b.features.T
    there, back = squares.argmin(1), squares.argmin(0)
    missed = np.sqrt(np.square(a.cells[back[there]] - a.cells).sum(1))
    unlike = np.sqrt(np.maximum(squares[np.arange(len(there)), there], 0) / a.features.shape[1])
    ours = np.flatnonzero((missed <= RETURN) & (unlike <= NEAR))
    return ours, there[ours]


def _difference(a: _Places, b: _Places, ours: NDArray[np.int64], theirs: NDArray[np.int64]) -> Floats:
    """CIEDE2000 of the two colours, on the mean of the two lumas."""
    colours = []
    for places, which in ((a, ours), (b, theirs)):
        rows, columns = (axis[which] for axis in places.pixels)
        colours.append((to_ycbcr(places.seen.picture[rows, columns])[:, 0], places.seen.painted.chroma[rows, columns]))
    tone = (colours[0][0] + colours[1][0]) / 2
    one, other = (lab(from_ycbcr(np.concatenate([tone[:, None], chroma], 1))) for _, chroma in colours)
    return np.asarray(ciede2000(one, other), np.float32)


def _contradiction(a: _Places, b: _Places, ours: NDArray[np.int64], theirs: NDArray[np.int64], apart: Floats) -> Contradiction | None:
    """None where the places are too few, or lie about in the other frame."""
    share = len(ours) / (a.shape[0] * a.shape[1])
    if share < LEAST:
        return None
    move = b.cells[theirs] - a.cells[ours]
    together = np.sqrt(np.square(move - np.median(move, 0)).sum(1)) <= SHIFT * a.shape[1]
    if together.mean() < TOGETHER:
        return None
    numbers, middles = [], []
    for places, which in ((a, ours[together]), (b, theirs[together])):
        rows, columns = (axis[which] for axis in places.pixels)
        swatches, counts = np.unique(places.seen.painted.swatch[rows, columns], return_counts=True)
        height, width = places.seen.painted.alpha.shape
        numbers.append(int(swatches[counts.argmax()]))
        middles.append((float((columns.mean() + 0.5) / width), float((rows.mean() + 0.5) / height)))
    return Contradiction(a.seen.name, b.seen.name, numbers[0], numbers[1], middles[0], middles[1], share, float(apart.mean()))
