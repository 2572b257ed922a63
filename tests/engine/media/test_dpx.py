"""DPX: words exact in every packing, headers kept byte for byte, damage told by the number of the frame."""
from __future__ import annotations

import io
import struct
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from OpenImageIO import ImageBuf, ImageOutput, ImageSpec, TypeKeyCode, TypeTimeCode

from engine.errors import DamagedFrame, MediaError
from engine.media.dpx import DpxHeader, read_dpx, write_dpx
from engine.media.dpx_words import Layout, pack, row_bytes, unpack

LAYOUTS = [
    Layout(depth, packing, big, lowest_first)
    for depth in (8, 10, 12, 16) for packing in ((0, 1, 2) if depth in (10, 12) else (0,))
    for big in (True, False) for lowest_first in (True, False)
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@settings(max_examples=15, deadline=None)
@given(width=st.integers(1, 40), height=st.integers(1, 70), channels=st.sampled_from([1, 3, 4]), seed=st.integers(0, 2**31))
def test_every_packing_is_exact(layout: Layout, width: int, height: int, channels: int, seed: int) -> None:
    codes = np.random.default_rng(seed).integers(0, 2 ** layout.depth, (height, width, channels)).astype(np.uint16)
    rows = pack(codes, layout)
    assert rows.shape == (height, row_bytes(width * channels, layout, aligned=True)) and rows.shape[1] % 4 == 0
    assert np.array_equal(unpack(rows, width, channels, layout), codes)


def test_filled_words_are_as_the_standard_draws_them() -> None:
    codes = np.array([[[0x3FF, 0x155, 0x001]]], np.uint16)
    assert pack(codes, Layout(10, 1, True, False)).tobytes() == struct.pack(">I", 0x3FF << 22 | 0x155 << 12 | 1 << 2)
    assert pack(codes, Layout(10, 2, False, False)).tobytes() == struct.pack("<I", 0x3FF << 20 | 0x155 << 10 | 1)
    assert pack(codes, Layout(10, 1, True, True)).tobytes() == struct.pack(">I", 0x3FF << 2 | 0x155 << 12 | 1 << 22)
    assert pack(codes[:, :, :1], Layout(12, 1, True, False)).tobytes() == b"\x3f\xf0\x00\x00"


def source(path: Path, endian: str = "big", depth: int = 10, packing: str = "Filled, method A", channels: int = 3) -> np.ndarray:
    """A DPX with many fields and user data, written by another program; its codes."""
    spec = ImageSpec(37, 23, channels, "uint16")
    for name, value in {"oiio:Endian": endian, "oiio:BitsPerSample": depth, "dpx:Packing": packing, "dpx:Transfer": "Printing density",
                        "dpx:Colorimetric": "Printing density", "Software": "scanner 7", "DocumentName": "a film",
                        "dpx:FrameRate": 18.0, "dpx:FrameId": "reel 2", "dpx:SlateInfo": "4/2"}.items():
        spec.attribute(name, value)
    spec.attribute("smpte:TimeCode", TypeTimeCode, (0x10203004, 0))
    spec.attribute("smpte:KeyCode", TypeKeyCode, (2, 93, 123456, 7890, 17, 4, 64))
    spec.attribute("dpx:UserData", "uint8[40]", np.arange(40, dtype=np.uint8))
    codes = np.random.default_rng(5).integers(0, 2 ** depth, (23, 37, channels)).astype(np.uint16)
    top = codes if depth == 16 else codes << (16 - depth) | codes >> (2 * depth - 16)
    out = ImageOutput.create(str(path))
    assert out.open(str(path), spec) and out.write_image(top) and out.close()
    return codes


@pytest.mark.parametrize("endian", ["big", "little"])
def test_fields_are_read(tmp_path: Path, endian: str) -> None:
    codes = source(tmp_path / "a.0001.dpx", endian)
    header, read = read_dpx(tmp_path / "a.0001.dpx")
    assert np.array_equal(read, codes)
    assert (header.width, header.height, header.depth, header.channels) == (37, 23, 10, 3)
    assert (header.timecode, header.keycode, header.rate) == ("10:20:30:04", "02 93 123456 7890+17", Fraction(18))
    assert (header.transfer, header.colorimetric, header.text("creator"), header.text("project")) == (1, 1, "scanner 7", "a film")
    assert header["user_length"] >= 40 and bytes(range(40)) in header.raw


@pytest.mark.parametrize("channels", [1, 4])
def test_luma_and_alpha(tmp_path: Path, channels: int) -> None:
    codes = source(tmp_path / "a.dpx", packing="Packed", channels=channels)
    header, read = read_dpx(tmp_path / "a.dpx")
    assert header.channels == channels and np.array_equal(read, codes[..., :3])


def altered(before: bytes, after: bytes) -> set[int]:
    assert len(before) == len(after)
    return {i for i in range(len(before)) if before[i] != after[i]}


FILE_NAME = set(range(36, 136))
FILE_SIZE = set(range(16, 20))


@pytest.mark.parametrize("endian", ["big", "little"])
def test_a_result_keeps_every_byte_but_the_name(tmp_path: Path, endian: str) -> None:
    source(tmp_path / "a.0001.dpx", endian)
    header, codes = read_dpx(tmp_path / "a.0001.dpx")
    result = header.for_result("a_restored.0001.dpx", 10, None)
    assert altered(header.raw, result.raw) <= FILE_NAME and result.text("file_name") == "a_restored.0001.dpx"
    file = io.BytesIO()
    write_dpx(file, codes, result)
    assert altered((tmp_path / "a.0001.dpx").read_bytes(), file.getvalue()) <= FILE_NAME


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31), user=st.integers(0, 5000), big=st.booleans(), depth=st.sampled_from([8, 10, 12, 16]),
       transfer=st.sampled_from([None, 2, 6]))
