"""Last shot of the sample film: a windmill on a hill, clouds, and a kite; it holds still for a moment."""
from __future__ import annotations

import cv2
import numpy as np

from engine.sample.paint import Canvas, Colour, Plane, Sprite, View, clouds, gradient, leaves, mix, ridge, rounded, texture
from engine.sample.people import SKIN, Dress, Person


class Hill:
    """Cumulus over fields in stripes of lavender, wheat and poppies; a windmill turns, a kite flies, grass bends in the wind."""

    def __init__(self, scale: float, rng: np.random.Generator) -> None:
        self.scale = scale
        self.sky = gradient(1700, 900, scale, [(0, (0.26, 0.48, 0.76)), (0.6, (0.60, 0.76, 0.88)), (1, (0.90, 0.89, 0.84))])
        self.clouds = [_cumulus(scale, rng) for _ in range(5)]
        self.fields = _fields(scale, rng)
        self.mill, self.sails = _mill(scale, rng), _sails(scale, rng)
        self.meadow = _meadow(scale, rng)
        self.grass = [_grass(scale, rng) for _ in range(5)]
        self.kite, self.tail = _kite(scale), _tail(scale)
        self.flyer = Person(Dress((0.28, 0.42, 0.66), (0.55, 0.44, 0.30), (0.52, 0.32, 0.14), None, SKIN[0]), scale, rng)

    def draw(self, width: int, height: int, t: float) -> Plane:
        view = View(width, height, x=-30 * t, zoom=1.02 + 0.008 * t)
        view.lay(self.sky, -120, -20, depth=0.2)
        for i, cloud in enumerate(self.clouds):
            at = (-100 + 400 * i + (34 - 4 * i) * t, 190 + (130, 330, 60, 390, 220)[i])
            view.lay(cloud, at[0], at[1], size=(1.0, 0.6, 1.2, 0.5, 0.8)[i], depth=0.4)
        view.lay(self.fields, -160, 560, depth=0.7)
        view.lay(self.mill, 985, 640, depth=0.85)
        view.lay(self.sails, 985, 392, 41 * t + 12, depth=0.85)
        view.lay(self.meadow, -200, 700)
        self.flyer.walk(view, 420 + 22 * t, 850, 0.55 * t, 0.62)
        self._fly(view, t)
        for i, tuft in enumerate(self.grass):
            view.lay(tuft, -80 + 330 * i, 1016, 4.2 * np.sin(2.2 * t - 0.9 * i), depth=1.5)
        return view.picture

    def _fly(self, view: View, t: float) -> None:
        x, y = 640 + 46 * np.sin(0.9 * t), 250 + 26 * np.sin(1.7 * t)
        turn = 14 * np.sin(1.2 * t)
        hand = (450 + 22 * t, 706)
        steps = np.linspace(0, 1, 40)[:, None]
        line = np.array([[x, y]]) * (1 - steps) + np.array([hand]) * steps + np.array([[0, 70]]) * steps * (1 - steps)
        shot = (line - [view.x, view.y]) * view.scale
        middle = np.array(view.picture.shape[1::-1]) / 2
        points = np.round(((shot - middle) * view.zoom + middle) * 16).astype(np.int32)
        veil = np.zeros(view.picture.shape[:2], np.uint8)
        cv2.polylines(veil, [points], False, 190, 1, cv2.LINE_AA, shift=4)
        there = veil > 0
        share = veil[there][:, None] / np.float32(364)
        view.picture[there] += share * (np.array([0.93, 0.92, 0.88], np.float32) - view.picture[there])
        view.lay(self.tail, x - 26, y + 66, 18 * np.sin(2.6 * t) + 14)
        view.lay(self.kite, x, y, turn)


