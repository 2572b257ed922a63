"""The same object in two colours is pointed out; other objects are not."""
from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.keyframes.contradictions import Seen, contradictions
from engine.keyframes.painted import Painted, laid
from engine.media.colour import luma

SHAPE = (144, 192)
RED, BLUE, GREEN = (0.75, 0.2, 0.15), (0.2, 0.3, 0.8), (0.2, 0.55, 0.25)
Colour = tuple[float, float, float]


def look(name: str, coat: Colour | None, ball: Colour | None = GREEN, shift: int = 0, room: int = 1,
         swatches: tuple[int, int] = (1, 2)) -> Seen:
    """A frame of a shot in a room: a coat of faded grey before a wall of its own pattern, and a brighter ball beside it."""
    wall = np.random.default_rng(room).normal((0.62, 0.2)[room % 2], 0.07, (18, 24, 1)).astype(np.float32)
    picture = np.repeat(cv2.resize(wall, SHAPE[::-1], interpolation=cv2.INTER_CUBIC)[..., None], 3, -1)
    regions = np.zeros((2, *SHAPE), np.uint8)
    cv2.rectangle(regions[0], (40 + shift, 40), (80 + shift, 110), 1, -1)
    cv2.circle(regions[1], (140, 70), 22, 1, -1)
    folds = cv2.resize(np.random.default_rng(9).normal(0.38, 0.04, (12, 16)).astype(np.float32), SHAPE[::-1], interpolation=cv2.INTER_CUBIC)
    picture[regions[0] > 0] = np.roll(folds, shift, 1)[regions[0] > 0, None] * (1.05, 1.0, 0.95)
    picture[regions[1] > 0] = (0.8, 0.75, 0.7)
    noise = np.random.default_rng(int(name)).normal(0, 0.005, (*SHAPE, 1))
    picture = np.clip(picture + noise, 0, 1).astype(np.float32)
    painted = Painted.nothing(*SHAPE)
    for region, colour, number in zip(regions > 0, (coat, ball), swatches, strict=True):
        if colour is not None:
            painted.alpha[region], painted.swatch[region] = 1, number
            painted.chroma[region] = laid(colour, luma(picture))[region]
    return Seen(name, picture, painted)


@pytest.mark.parametrize("shift", [0, 8])
def test_the_same_object_in_two_colours_is_found(shift: int) -> None:
    found = contradictions([look("0001", RED), look("0020", BLUE, shift=shift, swatches=(3, 2))])
    assert len(found) == 1
    one = found[0]
    assert (one.here, one.there, one.swatch_here, one.swatch_there) == ("0001", "0020", 1, 3)
    assert one.at_here == pytest.approx((60 / 192, 75 / 144), abs=0.03)
    assert one.at_there == pytest.approx(((60 + shift) / 192, 75 / 144), abs=0.03)
    assert one.difference > 20 and 0.05 < one.share < 0.12


def test_the_same_colours_are_no_contradiction() -> None:
    assert contradictions([look("0001", RED), look("0020", RED, shift=5), look("0030", RED, shift=9)]) == []


def test_colours_that_hardly_differ_are_no_contradiction() -> None:
    assert contradictions([look("0001", RED), look("0020", (0.74, 0.22, 0.16), swatches=(5, 2))]) == []


def test_different_objects_are_no_contradiction() -> None:
    assert contradictions([look("0001", RED, None), look("0020", None, BLUE)]) == []


def test_another_shot_may_have_other_clothes_of_the_same_grey() -> None:
    assert contradictions([look("0001", RED), look("0900", BLUE, room=2)]) == []


def test_what_is_not_painted_in_one_of_them_is_no_contradiction() -> None:
    one = look("0001", RED)
    other = look("0020", BLUE)
    assert contradictions([one, replace(other, painted=Painted.nothing(*SHAPE))]) == []


def test_the_largest_comes_first() -> None:
    found = contradictions([look("0001", RED, GREEN), look("0020", BLUE, RED, swatches=(3, 4))])
    assert [one.swatch_here for one in found] == [1, 2] and found[0].share > found[1].share
