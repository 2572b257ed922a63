"""H.264 and H.265 viewing copies and ProRes 4444 XQ: tagged, timed, playable anywhere, gone on with after a stop or a kill."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from pymediainfo import MediaInfo

from engine.errors import UsageError
from engine.export.movie import GROUP, Encoding, movie_of, ycbcr_planes
from engine.media.colour import luma, to_display
from engine.run import Cancelled

from .conftest import Film, differing, faded, recolour, tree, untouched
from .test_export_resume import StopAt
from .test_export_sound import packets, write_sound

WIDE = (96, 160)
FRAMES = 2 * GROUP + 5


def film_of(folder: Path, frames: int = FRAMES, **facts: Any) -> Film:
    return Film(folder, [faded(i, WIDE) for i in range(frames)], **facts)


def decoded(path: Path) -> list[av.VideoFrame]:
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


def y_of(frame: av.VideoFrame) -> np.ndarray:
    plane = frame.planes[0]
    kind = np.uint8 if frame.format.name == "yuv420p" else np.uint16
    return np.frombuffer(plane, kind).reshape(plane.height, -1)[:, :plane.width].astype(np.float32) / (1 if kind == np.uint8 else 4)


@pytest.mark.parametrize(("form", "pixels", "tag"), [("h264", "yuv420p", "avc1"), ("h265", "yuv420p10le", "hvc1")])
def test_a_viewing_copy(tmp_path, exported, form, pixels, tag):
    film = film_of(tmp_path / "scan", rate=Fraction(24000, 1001), pixel_aspect=Fraction(64, 45))
    result = exported(film, tmp_path / "out", form)
    path = tmp_path / "out" / f"film_restored_{form}.mp4"
    told = result.luma["formats"][form]
    assert result.outputs == (path,) and 0 < told["mean"] < 0.3 and told["max"] <= 0.51         # of what the codec was given
    frames = decoded(path)
    assert len(frames) == FRAMES and {frame.format.name for frame in frames} == {pixels}
    assert {(f.color_primaries, f.color_trc, f.colorspace, f.color_range) for f in frames} == {(1, 1, 1, 1)}
    assert [float(f.time) for f in frames] == pytest.approx([i * 1001 / 24000 for i in range(FRAMES)])
    assert [i for i, f in enumerate(frames) if f.key_frame] == [0, GROUP, 2 * GROUP]
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.average_rate, stream.sample_aspect_ratio) == (Fraction(24000, 1001), Fraction(64, 45))
        assert stream.codec_context.codec_tag == tag and stream.metadata["timecode"] == "01:00:00:00"
    assert path.read_bytes().index(b"moov") < path.read_bytes().index(b"mdat")        # plays while it loads
    errors = np.stack([y_of(frame) - (16 + 219 * luma(to_display(picture, "cineon")))
                       for frame, picture in zip(frames, film.pictures, strict=True)]) * 2 ** (told["depth"] - 8)
    assert np.abs(errors.mean((1, 2))).max() < 0.25 * 2 ** (told["depth"] - 8)
    lost, worst = told["codec"], float(np.abs(errors).max())
    assert worst > 4 and abs(worst - lost["max"]) <= 0.51 and abs(np.abs(errors).mean() - lost["mean"]) < 0.1


def test_chroma_of_half_size():
    picture = np.random.default_rng(1).random((20, 40, 3)).astype(np.float32)
    y, cb, cr = ycbcr_planes(picture, (True, True), 8)
    assert np.abs(y - (16 + 219 * luma(picture))).max() <= 0.501 and y.dtype == np.uint8 and cb.shape == cr.shape == (10, 20)
    full = ycbcr_planes(picture, (True, False), 16)[1].astype(np.float64) / 256
    assert np.abs(cb - (full[::2] + full[1::2]) / 2).max() <= 0.51
    grey = np.repeat(np.linspace(0, 1, 64, dtype=np.float32)[None, :, None], 3, 2).repeat(4, 0)
    y, cb, cr = ycbcr_planes(grey, (True, True), 8)
    assert (y[0, 0], y[0, -1]) == (16, 235) and (cb == 128).all() and (cr == 128).all()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["h264", "h265"])
def test_a_group_gives_the_same_bytes_whatever_memory_held(form):
    """An encoder that reads what was left in memory gives others, about once in two hundred times, among other groups and other work."""
    movie, random, junk = movie_of(form, 10), np.random.default_rng(3), []
    encoding = Encoding(movie, WIDE[1], WIDE[0], Fraction(24), Fraction(1))
    groups = [[ycbcr_planes(recolour(i, to_display(faded(i, WIDE), "cineon")).clip(0, 1), movie.halved, movie.depth)
               for i in range(first, first + GROUP)] for first in (0, GROUP)]
    wanted = [encoding.packets(group) for group in groups]
    for _ in range(1000):
        which = int(random.integers(2))
        assert encoding.packets(groups[which]) == wanted[which]
        junk += [random.integers(0, 3, int(2 ** random.uniform(5, 21))).astype(np.int16) for _ in range(random.integers(4))]
        while junk and random.random() < 0.6:
            junk.pop(int(random.integers(len(junk))))


@pytest.mark.parametrize("steps", [0, 3, GROUP + 1, 2 * GROUP + 2, FRAMES + 1])
def test_stopped_in_a_group_and_started_again(tmp_path, exported, steps):
    film = film_of(tmp_path / "scan")
    formats = ("dpx", "h264", "prores4444xq")
    exported(film, tmp_path / "whole", *formats)
    wanted = tree(tmp_path / "whole")
    with pytest.raises(Cancelled):
        exported(film, tmp_path / "out", *formats, run=StopAt(steps))
    made: list[int] = []
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*/*.dpx")}
    exported(film, tmp_path / "out", *formats, restore=lambda i, p: (made.append(i), recolour(i, p))[1])
    assert differing(tree(tmp_path / "out"), wanted) == {}
    assert made == sorted(made) and (not made or made[0] % GROUP == 0)
    assert sum(path.stat().st_mtime_ns != time for path, time in times.items()) <= 2      # only what was under way is written again


def test_killed_in_the_middle_of_a_group(tmp_path, exported):
    film = film_of(tmp_path / "scan")
    exported(film, tmp_path / "whole", "h264")
    with pytest.raises(Cancelled):
        exported(film, tmp_path / "out", "h264", run=StopAt(FRAMES - 1))
    ledger, packets = tmp_path / "out" / "film_restored.frames.jsonl", next((tmp_path / "out").glob(".*.packets"))
    ledger.write_bytes(ledger.read_bytes()[:-30])
    packets.write_bytes(packets.read_bytes()[:-100] + b"half")
    exported(film, tmp_path / "out", "h264")
    assert differing(tree(tmp_path / "out"), tree(tmp_path / "whole")) == {}


def test_sizes_that_do_not_go(tmp_path, exported):
    for size in ((96, 161), (97, 160)):
        film = Film(tmp_path / str(size), [faded(1, size)])
        with pytest.raises(UsageError, match=r"even widths and heights.*ffv1"):
            exported(film, tmp_path / "out", "h264")


def test_burn_in_is_in_viewing_copies_only(tmp_path, exported):
    large = (270, 480)
    film = Film(tmp_path / "scan", [faded(i, large) for i in range(2)], name="Película")
    plain = exported(film, tmp_path / "plain", "h264", "h265", "prores422hq", "dpx")
    burnt = exported(film, tmp_path / "burnt", "h264", "h265", "prores422hq", "dpx", burn_in=True)
    for form in ("h264", "h265"):
        path = next((tmp_path / "burnt").glob(f"*{form}.mp4"))
        here, there = (y_of(decoded(tmp_path / name / path.name)[1]) for name in ("plain", "burnt"))
        changed = np.abs(here - there) > 25
        rows, columns = np.flatnonzero(changed.any(1)), np.flatnonzero(changed.any(0))
        assert rows[0] > 0.8 * large[0] and rows[-1] < large[0] - 4 and columns[0] > 4 and columns[-1] < large[1] - 4
        box = there[rows[0]:rows[-1], columns[0]:columns[-1]]
        assert box.min() < 20 and box.max() > 215 and 0.05 < (box > 128).mean() < 0.5      # light letters on dark ground
        assert len({decoded(path)[i].to_ndarray().tobytes() for i in (0, 1)}) == 2
    taken = [{form: figures.pop("codec") for form, figures in made.luma["formats"].items() if "codec" in figures}
             for made in (plain, burnt)]
    assert burnt.luma == plain.luma                    # measured before anything is burnt in
    assert taken[0]["prores422hq"] == taken[1]["prores422hq"] and taken[0]["h264"] != taken[1]["h264"]
    assert taken[1]["h264"]["max"] < 60                # what was burnt in is no loss
    for name in ("film", "dpx", "prores422hq"):
        assert all(data == (tmp_path / "plain" / path).read_bytes() for path, data in tree(tmp_path / "burnt").items()
                   if name in path and "h26" not in path and "jsonl" not in path)


@pytest.mark.parametrize(("codec", "name"), [("pcm_s16le", "sound.wav"), ("aac", "sound.m4a")])
def test_sound_goes_along_bit_for_bit(tmp_path, exported, codec, name):
    film = film_of(tmp_path / "scan", 12)
    write_sound(tmp_path / name, codec)
    result = exported(film, tmp_path / "out", "h264", sound=tmp_path / name)
    assert packets(result.outputs[0]) == packets(tmp_path / name) and "copied bit for bit" in result.sound
    assert len(decoded(result.outputs[0])) == 12


def test_xq(tmp_path, exported):
    film = film_of(tmp_path / "scan", 3, pixel_aspect=Fraction(16, 15))
    path = exported(film, tmp_path / "out", "prores4444xq", restore=untouched).outputs[0]
    frames = decoded(path)
    assert path.name == "film_restored_prores4444xq.mov" and len(frames) == 3
    assert {(f.color_primaries, f.color_trc, f.colorspace, f.color_range) for f in frames} == {(1, 1, 1, 1)}
    track = MediaInfo.parse(path).video_tracks[0]
    assert (track.codec_id, track.format_profile, track.pixel_aspect_ratio) == ("ap4x", "4444 XQ", "1.067")


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
@pytest.mark.parametrize("form", ["prores422hq", "prores4444", "prores4444xq", "h264", "h265", "ffv1"])
def test_ffprobe_agrees(tmp_path, exported, form):
    film = film_of(tmp_path / "scan", 5, rate=Fraction(30000, 1001), pixel_aspect=Fraction(9, 10))
    film.timecode = lambda index: f"01:00:00;{index + 2:02d}"       # type: ignore[method-assign]
    path = exported(film, tmp_path / "out", form, encoding="rec709", source_type="algorithmicallyEnhanced").outputs[0]
    told = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", path],
                          stdout=subprocess.PIPE, check=True)
    found = json.loads(told.stdout)
    video = found["streams"][0]
    assert (video["nb_read_frames"], video["r_frame_rate"], video["sample_aspect_ratio"]) == ("5", "30000/1001", "9:10")
    assert (video["color_primaries"], video["color_transfer"], video["color_range"]) == (
        "bt709", "bt709", "pc" if form == "ffv1" else "tv")
    if form == "ffv1":
        assert video["tags"]["TIMECODE"] == "01:00:00;02"
    else:
        assert video["color_space"] == "bt709"
        clock = next(stream for stream in found["streams"] if stream.get("codec_tag_string") == "tmcd")
        assert clock["tags"]["timecode"] == "01:00:00;02"
    assert "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced" in found["format"]["tags"].values()


KILLED = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from engine.export.export import ExportSettings, export
from engine.media.colour import to_display
from engine.run import Run
from export.conftest import recolour
from export.test_viewing_copies import film_of
film = film_of(Path({scan!r}), 60)
film.part(10, 50)
print("ready", flush=True)
export(film, lambda i: to_display(film.read(i), "cineon"), recolour,
       ExportSettings(Path({out!r}), ("dpx", "h264", "h265"), whole=True, burn_in=True, source_type="algorithmicallyEnhanced"), Run())
"""


@pytest.mark.slow
def test_killed_at_any_point(tmp_path):
    root = Path(__file__).parents[3]

    def start(out: str) -> subprocess.Popen[bytes]:
        code = KILLED.format(root=str(root), tests=str(root / "tests" / "engine"), scan=str(tmp_path / "scan"), out=str(tmp_path / out))
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=os.environ | {"OMP_NUM_THREADS": "1"})
        assert process.stdout
        process.stdout.readline()
        return process

    process, began = start("whole"), time.monotonic()
    assert process.wait() == 0
    length, kills = time.monotonic() - began, 0
    for part in range(1, 40):
        process = start("killed")
        try:
            assert process.wait(length * (0.1 + 0.03 * part)) == 0
            break
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
    assert kills >= 2 and process.returncode == 0
    assert differing(tree(tmp_path / "killed"), tree(tmp_path / "whole")) == {}
