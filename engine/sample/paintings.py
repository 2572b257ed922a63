"""Pictures in the manner of colonial paintings, made by the program: what colour from similar pictures is shown with in the manual.

Robed figures, skin, ochre walls, skies, green skirts, gold and dark red cloth, earth and trees. They stand for the paintings that an
archivist would look up; each has a note that says what it is.
"""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from engine.files import told
from engine.media.colour import luma
from engine.sample.paint import Canvas, Colour, Plane, Sprite, View, clouds, gradient, leaves, mix, ridge, rounded, texture

SIZE = (1120, 760)          # pixels; a picture is 1000 units high and 1474 wide
SCALE = SIZE[1] / 1000
WIDE = 1000 * SIZE[0] / SIZE[1]
NOTE = "painting: made by Answerprint in the manner of colonial paintings; no period source\nuse: demonstration\n"
SKIN: Colour = (0.80, 0.58, 0.44)
WHITE: Colour = (0.90, 0.87, 0.80)
BLACK: Colour = (0.13, 0.11, 0.12)
GREEN: Colour = (0.17, 0.27, 0.17)
OCHRE: Colour = (0.80, 0.62, 0.36)
EARTH: Colour = (0.50, 0.33, 0.22)
RED: Colour = (0.48, 0.10, 0.10)
GOLD: Colour = (0.80, 0.60, 0.20)
BLUE: Colour = (0.24, 0.34, 0.55)
SKY: tuple[Colour, Colour] = ((0.36, 0.52, 0.74), (0.80, 0.82, 0.80))
DUSK: tuple[Colour, Colour] = ((0.42, 0.47, 0.62), (0.90, 0.70, 0.48))


def make_paintings(folder: Path, seed: int = 7) -> list[Path]:
    """Write four pictures as PNG, 8 bits, with a note beside each, into a folder that is made where it is missing; the same for the same
    seed. Returns their paths. Raises DiskFull, OutputRefused."""
    scenes: dict[str, Callable[[View, np.random.Generator], None]] = {
        "square": _square, "sitting": _sitting, "evening": _evening, "hall": _hall}
    made = []
    with told(folder, "the paintings"):
        folder.mkdir(parents=True, exist_ok=True)
        for place, (name, paint) in enumerate(scenes.items()):
            rng = np.random.default_rng([seed, place])
            view = View(*SIZE)
            paint(view, rng)
            path = folder / f"{name}.png"
            codes = np.round(255 * np.clip(_brushed(view.picture, rng), 0, 1)).astype(np.uint8)
            cv2.imencode(".png", codes[..., ::-1])[1].tofile(path)
            path.with_suffix(".txt").write_text(NOTE, encoding="utf-8")
            made.append(path)
    return made


def _square(view: View, rng: np.random.Generator) -> None:
    """Veiled women and a gentleman in white before a wall under a blue sky."""
    _sky(view, SKY, 620, rng)
    _hills(view, (0.42, 0.50, 0.60), 470, rng)
    _wall(view, 860, 300, 640, 420, rng)
    _ground(view, 660, mix(EARTH, OCHRE, 0.5), rng)
    _tree(view, 330, 700, rng)
    _woman(view, 250, 930, 1.2, BLACK, BLACK, rng)
    _woman(view, 560, 950, 1.25, BLACK, GREEN, rng)
    _man(view, 960, 940, 1.25, WHITE, WHITE, rng)
    _woman(view, 1290, 860, 0.8, BLUE, GOLD, rng)


def _sitting(view: View, rng: np.random.Generator) -> None:
    """Near: a woman in a white blouse, with a dark veil, before foliage."""
    _sky(view, SKY, 790, rng)
    _foliage(view, 260, 330, rng)
    _foliage(view, 1240, 300, rng)
    _ground(view, 800, EARTH, rng)
    _woman(view, 700, 1290, 2.6, BLACK, GREEN, rng, blouse=WHITE)
    _man(view, 1240, 1180, 1.9, WHITE, (0.62, 0.50, 0.36), rng)


def _evening(view: View, rng: np.random.Generator) -> None:
    """Riders' country: a warm evening sky, blue hills, brown ground, sitting figures in ponchos."""
    _sky(view, DUSK, 640, rng)
    _hills(view, (0.36, 0.40, 0.54), 500, rng)
    _hills(view, (0.40, 0.36, 0.32), 580, rng)
    _ground(view, 640, EARTH, rng)
    _foliage(view, 1300, 420, rng)
    for x, y, size, cloth in ((330, 900, 1.0, (0.45, 0.27, 0.16)), (560, 960, 1.25, RED), (1010, 930, 1.1, (0.38, 0.24, 0.18))):
        _man(view, x, y, size, cloth, BLACK, rng)


