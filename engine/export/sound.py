"""Sound, copied packet by packet: from the scan's own file, or from a file that the user names. Never from the reference."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from engine.errors import MediaError
from engine.media.source import FrameSource

LAYOUTS = {1: "mono", 2: "stereo"}


@dataclass(frozen=True)
class Sound:
    """The sound tracks of a file. `start` and `stop` are the times of the result's first frame and of its end in that file, seconds of its
    picture; `stop` is None where the sound goes on as long as it lasts. `seconds` is how long the copied sound is."""

    path: Path
    codecs: str
    seconds: float
    start: Fraction = Fraction(0)
    stop: Fraction | None = None

    @property
    def identity(self) -> str:
        """What a movie with this sound depends on."""
        return f"{self.path.name} {self.path.stat().st_size} {self.start} {self.stop}"

    def add_to(self, output: Any) -> dict[int, Any]:
        """Tracks of a container that take these packets unchanged, by stream index of the sound's file. Raises what av raises."""
        with av.open(f"file:{self.path}") as container:
            tracks: dict[int, Any] = {stream.index: output.add_stream_from_template(stream) for stream in container.streams.audio}
        for track in tracks.values():
            layout = track.codec_context.layout
            if layout.name == f"{layout.nb_channels} channels" and layout.nb_channels in LAYOUTS:      # a plain WAV file does not say
                track.codec_context.layout = LAYOUTS[layout.nb_channels]
        return tracks

    def packets(self, tracks: dict[int, Any]) -> Iterator[tuple[float, Any]]:
        """(seconds, packet) in the order of the file. Where the result is a range of the file, packets outside are left out, whole."""
        with av.open(f"file:{self.path}") as container:
            origin = _origin(container) + self.start
            for packet in container.demux(container.streams.audio):
                if packet.size == 0 or packet.dts is None:
                    continue
                base = packet.time_base
                shift = round(origin / base)
                time = float((packet.dts - shift) * base)
                if (self.start and time < 0) or (self.stop is not None and time >= self.stop - self.start):
                    continue
                packet.dts -= shift
                packet.pts = packet.dts if packet.pts is None else packet.pts - shift
                packet.stream = tracks[packet.stream_index]
                yield time, packet


def _origin(container: Any) -> Fraction:
    """Time of the first picture, or of the first sound where there is no picture."""
    stream = (*container.streams.video, *container.streams.audio)[0]
    return Fraction(stream.start_time or 0) * Fraction(stream.time_base)


def find_sound(scan: FrameSource, named: Path | None) -> Sound | None:
    """The named file's sound from its start on, or the scan's own from the first frame of the scan on; None: silent. Raises MediaError
    where the named file cannot be read or has no sound."""
    if named is not None:
        return _sound(named)
    files, start = scan.medium(), scan.seconds(0)
    if not (scan.info.kind == "video" and scan.info.sound and len(files) == 1 and start is not None):
        return None
    last = len(scan) - 1
    end = scan.seconds(last)
    to_the_end = end is None or scan.place(last) == scan.places - 1
    return _sound(files[0], start, None if to_the_end or end is None else end + (end - start) / max(last, 1))


def _sound(path: Path, start: Fraction = Fraction(0), stop: Fraction | None = None) -> Sound:
    try:
        with av.open(f"file:{path}") as container:
            names = [stream.codec_context.name for stream in container.streams.audio]
            end = (container.duration or 0) / 1e6
    except (av.FFmpegError, OSError) as error:
        raise MediaError(f"{path}: this sound file cannot be read ({error}); name another with --sound") from error
    if not names:
        raise MediaError(f"{path}: this file has no sound; name another with --sound")
    seconds = max(0.0, (end if stop is None else min(end, float(stop))) - float(start))
    return Sound(path, ", ".join(names), seconds, start, stop)
