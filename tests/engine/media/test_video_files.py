"""DVD folders, timecode, sound, and files that are damaged, cut short or no video: one clear line each."""
from __future__ import annotations

import shutil
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from engine.errors import DamagedFrame, MediaError
from engine.media.fingerprint import fingerprint
from engine.media.open import open_source
from engine.media.source import Reading
from engine.media.video_tags import later_timecode
from tests.engine.media.video_makers import make_dv, make_ffv1, make_h264, make_prores, make_vob, number_in, numbered, write

PACK = 2048


def split(film: Path, folder: Path, title: str, at: list[float]) -> list[Path]:
    """The parts of a title, cut between packs."""
    data = film.read_bytes()
    ends = [0, *(int(len(data) * part) // PACK * PACK for part in at), len(data)]
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for number, (start, stop) in enumerate(pairwise(ends), 1):
        parts.append(folder / f"VTS_{title}_{number}.VOB")
        parts[-1].write_bytes(data[start:stop])
    return parts


def test_a_dvd_is_its_longest_title_as_one_stream(tmp_path):
    film, folder = make_vob(tmp_path, 60), tmp_path / "My Film" / "VIDEO_TS"
    parts = split(film, folder, "02", [.31, .72])
    (folder / "VTS_01_1.VOB").write_bytes(film.read_bytes()[:20 * PACK])
    (folder / "VTS_02_0.VOB").write_bytes(bytes(10 * film.stat().st_size))     # a menu, larger than the film
    (folder / "VIDEO_TS.IFO").write_bytes(b"DVDVIDEO-VMG")
    with open_source(folder) as dvd, open_source(film) as whole, open_source(folder.parent) as disc:
        assert len(dvd) == len(whole) == len(disc) == 60
        assert dvd.info.name == disc.info.name == "My Film"
        for i in (59, 0, 20, 41, 19, 5):
            assert np.array_equal(dvd.read(i), whole.read(i))
        assert dvd.files(0) == (parts[0],)
        assert dvd.files(59) == (parts[2],)


def test_a_part_of_a_dvd_that_is_missing_is_named(tmp_path):
    parts = split(make_vob(tmp_path, 60), tmp_path / "disc", "01", [.31, .72])
    parts[1].unlink()
    with pytest.raises(MediaError, match=r"VTS_01_2\.VOB is missing.*--allow-gaps"):
        open_source(tmp_path / "disc")
    with open_source(tmp_path / "disc", Reading(allow_gaps=True)) as source:
        assert 20 < len(source) < 60
        assert source.info.rate == 25


def test_where_and_when_a_frame_stands_does_not_depend_on_the_range(tmp_path):
    film = make_vob(tmp_path, 40)
    with open_source(film) as whole, open_source(film, Reading(span=(10, 19))) as part:
        assert [part.place(i) for i in (0, 9)] == [10, 19]
        assert (part.places, part.medium()) == (whole.places, whole.medium()) == (40, (film,))
        assert part.seconds(0) == whole.seconds(10) == Fraction(10, 25)
        assert fingerprint(part) == fingerprint(whole)


def test_joined_titles_whose_time_starts_again_keep_their_order(tmp_path):
    first = make_vob(tmp_path, 40)
    (tmp_path / "second").mkdir()
    second = make_vob(tmp_path / "second", 30)
    folder = tmp_path / "disc"
    folder.mkdir()
    shutil.copy(first, folder / "VTS_01_1.VOB")
    shutil.copy(second, folder / "VTS_01_2.VOB")
    with open_source(folder) as source:
        assert [number_in(source.read(i)) for i in range(len(source))] == [*range(40), *range(30)]
        assert [number_in(source.read(i)) for i in (69, 45, 12, 41, 39)] == [29, 5, 12, 1, 39]
        assert source.info.rate == 25


def test_timecode_counts_on(tmp_path):
    with open_source(make_prores(tmp_path, 30)) as source:
        assert [source.timecode(i) for i in (0, 23, 24)] == ["01:00:00:00", "01:00:00:23", "01:00:01:00"]
    with open_source(tmp_path / "film.mov", Reading(span=(25, 29))) as source:
        assert source.info.timecode == source.timecode(0) == "01:00:01:01"


def test_drop_frame_timecode_leaves_out_two_numbers_a_minute_but_not_each_tenth():
    """SMPTE 12M: 17,982 frames are ten minutes."""
    assert later_timecode("00:00:59;29", 1, 30) == "00:01:00;02"
    assert later_timecode("00:09:59;29", 1, 30) == "00:10:00;00"
    assert later_timecode("00:00:00;00", 17982, 30) == "00:10:00;00"
    assert later_timecode("00:01:00;02", 1798, 30) == "00:02:00;02"
    assert later_timecode("23:59:59:24", 1, 25) == "00:00:00:00"


def test_sound_is_seen(tmp_path):
    silent = make_ffv1(tmp_path, 5)
    with open_source(silent) as source:
        assert not source.info.sound
    with av.open(str(silent)) as film, av.open(str(tmp_path / "loud.mkv"), "w") as out:
        picture, sound = out.add_stream_from_template(film.streams.video[0]), out.add_stream("pcm_s16le", rate=48000)
        for packet in film.demux(video=0):
            if packet.size:
                packet.stream = picture
                out.mux(packet)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 9600), np.int16), layout="mono")
        frame.rate = 48000
        out.mux(sound.encode(frame))
    with open_source(tmp_path / "loud.mkv") as source:
        assert source.info.sound
        assert len(source) == 5


