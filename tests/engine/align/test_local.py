"""A smooth warp that was laid on a picture is found, whatever grain and grade lie over it."""
import cv2
import numpy as np
import pytest

from engine.align.local import LIMIT_PX, Local, local_fit
from engine.align.space import moved

from .films import texture


def luma_picture(seed, h=240, w=320):
    return texture(np.random.default_rng(seed), h, w).mean(2)


def smooth_field(seed, h, w, size):
    field = cv2.resize(np.random.default_rng(seed).normal(size=(2, 3, 2)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    return field * np.float32(size / np.sqrt(np.square(field).sum(2).mean()))


def warped(picture, field):
    """The picture that shows at x + field what `picture` shows at x."""
    y, x = np.mgrid[:picture.shape[0], :picture.shape[1]].astype(np.float32)
    back = field
    for _ in range(10):
        back = cv2.remap(field, x - back[..., 0], y - back[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return cv2.remap(picture, x - back[..., 0], y - back[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def laid_on(local, picture):
    return local.laid(picture, np.eye(3), (picture.shape[1], picture.shape[0]))


def apart(local, field):
    h, w = field.shape[:2]
    inner = np.square(local.dense((w, h)) - field).sum(2)[20:-20, 20:-20]
    return float(np.sqrt(inner.mean()))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_smooth_warp_is_found_through_grain_and_another_grade(seed):
    picture, noise = luma_picture(seed), np.random.default_rng(seed)
    field = smooth_field(seed, *picture.shape, 1.5)
    laid = 0.1 + 0.7 * np.clip(cv2.GaussianBlur(warped(picture, field), (0, 0), 1.0), 0, 1) ** 0.8
    scan = picture + noise.normal(size=picture.shape) * 0.02
    local = local_fit(scan.astype(np.float32), laid.astype(np.float32), np.ones_like(picture))
    assert apart(local, field) < 0.15
    assert local.residual_px < 0.3
    assert np.abs(laid_on(local, warped(picture, field)) - picture)[20:-20, 20:-20].mean() < 0.25 * np.abs(
        warped(picture, field) - picture)[20:-20, 20:-20].mean()


def test_what_is_not_trusted_has_no_say():
    picture = luma_picture(3)
    field = smooth_field(3, *picture.shape, 1.0)
    laid, weight = warped(picture, field), np.ones_like(picture)
    laid[80:140, 100:180], weight[80:140, 100:180] = np.nan, 0
    assert apart(local_fit(picture, laid, weight), field) < 0.15


@pytest.mark.parametrize("shift", [-1.5, 1.5])
def test_a_sliver_of_trust_in_a_tile_leaves_a_misfit_that_is_a_number(shift):
    picture = luma_picture(3)
    laid = warped(picture, np.full((*picture.shape, 2), (shift, 0), np.float32))
    weight = np.zeros_like(picture)
    weight[:, 26:294] = 1               # tiles are 26.7 wide: cubic interpolation swings below 0 in what is left of the outer ones
    local = local_fit(picture, laid, weight)
    assert np.abs(local.field[:, 1:-1, 0] - shift).max() < 0.2 and 0 <= local.residual_px < 0.3


def test_where_nothing_moves_the_picture_is_the_very_same():
    picture = luma_picture(4)
    local = local_fit(picture, picture * 0.8, np.ones_like(picture))
    assert np.array_equal(laid_on(local, picture), picture)


def test_matrix_and_field_resample_once():
    picture = texture(np.random.default_rng(8), 60, 80)[..., 0].astype(np.float32)
    local = Local(np.full((3, 4, 2), (-0.5, 0.5), np.float32), 0.0)
    assert np.abs(local.laid(picture, moved(0.5, -0.5), (80, 60)) - picture)[2:-2, 2:-2].max() < 1e-4


def test_pictures_that_do_not_belong_together_leave_more_than_the_limit():
    one, other = luma_picture(5), luma_picture(6)
    assert local_fit(one, other, np.ones_like(one)).residual_px > LIMIT_PX
    assert local_fit(one, other, np.zeros_like(one)).residual_px > LIMIT_PX


def test_a_picture_in_colour_moves_as_its_planes_do():
    local = Local(np.full((3, 4, 2), 2.0, np.float32), 0.0)
    picture = texture(np.random.default_rng(7), 60, 80).astype(np.float32)
    laid = laid_on(local, picture)
    assert np.allclose(laid[10:-10, 10:-10], picture[12:-8, 12:-8], atol=1e-3)
    assert np.array_equal(laid[..., 1], laid_on(local, picture[..., 1].copy()))
