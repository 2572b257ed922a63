"""CIEDE2000 against the published test data of Sharma, Wu and Dalal (2005), and CIELAB at known colours."""
from __future__ import annotations

import numpy as np
import pytest

from engine.media.difference import ciede2000, lab

SHARMA = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425), ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
    ((50, 2.8361, -74.0200), (50, 0, -82.7485), 3.4412), ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
    ((50, -0.9009, -85.5211), (50, 0, -82.7485), 1.0000), ((50, 0, 0), (50, -1, 2), 2.3669), ((50, -1, 2), (50, 0, 0), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792), ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((50, -0.001, 2.49), (50, 0.0009, -2.49), 4.8045), ((50, -0.001, 2.49), (50, 0.0011, -2.49), 4.7461),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065), ((50, 2.5, 0), (73, 25, -18), 27.1492), ((50, 2.5, 0), (61, -5, 29), 22.8977),
    ((50, 2.5, 0), (56, -27, -3), 31.9030), ((50, 2.5, 0), (58, 24, 15), 19.4535), ((50, 2.5, 0), (50, 3.1736, 0.5854), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441), ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("a", "b", "difference"), SHARMA)
def test_published_pairs(a: tuple[float, ...], b: tuple[float, ...], difference: float) -> None:
    assert ciede2000(np.array(a), np.array(b)) == pytest.approx(difference, abs=5e-5)


def test_arrays_are_pixel_by_pixel() -> None:
    a, b, wanted = (np.array([row[i] for row in SHARMA], np.float64) for i in range(3))
    assert np.abs(ciede2000(a.reshape(3, 7, 3), b.reshape(3, 7, 3)).ravel() - wanted).max() < 5e-5


@pytest.mark.parametrize(("rgb", "wanted"), [
    ((1, 1, 1), (100, 0, 0)), ((0, 0, 0), (0, 0, 0)), ((1, 0, 0), (53.24, 80.09, 67.20)), ((0, 0, 1), (32.30, 79.19, -107.86)),
    ((1.7, -0.3, 0), (53.24, 80.09, 67.20)),
])
def test_cielab_of_known_colours(rgb: tuple[float, ...], wanted: tuple[float, ...]) -> None:
    assert lab(np.array(rgb, np.float32)) == pytest.approx(np.array(wanted), abs=0.02)
