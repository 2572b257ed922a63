"""Doubtful frames in words: runs of neighbours, and why each is doubted."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.align.alignment import DOUBTFUL_PX, Alignment, FrameMatch, doubtful
from wizard.made import misfits
from wizard.words import number, percent, tr, trn

AT_CUT = 2                  # frames of a run that a cut explains


@dataclass(frozen=True)
class Doubt:
    """Scan frames `first` .. `last`, all doubtful for one reason."""

    first: int
    last: int
    reason: str

    @property
    def frames(self) -> range:
        return range(self.first, self.last + 1)

    def words(self, label: Callable[[int], str]) -> tuple[str, str]:
        """'86943 – 86951' and '9 frames'."""
        name = label(self.first) if self.first == self.last else f"{label(self.first)} – {label(self.last)}"
        return name, trn("{n} frame", "{n} frames", len(self.frames))


def doubts(alignment: Alignment, doubted: Sequence[int]) -> list[Doubt]:
    """Runs of neighbouring doubtful frames, in the order of the film."""
    return _runs([alignment.frames[i] for i in doubted], alignment.shots)


def doubts_so_far(rows: Sequence[Sequence[Any]]) -> list[Doubt]:
    """The same of rows [scan, reference, misfit, confidence] of the frames that are placed while others are not; where the cuts are is not
    told yet."""
    matches = [FrameMatch(scan, reference, sure, np.eye(3), misfit) for scan, reference, misfit, sure in rows]
    doubted = doubtful(matches)
    return _runs([m for m in matches if m.scan in doubted], ())


def _runs(doubted: Sequence[FrameMatch], shots: Sequence[tuple[int, int]]) -> list[Doubt]:
    cuts = {start for start, _ in shots}
    runs: list[list[FrameMatch]] = []
    for found in doubted:
        if runs and found.scan == runs[-1][-1].scan + 1 and found.scan not in cuts:
            runs[-1].append(found)
        else:
            runs.append([found])
    edges = cuts | {stop - 1 for _, stop in shots}
    return [Doubt(run[0].scan, run[-1].scan, _reason(run, edges)) for run in runs]


def _reason(run: Sequence[FrameMatch], edges: set[int]) -> str:
    misfit, at_cut = max(found.residual_px for found in run), any(found.scan in edges for found in run)
    if misfit > DOUBTFUL_PX:
        said = tr("{misfit} px misfit", misfit=number(misfit, 1))
        return tr("at a cut, {misfit}", misfit=said) if at_cut and len(run) <= AT_CUT else said
    return tr("little to see, beside a cut") if at_cut else tr("little to see, or like its neighbours")


def verdict(alignment: Alignment, given: bool) -> tuple[str, str]:
    """The one line at the top, and its tone; `given`: the user says that the films are aligned."""
    if given:
        return tr("Given as aligned: how well it fits was not measured"), "warn"
    found = misfits(alignment)
    found = found[np.isfinite(found)]
    if not len(found):
        return tr("No frame has a partner in the reference"), "err"
    share = float((found < DOUBTFUL_PX).mean())
    figures = {"misfit": number(float(np.median(found)), 2), "share": percent(share, 1 if share < 1 else 0)}
    if share >= 0.9:
        return tr("Good: typically {misfit} px off, {share} of frames under 1 px", **figures), "ok"
    return tr("Look closely: typically {misfit} px off, {share} of frames under 1 px", **figures), "warn"
