"""Time and space of whole films, against the answers they were made from."""
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.align.align import align, aligned_already
from engine.align.alignment import Alignment
from engine.align.dense import Views
from engine.align.geometry import Anchor, settled
from engine.errors import DamagedFrame, MediaError, NothingInCommon, TooShort
from engine.media.open import open_source
from engine.run import Cancelled, Run

from .films import BORDER, PICTURE, REFERENCE, Memory, called, corner_errors, film, joined, scanned, telecine, telecine_matrix

SHARED = Path(__file__).parents[3] / ".." / "shared"


def partners(alignment):
    return [f.reference for f in alignment.frames]


@pytest.fixture(scope="module")
def spliced():
    """A film whose scan begins 4 frames late and has lost frames 16 to 18; the reference has subtitles for a while."""
    pictures, matrix = film(34, seed=1, pan=(0.6, 0.1)), telecine_matrix(1)
    kept = [k for k in range(4, 34) if k not in (16, 17, 18)]
    scan, weave = scanned([pictures[k] for k in kept], 1)
    return align(scan, telecine(pictures, matrix, 1, range(10, 20)), Run()), kept, matrix, weave


def test_offset_and_splice_are_found(spliced):
    alignment, kept, _, _ = spliced
    assert partners(alignment) == kept
    assert min(f.confidence for f in alignment.frames) > 0.7


def test_geometry_and_weave_are_exact(spliced):
    alignment, _, matrix, weave = spliced
    errors = corner_errors(alignment, matrix, weave)
    assert np.median(errors) < 0.2 and np.percentile(errors, 95) < 0.4
    misfit = np.array([f.residual_px for f in alignment.frames])
    assert (misfit > 0).all() and 0.2 < np.median(misfit) / np.median(errors) < 5


def test_live_area_and_reference_size(spliced):
    alignment = spliced[0]
    x0, y0, x1, y1 = alignment.live_area
    assert max(abs(x0 - BORDER), abs(y0 - BORDER), abs(x1 - BORDER - PICTURE[0]), abs(y1 - BORDER - PICTURE[1])) <= 3
    assert alignment.reference_size == REFERENCE and alignment.shots == ((0, len(alignment.frames)),)


def test_alignment_goes_through_json(spliced, tmp_path):
    alignment = spliced[0]
    alignment.save(tmp_path / "alignment.json")
    again = Alignment.load(tmp_path / "alignment.json")
    assert again.as_json() == alignment.as_json()
    assert all(np.array_equal(a.matrix, b.matrix) for a, b in zip(again.frames, alignment.frames, strict=True))


@pytest.mark.parametrize("pan", [(3.0, 0.0), (-1.2, 1.0)])
def test_a_panning_camera_is_not_taken_for_a_shifted_picture(pan):
    pictures, matrix = film(24, seed=3, pan=pan, sprites=2), telecine_matrix(3)
    scan, weave = scanned(pictures[3:21], 3)
    alignment = align(scan, telecine(pictures, matrix, 3), Run())
    assert partners(alignment) == list(range(3, 21))
    assert np.median(corner_errors(alignment, matrix, weave)) < 0.25


@pytest.mark.parametrize("seed", [6, pytest.param(9, marks=pytest.mark.slow)])
def test_a_picture_that_only_moves_as_a_whole_is_told_by_how_it_changes_its_speed(seed):
    pictures, matrix = film(36, seed=seed, pan=(5.0, 0.0), sprites=0, sway=9.0), telecine_matrix(seed)
    scan, weave = scanned(pictures[4:], seed)
    found = align(scan, telecine(pictures, matrix, seed), Run())
    assert partners(found) == list(range(4, 36))
    assert np.median(corner_errors(found, matrix, weave)) < 0.3


def test_frames_that_the_reference_lacks_have_no_partner():
    pictures, matrix = film(30, seed=4, pan=(0.5, 0.0)), telecine_matrix(4)
    scan, _ = scanned(pictures, 4)
    shown = [k for k in range(7, 25) if k not in (14, 15)]
    wanted = [shown.index(k) if k in shown else None for k in range(30)]
    alignment = align(scan, telecine(pictures, matrix, 4).part(shown), Run())
    assert partners(alignment) == wanted
    assert all(f.confidence == 0 for f in alignment.frames if f.reference is None)


def test_frames_that_only_the_reference_has_are_passed_over():
    pictures, matrix = film(20, seed=5), telecine_matrix(5)
    scan, _ = scanned(pictures, 5)
    shown = [0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19]
    alignment = align(scan, telecine(pictures, matrix, 5).part(shown), Run())
    assert [shown[j] for j in partners(alignment)] == list(range(20))


def test_frames_of_the_reference_that_cannot_be_decoded_are_left_out(monkeypatch):
    pictures, matrix = film(26, seed=2, pan=(0.6, 0.1)), telecine_matrix(2)
    (scan, _), reference = scanned(pictures[3:], 2), telecine(pictures, matrix, 2)
    read, said = reference.read, []

    def scratched(index):
        if index in (9, 10, 11, 20):
            raise DamagedFrame(reference.info.path, index, "it cannot be decoded")
        return read(index)

    class Listening(Run):
        def say(self, text):
            said.append(text)

    monkeypatch.setattr(reference, "read", scratched)
    found = partners(align(scan, reference, Listening()))
    assert found == [None if j in (9, 10, 11, 20) else j for j in range(3, 26)]
    assert said == ["reference: 4 frames cannot be decoded and are left out (9-11, 20)"]


