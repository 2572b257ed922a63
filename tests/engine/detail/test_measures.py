"""Measures of a result beside its target: each says what it is there to say."""
import json
from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.detail.measures import BANDS, Measures, grain_beside, mean, measure_pair, psnr, spectrum

ONE = np.ones((256, 256), np.float32)


def noise(seed, size):
    plane = cv2.GaussianBlur(np.random.default_rng(seed).normal(size=(256, 256)).astype(np.float32), (0, 0), size)
    return plane / plane.std()


def scene():
    plane = np.tile(np.linspace(0.2, 0.8, 256, dtype=np.float32), (256, 1))
    cv2.circle(plane, (100, 130), 60, 0.75, -1, cv2.LINE_AA)
    return cv2.GaussianBlur(plane, (0, 0), 0.7) + 0.01 * noise(1, 0.6)


def test_a_result_that_is_its_target_is_faultless():
    target = scene()
    found = measure_pair(target, target, cv2.GaussianBlur(target, (0, 0), 1), ONE)
    assert found.psnr == 100 and found.ssim == pytest.approx(1) and found.spectrum == pytest.approx((1,) * BANDS)
    assert found.grain == pytest.approx(1) and found.edge_px == pytest.approx(0, abs=1e-6) and found.invented == 0


def test_a_soft_result_lacks_the_fine_bands_and_the_grain_but_not_the_coarse():
    target = scene()
    soft = cv2.GaussianBlur(target, (0, 0), 1.5)
    found = measure_pair(soft, target, soft, ONE)
    assert found.spectrum[0] > 0.9 and found.spectrum[-1] < 0.01 and found.grain < 0.5 and found.ssim < 1 and found.psnr < 45
    assert found.invented < 0.005


@pytest.mark.parametrize("gain", [0.5, 2.0])
def test_the_spectrum_is_the_power_of_each_band(gain):
    target = noise(2, 0.3)
    low = cv2.GaussianBlur(target, (0, 0), 4)
    found = spectrum(low + np.float32(gain) * (target - low), target, ONE)
    assert found[-1] == pytest.approx(gain ** 2, rel=0.03) and found[0] == pytest.approx(1, abs=0.25)


def test_the_spectrum_of_a_small_picture_has_all_bands():
    small = noise(3, 0.5)[:24, :30]
    assert spectrum(2 * small, small, np.ones_like(small)) == pytest.approx((4,) * BANDS, rel=0.01)
    assert spectrum(small[:1, :1], small[:1, :1], np.ones((1, 1), np.float32)) == (1,) * BANDS


@pytest.mark.parametrize("times", [0.5, 1.0, 2.0])
def test_grain_is_compared(times):
    plain = np.tile(np.linspace(0.2, 0.8, 256, dtype=np.float32), (256, 1))
    found = grain_beside(plain + 0.015 * times * noise(4, 0.7), plain + 0.015 * noise(5, 0.7), ONE)
    assert found.strength == pytest.approx(times, rel=0.15) and found.likeness > 0.9
    assert found.size == pytest.approx(found.wanted_size, rel=0.15)
    assert grain_beside(plain + 0.015 * noise(4, 0.7), plain, ONE) == (None,) * 4


def test_coarser_grain_is_larger_and_less_alike_whatever_its_strength():
    plain = np.tile(np.linspace(0.2, 0.8, 256, dtype=np.float32), (256, 1))
    found = grain_beside(plain + 0.02 * noise(4, 1.4), plain + 0.01 * noise(5, 0.6), ONE)
    assert found.size > 1.6 * found.wanted_size and found.likeness < 0.85
    none = grain_beside(plain, plain + 0.01 * noise(5, 0.6), ONE)
    assert none.size is None is none.likeness and none.wanted_size == pytest.approx(found.wanted_size)


def test_the_mean_leaves_out_what_is_not_told():
    one = Measures(30.0, 0.9, (1.0,) * BANDS, 4.0, None, 0.0)
    other = Measures(40.0, 0.7, (0.25,) * BANDS, 1.0, 0.5, 0.2)
    untold = Measures(35.0, 0.8, (0.5,) * BANDS, None, None, 0.1)
    assert mean([one, other, untold]) == Measures(
        pytest.approx(35), pytest.approx(0.8), pytest.approx((0.5,) * BANDS), pytest.approx(2), 0.5, pytest.approx(0.1))
    assert mean([one, replace(other, grain_size=2.0), replace(untold, grain_size=3.0)]).grain_size == 2.5
    assert mean([untold]).grain is None and mean([untold]).edge_px is None
    with pytest.raises(ValueError, match="no measures"):
        mean([])


def test_it_goes_through_json():
    for one in (measure_pair(scene(), scene() + 0.01, scene(), ONE), Measures(1.0, 0.5, (1.0,) * BANDS, None, None, 0.0)):
        assert Measures.from_json(json.loads(json.dumps(one.as_json()))) == one


def test_what_was_measured_before_the_size_of_grain_says_nothing_of_it():
    older = {name: value for name, value in Measures(1.0, 0.5, (1.0,) * BANDS, 2.0, None, 0.0).as_json().items()
             if not name.startswith("grain_")}
    read = Measures.from_json(older)
    assert read.grain == 2.0 and read.grain_size is None is read.grain_likeness and mean([read]).grain_wanted_size is None


def test_without_weight_there_are_no_measures():
    assert psnr(scene(), scene() + 0.1, ONE) == pytest.approx(20, abs=0.01)
    with pytest.raises(ValueError, match="weight"):
        measure_pair(scene(), scene(), scene(), 0 * ONE)
