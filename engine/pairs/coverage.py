"""What of a film a choice of frames covers, and which frame would help most. Quick: the window asks at every click."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.pairs.colours import word
from engine.pairs.looks import Looks


class Next(NamedTuple):
    """A scan frame to pick, and how many frames of the film, in how many shots, it covers that none does yet."""

    frame: int
    covers: int
    shots: int


def places(looks: Looks, frames: Iterable[int]) -> NDArray[np.int64]:
    """The candidates nearest in the film to `frames`, which may be any frames of the scan."""
    wanted = np.array(sorted(set(frames)), np.int64)
    if not len(looks.frames) or not len(wanted):
        return np.empty(0, np.int64)
    after = np.clip(np.searchsorted(looks.frames, wanted), 0, len(looks.frames) - 1)
    before = np.maximum(after - 1, 0)
    nearer = np.abs(looks.frames[before] - wanted) <= np.abs(looks.frames[after] - wanted)
    return np.unique(np.where(nearer, before, after))


def covered(looks: Looks, picked: Iterable[int]) -> NDArray[np.bool_]:
    """(n,) whether a picked frame stands for each candidate."""
    return np.asarray(looks.stands_for[:, places(looks, picked)].any(1))


def suggest_next(looks: Looks, picked: Iterable[int]) -> Next | None:
    """The candidate that covers most of what is not covered yet, well aligned ones before others;
    None where all is covered."""
    chosen = places(looks, picked)
    open_ = ~looks.stands_for[:, chosen].any(1)
    if not open_.any():
        return None
    gains = looks.weights[open_] @ looks.stands_for[open_]
    best = int((gains * looks.worth).argmax())
    new = open_ & looks.stands_for[:, best]
    return Next(int(looks.frames[best]), round(float(looks.weights[new].sum())), len(np.unique(looks.shots[new])))


def next_frames(looks: Looks, painted: Iterable[int], unsure: Mapping[int, float], most: int) -> list[Next]:
    """The frames to paint next, most useful first, each as if those before it were painted: they stand for most of the film that no
    keyframe is like, where the net is `unsure` (dE00 of frames that it was asked about; of others that of the nearest) sooner."""
    if unsure and len(looks.frames):
        asked = np.array(sorted(unsure))
        nearest = asked[np.abs(looks.frames[:, None] - asked[None]).argmin(1)]
        doubts = np.array([unsure[int(frame)] for frame in nearest])
        looks = looks.with_worth(1 + doubts / (float(np.median(doubts)) + 1e-6))
    chosen, found = list(painted), list[Next]()
    while len(found) < most and (one := suggest_next(looks, chosen)) is not None:
        found.append(one)
        chosen.append(one.frame)
    return found


def colour_of(looks: Looks, frame: int, picked: Iterable[int]) -> str | None:
    """A plain word for the colour that a frame shows and the picked ones hardly do; None where there is none."""
    at = places(looks, [frame])
    return word(looks.colours, int(at[0]), [int(i) for i in places(looks, picked)]) if len(at) else None
