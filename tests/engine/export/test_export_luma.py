"""The luma certificate: what holds, what is counted as clipped, and that it fails loudly."""
from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.export.certificate import CHROMA_HELD, ChromaChanged, LumaChanged, SoundChanged, file_figures, sound_held
from engine.export.coding import Coding
from engine.export.gamut import into_gamut
from engine.media.colour import ENCODINGS, luma, to_display, to_ycbcr

from .conftest import Film, faded, recolour


@given(st.integers(0, 10 ** 6), st.sampled_from([(0.0, 1.0), (-0.0255, 3.45)]))
@settings(max_examples=60, deadline=None)
def test_gamut_keeps_luma_and_hue(seed, limits):
    rng = np.random.default_rng(seed)
    low, high = limits
    picture = rng.normal(0.5, 0.6, (4, 6, 3)).astype(np.float32)
    held = np.clip(luma(picture), low, high)
    picture += (held - luma(picture))[..., None]
    result = into_gamut(picture, held, low, high)
    assert result.min() >= low - 1e-6 and result.max() <= high + 1e-6
    assert np.abs(luma(result) - held).max() < 1e-6
    before, after = to_ycbcr(picture)[..., 1:], to_ycbcr(result)[..., 1:]
    assert np.abs(before[..., 0] * after[..., 1] - before[..., 1] * after[..., 0]).max() < 1e-5
    fits = ((picture >= low) & (picture <= high)).all(-1)
    assert np.abs(result[fits] - picture[fits]).max(initial=0) < 1e-6


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("depth", "floating"), [(10, False), (16, False), (10, True)])
def test_every_encoding_holds_luma_to_its_rounding(encoding, depth, floating):
    rng = np.random.default_rng(depth)
    scan = rng.normal(rng.random((40, 60, 1)) * 1.3 - 0.1, 0.2, (40, 60, 3)).astype(np.float32)
    coding, y = Coding(encoding, depth, floating), luma(scan)
    held = np.clip(y, *coding.limits)
    written = coding.codes(coding.fit(recolour(0, scan), held), held)
    figures = file_figures(written, coding, y, "0")         # raises beyond what rounding can cause
    assert figures.mean < 0.7
    if encoding in ("rec709", "srgb"):
        assert figures.max <= 0.5 + 0.3 * (depth == 16 or floating)
    low, high = coding.limits
    assert figures.clipped == pytest.approx(((y < low - 1e-5) | (y > high + 1e-5)).mean(), abs=2e-3)


def test_cineon_is_off_by_two_codes_at_most_up_to_white(tmp_path, exported):
    result = exported(Film(tmp_path / "scan", [faded(i) for i in range(3)]), tmp_path / "out", "dpx", "tiff", encoding="same")
    assert 0 < result.luma["mean"] < 0.5 and result.luma["max"] <= 2
    assert result.luma["formats"]["dpx"]["depth"] == 10 and result.float_luma_max < 1e-5
    lines = [json.loads(line) for line in (tmp_path / "out" / "film_restored.frames.jsonl").read_text().splitlines()]
    assert [line["frame"] for line in lines[1:]] == ["0086400", "0086401", "0086402"]
    assert all(0 < line["written"]["dpx"]["max"] <= 2 and line["float_max"] <= 1e-4 for line in lines[1:])


def test_highlights_keep_their_detail_in_cineon_and_are_counted_as_clipped_in_rec709(tmp_path, exported):
    scan = np.repeat(np.linspace(600, 1000, 60, dtype=np.float32)[None, :, None], 3, 2).repeat(8, 0) / 1023
    film = Film(tmp_path / "scan", [np.rint(scan * 1023) / 1023])
    same = exported(film, tmp_path / "same", "dpx")
    assert same.clipped == 0 and same.luma["max"] < 8
    rec709 = exported(film, tmp_path / "rec709", "dpx", encoding="rec709")
    white = (to_display(film.pictures[0], "cineon")[..., 1] > 1).mean()
    assert rec709.clipped == pytest.approx(white, abs=1e-6) and rec709.luma["max"] <= 1


@pytest.mark.parametrize("change", [3e-4, -0.01, np.nan])
def test_a_changed_luma_is_not_written(tmp_path, exported, change):
    def restore(index, picture):
        return picture + np.float32(change if index == 1 else 0)

    film = Film(tmp_path / "scan", [faded(i) for i in range(3)])
    with pytest.raises(LumaChanged, match="0086401"):
        exported(film, tmp_path / "out", "dpx", "png", restore=restore)
    assert not list((tmp_path / "out").rglob("*0086401*"))


def test_wrong_codes_are_found():
    coding = Coding("cineon", 10)
    picture = to_display(faded(1), "cineon")
    written = coding.codes(picture, luma(picture))
    written[3, 40, 1] += 2
    with pytest.raises(LumaChanged, match="more than rounding"):
        file_figures(written, coding, luma(picture), "7")


def test_a_picture_of_another_size_is_refused(tmp_path, exported):
    with pytest.raises(LumaChanged, match="45 x 30"):
        exported(Film(tmp_path / "scan", [faded(1)]), tmp_path / "out", "dpx", restore=lambda i, p: p[:, 1:])


@pytest.mark.parametrize("change", [3e-4, np.nan])
def test_where_only_detail_is_restored_a_changed_chroma_is_not_written(tmp_path, exported, change):
    def restore(index, picture):
        brighter = picture + np.float32(0.05)
        brighter[5, 5, 0] += np.float32(change if index == 1 else 0)
        return brighter

    film = Film(tmp_path / "scan", [faded(i) for i in range(3)])
    with pytest.raises(ChromaChanged, match="0086401"):
        exported(film, tmp_path / "out", "dpx", restore=restore, proof=CHROMA_HELD)
    assert not list((tmp_path / "out").rglob("*0086401*")) and list((tmp_path / "out").rglob("*0086400.dpx"))


def test_a_sound_part_that_was_changed_by_the_least_is_not_written():
    held = faded(1)
    sound = np.zeros(held.shape[:2], np.bool_)
    sound[:10] = True
    repaired = held.copy()
    repaired[10:] += np.float32(0.2)
    sound_held(held, repaired, sound, "0086401")
    repaired[3, 3, 1] = np.nextafter(repaired[3, 3, 1], np.float32(2))
    with pytest.raises(SoundChanged, match="0086401: 1 pixels"):
        sound_held(held, repaired, sound, "0086401")
