"""Checks before any work: which is sharper, what is grey, what was blended."""
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.detail.checks import alike, field_blended, is_grey, sharpness, times_as_wide
from engine.media.colour import luma, to_display
from engine.media.open import open_source
from engine.media.reduce import reduced
from tests.engine.align.films import texture

SHARED = Path(__file__).parents[3] / ".." / "shared"


def scene(sigma=0.7, seed=None):
    plane = np.full((160, 200), 0.3, np.float32)
    for x, y, radius, tone in ((50, 60, 30, 0.8), (120, 100, 40, 0.6), (150, 40, 20, 0.1)):
        cv2.circle(plane, (x, y), radius, tone, -1, cv2.LINE_AA)
    soft = cv2.GaussianBlur(plane, (0, 0), sigma)
    return soft if seed is None else soft + np.random.default_rng(seed).normal(0, 0.02, plane.shape).astype(np.float32)


@pytest.mark.parametrize("seed", [None, 1])
def test_the_softer_is_told_whether_there_is_grain_or_not(seed):
    assert sharpness(scene(2.0, seed)) > 1.05 * sharpness(scene(0.7, seed))
    assert sharpness(scene(2.0)) > 1.05 * sharpness(scene(0.7, seed)) and sharpness(scene(2.0, seed)) > 1.05 * sharpness(scene(0.7))


def test_frames_without_edges_tell_nothing_and_very_crisp_ones_do():
    even = sharpness(np.full((160, 200), 0.5, np.float32))
    assert even == float("inf") and times_as_wide([(even, even), (even, 1.0), (1.0, even)]) is None
    assert times_as_wide([(1.0, 2.0), (even, even), (1.0, 2.0), (even, 1.0)]) == 2
    assert times_as_wide([(0.0, 0.0)]) == 1 and times_as_wide([(0.0, 1.0)]) > 5


def test_a_hard_edge_is_no_narrower_than_nothing():
    hard = np.full((160, 200), 0.2, np.float32)
    cv2.rectangle(hard, (60, 50), (140, 110), 0.8, -1)
    assert sharpness(hard) >= 0 and times_as_wide([(sharpness(hard), sharpness(scene(2.0)))]) > 5


def test_grey_is_grey_under_the_noise_of_its_coding_and_a_tint_or_a_patch_of_colour_is_not():
    grey = np.repeat(scene()[..., None], 3, 2)
    assert is_grey(grey) and is_grey(grey + np.random.default_rng(2).normal(0, 0.03, grey.shape).astype(np.float32))
    patch = grey.copy()
    patch[40:80, 40:80, 0] += 0.1
    assert not is_grey(grey + np.array([0.03, 0, -0.03], np.float32)) and not is_grey(patch)


def test_a_print_is_like_its_telecine_through_mould_and_grade_and_like_no_other():
    whole, other = (texture(np.random.default_rng(seed), 400, 500).mean(2) for seed in (1, 2))
    eaten = np.where(cv2.GaussianBlur(np.random.default_rng(3).normal(size=whole.shape), (0, 0), 4) > 0.04, 0.9, whole).astype(np.float32)
    covered = np.zeros(whole.shape, bool)
    covered[20:380, 30:470] = True
    telecine = np.where(covered, 0.1 + 0.7 * cv2.GaussianBlur(whole, (0, 0), 1.0), np.nan).astype(np.float32)
    assert alike(whole, telecine, covered) > 0.9
    assert 0.1 < alike(eaten, telecine, covered) < 0.9
    assert abs(alike(other, telecine, covered)) < 0.1 and abs(alike(np.full_like(whole, 0.5), telecine, covered)) < 0.01


def moving(count, step=6, noise=0.0):
    rng = np.random.default_rng(3)
    world = cv2.GaussianBlur(rng.uniform(0, 1, (80, 100 + step * count)).astype(np.float32), (0, 0), 2)
    return [world[:, i * step:i * step + 100] + rng.normal(0, noise, (80, 100)).astype(np.float32) for i in range(count)]


def between(frames, every):
    made = []
    for i, (a, b) in enumerate(pairwise(frames), 1):
        made += [a, (a + b) / 2] if i % every == 0 else [a]
    return made


@pytest.mark.parametrize("noise", [0.0, 0.01])
def test_blends_are_counted(noise):
    frames = moving(24)
    grainy = np.random.default_rng(4)
    for every, share in ((1, 0.5), (4, 0.2)):
        made = [frame + grainy.normal(0, noise, frame.shape).astype(np.float32) for frame in between(frames, every)]
        assert field_blended(made) == pytest.approx(share, abs=0.06)


@pytest.mark.parametrize("step", [0, 1, 6])
def test_frames_of_their_own_are_no_blends_slow_or_fast(step):
    assert field_blended(moving(20, step, 0.01)) == 0


@pytest.mark.parametrize("clip", ["bear", "cockatoo", "pillow"])
def test_real_film_that_was_not_blended_has_no_blends(clip):
    found = next(iter((SHARED / "clips").glob(f"{clip}.*")), None)
    if found is None:
        pytest.skip("the clips are not here")
    with open_source(found) as source:
        first = len(source) // 4
        frames = [luma(reduced(to_display(source.read(i), source.info.encoding), 640)) for i in range(first, first + 12)]
    assert field_blended(frames) == 0
    assert field_blended(between(frames, 1)) > 0.3


def test_a_few_frames_tell_nothing():
    assert field_blended(between(moving(2), 1)) == 0 == field_blended([])
