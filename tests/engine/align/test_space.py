"""Resampling through a matrix, coverage, and the masks."""
import cv2
import numpy as np
import pytest

from engine.align.masks import agreement
from engine.align.space import coverage, to_scan

from .films import REFERENCE, film, scanned, telecine, telecine_matrix

BORDER_OFF = slice(12, -12)


def waves(w, h, period):
    x, y = np.meshgrid(np.arange(w), np.arange(h))
    return (0.5 + 0.3 * np.sin(2 * np.pi * x / period) * np.cos(2 * np.pi * y / period)).astype(np.float32)


def shifted(dx, dy, sx=1.0, sy=1.0):
    return np.array([[sx, 0, dx], [0, sy, dy], [0, 0, 1.0]])


def test_a_shift_by_parts_of_a_pixel_is_exact():
    x, y = np.meshgrid(np.arange(100), np.arange(80))
    wanted = (0.5 + 0.3 * np.sin(2 * np.pi * (x + 3.3) / 16) * np.cos(2 * np.pi * (y - 2.6) / 16)).astype(np.float32)
    got = to_scan(waves(120, 90, 16), shifted(3.3, -2.6), (100, 80))
    assert np.abs(got - wanted)[BORDER_OFF, BORDER_OFF].max() < 0.01


def test_colour_goes_the_same_way_as_a_plane():
    plane, matrix = waves(60, 50, 9), shifted(2.2, 1.7, 0.5, 0.6)
    picture = to_scan(np.repeat(plane[..., None], 3, 2), matrix, (80, 60))
    assert picture.shape == (60, 80, 3)
    np.testing.assert_allclose(picture[..., 1], to_scan(plane, matrix, (80, 60)), atol=1e-6)


def test_what_is_too_fine_is_smoothed_away_and_not_folded():
    fine = waves(400, 300, 2.6)
    assert to_scan(fine, shifted(0, 0, 4, 4), (100, 75))[BORDER_OFF, BORDER_OFF].std() < 0.15 * fine.std()


def test_outside_the_reference_is_black_and_not_covered():
    matrix, size = shifted(-10, -5), (60, 50)
    seen, where = to_scan(np.ones((20, 30), np.float32), matrix, size), coverage(matrix, (30, 20), size)
    assert where[5:25, 10:40].all() and where.sum() == 20 * 30
    assert (seen[~where] == 0).all() and np.allclose(seen[where], 1)


def aligned_pair(subtitle):
    pictures, matrix = film(1, seed=20), telecine_matrix(20)
    scan, weave = scanned(pictures, 20)
    reference = telecine(pictures, matrix, 20, range(1) if subtitle else range(0)).read(0)
    gate = np.eye(3)
    gate[:2, 2] = 14 + weave[0]
    through = matrix @ np.linalg.inv(gate)
    size = (scan.info.width, scan.info.height)
    return scan.read(0), to_scan(reference, through, size), coverage(through, REFERENCE, size), through


def test_a_faded_and_grainy_pair_agrees():
    scan, reference, covered, _ = aligned_pair(False)
    trust = agreement(scan, reference, covered)
    assert trust.shape == covered.shape and trust.min() >= 0 and trust.max() <= 1
    inner = cv2.erode(covered.astype(np.uint8), np.ones((7, 7))) > 0
    assert (trust[inner] < 0.5).mean() < 0.08
    assert (trust[~covered] == 0).all()


def test_subtitles_are_left_out_and_little_else():
    scan, reference, covered, through = aligned_pair(True)
    text = np.zeros((REFERENCE[1], REFERENCE[0]), np.uint8)
    cv2.putText(text, "so it goes", (60, REFERENCE[1] - 24), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 255, 4, cv2.LINE_AA)
    text = to_scan(text.astype(np.float32) / 255, through, covered.shape[::-1])
    trust = agreement(scan, reference, covered)
    near = cv2.dilate((text > 0.05).astype(np.uint8), np.ones((13, 13))) > 0
    inner = cv2.erode(covered.astype(np.uint8), np.ones((7, 7))) > 0
    assert (trust[text > 0.5] < 0.5).mean() > 0.9
    assert (trust[inner & ~near] < 0.5).mean() < 0.08


def test_dirt_on_the_scan_is_left_out():
    scan, reference, covered, _ = aligned_pair(False)
    dirty = scan.copy()
    cv2.circle(dirty, (160, 120), 5, (0.98,) * 3, -1)
    assert agreement(dirty, reference, covered)[117:124, 157:164].max() < 0.3
    assert agreement(scan, reference, covered)[117:124, 157:164].mean() > 0.5


def test_another_picture_does_not_agree():
    scan, reference, covered, _ = aligned_pair(False)
    assert agreement(scan, np.ascontiguousarray(reference[:, ::-1]), covered)[covered].mean() < 0.35


@pytest.mark.parametrize("grain", [0.01, 0.05])
def test_plain_grain_is_no_disagreement(grain):
    rng = np.random.default_rng(1)
    plain = np.full((200, 260, 3), 0.4, np.float32)
    noisy = plain + (grain * rng.normal(size=(200, 260, 1))).astype(np.float32)
    assert agreement(noisy, plain, np.ones((200, 260), bool)).mean() > 0.9


def test_nothing_is_trusted_where_nothing_is_covered():
    picture = np.zeros((30, 40, 3), np.float32)
    assert not agreement(picture, picture, np.zeros((30, 40), bool)).any()
