"""The sample film as it was shot: four scenes, three cuts, and the look of a colour print when it was new."""
from __future__ import annotations

from functools import cached_property
from typing import Protocol

import cv2
import numpy as np

from engine.sample.hill import Hill
from engine.sample.paint import Plane
from engine.sample.river import River
from engine.sample.stall import Stall
from engine.sample.street import Street

RATE = 24
SEED = 1959


class Scene(Protocol):
    """A painted set: `draw` gives the picture (height, width, 3), `t` seconds after the shot began."""

    def __init__(self, scale: float, rng: np.random.Generator) -> None: ...

    def draw(self, width: int, height: int, t: float) -> Plane: ...


SCENES: tuple[type[Scene], ...] = (River, Street, Stall, Hill)


class Film:
    """`frames` film frames of `width` x `height` pixels; `draw` is a pure function of the frame's number, so any may be drawn."""

    def __init__(self, width: int, height: int, frames: int) -> None:
        self.width, self.height, self.frames = width, height, frames
        self.cuts = tuple(frames * k // len(SCENES) for k in range(len(SCENES) + 1))
        last = self.cuts[-1] - self.cuts[-2]
        self.hold = (self.cuts[-2] + last // 3, max(3, last // 12))     # first frame of the still passage, and its length
        self.scenes = [scene(height / 1000, np.random.default_rng([SEED, i])) for i, scene in enumerate(SCENES)]

    def draw(self, index: int) -> Plane:
        """Film frame `index`: (height, width, 3) float32, display-referred Rec.709, 0..1."""
        shot = next(k for k in range(len(SCENES)) if index < self.cuts[k + 1])
        return self._look(self.scenes[shot].draw(self.width, self.height, self._story(index) / RATE))

    def _story(self, index: int) -> int:
        """Frames since the scene began; the last scene holds its breath for a moment."""
        shot = next(k for k in range(len(SCENES)) if index < self.cuts[k + 1])
        first, length = self.hold
        held = min(max(index - first, 0), length - 1) if shot == len(SCENES) - 1 else 0
        return index - self.cuts[shot] - held

    def still(self) -> range:
        """The film frames that show one and the same picture."""
        return range(self.hold[0], self.hold[0] + self.hold[1])

    def _look(self, picture: Plane) -> Plane:
        """A little glow about bright things, gentle colour, soft shoulders, darker corners."""
        small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
        glow = cv2.resize(cv2.GaussianBlur(small, (0, 0), 0.006 * self.height), (self.width, self.height), interpolation=cv2.INTER_LINEAR)
        graded = np.asarray(cv2.transform(cv2.addWeighted(picture, 0.86, glow, 0.14, 0), _GENTLE), np.float32)
        graded *= self._corners
        np.clip(graded, 0, 1, out=graded)
        return np.float32(0.028) + np.float32(0.93) * graded * (1 + np.float32(0.28) * graded * (1 - graded))

    @cached_property
    def _corners(self) -> Plane:
        y, x = np.ogrid[-1:1:self.height * 1j, -1:1:self.width * 1j]
        return np.asarray(1.05 - 0.22 * ((x * x + y * y) / 2) ** 1.4, np.float32)[..., None]


_SATURATION = 0.86
_GENTLE = (_SATURATION * np.eye(3) + (1 - _SATURATION) * np.array([0.2126, 0.7152, 0.0722])).astype(np.float32)
