"""Both films as they are known after one look at every frame: where the picture lies, and a signature of each frame."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.align.dense import Views
from engine.align.features import SIGNATURE, Box, Matrix, Plane, Signatures, live_area, signatures, stretched
from engine.align.space import coverage
from engine.align.time import candidates
from engine.errors import DamagedFrame, spans
from engine.media.source import FrameSource, Picture
from engine.run import Run

_RIM = 0.05                 # first guess: the reference shows the live area but for a rim of this part on each side
_SAID = 4.0                 # the likeness of a pair that the user has set: nothing that is measured comes near it


@dataclass(frozen=True)
class Films:
    """A scan and a reference; `area` and `reference_area` are x0, y0, x1, y1 of the picture in each. `sync` are scan frames and the
    reference frames that the user says they are."""

    scan: Views
    reference: Views
    area: Box
    reference_area: Box
    signed: Signatures
    reference_signed: Signatures
    sync: Mapping[int, int] = field(default_factory=dict)

    def alike(self, geometry: Matrix | None, run: Run,
              frames: Sequence[int] | None = None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """(n, k) reference frames that each scan frame (of `frames`, if given) may be, and how like they are, most like first.

        They are seen through `geometry`; None is a first guess. A frame that the user has set is like its partner alone.
        """
        w, h = SIGNATURE
        inner = stretched((_RIM * w, _RIM * h, (1 - _RIM) * w, (1 - _RIM) * h), SIGNATURE)
        there = np.asarray(np.linalg.inv(inner), np.float64)
        if geometry is not None:
            back = np.linalg.inv(stretched(self.reference_area, SIGNATURE))
            there = np.asarray(back @ geometry @ stretched(self.area, SIGNATURE), np.float64)
        valid = np.asarray(coverage(there, SIGNATURE, SIGNATURE), np.float32)
        valid[[0, -1]], valid[:, [0, -1]] = 0, 0
        if valid.sum() < 0.1 * w * h:
            valid[2:-2, 2:-2] = 1
        signed = self.signed if frames is None else self.signed.part(frames)
        places, values = candidates(signed.vectors(np.eye(3), valid), self.reference_signed.vectors(there, valid), run)
        for row, frame in enumerate(range(len(places)) if frames is None else frames):
            if frame in self.sync:
                places[row], values[row] = self.sync[frame], _SAID
        return places, values

    def known(self) -> Plane:
        """(n,) 0..1: how much there is to see in each scan frame; 0 for black ones."""
        contrast = (self.signed.planes.std((1, 2)) * (self.signed.high - self.signed.low)).astype(np.float32)
        return np.asarray(np.clip(contrast / (0.25 * np.float32(np.median(contrast)) + 1e-6), 0, 1), np.float32)


class Readable(FrameSource):
    """A reference of which some frames may not be decoded (a scratched disc): these show nothing, and so become nobody's partner."""

    def __init__(self, source: FrameSource) -> None:
        self.info, self._source = source.info, source
        self.damaged: set[int] = set()

    def read(self, index: int) -> Picture:
        try:
            return self._source.read(index)
        except DamagedFrame:
            self.damaged.add(index)
            return np.zeros((self.info.height, self.info.width, 3), np.float32)

    def name(self, index: int) -> str:
        return self._source.name(index)

    def files(self, index: int) -> tuple[Path, ...]:
        return self._source.files(index)


def look_over(scan: FrameSource, reference: FrameSource, sync: Mapping[int, int], run: Run, area: Box | None = None) -> Films:
    """The first pass: reads every frame of both films once. `area` is the live area of the scan where it is known."""
    readable = Readable(reference)
    area, reference_area = area or live_area(scan, run), live_area(readable, run)
    films = Films(Views(scan), Views(readable), area, reference_area,
                  signatures(scan, area, run, "reading the scan"), signatures(readable, reference_area, run, "reading the reference"),
                  sync)
    if readable.damaged:
        run.say(f"{reference.info.path}: {len(readable.damaged)} frames cannot be decoded and are left out "
                f"({spans(sorted(readable.damaged))})")
    return films
