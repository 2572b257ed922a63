"""Proposals as data: kept on disk, pinned, chosen, and the layer that accepted ones become."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import MediaError, UsageError
from engine.keyframes.keyframe import Layer
from engine.keyframes.proposal import Given, Match, Proposal, Proposals, chroma_on, layer_of, pinned, tones_of
from engine.media.colour import from_ycbcr, luma, to_ycbcr
from engine.recoveries import similar_steps
from engine.run import Run

RED, BLUE = (0.6, 0.2, 0.2), (0.2, 0.25, 0.6)


def match(colour: tuple[float, float, float], confidence: float = 0.5) -> Match:
    return Match("a.png", (0.1, 0.2, 0.3, 0.4), colour, (colour,), confidence)


def proposals() -> Proposals:
    """A light left half and a dark right one, the edge in the luma a little beside the edge of the labels."""
    labels = np.zeros((24, 40), np.int32)
    labels[:, 20:] = 1
    light = np.full((96, 160), 0.5, np.float16)
    light[:, 82:] = 0.2
    return Proposals("0000007", labels, light, (
        Proposal(0, (0, 0, 0.5, 1), 0.5, match(RED), (match(BLUE, 0.2),)), Proposal(1, (0.5, 0, 0.5, 1), 0.5, match(BLUE))))


def test_they_come_back_from_disk_as_they_were(tmp_path: Path) -> None:
    before = proposals()
    before.save(tmp_path)
    after = Proposals.load(tmp_path, before.name)
    assert after.proposals == before.proposals
    np.testing.assert_array_equal(after.labels, before.labels)
    np.testing.assert_array_equal(after.luma, before.luma)


@pytest.mark.parametrize("file", ["proposals.json", "regions.npz"])
def test_what_is_damaged_is_told(tmp_path: Path, file: str) -> None:
    proposals().save(tmp_path)
    path = tmp_path / "proposals" / "0000007" / file
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(MediaError, match="0000007"):
        Proposals.load(tmp_path, "0000007")


def test_nothing_accepted_is_no_layer() -> None:
    assert layer_of(proposals(), []) is None


def layer(regions: list[int], strength: float = 1.0) -> Layer:
    made = layer_of(proposals(), regions, strength)
    assert made is not None
    return made


def test_a_layer_has_the_patch_s_colour_in_its_region_and_nothing_elsewhere() -> None:
    made = layer([0])
    assert made.alpha[:, :70].min() > 0.99
    assert made.alpha[:, 95:].max() < 0.01
    np.testing.assert_allclose(made.chroma[48, 40], chroma_on(np.array(0.5, np.float32), (RED,)), atol=1e-3)


def test_its_edge_is_that_of_the_picture() -> None:
    """Labels end at column 80, the picture's edge is at 82."""
    alpha = layer([0]).alpha[48].astype(np.float32)
    assert int(np.argmin(np.diff(alpha))) == 81
    assert alpha[81] > 0.3 and alpha[82] < 0.05


def test_all_regions_together_leave_no_gap() -> None:
    assert layer([0, 1]).alpha.min() > 0.98


@given(st.floats(0, 1))
@settings(max_examples=10, deadline=None)
def test_strength_scales_chroma_and_0_is_none(strength: float) -> None:
    np.testing.assert_allclose(layer([0, 1], strength).chroma, strength * layer([0, 1]).chroma.astype(np.float32), atol=1e-3)
    assert not layer([0, 1], 0.0).chroma.any()


