"""What is told of a reference and of pairs holds where a frame tells little: nothing trusted in the middle, no edges, no light."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from engine.detail.pair import DetailPair
from engine.project import Project, Settings, load
from engine.recoveries.detail_steps import measured
from tests.conftest import write_png
from tests.engine.finished import medium
from tests.engine.recoveries.test_spatial import scene

COUNT = 6


def test_a_pair_is_measured_where_it_is_trusted_though_its_middle_is_not() -> None:
    weight = np.full((900, 900), 255, np.uint8)
    weight[66:-66, 66:-66] = 0
    plane = np.zeros(weight.shape, np.float16)
    seen, target, trust = measured(DetailPair(0, "0", "shot 1", True, plane[None], plane, weight))
    assert seen.shape == (1, 768, 768) and target.shape == trust.shape == (768, 768) and trust.max() == 1


def tone_of(folder: Path, recovery: str, answerprint: Any) -> tuple[Any, dict[str, Any]]:
    """How matching tone of the stills in `folder` ended, and its facts."""
    media = medium(folder, "scan"), medium(folder, "reference")
    project = Project(folder / "film.project", "film", recovery, *media, Settings(aligned=True))
    project.save()
    ended = answerprint("work", project.folder, "--until", "tone")
    done = load(project.folder).done
    return ended, done["tone"].facts if "tone" in done else {}


def test_what_was_given_as_aligned_is_not_told_as_measured(tmp_path: Path, answerprint: Any) -> None:
    for k in range(COUNT):
        for role, size in (("scan", 1.2), ("reference", 0.4)):
            write_png(tmp_path / role / f"{k:04d}.png", np.round(255 * cv2.GaussianBlur(scene(k), (0, 0), size)).astype(np.uint8))
    tone_of(tmp_path, "spatial-reference", answerprint)
    ended = answerprint("work", tmp_path / "film.project", "--until", "pairs")
    done = load(tmp_path / "film.project").done
    assert ended.code == 0 and done["align"].facts["misfit_px"] is None is done["pairs"].facts["misfit_px"]
    assert "held out; misfit not measured: given as aligned" in ended.err


def test_a_black_frame_does_not_silence_that_the_reference_is_softer(tmp_path: Path, answerprint: Any) -> None:
    for k in range(COUNT):
        sharp = scene(k) if k else np.zeros_like(scene(k))
        for role, picture in (("scan", sharp), ("reference", cv2.GaussianBlur(sharp, (0, 0), 2))):
            write_png(tmp_path / role / f"{k:04d}.png", np.round(255 * picture).astype(np.uint8))
    ended, facts = tone_of(tmp_path, "spatial-reference", answerprint)
    assert ended.code == 0 and "softer picture" in ended.err and 1.15 < facts["edges"] < 20


def test_a_scan_with_edges_as_hard_as_can_be_is_compared_too(tmp_path: Path, answerprint: Any) -> None:
    for k in range(COUNT):
        hard = np.full((160, 200, 3), 40, np.uint8)
        for left in range(20 + k, 170, 12):
            hard[20:140, left:left + 3] = 220
        write_png(tmp_path / "scan" / f"{k:04d}.png", hard)
        write_png(tmp_path / "reference" / f"{k:04d}.png", cv2.GaussianBlur(hard, (0, 0), 1.5))
    ended, facts = tone_of(tmp_path, "spatial-reference", answerprint)
    assert ended.code == 0 and "softer picture" in ended.err and facts["edges"] > 5


@pytest.mark.parametrize("middle", ["dark", "grey"])
def test_a_reference_in_colour_whose_middle_shows_none_is_not_refused(middle: str, tmp_path: Path, answerprint: Any) -> None:
    for k in range(20):
        picture = scene(k)
        if 4 <= k < 16:
            picture = 0.02 * picture if middle == "dark" else np.repeat(picture.mean(2, keepdims=True), 3, 2)
        for role in ("scan", "reference"):
            write_png(tmp_path / role / f"{k:04d}.png", np.round(255 * picture).astype(np.uint8))
    ended, facts = tone_of(tmp_path, "combined", answerprint)
    assert ended.code == 0 and facts, ended.err


def test_a_grey_reference_with_black_frames_is_still_refused(tmp_path: Path, answerprint: Any) -> None:
    for k in range(COUNT):
        picture = np.repeat(scene(k).mean(2, keepdims=True), 3, 2) * (k > 1)
        write_png(tmp_path / "scan" / f"{k:04d}.png", np.round(255 * scene(k) * (k > 1)).astype(np.uint8))
        write_png(tmp_path / "reference" / f"{k:04d}.png", np.round(255 * picture).astype(np.uint8))
    ended, _ = tone_of(tmp_path, "combined", answerprint)
    assert ended.code == 1 and "black-and-white" in ended.err


def test_blended_frames_are_found_though_nothing_moves_in_the_middle(tmp_path: Path, answerprint: Any) -> None:
    world = cv2.GaussianBlur(np.random.default_rng(3).random((80, 400)).astype(np.float32), (0, 0), 2)
    whole = [world[:, 6 * max(0, k - 26):][:, :120] for k in range(41)]
    for k in range(40):
        blend = (whole[k - 1] + whole[k + 1]) / 2 if k % 2 else whole[k]
        for role, plane in (("scan", whole[k]), ("reference", blend)):
            write_png(tmp_path / role / f"{k:04d}.png", np.repeat(np.round(255 * plane)[..., None].astype(np.uint8), 3, 2))
    ended, _ = tone_of(tmp_path, "spatial-reference", answerprint)
    assert ended.code == 0 and "blended by a change of rate" in ended.err
