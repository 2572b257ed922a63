"""Where the detail of a film is known: in the frames of a reference that lie on the scan to the sub-pixel."""
from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import Alignment, unsure
from engine.detail.aligned import Laid, lay
from engine.detail.pair import DetailPair
from engine.detail.tone import Tones
from engine.media.colour import luma
from engine.media.source import FrameSource

EDGE = 8        # pixels beside what the reference shows that are not trained on: resampling has smeared them


@dataclass(frozen=True)
class DetailTruth:
    """The frames that have a partner in the reference, and how tone is matched."""

    scan: FrameSource
    reference: FrameSource
    alignment: Alignment
    tones: Tones

    @cached_property
    def frames(self) -> tuple[int, ...]:
        return tuple(m.scan for m in self.alignment.frames if m.reference is not None)

    @cached_property
    def unsure(self) -> frozenset[int]:
        return frozenset(unsure(self.alignment.frames))

    def laid(self, index: int) -> Laid:
        """Raises UsageError for a frame without a partner."""
        return lay(self.scan, self.reference, self.alignment.frames[index])

    def pair(self, index: int, held_out: bool, shot: str) -> DetailPair:
        """The pair of one of `frames`; nothing of it is trusted where it does not lie well enough. Safe in threads."""
        laid = self.laid(index)
        weight = inner(laid.weight, laid.covered) if laid.usable else np.zeros_like(laid.weight)
        seen = self.tones.of(shot).apply(luma(laid.scan))
        target = np.where(laid.covered, luma(laid.reference), seen)
        return DetailPair(index, self.scan.name(index), shot, held_out, clipped(seen)[None], clipped(target),
                          np.round(255 * weight).astype(np.uint8), laid.misfit, laid.vouched)


def clipped(plane: NDArray[np.float32]) -> NDArray[np.float16]:
    """Luma as pairs hold it: beyond white there is room for what a scan holds."""
    return np.clip(plane, -0.25, 1.75).astype(np.float16)


def inner(weight: NDArray[np.float32], covered: NDArray[np.bool_]) -> NDArray[np.float32]:
    """`weight` without what lies near the border of what the reference shows."""
    if covered.all():
        return weight
    square = np.ones((2 * EDGE + 1, 2 * EDGE + 1), np.uint8)
    away = cv2.erode(covered.astype(np.uint8), square, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(weight * away, np.float32)
