"""What can be known of a scan and its reference before any work: is the reference sharper, is it grey, was it blended."""
from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.features import blurred, normalised
from engine.detail.edges import width
from engine.detail.filters import Plane
from engine.media.reduce import reduced
from engine.media.source import Picture

_CRISP = 0.1                # pixels: edges are no narrower than this
_ALIKE_WIDTH, _CALM, _LOCAL = 640, 1.2, 14.0    # at which likeness is told, and the scales of grain and of local contrast in its pixels
_COLOUR = 0.02              # that far apart are the components of a coloured picture
_MOVED = 0.004              # mean difference of frames that tell anything
_SOFTENED = 2.0             # pixels
_LIKE_BLEND = 0.25          # of its difference to either neighbour is how a blend differs from the mean of both
_UNLIKE_OTHERS = 0.5        # of how much its neighbours differ from such a mean


def sharpness(plane: Plane) -> float:
    """The softness of the sharper edges, as the deviation in pixels of the softening that would make them of a step: larger is softer.
    Grain hardly counts. inf where there are no edges."""
    found = width(plane, np.ones_like(plane))
    return float("inf") if found is None else found


def times_as_wide(edges: Iterable[tuple[float, float]]) -> float | None:
    """How many times as wide the edges of a reference are as the scan's, typically, of the `sharpness` of both in some frames; frames where
    either has none tell nothing. None where no frame tells."""
    told = [max(reference, _CRISP) / max(scan, _CRISP) for scan, reference in edges if np.isfinite((scan, reference)).all()]
    return float(np.median(told)) if told else None


def alike(scan: Plane, telecine: Plane, covered: NDArray[np.bool_]) -> float:
    """How far a damaged print and its telecine, luma (h, w) laid on it, show the same where that `covered` (h, w) says it shows anything:
    the correlation of both without grain, local mean and local contrast, damage and all. About 0 for any other picture, and where nothing
    is sound; 0.1 where three quarters are eaten."""
    valid = np.asarray(reduced(covered.astype(np.float32), _ALIKE_WIDTH) > 0.999, np.float32)
    share = blurred(valid, _CALM) + np.float32(1e-6)
    small = (reduced(np.where(covered, plane, 0).astype(np.float32), _ALIKE_WIDTH) * valid for plane in (scan, telecine))
    a, b = (normalised(np.asarray(blurred(plane, _CALM) / share, np.float32), valid, _LOCAL) for plane in small)
    return float((a * b).sum() / np.sqrt(np.square(a).sum() * np.square(b).sum() + 1e-9))


def is_grey(picture: Picture) -> bool:
    """Whether (h, w, 3) R'G'B' is black-and-white but for the noise of its coding; an even tint is colour."""
    soft = cv2.GaussianBlur(picture, (0, 0), 2.0)
    return bool(np.percentile(np.ptp(soft, axis=-1), 99) < _COLOUR)


def field_blended(frames: Iterable[Plane]) -> float:
    """The share, of frames that move, that are the mean of their two neighbours rather than a picture of their own: a telecine whose rate
    was converted by blending. Frames in a row; 0 where fewer than five are given or nothing moves.

    Half-and-half between two frames that stand whole beside it is found, as where fields are blended. Blends of other weights in a row, as
    24 frames become 25, are not: their neighbours are blends too, with a frame that is in neither, so that a frame is no nearer to a mean
    of its neighbours, whatever the weights, than in film that was not blended (measured on clips)."""
    row: deque[Plane] = deque(maxlen=3)
    apart, mixed = list[float](), list[float]()
    for frame in map(_calmed, frames):
        if row:
            apart.append(_difference(frame, row[-1]))
        row.append(frame)
        if len(row) == 3:
            mixed.append(_difference(row[1], np.asarray((row[0] + row[2]) / 2, np.float32)))
    told = blends = 0
    for i in range(1, len(mixed) - 1):
        nearer = min(apart[i], apart[i + 1])
        told += nearer > _MOVED
        blends += nearer > _MOVED and mixed[i] < min(_LIKE_BLEND * nearer, _UNLIKE_OTHERS * max(mixed[i - 1], mixed[i + 1]))
    return blends / told if told else 0.0


def _calmed(frame: Plane) -> Plane:
    """Softened, so that grain, which differs in every frame, counts little."""
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), _SOFTENED), np.float32)


def _difference(a: Plane, b: Plane) -> float:
    return float(np.abs(a - b).mean())