def _hall(view: View, rng: np.random.Generator) -> None:
    """Gold and dark red: an officer and two ladies in a hall with a curtain."""
    view.lay(texture(gradient(WIDE, 1000, SCALE, ((0, (0.30, 0.20, 0.14)), (1, (0.42, 0.30, 0.20)))), (180, 180), 0.12, rng), 0, 0)
    _cloth(view, 0, 0, 420, 900, RED, rng)
    _ground(view, 800, (0.40, 0.26, 0.16), rng)
    _man(view, 620, 960, 1.4, RED, WHITE, rng)
    _woman(view, 960, 980, 1.45, (0.30, 0.16, 0.12), GOLD, rng, blouse=GOLD)
    _woman(view, 1270, 950, 1.2, BLACK, BLUE, rng, blouse=WHITE)


def _sky(view: View, colours: tuple[Colour, Colour], horizon: float, rng: np.random.Generator) -> None:
    sky = gradient(WIDE, horizon + 40, SCALE, ((0, colours[0]), (1, colours[1])))
    puffs = np.clip(0.5 * clouds(sky.pixels.shape[:2], (330, 170), rng, 5) - 0.1, 0, 0.9)[..., None]
    light = np.array([*mix(colours[1], (1, 0.97, 0.93), 0.6), 1], np.float32)
    view.lay(Sprite(sky.pixels * (1 - puffs) + light * puffs, (0.0, 0.0)), 0, 0)


def _hills(view: View, colour: Colour, base: float, rng: np.random.Generator) -> None:
    canvas = Canvas(WIDE, 1000, SCALE)
    x = np.linspace(0, WIDE, 120)
    y = ridge(x, base, 40, 900, rng)
    canvas.polygon(np.concatenate([np.stack([x, y], 1), [[WIDE, 1000], [0, 1000]]]), colour)
    view.lay(texture(canvas.sprite(), (120, 60), 0.08, rng), 0, 0)


def _ground(view: View, top: float, colour: Colour, rng: np.random.Generator) -> None:
    ground = gradient(WIDE, 1000 - top, SCALE, ((0, mix(colour, OCHRE, 0.4)), (1, mix(colour, (0, 0, 0), 0.2))))
    view.lay(texture(ground, (160, 26), 0.14, rng, 5), 0, top)


def _wall(view: View, x: float, y: float, width: float, height: float, rng: np.random.Generator) -> None:
    canvas = Canvas(width, height, SCALE)
    canvas.box(0, 0, width, height, OCHRE)
    for left in (90, 330):
        canvas.box(left, 120, 110, 300, mix(OCHRE, (0.15, 0.08, 0.05), 0.75))
    canvas.box(0, 0, width, 34, (0.56, 0.28, 0.18))
    view.lay(texture(canvas.sprite(), (90, 90), 0.07, rng, 5), x, y)


def _tree(view: View, x: float, y: float, rng: np.random.Generator) -> None:
    canvas = Canvas(200, 700, SCALE)
    canvas.polygon([(70, 700), (86, 300), (60, 0), (120, 0), (118, 320), (150, 700)], (0.34, 0.24, 0.17))
    view.lay(texture(rounded(canvas.sprite((100, 700)), 26 * SCALE), (10, 60), 0.16, rng), x, y)
    _foliage(view, x, y - 560, rng)


def _foliage(view: View, x: float, y: float, rng: np.random.Generator) -> None:
    canvas = Canvas(760, 520, SCALE)
    leaves(canvas, 380, 260, 300, 190, (0.10, 0.15, 0.09), (0.40, 0.46, 0.22), 900, 18, rng)
    view.lay(canvas.sprite((380, 260)), x, y)


def _cloth(view: View, x: float, y: float, width: float, height: float, colour: Colour, rng: np.random.Generator) -> None:
    canvas = Canvas(width, height, SCALE)
    canvas.box(0, 0, width, height, colour)
    _folds(canvas, width / 2, 0, width / 2, width / 2, height, colour, 14, rng)
    view.lay(texture(canvas.sprite(), (30, 200), 0.14, rng), x, y)


