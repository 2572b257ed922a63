"""Three scribbles a colour on a faded, grainy frame of the sample film colour the objects within their edges."""
from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import pytest

from engine.keyframes.keyframe import Keyframe, Op
from engine.keyframes.painted import paint
from engine.keyframes.palette import Swatch
from engine.keyframes.spread import limit
from engine.media.colour import to_display, to_ycbcr
from engine.sample.fade import FadedPrint
from engine.sample.film import SEED, Film

WIDTH, HEIGHT, BORDER, FRAMES = 948, 702, 38, 299
Line = tuple[float, float, float, float]


class Object(NamedTuple):
    """Something on the frame: a place on it, and three scribbles, in pixels of the scan."""

    at: tuple[int, int]
    lines: tuple[Line, Line, Line]


STREET = {
    "balloon": Object((548, 370), ((536, 355, 545, 392), (572, 356, 574, 380), (548, 345, 568, 345))),
    "left door": Object((246, 500), ((222, 436, 264, 546), (264, 436, 222, 546), (226, 500, 262, 500))),
    "right door": Object((462, 500), ((440, 436, 482, 520), (478, 436, 440, 546), (444, 470, 480, 470))),
    "red coat": Object((166, 540), ((160, 500, 152, 600), (172, 500, 178, 600), (152, 560, 180, 560))),
}


@pytest.fixture(scope="module")
def street() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The scan of a frame as it is shown, and where its objects are."""
    film, copy = Film(WIDTH, HEIGHT, FRAMES), FadedPrint(WIDTH, HEIGHT, BORDER, FRAMES, SEED)
    index = film.cuts[1] + 20
    clean = film.draw(index)
    scan = to_display((copy.scan(clean, index) / 1023).astype(np.float32), "cineon")
    chroma = to_ycbcr(cv2.bilateralFilter(copy.truth(clean, index), 9, 0.1, 3))[..., 1:]
    return scan, {name: _object(chroma, *one.at) for name, one in STREET.items()}


def _object(chroma: np.ndarray, x: int, y: int) -> np.ndarray:
    """What has the colour of a place and hangs together with it."""
    own = chroma[y - 3:y + 4, x - 3:x + 4].reshape(-1, 2).mean(0)
    alike = (np.hypot(*(chroma - own).transpose(2, 0, 1)) < 0.5 * np.hypot(*own)).astype(np.uint8)
    alike = cv2.morphologyEx(cv2.morphologyEx(alike, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    labels = cv2.connectedComponents(alike)[1]
    return labels == labels[y, x]


def _scribbled(picture: np.ndarray, names: list[str]) -> dict[str, np.ndarray]:
    """Where each of these objects is coloured when all of them are scribbled on."""
    h, w = picture.shape[:2]
    palette = [Swatch(number, name, (0.7, 0.3, 0.2)) for number, name in enumerate(names, 1)]
    done = tuple(Op("scribble", swatch.number, ((a / w, b / h, 1.0), (c / w, d / h, 1.0)), 0.006)
                 for swatch in palette for a, b, c, d in STREET[swatch.name].lines)
    painted = paint(Keyframe("1", "", done), picture, palette, Path("nowhere"))
    return {swatch.name: (painted.alpha > 0.5) & (painted.swatch == swatch.number) for swatch in palette}


@pytest.mark.parametrize("names", [list(STREET), ["balloon"], ["left door", "red coat"]], ids=len)
def test_objects_are_coloured_within_their_edges(street: tuple[np.ndarray, dict[str, np.ndarray]], names: list[str]) -> None:
    picture, objects = street
    for name, coloured in _scribbled(picture, names).items():
        there = objects[name]
        assert coloured[there].mean() >= 0.95, name
        assert (coloured & ~there).sum() <= 0.03 * there.sum(), name


def test_the_limit_stands_where_the_area_grows_least() -> None:
    """An object within 0.03 of its scribble, and the rest of the frame beyond 0.2."""
    field = np.full((50, 50), 0.2, np.float32) + np.linspace(0, 1, 2500, dtype=np.float32).reshape(50, 50)
    field[10:30, 10:30] = np.linspace(0, 0.03, 400).reshape(20, 20)
    assert 0.03 < limit(field, np.ones((50, 50), bool)) < 0.2
