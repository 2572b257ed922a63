"""What the fields of an interlaced stream hold, found by looking at them, and which two fields make each film frame.

Evidence: how far the lines of one field stand out, zigzag, between the lines of the next field in time ("combing"); fields of one film
frame fit, fields of two do not where the picture moves. The most likely cadence over the whole file is then found by dynamic
programming (Viterbi) over the places in a cadence: 2:2 (in phase with the frames or shifted by a field), 2:3 pulldown, or true video.
A still passage costs nothing in any of them, so it keeps the cadence of its surroundings; an edit costs one jump.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.run import Run

Floats = NDArray[np.float64]
Thumb = NDArray[np.float32]
STATES = ("P0", "P1", "A0", "A1", "B0", "B1", "B2", "V0", "V1")     # 2:2; 2:3 as a run of two and one of three; video
BEFORE = np.array([1, 0, 6, 2, 3, 4, 5, 8, 7])                      # the state that leads to each without an edit
FITS = np.array([0, 1, 0, 1, 0, 1, 1, 0, 0], bool)                  # the field belongs to the film frame of the field before
VIDEO = np.array([0, 0, 0, 0, 0, 0, 0, 1, 1], bool)
FIRST_COST = np.array([.1, .3, .1, .3, .1, .3, .3, .2, .3])         # a file mostly starts with a whole film frame
LIKELY = .1             # off the first cost of what film mostly is: 2:2, or 2:3 at 30 frames a second; it decides where nothing moves
JUMP_COST = 2.5         # in misfits: an edit needs the evidence of about three pulldown cycles
VIDEO_COST = .25        # between the misfit that film leaves in the right cadence (0) and video in any (about .5)
SLIGHT = .1             # a misfit up to this is none, or a long passage would add up to an edit
NOISE = 16.             # squared 8-bit codes of zigzag that do not count
RESTLESS = 5            # frames
CHANGED = 4.            # 8-bit codes: a thumbnail's pixel that changed by more has moved
REDUCE = 4              # across; the lines stay


@dataclass(frozen=True)
class FilmFrames:
    """The film frames of a stream: `top[i]` and `bottom[i]` are the coded frames that hold the two fields of film frame i, -1 where an
    edit has taken one away; `video[i]` where the two are of different times and have to be deinterlaced."""

    top: NDArray[np.int64]
    bottom: NDArray[np.int64]
    video: NDArray[np.bool_]
    order: str                  # 'tff' | 'bff' where fields were paired or deinterlaced, else 'progressive'
    pulldown: bool              # more than half of the fields stand in 2:3 pulldown
    reason: str

    def __len__(self) -> int:
        return len(self.top)

    def place(self, index: int) -> int:
        """The first coded frame that holds film frame `index`."""
        return min(int(coded[index]) for coded in (self.top, self.bottom) if coded[index] >= 0)


def as_coded(frames: int, reason: str) -> FilmFrames:
    """Every coded frame is a film frame."""
    numbers = np.arange(frames)
    return FilmFrames(numbers, numbers, np.zeros(frames, bool), "progressive", False, reason)


@dataclass(frozen=True)
class Evidence:
    """Combing where something moves, between fields: of frame i itself, its bottom with the next frame's top, its top with the next
    frame's bottom; and how much a field's lines stand out from their own neighbours, which is what the picture's detail can do."""

    own: Floats
    bottom_top: Floats
    top_bottom: Floats
    detail: Floats


def gather(luma: Callable[[int], NDArray[Any] | None], frames: int, depth: int, run: Run) -> Evidence:
    """One pass over the file. `luma(i)` is the luma plane of coded frame i in codes of `depth` bits, None where it cannot be decoded."""
    rows = np.zeros((4, frames))
    last: tuple[Thumb, Thumb] | None = None
    restless = np.zeros(0, np.uint8)        # for how many frames on a place still counts as moving
    for i in range(frames):
        run.step(i, frames, "looking at the fields")
        plane = luma(i)
        now = None if plane is None else _thumbnails(plane, depth)
        if last and now:
            restless = np.maximum(_moves(last, now) * RESTLESS, np.maximum(restless, 1) - 1)
            rows[:, i - 1] = _measures(last, now, restless > 0)
        elif now:
            restless = np.zeros(now[0].shape, np.uint8)
        if last and (now is None or i == frames - 1):
            end = now or last
            rows[:, i if now else i - 1] = _measures(end, end, restless > 0)
        last = now
    return Evidence(*rows)