@pytest.mark.parametrize("make", [make_vob, make_dv, make_ffv1])
def test_a_film_that_is_cut_short_gives_the_frames_it_has(tmp_path, make):
    film = make(tmp_path, 30)
    cut = film.with_stem("cut")
    cut.write_bytes(film.read_bytes()[:int(film.stat().st_size * .6)])
    with open_source(cut) as source:
        assert 10 < len(source) < 20
        numbers = [number_in(source.read(i)) for i in range(len(source))]
        assert numbers[:-1] == list(range(len(source) - 1))     # the last is a frame to which those before it had to come yet


def test_a_film_that_starts_in_the_middle_begins_with_its_first_whole_picture(tmp_path):
    film = make_vob(tmp_path, 60)
    data = film.read_bytes()
    cut = tmp_path / "cut.vob"
    cut.write_bytes(data[len(data) // 3 // PACK * PACK:])
    with open_source(cut) as source:
        numbers = [number_in(source.read(i)) for i in range(len(source))]
        assert numbers[0] > 0
        assert numbers == list(range(numbers[0], 60))


@pytest.mark.parametrize(("make", "lost"), [(make_ffv1, range(7, 12)), (make_prores, range(7, 8))])
def test_a_damaged_frame_is_named_and_the_others_are_read(tmp_path, make, lost):
    """FFV1 with a key frame each twelve: what leans on the damaged frame is lost with it, and never given wrong."""
    film = make(tmp_path, 20)
    with av.open(str(film)) as container:
        packet = [p for p in container.demux(video=0) if p.size][7]
        position, size = packet.pos, packet.size
    data = bytearray(film.read_bytes())
    middle = position + size // 2
    data[middle - size // 4:middle + size // 4] = bytes(b ^ 0x5A for b in data[middle - size // 4:middle + size // 4])
    if make is make_prores:
        data[position + 4:position + 8] = b"none"       # ProRes has no checksum; break its frame header
    film.write_bytes(data)
    with open_source(film) as source:
        assert len(source) == 20
        for i in lost:
            with pytest.raises(DamagedFrame, match=f"frame {i} is damaged") as raised:
                source.read(i)
            assert "\n" not in str(raised.value)
        others = [*range(lost.stop, 20), *range(lost.start)]
        assert [number_in(source.read(i)) for i in others] == others


def test_an_mp4_without_its_index_is_refused_in_one_line(tmp_path):
    film = make_h264(tmp_path, 20)
    film.write_bytes(film.read_bytes()[:film.stat().st_size // 2])
    with pytest.raises(MediaError, match="cut short") as raised:
        open_source(film)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("name", "data"), [("a.mov", b""), ("a.mpg", bytes(5000)), ("notes.txt", b"not a film\n" * 99)])
def test_what_is_no_video_is_refused_in_one_line(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(MediaError, match=name) as raised:
        open_source(tmp_path / name)
    assert "\n" not in str(raised.value)


def test_sound_alone_is_no_film(tmp_path):
    with av.open(str(tmp_path / "a.wav"), "w") as out:
        stream = out.add_stream("pcm_s16le", rate=48000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 9600), np.int16), layout="mono")
        frame.rate = 48000
        out.mux(stream.encode(frame))
    with pytest.raises(MediaError, match="no picture"):
        open_source(tmp_path / "a.wav")


def test_a_range_outside_the_film_is_refused(tmp_path):
    film = make_ffv1(tmp_path, 10)
    with pytest.raises(MediaError, match="0-9"):
        open_source(film, Reading(span=(5, 12)))


def test_names_with_spaces_colons_and_other_letters(tmp_path):
    film = make_ffv1(tmp_path, 3).rename(tmp_path / "фильм: часть 1 ü.mkv")
    with open_source(film) as source:
        assert number_in(source.read(2)) == 2
        assert source.info.name == "фильм: часть 1 ü"


def test_memory_of_decoded_frames_is_bounded(tmp_path):
    """A long film read in order holds no more decoded frames than the cache."""
    film = write(tmp_path / "a.mkv", numbered(120, "yuv420p"), "ffv1", "yuv420p", Fraction(24))
    with open_source(film) as source:
        for i in range(120):
            source.read(i)
        assert len(source._coded._cache) <= 32
