"""What painting programs save is read to one form, or refused in one line."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.keyframes.pictures import is_painting, read_painting
from engine.keyframes.profiles import Profile
from engine.media.colour import to_display
from tests.engine.keyframes.paintings import ADOBE_D50, GAMMA, P3_D50, SRGB_CURVE, SRGB_D50, cmyk_jpeg, profile, write, write_psd

Floats = NDArray[np.float32]
COLOURS: Floats = np.random.default_rng(5).random((12, 18, 3)).astype(np.float32)
ALPHA: Floats = np.tile(np.array([0, 0.25, 0.5, 1, 1, 1], np.float32), (12, 3))
RGBA: Floats = np.concatenate([COLOURS, ALPHA[..., None]], -1)


def codes(picture: Floats, kind: str) -> NDArray[np.generic]:
    return picture if kind == "float32" else np.rint(picture * np.iinfo(kind).max).astype(kind)


def on_white(picture: Floats) -> Floats:
    """As Photoshop flattens what is transparent."""
    return np.concatenate([picture[..., :3] * picture[..., 3:] + 1 - picture[..., 3:], picture[..., 3:]], -1)


def alike(a: Floats, b: Floats, within: float) -> None:
    assert a.shape == b.shape
    assert np.abs(a - b).max() <= within


@pytest.mark.parametrize("name, kind", [("a.tif", "uint8"), ("a.tif", "uint16"), ("a.png", "uint8"), ("a.png", "uint16")])
def test_integer_pictures_without_a_profile_are_display_values(tmp_path: Path, name: str, kind: str) -> None:
    read = read_painting(write(tmp_path / name, codes(COLOURS, kind), kind))
    alike(read.picture, COLOURS, 0.002)
    assert read.opaque
    assert read.size == (18, 12)
    assert not read.note


@pytest.mark.parametrize("name, kind", [("a.exr", "half"), ("a.exr", "float"), ("a.tif", "float")])
def test_float_pictures_are_linear(tmp_path: Path, name: str, kind: str) -> None:
    read = read_painting(write(tmp_path / name, COLOURS, kind))
    alike(read.picture, to_display(COLOURS, "linear"), 0.003)


def test_an_exr_is_read_by_its_chromaticities(tmp_path: Path) -> None:
    path = write(tmp_path / "a.exr", COLOURS, "half", acesImageContainerFlag=1, compression="none")
    alike(read_painting(path).picture, to_display(COLOURS, "aces"), 0.02)


@pytest.mark.parametrize("name, kind, attributes", [
    ("a.tif", "uint16", {"oiio__UnassociatedAlpha": 1}), ("a.tif", "uint16", {}), ("a.png", "uint16", {"oiio__UnassociatedAlpha": 1}),
    ("a.png", "uint16", {}), ("a.exr", "half", {})])
def test_alpha_takes_nothing_from_the_colour(tmp_path: Path, name: str, kind: str, attributes: dict[str, object]) -> None:
    stored = RGBA if attributes else np.concatenate([COLOURS * ALPHA[..., None], ALPHA[..., None]], -1)
    read = read_painting(write(tmp_path / name, stored, kind, **attributes))
    alike(read.alpha, ALPHA, 0.001)
    shown = ALPHA > 0
    wanted = to_display(COLOURS, "linear") if kind == "half" else COLOURS
    alike(read.picture[shown], wanted[shown], 0.005)
    assert not read.opaque


@pytest.mark.parametrize("kind", ["uint8", "uint16", "float32"])
@pytest.mark.parametrize("alpha", [False, True])
def test_the_flattened_image_of_a_psd(tmp_path: Path, kind: str, alpha: bool) -> None:
    stored = codes(on_white(RGBA) if alpha else COLOURS, kind)
    read = read_painting(write_psd(tmp_path / "a.psd", stored, alpha=alpha))
    wanted = to_display(COLOURS, "linear") if kind == "float32" else COLOURS
    shown = ALPHA > 0 if alpha else np.ones_like(ALPHA) > 0
    alike(read.picture[shown], wanted[shown], 0.01 if kind == "uint8" and alpha else 0.003)
    alike(read.alpha, ALPHA if alpha else np.ones_like(ALPHA), 0.002)


def test_a_psd_of_runs_with_layers_and_one_that_says_nothing_of_itself(tmp_path: Path) -> None:
    for path in (write_psd(tmp_path / "a.psd", codes(COLOURS, "uint8"), packed=True, layers=True),
                 write_psd(tmp_path / "b.psd", codes(COLOURS, "uint8"), merged=None, layers=True)):
        alike(read_painting(path).picture, COLOURS, 0.003)


def test_a_grey_picture_has_no_colour_and_says_so(tmp_path: Path) -> None:
    grey = COLOURS[..., :1].copy()
    for path in (write(tmp_path / "a.png", codes(grey, "uint8"), "uint8"), write_psd(tmp_path / "a.psd", codes(grey, "uint16"), "grey")):
        read = read_painting(path)
        alike(read.picture, np.repeat(grey, 3, 2), 0.003)
        assert "grey" in read.note


def test_the_part_of_an_exr_that_lies_outside_its_data_is_not_painted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.exr", COLOURS, "half")
    whole = read_painting(path)
    from OpenImageIO import ImageOutput, ImageSpec
    spec = ImageSpec(18, 12, 3, "half")
    spec.full_width, spec.full_height, spec.x, spec.y = 30, 20, 5, 4
    out = ImageOutput.create(str(path))
    assert out.open(str(path), spec) and out.write_image(COLOURS) and out.close()
    read = read_painting(path)
    assert read.size == (30, 20)
    alike(read.picture[4:16, 5:23], whole.picture, 1e-6)
    assert read.alpha.sum() == 12 * 18


@pytest.mark.parametrize("orientation, turned", [
    (1, lambda p: p), (2, lambda p: p[:, ::-1]), (3, lambda p: p[::-1, ::-1]), (4, lambda p: p[::-1]), (5, lambda p: p.swapaxes(0, 1)),
    (6, lambda p: p[::-1].swapaxes(0, 1)), (7, lambda p: p[::-1, ::-1].swapaxes(0, 1)), (8, lambda p: p[:, ::-1].swapaxes(0, 1))])
def test_a_picture_is_turned_as_its_header_says(tmp_path: Path, orientation: int, turned: Callable[[Floats], Floats]) -> None:
    read = read_painting(write(tmp_path / "a.tif", codes(COLOURS, "uint16"), "uint16", Orientation=orientation))
    alike(read.picture, turned(COLOURS), 1e-4)


@pytest.mark.parametrize("write_with", [
    lambda path, data: write(path.with_suffix(".tif"), codes(COLOURS, "uint16"), "uint16", ICCProfile=data),
    lambda path, data: write(path.with_suffix(".png"), codes(COLOURS, "uint16"), "uint16", ICCProfile=data),
    lambda path, data: write_psd(path.with_suffix(".psd"), codes(COLOURS, "uint16"), icc=data)])
def test_profiles_are_converted(tmp_path: Path, write_with: Callable[[Path, bytes], Path]) -> None:
    same = read_painting(write_with(tmp_path / "srgb", profile(SRGB_D50, SRGB_CURVE)))
    alike(same.picture, COLOURS, 0.002)
    wide = read_painting(write_with(tmp_path / "p3", profile(P3_D50, SRGB_CURVE)))
    assert not wide.note
    assert np.abs(wide.picture - COLOURS).max() > 0.05


@given(st.floats(0, 1))
@settings(max_examples=30, deadline=None)
def test_neutral_stays_neutral_through_a_profile(code: float) -> None:
    for primaries, curve in ((P3_D50, SRGB_CURVE), (ADOBE_D50, GAMMA)):
        known = Profile.parse(profile(primaries, curve))
        assert known is not None
        grey = known.convert(np.full((1, 1, 3), code, np.float32))
        assert np.ptp(grey) < 0.003
        assert abs(float(grey.mean()) - code) < 0.04


def test_primaries_of_display_p3_and_adobe_rgb_are_where_their_standards_say() -> None:
    """sRGB codes by the published matrices of either space (not clipped)."""
    p3 = Profile.parse(profile(P3_D50, SRGB_CURVE))
    adobe = Profile.parse(profile(ADOBE_D50, GAMMA))
    assert p3 is not None and adobe is not None
    red, green = np.array([[[1, 0, 0]]], np.float32), np.array([[[0, 1, 0]]], np.float32)
    assert p3.convert(red)[0, 0, 0] == pytest.approx(1.0930, abs=0.004)
    assert adobe.convert(green)[0, 0, 1] == pytest.approx(1.0, abs=0.004)
    assert adobe.convert(red)[0, 0, 0] == pytest.approx(1.1582, abs=0.005)


@pytest.mark.parametrize("data", [profile(P3_D50, SRGB_CURVE, b"GRAY"), profile(P3_D50, SRGB_CURVE)[:150], b"no profile at all" * 12])
def test_a_profile_of_another_kind_is_taken_as_srgb_and_said(tmp_path: Path, data: bytes) -> None:
    read = read_painting(write(tmp_path / "a.tif", codes(COLOURS, "uint8"), "uint8", ICCProfile=data))
    alike(read.picture, COLOURS, 0.003)
    assert "sRGB" in read.note


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_no_profile_can_break_the_reading(data: bytes) -> None:
    whole = profile(P3_D50, SRGB_CURVE)
    for tried in (data, whole[:132] + data, whole[:150] + data + whole[150 + len(data):]):
        known = Profile.parse(tried)
        assert known is None or known.convert(COLOURS).shape == COLOURS.shape


def four(kind: str) -> NDArray[np.generic]:
    return codes(RGBA, kind)


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "CMYK PSD": (lambda d: write_psd(d / "a.psd", four("uint8"), "cmyk"), "CMYK"),
    "CMYK TIFF": (lambda d: write(d / "a.tif", four("uint8"), "uint8", tiff__ColorSpace="CMYK"), "CMYK"),
    "CMYK JPEG": (lambda d: cmyk_jpeg(d / "a.jpg"), "CMYK"),
    "Lab PSD": (lambda d: write_psd(d / "a.psd", codes(COLOURS, "uint8"), "lab"), "Lab"),
    "1-bit PSD": (lambda d: write_psd(d / "a.psd", COLOURS[..., :1] > 0.5, "bitmap"), "1-bit"),
    "1-bit TIFF": (lambda d: write(d / "a.tif", codes(COLOURS[..., :1], "uint8"), "uint8", oiio__BitsPerSample=1), "1 bit"),
    "indexed PSD": (lambda d: write_psd(d / "a.psd", codes(COLOURS[..., :1], "uint8"), "indexed"), "indexed"),
    "PSD without a flattened image": (lambda d: write_psd(d / "a.psd", codes(COLOURS, "uint8"), merged=False, layers=True), "compatib"),
    "PSD whose flattened image is blank": (
        lambda d: write_psd(d / "a.psd", np.full((9, 9, 3), 255, np.uint8), merged=None, layers=True), "compatib"),
    "EXR of two channels": (lambda d: write(d / "a.exr", COLOURS[..., :2], "half"), "channels"),
    "not finite": (lambda d: write(d / "a.exr", np.full((4, 4, 3), np.nan, np.float32), "half"), "NaN"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_taken_is_refused_in_one_line_that_names_the_file(tmp_path: Path, what: str) -> None:
    make, word = REFUSED[what]
    path = make(tmp_path)
    with pytest.raises(MediaError) as error:
        read_painting(path)
    said = str(error.value)
    assert str(path) in said and word in said and "\n" not in said and "save" in said


def one_bit_png(path: Path) -> Path:
    import struct
    import zlib
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 8, 2, 1, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\xaa\0\x55")), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks))
    return path


def test_a_png_of_one_bit(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="1 bit"):
        read_painting(one_bit_png(tmp_path / "a.png"))


@pytest.mark.parametrize("name", ["a.psd", "a.tif", "a.png", "a.exr", "a.jpg"])
@pytest.mark.parametrize("left", [0, 20, 0.5])
def test_a_file_that_is_cut_short(tmp_path: Path, name: str, left: float) -> None:
    path = tmp_path / name
    if name.endswith("psd"):
        write_psd(path, codes(COLOURS, "uint8"))
    else:
        write(path, COLOURS if name.endswith("exr") else codes(COLOURS, "uint8"), "half" if name.endswith("exr") else "uint8")
    data = path.read_bytes()
    path.write_bytes(data[:int(left if left > 1 else left * len(data))])
    with pytest.raises(MediaError, match=r"a\.\w+: .*again"):
        read_painting(path)


def test_what_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("words")
    for path, word in ((tmp_path / "a.png", "no picture"), (tmp_path, "folder"), (tmp_path / "none.png", "cannot be read")):
        with pytest.raises(MediaError, match=word):
            read_painting(path)
    assert is_painting(Path("A.PSD"))
    assert not is_painting(Path("._A.PSD")) and not is_painting(Path("a.txt"))