def _woman(view: View, x: float, y: float, size: float, veil: Colour, skirt: Colour, rng: np.random.Generator,
           blouse: Colour | None = None) -> None:
    """A veiled woman of 460 units with her feet at (x, y), her face half seen."""
    canvas = Canvas(360, 480, SCALE * size)
    canvas.polygon([(140, 205), (220, 205), (300, 330), (330, 472), (30, 472), (60, 330)], skirt)
    _folds(canvas, 180, 215, 34, 140, 465, skirt, 16, rng)
    view.lay(_finish(canvas, (180, 475), 46 * size, rng), x, y, size=1.0)
    canvas = Canvas(360, 480, SCALE * size)
    canvas.polygon([(130, 110), (230, 110), (246, 170), (222, 232), (138, 232), (114, 170)], blouse or veil)
    if blouse:
        canvas.stroke([(122, 150), (112, 205), (160, 226)], blouse, 30)
        canvas.ellipse(166, 226, 17, 11, SKIN)
    view.lay(_finish(canvas, (180, 475), 30 * size, rng), x, y)
    canvas = Canvas(360, 480, SCALE * size)
    canvas.ellipse(180, 62, 44, 54, veil)
    canvas.polygon([(140, 66), (220, 66), (244, 170), (226, 186), (204, 120), (156, 120), (134, 186), (116, 170)], veil)
    canvas.ellipse(188, 66, 23, 32, SKIN)
    canvas.polygon([(150, 70), (182, 44), (180, 108), (158, 116)], veil)
    canvas.ellipse(197, 62, 4, 3, BLACK)
    canvas.stroke([(190, 84), (202, 84)], (0.62, 0.24, 0.22), 4)
    view.lay(_finish(canvas, (180, 475), 20 * size, rng), x, y)


def _man(view: View, x: float, y: float, size: float, coat: Colour, trousers: Colour, rng: np.random.Generator) -> None:
    """A man of 470 units with his feet at (x, y), bearded, in a hat."""
    canvas = Canvas(300, 480, SCALE * size)
    for side in (-1, 1):
        canvas.polygon([(150 + 2 * side, 240), (150 + 48 * side, 240), (150 + 40 * side, 462), (150 + 8 * side, 462)], trousers)
        canvas.ellipse(150 + 28 * side, 466, 24, 9, BLACK)
    view.lay(_finish(canvas, (150, 475), 24 * size, rng), x, y)
    canvas = Canvas(300, 480, SCALE * size)
    canvas.polygon([(108, 112), (192, 112), (222, 150), (208, 300), (92, 300), (78, 150)], coat)
    canvas.stroke([(84, 150), (70, 220), (112, 262)], coat, 32)
    canvas.stroke([(150, 130), (152, 296)], mix(coat, (0, 0, 0), 0.35), 3)
    _folds(canvas, 150, 130, 40, 52, 296, coat, 7, rng)
    canvas.ellipse(118, 264, 15, 12, SKIN)
    view.lay(_finish(canvas, (150, 475), 30 * size, rng), x, y)
    canvas = Canvas(300, 480, SCALE * size)
    canvas.box(136, 88, 28, 32, SKIN)
    canvas.ellipse(150, 66, 30, 38, SKIN)
    canvas.ellipse(146, 88, 27, 22, (0.16, 0.10, 0.08))
    canvas.ellipse(152, 78, 15, 9, SKIN)
    canvas.ellipse(146, 34, 62, 11, (0.72, 0.56, 0.34))
    canvas.ellipse(146, 24, 32, 18, (0.76, 0.60, 0.38))
    canvas.ellipse(160, 62, 4, 3, BLACK)
    view.lay(_finish(canvas, (150, 475), 20 * size, rng), x, y)


def _folds(canvas: Canvas, x: float, top: float, narrow: float, broad: float, bottom: float, colour: Colour, count: int,
           rng: np.random.Generator) -> None:
    for place in np.linspace(-0.9, 0.9, count):
        tone = float(rng.uniform(-0.5, 0.4))
        ink = mix(colour, (1, 0.96, 0.88), tone * 0.5) if tone > 0 else mix(colour, (0, 0, 0), -tone)
        middle = (place * (narrow + broad) / 2 + float(rng.uniform(-8, 8)), (top + bottom) / 2)
        canvas.stroke([(x + place * narrow, top), (x + middle[0], middle[1]), (x + place * broad, bottom)], ink, float(rng.uniform(2, 9)))


def _finish(canvas: Canvas, pivot: tuple[float, float], radius: float, rng: np.random.Generator) -> Sprite:
    return texture(rounded(canvas.sprite((pivot[0], pivot[1])), radius * SCALE, 0.6), (14, 26), 0.08, rng, 4)


def _brushed(picture: Plane, rng: np.random.Generator) -> Plane:
    """Seen as paint: strokes that wander, a little varnish, canvas."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    shift = [1.8 * clouds((height, width), (26, 26), rng, 3) for _ in range(2)]
    moved = cv2.remap(picture, x + shift[0], y + shift[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    smooth = cv2.bilateralFilter(np.asarray(moved, np.float32), 9, 0.12, 4)
    grain = 0.018 * clouds((height, width), (7, 3), rng, 2) + 0.012 * clouds((height, width), (300, 300), rng, 2)
    muted = smooth + np.float32(0.25) * (luma(np.asarray(smooth, np.float32))[..., None] - smooth)
    return np.asarray((muted + grain[..., None]) * np.array([1.0, 0.98, 0.92], np.float32), np.float32)
