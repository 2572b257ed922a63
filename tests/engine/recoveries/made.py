"""Scenes of flat-coloured objects, striped, chequered or plain and of one lightness each, whose place tells nothing of their colour."""
from __future__ import annotations

import numpy as np

from engine.keyframes.proposal import Given
from engine.media.colour import luma
from engine.media.source import Picture
from engine.train.features import FeatureSettings

COLOURS: dict[str, tuple[float, float, float]] = {
    "stripes": (0.75, 0.35, 0.30), "chequers": (0.30, 0.45, 0.85), "plain": (0.40, 0.62, 0.25)}
LIGHT = {"stripes": 0.60, "chequers": 0.45, "plain": 0.36}
PLACES = ((20, 20), (20, 180), (110, 100))      # y, x of an island of SIDE pixels in a picture of 200 x 320
SIDE = 76
QUICK = FeatureSettings(steps=60, batch=4, device="cpu")


def textured(name: str, exposure: float) -> np.ndarray:
    y, x = np.mgrid[:SIDE, :SIDE] // 4 % 2
    pattern = {"stripes": x, "chequers": x ^ y, "plain": 0.5 + 0 * x}[name]
    return exposure * (LIGHT[name] + 0.12 * (pattern - 0.5))


def scene(order: tuple[str, ...], seed: int, exposure: float = 1.0) -> Picture:
    """The textures at PLACES, in that order, on grey."""
    picture = np.full((200, 320, 3), 0.25, np.float32)
    for name, (y, x) in zip(order, PLACES, strict=True):
        own = np.array(COLOURS[name], np.float32)
        picture[y:y + SIDE, x:x + SIDE] = textured(name, exposure)[..., None] * own / float(luma(own))
    grain = np.random.default_rng(seed).normal(0, 0.01, (200, 320, 1))
    return np.clip(picture + grain, 0, 1).astype(np.float32)


def fade(picture: Picture, draw: np.random.Generator) -> Picture:
    """Nothing but luma is left."""
    light = luma(picture)[..., None] + draw.normal(0, 0.005, (*picture.shape[:2], 1))
    return np.repeat(light, 3, 2).astype(np.float32)


def given() -> list[Given]:
    return [Given("one.png", scene(("plain", "stripes", "chequers"), 1)), Given("two.png", scene(("chequers", "plain", "stripes"), 2))]


FILM_ORDER = ("stripes", "chequers", "plain")


def film() -> list[Picture]:
    return [fade(scene(FILM_ORDER, seed, 1.04), np.random.default_rng(seed)) for seed in (3, 4)]
