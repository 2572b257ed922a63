"""The LUT: colour point by point. It is the baseline that a net has to beat, and what the net starts from.

A 3D LUT over Y', Cb, Cr holds a correction of chroma at every node. It is fitted by least squares with a penalty on its second
differences (so that it goes on smoothly where the pairs show no colour) and a weak pull toward a prior: for the film's LUT an affine
fit, for a shot's LUT that of the film, so that a shot with few pairs, or colours that it does not show, falls back on the whole film.
The method is regularised lattice regression (Garcia, Arora, Gupta, "Lattice regression", NIPS 2009).
"""
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.media.colour import to_ycbcr
from engine.pairs.pair import Pair

Doubles = NDArray[np.float64]

NODES = 13
BINS = 56
CHROMA_BINS = 4096
SMOOTHNESS = 0.1
FILM_PULL = 0.003
SHOT_PULL = 1.0
MARGIN = 0.02
ITERATIONS = 150    # at most
SOLVED = 1e-16      # of the energy of the first residual: below it nothing changes any more; a shot's LUT takes some 30 iterations


@dataclass(frozen=True)
class Domain:
    """The box of Y', Cb, Cr that the LUTs of a film cover; colours outside it take the value of its border."""

    low: tuple[float, float, float]
    high: tuple[float, float, float]

    @staticmethod
    def of(pairs: Iterable[Pair]) -> Domain:
        """All luma, and the chroma of the pairs but for one pixel in a thousand."""
        counts = np.zeros((2, CHROMA_BINS))
        for pair in pairs:
            chroma = to_ycbcr(pair.scan[::4, ::4].astype(np.float32)).reshape(-1, 3)[:, 1:]
            counts += [np.histogram(plane, CHROMA_BINS, (-0.5, 0.5))[0] for plane in chroma.T]
        shares = np.cumsum(counts, 1) / counts.sum(1, keepdims=True)
        edges = [np.searchsorted(share, (0.0005, 0.9995)) / CHROMA_BINS - 0.5 for share in shares]
        low, high = ([float(edge[end]) for edge in edges] for end in (0, 1))
        return Domain((0.0, low[0] - MARGIN, low[1] - MARGIN), (1.0, high[0] + MARGIN, high[1] + MARGIN))

    def cells(self, ycc: NDArray[np.floating], count: int) -> Doubles:
        """Y'CbCr (..., 3) to 0..count-1 on each axis, clipped."""
        low, high = np.array(self.low), np.array(self.high)
        cells: Doubles = np.clip((ycc - low) / (high - low), 0, 1) * (count - 1)
        return cells


@dataclass(frozen=True)
class Samples:
    """Pixels gathered by colour: mean Y'CbCr (n, 3), mean target chroma (n, 2), and their trusted number, n of them in all 10,000."""

    ycc: Doubles
    chroma: Doubles
    count: Doubles


@dataclass(frozen=True)
class Gathered:
    """All pixels of some pairs in BINS^3 bins of colour: the bins that hold any (n,), and the sums in them (6, n) of Y', Cb, Cr, the target
    chroma and the trust, each weighted by the trust."""

    bins: NDArray[np.int64]
    sums: Doubles

    @staticmethod
    def join(parts: Iterable[Gathered]) -> Gathered:
        """Those of several, taken together."""
        sums = np.zeros((6, BINS ** 3))
        for part in parts:
            sums[:, part.bins] += part.sums
        return filled(sums)

    @property
    def samples(self) -> Samples:
        means = (self.sums[:5] / self.sums[5]).T
        return Samples(means[:, :3], means[:, 3:], self.sums[5] * (10_000 / max(self.sums[5].sum(), 1e-9)))


def gather(pairs: Iterable[Pair], domain: Domain) -> Gathered:
    """All pixels of the pairs."""
    sums = np.zeros((6, BINS ** 3))
    for pair in pairs:
        ycc = to_ycbcr(pair.scan.astype(np.float32)).reshape(-1, 3)
        place = np.ravel_multi_index(tuple(np.rint(domain.cells(ycc, BINS)).astype(np.int64).T), (BINS,) * 3)
        weight = pair.weight.reshape(-1) / 255.0
        columns = (*ycc.T, *pair.chroma.reshape(-1, 2).astype(np.float64).T)
        for row, values in enumerate(columns):
            sums[row] += np.bincount(place, weight * values, BINS ** 3)
        sums[5] += np.bincount(place, weight, BINS ** 3)
    return filled(sums)


def filled(sums: Doubles) -> Gathered:
    """The bins of (6, BINS^3) that hold any pixels."""
    bins = np.flatnonzero(sums[5] > 0)
    return Gathered(bins, sums[:, bins])


