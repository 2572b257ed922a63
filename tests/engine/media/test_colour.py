"""Colour encodings: known points, exact ways back, nothing clipped, nothing altered."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UsageError
from engine.media.colour import (
    ENCODINGS,
    LUMA,
    from_display,
    from_ycbcr,
    guess_dpx,
    guess_exr,
    guess_picture,
    guess_video,
    luma,
    to_display,
    to_ycbcr,
)


def grey(values: np.ndarray) -> np.ndarray:
    return np.repeat(np.asarray(values, np.float32)[None, :, None], 3, 2)


def bt709(linear: np.ndarray) -> np.ndarray:
    return np.where(linear < 0.018, 4.5 * linear, 1.099 * np.maximum(linear, 1e-9) ** 0.45 - 0.099)


def test_cineon_is_the_formula_of_kodak_under_the_curve_of_bt709() -> None:
    codes = np.arange(95, 1024)
    black = 10 ** ((95 - 685) * 0.002 / 0.6)
    linear = (10 ** ((codes - 685) * 0.002 / 0.6) - black) / (1 - black)
    assert np.abs(to_display(grey(codes / 1023), "cineon")[0, :, 1] - bt709(linear)).max() < 4e-4


@pytest.mark.parametrize(("encoding", "value", "display"), [
    ("linear", 1, 1), ("linear", 0.18, 0.409), ("linear", 0, 0), ("srgb", 1, 1), ("srgb", 0.5, 0.4500), ("aces", 1, 1),
    ("aces", 0.18, 0.409), ("acescg", 1, 1), ("acescg", 0.18, 0.409),
    ("cineon", 685 / 1023, 1), ("cineon", 95 / 1023, 0), ("adx10", 445 / 1023, 0.409),
])
def test_known_points(encoding: str, value: float, display: float) -> None:
    assert to_display(grey(np.array([value])), encoding).max() == pytest.approx(display, abs=1e-3)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_10_bit_code_survives_the_way_to_display_and_back(encoding: str) -> None:
    codes = np.arange(1024)
    back = from_display(to_display(grey(codes / 1023), encoding), encoding)
    assert np.array_equal(np.rint(back[0] * 1023), np.repeat(codes[:, None], 3, 1))


@pytest.mark.parametrize("encoding", ["rec709", "srgb", "linear", "cineon"])
def test_every_16_bit_code_survives(encoding: str) -> None:
    codes = np.arange(65536)
    back = from_display(to_display(grey(codes / 65535), encoding), encoding)
    assert np.array_equal(np.rint(back[0, :, 0] * 65535), codes)


@pytest.mark.parametrize("encoding", ["rec709", "srgb", "linear", "aces", "acescg"])
@given(values=st.lists(st.floats(-0.5, 3, width=32), min_size=3, max_size=3))
def test_display_values_outside_0_to_1_survive(encoding: str, values: list[float]) -> None:
    picture = np.array(values, np.float32).reshape(1, 1, 3)
    assert np.abs(to_display(from_display(picture, encoding), encoding) - picture).max() < 5e-5


def test_codes_above_reference_white_keep_their_order() -> None:
    display = to_display(grey(np.arange(685, 1024) / 1023), "cineon")[0, :, 0]
    assert display[0] == pytest.approx(1, abs=1e-6) and np.all(np.diff(display) > 0) and display[-1] > 3


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_input_is_left_alone_and_bands_make_no_difference(encoding: str) -> None:
    picture = np.random.default_rng(3).uniform(0, 1, (1100, 8, 3)).astype(np.float32)
    kept = picture.copy()
    whole = to_display(picture, encoding)
    assert np.array_equal(picture, kept)
    assert whole.base is not picture and not np.shares_memory(whole, picture)
    assert np.array_equal(whole[500:520], to_display(picture[500:520], encoding))


def test_unknown_encoding_is_told() -> None:
    with pytest.raises(UsageError, match="rec2020"):
        to_display(np.zeros((1, 1, 3), np.float32), "rec2020")


@given(st.lists(st.floats(-1, 4, width=32), min_size=3, max_size=3))
def test_luma_and_chroma_come_back(values: list[float]) -> None:
    rgb = np.array(values, np.float32).reshape(1, 1, 3)
    ycc = to_ycbcr(rgb)
    assert np.abs(ycc[..., 0] - rgb @ LUMA).max() < 1e-5 and np.abs(luma(rgb) - rgb @ LUMA).max() < 1e-5
    assert np.abs(from_ycbcr(ycc) - rgb).max() < 1e-5


def test_chroma_is_within_a_half() -> None:
    corners = np.array(np.meshgrid([0, 1], [0, 1], [0, 1]), np.float32).reshape(3, -1).T[None]
    chroma = to_ycbcr(corners)[..., 1:]
    assert chroma.min() == pytest.approx(-0.5, abs=1e-5) and chroma.max() == pytest.approx(0.5, abs=1e-5)


@pytest.mark.parametrize(("guess", "encoding", "guessed"), [
    (guess_dpx(1, 10), "cineon", False), (guess_dpx(3, 16), "cineon", False), (guess_dpx(6, 10), "rec709", False),
    (guess_dpx(2, 16), "linear", False), (guess_dpx(255, 10), "cineon", True), (guess_dpx(0, 16), "rec709", True),
    (guess_dpx(13, 10), "adx10", False), (guess_exr(None, True), "aces", False), (guess_exr(None, False), "linear", True),
    (guess_exr((0.7347, 0.2653, 0.0, 1.0, 0.0001, -0.077, 0.3217, 0.3377), False), "aces", False),
    (guess_exr((0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.3217, 0.3377), False), "acescg", False),
    (guess_exr((0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.329), False), "linear", False),
    (guess_picture("tiff", False), "rec709", True), (guess_picture("tiff", True), "linear", True),
    (guess_video(1), "rec709", False), (guess_video(2), "rec709", True), (guess_video(13), "srgb", False),
    (guess_video(16), "rec709", True),
])
def test_guesses(guess: object, encoding: str, guessed: bool) -> None:
    assert (guess.encoding, guess.guessed) == (encoding, guessed) and guess.reason
