"""The ground truth of a pair: luma of the balanced scan, chroma of the reference, and how far each pixel of it is to be trusted.

The chroma of a reference that has to be resampled is cleaned first, at its own scale: a bilateral filter over Y', Cb and Cr together
(Tomasi and Manduchi 1998) takes out block noise, banding and ringing and stops at edges. With the truth's luma under it, on five DVDs made
of known pictures, it takes dE00 from 1.18 to 1.10 (a median of 5: 1.14; guided by the scan's luma: 1.14-1.27, for it smears small things).
Cb and Cr are taken as they are: scaling them by scan luma over reference luma gave 1.19, and more where the balance is not perfect.
"""
from __future__ import annotations

from functools import partial

import cv2
import numpy as np

from engine.align.alignment import FrameMatch
from engine.align.masks import agreement
from engine.align.space import coverage, to_scan
from engine.balance.balance import Balance
from engine.errors import UsageError
from engine.media.colour import to_display, to_ycbcr
from engine.media.reduce import reduced
from engine.media.source import FrameSource, Picture
from engine.pairs.pair import Pair

TRAINING_WIDTH = 1024       # a wider scan is reduced to it
CHROMA_WEIGHT = 2.0         # of chroma beside luma, where the filter looks for edges
EDGE = 0.03                 # differences well above this are edges
REACH = 4.0                 # sigma in pixels of the reference: half a block of MPEG


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
    if size == reference_size and np.array_equal(match.matrix, np.eye(3)):
        warped, chroma, covered = other, to_ycbcr(other)[..., 1:], np.ones(plain.shape[:2], np.bool_)
    else:
        warped, chroma = to_scan(other, match.matrix, size), to_scan(_cleaned(other), match.matrix, size)[..., 1:]
        covered = coverage(match.matrix, reference_size, size)
    small = partial(reduced, width=TRAINING_WIDTH)
    balanced, chroma, inside = small(balance.apply(plain, match.scan)), small(chroma), small(covered.astype(np.float32)) > 0.999
    weight = agreement(small(plain), small(warped), inside) * inside * match.confidence
    return Pair(match.scan, scan.name(match.scan), shot, held_out, np.clip(balanced, 0, 1).astype(np.float16),
                np.clip(chroma, -0.5, 0.5).astype(np.float16), np.round(255 * weight).astype(np.uint8), match.residual_px)


def _cleaned(reference: Picture) -> Picture:
    """Y', Cb, Cr of the reference, without the noise of its compression."""
    weights = np.array([1, CHROMA_WEIGHT, CHROMA_WEIGHT], np.float32)
    return np.asarray(cv2.bilateralFilter(to_ycbcr(reference) * weights, 2 * round(1.5 * REACH) + 1, EDGE, REACH) / weights, np.float32)
