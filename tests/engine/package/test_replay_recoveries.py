"""Replay of the other recoveries: from keyframes, of detail and colour, of detail alone; applied again and trained again."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.conftest import Ended, faded_pair, write_png
from tests.engine.package.test_replay import replayed
from tests.engine.recoveries.eaten_film import write_film

Command = Callable[..., Ended]


def both_ways(answerprint: Command, out: Path, folder: Path) -> None:
    record, = out.glob("*.record.json")
    assert replayed(answerprint, record, "--out", folder / "applied")["same"]
    trained = replayed(answerprint, record, "--train", "--out", folder / "trained")
    assert trained["model"] is True
    assert trained["same"]


def test_from_keyframes_that_are_not_there_any_more(answerprint: Command, tmp_path: Path) -> None:
    """The layers are with the model; the painted files may be gone."""
    for index in range(6):
        picture, faded = (np.roll(p, 3 * index, axis=1) for p in faded_pair(4))
        write_png(tmp_path / "scan" / f"reel.{index:04d}.png", faded)
        if index in (1, 4):
            write_png(tmp_path / "painted" / f"reel.{index:04d}.png", picture)
    ended = answerprint("restore", "--recovery", "colour-keyframes", "--scan", tmp_path / "scan", "--keyframes", tmp_path / "painted",
                        "--aligned", "--out", tmp_path / "out", "--format", "png", "--steps", 8, "--mattes")
    assert ended.code == 0, ended.err
    for path in (tmp_path / "painted").iterdir():
        path.unlink()
    both_ways(answerprint, tmp_path / "out", tmp_path)


def softened(picture: np.ndarray, sigma: float) -> np.ndarray:
    return np.asarray(np.clip(cv2.GaussianBlur(picture.astype(np.float32), (0, 0), sigma), 0, 255).round(), np.uint8)


@pytest.mark.slow
@pytest.mark.parametrize("recovery", ["spatial-reference", "combined"])
@pytest.mark.parametrize("length", [("--steps", 4), ("--minutes", 0.15)])
def test_of_detail(recovery: str, length: tuple[Any, ...], answerprint: Command, tmp_path: Path) -> None:
    for index in range(6):
        picture, faded = (np.roll(p, 3 * index, axis=1) for p in faded_pair(4, 160))
        grain = np.random.default_rng(index).normal(0, 3, picture.shape)
        write_png(tmp_path / "scan" / f"reel.{index:04d}.png", np.clip(softened(faded, 1.2) + grain, 0, 255).astype(np.uint8))
        write_png(tmp_path / "reference" / f"reel.{index:04d}.png", picture)
    ended = answerprint("restore", "--recovery", recovery, "--scan", tmp_path / "scan", "--reference", tmp_path / "reference", "--aligned",
                        "--out", tmp_path / "out", "--format", "png", "--device", "cpu", *length)
    assert ended.code == 0, ended.err
    both_ways(answerprint, tmp_path / "out", tmp_path)


@pytest.mark.slow
def test_of_a_damaged_print(answerprint: Command, tmp_path: Path) -> None:
    write_film(tmp_path)
    ended = answerprint("restore", "--recovery", "telecine", "--scan", tmp_path / "scan", "--reference", tmp_path / "reference",
                        "--aligned", "--stills", "--out", tmp_path / "out", "--format", "png", "--device", "cpu", "--minutes", 0.3,
                        "--pairs", "0,3,6,11", "--mattes", "--compare", 3)
    assert ended.code == 0, ended.err
    both_ways(answerprint, tmp_path / "out", tmp_path)
