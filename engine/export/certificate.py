"""The luma certificate: proof, frame by frame, that the balanced scan's luma is in the result, in float and in the written file."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import AnswerprintError
from engine.export.coding import Codes, Coding
from engine.export.gamut import Plane
from engine.media.colour import luma, to_ycbcr
from engine.media.curves import strips
from engine.media.source import Picture

FLOAT_TOLERANCE = 1e-4
FLOAT_ROUNDING = 4e-6
"""What float32 arithmetic through a curve and back can add, in display values."""


class LumaChanged(AnswerprintError):
    """A frame's luma is not the balanced scan's; the frame was not written."""


class ChromaChanged(AnswerprintError):
    """A frame's chroma is not the scan's where only detail was to be restored; the frame was not written."""


class SoundChanged(AnswerprintError):
    """A sound part of a print was changed where only damage was to be repaired; the frame was not written."""


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
    worst = float(np.max([_furthest(restored[rows], held[rows]) for rows in strips(held.shape)]))
    if not worst <= FLOAT_TOLERANCE:
        why = f"off by {worst:.2g}, {FLOAT_TOLERANCE:g} is allowed" if np.isfinite(worst) else "it holds values that are no numbers"
        raise LumaChanged(f"frame {frame}: restoring changed the luma of the scan ({why}); nothing was written of it; "
                          "report this with the project")
    return worst


@dataclass(frozen=True)
class Proof:
    """What a result is held to. `keep` takes from the prepared picture (h, w, 3) what has to stay; `prove` says of that, of the restored
    picture and the frame's name how far it is off, at most, and the luma (h, w) that the written file is held against. It raises
    LumaChanged or ChromaChanged. `more` gives, by the frame's name, what else the ledger is to keep of it."""

    keep: Callable[[Picture], Picture]
    prove: Callable[[Picture, Picture, str], tuple[float, Plane]]
    more: Callable[[str], dict[str, Any]] = lambda frame: {}


def luma_held(held: Plane, restored: Picture, frame: str) -> tuple[float, Plane]:
    """The luma is the balanced scan's."""
    return float_figure(restored, held, frame), held


def chroma_of(picture: Picture) -> Picture:
    """Cb, Cr (h, w, 2)."""
    return np.ascontiguousarray(to_ycbcr(picture)[..., 1:])


def chroma_held(held: Picture, restored: Picture, frame: str) -> tuple[float, Plane]:
    """The chroma (h, w, 2) is the scan's, and the file is held against the luma that was restored."""
    worst = float(np.max([np.abs(chroma_of(restored[rows]) - held[rows]).max() for rows in strips(held.shape)]))
    if not worst <= FLOAT_TOLERANCE:
        why = f"off by {worst:.2g}, {FLOAT_TOLERANCE:g} is allowed" if np.isfinite(worst) else "it holds values that are no numbers"
        raise ChromaChanged(f"frame {frame}: restoring changed the chroma of the scan ({why}); nothing was written of it; "
                            "report this with the project")
    return worst, luma(restored)


def sound_held(held: Picture, restored: Picture, sound: NDArray[np.bool_], frame: str) -> None:
    """Where `sound` (h, w) is set the restored picture is the held one, to the last bit. Raises SoundChanged."""
    changed = int((held[sound] != restored[sound]).any(-1).sum())
    if changed:
        raise SoundChanged(f"frame {frame}: {changed:,} pixels of the print that are sound were changed; nothing was written of it; report "
                           "this with the project")


LUMA_HELD = Proof(luma, luma_held)
CHROMA_HELD = Proof(chroma_of, chroma_held)


def _furthest(restored: Picture, held: Plane) -> float:
    """NaN where there is one."""
    error = luma(restored)
    error -= held
    return float(np.absolute(error, out=error).max())


def file_figures(codes: Codes, coding: Coding, scan: Plane, frame: str) -> Figures:
    """The written numbers decoded again, against the luma of the balanced scan (unclipped). Raises LumaChanged where a pixel is further
    off than half a code value and further than rounding to this encoding can bring it."""
    error, held = np.empty(scan.shape, np.float32), 0
    for rows in strips(codes.shape):
        held += _errors(codes[rows], coding, scan[rows], error[rows])
        if not _by_rounding(error[rows], codes[rows], coding, scan[rows]):
            raise LumaChanged(f"frame {frame}: the written luma is off by {float(error[rows].max()) * coding.top:.2f} code values, more "
                              f"than rounding to {coding.encoding} can cause; nothing was written of it; report this with the project")
    error *= np.float32(coding.top)
    return figures(error, held, coding.depth)


def _errors(codes: Codes, coding: Coding, scan: Plane, out: Plane) -> int:
    """|luma of `codes` - scan| into `out`, 0 where the encoding cannot hold it; at how many pixels it can."""
    low, high = coding.limits
    np.absolute(np.subtract(coding.luma(codes), scan, out=out), out=out)
    if scan.min() >= low - FLOAT_ROUNDING and scan.max() <= high + FLOAT_ROUNDING:
        return out.size
    held = (scan >= low - FLOAT_ROUNDING) & (scan <= high + FLOAT_ROUNDING)
    out[~held] = 0
    return int(held.sum())


def _by_rounding(error: Plane, codes: Codes, coding: Coding, scan: Plane) -> bool:
    """Whether every error (h, w) is half a code value at most, or what rounding can bring."""
    large = ~(error <= 0.5 / coding.top + FLOAT_ROUNDING)
    if not large.any():
        return True
    allowed = coding.slack(codes, large) * np.float32(1.001) + FLOAT_ROUNDING * np.maximum(1, np.abs(scan))
    return not (large & ~(error <= allowed)).any()


def figures(error: Plane, held: int, depth: int) -> Figures:
    """`error` in code values, 0 where clipped; `held` pixels are not clipped."""
    return Figures(float(error.max()), float(error.sum(dtype=np.float64)) / max(1, held), 1 - held / error.size, depth)
