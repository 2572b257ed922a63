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
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.media.source import Picture

Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]

KNOTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5)
"""Densities at which the curves bend; beyond the ends they go on straight."""

FLARE = 0.002               # linear light added before the logarithm: blacks are noise, and no density should come of it
DISPLAYS = (-0.1, 3.1, 16_384)          # what a table spans, and its cells; beyond it every function is straight
FINE_DISPLAYS = (-0.1, 3.1, 65_536)     # where the kinks of a curve can lie anywhere
DENSITIES = (-3.0, 8.0, 11_264)         # KNOTS lie between cells
GRID = (7, 9)               # control points of the unevenness, down and across the frame: three more than its cells
ROWS_AT_A_TIME = 16         # what fits the processor's cache


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

    def apply(self, picture: Picture, index: int) -> Picture:
        """Balance frame `index`, whole and of any size: (h, w, 3) display-referred Rec.709 to the same, float32, any value, not clipped.

        A pixel's result depends on its value and its place in the frame alone. Safe in threads. The result is an array of its own."""
        return picture.copy() if self.is_identity else _through(picture, self._forward, self._factor(picture.shape[:2]))

    def invert(self, picture: Picture, index: int) -> Picture:
        """What `apply` made back into what it was, to 1e-4 within 0..1."""
        return picture.copy() if self.is_identity else _through(picture, self._backward, self._factor(picture.shape[:2], -1))

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

    @cached_property
    def _forward(self) -> _Steps:
        base = np.array(self.base)
        last = tuple(Table.of(lambda d: from_density(bend(d, curve)), DENSITIES) for curve in np.array(self.curves))  # noqa: B023
        return _Steps((_to_density(),) * 3, np.column_stack([self.matrix, np.array(self.offset) - base, base]), last)

    @cached_property
    def _backward(self) -> _Steps:
        base, matrix = np.array(self.base), np.linalg.inv(np.array(self.matrix))
        first = tuple(Table.of(lambda v: unbend(density(v), curve), FINE_DISPLAYS) for curve in np.array(self.curves))  # noqa: B023
        mixing = np.column_stack([matrix, -matrix @ base, matrix @ (base - np.array(self.offset))])
        return _Steps(first, mixing, (_to_display(),) * 3)


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
class Table:
    """A function of one value in equal cells, straight inside each; the cells at the ends go on beyond them."""

    start: float
    scale: float
    foot: Floats            # (cells,) value at x = 0 of each cell's line
    slope: Floats           # (cells,)

    @staticmethod
    def of(function: Callable[[Doubles], Doubles], span: tuple[float, float, int]) -> Table:
        low, high, cells = span
        x = np.linspace(low, high, cells + 1)
        y = function(x)
        slope = np.diff(y) / np.diff(x)
        return Table(low, cells / (high - low), (y[:-1] - slope * x[:-1]).astype(np.float32), slope.astype(np.float32))

    def __call__(self, values: Floats) -> Floats:
        cell = np.clip((values - np.float32(self.start)) * np.float32(self.scale), 0, len(self.slope) - 1).astype(np.intp)
        return np.asarray(self.foot.take(cell) + self.slope.take(cell) * values)


@dataclass(frozen=True)
class _Steps:
    """A table a channel, mixing, a table a channel. Mixing is (3, 5): matrix, offset inside the factor of unevenness, offset outside."""

    first: tuple[Table, ...]
    mixing: Doubles
    last: tuple[Table, ...]


@cache
def _to_density() -> Table:
    return Table.of(density, DISPLAYS)


@cache
def _to_display() -> Table:
    return Table.of(from_density, DENSITIES)


def _through(picture: Picture, steps: _Steps, factor: Floats | None) -> Picture:
    result = np.empty(picture.shape, np.float32)
    mixing = steps.mixing.astype(np.float32)
    for top in range(0, len(picture), ROWS_AT_A_TIME):
        rows = slice(top, top + ROWS_AT_A_TIME)
        planes = [table(picture[rows, :, c]) for c, table in enumerate(steps.first)]
        for c, table in enumerate(steps.last):
            mixed = mixing[c, 0] * planes[0] + mixing[c, 1] * planes[1] + mixing[c, 2] * planes[2] + mixing[c, 3]
            result[rows, :, c] = table((mixed if factor is None else mixed * factor[rows]) + mixing[c, 4])
    return result
