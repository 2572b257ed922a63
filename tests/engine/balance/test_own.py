"""A balance from the film itself: what is measured, what it gives, and what the controls do to it."""
import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.balance.balance import Balance, density, from_density
from engine.balance.own import DYES, Controls, Fade, faded_like, kept_of, own_balance
from engine.balance.own_fit import FRAMES, measure_fade
from engine.media.colour import LUMA, luma, to_display, to_ycbcr
from engine.run import Cancelled, Run
from engine.sample.fade import FadedPrint
from tests.engine.balance.films import HEIGHT, WIDTH, Film, Frames, paint


class Listening(Run):
    def __init__(self):
        super().__init__()
        self.said = []

    def say(self, text):
        self.said.append(text)


def measured(pictures):
    return measure_fade(Frames("scan", pictures), "rec709", Run())


BORDER = 14


def calm(seed):
    """A painting in colours as pictures have them, most of them dull."""
    picture = paint(seed)
    grey = luma(picture)[..., None]
    return grey + np.float32(0.45) * (picture - grey)


@pytest.fixture(scope="module")
def made():
    """A print of paintings as the sample film's, its scan, and what it would show had it not faded."""
    worn = FadedPrint(WIDTH, HEIGHT, BORDER, 6, 3)
    codes = [worn.scan(calm(i), i).astype(np.float32) / 1023 for i in range(6)]
    truth = [worn.truth(calm(i), i) for i in range(6)]
    return Film(truth, Frames("scan", [to_display(c, "cineon") for c in codes]), Frames("scan", codes, "cineon"), None)


@pytest.fixture(scope="module")
def fade(made):
    return measure_fade(made.scan, "rec709", Run())


def luma_error(pictures, truth):
    inner = (slice(2 * BORDER, -2 * BORDER),) * 2
    errors = [(p - t)[inner] @ LUMA for p, t in zip(pictures, truth, strict=True)]
    return float(np.mean([np.abs(cv2.GaussianBlur(error, (0, 0), 2)).mean() for error in errors]))


def ramp():
    """Greys from black to white, (1, 200, 3)."""
    return np.repeat(np.linspace(0.02, 0.98, 200, dtype=np.float32)[None, :, None], 3, 2)


shares = st.floats(0.01, 1.0)
fades = st.builds(
    lambda kept, base, black, grain: replace(
        Fade.none(), kept=kept, slopes=tuple((np.array(kept) / max(kept)).tolist()), line=(0.02, 0.0, 0.05), spread=(0.4, 1.2, 0.3),
        base=(base, base + 0.05, base), blacks=(black / 2, black, black / 3), grain=tuple(map(tuple, (grain * np.eye(3)).tolist()))),
    st.tuples(shares, shares, shares), st.floats(0, 0.4), st.floats(0.8, 2.6), st.floats(1e-6, 1e-3))
controls = st.builds(Controls, *[st.floats(-1, 1)] * 5)


@settings(max_examples=40, deadline=None)
@given(fades, controls)
def test_whatever_was_measured_and_set_can_be_undone_and_is_recorded(fade, moved):
    picture = np.random.default_rng(2).uniform(0, 1, (24, 24, 3)).astype(np.float32)
    balance = own_balance(fade, moved)
    balanced = balance.apply(picture, 0)
    assert np.isfinite(balanced).all()
    assert np.abs(balance.invert(balanced, 0) - picture).max() < 2e-3
    assert Balance.from_json(json.loads(json.dumps(balance.as_json()))) == balance
    assert Fade.from_json(json.loads(json.dumps(fade.as_json()))) == fade
    assert all(np.all(np.diff(curve) > 0) for curve in balance.curves)


def test_luma_of_a_faded_film_comes_nearer_without_a_reference(made, fade):
    scans = [made.scan.read(i) for i in range(len(made.truth))]
    balanced = [own_balance(fade).apply(scan, 0) for scan in scans]
    assert luma_error(balanced, made.truth) < 0.35 * luma_error(scans, made.truth)


def test_the_encoding_of_the_scan_makes_no_difference(made, fade):
    log = measure_fade(made.reference, "cineon", Run())
    assert np.allclose(log.slopes, fade.slopes, atol=1e-4) and np.allclose(log.base, fade.base, atol=1e-4)


