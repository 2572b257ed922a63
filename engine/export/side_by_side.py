"""Pictures side by side, as in a talk on a film: two or three in a row, four in a square, each under a bar with its label. Drawing only."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.media.source import Picture

Drawn = NDArray[np.uint8]

WIDEST, HIGHEST = 3840, 2160        # of the whole: any screen in a hall shows that
GAP = 4                             # pixels between pictures
BAR = (24, 64)                      # least and most height of a bar
BACKGROUND, EMPTY = 18, 44          # of bars and of a picture that is not there, 0..255
BRIGHT, DIM = 235, 165              # of labels; of what is small
BOLD, PLAIN = 500, 400
ARRANGEMENTS = {2: (2, 1), 3: (3, 1), 4: (2, 2)}

SCAN, BALANCED, LUT, FILTER, RESTORED, REFERENCE = "scan", "balanced", "lut", "filter", "restored", "reference"
WORDS = {
    "en": {SCAN: "Scan", BALANCED: "Balanced scan", LUT: "LUT alone", FILTER: "Linear filter", RESTORED: "Restored",
           REFERENCE: "Reference", "none": "no reference for this frame"},
    "es": {SCAN: "Escaneo", BALANCED: "Escaneo equilibrado", LUT: "Solo LUT", FILTER: "Filtro lineal", RESTORED: "Restaurado",
           REFERENCE: "Referencia", "none": "sin referencia para este fotograma"},
}


@dataclass(frozen=True)
class Sheet:
    """How `count` (2, 3 or 4) pictures of a film stand side by side. `panel` (w, h) is how large each is shown, with square pixels."""

    count: int
    panel: tuple[int, int]

    @staticmethod
    def of(count: int, width: int, height: int, pixel_aspect: Fraction = Fraction(1)) -> Sheet:
        """Of pictures `width` x `height`: as large as they are, or smaller where the whole would exceed WIDEST x HIGHEST."""
        columns, rows = ARRANGEMENTS[count]
        wide = float(width * pixel_aspect)
        room = (WIDEST - GAP * (columns - 1)) / columns / wide, ((HIGHEST - GAP * (rows - 1)) / rows - BAR[1]) / height
        scale = min(1.0, *room)
        return Sheet(count, (max(1, int(wide * scale)), max(1, int(height * scale))))

    @property
    def bar(self) -> int:
        """Height of a bar."""
        return int(np.clip(round(self.panel[0] / 20), *BAR))

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole, even numbers."""
        columns, rows = ARRANGEMENTS[self.count]
        wide = columns * self.panel[0] + (columns - 1) * GAP
        high = rows * (self.bar + self.panel[1]) + (rows - 1) * GAP
        return wide + wide % 2, high + high % 2

    def draw(self, pictures: Sequence[tuple[str, Picture | None]], frame: str, language: str = "en") -> Drawn:
        """The whole (h, w, 3), 8-bit R'G'B' of Rec.709. `pictures` are names of WORDS with display values 0..1 (h, w, 3) of any size, which
        are clipped; None says that there is no reference. `frame` is what is told small of it: number, timecode."""
        words = WORDS[language]
        whole = np.full((self.size[1], self.size[0], 3), BACKGROUND, np.uint8)
        columns, (wide, high) = ARRANGEMENTS[self.count][0], self.panel
        for place, (name, picture) in enumerate(pictures):
            left, top = place % columns * (wide + GAP), place // columns * (self.bar + high + GAP)
            bar, under = whole[top:top + self.bar, left:left + wide], whole[top + self.bar:top + self.bar + high, left:left + wide]
            bar[:] = self._bar(words[name], "" if place else frame)
            under[:] = self._missing(words["none"]) if picture is None else self._fitted(picture)
        return whole

    def _fitted(self, picture: Picture) -> Drawn:
        """A picture as a panel."""
        kind = cv2.INTER_AREA if picture.shape[1] > self.panel[0] else cv2.INTER_LINEAR
        same = picture.shape[1::-1] == self.panel
        shown = picture if same else cv2.resize(np.asarray(picture, np.float32), self.panel, interpolation=kind)
        return np.asarray(np.rint(255 * np.clip(shown, 0, 1)), np.uint8)

    def _bar(self, label: str, frame: str) -> Drawn:
        """The label at the left, what is small at the right where there is room for it."""
        large, small, edge = round(0.56 * self.bar), round(0.4 * self.bar), self.bar // 3
        bar = np.full((self.bar, self.panel[0], 3), BACKGROUND, np.uint8)
        base = (self.bar + round(0.7 * large)) // 2
        end = _write(bar, label, (edge, base), BRIGHT, large, BOLD)
        start = self.panel[0] - edge - _width(frame, small, PLAIN)
        if frame and start > end + edge:
            _write(bar, frame, (start, base), DIM, small, PLAIN)
        return bar

    def _missing(self, words: str) -> Drawn:
        """A grey panel that says what is not there."""
        panel, size = np.full((self.panel[1], self.panel[0], 3), EMPTY, np.uint8), round(0.56 * self.bar)
        size = max(8, min(size, int(0.9 * size * self.panel[0] / _width(words, size, PLAIN))))
        _write(panel, words, ((self.panel[0] - _width(words, size, PLAIN)) // 2, self.panel[1] // 2), DIM, size, PLAIN)
        return panel


def _write(picture: Drawn, text: str, at: tuple[int, int], grey: int, size: int, weight: int) -> int:
    """Letters `size` pixels high that stand on `at` (x, y); where they end (x)."""
    return int(cv2.putText(picture, text, at, (grey, grey, grey), cv2.FontFace("sans"), size, weight)[0][0])


def _width(text: str, size: int, weight: int) -> int:
    return int(cv2.getTextSize((0, 0), text, (0, 0), cv2.FontFace("sans"), size, weight)[2])