def _measures(now: tuple[Thumb, Thumb], after: tuple[Thumb, Thumb], where: NDArray[np.bool_]) -> tuple[float, float, float, float]:
    return _combing(*now, where), _combing(after[0], now[1], where), _combing(now[0], after[1], where), _detail(now[0], where)


def _thumbnails(plane: NDArray[Any], depth: int) -> tuple[Thumb, Thumb]:
    """The two fields, narrow but with all their lines, in 8-bit codes."""
    rows = plane.shape[0] // 2 * 2
    codes = plane[:rows].astype(np.float32) / np.float32(2 ** (depth - 8))
    small = np.asarray(cv2.resize(codes, (max(codes.shape[1] // REDUCE, 1), rows), interpolation=cv2.INTER_AREA), np.float32)
    return small[0::2], small[1::2]


def _moves(before: tuple[Thumb, Thumb], now: tuple[Thumb, Thumb]) -> NDArray[np.uint8]:
    """1 where either field has changed, and next to it. Combing elsewhere is the picture's own (subtitles, fine lines)."""
    changed = np.maximum(np.abs(now[0] - before[0]), np.abs(now[1] - before[1])) > CHANGED
    return np.asarray(cv2.dilate(changed.astype(np.uint8), np.ones((3, 3), np.uint8)), np.uint8)


def _combing(top: Thumb, bottom: Thumb, where: NDArray[np.bool_]) -> float:
    """Mean over the picture of how far lines stand out from both their neighbours in the other field, counted in `where`."""
    down, up, below = bottom[:-1] - top[:-1], bottom[:-1] - top[1:], bottom[1:] - top[1:]
    out = np.maximum(down * up - NOISE, 0) + np.maximum(up * below - NOISE, 0)
    return float((out * where[:-1]).mean()) / 2


def _detail(field: Thumb, where: NDArray[np.bool_]) -> float:
    out = np.maximum((field[1:-1] - field[:-2]) * (field[1:-1] - field[2:]) - NOISE, 0)
    return float((out * where[1:-1]).mean())


def film_frames(evidence: Evidence, flagged: str | None, forced: str | None, likely_pulldown: bool) -> FilmFrames:
    """The film frames that the evidence shows. `flagged` and `forced` ('tff', 'bff' or None) are the file's and the user's field order;
    `likely_pulldown` decides for 2:3 where nothing moves (film at 30 frames a second)."""
    order = forced or _order(evidence, flagged)
    misfit, moving = _misfits(evidence, order)
    path = _cadence(misfit, moving, "A0" if likely_pulldown else "P0")
    runs = np.flatnonzero(_starts(path))
    pairs = [_pair(int(a), int(b), order) for a, b in zip(runs, [*runs[1:], len(path)], strict=True)]
    video = VIDEO[path[runs]]
    shares = _shares(path)
    reason = _words(shares, order, int((moving > .5).sum()), len(path) // 2)
    top, bottom = np.array(pairs, np.int64).T
    handled = bool((top != bottom).any() or video.any())
    return FilmFrames(top, bottom, video, order if handled else "progressive", shares["pulldown"] > .5, reason)


def _order(evidence: Evidence, flagged: str | None) -> str:
    """Neighbouring fields in time fit each other better than those three fields apart."""
    first, other = evidence.bottom_top, evidence.top_bottom
    lean = ((other - first) / (other + first + 1 + evidence.detail)).sum() / max(((other + first) > 1 + evidence.detail).sum(), 1)
    return ("tff" if lean > 0 else "bff") if abs(lean) > .05 else flagged or "tff"


def _misfits(evidence: Evidence, order: str) -> tuple[Floats, Floats]:
    """For each field and the next in time: how badly they fit, 0..1 of what the motion here can do; and whether anything moves, 0..1."""
    between = evidence.bottom_top if order == "tff" else evidence.top_bottom
    combing = np.stack([evidence.own, between], 1).ravel()[:-1]
    detail = np.repeat(evidence.detail, 2)[:-1]
    excess = combing - np.minimum(_window(combing, 1, np.min), .4 * detail)
    floor = .5 + .05 * detail
    most = _window(excess, 2, np.max)
    misfit = excess / (most + floor)
    return np.maximum(misfit - SLIGHT, 0) / (1 - SLIGHT), most / (most + floor)


def _window(values: Floats, reach: int, of: Callable[..., Floats]) -> Floats:
    padded = np.pad(values, reach, mode="edge")
    return of(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1), axis=1)


def _cadence(misfit: Floats, moving: Floats, likely: str) -> NDArray[np.int64]:
    """The cheapest state of every field."""
    fields = len(misfit) + 1
    came = np.zeros((fields, len(STATES)), np.int8)
    off_frame = [np.where(np.array(STATES) == wrong, np.inf, 0) for wrong in ("V1", "V0")]     # video stays on whole frames
    cost = FIRST_COST - LIKELY * (np.array(STATES) == likely) + off_frame[0]
    for j in range(1, fields):
        going_on = cost[BEFORE] + FITS * misfit[j - 1] + VIDEO * (VIDEO_COST * moving[j - 1])
        best = int(cost.argmin())
        jumping = cost[best] + JUMP_COST
        came[j] = np.where(going_on <= jumping, BEFORE, best)
        cost = np.minimum(going_on, jumping) + off_frame[j % 2]
    path = np.zeros(fields, np.int64)
    path[-1] = cost.argmin()
    for j in range(fields - 1, 0, -1):
        path[j - 1] = came[j, path[j]]
    return path


def _starts(path: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where a film frame (or a frame of video) begins."""
    starts = np.ones(len(path), bool)
    follows = BEFORE[path[1:]] == path[:-1]
    starts[1:] = ~(follows & (FITS[path[1:]] | (path[1:] == STATES.index("V1"))))
    return starts


def _pair(first: int, stop: int, order: str) -> tuple[int, int]:
    """The coded frames of the (top, bottom) field of the film frame in fields first..stop-1; one coded frame for both where it can be."""
    whole = [j // 2 for j in range(first, stop - 1) if j % 2 == 0]
    if whole:
        return whole[0], whole[0]
    place = {(j % 2 == 0) == (order == "tff"): j // 2 for j in range(first, stop)}
    return place.get(True, -1), place.get(False, -1)


def _shares(path: NDArray[np.int64]) -> dict[str, float]:
    """Which part of the fields stands in each cadence."""
    parity = np.arange(len(path)) % 2
    in_phase = (path < 2) & (path == parity)
    pulldown = (path >= 2) & (path < 7)
    shifted = (path < 2) & ~in_phase
    return {"in phase": in_phase.mean(), "shifted": shifted.mean(), "pulldown": pulldown.mean(), "video": VIDEO[path].mean()}


def _words(shares: dict[str, float], order: str, moving: int, frames: int) -> str:
    told = {"in phase": "progressive film in interlaced frames, taken as they are",
            "shifted": "film shifted by a field, fields paired again",
            "pulldown": "2:3 pulldown removed", "video": "interlaced video, deinterlaced with bwdif"}
    kinds = sorted((kind for kind, share in shares.items() if share > .005), key=lambda kind: -shares[kind])
    parts = [told[kind] + ("" if shares[kind] > .995 else f" ({100 * shares[kind]:.0f} %)") for kind in kinds]
    if not moving:
        return f"nothing moves between the fields, so by what is usual: {told[kinds[0]]}"
    return f"{' and '.join(parts)}; {order}, by the combing of {frames} frames"
