"""The fit in spite of damage: scan and reference are compared where they agree, after the tone that most pixels lie on.

Mould is opaque: of a pixel under it nothing is known, while one beside it is the print, sharp. A rough geometry and path come from cleaned
frames; here both are found again on the frames themselves.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import FrameMatch
from engine.align.dense import EVIDENCE, TILES, Grid, joint
from engine.align.features import Matrix, Plane, blurred
from engine.align.films import Films
from engine.align.geometry import as_homography, basis, normal_equations, solved
from engine.align.misfit import flow, left
from engine.align.space import apart, lay_on, moved, slid
from engine.align.time import Timed, bands, best_path
from engine.align.tone import Tone, most_agreed
from engine.run import Run, each

TIMING, FITTING = 512, 960     # longest side of the grids: mould must not melt into the picture on them
PAIRS = 14                      # pairs that the geometry is refined on
LEAST_SOUND = 1.25              # times as many pixels as by chance must agree, or the two have nothing in common
_AGREES = 3.0                   # deviations within which a pixel is the print's
_SPREAD = (0.02, 0.08)          # of display luma: a deviation is at least and at most this
_GRAIN = 1.0                    # the scale that the agreeing pixels' grain is smoothed at, in grid pixels
_WEAVE_PX = 8.0                 # the furthest that a frame may lie from the geometry, in grid pixels
_TURNS, _STEPS = 4, 6
_REACH = 3                      # frames around the rough path that are compared; around a path found so, one
_SETTLED_PX = 0.25


@dataclass(frozen=True)
class _Pair:
    """A scan frame on a reference frame; planes (h, w) of display luma in the tone of the scan."""

    shift: NDArray[np.float64]      # (2,) the weave in grid pixels
    laid: Plane                     # the reference
    sound: Plane                    # 1 where the two agree
    left: Plane                     # scan less reference where they agree, without its slow part; 0 elsewhere
    miss: Plane                     # squared difference over all, in deviations

    @property
    def healed(self) -> Plane:
        """The scan, with the reference where it is damaged."""
        return self.laid + self.left


@dataclass(frozen=True)
class _View:
    """Both films on a grid through a geometry, and the tone between them."""

    films: Films
    grid: Grid
    geometry: Matrix
    tone: Tone
    spread: float
    valid: Plane

    def here(self, i: int) -> Plane:
        return self.films.scan.seen(i, self.grid.matrix, self.grid.size)

    def there(self, j: int) -> Plane:
        return self.tone(self.films.reference.seen(j, self.geometry @ self.grid.matrix, self.grid.size))

    def pair(self, i: int, j: int, start: NDArray[np.float64], steps: int = 3) -> _Pair:
        """Scan frame `i` on reference frame `j`, the weave sought from `start` on in grid pixels."""
        here, there, shift = self.here(i), self.there(j), start
        pair = self._agreeing(here, slid(there, shift), shift)
        for _ in range(steps):
            change = lay_on(pair.healed, pair.laid, pair.sound, 1, 2.0).shift
            shift = np.clip(shift + change, -_WEAVE_PX, _WEAVE_PX)
            pair = self._agreeing(here, slid(there, shift), shift)
            if np.abs(change).max() < 0.02:
                break
        return pair

    def _agreeing(self, here: Plane, laid: Plane, shift: NDArray[np.float64]) -> _Pair:
        difference = here - laid
        sound = ((np.abs(difference) < _AGREES * self.spread) & (self.valid > 0)).astype(np.float32)
        if not sound.any():
            sound[len(sound) // 2] = 1
        slow = max(self.grid.size) / 30
        fine = blurred(difference * sound, _GRAIN) / (blurred(sound, _GRAIN) + 1e-6)
        fine = fine - blurred(fine * sound, slow) / (blurred(sound, slow) + 1e-6)
        return _Pair(shift, laid, sound, np.asarray(fine * sound, np.float32), np.square(difference / self.spread))


@dataclass(frozen=True)
class Fitted:
    """What is found on damaged frames: partners with the weave in scan pixels, and the geometry of the film."""

    geometry: Matrix
    timed: Timed
    partners: tuple[int | None, ...]
    shifts: NDArray[np.float64]
    costs: NDArray[np.float64]


def fitted(films: Films, geometry: Matrix, path: NDArray[np.int64], shots: Sequence[tuple[int, int]], run: Run) -> Fitted | None:
    """Time and place of all frames of `films`, from a rough `geometry` and `path` (n,) of reference frames (-1: not known) on.

    None where so little agrees that the two have nothing in common.
    """
    view = _seen_through(films, geometry, _spread_over(path, PAIRS), Grid.over(films.area, TIMING))
    found = None
    for turn in range(_TURNS):
        found = _timed(view, path, shots, found, run)
        path = np.array([-1 if j is None else j for j in found.partners], np.int64)
        if not (path >= 0).any():
            return None
        pairs = _best(found, PAIRS)
        longest = TIMING if turn < _TURNS - 2 else FITTING
        refined = _refined(films, Grid.over(films.area, longest), found.geometry, pairs, run)
        near = apart(refined, found.geometry, films.scan.size) < _SETTLED_PX
        view = _seen_through(films, refined, pairs, view.grid)
        if near:
            break
    assert found is not None
    refined = _refined(films, Grid.over(films.area, FITTING), view.geometry, _best(found, PAIRS), run)
    if np.median([_beyond_chance(view, view.pair(i, j, found.shifts[i] / view.grid.step), i) for i, j in pairs]) < LEAST_SOUND:
        return None
    return Fitted(refined, found.timed, found.partners, found.shifts, found.costs)


def placed(films: Films, found: Fitted, run: Run) -> list[FrameMatch]:
    """The matrix of every frame, its weave measured finely; one without a partner gets the film's, and the usual weave as its misfit."""
    view = _seen_through(films, found.geometry, _best(found, PAIRS), Grid.over(films.area, FITTING))
    known = [k for k, j in enumerate(found.partners) if j is not None]
    unwoven = float(np.sqrt(np.square(found.shifts[known]).sum(1).mean()))
    out: list[FrameMatch] = []
    columns = range(len(found.partners)), found.partners, found.shifts, found.timed.sure, repeat(view), repeat(unwoven)
    for match in each(_place, *columns):
        run.step(len(out), len(found.partners), "measuring the weave")
        out.append(match)
    return out


