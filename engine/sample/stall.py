"""Third shot of the sample film: a fruit stall from near, and a hand that takes an orange."""
from __future__ import annotations

import numpy as np

from engine.sample.paint import LIGHT, Canvas, Colour, Plane, Sprite, View, clouds, leaves, mix, rounded, soft, texture

FRUIT: tuple[tuple[Colour, Colour, float], ...] = (     # lit colour, blush, radius; apples red and green are of one luma
    ((0.93, 0.52, 0.12), (0.84, 0.36, 0.08), 47),       # oranges
    ((0.74, 0.20, 0.17), (0.52, 0.08, 0.10), 45),       # red apples
    ((0.93, 0.82, 0.28), (0.84, 0.72, 0.20), 41),       # lemons
    ((0.30, 0.46, 0.16), (0.46, 0.56, 0.22), 45),       # green apples
    ((0.40, 0.24, 0.50), (0.24, 0.14, 0.36), 38),       # plums
    ((0.94, 0.68, 0.50), (0.86, 0.40, 0.32), 43),       # peaches
)
STEPS = ((420, 0.86), (610, 1.0), (830, 1.18))          # the crates' front edges, and how near they are


class Stall:
    """Three tiers of crates under a striped awning, foliage out of focus behind; the camera drifts sideways."""

    def __init__(self, scale: float, rng: np.random.Generator) -> None:
        self.scale = scale
        self.behind = _behind(scale, rng)
        self.awning = _awning(scale, rng)
        kinds = ((0, 3, 4, 2, 5), (1, 5, 0, 3, 2), (2, 4, 0, 1))
        self.tiers = [[_crate(FRUIT[kind], near, scale, rng) for kind in row] for row, (_, near) in zip(kinds, STEPS, strict=True)]
        self.hand, self.thumb = _hand(scale, rng)
        self.prize = _fruit(FRUIT[0], 47 * 1.1, scale, rng)
        self.lamp = _lamp(scale)

    def draw(self, width: int, height: int, t: float) -> Plane:
        view = View(width, height, x=44 * t, zoom=1.03 + 0.008 * t)
        view.lay(self.behind, -80, -20, 0.5 * np.sin(0.9 * t), depth=0.5)
        for i, (tier, (edge, near)) in enumerate(zip(self.tiers, STEPS, strict=True)):
            for k, crate in enumerate(tier):
                view.lay(crate, -150 + 60 * (i % 2) + (372 * near) * k, edge, depth=0.8 + 0.1 * i)
        self._take(view, t)
        view.lay(self.awning, -60, -30 + 4 * np.sin(1.6 * t), 0.35 * np.sin(1.6 * t + 0.5))
        for i in range(3):
            view.lay(self.lamp, 230 + 460 * i, 150, 5 * np.sin(1.8 * t + 1.4 * i))
        return view.picture

    def _take(self, view: View, t: float) -> None:
        """The hand comes from the right, closes, and leaves with the orange."""
        reach = 1 - abs(1 - min(t / 1.3, 2.0))
        reach = float(reach * reach * (3 - 2 * reach))
        x, y = 1490 + 20 * t - 600 * reach + 10 * np.sin(3 * t), 640 - 70 * reach - 60 * max(0.0, t - 1.3)
        turn = 8 - 12 * reach
        view.lay(self.hand, x, y, turn)
        if t > 1.3:
            view.lay(self.prize, x - 118, y + 26, turn)
        view.lay(self.thumb, x, y, turn + (0 if t > 1.3 else 7 * (1 - reach)))