@given(st.lists(st.tuples(*[st.floats(0.05, 0.95)] * 3), min_size=1, max_size=200), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_chroma_of_any_patch_is_a_colour_that_can_be_shown(colours: list[tuple[float, float, float]], light: float) -> None:
    values = np.array(colours, np.float32)
    colour, tones = tones_of(values)
    assert values.min() - 1e-6 <= min(colour) <= max(colour) <= values.max() + 1e-6
    chroma = chroma_on(np.array([light], np.float32), tones)
    shown = from_ycbcr(np.concatenate([np.array([[light]], np.float32), chroma], 1))
    assert shown.min() > -0.02 and shown.max() < 1.02


def test_each_luma_has_the_colour_that_the_patch_has_there() -> None:
    """Warm lights and cold shadows."""
    shade = np.linspace(0.2, 0.7, 600, dtype=np.float32)[:, None]
    patch = np.clip(shade + np.where(shade > 0.45, 1, -1) * np.array([[0.1, 0, -0.1]], np.float32), 0, 1)
    tones = tones_of(patch)[1]
    dark, light = chroma_on(np.array([0.25, 0.65], np.float32), tones)
    assert dark[0] > 0.03 > -0.03 > light[0]


def test_a_pin_takes_the_colour_of_that_patch_and_keeps_what_was_proposed() -> None:
    picture = np.zeros((50, 100, 3), np.float32)
    picture[10:20, 50:70] = (0.1, 0.6, 0.2)
    before = proposals()
    now = pinned(before, 1, "mine.png", picture, (0.5, 0.2, 0.2, 0.2))
    assert now.pinned and now.confidence == 1 and now.picture == "mine.png"
    np.testing.assert_allclose(now.colour, (0.1, 0.6, 0.2), atol=1e-6)
    assert now.alternatives == (before.of(1).match,)
    again = pinned(before.with_one(now), 1, "mine.png", picture, (0.6, 0.2, 0.1, 0.2))
    assert again.alternatives == now.alternatives
    made = layer_of(before.with_one(now), [1])
    assert made is not None
    green = to_ycbcr(np.array([0.1, 0.6, 0.2], np.float32) * 0.2 / float(luma(np.array([0.1, 0.6, 0.2], np.float32))))[1:]
    np.testing.assert_allclose(made.chroma[48, 130], green, atol=2e-3)


def test_what_was_chosen_stays_where_the_regions_are_the_same(tmp_path: Path) -> None:
    new, picture = proposals(), np.full((50, 100, 3), 0.5, np.float32)
    mine = pinned(new, 1, "mine.png", picture, (0.5, 0.2, 0.2, 0.2))
    other = new.of(0).chosen(0)
    new.with_one(mine).with_one(other).save(tmp_path)
    before = Proposals.load(tmp_path, new.name)
    assert new.as_chosen(before, {"a.png", "mine.png"}).proposals == (other, mine)
    assert new.as_chosen(before, {"a.png"}).proposals == (other, new.of(1)), "that picture is gone"
    assert replace(new, labels=1 - new.labels).as_chosen(before, {"a.png", "mine.png"}).proposals == new.proposals


def test_asking_for_another_frame_keeps_what_was_chosen_on_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = type("Film", (), {"__len__": lambda self: 9, "name": lambda self, index: f"{index:07d}"})()
    project = SimpleNamespace(folder=tmp_path, settings=SimpleNamespace(propose=(7, 8), seed=0))
    given_one = SimpleNamespace(given=Given("a.png", np.zeros((4, 4, 3), np.float32)), ground=SimpleNamespace(source="", assumption=True))
    for name, made in {"pictures": [given_one], "shown": np.zeros((4, 4, 3), np.float32), "fading": None}.items():
        monkeypatch.setattr(similar_steps, name, lambda *_, made=made: made)
    monkeypatch.setattr("engine.recoveries.propose.propose", lambda film, asked, *_: [replace(proposals(), name=name) for name in asked])
    proposals().with_one(proposals().of(0).chosen(0)).save(tmp_path)
    (tmp_path / "propose").mkdir()
    work: Any = SimpleNamespace(project=project, scan=film, balance=None)
    similar_steps.propose_step(work, tmp_path / "propose", Run())
    assert Proposals.load(tmp_path, "0000007").of(0) == proposals().of(0).chosen(0)
    assert Proposals.load(tmp_path, "0000008").proposals == proposals().proposals


@pytest.mark.parametrize("patch", [(0.5, 0.5, 0, 0.1), (1.5, 0, 0.1, 0.1), (0, -2, 0.1, 0.5)])
def test_a_patch_outside_its_picture_is_refused(patch: tuple[float, float, float, float]) -> None:
    with pytest.raises(UsageError, match="mine"):
        pinned(proposals(), 0, "mine.png", np.zeros((20, 20, 3), np.float32), patch)


def test_an_alternative_can_be_taken_and_given_back() -> None:
    one = proposals().of(0)
    other = one.chosen(0)
    assert other.colour == BLUE and other.alternatives == (one.match,)
    assert other.picked and other.chosen(0) == replace(one, picked=True)
    with pytest.raises(UsageError):
        one.chosen(1)


def test_places_tell_their_region() -> None:
    found = proposals()
    assert [found.at(x, 0.5) for x in (0, 0.49, 0.51, 1)] == [0, 0, 1, 1]
    with pytest.raises(UsageError):
        found.of(2)
