"""Fitting a balance: the aligned reference tells what the luma of a faded scan should be.

Scan and reference are compared smoothed, so that grain is no bias, on a bounded number of frames and sites, with a pseudo-Huber loss and the
confidence of the alignment as weights (Huber, "Robust Estimation of a Location Parameter", 1964), by Levenberg-Marquardt (Marquardt 1963).
A weak dye can only be brought back with its grain. So the scan's grain is measured where the picture is flat, and what a balance would do to
it counts as an error of equal rank: in luma it should come out as it went in, neither amplified nor washed out.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from engine.align.alignment import Alignment, FrameMatch
from engine.align.masks import agreement
from engine.align.space import coverage, to_scan
from engine.balance.balance import KNOTS, Balance, Doubles, bend, density, from_density
from engine.media.colour import LUMA, to_display
from engine.media.source import FrameSource, Picture
from engine.run import Run

FRAMES = 24                 # read at most
SITES = 12_000              # compared, over all frames
FEWEST_SITES = 500
SMOOTHING = 2.0 / 900       # sigma over the scan's width: four times the grain, wider than what an alignment misses
TRUSTED = 0.5               # least agreement and confidence

CHANNEL_WEIGHT = 0.1        # of a channel's error beside that of luma
HUBER = 0.06                # luma errors well above this are taken for something else
PRIOR = 3e-3                # pull of matrix and curves to the identity: decides only what the picture leaves open
MATRIX_PRIOR, BEND_PRIOR, KINK_PRIOR = 0.02, 0.05, 0.3
STEEPEST = 3.0              # slope of a curve, and its inverse the flattest
ROUNDS = 30

_LUMA: Doubles = LUMA.astype(np.float64)
_SLOPES = len(KNOTS) - 1


def fit_balance(
    scan: FrameSource, reference: FrameSource, alignment: Alignment, scan_encoding: str, reference_encoding: str, run: Run
) -> Balance:
    """The balance that brings the luma of `scan` as near to the reference's as one pointwise correction for the film can, and the channels
    about right. The identity, and a line to the user, where scan and reference agree in too few places to tell."""
    matches = _spread([m for m in alignment.frames if m.reference is not None and m.confidence >= TRUSTED])
    parts = []
    for done, match in enumerate(matches):
        run.step(done, len(matches), "balance")
        parts.append(_look(scan, reference, match, (scan_encoding, reference_encoding)))
    sites = _Sites.of(parts)
    if len(sites.scan) < FEWEST_SITES:
        run.say("balance: scan and reference agree in too few places to fit one; the scan is used as it is")
        return Balance.identity()
    solution = _solve(sites, run)
    fitted = _balance(solution)
    errors = [float(np.average(np.abs((picture - sites.reference) @ _LUMA), weights=sites.weight))
              for picture in (sites.scan, fitted.exact(sites.scan))]
    return Balance(fitted.matrix, fitted.offset, fitted.curves, tuple(m.scan for m in matches), (errors[0], errors[1]))


def _spread(matches: list[FrameMatch]) -> list[FrameMatch]:
    """At most FRAMES of them, spread over the film: the surest of each stretch."""
    stretches = np.array_split(np.arange(len(matches)), min(FRAMES, len(matches))) if matches else []
    return [max((matches[int(i)] for i in stretch), key=lambda m: m.confidence) for stretch in stretches]


@dataclass(frozen=True)
class _Sites:
    """Places of the film, a row each: display values of both sides smoothed, a weight, and grain of the scan (from other, flat places)."""

    scan: Doubles           # (n, 3)
    reference: Doubles      # (n, 3)
    weight: Doubles         # (n,)
    grain: Doubles          # (m, 3) density

    @staticmethod
    def of(parts: list[_Sites]) -> _Sites:
        if not parts:
            return _Sites(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros(0), np.zeros((0, 3)))
        return _Sites(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("scan", "reference", "weight", "grain")))


def _look(scan: FrameSource, reference: FrameSource, match: FrameMatch, encodings: tuple[str, str]) -> _Sites:
    """Sites of one frame, drawn evenly from where the two agree."""
    assert match.reference is not None
    sharp = to_display(scan.read(match.scan), encodings[0])
    size = (sharp.shape[1], sharp.shape[0])
    other = to_display(reference.read(match.reference), encodings[1])
    covered = coverage(match.matrix, (other.shape[1], other.shape[0]), size)
    other = to_scan(other, match.matrix, size)
    trust = agreement(sharp, other, covered)
    sigma = max(1.5, SMOOTHING * size[0])
    soft, other = (cv2.GaussianBlur(picture, (0, 0), sigma) for picture in (sharp, other))
    draw = np.random.default_rng(match.scan)
    margin = round(3 * sigma)
    inner = cv2.erode(np.pad(trust >= TRUSTED, 1).astype(np.uint8), np.ones((2 * margin + 1,) * 2, np.uint8))[1:-1, 1:-1]
    rows, columns = _drawn(inner > 0, draw, SITES // FRAMES)
    flat_rows, flat_columns = _drawn(_flat(soft, sigma, inner > 0), draw, SITES // FRAMES)
    pick: Callable[[Picture], Doubles] = lambda picture: picture[rows, columns].astype(np.float64)
    grain = density(sharp[flat_rows, flat_columns].astype(np.float64)) - density(soft[flat_rows, flat_columns].astype(np.float64))
    return _Sites(pick(soft), pick(other), pick(trust) * match.confidence, grain)


def _flat(soft: Picture, sigma: float, inner: np.ndarray) -> np.ndarray:
    """The flattest third of `inner`, where what differs from the smoothed picture is grain."""
    relief = np.abs(soft - cv2.GaussianBlur(soft, (0, 0), 2 * sigma)).max(2)
    return inner & (relief <= np.quantile(relief[inner], 1 / 3)) if inner.any() else inner


def _drawn(where: np.ndarray, draw: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = np.nonzero(where)
    some = draw.choice(len(rows), min(count, len(rows)), replace=False)
    return rows[some], columns[some]


def grain_covariance(grain: Doubles) -> Doubles:
    """(m, 3) deviations, some of them dirt or detail, to the (3, 3) covariance of their core (median absolute deviation)."""
    centred = grain - np.median(grain, 0)
    spread = 1.4826 * np.median(np.abs(centred), 0) + 1e-9
    core = centred[(np.abs(centred) < 3 * spread).all(1)]
    deviation = core.std(0) + 1e-12
    correlation = (core.T @ core) / max(len(core), 1) / np.outer(deviation, deviation)
    return np.asarray(correlation * np.outer(spread, spread))


def _solve(sites: _Sites, run: Run) -> Doubles:
    """Parameters (see `_parts`) that make the weighted errors of luma, channels and grain least."""
    scan, wanted = density(sites.scan), sites.reference
    grain = np.random.default_rng(0).multivariate_normal(np.zeros(3), grain_covariance(sites.grain), len(scan))
    share = np.sqrt(sites.weight / sites.weight.sum())[:, None]
    as_it_was = from_density(density(wanted) + grain) - wanted

    def errors(parameters: Doubles) -> Doubles:
        balanced = _display(parameters, scan)
        colour = balanced - wanted
        noise = _display(parameters, scan + grain) - balanced - as_it_was
        both = np.concatenate([colour, noise], 1).reshape(-1, 2, 3)
        luma, channels = _huber(both @ _LUMA), CHANNEL_WEIGHT * _huber(both).reshape(-1, 6)
        return np.concatenate([(share * luma).ravel(), (share * channels).ravel(), PRIOR * _strangeness(parameters)])

    return _least(errors, _start(scan, density(wanted), sites.weight), run)


def _huber(errors: Doubles) -> Doubles:
    """Errors whose square is the pseudo-Huber loss."""
    return np.asarray(np.sign(errors) * HUBER * np.sqrt(2 * (np.sqrt(1 + (errors / HUBER) ** 2) - 1)))


def _start(scan: Doubles, wanted: Doubles, weight: Doubles) -> Doubles:
    """Matrix and offset by weighted least squares in density, pulled a little to the identity; straight curves."""
    x = np.column_stack([scan, np.ones(len(scan))])
    pull = 1e-4 * weight.sum() * np.diag([1.0, 1.0, 1.0, 0.0])
    solution = np.linalg.solve((x * weight[:, None]).T @ x + pull, (x * weight[:, None]).T @ wanted + pull @ np.eye(4, 3))
    return np.concatenate([solution.T.ravel(), np.zeros(3 * _SLOPES)])


def _parts(parameters: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """Matrix (3, 3), offset (3,) and the curves (3, knots); these stay where they are at the middle knot and bend around it."""
    affine = parameters[:12].reshape(3, 4)
    slopes = np.exp(np.log(STEEPEST) * np.tanh(parameters[12:].reshape(3, _SLOPES)))
    curves = np.concatenate([np.zeros((3, 1)), np.cumsum(slopes * np.diff(KNOTS), 1)], 1)
    middle = len(KNOTS) // 2
    return affine[:, :3], affine[:, 3], curves - curves[:, middle:middle + 1] + KNOTS[middle]


def _display(parameters: Doubles, scan: Doubles) -> Doubles:
    matrix, offset, curves = _parts(parameters)
    mixed = scan @ matrix.T + offset
    return from_density(np.stack([bend(mixed[:, c], curves[c]) for c in range(3)], 1))


def _balance(parameters: Doubles) -> Balance:
    matrix, offset, curves = _parts(parameters)
    return Balance(tuple(map(tuple, matrix.tolist())), tuple(offset.tolist()), tuple(map(tuple, curves.tolist())))


def _strangeness(parameters: Doubles) -> Doubles:
    """How far from the identity: matrix and offset, slopes of the curves, and how much these change from knot to knot."""
    affine, slopes = parameters[:12].reshape(3, 4) - np.eye(3, 4), parameters[12:].reshape(3, _SLOPES)
    return np.concatenate([MATRIX_PRIOR * affine.ravel(), BEND_PRIOR * slopes.ravel(), KINK_PRIOR * np.diff(slopes, axis=1).ravel()])


def _least(errors: Callable[[Doubles], Doubles], start: Doubles, run: Run) -> Doubles:
    """Levenberg-Marquardt with a Jacobian by differences."""
    best, damping = start, 1e-3
    residual = errors(best)
    for done in range(ROUNDS):
        run.step(done, ROUNDS, "balance")
        step = 1e-4 * np.eye(len(best))
        jacobian = np.stack([(errors(best + one) - residual) / 1e-4 for one in step], 1)
        hessian, gradient = jacobian.T @ jacobian, jacobian.T @ residual
        before = float(residual @ residual)
        for _ in range(8):
            trial = best - np.linalg.solve(hessian + damping * np.diag(np.diag(hessian) + 1e-12), gradient)
            after = errors(trial)
            if after @ after < before:
                break
            damping *= 5
        else:
            return best
        best, residual, damping = trial, after, damping / 5
        if before - float(after @ after) < 1e-5 * before:
            return best
    return best
