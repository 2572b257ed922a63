"""Small pictures that are looked at while work goes on: 8-bit PNG of display values."""
from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from engine.files import replacing
from engine.media.source import Picture

WIDTH = 640         # at most
QUICK = (cv2.IMWRITE_PNG_COMPRESSION, 1)


def write_png(path: Path, picture: Picture) -> None:
    """Replace `path` by display values (h, w, 3), clipped to 0..1, as 8-bit PNG. Raises DiskFull, OutputRefused."""
    values = np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    data = cv2.imencode(".png", np.ascontiguousarray(values[..., ::-1]), QUICK)[1]
    with replacing(path) as temporary:
        temporary.write_bytes(data.tobytes())
