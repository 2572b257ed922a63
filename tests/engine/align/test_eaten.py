"""A print that mould has eaten lies on its telecine all the same; the tone between the two is the one that most pixels lie on."""
from dataclasses import replace
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.align.cleaned import Cleaned
from engine.align.dense import Views
from engine.align.eaten import fitted, placed
from engine.align.films import look_over
from engine.align.space import moved
from engine.align.tone import most_agreed
from engine.run import Run

from .films import BORDER, Memory, corner_errors, film, scanned, telecine, telecine_matrix


def in_grey(pictures):
    return [np.repeat(p.mean(2, keepdims=True), 3, 2).astype(np.float32) for p in pictures]


def eaten(source, seed):
    """The scan, with light blotches that hide a third of it on the left and most of it on the right, and roll."""
    rng, out = np.random.default_rng(seed), []
    for k in range(len(source)):
        picture = source.read(k)
        noise = cv2.GaussianBlur(rng.normal(size=picture.shape[:2]).astype(np.float32), (0, 0), 1.6)
        hidden = (noise / noise.std() + np.linspace(-1.2, 1.2, picture.shape[1]) > 0.55) & (picture[..., 1] > 0.04)
        hidden = cv2.GaussianBlur(hidden.astype(np.float32), (0, 0), 0.6)[..., None]
        out.append((picture * (1 - hidden) + (0.9 - 0.1 * picture) * hidden).astype(np.float32))
    return Memory(out, "scan")


@pytest.fixture(scope="module")
def laid():
    """Films of a print that is eaten, with its path (scan frame 0 is reference frame 2), matrix and weave."""
    pictures, matrix = in_grey(film(9, seed=1, pan=(0.4, 0.1))), telecine_matrix(1)
    scan, weave = scanned(pictures[2:], 1)
    reference = telecine([cv2.GaussianBlur(p, (0, 0), 0.8) for p in pictures], matrix, 1)
    return look_over(eaten(scan, 1), reference, {}, Run()), matrix @ moved(-BORDER, -BORDER), matrix, weave


def test_from_a_rough_fit_on_each_frame_is_laid_on_its_partner(laid):
    films, geometry, matrix, weave = laid
    rough = geometry @ moved(2.5, -1.5)
    path = np.array([2, 4, 4, -1, 6, 7, 8])
    found = fitted(films, rough, path, [(0, 7)], Run())
    assert found.partners == tuple(range(2, 9))
    frames = placed(films, found, Run())
    errors = corner_errors(SimpleNamespace(frames=frames), matrix, weave)
    assert len(errors) == 7 and np.median(errors) < 0.3 and errors.max() < 0.6


def test_another_film_has_nothing_in_common(laid):
    films, geometry, _, _ = laid
    other = Memory([p[::-1, ::-1] for p in in_grey(film(9, seed=8))], "reference")
    films = replace(films, reference=Views(telecine([other.read(k) for k in range(9)], telecine_matrix(1), 1)))
    assert fitted(films, geometry, np.arange(2, 5), [(0, 3)], Run()) is None


def test_blotches_that_roll_are_taken_out_of_the_frames(laid):
    scan = Memory([0.6 * p for p in in_grey(film(7, seed=2, sprites=0))])
    damaged = eaten(scan, 2)
    before, after = (np.abs(source.read(3) - scan.read(3)).mean() for source in (damaged, Cleaned(damaged, [(0, 7)])))
    assert after < 0.5 * before


@settings(max_examples=15, deadline=None)
@given(st.floats(0.6, 1.6), st.floats(0.4, 0.9), st.floats(0.0, 0.55))
def test_the_tone_is_the_one_that_most_pixels_lie_on(bend, reach, lost):
    rng = np.random.default_rng(1)
    there = rng.uniform(0.05, 0.95, 20_000).astype(np.float32)
    true = 0.05 + reach * there ** bend
    here = np.where(rng.random(len(there)) < lost, rng.normal(0.97, 0.03, len(there)), true + rng.normal(0, 0.015, len(there)))
    tone = most_agreed(there, here.astype(np.float32))
    assert np.median(np.abs(tone(there) - true)) < 0.02
    assert (np.diff(tone.here) >= 0).all()
