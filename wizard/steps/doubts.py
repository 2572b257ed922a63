"""Doubtful frames in words: runs of neighbours, and why each is doubted. No Qt."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.align.alignment import Alignment
from wizard.made import DOUBTFUL_PX, misfits
from wizard.words import number, percent, tr, trn


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


def doubts(alignment: Alignment, doubtful: Sequence[int]) -> list[Doubt]:
    """Runs of neighbouring doubtful frames, in the order of the film."""
    cuts = {start for start, _ in alignment.shots}
    runs: list[list[int]] = []
    for frame in doubtful:
        if runs and frame == runs[-1][-1] + 1 and frame not in cuts:
            runs[-1].append(frame)
        else:
            runs.append([frame])
    edges = cuts | {stop - 1 for _, stop in alignment.shots}
    return [Doubt(run[0], run[-1], _reason(alignment, run, edges)) for run in runs]


def _reason(alignment: Alignment, run: Sequence[int], edges: set[int]) -> str:
    misfit = max(alignment.frames[i].residual_px for i in run)
    if misfit > DOUBTFUL_PX:
        return tr("{misfit} px misfit", misfit=number(misfit, 1))
    return tr("little to see, beside a cut") if edges & set(run) else tr("little to see, or like its neighbours")


def verdict(alignment: Alignment) -> tuple[str, str]:
    """The one line at the top, and its tone."""
    found = misfits(alignment)
    found = found[np.isfinite(found)]
    if not len(found):
        return tr("No frame has a partner in the reference"), "err"
    share = float((found < DOUBTFUL_PX).mean())
    figures = {"misfit": number(float(np.median(found)), 2), "share": percent(share, 1 if share < 1 else 0)}
    if share >= 0.9:
        return tr("Good: typically {misfit} px off, {share} of frames under 1 px", **figures), "ok"
    return tr("Look closely: typically {misfit} px off, {share} of frames under 1 px", **figures), "warn"
