"""From film values to what the screen shows, and two shown pictures made into one. No Qt.

A `Picture` is display-referred Rec.709, float32, (h, w, 3). Exposure and gamma are for viewing only; they are never stored.
"""
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
Shown = NDArray[np.uint8]

SCREEN_GAMMA = 2.4


def shown(picture: Picture, exposure: float = 0.0, gamma: float = 1.0) -> Shown:
    """What the screen gets of `picture`: `exposure` in stops of light (a stop doubles the light of a gamma 2.4 screen), then `gamma`
    (over 1 lifts the middle). Values outside 0..1 are clipped; what is not a number is black."""
    values: Picture = np.fmax(np.asarray(picture, np.float32), np.float32(0))
    if exposure:
        values *= np.float32(2 ** (exposure / SCREEN_GAMMA))
    np.minimum(values, np.float32(1), out=values)
    if gamma != 1:
        np.power(values, np.float32(1 / gamma), out=values)
    values *= np.float32(255)
    return np.rint(values, out=values).astype(np.uint8)


def difference(a: Shown, b: Shown, gain: float = 4.0) -> Shown:
    """|a - b| times `gain`, clipped: black where the two are alike."""
    return np.asarray(cv2.convertScaleAbs(cv2.absdiff(a, b), alpha=gain), np.uint8)


def onion(a: Shown, b: Shown, mix: float = 0.5) -> Shown:
    """Both at once; `mix` is the share of `b`."""
    return np.asarray(cv2.addWeighted(a, 1 - mix, b, mix, 0), np.uint8)


def cell_size(width: int, cells: int) -> int:
    """Side of the square cells of a checkerboard that is `cells` across."""
    return max(1, round(width / cells))


def checkerboard(a: Shown, b: Shown, cells: int = 8) -> Shown:
    """Square cells of `a` and `b` by turns, about `cells` of them across; `a` is at the top left."""
    height, width = a.shape[:2]
    side = cell_size(width, cells)
    board = a.copy()
    for row, top in enumerate(range(0, height, side)):
        for left in range(side * ((row + 1) % 2), width, 2 * side):
            board[top:top + side, left:left + side] = b[top:top + side, left:left + side]
    return board


def like(b: Shown, a: Shown) -> Shown:
    """`b` at the size of `a`."""
    if a.shape == b.shape:
        return b
    smaller = b.shape[0] * b.shape[1] > a.shape[0] * a.shape[1]
    resized = cv2.resize(b, (a.shape[1], a.shape[0]), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)
    return np.asarray(resized, np.uint8)


def smaller(picture: Shown, width: int, height: int) -> Shown:
    """`picture` averaged down to a size of the screen. A whole factor first, which is several times faster for 4K."""
    rows, columns = picture.shape[:2]
    by = min(columns // width, rows // height)
    if by >= 2:
        rows, columns = rows // by, columns // by
        picture = np.asarray(cv2.resize(picture[:rows * by, :columns * by], (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)
    if (rows, columns) != (height, width):
        picture = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    return np.ascontiguousarray(picture)


def codes(value: NDArray[np.floating], depth: int) -> tuple[int, ...]:
    """Code values of stored values 0..1 in `depth` bits: 0..1023 for 10."""
    top = 2 ** depth - 1
    return tuple(int(code) for code in np.rint(np.clip(np.nan_to_num(np.asarray(value, np.float64)), 0, 1) * top))
