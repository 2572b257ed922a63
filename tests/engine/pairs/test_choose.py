"""Which frames become pairs, which are held out, and what is said about it."""
import json
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from engine.align.alignment import Alignment, FrameMatch
from engine.balance.balance import Balance
from engine.errors import NothingInCommon, UsageError
from engine.pairs.choose import MOST, PairChoice, Reason, pairs_as_wanted, suggest_pairs
from engine.run import Cancelled, Run
from tests.engine.balance.films import Frames

PLAIN = ("rec709", "rec709")


def colour(hue, index):
    """A small picture of one colour with a bar that moves."""
    picture = np.full((24, 32, 3), 0.2, np.float32)
    picture[..., hue] = 0.8
    picture[:, index % 30:index % 30 + 3] += 0.1
    return picture


class Film:
    """`hues[i]` is the colour of frame i; each run of one colour is a shot of the alignment."""

    def __init__(self, hues, confidence=None, partner=None):
        pictures = [colour(hue, i) for i, hue in enumerate(hues)]
        self.scan, self.reference = Frames("scan", pictures), Frames("reference", pictures)
        sure, there = confidence or [0.9] * len(hues), partner or [True] * len(hues)
        matches = tuple(FrameMatch(i, i if there[i] else None, sure[i], np.eye(3), 0.1) for i in range(len(hues)))
        cuts = [0, *(i for i in range(1, len(hues)) if hues[i] != hues[i - 1]), len(hues)]
        self.alignment = Alignment(matches, tuple(pairwise(cuts)), (0, 0, 32, 24), (32, 24), Fraction(24))

    def suggest(self, names=None, run=None):
        return suggest_pairs(self.scan, self.reference, self.alignment, Balance.identity(), PLAIN, names, run or Run())

    def choose(self, wanted="auto", names=None, run=None, held_out=None):
        if wanted == "auto":
            return self.suggest(names, run)[0]
        return pairs_as_wanted(self.scan, self.reference, self.alignment, wanted, held_out, names)


def test_every_shot_gets_frames_and_larger_ones_a_held_out_frame():
    choice = Film([0] * 40 + [1] * 60 + [2] * 20).choose()
    for shot, count in (("shot 1", 40), ("shot 2", 60), ("shot 3", 20)):
        assert choice.shots.count(shot) == count
        assert sum(choice.shots[i] == shot for i in choice.train) >= 3
    assert {choice.shots[i] for i in choice.held_out} >= {"shot 1", "shot 2"}
    assert 12 <= len(choice.train) <= 60
    assert 0.1 < len(choice.held_out) / (len(choice.held_out) + len(choice.train)) < 0.25


def test_held_out_frames_are_no_training_frames_and_no_neighbours_of_them():
    choice = Film([0] * 80 + [1] * 60).choose()
    assert choice.held_out
    assert min(abs(h - t) for h in choice.held_out for t in choice.train) > 1
    assert not set(choice.train) & set(choice.held_out)


def test_the_choice_is_spread_over_a_shot_that_does_not_change():
    film = Film([0] * 60)
    still = [film.scan.pictures[0]] * 60
    film.scan, film.reference = Frames("scan", still), Frames("reference", still)
    train = film.choose().train
    assert train[0] < 15 and train[-1] > 45 and max(np.diff(train)) < 25


def test_what_is_seen_only_for_a_moment_is_covered():
    film = Film([0] * 60)
    for i in range(30, 36):
        film.scan.pictures[i] = film.reference.pictures[i] = colour(2, i)
    assert any(30 <= i < 36 for i in film.choose().train)


def test_every_choice_has_a_reason():
    choice = Film([0] * 48 + [1] * 30).choose()
    assert set(choice.reasons) == {*choice.train, *choice.held_out}
    assert all(choice.shots[i] == reason.shot for i, reason in choice.reasons.items())
    assert {choice.reasons[i].of for i in choice.train if choice.shots[i] == "shot 1"} == {48}
    assert sum(choice.reasons[i].covers for i in choice.train if choice.shots[i] == "shot 1") == 48
    assert PairChoice.from_json(json.loads(json.dumps(choice.as_json()))) == choice


def test_a_colour_that_no_other_pair_shows_is_named_once():
    film = Film([0] * 60)
    for i in range(30, 36):
        film.scan.pictures[i] = film.reference.pictures[i] = colour(2, i)
    reasons = film.choose().reasons
    assert [30 <= i < 36 for i, reason in reasons.items() if reason.colour in ("blue", "violet")] == [True]
    assert not any(reason.colour for i, reason in reasons.items() if not 30 <= i < 36)


def test_doubtful_and_partnerless_frames_are_left_alone():
    confidence = [0.9 if i % 2 else 0.2 for i in range(60)]
    partner = [i < 50 for i in range(60)]
    choice = Film([0] * 60, confidence, partner).choose()
    assert all(i % 2 and i < 50 for i in (*choice.train, *choice.held_out))


