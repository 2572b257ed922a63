"""Display values to the numbers of a file and back, rounded so that luma is nearest, with the error that rounding can cause."""
from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.export.gamut import Plane, into_gamut
from engine.media.colour import CURVES, LUMA, from_display, luma, to_display
from engine.media.source import Picture, SourceInfo

Codes = NDArray[Any]
"""(h, w, 3): uint16 code values, or float16."""

LOGARITHMS = ("cineon", "adx10")
HALF_LARGEST = 65504.0
HALVINGS = 16


@dataclass(frozen=True)
class Coding:
    """An encoding at a depth. Half floats count as 10 bits (their mantissa) where errors are told in code values."""

    encoding: str
    depth: int
    floating: bool = False

    @property
    def top(self) -> int:
        """The highest code value; errors of display values times this are in code values."""
        return int(2 ** self.depth - 1)

    @cached_property
    def limits(self) -> tuple[float, float]:
        """The lowest and highest luma that can be held: the display values of its darkest and brightest grey."""
        low, high = (-HALF_LARGEST, HALF_LARGEST) if self._open_ended else (0.0, 1.0)
        greys = to_display(np.array([[[low] * 3, [high] * 3]], np.float32), self.encoding)
        return float(luma(greys).min()), float(luma(greys).max())

    @property
    def _open_ended(self) -> bool:
        return self.floating and _reaches(self.encoding)

    def fit(self, picture: Picture, held: Plane) -> Picture:
        """The picture (display-referred) with luma `held`, which lies within `limits`, and colours that can be held."""
        low, high = self.limits
        inside = into_gamut(picture, held, np.minimum(held, 0) if self._open_ended else low, high)
        if self.encoding not in CURVES and not self._open_ended:
            self._shorten(inside, held)
        return inside

    def _shorten(self, picture: Picture, held: Plane) -> None:
        """Where primaries differ from Rec.709 a colour inside the limits may still need a code outside: search the chroma that fits."""
        outside = self._overflows(picture)
        if not outside.any():
            return
        grey = held[outside][:, None, None]
        chroma = picture[outside][:, None, :] - grey
        least, most = np.zeros_like(grey), np.ones_like(grey)
        for _ in range(HALVINGS):
            middle = (least + most) / 2
            over = self._overflows(grey + middle * chroma)[..., None]
            least, most = np.where(over, least, middle), np.where(over, middle, most)
        picture[outside] = (grey + least * chroma)[:, 0]

    def _overflows(self, picture: Picture) -> NDArray[np.bool_]:
        codes = from_display(picture, self.encoding) * np.float32(self.top)
        result: NDArray[np.bool_] = np.any((codes < -0.5) | (codes > self.top + 0.5), axis=-1)
        return result

    def codes(self, picture: Picture, held: Plane) -> Codes:
        """The numbers of `picture` (from `fit`). Of the two nearest codes of green the one is taken that brings luma nearest to `held`."""
        encoded = from_display(picture, self.encoding)
        if self.floating:
            return encoded.astype(np.float16)
        encoded *= np.float32(self.top)
        codes = np.clip(np.rint(encoded), 0, self.top).astype(np.uint16)
        if self.encoding in CURVES:
            self._round_green(codes, encoded[..., 1], held)
        return codes

    def _round_green(self, codes: Codes, green: Plane, held: Plane) -> None:
        tables = _tables(self.encoding, self.depth)
        red, blue = (cv2.LUT(cv2.extractChannel(codes, channel), tables.value) for channel in (0, 2))
        wanted = (held - LUMA[0] * red - LUMA[2] * blue) / LUMA[1]
        under = np.clip(np.floor(green), 0, self.top - 1).astype(np.uint16)
        under += cv2.LUT(under, tables.middle) < wanted
        codes[..., 1] = under

    def holds(self, info: SourceInfo) -> bool:
        """Whether the source's own numbers go into a file as they are: encoding and depth are the same."""
        alike = info.depth == 16 if self.floating else info.depth == self.depth
        return self.encoding == info.encoding and self.floating == info.floating and alike

    def stored(self, picture: Picture) -> Codes:
        """The source's own numbers, of a picture as it was read; only where `holds`."""
        if self.floating:
            return picture.astype(np.float16)
        return np.asarray(np.rint(picture * np.float32(self.top)), np.uint16)

    def decode(self, codes: Codes) -> Picture:
        """The display values that a reader of the file gets, (h, w, 3)."""
        if self.floating:
            return to_display(codes.astype(np.float32), self.encoding)
        if self.encoding in CURVES:
            return np.asarray(cv2.LUT(codes, _tables(self.encoding, self.depth).value), np.float32)
        return to_display(codes.astype(np.float32) / np.float32(self.top), self.encoding)

    def luma(self, codes: Codes) -> Plane:
        """Rec.709 Y' of the written numbers, as display values."""
        return luma(self.decode(codes))

    def slack(self, codes: Codes, where: NDArray[np.bool_]) -> Plane:
        """The luma error that rounding each channel to its nearest number can cause, (h, w, 3) to (h, w), display values: half the way to
        the neighbouring number, summed over the channels. Only `where` it is asked for it need be right."""
        if self.encoding in CURVES and not self.floating:
            return luma(np.asarray(cv2.LUT(codes, _tables(self.encoding, self.depth).slack), np.float32))
        some = codes[where][:, None]
        here, total = self.luma(some), np.zeros(some.shape[:-1], np.float32)
        for channel in range(3):
            ways = [np.abs(self.luma(self._neighbours(some, channel, up)) - here) for up in (False, True)]
            total += np.maximum(*ways) / 2
        result = np.zeros(where.shape, np.float32)
        result[where] = total[:, 0]
        return result

    def _neighbours(self, codes: Codes, channel: int, up: bool) -> Codes:
        moved = codes.copy()
        if self.floating:
            moved[..., channel] = np.nextafter(codes[..., channel], np.float16(HALF_LARGEST if up else -HALF_LARGEST))
        else:
            moved[..., channel] = np.clip(codes[..., channel].astype(np.int32) + (1 if up else -1), 0, self.top)
        return moved


@cache
def _reaches(encoding: str) -> bool:
    """Whether half floats of an encoding hold all that there is: it is no logarithm."""
    if encoding in LOGARITHMS:
        return False
    ends = to_display(np.array([[[-HALF_LARGEST] * 3, [HALF_LARGEST] * 3]], np.float32), encoding)
    return bool(np.isfinite(ends).all() and (np.diff(ends[0], axis=0) > 1).all())


@dataclass(frozen=True)
class _Tables:
    """Of the codes of an encoding that is one curve a channel, (1, 65536) as OpenCV looks them up: the display value, the middle between it
    and the next, and half the way to the neighbour that is further off."""

    value: Plane
    middle: Plane
    slack: Plane


@cache
def _tables(encoding: str, depth: int) -> _Tables:
    codes = np.arange(2 ** depth, dtype=np.float32) / np.float32(2 ** depth - 1)
    values = to_display(np.repeat(codes[:, None, None], 3, 2), encoding)[:, 0, 1]
    steps = np.diff(values)
    slack = np.maximum(np.append(steps, 0), np.insert(steps, 0, 0)) / 2
    tables = (values, np.append(values[:-1] + values[1:], 2 * values[-1]) / 2, slack)
    return _Tables(*(np.pad(table, (0, 65_536 - len(table)), mode="edge")[None] for table in tables))
