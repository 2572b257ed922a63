"""The dense part of aligning: both films seen on one working grid, the cost of a pair of frames, and the refinement of a geometry.

A grid lies over the live area of the scan. A geometry is a matrix from scan pixels to stored reference pixels for a shot without its
weave; the weave of a frame is a shift on top, so that the matrix of frame i is `geometry @ moved(shift_i)`.
"""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.features import Box, Matrix, Plane, displayed, explained, grey, normalised, stretched
from engine.align.space import Shifted, coverage, lay_on, moved, to_scan
from engine.media.colour import to_display
from engine.media.source import FrameSource

TILES = (8, 6)              # the grid is compared in so many parts
EVIDENCE = 2000.0           # independent samples that a whole grid is taken for: far below its pixels, since grain and codecs correlate
KEPT = 24                   # frames of each kind that are kept at most
GREYS_ROOM = 16_000_000     # bytes for those kept: in grey, whole,
PICTURES_ROOM = 96_000_000     # in colour, whole (of a DVD more than a geometry is refined on),
GRIDS_ROOM = 48_000_000     # on a grid
WEAVE_PX = 4.0              # no gate weaves more than this part in a thousand of the scan's width


@dataclass(frozen=True)
class Grid:
    """A working size over the live area of the scan."""

    box: Box
    size: tuple[int, int]

    @staticmethod
    def over(box: Box, longest: int) -> Grid:
        """A grid whose longer side has at most `longest` pixels, and never more than the scan has."""
        w, h = box[2] - box[0], box[3] - box[1]
        scale = min(1.0, longest / max(w, h))
        return Grid(box, (max(16, round(w * scale)), max(16, round(h * scale))))

    @property
    def matrix(self) -> Matrix:
        """Grid pixel -> scan pixel."""
        return stretched(self.box, self.size)

    @property
    def step(self) -> NDArray[np.float64]:
        """(2,) scan pixels in one grid pixel."""
        return np.array([self.matrix[0, 0], self.matrix[1, 1]])

    @property
    def sigma(self) -> float:
        """The scale of the local normalisation, in grid pixels."""
        return max(self.size) / 40


class Latest:
    """The arrays used latest, at most KEPT and up to `room` bytes. May be shared by threads: what one makes the others wait for."""

    def __init__(self, room: int) -> None:
        self._room, self._lock = room, Lock()
        self._kept: OrderedDict[Hashable, NDArray[np.float32]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], NDArray[np.float32]]) -> NDArray[np.float32]:
        """What is kept under `key`, or else what `make` gives."""
        with self._lock:
            if key not in self._kept:
                made = make()
                while self._kept and (len(self._kept) == KEPT or made.nbytes * (len(self._kept) + 1) > self._room):
                    self._kept.popitem(last=False)
                self._kept[key] = made
            self._kept.move_to_end(key)
            return self._kept[key]


class Views:
    """Frames of a source on grids, display-referred; the latest are kept, so that a frame is read once while it is in use."""

    def __init__(self, source: FrameSource) -> None:
        self._source = source
        self.size = (source.info.width, source.info.height)
        self._greys, self._pictures, self._seen = Latest(GREYS_ROOM), Latest(PICTURES_ROOM), Latest(GRIDS_ROOM)

    def seen(self, index: int, matrix: Matrix, size: tuple[int, int]) -> Plane:
        """(h, w) grey of frame `index` on a grid of `size` (w, h): `matrix` leads from the grid to the frame."""
        def look() -> Plane:
            whole = self._greys.get(index, lambda: grey(self._source.read(index)))
            return displayed(to_scan(whole, matrix, size), self._source.info.encoding)

        return self._seen.get((index, size, matrix.tobytes()), look)

    def colours(self, index: int, matrix: Matrix, size: tuple[int, int]) -> NDArray[np.float32]:
        """(h, w, 3) of the same."""
        whole = self._pictures.get(index, lambda: self._source.read(index))
        return np.clip(to_display(to_scan(whole, matrix, size), self._source.info.encoding), -0.1, 1.5)


def joint(grid: Grid, geometry: Matrix, reference_size: tuple[int, int]) -> Plane:
    """(h, w) 1 where both films show the picture on the grid, less a margin for the weave and the soft edge of the gate."""
    both = np.asarray(coverage(geometry @ grid.matrix, reference_size, grid.size), np.uint8)
    both[[0, -1]], both[:, [0, -1]] = 0, 0
    margin = 2 * round(max(grid.size) / 90) + 1
    return np.asarray(cv2.erode(both, np.ones((margin, margin), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0), np.float32)


def correlation(fixed: Plane, moving: Plane, valid: Plane) -> tuple[Plane, Plane]:
    """(6, 8) normalised correlation of two planes by tile, 0 where it is negative, and the share of the valid pixels in each tile."""
    def mean(plane: Plane) -> Plane:
        return np.asarray(cv2.resize(plane, TILES, interpolation=cv2.INTER_AREA), np.float32)

    here = fixed * valid
    power = mean(here * here) * mean(moving * moving * valid)
    share = mean(valid)
    return np.clip(mean(here * moving) / np.sqrt(power + 1e-12), 0, 1), share / max(float(share.sum()), 1e-6)


def unlikely(tiles: Plane, share: Plane) -> float:
    """The cost of a pair: minus the log likelihood ratio of 'the same but for noise' against 'nothing alike', summed over tiles."""
    return float((share * np.log(1 - np.square(tiles) + 0.02)).sum() * EVIDENCE / 2)


class Comparer:
    """Scan frames against reference frames through one geometry on one grid."""

    def __init__(self, scan: Views, reference: Views, grid: Grid, geometry: Matrix) -> None:
        self._scan, self._reference, self.grid, self.geometry = scan, reference, grid, geometry
        self.valid = joint(grid, geometry, reference.size)
        self.limit = float(WEAVE_PX / 1000 * max(grid.size)) + 1
        self._laid = Latest(GRIDS_ROOM)

    @property
    def scan_width(self) -> int:
        return self._scan.size[0]

    def laid(self, index: int) -> Plane:
        """Reference frame `index`, normalised, on the grid."""
        return self._laid.get(index, lambda: self._lay(index))

    def _lay(self, index: int) -> Plane:
        return normalised(self._reference.seen(index, self.geometry @ self.grid.matrix, self.grid.size), self.valid, self.grid.sigma)

    def scan(self, index: int) -> Plane:
        """Scan frame `index`, normalised, on the grid."""
        return normalised(self._scan.seen(index, self.grid.matrix, self.grid.size), self.valid, self.grid.sigma)

    def pair(self, fixed: Plane, index: int) -> tuple[float, Shifted]:
        """The cost of a scan plane with reference frame `index`, and the shift in grid pixels that makes it least."""
        laid = lay_on(fixed, self.laid(index), self.valid, 2, self.limit)
        return unlikely(*correlation(fixed, laid.plane, self.valid)), laid

    def explained(self, i: int, j: int, start: NDArray[np.float64]) -> tuple[Plane, Plane]:
        """Scan frame `i`, and what reference frame `j` shifted by `start` grid pixels says of it, both normalised."""
        plane = self._scan.seen(i, self.grid.matrix, self.grid.size)
        colours = self._reference.colours(j, self.geometry @ self.grid.matrix @ moved(*start), self.grid.size)
        return (normalised(plane, self.valid, self.grid.sigma),
                normalised(explained(plane, colours, self.valid), self.valid, self.grid.sigma))
