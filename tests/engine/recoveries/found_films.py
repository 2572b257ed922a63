"""Small films in black-and-white whose partners and geometry the program has to find: a print in its gate, and a reference seen through a
matrix."""
from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from engine.media.colour import from_display
from tests.conftest import write_png
from tests.engine.align.films import BORDER, PICTURE, REFERENCE, Memory, film
from tests.engine.align.test_eaten import eaten
from tests.engine.media.makers import stills

Plane = np.ndarray


def pictures(count: int, seed: int) -> list[Plane]:
    """Luma (h, w) 0..1 of a film whose camera and things move."""
    return [picture.mean(2) for picture in film(count, seed, pan=(0.5, 0.1), sprites=9)]


def weave(index: int) -> Plane:
    return np.random.default_rng(300 + index).normal(size=2) * (0.7, 0.4)


def in_gate(picture: Plane, index: int) -> Plane:
    """The picture where the gate has it in frame `index` of the print, black around it."""
    dx, dy = weave(index) + BORDER
    size = (PICTURE[0] + 2 * BORDER, PICTURE[1] + 2 * BORDER)
    return cv2.warpAffine(picture, np.float32([[1, 0, dx], [0, 1, dy]]), size, flags=cv2.INTER_CUBIC, borderValue=0.01)


def dupe(picture: Plane, index: int) -> Plane:
    """The print as a soft, grainy dupe."""
    plane = cv2.GaussianBlur(in_gate(picture, index), (0, 0), 1.1)
    return plane + 0.012 * np.random.default_rng(500 + index).normal(size=plane.shape)


def seen(picture: Plane, matrix: Plane, size: tuple[int, int] = REFERENCE) -> Plane:
    return cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_CUBIC)


def bent(plane: Plane, size: float, coarse: int, seed: int) -> Plane:
    """The plane after a warp of `size` pixels, drawn at `coarse` places a side: the fewer, the smoother."""
    h, w = plane.shape
    field = np.random.default_rng(seed).normal(size=(coarse, coarse, 2)).astype(np.float32)
    field = cv2.resize(field, (w, h), interpolation=cv2.INTER_CUBIC)
    field *= np.float32(size / np.sqrt(np.square(field).sum(2).mean()))
    y, x = np.mgrid[:h, :w].astype(np.float32)
    return cv2.remap(plane, x + field[..., 0], y + field[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def write(folder: Path, planes: list[Plane]) -> Path:
    """Stills of 8 bits, numbered from 0."""
    for index, plane in enumerate(planes):
        write_png(folder / f"f_{index:04d}.png", np.repeat(np.round(np.clip(plane, 0, 1) * 255).astype(np.uint8)[..., None], 3, 2))
    return folder


def write_log(folder: Path, planes: list[Plane]) -> Path:
    """10-bit log DPX, numbered from 86400."""
    frames = [from_display(np.repeat(np.clip(plane, 0.01, 0.99).astype(np.float32)[..., None], 3, 2), "cineon") for plane in planes]
    return stills(folder, frames, suffix=".dpx", depth=10, kind="uint16", oiio__BitsPerSample=10, dpx__Packing="Filled, method A",
                  oiio__Endian="big")


def eaten_print(sharp: list[Plane], seed: int) -> list[Plane]:
    """The print, grainy, and eaten by mould that rolls."""
    grain = [in_gate(plane, k) + 0.006 * np.random.default_rng(700 + k).normal(size=(PICTURE[1] + 2 * BORDER, PICTURE[0] + 2 * BORDER))
             for k, plane in enumerate(sharp)]
    source = eaten(Memory([np.repeat(plane[..., None], 3, 2).astype(np.float32) for plane in grain]), seed)
    return [source.read(k)[..., 0] for k in range(len(source))]
