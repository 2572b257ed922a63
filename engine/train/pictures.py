"""Small pictures that are looked at while work goes on: 8-bit PNG of display values."""
from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.files import replacing
from engine.media.source import Picture

WIDTH = 640         # at most
QUICK = (cv2.IMWRITE_PNG_COMPRESSION, 1)


def reduced(picture: NDArray[np.floating], width: int = WIDTH) -> NDArray[np.float32]:
    """`picture` (h, w, c) averaged down to at most `width` pixels wide, never enlarged."""
    height, wide = picture.shape[:2]
    if wide <= width:
        return np.asarray(picture, np.float32)
    size = (width, max(1, round(height * width / wide)))
    return np.asarray(cv2.resize(np.asarray(picture, np.float32), size, interpolation=cv2.INTER_AREA), np.float32)


def write_png(path: Path, picture: Picture) -> None:
    """Replace `path` by display values (h, w, 3), clipped to 0..1, as 8-bit PNG. Raises DiskFull, OutputRefused."""
    values = np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    data = cv2.imencode(".png", np.ascontiguousarray(values[..., ::-1]), QUICK)[1]
    with replacing(path) as temporary:
        temporary.write_bytes(data.tobytes())
