"""What is known of an alignment while it is made, for whoever watches."""
from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from engine.align.alignment import FrameMatch
from engine.files import write_json

SECONDS = 2.0               # between two looks
SHARE = 0.02                # of the time that writing may take


class Partial:
    """Leaves a list of [scan, reference, misfit, confidence] in the order of the scan, as far as frames are placed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._next = time.monotonic() + SECONDS

    def tell(self, frames: Sequence[FrameMatch]) -> None:
        """Write them down, unless that was done a moment ago."""
        began = time.monotonic()
        if began >= self._next:
            rows = [[f.scan, f.reference, round(f.residual_px, 3), round(f.confidence, 3)] for f in frames]
            write_json(self.path, rows, safe=False)
            ended = time.monotonic()
            self._next = ended + max(SECONDS, (ended - began) / SHARE)

    def clear(self) -> None:
        """The whole alignment takes its place."""
        self.path.unlink(missing_ok=True)
