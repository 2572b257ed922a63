"""Second shot of the sample film: a street of painted houses, and people walking by."""
from __future__ import annotations

import cv2
import numpy as np

from engine.sample.paint import Canvas, Colour, Plane, Sprite, View, clouds, gradient, leaves, mix, rounded, texture
from engine.sample.people import SKIN, Dress, Person

KERB = 742.0        # where the houses meet the pavement
HOUSES: tuple[tuple[float, float, Colour, Colour, Colour], ...] = (     # width, height, wall, door, roof; the doors are of one luma
    (330, 500, (0.86, 0.76, 0.60), (0.70, 0.20, 0.17), (0.52, 0.30, 0.24)),
    (290, 560, (0.70, 0.77, 0.80), (0.16, 0.40, 0.20), (0.38, 0.38, 0.42)),
    (360, 470, (0.88, 0.68, 0.60), (0.22, 0.34, 0.72), (0.55, 0.34, 0.25)),
    (300, 585, (0.80, 0.80, 0.68), (0.50, 0.29, 0.12), (0.44, 0.32, 0.30)),
    (340, 510, (0.66, 0.72, 0.58), (0.48, 0.24, 0.55), (0.50, 0.31, 0.24)),
)
CAST: tuple[tuple[Dress, float, float, float], ...] = (                 # who, where at first, units a second, how low in the picture
    (Dress((0.24, 0.34, 0.60), (0.30, 0.27, 0.25), (0.16, 0.11, 0.08), (0.28, 0.28, 0.32), SKIN[1]), 1180, -92, 800),
    (Dress((0.74, 0.17, 0.15), (0.28, 0.20, 0.18), (0.42, 0.22, 0.10), None, SKIN[0], skirt=True), 150, 84, 842),
    (Dress((0.86, 0.70, 0.24), (0.34, 0.40, 0.52), (0.12, 0.09, 0.08), None, SKIN[2]), 640, 64, 900),
    (Dress((0.34, 0.50, 0.30), (0.44, 0.36, 0.28), (0.60, 0.58, 0.55), (0.48, 0.38, 0.26), SKIN[0]), 1390, -70, 872),
)


class Street:
    """Five houses in low sun, a cobbled road, four walkers with their shadows; the camera moves in slowly."""

    def __init__(self, scale: float, rng: np.random.Generator) -> None:
        self.scale = scale
        self.sky = gradient(1700, 420, scale, [(0, (0.52, 0.68, 0.84)), (1, (0.93, 0.90, 0.82))])
        self.haze = _haze(scale, rng)
        self.houses = [_house(*house, scale, rng) for house in HOUSES]
        self.road = _road(scale, rng)
        self.people = [Person(dress, scale, rng, 1 if speed > 0 else -1) for dress, _, speed, _ in CAST]
        self.shadow = _shadow(scale)
        self.tree = _tree(scale, rng)
        self.balloon = _balloon(scale)

    def draw(self, width: int, height: int, t: float) -> Plane:
        view = View(width, height, x=30 * t, zoom=1.02 + 0.012 * t)
        view.lay(self.sky, -120, -20, depth=0.4)
        view.lay(self.haze, -160 + 16 * t, 10, depth=0.4)
        view.lay(self.road, -180, KERB - 30)
        x = -90.0
        for (wide, *_), sprite in zip(HOUSES, self.houses, strict=True):
            view.lay(sprite, x, KERB)
            x += wide
        view.lay(self.tree, 1290, KERB + 70, 0.9 * np.sin(1.4 * t), depth=1.05)
        for (_, start, speed, low), person in zip(CAST, self.people, strict=True):
            size = 0.72 + 0.0021 * (low - 780)
            at = start + speed * t
            view.lay(self.shadow, at, low + 2, size=size)
            person.walk(view, at, low, t * abs(speed) / 40, size)
        child = CAST[2][1] + CAST[2][2] * t
        view.lay(self.balloon, child + 38, 640, 5 * np.sin(1.9 * t))
        return view.picture


