"""The sample film: whole, the same every time, told apart frame by frame, and never half made."""
import shutil
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from engine.errors import DiskFull, OutputRefused
from engine.media.colour import to_display
from engine.media.dpx import read_dpx
from engine.run import Cancelled, Run
from engine.sample import make_sample, sample_folder

FRAMES, WIDTH = 48, 512


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return make_sample(tmp_path_factory.mktemp("cache") / "sample film", Run(), FRAMES, WIDTH)


def scan_files(film):
    return sorted(film.scan.iterdir())


def reference_frames(film):
    with av.open(str(film.reference)) as container:
        return [(frame.to_ndarray(format="rgb24"), frame.interlaced_frame) for frame in container.decode(video=0)]


def display(path):
    _, codes = read_dpx(path)
    return to_display(codes.astype(np.float32) / 1023, "cineon")


def test_scan_is_a_numbered_sequence_with_film_headers(film):
    files = scan_files(film)
    assert [f.name for f in files] == [f"sample_scan.{86400 + k:07d}.dpx" for k in range(FRAMES)]
    header, codes = read_dpx(files[25])
    assert (header.width, header.height, header.depth, header.big_endian, header.rate) == (512, 388, 10, True, 24)
    assert header.timecode == "01:00:01:01"
    assert header.keycode == "02 93 195900 5401+36"
    assert "sample film" in header.text("project")
    assert codes[0, 0].max() < 120 and codes[194, 256].min() > 300      # gate, picture


def test_reference_is_an_interlaced_anamorphic_pal_dvd_that_starts_earlier(film):
    frames = reference_frames(film)
    assert len(frames) == film.answers["frames"] + film.answers["offset"] + film.answers["splice"][1]
    assert all(interlaced for _, interlaced in frames)
    with av.open(str(film.reference)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (720, 576, 25)
        assert stream.sample_aspect_ratio == Fraction(16, 15)


def test_answers_lead_from_the_scan_to_the_reference(film):
    frames, border = reference_frames(film), film.answers["border"]
    for k in (2, 20, 44):
        dx, dy = film.answers["weave"][k]
        to_reference = np.array(film.answers["picture_to_reference"]) @ np.linalg.inv(
            [[1, 0, border + dx], [0, 1, border + dy], [0, 0, 1]])
        shown = cv2.warpPerspective(cv2.GaussianBlur(film.truth(k), (0, 0), 1), to_reference, (720, 576))
        errors = [np.abs(shown - cv2.GaussianBlur(frame, (0, 0), 1.4) / 255).mean() for frame, _ in frames]
        assert int(np.argmin(errors)) == film.answers["kept"][k]
        assert min(errors) < 0.03


def test_every_frame_moves_except_the_still_passage(film):
    frames = [frame.astype(np.float32) for frame, _ in reference_frames(film)]
    kept, still = film.answers["kept"], set(film.answers["still"])
    assert 2 <= len(still) <= 8
    for k in range(1, FRAMES):
        change = np.abs(cv2.GaussianBlur(frames[kept[k]] - frames[kept[k - 1]], (0, 0), 2)).mean()
        assert (change < 0.25) == (k in still and k - 1 in still), (k, change)


def test_fade_leaves_magenta_and_takes_the_yellow(film):
    picture = display(scan_files(film)[20])[60:-60, 60:-60]
    truth = film.truth(20)[60:-60, 60:-60]
    red, green, blue = picture.reshape(-1, 3).mean(0)
    assert green < red - 0.08 and green < blue - 0.08
    assert np.ptp(truth[..., 0] - truth[..., 2]) > 2 * np.ptp(picture[..., 0] - picture[..., 2])


def test_things_of_one_luma_differ_in_hue(film):
    """A brightness alone does not tell the colour: in every shot many hues share one luma."""
    for k in (3, 16, 28, 40):
        truth = cv2.GaussianBlur(film.truth(k)[60:-60, 60:-60], (0, 0), 2)
        luma = truth @ np.array([0.2126, 0.7152, 0.0722], np.float32)
        middle = truth[np.abs(luma - np.median(luma)) < 0.02]
        assert np.ptp(np.percentile(middle[:, 0] - middle[:, 2], (2, 98))) > 0.2


def test_made_again_it_is_the_same_to_the_byte(tmp_path):
    one, two = (make_sample(tmp_path / word, Run(), 16, 256) for word in ("one", "two"))
    assert one.reference.read_bytes() == two.reference.read_bytes()
    assert [f.read_bytes() for f in scan_files(one)] == [f.read_bytes() for f in scan_files(two)]


def test_a_finished_one_is_taken_as_it_is(film):
    before = film.reference.stat().st_mtime_ns

    class Never(Run):
        def report(self, done, total, note):
            raise AssertionError("nothing is left to do")

    assert make_sample(film.folder, Never(), FRAMES, WIDTH).answers["kept"] == film.answers["kept"]
    assert film.reference.stat().st_mtime_ns == before


def test_one_that_lost_a_frame_is_made_again(tmp_path):
    made = make_sample(tmp_path / "small", Run(), 8, 128)
    scan_files(made)[3].unlink()
    assert len(scan_files(make_sample(tmp_path / "small", Run(), 8, 128))) == 8


def test_stopped_in_the_middle_leaves_nothing_half_made(tmp_path):
    class Stop(Run):
        def report(self, done, total, note):
            if done == 4:
                raise Cancelled

    with pytest.raises(Cancelled):
        make_sample(tmp_path / "film", Stop(), 8, 128)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_cleared(tmp_path):
    left = tmp_path / "film.partial" / "scan"
    left.mkdir(parents=True)
    (left / "sample_scan.0099999.dpx").write_bytes(b"half")
    assert len(scan_files(make_sample(tmp_path / "film", Run(), 8, 128))) == 8
    assert [p.name for p in tmp_path.iterdir()] == ["film"]


def test_a_full_disk_is_told_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9, 10**5))
    with pytest.raises(DiskFull, match="GB are free"):
        make_sample(tmp_path / "film", Run(), 8, 128)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(OutputRefused, match="holds no sample film"):
        make_sample(tmp_path, Run(), 8, 128)
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_the_cache_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("ANSWERPRINT_CACHE", str(tmp_path))
    assert sample_folder().parent == tmp_path
    monkeypatch.delenv("ANSWERPRINT_CACHE")
    assert sample_folder().is_absolute() and Path.home() in sample_folder().parents
