#!/usr/bin/env python3
"""The manual's picture of an old telecine laid on the print that mould has eaten: the print, and the two as a checkerboard. The frames are
not part of the program:

    .venv/bin/python installer/telecine_picture.py FOLDER

FOLDER holds t1_scan_16mm.png and t1_telecine.png. Where they are not there the picture that is there stays, and that is said. How far the
two lie apart, how much of the print the telecine shows, and what counts as damage, is printed.
"""
from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from engine.align.align import align  # noqa: E402
from engine.media.open import open_source  # noqa: E402
from engine.media.source import FrameSource  # noqa: E402
from engine.recoveries.eaten import Eaten  # noqa: E402
from engine.run import Run  # noqa: E402

NAME = "telecine-laid"
PRINT, TELECINE = "t1_scan_16mm.png", "t1_telecine.png"
WIDTH, GAP, QUALITY, SURROUND = 560, 8, 86, 0.12
FIELDS = 11             # of the checkerboard, across the print


def alone(picture: Path, folder: Path) -> FrameSource:
    """A picture as a film of one frame."""
    folder.mkdir()
    shutil.copyfile(picture, folder / "frame_0001.png")
    return open_source(folder)


def checkered(first: NDArray[np.float32], second: NDArray[np.float32], shown: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Planes (h, w) field by field, the second where it is `shown`."""
    side = first.shape[1] / FIELDS
    y, x = np.indices(first.shape)
    other = (x // side + y // side) % 2 == 0
    return np.where(other & shown, second, first).astype(np.float32)


def main() -> int:
    """Write the picture; the exit code."""
    panels = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
    if not all((panels / name).is_file() for name in (PRINT, TELECINE)):
        print(f"{panels}: {PRINT} and {TELECINE} are not there; {NAME}.jpg stays as it is")
        return 0
    with tempfile.TemporaryDirectory(prefix="answerprint-telecine-") as folder:
        films = [alone(panels / name, Path(folder) / name) for name in (PRINT, TELECINE)]
        found = align(films[0], films[1], Run())
        eaten = Eaten(films[0], films[1], found)
        own, lying = eaten.luma(0), eaten.lying(0)
        if lying is None:
            sys.exit("telecine_picture: the telecine was not found on the print")
        print(f"misfit {found.frames[0].residual_px:.2f} px, the telecine shows {100 * lying.covered.mean():.0f} % of the scan; "
              f"damage {100 * eaten.damage(0).mean():.0f} %, kept {100 * eaten.sound(0).mean():.0f} %")
    size = WIDTH, round(WIDTH * own.shape[0] / own.shape[1])
    both = [cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in (own, checkered(own, lying.plane, lying.covered))]
    whole = np.concatenate([both[0], np.full((size[1], GAP), SURROUND, np.float32), both[1]], 1)
    path = ROOT / "manuals" / "user" / "pictures" / f"{NAME}.jpg"
    cv2.imwrite(str(path), np.rint(255 * np.clip(whole, 0, 1)).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
