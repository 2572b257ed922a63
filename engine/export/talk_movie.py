"""A movie to be shown, not kept: H.264 in MP4 by x264, made in stretches that lie on disk until it is whole, so that a stopped one goes on.

Planes are of our own arithmetic: full-range R'G'B' to Rec.709 Y'CbCr of limited range and 8 bits, chroma of 4:2:0 co-sited across and
between lines down, as players take it where nothing is said (ITU-T H.264, annex E).
"""
from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from av.codec.context import Flags
from numpy.typing import NDArray

from engine.export.disk import write_whole
from engine.export.movie import BT709, LIMITED
from engine.media.colour import to_ycbcr
from engine.run import Run

STRETCH = 48            # frames, closed in themselves
OPTIONS = {"preset": "veryfast", "tune": "zerolatency", "crf": "16", "x264-params": "stitchable=1:keyint=48:min-keyint=48:scenecut=0"}
ENCODER_THREADS = 2     # always: the number changes the file
HEADER = struct.Struct("<I")


@dataclass(frozen=True)
class TalkMovie:
    """A movie of `frames` pictures of `size` (w, h), even numbers; its stretches lie in `folder` until it is whole."""

    folder: Path
    size: tuple[int, int]
    rate: Fraction
    frames: int

    def stretch(self, number: int) -> Path:
        return self.folder / f"{number:06d}.h264"

    @property
    def stretches(self) -> Sequence[range]:
        """The frames of each stretch, in order."""
        return [range(start, min(start + STRETCH, self.frames)) for start in range(0, self.frames, STRETCH)]

    @property
    def missing(self) -> dict[int, range]:
        """The stretches that are still to be made: number -> frames."""
        return {number: frames for number, frames in enumerate(self.stretches) if not self.stretch(number).is_file()}

    def leave(self, number: int, pictures: Iterable[NDArray[np.uint8]]) -> None:
        """Encode the pictures (h, w, 3) of a stretch, 8-bit R'G'B'. Raises OSError."""
        context: Any = av.CodecContext.create("libx264", "w")
        self.set_up(context)
        context.flags |= Flags.global_header
        context.time_base = 1 / self.rate
        packets = [bytes(packet) for place, picture in enumerate(pictures) for packet in context.encode(self._frame(picture, place))]
        packets += [bytes(packet) for packet in context.encode(None)]
        data = b"".join(HEADER.pack(len(packet)) + packet for packet in packets)
        write_whole(self.stretch(number), lambda path: _write(path, data), len(data))

    def set_up(self, context: Any) -> None:
        """Size, options and tags of an encoder or of a stream's."""
        context.width, context.height, context.pix_fmt = *self.size, "yuv420p"
        context.framerate, context.options, context.thread_count = self.rate, OPTIONS, ENCODER_THREADS
        _tag(context)

    def _frame(self, picture: NDArray[np.uint8], place: int) -> Any:
        frame: Any = av.VideoFrame(*self.size, "yuv420p")
        for plane, values in zip(frame.planes, planes_420(picture), strict=True):
            rows = np.zeros((plane.height, plane.line_size), np.uint8)
            rows[:, :values.shape[1]] = values
            plane.update(rows)
        _tag(frame)
        frame.pts, frame.time_base = place, 1 / self.rate
        return frame

    def write(self, path: Path, run: Run) -> None:
        """Put the stretches, which are all there, into a movie. Raises OSError, Cancelled."""
        try:
            with av.open(f"file:{path}", "w", format="mp4", options={"fflags": "+bitexact"}) as output:
                stream: Any = output.add_stream("libx264", rate=self.rate)
                self.set_up(stream.codec_context)
                stream.time_base = 1 / self.rate
                output.start_encoding()
                for index, data in enumerate(self._packets()):
                    run.step(index, self.frames, "putting the movie together")
                    packet = av.Packet(data)
                    packet.stream, packet.time_base, packet.pts, packet.dts, packet.duration = stream, 1 / self.rate, index, index, 1
                    packet.is_keyframe = index % STRETCH == 0
                    output.mux(packet)
        except av.FFmpegError as error:
            raise OSError(error.errno, error.strerror) from error

    def _packets(self) -> Iterator[bytes]:
        for number in range(len(self.stretches)):
            data, at = self.stretch(number).read_bytes(), 0
            while at < len(data):
                length, = HEADER.unpack_from(data, at)
                yield data[at + HEADER.size:at + HEADER.size + length]
                at += HEADER.size + length


def planes_420(picture: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """Y', Cb, Cr code values, (h, w) and half of it, of a picture (h, w, 3) of even size, 8-bit R'G'B'."""
    ycc = to_ycbcr(picture.astype(np.float32) / np.float32(255))
    smooth, pair = np.array([0.25, 0.5, 0.25], np.float32), np.array([0, 0.5, 0.5], np.float32)
    chroma = cv2.sepFilter2D(np.ascontiguousarray(ycc[..., 1:]), -1, smooth, pair, borderType=cv2.BORDER_REPLICATE)[::2, ::2]
    codes = np.asarray(np.clip(np.rint(128 + 224 * chroma), 1, 254), np.uint8)
    return [np.asarray(np.clip(np.rint(16 + 219 * ycc[..., 0]), 1, 254), np.uint8), codes[..., 0], codes[..., 1]]


def _tag(thing: Any) -> None:
    thing.color_primaries = thing.color_trc = thing.colorspace = BT709
    thing.color_range = LIMITED


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
