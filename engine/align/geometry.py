"""The geometry of a shot or a film: anchors found by points, then one homography and a weave for each frame by dense refinement."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.dense import Comparer, Grid, Views, correlation
from engine.align.features import Box, Matrix, Plane, normalised, stretched
from engine.align.space import Points, apart, corners, gradients, homography, moved, plausible, through, trust
from engine.run import Run

LONE_POINTS = 30        # matched points that make one frame enough
FEW_POINTS = 15         # matched points that count where another frame agrees
ENOUGH = 6              # so many anchors that agree, and no more are looked for
HYPOTHESES = 6          # groups of anchors that are followed up
FITTING = 0.7           # part of the best anchor's evidence that another must have to count
AGREE = 0.02            # two anchors agree where they lead the corners apart by less than this part of the scan's width
COARSE, FINE = 320, 512     # longest side of the grids in pixels
_TRIED = 2              # reference frames tried for an anchor; all candidates where there are few frames
_GAUGE = 1e-2           # pull of each frame's weave towards 0, against the pull of its picture


@dataclass(frozen=True, eq=False)
class Anchor:
    """A scan frame and a reference frame that show the same, to a frame or a few."""

    scan: int
    reference: int
    matrix: Matrix              # scan pixel -> stored reference pixel
    here: NDArray[np.float64]   # (n, 2) matched points, scan pixels
    there: NDArray[np.float64]  # (n, 2) and reference pixels


class _Matcher:
    """Points of one scan frame against reference frames, on a grid laid over the live area of each."""

    def __init__(self, scan: Views, reference: Views, grid: Grid, box: Box, frame: int) -> None:
        self._reference, self._grid, self._frame = reference, grid, frame
        self._there = stretched(box, grid.size)
        self._whole = np.ones((grid.size[1], grid.size[0]), np.float32)
        self._points = self._found(scan, frame, grid.matrix)
        self._tried: dict[int, Anchor | None] = {}

    def _found(self, views: Views, frame: int, matrix: Matrix) -> Points:
        return Points(normalised(views.seen(frame, matrix, self._grid.size), self._whole, self._grid.sigma))

    def with_frame(self, j: int) -> Anchor | None:
        """The anchor of this scan frame on reference frame `j`; None where too few points agree on a plausible view."""
        if j not in self._tried:
            a, b = self._points.matched(self._found(self._reference, j, self._there))
            matrix, count = homography(a, b, 2.0)
            self._tried[j] = None
            if matrix is not None and count >= FEW_POINTS and plausible(matrix, self._grid.size, self._grid.size):
                close = np.linalg.norm(through(matrix, a) - b, axis=1) < 2.0
                full = self._there @ matrix @ np.linalg.inv(self._grid.matrix)
                self._tried[j] = Anchor(self._frame, j, full / full[2, 2], through(self._grid.matrix, a[close]),
                                        through(self._there, b[close]))
        return self._tried[j]


def anchor(scan: Views, reference: Views, grid: Grid, box: Box, frame: int, tried: Sequence[int], frames: int) -> Anchor | None:
    """The best of the reference frames `tried` for a scan frame, and from there on as long as a neighbour of `frames` has more points."""
    matcher = _Matcher(scan, reference, grid, box, frame)

    def best_of(numbers: Sequence[int]) -> Anchor | None:
        found = [a for a in map(matcher.with_frame, numbers) if a is not None]
        return max(found, key=lambda a: len(a.here), default=None)

    best = best_of(tried)
    while best is not None:
        j = best.reference
        better = best_of([k for k in (j, j - 1, j + 1, j - 2, j + 2) if 0 <= k < frames])
        if better is None or better.reference == j:
            break
        best = better
    return best


def find_anchors(scan: Views, reference: Views, grid: Grid, box: Box, numbers: Sequence[int], places: NDArray[np.int64],
                 frames: int, run: Run) -> list[list[Anchor]]:
    """Anchors among the scan frames `numbers`, in groups that agree on one geometry, the largest first; [] where none can be trusted."""
    found: list[Anchor] = []
    for done, i in enumerate(numbers):
        run.step(done, len(numbers), "matching points")
        if len(found) >= ENOUGH and len(_agreeing(found, scan.size)) >= ENOUGH:
            break
        likely = places[i][:_TRIED if len(numbers) >= ENOUGH else None]
        one = anchor(scan, reference, grid, box, i, [int(j) for j in likely], frames)
        if one is not None:
            found.append(one)
    groups = []
    while found:
        group = _agreeing(found, scan.size)
        found = [a for a in found if a not in group]
        groups.append(group)
    return [g for g in groups if len(g) > 1 or len(g[0].here) >= LONE_POINTS]


def _agreeing(anchors: Sequence[Anchor], size: tuple[int, int]) -> list[Anchor]:
    """The most anchors that agree with one of them."""
    sets = [[b for b in anchors if apart(a.matrix, b.matrix, size) < AGREE * size[0]] for a in anchors]
    return max(sets, key=lambda s: (len(s), sum(len(a.here) for a in s)), default=[])


def pooled(anchors: Sequence[Anchor], reach: float) -> Matrix:
    """One matrix from the matched points of all anchors, their weave averaged out; `reach` in reference pixels."""
    here, there = (np.concatenate([getattr(a, side) for a in anchors]) for side in ("here", "there"))
    matrix, _ = homography(here, there, reach)
    return anchors[0].matrix if matrix is None else matrix / matrix[2, 2]


def settled(scan: Views, reference: Views, box: Box, anchors: Sequence[Anchor], frames: int, reach: int,
            run: Run) -> tuple[Matrix, list[tuple[int, int]]]:
    """A geometry, and the anchors' scan frames on their right reference frames: time and place are taken in turn until neither changes.

    Points alone put a panning shot a frame late and a shift aside; the fit of everything that moves settles it. Anchors that fit much
    worse than the best are dropped: their scan frame may have no partner at all. No pairs where the geometry makes nothing alike.
    """
    grid = Grid.over(box, COARSE)
    matrix = pooled(anchors, 3.0)
    pairs = [(a.scan, a.reference) for a in anchors]
    for turn in range(4):
        run.step(turn, 4, "settling the geometry")
        comparer = Comparer(scan, reference, grid, matrix)
        before = pairs
        found = [(i, *_nearest(comparer, i, j, frames, reach if turn < 2 else 2)) for i, j in before]
        least = min(cost for _, _, cost in found)
        if least >= 0:
            return matrix, []
        pairs = [(i, j) for i, j, cost in found if cost <= FITTING * least]
        refined = refine(scan, reference, grid, matrix, pairs)
        still = pairs == before and apart(matrix, refined, scan.size) < 0.5
        matrix = refined
        if still:
            break
    return matrix, pairs


def _nearest(comparer: Comparer, i: int, j: int, frames: int, reach: int) -> tuple[int, float]:
    """The reference frame near `j` that costs least, and what it costs."""
    fixed = comparer.scan(i)
    near = range(max(0, j - reach), min(frames, j + reach + 1))
    cost, best = min((comparer.pair(fixed, k)[0], k) for k in near)
    return best, cost


def refine(scan: Views, reference: Views, grid: Grid, geometry: Matrix, pairs: Sequence[tuple[int, int]], steps: int = 8) -> Matrix:
    """`geometry` refined on `pairs` (scan frame, reference frame) together on `grid`; the mean weave of the pairs is 0 after it."""
    shifts = np.zeros((len(pairs), 2))
    for _ in range(steps):
        comparer = Comparer(scan, reference, grid, geometry)
        terms = basis(comparer.valid)
        parts = [normal_equations(*comparer.explained(i, j, shift), comparer.valid, terms)
                 for (i, j), shift in zip(pairs, shifts, strict=True)]
        bend, turn = solved(parts, shifts)
        shifts = shifts + turn
        middle = np.median(shifts, 0)
        shifts = shifts - middle
        bent = as_homography(bend, grid.size) @ moved(*middle)
        geometry = geometry @ grid.matrix @ bent @ np.linalg.inv(grid.matrix)
        geometry = geometry / geometry[2, 2]
        if np.abs(through(bent, corners(grid.size)) - corners(grid.size)).max() < 0.01:
            break
    return geometry


def basis(valid: Plane) -> NDArray[np.float32]:
    """(5, n) 1, u, v, u*u .. at the valid pixels are made of these: u and v run from -1 to 1 over the grid. Here: u, v, u*u, u*v, v*v."""
    h, w = valid.shape
    v, u = np.mgrid[-1:1:h * 1j, -1:1:w * 1j].astype(np.float32)
    u, v = u[valid > 0], v[valid > 0]
    return np.stack([u, v, u * u, u * v, v * v])


def normal_equations(fixed: Plane, moving: Plane, valid: Plane, terms: NDArray[np.float32]) -> tuple[Matrix, NDArray[np.float64]]:
    """(8, 8) and (8,) for the parameters dx0, dxu, dxv, dy0, dyu, dyv and two of perspective, weighted by how well the pair fits."""
    inside = valid > 0
    gx, gy = ((0.5 * (a + b))[inside] for a, b in zip(gradients(fixed), gradients(moving), strict=True))
    difference = fixed - moving
    weight = trust(difference, valid)[inside]
    difference = difference[inside]
    u, v, uu, uv, vv = terms
    rows = np.stack([gx, gx * u, gx * v, gy, gy * u, gy * v, gx * uu + gy * uv, gx * uv + gy * vv])
    weighted = rows * (weight / (np.median(np.square(difference)) + 1e-4))
    return (weighted @ rows.T).astype(np.float64), (weighted @ difference).astype(np.float64)


def solved(parts: Sequence[tuple[Matrix, NDArray[np.float64]]],
            shifts: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(8,) change of the common homography and (n, 2) of the weaves, from the normal equations of all pairs."""
    n, own = len(parts), [0, 3]
    a, b = np.zeros((8 + 2 * n, 8 + 2 * n)), np.zeros(8 + 2 * n)
    for k, (square, right) in enumerate(parts):
        at = slice(8 + 2 * k, 10 + 2 * k)
        pull = _GAUGE * np.trace(square[np.ix_(own, own)]) / 2 if n > 1 else 1e6 * np.trace(square)
        a[:8, :8] += square
        a[:8, at] = square[:, own]
        a[at, :8] = square[own]
        a[at, at] = square[np.ix_(own, own)] + np.eye(2) * pull
        b[:8] += right
        b[at] = right[own] - pull * shifts[k]
    a += np.diag(1e-6 * np.diag(a) + 1e-9)
    found = np.asarray(np.linalg.solve(a, b), np.float64)
    return found[:8], found[8:].reshape(n, 2)


def as_homography(bend: NDArray[np.float64], size: tuple[int, int]) -> Matrix:
    """The homography that moves the corners of the grid as the parameters say."""
    u, v = np.array([-1, 1, 1, -1.0]), np.array([-1, -1, 1, 1.0])
    dx = bend[0] + bend[1] * u + bend[2] * v + bend[6] * u * u + bend[7] * u * v
    dy = bend[3] + bend[4] * u + bend[5] * v + bend[6] * u * v + bend[7] * v * v
    from_, to = corners(size), corners(size) + np.stack([dx, dy], 1)
    return np.asarray(cv2.getPerspectiveTransform(from_.astype(np.float32), to.astype(np.float32)), np.float64)


def fit(comparer: Comparer, pairs: Sequence[tuple[int, int]]) -> float:
    """The median correlation, over pairs, of the median tile: above 0.3 where the two show the same."""
    def one(i: int, j: int) -> float:
        fixed = comparer.scan(i)
        _, laid = comparer.pair(fixed, j)
        tiles, share = correlation(fixed, laid.plane, comparer.valid)
        return float(np.median(tiles[share > 0.3 * share.max()]))

    return float(np.median([one(i, j) for i, j in pairs])) if comparer.valid.any() else 0.0
