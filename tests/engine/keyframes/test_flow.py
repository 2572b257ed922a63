"""Painted regions follow what they were painted on."""
from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.keyframes.flow import propagated
from engine.keyframes.painted import Painted, laid
from engine.media.colour import from_ycbcr, luma

SHAPE = (180, 240)
RED, BLUE = (0.75, 0.2, 0.15), (0.2, 0.3, 0.8)


def frame(shift: int, seed: int, ball: bool = True) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A checked coat that moves to the right before a mottled wall, a ball that stands, and grain; where coat and ball are."""
    wall = np.random.default_rng(1).normal(0.6, 0.06, (23, 30)).astype(np.float32)
    tone = cv2.resize(wall, SHAPE[::-1], interpolation=cv2.INTER_CUBIC)
    picture = np.repeat(tone[..., None], 3, -1)
    coat, there = np.zeros(SHAPE, bool), np.zeros(SHAPE, bool)
    coat[50:130, 60 + shift:110 + shift] = True
    checks = np.random.default_rng(2).normal(0.35, 0.05, (16, 10)).astype(np.float32)
    picture[coat] = cv2.resize(checks, (50, 80), interpolation=cv2.INTER_CUBIC).reshape(-1, 1) * (1.1, 1, 0.95)
    there[cv2.circle(np.zeros(SHAPE, np.uint8), (190, 60), 22, 1, -1) > 0] = ball
    picture[there] = (0.85, 0.8, 0.78)
    grain = np.random.default_rng(seed).normal(0, 0.008, (*SHAPE, 1))
    return np.clip(picture + grain, 0, 1).astype(np.float32), coat, there


def painted_on(picture: np.ndarray, coat: np.ndarray, ball: np.ndarray) -> Painted:
    painted = Painted.nothing(*SHAPE)
    for number, (there, colour) in enumerate(((coat, RED), (ball, BLUE)), 1):
        painted.alpha[there], painted.swatch[there] = 1, number
        painted.chroma[there] = laid(colour, luma(picture))[there]
    return painted


@pytest.mark.parametrize("shift", [0, 3, 12])
def test_colour_goes_where_its_object_went(shift: int) -> None:
    here, there = frame(0, 10), frame(shift, 11)
    layers = propagated(painted_on(*here), here[0], there[0])
    for number, region in ((1, there[1]), (2, there[2])):
        coloured = layers[number].alpha > 0.5
        assert coloured[region].mean() > 0.93
        assert (coloured & ~region).sum() < 0.05 * region.sum()


def test_the_colour_is_that_of_the_swatch_on_the_luma_of_the_new_frame() -> None:
    here, there = frame(0, 10), frame(3, 11)
    layer = propagated(painted_on(*here), here[0], there[0])[1]
    inside = cv2.erode(there[1].astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    np.testing.assert_allclose(layer.chroma.astype(np.float32)[inside], laid(RED, luma(there[0]))[inside], atol=0.04)
    shown = from_ycbcr(np.concatenate([luma(there[0])[..., None], layer.chroma.astype(np.float32)], -1))
    assert shown.min() > -2e-3 and shown.max() < 1 + 2e-3


def test_what_has_gone_is_not_coloured() -> None:
    here, there = frame(0, 10), frame(0, 11, ball=False)
    layers = propagated(painted_on(*here), here[0], there[0])
    assert 2 not in layers or (layers[2].alpha > 0.5).mean() < 0.002
    assert (layers[1].alpha > 0.5)[there[1]].mean() > 0.93


def test_nothing_painted_suggests_nothing() -> None:
    picture = frame(0, 10)[0]
    assert propagated(Painted.nothing(*SHAPE), picture, picture) == {}
