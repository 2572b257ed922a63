"""What fit_balance makes of faded, unfaded and doubtful films."""
from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.balance import fit
from engine.balance.balance import Balance
from engine.balance.fit import fit_balance, grain_covariance
from engine.media.colour import LUMA
from engine.run import Cancelled, Run
from tests.engine.balance.films import Frames, film


class Listening(Run):
    def __init__(self):
        super().__init__()
        self.said = []

    def say(self, text):
        self.said.append(text)


@pytest.fixture(autouse=True, scope="module")
def quick():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fit, "SITES", 2000)
        yield


def fitted(made, run=None):
    return fit_balance(made.scan, made.reference, made.alignment, "rec709", "rec709", run or Run())


def luma_error(made, balance):
    """Mean over all pixels of all frames, smoothed so that grain is left out."""
    errors = [(balance.apply(made.scan.read(i), i) - truth) @ LUMA for i, truth in enumerate(made.truth)]
    return float(np.mean([np.abs(cv2.GaussianBlur(error, (0, 0), 2)).mean() for error in errors]))


@pytest.fixture(scope="module")
def uneven():
    made = film(uneven=0.3)
    return made, fitted(made)


def test_luma_of_a_faded_print_comes_back():
    made = film()
    balance = fitted(made)
    assert luma_error(made, Balance.identity()) > 0.07
    assert luma_error(made, balance) < 0.012
    assert balance.uneven == ()
    assert balance.frames == tuple(range(8))
    assert balance.luma_error is not None and balance.luma_error[1] < 0.1 * balance.luma_error[0]


def test_a_scan_that_is_not_faded_is_left_nearly_as_it_is():
    made = film(faded=False)
    balance = fitted(made)
    assert max(np.abs(balance.apply(t, 0) - t).mean() for t in made.truth) < 0.01


def test_uneven_fading_is_found_and_recorded(uneven):
    made, balance = uneven
    assert balance.uneven
    assert luma_error(made, balance) < 0.7 * luma_error(made, replace(balance, uneven=()))
    assert luma_error(made, balance) < 0.02


def test_grain_is_not_amplified_more_than_it_gains():
    """A balance that knew nothing of the grain is worse on the grainy scan than the one that was fitted on it."""
    clean, grainy = film(4, grain=0.0), film(4, grain=0.04)
    errors = []
    for made in (clean, grainy):
        balanced = fitted(made).apply(grainy.scan.read(0), 0)
        errors.append(float(np.sqrt((np.square((balanced - grainy.truth[0]) @ LUMA)).mean())))
    assert errors[1] < 0.9 * errors[0]


def test_the_fit_is_the_same_twice_and_can_be_undone(uneven):
    made, balance = uneven
    assert fitted(made) == balance
    p = made.scan.read(0)
    assert np.abs(balance.invert(balance.apply(p, 0), 0) - p).max() < 1e-4


def test_subtitles_do_not_lead_it_astray():
    made = film(subtitles=True)
    assert luma_error(made, fitted(made)) < 0.016


def test_only_frames_with_a_sure_partner_are_read():
    made = film(partners=[True] * 5 + [False] * 3)
    assert fitted(made).frames == (0, 1, 2, 3, 4)


def test_a_long_film_costs_no_more_than_24_frames():
    made = film(4)
    count = 500
    scan, reference = (Frames(s.info.name, [s.pictures[i % 4] for i in range(count)]) for s in (made.scan, made.reference))
    matches = tuple(replace(made.alignment.frames[0], scan=i, reference=i) for i in range(count))
    balance = fit_balance(scan, reference, replace(made.alignment, frames=matches), "rec709", "rec709", Run())
    assert scan.reads == reference.reads == len(balance.frames) == 24
    assert balance.frames[0] < 25 and balance.frames[-1] > 474


def test_where_the_two_agree_nowhere_the_scan_is_used_as_it_is_and_the_user_is_told():
    made = film(2, partners=[False, False])
    run = Listening()
    assert fitted(made, run) == Balance.identity()
    assert "used as it is" in run.said[0]


def test_one_frame_is_enough():
    made = film(1, uneven=0.2)
    balance = fitted(made)
    assert luma_error(made, balance) < 0.25 * luma_error(made, Balance.identity())
    assert balance.uneven == ()         # one picture cannot tell it from what it shows


def test_it_stops_when_asked():
    with pytest.raises(Cancelled):
        fitted(film(2), Run(lambda: True))


def test_dirt_does_not_count_as_grain():
    draw = np.random.default_rng(3)
    grain = draw.normal(0, 0.01, (4000, 3)) + draw.normal(0, 0.02, (4000, 1))
    grain[::20] += 0.8
    assert np.allclose(np.sqrt(np.diag(grain_covariance(grain))), 0.0224, rtol=0.1)
