"""ProRes and FFV1: every frame is encoded by itself (intra only), kept in a packet file, and put into a container at the end.

ProRes gets planes of our own arithmetic: full-range R'G'B' to Rec.709 Y'CbCr of limited range and 10 bits, chroma of 4:2:2 co-sited and
smoothed by [1 2 1] / 4 (ITU-R BT.709, BT.601 annex on sampling). The colour tags are set on every frame, where the encoder reads them.
"""
from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import MediaError, UsageError
from engine.export.certificate import Figures, figures
from engine.export.coding import Codes
from engine.export.gamut import Plane
from engine.export.matroska import set_pixel_aspect
from engine.export.sound import Sound
from engine.media.colour import to_ycbcr
from engine.media.source import Picture, SourceInfo
from engine.run import Run

BT709, SRGB, LINEAR, UNSPECIFIED = 1, 13, 8, 2
RGB_MATRIX, LIMITED, FULL = 0, 1, 2
FFV1_TRANSFER = {"rec709": BT709, "srgb": SRGB, "linear": LINEAR}
BLACK, LUMA_SPAN, CHROMA_ZERO, CHROMA_SPAN = 64, 876, 512, 896
LOWEST, HIGHEST = 4, 1019
DROP_FRAME_RATES = (Fraction(30000, 1001), Fraction(60000, 1001))
Planes = list[NDArray[np.uint16]]


@dataclass(frozen=True)
class Movie:
    """A format of movies: codec, its options, pixel format and container."""

    codec: str
    options: dict[str, str]
    pixels: str
    container: str
    suffix: str

    @property
    def rgb(self) -> bool:
        return self.pixels.startswith("gbr")


