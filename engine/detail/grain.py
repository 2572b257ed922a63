"""Grain as what it is: added to luma, as strong as the tone has it, never the same twice. Measured, made anew, or the scan's own."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from engine.detail.filters import Doubles, LinearFilter, Plane
from engine.detail.spectra import blocks, correlation, gone_on, of_noise, power, rings

LEVELS = 8
SIZE = 15                   # of the correlation, in pixels
_FEWEST = 30                # blocks of a tone that tell its grain
_MOST = 1500                # blocks of a tone that are kept
_EMPTIEST = 0.05            # of a tone's blocks, ring by ring, are taken for grain alone
_FLATTEST, _PLAINEST = 0.1, 0.25    # of a tone's blocks by variance, and of these by what is coarse in them: they tell the correlation
_WORTH = 0.05               # of the strongest ring: weaker ones tell nothing
_DIRT = (4.0, 6.0)          # robust deviations of the softened residual between which it is less and less grain
_TILE = 32
LEAST = 0.0005              # strength of what is grain to speak of
_MID = slice(2, 6)          # levels of tone, about 0.3..0.7


@dataclass(frozen=True, eq=False)
class Grain:
    """`strength`: standard deviation at LEVELS equally spaced tones 0..1; `correlation`: (k, k) autocorrelation, 1 at the centre."""

    strength: tuple[float, ...]
    correlation: Doubles

    def at(self, tones: Plane) -> Plane:
        """Standard deviation of the grain at each pixel's tone."""
        return np.asarray(np.interp(tones, np.linspace(0, 1, LEVELS), self.strength), np.float32)

    @property
    def at_mid_tones(self) -> float:
        """Mean strength where tones are neither dark nor light."""
        return float(np.mean(self.strength[_MID]))

    @property
    def size(self) -> float:
        """Of the grain in pixels: the width of its correlation at half its height, round about. 1 is single pixels that know nothing of
        each other; at most as wide as the correlation."""
        middle = len(self.correlation) // 2
        away = np.hypot(*(np.indices(self.correlation.shape) - middle))
        steps, ring = np.unique(away, return_inverse=True)
        mean = np.bincount(ring.ravel(), self.correlation.ravel()) / np.bincount(ring.ravel())
        if (mean > 0.5).all():
            return float(len(self.correlation))
        under = int(np.argmax(mean <= 0.5))
        return float(2 * np.interp(-0.5, -mean[under - 1:under + 1], steps[under - 1:under + 1]))

    def like(self, other: Grain) -> float:
        """How alike the correlations are, whatever the strength: 1 is the same, 0 nothing in common."""
        own, its = self.correlation.ravel(), other.correlation.ravel()
        return float(own @ its / np.sqrt((own @ own) * (its @ its)))

    def as_json(self) -> dict[str, Any]:
        return {"strength": list(self.strength), "correlation": self.correlation.tolist()}

    @staticmethod
    def from_json(data: dict[str, Any]) -> Grain:
        return Grain(tuple(float(value) for value in data["strength"]), np.array(data["correlation"], np.float64))


