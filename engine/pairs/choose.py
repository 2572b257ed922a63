"""The frame picker: which frames become pairs, which of these are held out, and why.

In each shot the frames are chosen that stand for most of the others: greedy facility location (Nemhauser, Wolsey and Fisher, "An analysis
of approximations for maximizing submodular set functions", 1978) over small descriptors of layout and colour, weighted by how sure the
alignment is. Held-out frames are chosen in the same way from what is left, away from the training frames, so that they stand for the film
and not for the neighbours of what was trained on.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import Alignment, FrameMatch, doubtful, unsure
from engine.balance.balance import Balance
from engine.errors import NothingInCommon, UsageError
from engine.media.colour import to_display, to_ycbcr
from engine.media.source import FrameSource, Picture
from engine.pairs.colours import best_words, shares
from engine.pairs.looks import Doubles, Looks
from engine.run import Run

Item = TypeVar("Item")

MOST = 64                   # training frames of a film, but each shot has at least one
FEWEST_A_SHOT = 3
FRAMES_A_PAIR = 3           # a further training frame for so many frames of a shot
HELD_OUT = 0.15             # of all pairs
FEWEST_TO_HOLD_OUT = 6      # keyframes; of fewer every one is needed
CANDIDATES = 600            # frames looked at, spread evenly
THUMBNAIL = (16, 12)
BINS = 8                    # of each chroma axis in the colour histogram
FAR = 1 << 40               # from every frame
TIME_WEIGHT = 0.3           # of the place in the shot beside the typical difference of pictures: spreads the choice where nothing moves


@dataclass(frozen=True)
class Reason:
    """Why a frame is a pair: how many of the frames of its shot it stands for, and the colour that it shows best and few other pairs do.
    Frames that were asked for stand for themselves: nothing is known of them."""

    shot: str
    covers: int | None = None
    of: int | None = None
    colour: str | None = None


@dataclass(frozen=True)
class PairChoice:
    """Scan frames, counted from 0. `shots` holds a word for every frame of the scan; `reasons` a reason for every pair."""

    train: tuple[int, ...]
    held_out: tuple[int, ...]
    shots: tuple[str, ...]
    reasons: dict[int, Reason]

    def at_most(self, train: int, held_out: int) -> PairChoice:
        """Evenly so many of them."""
        kept = thinned(self.train, train), thinned(self.held_out, held_out)
        return PairChoice(*kept, self.shots, {frame: reason for frame, reason in self.reasons.items() if frame in {*kept[0], *kept[1]}})

    def as_json(self) -> dict[str, Any]:
        """Plain lists; `from_json` gives back an equal choice."""
        return {"train": list(self.train), "held_out": list(self.held_out), "shots": list(self.shots),
                "reasons": {str(index): asdict(reason) for index, reason in self.reasons.items()}}

    @staticmethod
    def from_json(data: dict[str, Any]) -> PairChoice:
        return PairChoice(tuple(data["train"]), tuple(data["held_out"]), tuple(data["shots"]),
                          {int(index): Reason(**reason) for index, reason in data["reasons"].items()})


def suggest_pairs(scan: FrameSource, reference: FrameSource, alignment: Alignment, balance: Balance, encodings: tuple[str, str],
                  shot_names: tuple[str, ...] | None, run: Run) -> tuple[PairChoice, Looks]:
    """Training and held-out frames by what the frames show, and the looks of the frames that they were chosen from.

    `shot_names` are the user's words, one for every scan frame; None takes the shots of the alignment. `encodings` are those of scan and
    reference. The same input gives the same choice. Raises NothingInCommon where no frame has a partner."""
    shots = shot_names if shot_names is not None else shot_words(alignment, len(scan))
    partners = _partners(scan, reference, alignment)
    groups = _candidates(partners, shots)
    sizes = Counter(shots[frame] for frame in partners)
    looks = _looks(scan, reference, groups, {word: sizes[word] / len(group) for word, group in groups.items()}, balance, encodings, run)
    return _choose(groups, looks, shots), looks


def pairs_as_wanted(scan: FrameSource, reference: FrameSource, alignment: Alignment, wanted: str | tuple[int, ...],
                    held_out: tuple[int, ...] | None, shot_names: tuple[str, ...] | None) -> PairChoice:
    """The frames asked for. `wanted`: 'all', every frame that has a partner; or frames. `held_out`: exactly these are held out, and the
    others are trained on; None holds out about 15 % of wanted frames (at least one of four), and none of all.

    Raises NothingInCommon where no frame has a partner, UsageError for a frame that has none and where nothing is left to train on."""
    shots = shot_names if shot_names is not None else shot_words(alignment, len(scan))
    partners = _partners(scan, reference, alignment)
    frames = sorted(partners) if isinstance(wanted, str) else sorted(set(wanted))
    held = set(held_out) if held_out is not None else set() if isinstance(wanted, str) else _part_of(frames)
    train = [frame for frame in frames if frame not in held]
    for frame in (*train, *sorted(held)):
        if frame not in partners:
            raise UsageError(f"frame {scan.name(frame)} has no partner in the reference, so no pair can be made of it; choose another")
    if not train:
        raise UsageError("every frame that was picked is held out, so there is none to train on; pick more frames")
    reasons = {frame: Reason(shots[frame]) for frame in sorted((*train, *held))}
    return PairChoice(tuple(train), tuple(sorted(held)), shots, reasons)


def _part_of(frames: list[int]) -> set[int]:
    count = max(1, round(HELD_OUT * len(frames))) if len(frames) >= 4 else 0
    return {frames[(2 * i + 1) * len(frames) // (2 * count)] for i in range(count)}


def held_keyframes(frames: tuple[int, ...], wanted: tuple[int, ...] | None) -> tuple[int, ...]:
    """The keyframes that are held out: those wanted, or of many about 15 %."""
    if wanted is not None:
        return tuple(frame for frame in frames if frame in set(wanted))
    count = round(HELD_OUT * len(frames)) if len(frames) >= FEWEST_TO_HOLD_OUT else 0
    return tuple(sorted({frames[(2 * i + 1) * len(frames) // (2 * count)] for i in range(count)}))


def _partners(scan: FrameSource, reference: FrameSource, alignment: Alignment) -> dict[int, FrameMatch]:
    partners = {m.scan: m for m in alignment.frames if m.reference is not None}
    if not partners:
        raise NothingInCommon(f"{scan.info.path}: no frame has a partner in {reference.info.path}; choose a reference of the same film")
    return partners


def thinned(frames: Sequence[Item], most: int) -> tuple[Item, ...]:
    """At most so many, evenly."""
    return tuple(frames[i] for i in np.linspace(0, len(frames) - 1, min(most, len(frames))).round().astype(int))


def shot_words(alignment: Alignment, count: int) -> tuple[str, ...]:
    """'shot 1' and so on for every scan frame, by the shots of the alignment."""
    words = ["shot 1"] * count
    for number, (start, stop) in enumerate(alignment.shots, 1):
        words[start:stop] = [f"shot {number}"] * (stop - start)
    return tuple(words)


def _candidates(partners: dict[int, FrameMatch], shots: tuple[str, ...]) -> dict[str, list[FrameMatch]]:
    """The frames of each shot that are not doubtful, or, where all of it is, those that surely have the right partner; thinned to
    CANDIDATES over the film but not below FEWEST_A_SHOT + 1 a shot; longest shot first."""
    matches = [partners[frame] for frame in sorted(partners)]
    groups: dict[str, list[FrameMatch]] = {}
    for left_out in (doubtful(matches), unsure(matches)):
        found: dict[str, list[FrameMatch]] = {}
        for match in matches:
            if match.scan not in left_out:
                found.setdefault(shots[match.scan], []).append(match)
        groups = found | groups
    share = min(1.0, CANDIDATES / sum(map(len, groups.values())))
    for word, group in groups.items():
        count = min(len(group), max(FEWEST_A_SHOT + 1, round(share * len(group))))
        groups[word] = [group[i] for i in np.linspace(0, len(group) - 1, count).round().astype(int)]
    return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def _looks(scan: FrameSource, reference: FrameSource, groups: dict[str, list[FrameMatch]], weights: dict[str, float], balance: Balance,
           encodings: tuple[str, str], run: Run) -> Looks:
    """For each candidate: layout of the balanced scan, layout and histogram of the reference's chroma. Read in the order of the film."""
    candidates = sorted(((m, word) for word, group in groups.items() for m in group), key=lambda c: c[0].scan)
    vectors, colours = [], []
    for done, (match, _) in enumerate(candidates):
        run.step(done, len(candidates), "choosing pairs")
        assert match.reference is not None
        layout = to_ycbcr(np.clip(balance.apply(to_display(_small(scan.read(match.scan)), encodings[0]), match.scan), 0, 1))
        shown = np.clip(to_display(_small(reference.read(match.reference), 4), encodings[1]), 0, 1)
        colour = to_ycbcr(shown)[..., 1:]
        histogram, _ = np.histogramdd(np.clip(colour, -0.25, 0.25).reshape(-1, 2), BINS, [(-0.25, 0.25)] * 2)
        coarse = cv2.resize(colour, THUMBNAIL, interpolation=cv2.INTER_AREA)
        parts = (layout / np.sqrt(layout.size), 2 * coarse / np.sqrt(coarse.size), 0.2 * np.sqrt(histogram / histogram.sum()))
        vectors.append(np.concatenate([part.ravel() for part in parts]).astype(np.float64))
        colours.append(shares(shown))
    words = [word for _, word in candidates]
    return Looks(np.array([m.scan for m, _ in candidates], np.int64), np.array(words), np.stack(vectors),
                 np.array([m.confidence / (1 + m.residual_px) for m, _ in candidates]), np.array([weights[word] for word in words]),
                 np.stack(colours))