def test_shots_in_another_order_and_through_another_telecine():
    first, second, foreign = film(14, 6, (0.8, 0.0)), film(12, 7), film(10, 8)
    here, there = telecine_matrix(6), telecine_matrix(9, crop=0.08, twist=6)
    scan = joined(scanned(first, 6)[0], scanned(foreign, 8)[0], scanned(second, 7)[0])
    reference = joined(telecine(second, there, 7), telecine(first, here, 6))
    alignment = align(scan, reference, Run())
    assert alignment.shots == ((0, 14), (14, 24), (24, 36))
    assert partners(alignment) == [*range(12, 26), *[None] * 10, *range(12)]
    errors = corner_errors(alignment, here, np.concatenate([scanned(first, 6)[1], np.zeros((22, 2))]))[:14]
    assert np.median(errors) < 0.25


def test_one_scan_frame_is_enough():
    pictures, matrix = film(12, seed=10), telecine_matrix(10)
    scan, weave = scanned(pictures, 10)
    alignment = align(scan.part([7]), telecine(pictures, matrix, 10), Run())
    assert partners(alignment) == [7]
    assert np.median(corner_errors(alignment, matrix, weave[7:8])) < 0.3


@pytest.mark.parametrize("frames", [1, 12])
def test_a_reference_of_another_film_is_refused(frames):
    scan, _ = scanned(film(12, seed=11), 11)
    reference = called(telecine(film(12, seed=12), telecine_matrix(12), 12), "other.vob")
    with pytest.raises(NothingInCommon, match=r"other\.vob"):
        align(scan.part(range(frames)), reference, Run())


def test_noise_and_black_have_nothing_in_common_with_a_film():
    rng = np.random.default_rng(0)
    reference = telecine(film(8, seed=13), telecine_matrix(13), 13)
    for frames in (rng.random((6, 200, 260, 3), np.float32), np.zeros((6, 200, 260, 3), np.float32)):
        with pytest.raises(NothingInCommon):
            align(Memory(frames), reference, Run())


def test_a_geometry_that_makes_nothing_alike_has_no_pairs():
    """As on a title in the dark, where points match and nothing else does."""
    scan, flat = scanned(film(4, seed=15), 15)[0], Memory(np.full((4, REFERENCE[1], REFERENCE[0], 3), 0.1, np.float32))
    points = np.random.default_rng(15).uniform(40, 180, (30, 2))
    box = (0, 0, scan.info.width, scan.info.height)
    _, pairs = settled(Views(scan), Views(flat), box, [Anchor(1, 1, np.eye(3), points, points)] * 3, 4, 1, Run())
    assert pairs == []


def test_a_film_without_frames_is_too_short():
    with pytest.raises(TooShort, match="no frames"):
        align(Memory([]), Memory([]), Run())


def test_aligning_can_be_stopped():
    scan, _ = scanned(film(6, seed=14), 14)
    with pytest.raises(Cancelled):
        align(scan, scan, Run(lambda: True))


def stills(names, size=(8, 6)):
    return Memory([np.zeros((size[1], size[0], 3), np.float32)] * len(names), "stills", "stills", list(names))


def test_aligned_already_goes_frame_by_frame_or_name_by_name():
    alignment = aligned_already(stills(["b", "c"]), stills(["a", "b", "c"]), Run())
    assert partners(alignment) == [1, 2]
    assert all(np.array_equal(f.matrix, np.eye(3)) and f.confidence == 1 for f in alignment.frames)
    film_ = Memory([np.zeros((6, 8, 3), np.float32)] * 3)
    assert partners(aligned_already(film_, film_, Run())) == [0, 1, 2]


@pytest.mark.parametrize("scan, reference, message", [
    (stills("ab"), stills("ab", (8, 7)), "8x7"),
    (stills("abx"), stills("ab"), "named x"),
    (Memory([np.zeros((6, 8, 3), np.float32)] * 3), Memory([np.zeros((6, 8, 3), np.float32)] * 2), "2 frames"),
])
def test_what_cannot_be_aligned_already_is_said(scan, reference, message):
    with pytest.raises(MediaError, match=message):
        aligned_already(scan, reference, Run())


@pytest.mark.slow
@pytest.mark.parametrize("clip, standard, seed", [("bear", "pal", 71), ("cockatoo", "ntsc", 72)])
def test_a_bench_case(clip, standard, seed, tmp_path):
    maker = SHARED / "bench" / "make_case.py"
    if not maker.is_file():
        pytest.skip("the bench that makes cases is not beside the repository")
    subprocess.run([sys.executable, maker, SHARED / "clips" / f"{clip}.mp4", tmp_path, "--seed", str(seed), "--frames", "60",
                    "--height", "360", "--standard", standard], check=True)
    answers = json.loads((tmp_path / "case.json").read_text())
    alignment = align(open_source(tmp_path / "scan"), open_source(tmp_path / "reference.mpg"), Run())
    wanted = answers["scan_frame_to_reference_frame"]
    right = [f.reference == wanted[f.scan] for f in alignment.frames if f.scan not in answers["still"]]
    assert np.mean(right) >= 0.97
    errors = []
    for match in alignment.frames:
        gate = np.eye(3)
        gate[:2, 2] = answers["border"] + np.array(answers["weave"][match.scan])
        true = np.array(answers["picture_to_reference"]) @ np.linalg.inv(gate)
        points = np.array([[20, 20, 1], [600, 20, 1], [600, 360, 1], [20, 360, 1]]).T
        there = np.linalg.inv(true) @ match.matrix @ points
        errors.append(np.linalg.norm((there / there[2] - points)[:2], axis=0))
    assert np.median(errors) <= 0.5 and np.percentile(errors, 95) <= 1.0
