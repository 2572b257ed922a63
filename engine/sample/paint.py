"""The paint box of the sample film: brushes, shading and layers, in units of a thousandth of the picture's height.

Colours are display-referred Rec.709, 0..1. A `Sprite` is a painted thing, premultiplied RGBA; a `View` is one frame through a
camera, on which sprites are laid from the back to the front.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Colour = tuple[float, float, float]
Point = tuple[float, float]
OVER = 2            # supersampling of the brushes
LIGHT = np.array([-0.5, -0.62, 0.6], np.float32)    # from the upper left, towards the viewer


@dataclass(frozen=True)
class Sprite:
    """`pixels` (h, w, 4) float32, premultiplied; `pivot` is the pixel that lies on the point where the sprite is laid."""

    pixels: Plane
    pivot: Point

    def mirrored(self, fade: float) -> Sprite:
        """Upside down and weaker: what still water shows of it."""
        height = self.pixels.shape[0]
        return Sprite(np.ascontiguousarray(self.pixels[::-1] * np.float32(fade)), (self.pivot[0], height - 1 - self.pivot[1]))

    def turned(self) -> Sprite:
        """Left for right."""
        width = self.pixels.shape[1]
        return Sprite(np.ascontiguousarray(self.pixels[:, ::-1]), (width - 1 - self.pivot[0], self.pivot[1]))


class Canvas:
    """A transparent sheet of `width` x `height` units to paint on, antialiased."""

    def __init__(self, width: float, height: float, scale: float) -> None:
        self.scale = scale
        size = (max(2, round(height * scale)) * OVER, max(2, round(width * scale)) * OVER, 4)
        self.sheet = np.zeros(size, np.uint8)

    def polygon(self, points: Sequence[Point] | NDArray[np.float64], colour: Colour) -> None:
        cv2.fillPoly(self.sheet, [self._fixed(points)], _ink(colour), cv2.LINE_AA, shift=4)

    def stroke(self, points: Sequence[Point] | NDArray[np.float64], colour: Colour, width: float) -> None:
        thickness = max(1, round(width * self.scale * OVER))
        cv2.polylines(self.sheet, [self._fixed(points)], False, _ink(colour), thickness, cv2.LINE_AA, shift=4)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour, turn: float = 0.0) -> None:
        k = self.scale * OVER * 16
        cv2.ellipse(self.sheet, (round(x * k), round(y * k)), (max(8, round(rx * k)), max(8, round(ry * k))), turn, 0, 360,
                    _ink(colour), -1, cv2.LINE_AA, shift=4)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour)

    def sprite(self, pivot: Point = (0.0, 0.0)) -> Sprite:
        """What was painted; `pivot` in units."""
        size = (self.sheet.shape[1] // OVER, self.sheet.shape[0] // OVER)
        pixels = cv2.resize(self.sheet, size, interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255)
        return Sprite(pixels, (pivot[0] * self.scale, pivot[1] * self.scale))

    def _fixed(self, points: Sequence[Point] | NDArray[np.float64]) -> NDArray[np.int32]:
        return np.round(np.asarray(points, np.float64) * (self.scale * OVER * 16)).astype(np.int32)


class View:
    """One frame through a camera that stands at (`x`, `y`) units and enlarges by `zoom` about the middle of the picture."""

    def __init__(self, width: int, height: int, x: float = 0.0, y: float = 0.0, zoom: float = 1.0) -> None:
        self.picture = np.zeros((height, width, 3), np.float32)
        self.scale = height / 1000
        self.x, self.y, self.zoom = x, y, zoom

    def lay(self, sprite: Sprite, x: float, y: float, turn: float = 0.0, size: float = 1.0, depth: float = 1.0) -> None:
        """Lay `sprite` with its pivot at (x, y), turned by `turn` degrees; `depth` < 1 is further away and moves less."""
        height, width = self.picture.shape[:2]
        zoom = 1 + (self.zoom - 1) * depth
        matrix = cv2.getRotationMatrix2D(sprite.pivot, -turn, size * zoom)
        matrix[0, 2] += ((x - self.x * depth) * self.scale - width / 2) * zoom + width / 2 - sprite.pivot[0]
        matrix[1, 2] += ((y - self.y * depth) * self.scale - height / 2) * zoom + height / 2 - sprite.pivot[1]
        h, w = sprite.pixels.shape[:2]
        corners = matrix @ np.array([[0, w, w, 0], [0, 0, h, h], [1, 1, 1, 1]], np.float64)
        x0, y0 = (int(max(0, v)) for v in np.floor(corners.min(1)) - 1)
        x1, y1 = int(min(width, np.ceil(corners[0].max()) + 1)), int(min(height, np.ceil(corners[1].max()) + 1))
        if x0 >= x1 or y0 >= y1:
            return
        matrix[:, 2] -= (x0, y0)
        ink = cv2.warpAffine(sprite.pixels, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_CUBIC)
        under = self.picture[y0:y1, x0:x1]
        under *= 1 - ink[..., 3:]
        under += ink[..., :3]


def clouds(shape: tuple[int, int], cell: Point, rng: np.random.Generator, octaves: int = 4) -> Plane:
    """Fractal noise (h, w), mean 0 and deviation 1; `cell` is the size of the largest features in pixels, x and y."""
    height, width = shape
    total = np.zeros(shape, np.float32)
    for octave in range(octaves):
        rows, columns = (max(2, round(n / c * 2**octave) + 3) for n, c in ((height, cell[1]), (width, cell[0])))
        grid = rng.standard_normal((rows, columns), np.float32)
        total += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) / 2**octave
    total -= total.mean()
    return total / np.float32(max(float(total.std()), 1e-6))


def texture(sprite: Sprite, cell: Point, strength: float, rng: np.random.Generator, octaves: int = 4) -> Sprite:
    """The sprite with uneven paint: its tone varied by `strength` (deviation)."""
    noise = clouds(sprite.pixels.shape[:2], cell, rng, octaves)
    pixels = sprite.pixels.copy()
    pixels[..., :3] *= np.clip(1 + np.float32(strength) * noise, 0.2, 2)[..., None]
    return Sprite(np.minimum(pixels, pixels[..., 3:]), sprite.pivot)


def rounded(sprite: Sprite, radius: float, strength: float = 0.55) -> Sprite:
    """The sprite lit as if it were swollen: its outline raised over `radius` pixels, light from the upper left."""
    inside = (np.pad(sprite.pixels[..., 3], 1) > 0.5).astype(np.uint8)
    depth = np.clip(cv2.distanceTransform(inside, cv2.DIST_L2, 5)[1:-1, 1:-1] / np.float32(radius), 0, 1)
    height = cv2.GaussianBlur(np.sqrt(1 - (1 - depth) ** 2) * np.float32(radius), (0, 0), max(0.6, radius / 6))
    slope_x, slope_y = (cv2.Sobel(height, cv2.CV_32F, dx, 1 - dx, ksize=3, scale=1 / 8) for dx in (1, 0))
    facing = (-slope_x * LIGHT[0] - slope_y * LIGHT[1] + LIGHT[2]) / np.sqrt(slope_x**2 + slope_y**2 + 1)
    shade = 1 + np.float32(strength) * (facing - LIGHT[2])
    pixels = sprite.pixels.copy()
    pixels[..., :3] *= shade[..., None]
    return Sprite(np.clip(pixels, 0, pixels[..., 3:]), sprite.pivot)


def soft(sprite: Sprite, blur: float) -> Sprite:
    """The sprite out of focus."""
    return Sprite(np.asarray(cv2.GaussianBlur(sprite.pixels, (0, 0), max(blur, 0.3)), np.float32), sprite.pivot)


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """From `a` (share 0) to `b` (share 1)."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def leaves(canvas: Canvas, x: float, y: float, rx: float, ry: float, dark: Colour, bright: Colour, count: int, leaf: float,
           rng: np.random.Generator) -> None:
    """A crown of leaves about (x, y): dabs from the shaded inside to the lit upper left."""
    angle, reach = rng.uniform(0, 2 * np.pi, count), np.sqrt(rng.uniform(0, 1, count))
    ragged = 1 + 0.16 * np.sin(5 * angle + rng.uniform(0, 6)) + 0.09 * np.sin(11 * angle + rng.uniform(0, 6))
    px, py = np.cos(angle) * reach * ragged, np.sin(angle) * reach * ragged
    clump = np.sin(9 * px + rng.uniform(0, 6)) * np.sin(8 * py + rng.uniform(0, 6))
    order = np.linspace(0, 1, count)
    tone = np.clip(0.30 - 0.24 * px - 0.42 * py + 0.2 * clump + 0.28 * (order - 0.5) + rng.normal(0, 0.1, count), 0, 1)
    turn, size = rng.uniform(0, 180, count), leaf * rng.uniform(0.6, 1.3, count)
    for i in range(count):
        canvas.ellipse(x + rx * px[i], y + ry * py[i], size[i], size[i] * 0.55, mix(dark, bright, tone[i]), turn[i])


def gradient(width: float, height: float, scale: float, stops: Sequence[tuple[float, Colour]]) -> Sprite:
    """An opaque sheet coloured from top to bottom; `stops` are (0..1, colour) from the top."""
    h, w = max(2, round(height * scale)), max(2, round(width * scale))
    rows = np.linspace(0, 1, h)
    column = np.stack([np.interp(rows, [s for s, _ in stops], [c[i] for _, c in stops]) for i in range(3)] + [np.ones(h)], -1)
    return Sprite(np.repeat(column[:, None].astype(np.float32), w, 1), (0.0, 0.0))


def ridge(x: NDArray[np.float64], base: float, rise: float, cell: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """A skyline over `x`: heights about `base`, rolling by `rise` over `cell` units."""
    waves = [(1.0, 1.0), (0.5, 2.1), (0.22, 4.7), (0.1, 11.3)]
    return np.asarray(base + rise * sum(a * np.sin(2 * np.pi * k * x / cell + rng.uniform(0, 6.3)) for a, k in waves))


def _ink(colour: Colour) -> tuple[float, float, float, float]:
    r, g, b = (min(255.0, max(0.0, 255 * c)) for c in colour)
    return r, g, b, 255.0
