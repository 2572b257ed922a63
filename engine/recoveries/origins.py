"""Where the luma of each pixel of a repaired print came from: shares for the ledger, and a picture a frame with a legend."""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.files import told, write_json
from engine.media.source import FrameSource
from engine.recoveries.detail_account import ORIGINS
from engine.recoveries.mattes import LEGEND, write_matte

Floats = NDArray[np.float32]

COLOURS = {"print": (0, 255, 0), "neighbours": (0, 128, 0), "telecine": (0, 0, 255), "net": (255, 0, 0)}


@dataclass(frozen=True)
class Origin:
    """Where the luma of a frame came from, (h, w) 0..1 each, 1 together: the print as the frame has it, what neighbouring frames of the
    print show there, the telecine, the net alone."""

    print: Floats
    neighbours: Floats
    telecine: Floats
    net: Floats

    @property
    def shares(self) -> dict[str, float]:
        """Of the picture, 0..1, by name."""
        return {name: round(float(getattr(self, name).mean()), 4) for name in ORIGINS}

    @property
    def matte(self) -> NDArray[np.uint8]:
        """(h, w, 3) R, G, B: the mean of COLOURS by how much came from each; no other mixture has the same colour."""
        mixed = np.sum([getattr(self, name)[..., None] * np.array(colour, np.float32) for name, colour in COLOURS.items()], 0)
        return np.asarray(np.round(mixed), np.uint8)


class Origins:
    """The mattes of an export in their folder: NUMBER.png (8-bit RGB, of the scan's size) and legend.json. Those that are there and were
    made of the same (`identity`) are kept."""

    def __init__(self, scan: FrameSource, identity: str, folder: Path) -> None:
        """Raises DiskFull, OutputRefused."""
        self.scan, self.folder = scan, folder
        with told(folder, "making the evidence"):
            folder.mkdir(parents=True, exist_ok=True)
            if _legend_in(folder) != legend(identity):
                for stale in folder.glob("*.png"):
                    stale.unlink()
                write_json(folder / LEGEND, legend(identity))

    def path(self, index: int) -> Path:
        return self.folder / f"{self.scan.name(index)}.png"

    @property
    def missing(self) -> list[int]:
        return [index for index in range(len(self.scan)) if not self.path(index).exists()]

    def leave(self, index: int, origin: Origin) -> None:
        """Write the matte of a frame. Raises DiskFull, OutputRefused."""
        with told(self.folder, "making the evidence"):
            write_matte(self.path(index), origin.matte, (self.scan.info.width, self.scan.info.height))


def legend(identity: str) -> dict[str, Any]:
    """The colours of pixels that came from one source alone; what came from several is their mean by the shares."""
    grounds = [{"colour": list(COLOURS[name]), "kind": name, "what": words} for name, words in ORIGINS.items()]
    return {"version": 2, "identity": identity, "grounds": grounds}


def _legend_in(folder: Path) -> Any:
    try:
        return json.loads((folder / LEGEND).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
