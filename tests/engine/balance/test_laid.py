"""A balance laid before or after the training: what the net sees, and whose luma the result has."""
import json

import numpy as np

from engine.balance.balance import Balance
from engine.balance.laid import Laid
from engine.media.colour import from_ycbcr, luma, to_ycbcr

BALANCE = Balance(((1.0, 0.1, 0.0), (0.05, 1.2, 0.0), (0.0, -0.1, 1.4)), (0.1, 0.2, -0.1), Balance.identity().curves)
PLAIN = np.random.default_rng(1).uniform(0.1, 0.9, (12, 16, 3)).astype(np.float32)


def coloured(picture):
    """What a net may do: another chroma on the same luma."""
    ycc = to_ycbcr(picture)
    ycc[..., 1:] = (0.1, -0.05)
    return from_ycbcr(ycc)


def test_laid_before_the_net_sees_the_balanced_picture():
    laid = Laid(BALANCE)
    kept = BALANCE.apply(PLAIN, 0)
    assert laid.seen == BALANCE and laid.seen_of(kept, 0) is kept
    assert np.array_equal(laid.finished(coloured(kept), kept), coloured(kept))


def test_laid_after_the_net_sees_the_scan_and_the_result_has_the_balanced_luma():
    laid = Laid(BALANCE, after=True)
    kept = BALANCE.apply(PLAIN, 0)
    seen = laid.seen_of(kept, 0)
    assert laid.seen.is_identity and np.abs(seen - PLAIN).max() < 2e-4
    result = laid.finished(coloured(seen), kept)
    assert np.abs(luma(result) - luma(kept)).max() < 1e-5
    assert np.abs(to_ycbcr(result)[..., 1:] - (0.1, -0.05)).max() < 1e-5


def test_it_goes_through_json_and_a_balance_of_before_is_laid_before():
    for laid in (Laid(BALANCE), Laid(BALANCE, after=True)):
        assert Laid.from_json(json.loads(json.dumps(laid.as_json()))) == laid
    assert Laid(BALANCE).as_json() == BALANCE.as_json()
