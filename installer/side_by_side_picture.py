#!/usr/bin/env python3
"""The manual's picture of pictures side by side, from the sample film as it was restored.

    python3 -m engine sample FILM --frames 48 --width 640
    python3 -m engine restore --recovery colour-reference --scan FILM/scan --reference FILM/reference.mpg --out RESULTS --compare 4
    python3 installer/side_by_side_picture.py RESULTS
"""
from __future__ import annotations

import sys
from pathlib import Path

import cv2

ROOT = Path(__file__).resolve().parents[1]
NAME = "side-by-side"
WIDTH = 900


def main(results: Path) -> int:
    """The still in the middle of the film, smaller; the exit code."""
    stills = sorted(next(results.glob("*_compare")).glob("*.png"))
    whole = cv2.imread(str(stills[len(stills) // 2]))
    size = WIDTH, round(whole.shape[0] * WIDTH / whole.shape[1])
    small = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(ROOT / "manuals" / "user" / "pictures" / f"{NAME}.png"), small, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
