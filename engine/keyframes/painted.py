"""A keyframe painted: its operations laid on a picture of the frame, one after another."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.media.colour import LUMA, to_ycbcr

WIDTH = 1024        # at which keyframes are painted, and which the net is trained on; a narrower frame has its own width
DARKEST = 0.04      # luma of a swatch below which its colour tells nothing


@dataclass(frozen=True)
class Painted:
    """The colour of a keyframe. `chroma` (h, w, 2) Cb, Cr; `alpha` (h, w) 0..1 how far a pixel has that colour, 0 = nobody said any;
    `swatch` (h, w) the number of the swatch that it has, 0 = none; `op` (h, w) the place of the operation that gave it, from 1 on,
    0 = none."""

    chroma: NDArray[np.float32]
    alpha: NDArray[np.float32]
    swatch: NDArray[np.int32]
    op: NDArray[np.int32]

    @property
    def share(self) -> float:
        """Of the picture that has colour, 0..1."""
        return float((self.alpha > 0.5).mean())

    @staticmethod
    def nothing(height: int, width: int) -> Painted:
        return Painted(np.zeros((height, width, 2), np.float32), np.zeros((height, width), np.float32),
                       np.zeros((height, width), np.int32), np.zeros((height, width), np.int32))


def laid(colour: tuple[float, float, float], luma: NDArray[np.float32]) -> NDArray[np.float32]:
    """Chroma (..., 2) of a colour on luma (...) 0..1: the colour lighter or darker by as much as the luma is, in R'G'B' display-referred
    Rec.709, and no more saturated than that luma allows for."""
    own = np.array(colour, np.float32)
    weight = max(float(own @ LUMA), DARKEST)
    unit = to_ycbcr(own[None, None])[0, 0, 1:] / weight
    apart = own / weight - float(own @ LUMA) / weight       # of each channel from luma, at luma 1
    y = np.clip(luma, 0, 1)[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(apart > 0, (1 - y) / apart, np.where(apart < 0, -y / apart, np.inf)).min(-1)
    return np.asarray(unit * np.minimum(y[..., 0], room)[..., None], np.float32)
