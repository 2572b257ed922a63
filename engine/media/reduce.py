"""Pictures made smaller by averaging."""
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def reduced(picture: NDArray[np.floating], width: int | None) -> NDArray[np.float32]:
    """`picture` (h, w) or (h, w, c) averaged down to at most `width` pixels wide, never enlarged; as it is for None."""
    height, wide = picture.shape[:2]
    values = np.asarray(picture, np.float32)
    if width is None or wide <= width:
        return values
    return np.asarray(cv2.resize(values, (width, max(1, round(height * width / wide))), interpolation=cv2.INTER_AREA), np.float32)
