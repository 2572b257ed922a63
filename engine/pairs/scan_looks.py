"""What the candidates of a film without a reference look like: layout of the balanced scan, and which luma and chroma it has."""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.balance.balance import Balance
from engine.media.colour import to_display, to_ycbcr
from engine.media.source import FrameSource
from engine.pairs.colours import NAMED
from engine.pairs.looks import Doubles, Looks
from engine.run import Run

CANDIDATES = 400            # frames looked at, spread evenly
THUMBNAIL = (16, 12)
BINS = (8, 6, 6)            # of luma, Cb, Cr
SPAN = ((0.0, 1.0), (-0.2, 0.2), (-0.2, 0.2))


def looks_of_scan(scan: FrameSource, balance: Balance, shots: Sequence[str], run: Run) -> Looks:
    """Candidates of every shot; all are worth the same, and their colours are not known."""
    frames = _candidates(shots)
    vectors = []
    for done, frame in enumerate(frames):
        run.step(done, len(frames), "looking at the film")
        small = cv2.resize(scan.read(frame), (4 * THUMBNAIL[0], 4 * THUMBNAIL[1]), interpolation=cv2.INTER_AREA)
        ycc = to_ycbcr(np.clip(balance.apply(to_display(np.asarray(small, np.float32), scan.info.encoding), frame), 0, 1))
        vectors.append(_vector(ycc))
    words = np.array([shots[frame] for frame in frames])
    sizes, counted = Counter(shots), Counter(words.tolist())
    weights = np.array([sizes[word] / counted[word] for word in words.tolist()])
    return Looks(np.array(frames, np.int64), words, np.stack(vectors), np.ones(len(frames)), weights,
                 np.zeros((len(frames), len(NAMED)), np.float32))


def _candidates(shots: Sequence[str]) -> list[int]:
    groups: dict[str, list[int]] = {}
    for frame, word in enumerate(shots):
        groups.setdefault(word, []).append(frame)
    chosen: set[int] = set()
    for group in groups.values():
        count = min(len(group), max(2, round(CANDIDATES * len(group) / len(shots))))
        chosen |= {group[(2 * i + 1) * len(group) // (2 * count)] for i in range(count)}
    return sorted(chosen)


def _vector(ycc: NDArray[np.floating]) -> Doubles:
    """Layout and joint histogram of Y'CbCr (h, w, 3), in one scale."""
    coarse = cv2.resize(np.asarray(ycc, np.float32), THUMBNAIL, interpolation=cv2.INTER_AREA)
    clipped = [np.clip(ycc[..., c], *SPAN[c]).ravel() for c in range(3)]
    histogram, _ = np.histogramdd(np.stack(clipped, 1), BINS, SPAN)
    return np.concatenate([coarse.ravel() / np.sqrt(coarse.size), 0.2 * np.sqrt(histogram / histogram.sum()).ravel()]).astype(np.float64)
