"""What a choice covers, which frame would help most, and what is said of it."""

import numpy as np
import pytest

from engine.errors import MediaError
from engine.pairs.colours import NAMED, shares, word
from engine.pairs.coverage import colour_of, covered, suggest_next
from engine.pairs.look import pair_facts
from engine.pairs.looks import Looks
from engine.pairs.pair import Pair
from tests.engine.pairs.test_choose import Film


@pytest.fixture(scope="module")
def suggested():
    return Film([0] * 40 + [1] * 60 + [2] * 20).suggest()


def test_the_suggestion_covers_the_film_and_half_of_it_does_not(suggested):
    choice, looks = suggested
    assert covered(looks, choice.train).all()
    first = [i for i in choice.train if choice.shots[i] == "shot 1"]
    seen = covered(looks, first)
    assert seen[looks.shots == "shot 1"].all() and not seen[looks.shots != "shot 1"].any()
    assert not covered(looks, ()).any()


def test_the_next_frame_is_the_one_that_covers_most(suggested):
    choice, looks = suggested
    first = [i for i in choice.train if choice.shots[i] == "shot 1"]
    found = suggest_next(looks, first)
    assert 40 <= found.frame < 100 and found.shots == 1 and 0 < found.covers <= 60
    picked = list(first)
    while found := suggest_next(looks, picked):
        assert found.frame not in picked
        picked.append(found.frame)
    assert len(picked) <= len(choice.train) and suggest_next(looks, choice.train) is None


def test_a_picked_frame_that_was_no_candidate_counts_as_its_neighbour(suggested):
    _, looks = suggested
    thin = Looks(*(getattr(looks, name)[::3] for name in ("frames", "shots", "vectors", "worth", "weights", "colours")))
    assert np.array_equal(covered(thin, [13]), covered(thin, [12])) and covered(thin, [13]).any()


def test_a_colour_is_said_where_the_picked_frames_lack_it(suggested):
    _, looks = suggested
    assert colour_of(looks, 50, [3, 9]) == "green"
    assert colour_of(looks, 4, [3, 9]) is None


def test_every_named_colour_is_known_by_its_name():
    lab = np.array(list(NAMED.values()))
    assert len({tuple(row) for row in lab}) == len(NAMED)
    red = np.full((4, 4, 3), (0.75, 0.1, 0.12), np.float32)
    red[:2] = 0.5
    assert shares(red)[list(NAMED).index("red")] == 0.5 and shares(red).sum() == 0.5
    assert word(np.stack([shares(red), np.zeros(len(NAMED), np.float32)]), 0, [1]) == "red"


def test_looks_come_back_from_disk_and_damage_is_told(suggested, tmp_path):
    _, looks = suggested
    looks.save(tmp_path / "looks.npz")
    again = Looks.load(tmp_path / "looks.npz")
    assert np.array_equal(again.stands_for, looks.stands_for) and np.array_equal(again.shots, looks.shots)
    (tmp_path / "looks.npz").write_bytes(b"PK")
    with pytest.raises(MediaError, match="made anew"):
        Looks.load(tmp_path / "looks.npz")


def test_asking_again_does_not_compare_the_candidates_again():
    rng = np.random.default_rng(0)
    looks = Looks(np.arange(600), np.repeat([f"shot {i}" for i in range(20)], 30), rng.normal(size=(600, 1024)), np.ones(600),
                  np.ones(600), np.zeros((600, len(NAMED)), np.float32))
    first = suggest_next(looks, range(0, 600, 15))
    looks.vectors[:] = 0
    assert suggest_next(looks, range(0, 600, 15)) == first
    assert covered(looks, [0]).sum() == 1


def test_facts_of_a_pair():
    weight = np.zeros((4, 4), np.uint8)
    weight[:2], weight[2] = 200, 60
    pair = Pair(3, "0003", "shot 1", False, np.zeros((4, 4, 3), np.float16), np.zeros((4, 4, 2), np.float16), weight, 0.4)
    facts = pair_facts(pair)
    assert (facts.agreement, facts.masked, facts.misfit) == (0.5, 0.25, 0.4)