def test_what_is_left_of_the_dyes_is_measured(fade):
    assert fade.sure == 1
    assert fade.kept[1] == max(fade.kept) and fade.kept[0] < 0.35 and fade.kept[2] < 0.35
    assert fade.base[1] > fade.base[0] and fade.blacks[1] > fade.blacks[0]
    assert fade.frames == tuple(range(6))


def test_greys_of_a_print_give_back_its_shares():
    kept = np.array([0.2, 0.87, 0.4])
    greys = (DYES @ np.diag(kept) @ np.linalg.inv(DYES)).sum(1)
    found = kept_of(greys / greys.max())
    assert np.allclose(found / found.max(), kept / kept.max(), atol=1e-6)


def test_greys_of_the_print_become_grey(fade):
    """Along the measured grey axis; in the curved blacks too."""
    steps = np.linspace(0.1, 1.2, 30)[:, None]
    greys = from_density(steps * np.array(fade.slopes) + np.array(fade.line)).astype(np.float32)[None]
    balanced = own_balance(fade).apply(greys, 0)
    assert np.ptp(balanced, axis=2).max() < 0.05
    assert np.all(np.diff(balanced[0, :, 1]) < 0)


def test_grain_is_not_amplified_beyond_what_contrast_gains(made, fade):
    """The dyes lost up to nine tenths; grain of luma grows by much less."""
    flat = np.full((120, 120, 3), from_density(0.6 * np.array(fade.slopes) + np.array(fade.line)), np.float32)
    draw = np.random.default_rng(4)
    noise = 0.012 * (draw.normal(size=(120, 120, 1)) + 0.2 * draw.normal(size=(120, 120, 3)))
    grainy = from_density(density(flat.astype(np.float64)) + noise).astype(np.float32)
    before, after = luma(grainy).std(), luma(own_balance(fade).apply(grainy, 0)).std()
    assert after < 2 * before


def test_a_film_that_is_not_faded_or_has_no_colour_stays_as_it_is():
    truth = [paint(seed) for seed in range(4)]
    for pictures in (truth, [np.repeat(t[..., :1], 3, 2) for t in truth]):
        found = measured(pictures)
        assert found.sure == 0 and own_balance(found).is_identity


@pytest.mark.parametrize("pictures", [
    [np.zeros((60, 80, 3), np.float32)] * 3, [np.ones((60, 80, 3), np.float32)] * 3, [np.full((60, 80, 3), 0.4, np.float32)] * 3,
    [np.full((60, 80, 3), np.nan, np.float32)] * 2, [paint(1)[:2, :2]]])
def test_where_nothing_can_be_told_nothing_is_done_and_that_is_said(pictures):
    run = Listening()
    found = measure_fade(Frames("scan", pictures), "rec709", run)
    assert own_balance(found).is_identity and found == Fade.none(found.frames)
    assert "used as it is" in run.said[0]


def test_one_frame_between_black_and_white_ones_is_enough(made):
    scan, blank = made.scan.read(0), np.zeros_like(made.scan.read(0))
    alone, among = measured([scan]), measured([blank, scan, blank + 1, blank])
    assert alone.sure == among.sure == 1
    balanced = [own_balance(found).apply(scan, 0) for found in (alone, among)]
    assert np.isfinite(balanced).all() and np.abs(balanced[0] - balanced[1]).mean() < 0.03


def test_gate_sprockets_and_dust_do_not_count(made, fade):
    draw = np.random.default_rng(3)
    framed = []
    for i in range(6):
        scan = made.scan.read(i)
        for x, y in zip(draw.integers(0, 300, 6), draw.integers(0, 220, 6), strict=True):
            scan[y:y + 2, x:x + 3] = 0.98
        whole = np.full((HEIGHT + 2 * BORDER + 20, WIDTH + 2 * BORDER + 60, 3), 0.004, np.float32)
        whole[10:-10, 40:-20] = scan
        whole[::40, :20] = 1
        framed.append(whole)
    found = measured(framed)
    assert np.allclose(found.kept, fade.kept, atol=0.04)
    assert np.allclose(found.base, fade.base, atol=0.04) and np.allclose(found.blacks, fade.blacks, atol=0.1)


