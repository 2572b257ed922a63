"""Neighbours lie on the frame by the telecine's motion, and fill what is eaten."""
import cv2
import numpy as np
import pytest

from engine.detail.neighbours import merged, neighbours

from ..align.films import texture

CROP = np.s_[12:-12, 16:-16]


def panning(step, eaten=True, count=5):
    """Scans, what is eaten of each, telecines, and the whole pictures of a camera that pans by `step` (dx, dy) a frame."""
    rng = np.random.default_rng(1)
    ground = 0.1 + 0.6 * texture(rng, 200, 260).mean(2)
    scans, bad, telecines, whole = [], [], [], []
    for t in range(count):
        at = np.float32([[1, 0, -30 - step[0] * t], [0, 1, -30 - step[1] * t]])
        picture = cv2.warpAffine(ground, at, (180, 140), flags=cv2.INTER_CUBIC)
        blotch = cv2.GaussianBlur(rng.normal(size=picture.shape), (0, 0), 2.5)
        hole = (blotch > np.quantile(blotch, 0.7)) & eaten
        telecine = np.full(picture.shape, np.nan, np.float32)
        telecine[CROP] = cv2.GaussianBlur(picture, (0, 0), 1.0)[CROP]
        scans.append(np.where(hole, 0.95, picture).astype(np.float32))
        bad.append(hole)
        telecines.append(telecine)
        whole.append(picture)
    return scans, bad, telecines, whole


@pytest.mark.parametrize("step", [(2.0, 0.0), (-1.3, 0.7)])
def test_the_motion_is_found_and_goes_on_outside_the_crop(step):
    scans, _, telecines, _ = panning(step)
    found = neighbours(scans.__getitem__, telecines.__getitem__, 2, range(5))
    for near, offset in zip(found, (-1, 1, -2, 2), strict=True):
        off = np.linalg.norm(near.motion + offset * np.array(step), axis=2)
        assert np.median(off) < 0.15 and np.percentile(off, 97) < 0.5
        assert near.weight[30:-30, 30:-30].mean() > 0.7


def test_sound_neighbours_fill_what_is_eaten():
    scans, bad, telecines, whole = panning((1.5, 0.4))
    found = neighbours(scans.__getitem__, telecines.__getitem__, 2, range(5))
    sound = [(~cv2.dilate(bad[k].astype(np.uint8), np.ones((3, 3))).astype(bool)).astype(np.float32) for k in (1, 3, 0, 4)]
    filled, weight = merged(found, sound)
    hole = bad[2] & (weight > 0.3)
    assert hole.sum() > 0.5 * bad[2].sum()
    assert np.abs(filled - whole[2])[hole].mean() < 0.1 * np.abs(scans[2] - whole[2])[hole].mean()


def test_frames_that_are_not_there_are_the_frame_itself_and_have_no_weight():
    scans, _, telecines, _ = panning((1.0, 0.0))
    found = neighbours(scans.__getitem__, lambda k: None if k == 2 else telecines[k], 1, range(1, 5))
    for near in found[:3]:
        assert np.array_equal(near.plane, scans[1]) and not near.weight.any()
    assert found[3].weight.any()
