"""Operations laid on a picture: what they colour, what they leave alone, and that a canvas gives what painting afresh gives."""
from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.errors import MediaError
from engine.keyframes.keyframe import Keyframe, Layer, Op
from engine.keyframes.painted import Canvas, Painted, laid, paint, shown
from engine.keyframes.palette import Swatch
from engine.media.colour import from_ycbcr, luma

RED, BLUE, GREEN = Swatch(1, "coat", (0.8, 0.15, 0.1)), Swatch(2, "hat", (0.2, 0.3, 0.8)), Swatch(4, "door", (0.2, 0.5, 0.2))
PALETTE = (RED, BLUE, GREEN)
SHAPE = (72, 96)
units = st.floats(0, 1, width=32)
colours = st.tuples(units, units, units)
places = st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0.2, 1))
ops = st.builds(
    Op, st.sampled_from(("scribble", "brush", "fill", "lasso", "erase")), st.sampled_from((1, 2, 3, 4)),
    st.lists(places, min_size=1, max_size=4).map(tuple), st.floats(0.02, 0.3), units, units)


def scene(seed: int = 0) -> np.ndarray:
    """A room with a red box and a round blue thing, faded and grainy."""
    picture = np.full((*SHAPE, 3), (0.62, 0.55, 0.55), np.float32)
    picture[20:60, 10:40] = (0.5, 0.3, 0.35)
    cv2.circle(picture, (70, 36), 15, (0.3, 0.32, 0.42), -1)
    return np.clip(picture + np.random.default_rng(seed).normal(0, 0.01, (*SHAPE, 1)), 0, 1).astype(np.float32)


PICTURE = scene()
BOX, BALL = np.zeros(SHAPE, bool), np.zeros(SHAPE, bool)
BOX[20:60, 10:40] = True
BALL[cv2.circle(np.zeros(SHAPE, np.uint8), (70, 36), 15, 1, -1) > 0] = True


def keyframe(*done: Op) -> Keyframe:
    return Keyframe("0001", "print", done)


def stroke(tool: str, swatch: int, *points: tuple[float, float], **more: float) -> Op:
    return Op(tool, swatch, tuple((x, y, 1.0) for x, y in points), **{"size": 0.04, **more})


def painted(*done: Op, folder: Path = Path("nowhere")) -> Painted:
    return paint(keyframe(*done), PICTURE, PALETTE, folder)


def same(a: Painted, b: Painted) -> None:
    for name in ("chroma", "alpha", "swatch", "op"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name), name)


@given(colours, arrays(np.float32, (4, 5), elements=st.floats(-0.5, 1.5, width=32)))
def test_a_laid_colour_stays_within_what_luma_allows(colour: tuple, tone: np.ndarray) -> None:
    inside = np.clip(tone, 0, 1)
    result = from_ycbcr(np.concatenate([inside[..., None], laid(colour, tone)], -1))
    assert result.min() >= -1e-4 and result.max() <= 1 + 1e-4


@given(colours)
def test_a_colour_laid_on_its_own_luma_is_itself(colour: tuple) -> None:
    own = np.array(colour, np.float32)
    tone = luma(own[None])
    if tone[0] >= 0.04:
        np.testing.assert_allclose(from_ycbcr(np.concatenate([tone[:, None], laid(colour, tone)], -1))[0], own, atol=1e-4)


@given(arrays(np.float32, (3, 4, 3), elements=st.floats(-0.5, 1.5, width=32)),
       arrays(np.float32, (3, 4, 2), elements=st.floats(-0.5, 0.5, width=32)), arrays(np.float32, (3, 4), elements=units))
def test_luma_never_changes(picture: np.ndarray, chroma: np.ndarray, alpha: np.ndarray) -> None:
    nothing = Painted.nothing(3, 4)
    result = shown(picture, Painted(chroma, alpha, nothing.swatch, nothing.op))
    np.testing.assert_allclose(luma(result), luma(picture), atol=2e-6)


def test_a_picture_with_nothing_painted_is_shown_as_it_is() -> None:
    np.testing.assert_allclose(shown(PICTURE, painted()), PICTURE, atol=1e-6)


def test_scribbles_colour_the_objects_they_lie_on_and_nothing_else() -> None:
    result = painted(stroke("scribble", 1, (0.2, 0.4), (0.3, 0.7)), stroke("scribble", 2, (0.68, 0.45), (0.75, 0.55)))
    for number, there in ((1, BOX), (2, BALL)):
        coloured = (result.alpha > 0.5) & (result.swatch == number)
        assert coloured[there].mean() >= 0.95
        assert (coloured & ~there).sum() <= 0.03 * there.sum()
    assert set(np.unique(result.op[BOX & (result.alpha > 0.5)])) == {1}


def test_an_object_that_nobody_scribbled_on_stays_without_colour() -> None:
    result = painted(stroke("scribble", 1, (0.2, 0.4), (0.3, 0.7)))
    assert result.alpha[BALL].max() == 0 and (result.alpha[~BOX] > 0.5).mean() < 0.01


def test_the_colour_is_that_of_the_swatch_on_the_luma_of_the_picture() -> None:
    result = painted(stroke("brush", 2, (0.5, 0.1), size=0.1))
    solid = result.alpha == 1
    assert solid.any()
    np.testing.assert_allclose(result.chroma[solid], laid(BLUE.colour, luma(PICTURE))[solid], atol=1e-5)


def test_a_fill_grows_over_the_object_and_reach_says_how_far() -> None:
    shares = [painted(stroke("fill", 1, (0.25, 0.5), reach=reach)).alpha for reach in (0.0, 0.5, 1.0)]
    assert (shares[1][BOX] > 0.5).mean() > 0.95 and (shares[1][~BOX] > 0.5).mean() < 0.01
    assert shares[0].sum() <= shares[1].sum() <= shares[2].sum() and shares[2][BALL].max() >= shares[1][BALL].max()


