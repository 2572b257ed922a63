"""A reference laid on the scan to the sub-pixel, at the scan's own resolution: the global fit, then the smooth dense one."""
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import FrameMatch
from engine.align.local import LIMIT_PX, local_fit
from engine.align.masks import agreement
from engine.align.space import coverage, to_scan
from engine.errors import UsageError
from engine.media.colour import luma, to_display
from engine.media.reduce import reduced
from engine.media.source import FrameSource, Picture

Plane = NDArray[np.float32]

COMPARED_WIDTH = 1024       # at which trust is told


@dataclass(frozen=True)
class Laid:
    """A frame of the scan (h, w, 3), its reference in the same geometry, both display-referred Rec.709, unclipped; `covered` (h, w) where
    the reference shows anything, `weight` (h, w) 0..1 how far it is to be trusted, `misfit` what is left of misalignment in pixels of the
    scan, local misfit included."""

    scan: Picture
    reference: Picture
    covered: NDArray[np.bool_]
    weight: Plane
    misfit: float

    @property
    def usable(self) -> bool:
        """Whether it lies well enough to learn detail from."""
        return self.misfit <= LIMIT_PX


def lay(scan: FrameSource, reference: FrameSource, match: FrameMatch) -> Laid:
    """Where the two are aligned already (matrix the identity, one size) the reference is taken exactly as it is. Raises UsageError for a
    frame without a partner."""
    if match.reference is None:
        raise UsageError(f"frame {scan.name(match.scan)} has no partner in the reference, so nothing can be learnt from it; choose another")
    here = to_display(scan.read(match.scan), scan.info.encoding)
    there = to_display(reference.read(match.reference), reference.info.encoding)
    size, other = (here.shape[1], here.shape[0]), (there.shape[1], there.shape[0])
    if size == other and np.array_equal(match.matrix, np.eye(3)):
        covered = np.ones(here.shape[:2], np.bool_)
        return Laid(here, there, covered, agreed(here, there, covered) * np.float32(match.confidence), match.residual_px)
    laid, covered = to_scan(there, match.matrix, size), coverage(match.matrix, other, size)
    fit = local_fit(luma(here), luma(laid), agreed(here, laid, covered))
    laid = np.asarray(fit.moved(laid), np.float32)
    inside = cv2.erode(covered.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return Laid(here, laid, inside, agreed(here, laid, inside) * np.float32(match.confidence), fit.residual_px)


def agreed(scan: Picture, laid: Picture, covered: NDArray[np.bool_]) -> Plane:
    """Trust (h, w) 0..1, told on smaller pictures."""
    small = [reduced(picture, COMPARED_WIDTH) for picture in (scan, laid)]
    inside = reduced(covered.astype(np.float32), COMPARED_WIDTH) > 0.999
    trust = agreement(small[0], small[1], inside)
    full = cv2.resize(trust, (scan.shape[1], scan.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(full, 0, 1) * covered, np.float32)