def _haze(scale: float, rng: np.random.Generator) -> Sprite:
    shape = (round(300 * scale), round(1900 * scale))
    body = np.clip((clouds(shape, (260 * scale, 90 * scale), rng, 6) - 0.2) * 0.8, 0, 0.85)
    body *= np.sin(np.linspace(0, np.pi, shape[0], dtype=np.float32))[:, None]
    return Sprite(np.concatenate([body[..., None] * np.array([0.96, 0.94, 0.92]), body[..., None]], -1).astype(np.float32), (0, 0))


def _house(width: float, height: float, wall: Colour, door: Colour, roof: Colour, scale: float, rng: np.random.Generator) -> Sprite:
    plaster = Canvas(width, height, scale)
    plaster.box(0, 90, width, height - 90, wall)
    base = texture(plaster.sprite((0, height)), (70 * scale, 60 * scale), 0.045, rng, 6)
    light = np.linspace(1.06, 0.86, base.pixels.shape[0], dtype=np.float32)[:, None, None]
    base.pixels[..., :3] *= light
    canvas = Canvas(width, height, scale)
    _roof(canvas, width, roof, rng)
    canvas.box(0, height - 46, width, 46, mix(wall, (0.25, 0.22, 0.2), 0.45))
    _door(canvas, width * 0.16, height, door)
    for across, up in ((0.60, 212), (0.17, 366), (0.60, 366)):
        _window(canvas, width * across, height - up, door, rng)
    for seam in (0.0, width - 3):
        canvas.box(seam, 95, 3, height, mix(wall, (0, 0, 0), 0.5))
    detail = texture(canvas.sprite((0, height)), (24 * scale, 24 * scale), 0.05, rng)
    return Sprite(base.pixels * (1 - detail.pixels[..., 3:]) + detail.pixels, detail.pivot)


def _roof(canvas: Canvas, width: float, roof: Colour, rng: np.random.Generator) -> None:
    for row in range(7):
        y = 8 + 13 * row
        for tile in range(int(width / 17) + 2):
            tone = mix(roof, (0.85, 0.6, 0.45) if rng.random() < 0.5 else (0.12, 0.1, 0.1), rng.uniform(0, 0.28))
            canvas.ellipse(17 * tile + 8 * (row % 2), y + 6, 9.5, 13, tone)
    canvas.box(0, 98, width, 8, (0.92, 0.89, 0.82))
    canvas.box(0, 106, width, 9, mix(roof, (0.1, 0.08, 0.08), 0.75))


def _door(canvas: Canvas, x: float, height: float, door: Colour) -> None:
    canvas.box(x - 10, height - 196, 104, 196, (0.90, 0.86, 0.78))
    canvas.box(x, height - 184, 84, 184, mix(door, (0, 0, 0), 0.45))
    canvas.box(x + 4, height - 180, 78, 180, door)
    for row in range(2):
        for column in range(2):
            px, py = x + 12 + 36 * column, height - 166 + 78 * row
            canvas.box(px, py, 27, 62, mix(door, (0, 0, 0), 0.3))
            canvas.box(px + 4, py + 5, 23, 57, mix(door, (1, 1, 1), 0.09))
    canvas.ellipse(x + 72, height - 92, 5, 5, (0.90, 0.76, 0.40))
    canvas.box(x - 16, height - 12, 116, 12, (0.62, 0.59, 0.55))


