"""Tone before detail: what a luma of the scan is in the reference, point by point, so that the net learns detail and not a grade.

The curve is the mean of the reference over the pixels of each tone (the pointwise estimate of least squared error), made monotone by
pooling neighbours (Barlow et al., "Statistical Inference under Order Restrictions", 1972). Frames of a shot without a reference get the
curve over all shots only where that curve, fitted without a shot, has served the shots that are known; otherwise they keep their own
tone."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Doubles = NDArray[np.float64]

NODES = 65                  # of a curve, equally spaced over LOW..HIGH
LOW, HIGH = -0.05, 1.1      # luma, display-referred
FEW = 200.0                 # pixels: a tone that is seen less often follows its neighbours
SAME_SHOT_PIXELS = 1 << 18  # of a pair that are gathered


@dataclass(frozen=True)
class Tone:
    """A monotone curve of luma: `values` (NODES) at equally spaced lumas from LOW to HIGH; beyond them it goes on with slope 1."""

    values: tuple[float, ...]

    @staticmethod
    def identity() -> Tone:
        return Tone(tuple(np.linspace(LOW, HIGH, NODES).tolist()))

    def apply(self, luma: Plane) -> Plane:
        """Luma (h, w), not clipped -> the same in the reference's tone."""
        at, values = np.linspace(LOW, HIGH, NODES, dtype=np.float32), np.array(self.values, np.float32)
        inside = np.interp(luma, at, values).astype(np.float32)
        return np.asarray(inside + (luma - np.clip(luma, LOW, HIGH)), np.float32)

    def slope(self, luma: Plane) -> Plane:
        """How much a small difference at `luma` (h, w) becomes."""
        at = np.linspace(LOW, HIGH, NODES)
        slopes = np.gradient(np.array(self.values), at)
        return np.asarray(np.interp(luma, at, slopes), np.float32)


@dataclass
class Gathered:
    """Sums over the pixels of pairs, by tone of the scan: enough to fit a curve, and to tell the error of any other."""

    count: Doubles = field(default_factory=lambda: np.zeros(NODES))
    total: Doubles = field(default_factory=lambda: np.zeros(NODES))
    squares: Doubles = field(default_factory=lambda: np.zeros(NODES))

    def add(self, scan: Plane, target: Plane, weight: Plane) -> None:
        """Pixels of one pair: lumas (h, w) and trust 0..1, thinned evenly."""
        step = max(1, round((scan.size / SAME_SHOT_PIXELS) ** 0.5))
        x, y, w = (np.asarray(plane[::step, ::step], np.float64).ravel() for plane in (scan, target, weight))
        place = np.clip(np.round((x - LOW) / (HIGH - LOW) * (NODES - 1)), 0, NODES - 1).astype(np.int64)
        for sums, values in ((self.count, w), (self.total, w * y), (self.squares, w * y * y)):
            sums += np.bincount(place, values, NODES)

    def __add__(self, other: Gathered) -> Gathered:
        return Gathered(self.count + other.count, self.total + other.total, self.squares + other.squares)

    def __sub__(self, other: Gathered) -> Gathered:
        return Gathered(self.count - other.count, self.total - other.total, self.squares - other.squares)

    def tone(self) -> Tone:
        """The curve of these pixels; where they are few it follows its neighbours, and without any it changes nothing."""
        if self.count.sum() < FEW:
            return Tone.identity()
        at = np.linspace(LOW, HIGH, NODES)
        mean = np.where(self.count > 0, self.total / np.maximum(self.count, 1e-9), 0.0)
        moved = np.where(self.count > 0, mean - at, 0.0)
        kernel = cv2.getGaussianKernel(9, 2).ravel()
        near, weight = np.convolve(moved * self.count, kernel, "same"), np.convolve(self.count, kernel, "same")
        seen = weight > FEW / 100
        neighbours = np.interp(at, at[seen], near[seen] / weight[seen])
        shrunk = (moved * self.count + neighbours * FEW) / (self.count + FEW)
        return Tone(tuple(pooled(at + shrunk, self.count + 1.0).tolist()))

    def error(self, tone: Tone) -> float:
        """Mean squared error of a curve on these pixels, by the tones' middles."""
        values = np.array(tone.values)
        return float((self.squares - 2 * values * self.total + values ** 2 * self.count).sum() / max(self.count.sum(), 1e-9))


@dataclass(frozen=True)
class Tones:
    """The curve of each shot that has a reference, and the one for `other` frames."""

    shots: Mapping[str, Tone]
    other: Tone

    @staticmethod
    def fit(gathered: Mapping[str, Gathered]) -> Tones:
        """Of the pixels of each shot."""
        every = sum(gathered.values(), Gathered())
        shots = {word: own.tone() for word, own in gathered.items()}
        return Tones(shots, every.tone() if serves(gathered, every) else Tone.identity())

    def of(self, shot: str | None) -> Tone:
        return self.other if shot is None else self.shots.get(shot, self.other)

    def as_json(self) -> dict[str, Any]:
        """Plain lists; `from_json` gives back equal tones."""
        return {"shots": {word: list(tone.values) for word, tone in self.shots.items()}, "other": list(self.other.values)}

    @staticmethod
    def from_json(data: dict[str, Any]) -> Tones:
        return Tones({word: Tone(tuple(values)) for word, values in data["shots"].items()}, Tone(tuple(data["other"])))


def serves(gathered: Mapping[str, Gathered], every: Gathered) -> bool:
    """Whether the curve over all other shots is nearer to each shot's reference, on average, than no curve. With one shot nobody can know,
    and its curve is taken: it is the same film on the same materials."""
    if len(gathered) < 2:
        return True
    identity = Tone.identity()
    without = [own.error((every - own).tone()) for own in gathered.values()]
    untouched = [own.error(identity) for own in gathered.values()]
    return float(np.mean(np.log(np.maximum(without, 1e-8)))) < float(np.mean(np.log(np.maximum(untouched, 1e-8))))


def pooled(values: Doubles, weight: Doubles) -> Doubles:
    """The nearest values that do not fall, by pooling adjacent violators."""
    blocks: list[list[float]] = []
    for value, w in zip(values.tolist(), weight.tolist(), strict=True):
        blocks.append([value, w, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, wa, na), (b, wb, nb) = blocks[-2:]
            blocks[-2:] = [[(a * wa + b * wb) / (wa + wb), wa + wb, na + nb]]
    return np.concatenate([np.full(int(n), value) for value, _, n in blocks])
