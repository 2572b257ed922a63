"""Where a reference frame lies in a scan frame: resampling, matched points, and the dense refinement of a homography.

Matrices lead from scan pixels to stored reference pixels, with pixel centres at whole numbers. Points are SIFT (Lowe 2004), chosen by
MAGSAC++ (Barath et al. 2020). The refinement is Gauss-Newton on locally normalised luma (Lucas and Kanade 1981; the mean of both
gradients is that of ESM, Benhimane and Malis 2004), with Tukey weights, over many frames of a shot at once: one homography for all, one
shift (the gate weave) for each.
"""
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.features import Matrix, Plane

Doubles = NDArray[np.float64]


def to_scan(picture: NDArray[np.float32], matrix: Matrix, size: tuple[int, int],
            field: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
    """A reference picture (h, w, 3) or float plane (h, w) resampled once to `size` (w, h) of the scan through `matrix` (scan ->
    reference); with a `field` (h, w, 2) what the scan shows at x lies where the matrix takes x + field.

    Smoothed first where it shrinks, as a scaler does; Lanczos (8 taps) where it is enlarged. Pixels outside the reference are 0.
    """
    centre = np.array([(size[0] - 1) / 2, (size[1] - 1) / 2])
    steps = through(matrix, centre + np.array([[0, 0], [1, 0], [0, 1]]))
    across, down = np.abs(steps[1:] - steps[0]).max(0)
    if max(across, down) > 1.05:
        sigma = [0.5 * max(float(step) ** 2 - 1, 1e-4) ** 0.5 for step in (across, down)]
        smooth = cv2.GaussianBlur(picture, (0, 0), sigmaX=sigma[0], sigmaY=sigma[1], borderType=cv2.BORDER_REPLICATE)
        picture = np.asarray(smooth, np.float32)
    kind = cv2.INTER_LINEAR if min(across, down) > 2.5 else cv2.INTER_LANCZOS4 if max(across, down) < 1 else cv2.INTER_CUBIC
    if field is None:
        out = cv2.warpPerspective(picture, matrix, size, flags=kind | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)
    else:
        x, y = np.arange(size[0], dtype=np.float64)[None], np.arange(size[1], dtype=np.float64)[:, None]
        x, y, _ = _led(matrix, x + field[..., 0], y + field[..., 1])
        out = cv2.remap(picture, x.astype(np.float32), y.astype(np.float32), kind, borderMode=cv2.BORDER_REPLICATE)
    out[~coverage(matrix, (picture.shape[1], picture.shape[0]), size)] = 0
    return np.asarray(out, np.float32)


def coverage(matrix: Matrix, reference_size: tuple[int, int], size: tuple[int, int]) -> NDArray[np.bool_]:
    """(h, w) of the scan `size` (w, h): where the reference of `reference_size` (w, h) shows anything."""
    u, v, depth = _led(matrix, np.arange(size[0], dtype=np.float64)[None], np.arange(size[1], dtype=np.float64)[:, None])
    inside = (u >= -0.5) & (u <= reference_size[0] - 0.5) & (v >= -0.5) & (v <= reference_size[1] - 0.5) & (depth > 0)
    return np.asarray(inside)


def _led(matrix: Matrix, x: Doubles, y: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """Where a homography leads x and y, and the depth that it divides by."""
    depth = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]
    return ((matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / depth, (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / depth,
            depth)


def through(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 2) points through a homography."""
    homogeneous = np.concatenate([points, np.ones((len(points), 1))], 1) @ matrix.T
    return np.asarray(homogeneous[:, :2] / homogeneous[:, 2:])


def moved(dx: float, dy: float) -> Matrix:
    """A shift as a matrix."""
    return np.array([[1, 0, dx], [0, 1, dy], [0, 0, 1]], np.float64)


def corners(size: tuple[int, int]) -> NDArray[np.float64]:
    """(4, 2) centres of the corner pixels of `size` (w, h)."""
    w, h = size[0] - 1, size[1] - 1
    return np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float64)


def apart(a: Matrix, b: Matrix, size: tuple[int, int]) -> float:
    """How far two matrices lead the corners of `size` apart, at most, in pixels of the scan."""
    with np.errstate(all="ignore"):
        there = through(np.asarray(np.linalg.inv(b), np.float64), through(a, corners(size)))
    distance = np.linalg.norm(there - corners(size), axis=1)
    return float(distance.max()) if np.isfinite(distance).all() else np.inf


def plausible(matrix: Matrix, size: tuple[int, int], target: tuple[int, int]) -> bool:
    """Whether `matrix` (size -> target) is a view that a telecine can give: not mirrored or folded, little keystone, a likely scale."""
    if abs(np.linalg.det(matrix)) < 1e-9:
        return False
    p = through(matrix, corners(size)) / np.array(target)
    sides = np.roll(p, -1, 0) - p
    turn = sides[:, 0] * np.roll(sides, -1, 0)[:, 1] - sides[:, 1] * np.roll(sides, -1, 0)[:, 0]
    lengths = np.linalg.norm(sides, axis=1)
    ratios = (lengths[0] / lengths[2], lengths[1] / lengths[3])
    upright = sides[0, 0] > 4 * abs(sides[0, 1]) and sides[1, 1] > 4 * abs(sides[1, 0])
    return bool((turn > 0).all() and upright and lengths.min() > 0.6 and lengths.max() < 3 and all(0.8 < r < 1.25 for r in ratios))


class Points:
    """SIFT points of a normalised plane (h, w)."""

    def __init__(self, plane: Plane, most: int = 1500) -> None:
        pixels = np.asarray(np.clip(plane * 48 + 128, 0, 255), np.uint8)
        found, described = cv2.SIFT.create(nfeatures=most, contrastThreshold=0.02).detectAndCompute(pixels, None)
        self.where = np.array([p.pt for p in found], np.float64).reshape(-1, 2)
        if described is None:
            described = np.zeros((0, 128), np.float32)
        self.described = np.sqrt(described / (described.sum(1, keepdims=True) + 1e-6))

    def matched(self, other: Points, ratio: float = 0.8) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(n, 2) and (n, 2): places here and there, where the second best is clearly worse (RootSIFT, Arandjelovic and Zisserman 2012)."""
        if len(self.where) < 8 or len(other.where) < 8:
            return np.zeros((0, 2)), np.zeros((0, 2))
        pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(self.described, other.described, k=2)
        good = [(a.queryIdx, a.trainIdx) for a, b in pairs if a.distance < ratio * b.distance]
        return self.where[[a for a, _ in good]], other.where[[b for _, b in good]]


def homography(here: NDArray[np.float64], there: NDArray[np.float64], reach: float) -> tuple[Matrix | None, int]:
    """The homography that most matches agree with to `reach` pixels, and how many; None where fewer than 8 do."""
    if len(here) < 8:
        return None, 0
    cv2.setRNGSeed(1)
    matrix, used = cv2.findHomography(here, there, cv2.USAC_MAGSAC, reach, maxIters=5000, confidence=0.999)
    count = 0 if used is None else int(used.sum())
    return (np.asarray(matrix, np.float64), count) if matrix is not None and count >= 8 else (None, count)


def gradients(plane: Plane) -> tuple[Plane, Plane]:
    """d/dx and d/dy by central differences."""
    kernel = np.array([[-0.5, 0, 0.5]], np.float32)
    return (np.asarray(cv2.sepFilter2D(plane, -1, kernel, np.ones((1, 1), np.float32)), np.float32),
            np.asarray(cv2.sepFilter2D(plane, -1, np.ones((1, 1), np.float32), kernel), np.float32))


def trust(difference: Plane, valid: Plane, reach: float = 3.5) -> Plane:
    """Tukey weights of a difference, scaled by its median inside `valid`; 0 outside."""
    inside = difference[valid > 0][::7]
    scale = reach * 1.4826 * float(np.median(np.abs(inside))) + 1e-6
    return np.asarray(np.square(np.maximum(1 - np.square(difference / np.float32(scale)), 0)) * valid, np.float32)


@dataclass
class Shifted:
    """The shift that lays one plane on another: fixed(x) = moving(x + shift)."""

    shift: NDArray[np.float64]      # (2,) dx, dy
    plane: Plane                    # moving, shifted


def lay_on(fixed: Plane, moving: Plane, valid: Plane, steps: int, limit: float) -> Shifted:
    """Gauss-Newton for the shift of `moving`, kept within `limit` pixels of 0."""
    shift = np.zeros(2)
    fx, fy = gradients(fixed)
    plane = slid(moving, shift)
    for _ in range(steps):
        gx, gy = (0.5 * (a + b) for a, b in zip((fx, fy), gradients(plane), strict=True))
        difference = fixed - plane
        weight = trust(difference, valid)
        wx, wy = gx * weight, gy * weight
        a = np.array([[np.vdot(wx, gx), np.vdot(wx, gy)], [np.vdot(wx, gy), np.vdot(wy, gy)]], np.float64)
        b = np.array([np.vdot(wx, difference), np.vdot(wy, difference)], np.float64)
        shift = np.clip(shift + np.linalg.solve(a + np.eye(2) * (1e-3 * np.trace(a) + 1e-9), b), -limit, limit)
        plane = slid(moving, shift)
    return Shifted(shift, plane)


def slid(plane: Plane, shift: NDArray[np.float64]) -> Plane:
    """plane(x + shift), bicubic, with the edge repeated."""
    if not shift.any():
        return plane
    matrix = np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float64)
    size = (plane.shape[1], plane.shape[0])
    return np.asarray(cv2.warpAffine(plane, matrix, size, flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE))
