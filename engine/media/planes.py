"""Picture arithmetic of video: coded planes to R'G'B' by the file's tags, in own float arithmetic.

ITU-R BT.601-7, BT.709-6, BT.2020-2 (matrices, code ranges); ISO/IEC 13818-2 6.1.1.8 and ITU-T H.264 annex E (where chroma is sited).
The decoder library's own conversion is biased and off by half a pixel in chroma, so it is not used.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.media.source import Picture

Plane = NDArray[Any]
MATRICES = {1: ("Rec.709", .2126, .0722), 4: ("FCC", .30, .11), 5: ("Rec.601", .299, .114), 6: ("Rec.601", .299, .114),
            7: ("SMPTE 240M", .212, .087), 9: ("Rec.2020", .2627, .0593), 10: ("Rec.2020", .2627, .0593)}     # ITU-T H.273 codes
LIMITED_RANGE, FULL_RANGE = 1, 2        # AVColorRange of the frame


@dataclass(frozen=True)
class Coding:
    """How the planes of a stream stand for colour."""

    depth: int
    colour: str                             # 'rgb' | 'grey' | 'ycbcr'
    kr: float
    kb: float
    matrix: str                             # its name
    full: bool                              # full code range
    shrink: tuple[int, int]                 # luma pixels a chroma pixel, across and down
    site: tuple[float, float]               # where the first chroma pixel lies, in luma pixels from the first luma pixel
    tagged: bool                            # the file itself says which matrix


def coding_of(frame: Any, codec: str) -> Coding | None:
    """The coding of a decoded `av.VideoFrame`, None for pixel formats that are not read (X'Y'Z', float, raw sensor). Untagged: Rec.601 up
    to 576 rows, Rec.709 above; limited range, RGB and grey full."""
    form = frame.format
    known = form.is_rgb or form.has_palette or re.match("yuv|yuyv|yvyu|uyvy|nv|p[024]1|y21|gray", form.name)
    if not known or not 8 <= form.components[0].bits <= 16:
        return None
    shrink = _shrink(form)
    colour = "rgb" if form.is_rgb or form.has_palette else "grey" if form.name.startswith("gray") else "ycbcr"
    tagged = int(frame.colorspace) in MATRICES
    matrix, kr, kb = MATRICES[int(frame.colorspace) if tagged else 6 if frame.height <= 576 else 1]
    untagged = int(frame.color_range) not in (LIMITED_RANGE, FULL_RANGE)
    full = colour == "rgb" or int(frame.color_range) == FULL_RANGE or form.name.startswith("yuvj") or (colour == "grey" and untagged)
    return Coding(form.components[0].bits, colour, kr, kb, matrix, full, shrink, _site(shrink, codec), tagged or colour != "ycbcr")


def _shrink(form: Any) -> tuple[int, int]:
    """Luma pixels a chroma pixel, across and down."""
    return 16 // max(form.chroma_width(16), 1), 16 // max(form.chroma_height(16), 1)


def _site(shrink: tuple[int, int], codec: str) -> tuple[float, float]:
    """Chroma lies on the left luma pixel and between two rows, but: JPEG and MPEG-1 lie in the middle, DV 4:2:0 on the upper row."""
    across = (shrink[0] - 1) / 2 if codec in ("mjpeg", "mpeg1video") else 0.0
    down = 0.0 if codec == "dvvideo" else (shrink[1] - 1) / 2
    return across, down


def planar(frame: Any) -> Any:
    """The same code values with every component in a plane of its own, little-endian; interleaved forms are only taken apart."""
    form = frame.format
    bits = form.components[0].bits
    if form.is_rgb or form.has_palette:
        name = form.name if form.name.startswith("gbr") else "gbrp" if bits == 8 else f"gbrp{bits}le"
    elif form.name.startswith("gray"):
        name = "gray" if bits == 8 else f"gray{bits}le"
    else:
        kind = {(1, 1): "444", (2, 1): "422", (2, 2): "420", (4, 1): "411", (4, 4): "410", (1, 2): "440"}[_shrink(form)]
        name = form.name if re.match(r"yuvj?a?\d", form.name) else f"yuv{kind}p{'' if bits == 8 else f'{bits}le'}"
    name = re.sub("be$", "le", name)
    return frame if name == form.name else frame.reformat(format=name)


def planes_of(frame: Any) -> list[Plane]:
    """The first three planes (one for grey) of a decoded frame as (rows, columns) arrays of codes, views where they can be."""
    frame = planar(frame)
    kind = np.dtype("<u2" if frame.format.components[0].bits > 8 else "u1")
    return [np.frombuffer(p, kind).reshape(p.height, -1)[:, :p.width] for p in frame.planes[:3]]


def to_picture(planes: list[Plane], coding: Coding) -> Picture:
    """Progressive planes to float32 (h, w, 3) R'G'B', 0 black and 1 white, codes beyond them kept."""
    top = np.float32(2 ** coding.depth - 1)
    if coding.colour == "rgb":
        green, blue, red = planes
        return np.dstack([red, green, blue]).astype(np.float32) / top
    unit = np.float32(2 ** (coding.depth - 8))
    black, white, swing = (0, top, top) if coding.full else (16 * unit, 219 * unit, 224 * unit)
    luma = (planes[0].astype(np.float32) - black) / white
    if coding.colour == "grey":
        return np.dstack([luma] * 3)
    cb, cr = ((_enlarge(p, luma.shape, coding) - 128 * unit) / swing for p in planes[1:])
    red = luma + np.float32(2 - 2 * coding.kr) * cr
    blue = luma + np.float32(2 - 2 * coding.kb) * cb
    green = (luma - np.float32(coding.kr) * red - np.float32(coding.kb) * blue) / np.float32(1 - coding.kr - coding.kb)
    return np.dstack([red, green, blue])


def _enlarge(chroma: Plane, shape: tuple[int, ...], coding: Coding) -> NDArray[np.float32]:
    """A chroma plane at the size of luma, linear between the places where it is sited."""
    (across, down), (left, upper) = coding.shrink, coding.site
    plane = chroma.astype(np.float32)
    if coding.shrink == (1, 1):
        return plane
    rows = (np.arange(shape[0], dtype=np.float32) - upper) / down
    columns = (np.arange(shape[1], dtype=np.float32) - left) / across
    grid = np.meshgrid(columns, rows)
    return np.asarray(cv2.remap(plane, grid[0], grid[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
