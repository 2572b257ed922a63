"""How steady the colour of a result is from frame to frame, beside the scan that it is made of and the LUT, which sees single pixels."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.media.colour import to_ycbcr
from engine.media.source import Picture

CODES = 255             # figures are in code values of 8 bits
MARGIN = 0.5            # of a code value above the worst of the LUT: less is never seen


@dataclass(frozen=True)
class Steadiness:
    """Over `frames` frames from `first` on, in 8-bit code values: by how much more the mean chroma changes from one frame to the next than
    that of the balanced scan, on average (`figure`; `lut` for the LUT), and on how many frames by more than `limit` (`flicker`)."""

    first: int
    frames: int
    figure: float
    lut: float
    limit: float
    flicker: int
    worst: int              # the frame that changes most

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def mean_chroma(picture: Picture) -> NDArray[np.float64]:
    """Cb and Cr of a frame, averaged, of what a display can show."""
    mean: NDArray[np.float64] = to_ycbcr(np.clip(picture, 0, 1)).reshape(-1, 3)[:, 1:].mean(0, dtype=np.float64)
    return mean


def steadiness(first: int, scan: Sequence[NDArray[np.float64]], result: Sequence[NDArray[np.float64]],
               lut: Sequence[NDArray[np.float64]]) -> Steadiness:
    """Of the mean chroma of consecutive frames, two at least."""
    own, seen, pointwise = (np.linalg.norm(np.diff(np.stack(means), axis=0), axis=1) * CODES for means in (scan, result, lut))
    more, usual = seen - own, pointwise - own
    limit = float(max(usual.max(), 0.0)) + MARGIN
    return Steadiness(first, len(scan), round(float(more.mean()), 3), round(float(usual.mean()), 3), round(limit, 3),
                      int((more > limit).sum()), first + 1 + int(more.argmax()))