def movie_of(form: str, depth: int) -> Movie:
    """prores422hq, prores4444 (10 bits, no alpha), or ffv1 of `depth` 10, 12 or 16 (planar RGB, lossless)."""
    if form == "ffv1":
        options = {"level": "3", "coder": "1", "slices": "4", "slicecrc": "1", "g": "1"}
        return Movie("ffv1", options, f"gbrp{depth}le", "matroska", ".mkv")
    profile, pixels = {"prores422hq": ("3", "yuv422p10le"), "prores4444": ("4", "yuv444p10le")}[form]
    return Movie("prores_aw", {"profile": profile, "vendor": "apl0"}, pixels, "mov", ".mov")


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

    def frame(self, planes: Planes) -> av.VideoFrame:
        """Planes in the order of the pixel format, tagged."""
        frame = av.VideoFrame(self.width, self.height, self.movie.pixels)
        for plane, values in zip(frame.planes, planes, strict=True):
            rows = np.zeros((plane.height, plane.line_size // 2), "<u2")
            rows[:, :values.shape[1]] = values
            plane.update(rows.tobytes())
        _tag(frame, self)
        frame.pts, frame.time_base = 0, 1 / self.rate
        return frame

    def packet(self, planes: Planes) -> bytes:
        """One encoded frame, by an encoder of its own: what is written never depends on the frames before."""
        context: Any = av.CodecContext.create(self.movie.codec, "w")
        self.set_up(context)
        context.time_base = 1 / self.rate
        packets = [bytes(packet) for packet in (*context.encode(self.frame(planes)), *context.encode(None))]
        assert len(packets) == 1
        return packets[0]

    def set_up(self, context: Any) -> None:
        """Size, format, options and tags of an encoder or of a stream's."""
        context.width, context.height, context.pix_fmt = self.width, self.height, self.movie.pixels
        context.framerate, context.sample_aspect_ratio = self.rate, self.pixel_aspect
        context.options, context.thread_count = self.movie.options, 1
        _tag(context, self)


def _tag(thing: Any, encoding: Encoding) -> None:
    thing.color_primaries = BT709 if encoding.transfer != UNSPECIFIED else UNSPECIFIED
    thing.color_trc = encoding.transfer
    thing.colorspace = RGB_MATRIX if encoding.movie.rgb else BT709
    thing.color_range = FULL if encoding.movie.rgb else LIMITED


def rgb_planes(codes: Codes) -> Planes:
    """G, B, R."""
    return [codes[..., channel] for channel in (1, 2, 0)]


def ycbcr_planes(picture: Picture, half_chroma: bool) -> Planes:
    """Y', Cb, Cr code values of 10 bits, limited range, of display values inside 0..1 (h, w, 3)."""
    ycc = to_ycbcr(picture)
    chroma: NDArray[Any] = ycc[..., 1:]
    if half_chroma:
        smooth = np.array([0.25, 0.5, 0.25], np.float32)
        chroma = cv2.sepFilter2D(chroma, -1, smooth, np.ones(1, np.float32), borderType=cv2.BORDER_REPLICATE)[:, ::2]
    luma = np.rint(BLACK + LUMA_SPAN * ycc[..., 0])
    codes = np.clip(np.rint(CHROMA_ZERO + CHROMA_SPAN * chroma), LOWEST, HIGHEST).astype(np.uint16)
    return [np.clip(luma, LOWEST, HIGHEST).astype(np.uint16), codes[..., 0], codes[..., 1]]


def plane_figures(plane: NDArray[np.uint16], scan: Plane) -> Figures:
    """The Y' plane that is handed to the codec against the luma of the balanced scan (unclipped), in code values of limited 10 bits."""
    held = (scan >= 0) & (scan <= 1)
    error = np.where(held, np.abs(plane - (BLACK + LUMA_SPAN * scan)), 0).astype(np.float32)
    return figures(error, int(held.sum()), 10)


@dataclass(frozen=True)
class Part:
    """Where a frame's packet lies in the packet file."""

    offset: int
    length: int
    sha256: str


def add_packet(file: BinaryIO, offset: int, packet: bytes) -> Part:
    """Write a packet at `offset`, the end of what counts. Raises OSError; the file then ends at `offset` again."""
    file.seek(offset)
    try:
        file.write(packet)
        file.truncate()
        file.flush()
    except OSError:
        file.truncate(offset)
        raise
    return Part(offset, len(packet), hashlib.sha256(packet).hexdigest())


def mux(target: Path, encoding: Encoding, packets: Path, parts: list[Part], timecode: str | None, sound: Sound | None,
        run: Run) -> None:
    """Write the container: the packets in order, the timecode track, and the sound bit for bit.
    Raises OSError, Cancelled, and MediaError where the packet file is damaged (it is then removed)."""
    try:
        with av.open(f"file:{target}", "w", format=encoding.movie.container, options={"fflags": "+bitexact"}) as output:
            stream = _video_stream(output, encoding, timecode)
            tracks = sound.add_to(output) if sound else {}
            output.start_encoding()
            video = _video_packets(stream, encoding, packets, parts, run)
            heard = sound.packets(tracks) if sound else iter(())
            for _, packet in merge(video, heard, key=lambda item: item[0]):
                output.mux(packet)
    except av.FFmpegError as error:
        raise OSError(error.errno, error.strerror) from error
    if (encoding.movie.container == "matroska" and encoding.pixel_aspect != 1
            and not set_pixel_aspect(target, encoding.width, encoding.height, encoding.pixel_aspect)):
        run.say(f"{encoding.movie.suffix}: the pixel aspect {encoding.pixel_aspect} could not be stored; set it in your player")


def can_hold(encoding: Encoding, sound: Sound) -> bool:
    """Whether the container can hold the sound as it is; tried in memory."""
    try:
        with av.open(BytesIO(), "w", format=encoding.movie.container) as output:
            _video_stream(output, encoding, None)
            sound.add_to(output)
            output.start_encoding()
    except (av.FFmpegError, ValueError):
        return False
    return True


def _video_stream(output: Any, encoding: Encoding, timecode: str | None) -> Any:
    stream = output.add_stream(encoding.movie.codec, rate=encoding.rate)
    encoding.set_up(stream.codec_context)
    stream.time_base = 1 / encoding.rate
    if timecode:
        drop = encoding.rate in DROP_FRAME_RATES
        stream.metadata["timecode"] = timecode if drop else timecode.replace(";", ":")
    return stream


def _video_packets(stream: Any, encoding: Encoding, packets: Path, parts: list[Part],
                   run: Run) -> Iterator[tuple[float, Any]]:
    with packets.open("rb") as file:
        for index, part in enumerate(parts):
            run.step(index, len(parts), "putting the movie together")
            file.seek(part.offset)
            data = file.read(part.length)
            if hashlib.sha256(data).hexdigest() != part.sha256:
                packets.unlink()
                raise MediaError(f"{packets}: the stored frame {index} is damaged, and was removed; give the same command again")
            packet = av.Packet(data)
            packet.stream, packet.time_base, packet.pts, packet.dts, packet.duration = stream, 1 / encoding.rate, index, index, 1
            packet.is_keyframe = True
            yield float(index / encoding.rate), packet
