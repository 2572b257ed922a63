"""The frame picker: which frames become pairs, which of these are held out, and why.

In each shot the frames are chosen that stand for most of the others: greedy facility location (Nemhauser, Wolsey and Fisher, "An analysis
of approximations for maximizing submodular set functions", 1978) over small descriptors of layout and colour, weighted by how sure the
alignment is. Held-out frames are chosen in the same way from what is left, away from the training frames, so that they stand for the film
and not for the neighbours of what was trained on.
"""
from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import Alignment, FrameMatch
from engine.balance.balance import Balance
from engine.errors import NothingInCommon, UsageError
from engine.media.colour import to_display, to_ycbcr
from engine.media.source import FrameSource, Picture
from engine.run import Run

Doubles = NDArray[np.float64]

MOST = 64                   # training frames of a film, but each shot has at least one
FEWEST_A_SHOT = 3
FRAMES_A_PAIR = 10          # a further training frame for so many frames of a shot
HELD_OUT = 0.15             # of all pairs
CANDIDATES = 600            # frames looked at, spread evenly
TRUSTED = 0.5               # confidence, as a part of the film's best, that a candidate needs
THUMBNAIL = (16, 12)
BINS = 8                    # of each chroma axis in the colour histogram
TIME_WEIGHT = 0.3           # of the place in the shot beside the typical difference of pictures: spreads the choice where nothing moves


@dataclass(frozen=True)
class PairChoice:
    """Scan frames, counted from 0. `shots` holds a word for every frame of the scan; `reasons` one for every pair."""

    train: tuple[int, ...]
    held_out: tuple[int, ...]
    shots: tuple[str, ...]
    reasons: dict[int, str]


def choose_pairs(
    scan: FrameSource, reference: FrameSource, alignment: Alignment, balance: Balance, encodings: tuple[str, str],
    wanted: str | tuple[int, ...], shot_names: tuple[str, ...] | None, run: Run,
) -> PairChoice:
    """Choose training and held-out frames.

    `wanted`: 'auto', by what the frames show; 'all', every frame that has a partner is trained on and none held out; or the frames, about
    15 % of which are held out (at least one of four). `shot_names` are the user's words, one for every scan frame; None takes the shots of
    the alignment. `encodings` are those of scan and reference. The same input gives the same choice. Raises NothingInCommon where no frame
    has a partner, UsageError for a wanted frame that has none."""
    shots = shot_names if shot_names is not None else _shot_words(alignment, len(scan))
    partners = {m.scan: m for m in alignment.frames if m.reference is not None}
    if not partners:
        raise NothingInCommon(f"{scan.info.path}: no frame has a partner in {reference.info.path}; choose a reference of the same film")
    if wanted == "all":
        return PairChoice(tuple(sorted(partners)), (), shots, dict.fromkeys(sorted(partners), "every pair was asked for"))
    if not isinstance(wanted, str):
        return _as_wanted(scan, wanted, partners, shots)
    groups = _candidates(partners, shots)
    looks = _descriptors(scan, reference, groups, balance, encodings, run)
    return _choose(groups, looks, shots)


def _shot_words(alignment: Alignment, count: int) -> tuple[str, ...]:
    words = ["shot 1"] * count
    for number, (start, stop) in enumerate(alignment.shots, 1):
        words[start:stop] = [f"shot {number}"] * (stop - start)
    return tuple(words)


