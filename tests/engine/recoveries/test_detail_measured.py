"""What is told of a reference and of pairs holds where a frame tells little: nothing trusted in the middle, no edges, no light."""
from __future__ import annotations

import numpy as np

from engine.detail.pair import DetailPair
from engine.recoveries.detail_steps import measured


def test_a_pair_is_measured_where_it_is_trusted_though_its_middle_is_not() -> None:
    weight = np.full((900, 900), 255, np.uint8)
    weight[66:-66, 66:-66] = 0
    plane = np.zeros(weight.shape, np.float16)
    seen, target, trust = measured(DetailPair(0, "0", "shot 1", True, plane[None], plane, weight))
    assert seen.shape == (1, 768, 768) and target.shape == trust.shape == (768, 768) and trust.max() == 1
