"""Fitting a balance: the aligned reference tells what the luma of a faded scan should be.

Scan and reference are compared smoothed, so that grain is no bias, on a bounded number of frames and sites, with a pseudo-Huber loss
(Huber, "Robust Estimation of a Location Parameter", 1964) and the confidence of the alignment as weights, by Levenberg-Marquardt
(Marquardt 1963).
A weak dye can only be brought back with its grain. So the scan's grain is measured where the picture is flat, and what a balance would do
to it counts as an error of equal rank: it should come out as it went in, neither amplified nor washed out.
Unevenness over the frame is fitted on each half of the film and tried on the other: it is kept only where it holds there too.
"""
from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import repeat

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import Alignment, FrameMatch
from engine.align.masks import agreement
from engine.align.space import coverage, to_scan
from engine.balance.balance import GRID, KNOTS, Balance, Doubles, bend, density, from_density, spline
from engine.media.colour import LUMA, to_display
from engine.media.source import FrameSource, Picture
from engine.run import Run, each

Mask = NDArray[np.bool_]

FRAMES = 24                 # read at most
SITES = 7_200               # compared, over all frames
FEWEST_SITES = 500
FEWEST_FRAMES = 4           # before unevenness can be told from what a picture shows
SMOOTHING = 2.0 / 900       # sigma over the scan's width: four times the grain, wider than what an alignment misses
LOOK_WIDTH = 1024           # at which agreement is looked for
TRUSTED = 0.5               # least agreement and confidence

CHANNEL_WEIGHT = 0.1        # of a channel's error beside that of luma
HUBER = 0.06                # luma errors well above this are taken for something else
PRIOR = 3e-3                # pull of matrix and curves to the identity: decides only what the picture leaves open
MATRIX_PRIOR, BEND_PRIOR, KINK_PRIOR = 0.02, 0.05, 0.3
UNEVEN_PRIOR, ROUGH_PRIOR = 4.0, 1.0    # strong enough that corners which the reference does not show stay sensible
WORTH_IT = 0.97             # of the luma error of an even balance, where one with unevenness is tried: more is not kept
STEEPEST = 3.0              # slope of a curve, and its inverse the flattest
ROUNDS = 30

_LUMA: Doubles = LUMA.astype(np.float64)
_SLOPES = len(KNOTS) - 1
_POINTWISE = 12 + 3 + 3 * _SLOPES       # parameters before those of the unevenness


def fit_balance(
    scan: FrameSource, reference: FrameSource, alignment: Alignment, scan_encoding: str, reference_encoding: str, run: Run
) -> Balance:
    """The balance that brings the luma of `scan` as near to the reference's as one pointwise correction for the film can, and the channels
    about right. The identity, and a line to the user, where scan and reference agree in too few places to tell."""
    matches = _spread([m for m in alignment.frames if m.reference is not None and m.confidence >= TRUSTED])
    parts: list[_Sites] = []
    encodings, count = (scan_encoding, reference_encoding), SITES // max(len(matches), 1)
    for part in each(_look, repeat(scan), repeat(reference), matches, repeat(encodings), repeat(count),
                     room=scan.info.working_bytes):
        run.step(len(parts), len(matches), "balance")
        parts.append(part)
    sites = _Sites.of(parts)
    if len(sites.scan) < FEWEST_SITES:
        run.say("balance: scan and reference agree in too few places to fit one; the scan is used as it is")
        return Balance.identity()
    problem = _Problem(sites)
    even = _least(problem, problem.start(), False, run)
    uneven = len(matches) >= FEWEST_FRAMES and _is_uneven(sites, run)
    solution = _least(problem, even, True, run) if uneven else even
    before = float(np.average(np.abs((sites.scan - sites.reference) @ _LUMA), weights=sites.weight))
    return _balance(solution, tuple(m.scan for m in matches), (before, problem.luma_error(solution)))