def _place(i: int, j: int | None, shift: NDArray[np.float64], sure: float, view: _View, unwoven: float) -> FrameMatch:
    if j is None:
        return FrameMatch(i, None, 0.0, view.geometry, unwoven)
    step = view.grid.step
    pair = view.pair(i, j, shift / step, 6)
    matrix = view.geometry @ moved(*(pair.shift * step))
    return FrameMatch(i, j, sure, matrix / matrix[2, 2], left(*flow(pair.healed, pair.laid, pair.sound), step))


def _seen_through(films: Films, geometry: Matrix, pairs: Sequence[tuple[int, int]], grid: Grid) -> _View:
    """A view whose tone and spread come from `pairs`."""
    valid = joint(grid, geometry, films.reference.size)
    inside = valid > 0
    there = np.concatenate([films.reference.seen(j, geometry @ grid.matrix, grid.size)[inside][::7] for _, j in pairs])
    here = np.concatenate([films.scan.seen(i, grid.matrix, grid.size)[inside][::7] for i, _ in pairs])
    tone = most_agreed(there, here)
    off = np.abs(here - tone(there))
    spread = 1.4826 * float(np.median(off[off < 2 * _SPREAD[1]])) if (off < 2 * _SPREAD[1]).any() else _SPREAD[1]
    return _View(films, grid, geometry, tone, float(np.clip(spread, *_SPREAD)), valid)


def _timed(view: _View, path: NDArray[np.int64], shots: Sequence[tuple[int, int]], before: Fitted | None, run: Run) -> Fitted:
    """The cheapest path through the reference frames around `path`."""
    reach, near = (1, 2) if before else (_REACH, 6)
    wanted = bands(path, len(view.films.reference_signed), reach, near)
    shifts = np.zeros((len(path), 2)) if before is None else before.shifts / view.grid.step
    looks: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    for look in each(_looked, repeat(view), range(len(path)), wanted, shifts):
        run.step(len(looks), len(path), "comparing frames where they are sound")
        looks.append(look)
    timed = best_path(wanted, [costs for costs, _ in looks], shots, np.full(len(path), -1.0, np.float32))
    partners = tuple(int(near[c]) if c >= 0 else None for near, c in zip(wanted, timed.chosen, strict=True))
    chosen = np.array([own[c] if c >= 0 else (0, 0) for (_, own), c in zip(looks, timed.chosen, strict=True)])
    costs = np.array([own[c] if c >= 0 else 0.0 for (own, _), c in zip(looks, timed.chosen, strict=True)])
    return Fitted(view.geometry, timed, partners, chosen * view.grid.step, costs)