@dataclass(frozen=True)
class Lut:
    """`nodes` (NODES, NODES, NODES, 2): target chroma at Y', Cb, Cr."""

    domain: Domain
    nodes: Doubles

    def chroma(self, ycc: NDArray[np.floating]) -> Doubles:
        """Y'CbCr (n, 3) to chroma (n, 2), trilinear between nodes."""
        places, weights = corners(self.domain.cells(ycc, NODES))
        flat = self.nodes.reshape(-1, 2)
        return sum(flat[p] * w[:, None] for p, w in zip(places, weights, strict=True))  # type: ignore[return-value]


def corners(cells: Doubles, count: int = NODES) -> tuple[list[NDArray[np.int64]], list[Doubles]]:
    """The eight nodes, of `count` on an axis, around each point (n, 3) and their trilinear weights."""
    base = np.minimum(cells.astype(np.int64), count - 2)
    part = cells - base
    places, weights = [], []
    for corner in np.ndindex(2, 2, 2):
        places.append(np.ravel_multi_index(tuple((base + corner).T), (count,) * 3))
        weights.append(np.prod(np.where(corner, part, 1 - part), axis=1))
    return places, weights


def fit_film(samples: Samples, domain: Domain) -> Lut:
    """The LUT over all pairs of the film."""
    design = np.c_[samples.ycc, np.ones(len(samples.ycc))]
    weighted = design * samples.count[:, None]
    start = np.linalg.solve(design.T @ weighted + 1e-3 * np.eye(4), weighted.T @ samples.chroma)
    axes = [np.linspace(a, b, NODES) for a, b in zip(domain.low, domain.high, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3)
    prior = Lut(domain, (np.c_[grid, np.ones(len(grid))] @ start).reshape(NODES, NODES, NODES, 2))
    return correct(prior, samples, FILM_PULL)


def fit_shot(film: Lut, samples: Samples) -> Lut:
    """The LUT of a shot: that of the film, corrected by what the shot's own pairs show."""
    return correct(film, samples, SHOT_PULL)


def correct(prior: Lut, samples: Samples, pull: float) -> Lut:
    """`prior` plus the smooth correction that the samples ask for, by conjugate gradients on the normal equations."""
    places, weights = corners(prior.domain.cells(samples.ycc, NODES))
    size = NODES ** 3

    def spread(values: Doubles) -> Doubles:
        return np.stack([sum(np.bincount(p, w * v, size) for p, w in zip(places, weights, strict=True)) for v in values.T], 1)

    def normal(x: Doubles) -> Doubles:
        seen = sum(x[p] * w[:, None] for p, w in zip(places, weights, strict=True))
        return spread(seen * samples.count[:, None]) + SMOOTHNESS * bending(x) + pull * x

    residual = spread((samples.chroma - prior.chroma(samples.ycc)) * samples.count[:, None])
    diagonal = sum(np.bincount(p, w * w * samples.count, size) for p, w in zip(places, weights, strict=True)) + 18 * SMOOTHNESS + pull
    x = conjugate_gradients(normal, residual, np.asarray(diagonal)[:, None])
    return Lut(prior.domain, prior.nodes + x.reshape(prior.nodes.shape))


def bending(x: Doubles) -> Doubles:
    """The gradient of half the squared second differences along the three axes, (NODES^3, 2)."""
    cube = x.reshape(NODES, NODES, NODES, -1)
    total = np.zeros_like(cube)
    for axis in range(3):
        a = np.moveaxis(cube, axis, 0)
        out = np.moveaxis(total, axis, 0)
        second = a[:-2] - 2 * a[1:-1] + a[2:]
        out[:-2] += second
        out[1:-1] -= 2 * second
        out[2:] += second
    return total.reshape(x.shape)


def conjugate_gradients(apply: Callable[[Doubles], Doubles], right: Doubles, diagonal: Doubles) -> Doubles:
    """x (n, k) of apply(x) = right, preconditioned by `diagonal` (n, 1)."""
    x = np.zeros(right.shape)
    residual = right.astype(np.float64)
    direction = scaled = residual / diagonal
    energy = (residual * scaled).sum(0)
    solved = SOLVED * energy
    for _ in range(ITERATIONS):
        if (energy <= solved).all():
            break
        image = apply(direction)
        step = energy / np.maximum((direction * image).sum(0), 1e-300)
        x += step * direction
        residual -= step * image
        scaled = residual / diagonal
        before, energy = energy, (residual * scaled).sum(0)
        direction = scaled + energy / np.maximum(before, 1e-300) * direction
    return x
