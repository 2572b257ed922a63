"""Edges: how wide they are, and how far they lie apart."""
from itertools import pairwise

import cv2
import numpy as np
import pytest

from engine.detail.edges import apart, strong_edges, width

ONE = np.ones((160, 160), np.float32)


def disc(sigma=1.0, dx=0.0, dy=0.0):
    """A light disc with edges of a known softness, at any place."""
    y, x = np.mgrid[:160, :160].astype(np.float32)
    far = 45 - np.hypot(x - 80 - dx, y - 80 - dy)
    return (0.5 + 0.3 * np.tanh(0.851 * far / sigma)).astype(np.float32)


def grain(seed, strength):
    plane = cv2.GaussianBlur(np.random.default_rng(seed).normal(size=(160, 160)).astype(np.float32), (0, 0), 0.7)
    return strength * plane / plane.std()


@pytest.mark.parametrize("strength", [0.0, 0.03])
def test_wider_edges_are_told_from_sharper_ones_under_grain(strength):
    widths = [width(disc(sigma) + grain(1, strength), ONE) for sigma in (0.7, 1.0, 1.6, 2.4)]
    assert all(a * 1.15 < b for a, b in pairwise(widths))
    assert widths[1] == pytest.approx(1.0, rel=0.2)


@pytest.mark.parametrize("shift", [0.0, 0.3, 1.0, 2.0])
def test_edges_that_moved_are_as_far_apart_as_they_moved_across(shift):
    found = apart(disc(1.4, shift), disc(1.0), ONE)
    assert found == pytest.approx(shift * np.sqrt(0.5), abs=0.06)


def test_softness_and_grain_move_no_edge():
    assert apart(disc(2.0), disc(1.0), ONE) < 0.15
    assert apart(disc(1.0) + grain(2, 0.02), disc(1.0), ONE) < 0.2


def test_edges_lie_on_edges_and_within_weight():
    weight = ONE.copy()
    weight[:, 80:] = 0
    edges = strong_edges(disc(), weight)
    assert len(edges.x) > 30 and edges.x.max() < 80
    assert np.abs(np.hypot(edges.x - 80, edges.y - 80) - 45).max() < 1.5


def test_where_there_are_no_edges_nothing_is_said():
    even = np.full((160, 160), 0.5, np.float32)
    for plane in (even, even + grain(3, 0.01)):
        assert width(plane, ONE) is None and apart(plane, plane, ONE) is None
    assert apart(even, disc(), ONE) is None and width(disc(), 0 * ONE) is None and width(disc()[:12, :12], ONE[:12, :12]) is None
