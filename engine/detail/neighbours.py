"""A print's neighbouring frames laid on a frame: the motion is the clean telecine's, since mould that rolls hides the print's own."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.features import Plane
from engine.detail.spread_out import spread_out

_LONGEST = 640          # longest side that motion is measured at, in pixels
_RETURNS_PX = 0.7       # motion there and back again that misses by this, in pixels of that, is half trusted
_RIM = 4                # pixels at the rim of the crop where motion is not measured
_ALIKE = 0.05           # of luma: a pixel that the motion brings and that differs by this is half trusted


@dataclass(frozen=True)
class Neighbour:
    """A neighbouring frame in the geometry of a frame."""

    plane: Plane                    # (h, w) its luma
    weight: Plane                   # (h, w) 0..1 how far the motion is to be trusted; 0 where there is no such frame
    motion: NDArray[np.float32]     # (h, w, 2) what the frame shows at x the neighbour shows at x + motion

    def laid(self, plane: Plane) -> Plane:
        """Any plane of the neighbour (what is sound in it) laid on the frame."""
        return _carried(plane, self.motion)


def neighbours(read: Callable[[int], Plane], clean: Callable[[int], Plane | None], index: int, shot: range,
               reach: int = 2) -> list[Neighbour]:
    """The neighbours of frame `index` in the order -1, +1, -2, +2 ..; one outside `shot`, or without a telecine, is the frame itself with
    weight 0.

    `read` gives the luma (h, w) of a scan frame, `clean` the telecine laid on that very scan frame, so that the weave counts as motion; not
    finite outside its crop, None without a partner. Motion is dense inverse search (Kroeger et al. 2016), spread softly beyond the crop.
    """
    here, own = read(index), clean(index)
    still = np.zeros((*here.shape, 2), np.float32)
    out = []
    for k in [index + side * step for step in range(1, reach + 1) for side in (-1, 1)]:
        other = clean(k) if k in shot and own is not None else None
        if own is None or other is None:
            out.append(Neighbour(here, np.zeros_like(here), still))
            continue
        motion, weight = _moved(own, other)
        out.append(Neighbour(_carried(read(k), motion), weight, motion))
    return out


def merged(found: Sequence[Neighbour], sound: Sequence[Plane]) -> tuple[Plane, Plane]:
    """(h, w) the mean of the neighbours by their weights and by how `sound` (h, w, in their own geometry) they are; and their weight."""
    weights = [n.weight * np.clip(n.laid(plane), 0, 1) for n, plane in zip(found, sound, strict=True)]
    total = np.sum(weights, 0)
    mean = np.sum([n.plane * w for n, w in zip(found, weights, strict=True)], 0) / (total + 1e-6)
    return np.asarray(mean, np.float32), np.asarray(total, np.float32)


def _moved(own: Plane, other: Plane) -> tuple[NDArray[np.float32], Plane]:
    """(h, w, 2) the motion from one clean plane to another in its pixels, and (h, w) 0..1 how far it is to be trusted."""
    h, w = own.shape
    scale = min(1.0, _LONGEST / max(h, w))
    size = (round(w * scale), round(h * scale))
    known = np.isfinite(own) & np.isfinite(other)
    small = cv2.erode(np.asarray(_small(known.astype(np.float32), size) > 0.999, np.uint8), np.ones((2 * _RIM + 1,) * 2, np.uint8),
                      borderType=cv2.BORDER_CONSTANT, borderValue=0) > 0
    a, b = (_small(_filled(plane), size) for plane in (own, other))
    forth, back = _flow(a, b), _flow(b, a)
    misses = np.linalg.norm(forth + _carried(back, forth), axis=2)
    differs = np.abs(a - _carried(b, forth))
    weight = (np.exp2(-np.square(misses / _RETURNS_PX) - np.square(differs / _ALIKE)) * small).astype(np.float32)
    beyond = spread_out(np.dstack([forth, weight]), np.maximum(weight, 1e-3) * small)
    forth = beyond[..., :2] + (forth - beyond[..., :2]) * weight[..., None]
    weight = np.where(small, weight, beyond[..., 2])
    motion = cv2.resize(np.asarray(forth, np.float32), (w, h), interpolation=cv2.INTER_LINEAR)
    weight = np.asarray(cv2.resize(weight, (w, h), interpolation=cv2.INTER_LINEAR), np.float32)
    return np.asarray(motion * np.array([w / size[0], h / size[1]]), np.float32), weight


def _filled(plane: Plane) -> Plane:
    known = np.isfinite(plane)
    whole = np.where(known, plane, 0).astype(np.float32)
    return np.where(known, whole, spread_out(whole, known)).astype(np.float32) if not known.all() else whole


def _small(plane: Plane, size: tuple[int, int]) -> Plane:
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def _flow(a: Plane, b: Plane) -> NDArray[np.float32]:
    """(h, w, 2) dense inverse search from `a` to `b`."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    search.setFinestScale(0)
    here, there = (np.asarray(np.clip(p * 255, 0, 255).round(), np.uint8) for p in (a, b))
    return np.asarray(search.calc(here, there, np.zeros((*a.shape, 2), np.float32)), np.float32)


def _carried(picture: NDArray[np.float32], motion: NDArray[np.float32]) -> NDArray[np.float32]:
    """picture(x + motion), bicubic, with the edge repeated."""
    y, x = np.mgrid[:picture.shape[0], :picture.shape[1]].astype(np.float32)
    there = x + motion[..., 0], y + motion[..., 1]
    return np.asarray(cv2.remap(picture, *there, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.float32)
