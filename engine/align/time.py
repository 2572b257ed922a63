"""Which reference frame shows a scan frame: candidates from signatures, and the cheapest path through their costs.

Films run forward one frame at a time; what breaks that (a splice, a lost or repeated frame, another cut, a part that is not there) is
possible at a price. The path of least cost is found by dynamic programming (Viterbi 1967) over a few candidates of each scan frame, so
that memory and time grow with the length of the film and not with its square.
"""
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.dense import EVIDENCE
from engine.run import Run

Vectors = NDArray[np.float32]

CANDIDATES = 6          # places in the reference kept for a scan frame
REACH = 4               # frames around a coarse match that are compared in full
NEAR = 12               # scan frames whose coarse matches are candidates for each other
_BLOCK = 256

STEP_PRICE = 25.0       # a lost or an extra frame: any step but one frame forward
FRAME_PRICE = 0.5       # and for each frame of it
CUT_PRICE = 80.0        # any step at a cut costs this at most
NULL_SHARE = 0.55       # how much worse than its neighbours a frame may fit before it has no partner
NULL_SWITCH = 40.0      # to begin or end a part without partners


def candidates(scan: Vectors, reference: Vectors, run: Run, wanted: int = CANDIDATES) -> tuple[NDArray[np.int64], Vectors]:
    """(n, wanted) reference frames most like each scan frame, each the best within 4 frames of it, and (n, wanted) their correlation."""
    n, m = len(scan), len(reference)
    wanted = min(wanted, m)
    places, values = np.empty((n, wanted), np.int64), np.empty((n, wanted), np.float32)
    for start in range(0, n, _BLOCK):
        run.step(start, n, "comparing signatures")
        like = scan[start:start + _BLOCK] @ reference.T
        peak = np.where(like >= cv2.dilate(like, np.ones((1, 9), np.uint8)), like, like - 2)
        best = np.argpartition(-peak, wanted - 1, axis=1)[:, :wanted] if wanted < m else np.tile(np.arange(m), (len(like), 1))
        best = np.take_along_axis(best, np.argsort(-np.take_along_axis(peak, best, 1), axis=1, kind="stable"), 1)
        places[start:start + _BLOCK] = best
        values[start:start + _BLOCK] = np.take_along_axis(peak, best, 1)
    return places, values


def coarse_path(places: NDArray[np.int64], values: Vectors) -> NDArray[np.int64]:
    """(n,) the reference frame of each scan frame on the path that is most like the film and jumps least; -1 where nothing is alike."""
    def price(before: NDArray[np.int64], after: NDArray[np.int64]) -> NDArray[np.float64]:
        jump = np.abs(after[None, :] - before[:, None] - 1)
        return np.asarray(np.minimum(0.01 * jump, 0.4))

    n = len(places)
    alike = np.concatenate([values.astype(np.float64), np.full((n, 1), 0.3)], 1)      # the last state is 'no partner'
    total = -alike[0]
    back = np.zeros((n, alike.shape[1]), np.int32)
    for i in range(1, n):
        step = np.full((alike.shape[1],) * 2, 0.4)
        step[:-1, :-1] = price(places[i - 1], places[i])
        step[-1, -1] = 0
        ways = total[:, None] + step
        back[i] = ways.argmin(0)
        total = ways.min(0) - alike[i]
    path = np.empty(n, np.int64)
    state = int(total.argmin())
    for i in range(n - 1, -1, -1):
        path[i] = places[i, state] if state < places.shape[1] else -1
        state = int(back[i, state])
    return path


def bands(path: NDArray[np.int64], frames: int, reach: int = REACH, near: int = NEAR) -> list[NDArray[np.int64]]:
    """For each scan frame the reference frames to compare it with: around the diagonals of the matches of `path` near it."""
    out = []
    known = np.flatnonzero(path >= 0)
    for i in range(len(path)):
        first, stop = np.searchsorted(known, (i - near, i + near + 1))
        if first == stop:       # nothing near: go on from the last match before, and back from the next after
            first, stop = max(first - 1, 0), stop + 1
        at = known[first:stop]
        diagonal = np.unique(path[at] + (i - at))
        around = np.unique((diagonal[:, None] + np.arange(-reach, reach + 1)).ravel())
        out.append(around[(around >= 0) & (around < frames)].astype(np.int64))
    return out


def through_sync(wanted: Sequence[NDArray[np.int64]], said: Mapping[int, int], spans: Sequence[tuple[int, int]],
                 frames: int) -> list[NDArray[np.int64]]:
    """`wanted` with what the user has `said` (scan frame -> reference frame): such a frame is compared with its partner alone, the others
    of its shot with what lies around the diagonals of the ones next before and after, too."""
    out = list(wanted)
    for start, stop in spans:
        own = np.array(sorted(frame for frame in said if start <= frame < stop), np.int64)
        for i in range(start, stop) if len(own) else ():
            after = int(np.searchsorted(own, i))
            diagonals = [said[int(k)] + i - int(k) for k in own[max(after - 1, 0):after + 1]]
            around = np.unique(np.concatenate([out[i], *(np.arange(j - REACH, j + REACH + 1) for j in diagonals)]))
            out[i] = around[(around >= 0) & (around < frames)].astype(np.int64)
        for frame in own:
            out[frame] = np.array([said[int(frame)]], np.int64)
    return out


