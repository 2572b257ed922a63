"""Which pictures make a film, and what is said where they do not."""
from __future__ import annotations

import os
import shutil
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.errors import DamagedFrame, MediaError, NumberingGap, UsageError
from engine.media.numbering import FORMATS
from engine.media.open import open_source
from engine.media.source import FrameSource, Reading
from engine.run import Cancelled, Run
from tests.engine.media.makers import write


def picture(path: Path, value: int = 0, size: tuple[int, int] = (8, 6), kind: str = "uint16", channels: int = 3) -> Path:
    """A flat picture that holds `value` and can be told from others by it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, np.full((size[1], size[0], channels), value, kind), kind)
    return path


def sequence(folder: Path, numbers: list[str], prefix: str = "film.", suffix: str = ".png") -> Path:
    for i, digits in enumerate(numbers):
        picture(folder / f"{prefix}{digits}{suffix}", 100 + i)
    return folder


def values(source: FrameSource) -> list[int]:
    return [round(float(source.read(i)[0, 0, 0]) * 65535) for i in range(len(source))]


def names(source: FrameSource) -> list[str]:
    return [source.name(i) for i in range(len(source))]


@pytest.mark.parametrize("name", ["", "film.0000009.png", "film.%07d.png", "film.#######.png", "film.%d.png"])
def test_one_sequence_by_every_name(tmp_path: Path, name: str) -> None:
    folder = sequence(tmp_path / "Ünïcode and spaces", ["0000008", "0000009", "0000010"])
    with open_source(folder / name) as source:
        assert names(source) == ["0000008", "0000009", "0000010"] and values(source) == [100, 101, 102]
        assert (source.info.name, source.info.kind) == ("film", "sequence")
        assert source.files(2) == (folder / "film.0000010.png",)


@pytest.mark.parametrize("digits", [["8", "9", "10", "11"], ["098", "099", "100", "101"], ["-002", "-001", "000", "001"]])
def test_numbers_are_ordered_as_numbers(tmp_path: Path, digits: list[str]) -> None:
    with open_source(sequence(tmp_path / "a", digits)) as source:
        assert names(source) == digits and values(source) == [100, 101, 102, 103]


def test_a_name_that_is_only_a_number_takes_the_folders_name(tmp_path: Path) -> None:
    with open_source(sequence(tmp_path / "Reel 3", ["001", "002"], prefix="")) as source:
        assert source.info.name == "Reel 3" and names(source) == ["001", "002"]


@pytest.mark.parametrize("prefix", ["scan_", "scan-", "scan.", "scan ", "scan._"])
def test_the_name_has_no_trailing_marks(tmp_path: Path, prefix: str) -> None:
    with open_source(sequence(tmp_path / "a", ["1", "2"], prefix=prefix)) as source:
        assert source.info.name == "scan" and names(source) == ["1", "2"]


def test_a_lone_picture_is_a_film_of_one_frame(tmp_path: Path) -> None:
    picture(tmp_path / "girl.png", 7)
    picture(tmp_path / "boy.png", 8)
    with open_source(tmp_path / "girl.png") as source:
        assert values(source) == [7] and names(source) == ["girl"] and source.info.rate is None
    picture(tmp_path / "b" / "scan.0017.png", 9)
    with open_source(tmp_path / "b") as source:
        assert values(source) == [9] and names(source) == ["0017"]
    with open_source(tmp_path / "b" / "scan.0017.png") as source:
        assert names(source) == ["0017"] and source.info.name == "scan"


def test_stills_are_taken_in_name_order_and_keep_their_names(tmp_path: Path) -> None:
    for i, stem in enumerate(["s10_1", "s04_2", "s04_1", "portrait"]):
        picture(tmp_path / f"{stem}.png", i)
    with open_source(tmp_path, Reading(stills=True)) as source:
        assert names(source) == ["portrait", "s04_1", "s04_2", "s10_1"] and values(source) == [3, 2, 1, 0]
        assert source.info.kind == "stills" and source.info.rate is None


def test_stills_of_one_name_are_refused(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    picture(tmp_path / "A.tif")
    with pytest.raises(MediaError, match="rename one"):
        open_source(tmp_path, Reading(stills=True))


def test_hidden_files_sidecars_and_strays_are_left_out(tmp_path: Path) -> None:
    said: list[str] = []

    class Told(Run):
        def say(self, text: str) -> None:
            said.append(text)

    folder = sequence(tmp_path, ["01", "02", "03", "04", "05"])
    for name in ("._film.03.png", ".DS_Store", "film.01.xml", "notes.txt", "md5.sums"):
        (folder / name).write_bytes(b"not a picture")
    picture(folder / "chart.png")
    picture(folder / "colour chart 1.jpg", kind="uint8")
    with open_source(folder, run=Told()) as source:
        assert values(source) == [100, 101, 102, 103, 104]
    assert any("colour chart" in text for text in said)


def test_two_sequences_are_not_guessed_between(tmp_path: Path) -> None:
    sequence(tmp_path, ["1", "2", "3"], "left_")
    sequence(tmp_path, ["1", "2", "3"], "right_")
    with pytest.raises(MediaError, match=r"left_.*right_.*name one still"):
        open_source(tmp_path)
    with open_source(tmp_path / "right_2.png") as source:
        assert source.info.name == "right" and len(source) == 3


def test_two_files_of_one_number_are_refused(tmp_path: Path) -> None:
    sequence(tmp_path, ["1", "01", "2"])
    with pytest.raises(MediaError, match="same number"):
        open_source(tmp_path)


def test_a_gap_is_told_and_can_be_allowed(tmp_path: Path) -> None:
    sequence(tmp_path, ["10", "11", "14", "15", "17"])
    with pytest.raises(NumberingGap, match=r"3 frames are missing.*12-13, 16.*--allow-gaps") as caught:
        open_source(tmp_path)
    assert caught.value.missing == [12, 13, 16]
    with open_source(tmp_path, Reading(allow_gaps=True)) as source:
        assert source.info.gaps == (12, 13, 16) and values(source) == [100, 101, 102, 103, 104] and names(source)[2] == "14"
    with open_source(tmp_path, Reading(span=(14, 15))) as source:
        assert names(source) == ["14", "15"] and source.info.gaps == ()
    with pytest.raises(NumberingGap):
        open_source(tmp_path, Reading(span=(11, 14)))


def test_a_number_far_off_is_no_list_of_millions(tmp_path: Path) -> None:
    sequence(tmp_path, ["1", "2", "20261123114500"])
    with pytest.raises(MediaError, match="jumps from 2 to 20261123114500"):
        open_source(tmp_path)


@pytest.mark.parametrize("span", [(0, 2), (3, 6), (4, 3), (8, 9)])
def test_a_range_outside_the_source_is_told(tmp_path: Path, span: tuple[int, int]) -> None:
    sequence(tmp_path, ["1", "2", "3", "4", "5"])
    with pytest.raises(MediaError, match="frames 1-5"):
        open_source(tmp_path, Reading(span=span))


@pytest.mark.parametrize(("size", "kind", "channels"), [((8, 8), "uint16", 3), ((8, 6), "uint8", 3), ((8, 6), "uint16", 1)])
def test_frames_of_other_size_depth_or_channels_are_named(tmp_path: Path, size: tuple[int, int], kind: str, channels: int) -> None:
    sequence(tmp_path, ["1", "2", "3", "4"])
    picture(tmp_path / "film.3.png", 1, size, kind, channels)
    with pytest.raises(MediaError, match=r"film\.3\.png: frame 3 is .* but frame 1 is 8 x 6, 16-bit RGB"):
        open_source(tmp_path)
    with open_source(tmp_path, Reading(span=(1, 2))) as source:
        assert len(source) == 2


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_a_file_that_is_no_picture_is_named(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"film.0005{suffix}").write_text("To whom it may concern")
    with pytest.raises(DamagedFrame, match=r"film\.0005.*frame 5 is damaged") as caught:
        open_source(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_picture_under_a_false_name_is_told(tmp_path: Path) -> None:
    picture(tmp_path / "film.1.jpg", kind="uint8").rename(tmp_path / "film.1.png")
    with pytest.raises(DamagedFrame):
        open_source(tmp_path)


@pytest.mark.parametrize("suffix", [".dpx", ".exr", ".tif", ".png", ".jpg"])
def test_a_truncated_picture_is_named_at_the_latest_when_read(tmp_path: Path, suffix: str) -> None:
    kind = {"exr": "half", "jpg": "uint8"}.get(suffix[1:], "uint16")
    noise = np.random.default_rng(0).integers(0, 200, (48, 64, 3)).astype("float16" if kind == "half" else kind)
    for i in (1, 2, 3):
        write(tmp_path / f"film.{i}{suffix}", noise, kind)
    whole = (tmp_path / f"film.2{suffix}").read_bytes()
    (tmp_path / f"film.2{suffix}").write_bytes(whole[:int(0.7 * len(whole))])
    with pytest.raises(DamagedFrame, match="frame 2 is damaged") as caught, open_source(tmp_path) as source:
        assert source.read(0).shape == (48, 64, 3)
        source.read(1)
    assert caught.value.number == 2 and "\n" not in str(caught.value)


def test_a_file_that_goes_away_is_told(tmp_path: Path) -> None:
    with open_source(sequence(tmp_path, ["1", "2"])) as source:
        (tmp_path / "film.2.png").unlink()
        with pytest.raises(DamagedFrame, match="frame 2"):
            source.read(1)


def test_a_file_that_changes_size_is_told(tmp_path: Path) -> None:
    with open_source(sequence(tmp_path, ["1", "2"])) as source:
        picture(tmp_path / "film.2.png", size=(9, 9))
        with pytest.raises(DamagedFrame, match="9 x 9"):
            source.read(1)


@pytest.mark.parametrize(("make", "told"), [
    (lambda p: p / "nothing here", "no such file"),
    (lambda p: p / "film.%07d.png", "no file matches"),
    (lambda p: p / "missing" / "film.####.png", "no file matches"),
    (lambda p: p / "film.%07d.txt", "must name pictures"),
    (lambda p: p, "holds no pictures"),
])
def test_nothing_there_is_said_plainly(tmp_path: Path, make: object, told: str) -> None:
    with pytest.raises(MediaError, match=told):
        open_source(make(tmp_path))


def test_unnumbered_pictures_lead_to_stills(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    picture(tmp_path / "b.png")
    with pytest.raises(MediaError, match="--stills"):
        open_source(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions work otherwise on this system")
def test_no_permission_is_said(tmp_path: Path) -> None:
    sequence(tmp_path, ["1", "2"])
    (tmp_path / "film.2.png").chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        with pytest.raises(MediaError, match="permission"):
            open_source(tmp_path)
    finally:
        if root:
            os.seteuid(0)


def test_an_unknown_encoding_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kodachrome"):
        open_source(tmp_path, Reading(encoding="kodachrome"))


def test_rate_timecode_and_edge_code_come_from_the_header_of_each_frame(tmp_path: Path) -> None:
    from OpenImageIO import TypeKeyCode, TypeRational, TypeTimeCode

    from tests.engine.media.makers import ImageOutput, ImageSpec
    for i in range(3):
        for suffix, kind in ((".dpx", "uint16"), (".exr", "half")):
            spec = ImageSpec(8, 6, 3, kind)
            spec.attribute("smpte:TimeCode", TypeTimeCode, (0x01000010 + i, 0))
            spec.attribute("smpte:KeyCode", TypeKeyCode, (2, 93, 123456, 7890, 4 * i, 4, 64))
            spec.attribute("FramesPerSecond", TypeRational, (24000, 1001))
            spec.attribute("dpx:FrameRate", 18.0)
            out = ImageOutput.create(suffix[1:])
            folder = tmp_path / suffix[1:]
            folder.mkdir(exist_ok=True)
            assert out.open(str(folder / f"f.{i}{suffix}"), spec) and out.write_image(np.zeros((6, 8, 3), np.float32)) and out.close()
    for format, rate in (("dpx", Fraction(18)), ("exr", Fraction(24000, 1001))):
        with open_source(tmp_path / format) as source:
            assert [source.timecode(i) for i in range(3)] == ["01:00:00:10", "01:00:00:11", "01:00:00:12"]
            assert [source.keycode(i) for i in range(3)] == [f"02 93 123456 7890+{4 * i:02d}" for i in range(3)]
            assert source.info.rate == rate and format.upper() in source.info.rate_reason
            assert (source.header(1) is not None) == (format == "dpx")
        with open_source(tmp_path / format, Reading(rate=Fraction(16))) as source:
            assert source.info.rate == 16


def test_without_a_rate_24_is_guessed_and_said(tmp_path: Path) -> None:
    with open_source(sequence(tmp_path, ["1", "2"])) as source:
        assert source.info.rate == 24 and "guessed" in source.info.rate_reason


def test_alpha_is_left_out_and_colours_are_not_touched_by_it(tmp_path: Path) -> None:
    codes = np.random.default_rng(0).integers(0, 65535, (6, 8, 4)).astype(np.uint16)
    for suffix in (".png", ".tif"):
        write(tmp_path / f"a{suffix}", codes, "uint16", oiio__UnassociatedAlpha=1)
        with open_source(tmp_path / f"a{suffix}") as source:
            assert np.array_equal(np.rint(source.read(0) * 65535), codes[..., :3])
            assert "alpha" in source.info.encoding_reason and source.info.channels == 3


def test_an_exr_that_stores_part_of_the_picture_is_read_whole(tmp_path: Path) -> None:
    from tests.engine.media.makers import ImageOutput, ImageSpec
    spec = ImageSpec(8, 4, 3, "half")
    spec.x, spec.y, spec.full_x, spec.full_y, spec.full_width, spec.full_height = -2, 3, 0, 0, 20, 10
    out = ImageOutput.create("exr")
    stored = np.random.default_rng(0).uniform(0, 1, (4, 8, 3)).astype(np.float16)
    assert out.open(str(tmp_path / "a.exr"), spec) and out.write_image(stored) and out.close()
    with open_source(tmp_path / "a.exr") as source:
        read = source.read(0)
    assert read.shape == (10, 20, 3) and np.array_equal(read[3:7, :6], stored[:, 2:])
    assert read.sum() == pytest.approx(stored[:, 2:].astype(np.float32).sum(), rel=1e-5)


@pytest.mark.parametrize("odd", [np.nan, np.inf])
def test_pixels_that_are_no_numbers_are_told_by_frame(tmp_path: Path, odd: float) -> None:
    pixels = np.full((6, 8, 3), 0.5, np.float16)
    write(tmp_path / "f.0001.exr", pixels, "half")
    pixels[2, 3, 1] = odd
    write(tmp_path / "f.0002.exr", pixels, "half")
    with open_source(tmp_path) as source:
        source.read(0)
        with pytest.raises(DamagedFrame, match=r"frame 2 is damaged \(1 of its pixels are no numbers"):
            source.read(1)


def test_frames_of_different_encodings_are_told_unless_the_user_says_which(tmp_path: Path) -> None:
    for number, transfer in ((1, "Printing density"), (2, "ITU-R 709-4")):
        write(tmp_path / f"f.000{number}.dpx", np.full((6, 8, 3), 9000, np.uint16), "uint16", **{"dpx:Transfer": transfer,
              "oiio:BitsPerSample": 10})
    with pytest.raises(MediaError, match=r"frame 0002 is rec709.*frame 0001 is cineon.*--scan-encoding"):
        open_source(tmp_path)
    with open_source(tmp_path, Reading(encoding="cineon")) as source:
        assert len(source) == 2


def test_a_range_keeps_the_place_in_the_whole(tmp_path: Path) -> None:
    sequence(tmp_path, ["0007", "0008", "0010", "0011"])
    with open_source(tmp_path, Reading(span=(8, 10), allow_gaps=True)) as source:
        assert [source.place(i) for i in range(2)] == [1, 3]
        assert source.places == 5
        assert [path.name for path in source.medium()] == ["film.0007.png", "film.0008.png", "film.0010.png", "film.0011.png"]


def test_a_jump_in_the_numbering_that_no_film_has(tmp_path: Path) -> None:
    sequence(tmp_path, ["1", "9" * 23])
    with pytest.raises(MediaError, match="jumps from 1 to 999"):
        open_source(tmp_path)


def test_opening_a_long_sequence_can_be_stopped(tmp_path: Path) -> None:
    first = picture(tmp_path / "f.0.png")
    for i in range(1, 600):
        shutil.copy(first, tmp_path / f"f.{i}.png")
    calls: list[int] = []

    class Stopping(Run):
        def report(self, done: int, total: int, note: str) -> None:
            calls.append(done)

    with pytest.raises(Cancelled):
        open_source(tmp_path, run=Stopping(lambda: len(calls) >= 2))
    assert 0 < calls[-1] < 600
