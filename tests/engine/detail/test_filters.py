"""The classical baselines: a filter that made a pair is found again, and noise is taken off where there is noise."""
import json

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.detail.filters import LinearFilter, denoised, noise


def scene(seed, h=96, w=112):
    """Soft shapes and fine detail."""
    rng = np.random.default_rng(seed)
    plane = cv2.resize(rng.uniform(0.2, 0.8, (h // 16, w // 16)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    return plane + cv2.GaussianBlur(rng.normal(0, 0.08, (h, w)).astype(np.float32), (0, 0), 0.7)


def error(a, b):
    return float(np.sqrt(np.mean((a - b)[8:-8, 8:-8] ** 2)))


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 1000), st.floats(0.5, 1.5), st.floats(0.5, 1.2), st.floats(-0.2, 0.2))
def test_a_softening_is_found_again(seed, sigma, gain, offset):
    planes = [scene(seed + i) for i in range(3)]
    softened = [gain * cv2.GaussianBlur(plane, (15, 15), sigma) + np.float32(offset) for plane in planes]
    found = LinearFilter.fit(zip(planes[:2], softened[:2], [np.ones_like(planes[0])] * 2, strict=True))
    assert error(found.apply(planes[2]), softened[2]) < 2e-3
    assert found.kernel.sum() == pytest.approx(gain, abs=0.02) and found.offset == pytest.approx(offset, abs=0.02)


def test_a_sharpening_filter_brings_an_unseen_picture_nearer():
    planes = [scene(i) for i in range(3)]
    soft = [cv2.GaussianBlur(plane, (0, 0), 1.0) for plane in planes]
    found = LinearFilter.fit((s, plane, np.ones_like(plane)) for s, plane in zip(soft[:2], planes[:2], strict=True))
    assert error(found.apply(soft[2]), planes[2]) < 0.5 * error(soft[2], planes[2])


def test_what_has_no_weight_does_not_count():
    plane = scene(4)
    target, weight = plane * np.float32(0.8), np.ones_like(plane)
    target[:40], weight[:40] = 0, 0
    assert np.abs(LinearFilter.fit([(plane, target, weight)]).apply(plane) - plane * 0.8).max() < 2e-3


def test_a_strip_more_or_less_changes_nothing(monkeypatch):
    plane = scene(5)
    pair = (plane, cv2.GaussianBlur(plane, (0, 0), 1), np.ones_like(plane))
    whole = LinearFilter.fit([pair])
    monkeypatch.setattr("engine.detail.filters._STRIP_PIXELS", 1000)
    assert np.abs(LinearFilter.fit([pair]).apply(plane) - whole.apply(plane)).max() < 1e-3


def test_without_a_pair_that_tells_the_picture_is_left_alone():
    plane, small = scene(6), np.zeros((10, 40), np.float32)
    for pairs in ([], [(small, small, small)], [(plane, plane * 2, np.zeros_like(plane))]):
        assert np.abs(LinearFilter.fit(pairs).apply(plane) - plane).max() < 1e-6


def test_it_goes_through_json():
    found = LinearFilter.fit([(scene(7), scene(8), np.ones((96, 112), np.float32))])
    again = LinearFilter.from_json(json.loads(json.dumps(found.as_json())))
    assert np.array_equal(again.kernel, found.kernel) and again.offset == found.offset and again.kernel.shape == (15, 15)


@pytest.mark.parametrize("sigma", [0.01, 0.05])
def test_noise_is_measured_over_a_picture_with_edges(sigma):
    plane = np.zeros((128, 128), np.float32)
    cv2.circle(plane, (64, 64), 40, 0.8, -1, cv2.LINE_AA)
    noisy = plane + np.random.default_rng(1).normal(0, sigma, plane.shape).astype(np.float32)
    assert noise(noisy) == pytest.approx(sigma, rel=0.1) and noise(plane) == 0


def test_noise_is_taken_off_and_a_clean_plane_is_left_alone():
    plane = np.full((96, 96), 0.2, np.float32)
    cv2.circle(plane, (48, 48), 30, 0.7, -1, cv2.LINE_AA)
    noisy = plane + np.random.default_rng(2).normal(0, 0.03, plane.shape).astype(np.float32)
    assert error(denoised(noisy), plane) < 0.5 * error(noisy, plane)
    assert np.array_equal(denoised(plane), plane)
