"""Colour proposed by matching regions with features that were learned on the spot."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import TooShort
from engine.keyframes.proposal import Proposals
from engine.media.colour import to_ycbcr
from engine.recoveries.propose import propose
from engine.run import Cancelled, Run
from tests.engine.recoveries.made import COLOURS, FILM_ORDER, PLACES, QUICK, SIDE, fade, film, given


@pytest.fixture(scope="module")
def proposed() -> Proposals:
    return propose(film(), {"0000003": film()[0]}, given(), fade, QUICK, Run())[0]


def test_each_region_is_matched_to_the_patch_of_its_texture(proposed: Proposals) -> None:
    for name, (y, x) in zip(FILM_ORDER, PLACES, strict=True):
        found = proposed.of(proposed.at((x + SIDE / 2) / 320, (y + SIDE / 2) / 200))
        apart = {other: float(np.linalg.norm(chroma_of(found.colour) - chroma_of(colour))) for other, colour in COLOURS.items()}
        assert min(apart, key=apart.__getitem__) == name, apart
        assert found.picture in ("one.png", "two.png")
        left, top, width, height = found.patch
        assert 0 <= left < left + width <= 1 and 0 <= top < top + height <= 1


def chroma_of(colour: tuple[float, ...]) -> np.ndarray:
    ycc = to_ycbcr(np.array(colour, np.float32))
    return ycc[1:] / ycc[0]


def test_every_pixel_is_of_a_region_with_a_proposal(proposed: Proposals) -> None:
    assert {p.region for p in proposed.proposals} == set(np.unique(proposed.labels).tolist())
    assert sum(p.share for p in proposed.proposals) == pytest.approx(1, abs=1e-4)
    assert all(0 <= m.confidence <= 1 for p in proposed.proposals for m in (p.match, *p.alternatives))
    assert all(len(p.alternatives) <= 3 for p in proposed.proposals)


def test_the_same_seed_proposes_the_same_and_another_learns_otherwise() -> None:
    few = replace(QUICK, steps=3)
    first, again, other = (propose(film(), {"3": film()[0]}, given(), fade, settings, Run())[0]
                           for settings in (few, few, replace(few, seed=1)))
    assert first.proposals == again.proposals
    assert first.proposals != other.proposals


def test_a_stop_request_stops_while_it_learns() -> None:
    steps: list[str] = []

    class Stopping(Run):
        def report(self, done: int, total: int, note: str) -> None:
            steps.append(note)

    with pytest.raises(Cancelled):
        propose(film(), {"3": film()[0]}, given(), fade, QUICK, Stopping(lambda: len(steps) > 6))
    assert "learning" in steps[-1] and len(steps) == 7


def test_without_pictures_nothing_is_learned() -> None:
    with pytest.raises(TooShort):
        propose(film(), {"3": film()[0]}, [], fade, QUICK, Run())
