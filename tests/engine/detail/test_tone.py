"""Tone: a curve of luma that is fitted, monotone, and not carried to shots that it would not serve."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.detail.tone import HIGH, LOW, Gathered, Tone, Tones, pooled


def plane(seed: int, size: int = 96) -> np.ndarray:
    return np.random.default_rng(seed).random((size, size)).astype(np.float32)


def gathered(scan: np.ndarray, target: np.ndarray) -> Gathered:
    found = Gathered()
    found.add(scan, target, np.ones_like(scan))
    return found


@pytest.mark.parametrize("gamma", [0.6, 1.0, 1.7])
def test_a_grade_is_found_to_a_code_value_of_eight_bits(gamma: float) -> None:
    scan = plane(1, 256)
    target = 0.05 + 0.8 * scan ** gamma
    made = gathered(scan, target.astype(np.float32)).tone().apply(scan)
    middle = (scan > 0.05) & (scan < 0.95)
    assert np.abs(made - target)[middle].max() < 2 / 255


def test_without_pixels_nothing_changes_and_beyond_the_curve_it_goes_on() -> None:
    values = np.linspace(LOW - 0.5, HIGH + 0.5, 101, dtype=np.float32)[None]
    np.testing.assert_allclose(Gathered().tone().apply(values), values, atol=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-1, 2), min_size=2, max_size=30), st.integers(0, 2**32 - 1))
def test_pooling_gives_the_nearest_values_that_do_not_fall(values: list[float], seed: int) -> None:
    given_values = np.array(values)
    weight = np.random.default_rng(seed).uniform(0.1, 5, len(values))
    found = pooled(given_values, weight)
    assert (np.diff(found) >= -1e-9).all()
    assert abs((found * weight).sum() - (given_values * weight).sum()) < 1e-6
    if (np.diff(given_values) >= 0).all():
        np.testing.assert_allclose(found, given_values)


def test_a_grade_that_all_shots_share_is_carried_to_others_and_one_that_they_do_not_is_not() -> None:
    scans = [plane(seed) for seed in range(3)]
    same = Tones.fit({f"s{k}": gathered(scan, (0.1 + 0.7 * scan).astype(np.float32)) for k, scan in enumerate(scans)})
    assert abs(float(same.of("another").apply(np.float32([[0.5]]))[0, 0]) - 0.45) < 0.01
    grades = (lambda x: x * 0.6, lambda x: x, lambda x: 0.4 + 0.6 * x)
    graded = enumerate(zip(scans, grades, strict=True))
    apart = Tones.fit({f"s{k}": gathered(scan, grade(scan).astype(np.float32)) for k, (scan, grade) in graded})
    assert apart.of("another") == Tone.identity()
    assert abs(float(apart.of("s0").apply(np.float32([[0.5]]))[0, 0]) - 0.3) < 0.01


def test_tones_come_back_from_json() -> None:
    tones = Tones.fit({"s": gathered(plane(1), plane(1) * np.float32(0.5))})
    assert Tones.from_json(tones.as_json()) == tones
