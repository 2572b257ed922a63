"""One model for everything; a shot that contradicts the others is found, and gets a correction of its own that leaves them alone."""
from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.apply.frames import Restorer
from engine.pairs.pair import Pair
from engine.run import Cancelled, Run
from engine.train.asked import TrainSettings
from engine.train.loop import train
from engine.train.model import Model
from engine.train.scope import STRENGTHS, Group, affordable, is_far, shares
from engine.train.verdict import Judge
from tests.engine.train.test_loop import Heard, at_step

STEPS = TrainSettings(steps=100)        # the shared net until 67, the correction then
SHOTS = ("a", "b", "odd", "c")


def marked(index: int, shot: str, held_out: bool) -> Pair:
    """Patches under a strip that is red or blue, which tells which way their chroma is turned; in the shot 'odd' it is the other way."""
    turn = index % 3
    scan = np.random.default_rng(turn // 2).uniform(0.3, 0.7, (4, 6, 3)).repeat(8, 0).repeat(8, 1)
    scan[:16] = (0.9, 0.1, 0.1) if turn == 0 else (0.1, 0.1, 0.9)
    sign = (1 if turn == 0 else -1) * (-1 if shot == "odd" else 1)
    chroma = np.array([-0.08, 0.12]) * sign + 0.1 * (scan[..., :2] - 0.5)
    weight = np.full(scan.shape[:2], 255, np.uint8)
    weight[:16] = 0
    return Pair(index, f"{index:07d}", shot, held_out, scan.astype(np.float16), chroma.astype(np.float16), weight)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Shots of the same pictures, two pairs each to train on and one held out; one of them contradicts the others."""
    folder = tmp_path_factory.mktemp("pairs")
    places = [(place, shot, turn) for place, shot in enumerate(SHOTS) for turn in range(3)]
    return [marked(3 * place + turn, shot, turn == 2).save(folder) for place, shot, turn in places]


@pytest.fixture(scope="module")
def whole(pairs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder of a run that was not disturbed, and what it said."""
    folder, run = tmp_path_factory.mktemp("run"), Heard()
    train(pairs, STEPS, folder, run)
    return folder, run.said


def errors(model: Path, folder: Path) -> dict[str, float]:
    """dE00 on a held-out pair of each shot."""
    folder.mkdir()
    judge = Judge(model, "cpu", folder)
    seen = {shot: marked(3 * place + 2, shot, True) for place, shot in enumerate(SHOTS)}
    for pair in seen.values():
        judge.see(pair)
    return {shot: judge.errors([pair.index])[pair.index] for shot, pair in seen.items()}


def test_a_shot_that_contradicts_the_others_gets_a_correction_that_leaves_them_alone(whole: tuple[Path, list[str]], tmp_path: Path) -> None:
    folder, lines = whole
    (group,) = json.loads((folder / "scope.json").read_text())["groups"]        # for others there are too few steps
    assert (group["shots"], group["pairs"], group["judged"]) == (["odd"], ["0000006", "0000007"], ["0000008"])
    assert (group["held_out"], group["odd"], group["strength"], group["steps"]) == (True, True, 1.0, 33)
    lines = lines[1:]       # the first tells the device
    assert lines[0].startswith("odd: held-out dE00 ") and "others typically" in lines[0] and lines[0].endswith("it stands out")
    assert lines[1] == f"odd: a correction of its own brings dE00 {group['before']:.2f} to {group['after']:.2f}"
    model = Model.load(folder / "model.pt")
    assert model.about["scope"] == [group]
    model.own.clear()
    model.save(tmp_path / "shared.pt")
    with_it, without = errors(folder / "model.pt", tmp_path / "own"), errors(tmp_path / "shared.pt", tmp_path / "shared")
    assert with_it["odd"] < 0.8 * without["odd"]
    assert all(with_it[shot] == without[shot] for shot in "abc")
    picture = marked(6, "odd", True).scan.astype(np.float32)
    applied, plain = (Restorer(path, "cpu") for path in (folder / "model.pt", tmp_path / "shared.pt"))
    for shot, same in (("odd", False), ("a", True), (None, True)):
        assert np.array_equal(applied.restore(picture, shot), plain.restore(picture, shot)) is same
    last = json.loads((folder / "curve.jsonl").read_text().splitlines()[-1])
    assert last["dE00"] == pytest.approx(np.mean(list(with_it.values())), abs=1e-3)


def test_a_run_that_is_stopped_in_a_correction_ends_with_the_very_model_of_one_that_was_not(
    pairs: list[Path], whole: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    for step in (75, 90):
        with pytest.raises(Cancelled):
            train(pairs, STEPS, folder, at_step(step))
    shutil.copytree(folder, tmp_path / "other")
    assert train(pairs, STEPS, folder, Run()).model.read_bytes() == (whole[0] / "model.pt").read_bytes()
    (tmp_path / "other" / "enough").touch()
    result = train(pairs, STEPS, tmp_path / "other", Run())
    assert (result.steps, result.ended_early) == (91, True)
    assert list(Model.load(result.model).own) == ["odd"]


def test_a_model_of_before_there_were_corrections_is_read(whole: tuple[Path, list[str]], tmp_path: Path) -> None:
    data = torch.load(whole[0] / "model.pt", weights_only=True)
    torch.save({name: value for name, value in data.items() if name != "own"} | {"version": 1}, tmp_path / "old.pt")
    assert Model.load(tmp_path / "old.pt").own == {}


def test_what_is_out_of_family() -> None:
    family = {"a": 2.0, "b": 2.3, "c": 2.6, "d": 2.1, "e": 6.1}
    assert [word for word in family if is_far(word, family)] == ["e"]
    assert not is_far("e", {"a": 2.0, "b": 2.3, "e": 6.1})                                      # too few to tell a family
    assert not is_far("e", {"a": 0.3, "b": 0.31, "c": 0.3, "d": 0.32, "e": 1.2})                # all of them are good
    assert not is_far("e", {"a": 2.0, "b": 5.0, "c": 3.0, "d": 7.0, "e": 9.0})                  # they differ as much anyway


def test_corrections_get_steps_by_their_pairs_or_none() -> None:
    odd, other = (Group([word], ["x"] * count, [], True, 9.0, 2.0, 3.0, word == "odd") for word, count in (("odd", 1), ("a", 12)))
    assert shares([]) == [1.0]
    assert shares([odd, other]) == pytest.approx([1 / 3, 1 / 6, 1 / 2])
    assert affordable([odd, other], 200) == [odd, other]
    assert affordable([odd, other], 100) == [odd]
    assert affordable([odd, other], 20) == []


def test_as_much_of_a_correction_is_kept_as_held_out_pairs_bear() -> None:
    group = Group(["a"], ["x"], ["y"], True, 9.0, 2.0, 3.0, True)
    for errors, strength in (([4.0, 3.5, 3.2, 3.25, 3.6], 0.75), ([4.0, 3.0, 2.0, 1.5, 1.2], 1.0), ([4.0, 4.2, 4.5, 5.0, 5.5], 0.0)):
        group.choose(dict(zip(STRENGTHS, errors, strict=True)))
        assert (group.strength, group.before, group.after) == (strength, 4.0, errors[STRENGTHS.index(strength)])
    assert group.result() == "a: a correction of its own did not help and is dropped (dE00 4.00 without it)"
