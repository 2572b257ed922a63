#!/usr/bin/env python3
"""The manual's picture of colour from similar pictures: a real faded scan, its balance, what four pictures propose for it, what its
restorer reached by training on period paintings, and below the four pictures. The scan is not part of the program:

    .venv/bin/python installer/similar_picture.py FOLDER

FOLDER holds r1_scan_original.png and r1_ml_result.png. Where they are not there the picture that is there stays, and that is said. The
four pictures are made by `engine.sample.paintings`. How far each is from the restorer's result, inside the gate, is printed. The same on
every run on one kind of machine.
"""
from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from engine.align.features import live_area  # noqa: E402
from engine.balance.own import faded_like, own_balance  # noqa: E402
from engine.balance.own_fit import measure_fade  # noqa: E402
from engine.keyframes.painted import Painted, shown  # noqa: E402
from engine.keyframes.pictures import read_painting  # noqa: E402
from engine.keyframes.proposal import Given, Proposals, layer_of  # noqa: E402
from engine.media.difference import ciede2000, lab  # noqa: E402
from engine.media.open import open_source  # noqa: E402
from engine.media.source import Picture  # noqa: E402
from engine.recoveries.propose import propose  # noqa: E402
from engine.run import Run  # noqa: E402
from engine.sample.paintings import make_paintings  # noqa: E402
from engine.train.features import FeatureSettings  # noqa: E402

NAME = "similar-painting"
SCAN, RESULT = "r1_scan_original.png", "r1_ml_result.png"
WIDTH = 560             # of each of the large ones
GAP, QUALITY, SURROUND = 8, 86, 0.12


@dataclass(frozen=True)
class Restored:
    """The balanced scan, the same with all that is proposed, the four pictures, the proposals, and where the picture is in the scan."""

    balanced: Picture
    proposed: Picture
    given: list[Picture]
    found: Proposals
    area: tuple[slice, slice]


def restored(scan: Path, folder: Path) -> Restored:
    """What the program makes of a scan of one frame, with everything accepted."""
    film = folder / "film"
    film.mkdir()
    shutil.copyfile(scan, film / "frame_0001.png")
    source = open_source(film)
    fade = measure_fade(source, source.info.encoding, Run())
    balanced = np.clip(own_balance(fade).apply(source.read(0), 0, source.info.encoding), 0, 1)
    given = [Given(path.name, read_painting(path).picture) for path in make_paintings(folder / "paintings")]
    found, = propose([balanced], {"0001": balanced}, given, lambda picture, draw: faded_like(fade, picture, draw), FeatureSettings(), Run())
    layer = layer_of(found, [one.region for one in found.proposals])
    assert layer is not None
    size = balanced.shape[1::-1]
    chroma, alpha = (np.asarray(cv2.resize(plane.astype(np.float32), size), np.float32) for plane in (layer.chroma, layer.alpha))
    nothing = np.zeros(balanced.shape[:2], np.int32)
    proposed = np.clip(shown(balanced, Painted(chroma, alpha, nothing, nothing)), 0, 1)
    left, top, right, bottom = (round(side) for side in live_area(source, Run()))
    return Restored(balanced, proposed, [one.picture for one in given], found, (slice(top, bottom), slice(left, right)))


def _row(pictures: list[Picture]) -> Picture:
    """Side by side, as wide as two of WIDTH, a gap below."""
    wide = (2 * WIDTH + GAP - GAP * (len(pictures) - 1)) // len(pictures)
    small = [cv2.resize(p, (wide, round(wide * p.shape[0] / p.shape[1])), interpolation=cv2.INTER_AREA) for p in pictures]
    row = np.full((small[0].shape[0] + GAP, 2 * WIDTH + GAP, 3), SURROUND, np.float32)
    for k, picture in enumerate(small):
        row[:-GAP, k * (wide + GAP):k * (wide + GAP) + wide] = picture[:row.shape[0] - GAP]
    return row


def main() -> int:
    """Write the picture; the exit code."""
    panels = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
    if not all((panels / name).is_file() for name in (SCAN, RESULT)):
        print(f"{panels}: {SCAN} and {RESULT} are not there; {NAME}.jpg stays as it is")
        return 0
    with tempfile.TemporaryDirectory(prefix="answerprint-similar-") as folder:
        made = restored(panels / SCAN, Path(folder))
    scan, result = (read_painting(panels / name).picture for name in (SCAN, RESULT))
    result = np.asarray(cv2.resize(result, scan.shape[1::-1], interpolation=cv2.INTER_AREA), np.float32)    # a pixel larger
    for name, picture in (("scan", scan), ("balanced", made.balanced), ("proposed", made.proposed)):
        apart = ciede2000(lab(picture), lab(result))[made.area].mean()
        print(f"{name}: dE00 {apart:.1f} to the restorer's result")
    proposals = made.found.proposals
    sure = sum(one.share * one.confidence for one in proposals) / sum(one.share for one in proposals)
    print(f"{len(proposals)} regions, mean confidence {sure:.2f}, at most {max(one.confidence for one in proposals):.2f}")
    whole = np.concatenate([_row([scan, made.balanced]), _row([made.proposed, result]), _row(made.given)])
    path = ROOT / "manuals" / "user" / "pictures" / f"{NAME}.jpg"
    cv2.imwrite(str(path), np.rint(255 * np.clip(whole, 0, 1)).astype(np.uint8)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
