"""Align a reference to a scan in time and in space: which frame shows it, and the matrix that leads there.

Three passes over the film. The first keeps a small signature of every frame, which gives candidates in time, and matched points of a few
frames give the geometry. The second compares each scan frame with its candidates through that geometry and finds the cheapest path. The
third measures the weave of each frame at fine size. What is kept of a frame is a signature and a few numbers.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import Alignment, FrameMatch
from engine.align.cleaned import Cleaned
from engine.align.dense import EVIDENCE, Comparer, Grid, Views
from engine.align.eaten import fitted, placed
from engine.align.features import Box, Matrix, signatures
from engine.align.films import Films, look_over
from engine.align.geometry import COARSE, FINE, HYPOTHESES, find_anchors, fit, refine, settled
from engine.align.misfit import woven
from engine.align.pan import without_pan
from engine.align.partial import Partial
from engine.align.space import apart, moved
from engine.align.time import REACH, bands, best_path, coarse_path, through_sync
from engine.errors import MediaError, NothingInCommon, TooShort, UsageError
from engine.media.shots import shots_of
from engine.media.source import FrameSource
from engine.run import Run, each

Shot = tuple[int, int]

ANCHORS = 24                # scan frames tried at most for matched points, of a film or of a shot with a geometry of its own
WITNESSES = 8               # scan frames that decide where anchors do not agree on a geometry
PAIRS = 16                  # pairs that a film's geometry is refined on; a shot's takes half of them
ALIKE = 0.3                 # correlation of the median tile where two frames show the same
SAME_GEOMETRY_PX = 0.4      # shots whose geometry leads the corners less than this apart share the film's
WEAK = 0.5                  # part of the film's usual evidence that a shot must have to differ from the film
DOUBTFUL = 0.5              # a shot whose median confidence is less may have another geometry
SETTLED_PX = 1.0            # a film's geometry that moves its corners less than this has no other path in time
LOST = -0.12 * EVIDENCE     # the cost of a pair that frames with nothing in common do not reach
_TURNS = 4


@dataclass(frozen=True)
class _Match:
    """What the second pass finds for a scan frame: its partner, what the pair costs, how sure it is, and the shift in scan pixels."""

    reference: int | None
    cost: float
    sure: float
    shift: NDArray[np.float64]


class _Look:
    """The reference frames that a scan frame was compared with: their numbers, costs (n,), and shifts (n, 2) in scan pixels."""

    def __init__(self) -> None:
        self.places = np.empty(0, np.int64)
        self.costs = np.empty(0)
        self.shifts = np.empty((0, 2))

    def add(self, comparer: Comparer, frame: int, near: NDArray[np.int64]) -> None:
        """Compare scan frame `frame` with those of `near` that it was not compared with yet."""
        new = np.setdiff1d(near, self.places)
        if not len(new):
            return
        fixed = comparer.scan(frame)
        compared = [comparer.pair(fixed, int(j)) for j in new]
        self.places = np.concatenate([self.places, new])
        self.costs = np.concatenate([self.costs, [cost for cost, _ in compared]])
        self.shifts = np.concatenate([self.shifts, [laid.shift * comparer.grid.step for _, laid in compared]])

    def match(self, chosen: int, sure: float) -> _Match:
        """The match with the reference frame at place `chosen`; -1 is none."""
        if chosen < 0:
            return _Match(None, 0.0, 0.0, np.zeros(2))
        return _Match(int(self.places[chosen]), float(self.costs[chosen]), sure, self.shifts[chosen])


def align(scan: FrameSource, reference: FrameSource, run: Run, sync: Sequence[tuple[int, int]] = (),
          partial: Partial | None = None, area: Box | None = None) -> Alignment:
    """The reference frame, matrix, confidence and misfit of every scan frame.

    `sync` are pairs (scan frame, reference frame) that the user has set: the path goes through them, and the frames of their shots are
    looked for on their diagonals too. `partial` is told how far it is; `area` is the live area of the scan where the user has drawn it.
    Raises TooShort where a film has no frames, NothingInCommon where no part of the reference shows what the scan shows, UsageError for
    a pair of frames that there are not.
    """
    for source, what in ((scan, "scan"), (reference, "reference")):
        if not len(source):
            raise TooShort(f"{source.info.path}: the {what} has no frames; choose another file")
    for frame, partner in sync:
        if not 0 <= frame < len(scan) or not 0 <= partner < len(reference):
            raise UsageError(f"{scan.info.path}: the sync point {frame} on {partner} lies outside the films (of {len(scan)} and "
                             f"{len(reference)} frames); remove it")
    films = look_over(scan, reference, dict(sync), run, area)
    shots = shots_of(films.signed.thumbnails())
    geometry = _geometry_of(films, range(len(scan)), run)
    geometry, matches = (None, []) if geometry is None else _matched(films, geometry, (0, len(scan)), shots, run)
    if geometry is None or all(m.reference is None for m in matches):
        frames = _in_spite_of_damage(scan, films, shots, run)
    else:
        geometries = _by_shot(films, matches, geometry, shots, run)
        frames = _placed(films, matches, geometries, shots, partial, run)
    if not frames:
        raise NothingInCommon(f"{reference.info.path}: shows nothing of the scan {scan.info.path}; choose a reference of the same film")
    return Alignment(tuple(frames), tuple(shots), films.area, films.reference.size, reference.info.rate or Fraction(24))


def aligned_already(scan: FrameSource, reference: FrameSource, run: Run) -> Alignment:
    """Frame by frame, pixel by pixel, as the user says (`--aligned`): by their places in the whole films, so that a range or missing
    numbers move nothing; single stills go by name. Raises MediaError where that cannot be."""
    a, b = scan.info, reference.info
    if (a.width, a.height) != (b.width, b.height):
        raise MediaError(f"{b.path}: is {b.width}x{b.height}, the scan is {a.width}x{a.height}; pictures that are aligned already have "
                         "one size, so leave --aligned out or choose another reference")
    if a.kind == "stills" and b.kind == "stills":
        there = {reference.name(j): j for j in range(len(reference))}
        missing = [scan.name(i) for i in range(len(scan)) if scan.name(i) not in there]
        if missing:
            raise MediaError(f"{b.path}: has no picture named {missing[0]} ({len(missing)} of {len(scan)} names of the scan are missing); "
                             "give both sides the same names")
        partners: list[int | None] = [there[scan.name(i)] for i in range(len(scan))]
    elif scan.places != reference.places:
        raise MediaError(f"{b.path}: has {reference.places} frames, the scan has {scan.places}; films that are aligned already have one "
                         "length, so leave --aligned out or cut one of them")
    else:
        at = {reference.place(j): j for j in range(len(reference))}
        partners = [at.get(scan.place(i)) for i in range(len(scan))]
    run.step(len(scan), len(scan), "aligned already")
    frames = tuple(FrameMatch(i, j, 0.0 if j is None else 1.0, np.eye(3), 0.0) for i, j in enumerate(partners))
    return Alignment(frames, ((0, len(scan)),), (0, 0, a.width, a.height), (b.width, b.height), b.rate or Fraction(24))


def _in_spite_of_damage(scan: FrameSource, films: Films, shots: Sequence[Shot], run: Run) -> list[FrameMatch]:
    """The frames of a print that is eaten by mould: found roughly on cleaned frames, then where they are sound. [] where not."""
    run.say(f"{scan.info.path}: found nothing that the reference shows; trying again as for a damaged print")
    cleaned = Cleaned(scan, shots)
    rough = replace(films, scan=Views(cleaned), signed=signatures(cleaned, films.area, run, "cleaning the scan"))
    geometry = _geometry_of(rough, range(len(scan)), run)
    if geometry is None:
        return []
    matches = _timed(rough, geometry, (0, len(scan)), shots, run)
    path = np.array([-1 if m.reference is None else m.reference for m in matches], np.int64)
    found = fitted(films, geometry, path, shots, run) if (path >= 0).any() else None
    return [] if found is None else placed(films, found, run)


def _geometry_of(films: Films, frames: Sequence[int], run: Run) -> Matrix | None:
    """From matched points in the frames with most to see in equal parts of `frames`; None where the fit does not bear the points out."""
    places, values = films.alike(None, run)
    parts = np.array_split(np.asarray(frames), min(ANCHORS, len(frames)))
    numbers = [int(part[np.argmax(films.known()[part] + values[part].max(1))]) for part in parts]
    numbers = [k for first in (0, 2, 1, 3) for k in numbers[first::4]]      # spread over the film, however soon enough are found
    grid, count = Grid.over(films.area, 512), len(films.reference_signed)
    groups = find_anchors(films.scan, films.reference, grid, films.reference_area, numbers, places, count, run)[:HYPOTHESES]
    best, least = None, 0.0
    for anchors in groups:
        geometry, pairs = settled(films.scan, films.reference, films.area, anchors, count, REACH, run)
        comparer = Comparer(films.scan, films.reference, Grid.over(films.area, COARSE), geometry)
        if not pairs or fit(comparer, pairs) <= ALIKE:
            continue
        cost = _borne_out(films, comparer, numbers[:WITNESSES], run) if len(groups) > 1 else -np.inf
        if cost < least:
            best, least = geometry, cost
    return best


def _borne_out(films: Films, comparer: Comparer, numbers: Sequence[int], run: Run) -> float:
    """What the scan frames `numbers` cost on average, each with the best reference frame that can be found through this geometry.

    A camera that comes back to where it was lets frames match that are shifted; only the true geometry suits all frames.
    """
    places, _ = films.alike(comparer.geometry, run, numbers)
    costs = []
    for i, likely in zip(numbers, places, strict=True):
        fixed = comparer.scan(i)
        near = {int(j) + k for j in likely[:2] for k in range(-REACH, REACH + 1)} & set(range(len(films.reference_signed)))
        costs.append(min(comparer.pair(fixed, j)[0] for j in sorted(near)))
    return float(np.mean(costs))


def _matched(films: Films, geometry: Matrix, span: Shot, shots: Sequence[Shot], run: Run) -> tuple[Matrix, list[_Match]]:
    """The path through the scan frames of `span` and the geometry refined on it, in turn until the geometry stays where it is.

    Where many frames of the scan have no partner, the first geometry may come from frames that only look alike; where the camera pans,
    from frames that are late.
    """
    matches: list[_Match] = []
    for turn in range(_TURNS):
        matches = _timed(films, geometry, span, shots, run)
        pairs = _best_pairs(matches, (0, len(matches)), PAIRS)
        if not pairs:
            break
        pairs = [(span[0] + i, j) for i, j in pairs]
        refined = refine(films.scan, films.reference, Grid.over(films.area, FINE), geometry, pairs)
        if turn < _TURNS - 1:
            refined = without_pan(films.scan, films.reference, Grid.over(films.area, COARSE), refined, pairs, len(films.reference_signed))
        near = apart(refined, geometry, films.scan.size) < SETTLED_PX
        geometry = refined
        if near:
            break
    return geometry, matches


def _timed(films: Films, geometry: Matrix, span: Shot, shots: Sequence[Shot], run: Run) -> list[_Match]:
    """The cheapest path through the candidates of the scan frames of `span`, seen through `geometry`."""
    start, stop = span
    places, values = films.alike(geometry, run)
    count = len(films.reference_signed)
    comparer = Comparer(films.scan, films.reference, Grid.over(films.area, COARSE), geometry)
    inside = [(max(a, start) - start, min(b, stop) - start) for a, b in shots if a < stop and b > start]
    looks = [_Look() for _ in range(start, stop)]
    path = coarse_path(places[start:stop], values[start:stop])
    said = {frame - start: partner for frame, partner in films.sync.items() if start <= frame < stop}
    wanted = through_sync(bands(path, count), said, inside, count)
    for _ in range(2):
        new = [k for k, look in enumerate(looks) if path[k] < 0 or not len(look.places)]
        columns = [looks[k] for k in new], repeat(comparer), [start + k for k in new], [wanted[k] for k in new]
        for done, _ in enumerate(each(_Look.add, *columns)):
            run.step(done, len(new), "comparing frames")
        timed = best_path([k.places for k in looks], [k.costs for k in looks], inside, LOST * films.known()[start:stop], said)
        path = np.array([look.places[c] if c >= 0 else -1 for look, c in zip(looks, timed.chosen, strict=True)], np.int64)
        wanted = bands(path, count, near=0)         # frames without a partner are looked for again, where their neighbours' path leads
    return [look.match(c, sure) for look, c, sure in zip(looks, timed.chosen, timed.sure, strict=True)]


def _by_shot(films: Films, matches: list[_Match], film: Matrix, shots: Sequence[Shot], run: Run) -> list[Matrix]:
    """The refined geometry of each shot; `matches` of a shot that has another geometry than the film are found anew.

    Shots whose own refinement agrees with the film's share that, which many frames have made surer; so do shots with little to see.
    """
    grid = Grid.over(films.area, FINE)
    usual = _usual(matches)
    out = []
    for k, (start, stop) in enumerate(shots):
        run.step(k, len(shots), "refining the geometry")
        own = film
        if len(shots) > 1 and np.median([m.sure for m in matches[start:stop]]) < DOUBTFUL:
            other = _geometry_of(films, range(start, stop), run)
            if other is not None:
                own, matches[start:stop] = _matched(films, other, (start, stop), [(start, stop)], run)
        pairs = _best_pairs(matches, (start, stop), PAIRS // 2)
        if len(shots) > 1 and len(pairs) >= 3 and _usual(matches[start:stop]) < WEAK * usual:
            own = refine(films.scan, films.reference, grid, own, pairs)
        out.append(film if apart(own, film, films.scan.size) < SAME_GEOMETRY_PX else own)
    return out


def _usual(matches: Sequence[_Match]) -> float:
    """What a pair usually costs, among those that have a partner."""
    return float(np.median([m.cost for m in matches if m.reference is not None] or [0.0]))


def _best_pairs(matches: Sequence[_Match], span: Shot, wanted: int) -> list[tuple[int, int]]:
    """The pair that fits best in each of `wanted` equal parts of the scan frames of `span`."""
    known = np.array([i for i in range(*span) if matches[i].reference is not None], np.int64)
    parts = np.array_split(known, min(wanted, len(known))) if len(known) else []
    best = [int(min(part, key=lambda i: matches[i].cost)) for part in parts]
    return [(i, int(matches[i].reference or 0)) for i in best]


def _placed(films: Films, matches: Sequence[_Match], geometries: Sequence[Matrix], shots: Sequence[Shot], partial: Partial | None,
            run: Run) -> list[FrameMatch]:
    """The third pass: the matrix of every frame. A frame without a partner gets its shot's, and the usual weave as its misfit."""
    grid = Grid.over(films.area, FINE)
    unwoven = float(np.sqrt(np.mean([np.square(m.shift).sum() for m in matches if m.reference is not None])))
    out: list[FrameMatch] = []
    for (start, stop), geometry in zip(shots, geometries, strict=True):
        comparer = Comparer(films.scan, films.reference, grid, geometry)
        for frame in each(_place, repeat(comparer), range(start, stop), matches[start:stop], repeat(unwoven)):
            run.step(len(out), len(matches), "measuring the weave")
            out.append(frame)
            if partial:
                partial.tell(out)
    return out


def _place(comparer: Comparer, i: int, match: _Match, unwoven: float) -> FrameMatch:
    if match.reference is None:
        return FrameMatch(i, None, 0.0, comparer.geometry, unwoven)
    found = woven(comparer, i, match.reference, match.shift)
    matrix = comparer.geometry @ moved(*found.shift)
    return FrameMatch(i, match.reference, match.sure, matrix / matrix[2, 2], found.misfit)
