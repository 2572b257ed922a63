"""Where the luma of each pixel of a repaired print came from: a picture a frame beside the results, a legend, and shares."""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.files import told, write_json, write_lines
from engine.media.source import FrameSource
from engine.recoveries.detail_account import ORIGINS
from engine.recoveries.mattes import LEGEND, write_matte
from engine.run import Run

Floats = NDArray[np.float32]

SHARES = "evidence.jsonl"
CHANNELS = ("net", "print", "telecine")         # red, green, blue


@dataclass(frozen=True)
class Origin:
    """Where the luma of a frame came from, (h, w) 0..1 each, 1 together: the print, the telecine, the net alone."""

    print: Floats
    telecine: Floats
    net: Floats

    @property
    def shares(self) -> dict[str, float]:
        return {name: round(float(getattr(self, name).mean()), 4) for name in ORIGINS}

    @property
    def matte(self) -> NDArray[np.uint8]:
        """(h, w, 3) R, G, B: how much came from the net, the print, the telecine, 255 = all."""
        return np.stack([np.round(255 * getattr(self, name)) for name in CHANNELS], -1).astype(np.uint8)


class Origins:
    """The mattes of an export in their folder: NUMBER.png (8-bit RGB, of the scan's size) and legend.json. Those that are there and were
    made of the same (`identity`) are kept."""

    def __init__(self, scan: FrameSource, identity: str, folder: Path) -> None:
        """Raises DiskFull, OutputRefused."""
        self.scan, self.folder = scan, folder
        self._shares: dict[int, dict[str, float]] = {}
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
        self._shares[index] = origin.shares

    def tell(self, run: Run) -> dict[str, float]:
        """Leave evidence.jsonl: {"frame", "print", "telecine", "net"} of every frame. The mean shares. Raises MediaError."""
        rows = []
        for index in range(len(self.scan)):
            run.step(index, len(self.scan), "evidence")
            rows.append({"frame": self.scan.name(index)} | self._shares_of(index))
        write_lines(self.folder / SHARES, rows)
        return {name: round(float(np.mean([row[name] for row in rows])), 4) for name in ORIGINS}

    def _shares_of(self, index: int) -> dict[str, float]:
        if index not in self._shares:
            matte = cv2.imread(str(self.path(index)), cv2.IMREAD_COLOR)
            if matte is None:
                raise MediaError(f"{self.path(index)}: this matte cannot be read; remove it and give the same command again")
            means = dict(zip(CHANNELS, matte[..., ::-1].reshape(-1, 3).mean(0) / 255, strict=True))
            self._shares[index] = {name: round(float(means[name]), 4) for name in ORIGINS}
        return self._shares[index]


def legend(identity: str) -> dict[str, Any]:
    """What the channels of the mattes mean, and the colours of pixels that came from one source alone; mixtures lie between them."""
    grounds = [{"colour": [255 * (name == channel) for channel in CHANNELS], "kind": name, "what": words}
               for name, words in ORIGINS.items()]
    return {"version": 1, "identity": identity, "channels": dict(zip(("red", "green", "blue"), CHANNELS, strict=True)), "grounds": grounds}


def _legend_in(folder: Path) -> Any:
    try:
        return json.loads((folder / LEGEND).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