@dataclass(frozen=True)
class Timed:
    """The path: for each scan frame its place among its candidates (-1: no partner), and how sure that is."""

    chosen: tuple[int, ...]
    sure: tuple[float, ...]


def usual_cost(costs: Sequence[NDArray[np.float64]], spans: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """(n,) what a right pair costs about here: the median of the best costs of the frames of the shot within a second or two."""
    best = np.array([c.min() if len(c) else 0.0 for c in costs])
    usual = np.empty(len(best))
    for start, stop in spans:
        for i in range(start, stop):
            near = best[max(start, i - NEAR):min(stop, i + NEAR + 1)]
            usual[i] = np.percentile(near, 35)
    return usual


def price_of_steps(before: NDArray[np.int64], after: NDArray[np.int64], stay: float) -> NDArray[np.float64]:
    """(len(before), len(after)) what it costs to go from one reference frame to another in one frame of the scan; `stay`: not forward."""
    step = after[None, :] - before[:, None]
    price = np.where(step > 0, STEP_PRICE + FRAME_PRICE * np.abs(step - 1), stay)
    return np.where(step == 1, 0.0, price)


def best_path(places: Sequence[NDArray[np.int64]], costs: Sequence[NDArray[np.float64]], spans: Sequence[tuple[int, int]],
              weak: NDArray[np.float32], said: Collection[int] = ()) -> Timed:
    """The cheapest path over `places` with their `costs` (negative: alike). `spans` are the shots [start, stop). The frames of `said` have
    a partner, whatever it costs.

    A frame that fits much worse than its neighbours, or whose cost stays above its `weak` (n,), has no partner. Inside a shot, to stay
    on a reference frame or to go back costs more than to have no partner for a frame, so that frames that the reference does not have
    do not cling to the nearest that it has. At a cut any jump is cheap.
    """
    usual = usual_cost(costs, spans)
    starts = {start for start, _ in spans}
    n = len(places)
    nothing = np.minimum(usual * (1 - NULL_SHARE), weak).astype(np.float64)
    nothing[list(said)] = np.inf
    stay = np.abs(usual) * NULL_SHARE + STEP_PRICE
    at: list[NDArray[np.float64]] = []
    back: list[NDArray[np.int64]] = []
    for i in range(n):
        own = np.append(costs[i], nothing[i])
        if i:
            step = np.full((len(places[i - 1]) + 1, len(own)), NULL_SWITCH)
            price = price_of_steps(places[i - 1], places[i], stay[i])
            step[:-1, :-1] = np.minimum(price, CUT_PRICE) if i in starts else price
            step[-1, -1] = 0
            ways = at[-1][:, None] + step
            back.append(ways.argmin(0))
            own = own + ways.min(0)
        at.append(own)
    states = [int(at[-1].argmin())]
    for pointers in reversed(back):
        states.append(int(pointers[states[-1]]))
    states.reverse()
    chosen = [s if s < len(p) else -1 for s, p in zip(states, places, strict=True)]
    for start, stop in spans:
        _without_returns(chosen, places, costs, said, start, stop)
    return Timed(tuple(chosen), tuple(_sure(costs[i], c, usual[i]) for i, c in enumerate(chosen)))


def _without_returns(chosen: list[int], places: Sequence[NDArray[np.int64]], costs: Sequence[NDArray[np.float64]], said: Collection[int],
                     start: int, stop: int) -> None:
    """Where the path goes back, or stays, across frames without a partner, the worse of the two frames loses its partner too, but none
    that is `said`."""
    kept: list[int] = []
    for i in range(start, stop):
        if chosen[i] < 0:
            continue
        while kept and kept[-1] < i - 1 and places[kept[-1]][chosen[kept[-1]]] >= places[i][chosen[i]]:
            before = kept[-1]
            worse = before if before not in said and (i in said or costs[before][chosen[before]] > costs[i][chosen[i]]) else i
            if worse in said:
                break
            chosen[worse] = -1
            if worse == i:
                break
            kept.pop()
        if chosen[i] >= 0:
            kept.append(i)


def _sure(costs: NDArray[np.float64], chosen: int, usual: float) -> float:
    """0..1: how much alike the chosen pair is, for itself and beside its neighbours, and how far it stands out from other places."""
    if chosen < 0:
        return 0.0
    others = np.delete(costs, chosen)
    behind = float(others.min() - costs[chosen]) if len(others) else np.inf
    alike = min(-2 * costs[chosen] / EVIDENCE, 1 + (costs[chosen] / usual - 0.8) / NULL_SHARE) if costs[chosen] < 0 and usual < 0 else 0.0
    return float(np.clip(alike, 0, 1)) / (1 + float(np.exp(-(behind + 40) / 20)))