def test_random_headers_keep_what_need_not_change(seed: int, user: int, big: bool, depth: int, transfer: int | None) -> None:
    rng = np.random.default_rng(seed)
    raw = bytearray(rng.integers(0, 256, 2048 + user, np.uint8).tobytes())
    order = ">" if big else "<"
    raw[:4] = b"SDPX" if big else b"XPDS"
    for offset, kind, value in ((4, "I", len(raw)), (16, "I", len(raw) + 6 * 4), (770, "H", 1), (772, "I", 2), (776, "I", 3), (780, "I", 0),
                                (800, "B", 50), (803, "B", 10), (804, "H", 1), (806, "H", 0), (808, "I", len(raw)), (812, "I", 0),
                                (816, "I", 0xFFFFFFFF)):
        struct.pack_into(order + kind, raw, offset, value)
    header = DpxHeader.parse(bytes(raw), Path("a.0001.dpx"))
    result = header.for_result("b.0001.dpx", depth, transfer)
    allowed = FILE_NAME | (set() if transfer is None else {801, 802})
    allowed |= set() if depth == 10 else {*range(784, 788), *range(792, 796), 803, 804, 805, *range(812, 816)} | FILE_SIZE
    assert altered(bytes(raw), result.raw) <= allowed
    codes = rng.integers(0, 2 ** depth, (3, 2, 3)).astype(np.uint16)
    file = io.BytesIO()
    write_dpx(file, codes, result)
    assert len(file.getvalue()) == result["file_size"]
    again = DpxHeader.parse(file.getvalue(), Path("b.0001.dpx"))
    assert (again.depth, again.raw) == (depth, result.raw)


@pytest.mark.parametrize("depth", [8, 10, 12, 16])
def test_other_programs_read_what_is_written(tmp_path: Path, depth: int) -> None:
    codes = np.random.default_rng(1).integers(0, 2 ** depth, (23, 37, 3)).astype(np.uint16)
    with (tmp_path / "new.dpx").open("wb") as file:
        write_dpx(file, codes, DpxHeader.new(37, 23, depth, 6, Fraction(25), "01:02:03:04"))
    read = ImageBuf(str(tmp_path / "new.dpx"))
    top = read.get_pixels("uint16") if depth > 8 else read.get_pixels("uint8")
    assert np.array_equal(top if depth in (8, 16) else top >> (16 - depth), codes)
    assert read.spec().get_string_attribute("dpx:TimeCode") == "01:02:03:04"
    header = DpxHeader.load(tmp_path / "new.dpx")
    assert (header.rate, header.timecode, header.keycode, header.transfer) == (Fraction(25), "01:02:03:04", None, 6)


