"""The ground truth of a pair: the luma of the balanced scan with the chroma of the reference, and how far each pixel of it is to be trusted.

The reference's chroma is cleaned at its own scale before it is brought to the scan's: block noise and ringing of its compression must not
be learnt.
"""
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import FrameMatch
from engine.align.masks import agreement
from engine.align.space import coverage, to_scan
from engine.balance.balance import Balance
from engine.errors import UsageError
from engine.media.colour import to_display, to_ycbcr
from engine.media.source import FrameSource, Picture
from engine.pairs.pair import Pair

TRAINING_WIDTH = 1024       # a wider scan is reduced to it


def make_pair(
    scan: FrameSource, reference: FrameSource, match: FrameMatch, balance: Balance, encodings: tuple[str, str], held_out: bool, shot: str
) -> Pair:
    """The pair of one scan frame, in scan geometry, at most TRAINING_WIDTH wide. `encodings` are those of scan and reference.

    Where the two sides are aligned already (matrix the identity, one size) the chroma is passed on exactly as it is.
    Raises UsageError for a frame without a partner."""
    if match.reference is None:
        raise UsageError(f"frame {scan.name(match.scan)} has no partner in the reference, so no pair can be made of it; choose another")
    plain = to_display(scan.read(match.scan), encodings[0])
    other = to_display(reference.read(match.reference), encodings[1])
    size, reference_size = (plain.shape[1], plain.shape[0]), (other.shape[1], other.shape[0])
    there = np.asarray(to_ycbcr(other)[..., 1:], np.float32)
    if size == reference_size and np.array_equal(match.matrix, np.eye(3)):
        warped, chroma, covered = other, there, np.ones(plain.shape[:2], np.bool_)
    else:
        warped, covered = to_scan(other, match.matrix, size), coverage(match.matrix, reference_size, size)
        chroma = np.dstack([to_scan(np.ascontiguousarray(there[..., c]), match.matrix, size) for c in range(2)])
    weight = agreement(plain, warped, covered) * covered * match.confidence
    balanced = np.clip(balance.apply(plain, match.scan), 0, 1)
    balanced, chroma, weight = (_reduced(plane) for plane in (balanced, chroma, weight))
    return Pair(match.scan, scan.name(match.scan), shot, held_out, balanced.astype(np.float16),
                np.clip(chroma, -0.5, 0.5).astype(np.float16), np.round(255 * weight).astype(np.uint8))


def _reduced(plane: Picture) -> NDArray[np.float32]:
    height, width = plane.shape[:2]
    if width <= TRAINING_WIDTH:
        return plane
    size = (TRAINING_WIDTH, max(1, round(height * TRAINING_WIDTH / width)))
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)
