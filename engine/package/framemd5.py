"""MD5 of every decoded frame, in the form of `ffmpeg -f framemd5`: stills and movies are read back from the disk and decoded, so that
whoever has FFmpeg can tell of any copy, in any container, whether its pictures are these.

The pixels are laid out as FFmpeg's rawvideo has them: plane after plane, rows without padding, in the decoder's own pixel format, which is
noted in a line of its own."""
from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from engine.errors import OutputRefused
from engine.files import replacing

DECODERS = {".dpx": "dpx", ".tif": "tiff", ".tiff": "tiff", ".exr": "exr", ".png": "png"}
HALF = {"gbrpf16le": "gbrpf32le", "gbrapf16le": "gbrapf32le"}     # newer decoders of EXR; the same values as older ones have them
INTRA = ("prores", "ffv1")      # each frame by itself: those that are known already are not decoded again


@dataclass(frozen=True)
class Frame:
    """A decoded picture: MD5 in hex and bytes of its pixels, size in pixels, and the pixel format's name by FFmpeg."""

    md5: str
    bytes: int
    width: int
    height: int
    pixels: str


def decode_still(path: Path, sha256: str) -> Frame:
    """Read back and decode a still. Raises OutputRefused where the file is not what was written (`sha256`), or cannot be decoded."""
    try:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise _unsound(path, "it does not read back as it was written")
        context: Any = av.CodecContext.create(DECODERS[path.suffix.lower()], "r")
        frames = [*context.decode(av.Packet(data)), *context.decode(None)]
    except (OSError, av.FFmpegError) as error:
        raise _unsound(path, str(error.strerror or error)) from error
    return frame_of(frames[0])


def decode_movie(path: Path, begin: int = 0) -> Iterator[Frame]:
    """The frames of a movie from number `begin` on (of codecs that know no single frames all must be decoded, and `begin` is 0). Raises
    OutputRefused where it cannot be decoded."""
    try:
        with av.open(f"file:{path}") as container:
            if not container.streams.video:
                raise _unsound(path, "it holds no pictures")
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            for index, packet in enumerate(container.demux(stream)):
                if index < begin and packet.size:
                    continue
                for frame in packet.decode():
                    yield frame_of(frame)
    except (OSError, av.FFmpegError) as error:
        raise _unsound(path, str(error.strerror or error)) from error


def skips(path: Path) -> bool:
    """Whether frames of a movie can be decoded one by one."""
    with av.open(f"file:{path}") as container:
        return container.streams.video[0].codec_context.name in INTRA


def frame_of(frame: Any) -> Frame:
    """The MD5 of a picture as rawvideo."""
    digest, total, name = hashlib.md5(usedforsecurity=False), 0, str(frame.format.name)
    packed = len(frame.planes) == 1
    for plane, number in zip(frame.planes, range(len(frame.planes)), strict=True):
        bits = frame.format.padded_bits_per_pixel if packed else max(c.bits for c in frame.format.components if c.plane == number)
        rows = np.frombuffer(plane, np.uint8)[:plane.height * plane.line_size].reshape(plane.height, plane.line_size)
        pixels = np.ascontiguousarray(rows[:, :plane.width * ((bits + 7) // 8)])
        if name in HALF:
            pixels = pixels.view("<f2").astype("<f4").view(np.uint8)
        digest.update(pixels.data)
        total += pixels.size
    return Frame(digest.hexdigest(), total, frame.width, frame.height, HALF.get(name, name))


def text(frames: Sequence[Frame], rate: Fraction, pixel_aspect: Fraction, software: str) -> Iterator[str]:
    """The lines of a framemd5 file, version 2, of frames of one size."""
    first = frames[0]
    yield from ("#format: frame checksums", "#version: 2", "#hash: MD5", f"#software: {software}", f"#pixel_format 0: {first.pixels}",
                f"#tb 0: {1 / rate}" if rate.numerator != 1 else f"#tb 0: {rate.denominator}/1", "#media_type 0: video",
                "#codec_id 0: rawvideo", f"#dimensions 0: {first.width}x{first.height}",
                f"#sar 0: {pixel_aspect.numerator}/{pixel_aspect.denominator}",
                "#stream#, dts,        pts, duration,     size, hash")
    for index, frame in enumerate(frames):
        yield f"0, {index:10d}, {index:10d}, {1:8d}, {frame.bytes:8d}, {frame.md5}"


def write_framemd5(path: Path, lines: Iterable[str]) -> None:
    """Replace `path`. Raises DiskFull, OutputRefused."""
    with replacing(path) as temporary:
        temporary.write_bytes("".join(f"{line}\n" for line in lines).encode())


def _unsound(path: Path, what: str) -> OutputRefused:
    return OutputRefused(f"{path}: {what}; is the disk failing? Remove the file and give the same command again, which makes it anew")
