"""Frame and timecode burnt into viewing copies: a line of text in a dark box at the bottom of the picture."""
from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.export.movie import BLACK, CHROMA_ZERO, LUMA_SPAN, Planes

PART, LEAST = 26, 11        # the height of letters: so many of them make the picture's; pixels
SAFE = 0.05                 # of the picture's height below the box
WEIGHT = 500


def burn_in_line(name: str, frame: str, timecode: str | None) -> str:
    """What stands in the box."""
    return "   ".join(word for word in (name, frame, timecode) if word)


def burnt(planes: Planes, text: str, depth: int) -> Planes:
    """Y', Cb, Cr of `depth` bits (as ycbcr_planes makes them) with the box laid over; the given ones stay as they are."""
    made = [plane.copy() for plane in planes]
    height, width = made[0].shape
    label = _label(text, width, height)
    top = max(0, height - label.shape[0] - round(SAFE * height)) // 2 * 2
    left = (width - label.shape[1]) // 4 * 2
    scale = 2 ** (depth - 8)
    shown = np.rint(scale * (BLACK + LUMA_SPAN * (label / np.float32(255))))
    made[0][top:top + label.shape[0], left:left + label.shape[1]] = shown[:height - top]
    for plane in made[1:]:
        down, across = height // plane.shape[0], width // plane.shape[1]
        plane[top // down:(top + label.shape[0]) // down, left // across:(left + label.shape[1]) // across] = CHROMA_ZERO * scale
    return made


def _label(text: str, width: int, height: int) -> NDArray[np.uint8]:
    """The text, 0..255, with some room around; even sizes, no larger than the picture."""
    size = max(LEAST, height // PART)
    while True:
        (x, y, w, h) = _box(text, size)
        room = size // 2
        if w + 2 * room <= width or size <= LEAST:
            break
        size -= 1
    across, down = (min(limit // 2 * 2, (length + 2 * room + 1) // 2 * 2) for length, limit in ((w, width), (h, height)))
    label = np.zeros((down, across), np.uint8)
    cv2.putText(label, text, (room - x, room - y), (255,), _font(), size, WEIGHT)
    return label


def _box(text: str, size: int) -> Sequence[int]:
    """x, y, width and height of the text where its base line begins at 0, 0; as high as a line with all letters."""
    x, _, w, _ = cv2.getTextSize((0, 0), text, (0, 0), _font(), size, WEIGHT)
    _, y, _, h = cv2.getTextSize((0, 0), "|g" + text, (0, 0), _font(), size, WEIGHT)
    return x, y, w, h


@cache
def _font() -> Any:
    return cv2.FontFace("sans")
