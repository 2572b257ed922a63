"""Plain words for colours, and which of them a frame shows that other frames do not."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.media.difference import lab
from engine.media.source import Picture

NAMED: dict[str, tuple[float, float, float]] = {
    "red": (45, 60, 40), "dark red": (26, 38, 18), "orange": (66, 38, 58), "brown": (35, 16, 26), "skin": (68, 18, 20),
    "yellow": (84, 0, 68), "olive": (50, -8, 38), "green": (50, -42, 34), "dark green": (28, -20, 15), "turquoise": (64, -34, -6),
    "sky blue": (70, -8, -26), "blue": (40, 12, -48), "dark blue": (20, 8, -28), "violet": (42, 36, -40), "magenta": (52, 64, -24),
    "pink": (74, 32, 4),
}
"""CIE L*, a*, b* under D65."""

SATURATED = 16.0            # chroma from which a pixel has a colour
LIGHTNESS = 0.4             # of a step in lightness beside one in a*, b*
LEAST_SHARE = 0.01          # of the picture
RARE = 2.5                  # times its share in the other frames on average


def shares(picture: Picture) -> NDArray[np.float32]:
    """(k,) the share of the pixels of a small display-referred picture (h, w, 3) that has each colour of NAMED."""
    pixels = lab(np.clip(picture, 0, 1)).reshape(-1, 3)
    scale = np.array([LIGHTNESS, 1, 1], np.float32)
    coloured = pixels[np.hypot(pixels[:, 1], pixels[:, 2]) > SATURATED] * scale
    table = np.array(list(NAMED.values()), np.float32) * scale
    nearest = np.square(coloured[:, None] - table[None]).sum(2).argmin(1)
    return np.asarray(np.bincount(nearest, minlength=len(NAMED)) / len(pixels), np.float32)


def word(colours: NDArray[np.float32], row: int, others: Sequence[int]) -> str | None:
    """The colour that `row` of (n, k) shares shows and the rows of `others` hardly do; None where there is none."""
    rest = [other for other in others if other != row]
    rare = _rarity(colours, row, rest)
    return list(NAMED)[int(rare.argmax())] if rest and rare.any() else None


def best_words(colours: NDArray[np.float32], rows: Sequence[int]) -> dict[int, str]:
    """Of the rows of a choice, those that show a colour best that few of the others have: one row for each such colour."""
    found: dict[int, str] = {}
    for k, name in enumerate(NAMED):
        row = max(rows, key=lambda r: colours[r, k])
        rest = [other for other in rows if other != row]
        if rest and _rarity(colours, row, rest)[k]:
            found.setdefault(row, name)
    return found


def _rarity(colours: NDArray[np.float32], row: int, rest: Sequence[int]) -> NDArray[np.float32]:
    """(k,) how much more of each colour a row has than the rest on average; 0 where that is little."""
    usual = colours[list(rest)].mean(0) if rest else np.zeros(colours.shape[1], np.float32)
    return np.where((colours[row] >= LEAST_SHARE) & (colours[row] >= RARE * usual), colours[row] - usual, np.float32(0))