def test_a_luma_source_gives_an_rgb_result(tmp_path: Path) -> None:
    codes = source(tmp_path / "a.dpx", channels=1)
    result = DpxHeader.load(tmp_path / "a.dpx").for_result("b.dpx", 10, None)
    with (tmp_path / "b.dpx").open("wb") as file:
        write_dpx(file, np.repeat(codes, 3, 2), result)
    header, read = read_dpx(tmp_path / "b.dpx")
    assert header.channels == 3 and np.array_equal(read, np.repeat(codes, 3, 2))
    assert header["file_size"] == (tmp_path / "b.dpx").stat().st_size and header.timecode == "10:20:30:04"


@pytest.mark.parametrize(("value", "wanted"), [
    (23.976, Fraction(24000, 1001)), (23.98, Fraction(24000, 1001)), (24.0, Fraction(24)), (29.97, Fraction(30000, 1001)),
    (16.5, Fraction(33, 2)), (0.0, None), (float("nan"), None), (1e9, None),
])
def test_rates(value: float, wanted: Fraction | None) -> None:
    raw = bytearray(DpxHeader.new(4, 4, 10, 1).raw)
    struct.pack_into(">f", raw, 1724, value)
    assert DpxHeader(bytes(raw)).rate == wanted


@pytest.mark.parametrize(("bits", "wanted"), [
    (0x01020304, "01:02:03:04"), (0x23595929, "23:59:59:29"), (0x01020344, "01:02:03;04"), (0xFFFFFFFF, None), (0x0102030A, None),
    (0x01620304, None), (0, "00:00:00:00"),
])
def test_timecodes(bits: int, wanted: str | None) -> None:
    raw = bytearray(DpxHeader.new(4, 4, 10, 1).raw)
    struct.pack_into(">I", raw, 1920, bits)
    assert DpxHeader(bytes(raw)).timecode == wanted


def test_timecode_goes_through_a_new_header() -> None:
    for text in ("01:02:03:04", "00:00:59;20", "23:59:59:23"):
        assert DpxHeader.new(4, 4, 10, 6, Fraction(30000, 1001), text).timecode == text


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 0.9999))
def test_a_file_cut_short_is_told_by_number(tmp_path: Path, share: float) -> None:
    path = tmp_path / "scan.0086405.dpx"
    source(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:int(share * len(whole))])
    for reader in (DpxHeader.load, read_dpx):
        with pytest.raises(DamagedFrame, match="86405"):
            reader(path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.lists(st.integers(0, 2047), min_size=1, max_size=6), value=st.integers(0, 255))
def test_a_damaged_header_gives_a_picture_or_a_clear_error(tmp_path: Path, where: list[int], value: int) -> None:
    path = tmp_path / "scan.7.dpx"
    source(path)
    data = bytearray(path.read_bytes())
    for i in where:
        data[i] = value
    path.write_bytes(data)
    try:
        header, codes = read_dpx(path)
    except MediaError as error:
        assert "scan.7.dpx" in str(error) and "\n" not in str(error)
    else:
        assert codes.shape[:2] == (header.height, header.width) and len(header.timecode or "") in (0, 11)


@pytest.mark.parametrize(("offset", "kind", "value", "told"), [
    (806, "H", 1, "run-length"), (800, "B", 102, "neither RGB nor luma"), (770, "H", 3, "3 elements"), (803, "B", 32, "32 bits"),
    (772, "I", 0, "0 x 23"), (776, "I", 0xFFFFFFFF, "frame 7 is damaged"), (4, "I", 12, "frame 7 is damaged"),
    (4, "I", 0xFFFFFFFF, "frame 7 is damaged"), (808, "I", 1 << 30, "bytes are missing"),
])
def test_what_cannot_be_read_is_said(tmp_path: Path, offset: int, kind: str, value: int, told: str) -> None:
    path = tmp_path / "scan.7.dpx"
    source(path)
    data = bytearray(path.read_bytes())
    struct.pack_into(">" + kind, data, offset, value)
    path.write_bytes(data)
    with pytest.raises(MediaError, match=told):
        DpxHeader.load(path)


def test_lines_that_are_not_padded_are_read(tmp_path: Path) -> None:
    codes = np.random.default_rng(2).integers(0, 65536, (5, 3, 3)).astype(np.uint16)
    header = DpxHeader.new(3, 5, 16, 1)
    (tmp_path / "a.dpx").write_bytes(header.raw + codes.astype(">u2").tobytes())
    assert np.array_equal(read_dpx(tmp_path / "a.dpx")[1], codes)
