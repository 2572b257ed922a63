"""Honest measures of a restored plane on frames that were held out of the training, by weight."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np

from engine.detail import grain as grains
from engine.detail.edges import apart
from engine.detail.filters import Doubles, Plane
from engine.detail.invention import invented as invented
from engine.detail.likeness import psnr as psnr
from engine.detail.likeness import ssim, weighted_mean

BANDS = 16
_EDGES = 0.5 * 2.0 ** (np.arange(-BANDS, 1) / 3)    # cycles a pixel, thirds of an octave up to Nyquist
_LEAST_POWER = 1e-12


class GrainBeside(NamedTuple):
    """The grain of a result beside that of its target, at mid tones. `strength`: its own over the target's. `size` and `wanted_size`: of
    the result's and of the target's in pixels (see `engine.detail.grain.Grain.size`). `likeness` of the two correlations, 1 = the same.
    None where the target has next to none; `size` and `likeness` also where the result has."""

    strength: float | None
    size: float | None
    wanted_size: float | None
    likeness: float | None


@dataclass(frozen=True)
class Measures:
    """`psnr` in dB; `ssim`; `spectrum`: power of the result over that of the target in BANDS bands, coarse to fine; `grain`: strength of
    the result's over that of the target's at mid tones, None where the target has none to speak of; `edge_px`: distance of the result's
    edges from the target's in pixels, None where there are none; `invented`: share of the picture 0..1; `grain_size`,
    `grain_wanted_size`, `grain_likeness`: see `GrainBeside`, None too in what was measured before they were."""

    psnr: float
    ssim: float
    spectrum: tuple[float, ...]
    grain: float | None
    edge_px: float | None
    invented: float
    grain_size: float | None = None
    grain_wanted_size: float | None = None
    grain_likeness: float | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"spectrum": list(self.spectrum)}

    @staticmethod
    def from_json(data: dict[str, Any]) -> Measures:
        return Measures(**(data | {"spectrum": tuple(data["spectrum"])}))


def measure_pair(result: Plane, target: Plane, scan: Plane, weight: Plane) -> Measures:
    """What can be said of a result beside its target and the scan that it was made of; all planes finite, where they have no weight too.
    Raises ValueError where nothing has weight."""
    grain = grain_beside(result, target, weight)
    return Measures(psnr(result, target, weight), ssim(result, target, weight), spectrum(result, target, weight),
                    grain.strength, apart(result, target, weight), weighted_mean(invented(result, target, scan, weight), weight),
                    grain.size, grain.wanted_size, grain.likeness)


def mean(measures: Sequence[Measures]) -> Measures:
    """The mean of each; of the powers and the ratio of grain the geometric one; what is None in some is left out there. Raises ValueError
    where there are none."""
    if not measures:
        raise ValueError("no measures to take the mean of")
    bands = np.exp(np.log(np.maximum([one.spectrum for one in measures], _LEAST_POWER)).mean(0))
    ratio = _mean(None if one.grain is None else float(np.log(max(one.grain, _LEAST_POWER))) for one in measures)
    return Measures(float(np.mean([one.psnr for one in measures])), float(np.mean([one.ssim for one in measures])),
                    tuple(float(band) for band in bands), None if ratio is None else float(np.exp(ratio)),
                    _mean(one.edge_px for one in measures), float(np.mean([one.invented for one in measures])),
                    *(_mean(sizes) for sizes in zip(*((one.grain_size, one.grain_wanted_size, one.grain_likeness) for one in measures),
                                                    strict=True)))


def _mean(values: Iterable[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return float(np.mean(told)) if told else None


def spectrum(result: Plane, target: Plane, weight: Plane) -> tuple[float, ...]:
    """Radially averaged power of the result over that of the target (1: as much detail), Hann window; a band that is finer than the
    picture's own steps of frequency has what lies between its neighbours."""
    window = np.outer(np.hanning(result.shape[0] + 2)[1:-1], np.hanning(result.shape[1] + 2)[1:-1]) * weight
    frequency = np.hypot(np.fft.fftfreq(result.shape[0])[:, None], np.fft.rfftfreq(result.shape[1])[None])
    band = np.digitize(frequency, _EDGES) - 1
    own, wanted = (_by_band(plane, window, band) for plane in (result, target))
    told = np.bincount(band[(band >= 0) & (band < BANDS)], minlength=BANDS) > 0
    if not told.any():
        return (1.0,) * BANDS
    ratio = (own + _LEAST_POWER) / (wanted + _LEAST_POWER)
    return tuple(float(value) for value in np.interp(np.arange(BANDS), np.flatnonzero(told), ratio[told]))


def _by_band(plane: Plane, window: Doubles, band: np.ndarray[Any, np.dtype[np.int64]]) -> Doubles:
    """Mean power in each band."""
    level = (plane * window).sum() / max(float(window.sum()), 1e-12)
    power = np.abs(np.fft.rfft2((plane - level) * window)) ** 2 / max(float(np.square(window).sum()), 1e-12)
    inside = (band >= 0) & (band < BANDS)
    sums = np.bincount(band[inside], power[inside], minlength=BANDS)
    return np.asarray(sums / np.maximum(np.bincount(band[inside], minlength=BANDS), 1), np.float64)


def grain_beside(result: Plane, target: Plane, weight: Plane) -> GrainBeside:
    """The grain of the result beside the target's."""
    own, wanted = (grains.measure([(plane, weight)]) for plane in (result, target))
    if wanted.at_mid_tones < grains.LEAST:
        return GrainBeside(None, None, None, None)
    told = own.at_mid_tones >= grains.LEAST
    return GrainBeside(own.at_mid_tones / wanted.at_mid_tones, own.size if told else None, wanted.size, own.like(wanted) if told else None)
