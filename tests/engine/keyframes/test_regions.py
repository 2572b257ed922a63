"""Regions hold to what the picture shows."""
from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.keyframes.regions import AREA, FEWEST, MOST, WHOLE, Neighbours, regions, sized
from engine.media.source import Picture

COLOURS = ((0.7, 0.66, 0.68), (0.3, 0.25, 0.28), (0.5, 0.45, 0.5), (0.45, 0.5, 0.44))


def scene(seed: int) -> tuple[Picture, np.ndarray]:
    """Ellipses of faded colours on a ground with grain, and which is where."""
    rng = np.random.default_rng(seed)
    which = np.zeros((192, 320), np.uint8)
    for place, (x, y) in enumerate(((80, 60), (220, 70), (150, 130)), 1):
        cv2.ellipse(which, (x, y), (int(rng.integers(35, 50)), int(rng.integers(25, 40))), float(rng.uniform(0, 90)), 0, 360, place, -1)
    picture = np.array(COLOURS, np.float32)[which] + rng.normal(0, 0.012, (192, 320, 3)).astype(np.float32)
    return picture, which


@pytest.mark.parametrize("seed", range(3))
def test_regions_do_not_cross_the_edges_of_objects(seed: int) -> None:
    picture, which = scene(seed)
    labels = regions(picture)
    most = [np.bincount(which[labels == label]).max() for label in range(labels.max() + 1)]
    assert sum(most) / labels.size > 0.985
    assert labels.dtype == np.int32 and labels.shape == which.shape
    assert FEWEST <= labels.max() + 1 <= MOST


def test_regions_are_of_one_piece_and_the_same_again() -> None:
    picture, _ = scene(0)
    labels = regions(picture)
    for label in range(labels.max() + 1):
        assert cv2.connectedComponents((labels == label).astype(np.uint8), connectivity=4)[0] == 2
    np.testing.assert_array_equal(labels, regions(picture))


def test_a_picture_that_shows_nothing_is_cut_all_the_same() -> None:
    labels = regions(np.full((96, 96, 3), 0.4, np.float32))
    assert 1 <= labels.max() + 1 <= MOST


@settings(max_examples=20, deadline=None)
@given(st.integers(20, 900), st.integers(20, 900))
def test_pictures_of_any_shape_are_looked_at_with_about_as_many_pixels(height: int, width: int) -> None:
    tall, wide = sized(np.zeros((height, width, 3), np.float32)).shape[:2]
    assert tall % WHOLE == wide % WHOLE == 0
    assert 0.6 < tall * wide / AREA < 1.5


def test_neighbours_are_those_that_touch() -> None:
    labels = np.array([[0, 0, 1], [0, 0, 1], [2, 2, 2]], np.int32)
    found = Neighbours.of(labels)
    assert {tuple(pair): int(n) for pair, n in zip(found.pairs, found.length, strict=True)} == {(0, 1): 2, (0, 2): 2, (1, 2): 1}
