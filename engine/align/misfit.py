"""The weave of one frame at fine size, and what is left of misalignment after it."""
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.dense import Comparer
from engine.align.features import Plane
from engine.align.space import gradients, lay_on, trust

_TILES = (16, 12)
_ALIKE = 6.0        # so many tiles err alike (grain, codec blocks, the geometry that all frames share), found on films with known answers


@dataclass(frozen=True)
class Woven:
    """A frame laid on its reference: the weave and the misfit, both in scan pixels."""

    shift: NDArray[np.float64]
    misfit: float


def woven(comparer: Comparer, i: int, j: int, start: NDArray[np.float64]) -> Woven:
    """Scan frame `i` on reference frame `j`; `start` is a guess of the weave in scan pixels.

    The misfit is the shift that single tiles still ask for, as a plane through all of them: its size at the corners, or the uncertainty
    of that where it is larger.
    """
    step, valid = comparer.grid.step, comparer.valid
    fixed, moving = comparer.explained(i, j, start / step)
    laid = lay_on(fixed, moving, valid, 3, comparer.limit)
    return Woven(start + laid.shift * step, left(*flow(fixed, laid.plane, valid), step))


def flow(fixed: Plane, moving: Plane, valid: Plane) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """(n, 2) the shift that each tile asks for in pixels, (n,) how well it knows, (n, 2) where it is, -1..1."""
    gx, gy = (0.5 * (a + b) for a, b in zip(gradients(fixed), gradients(moving), strict=True))
    difference = fixed - moving
    weight = trust(difference, valid)

    def total(plane: Plane) -> NDArray[np.float64]:
        return np.asarray(cv2.resize(plane * weight, _TILES, interpolation=cv2.INTER_AREA), np.float64).ravel()

    xx, xy, yy, bx, by = total(gx * gx), total(gx * gy), total(gy * gy), total(gx * difference), total(gy * difference)
    pull = 0.02 * (xx + yy).mean()
    xx, yy = xx + pull, yy + pull
    det = xx * yy - xy * xy
    flow = np.stack([(yy * bx - xy * by) / det, (xx * by - xy * bx) / det], 1)
    v, u = np.mgrid[-1:1:_TILES[1] * 1j, -1:1:_TILES[0] * 1j]
    return flow, det / (xx + yy), np.stack([u.ravel(), v.ravel()], 1)


def left(flow: NDArray[np.float64], weight: NDArray[np.float64], where: NDArray[np.float64], step: NDArray[np.float64]) -> float:
    """The root mean square size at the corners of a weighted plane through the flow, not less than its standard error, in scan pixels."""
    flow = flow * step
    a = np.concatenate([np.ones((len(where), 1)), where], 1)
    normal = (a * weight[:, None]).T @ a + np.eye(3) * 1e-9
    plane = np.linalg.solve(normal, (a * weight[:, None]).T @ flow)
    at = np.array([[1, -1, -1], [1, 1, -1], [1, 1, 1], [1, -1, 1]], np.float64)
    size = float(np.square(at @ plane).sum(1).mean())
    spread = (weight[:, None] * np.square(flow - a @ plane)).sum() / max(len(where) - 3, 1)
    error = float(np.einsum("ij,jk,ik->i", at, np.linalg.inv(normal), at).mean() * spread)
    return float(np.sqrt(max(size, error) * _ALIKE))
