"""Bringing colour into what the output can hold, without touching luma."""
from __future__ import annotations

import numpy as np

from engine.media.colour import luma
from engine.media.source import Picture

STRIP = 128


def into_gamut(picture: Picture, low: float = 0.0, high: float = 1.0) -> Picture:
    """`picture` (h, w, 3), display-referred, with chroma scaled toward neutral at every pixel where R, G or B leaves low..high, just as far
    as it must; luma and hue (the ratio of Cb and Cr) stay. Where luma itself is outside low..high the pixel becomes neutral, and the
    clipping is left to the writer. The picture given is left as it is."""
    result = np.empty(picture.shape, np.float32)
    for top in range(0, len(picture), STRIP):
        strip = picture[top:top + STRIP]
        grey = luma(strip)[..., None]
        colour = strip - grey
        room_up, room_down = np.maximum(high - grey, 0), np.minimum(low - grey, 0)
        largest, smallest = colour.max(-1, keepdims=True), colour.min(-1, keepdims=True)
        scale = np.minimum(1, np.minimum(_share(room_up, largest), _share(room_down, smallest)))
        result[top:top + STRIP] = grey + colour * scale
    return result


def _share(room: Picture, reach: Picture) -> Picture:
    """room / reach, and 1 where nothing reaches out."""
    share: Picture = np.divide(room, reach, out=np.ones_like(room), where=np.abs(reach) > np.abs(room))
    return share
