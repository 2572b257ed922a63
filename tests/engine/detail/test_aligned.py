"""A reference that lies some pixels off is laid by the local fit, though flat shapes agree hardly where they are apart."""
from types import SimpleNamespace
from typing import Any, cast

import cv2
import numpy as np
import pytest

from engine.align.alignment import FrameMatch
from engine.align.local import LIMIT_PX
from engine.detail.aligned import lay
from engine.media.source import FrameSource

SIZE = (360, 480)


def flat(seed: int) -> np.ndarray:
    """(h, w, 3) evenly shaded shapes."""
    random = np.random.default_rng(seed)
    picture = np.full((*SIZE, 3), 0.45, np.float32)
    for _ in range(30):
        centre = int(random.integers(0, SIZE[1])), int(random.integers(0, SIZE[0]))
        cv2.circle(picture, centre, int(random.integers(12, 50)), random.uniform(0.15, 0.85, 3).tolist(), -1, cv2.LINE_AA)
    return picture


def source(picture: np.ndarray) -> FrameSource:
    return cast(FrameSource, SimpleNamespace(read=lambda index: picture, info=SimpleNamespace(encoding="rec709"), name=str))


@pytest.mark.parametrize("off", [3.0, 6.0])
def test_flat_shapes_that_lie_pixels_off_are_laid_on_each_other(off: float) -> None:
    picture: Any = flat(1)
    moved = cv2.warpAffine(picture, np.float32([[1, 0, off], [0, 1, 0]]), SIZE[::-1], borderMode=cv2.BORDER_REFLECT)
    soft = cv2.GaussianBlur(picture, (0, 0), 1.2)
    matrix = np.array([[1, 0, 0.01], [0, 1, 0], [0, 0, 1.0]])         # all but given as aligned
    laid = lay(source(soft), source(moved), FrameMatch(0, 0, 1.0, matrix, 0.0))
    inside = (slice(40, -40), slice(40, -40))
    assert np.abs(laid.reference - picture)[inside].mean() < 0.25 * np.abs(moved - picture)[inside].mean()
    assert laid.misfit <= LIMIT_PX and laid.weight[inside].mean() > 0.9


def test_what_lies_far_too_wrong_is_not_usable() -> None:
    picture: Any = flat(1)
    moved = cv2.warpAffine(picture, np.float32([[1, 0, 24], [0, 1, 0]]), SIZE[::-1], borderMode=cv2.BORDER_REFLECT)
    matrix = np.array([[1, 0, 0.01], [0, 1, 0], [0, 0, 1.0]])
    assert not lay(source(picture), source(moved), FrameMatch(0, 0, 1.0, matrix, 0.0)).usable