def _is_uneven(sites: _Sites, run: Run) -> bool:
    """Whether unevenness found on one half of the film makes luma better on the other, both ways together."""
    even, uneven = 0.0, 0.0
    cut = len(sites.scan) // 2
    halves = [_Problem(sites.part(slice(0, cut))), _Problem(sites.part(slice(cut, None)))]
    for fitted, tried in (halves, halves[::-1]):
        plain = _least(fitted, fitted.start(), False, run)
        even += tried.luma_error(plain)
        uneven += tried.luma_error(_least(fitted, plain, True, run))
    return uneven < WORTH_IT * even


def _spread(matches: list[FrameMatch]) -> list[FrameMatch]:
    """At most FRAMES of them, spread over the film: the surest of each stretch."""
    stretches = np.array_split(np.arange(len(matches)), min(FRAMES, len(matches))) if matches else []
    return [max((matches[int(i)] for i in stretch), key=lambda m: m.confidence) for stretch in stretches]


@dataclass(frozen=True)
class _Sites:
    """Places of the film, in its order, a row each: display values of both sides smoothed, a weight, the place in the frame, and grain
    of the scan (from other, flat places)."""

    scan: Doubles           # (n, 3)
    reference: Doubles      # (n, 3)
    weight: Doubles         # (n,)
    place: Doubles          # (n, 2) down and across, 0..1
    grain: Doubles          # (m, 3) density

    @staticmethod
    def of(parts: list[_Sites]) -> _Sites:
        if not parts:
            return _Sites(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros(0), np.zeros((0, 2)), np.zeros((0, 3)))
        return _Sites(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(_Sites)))

    def part(self, which: slice) -> _Sites:
        return _Sites(self.scan[which], self.reference[which], self.weight[which], self.place[which], self.grain)


def _look(scan: FrameSource, reference: FrameSource, match: FrameMatch, encodings: tuple[str, str], count: int) -> _Sites:
    """Up to `count` sites of one frame, drawn evenly from where the two agree."""
    assert match.reference is not None
    sharp = to_display(scan.read(match.scan), encodings[0])
    size = (sharp.shape[1], sharp.shape[0])
    other = to_display(reference.read(match.reference), encodings[1])
    covered = coverage(match.matrix, (other.shape[1], other.shape[0]), size)
    other = to_scan(other, match.matrix, size)
    trust = _trust(sharp, other, covered)
    sigma = max(1.5, SMOOTHING * size[0])
    soft, other = _smoothed(sharp, sigma), _smoothed(other, sigma)
    draw = np.random.default_rng(match.scan)
    margin = round(sigma)
    inner = cv2.erode(np.pad(trust >= TRUSTED, 1).astype(np.uint8), np.ones((2 * margin + 1,) * 2, np.uint8))[1:-1, 1:-1] > 0
    at, flat = _drawn(inner, draw, count), _drawn(_flat(soft, sigma, inner), draw, count)
    grain = density(_values(sharp, flat)) - density(_values(soft, flat))
    place = (np.column_stack(at) + 0.5) / np.array(sharp.shape[:2])
    return _Sites(_values(soft, at), _values(other, at), _values(trust, at) * match.confidence, place, grain)


