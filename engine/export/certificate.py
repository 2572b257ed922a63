"""The luma certificate: proof, frame by frame, that the balanced scan's luma is in the result, in float and in the written file."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.errors import AnswerprintError
from engine.export.coding import Codes, Coding
from engine.export.gamut import Plane
from engine.media.colour import luma
from engine.media.source import Picture

FLOAT_TOLERANCE = 1e-4
FLOAT_ROUNDING = 4e-6
"""What float32 arithmetic through a curve and back can add, in display values."""


class LumaChanged(AnswerprintError):
    """A frame's luma is not the balanced scan's; the frame was not written."""


@dataclass(frozen=True)
class Figures:
    """Luma of one written frame against the balanced scan: |error| in code values of `depth` bits over the pixels that are not clipped,
    and the fraction of pixels whose luma the encoding cannot hold, and which are clipped."""

    max: float
    mean: float
    clipped: float
    depth: int

    def as_json(self) -> dict[str, Any]:
        return {"max": round(self.max, 4), "mean": round(self.mean, 5), "clipped": round(self.clipped, 7), "depth": self.depth}


def float_figure(restored: Picture, held: Plane, frame: str) -> float:
    """The largest |Y'(restored) - held| before quantisation. Raises LumaChanged beyond 1e-4, or where values are no numbers."""
    if restored.shape != (*held.shape, 3):
        raise LumaChanged(f"frame {frame}: the restored picture is {restored.shape[1]} x {restored.shape[0]}, the scan "
                          f"{held.shape[1]} x {held.shape[0]}; nothing was written of it")
    worst = float(np.abs(luma(restored) - held).max())
    if not worst <= FLOAT_TOLERANCE:
        why = f"off by {worst:.2g}, {FLOAT_TOLERANCE:g} is allowed" if np.isfinite(worst) else "it holds values that are no numbers"
        raise LumaChanged(f"frame {frame}: restoring changed the luma of the scan ({why}); nothing was written of it; "
                          "report this with the project")
    return worst


def file_figures(codes: Codes, coding: Coding, scan: Plane, frame: str) -> Figures:
    """The written numbers decoded again, against the luma of the balanced scan (unclipped). Raises LumaChanged where a pixel is further
    off than half a code value and further than rounding to this encoding can bring it."""
    low, high = coding.limits
    held = (scan >= low - FLOAT_ROUNDING) & (scan <= high + FLOAT_ROUNDING)
    error = np.where(held, np.abs(coding.luma(codes) - scan), 0)
    large = error > 0.5 / coding.top + FLOAT_ROUNDING
    if large.any() and not _by_rounding(error[large], codes[large], coding, scan[large]):
        raise LumaChanged(f"frame {frame}: the written luma is off by {float(error.max()) * coding.top:.2f} code values, more than "
                          f"rounding to {coding.encoding} can cause; nothing was written of it; report this with the project")
    return figures(error * coding.top, int(held.sum()), coding.depth)


def _by_rounding(error: Plane, codes: Codes, coding: Coding, scan: Plane) -> bool:
    allowed = coding.slack(codes[:, None])[:, 0] * 1.001 + FLOAT_ROUNDING * np.maximum(1, np.abs(scan))
    return bool((error <= allowed).all())


def figures(error: Plane, held: int, depth: int) -> Figures:
    """`error` in code values, 0 where clipped; `held` pixels are not clipped."""
    return Figures(float(error.max()), float(error.sum(dtype=np.float64)) / max(1, held), 1 - held / error.size, depth)
