"""What colours rest on: what was trained on is known again, what is like nothing is extrapolated, and it survives the disk."""
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import MediaError
from engine.pairs.evidence import EXTRAPOLATED, KINDS, PAINTED, REFERENCE, SIMILAR, Evidence, Gatherer, Ground
from engine.recoveries.mattes import legend_of

COAT = Ground(PAINTED, "0012", "coat", "photograph, lobby card", False)
SKY = Ground(SIMILAR, "", "harbour.jpg", "painting, museum", False)


def halves(left: float, right: float) -> np.ndarray:
    """A picture of two greys, a little noisy."""
    picture = np.empty((120, 192, 3), np.float32)
    picture[:, :96], picture[:, 96:] = left, right
    return picture + np.random.default_rng(0).normal(0, 0.005, picture.shape).astype(np.float32)


def known(picture: np.ndarray, shot: str = "") -> Evidence:
    left = np.zeros(picture.shape[:2], np.bool_)
    left[:, :90] = True
    right = np.zeros_like(left)
    right[:, 102:] = True
    gathered = Gatherer()
    gathered.add(picture, [(COAT, left), (SKY, right)], shot)
    return gathered.evidence()


def test_each_part_rests_on_what_it_was_trained_with_and_the_rest_is_extrapolated() -> None:
    picture = halves(0.2, 0.6)
    evidence = known(picture)
    matte = evidence.matte(picture, "a")
    assert evidence.grounds == (COAT, SKY)
    assert (matte[:, :80] == 0).mean() > 0.98 and (matte[:, 112:] == 1).mean() > 0.98
    assert evidence.shares(evidence.matte(halves(0.2, 0.95), "a"))[EXTRAPOLATED] == pytest.approx(0.5, abs=0.1)
    assert evidence.shares(evidence.matte(halves(0.95, 0.95), "a"))[EXTRAPOLATED] == 1


def test_what_is_most_like_a_part_that_nobody_painted_is_extrapolated(tmp_path: Path) -> None:
    picture = halves(0.40, 0.42)
    left = np.arange(192)[None].repeat(120, 0) < 96
    gathered = Gatherer()
    gathered.add(picture, [(COAT, left)], "")
    assert gathered.evidence().shares(gathered.evidence().matte(picture, "a"))[PAINTED] == 1, "near enough to what was painted"
    gathered = Gatherer()
    gathered.add(picture, [(COAT, left), (Ground(EXTRAPOLATED), ~left)], "")
    gathered.evidence().save(tmp_path)
    evidence = Evidence.load(tmp_path)
    matte = evidence.matte(picture, "a")
    assert evidence.grounds == (COAT,) and (matte[:, :76] == 0).mean() > 0.9 and (matte[:, 116:] == 1).mean() > 0.9


def test_with_nothing_trained_on_all_is_extrapolated() -> None:
    evidence = Gatherer().evidence()
    assert evidence.shares(evidence.matte(halves(0.2, 0.6), "a")) == dict.fromkeys(KINDS, 0.0) | {EXTRAPOLATED: 1.0}


def test_what_is_like_it_in_another_shot_proves_nothing_unless_the_whole_frame_is_like_it() -> None:
    picture = halves(0.2, 0.6)
    other = picture.copy()
    other[:, 48:96] = 0.9       # half of the coat is something else
    evidence = known(picture, "street")
    assert evidence.shares(evidence.matte(other, "street"))["painted"] > 0.15
    assert evidence.shares(evidence.matte(other, "harbour"))[EXTRAPOLATED] == 1
    assert evidence.shares(evidence.matte(picture, "harbour"))[EXTRAPOLATED] < 0.2, "the same scene in another shot"


def test_it_says_the_same_after_it_was_kept(tmp_path: Path) -> None:
    picture = halves(0.2, 0.6)
    evidence = known(picture)
    evidence.save(tmp_path)
    again = Evidence.load(tmp_path)
    assert again.grounds == evidence.grounds
    assert np.array_equal(again.matte(picture, "a"), evidence.matte(picture, "a"))
    (tmp_path / "evidence.dat").write_bytes(b"no")
    with pytest.raises(MediaError, match="train anew"):
        Evidence.load(tmp_path)


@settings(max_examples=50)
@given(st.lists(st.sampled_from([REFERENCE, PAINTED, SIMILAR]), max_size=240))
def test_every_ground_has_a_colour_of_its_own(kinds: list[str]) -> None:
    grounds = [Ground(kind, str(place)) for place, kind in enumerate(kinds)]
    rows = legend_of(grounds, "x")["grounds"]
    assert [row["kind"] for row in rows] == [*kinds, EXTRAPOLATED]
    assert len({tuple(row["colour"]) for row in rows}) == len(rows)
