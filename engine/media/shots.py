"""Shots, found by picture: cuts are where small luma pictures stop being explained by the ones before, however they move or flicker."""
from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.media.colour import luma, to_display
from engine.media.source import FrameSource
from engine.run import Run

Plane = NDArray[np.float32]
Thumbnails = NDArray[np.float16]

THUMBNAIL = (64, 48)            # width, height
WINDOW = 9                      # pixels of a thumbnail that must look alike
SEARCH = 4                      # and may have moved this far
FAINT = 0.01                    # contrast (standard deviation of display luma) below which a window shows nothing
NEARLY_GONE = 0.04              # contrast of a whole picture that can only be a step of a fade
MISMATCH = 0.3                  # 0 is the same picture moved; fast motion has up to 0.25
UNLIKE = 0.42                   # what two pictures that have nothing in common have: chance finds something alike in every window
DISTURBED = 2                   # so many frames in a row may be odd (flash, tear) without making a cut
CONTEXT = 12                    # frames on each side that tell how unlike neighbours are here


def thumbnails(source: FrameSource, encoding: str, run: Run) -> Thumbnails:
    """Display luma of every frame, (n, 48, 64) float16, whatever the shape of the frame; 6 KB a frame is all that is kept."""
    result = np.empty((len(source), THUMBNAIL[1], THUMBNAIL[0]), np.float16)
    for i in range(len(source)):
        small = cv2.resize(source.read(i), THUMBNAIL, interpolation=cv2.INTER_AREA)
        result[i] = np.clip(luma(to_display(np.asarray(small, np.float32), encoding)), 0, 1)
        run.step(i + 1, len(source), "looking for cuts")
    return result


def find_shots(source: FrameSource, run: Run) -> list[tuple[int, int]]:
    """Shots as [start, stop), in order, covering all frames. Reads every frame once."""
    return shots_of(thumbnails(source, source.info.encoding, run))


def shots_of(frames: Thumbnails) -> list[tuple[int, int]]:
    """Shots of luma thumbnails (n, h, w), as `find_shots`.

    Neighbours are compared by the best normalised correlation of each window over small moves, which brightness, contrast and motion do
    not change. A cut is where all of the last frames before differ from all of the first ones after it, by clearly more than neighbours
    do nearby; so neither a flash nor dust makes one, and a shot may be as short as three frames. A fade through black is cut in its
    middle. Dissolves are not found."""
    films = _inside_gate(frames) if len(frames) else frames
    steps = np.array([mismatch(a, b) for a, b in pairwise(films)])
    cuts = {int(i) + 1 for i in np.flatnonzero(steps > MISMATCH) if _is_cut(films, steps, int(i))}
    for start, stop in _blanks(films):
        cuts = _with_fade(cuts, films, start, stop)
    edges = [0]
    for cut in sorted(cuts):
        if cut - edges[-1] > DISTURBED and len(films) - cut > DISTURBED:
            edges.append(cut)
    return list(pairwise([*edges, len(films)])) if len(films) else []


def _is_cut(films: Thumbnails, steps: NDArray[np.float64], last: int) -> bool:
    before = range(max(0, last - DISTURBED), last + 1)
    after = range(last + 1, min(len(films), last + 2 + DISTURBED))
    nearby = np.delete(steps[max(0, last - CONTEXT):last + CONTEXT + 1], min(last, CONTEXT))
    limit = max(MISMATCH, (UNLIKE + float(np.median(nearby))) / 2) if len(nearby) else MISMATCH
    return all(mismatch(films[a], films[b]) > limit for a in before for b in after)


def _blanks(films: Thumbnails) -> list[tuple[int, int]]:
    """Stretches [start, stop) that show nothing."""
    edges = np.diff([0, *(_contrast(f) < FAINT for f in films), 0])
    return [(int(a), int(b)) for a, b in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)]


def _with_fade(cuts: set[int], films: Thumbnails, start: int, stop: int) -> set[int]:
    """The cuts without those that are the last step of a fade into the blank stretch or the first out of it; where both of its ends are
    faded and the pictures differ, its middle is a cut."""
    beside = [(at, frame) for at, frame in ((start, start - 1), (stop, stop)) if 0 <= frame < len(films)]
    faded = {at for at, frame in beside if _contrast(films[frame]) < NEARLY_GONE}
    before, after = max(0, start - 1 - DISTURBED), min(len(films) - 1, stop + DISTURBED)
    if len(faded) == 2 and mismatch(films[before], films[after]) > MISMATCH:
        return cuts - faded | {(start + stop) // 2}
    return cuts - faded


def mismatch(a: Thumbnails, b: Thumbnails) -> float:
    """How unlike two luma planes of one size are, 0..1: the mean over windows of 1 - the best correlation, weighted by contrast."""
    margin = SEARCH + WINDOW
    height, width = a.shape[0] + 2 * WINDOW, a.shape[1] + 2 * WINDOW
    left, right = np.pad(np.float32(a), WINDOW, "edge"), np.pad(np.float32(b), margin, "edge")
    (mean_l, spread_l), (mean_r, spread_r) = _moments(left), _moments(right)
    best = np.full(left.shape, -1, np.float32)
    for dy in range(2 * SEARCH + 1):
        for dx in range(2 * SEARCH + 1):
            moved = (slice(dy, dy + height), slice(dx, dx + width))
            shared = _mean(left * right[moved]) - mean_l * mean_r[moved]
            np.maximum(best, shared / (spread_l * spread_r[moved] + FAINT ** 2), out=best)
    inner = (slice(WINDOW, -WINDOW), slice(WINDOW, -WINDOW))
    weight = np.maximum(spread_l[inner], spread_r[margin:-margin, margin:-margin])
    weight = np.minimum(weight, np.median(weight))
    return float((weight * (1 - np.minimum(best[inner], 1))).sum() / (weight.sum() + FAINT * weight.size))


def _contrast(picture: Thumbnails) -> float:
    return float(picture.std(dtype=np.float32))


def _mean(plane: Plane) -> Plane:
    return np.asarray(cv2.boxFilter(plane, -1, (WINDOW, WINDOW)), np.float32)


def _moments(plane: Plane) -> tuple[Plane, Plane]:
    mean = _mean(plane)
    return mean, np.sqrt(np.maximum(_mean(plane * plane) - mean * mean, 0))


def _inside_gate(frames: Thumbnails) -> Thumbnails:
    """Without the rows and columns at the edges that are dark in every frame (the gate, letterbox): their edge is alike in all shots."""
    brightest = np.zeros(frames.shape[1:], np.float16)
    for frame in frames:
        np.maximum(brightest, frame, out=brightest)
    lit = brightest > 0.15 * brightest.max()
    rows, columns = (np.flatnonzero(lit.mean(axis) > 0.25) for axis in (1, 0))
    if len(rows) < 2 * WINDOW or len(columns) < 2 * WINDOW:
        return frames
    return frames[:, rows[0] + (rows[0] > 0):rows[-1] + 1 - (rows[-1] < len(lit) - 1),
                  columns[0] + (columns[0] > 0):columns[-1] + 1 - (columns[-1] < lit.shape[1] - 1)]
