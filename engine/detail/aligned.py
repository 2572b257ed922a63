"""A reference laid on the scan to the sub-pixel, at the scan's own resolution: the global fit, then the smooth dense one."""
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import FrameMatch
from engine.align.local import LIMIT_PX, local_fit, misfit
from engine.align.masks import agreement
from engine.align.space import coverage, to_scan
from engine.detail.checks import alike
from engine.errors import UsageError
from engine.media.colour import luma, to_display
from engine.media.reduce import reduced
from engine.media.source import FrameSource, Picture

Plane = NDArray[np.float32]

COMPARED_WIDTH = 1024       # at which trust is told
BY_CHANCE = 0.06            # less `alike` are single pictures that have nothing to do with each other


@dataclass(frozen=True)
class Laid:
    """A frame of the scan (h, w, 3), its reference in the same geometry, both display-referred Rec.709, unclipped; `covered` (h, w) where
    the reference shows anything, `weight` (h, w) 0..1 how far it is to be trusted, `misfit` what is left of misalignment in pixels of the
    scan, local misfit included. `vouched`: the two look like different pictures, and are trusted because they were given as aligned."""

    scan: Picture
    reference: Picture
    covered: NDArray[np.bool_]
    weight: Plane
    misfit: float
    vouched: bool = False

    @property
    def usable(self) -> bool:
        """Whether it lies well enough to learn detail from."""
        return self.misfit <= LIMIT_PX


def lay(scan: FrameSource, reference: FrameSource, match: FrameMatch) -> Laid:
    """Where the two are aligned already (matrix the identity, one size) the reference is taken exactly as it is, and trusted even where
    damage makes the scan look like another picture, unless the two are no more alike than by chance. Raises UsageError for a frame without
    a partner."""
    if match.reference is None:
        raise UsageError(f"frame {scan.name(match.scan)} has no partner in the reference, so nothing can be learnt from it; choose another")
    here = to_display(scan.read(match.scan), scan.info.encoding)
    there = to_display(reference.read(match.reference), reference.info.encoding)
    size, other = (here.shape[1], here.shape[0]), (there.shape[1], there.shape[0])
    if aligned_already(match, size, other):
        covered = np.ones(here.shape[:2], np.bool_)
        trust = agreed(here, there, covered)
        vouched = believed(luma(here), luma(there), trust)
        if vouched:
            trust = np.ones_like(trust)
        return Laid(here, there, covered, trust * np.float32(match.confidence), match.residual_px, vouched)
    laid, covered = to_scan(there, match.matrix, size), coverage(match.matrix, other, size)
    # By all that is covered, for what lies apart agrees nowhere, and is to be fitted; what is left is told by what agrees then.
    known = agreed(here, laid, covered).any()       # or they are different pictures, or lie too far apart
    fit = local_fit(luma(here), luma(laid), covered.astype(np.float32))
    laid = fit.laid(there, match.matrix, size)
    inside = cv2.erode(covered.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    trust = agreed(here, laid, inside)
    left = misfit(luma(here), luma(laid), trust) if known else float("inf")
    return Laid(here, laid, inside, trust * np.float32(match.confidence), left)


def aligned_already(match: FrameMatch, size: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a frame of `size` and its partner of size `other` were given as aligned."""
    return size == other and np.array_equal(match.matrix, np.eye(3))


def believed(scan: Plane, reference: Plane, trust: Plane) -> bool:
    """Whether a frame that was given as aligned and agrees nowhere, luma and trust (h, w), is to be trusted all the same: damage makes it
    look like another picture, but it is more alike than by chance."""
    return not trust.any() and alike(scan, reference, np.ones(scan.shape, np.bool_)) >= BY_CHANCE


def agreed(scan: Picture, laid: Picture, covered: NDArray[np.bool_]) -> Plane:
    """Trust (h, w) 0..1, told on smaller pictures."""
    small = [reduced(picture, COMPARED_WIDTH) for picture in (scan, laid)]
    inside = reduced(covered.astype(np.float32), COMPARED_WIDTH) > 0.999
    trust = agreement(small[0], small[1], inside)
    full = cv2.resize(trust, (scan.shape[1], scan.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(full, 0, 1) * covered, np.float32)