def measure(pictures: Iterable[tuple[Plane, Plane]]) -> Grain:
    """The grain of a film from planes with their weights; strength 0 everywhere where no tone has enough of them.

    The spectrum of grain alone is that of the flattest blocks, but for what is coarse in it, which is gone on from the finer. A tone's
    grain is at most what the emptiest ring of frequency has room for in the emptiest blocks of that tone, so that texture, which never
    fills all rings alike, is not taken for grain. After the thought of Liu, Freeman, Szeliski, Kang, "Noise estimation from a single
    image", CVPR 2006, and of minimum statistics (Martin 2001); what chance makes of the emptiest is known from made noise of the same
    spectrum. Tones that cannot tell take it from those beside them."""
    levels = _by_level(pictures)
    if not levels:
        centre = np.zeros((SIZE, SIZE))
        centre[SIZE // 2, SIZE // 2] = 1
        return Grain((0.0,) * LEVELS, centre)
    spectrum = _shape(list(levels.values()))
    chance = np.quantile(rings(of_noise(spectrum, 600)), _EMPTIEST, axis=0)
    tells = chance >= _WORTH * chance.max()
    found = {level: float(np.sqrt((np.quantile(rings(spectra), _EMPTIEST, axis=0) / chance)[tells].min()))
             for level, spectra in levels.items()}
    strength = np.interp(np.arange(LEVELS), list(found), list(found.values()))
    smooth = np.convolve(np.pad(strength, 1, "edge"), (0.25, 0.5, 0.25), "valid")
    return Grain(tuple(float(value) for value in smooth), correlation(spectrum, SIZE))


def _by_level(pictures: Iterable[tuple[Plane, Plane]]) -> dict[int, Plane]:
    """Spectra of blocks by level, dark to light, of those levels that have enough of them."""
    kept: dict[int, Plane] = {}
    for plane, weight in pictures:
        found = blocks(plane, weight)
        nearest = np.clip(np.round(found.tones * (LEVELS - 1)), 0, LEVELS - 1).astype(int)
        for level in np.unique(nearest):
            more = found.spectra[nearest == level]
            joined = np.concatenate([kept[level], more]) if level in kept else more
            kept[level] = joined[::-(-len(joined) // _MOST)]
    return {int(level): kept[level] for level in sorted(kept) if len(kept[level]) >= _FEWEST}


def _shape(levels: list[Plane]) -> Doubles:
    """The spectrum of grain of variance 1: that of flat blocks, of which those with the least that is coarse."""
    flattest = [spectra[np.argsort(power(spectra))[:max(4, round(_FLATTEST * len(spectra)))]] for spectra in levels]
    flat = np.concatenate(flattest)
    by_ring = rings(flat)
    fine = by_ring[:, 2:].mean(1) + 1e-20
    plainest = np.argsort(by_ring[:, :2].mean(1) / fine)[:max(8, round(_PLAINEST * len(flat)))]
    mean = gone_on((flat[plainest] / fine[plainest, None, None]).mean(0, dtype=np.float64))
    return np.asarray(mean / max(float(power(mean)), 1e-20), np.float64)


def remade(structure: Plane, grain: Grain, seed: tuple[int, ...]) -> Plane:
    """`structure` with new grain of the strength, size and correlation of `grain`, of mean 0. The same seed gives the same grain, another
    (say of the project and the frame) another."""
    kernel = _kernel(grain.correlation)
    margin = len(kernel) // 2
    h, w = structure.shape
    white = np.random.default_rng(seed).standard_normal((h + 2 * margin, w + 2 * margin), np.float32)
    unit = cv2.filter2D(white, cv2.CV_32F, kernel)[margin:margin + h, margin:margin + w]
    return np.asarray(structure + (unit - unit.mean()) * grain.at(structure), np.float32)


def _kernel(wanted: Doubles) -> Doubles:
    """What gives white noise this correlation, at variance 1: the root of its power spectrum."""
    size = len(wanted)
    spread = np.fft.ifftshift(np.pad(wanted, ((size, size), (size, size))))
    root = np.asarray(np.sqrt(np.maximum(np.fft.fft2(spread).real, 0)), np.float64)
    kernel = np.asarray(np.fft.fftshift(np.fft.ifft2(root).real), np.float64)
    return np.asarray(kernel / np.sqrt(np.square(kernel).sum()), np.float64)


def own_grain(seen: Plane, result: Plane, softening: LinearFilter) -> Plane:
    """What the scan has and the result does not explain: its own grain. `softening`, fitted from results to scans, takes off what the
    result only sharpened; what goes with the tone or is much coarser than grain is a difference of grade. Dirt and dust, blobs that stand
    out of the grain about them, are no grain and become 0."""
    softened = softening.apply(result)
    left = np.asarray(seen - softened, np.float32)
    left -= _by_tone(left, softened)
    left -= cv2.GaussianBlur(left, (0, 0), SIZE / 2)
    soft = np.asarray(np.abs(cv2.GaussianBlur(left, (0, 0), 1.5)), np.float32)
    low, high = _DIRT
    dirt = np.clip((soft / _deviation(soft) - low) / (high - low), 0, 1)
    kept = 1 - cv2.GaussianBlur(cv2.dilate(dirt, np.ones((7, 7), np.uint8)), (0, 0), 1.0)
    return np.asarray(left * kept, np.float32)


def _by_tone(left: Plane, tones: Plane) -> Plane:
    """What is left on average at each pixel's tone."""
    nodes = np.linspace(0, 1, 33)
    place = np.clip(np.round(tones.ravel() * 32), 0, 32).astype(int)
    counts = np.bincount(place, minlength=33)
    means = np.bincount(place, left.ravel(), minlength=33) / np.maximum(counts, 1)
    return np.asarray(np.interp(tones, nodes, means), np.float32)


def _deviation(size: Plane) -> Plane:
    """Robust standard deviation, tile by tile, of what has this absolute value; at least half of that of the whole."""
    h, w = size.shape
    rows, columns = max(1, round(h / _TILE)), max(1, round(w / _TILE))
    medians = [[np.median(part) for part in np.array_split(strip, columns, 1)] for strip in np.array_split(size, rows, 0)]
    local = cv2.resize(np.array(medians, np.float32) / np.float32(0.6745), (w, h), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.maximum(local, max(0.5 * float(np.median(local)), 1e-6)), np.float32)


def laid_back(result: Plane, own: Plane) -> Plane:
    """The result under the scan's own grain."""
    return np.asarray(result + own, np.float32)
