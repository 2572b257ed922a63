"""Shots by picture: pictures of one scene come together, others stay apart, and a strange one belongs to no shot."""
from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.media.open import open_source
from engine.media.source import Reading
from engine.pairs.likeness import group_stills, shots_by_picture
from engine.pairs.pair import Pair
from engine.run import Run
from tests.conftest import faded_pair, write_png


def scene(seed: int, take: int) -> np.ndarray:
    return np.roll(faded_pair(seed)[0], 9 * take, axis=1).astype(np.float32) / 255


def test_stills_of_one_scene_share_a_shot() -> None:
    pictures = [scene(seed, take) for seed in (1, 2) for take in range(3)]
    words = group_stills(lambda i: pictures[i], len(pictures), Run())
    assert len(set(words[:3])) == 1
    assert len(set(words[3:])) == 1
    assert words[0] != words[3]


def test_stills_of_another_scan_find_their_shot_or_none(tmp_path: Path) -> None:
    paths = []
    for index, (shot, seed) in enumerate((("garden", 1), ("hall", 2))):
        blank = np.zeros((96, 96, 2), np.float16)
        pair = Pair(index, str(index), shot, False, scene(seed, 0).astype(np.float16), blank, np.zeros((96, 96), np.uint8))
        paths.append(pair.save(tmp_path))
    pictures = [scene(2, 2), scene(1, 1), np.full((96, 96, 3), (0.9, 0.1, 0.6), np.float32)]
    for index, picture in enumerate(pictures):
        write_png(tmp_path / "scan" / f"{index}.png", (picture * 255).astype(np.uint8))
    with open_source(tmp_path / "scan", Reading(stills=True)) as scan:
        assert shots_by_picture(scan, scan.read, paths, Run()) == ["hall", "garden", None]
