"""A print that mould has eaten lies on its telecine all the same; the tone between the two is the one that most pixels lie on."""
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.align.align import align
from engine.align.tone import most_agreed
from engine.run import Run

from .films import Memory, corner_errors, film, scanned, telecine, telecine_matrix


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


@pytest.mark.parametrize("seed", [1, 2])
def test_an_eaten_print_is_laid_on_its_telecine(seed):
    pictures, matrix = in_grey(film(16, seed=seed, pan=(0.4, 0.1))), telecine_matrix(seed)
    scan, weave = scanned(pictures[3:], seed)
    found = align(eaten(scan, seed), telecine([cv2.GaussianBlur(p, (0, 0), 0.8) for p in pictures], matrix, seed), Run())
    assert [f.reference for f in found.frames] == list(range(3, 16))
    assert np.median(corner_errors(found, matrix, weave)) < 0.3


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