def _small(picture: Picture, times: int = 1) -> Picture:
    size = (THUMBNAIL[0] * times, THUMBNAIL[1] * times)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.float32)


def _choose(groups: dict[str, list[FrameMatch]], looks: Looks, shots: tuple[str, ...]) -> PairChoice:
    counts = _counts([len(group) for group in groups.values()])
    train: list[int] = []
    held_out: list[int] = []
    reasons: dict[int, Reason] = {}
    for count, (word, group) in zip(counts, groups.items(), strict=True):
        due = max(round(HELD_OUT / (1 - HELD_OUT) * (len(train) + count)), 1) - len(held_out)
        held = max(0, min(due, len(group) - 1))
        own = looks.shots == word
        alike = _similarity(looks.vectors[own])
        chosen, kept = _parted(alike * looks.worth[own], group, min(count, len(group) - held), held)
        train += [group[i].scan for i in chosen]
        held_out += [group[i].scan for i in kept]
        for members in (chosen, kept):
            for place, frames in zip(members, _stands_for(alike, members), strict=True):
                reasons[group[place].scan] = Reason(word, round(frames * float(looks.weights[own][0])), round(looks.weights[own].sum()))
    rows = np.searchsorted(looks.frames, sorted(train)).tolist()
    for row, colour in best_words(looks.colours, rows).items():
        frame = int(looks.frames[row])
        reasons[frame] = replace(reasons[frame], colour=colour)
    return PairChoice(tuple(sorted(train)), tuple(sorted(held_out)), shots, dict(sorted(reasons.items())))


