"""Power spectra of the small blocks of a plane: where a film shows little else, grain is what they have in common."""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.detail.filters import Doubles, Plane

BLOCK = 32
_STEP = BLOCK // 2
_MOST = 4000                # blocks of a picture, evenly over it
_WHOLE = 0.98               # of a block's pixels are neither black nor white
_WINDOW = np.outer(np.hanning(BLOCK + 2)[1:-1], np.hanning(BLOCK + 2)[1:-1]).astype(np.float32)
_ACROSS = np.linspace(-1, 1, BLOCK)
_SLOPES = np.linalg.qr(np.stack(
    [np.ones((BLOCK, BLOCK)), np.tile(_ACROSS, (BLOCK, 1)), np.tile(_ACROSS, (BLOCK, 1)).T]).reshape(3, -1).T)[0].astype(np.float32)
_TWICE = np.where(np.isin(np.arange(BLOCK // 2 + 1), (0, BLOCK // 2)), 1.0, 2.0)       # the half of a spectrum that is not kept
_EDGES = (0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)                           # cycles a pixel
_FREQUENCY = np.hypot(np.fft.fftfreq(BLOCK)[:, None], np.fft.rfftfreq(BLOCK)[None])
_RINGS = np.stack([_TWICE * (np.digitize(_FREQUENCY, _EDGES) == ring) for ring in range(1, len(_EDGES))], -1)
_MIDDLE = np.square((np.array(_EDGES[1:]) + _EDGES[:-1]) / 2)
_TOLD = slice(2, 6)         # the rings that tell how the spectrum of grain goes on towards the coarse
_COARSE = 0.15              # cycles a pixel: below, structure hides the grain


class Blocks(NamedTuple):
    """Mean tone (n,) of blocks and their power spectra (n, BLOCK, BLOCK / 2 + 1), slopes taken off; `power` of one is its variance."""

    tones: Plane
    spectra: Plane


def blocks(plane: Plane, weight: Plane) -> Blocks:
    """Overlapping blocks that are wholly of weight and not clipped to 0 or 1."""
    usable = (weight > 0.5).astype(np.float32), ((plane > 0) & (plane < 1)).astype(np.float32)
    step = _STEP * int(np.ceil(np.sqrt(max(1, plane.size / _STEP ** 2 / _MOST))))
    cut, trusted, whole = (_cut(part, step) for part in (plane, *usable))
    kept = cut[(trusted.min((1, 2)) > 0) & (whole.mean((1, 2)) >= _WHOLE)]
    return Blocks(kept.mean((1, 2)), _spectra(kept))


def _cut(plane: Plane, step: int) -> Plane:
    if min(plane.shape) < BLOCK:
        return np.empty((0, BLOCK, BLOCK), np.float32)
    views = np.lib.stride_tricks.sliding_window_view(plane, (BLOCK, BLOCK))[::step, ::step]
    return views.reshape(-1, BLOCK, BLOCK)


def _spectra(cut: Plane) -> Plane:
    flat = cut.reshape(-1, BLOCK * BLOCK)
    level = flat - (flat @ _SLOPES) @ _SLOPES.T
    waves = np.fft.rfft2(level.reshape(-1, BLOCK, BLOCK) * _WINDOW)
    return np.asarray((waves.real ** 2 + waves.imag ** 2) / np.square(_WINDOW).sum(), np.float32)


def power(spectra: NDArray[np.floating]) -> Doubles:
    """The variance that spectra (..., BLOCK, BLOCK / 2 + 1) stand for."""
    return np.asarray((spectra * _TWICE).sum((-1, -2)) / BLOCK ** 2, np.float64)


def rings(spectra: NDArray[np.floating]) -> Doubles:
    """Mean power in eight rings of frequency, coarse to fine (..., 8); what is coarser than 16 pixels is left out."""
    return np.asarray(np.tensordot(spectra, _RINGS, 2) / _RINGS.sum((0, 1)), np.float64)


def gone_on(spectrum: Doubles) -> Doubles:
    """The spectrum of grain with what is coarse in it, which structure hides, gone on from what is finer, as a Gaussian falls."""
    by_ring = np.log(rings(spectrum)[_TOLD] + 1e-20)
    squares = _MIDDLE[_TOLD]
    fall = min(0.0, float(np.polyfit(squares, by_ring, 1)[0]))
    coarse = np.exp(by_ring.mean() + fall * (_FREQUENCY ** 2 - squares.mean()))
    return np.asarray(np.where(_FREQUENCY < _COARSE, coarse, spectrum), np.float64)


def correlation(spectrum: Doubles, size: int) -> Doubles:
    """(size, size) autocorrelation, 1 at the centre, of what has this spectrum; the window's share is taken out. `size` is odd, at most
    BLOCK / 2."""
    seen = np.fft.irfft2(spectrum, s=(BLOCK, BLOCK))
    wide = np.fft.irfft2(np.abs(np.fft.rfft2(_WINDOW, s=(2 * BLOCK, 2 * BLOCK))) ** 2)
    lags = np.arange(-(size // 2), size // 2 + 1)
    there = np.ix_(lags, lags)
    found = seen[there] / wide[there]
    return np.asarray(found / found[size // 2, size // 2], np.float64)


def of_noise(spectrum: Doubles, count: int) -> Plane:
    """Spectra of `count` blocks of made noise that has this spectrum: what chance alone makes of them. The same every time."""
    size, half = 2 * BLOCK, BLOCK // 2
    spread = np.fft.fftshift(np.fft.irfft2(spectrum, s=(BLOCK, BLOCK)))
    wide = np.fft.ifftshift(np.pad(spread, half))
    shaped = np.sqrt(np.maximum(np.fft.rfft2(wide).real, 0))
    white = np.random.default_rng(0).standard_normal((count, size, size), np.float32)
    made = np.fft.irfft2(np.fft.rfft2(white) * shaped, s=(size, size))[:, :BLOCK, :BLOCK]
    return _spectra(np.asarray(made, np.float32))
