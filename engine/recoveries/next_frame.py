"""Which frame to paint next: what the film looks like, and where the net is least sure (see `engine.pairs.coverage.next_frames`)."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from engine.media.difference import ciede2000, lab
from engine.media.source import Picture
from engine.pairs.scan_looks import looks_of_scan
from engine.recoveries.keyframe_steps import shots_found
from engine.recoveries.work import Restoration, Work
from engine.run import Run

ASKED = 48                  # frames that the net is asked about
WIDTH = 256                 # at which it is asked
LIGHTER = 1.04              # a picture so much lighter, and mirrored, should get the same colour


def looks_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves choose/looks.npz."""
    looks = looks_of_scan(work.scan, work.balance, shots_found(work.project.folder), run)
    looks.save(folder / "looks.npz")
    return {"candidates": len(looks.frames)}


def doubts(work: Work, run: Run) -> dict[int, float]:
    """How unsure the used run is of frames spread over the film: dE00 between what it says of one, and of the same mirrored and lighter."""
    used, shots, scan = Restoration(work.project, run), shots_found(work.project.folder), work.scan
    count = min(ASKED, len(scan))
    found = {}
    for done in range(count):
        run.step(done, count, "asking where the net is unsure")
        frame = (2 * done + 1) * len(scan) // (2 * count)
        kept = used.kept(scan, frame, shots[frame], WIDTH)
        plain, other = (used.restore(frame, picture, shots[frame], scan.info.width) for picture in (kept, _otherwise(kept)))
        found[frame] = round(float(ciede2000(lab(plain), lab(_back(other))).mean()), 3)
    return found


def _otherwise(picture: Picture) -> Picture:
    return np.ascontiguousarray(picture[:, ::-1] * LIGHTER)


def _back(picture: Picture) -> Picture:
    return np.ascontiguousarray(picture[:, ::-1] / LIGHTER)
