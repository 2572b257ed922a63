"""A balance can be undone, written down, and does to a pixel what its value and place say."""
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from engine.balance.balance import GRID, KNOTS, Balance


def strong(uneven=False):
    curves = tuple(tuple(float(k + 0.1 + a * np.sin(2 * k)) for k in KNOTS) for a in (0.1, -0.15, 0.2))
    field = tuple(map(tuple, np.random.default_rng(5).normal(0, 0.15, GRID).tolist())) if uneven else ()
    matrix = ((2.5, 0.4, -1.6), (0.9, 1.0, -0.9), (-0.5, 1.2, 0.7))
    return Balance(matrix, (0.3, 0.0, 1 / 3), curves, (0.1, -0.05, 0.2), field, (3, 9), (0.15, 1 / 7))


def picture(low=0.0, high=1.0):
    return np.random.default_rng(1).uniform(low, high, (90, 120, 3)).astype(np.float32)


def test_the_identity_changes_nothing_and_gives_an_array_of_its_own():
    p = picture(-0.5, 2)
    result = Balance.identity().apply(p, 0)
    assert np.array_equal(result, p) and not np.shares_memory(result, p)
    assert np.array_equal(Balance.identity().invert(p, 0), p)


@pytest.mark.parametrize("uneven", [False, True])
def test_what_is_applied_can_be_undone(uneven):
    p = picture()
    assert np.abs(strong(uneven).invert(strong(uneven).apply(p, 0), 0) - p).max() < 1e-4


@pytest.mark.parametrize("uneven", [False, True])
def test_it_can_be_undone_below_black_and_above_white_too(uneven):
    p = picture(-0.2, 2.5)
    balanced = strong(uneven).apply(p, 0)
    assert balanced.min() < -0.5 and balanced.max() > 1.5
    assert np.abs(strong(uneven).invert(balanced, 0) - p).max() < 1e-3


def test_what_is_undone_can_be_applied_again():
    p = picture()
    assert np.abs(strong(True).apply(strong(True).invert(p, 0), 0) - p).max() < 1e-3


def test_the_record_gives_back_an_equal_balance():
    for balance in (strong(True), strong(), Balance.identity()):
        assert Balance.from_json(json.loads(json.dumps(balance.as_json()))) == balance


def test_a_pixel_depends_on_no_other_pixel():
    whole, changed = picture(), picture()
    changed[40:50, 30:60] = 0.7
    a, b = strong(True).apply(whole, 0), strong(True).apply(changed, 0)
    same = np.ones(a.shape[:2], bool)
    same[40:50, 30:60] = False
    assert np.array_equal(a[same], b[same])


def test_an_even_balance_does_the_same_everywhere():
    p = picture()
    assert np.array_equal(strong().apply(p[13:57, 21:80], 0), strong().apply(p, 0)[13:57, 21:80])


def test_unevenness_scales_with_the_frame():
    balance = strong(True)
    small, large = (balance.apply(np.full((h, w, 3), 0.4, np.float32), 0) for h, w in ((60, 80), (240, 320)))
    assert np.abs(large.reshape(60, 4, 80, 4, 3).mean((1, 3)) - small).max() < 2e-3
    assert np.ptp(small[..., 0]) > 0.05


def test_threads_get_what_one_thread_gets():
    balance, p = strong(True), picture()
    alone = balance.apply(p, 0)
    with ThreadPoolExecutor(4) as pool:
        assert all(np.array_equal(alone, other) for other in pool.map(lambda i: balance.apply(p, i), range(8)))


def test_brighter_stays_brighter_in_every_channel_of_a_plain_matrix():
    curves = strong().curves
    balance = Balance(((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), (0.0, 0.0, 0.0), curves)
    ramp = np.repeat(np.linspace(-0.3, 1.5, 4000, dtype=np.float32)[None, :, None], 3, 2)
    assert (np.diff(balance.apply(ramp, 0)[0], axis=0) > 0).all()
