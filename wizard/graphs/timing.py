"""What the time map shows, computed: stretches without a partner, frames lost at splices, joining lines, the misfit by column. No Qt."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]

LINES = 80                  # joining lines over the width
LEAST_LOST = 2              # reference frames; a smaller jump is the pulldown's
BESIDE = 0.04               # of the reference's matched stretch, shown beyond each end of it


@dataclass(frozen=True)
class TimeMapData:
    """For every scan frame from 0: the reference frame that shows it (None without one), doubtful or not, misfit in pixels of the scan
    (nan without a partner). The three may be shorter than the scan while matching goes on: then `matched_upto` frames are matched.
    `shots`: scan frames [start, stop) of each shot."""

    scan_count: int
    reference_count: int
    partner: Sequence[int | None]
    doubtful: Sequence[bool] = ()
    misfit: Sequence[float] = ()
    shots: Sequence[tuple[int, int]] = ()
    matched_upto: int | None = None
    limit: float = 1.0


class Line(NamedTuple):
    """Joins a scan frame to its reference frame."""

    scan: int
    reference: int
    doubtful: bool


class Timing:
    """The figures behind the time map, worked out from its data once."""

    def __init__(self, data: TimeMapData) -> None:
        self.data = data
        self.count = max(data.scan_count, 1)
        self.upto = data.scan_count if data.matched_upto is None else min(data.matched_upto, data.scan_count)
        self.partner = np.full(data.scan_count, -1, np.int64)
        known = np.array([-1 if p is None else p for p in data.partner[:self.upto]], np.int64)
        self.partner[:len(known)] = known
        self.doubtful = np.zeros(data.scan_count, bool)
        self.doubtful[:len(data.doubtful[:self.upto])] = data.doubtful[:self.upto]
        self.misfit = np.full(data.scan_count, np.nan)
        self.misfit[:len(data.misfit[:self.upto])] = data.misfit[:self.upto]
        self.matched: Whole = np.flatnonzero(self.partner >= 0)

    @property
    def running(self) -> bool:
        return self.upto < self.data.scan_count

    @cached_property
    def unmatched(self) -> Whole:
        """(n, 2) stretches [start, stop) of the scan that the reference does not have."""
        return _runs(self.partner[:self.upto] < 0)

    @cached_property
    def pace(self) -> float:
        """Reference frames that pass for a scan frame."""
        apart = min(24, len(self.matched) - 1)
        if apart < 1:
            return 1.0
        passed = self.partner[self.matched[apart:]] - self.partner[self.matched[:-apart]]
        return float(np.median(passed / (self.matched[apart:] - self.matched[:-apart])))

    @cached_property
    def lost(self) -> Whole:
        """(n, 2) stretches [start, stop) of the reference inside the matched part that the scan does not have."""
        partner = self.partner[self.matched]
        count = np.diff(partner) - np.rint(self.pace * np.diff(self.matched)).astype(np.int64)
        at = np.flatnonzero(count >= LEAST_LOST)
        return np.stack([partner[at + 1] - count[at], partner[at + 1]], axis=1) if len(at) else np.zeros((0, 2), np.int64)

    @cached_property
    def window(self) -> tuple[int, int]:
        """The part [start, stop) of the reference that is shown: what is matched and a little beside it; all where nothing is."""
        whole = max(self.data.reference_count, 1)
        if not len(self.matched):
            return 0, whole
        first, last = self.used
        beside = max(1, round(BESIDE * (last - first)))
        return max(0, first - beside), max(min(whole, last + beside), first + 1)

    @cached_property
    def used(self) -> tuple[int, int]:
        """The reference from its first matched frame to its last; while matching goes on, to where the last is to be expected."""
        partner = self.partner[self.matched]
        first, last = int(partner.min()), int(partner.max()) + 1
        if self.running:
            last = min(max(last, round(last + self.pace * (self.data.scan_count - self.upto))), self.data.reference_count)
        return first, max(last, first + 1)

    @cached_property
    def lines(self) -> list[Line]:
        """One for every n matched frames, and one for every doubtful stretch between two of these; none cross."""
        chosen = np.zeros(self.data.scan_count + 1, bool)
        chosen[self.matched[::max(1, -(-len(self.matched) // LINES))]] = True
        before = np.concatenate([[0], np.cumsum(chosen)])
        doubts = _runs(self.doubtful & (self.partner >= 0))
        alone = doubts[before[doubts[:, 1]] == before[doubts[:, 0]]].mean(axis=1).astype(np.int64)
        _, first = np.unique(alone * 200 // self.count, return_index=True)
        chosen[alone[first]] = True
        frames = np.flatnonzero(chosen)
        return [Line(int(frame), int(self.partner[frame]), bool(self.doubtful[frame])) for frame in frames[_rising(self.partner[frames])]]

    @cached_property
    def top(self) -> float:
        """The top of the misfit axis: two pixels, or what 99 % of the frames keep below."""
        known = self.misfit[np.isfinite(self.misfit)]
        return max(2.0, float(np.ceil(np.percentile(known, 99)))) if len(known) else 2.0

    def columns(self, width: int) -> tuple[Real, Real]:
        """The greatest misfit of the frames in each of `width` columns (nan where none is known), and each column's middle, 0 to 1."""
        if not self.data.scan_count:
            return np.zeros(0), np.zeros(0)
        parts = max(1, min(width, self.count))
        edges = np.arange(parts + 1, dtype=np.int64) * self.count // parts
        greatest = np.maximum.reduceat(np.where(np.isfinite(self.misfit), self.misfit, -np.inf), edges[:-1])
        return np.where(np.isfinite(greatest), greatest, np.nan), (edges[:-1] + edges[1:]) / (2 * self.count)

    def tiles(self, width: float, least: float = 26, most: float = 76) -> list[int]:
        """First frames of the pictures of the scan's strip, `width` wide: one a shot, but none narrower than `least` or much wider than
        `most`; the last number ends them."""
        edges, unit = [0], self.count / max(width, 1)
        for first in [*(start for start, _ in self.data.shots if 0 < start < self.count), self.count]:
            if first != self.count and (first - edges[-1] < least * unit or self.count - first < least * unit):
                continue
            start, parts = edges[-1], max(1, round((first - edges[-1]) / (most * unit)))
            edges += sorted({start + (first - start) * part // parts for part in range(1, parts + 1)} - {start})
        return edges

    def partner_near(self, frame: int) -> int | None:
        """The partner of `frame`, or of the next matched frame, or of the last."""
        if not len(self.matched):
            return None
        at = min(int(np.searchsorted(self.matched, frame)), len(self.matched) - 1)
        return int(self.partner[self.matched[at]])


def joined(stretches: Whole, least: float) -> Whole:
    """Stretches nearer to each other than `least` frames, as one."""
    if not len(stretches):
        return stretches
    apart = np.flatnonzero(stretches[1:, 0] - stretches[:-1, 1] >= least)
    return np.stack([stretches[np.concatenate([[0], apart + 1]), 0], stretches[np.concatenate([apart, [len(stretches) - 1]]), 1]], axis=1)


def _runs(flags: NDArray[np.bool_]) -> Whole:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return edges.reshape(-1, 2).astype(np.int64)


def _rising(values: Whole) -> list[int]:
    """Places of the longest part of `values` that never falls."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values.tolist()):
        at = bisect_right(ends, value)
        before.append(places[at - 1] if at else -1)
        ends[at:at + 1] = [value]
        places[at:at + 1] = [place]
    found, place = [], places[-1] if places else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