def _as_wanted(scan: FrameSource, wanted: tuple[int, ...], partners: dict[int, FrameMatch], shots: tuple[str, ...]) -> PairChoice:
    frames = sorted(set(wanted))
    for frame in frames:
        if frame not in partners:
            raise UsageError(f"frame {scan.name(frame)} has no partner in the reference, so no pair can be made of it; choose another")
    count = max(1, round(HELD_OUT * len(frames))) if len(frames) >= 4 else 0
    held = {frames[(2 * i + 1) * len(frames) // (2 * count)] for i in range(count)}
    reasons = {frame: "asked for by the user" + (", held out" if frame in held else "") for frame in frames}
    return PairChoice(tuple(f for f in frames if f not in held), tuple(sorted(held)), shots, reasons)


def _candidates(partners: dict[int, FrameMatch], shots: tuple[str, ...]) -> dict[str, list[FrameMatch]]:
    """The trusted frames of each shot, thinned to CANDIDATES over the film but not below FEWEST_A_SHOT + 1 a shot; longest shot first."""
    least = TRUSTED * max(m.confidence for m in partners.values())
    groups: dict[str, list[FrameMatch]] = {}
    for frame in sorted(partners):
        if partners[frame].confidence >= least:
            groups.setdefault(shots[frame], []).append(partners[frame])
    share = min(1.0, CANDIDATES / sum(map(len, groups.values())))
    for word, group in groups.items():
        count = min(len(group), max(FEWEST_A_SHOT + 1, round(share * len(group))))
        groups[word] = [group[i] for i in np.linspace(0, len(group) - 1, count).round().astype(int)]
    return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def _descriptors(
    scan: FrameSource, reference: FrameSource, groups: dict[str, list[FrameMatch]], balance: Balance, encodings: tuple[str, str], run: Run
) -> dict[int, Doubles]:
    """For each candidate: layout of the balanced scan, layout and histogram of the reference's chroma. Read in the order of the film."""
    matches = sorted((m for group in groups.values() for m in group), key=lambda m: m.scan)
    looks = {}
    for done, match in enumerate(matches):
        run.step(done, len(matches), "choosing pairs")
        assert match.reference is not None
        layout = to_ycbcr(np.clip(balance.apply(to_display(_small(scan.read(match.scan)), encodings[0]), match.scan), 0, 1))
        colour = to_ycbcr(np.clip(to_display(_small(reference.read(match.reference), 4), encodings[1]), 0, 1))[..., 1:]
        histogram, _ = np.histogramdd(np.clip(colour, -0.25, 0.25).reshape(-1, 2), BINS, [(-0.25, 0.25)] * 2)
        coarse = cv2.resize(colour, THUMBNAIL, interpolation=cv2.INTER_AREA)
        parts = (layout / np.sqrt(layout.size), 2 * coarse / np.sqrt(coarse.size), 0.2 * np.sqrt(histogram / histogram.sum()))
        looks[match.scan] = np.concatenate([part.ravel() for part in parts]).astype(np.float64)
    return looks


def _small(picture: Picture, times: int = 1) -> Picture:
    size = (THUMBNAIL[0] * times, THUMBNAIL[1] * times)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.float32)


def _choose(groups: dict[str, list[FrameMatch]], looks: dict[int, Doubles], shots: tuple[str, ...]) -> PairChoice:
    counts = _counts([len(group) for group in groups.values()])
    train: list[int] = []
    held_out: list[int] = []
    reasons: dict[int, str] = {}
    for count, (word, group) in zip(counts, groups.items(), strict=True):
        due = max(round(HELD_OUT / (1 - HELD_OUT) * (len(train) + count)), 1) - len(held_out)
        held = max(0, min(due, len(group) - 1))
        alike = _similarity(group, looks)
        worth = np.array([m.confidence / (1 + m.residual_px) for m in group])
        chosen = _greedy(alike * worth, min(count, len(group) - held), np.ones(len(group), np.bool_))
        kept = _greedy(alike * worth, held, _away(group, chosen))
        train += [group[i].scan for i in chosen]
        held_out += [group[i].scan for i in kept]
        for members, what in ((chosen, "covers"), (kept, "held out, stands for")):
            for place, frames in zip(members, _stands_for(alike, members), strict=True):
                reasons[group[place].scan] = f"{what} {frames} of {len(group)} frames of {word}"
    return PairChoice(tuple(sorted(train)), tuple(sorted(held_out)), shots, dict(sorted(reasons.items())))


def _counts(sizes: list[int]) -> list[int]:
    """Training frames for shots of these sizes: by length, at most MOST together, at least one each."""
    counts = [min(size, FEWEST_A_SHOT + size // FRAMES_A_PAIR) for size in sizes]
    while sum(counts) > MOST and max(counts) > 1:
        counts[int(np.argmax(counts))] -= 1
    return counts


def _similarity(group: list[FrameMatch], looks: dict[int, Doubles]) -> Doubles:
    """(n, n), 1 = the same; the scale is the typical difference inside the shot."""
    look = np.stack([looks[m.scan] for m in group])
    square = np.square(look).sum(1)
    distance = np.maximum(square[:, None] + square[None] - 2 * look @ look.T, 0)
    typical = float(np.median(distance)) + 1e-9
    time = np.linspace(0, 1, len(group))
    return np.asarray(np.exp(-distance / typical - TIME_WEIGHT * np.square((time[:, None] - time[None]) * len(group) / 10)))


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


def _away(group: list[FrameMatch], chosen: list[int]) -> NDArray[np.bool_]:
    """Candidates that are not chosen; of these, those that are no neighbours in the film of one that is, where there are any."""
    frames, trained = np.array([m.scan for m in group]), np.array([group[i].scan for i in chosen])
    distance = np.abs(frames[:, None] - trained[None]).min(1)
    return np.asarray(distance > 1 if (distance > 1).any() else distance > 0)


def _stands_for(alike: Doubles, members: list[int]) -> list[int]:
    """How many frames are more like each member than like the others."""
    if not members:
        return []
    return [int(n) for n in np.bincount(alike[:, members].argmax(1), minlength=len(members))]
