"""What was invented in a frame as a small picture on disk, for a person to look at."""
from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.detail.filters import Plane
from engine.errors import MediaError
from engine.files import replacing
from engine.media.reduce import reduced

WIDTH = 1024            # pixels: as wide as the window's pictures


def save_map(path: Path, found: Plane, weight: Plane) -> None:
    """Leave a map (h, w) 0..1 of `engine.detail.invention.invented` as an 8-bit grey PNG, at most WIDTH wide: 0 = not compared, for there
    is no `weight`; 1 = compared, nothing invented; 255 = wholly invented. Raises DiskFull, OutputRefused."""
    small, compared = reduced(found, WIDTH), reduced((weight > 0).astype(np.float32), WIDTH) >= 0.5
    codes = np.where(compared, 1 + np.round(254 * np.clip(small, 0, 1)), 0).astype(np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        coded, data = cv2.imencode(".png", codes)
        assert coded
        temporary.write_bytes(data.tobytes())


def load_map(path: Path) -> tuple[Plane, NDArray[np.bool_]]:
    """(h, w) 0..1 how far it was invented, and where it was compared. Raises MediaError where the file is missing or damaged."""
    try:
        codes = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
    except (OSError, cv2.error) as error:
        raise MediaError(f"{path}: this map cannot be read; measure the shots again") from error
    if codes is None:
        raise MediaError(f"{path}: this map is damaged; measure the shots again")
    return np.asarray(np.clip(codes.astype(np.float32) - 1, 0, None) / np.float32(254), np.float32), codes > 0
