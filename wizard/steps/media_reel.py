"""A film as its player counts it: places of the whole medium, whatever range of it is in use and whatever numbers are missing. No Qt."""
from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from engine.media.source import FrameSource
from engine.media.video_tags import later_timecode
from wizard.probe import USUAL_RATE, plain_number

Span = tuple[int, int]


@dataclass(frozen=True)
class Reel:
    """`source` may hold all frames of its medium or a range of them; places count from the medium's first frame = 0."""

    source: FrameSource

    @property
    def length(self) -> int:
        return self.source.places

    @property
    def rate(self) -> float:
        return float(self.source.info.rate or USUAL_RATE)

    def index(self, place: int) -> int:
        """The frame at a place, or the next one that there is."""
        return min(bisect_left(range(len(self.source)), place, key=self.source.place), len(self.source) - 1)

    def label(self, place: int) -> str:
        """How the film itself calls the frame there: its number, timecode, or the time from the beginning."""
        index = self.index(place)
        name = self.source.name(index)
        if self.source.info.kind != "video":
            return plain_number(name)
        return self.source.timecode(index) or later_timecode("00:00:00:00", self.source.place(index), round(self.rate))

    def ends(self, span: Span | None) -> Span:
        """First and last place of a range that is given in frame numbers; of the whole for None."""
        if span is None:
            return 0, self.length - 1
        return span[0] - self._zero, span[1] - self._zero

    def span(self, first: int, last: int) -> Span | None:
        """The frame numbers of a range of places; None for the whole."""
        if (first, last) == (0, self.length - 1):
            return None
        return first + self._zero, last + self._zero

    @property
    def _zero(self) -> int:
        """The frame number at place 0."""
        return int(self.source.name(0)) - self.source.place(0) if self.source.info.kind == "sequence" else 0
