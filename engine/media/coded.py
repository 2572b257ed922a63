"""The coded frames of one video stream: exact random access, bit for bit as decoded from the start.

Every packet is numbered in the order of the file. The number goes through the decoder in place of the packet's timestamp, so that each
decoded frame says which packet it came from, and no timestamp of the file is trusted for that.
"""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.media.index import IN_ORDER, read_packets, whole_packets
from engine.run import Run

BY_BYTE = {"mpeg", "mpegts", "mpegvideo", "dv", "h264", "hevc"}     # formats in which a seek by time lands behind its aim
CACHE_BYTES = 256 << 20
RACING = {"v210"}       # the slices of its decoder write over each other's first pixels, now and then
NEAR = 12               # packets: going on to a start this near is cheaper than a seek


class CodedFrames:
    """Frames 0 .. len-1 of a video stream as coded, in order of display. Not thread-safe."""

    def __init__(self, path: Path, opener: Callable[[], Any], run: Run) -> None:
        """`opener` opens the container anew; `path` is for messages. Raises MediaError where nothing can be decoded."""
        self._path, self._opener = path, opener
        self._cache: OrderedDict[int, Any] = OrderedDict()
        self._container: Any = None
        self._reopen()
        self._packets = read_packets(self._container, self.stream, run)
        if not len(self._packets):
            raise MediaError(f"{path}: the file holds no frames; it may be cut short, so copy it again")
        self._keys = np.union1d([0], np.flatnonzero(self._packets.key))
        self._reopen()
        self._set_order(self._order_by_decoding(run) if self._packets.ambiguous() else self._packets.order())
        self._trim()

    def __len__(self) -> int:
        return len(self._order)

    def frame(self, index: int) -> Any | None:
        """The decoded `av.VideoFrame` of frame `index`, or None where the decoder gives none."""
        number = int(self._order[index])
        if number not in self._cache:
            self._go_to(number)
            while self._last < self._rank[number] and not self._ended:
                self._decode_next()
        frame = self._cache.get(number)
        if frame is not None:
            self._cache.move_to_end(number)
        return frame

    def position(self, index: int) -> int:
        """About where in the file frame `index` starts, in bytes (0 where the format does not say)."""
        return max(int(self._packets.position[:self._order[index] + 1].max()), 0)

    def seconds(self, index: int) -> Fraction | None:
        """When frame `index` is shown by the timestamps, from the first picture of the file on; None without any."""
        return self._packets.seconds(int(self._order[index]))

    def step(self) -> Fraction | None:
        """Usual seconds from one frame to the next by the timestamps; None without any."""
        return self._packets.step(self._order)

    def renew(self) -> None:
        """Begin anew with a container opened anew. Raises MediaError."""
        self._cache.clear()
        self._reopen()

    def close(self) -> None:
        self._cache.clear()
        self._container.close()

    def _reopen(self) -> None:
        if self._container is not None:
            self._container.close()
        self._container = self._opener()
        self.stream = picture_stream(self._path, self._container)
        self._codec = self.stream.codec_context
        self._codec.thread_type = "SLICE"
        if self._codec.name in RACING:
            self._codec.thread_count = 1
        if self._codec.name in IN_ORDER:
            self._codec.options = {**self._codec.options, "err_detect": "crccheck+bitstream+buffer+explode"}
        self._feed = whole_packets(self._container.demux(self.stream))
        self._begin(0)

    def _begin(self, number: int) -> None:
        """The decoder is empty and the packet `number`, a start, comes next."""
        self._next = self._from = number
        self._last = -1
        self._ended = self._spoilt = False

    def _set_order(self, order: NDArray[np.int64]) -> None:
        self._order = order
        self._rank = np.full(len(self._packets), -1, np.int64)      # place in the display of each packet, -1 for those never shown
        self._rank[order] = np.arange(len(order))

    def _order_by_decoding(self, run: Run) -> NDArray[np.int64]:
        """The order in which the decoder gives the frames out."""
        order: list[int] = []
        for number, packet in enumerate(chain(self._feed, [None])):
            order += [frame.pts for frame in self._decode(packet, number)]
            if number % 100 == 0:
                run.step(number, len(self._packets), "reading the order of the frames")
        self._reopen()
        return np.array(order, np.int64)

    def _trim(self) -> None:
        """Leave out what the decoder cannot give at both ends: pictures that lean on others before the start, a torn last packet."""
        first, stop = 0, len(self._order)
        while first < stop and self.frame(first) is None:
            first += 1
        while stop > first and self.frame(stop - 1) is None:
            stop -= 1
        if first == stop:
            raise MediaError(f"{self._path}: no frame of this video can be decoded; it may be damaged, so copy it again")
        self._set_order(self._order[first:stop])
        self._last -= first

    def _start_for(self, number: int) -> int:
        """The packet from which decoding makes frame `number` exact: its key frame, or the one before where it is shown before its key."""
        at = int(np.searchsorted(self._keys, number, side="right")) - 1
        before_key = self._rank[number] < self._rank[self._keys[at]]
        return int(self._keys[max(at - 1, 0) if before_key else at])

    def _go_to(self, number: int) -> None:
        """Bring the decoder to where going on gives frame `number`."""
        start = self._start_for(number)
        if self._from <= start <= self._next + NEAR and self._last < self._rank[number]:
            return
        if start and any(self._seek(start, back) for back in (4, 40)):
            return
        self._reopen()

    def _seek(self, start: int, back: int) -> bool:
        """Bring the demultiplexer to packet `start` by seeking `back` packets before it; False where it lands behind."""
        aim = max(start - back, 0)
        by_byte = self._container.format.name in BY_BYTE
        goal = self._packets.position[aim] if by_byte else self._packets.stamps[aim]
        try:
            if by_byte:
                self._container.seek(int(goal), unsupported_byte_offset=True, any_frame=True)
            else:
                self._container.seek(int(goal), stream=self.stream, backward=True)
        except (av.FFmpegError, OSError, OverflowError):
            return False
        self._codec.flush_buffers()
        return self._synchronise(whole_packets(self._container.demux(self.stream)), start)

    def _synchronise(self, feed: Iterator[Any], start: int) -> bool:
        """Recognise the packets of `feed` by place and size, and drop those before `start`."""
        number = -1
        for packet in feed:
            number = number + 1 if number >= 0 else self._recognise(packet)
            if number > start:
                return False
            if number == start:
                self._feed = chain([packet], feed)
                self._begin(start)
                return True
        return False

    def _recognise(self, packet: Any) -> int:
        if packet.pos is None:
            return -1
        same = np.flatnonzero((self._packets.position == packet.pos) & (self._packets.size == packet.size))
        return int(same[0]) if len(same) == 1 else -1

    def _decode_next(self) -> None:
        """Feed one packet; keep the exact frames that come out."""
        packet = next(self._feed, None)
        for frame in self._decode(packet, self._next):
            self._spoilt &= not self._packets.key[frame.pts]
            if self._rank[frame.pts] >= 0 and self._start_for(frame.pts) >= self._from and not self._spoilt:
                self._last = int(self._rank[frame.pts])
                self._keep(frame)
        self._next += 1
        self._ended = packet is None

    def _decode(self, packet: Any | None, number: int) -> list[Any]:
        """Feed one packet (None at the end) that bears `number`; the frames that come out bear the numbers of theirs."""
        if packet is not None:
            packet.pts = packet.dts = number
        try:
            frames = self._codec.decode(packet)
        except (av.FFmpegError, EOFError):
            self._spoilt = self._codec.name in IN_ORDER     # what follows up to the next key frame leans on what was lost
            return []
        return [frame for frame in frames if frame.pts is not None and 0 <= frame.pts < len(self._packets)]

    def _keep(self, frame: Any) -> None:
        self._cache[frame.pts] = frame
        size = sum(plane.buffer_size for plane in frame.planes)
        while len(self._cache) > max(4, min(CACHE_BYTES // size, 32)):
            self._cache.popitem(last=False)


def picture_stream(path: Path, container: Any) -> Any:
    """The first video stream that is no cover picture. Raises MediaError where there is none."""
    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            return stream
    raise MediaError(f"{path}: the file holds no picture; choose a video file")
