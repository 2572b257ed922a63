"""Gamut: colour is brought in, luma and hue stay."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.apply.gamut import into_gamut
from engine.media.colour import luma, to_ycbcr


@given(st.integers(0, 10_000), st.sampled_from([(0.0, 1.0), (-0.1, 1.3)]))
def test_colour_comes_in_and_luma_stays(seed: int, held: tuple[float, float]) -> None:
    low, high = held
    picture = np.random.default_rng(seed).uniform(-0.5, 1.5, (9, 11, 3)).astype(np.float32)
    result = into_gamut(picture, low, high)
    np.testing.assert_allclose(luma(result), luma(picture), atol=1e-5)
    reachable = (luma(picture) >= low) & (luma(picture) <= high)
    assert result[reachable].min() >= low - 1e-5
    assert result[reachable].max() <= high + 1e-5
    before, after = to_ycbcr(picture)[..., 1:], to_ycbcr(result)[..., 1:]
    np.testing.assert_allclose(before[..., 0] * after[..., 1], before[..., 1] * after[..., 0], atol=1e-5)
    assert (np.hypot(*np.moveaxis(after, -1, 0)) <= np.hypot(*np.moveaxis(before, -1, 0)) + 1e-6).all()


def test_it_goes_just_as_far_as_it_must() -> None:
    picture = np.array([[[1.2, 0.5, 0.4], [0.2, 0.5, 0.9]]], np.float32)
    result = into_gamut(picture)
    assert result[0, 0].max() == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_allclose(result[0, 1], picture[0, 1], atol=1e-6)


def test_luma_beyond_the_range_becomes_neutral() -> None:
    result = into_gamut(np.array([[[1.4, 1.2, 1.3], [-0.1, -0.2, 0.0]]], np.float32))
    assert np.ptp(result, axis=-1).max() < 1e-6