def _behind(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(1560, 760, scale)
    canvas.box(0, 0, 1560, 760, (0.20, 0.25, 0.17))
    for _ in range(60):
        leaves(canvas, rng.uniform(0, 1560), rng.uniform(60, 600), 120, 90, (0.08, 0.14, 0.07), (0.44, 0.56, 0.25), 60, 22, rng)
    sheet = soft(canvas.sprite(), 15 * scale)
    spots = Canvas(1560, 760, scale)
    for _ in range(46):
        size = rng.uniform(14, 34)
        tone = mix((0.30, 0.38, 0.20), (0.95, 0.86, 0.58), rng.uniform(0, 1))
        spots.ellipse(rng.uniform(0, 1560), rng.uniform(120, 520), size, size, tone)
    light = soft(spots.sprite(), 3.5 * scale).pixels * np.float32(0.42)
    return Sprite(sheet.pixels * (1 - light[..., 3:]) + light, (0, 0))


def _fruit(kind: tuple[Colour, Colour, float], radius: float, scale: float, rng: np.random.Generator) -> Sprite:
    """A shaded ball with a blush, pores, a soft highlight and light from below."""
    lit, blush, _ = kind
    r = radius * scale
    size = int(2 * r + 6)
    y, x = np.mgrid[:size, :size].astype(np.float32)
    u, v = (x - size / 2) / r, (y - size / 2) / (r * np.float32(rng.uniform(0.92, 1.0)))
    square = u * u + v * v
    depth = np.sqrt(np.clip(1 - square, 0, 1))
    facing = u * LIGHT[0] + v * LIGHT[1] + depth * LIGHT[2]
    share = np.clip(0.5 + 0.8 * (u * np.float32(rng.uniform(-1, 1)) + v * np.float32(rng.uniform(-1, 1)))
                    + 0.22 * clouds((size, size), (r, r), rng), 0, 1)[..., None]
    colour = np.array(lit) * (1 - share) + np.array(blush) * share
    shade = 0.34 + 0.78 * np.clip(facing, 0, 1) + 0.10 * np.clip(v, 0, 1) * (1 - depth)
    pores = 1 + 0.035 * clouds((size, size), (4 * scale + 1, 4 * scale + 1), rng, 2)
    shine = 0.34 * np.clip((facing - 0.90) / 0.1, 0, 1) ** 2
    edge = np.clip((1 - np.sqrt(square)) * r + 0.5, 0, 1)[..., None]
    picture = np.clip(colour * (shade * pores)[..., None] + shine[..., None], 0, 1)
    return Sprite(np.concatenate([picture * edge, edge], -1).astype(np.float32), (size / 2, size / 2))


def _crate(kind: tuple[Colour, Colour, float], near: float, scale: float, rng: np.random.Generator) -> Sprite:
    """A wooden crate with its fruit heaped above the edge; the pivot is on the left of the front edge."""
    width, tall = round(366 * near * scale), round(400 * near * scale)
    radius = kind[2] * near
    rows = ((-1.25, 0.80), (-0.55, 0.92), (0.15, 1.0))
    sheet = _Sheet(np.zeros((tall, width, 4), np.float32))
    inside = Canvas(366 * near, 400 * near, scale)
    inside.box(6 * near, 96 * near, 354 * near, 150 * near, (0.12, 0.08, 0.06))
    sheet.lay(inside.sprite(), 0, 0)
    for row, size in rows:
        step = radius * 1.62 * size
        start = rng.uniform(0.7, 1.1) * radius + (0.5 * step if row == rows[1][0] else 0)
        for x in np.arange(start, 366 * near - radius * 0.6, step):
            fruit = _fruit(kind, radius * size, scale, rng)
            sheet.lay(fruit, (x + rng.uniform(-5, 5)) * scale, (188 * near + row * radius + rng.uniform(-5, 5)) * scale)
    sheet.lay(_planks(near, scale, rng), 0, 0)
    return Sprite(sheet.pixels, (0, 200 * near * scale))


class _Sheet:
    """A transparent sheet on which sprites are laid at whole pixels."""

    def __init__(self, pixels: Plane) -> None:
        self.pixels = pixels

    def lay(self, sprite: Sprite, x: float, y: float) -> None:
        left, top = round(x - sprite.pivot[0]), round(y - sprite.pivot[1])
        h, w = sprite.pixels.shape[:2]
        y0, y1 = max(0, top), min(self.pixels.shape[0], top + h)
        x0, x1 = max(0, left), min(self.pixels.shape[1], left + w)
        ink = sprite.pixels[y0 - top:y1 - top, x0 - left:x1 - left]
        self.pixels[y0:y1, x0:x1] = self.pixels[y0:y1, x0:x1] * (1 - ink[..., 3:]) + ink


def _planks(near: float, scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(366 * near, 400 * near, scale)
    for plank in range(3):
        tone = mix((0.66, 0.50, 0.32), (0.50, 0.35, 0.21), rng.uniform(0, 1))
        y = (200 + 44 * plank) * near
        canvas.box(4 * near, y, 358 * near, 40 * near, tone)
        canvas.box(4 * near, y + 35 * near, 358 * near, 5 * near, mix(tone, (0, 0, 0), 0.45))
        for x in (22, 344):
            canvas.ellipse(x * near, y + 18 * near, 4 * near, 4 * near, (0.26, 0.22, 0.20))
    canvas.box(4 * near, 332 * near, 358 * near, 60 * near, (0.17, 0.12, 0.09))
    canvas.box(130 * near, 214 * near, 106 * near, 58 * near, (0.92, 0.89, 0.80))
    for line, wide in ((228, 76), (244, 50)):
        canvas.stroke([(144 * near, line * near), ((144 + wide) * near, line * near)], (0.28, 0.30, 0.42), 5 * near)
    return texture(canvas.sprite(), (120 * scale, 4 * scale + 1), 0.075, rng, 4)


def _awning(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(1700, 190, scale)
    for i in range(19):
        colour: Colour = (0.90, 0.86, 0.76) if i % 2 else (0.20, 0.46, 0.42)
        x = 90 * i
        canvas.polygon([(x, 0), (x + 90, 0), (x + 90, 140), (x, 140)], mix(colour, (0, 0, 0), 0.10))
        canvas.ellipse(x + 45, 138, 45, 34, colour)
    canvas.box(0, 118, 1700, 8, (0.14, 0.26, 0.24))
    cloth = texture(canvas.sprite(), (60 * scale, 200 * scale), 0.05, rng)
    cloth.pixels[..., :3] *= np.linspace(0.55, 1.0, cloth.pixels.shape[0], dtype=np.float32)[:, None, None]
    return cloth


def _lamp(scale: float) -> Sprite:
    canvas = Canvas(80, 150, scale)
    canvas.stroke([(40, 0), (40, 70)], (0.12, 0.11, 0.10), 4)
    canvas.polygon([(24, 72), (56, 72), (70, 104), (10, 104)], (0.32, 0.28, 0.24))
    canvas.ellipse(40, 108, 18, 16, (1.0, 0.93, 0.70))
    return rounded(canvas.sprite((40, 0)), 14 * scale, 0.3)


def _hand(scale: float, rng: np.random.Generator) -> tuple[Sprite, Sprite]:
    """A hand from the right with its sleeve, and the thumb that lies in front of what it holds. The pivot is at the wrist."""
    skin, pivot = (0.86, 0.65, 0.53), (250, 150)
    arm = Canvas(900, 330, scale)
    arm.polygon([(236, 104), (420, 92), (900, 66), (900, 286), (420, 226), (236, 200)], skin)
    for (x, y), bend, width in (((92, 62), 22, 36), ((66, 92), 14, 38), ((64, 128), 6, 38), ((86, 160), -4, 34)):
        arm.stroke([(190, y * 0.45 + 82), (132, y - 2), (x, y + bend)], skin, width)
    arm.ellipse(196, 148, 70, 62, skin)
    sleeve = Canvas(900, 330, scale)
    sleeve.polygon([(400, 70), (900, 30), (900, 320), (400, 248), (388, 160)], (0.86, 0.86, 0.84))
    for i in range(12):
        sleeve.stroke([(420 + 44 * i, 60 - 3 * i), (412 + 44 * i, 262 + 5 * i)], (0.25, 0.36, 0.62), 13)
    sleeve.polygon([(384, 74), (414, 68), (414, 252), (384, 246)], (0.90, 0.90, 0.88))
    flesh = texture(rounded(arm.sprite(pivot), 34 * scale, 0.5), (50 * scale, 50 * scale), 0.03, rng)
    cloth = texture(rounded(sleeve.sprite(pivot), 90 * scale, 0.5), (40 * scale, 90 * scale), 0.05, rng)
    whole = flesh.pixels * (1 - cloth.pixels[..., 3:]) + cloth.pixels
    thumb = Canvas(900, 330, scale)
    thumb.stroke([(232, 176), (182, 212), (132, 206)], skin, 42)
    shape = rounded(thumb.sprite(pivot), 21 * scale, 0.55)
    return soft(Sprite(whole, flesh.pivot), 0.5), shape
