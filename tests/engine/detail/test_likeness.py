"""Likeness of planes: figures that can be said beforehand."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.detail.likeness import MOST_DB, psnr, ssim


def plane(seed, h=40, w=48):
    return np.random.default_rng(seed).uniform(0, 1, (h, w)).astype(np.float32)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100), st.floats(0.001, 0.5))
def test_psnr_of_an_even_difference_is_its_size(seed, apart):
    a = plane(seed)
    assert psnr(a, a + np.float32(apart), np.ones_like(a)) == pytest.approx(-20 * np.log10(apart), abs=0.05)


def test_planes_that_are_the_same_have_the_most_that_can_be_said():
    a = plane(1)
    assert psnr(a, a, np.ones_like(a)) == MOST_DB and ssim(a, a, np.ones_like(a)) == pytest.approx(1)


def test_what_has_no_weight_does_not_count():
    a, weight = plane(2), np.ones((40, 48), np.float32)
    b = a.copy()
    b[:, :20] = 0
    weight[:, :28] = 0
    assert psnr(a, b, weight) == MOST_DB and ssim(a, b, weight) == pytest.approx(1)


def test_half_the_weight_on_half_the_error():
    a, b, weight = np.zeros((8, 8), np.float32), np.zeros((8, 8), np.float32), np.ones((8, 8), np.float32)
    b[:4] = 0.1
    weight[4:] = 0.5
    assert psnr(a, b, weight) == pytest.approx(-10 * np.log10(0.01 * 2 / 3), abs=0.01)


def test_ssim_of_even_planes_is_that_of_their_light():
    a, b = np.full((32, 32), 0.4, np.float32), np.full((32, 32), 0.6, np.float32)
    assert ssim(a, b, np.ones_like(a)) == pytest.approx((2 * 0.24 + 1e-4) / (0.16 + 0.36 + 1e-4), abs=1e-3)


def test_ssim_falls_with_noise_and_turns_where_the_structure_is_turned():
    a, noise = plane(3), plane(4) - 0.5
    one = np.ones_like(a)
    assert 1 > ssim(a, a + 0.2 * noise, one) > ssim(a, a + noise, one) > 0 > ssim(a, 1 - a, one)


def test_without_weight_there_is_no_figure():
    a = plane(5)
    for measure in (psnr, ssim):
        with pytest.raises(ValueError, match="weight"):
            measure(a, a, np.zeros_like(a))
