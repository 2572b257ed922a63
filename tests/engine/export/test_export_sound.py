"""Sound is copied bit for bit, from the scan's own file or from a named one."""
from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engine.errors import MediaError, UsageError
from engine.media.open import open_source
from engine.media.source import Reading

from .conftest import Film, faded

RATE = 48000
SIZE = (48, 64)


def samples(seconds: float) -> np.ndarray:
    return np.random.default_rng(0).integers(-2000, 2000, (1, 2 * int(RATE * seconds))).astype(np.int16)


def write_sound(path: Path, codec: str = "pcm_s16le", seconds: float = 0.5, picture: int = 0, container: str | None = None) -> None:
    """A sound file, or a film of `picture` frames at 24 a second with sound."""
    with av.open(str(path), "w", format=container) as output:
        if picture:
            video = output.add_stream("mpeg4", rate=24)
            video.width, video.height, video.pix_fmt = SIZE[1], SIZE[0], "yuv420p"
        audio = output.add_stream(codec, rate=RATE)
        audio.layout = "stereo"
        data = samples(seconds)
        for start in range(0, data.shape[1], 2048):
            frame = av.AudioFrame.from_ndarray(data[:, start:start + 2048], "s16", "stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, start // 2, Fraction(1, RATE)
            for packet in audio.encode(frame):
                output.mux(packet)
        for index in range(picture):
            frame = av.VideoFrame.from_ndarray(np.full((*SIZE, 3), 9 * index % 255, np.uint8), "rgb24")
            frame.pts, frame.time_base = index, Fraction(1, 24)
            for packet in video.encode(frame):
                output.mux(packet)
        for stream in output.streams:
            for packet in stream.encode(None):
                output.mux(packet)


def packets(path: Path) -> bytes:
    with av.open(str(path)) as container:
        return b"".join(bytes(packet) for packet in container.demux(audio=0))


def start_of_sound(path: Path) -> float:
    with av.open(str(path)) as container:
        packet = next(container.demux(audio=0))
        return float(packet.pts * packet.time_base)


def film_of(folder: Path, frames: int = 12, **facts) -> Film:
    return Film(folder, [faded(i, SIZE) for i in range(frames)], **facts)


@pytest.mark.parametrize("codec", ["pcm_s16le", "pcm_s24le"])
def test_a_named_wav(tmp_path, exported, codec):
    write_sound(tmp_path / "Ton ä.wav", codec)
    result = exported(film_of(tmp_path / "scan"), tmp_path / "out", "prores422hq", "ffv1", "dpx", sound=tmp_path / "Ton ä.wav")
    assert result.sound == f"{codec} of Ton ä.wav, copied bit for bit"
    for path in (p for p in result.outputs if p.is_file()):
        assert packets(path) == packets(tmp_path / "Ton ä.wav") and len(packets(path)) > RATE
        with av.open(str(path)) as container:
            assert container.streams.audio[0].codec_context.name == codec
            assert sum(1 for _ in container.decode(video=0)) == 12
        assert start_of_sound(path) == 0


@pytest.fixture
def master(tmp_path):
    """`master('film.avi')` makes a film of two seconds with sound, in a folder of its own."""
    (tmp_path / "masters").mkdir()

    def make(name, codec="pcm_s16le"):
        write_sound(tmp_path / "masters" / name, codec, picture=48, seconds=2)
        return tmp_path / "masters" / name

    return make


def test_the_scans_own(tmp_path, exported, master):
    path = master("film:1.avi")
    with open_source(path) as film:
        result = exported(film, tmp_path / "out", "prores422hq")
    assert packets(result.outputs[0]) == packets(path)
    assert "copied bit for bit" in result.sound and "lasts" not in result.sound


@pytest.mark.parametrize("name", ["film.mov", "film.mkv"])
@pytest.mark.parametrize("first", [0, 24])
def test_a_range_of_the_scan_has_the_sound_of_the_range(tmp_path, exported, master, name, first):
    path = master(name)
    with open_source(path, Reading(span=(first, first + 11), rate=Fraction(18))) as film:       # the rate of the result moves no sound
        made = exported(film, tmp_path / "out", "ffv1").outputs[0]
    everything, copied = packets(path), packets(made)
    place = everything.index(copied) / 4 / RATE
    assert abs(place - first / 24) < 0.05 and abs(len(copied) / 4 / RATE - 0.5) < 0.06
    assert start_of_sound(made) == pytest.approx(place - first / 24, abs=0.002)


def test_a_scan_whose_sound_lies_in_several_files_is_silent_and_says_so(tmp_path, exported):
    dvd = tmp_path / "disc" / "VIDEO_TS"
    dvd.mkdir(parents=True)
    write_sound(tmp_path / "whole.vob", "ac3", picture=48, seconds=2, container="vob")
    data = (tmp_path / "whole.vob").read_bytes()
    cut = len(data) // 2048 // 2 * 2048
    (dvd / "VTS_01_1.VOB").write_bytes(data[:cut])
    (dvd / "VTS_01_2.VOB").write_bytes(data[cut:])
    with open_source(dvd) as film:
        assert film.info.sound
        result = exported(film, tmp_path / "out", "ffv1")
    assert result.sound.startswith("silent: it lies in several files")
    with av.open(str(result.outputs[0])) as container:
        assert not container.streams.audio


def test_every_container_that_cannot_hold_the_sound_is_named(tmp_path, exported, master):
    with open_source(master("film.mkv", "tta")) as film:
        result = exported(film, tmp_path / "out", "prores422hq", "ffv1", "h264")
    assert "; .mov and .mp4 files cannot hold it and are silent" in result.sound
    heard = []
    for path in result.outputs:
        with av.open(str(path)) as container:
            heard.append(len(container.streams.audio))
    assert heard == [0, 1, 0]


def test_sound_that_one_container_holds_and_the_other_does_not(tmp_path, exported, master):
    path = master("film.mkv", "flac")
    with open_source(path) as film:
        result = exported(film, tmp_path / "out", "prores422hq", "ffv1")
    assert "flac of film.mkv, copied bit for bit; .mov files cannot hold it and are silent" in result.sound
    assert packets(result.outputs[1]) == packets(path)
    with av.open(str(result.outputs[0])) as container:
        assert not container.streams.audio


def test_a_codec_that_a_container_cannot_hold(tmp_path, exported):
    write_sound(tmp_path / "sound.flac", "flac")
    with pytest.raises(UsageError, match=r"sound.flac: .mov files cannot hold its sound \(flac\)"):
        exported(film_of(tmp_path / "scan"), tmp_path / "out", "prores422hq", sound=tmp_path / "sound.flac")
    assert not (tmp_path / "out").exists()


def test_no_sound_in_the_file(tmp_path, exported):
    (tmp_path / "note.txt").write_text("no sound")
    with pytest.raises(MediaError, match=r"note.txt: this sound file cannot be read"):
        exported(film_of(tmp_path / "scan"), tmp_path / "out", "ffv1", sound=tmp_path / "note.txt")
    silent = exported(film_of(tmp_path / "scan"), tmp_path / "silent", "ffv1").outputs[0]
    with pytest.raises(MediaError, match="has no sound"):
        exported(film_of(tmp_path / "scan"), tmp_path / "out", "ffv1", sound=silent)


def test_what_is_said(tmp_path, exported):
    write_sound(tmp_path / "long.wav", seconds=3)
    film = film_of(tmp_path / "scan", 3)
    assert exported(film, tmp_path / "a", "dpx").sound == "stills carry no sound"
    assert "long.wav was not used" in exported(film, tmp_path / "a", "dpx", sound=tmp_path / "long.wav").sound
    assert exported(film, tmp_path / "b", "ffv1").sound.startswith("silent: the scan has none")
    assert "lasts 3.00 s, the picture 0.12 s" in exported(film, tmp_path / "c", "ffv1", sound=tmp_path / "long.wav").sound


def test_another_sound_makes_the_movie_anew(tmp_path, exported):
    film = film_of(tmp_path / "scan", 3)
    silent = exported(film, tmp_path / "out", "ffv1", "dpx").outputs[1].read_bytes()
    write_sound(tmp_path / "a.wav")
    heard = exported(film, tmp_path / "out", "ffv1", "dpx", sound=tmp_path / "a.wav").outputs[1]
    assert packets(heard) == packets(tmp_path / "a.wav")
    assert exported(film, tmp_path / "out", "ffv1", "dpx").outputs[1].read_bytes() == silent