def _counts(sizes: list[int]) -> list[int]:
    """Training frames for shots of these sizes: by length, at most MOST together, at least one each."""
    counts = [min(size, FEWEST_A_SHOT + size // FRAMES_A_PAIR) for size in sizes]
    while sum(counts) > MOST and max(counts) > 1:
        counts[int(np.argmax(counts))] -= 1
    return counts


def _similarity(look: Doubles) -> Doubles:
    """(n, n) of the looks (n, d) of a shot, 1 = the same; the scale is the typical difference inside the shot."""
    square = np.square(look).sum(1)
    distance = np.maximum(square[:, None] + square[None] - 2 * look @ look.T, 0)
    typical = float(np.median(distance)) + 1e-9
    time = np.linspace(0, 1, len(look))
    return np.asarray(np.exp(-distance / typical - TIME_WEIGHT * np.square((time[:, None] - time[None]) * len(look) / 10)))


def _greedy(value: Doubles, count: int, allowed: NDArray[np.bool_]) -> list[int]:
    """Up to `count` allowed columns of `value` (what each is to every row), each the one that adds most to the best that the rows have."""
    chosen: list[int] = []
    best = np.zeros(len(value))
    for _ in range(min(count, int(allowed.sum()))):
        gain = np.where(allowed, np.maximum(value - best[:, None], 0).sum(0), -1)
        gain[chosen] = -1
        chosen.append(int(gain.argmax()))
        best = np.maximum(best, value[:, chosen[-1]])
    return chosen


def _parted(value: Doubles, group: list[FrameMatch], count: int, held: int) -> tuple[list[int], list[int]]:
    """`count` places in the group to train on, and `held` to hold out. Where so many are trained on that a frame held out is next to one,
    those to train on are chosen anew away from it, if the shot has enough others."""
    frames = np.array([match.scan for match in group])

    def away(members: list[int], distance: int) -> NDArray[np.bool_]:
        return np.asarray(np.abs(frames[:, None] - frames[members][None]).min(1, initial=FAR) > distance)

    chosen = _greedy(value, count, np.ones(len(group), np.bool_))
    far = away(chosen, 1)
    kept = _greedy(value, held, far if far.sum() >= held else away(chosen, 0))
    free = away(kept, 1)
    if not free[chosen].all() and free.sum() >= count:
        chosen = _greedy(value, count, free)
    return chosen, kept


def _stands_for(alike: Doubles, members: list[int]) -> list[int]:
    """How many frames are more like each member than like the others."""
    if not members:
        return []
    return [int(n) for n in np.bincount(alike[:, members].argmax(1), minlength=len(members))]
