"""Which pixels of a print are damaged, learnt frame by frame where its telecine tells, and how far the others are to be kept."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.features import Plane, blurred
from engine.align.tone import Tone, most_agreed
from engine.detail.spread_out import spread_out

SEAM_PX = 3.0           # the print fades in over so many pixels beside damage
_RIM_PX = 1.0           # and is not trusted within so many of it
_LEAST = 0.012          # of luma: a pixel that is sound differs by this much in any case
_ROUNDS = 4
_LEVELS = (24, 64)      # of the telecine's luma and of the print's, for what damage looks like
_SAMPLES = 16_000       # pixels that damage is learnt on
_STRIP = 65_000         # pixels that are told at once by what was learnt: each has 153 terms
_FEW = 400              # with fewer known pixels nothing is learnt
_LIKELY = (0.02, 0.98)  # how sure what is around a pixel can be of it
_MISSED = 5.0           # damage that is missed is so much worse than a sound pixel that is given up
_BLACK = 0.12           # part of the bright tones that the gate stays below
_SPECK_PX = 9           # specks and lines are narrower than this
_APART = 0.1            # of luma: a speck differs at least so much from what is around it, and from the neighbours


def telecine_tone(scan: Plane, telecine: Plane, sound_weight: Plane) -> Tone:
    """The rising curve that takes the telecine's luma to the print's: the one that most pixels lie on, by `sound_weight` (h, w), 0..1."""
    used = (sound_weight > 0) & np.isfinite(telecine) & np.isfinite(scan)
    return most_agreed(telecine[used], scan[used], sound_weight[used])


@dataclass(frozen=True)
class Learnt:
    """What damage looks like: a quadratic logistic fit."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    weights: NDArray[np.float32]

    @staticmethod
    def fit(flat: NDArray[np.float32], wanted: Plane) -> Learnt:
        """Of looks (n, k) and how far they are damaged (n,); Newton's method."""
        step = max(1, len(flat) // _SAMPLES)
        flat, targets = flat[::step], wanted[::step].astype(np.float64)
        mean, scale = flat.mean(0), flat.std(0) + np.float32(1e-4)
        terms = _terms((flat - mean) / scale).astype(np.float64)
        weights = np.zeros(terms.shape[1])
        for _ in range(8):
            likely = 1 / (1 + np.exp(-np.clip(terms @ weights, -20, 20)))
            curve = likely * (1 - likely) + 1e-4
            square = (terms * curve[:, None]).T @ terms + np.eye(len(weights)) * 1e-3 * len(terms) * curve.mean()
            weights += np.linalg.solve(square, terms.T @ (targets - likely) - 1e-3 * len(terms) * curve.mean() * weights)
        return Learnt(mean, scale, weights.astype(np.float32))

    def likely(self, flat: NDArray[np.float32]) -> Plane:
        """(n,) how likely looks (n, k) are damage."""
        found = np.empty(len(flat), np.float32)
        for start in range(0, len(flat), _STRIP):
            here = slice(start, start + _STRIP)
            sums = _terms(np.clip((flat[here] - self.mean) / self.scale, -3, 3)) @ self.weights
            found[here] = 1 / (1 + np.exp(-np.clip(sums, -20, 20)))
        return found


def learnt(scan: Plane, telecine: Plane, covered: NDArray[np.bool_]) -> Learnt | None:
    """What the damage of a frame looks like, as its telecine tells it, for others that have none; None where it tells too little."""
    inside = covered & np.isfinite(telecine)
    if inside.sum() < _FEW:
        return None
    known, _ = _inside(scan, np.where(inside, telecine, 0).astype(np.float32), inside)
    return Learnt.fit(_looks(scan, None, ())[inside], known[inside])


def damage(scan: Plane, telecine: Plane | None, covered: NDArray[np.bool_] | None, neighbours: Sequence[Plane],
           like: Learnt | None = None) -> Plane:
    """(h, w) 0..1, 1 where the print is damaged; all planes are display luma in the geometry of `scan`.

    Inside `covered`, the part that the telecine shows, a pixel is damaged where it is more like what disagrees with the telecine than like
    what agrees, by Bayes' rule over the tones of both. Outside, by what damage looks like inside: a logistic fit of light, contrast, place
    and the difference to `neighbours`. Without a telecine it is what looks `like` the damage of another frame, where that is given, and
    what the neighbours do not show.
    """
    specks = _specks(scan, neighbours)
    if telecine is None or covered is None or covered.sum() < _FEW:
        if like is None:
            return specks
        looks = _looks(scan, None, ())
        found = like.likely(looks.reshape(-1, looks.shape[-1])).reshape(scan.shape)
        return _wary(np.maximum(found, specks))
    inside = covered & np.isfinite(telecine)
    known, laid = _inside(scan, np.where(inside, telecine, 0).astype(np.float32), inside)
    if not inside.all():
        looks = _looks(scan, spread_out(laid, inside), neighbours)
        known[~inside] = np.maximum(Learnt.fit(looks[inside], known[inside]).likely(looks[~inside]), specks[~inside])
    return _wary(known)


def _wary(likely: Plane) -> Plane:
    """A likelihood of damage, weighed by what it costs to be wrong."""
    return np.asarray(_MISSED * likely / (1 + (_MISSED - 1) * likely), np.float32)


def sound(damaged: Plane) -> Plane:
    """(h, w) 0..1 how far the print is to be kept: 0 in damage and beside it, 1 from _RIM_PX + SEAM_PX pixels on."""
    whole = np.asarray(damaged < 0.5, np.uint8)
    if whole.all():
        return np.ones_like(damaged)
    away = cv2.distanceTransform(whole, cv2.DIST_L2, 5)
    return np.asarray(np.clip((away - _RIM_PX) / SEAM_PX, 0, 1), np.float32)


def _inside(scan: Plane, telecine: Plane, inside: NDArray[np.bool_]) -> tuple[Plane, Plane]:
    """The damage where the telecine tells, 0 outside; and the telecine in the print's tone."""
    valid = inside.astype(np.float32)
    laid = telecine_tone(scan, telecine, valid)(telecine)
    difference = scan - laid
    detail = _detail(laid)
    damaged: Plane = np.asarray((np.abs(difference) > 0.12 + detail) * valid, np.float32)
    for _ in range(_ROUNDS):
        whole = (1 - damaged) * valid
        spread = _spread(difference, detail, whole)
        fits = np.exp(-0.5 * np.square(difference / spread)) / (np.sqrt(2 * np.pi) * spread)
        fails = _tones(scan, telecine, damaged * valid, inside)
        around = np.clip(blurred(damaged * valid, 2.5) / (blurred(valid, 2.5) + 1e-6), *_LIKELY)
        damaged = np.asarray(valid * around * fails / (around * fails + (1 - around) * fits + 1e-6), np.float32)
    return damaged, laid


def _detail(laid: Plane) -> Plane:
    """How much of a soft plane's surroundings changes within some pixels: there a sharp print may differ."""
    return np.asarray(cv2.dilate(laid, np.ones((5, 5), np.uint8)) - cv2.erode(laid, np.ones((5, 5), np.uint8)), np.float32)


def _spread(difference: Plane, detail: Plane, whole: Plane) -> Plane:
    """The deviation that sound pixels have from the telecine: more where the picture has detail, and where the print around is busy."""
    power = np.minimum(np.square(difference), 0.04) * whole
    usual = np.sqrt(float(power.sum()) / (float(whole.sum()) + 1e-6))
    near = np.sqrt((blurred(power, 6.0) + 0.05 * usual ** 2) / (blurred(whole, 6.0) + 0.05))
    return np.asarray(np.maximum(_LEAST, near + 0.1 * detail), np.float32)


def _tones(scan: Plane, telecine: Plane, damaged: Plane, inside: NDArray[np.bool_]) -> Plane:
    """(h, w) how dense damaged pixels lie around the print's luma, given the telecine's; part of them anywhere between 0 and 1."""
    there = np.clip((telecine * _LEVELS[0]).astype(np.int32), 0, _LEVELS[0] - 1)
    here = np.clip((scan * _LEVELS[1]).astype(np.int32), 0, _LEVELS[1] - 1)
    place = there * _LEVELS[1] + here
    counts = np.bincount(place[inside], damaged[inside], _LEVELS[0] * _LEVELS[1]).reshape(_LEVELS).astype(np.float32)
    counts = np.asarray(cv2.GaussianBlur(counts, (0, 0), sigmaX=1.0, sigmaY=1.5), np.float32)
    dense = (counts + 1.0) / (counts + 1.0).sum(1, keepdims=True) * _LEVELS[1]
    return np.asarray(dense.ravel()[place], np.float32)


def _looks(scan: Plane, around: Plane | None, neighbours: Sequence[Plane]) -> NDArray[np.float32]:
    """(h, w, n) what of a pixel tells damage without a telecine, each about -1..1. `around`: what a telecine nearby shows."""
    gate = _gate(scan)
    scan = np.where(gate, spread_out(scan, ~gate), scan).astype(np.float32)
    h, w = scan.shape
    y, x = np.mgrid[-1:1:h * 1j, -1:1:w * 1j].astype(np.float32)
    fine, middle, wide = (blurred(scan, s) for s in (1.2, 4.0, 12.0))
    contrast = np.sqrt(blurred(np.square(scan - middle), 4.0))
    busy = np.sqrt(blurred(np.square(scan - wide), 12.0))
    low, high = (blurred(np.asarray(change(fine, np.ones((15, 15), np.uint8)), np.float32), 2.0) for change in (cv2.erode, cv2.dilate))
    looks = [x, y, scan, fine, scan - middle, middle, wide, contrast, busy, scan - low, high - scan]
    if around is not None:
        looks.append(scan - around)
    if neighbours:
        others = np.sort(np.stack(neighbours), 0)
        looks += [scan - others[0], scan - others[-1], scan - others[len(others) // 2], np.abs(scan - others[len(others) // 2])]
    return np.ascontiguousarray(np.stack(looks, -1), np.float32)


def _gate(scan: Plane) -> NDArray[np.bool_]:
    """(h, w) the black around the picture: dark, and joined to the edge of the scan."""
    dark = np.asarray(blurred(scan, 1.5) < _BLACK * float(np.percentile(scan, 90)), np.uint8)
    dark[[0, -1]], dark[:, [0, -1]] = 1, 1
    cv2.floodFill(dark, None, (0, 0), (2,))
    return np.asarray(cv2.dilate((dark == 2).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0)


def _terms(x: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, m) 1, each of x (n, k), and their products by two."""
    a, b = np.triu_indices(x.shape[1])
    return np.concatenate([np.ones((len(x), 1), np.float32), x, x[:, a] * x[:, b]], 1)


def _specks(scan: Plane, neighbours: Sequence[Plane]) -> Plane:
    """(h, w) 0..1 small light or dark blobs and lines that most neighbours do not show; 0 without neighbours."""
    if not neighbours:
        return np.zeros_like(scan)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_SPECK_PX, _SPECK_PX))
    small = np.maximum(cv2.morphologyEx(scan, cv2.MORPH_TOPHAT, kernel), cv2.morphologyEx(scan, cv2.MORPH_BLACKHAT, kernel))
    usual = np.median(np.stack(neighbours), 0)
    grain = 1.4826 * float(np.median(np.abs(scan - usual)))
    limit = _APART + 3 * grain
    return np.asarray(np.clip(np.minimum(small, np.abs(scan - usual)) / limit - 0.5, 0, 1), np.float32)
