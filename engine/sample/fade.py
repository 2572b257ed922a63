"""What the decades and the scanner did to the sample film: dye fade, grain, gate weave, flicker and dust, all of it in density.

Dye fade follows the usual picture of a chromogenic print: three dyes, each absorbing a little of the other two bands; fading takes a
share of each dye, unevenly over the frame, and leaves a stain. What a layer absorbs adds up in density, so the whole chain is a sum.
"""
from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.sample.paint import Plane, clouds

CROSSTALK = np.array([[1.0, 0.13, 0.04], [0.09, 1.0, 0.12], [0.02, 0.20, 1.0]])     # bands R G B by dyes cyan, magenta, yellow
LEFT = np.array([0.18, 0.93, 0.025])         # of cyan, magenta and yellow
STAIN = np.array([0.015, 0.08, 0.07])
LEAK = 0.035                                # more magenta in the red band than in the new print
GATE_DENSITY = 2.9
GRAIN, OWN_GRAIN = 0.012, 0.004              # deviation in density: of all three layers together, and of each
FLOOR = 0.25                                # density range of the tables: -FLOOR .. 4
STEPS = 4096                                # table entries for a density of 1
BLACK = 10 ** ((95 - 685) / 300)


class FadedPrint:
    """The print of a film of `frames` frames, its picture `width` x `height`, in a scan with `border` pixels around it."""

    def __init__(self, width: int, height: int, border: int, frames: int, seed: int) -> None:
        self.size = (width + 2 * border, height + 2 * border)
        self.border, self.seed = border, seed
        rng = np.random.default_rng([seed, 100])
        self.weave = np.stack([_wander(rng, frames, 2.2) * 0.9, _wander(rng, frames, 2.2) * 0.55], 1) * width / 948
        self.flicker = _wander(rng, frames, 1.0) * 0.005
        y, x = np.ogrid[-1:1:height * 1j, -1:1:width * 1j]
        clumps = clouds((height, width), (width / 5, width / 5), rng, 1)
        self.uneven = (1 - 0.11 * (x * x + y * y) / 2 + 0.012 * clumps).astype(np.float32)
        faded = (CROSSTALK + np.array([[0, LEAK, 0], [0, 0, 0], [0, 0, 0]])) @ np.diag(LEFT) @ np.linalg.inv(CROSSTALK)
        self.fade = faded.astype(np.float32)
        self.gate = _gate(*self.size, border)
        tall, wide = self.size[1] + 128, self.size[0] + 128
        self.grain = [_grain(rng, (tall, wide), height) for _ in range(4)]

    def scan(self, picture: Plane, index: int) -> NDArray[np.uint16]:
        """The scan of film frame `index`: `picture` (h, w, 3) display-referred Rec.709 -> (H, W, 3) codes, 10-bit Cineon log."""
        faded = np.asarray(cv2.transform(_density(picture), self.fade), np.float32)
        faded *= self.uneven[..., None]
        np.maximum(faded, 0, out=faded)
        faded += STAIN.astype(np.float32)
        rng = np.random.default_rng([self.seed, 200, index])
        framed = self._framed(faded, index)
        framed += self._grain_of(rng)[..., None] * np.float32(GRAIN) + np.float32(self.flicker[index])
        for band, plane in enumerate(self._own_grain(rng)):
            framed[..., band] += plane * np.float32(OWN_GRAIN)
        self._dust(framed, rng)
        return self._codes[_places(framed)]

    def truth(self, picture: Plane, index: int) -> Plane:
        """What the scan would show had the print not faded: display-referred Rec.709, with the film's weave and grain, no dust."""
        framed = self._framed(_density(picture), index)
        framed += self._grain_of(np.random.default_rng([self.seed, 200, index]))[..., None] * np.float32(GRAIN)
        return self._display[_places(framed)]

    def _framed(self, density: Plane, index: int) -> Plane:
        dx, dy = (float(v) for v in self.weave[index])
        there = np.array([[1, 0, self.border + dx], [0, 1, self.border + dy]], np.float32)
        framed = np.asarray(cv2.warpAffine(density, there, self.size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.float32)
        gate = np.asarray(cv2.warpAffine(self.gate, np.array([[1, 0, dx], [0, 1, dy]], np.float32), self.size), np.float32)[..., None]
        framed *= gate
        framed += (1 - gate) * np.float32(GATE_DENSITY)
        return framed

    def _grain_of(self, rng: np.random.Generator) -> Plane:
        return self._piece(self.grain[0], rng)

    def _own_grain(self, rng: np.random.Generator) -> list[Plane]:
        return [self._piece(plane, rng) for plane in self.grain[1:]]

    def _piece(self, plane: Plane, rng: np.random.Generator) -> Plane:
        x, y, flip = int(rng.integers(128)), int(rng.integers(128)), int(rng.integers(4))
        piece = plane[y:y + self.size[1], x:x + self.size[0]]
        return piece[::-1 if flip & 1 else 1, ::-1 if flip & 2 else 1]

    def _dust(self, density: Plane, rng: np.random.Generator) -> None:
        """A few specks: light where dirt lay on the negative, dark where it lies on the print; now and then a hair."""
        unit = self.size[0] / 1024
        for _ in range(int(rng.poisson(2.4))):
            x, y, size = rng.uniform(0, self.size[0]), rng.uniform(0, self.size[1]), rng.uniform(0.8, 3.2) * unit
            hair = rng.random() < 0.12
            reach = int((26 if hair else 4) * unit + 8)
            x0, y0 = max(0, int(x) - reach), max(0, int(y) - reach)
            spot = density[y0:int(y) + reach, x0:int(x) + reach]
            mark = np.zeros(spot.shape[:2], np.uint8)
            at = (round((x - x0) * 16), round((y - y0) * 16))
            if hair:
                cv2.ellipse(mark, at, (round(18 * unit * 16), round(9 * unit * 16)), rng.uniform(0, 360), 0, 150, 255, 1, cv2.LINE_AA, 4)
            else:
                cv2.ellipse(mark, at, (round(16 * size), round(16 * size * rng.uniform(0.5, 1))), rng.uniform(0, 180), 0, 360, 255, -1,
                            cv2.LINE_AA, 4)
            share = mark[..., None].astype(np.float32) / 255
            spot += share * ((np.float32(0.06) - spot) if rng.random() < 0.6 else np.float32(0.9))

    @cached_property
    def _codes(self) -> NDArray[np.uint16]:
        """Kodak's Cineon log: 0.002 density a code over a gamma of 0.6, linear 1.0 at code 685, 0.0 at code 95."""
        light = np.minimum(10.0 ** -_densities(), 1.2)
        return np.round(685 + 300 * np.log10(light * (1 - BLACK) + BLACK)).astype(np.uint16)

    @cached_property
    def _display(self) -> Plane:
        light = np.clip(10.0 ** -_densities(), 0, 1)
        return np.where(light < 0.018, light * 4.5, 1.099 * light**0.45 - 0.099).astype(np.float32)


def _densities() -> NDArray[np.float64]:
    return np.arange(int((4 + FLOOR) * STEPS) + 1) / STEPS - FLOOR


def _places(density: Plane) -> NDArray[np.uint16]:
    """Where densities stand in a table over `_densities`."""
    return np.asarray(np.clip((density + np.float32(FLOOR)) * np.float32(STEPS) + np.float32(0.5), 0, (4 + FLOOR) * STEPS), np.uint16)


def _density(picture: Plane) -> Plane:
    """Density of the new print: display-referred Rec.709 by the curve of BT.709, clipped to three densities."""
    values = np.arange(16384) / 16383
    light = np.where(values < 0.081, values / 4.5, ((values + 0.099) / 1.099) ** (1 / 0.45))
    table: Plane = -np.log10(np.clip(light, 1e-3, 1)).astype(np.float32)
    return table[(np.clip(picture, 0, 1) * np.float32(16383) + np.float32(0.5)).astype(np.uint16)]


def _wander(rng: np.random.Generator, count: int, slow: float) -> NDArray[np.float64]:
    """Smooth noise of deviation 1 over `count` frames."""
    kernel = np.exp(-0.5 * (np.arange(-12, 13) / slow) ** 2)
    return np.asarray(np.convolve(rng.standard_normal(count + 24), kernel / np.sqrt((kernel**2).sum()), "valid"))


def _grain(rng: np.random.Generator, shape: tuple[int, int], height: int) -> Plane:
    plane = np.asarray(cv2.GaussianBlur(rng.standard_normal(shape, np.float32), (0, 0), max(0.55, 0.00095 * height)), np.float32)
    return plane / np.float32(plane.std())


def _gate(width: int, height: int, border: int) -> Plane:
    """1 inside the gate with its rounded corners, 0 outside, softly."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    radius = border * 0.9
    across = np.abs(x - (width - 1) / 2) - ((width - 1) / 2 - border - radius + 0.5)
    down = np.abs(y - (height - 1) / 2) - ((height - 1) / 2 - border - radius + 0.5)
    outside = np.hypot(np.maximum(across, 0), np.maximum(down, 0)) + np.minimum(np.maximum(across, down), 0) - radius
    return np.asarray(np.clip(0.5 - outside / 3, 0, 1), np.float32)
