#!/usr/bin/env python3
"""Paint the before and after pictures of the recovery cards from the sample film: assets/pictures/NAME-{before,after}.jpg.

    .venv/bin/python installer/pictures.py

Run it again after a change of the sample film. The same pictures come out on every run.
"""
from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from engine.media.colour import LUMA, to_display  # noqa: E402
from engine.sample.fade import FadedPrint  # noqa: E402
from engine.sample.film import SEED, Film  # noqa: E402
from engine.sample.paint import clouds  # noqa: E402

Picture = NDArray[np.float32]

FOLDER = ROOT / "assets" / "pictures"
SIZE = (560, 420)
FILM = (1866, 1402, 299)        # the sample film at twice its size, so that a part of a frame is sharp
BORDER = 76
QUALITY = 85


@dataclass(frozen=True)
class Part:
    """What of a film frame is shown: its middle and its width, as parts of the picture's."""

    index: int
    x: float
    y: float
    width: float


PARTS = {
    "colour-reference": Part(294, 0.56, 0.43, 0.70),
    "colour-keyframes": Part(128, 0.515, 0.665, 0.42),
    "spatial-reference": Part(172, 0.42, 0.66, 0.46),
    "telecine": Part(40, 0.42, 0.60, 0.46),
}


def main() -> None:
    """Write the eight pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    film, faded = Film(*FILM), FadedPrint(*FILM[:2], BORDER, FILM[2], SEED)
    for name, part in PARTS.items():
        shot = film.draw(part.index)
        new = faded.truth(shot, part.index)
        codes = faded.scan(shot, part.index)
        scan = to_display(codes.astype(np.float32) / 1023, "cineon")
        before, after = MAKERS[name](crop(scan, part), crop(new, part))
        for side, picture in (("before", before), ("after", after)):
            write(FOLDER / f"{name}-{side}.jpg", picture)


def colour(scan: Picture, new: Picture) -> tuple[Picture, Picture]:
    """The faded print, and the print when it was new."""
    return scan, new


def lost(scan: Picture, new: Picture) -> tuple[Picture, Picture]:
    """A print of which only the magenta dye is left, and its colours."""
    density = 1 - 0.35 * new[..., 0] - 0.55 * new[..., 1] - 0.10 * new[..., 2]
    dyes = np.array([0.26, 0.92, 0.52], np.float32)
    magenta = np.array([0.86, 0.76, 0.78], np.float32) - density[..., None] * dyes * np.array([1.0, 0.80, 0.80], np.float32)
    return np.asarray(magenta, np.float32), new


def element(scan: Picture, new: Picture) -> tuple[Picture, Picture]:
    """A small gauge or a late copy: soft, with coarse grain and hard contrast; and the better element."""
    rng = np.random.default_rng(16)
    soft = np.asarray(cv2.GaussianBlur(new, (0, 0), 3.2), np.float32)
    grain = np.asarray(cv2.GaussianBlur(rng.standard_normal(soft.shape).astype(np.float32), (0, 0), 1.5), np.float32)
    grain = 0.35 * grain + 0.65 * grain.mean(-1, keepdims=True)
    copied = 0.06 + 0.88 * soft + 0.034 * grain / grain.std() * (0.5 + soft * (1 - soft) * 2)
    return np.asarray(copied * np.array([1.03, 0.99, 0.93]), np.float32), new


def damaged(scan: Picture, new: Picture) -> tuple[Picture, Picture]:
    """A black-and-white print with mould that ate the emulsion and scratches along the film; and the film without them."""
    rng = np.random.default_rng(35)
    grey: Picture = np.asarray(np.clip(0.03 + 1.25 * (new @ LUMA) ** 0.95, 0, 1), np.float32)
    height, width = grey.shape
    eaten = mould(height, width, rng)
    rough = cv2.GaussianBlur(rng.standard_normal(grey.shape).astype(np.float32), (0, 0), 1.6)
    torn = grey * (1 - eaten) + eaten * (0.78 + 0.16 * rough)
    for _ in range(26):
        scratch(torn, rng)
    torn += 0.035 * cv2.GaussianBlur(rng.standard_normal(grey.shape).astype(np.float32), (0, 0), 0.8)
    return tuple(np.repeat(p[..., None], 3, -1).astype(np.float32) for p in (torn, grey))      # type: ignore[return-value]


def mould(height: int, width: int, rng: np.random.Generator) -> Picture:
    """How much of the emulsion is gone: fern-like growth, denser towards the edges of the film."""
    x = np.linspace(-1, 1, width)[None, :]
    large = clouds((height, width), (width / 9, height / 3), rng, 4)
    veins = np.abs(clouds((height, width), (26, 80), rng, 5))
    where = np.clip(large * 0.62 + 0.62 * x**2 - 0.28, 0, 1)
    edge = np.clip((0.5 * where - veins * 0.55 + 0.02) * 7, 0, 1)
    return np.asarray(np.clip(edge * np.clip(where * 5, 0, 1), 0, 0.92), np.float32)


def scratch(picture: Picture, rng: np.random.Generator) -> None:
    """A line along the film, light or dark, that comes and goes."""
    height, width = picture.shape
    x = rng.uniform(0, width) + np.cumsum(rng.normal(0, 0.10, height))
    come = np.clip(np.interp(np.arange(height), np.linspace(0, height, 7), rng.uniform(-0.8, 1.3, 7)), 0, 1)
    deep, thick = rng.uniform(0.25, 0.8) * (1 if rng.random() < 0.7 else -0.7), int(rng.integers(1, 4))
    for k in range(thick):
        columns = np.clip(x.astype(int) + k, 0, width - 1)
        rows = np.arange(height)
        picture[rows, columns] += deep * come * (1 - picture[rows, columns] if deep > 0 else picture[rows, columns])


def crop(picture: Picture, part: Part) -> Picture:
    """The part of a framed picture, still at its size on the film."""
    width = round(part.width * FILM[0])
    height = round(width * SIZE[1] / SIZE[0])
    left = BORDER + round(part.x * FILM[0] - width / 2)
    top = BORDER + round(part.y * FILM[1] - height / 2)
    return picture[top:top + height, left:left + width]


def write(path: Path, picture: Picture) -> None:
    """A JPEG of SIZE."""
    small = cv2.resize(np.clip(picture, 0, 1), SIZE, interpolation=cv2.INTER_AREA)
    coded = np.asarray(small[..., ::-1] * 255 + 0.5, np.uint8)
    _, data = cv2.imencode(".jpg", coded, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    path.write_bytes(data.tobytes())


MAKERS = {"colour-reference": colour, "colour-keyframes": lost, "spatial-reference": element, "telecine": damaged}

if __name__ == "__main__":
    main()