def test_what_comes_later_lies_on_top() -> None:
    result = painted(stroke("brush", 1, (0.5, 0.5), size=0.2), stroke("brush", 2, (0.5, 0.5), size=0.1))
    assert result.swatch[36, 48] == 2 and result.op[36, 48] == 2 and result.swatch[36, 41] == 1


def test_the_eraser_takes_away_the_colour_of_scribbles_too() -> None:
    done = stroke("scribble", 1, (0.2, 0.4), (0.3, 0.7)), stroke("erase", 0, (0.25, 0.5), size=0.1)
    result = painted(*done)
    assert result.alpha[36, 24] == 0 and result.swatch[36, 24] == 0 and result.op[36, 24] == 0
    assert result.alpha[22, 14] > 0.5


def test_a_scribble_lies_on_top_of_what_was_erased_or_laid_before_it() -> None:
    box = stroke("scribble", 1, (0.15, 0.5), (0.38, 0.5))
    rubber = Op("erase", 0, ((0.25, 0.55, 1.0),), 0.25)
    assert (painted(box, rubber, box).swatch[BOX] == 1).mean() > 0.95
    everything = Op("lasso", 2, ((0.0, 0.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 1.0), (0.0, 1.0, 1.0)))
    over = painted(everything, box)
    assert (over.swatch[BOX] == 1).mean() > 0.95 and (over.swatch[BALL] == 2).mean() > 0.95
    assert (painted(box, everything).swatch == 2).mean() > 0.99


def test_what_was_done_with_a_swatch_that_is_gone_is_left_out() -> None:
    same(painted(stroke("brush", 1, (0.3, 0.3))), painted(stroke("brush", 1, (0.3, 0.3)), stroke("brush", 3, (0.3, 0.3)),
                                                          stroke("scribble", 3, (0.7, 0.5))))


def test_a_layer_gives_its_chroma_by_alpha_and_strength(tmp_path: Path) -> None:
    chroma = np.zeros((36, 48, 2), np.float16)
    chroma[...] = (0.1, -0.2)
    alpha = np.zeros((36, 48), np.float16)
    alpha[10:20, 10:30] = 1
    file = Layer(chroma, alpha).save(tmp_path, "0001")
    result = painted(Op("layer", file=file, strength=0.5), folder=tmp_path)
    np.testing.assert_allclose(result.chroma[30, 40], (0.05, -0.1), atol=1e-4)
    assert result.alpha[30, 40] == 1 and result.alpha[60, 80] == 0 and result.op[30, 40] == 1 and result.swatch[30, 40] == 0


def test_a_layer_that_is_gone_is_told_and_the_canvas_goes_on(tmp_path: Path) -> None:
    canvas = Canvas(PICTURE, PALETTE, tmp_path, "0001")
    lost = keyframe(stroke("scribble", 1, (0.2, 0.4), (0.3, 0.7)), stroke("brush", 2, (0.8, 0.2)), Op("layer", file="gone.npz"))
    with pytest.raises(MediaError, match="0001"):
        canvas.set(lost)
    same(canvas.set(lost.undo()), paint(lost.undo(), PICTURE, PALETTE, tmp_path))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(ops, st.sampled_from(("undo", "redo"))), max_size=9))
def test_a_canvas_gives_what_painting_afresh_gives(steps: list) -> None:
    canvas, now = Canvas(PICTURE, PALETTE, Path("nowhere"), "0001"), keyframe()
    before = [np.array(plane) for plane in vars(canvas.set(now)).values()]
    for step in steps:
        now = now.undo() if step == "undo" else now.redo() if step == "redo" else now.done(step)
        result = canvas.set(now)
        top, left, bottom, right = canvas.box
        for old, new in zip(before, vars(result).values(), strict=True):
            old[top:bottom, left:right] = new[top:bottom, left:right]
            np.testing.assert_array_equal(old, new, "outside of the box")
    same(canvas.set(now), paint(now, PICTURE, PALETTE, Path("nowhere")))


def test_a_stroke_touches_only_its_box() -> None:
    canvas = Canvas(PICTURE, PALETTE, Path("nowhere"), "0001")
    now = keyframe(stroke("scribble", 1, (0.2, 0.4), (0.3, 0.7)))
    canvas.set(now)
    canvas.set(now.done(stroke("brush", 2, (0.8, 0.8), size=0.05)))
    top, left, bottom, right = canvas.box
    assert (bottom - top) * (right - left) < 120 and top <= 57 < bottom and left <= 76 < right


def test_hundreds_of_strokes_can_be_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.keyframes.painted.HISTORY", 40_000)
    canvas, now = Canvas(PICTURE, PALETTE, Path("nowhere"), "0001"), keyframe()
    for number in range(120):
        now = now.done(stroke("brush", 1 + number % 2, (number / 120, (number * 37 % 120) / 120), size=0.1))
        canvas.set(now)
    for _ in range(100):
        now = now.undo()
    same(canvas.set(now), paint(now, PICTURE, PALETTE, Path("nowhere")))


def test_another_colour_of_a_swatch_is_laid_anew() -> None:
    now = keyframe(stroke("scribble", 1, (0.2, 0.4), (0.3, 0.7)), stroke("brush", 2, (0.8, 0.2)))
    canvas = Canvas(PICTURE, PALETTE, Path("nowhere"), "0001")
    canvas.set(now)
    other = (Swatch(1, "coat", (0.1, 0.6, 0.6)), BLUE)
    same(canvas.set(now, other), paint(now, PICTURE, other, Path("nowhere")))
