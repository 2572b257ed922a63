"""Small pairs made for the tests: a picture of coloured patches whose true colour also depends on the place, which no LUT can know."""
from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.pairs.pair import Pair


def pair(index: int, held_out: bool = False, shot: str = "shot 1", size: tuple[int, int] = (48, 64)) -> Pair:
    """Left half: chroma of the scan turned one way; right half: the other way."""
    random = np.random.default_rng(index)
    height, width = size
    patches = random.uniform(0.2, 0.8, (height // 8 + 1, width // 8 + 1, 3)).repeat(8, 0).repeat(8, 1)[:height, :width]
    scan = np.clip(patches + random.normal(0, 0.01, (height, width, 3)), 0, 1).astype(np.float16)
    sign = np.where(np.arange(width) < width // 2, 1.0, -1.0)[None, :, None]
    warm = np.array([-0.1, 0.12]) if shot == "shot 1" else np.array([0.05, -0.1])
    chroma = (warm * sign + 0.1 * (scan[..., :2].astype(np.float64) - 0.5)).astype(np.float16)
    weight = np.full((height, width), 255, np.uint8)
    weight[:4] = 0
    return Pair(index, f"{index:07d}", shot, held_out, scan, chroma, weight)


def film(folder: Path, count: int = 6, held_out: int = 1, shots: int = 1) -> list[Path]:
    """Pair files of a small film, the last `held_out` of them held out."""
    folder.mkdir(parents=True, exist_ok=True)
    return [pair(i, i >= count - held_out, f"shot {1 + i % shots}").save(folder) for i in range(count)]
