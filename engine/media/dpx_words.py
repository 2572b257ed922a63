"""Code values in and out of the words of DPX image data (SMPTE ST 268-1), exactly, at the speed of numpy.

Filled words (packing 1 'A', 2 'B') hold three 10-bit values or one 12-bit value, with the padding below (A) or above (B) them. In packed
data (0) one value follows the other from the lowest bit of a 32-bit word on. Three filled 10-bit values lie highest first in colour
pictures, lowest first in luma pictures.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint16]
Bytes = NDArray[np.uint8]

BLOCK = 64
"""Rows handled at a time, so that intermediate words stay in the cache."""


@dataclass(frozen=True)
class Layout:
    """How values of `depth` bits lie in words; see the module."""

    depth: int
    packing: int
    big_endian: bool
    lowest_first: bool

    @property
    def word(self) -> np.dtype[np.uint32]:
        return np.dtype(">u4" if self.big_endian else "<u4")

    @property
    def half_word(self) -> np.dtype[np.uint16]:
        return np.dtype(">u2" if self.big_endian else "<u2")

    @property
    def shifts(self) -> tuple[int, int, int]:
        """Of the three 10-bit values of a filled word, in order."""
        padding = 0 if self.packing == 2 else 2
        return (padding, padding + 10, padding + 20) if self.lowest_first else (padding + 20, padding + 10, padding)


def usual_packing(depth: int) -> int:
    """What most programs read without trouble."""
    return 1 if depth in (10, 12) else 0


def row_bytes(values: int, layout: Layout, aligned: bool) -> int:
    """Bytes that `values` code values of a line take; lines should end on a whole 32-bit word (`aligned`)."""
    if layout.depth == 10 and layout.packing:
        return -(-values // 3) * 4
    if layout.depth in (10, 12) and not layout.packing:
        return -(-values * layout.depth // 32) * 4
    size = values * (1 if layout.depth == 8 else 2)
    return -(-size // 4) * 4 if aligned else size


def unpack(rows: Bytes, width: int, channels: int, layout: Layout) -> Codes:
    """Rows of image data (h, bytes) to code values (h, w, channels)."""
    result = np.empty((len(rows), width * channels), np.uint16)
    for top in range(0, len(rows), BLOCK):
        _unpack_block(np.ascontiguousarray(rows[top:top + BLOCK]), result[top:top + BLOCK], layout)
    return result.reshape(len(rows), width, channels)


def _unpack_block(rows: Bytes, out: Codes, layout: Layout) -> None:
    if layout.depth == 8:
        out[:] = rows[:, :out.shape[1]]
    elif layout.depth == 16:
        out[:] = rows.view(layout.half_word)[:, :out.shape[1]]
    elif layout.depth == 12 and layout.packing:
        out[:] = rows.view(layout.half_word)[:, :out.shape[1]]
        if layout.packing == 2:
            out &= 0xFFF
        else:
            out >>= 4
    elif layout.packing:
        _unfill(rows.view(layout.word), out, layout)
    else:
        _unpack_dense(rows.view(layout.word), out, layout.depth)


def _unfill(words: NDArray[np.uint32], out: Codes, layout: Layout) -> None:
    native = words.astype(np.uint32)
    values = np.empty_like(native)
    for i, shift in enumerate(layout.shifts):
        np.right_shift(native, shift, out=values)
        np.bitwise_and(values, 0x3FF, out=values)
        out[:, i::3] = values[:, :out[:, i::3].shape[1]]


def _unpack_dense(words: NDArray[np.uint32], out: Codes, depth: int) -> None:
    pairs = _dense_pairs(words.astype(np.uint64))
    first = np.arange(out.shape[1], dtype=np.uint64) * np.uint64(depth)
    out[:] = (pairs[:, first >> np.uint64(5)] >> (first & np.uint64(31))) & np.uint64(2 ** depth - 1)


def _dense_pairs(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every word with the next above it, so that no value is cut."""
    following = np.zeros_like(words)
    following[:, :-1] = words[:, 1:] << np.uint64(32)
    return words | following


def pack(codes: Codes, layout: Layout) -> Bytes:
    """Code values (h, w, channels), no larger than the depth allows, to rows of image data (h, bytes), lines ending on whole words."""
    flat = codes.reshape(len(codes), -1)
    result = np.zeros((len(codes), row_bytes(flat.shape[1], layout, aligned=True)), np.uint8)
    for top in range(0, len(codes), BLOCK):
        _pack_block(flat[top:top + BLOCK], result[top:top + BLOCK], layout)
    return result


def _pack_block(codes: Codes, out: Bytes, layout: Layout) -> None:
    values = codes.shape[1]
    if layout.depth == 8:
        out[:, :values] = codes
    elif layout.depth == 16:
        out.view(layout.half_word)[:, :values] = codes
    elif layout.depth == 12 and layout.packing:
        out.view(layout.half_word)[:, :values] = codes if layout.packing == 2 else codes << 4
    elif layout.packing:
        words = np.zeros((len(codes), out.shape[1] // 4), np.uint32)
        for i, shift in enumerate(layout.shifts):
            part = codes[:, i::3]
            words[:, :part.shape[1]] |= part.astype(np.uint32) << np.uint32(shift)
        out.view(layout.word)[:] = words
    else:
        out.view(layout.word)[:] = _pack_dense(codes, layout.depth, out.shape[1] // 4)


def _pack_dense(codes: Codes, depth: int, words: int) -> NDArray[np.uint32]:
    """Values in groups that fill whole words (16 of 10 bits in 5 words, 8 of 12 bits in 3), each laid into one word and what spills over
    into the next."""
    result = np.zeros((len(codes), words + 1), np.uint32)
    group, step = (16, 5) if depth == 10 else (8, 3)
    for i in range(group):
        word, shift = divmod(i * depth, 32)
        part = codes[:, i::group].astype(np.uint64) << np.uint64(shift)
        count = part.shape[1]
        result[:, word:words:step][:, :count] |= (part & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        if shift + depth > 32:
            result[:, word + 1::step][:, :count] |= (part >> np.uint64(32)).astype(np.uint32)
    return result[:, :words]
