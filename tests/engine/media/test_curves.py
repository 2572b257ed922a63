"""Functions as tables: near the function inside, the function itself beyond, each pixel by itself, and no table taken for another."""
from __future__ import annotations

import numpy as np
import pytest

from engine.media.curves import Curves, matrix, on_threads, processor, strips


def root(values: np.ndarray) -> np.ndarray:
    return np.sign(values) * np.sqrt(np.abs(values)) * np.array([1, 2, 3], np.float32)


def picture(low: float, high: float, size: tuple[int, int] = (40, 53)) -> np.ndarray:
    return np.random.default_rng(2).uniform(low, high, (*size, 3)).astype(np.float32)


@pytest.mark.parametrize(("low", "high"), [(0.2, 1.0), (-0.5, 3.0)])
def test_it_is_the_function_inside_and_beyond(low: float, high: float) -> None:
    values = picture(low, high)
    found = values.copy()
    Curves(root, 0.1, 1.0, 8192)(found)
    assert np.abs(found - root(values)).max() < (2e-6 if low > 0.1 else 2e-3)      # the root is steep near 0, where the table ends
    beyond = ((values < 0.1) | (values > 1)).any(-1)
    np.testing.assert_array_equal(found[beyond], root(values)[beyond].astype(np.float32))


def test_what_is_no_number_stays_none() -> None:
    values = picture(0.2, 1)
    values[3, 4, 1] = np.nan
    Curves(root, 0.1, 1.0, 64)(values)
    assert np.isnan(values[3, 4, 1]) and np.isfinite(np.delete(values.ravel(), (3 * 53 + 4) * 3 + 1)).all()


def test_a_pixel_depends_on_no_other_and_mixing_follows() -> None:
    values, mixed = picture(-0.2, 1.2), np.array([[0.5, 0.2, 0.3], [0, 1, -1], [0.1, 0, 2]])
    curves = Curves(root, 0.0, 1.0, 4096, matrix(mixed, np.array([0.1, 0.2, 0.3])))
    whole, part = values.copy(), np.ascontiguousarray(values[5:9, 7:12])
    curves(whole)
    curves(part)
    np.testing.assert_array_equal(whole[5:9, 7:12], part)
    assert np.abs(whole - (root(values) @ mixed.T + (0.1, 0.2, 0.3)))[values.min(-1) > 0.05].max() < 1e-4


def test_two_tables_of_one_length_are_not_taken_for_each_other() -> None:
    for factor in (1, 2, 3):
        values = picture(0, 1)
        expected = values * factor
        Curves(lambda v, factor=factor: v * np.float32(factor), 0.0, 1.0, 16)(values)       # type: ignore[misc]
        np.testing.assert_allclose(values, expected, atol=1e-6)


def test_strips_are_the_whole_picture_once_on_any_threads() -> None:
    for shape in ((1, 1, 3), (700, 301, 3), (5, 100_000, 3)):
        for threads in (1, 2):
            counted = np.zeros(shape[0], int)

            def count(rows: slice, counted: np.ndarray = counted) -> None:
                counted[rows] += 1

            on_threads(count, strips(shape), threads)
            assert (counted == 1).all()


def test_a_matrix_does_the_same_to_a_pixel_wherever_it_lies() -> None:
    values = picture(-1, 2, (9, 31))
    turned, part = values.copy(), np.ascontiguousarray(values[2:3, 4:5])
    for some in (turned, part):
        processor(matrix(np.array([[0.3, 0.7, 0.1], [1, 0, 0.2], [0, 0.4, 0.6]]))).applyRGB(some)
    np.testing.assert_array_equal(turned[2:3, 4:5], part)