def test_the_same_film_gives_the_same_choice():
    assert Film([0] * 40 + [1] * 25).choose() == Film([0] * 40 + [1] * 25).choose()


def test_many_shots_stay_bounded_with_one_frame_each():
    choice = Film([i // 12 % 3 for i in range(600)]).choose()
    assert len(choice.train) <= MOST
    assert {choice.shots[i] for i in choice.train} == set(choice.shots)


def test_no_frame_that_is_held_out_is_next_to_one_that_is_trained_on():
    choice = Film([0] * 40 + [1] * 25).choose()
    apart = [abs(held - trained) for held in choice.held_out for trained in choice.train]
    assert len(choice.held_out) >= 4 and min(apart) > 1


@pytest.mark.parametrize(("count", "train", "held"), [(1, 1, 0), (2, 1, 1), (3, 2, 1), (4, 3, 1)])
def test_very_short_films(count, train, held):
    choice = Film([0] * count).choose()
    assert (len(choice.train), len(choice.held_out)) == (train, held)


def test_all_trains_on_every_frame_with_a_partner():
    choice = Film([0] * 10, partner=[i != 4 for i in range(10)]).choose("all")
    assert choice.train == (0, 1, 2, 3, 5, 6, 7, 8, 9) and choice.held_out == ()
    assert set(choice.reasons) == set(choice.train)


def test_the_users_own_frames():
    film = Film([0] * 30)
    choice = film.choose((3, 9, 20, 27, 28, 29, 1))
    assert sorted((*choice.train, *choice.held_out)) == [1, 3, 9, 20, 27, 28, 29]
    assert len(choice.held_out) == 1
    assert film.choose((3, 9, 20)).held_out == ()
    exact = film.choose((3, 9, 20), held_out=(4, 20))
    assert (exact.train, exact.held_out) == ((3, 9), (4, 20))
    assert film.choose((3, 9, 20, 21), held_out=()).held_out == ()
    assert film.choose("all", held_out=(5,)).train == tuple(i for i in range(30) if i != 5)
    with pytest.raises(UsageError, match="none to train on"):
        film.choose((3,), held_out=(3,))
    assert film.scan.reads == 0


def test_a_frame_without_a_partner_cannot_be_asked_for():
    with pytest.raises(UsageError, match="0086404 has no partner"):
        Film([0] * 10, partner=[i != 4 for i in range(10)]).choose((1, 4))


def test_a_film_without_partners_is_refused():
    with pytest.raises(NothingInCommon, match="reference"):
        Film([0] * 5, partner=[False] * 5).choose()


def test_the_users_shot_names_are_used():
    choice = Film([0] * 12).choose(names=("s01",) * 5 + ("s02",) * 7)
    assert choice.shots == ("s01",) * 5 + ("s02",) * 7
    assert {choice.shots[i] for i in choice.train} == {"s01", "s02"}


def test_candidates_are_read_once_and_their_number_is_bounded(monkeypatch):
    monkeypatch.setattr("engine.pairs.choose.CANDIDATES", 50)
    film = Film([0] * 300)
    film.choose()
    assert film.scan.reads == film.reference.reads == 50


def test_it_stops_when_asked():
    with pytest.raises(Cancelled):
        Film([0] * 5).choose(run=Run(lambda: True))


def test_a_worse_aligned_frame_is_passed_over_for_its_better_twin():
    film = Film([0] * 40)
    matches = tuple(replace(m, residual_px=0.9 if m.scan % 2 else 0.1) for m in film.alignment.frames)
    film.alignment = replace(film.alignment, frames=matches)
    assert all(i % 2 == 0 for i in film.choose().train)


def test_a_frame_that_may_not_lie_on_its_partner_is_no_pair_unless_its_shot_has_no_other():
    film = Film([0] * 40 + [1] * 20)
    matches = tuple(replace(m, residual_px=0.1 if m.scan < 5 else 1.2) for m in film.alignment.frames)
    film.alignment = replace(film.alignment, frames=matches)
    choice = film.choose()
    assert {i for i in (*choice.train, *choice.held_out) if i < 40} <= set(range(5))
    assert any(i >= 40 for i in choice.train)


def test_a_choice_is_thinned_evenly_and_keeps_only_the_reasons_of_what_stays() -> None:
    train, held_out = tuple(range(0, 60, 2)), (1, 31, 59)
    choice = PairChoice(train, held_out, ("shot 1",) * 60, {frame: Reason("shot 1") for frame in (*train, *held_out)})
    few = choice.at_most(4, 2)
    assert few.train[0] == 0 and few.train[-1] == 58 and len(few.train) == 4 and few.held_out == (1, 59)
    assert set(few.reasons) == {*few.train, *few.held_out} and few.shots == choice.shots
    assert choice.at_most(100, 100) == choice
