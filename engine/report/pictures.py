"""Frames as small JPEGs for a report."""
from __future__ import annotations

import cv2
import numpy as np

from engine.media.reduce import reduced
from engine.media.source import Picture as Frame
from engine.report.blocks import Picture

QUALITY = 82


def jpeg(frame: Frame, width: int, caption: str, held: bool = False) -> Picture:
    """A frame (h, w, 3), display-referred Rec.709, at most `width` pixels wide; what lies outside 0..1 is clipped."""
    small = np.round(255 * np.clip(reduced(frame, width), 0, 1)).astype(np.uint8)
    coded, data = cv2.imencode(".jpg", np.ascontiguousarray(small[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    assert coded
    return Picture(data.tobytes(), small.shape[1], small.shape[0], caption, held)
