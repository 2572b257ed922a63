"""What cannot be worked with where detail is restored: one line that names the file and what to do, and nothing is trained."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from engine.project import load
from tests.conftest import write_png
from tests.engine.finished import medium
from tests.engine.recoveries.eaten_film import FRAMES, SIZE, eaten_project, telecine_of, whole, write_film
from tests.engine.recoveries.found_films import in_gate, pictures, seen, write

Command = Callable[..., Any]


def restore(answerprint: Command, recovery: str, folder: Path, *more: object) -> Any:
    return answerprint("restore", "--recovery", recovery, "--scan", folder / "scan", "--reference", folder / "reference", "--stills",
                       "--out", folder / "out", "--format", "png", "--device", "cpu", "--steps", 2, *more)


def refused(ended: Any, folder: Path, *words: str) -> None:
    """The last line is the only one of the error."""
    line = ended.err.splitlines()[-1]
    assert ended.code == 1 and "Traceback" not in ended.err and line.startswith("answerprint: ") and line.count("answerprint: ") == 1
    assert all(word in line for word in words), line
    assert not list((folder / "out").glob("*.project/runs/*/model.pt"))


@pytest.mark.slow
@pytest.mark.parametrize("recovery", ["spatial-reference", "telecine"])
def test_a_reference_of_another_film_has_no_overlap(recovery: str, tmp_path: Path, answerprint: Command) -> None:
    write(tmp_path / "scan", [in_gate(plane, k) for k, plane in enumerate(pictures(8, 1))])
    write(tmp_path / "reference", [seen(plane[::-1, ::-1], np.diag([0.88, 0.98, 1.0])) for plane in pictures(8, 8)])
    refused(restore(answerprint, recovery, tmp_path), tmp_path, str(tmp_path / "reference"), str(tmp_path / "scan"),
            "choose a reference of the same film")


def write_planes(folder: Path, planes: list[np.ndarray]) -> None:
    for index, plane in enumerate(planes):
        write_png(folder / f"still_{index:04d}.png", np.repeat(np.round(255 * np.clip(plane, 0, 1))[..., None].astype(np.uint8), 3, 2))


def grown_over(share: float) -> list[np.ndarray]:
    """The print with so much of it eaten, elsewhere in each frame."""
    made = []
    for index in range(FRAMES):
        random = np.random.default_rng(900 + index)
        blotches, mould = (cv2.GaussianBlur(random.normal(size=SIZE), (0, 0), size) for size in (3, 2))
        made.append(np.where(blotches >= np.quantile(blotches, 1 - share), 0.8 + 0.1 * mould / mould.std(), whole(index)))
    return made


def another_cut(tmp_path: Path) -> None:
    write_planes(tmp_path / "reference", [telecine_of(index)[::-1, ::-1] for index in range(FRAMES)])


def hardly_a_print(tmp_path: Path) -> None:
    write_planes(tmp_path / "scan", grown_over(0.99))


@pytest.mark.parametrize("spoil", [another_cut, hardly_a_print])
def test_a_telecine_of_another_cut_and_a_print_with_next_to_nothing_sound(
        spoil: Callable[[Path], None], tmp_path: Path, answerprint: Command) -> None:
    write_film(tmp_path)
    spoil(tmp_path)
    refused(restore(answerprint, "telecine", tmp_path, "--aligned"), tmp_path, str(tmp_path / "scan"), str(tmp_path / "reference"),
            "next to nothing of the print agrees", "choose the telecine of this cut, or set the corners by hand")


@pytest.mark.parametrize(("share", "hardly"), [(0.5, 0), (0.88, 1)])
def test_a_print_that_is_mostly_eaten_is_told_of(share: float, hardly: int, tmp_path: Path, answerprint: Command) -> None:
    project = eaten_project(tmp_path)
    write_planes(tmp_path / "scan", grown_over(share))
    project = replace(project, scan=medium(tmp_path, "scan"))
    project.save()
    ended = answerprint("work", project.folder, "--until", "damage")
    assert ended.code == 0 and ended.err.count("reference: hardly agrees with the print") == hardly


@pytest.mark.parametrize("recovery", ["spatial-reference", "combined", "telecine"])
def test_a_reference_of_another_rate_cannot_be_given_as_aligned(recovery: str, tmp_path: Path, answerprint: Command) -> None:
    """24 frames a second against 25: as many seconds, not as many frames."""
    write_film(tmp_path)
    last = tmp_path / "reference" / f"still_{FRAMES:04d}.png"
    last.write_bytes((tmp_path / "reference" / f"still_{FRAMES - 1:04d}.png").read_bytes())
    ended = answerprint("restore", "--recovery", recovery, "--scan", tmp_path / "scan", "--reference", tmp_path / "reference", "--out",
                        tmp_path / "out", "--format", "png", "--aligned", "--steps", 2)
    refused(ended, tmp_path, str(tmp_path / "reference"), f"has {FRAMES + 1} frames, the scan has {FRAMES}", "leave --aligned out")


def test_a_telecine_whose_rate_was_blended_is_told_of_and_the_work_goes_on(tmp_path: Path, answerprint: Command) -> None:
    write_film(tmp_path)
    blended = [(telecine_of(k - 1) + telecine_of(k + 1)) / 2 if k % 2 else telecine_of(k) for k in range(FRAMES)]
    write_planes(tmp_path / "reference", blended)
    ended = restore(answerprint, "telecine", tmp_path, "--aligned", "--pairs", "0,4")
    assert ended.code == 0, ended.err
    told = [line for line in ended.err.splitlines() if "blended by a change of rate" in line]
    assert len(told) == 1 and told[0].startswith("reference: 5") and "Traceback" not in ended.err
    assert load(tmp_path / "out" / "scan.project").done["damage"].facts["told"] == told
