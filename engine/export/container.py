"""Packets put into a container: the packet file of a movie that grows, and the movie with its timecode track, sound and words."""
from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import av

from engine.errors import MediaError
from engine.export.matroska import set_pixel_aspect
from engine.export.movie import DROP_FRAME_RATES, Encoding
from engine.export.said import TYPE_KEY, xmp_box
from engine.export.sound import Sound
from engine.export.source_type import uri
from engine.run import Run

FLAGS = {"mov": "+use_metadata_tags", "mp4": "+use_metadata_tags+faststart"}
TYPE_TAGS = {"mov": TYPE_KEY, "mp4": TYPE_KEY, "matroska": "IPTC_DIGITAL_SOURCE_TYPE"}


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
        source_type: str, run: Run) -> None:
    """Write the container: the packets in order, the timecode track, the sound bit for bit, and the IPTC digital source type, where one is
    confirmed, as a tag; in MOV and MP4 as an XMP packet too.
    Raises OSError, Cancelled, and MediaError where the packet file is damaged (it is then removed)."""
    try:
        with av.open(f"file:{target}", "w", format=encoding.movie.container, options=_options(encoding)) as output:
            if source_type:
                output.metadata[TYPE_TAGS[encoding.movie.container]] = uri(source_type)
            stream = _video_stream(output, encoding, timecode)
            tracks = sound.add_to(output) if sound else {}
            output.start_encoding()
            video = _video_packets(stream, encoding, packets, parts, run)
            heard = sound.packets(tracks) if sound else iter(())
            for _, packet in merge(video, heard, key=lambda item: item[0]):
                output.mux(packet)
    except av.FFmpegError as error:
        raise OSError(error.errno, error.strerror) from error
    if source_type and encoding.movie.container in ("mov", "mp4"):
        with target.open("ab") as file:
            file.write(xmp_box(source_type))
    if (encoding.movie.container == "matroska" and encoding.pixel_aspect != 1
            and not set_pixel_aspect(target, encoding.width, encoding.height, encoding.pixel_aspect)):
        run.say(f"{encoding.movie.suffix}: the pixel aspect {encoding.pixel_aspect} could not be stored; set it in your player")


def _options(encoding: Encoding) -> dict[str, str]:
    flags = FLAGS.get(encoding.movie.container)
    return {"fflags": "+bitexact"} | ({"movflags": flags} if flags else {})


def can_hold(encoding: Encoding, sound: Sound) -> bool:
    """Whether the container can hold the sound as it is; tried in memory."""
    try:
        with av.open(BytesIO(), "w", format=encoding.movie.container) as output:
            _video_stream(output, encoding, None)
            tracks = sound.add_to(output)
            output.start_encoding()
            for _, packet in islice(sound.packets(tracks), 1):      # some refuse only what they shall write
                output.mux(packet)
    except (av.FFmpegError, ValueError):
        return False
    return True


def _video_stream(output: Any, encoding: Encoding, timecode: str | None) -> Any:
    stream = output.add_stream(encoding.movie.codec, rate=encoding.rate)
    encoding.set_up(stream.codec_context)
    stream.time_base = 1 / encoding.rate
    if encoding.movie.tag:
        stream.codec_context.codec_tag = encoding.movie.tag
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
            packet.is_keyframe = index % encoding.movie.group == 0
            yield float(index / encoding.rate), packet
