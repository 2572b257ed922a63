"""The process history in the user data of DPX files: by its grammar, and nothing else of the user data is lost."""
from __future__ import annotations

import json
import shutil
import subprocess
from fractions import Fraction

import numpy as np
import OpenImageIO as oiio  # noqa: N813
import pytest
from pymediainfo import MediaInfo

from engine.elements import Element
from engine.export.history import LABEL, history, result_line, source_line, with_history
from engine.media.dpx import DpxHeader, read_dpx
from engine.media.open import open_source

from .conftest import Film, codes, faded, untouched
from .test_export_stills import full_header

LINE = "O=DPXv2, F=24, W=10-bit, R=46x30, M=RGB Log, T=Answerprint; restored"


def header_with(user: bytes, length: int | None = None) -> DpxHeader:
    """A header with these bytes up to the picture, `length` of them declared as user data."""
    plain = DpxHeader.new(46, 30, 10, 1, Fraction(24), "01:02:03:04")
    offset = 2048 + len(user)
    return DpxHeader(plain.raw + user).with_fields({"user_length": len(user) if length is None else length, "image_offset": offset,
                                                    "data_offset": offset})


def embarc_accepts(header: DpxHeader) -> bool:
    """The rules of the Library of Congress's embARC for the two fields of user data: the label, and O= at the beginning of each line."""
    user = header.raw[2048:2048 + header["user_length"]]
    label, text = (part.rstrip(b"\0").decode("ascii") for part in (user[:32], user[32:]))
    return label.lower() == "fadgi process history" and text.startswith("O=") and all(
        line.startswith("O=") for line in text.split("\n") if len(line) > 1)


@pytest.mark.parametrize("user", [b"", bytes(6144), b"\xff" * 512])
def test_the_first_history_takes_blank_room(user):
    first = source_line(Element(kind="print", gauge="16 mm", condition="shrunk, 1 %"))
    made = with_history(header_with(user, 0), [first], LINE)
    assert history(made) == ("O=print, G=16mm, D=shrunk; 1 %", LINE) and embarc_accepts(made)
    assert made["user_length"] == len(made.raw) - 2048 == made["image_offset"] - 2048 and len(made.raw) % 4 == 0
    assert len(made.raw) == max(2048 + len(user), len(made.raw)) and (not user or len(made.raw) == 2048 + len(user))


def test_later_changes_add_a_line():
    once = with_history(header_with(b""), [], LINE)
    twice = with_history(once, ["O=never"], LINE.replace("restored", "again"))
    assert history(twice) == (LINE, LINE.replace("restored", "again")) and embarc_accepts(twice)
    scanned = b"fadgi process history".ljust(32) + b"O=positive, G=16mm\r\nO=DPXv2, L=one-light, N=Lab\r\n" + bytes(900)
    made = with_history(header_with(scanned), ["O=never"], LINE)
    assert history(made) == ("O=positive, G=16mm", "O=DPXv2, L=one-light, N=Lab", LINE) and len(made.raw) == 2048 + len(scanned)


def test_other_user_data_stays_where_it_is():
    user = b"SCANNER CALIBRATION\0".ljust(32, b"\0") + bytes(range(256)) * 3 + b"\x07"
    made = with_history(header_with(user), [], LINE)
    assert made.raw[2048:2048 + len(user)] == user and history(made) == (LINE,)
    again = with_history(made, [], LINE)
    assert again.raw[2048:2048 + len(user)] == user and history(again) == (LINE, LINE) and again.raw.count(LABEL) == 1
    mixed = LABEL + b"O=print\r\n\0\0BINARY\x01\x02"
    made = with_history(header_with(mixed), [], LINE)
    assert made.raw[2048:2048 + len(mixed)] == mixed and history(made) == (LINE,)


def test_short_headers_and_full_user_data():
    short = DpxHeader(DpxHeader.new(46, 30, 10, 1).raw[:1664]).with_fields({"image_offset": 1664, "industry_length": 0})
    made = with_history(short, [], LINE)
    assert history(made) == (LINE,) and made.timecode is None and made.keycode is None and made.rate is None
    full = header_with(b"x" * 1_000_000)
    assert with_history(full, [], LINE) is full


def test_what_the_line_says():
    header = DpxHeader.new(2048, 1556, 10, 1, Fraction(24000, 1001))
    assert result_line(header, 12, "aces", "a, b").startswith("O=DPXv2, F=23.976, W=12-bit, R=2K, M=RGB ACES2065-1, T=Answerprint")
    assert result_line(header, 12, "aces", "a, b").endswith("a; b") and source_line(Element()) == ""
    assert source_line(Element(gauge="35 mm")) == "O=film, G=35mm"


def test_what_is_said_later_of_the_film_comes_into_files_that_are_there(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(1)])
    for kind in ("", "print", "internegative"):
        exported(film, tmp_path / "out", "dpx", element=Element(kind=kind))
        lines = history(read_dpx(next((tmp_path / "out").glob("*/*.dpx")))[0])
        assert lines[:-1] == ((f"O={kind}",) if kind else ())


@pytest.mark.parametrize("depth", [10, 12, 16])
def test_independent_readers_take_files_with_a_history(tmp_path, exported, depth):
    values = codes(depth, depth, (48, 96))
    film = Film(tmp_path / "scan", [values.astype(np.float32) / (2 ** depth - 1)], [full_header(depth, (48, 96))], depth=depth)
    exported(film, tmp_path / "out", "dpx", restore=untouched, process="colour-reference", element=Element(kind="print"))
    path = next((tmp_path / "out").glob("*/*.dpx"))
    header = read_dpx(path)[0]
    assert history(header)[0] == "O=print" and history(header)[1].endswith("; colour-reference")
    assert header["image_offset"] == header["data_offset"] == 2048 + header["user_length"]
    file = oiio.ImageInput.open(str(path))
    assert np.array_equal(file.read_image("uint16") >> (16 - depth), values) and file.spec().getattribute("smpte:TimeCode")[0] == 0x01020304
    assert b"colour-reference" in bytes(np.asarray(file.spec().getattribute("dpx:UserData")).astype(np.uint8))
    file.close()
    track = MediaInfo.parse(path).image_tracks[0]
    assert (track.width, track.height, track.bit_depth) == (96, 48, depth)
    assert open_source(path).timecode(0) == "01:02:03:04"


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_ffprobe_finds_the_picture_behind_a_history(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(1, (48, 96))])
    exported(film, tmp_path / "out", "dpx")
    path = next((tmp_path / "out").glob("*/*.dpx"))
    told = subprocess.run(["ffprobe", "-v", "error", "-show_streams", "-show_frames", "-of", "json", path], stdout=subprocess.PIPE,
                          check=True)
    found = json.loads(told.stdout)
    assert (found["streams"][0]["width"], found["streams"][0]["height"], found["streams"][0]["pix_fmt"]) == (96, 48, "gbrp10le")
    assert found["frames"][0]["tags"]["timecode"] == "01:00:00:00"