def _trust(scan: Picture, reference: Picture, covered: Mask) -> NDArray[np.float32]:
    """Agreement, (h, w), found at a width of LOOK_WIDTH at most."""
    height, width = covered.shape
    size = (min(width, LOOK_WIDTH), max(1, round(height * min(1, LOOK_WIDTH / width))))
    small = [np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)
             for plane in (scan, reference, covered.astype(np.float32))]
    trust = agreement(small[0], small[1], small[2] > 0.999)
    return np.asarray(cv2.resize(trust, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _smoothed(picture: Picture, sigma: float) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.float32)


def _flat(soft: Picture, sigma: float, inner: Mask) -> Mask:
    """The flattest third of `inner`, where what differs from the smoothed picture is grain."""
    if not inner.any():
        return inner
    relief = np.abs(soft - _smoothed(soft, 2 * sigma)).max(2)
    return np.asarray(inner & (relief <= np.quantile(relief[inner], 1 / 3)))


def _drawn(where: Mask, draw: np.random.Generator, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    rows, columns = np.nonzero(where)
    some = draw.choice(len(rows), min(count, len(rows)), replace=False)
    return rows[some], columns[some]


def _values(plane: NDArray[np.float32], at: tuple[NDArray[np.intp], NDArray[np.intp]]) -> Doubles:
    return np.asarray(plane[at], np.float64)


def grain_covariance(grain: Doubles) -> Doubles:
    """(m, 3) deviations, some of them dirt or detail, to the (3, 3) covariance of their core (median absolute deviation)."""
    centred = grain - np.median(grain, 0)
    spread = 1.4826 * np.median(np.abs(centred), 0) + 1e-9
    core = centred[(np.abs(centred) < 3 * spread).all(1)]
    deviation = core.std(0) + 1e-12
    correlation = (core.T @ core) / max(len(core), 1) / np.outer(deviation, deviation)
    return np.asarray(correlation * np.outer(spread, spread))


def _huber(errors: Doubles) -> Doubles:
    """Errors whose square is the pseudo-Huber loss."""
    return np.asarray(np.sign(errors) * HUBER * np.sqrt(2 * (np.sqrt(1 + (errors / HUBER) ** 2) - 1)))


class _Problem:
    """What the parameters (see `_parts`, then the logarithms of unevenness over GRID) have to make least."""

    def __init__(self, sites: _Sites) -> None:
        self._sites, self._scan = sites, density(sites.scan)
        self._grain = np.random.default_rng(0).multivariate_normal(np.zeros(3), grain_covariance(sites.grain), len(sites.scan))
        self._share = np.sqrt(sites.weight / sites.weight.sum())[:, None]
        self._wanted_grain = from_density(density(sites.reference) + self._grain) - sites.reference
        down, across = (spline(sites.place[:, axis], GRID[axis]) for axis in (0, 1))
        self._weights = (down[:, :, None] * across[:, None]).reshape(len(down), -1)

    def start(self) -> Doubles:
        """Matrix and offset by weighted least squares in density, pulled a little to the identity; straight curves, nothing uneven."""
        x, wanted = np.column_stack([self._scan, np.ones(len(self._scan))]), density(self._sites.reference)
        weighted = (x * np.square(self._share)).T
        pull = 1e-4 * np.diag([1.0, 1.0, 1.0, 0.0])
        affine = np.linalg.solve(weighted @ x + pull, weighted @ wanted + pull @ np.eye(4, 3))
        return np.concatenate([affine.T.ravel(), np.zeros(_POINTWISE - 12 + GRID[0] * GRID[1])])

    def luma_error(self, parameters: Doubles) -> float:
        """Mean difference of luma from the reference, 0..1."""
        balanced = _display(parameters, self._scan, self._weights @ parameters[_POINTWISE:])
        return float(np.average(np.abs((balanced - self._sites.reference) @ _LUMA), weights=self._sites.weight))

    def errors(self, parameters: Doubles) -> Doubles:
        """Residuals of the sites, (n, 8) raveled, then those of the prior."""
        return np.concatenate([self._errors(parameters, self._weights @ parameters[_POINTWISE:]).ravel(), _strangeness(parameters)])

    def jacobian(self, parameters: Doubles, free: int) -> Doubles:
        """Of `errors` by the first `free` parameters, by differences; unevenness acts on each site through one number."""
        uneven, step = self._weights @ parameters[_POINTWISE:], 1e-4
        here = self._errors(parameters, uneven)
        shifted = parameters + step * np.eye(len(parameters))[:free]
        columns = [((self._errors(one, uneven) - here) / step).ravel() for one in shifted[:_POINTWISE]]
        if free > _POINTWISE:
            by_uneven = (self._errors(parameters, uneven + step) - here) / step
            columns += [(by_uneven * weight[:, None]).ravel() for weight in self._weights.T]
        prior = [(_strangeness(one) - _strangeness(parameters)) / step for one in shifted]
        return np.concatenate([np.stack(columns, 1), np.stack(prior, 1)])

    def _errors(self, parameters: Doubles, uneven: Doubles) -> Doubles:
        """(n, 8): of luma, of its grain, of the channels, of theirs."""
        balanced = _display(parameters, self._scan, uneven)
        grain = _display(parameters, self._scan + self._grain, uneven) - balanced - self._wanted_grain
        both = np.stack([balanced - self._sites.reference, grain], 1)
        every = np.concatenate([both @ _LUMA, CHANNEL_WEIGHT * both.reshape(-1, 6)], 1)
        return np.asarray(self._share * _huber(every))


def _parts(parameters: Doubles) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """Matrix (3, 3), offset (3,), base (3,) and the curves (3, knots); these stay where they are at the middle knot and bend around it."""
    affine = parameters[:12].reshape(3, 4)
    slopes = np.exp(np.log(STEEPEST) * np.tanh(parameters[15:_POINTWISE].reshape(3, _SLOPES)))
    curves = np.concatenate([np.zeros((3, 1)), np.cumsum(slopes * np.diff(KNOTS), 1)], 1)
    middle = len(KNOTS) // 2
    return affine[:, :3], affine[:, 3], parameters[12:15], curves - curves[:, middle:middle + 1] + KNOTS[middle]


def _display(parameters: Doubles, scan: Doubles, uneven: Doubles) -> Doubles:
    matrix, offset, base, curves = _parts(parameters)
    mixed = (scan @ matrix.T + offset - base) * np.exp(uneven)[:, None] + base
    return from_density(np.stack([bend(mixed[:, c], curves[c]) for c in range(3)], 1))


def _balance(parameters: Doubles, frames: tuple[int, ...], luma_error: tuple[float, float]) -> Balance:
    matrix, offset, base, curves = _parts(parameters)
    uneven = parameters[_POINTWISE:].reshape(GRID)
    return Balance(tuple(map(tuple, matrix.tolist())), tuple(offset.tolist()), tuple(map(tuple, curves.tolist())), tuple(base.tolist()),
                   tuple(map(tuple, uneven.tolist())) if uneven.any() else (), frames, luma_error)


def _strangeness(parameters: Doubles) -> Doubles:
    """How far from the identity: matrix, its inverse, offset and base; slopes of the curves, and how these change; unevenness, and how
    that bends."""
    affine, base = parameters[:12].reshape(3, 4) - np.eye(3, 4), parameters[12:15]
    inverse = np.linalg.pinv(affine[:, :3] + np.eye(3)) - np.eye(3)
    slopes, uneven = parameters[15:_POINTWISE].reshape(3, _SLOPES), parameters[_POINTWISE:].reshape(GRID)
    return PRIOR * np.concatenate([
        MATRIX_PRIOR * affine.ravel(), MATRIX_PRIOR * inverse.ravel(), MATRIX_PRIOR * base,
        BEND_PRIOR * slopes.ravel(), KINK_PRIOR * np.diff(slopes, axis=1).ravel(),
        UNEVEN_PRIOR * uneven.ravel(), ROUGH_PRIOR * np.diff(uneven, 2, 0).ravel(), ROUGH_PRIOR * np.diff(uneven, 2, 1).ravel()])


def _least(problem: _Problem, start: Doubles, with_unevenness: bool, run: Run) -> Doubles:
    """Levenberg-Marquardt from `start`; unevenness stays as it is there unless it is wanted."""
    free = len(start) if with_unevenness else _POINTWISE
    best, damping, residual = start, 1e-3, problem.errors(start)
    for done in range(ROUNDS):
        run.step(done, ROUNDS, "balance")
        jacobian = problem.jacobian(best, free)
        hessian, gradient = jacobian.T @ jacobian, jacobian.T @ residual
        before = float(residual @ residual)
        for _ in range(8):
            trial = best.copy()
            trial[:free] -= np.linalg.solve(hessian + damping * np.diag(np.diag(hessian) + 1e-12), gradient)
            after = problem.errors(trial)
            if after @ after < before:
                break
            damping *= 5
        else:
            return best
        best, residual, damping = trial, after, damping / 5
        if before - float(after @ after) < 1e-4 * before:
            return best
    return best