def _cumulus(scale: float, rng: np.random.Generator) -> Sprite:
    """A heap of soft balls, lit from the upper left, flat and shaded below."""
    height, width = round(330 * scale), round(760 * scale)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    body = np.zeros((height, width), np.float32)
    for _ in range(34):
        u = rng.normal(0, 0.5)
        r = rng.uniform(34, 84) * scale * (1.1 - 0.5 * min(abs(u), 1))
        cx, cy = width / 2 + u * 0.30 * width, height * (0.70 - 0.34 * rng.uniform(0, 1) * (1 - min(abs(u), 1)))
        body = np.maximum(body, np.sqrt(np.clip(1 - ((x - cx) ** 2 + (y - cy) ** 2) / r**2, 0, 1)) * r / (84 * scale))
    ragged = clouds((height, width), (70 * scale, 56 * scale), rng, 5)
    body = cv2.GaussianBlur(body, (0, 0), 5 * scale) + 0.055 * ragged * (body > 0)
    floor = np.clip((height * 0.80 - y) / (36 * scale) + 0.25 * ragged, 0, 1)
    alpha = np.clip(cv2.GaussianBlur(np.clip(body * 2.6 - 0.15, 0, 1), (0, 0), 2.2 * scale) * floor, 0, 1)
    raised = cv2.GaussianBlur(body, (0, 0), 4 * scale)
    slope = cv2.Sobel(raised, cv2.CV_32F, 1, 0) * 0.5 + cv2.Sobel(raised, cv2.CV_32F, 0, 1) * 0.62
    shade = np.clip(0.86 + 5.0 * slope * scale - 0.16 * (y / height - 0.45), 0.62, 1.0)[..., None]
    dim, bright = np.array([0.63, 0.67, 0.75]), np.array([1.0, 0.975, 0.93])
    colour = dim + (bright - dim) * ((shade - 0.62) / 0.38)
    return Sprite(np.concatenate([colour * alpha[..., None], alpha[..., None]], -1).astype(np.float32), (width / 2, height / 2))


