"""Codes to R'G'B' against the formulas of the standards in float64: matrices, ranges, depths, where chroma is sited."""
from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from engine.media.open import open_source
from engine.media.planes import coding_of, planes_of, to_picture
from engine.media.source import Reading
from tests.engine.media.video_makers import dvd, subsampled, write

MATRIX = {"601": (.299, .114), "709": (.2126, .0722), "2020": (.2627, .0593)}


def reference(planes, kr: float, kb: float, full: bool) -> np.ndarray:
    """ITU-R BT.709-6 section 3 and BT.601-7 section 2.5, from full-size planes in 8-bit codes."""
    y, cb, cr = (np.asarray(p, np.float64) for p in planes)
    y, cb, cr = (y / 255, (cb - 128) / 255, (cr - 128) / 255) if full else ((y - 16) / 219, (cb - 128) / 224, (cr - 128) / 224)
    red, blue = y + 2 * (1 - kr) * cr, y + 2 * (1 - kb) * cb
    return np.dstack([red, (y - kr * red - kb * blue) / (1 - kr - kb), blue])


def codes(size=(64, 48), seed: int = 1) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [np.round(rng.uniform(16, 240, size[::-1])) for _ in range(3)]


@pytest.mark.parametrize(("tags", "height", "matrix", "full"), [
    ((2, 2, 2, 0), 48, "601", False), ((2, 2, 2, 0), 592, "709", False), ((1, 1, 1, 1), 48, "709", False),
    ((6, 6, 6, 1), 592, "601", False), ((9, 14, 9, 1), 48, "2020", False), ((1, 1, 1, 2), 48, "709", True)])
def test_matrix_and_range_follow_the_tags(tmp_path, tags, height, matrix, full):
    planes = codes((64, height))
    path = write(tmp_path / "a.mkv", [planes, planes], "ffv1", "yuv444p", tags=tags)
    with open_source(path) as source:
        assert np.abs(source.read(0) - reference(planes, *MATRIX[matrix], full)).max() < 1e-5
        assert source.info.encoding == "rec709"
        assert f"{'full' if full else 'limited'} range" in source.info.encoding_reason
        assert source.info.encoding_guessed == (tags[1] == 2)


def test_ten_bits_are_read_as_ten_bits(tmp_path):
    planes = [plane + .25 for plane in codes()]
    path = write(tmp_path / "a.mkv", [planes], "ffv1", "yuv444p10le", tags=(1, 1, 1, 1))
    with open_source(path) as source:
        assert source.info.depth == 10
        assert np.abs(source.read(0) - reference(planes, *MATRIX["709"], False)).max() < 1e-5


def test_codes_beyond_white_and_black_are_kept(tmp_path):
    luma = np.tile(np.float64([1, 16, 235, 254]), (48, 16))
    grey = np.full_like(luma, 128)
    with open_source(write(tmp_path / "a.mkv", [[luma, grey, grey]], "ffv1", "yuv444p")) as source:
        row = source.read(0)[0, :4, 1]
    assert np.allclose(row, [-15 / 219, 0, 1, 238 / 219], atol=1e-6)


@pytest.mark.parametrize(("pixel_format", "across", "down"), [("yuv422p", 2, 1), ("yuv420p", 2, 2)])
def test_chroma_lies_on_the_left_pixel_and_between_the_rows(tmp_path, pixel_format, across, down):
    """A chroma ramp across and down comes back as the same ramp, away from the borders."""
    x, y = np.meshgrid(np.arange(64.), np.arange(48.))
    ramp = 100 + x + y / 2
    left, middle = np.arange(0, 64, across), np.arange(0, 48, down) + (down - 1) / 2
    small = 100 + left[None] + middle[:, None] / 2
    luma = np.full((48, 64), 120.)
    path = write(tmp_path / "a.mkv", [[luma, small, small]], "ffv1", pixel_format)
    with open_source(path) as source:
        picture = source.read(0)
    whole = np.round(small) if down == 1 else small
    wanted = reference([luma, ramp, ramp], *MATRIX["601"], False)
    rounding = 2 / 224 * np.abs(whole - np.round(small)).max() + 1.8 * .5 / 224
    assert np.abs(picture - wanted)[2:-2, 2:-2].max() <= rounding + 1e-5


