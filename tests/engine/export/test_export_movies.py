"""ProRes and FFV1 as an independent decoder finds them."""
from __future__ import annotations

import json
from fractions import Fraction

import av
import numpy as np
import pytest

from engine.errors import UsageError
from engine.export.movie import ycbcr_planes
from engine.export.result import off_words
from engine.media.colour import luma, to_display, to_ycbcr

from .conftest import Film, codes, faded, untouched

WIDE = (48, 96)


def decoded(path):
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


def planes(frame):
    return [np.frombuffer(p, np.uint16).reshape(p.height, -1)[:, :p.width] for p in frame.planes]


@pytest.mark.parametrize("form", ["prores422hq", "prores4444"])
def test_prores_is_tagged_timed_and_near(tmp_path, exported, form):
    pictures = [faded(i, WIDE) for i in range(5)]
    film = Film(tmp_path / "scan", pictures, rate=Fraction(24000, 1001), pixel_aspect=Fraction(64, 45))
    result = exported(film, tmp_path / "out", form)
    path = tmp_path / "out" / f"film_restored_{form}.mov"
    assert result.outputs == (path,) and result.sound.startswith("silent")
    told = result.luma["formats"][form]
    assert 0 < told["mean"] < 0.3 and told["max"] <= 0.51                   # of what the codec was given
    frames = decoded(path)
    assert len(frames) == 5
    for frame in frames:
        assert (frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range) == (1, 1, 1, 1)
        assert frame.format.name == {"prores422hq": "yuv422p10le", "prores4444": "yuv444p12le"}[form]
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.average_rate, stream.sample_aspect_ratio) == (Fraction(24000, 1001), Fraction(64, 45))
        assert stream.codec_context.codec_tag == {"prores422hq": "apch", "prores4444": "ap4h"}[form]
        assert [s.metadata.get("timecode") for s in container.streams] == ["01:00:00:00"] * 2      # picture and timecode track
        assert stream.metadata["timecode"] == "01:00:00:00" and [float(f.time) for f in frames] == pytest.approx(
            [i * 1001 / 24000 for i in range(5)])
    scale = 4 if form == "prores4444" else 1            # the decoder gives 12 bits
    wanted = [64 + 876 * luma(to_display(picture, "cineon")) for picture in pictures]
    errors = np.stack([planes(frame)[0] / scale - y for frame, y in zip(frames, wanted, strict=True)])
    assert np.abs(errors.mean((1, 2))).max() < 0.2                      # without a bias
    lost, worst = told["codec"], float(np.abs(errors).max())
    assert worst > 2 and abs(worst - lost["max"]) <= 0.51 and abs(np.abs(errors).mean() - lost["mean"]) < 0.1
    assert off_words(result.luma) == (f"off by at most {told['max']:.2f} before the codec of {form}, its own loss is at most "
                                      f"{lost['max']:.2f}, {lost['mean']:.3f} on average")
    ledger = [json.loads(line) for line in (tmp_path / "out" / "film_restored.frames.jsonl").read_text().splitlines()]
    assert max(line["written"][form]["codec"]["max"] for line in ledger if "written" in line) == lost["max"]


def test_a_codec_with_loss_does_not_count_in_what_is_said_of_files(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(i, WIDE) for i in range(2)])
    alone = exported(film, tmp_path / "alone", "ffv1").luma
    both = exported(film, tmp_path / "both", "ffv1", "prores422hq").luma
    assert (both["max"], both["mean"]) == (alone["max"], alone["mean"]) and "codec" not in both["formats"]["ffv1"]
    assert both["formats"]["prores422hq"]["codec"]["max"] > 2
    said = off_words(both)
    assert said.startswith(f"off by at most {alone['max']:.2f} code values in the files") and "codec of prores422hq" in said


def test_the_loss_of_frames_that_an_older_version_wrote_is_not_known(tmp_path, exported):
    film, ledger = Film(tmp_path / "scan", [faded(1, WIDE)]), tmp_path / "out" / "film_restored.frames.jsonl"
    exported(film, tmp_path / "out", "prores422hq")
    rows = [json.loads(line) for line in ledger.read_text().splitlines()]
    for row in rows:
        row.get("written", {}).get("prores422hq", {}).pop("codec", None)
    ledger.write_text("".join(json.dumps(row) + "\n" for row in rows))
    told = exported(film, tmp_path / "out", "prores422hq").luma
    assert told["formats"]["prores422hq"]["codec"] == {} and off_words(told).endswith("its own loss is not known")