def _fields(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(1750, 460, scale)
    x = np.linspace(0, 1750, 160)
    tones: tuple[Colour, ...] = ((0.48, 0.58, 0.62), (0.46, 0.58, 0.46), (0.74, 0.66, 0.36), (0.50, 0.40, 0.62), (0.46, 0.58, 0.26),
                                 (0.76, 0.36, 0.28), (0.62, 0.62, 0.28))
    for i, tone in enumerate(tones):
        top = ridge(x, 10 + 30 * i, 12 - i, 1500 - 120 * i, rng)
        canvas.polygon([*zip(x, top, strict=True), (1750, 460), (0, 460)], tone)
        for row in range(3 if i > 1 else 0):
            canvas.stroke(list(zip(x, top + 8 + 8 * row, strict=True)), mix(tone, (0.1, 0.12, 0.05), 0.28), 2.0)
        for _ in range(9 if i in (1, 2, 4) else 0):
            at = rng.uniform(0, 1750)
            ground = float(np.interp(at, x, top))
            leaves(canvas, at, ground - 8, 16 + 3 * i, 11 + 2 * i, (0.13, 0.24, 0.10), (0.44, 0.55, 0.24), 60, 3.5, rng)
    return texture(canvas.sprite((0, 0)), (120 * scale, 24 * scale), 0.055, rng, 5)


def _mill(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(220, 360, scale)
    canvas.polygon([(70, 100), (150, 100), (178, 360), (42, 360)], (0.88, 0.83, 0.74))
    canvas.polygon([(56, 106), (110, 34), (164, 106)], (0.55, 0.27, 0.20))
    canvas.box(92, 296, 36, 64, (0.24, 0.34, 0.50))
    for y in (150, 220):
        canvas.box(98, y, 24, 32, (0.22, 0.24, 0.28))
        canvas.box(94, y + 32, 32, 5, (0.70, 0.66, 0.58))
    return texture(rounded(canvas.sprite((110, 350)), 44 * scale, 0.6), (30 * scale, 20 * scale), 0.05, rng)


def _sails(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(420, 420, scale)
    for quarter in range(4):
        a = np.pi / 2 * quarter
        turn = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
        canvas.polygon(np.array([(30, 3), (196, 3), (196, 42), (40, 34)]) @ turn + 210, (0.93, 0.89, 0.78))
        for bar in range(8):
            canvas.stroke(np.array([(40 + 22 * bar, 2), (40 + 22 * bar, 38)]) @ turn + 210, (0.45, 0.34, 0.24), 3)
        canvas.stroke(np.array([(0, 0), (200, 0)]) @ turn + 210, (0.36, 0.25, 0.17), 7)
    canvas.ellipse(210, 210, 13, 13, (0.30, 0.22, 0.16))
    return texture(canvas.sprite((210, 210)), (20 * scale, 20 * scale), 0.05, rng)


def _meadow(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(1900, 380, scale)
    x = np.linspace(0, 1900, 120)
    top = ridge(x, 70, 16, 1700, rng)
    canvas.polygon([*zip(x, top, strict=True), (1900, 380), (0, 380)], (0.38, 0.50, 0.20))
    for _ in range(5200):
        at, low = rng.uniform(0, 1900), rng.uniform(0, 1) ** 0.8
        y = float(np.interp(at, x, top)) + low * 300
        tall = 8 + 22 * low
        tone = mix((0.20, 0.32, 0.10), (0.62, 0.68, 0.30), rng.uniform(0, 1))
        canvas.stroke([(at, y), (at + rng.uniform(-6, 9), y - tall)], tone, 1.2 + 2 * low)
    for _ in range(520):
        at, low = rng.uniform(0, 1900), rng.uniform(0, 1)
        tone = ((0.84, 0.22, 0.16), (0.94, 0.90, 0.84), (0.92, 0.76, 0.24), (0.46, 0.40, 0.76))[int(rng.integers(4))]
        canvas.ellipse(at, float(np.interp(at, x, top)) + 8 + low * 290, 2.5 + 5 * low, 2 + 4 * low, tone)
    return texture(canvas.sprite(), (160 * scale, 50 * scale), 0.06, rng, 5)


def _grass(scale: float, rng: np.random.Generator) -> Sprite:
    canvas = Canvas(460, 230, scale)
    for _ in range(150):
        x, tall, bend = rng.uniform(30, 430), rng.uniform(50, 170), rng.uniform(-20, 60)
        tone = mix((0.14, 0.22, 0.07), (0.60, 0.66, 0.26), rng.uniform(0, 1))
        canvas.stroke([(x, 230), (x + 0.3 * bend, 230 - 0.6 * tall), (x + bend, 230 - tall)], tone, rng.uniform(3, 6))
    for _ in range(7):
        x, tall, size = rng.uniform(30, 430), rng.uniform(110, 205), rng.uniform(8, 13)
        canvas.stroke([(x - 8, 230), (x, 230 - tall)], (0.34, 0.42, 0.16), 3)
        canvas.ellipse(x, 230 - tall, size, size * 0.85, mix((0.82, 0.20, 0.16), (0.90, 0.40, 0.22), rng.uniform(0, 0.6)))
        canvas.ellipse(x + 1, 231 - tall, size * 0.3, size * 0.3, (0.15, 0.10, 0.10))
    return canvas.sprite((230, 230))


def _kite(scale: float) -> Sprite:
    canvas = Canvas(160, 190, scale)
    top, right, low, left, heart = (80, 10), (140, 70), (80, 180), (20, 70), (80, 70)
    canvas.polygon([top, right, heart], (0.93, 0.76, 0.24))
    canvas.polygon([right, low, heart], (0.80, 0.20, 0.18))
    canvas.polygon([low, left, heart], (0.90, 0.66, 0.20))
    canvas.polygon([left, top, heart], (0.70, 0.16, 0.16))
    canvas.stroke([top, low], (0.36, 0.24, 0.16), 3)
    canvas.stroke([left, right], (0.36, 0.24, 0.16), 3)
    return rounded(canvas.sprite((80, 80)), 26 * scale, 0.3)


def _tail(scale: float) -> Sprite:
    canvas = Canvas(120, 210, scale)
    y = np.linspace(0, 190, 30)
    canvas.stroke(list(zip(60 + 18 * np.sin(y / 30), y + 6, strict=True)), (0.90, 0.88, 0.82), 2)
    for i in range(5):
        at = 30 + 36 * i
        x = 60 + 18 * np.sin(at / 30)
        tone: Colour = ((0.24, 0.42, 0.72), (0.90, 0.72, 0.24))[i % 2]
        canvas.polygon([(x, at + 6), (x - 15, at - 3), (x - 15, at + 15)], tone)
        canvas.polygon([(x, at + 6), (x + 15, at - 3), (x + 15, at + 15)], tone)
    return canvas.sprite((60, 6))
