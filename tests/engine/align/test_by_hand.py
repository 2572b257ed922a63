"""What the user sets by hand: sync points in time, corners in space; and what is seen of an alignment while it is made."""
import json
from fractions import Fraction

import numpy as np
import pytest

import engine.align.partial
from engine.align.align import align
from engine.align.alignment import Alignment, FrameMatch
from engine.align.partial import Partial
from engine.align.space import through
from engine.align.time import best_path
from engine.errors import UsageError
from engine.run import Run

from .films import film, joined, scanned, telecine, telecine_matrix


@pytest.fixture(scope="module")
def twice():
    """A scan of 14 frames, and a reference that shows them twice."""
    pictures, matrix = film(14, seed=21, pan=(0.6, 0.1)), telecine_matrix(21)
    return scanned(pictures, 21)[0], joined(telecine(pictures, matrix, 21), telecine(pictures, matrix, 22))


def test_frames_near_a_sync_point_follow_it(twice, tmp_path, monkeypatch):
    monkeypatch.setattr(engine.align.partial, "SECONDS", 0.0)
    monkeypatch.setattr(engine.align.partial, "SHARE", np.inf)
    partial = Partial(tmp_path / "partial.json")
    found = align(*twice, Run(), [(5, 5)], partial)             # left to itself it takes the second time
    assert [f.reference for f in found.frames] == list(range(14))
    rows = json.loads(partial.path.read_text())
    assert rows == [[f.scan, f.reference, round(f.residual_px, 3), round(f.confidence, 3)] for f in found.frames]
    partial.clear()
    assert not partial.path.exists()


def test_a_sync_point_beyond_the_film_is_refused(twice):
    with pytest.raises(UsageError, match="sync point 3 on 28"):
        align(*twice, Run(), [(3, 28)])


def test_a_frame_that_was_set_keeps_its_partner_whatever_it_costs():
    places = [np.array([k]) for k in (0, 1, 9, 3)]
    costs = [np.array([cost]) for cost in (-100.0, -100.0, 50.0, -100.0)]
    weak = np.full(4, -10, np.float32)
    assert best_path(places, costs, [(0, 4)], weak).chosen == (0, 0, -1, 0)
    assert best_path(places, costs, [(0, 4)], weak, {2: 9}).chosen[2] == 0


def of_one_frame():
    matrix = np.array([[0.9, 0.02, 3.0], [-0.01, 0.8, 5.0], [1e-5, 2e-5, 1.0]])
    frames = (FrameMatch(0, 4, 0.9, matrix, 0.2), FrameMatch(1, None, 0.0, matrix, 0.2))
    return Alignment(frames, ((0, 2),), (20, 10, 620, 470), (600, 400), Fraction(25))


def test_moved_corners_move_the_reference_on_the_scan():
    before = of_one_frame()
    offsets = ((3.0, -2.0), (0.0, 0.0), (-4.5, 1.0), (0.25, 6.0))
    after = before.corrected(offsets)
    corners = np.array([[20, 10], [620, 10], [620, 470], [20, 470]], np.float64)
    for old, new in zip(before.frames, after.frames, strict=True):
        assert np.allclose(through(new.matrix, corners + np.array(offsets)), through(old.matrix, corners), atol=1e-6)
        assert (new.scan, new.reference, new.confidence) == (old.scan, old.reference, old.confidence)
    assert before.corrected(()) is before and before.corrected(((0.0, 0.0),) * 4) is before


def test_corners_that_fold_the_picture_are_refused():
    with pytest.raises(UsageError, match="fold"):
        of_one_frame().corrected(((700.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)))
