"""Strokes cover the same part of a frame of any size."""
from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.keyframes.strokes import brush, lasso

places = st.tuples(st.floats(-0.1, 1.1), st.floats(-0.1, 1.1), st.floats(0.1, 1))
broad = st.lists(st.tuples(st.floats(-0.1, 1.1), st.floats(-0.1, 1.1), st.floats(0.5, 1)), min_size=1, max_size=8).map(tuple)
lines = st.lists(places, min_size=1, max_size=8).map(tuple)


def halved(plane: np.ndarray) -> np.ndarray:
    return cv2.resize(plane, (plane.shape[1] // 2, plane.shape[0] // 2), interpolation=cv2.INTER_AREA)


def off(small: np.ndarray, large: np.ndarray, least: float) -> float:
    """The share of pixels where the large one covers what neither that pixel of the small one nor one beside it does, or the other way
    round."""
    window = np.ones((3, 3), np.uint8)
    low, high = cv2.erode(small, window), cv2.dilate(small, window)
    return float(((low - least > large) | (large > high + least)).mean())


def within_a_pixel(small: np.ndarray, large: np.ndarray, least: float = 0.05) -> bool:
    return off(small, large, least) == 0


@settings(max_examples=40, deadline=None)
@given(broad, st.floats(0.04, 0.2), st.floats(0, 1))
def test_a_brush_covers_the_same_at_two_sizes(points: tuple, size: float, hardness: float) -> None:
    small, large = brush(points, size, hardness, (75, 100)), brush(points, size, hardness, (150, 200))
    assert within_a_pixel(small.whole((75, 100)), halved(large.whole((150, 200))), 0.15)


@settings(max_examples=40, deadline=None)
@given(st.lists(places, min_size=3, max_size=6).map(tuple), st.floats(0, 1))
def test_a_lasso_covers_the_same_at_two_sizes(points: tuple, hardness: float) -> None:
    """But for the tips of needles, which are thinner than what a pixel is divided into."""
    small, large = lasso(points, hardness, (75, 100)), lasso(points, hardness, (150, 200))
    assert off(small.whole((75, 100)), halved(large.whole((150, 200))), 0.15) <= 0.01


@settings(max_examples=40, deadline=None)
@given(lines, st.floats(0.001, 0.3), st.floats(0, 1))
def test_nothing_is_covered_more_than_whole_or_outside_the_box(points: tuple, size: float, hardness: float) -> None:
    cover = brush(points, size, hardness, (60, 80))
    assert ((cover.alpha >= 0) & (cover.alpha <= 1)).all()
    assert cover.alpha.shape == (cover.box[2] - cover.box[0], cover.box[3] - cover.box[1])
    assert 0 <= cover.box[0] <= cover.box[2] <= 60 and 0 <= cover.box[1] <= cover.box[3] <= 80


@pytest.mark.parametrize("pressure", [0.25, 0.5, 1.0])
def test_pressure_scales_the_size(pressure: float) -> None:
    plane = brush(((0.5, 0.5, pressure),), 0.2, 1.0, (200, 200)).whole((200, 200))
    assert plane.sum() == pytest.approx(np.pi * (20 * pressure) ** 2, rel=0.03)


def test_a_soft_brush_fades_from_the_middle() -> None:
    row = brush(((0.5, 0.5, 1.0),), 0.4, 0.0, (101, 101)).whole((101, 101))[50]
    assert row[50] > 0.95 and 0.4 < row[60] < 0.6 and row[71] == 0


def test_a_stroke_that_crosses_itself_is_no_denser_there() -> None:
    once = brush(((0.2, 0.5, 1.0), (0.8, 0.5, 1.0)), 0.1, 0.0, (100, 100)).whole((100, 100))
    twice = brush(((0.2, 0.5, 1.0), (0.8, 0.5, 1.0), (0.2, 0.5, 1.0)), 0.1, 0.0, (100, 100)).whole((100, 100))
    np.testing.assert_allclose(once, twice, atol=1e-5)


def test_a_lasso_encloses_its_area() -> None:
    plane = lasso(((0.1, 0.1, 1.0), (0.6, 0.1, 1.0), (0.6, 0.6, 1.0), (0.1, 0.6, 1.0)), 1.0, (100, 200)).whole((100, 200))
    assert plane.sum() == pytest.approx(100 * 50, rel=0.02) and plane[30, 60] == 1 and plane[80, 60] == 0
