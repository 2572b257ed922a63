"""Balance: the pointwise, reversible, recorded correction of a faded print, the same for every frame of a film.

Display values go to density, through a 3x3 matrix with an offset (the crosstalk of the dyes, what is left of each, the stain), through one
monotone curve a channel, and back to display. Density is where dyes add up and fading scales them (Hunt, "The Reproduction of Colour", 6th
ed., chapter 12), so a balance of the right matrix is what undoes them. Density here is -log10 of linear light above a small flare, and goes
on as a straight line below display 0 and above display 1: every step can be undone for any value.

A print fades unevenly, more or less towards its edges. So between matrix and curves the densities above `base` are multiplied by a smooth
factor that depends on the place in the frame alone (a cubic B-spline over a coarse grid), where the film shows that it is needed: what is
done to a pixel depends on its value and its place, never on other pixels.

One balance serves the whole film. A correction for each shot was left out: it can only be found where the reference is, and it would leave
a jump at a cut that has none.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PyOpenColorIO import Transform

from engine.media.colour import CURVES, NODES, to_display
from engine.media.curves import Curves, matrix, on_threads, strips
from engine.media.source import Picture

Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]

KNOTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5)
"""Densities at which the curves bend; beyond the ends they go on straight."""

FLARE = 0.002               # linear light added before the logarithm: blacks are noise, and no density should come of it
DISPLAYS = (-0.1, 3.5, 18_432)          # what a table spans, and its cells
FINE_DISPLAYS = (-0.1, 3.5, 73_728)     # where the kinks of a curve can lie anywhere
DENSITIES = (-3.0, 8.0, 11_264)         # KNOTS lie between cells
GRID = (7, 9)               # control points of the unevenness, down and across the frame: three more than its cells


def density(display: Doubles) -> Doubles:
    """Display-referred Rec.709 (any shape, any value) to density: 0 at display 1, about 2.7 at display 0, straight lines beyond."""
    inside = np.clip(display, 0, 1)
    return np.asarray(_log_density(_linear(inside)) - np.where(display < 0, _FOOT, _SHOULDER) * (display - inside))


def from_density(values: Doubles) -> Doubles:
    """The inverse of `density`."""
    inside = np.clip(values, 0, _BLACK)
    linear = np.power(10.0, -inside) * (1 + FLARE) - FLARE
    display = np.where(linear < _BREAK * _TOE, linear / _TOE, 1.099 * np.power(np.maximum(linear, _BREAK * _TOE), 0.45) - 0.099)
    return np.asarray(display - (values - inside) / np.where(values > _BLACK, _FOOT, _SHOULDER))


def _linear(display: Doubles) -> Doubles:
    return np.asarray(np.where(display < _BREAK, display * _TOE, np.power((display + 0.099) / 1.099, 1 / 0.45)))


def _log_density(linear: Doubles) -> Doubles:
    return np.asarray(-np.log10((linear + FLARE) / (1 + FLARE)))


_BREAK = 0.081
_TOE = ((_BREAK + 0.099) / 1.099) ** (1 / 0.45) / _BREAK                    # 1 / 4.5 as near as the curve of BT.709 is unbroken
_BLACK = float(_log_density(np.zeros(1))[0])
_FOOT = _TOE / (FLARE * np.log(10))                                         # slopes of `density` at display 0 and 1
_SHOULDER = 1 / (0.45 * 1.099 * (1 + FLARE) * np.log(10))


@dataclass(frozen=True)
class Balance:
    """The correction, as numbers that can be written down: two balances that are equal do the same to every picture."""

    matrix: tuple[tuple[float, ...], ...]           # rows make R, G, B density out of R, G, B density
    offset: tuple[float, ...]                       # density added after the matrix
    curves: tuple[tuple[float, ...], ...]           # a channel each: the density that a density of KNOTS becomes; increasing
    base: tuple[float, ...] = (0.0, 0.0, 0.0)       # density after the matrix that is even over the frame
    uneven: tuple[tuple[float, ...], ...] = ()      # GRID of natural logarithms of the factor on the densities above it; () = even
    frames: tuple[int, ...] = ()                    # scan frames that it was fitted on
    luma_error: tuple[float, float] | None = None   # mean difference of luma from the reference on these, before and after, 0..1

    @staticmethod
    def identity() -> Balance:
        """The balance that changes nothing, for scans that are balanced already."""
        return Balance(((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), (0.0,) * 3, (KNOTS,) * 3)

    @property
    def is_identity(self) -> bool:
        """Whether pictures pass through exactly as they are."""
        plain = Balance.identity()
        return (self.matrix, self.offset, self.curves, self.uneven) == (plain.matrix, plain.offset, plain.curves, plain.uneven)

    def apply(self, picture: Picture, index: int, encoding: str = "rec709") -> Picture:
        """Balance frame `index`, whole and of any size: (h, w, 3) in `encoding`, by default display-referred Rec.709, to display-referred
        Rec.709, float32, any value, not clipped.

        A pixel's result depends on its value and its place in the frame alone. Safe in threads. The result is an array of its own."""
        if self.is_identity or encoding not in CURVES:
            picture, encoding = to_display(picture, encoding), "rec709"
        return picture.copy() if self.is_identity else _through(picture, _forward(self, encoding), self._factor(picture.shape[:2]))

    def invert(self, picture: Picture, index: int) -> Picture:
        """What `apply` made back into the display values that it was, to 1e-4 within 0..1."""
        return picture.copy() if self.is_identity else _through(picture, _backward(self), self._factor(picture.shape[:2], -1))

    def _factor(self, shape: tuple[int, ...], power: int = 1) -> Floats | None:
        """(h, w): what the densities above `base` are multiplied by."""
        if not self.uneven:
            return None
        rows, columns = (spline((np.arange(n) + 0.5) / n, count).astype(np.float32) for n, count in zip(shape, GRID, strict=True))
        return np.asarray(np.exp(power * (rows @ np.array(self.uneven, np.float32) @ columns.T)), np.float32)

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and lists; `from_json` gives back an equal balance."""
        return {"matrix": [list(row) for row in self.matrix], "offset": list(self.offset), "knots": list(KNOTS),
                "curves": [list(curve) for curve in self.curves], "base": list(self.base),
                "uneven": [list(row) for row in self.uneven], "frames": list(self.frames),
                "luma_error": None if self.luma_error is None else list(self.luma_error)}

    @staticmethod
    def from_json(data: dict[str, Any]) -> Balance:
        error = data["luma_error"]
        rows = {name: tuple(tuple(row) for row in data[name]) for name in ("matrix", "curves", "uneven")}
        return Balance(rows["matrix"], tuple(data["offset"]), rows["curves"], tuple(data["base"]), rows["uneven"], tuple(data["frames"]),
                       None if error is None else (error[0], error[1]))


def bend(values: Doubles, curve: Doubles) -> Doubles:
    """Densities (n,) through a curve given at KNOTS, straight between them and beyond."""
    return _line(values, np.array(KNOTS), curve)


def unbend(values: Doubles, curve: Doubles) -> Doubles:
    """The inverse of `bend`."""
    return _line(values, curve, np.array(KNOTS))


def spline(places: Doubles, count: int) -> Doubles:
    """(n,) places 0..1 to the (n, count) weights of the control points of a uniform cubic B-spline (de Boor 1978)."""
    cells = count - 3
    cell = np.clip((places * cells).astype(int), 0, cells - 1)
    t = places * cells - cell
    weights = np.zeros((len(places), count))
    parts = ((1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3)
    for step, part in enumerate(parts):
        weights[np.arange(len(places)), cell + step] = part / 6
    return weights


def _line(values: Doubles, x: Doubles, y: Doubles) -> Doubles:
    cell = np.clip(np.searchsorted(x, values) - 1, 0, len(x) - 2)
    result: Doubles = y[cell] + (values - x[cell]) * ((y[cell + 1] - y[cell]) / (x[cell + 1] - x[cell]))
    return result


@dataclass(frozen=True)
class _Steps:
    """A table a channel with mixing, the factor of unevenness, an offset (3,), a table a channel."""

    first: Curves
    offset: Doubles
    last: Curves


@lru_cache(8)
def _forward(balance: Balance, encoding: str) -> _Steps:
    base, curves = np.array(balance.base), np.array(balance.curves)
    mixing = matrix(np.array(balance.matrix), np.array(balance.offset) - base)
    if encoding == "rec709":
        first = _table(lambda values, _: density(values), DISPLAYS, mixing)
    else:
        first = Curves(lambda values: np.asarray(density(to_display(values[None], encoding)[0].astype(np.float64)), np.float32),
                       0.0, 1.0, NODES, mixing)
    return _Steps(first, base, _table(lambda d, c: from_density(bend(d, curves[c])), DENSITIES))


@lru_cache(8)
def _backward(balance: Balance) -> _Steps:
    base, curves, inverse = np.array(balance.base), np.array(balance.curves), np.linalg.inv(np.array(balance.matrix))
    first = _table(lambda v, c: unbend(density(v), curves[c]), FINE_DISPLAYS, matrix(inverse, -inverse @ base))
    return _Steps(first, inverse @ (base - np.array(balance.offset)), _table(lambda values, _: from_density(values), DENSITIES))


def _table(function: Callable[[Doubles, int], Doubles], span: tuple[float, float, int], *mixing: Transform) -> Curves:
    """`function` of values and their channel."""
    low, high, cells = span
    return Curves(lambda values: np.stack([function(values[:, c].astype(np.float64), c) for c in range(3)], 1).astype(np.float32),
                  low, high, cells + 1, *mixing)


def _through(picture: Picture, steps: _Steps, factor: Floats | None) -> Picture:
    result = np.array(picture, np.float32, order="C")
    offset = (*steps.offset.tolist(), 0.0)

    def work(rows: slice) -> None:
        strip = result[rows]
        steps.first(strip)
        if factor is not None:
            cv2.multiply(strip, cv2.merge([factor[rows]] * 3), strip)
        cv2.add(strip, offset, strip)  # type: ignore[call-overload]     # four numbers, one a channel
        steps.last(strip)

    on_threads(work, strips(result.shape))
    return result