def test_a_live_area_that_is_known_is_taken(made, fade):
    """A strip of sound beside the picture that no frame line parts from it would count; not where the live area is drawn."""
    inner = [made.scan.read(i)[BORDER:-BORDER, BORDER:-BORDER] for i in range(6)]
    wide = [np.concatenate([np.full((HEIGHT, 90, 3), (0.1, 0.98, 0.2), np.float32), picture], 1) for picture in inner]
    box = (90, 0, 90 + WIDTH, HEIGHT)
    found = measure_fade(Frames("scan", wide), "rec709", Run(), box)
    assert np.allclose(found.kept, fade.kept, atol=0.04) and np.allclose(found.base, fade.base, atol=0.04)
    assert not np.allclose(measured(wide).blacks, fade.blacks, atol=0.2)


def test_at_most_so_many_frames_are_read_and_a_stop_is_heard(made):
    scan = Frames("scan", [made.scan.read(0)] * (FRAMES + 10))
    assert len(measure_fade(scan, "rec709", Run()).frames) == FRAMES == scan.reads
    with pytest.raises(Cancelled):
        measure_fade(scan, "rec709", Run(lambda: True))


def test_neutral_controls_change_nothing(fade):
    assert Controls().values == () and Controls.from_values(()) == Controls()
    assert own_balance(fade, Controls()) == own_balance(fade)
    assert own_balance(Fade.none(), Controls()).is_identity


def test_controls_are_kept_as_numbers_and_limited():
    moved = Controls(0.5, -0.25, 0.0, 1.0, 0.0)
    assert Controls.from_values(moved.values) == moved
    assert Controls.from_values((0.5, -0.25)) == Controls(0.5, -0.25)
    assert Controls.from_values((7, -7)) == Controls(1.0, -1.0)


def laid(fade, **moved):
    return own_balance(fade, Controls(**moved)).apply(ramp(), 0)


@pytest.mark.parametrize("name", ["warmth", "tint", "lightness", "contrast"])
def test_each_control_does_what_it_says_and_its_opposite(name):
    more, less = (laid(Fade.none(), **{name: value})[:, 20:] for value in (0.6, -0.6))
    ycc = [to_ycbcr(picture) for picture in (more, less)]
    middle, dark, light = slice(60, 130), 40, 140
    if name == "warmth":
        assert (more[..., 0] > more[..., 2] + 0.02).all() and (less[..., 2] > less[..., 0] + 0.02).all()
    elif name == "tint":
        assert (more[..., 1] < more[..., [0, 2]].min(2) - 0.02).all() and (less[..., 1] > less[..., [0, 2]].max(2) + 0.02).all()
    elif name == "lightness":
        assert (ycc[0][:, middle, 0] > ycc[1][:, middle, 0] + 0.05).all()
    else:
        assert ycc[0][0, light, 0] - ycc[0][0, dark, 0] > ycc[1][0, light, 0] - ycc[1][0, dark, 0] + 0.05
    if name in ("warmth", "tint"):
        assert np.abs(luma(more) - luma(ramp())[:, 20:]).max() < 0.02
    else:
        assert np.ptp(more, axis=2).max() < 1e-3


def test_strength_goes_from_nothing_to_more(made, fade):
    scan = made.scan.read(0)
    assert own_balance(fade, Controls(strength=-1)).is_identity
    far = [np.abs(own_balance(fade, Controls(strength=s)).apply(scan, 0) - scan).mean() for s in (-1, -0.5, 0, 0.5)]
    assert far[0] == 0 and np.all(np.diff(far) > 0.01)


def test_another_picture_as_the_print_shows_it_keeps_its_luma_and_loses_the_weak_dyes(fade):
    """Not an identity: of what yellow alone tells, little is left."""
    picture = paint(77)
    worn = faded_like(fade, picture, np.random.default_rng(0))
    assert worn.dtype == np.float32 and worn.shape == picture.shape
    assert np.abs(cv2.GaussianBlur(luma(worn) - luma(picture), (0, 0), 2)).mean() < 0.06
    before, after = (np.abs(to_ycbcr(p)[..., 1]).mean() for p in (picture, worn))
    assert after < 0.7 * before
    again = faded_like(fade, picture, np.random.default_rng(1))
    assert 0.002 < np.abs(again - worn).mean() < 0.05
