"""How pictures become packets of ProRes, FFV1, H.264 and H.265.

Of ProRes and FFV1 every frame is encoded by itself; viewing copies (H.264, H.265) in groups of GROUP frames, each by an encoder of its own
and without pictures that refer forward, so that a group never depends on another, and frames and packets stay in one order.

All but FFV1 get planes of our own arithmetic: full-range R'G'B' to Rec.709 Y'CbCr of limited range, chroma of 4:2:2 and 4:2:0 co-sited
across and smoothed by [1 2 1] / 4, down the mean of two lines (ITU-R BT.709, BT.601 annex on sampling; the siting of MPEG-2). The colour
tags are set on every frame, where encoders read them.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import cv2
import numpy as np
from av.codec.context import Flags
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.export.certificate import Figures, figures
from engine.export.coding import Codes
from engine.export.gamut import Plane
from engine.media.colour import to_ycbcr
from engine.media.source import Picture, SourceInfo

BT709, SRGB, LINEAR, UNSPECIFIED = 1, 13, 8, 2
RGB_MATRIX, LIMITED, FULL = 0, 1, 2
FFV1_TRANSFER = {"rec709": BT709, "srgb": SRGB, "linear": LINEAR}
BLACK, LUMA_SPAN, CHROMA_ZERO, CHROMA_SPAN = 16, 219, 128, 224     # of 8 bits
DROP_FRAME_RATES = (Fraction(30000, 1001), Fraction(60000, 1001))
GROUP = 12
PRORES = {"prores422hq": ("3", "yuv422p10le", "apch"), "prores4444": ("4", "yuv444p10le", "ap4h"),
          "prores4444xq": ("5", "yuv444p10le", "ap4x")}
VIEWING = ("h264", "h265")
Planes = list[NDArray[Any]]


@dataclass(frozen=True)
class Movie:
    """A format of movies: codec, its options, pixel format, container, bits, and how many frames are encoded together. `tag` is the
    codec's name in the container, '' where the container has but one."""

    codec: str
    options: dict[str, str]
    pixels: str
    container: str
    suffix: str
    depth: int
    group: int = 1
    tag: str = ""

    @property
    def rgb(self) -> bool:
        return self.pixels.startswith("gbr")

    @property
    def lossy(self) -> bool:
        """Whether what is decoded is another picture than what went in."""
        return self.codec != "ffv1"

    @property
    def halved(self) -> tuple[bool, bool]:
        """Whether chroma has half the width, and half the height."""
        return "422" in self.pixels or "420" in self.pixels, "420" in self.pixels


def movie_of(form: str, depth: int) -> Movie:
    """One of PRORES (10 bits, no alpha: no encoder at hand makes 12), 'ffv1' of `depth` 10, 12 or 16 (planar RGB, lossless), 'h264' of 8
    bits or 'h265' of 10."""
    if form == "ffv1":
        options = {"level": "3", "coder": "1", "slices": "4", "slicecrc": "1", "g": "1"}
        return Movie("ffv1", options, f"gbrp{depth}le", "matroska", ".mkv", depth)
    if form in PRORES:
        profile, pixels, tag = PRORES[form]
        return Movie("prores_aw", {"profile": profile, "vendor": "apl0"}, pixels, "mov", ".mov", 10, 1, tag)
    if form == "h264":
        own = "scenecut=0:threads=1:mbtree=0"       # x264's macroblock tree gives other bytes in about one encoding of two hundred
        options = {"preset": "medium", "crf": "18", "bf": "0", "g": str(GROUP), "x264-params": own}
        return Movie("libx264", options, "yuv420p", "mp4", ".mp4", 8, GROUP, "avc1")
    own = f"log-level=error:info=0:bframes=0:keyint={GROUP}:scenecut=0:open-gop=0:pools=none:frame-threads=1"
    return Movie("libx265", {"preset": "fast", "crf": "20", "x265-params": own}, "yuv420p10le", "mp4", ".mp4", 10, GROUP, "hvc1")


def movie_rate(info: SourceInfo) -> Fraction:
    """Frames a second; 24 where the source does not say. Raises UsageError for single stills."""
    if info.kind == "stills":
        raise UsageError(f"{info.path}: single stills have no order in time and make no movie; choose --format dpx, tiff, exr or png")
    return info.rate or Fraction(24)


