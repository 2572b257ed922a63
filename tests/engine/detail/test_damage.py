"""Damage is found where it was laid, and what is kept of the print never lies in it."""
import tracemalloc

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.detail.damage import damage, learnt, sound, telecine_tone

from ..align.films import texture

SIZE = (160, 220)
CROP = np.s_[14:-14, 20:-20]


def eaten(seed, share=0.35):
    """A scan, the pixels of it that are eaten, its telecine (not finite outside CROP), and where that shows anything."""
    rng = np.random.default_rng(seed)
    whole = 0.1 + 0.6 * texture(rng, *SIZE).mean(2)
    blotches = cv2.GaussianBlur(rng.normal(size=SIZE), (0, 0), 2.5)
    bad = blotches > np.quantile(blotches, 1 - share)
    scan = np.where(bad, 0.92 - 0.1 * whole, whole) + rng.normal(size=SIZE) * 0.01
    telecine = np.full(SIZE, np.nan, np.float32)
    telecine[CROP] = (0.08 + 0.8 * cv2.GaussianBlur(whole, (0, 0), 1.2))[CROP]
    return scan.astype(np.float32), bad, telecine, np.isfinite(telecine)


def found(damaged, bad, where):
    hit = ((damaged > 0.5) & bad & where).sum()
    return hit / (bad & where).sum(), hit / ((damaged > 0.5) & where).sum()


@pytest.mark.parametrize("seed", [1, 2])
def test_what_disagrees_with_the_telecine_is_damaged_and_looks_alike_outside(seed):
    scan, bad, telecine, covered = eaten(seed)
    damaged = damage(scan, telecine, covered, [])
    assert damaged.min() >= 0 and damaged.max() <= 1
    recall, precision = found(damaged, bad, covered)
    assert recall > 0.97 and precision > 0.9
    recall, precision = found(damaged, bad, ~covered)
    assert recall > 0.7 and precision > 0.75


def test_beyond_the_crop_memory_is_bounded_and_strips_change_nothing(monkeypatch):
    rng = np.random.default_rng(6)
    scan = rng.random((600, 800), np.float32)
    telecine = np.full(scan.shape, np.nan, np.float32)
    telecine[200:400, 200:500] = scan[200:400, 200:500]
    tracemalloc.start()
    found = damage(scan, telecine, np.isfinite(telecine), [scan])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500e6
    monkeypatch.setattr("engine.detail.damage._STRIP", 7001)
    assert np.abs(damage(scan, telecine, np.isfinite(telecine), [scan]) - found).max() < 1e-4


def test_a_frame_without_a_telecine_is_told_by_what_damage_looks_like_in_another():
    scan, _, telecine, covered = eaten(1)
    other, bad, _, _ = eaten(2)
    found_in_it = damage(other, None, None, [], learnt(scan, telecine, covered))
    recall, precision = found(found_in_it, bad, np.ones(SIZE, bool))
    assert recall > 0.7 and precision > 0.75
    assert learnt(scan, telecine, np.zeros(SIZE, bool)) is None


def test_a_whole_print_is_kept():
    scan, _, telecine, covered = eaten(3, share=0.0)
    damaged = damage(scan, telecine, covered, [])
    assert (damaged[covered] > 0.5).mean() < 0.01


def test_the_tone_is_found_under_much_damage():
    scan, bad, telecine, covered = eaten(4, share=0.5)
    tone = telecine_tone(scan, telecine, covered.astype(np.float32))
    off = np.abs(tone(telecine) - scan)[covered & ~bad]
    assert np.median(off) < 0.03
    assert (np.diff(tone.here) >= 0).all()


def test_without_a_telecine_specks_that_the_neighbours_do_not_show_are_found():
    rng = np.random.default_rng(5)
    whole = 0.2 + 0.5 * texture(rng, *SIZE).mean(2)
    others = [(whole + rng.normal(size=SIZE) * 0.01).astype(np.float32) for _ in range(3)]
    scan = (whole + rng.normal(size=SIZE) * 0.01).astype(np.float32)
    cv2.circle(scan, (80, 60), 3, 0.95, -1)
    cv2.line(scan, (150, 10), (150, 140), 0.02, 2)
    damaged = damage(scan, None, None, others)
    assert damaged[60, 80] > 0.5 and (damaged[20:130, 150] > 0.5).mean() > 0.9
    assert (damaged > 0.5).mean() < 0.03
    assert not damage(scan, None, None, []).any()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.0, 0.9))
def test_nothing_is_kept_of_damage_and_what_is_far_from_it_is_kept_whole(seed, share):
    damaged = (np.random.default_rng(seed).random((40, 50)) < share ** 3).astype(np.float32)
    kept = sound(damaged)
    assert not kept[damaged >= 0.5].any()
    far = cv2.dilate((damaged >= 0.5).astype(np.uint8), np.ones((13, 13), np.uint8)) == 0
    assert (kept[far] == 1).all()
