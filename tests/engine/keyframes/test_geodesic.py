"""Distances along the cheapest ways, against a search that looks at every pixel in turn."""
from __future__ import annotations

import heapq

import cv2
import numpy as np
import pytest

from engine.keyframes.geodesic import FAR, distances, ground


def picture(seed: int, height: int = 40, width: int = 56) -> np.ndarray:
    blobs = np.random.default_rng(seed).random((6, 8, 3)).astype(np.float32)
    return np.clip(cv2.resize(blobs, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)


def spread_one_by_one(field: np.ndarray) -> np.ndarray:
    """Dijkstra's distances (1959) from the zeros of a field, with the costs that the field itself shows between neighbours near them."""
    height, width = field.shape
    queue = [(0.0, int(y), int(x)) for y, x in np.argwhere(field == 0)]
    heapq.heapify(queue)
    reached = np.full(field.shape, np.inf)
    while queue:
        at, y, x = heapq.heappop(queue)
        if at >= reached[y, x]:
            continue
        reached[y, x] = at
        for ny in range(max(0, y - 1), min(height, y + 2)):
            for nx in range(max(0, x - 1), min(width, x + 2)):
                heapq.heappush(queue, (at + abs(field[ny, nx] - field[y, x]), ny, nx))
    return reached


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_nearer_than_the_cheapest_way(seed: int) -> None:
    """No way over its pixels is cheaper than a field of distances says, and each pixel was reached from a neighbour."""
    seeds = np.zeros((1, 40, 56), bool)
    seeds[0, 20, 10 + 10 * seed] = True
    field = distances(ground(picture(seed)), seeds)[0]
    assert field.min() == 0 and field.max() < FAR
    np.testing.assert_allclose(spread_one_by_one(field), field, atol=2e-3)


def test_on_an_even_picture_the_way_is_as_long_as_it_is() -> None:
    seeds = np.zeros((1, 30, 50), bool)
    seeds[0, 15, 5] = True
    field = distances(ground(np.full((30, 50, 3), 0.4, np.float32)), seeds)[0]
    assert field[15, 45] == pytest.approx(40 * field[15, 6], rel=1e-3)
    assert field[25, 15] == pytest.approx(10 * 2**0.5 * field[15, 6], rel=1e-3)


def test_a_way_round_a_wall_is_found() -> None:
    wall = np.full((60, 60, 3), 0.3, np.float32)
    wall[10:, 20:24] = 0.9
    wall[:50, 36:40] = 0.9
    seeds = np.zeros((1, 60, 60), bool)
    seeds[0, 50, 5] = True
    field = distances(ground(wall), seeds)[0]
    assert field[20, 30] < 0.1 and field[10, 55] < 0.2       # through the gaps, first above, then below
    assert field[40, 22] > 0.2                              # in the wall


def test_kinds_do_not_touch_each_other() -> None:
    on = ground(picture(7))
    seeds = np.zeros((3, 40, 56), bool)
    for kind, (y, x) in enumerate(((3, 4), (30, 40), (18, 20))):
        seeds[kind, y:y + 2, x:x + 6] = True
    together = distances(on, seeds)
    for kind in range(3):
        np.testing.assert_array_equal(distances(on, seeds[kind:kind + 1])[0], together[kind])


def test_a_kind_without_seeds_reaches_nothing() -> None:
    assert (distances(ground(picture(1)), np.zeros((1, 40, 56), bool)) == FAR).all()
