"""Little films in memory: painted truth, a faded grainy scan of it with a border, and a smaller, cropped reference."""
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from engine.align.alignment import Alignment, FrameMatch
from engine.media.source import FrameSource, SourceInfo

WIDTH, HEIGHT = 320, 240
MATRIX = np.array([[0.8, 0.0, -10.0], [0.0, 0.9, -8.0], [0.0, 0.0, 1.0]])      # scan -> reference
REFERENCE = (240, 200)
KEEP, STAIN = np.array([0.2, 0.9, 0.15]), np.array([0.02, 0.1, 0.06])


class Frames(FrameSource):
    def __init__(self, name, pictures, encoding="rec709"):
        h, w = pictures[0].shape[:2]
        self.pictures, self.reads = pictures, 0
        self.info = SourceInfo(Path(name), name, "sequence", "dpx", len(pictures), w, h, 16, False, 3, Fraction(1), Fraction(24), "",
                               encoding, "", False, "progressive", "", None, None, False)

    def read(self, index):
        self.reads += 1
        return self.pictures[index].copy()

    def name(self, index):
        return f"{86400 + index:07d}"

    def files(self, index):
        return (self.info.path,)


def to_linear(v):
    return np.where(v < 0.081, v / 4.5, ((np.maximum(v, 0.081) + 0.099) / 1.099) ** (1 / 0.45))


def from_linear(x):
    return np.where(x < 0.018, 4.5 * x, 1.099 * np.maximum(x, 0.018) ** 0.45 - 0.099)


def paint(seed):
    """A picture of soft coloured blobs on a soft ground, 0.03..0.97, in many colours."""
    draw = np.random.default_rng(seed)
    noise = draw.normal(size=(HEIGHT, WIDTH, 3)).astype(np.float32)
    ground, spots = cv2.GaussianBlur(noise, (0, 0), 25) * 25, cv2.GaussianBlur(noise[::-1], (0, 0), 5) * 5
    shade = cv2.GaussianBlur(noise[..., :1], (0, 0), 12)[..., None] * 20
    return (0.03 + 0.94 / (1 + np.exp(-2 * (ground + spots + shade)))).astype(np.float32)


def fade(picture, draw, uneven=0.0, grain=0.012):
    """Display-referred truth to a magenta print: a part of each density is left, less towards the edges by `uneven`, and a stain added.
    The grain is the same in all channels but for a fifth of it."""
    y, x = np.mgrid[-1:1:HEIGHT * 1j, -1:1:WIDTH * 1j]
    left = 1 - uneven * (x * x + y * y)[..., None] / 2
    d = -np.log10(np.maximum(to_linear(picture), 1e-3)) * left * KEEP + STAIN
    noise = grain * (draw.normal(size=(HEIGHT, WIDTH, 1)) + 0.2 * draw.normal(size=(HEIGHT, WIDTH, 3)))
    return from_linear(10.0 ** -(d + noise)).astype(np.float32)


@dataclass
class Film:
    truth: list
    scan: Frames
    reference: Frames
    alignment: Alignment


def film(count=8, faded=True, uneven=0.0, subtitles=False, shots=None, confidence=0.95, partners=None, grain=0.012):
    """`count` frames, each another painting. `partners[i]` False leaves a frame without a reference frame."""
    truth = [paint(seed) for seed in range(count)]
    draw = np.random.default_rng(99)
    scan = Frames("scan", [fade(t, draw, uneven, grain) if faded else t for t in truth])
    references = [np.clip(cv2.warpPerspective(t, MATRIX, REFERENCE, flags=cv2.INTER_CUBIC), 0, 1) for t in truth]
    if subtitles:
        letters = cv2.putText(np.zeros(REFERENCE[::-1], np.uint8), "AND THE RIVER", (10, 180), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (255,), 3)
        for picture in references:
            picture[letters > 0] = 1
    matches = tuple(FrameMatch(i, i if partners is None or partners[i] else None, confidence, MATRIX, 0.1) for i in range(count))
    alignment = Alignment(matches, shots or ((0, count),), (0, 0, WIDTH, HEIGHT), REFERENCE, Fraction(24))
    return Film(truth, scan, Frames("reference", references), alignment)