def test_smooth_colour_comes_back_from_a_dvd_within_a_code(tmp_path):
    """R'G'B' -> Rec.601 4:2:0 -> MPEG-2 (nearly no loss on a smooth picture) -> R'G'B'."""
    x, y = np.meshgrid(np.linspace(0, 1, 192), np.linspace(0, 1, 128))
    rgb = np.dstack([.2 + .6 * x, .3 + .3 * y, .8 - .5 * x * y])
    kr, kb = MATRIX["601"]
    luma = rgb @ [kr, 1 - kr - kb, kb]
    planes = [16 + 219 * luma, 128 + 112 * (rgb[..., 2] - luma) / (1 - kb), 128 + 112 * (rgb[..., 0] - luma) / (1 - kr)]
    small = subsampled([p.astype(np.float32) for p in planes], "yuv420p")
    path = write(tmp_path / "a.mkv", [small], "ffv1", "yuv420p")
    with open_source(path) as source:
        apart = np.abs(source.read(0) - rgb)[2:-2, 2:-2]
    assert apart.mean() < .5 / 255
    assert apart.max() < 1.9 / 255      # half a code of Y', Cb and Cr each, through the matrix
    with open_source(dvd(tmp_path / "a.vob", [small] * 4, options={"qmin": "1", "qmax": "2"})) as source:
        assert np.abs(source.read(2) - rgb)[2:-2, 2:-2].mean() < 1 / 255


def test_rgb_and_grey_need_no_matrix(tmp_path):
    green, blue, red = codes()
    with open_source(write(tmp_path / "a.mkv", [[green, blue, red]], "ffv1", "gbrp10le")) as source:
        assert np.array_equal(source.read(0), 4 * np.float32(np.dstack([red, green, blue])) / np.float32(1023))
        assert (source.info.channels, source.info.depth) == (3, 10)
    for tags, black, white in (((), 0, 255), ((1, 1, 2, 1), 16, 235), ((1, 1, 2, 2), 0, 255)):     # full range where no tag says it
        with open_source(write(tmp_path / f"{black}{tags}.mkv", [[green]], "ffv1", "gray", tags=tags)) as source:
            picture = source.read(0)
            assert source.info.channels == 1
            assert np.array_equal(picture[..., 0], picture[..., 2])
            assert np.allclose(picture[..., 0], (green.astype(float) - black) / (white - black), atol=1e-6)


def test_the_user_may_say_encoding_and_rate(tmp_path):
    path = write(tmp_path / "a.mkv", [codes()] * 3, "ffv1", "yuv444p")
    with open_source(path, Reading(encoding="cineon", rate=Fraction(18))) as source:
        assert (source.info.encoding, source.info.rate, source.info.encoding_guessed) == ("cineon", 18, False)


@pytest.mark.parametrize(("pixel_format", "bits"), [("rgb24", 8), ("bgra", 8), ("rgb48le", 16), ("gbrap12le", 12)])
def test_interleaved_rgb_is_only_taken_apart(pixel_format, bits):
    shape = (32, 48, 4 if "a" in pixel_format else 3)
    values = np.random.default_rng(2).integers(0, 2 ** bits, shape).astype(np.uint8 if bits == 8 else np.uint16)
    frame = av.VideoFrame.from_ndarray(values, format=pixel_format)
    picture = to_picture(planes_of(frame), coding_of(frame, "rawvideo"))
    wanted = values[..., [2, 1, 0]] if pixel_format == "bgra" else values[..., :3]
    assert np.array_equal(picture, wanted.astype(np.float32) / np.float32(2 ** bits - 1))


def test_yuyv_and_nv12_are_only_taken_apart():
    rng = np.random.default_rng(2)
    pairs, stacked = rng.integers(0, 256, (32, 48, 2), dtype=np.uint8), rng.integers(0, 256, (48, 48), dtype=np.uint8)
    wanted = {"yuyv422": (pairs[..., 0], pairs[:, ::2, 1], pairs[:, 1::2, 1]),
              "nv12": (stacked[:32], stacked[32:, ::2], stacked[32:, 1::2])}
    for pixel_format, values in (("yuyv422", pairs), ("nv12", stacked)):
        found = planes_of(av.VideoFrame.from_ndarray(values, format=pixel_format))
        assert all(np.array_equal(a, b) for a, b in zip(found, wanted[pixel_format], strict=True))
