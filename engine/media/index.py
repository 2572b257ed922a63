"""What one reading of a video file tells of its packets, and in which order they are shown."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from engine.run import Run

IN_ORDER = {"prores", "dnxhd", "dvvideo", "ffv1", "mjpeg", "v210", "rawvideo", "cfhd", "huffyuv", "utvideo", "png"}
"""Codecs of masters: frames are shown in the order of the file, and a damaged one is refused, not made up."""
JUMP_SECONDS = .1       # decoding times never go back, but for rounding; where they do, another stretch begins
LONGEST_SECONDS = 5     # a longer step from frame to frame is a gap in the timestamps
UNUSUAL = .3            # of the usual step: a step that differs by more is no step from frame to frame
UNSET = int(np.iinfo(np.int64).min)


@dataclass(frozen=True)
class Packets:
    """The packets of a stream in the order of the file, one value each."""

    position: NDArray[np.int64]     # bytes from the start of the file, -1 where the format does not say
    size: NDArray[np.int64]         # bytes
    pts: NDArray[np.int64]          # when it is shown, in units of `time_base`, or UNSET
    dts: NDArray[np.int64]          # when it is decoded, likewise
    key: NDArray[np.bool_]          # decoding can start here
    hidden: NDArray[np.bool_]       # decoded, but outside the file's edit list
    time_base: Fraction

    def __len__(self) -> int:
        return len(self.size)

    @property
    def stamps(self) -> NDArray[np.int64]:
        """Times to seek by."""
        return np.where(self.dts != UNSET, self.dts, self.pts)

    def order(self) -> NDArray[np.int64]:
        """Packet numbers in order of display: by time within each stretch, the stretches as they follow in the file (the timestamps
        of joined VOBs start again)."""
        timed = np.flatnonzero(self.dts != UNSET)
        goes_back = np.zeros(len(self), np.int64)
        goes_back[timed[1:]] = np.diff(self.dts[timed]) * float(self.time_base) < -JUMP_SECONDS
        order = np.lexsort((self.pts, np.cumsum(goes_back)))
        return order[~self.hidden[order]]

    def ambiguous(self) -> bool:
        """Whether times cannot give the order: missing, or twice the same."""
        if self.key.all():
            return False
        shown = self.pts[self.order()]
        return bool((shown == UNSET).any() or (np.diff(shown) == 0).any())

    def step(self, order: NDArray[np.int64]) -> Fraction | None:
        """Mean seconds from one shown frame to the next, steps that are far from the usual one (jumps, frames that were lost) left out;
        None without timestamps. Over pairs of steps, because film with repeat flags shows its frames for two and three fields in turn."""
        shown = self.pts[order]
        steps = np.diff(shown[shown != UNSET])
        steps = steps[(steps > 0) & (steps < LONGEST_SECONDS / self.time_base)]
        pairs = steps[:-1] + steps[1:] if len(steps) > 1 else 2 * steps
        usual = np.median(pairs) if len(pairs) else 0
        pairs = pairs[np.abs(pairs - usual) <= UNUSUAL * usual]
        return Fraction(int(pairs.sum()), 2 * len(pairs)) * self.time_base if len(pairs) else None

    def seconds(self, number: int) -> Fraction | None:
        """When packet `number` is shown, from the first picture on."""
        known = self.pts[(self.pts != UNSET) & ~self.hidden]
        return int(self.pts[number] - known.min()) * self.time_base if len(known) and self.pts[number] != UNSET else None


def read_packets(container: Any, stream: Any, run: Run) -> Packets:
    """All packets of `stream`. For masters, a MOV or AVI file's own index tells, where it is whole; others are read through."""
    rows = [] if stream.codec_context.name not in IN_ORDER else _own_index(container, stream)
    if not rows:
        for packet in whole_packets(container.demux(stream)):
            position = -1 if packet.pos is None else packet.pos
            pts, dts = (UNSET if s is None else s for s in (packet.pts, packet.dts))
            rows.append((position, packet.size, pts, dts, packet.is_keyframe, packet.is_discard))
            if len(rows) % 500 == 0:
                run.step(max(position, 0), max(container.size, position, 1), "reading the index")
    columns = np.array(rows, np.int64).reshape(-1, 6).T
    return Packets(columns[0], columns[1], columns[2], columns[3], columns[4] != 0, columns[5] != 0, stream.time_base)


def _own_index(container: Any, stream: Any) -> list[tuple[int, int, int, int, bool, bool]]:
    """What the file's index says of the packets that are there; nothing where it is not whole."""
    entries = stream.index_entries
    if not {"mov", "avi"} & set(container.format.name.split(",")) or len(entries) != stream.frames:
        return []
    there = [e for e in entries if 0 < e.size <= container.size - e.pos]
    return [(e.pos, e.size, e.timestamp, e.timestamp, bool(e.is_keyframe), bool(e.is_discard)) for e in there]


def whole_packets(demuxed: Iterator[Any]) -> Iterator[Any]:
    """The packets with data in them, up to the end or to where the file breaks off."""
    try:
        for packet in demuxed:
            if packet.size:
                yield packet
    except (av.FFmpegError, OSError):
        return