@dataclass(frozen=True)
class Encoding:
    """How the frames of one movie are encoded."""

    movie: Movie
    width: int
    height: int
    rate: Fraction
    pixel_aspect: Fraction
    transfer: int = BT709

    def frame(self, planes: Planes, number: int = 0) -> av.VideoFrame:
        """Planes in the order of the pixel format, tagged."""
        frame = av.VideoFrame(self.width, self.height, self.movie.pixels)
        for plane, values in zip(frame.planes, planes, strict=True):
            kind = np.dtype("u1" if self.movie.depth == 8 else "<u2")
            rows = np.zeros((plane.height, plane.line_size // kind.itemsize), kind)
            rows[:, :values.shape[1]] = values
            plane.update(rows.tobytes())
        _tag(frame, self)
        frame.pts, frame.time_base = number, 1 / self.rate
        return frame

    def packets(self, pictures: Iterable[Planes]) -> tuple[list[bytes], bytes | None]:
        """The packet of each picture of a group, by an encoder of its own: what is written never depends on what came before. And what a
        decoder has to know before the first of them; None where that is in the packets."""
        context: Any = av.CodecContext.create(self.movie.codec, "w")
        self.set_up(context)
        context.time_base = 1 / self.rate
        made, count = [], 0
        for planes in pictures:
            made += [bytes(packet) for packet in context.encode(self.frame(planes, count))]
            count += 1
        made += [bytes(packet) for packet in context.encode(None)]
        assert len(made) == count
        return made, context.extradata

    def set_up(self, context: Any) -> None:
        """Size, format, options and tags of an encoder or of a stream's."""
        context.width, context.height, context.pix_fmt = self.width, self.height, self.movie.pixels
        context.framerate, context.sample_aspect_ratio = self.rate, self.pixel_aspect
        context.options, context.thread_count = self.movie.options, 1
        if self.movie.group > 1:
            context.flags |= Flags.global_header.value
        _tag(context, self)


def _tag(thing: Any, encoding: Encoding) -> None:
    thing.color_primaries = BT709 if encoding.transfer != UNSPECIFIED else UNSPECIFIED
    thing.color_trc = encoding.transfer
    thing.colorspace = RGB_MATRIX if encoding.movie.rgb else BT709
    thing.color_range = FULL if encoding.movie.rgb else LIMITED


def rgb_planes(codes: Codes) -> Planes:
    """G, B, R."""
    return [codes[..., channel] for channel in (1, 2, 0)]


def ycbcr_planes(picture: Picture, halved: tuple[bool, bool], depth: int = 10) -> Planes:
    """Y', Cb, Cr code values of `depth` bits, limited range, of display values inside 0..1 (h, w, 3); chroma of half the width, and of half
    the height, where `halved` says so."""
    ycc = to_ycbcr(picture)
    chroma: NDArray[Any] = ycc[..., 1:]
    if halved[0]:
        smooth = np.array([0.25, 0.5, 0.25], np.float32)
        chroma = cv2.sepFilter2D(chroma, -1, smooth, np.ones(1, np.float32), borderType=cv2.BORDER_REPLICATE)[:, ::2]
    if halved[1]:
        chroma = (chroma[::2] + chroma[1::2]) / 2
    return [_stored(BLACK + LUMA_SPAN * ycc[..., 0], depth),
            *(_stored(CHROMA_ZERO + CHROMA_SPAN * chroma[..., channel], depth) for channel in (0, 1))]


def _stored(values: Plane, depth: int) -> NDArray[Any]:
    """Rounded to codes of `depth` bits, without those that are kept for synchronisation. `values` are of 8 bits."""
    scale = 2 ** (depth - 8)
    return np.asarray(np.clip(np.rint(scale * values), scale, 255 * scale - 1), np.uint8 if depth == 8 else np.uint16)


def plane_figures(plane: NDArray[Any], scan: Plane, depth: int) -> Figures:
    """The Y' plane that is handed to the codec against the luma of the balanced scan (unclipped), in code values of limited range."""
    held, scale = (scan >= 0) & (scan <= 1), 2 ** (depth - 8)
    error = np.where(held, np.abs(plane - scale * (BLACK + LUMA_SPAN * scan)), 0).astype(np.float32)
    return figures(error, int(held.sum()), depth)