def _window(canvas: Canvas, x: float, y: float, shutter: Colour, rng: np.random.Generator) -> None:
    canvas.box(x - 5, y - 5, 76, 108, (0.92, 0.89, 0.82))
    canvas.box(x, y, 66, 98, (0.24, 0.30, 0.38))
    canvas.polygon([(x, y), (x + 44, y), (x, y + 66)], (0.52, 0.62, 0.70))
    canvas.polygon([(x + 20, y + 98), (x + 66, y + 98), (x + 66, y + 40)], (0.86, 0.80, 0.66))
    canvas.box(x + 30, y, 5, 98, (0.90, 0.87, 0.80))
    canvas.box(x, y + 44, 66, 5, (0.90, 0.87, 0.80))
    for side in (x - 34, x + 70):
        canvas.box(side, y - 3, 30, 104, mix(shutter, (0.5, 0.5, 0.5), 0.25))
        for slat in range(9):
            canvas.box(side + 4, y + 4 + 11 * slat, 22, 3.5, mix(shutter, (0, 0, 0), 0.35))
    canvas.box(x - 8, y + 100, 84, 15, (0.48, 0.32, 0.22))
    for i in range(26):
        petal = ((0.88, 0.26, 0.36), (0.92, 0.74, 0.30), (0.80, 0.44, 0.72))[i // 3 % 3]
        tone = mix((0.16, 0.30, 0.12), (0.46, 0.60, 0.26), rng.random()) if i % 3 else petal
        canvas.ellipse(x - 4 + rng.uniform(0, 76), y + 98 + rng.uniform(-13, 6), 8 if i % 3 else 6, 5, tone, rng.uniform(0, 180))


def _road(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(1900, 340, scale)
    canvas.box(0, 0, 1900, 340, (0.36, 0.34, 0.33))
    canvas.box(0, 0, 1900, 56, (0.66, 0.63, 0.58))
    for flag in range(24):
        canvas.stroke([(80 * flag, 30), (80 * flag - 14, 52)], (0.52, 0.49, 0.46), 2)
    canvas.box(0, 52, 1900, 9, (0.46, 0.44, 0.42))
    y, tall = 66.0, 13.0
    while y < 345:
        wide, x = tall * 2.1, -rng.uniform(0, 30)
        while x < 1900:
            tone = mix((0.42, 0.39, 0.38), (0.70, 0.66, 0.60), rng.uniform(0, 1))
            canvas.ellipse(x + wide / 2, y + tall / 2, wide * 0.48, tall * 0.46, mix(tone, (0, 0, 0), 0.22))
            canvas.ellipse(x + wide / 2 - 1, y + tall / 2 - tall * 0.1, wide * 0.42, tall * 0.36, tone)
            x += wide
        y += tall
        tall *= 1.13
    return texture(canvas.sprite(), (260 * scale, 60 * scale), 0.07, rng, 5)


def _shadow(scale: float) -> Sprite:
    canvas = Canvas(330, 90, scale)
    canvas.polygon([(60, 44), (88, 40), (300, 62), (312, 72), (290, 78), (70, 54)], (0, 0, 0))
    pixels = cv2.GaussianBlur(canvas.sprite().pixels, (0, 0), 5 * scale) * np.float32(0.42)
    return Sprite(pixels, (74 * scale, 47 * scale))


def _tree(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(420, 640, scale)
    canvas.polygon([(192, 640), (200, 340), (222, 340), (234, 640)], (0.27, 0.19, 0.14))
    for x, y, r in ((210, 180, 150), (120, 260, 96), (300, 270, 100), (210, 300, 120)):
        leaves(canvas, x, y, r, r * 0.86, (0.11, 0.21, 0.08), (0.58, 0.66, 0.26), int(r * 11), 8, rng)
    return texture(canvas.sprite((212, 640)), (40 * scale, 40 * scale), 0.05, rng)


def _balloon(scale: float) -> Sprite:
    canvas = Canvas(110, 240, scale)
    canvas.stroke([(55, 110), (52, 160), (40, 225)], (0.85, 0.82, 0.75), 2)
    canvas.ellipse(55, 60, 40, 48, (0.88, 0.42, 0.16))
    ball = rounded(canvas.sprite((40, 225)), 42 * scale, 0.6)
    return ball