def _looked(view: _View, i: int, near: NDArray[np.int64], shift: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n,) what scan frame `i` costs with each of the reference frames `near`, and (n, 2) the weaves in grid pixels.

    Judged by all on the same pixels: those that agree with any of them.
    """
    pairs = [view.pair(i, int(j), shift, 2) for j in near]
    common = np.max([pair.sound for pair in pairs], 0)
    share = _by_tile(common)
    agreeing = [np.clip(1 - _by_tile(np.minimum(pair.miss / _AGREES ** 2, 1) * common) / (share + 1e-6), 0, 1) for pair in pairs]
    share = share / max(share.sum(), 1e-6)
    costs = np.array([(share * np.log(1 - np.square(tiles) + 0.02)).sum() * EVIDENCE / 2 for tiles in agreeing])
    return costs, np.array([pair.shift for pair in pairs])


def _by_tile(plane: Plane) -> NDArray[np.float64]:
    h, w = (length // count * count for length, count in zip(plane.shape, TILES[::-1], strict=True))
    return np.asarray(plane[:h, :w].reshape(TILES[1], h // TILES[1], TILES[0], w // TILES[0]).mean((1, 3)), np.float64)


def _refined(films: Films, grid: Grid, geometry: Matrix, pairs: Sequence[tuple[int, int]], run: Run) -> Matrix:
    """`geometry` refined on `pairs` together where they agree; the median weave of the pairs is 0 after it."""
    shifts = np.zeros((len(pairs), 2))
    for step in range(_STEPS):
        run.step(step, _STEPS, "refining the geometry where the print is sound")
        view = _seen_through(films, geometry, pairs, grid)
        laid = [view.pair(i, j, shift, 1) for (i, j), shift in zip(pairs, shifts, strict=True)]
        parts = [normal_equations(p.healed, p.laid, p.sound, basis(p.sound)) for p in laid]
        before = np.array([p.shift for p in laid])
        bend, turn = solved(parts, before)
        shifts = before + turn
        middle = np.median(shifts, 0)
        shifts = shifts - middle
        bent = as_homography(bend, grid.size) @ moved(*middle)
        after = geometry @ grid.matrix @ bent @ np.linalg.inv(grid.matrix)
        geometry, last = after / after[2, 2], geometry
        if apart(geometry, last, films.scan.size) < 0.02:
            break
    return geometry


def _beyond_chance(view: _View, pair: _Pair, i: int) -> float:
    """How many times as many pixels agree as where the reference is laid a sixth of the picture aside, to the four sides."""
    here, valid = view.here(i), view.valid > 0
    aside = [np.roll(pair.laid, side * (length // 6), axis) for axis, length in enumerate(here.shape) for side in (-1, 1)]
    chance = np.mean([(np.abs(here - laid) < _AGREES * view.spread)[valid].mean() for laid in aside])
    return float(pair.sound[valid].mean() / (chance + 0.05))


def _best(found: Fitted, wanted: int) -> list[tuple[int, int]]:
    """The pair that fits best in each of `wanted` equal parts of the scan frames that have a partner."""
    known = np.array([i for i, j in enumerate(found.partners) if j is not None], np.int64)
    parts = np.array_split(known, min(wanted, len(known)))
    best = [int(part[np.argmin(found.costs[part])]) for part in parts]
    return [(i, int(found.partners[i] or 0)) for i in best]


def _spread_over(path: NDArray[np.int64], wanted: int) -> list[tuple[int, int]]:
    known = np.flatnonzero(path >= 0)
    return [(int(part[len(part) // 2]), int(path[part[len(part) // 2]])) for part in np.array_split(known, min(wanted, len(known)))]
