"""Training straight on similar pictures, and shots of the film itself that did not fade."""
from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.balance.balance import density, from_density
from engine.keyframes.proposal import Given
from engine.media.colour import to_ycbcr
from engine.media.open import open_source
from engine.media.source import Picture
from engine.recoveries.similar import SHOT, full_colour_shots, similar_pairs
from engine.run import Run
from tests.engine.recoveries.made import fade

SIZE = (54, 96)
PICTURES = [Given(f"{name}.png", np.random.default_rng(seed).uniform(0.1, 0.9, (9, 14, 3)).astype(np.float32).repeat(10, 0).repeat(10, 1))
            for seed, name in enumerate("ab")]


def test_pairs_are_faded_pictures_with_their_own_chroma() -> None:
    pairs = list(similar_pairs(PICTURES, fade, 1, 6, SIZE, 100))
    assert [p.index for p in pairs] == list(range(100, 106))
    assert [p.name for p in pairs] == ["a.png", "b.png"] * 3
    for pair in pairs:
        assert pair.shot == SHOT and not pair.held_out and pair.weight.min() == 255
        assert pair.scan.shape == (*SIZE, 3) and pair.chroma.shape == (*SIZE, 2)
        assert np.abs(to_ycbcr(pair.scan.astype(np.float32))[..., 1:]).max() < 2e-3     # this fade leaves none
        assert pair.chroma.std() > 0.05


def test_the_first_of_each_picture_is_as_much_of_it_as_has_the_frame_s_shape() -> None:
    pair = next(similar_pairs(PICTURES, lambda picture, draw: picture, 1, 1, SIZE, 0))
    middle = PICTURES[0].picture[6:84, :]
    expected = cv2.resize(middle, SIZE[::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(pair.scan.astype(np.float32) - expected).mean() < 0.03


def test_the_same_seed_makes_the_same_pairs_and_another_others() -> None:
    one, same, other = (list(similar_pairs(PICTURES, fade, seed, 4, SIZE, 0)) for seed in (1, 1, 2))
    assert all(np.array_equal(a.scan, b.scan) and np.array_equal(a.chroma, b.chroma) for a, b in zip(one, same, strict=True))
    assert not all(np.array_equal(a.scan, b.scan) for a, b in zip(one, other, strict=True))


def test_no_picture_is_no_pair() -> None:
    assert not list(similar_pairs([], fade, 1, 4, SIZE, 0))


def film(folder: Path, kinds: str) -> list[str]:
    """Two frames a shot: f faded, c in full colour, g grey. Returns the shot of each."""
    words = []
    for place, kind in enumerate(kinds):
        for turn in range(2):
            rng = np.random.default_rng([place, turn])
            picture = rng.uniform(0.05, 0.9, (12, 18, 1)) * rng.uniform(0.6, 1.1, (12, 18, 3))
            picture = {"f": faded(picture), "c": picture, "g": picture[..., :1].repeat(3, 2)}[kind].repeat(10, 0).repeat(10, 1)
            cv2.imwrite(str(folder / f"s.{len(words):04d}.png"), np.round(65535 * np.clip(picture, 0, 1)).astype(np.uint16)[..., ::-1])
            words.append(f"shot {place}")
    return words


def faded(picture: Picture) -> np.ndarray:
    return from_density(density(picture.astype(np.float64)) * np.array([0.2, 0.95, 0.3]) + np.array([0.02, 0.1, 0.05]))


@pytest.mark.parametrize(("kinds", "found"), [
    ("fcfg", ["shot 1"]), ("fff", []), ("ccc", []), ("gfg", []), ("cfc", ["shot 0", "shot 2"])])
def test_shots_in_full_colour_are_found_where_others_faded(tmp_path: Path, kinds: str, found: list[str]) -> None:
    words = film(tmp_path, kinds)
    with open_source(tmp_path) as scan:
        assert full_colour_shots(scan, "rec709", words, Run()) == found
