"""First shot of the sample film: a boat on a river under trees, in a slow pan."""
from __future__ import annotations

import cv2
import numpy as np

from engine.sample.paint import Canvas, Plane, Sprite, View, clouds, gradient, leaves, mix, ridge, rounded, soft, texture
from engine.sample.people import SKIN, Dress, Person

BANK = 505.0        # where the far bank meets the water
PAN = 34.0          # units a second


class River:
    """Sky, hills and a row of trees above their own reflection; a rower in a red coat; branches and reeds close by."""

    def __init__(self, scale: float, rng: np.random.Generator) -> None:
        self.scale = scale
        self.sky = _sky(scale, rng)
        self.hills = _hills(scale, rng)
        self.trees = _trees(scale, rng)
        self.boat, self.oar = _boat(scale, rng), _oar(scale)
        self.rower = Person(Dress((0.76, 0.15, 0.13), (0.2, 0.2, 0.3), (0.20, 0.12, 0.08), (0.86, 0.76, 0.50), SKIN[0]), scale, rng)
        self.friend = Person(Dress((0.20, 0.36, 0.56), (0.2, 0.2, 0.3), (0.46, 0.28, 0.12), None, SKIN[1]), scale, rng)
        self.branches = [_branch(scale, rng) for _ in range(2)]
        self.reeds = [_reeds(scale, rng) for _ in range(4)]
        self.waves = clouds((round(700 * scale), round(1900 * scale)), (120 * scale, 20 * scale), rng, 3)

    def draw(self, width: int, height: int, t: float) -> Plane:
        view = View(width, height, x=PAN * t)
        view.lay(self.sky, -60 - 5 * t, 0, depth=0.15)
        view.lay(self.hills, -60, BANK - 190, depth=0.4)
        view.lay(self.trees, -60, BANK - 330, depth=0.8)
        self._water(view, t)
        self._boat_at(view, 470 + 52 * t, 712 + 4 * np.sin(2.1 * t), t)
        for i, reed in enumerate(self.reeds):
            view.lay(reed, -40 + 560 * i, 1010, 3.2 * np.sin(1.7 * t + 1.9 * i), 1.0 + 0.12 * (i % 2), depth=1.7)
        for i, branch in enumerate(self.branches):
            view.lay(branch, -120 + 1050 * i, -50, 1.6 * np.sin(1.3 * t + 2.3 * i), 1.0, depth=1.5)
        return view.picture

    def _water(self, view: View, t: float) -> None:
        height, width = view.picture.shape[:2]
        bank = round(BANK * view.scale)
        rows = np.arange(height - bank, dtype=np.float32)[:, None]
        near = rows / (height - bank)
        columns = np.arange(width, dtype=np.float32)[None]
        far = np.float32(1) / (0.22 + near)
        ripple = np.zeros((height - bank, width), np.float32)
        for speed, lift in ((46, 0.0), (-31, 0.43)):
            across = np.mod((columns - width / 2) * (0.45 * far) + (1.2 * view.x + speed * t + 900) * view.scale, self.waves.shape[1] - 2)
            down = np.mod(far * 130 * view.scale + (60 * t + 300 * lift + 60) * view.scale + 0 * columns, self.waves.shape[0] - 2)
            ripple += cv2.remap(self.waves, across, down, cv2.INTER_LINEAR)
        ripple *= 0.5
        source = bank - 1 - rows * 0.80 - np.abs(ripple) * (2 + 26 * near) * view.scale
        aside = columns + ripple * (3 + 16 * near) * view.scale
        mirrored = cv2.remap(view.picture, aside, np.maximum(source, 0), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        deep = np.array([0.10, 0.22, 0.25], np.float32)
        share = (0.30 + 0.34 * near)[..., None]
        glint = np.clip(ripple - 1.0, 0, 0.8) * (0.5 - 0.42 * near)
        trough = 1 - 0.13 * np.clip(-ripple, 0, 1.5)
        sun = np.array([1, 0.97, 0.86], np.float32)
        view.picture[bank:] = (mirrored * (1 - share) + deep * share) * trough[..., None] + glint[..., None] * sun

    def _boat_at(self, view: View, x: float, y: float, t: float) -> None:
        pull = float(np.sin(2.6 * t))
        roll = 1.3 * np.sin(2.1 * t + 0.6)
        view.lay(self.boat.mirrored(0.62), x, y + 22, -roll)
        self.friend.sit(view, x + 112, y - 18, 0.2 * pull - 0.4, 0.72)
        self.rower.sit(view, x - 52, y - 14, pull, 0.80)
        view.lay(self.boat, x, y, roll)
        view.lay(self.oar, x - 10, y - 40, 24 + 22 * np.cos(2.6 * t))


def _sky(scale: float, rng: np.random.Generator) -> Sprite:
    sheet = gradient(1700, 560, scale, [(0, (0.42, 0.60, 0.80)), (0.55, (0.70, 0.79, 0.84)), (1, (0.95, 0.87, 0.74))])
    shape = sheet.pixels.shape[:2]
    puff = clouds(shape, (330 * scale, 110 * scale), rng, 6)
    body = np.clip((puff - 0.15) * 0.9, 0, 1)[..., None] * 0.9
    towards = np.array([[1, 0, 12 * scale], [0, 1, 14 * scale]])
    lit = cv2.warpAffine(puff, towards, (shape[1], shape[0]), borderMode=cv2.BORDER_REPLICATE)
    light = np.clip(0.86 - 0.10 * (lit - puff) - 0.05 * puff, 0.6, 1)[..., None] * np.array([1.0, 0.975, 0.94])
    sheet.pixels[..., :3] = sheet.pixels[..., :3] * (1 - body) + light * body
    return sheet


def _hills(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(1800, 240, scale)
    x = np.linspace(0, 1800, 220)
    for base, rise, colour in ((70, 30, (0.50, 0.60, 0.66)), (110, 24, (0.42, 0.55, 0.50)), (150, 14, (0.42, 0.54, 0.36))):
        canvas.polygon([*zip(x, ridge(x, base, rise, 1100, rng), strict=True), (1800, 240), (0, 240)], colour)
    return texture(canvas.sprite(), (70 * scale, 26 * scale), 0.06, rng, 5)


def _trees(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(1800, 370, scale)
    canvas.polygon([(0, 306), (400, 296), (900, 304), (1400, 294), (1800, 302), (1800, 336), (0, 336)], (0.44, 0.49, 0.22))
    greens = (((0.10, 0.20, 0.09), (0.47, 0.60, 0.22)), ((0.13, 0.22, 0.12), (0.56, 0.62, 0.24)), ((0.08, 0.19, 0.14), (0.30, 0.52, 0.30)),
              ((0.24, 0.17, 0.07), (0.80, 0.58, 0.20)))
    x = 30.0
    while x < 1790:
        size = rng.uniform(70, 128)
        dark, bright = greens[int(rng.choice(4, p=(0.36, 0.26, 0.24, 0.14)))]
        canvas.polygon([(x - 7, 320), (x - 3, 320 - size), (x + 3, 320 - size), (x + 8, 320)], (0.24, 0.17, 0.12))
        leaves(canvas, x, 300 - size * 1.05, size * 0.72, size * 0.92, dark, bright, int(size * 20), 5.0, rng)
        x += size * rng.uniform(0.75, 1.5)
    for i in range(46):
        leaves(canvas, 40 * i + rng.uniform(-20, 20), 322, 34, rng.uniform(10, 26), (0.14, 0.22, 0.08), (0.58, 0.62, 0.26), 120, 4.0, rng)
    return texture(canvas.sprite(), (40 * scale, 40 * scale), 0.05, rng)


def _boat(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(520, 120, scale)
    hull = [(10, 18), (60, 30), (250, 40), (440, 30), (508, 12), (480, 62), (420, 90), (100, 90), (48, 62)]
    canvas.polygon(hull, (0.42, 0.25, 0.14))
    for i in range(4):
        down = 14 * i
        seam = [(22 + 12 * i, 32 + down), (60 + 8 * i, 43 + down), (250, 53 + down), (440 - 6 * i, 43 + down), (500 - 12 * i, 28 + down)]
        canvas.stroke(seam, mix((0.42, 0.25, 0.14), (0, 0, 0), 0.35), 2.4)
    canvas.stroke([(10, 18), (60, 30), (250, 40), (440, 30), (508, 12)], (0.83, 0.74, 0.55), 9)
    shaded = rounded(canvas.sprite((255, 80)), 40 * scale, 0.45)
    return texture(shaded, (90 * scale, 5 * scale + 1), 0.07, rng, 3)


def _oar(scale: float) -> Sprite:
    canvas = Canvas(330, 40, scale)
    canvas.stroke([(8, 20), (280, 20)], (0.70, 0.55, 0.34), 8)
    canvas.ellipse(288, 20, 40, 13, (0.74, 0.60, 0.38))
    return rounded(canvas.sprite((40, 20)), 7 * scale)


def _branch(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(860, 330, scale)
    canvas.stroke([(20, 0), (260, 70), (520, 76), (790, 150)], (0.16, 0.11, 0.08), 12)
    for _ in range(34):
        along = rng.uniform(0, 1) ** 0.8
        x, y = 90 + 650 * along, 20 + 110 * along + rng.uniform(-30, 60) * (1.1 - along)
        reach = rng.uniform(34, 62)
        leaves(canvas, x, y, reach, reach * 0.7, (0.06, 0.13, 0.05), (0.42, 0.55, 0.15), 22, 13, rng)
    return soft(texture(canvas.sprite((0, 0)), (30 * scale, 30 * scale), 0.06, rng), 1.8 * scale)


def _reeds(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(520, 300, scale)
    for _ in range(120):
        x, tall, bend = rng.uniform(30, 490), rng.uniform(70, 260), rng.uniform(-50, 60)
        colour = mix((0.10, 0.17, 0.06), (0.62, 0.62, 0.24), rng.uniform(0, 1))
        canvas.stroke([(x, 300), (x + bend * 0.2, 300 - tall * 0.5), (x + bend, 300 - tall)], colour, rng.uniform(3, 8))
        if tall > 236:
            canvas.ellipse(x + bend, 306 - tall, 24, 6, mix((0.30, 0.18, 0.10), (0.52, 0.34, 0.18), rng.uniform(0, 1)), 98)
    return soft(canvas.sprite((260, 300)), 2.2 * scale)
