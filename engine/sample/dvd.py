"""The second source of the sample film: a PAL DVD, cropped, a little askew, anamorphic, with subtitles here and there."""
from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.frame import PictureType
from numpy.typing import NDArray

from engine.sample.paint import Plane

SIZE = (720, 576)
RATE = Fraction(25)
CORNERS = ((0.046, 0.052), (0.957, 0.044), (0.961, 0.944), (0.041, 0.950))      # of the picture's width and height, clockwise
LINES = ("and then, at last, the river", "six oranges, please", "hold on to it!")

Planes = list[NDArray[np.uint8]]


class Telecine:
    """How a DVD was made from a picture of `width` x `height`."""

    def __init__(self, width: int, height: int) -> None:
        source = np.array(CORNERS, np.float32) * np.array([width, height], np.float32)
        target = np.array([(0, 0), (SIZE[0], 0), SIZE, (0, SIZE[1])], np.float32)
        self.picture_to_reference = cv2.getPerspectiveTransform(source, target)
        self.blur = tuple(0.5 * max((0.91 * a / b) ** 2 - 1, 1e-6) ** 0.5 for a, b in zip((width, height), SIZE, strict=True))

    def planes(self, picture: Plane, subtitle: str | None) -> Planes:
        """Y', Cb, Cr of one DVD frame: Rec.601, 8 bits, 4:2:0, chroma sited left as in MPEG-2."""
        smooth = cv2.GaussianBlur(picture, (0, 0), sigmaX=self.blur[0], sigmaY=self.blur[1])
        seen: Plane = np.clip(cv2.warpPerspective(smooth, self.picture_to_reference, SIZE, flags=cv2.INTER_CUBIC), 0, 1).astype(np.float32)
        if subtitle is not None:
            _write(seen, subtitle)
        return _ycbcr(seen)


def write_dvd(path: Path, frames: Iterable[Planes]) -> None:
    """MPEG-2 in a program stream at 25 frames a second, 4:3, every frame flagged interlaced, top field first."""
    flag = av.filter.Graph()        # only a filter can set the field flags of a frame
    source = flag.add_buffer(width=SIZE[0], height=SIZE[1], format=av.VideoFormat("yuv420p"), time_base=1 / RATE)
    flag.link_nodes(source, flag.add("setfield", "tff"), flag.add("buffersink")).configure()
    with av.open(str(path), "w", format="vob") as out:
        stream = out.add_stream("mpeg2video", rate=RATE)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = *SIZE, "yuv420p", 6_000_000
        stream.options = {"flags": "+ilme+ildct", "maxrate": "9000000", "bufsize": "1835008"}
        stream.codec_context.sample_aspect_ratio = Fraction(16, 15)
        stream.codec_context.thread_count = 1
        for i, planes in enumerate(frames):
            frame = _video_frame(planes)
            frame.pts, frame.time_base = i, 1 / RATE
            flag.push(frame)
            flagged = flag.vpull()
            flagged.pict_type = PictureType.NONE
            out.mux(stream.encode(flagged))
        out.mux(stream.encode(None))


def _video_frame(planes: Planes) -> av.VideoFrame:
    frame = av.VideoFrame(*SIZE, "yuv420p")
    for plane, values in zip(frame.planes, planes, strict=True):
        rows = np.zeros((plane.height, plane.line_size), np.uint8)
        rows[:, :plane.width] = values
        plane.update(rows.tobytes())
    return frame


def _ycbcr(picture: Plane) -> Planes:
    kr, kb = 0.299, 0.114
    luma: Plane = picture @ np.array([kr, 1 - kr - kb, kb], np.float32)
    planes: list[Plane] = [16 + 219 * luma]
    for channel, k in ((2, kb), (0, kr)):
        whole = (picture[..., channel] - luma) / np.float32(1 - k)
        chroma = np.asarray(cv2.sepFilter2D(whole, -1, np.array([0.25, 0.5, 0.25]), np.array([1.0])), np.float32)[:, ::2]
        planes.append(128 + 56 * (chroma[::2] + chroma[1::2]))
    return [np.round(plane).astype(np.uint8) for plane in planes]


def _write(picture: Plane, words: str) -> None:
    band = np.zeros((64, SIZE[0], 2), np.uint8)
    (wide, _), _ = cv2.getTextSize(words, cv2.FONT_HERSHEY_DUPLEX, 0.9, 2)
    for layer, thickness in ((0, 6), (1, 2)):
        ink = np.zeros(band.shape[:2], np.uint8)
        cv2.putText(ink, words, ((SIZE[0] - wide) // 2, 42), cv2.FONT_HERSHEY_DUPLEX, 0.9, 255, thickness, cv2.LINE_AA)
        band[..., layer] = ink
    place = picture[492:556]
    outline, letters = (band[..., layer:layer + 1].astype(np.float32) / 255 for layer in (0, 1))
    place *= 1 - outline
    place += letters * (np.array([0.96, 0.95, 0.90], np.float32) - place)
