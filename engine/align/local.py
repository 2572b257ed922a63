"""The smooth dense fit after the global one: what a printer's gate, a shrunken or a warped base has bent on the way from print to print."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.features import Matrix, Plane, blurred, normalised
from engine.align.space import gradients, to_scan, trust

LIMIT_PX = 0.75         # a pair that more is left of than this does not lie together
STILL_PX = 0.05         # a field that nowhere asks for more moves nothing
TILES = (12, 9)         # columns and rows of the field; fewer where a tile would be smaller than
_LEAST_TILE = 24        # so many pixels
_LONGEST = 640          # the longest side that is compared, in pixels
_SMOOTH = 1.2           # the scale that grain is smoothed away at, in pixels of that
_LOCAL = 14.0           # the scale of the local normalisation
_ROUNDS = 8
_STIFF = 0.04           # pull of neighbouring tiles on each other, against the usual pull of a tile's picture
_SEEN = 3               # what is left is looked for within so many pixels


@dataclass(frozen=True)
class Local:
    """A smooth displacement: what the scan shows at x lies in the picture at x + field."""

    field: NDArray[np.float32]      # (rows, columns, 2) dx, dy in scan pixels at the centres of the tiles
    residual_px: float              # root mean square, over tiles by what there is to see in them, of what is left after it

    def dense(self, size: tuple[int, int]) -> NDArray[np.float32]:
        """(h, w, 2) the displacement at each pixel of a scan of `size` (w, h)."""
        rows, columns = self.field.shape[:2]
        down, across = _between(size[1], rows), _between(size[0], columns)
        return np.ascontiguousarray(np.stack([down @ self.field[..., k] @ across.T for k in (0, 1)], -1))

    def laid(self, picture: NDArray[np.float32], matrix: Matrix, size: tuple[int, int]) -> NDArray[np.float32]:
        """A reference picture (h, w, 3) or plane (h, w) laid on a scan of `size` (w, h) by `matrix` and field at once."""
        still = np.abs(self.field).max() < STILL_PX
        return to_scan(picture, matrix, size, None if still else self.dense(size))


def local_fit(scan: Plane, laid: Plane, weight: Plane) -> Local:
    """The field that lays `laid`, the reference in the scan's geometry by the matrix, on `scan`: luma (h, w), not finite where unknown.

    `weight` (h, w) 0..1 is how far each pixel is to be trusted; 0 outside the reference. Both are compared without grain, local mean and
    local contrast, so that a grade apart does not count. Lucas and Kanade (1981) by tiles with Tukey weights, the tiles bound to their
    neighbours, as in the free-form deformations of Rueckert et al. (1999).
    """
    known = np.isfinite(scan) & np.isfinite(laid)
    size, step = _compared_size(scan.shape)
    columns, rows = _tiles(size)
    field = np.zeros((rows, columns, 2), np.float32)
    weight = _small(np.where(known, weight, 0), size)
    if not weight.any():
        return Local(field, float("inf"))
    fixed, moving = (_compared(_small(np.where(known, plane, 0), size), weight) for plane in (scan, laid))
    for _ in range(_ROUNDS):
        dense = Local(field, 0.0).dense(size)
        change = _asked(fixed, _taken(moving, dense), _joint(weight, dense), field)
        field = field + change
        if np.abs(change).max() < STILL_PX / 3:
            break
    dense = Local(field, 0.0).dense(size)
    left = _left(fixed, _taken(moving, dense), _joint(weight, dense), (columns, rows))
    return Local(field * np.float32(step), left * step)


def misfit(scan: Plane, laid: Plane, weight: Plane) -> float:
    """What is left of misalignment between planes that lie on each other, as `local_fit` tells it of its own field; inf where nothing is
    trusted."""
    known = np.isfinite(scan) & np.isfinite(laid)
    size, step = _compared_size(scan.shape)
    weight = _small(np.where(known, weight, 0), size)
    if not weight.any():
        return float("inf")
    fixed, moving = (_compared(_small(np.where(known, plane, 0), size), weight) for plane in (scan, laid))
    return _left(fixed, moving, weight, _tiles(size)) * step


def _tiles(size: tuple[int, int]) -> tuple[int, int]:
    """Columns and rows of the field of a picture of `size` (w, h), as it is compared."""
    columns, rows = (max(2, min(most, length // _LEAST_TILE)) for most, length in zip(TILES, size, strict=True))
    return columns, rows


def _compared_size(shape: tuple[int, ...]) -> tuple[tuple[int, int], float]:
    """(w, h) that planes of `shape` are compared at, and how many of their pixels make one of it."""
    step = max(1.0, max(shape) / _LONGEST)
    return (round(shape[1] / step), round(shape[0] / step)), step


def _small(plane: NDArray[np.floating[Any]], size: tuple[int, int]) -> Plane:
    return np.asarray(cv2.resize(plane.astype(np.float32), size, interpolation=cv2.INTER_AREA), np.float32)


def _compared(plane: Plane, weight: Plane) -> Plane:
    """Without grain, local mean and contrast; by the trusted pixels alone."""
    share = blurred(weight, _SMOOTH) + np.float32(1e-6)
    return normalised(np.asarray(blurred(plane * weight, _SMOOTH) / share, np.float32), weight, _LOCAL)


def _taken(picture: Plane, dense: NDArray[np.float32]) -> Plane:
    """picture(x + dense), with the edge repeated."""
    y, x = np.mgrid[:picture.shape[0], :picture.shape[1]].astype(np.float32)
    moved = cv2.remap(picture, x + dense[..., 0], y + dense[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.float32)


def _joint(weight: Plane, dense: NDArray[np.float32]) -> Plane:
    """What is trusted of both; what lies between pixels swings over neither end."""
    return np.asarray(weight * np.clip(_taken(weight, dense), 0, 1), np.float32)


def _between(length: int, count: int) -> NDArray[np.float32]:
    """(length, count): cubic weights (Catmull and Rom 1974) of `count` equal parts at each pixel; straight on beyond the outer ones."""
    at = np.clip((np.arange(length) + 0.5) * count / length - 0.5, -0.5, count - 0.5)
    first = np.clip(np.floor(at), 0, count - 2).astype(int)
    t = at - first
    t2, t3 = t * t, t ** 3
    inner = [-0.5 * t + t2 - 0.5 * t3, 1 - 2.5 * t2 + 1.5 * t3, 0.5 * t + 2 * t2 - 1.5 * t3, -0.5 * t2 + 0.5 * t3]
    straight = [np.zeros_like(t), 1 - t, t, np.zeros_like(t)]
    beyond = (t < 0) | (t > 1)
    padded = np.zeros((length, count + 2))
    for k in range(4):
        np.add.at(padded, (np.arange(length), first + k), np.where(beyond, straight[k], inner[k]))
    out = padded[:, 1:-1]
    out[:, 0] += 2 * padded[:, 0]
    out[:, 1] -= padded[:, 0]
    out[:, -1] += 2 * padded[:, -1]
    out[:, -2] -= padded[:, -1]
    return np.asarray(out, np.float32)


def _asked(fixed: Plane, moving: Plane, weight: Plane, field: NDArray[np.float32]) -> NDArray[np.float32]:
    """(rows, columns, 2) the change of `field` that the tiles ask for, bound to their neighbours."""
    rows, columns = field.shape[:2]
    gx, gy = (0.5 * (a + b) for a, b in zip(gradients(fixed), gradients(moving), strict=True))
    difference = fixed - moving
    used = trust(difference, weight)
    xx, xy, yy, bx, by = (_by_tile(p * used, (columns, rows)).ravel()
                          for p in (gx * gx, gx * gy, gy * gy, gx * difference, gy * difference))
    n = rows * columns
    pull = _STIFF * float((xx + yy).mean()) / 2 + 1e-9
    bound = pull * _stiffness(rows, columns)
    normal = np.block([[np.diag(xx) + bound, np.diag(xy)], [np.diag(xy), np.diag(yy) + bound]])
    wanted = np.concatenate([bx, by]) - np.concatenate([bound @ field[..., k].ravel().astype(np.float64) for k in (0, 1)])
    found = np.linalg.solve(normal + np.eye(2 * n) * 1e-4 * pull, wanted)
    return np.asarray(np.stack([found[:n], found[n:]], -1).reshape(rows, columns, 2), np.float32)


def _stiffness(rows: int, columns: int) -> NDArray[np.float64]:
    """(n, n) the square of the second differences of a field along rows and columns, n = rows * columns: a bend costs, a slope does not."""
    parts = []
    for count, other, along in ((rows, columns, 0), (columns, rows, 1)):
        bend = np.diff(np.eye(count), 2, axis=0) if count > 2 else np.zeros((1, count))
        parts.append(np.kron(bend, np.eye(other)) if along == 0 else np.kron(np.eye(other), bend))
    return np.asarray(sum(p.T @ p for p in parts), np.float64)


def _by_tile(plane: Plane, tiles: tuple[int, int]) -> NDArray[np.float64]:
    """(rows, columns) the mean of each tile."""
    return np.asarray(cv2.resize(plane, tiles, interpolation=cv2.INTER_AREA), np.float64)


def _left(fixed: Plane, moving: Plane, weight: Plane, tiles: tuple[int, int]) -> float:
    """How far the best place of each tile within _SEEN pixels lies from where it is, weighted by what there is to see in it.

    A tile of another picture has its best place anywhere, so that pairs that show different things are told too.
    """
    reach = range(-_SEEN, _SEEN + 1)
    here = fixed * weight
    power = np.stack([_by_tile(np.square(_slid(moving, dx, dy)) * weight, tiles) for dy in reach for dx in reach])
    common = np.stack([_by_tile(_slid(moving, dx, dy) * here, tiles) for dy in reach for dx in reach])
    like = (common / np.sqrt(power + 1e-9)).reshape(len(reach), len(reach), -1)
    offsets = np.array([_peak(like[..., k]) for k in range(like.shape[-1])])
    seen = np.square(np.minimum(_by_tile(np.square(fixed) * weight, tiles), _by_tile(np.square(moving) * weight, tiles))).ravel()
    return float(np.sqrt((seen * np.square(offsets).sum(1)).sum() / (seen.sum() + 1e-9)))


def _slid(plane: Plane, dx: int, dy: int) -> Plane:
    return np.roll(plane, (-dy, -dx), (0, 1))


def _peak(like: NDArray[np.float64]) -> tuple[float, float]:
    """dx, dy of the highest place of a square of likenesses around 0, between its pixels by a parabola."""
    middle = len(like) // 2
    y, x = np.unravel_index(int(like.argmax()), like.shape)
    return _between_three(like[y], int(x)) - middle, _between_three(like[:, x], int(y)) - middle


def _between_three(line: NDArray[np.float64], k: int) -> float:
    if not 0 < k < len(line) - 1:
        return float(k)
    a, b, c = line[k - 1:k + 2]
    return k + float(np.clip(0.5 * (a - c) / (a - 2 * b + c - 1e-12), -0.5, 0.5))
