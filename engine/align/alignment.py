"""The result of aligning: for each scan frame its reference frame, the matrix that leads there, and how sure that is."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.files import read_json, write_json

Offsets = tuple[tuple[float, float], ...]
DOUBTFUL_PX = 1.0           # misfit above which a frame may not lie on its partner
SURE = 0.5                  # confidence, as a part of the film's best, below which its partner may be another one
LEAST_TURN = 0.05           # of the live area's own: corners whose sides turn less than this fold the picture


@dataclass(frozen=True)
class FrameMatch:
    """One scan frame. `matrix` leads from scan pixels to stored reference pixels (centres at whole numbers), gate weave included."""

    scan: int
    reference: int | None
    confidence: float               # 0..1
    matrix: NDArray[np.float64]     # (3, 3)
    residual_px: float              # misfit: what is left of misalignment, in pixels of the scan


@dataclass(frozen=True)
class Alignment:
    """All scan frames in order; frames and shots count from 0."""

    frames: tuple[FrameMatch, ...]
    shots: tuple[tuple[int, int], ...]              # scan frames [start, stop) of each shot
    live_area: tuple[int, int, int, int]            # x0, y0, x1, y1 of the picture inside the scan's gate
    reference_size: tuple[int, int]                 # width, height
    reference_fps: Fraction

    def as_json(self) -> dict[str, Any]:
        """The object that `align --json` writes."""
        return {
            "frames": [
                {"scan": f.scan, "reference": f.reference, "confidence": round(f.confidence, 4), "matrix": f.matrix.tolist(),
                 "residual_px": round(f.residual_px, 4)}
                for f in self.frames
            ],
            "shots": [list(s) for s in self.shots],
            "live_area": list(self.live_area),
            "reference_size": list(self.reference_size),
            "reference_fps": float(self.reference_fps),
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> Alignment:
        frames = tuple(
            FrameMatch(f["scan"], f["reference"], f["confidence"], np.array(f["matrix"], np.float64), f["residual_px"])
            for f in data["frames"]
        )
        x0, y0, x1, y1 = data["live_area"]
        w, h = data["reference_size"]
        shots = tuple((a, b) for a, b in data["shots"])
        return Alignment(frames, shots, (x0, y0, x1, y1), (w, h), Fraction(data["reference_fps"]).limit_denominator(1001))

    def corrected(self, offsets: Offsets) -> Alignment:
        """The reference moved on the scan by hand: what lay at the corners TL, TR, BR, BL of the live area lies `offsets` (x, y) pixels of
        the scan further now, in every frame. Raises UsageError where such corners fold the picture."""
        if not any(value for offset in offsets for value in offset):
            return self
        x0, y0, x1, y1 = self.live_area
        before = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float64)
        after = before + np.array(offsets, np.float64)
        sides = np.roll(after, -1, 0) - after
        turns = sides[:, 0] * np.roll(sides, -1, 0)[:, 1] - sides[:, 1] * np.roll(sides, -1, 0)[:, 0]
        if (turns < LEAST_TURN * (x1 - x0) * (y1 - y0)).any():
            raise UsageError("the corners set by hand fold the picture; move them back towards the corners of the frame")
        back = _four_points(after, before)
        frames = tuple(replace(f, matrix=_scaled(f.matrix @ back)) for f in self.frames)
        return replace(self, frames=frames)

    def save(self, path: Path) -> None:
        write_json(path, self.as_json())

    @staticmethod
    def load(path: Path) -> Alignment:
        """Raises MediaError where the file is damaged."""
        return read_json(path, Alignment.from_json)


def unsure(matches: Iterable[FrameMatch]) -> frozenset[int]:
    """Scan frames that have a partner and may belong to another one."""
    matched = [m for m in matches if m.reference is not None]
    least = SURE * max((m.confidence for m in matched), default=0.0)
    return frozenset(m.scan for m in matched if m.confidence < least)


def doubtful(matches: Iterable[FrameMatch]) -> frozenset[int]:
    """Scan frames that have a partner and may belong to another one, or may not lie on it."""
    matched = [m for m in matches if m.reference is not None]
    return unsure(matched) | {m.scan for m in matched if m.residual_px > DOUBTFUL_PX}


def _four_points(source: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """The homography that leads four points (4, 2) to four others."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return np.append(np.linalg.solve(np.array(rows), np.array(wanted)), 1.0).reshape(3, 3)


def _scaled(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(matrix / matrix[2, 2])