def test_planes_are_exact():
    grey = np.repeat(np.linspace(0, 1, 64, dtype=np.float32)[None, :, None], 3, 2).repeat(4, 0)
    y, cb, cr = ycbcr_planes(grey, (True, False))
    assert (y[0, 0], y[0, -1]) == (64, 940) and (cb == 512).all() and (cr == 512).all() and cb.shape == (4, 32)
    picture = np.random.default_rng(1).random((20, 40, 3)).astype(np.float32)
    y, cb, cr = ycbcr_planes(picture, (True, False))
    assert np.abs(y - (64 + 876 * luma(picture))).max() <= 0.501
    full = to_ycbcr(picture)[..., 1]
    padded = np.pad(full, ((0, 0), (1, 1)), "edge")
    wanted = 512 + 896 * (padded[:, :-2] / 4 + full / 2 + padded[:, 2:] / 4)[:, ::2]
    assert np.abs(cb - wanted).max() <= 0.51
    _, cb, cr = ycbcr_planes(np.array([[[0, 0, 1], [1, 0, 0]]], np.float32), (False, False))
    assert cb[0, 0] == 960 and cr[0, 1] == 960


@pytest.mark.parametrize("depth", [10, 12, 16])
def test_ffv1_is_lossless(tmp_path, exported, depth):
    values = [codes(i, depth, WIDE) for i in range(3)]
    pictures = [(v / np.float32(2 ** depth - 1)).astype(np.float32) for v in values]
    film = Film(tmp_path / "scan", pictures, depth=depth, pixel_aspect=Fraction(2))
    result = exported(film, tmp_path / "out", "ffv1", restore=untouched)
    frames = decoded(result.outputs[0])
    assert frames[0].format.name == f"gbrp{depth}le" and len(frames) == 3
    for frame, wanted in zip(frames, values, strict=True):
        g, b, r = planes(frame)
        assert np.array_equal(np.stack([r, g, b], -1), wanted)
    with av.open(str(result.outputs[0])) as container:
        stream = container.streams.video[0]
        assert (stream.average_rate, stream.sample_aspect_ratio) == (24, 2)
        assert stream.metadata["TIMECODE"] == "01:00:00:00"


def test_ffv1_is_tagged_where_a_tag_fits(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(1, WIDE)])
    rec709 = decoded(exported(film, tmp_path / "a", "ffv1", encoding="rec709").outputs[0])[0]
    log = decoded(exported(film, tmp_path / "b", "ffv1").outputs[0])[0]
    assert (rec709.color_primaries, rec709.color_trc, rec709.color_range) == (1, 1, 2)
    assert (log.color_primaries, log.color_trc) == (2, 2)


@pytest.mark.parametrize("rate", [Fraction(18), Fraction(25), Fraction(30000, 1001)])
def test_rates_and_drop_frame_timecode(tmp_path, exported, monkeypatch, rate):
    film = Film(tmp_path / "scan", [faded(i, WIDE) for i in range(2)], rate=rate)
    monkeypatch.setattr(film, "timecode", lambda index: "01:00:00;02")
    result = exported(film, tmp_path / "out", "prores422hq")
    with av.open(str(result.outputs[0])) as container:
        assert container.streams.video[0].average_rate == rate
        separator = ";" if rate.denominator == 1001 else ":"
        assert container.streams.video[0].metadata["timecode"] == f"01:00:00{separator}02"


def test_odd_sizes(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(1, (31, 47))])
    with pytest.raises(UsageError, match=r"even widths.*ffv1"):
        exported(film, tmp_path / "out", "prores422hq")
    frame = decoded(exported(film, tmp_path / "out", "ffv1").outputs[0])[0]
    assert (frame.width, frame.height) == (47, 31)
    film = Film(tmp_path / "scan 2", [faded(1, (31, 46))])
    frame = decoded(exported(film, tmp_path / "out 2", "prores422hq").outputs[0])[0]
    assert (frame.width, frame.height) == (46, 31)
