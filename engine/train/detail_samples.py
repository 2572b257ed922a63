"""Pairs of detail as steps read them: windows of planes that lie on disk, turned over, and with the damage of one laid on another."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.detail.fullest import fullest
from engine.detail.pair import DetailPair
from engine.files import told

Floats = NDArray[np.float32]

WINDOW = 128            # pixels of a side
MEASURED = 512          # pixels of a side of what is measured of a held-out frame
MIXED = 0.5             # share of the windows that get the damage of another one, where most pairs are sound
APART = 0.06            # of luma: what a soft disagreement beyond this is, is damage
SOFT = 3.0              # sigma in pixels of a disagreement
HARMED = 0.02           # share of a pair from which it counts as damaged
NEAR, REACHED = 12.0, 4 # pixels around damage, and how soon there, that belong to it
LOCAL, PRIOR = 15, 4e-4 # pixels of a side, and variance of luma from which, what a picture lost of its contrast is told by its own
GRADED = 0.3            # share of the windows of undamaged films, where one plane is seen, that get another grade: detail is learnt for any
OWN = 2                 # planes that belong to the frame itself: its luma and its damage
GAIN, LIFT = 0.3, 0.1   # deviations of the logarithm of its contrast, and of what is added


@dataclass(frozen=True)
class DetailSample:
    """A pair on disk: planes seen, target, weight, as (planes + 2, h, w) float16. `harmed`: share of it that disagrees with its target by
    more than softness and grain explain. `measured`: the square of it that is measured where it is held out, rows and columns."""

    path: Path
    shape: tuple[int, int, int]
    shot: str
    harmed: float
    measured: tuple[slice, slice]

    @staticmethod
    def write(path: Path, pair: DetailPair) -> DetailSample:
        """Raises DiskFull, OutputRefused."""
        weight = pair.weight.astype(np.float16) / np.float16(255)
        planes = np.concatenate([pair.seen, pair.target[None], weight[None]]).astype(np.float16)
        with told(path.parent, "laying out the pairs"), path.open("wb") as file:
            planes.tofile(file)
        harm = harm_of(pair.seen[0].astype(np.float32), pair.target.astype(np.float32)) * weight
        harmed = float(harm.mean() / max(float(weight.mean()), 1e-6))
        return DetailSample(path, planes.shape, pair.shot, harmed, fullest(pair.weight, MEASURED))

    def window(self, top: int, left: int, height: int, width: int) -> Floats:
        """(planes + 2, height, width) from there on, mirrored beyond the edges of the frame."""
        planes = np.memmap(self.path, np.float16, "r", shape=self.shape)
        part = np.asarray(planes[:, top:top + height, left:left + width], np.float32)
        missing = (height - part.shape[1], width - part.shape[2])
        return np.pad(part, ((0, 0), (0, missing[0]), (0, missing[1])), "symmetric") if any(missing) else part

    def part(self) -> Floats:
        """The window that held-out frames are measured on."""
        rows, columns = self.measured
        return self.window(rows.start, columns.start, rows.stop - rows.start, columns.stop - columns.start)


def harm_of(seen: Floats, target: Floats) -> Floats:
    """Where (h, w) a picture disagrees with its target at a scale that neither softness nor grain reaches, 0..1."""
    apart = np.abs(cv2.GaussianBlur(seen - target, (0, 0), SOFT / 2))
    return np.asarray(cv2.GaussianBlur(np.clip(apart / APART - 1, 0, 1), (0, 0), SOFT / 2), np.float32)


@dataclass(frozen=True)
class DetailBatch:
    """`seen` (n, planes, h, w), `target` and `weight` (n, 1, h, w)."""

    seen: Tensor
    target: Tensor
    weight: Tensor


class DetailSamples:
    """The samples of a film, and which windows each step trains on: a function of seed and step alone."""

    def __init__(self, samples: Sequence[DetailSample], seed: int, multiple: int) -> None:
        self.samples, self.seed = samples, seed
        smallest = min(min(s.shape[1:]) for s in samples)
        self.side = max(multiple, min(WINDOW, smallest // multiple * multiple))
        self.harmed = [s for s in samples if s.harmed > HARMED]
        self.odds = np.array([s.shape[1] * s.shape[2] for s in samples], np.float64)
        self.odds /= self.odds.sum()

    @property
    def mostly_harmed(self) -> bool:
        """Whether more than half of the pairs are damaged, not only soft."""
        return 2 * len(self.harmed) > len(self.samples)

    def batch(self, step: int, count: int, device: torch.device) -> DetailBatch:
        random = np.random.default_rng([self.seed, 3, step])
        windows = np.stack([self._window(random) for _ in range(count)])
        planes = torch.from_numpy(windows).to(device)
        return DetailBatch(planes[:, :-2], planes[:, -2:-1], planes[:, -1:])

    def _window(self, random: np.random.Generator) -> Floats:
        sample = self.samples[int(random.choice(len(self.samples), p=self.odds))]
        window = self._cut(sample, random)
        if self.harmed and not self.mostly_harmed and len(self.samples) > 1 and random.random() < MIXED:
            window = mixed(window, self._cut(self.harmed[int(random.integers(len(self.harmed)))], random))
        if len(window) == 3 and not self.mostly_harmed and random.random() < GRADED:
            window[:-1] = window[:-1] * np.exp(GAIN * random.standard_normal()) + LIFT * random.standard_normal()
        if random.random() < 0.5:
            window = window[:, :, ::-1]
        return np.ascontiguousarray(window[:, ::-1] if random.random() < 0.5 else window)

    def _cut(self, sample: DetailSample, random: np.random.Generator) -> Floats:
        _, height, width = sample.shape
        top, left = (int(random.integers(0, max(1, n - self.side + 1))) for n in (height, width))
        return sample.window(top, left, self.side, self.side)


def mixed(window: Floats, other: Floats) -> Floats:
    """`window` seen through what is damaged in `other`: (planes + 2, h, w) both. The target stays, and what neighbours show.

    Damage veils a picture as much as it hides it, so the other's luma is kept but for its own picture, which gives way to this one in the
    contrast that is left there; told locally, by the guided filter of He, Sun and Tang, "Guided image filtering" (ECCV 2010)."""
    (seen, (hidden, trust)), shown = (other[0], other[-2:]), window[-2]
    veiled = seen + contrast_left(seen, hidden) * (shown - hidden)
    near = np.clip(REACHED * cv2.GaussianBlur(harm_of(seen, hidden), (0, 0), NEAR), 0, 1) * trust
    result, own = window.copy(), min(OWN, len(window) - 2)
    result[0] += (veiled - window[0]) * near
    result[1:own] += (other[1:own] - window[1:own]) * near
    return result


def contrast_left(seen: Floats, shown: Floats) -> Floats:
    """How much (h, w) 0..1 of the contrast of what is shown is seen; where little is shown, as much as in the rest of it."""
    def local(plane: Floats) -> Floats:
        return np.asarray(cv2.blur(plane, (LOCAL, LOCAL), borderType=cv2.BORDER_REFLECT), np.float32)

    def slope(joint: Any, own: Any, prior: float) -> Any:
        return np.clip((joint + PRIOR * prior) / (own + PRIOR), 0, 1)

    whole = float(slope(np.mean((shown - shown.mean()) * (seen - seen.mean())), shown.var(), 0))
    level = local(shown)
    return np.asarray(slope(local(shown * seen) - level * local(seen), local(shown * shown) - level * level, whole), np.float32)
