"""Cut-out people of the sample film: parts painted once, joined and swung for every frame."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.sample.paint import Canvas, Colour, Sprite, View, mix, rounded, texture

SKIN: tuple[Colour, ...] = ((0.86, 0.66, 0.54), (0.78, 0.57, 0.44), (0.60, 0.41, 0.30))


@dataclass(frozen=True)
class Dress:
    """What somebody wears and looks like."""

    coat: Colour
    trousers: Colour
    hair: Colour
    hat: Colour | None
    skin: Colour
    skirt: bool = False


class Person:
    """Somebody of 300 units at size 1, who faces right (`facing` 1) or left (-1)."""

    def __init__(self, dress: Dress, scale: float, rng: np.random.Generator, facing: int = 1) -> None:
        self.skirt, self.facing = dress.skirt, facing
        self.leg = _limb(scale, 26, 122, dress.trousers, (0.20, 0.15, 0.13), rng)
        self.arm = _limb(scale, 22, 88, mix(dress.coat, (0, 0, 0), 0.14), dress.skin, rng)
        self.body = _body(dress, scale, rng)
        self.head = _head(dress, scale, rng)
        if facing < 0:
            self.leg, self.arm, self.body, self.head = (part.turned() for part in (self.leg, self.arm, self.body, self.head))

    def walk(self, view: View, x: float, y: float, stride: float, size: float) -> None:
        """Lay the walker with the feet at (x, y); `stride` counts steps."""
        swing = np.sin(np.pi * stride)
        lift = 5 * abs(np.cos(np.pi * stride)) * size
        reach = 13 if self.skirt else 24
        hip, shoulder, neck = (y - (h * size) - lift for h in (112, 224, 236))
        view.lay(self.arm, x - 3 * self.facing * size, shoulder, -20 * swing * self.facing, size)
        view.lay(self.leg, x, hip, reach * swing, size)
        view.lay(self.leg, x, hip, -reach * swing, size)
        view.lay(self.body, x, hip, 1.5 * swing, size)
        view.lay(self.arm, x + 4 * self.facing * size, shoulder, 22 * swing * self.facing, size)
        view.lay(self.head, x + 3 * self.facing * size, neck, 2.0 * swing, size)

    def sit(self, view: View, x: float, y: float, pull: float, size: float) -> None:
        """Lay the upper half with the hips at (x, y); `pull` -1..1 leans and moves the arms as a rower does."""
        lean = 9 * pull
        top = np.deg2rad(lean)
        at = (x + 112 * size * np.sin(top), y - 112 * size * np.cos(top))
        view.lay(self.body, x, y, lean, size)
        view.lay(self.arm, at[0], at[1], -62 + 26 * pull, size)
        view.lay(self.head, x + 126 * size * np.sin(top), y - 124 * size * np.cos(top), lean * 0.6, size)


def _limb(scale: float, width: float, length: float, cloth: Colour, end: Colour, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(width * 2.4, length + width, scale)
    x = width * 0.8
    canvas.ellipse(x + 4, length - 4, width * 0.52, width * 0.40, end)
    canvas.stroke([(x, width / 2), (x - 1, length * 0.52), (x, length - width * 0.5)], cloth, width)
    return _finish(canvas, (x, width / 2), width * 0.6, rng)


def _body(dress: Dress, scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(140, 190, scale)
    hem = 58 if dress.skirt else 18
    spread = 52 if dress.skirt else 40
    outline = [(50, 8), (70, 2), (90, 8), (104, 30), (104, 70), (70 + spread - 4, 130 + hem - 8), (70 + spread - 12, 130 + hem),
               (70 - spread + 12, 130 + hem), (70 - spread + 4, 130 + hem - 8), (36, 70), (36, 30)]
    canvas.polygon(outline, dress.coat)
    canvas.stroke([(76, 26), (80, 130 + hem - 8)], mix(dress.coat, (0, 0, 0), 0.35), 3)
    for button in range(4):
        canvas.ellipse(86, 40 + 24 * button, 3, 3, mix(dress.coat, (1, 0.95, 0.8), 0.6))
    canvas.stroke([(36, 96), (106, 96)], mix(dress.coat, (0, 0, 0), 0.4), 7)
    canvas.polygon([(56, 2), (84, 2), (76, 20), (64, 20)], mix(dress.coat, (1, 1, 1), 0.55))
    return _finish(canvas, (70, 122), 30, rng)


def _head(dress: Dress, scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(96, 96, scale)
    canvas.box(40, 62, 17, 26, mix(dress.skin, (0.4, 0.2, 0.1), 0.3))
    canvas.ellipse(45, 44, 29, 31, dress.hair)
    canvas.ellipse(52, 48, 22, 26, dress.skin)
    canvas.ellipse(60, 56, 7, 6, mix(dress.skin, (0.85, 0.35, 0.3), 0.35))
    canvas.ellipse(73, 50, 4, 4, dress.skin)
    canvas.ellipse(62, 45, 2.2, 3.0, (0.14, 0.10, 0.09))
    canvas.stroke([(60, 64), (67, 63)], (0.58, 0.24, 0.22), 2.4)
    canvas.ellipse(44, 27, 27, 14, dress.hair, -12)
    if dress.hat is not None:
        canvas.ellipse(47, 26, 42, 8, mix(dress.hat, (0, 0, 0), 0.2), -4)
        canvas.ellipse(46, 16, 24, 15, dress.hat, -4)
        canvas.stroke([(23, 24), (69, 21)], mix(dress.hat, (0.1, 0.05, 0.1), 0.6), 5)
    return _finish(canvas, (46, 80), 22, rng)


def _finish(canvas: Canvas, pivot: tuple[float, float], radius: float, rng: np.random.Generator) -> Sprite:
    swollen = rounded(canvas.sprite(pivot), radius * canvas.scale, 0.6)
    return texture(swollen, (10 * canvas.scale + 2, 14 * canvas.scale + 2), 0.045, rng, 3)
