"""The damage of a print as the window shows it: found beside its thread, with what was painted laid over, red on the print."""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import Alignment
from engine.detail.edited import edited
from engine.detail.edits import load_edit
from engine.media.colour import to_display
from engine.media.reduce import reduced
from engine.media.source import FrameSource
from engine.recoveries.eaten import Eaten

Floats = NDArray[np.float32]

KEPT = 12                           # maps that are kept, as bytes
RED = np.array((0.93, 0.10, 0.08), np.float32)
STRENGTH = 0.55                     # of the red where the print is damaged


class Damage:
    """Of the frames of a print whose telecine is aligned to it."""

    def __init__(self, scan: FrameSource, reference: FrameSource, alignment: Alignment) -> None:
        self._scan, self._begin = scan, lambda: Eaten(scan, reference, alignment)
        self._maps: OrderedDict[int, NDArray[np.uint8]] = OrderedDict()
        self._lock = Lock()

    def found(self, index: int) -> Floats:
        """(h, w) 0..1 the damage of a frame as the program finds it, of the scan's size. What it is found from is let go again: that is
        many planes."""
        with self._lock:
            if index not in self._maps:
                self._maps[index] = np.round(255 * self._begin().damage(index)).astype(np.uint8)
                while len(self._maps) > KEPT:
                    self._maps.popitem(last=False)
            self._maps.move_to_end(index)
            return np.asarray(self._maps[index], np.float32) / np.float32(255)

    def maker(self, project: Path) -> Callable[[int, int | None], Floats]:
        """Frames of the print, damage in red, with what was painted on it as the project's folder has it by then."""

        def tinted(index: int, width: int | None) -> Floats:
            plain = np.asarray(to_display(reduced(self._scan.read(index), width), self._scan.info.encoding), np.float32)
            damaged = reduced(edited(self.found(index), load_edit(project, self._scan, index).strokes), width)
            return np.asarray(plain + (RED - plain) * (STRENGTH * damaged)[..., None], np.float32)

        return tinted
