"""Detail from a reference, by the command line: luma is learnt, chroma is the scan's, grain is as it was asked for, and doubts are said."""
from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from engine.__main__ import main
from engine.media.colour import to_ycbcr
from engine.project import Project, load
from engine.recoveries.inputs import step_inputs
from engine.recoveries.runs import used_run
from tests.conftest import write_png

SIZE = (112, 144)
FRAMES = 6


def scene(seed: int) -> np.ndarray:
    """Sharp coloured shapes, 0..1 (h, w, 3)."""
    random = np.random.default_rng(seed)
    picture = np.full((*SIZE, 3), 0.45, np.float32)
    for _ in range(30):
        centre = (int(random.integers(0, SIZE[1])), int(random.integers(0, SIZE[0])))
        cv2.circle(picture, centre, int(random.integers(3, 16)), random.uniform(0.15, 0.85, 3).tolist(), -1)
    return picture


def dupe(picture: np.ndarray, seed: int) -> np.ndarray:
    """Soft, contrasty and grainy."""
    soft = cv2.GaussianBlur(picture, (0, 0), 1.2) ** 1.2
    grain = cv2.GaussianBlur(np.random.default_rng(seed).normal(0, 1, SIZE).astype(np.float32), (0, 0), 0.7)
    return soft + (0.02 * grain / grain.std())[..., None]


@pytest.fixture(scope="module")
def elements(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Stills of a soft dupe and of a sharp element, of one geometry."""
    folder = tmp_path_factory.mktemp("elements")
    for k in range(FRAMES):
        for name, picture in (("scan", dupe(scene(k), k)), ("sharp", scene(k))):
            write_png(folder / name / f"{k:04d}.png", np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8))
    return folder / "scan", folder / "sharp"


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


def words(elements: tuple[Path, Path], out: Path, *more: object) -> list[object]:
    return ["restore", "--recovery", "spatial-reference", "--scan", elements[0], "--reference", elements[1], "--aligned", "--stills",
            "--out", out, "--format", "png", "--encoding", "rec709", "--device", "cpu", "--steps", 60, "--pairs", "0,1,2,3", *more]


@pytest.fixture(scope="module")
def trained(elements: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the results without grain, and their project; only its review is written."""
    out = tmp_path_factory.mktemp("trained")
    assert main([str(word) for word in words(elements, out, "--grain", "none")]) == 0
    return out


@pytest.fixture
def copied(trained: Path, tmp_path: Path) -> Path:
    """The same for writing."""
    return Path(shutil.copytree(trained, tmp_path / "copied"))


def results(out: Path) -> list[np.ndarray]:
    files = sorted((out / "scan_restored_png").glob("*.png"))
    return [cv2.imread(str(file), cv2.IMREAD_UNCHANGED)[..., ::-1].astype(np.float32) / 65535 for file in files]


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    return float(-10 * np.log10(np.square(to_ycbcr(a)[..., 0] - to_ycbcr(b)[..., 0]).mean()))


def test_luma_nears_the_reference_and_chroma_stays_the_scans(elements: tuple[Path, Path], copied: Path, answerprint: Any) -> None:
    made = results(copied)
    scans = [cv2.imread(str(file))[..., ::-1].astype(np.float32) / 255 for file in sorted(elements[0].glob("*.png"))]
    for k, (result, scan) in enumerate(zip(made, scans, strict=True)):
        assert psnr(result, scene(k)) > psnr(scan, scene(k)) + 3
        inside = (result > 0.01).all(-1) & (result < 0.99).all(-1)
        assert np.abs(to_ycbcr(result)[..., 1:] - to_ycbcr(scan)[..., 1:])[inside].max() < 2 / 65535
    report = (copied / "scan_restored.report.html").read_text()
    assert "Experimental" in report and "dB" in report and "best linear filter" in report

    again = answerprint(*words(elements, copied, "--grain", "none", "--json"))
    assert again.code == 0 and "trained" not in again.err
    figures = again.json["held_out"]
    assert figures["psnr"] > figures["untouched_psnr"] and 0 < figures["measures"]["ssim"] <= 1


def test_grain_is_kept_or_remade_or_left_out(elements: tuple[Path, Path], copied: Path, answerprint: Any) -> None:
    made = {"none": results(copied)}
    for kind in ("keep", "reference"):
        assert answerprint(*words(elements, copied, "--grain", kind)).code == 0
        made[kind] = results(copied)
    assert len(list((copied / "scan.project" / "runs").iterdir())) == 1       # grain trains nothing anew
    kept = [to_ycbcr(a - b)[..., 0] for a, b in zip(made["keep"], made["none"], strict=True)]
    scans = [dupe(scene(k), k) - dupe(scene(k), k + 50) for k in range(FRAMES)]    # the difference of two grains
    likeness = np.mean([np.corrcoef(kept[k].ravel(), to_ycbcr(scans[k])[..., 0].ravel())[0, 1] for k in range(FRAMES)])
    assert likeness > 0.4
    assert not any(np.array_equal(a, b) for a, b in zip(made["reference"], made["reference"][1:], strict=False))


def test_a_trained_project_is_applied_to_another_scan(trained: Path, tmp_path: Path, answerprint: Any) -> None:
    other = tmp_path / "other"
    for k in (20, 21):
        write_png(other / f"{k:04d}.png", np.round(np.clip(dupe(scene(k), k), 0, 1) * 255).astype(np.uint8))
    ended = answerprint("apply", "--project", trained / "scan.project", "--scan", other, "--stills", "--out", tmp_path / "more",
                        "--format", "png", "--encoding", "rec709", "--grain", "none")
    assert ended.code == 0, ended.err
    made = [cv2.imread(str(file), cv2.IMREAD_UNCHANGED)[..., ::-1].astype(np.float32) / 65535
            for file in sorted((tmp_path / "more" / "other_restored_png").glob("*.png"))]
    assert all(psnr(result, scene(k)) > psnr(dupe(scene(k), k), scene(k)) + 2 for k, result in zip((20, 21), made, strict=True))


def test_review_says_how_near_how_steady_and_what_was_invented(trained: Path, answerprint: Any) -> None:
    assert answerprint("work", trained / "scan.project", "--until", "review").code == 0
    table = json.loads((trained / "scan.project" / "review" / "table.json").read_text())
    assert table["kind"] == "detail" and table["shots"]
    known = [row for row in table["shots"] if row["psnr"] is not None]
    assert known and all(row["filter_psnr"] > 0 and 0 <= row["measures"]["invented"] <= 1 for row in known)
    assert all(row["chroma"]["exact"] == row["chroma"]["frames"] for row in table["shots"])


def test_detail_and_colour_are_learnt_from_one_reference(elements: tuple[Path, Path], tmp_path: Path, answerprint: Any) -> None:
    faded = tmp_path / "faded" / "scan"
    for file in sorted(elements[0].glob("*.png")):
        picture = cv2.imread(str(file))[..., ::-1].astype(np.float32) @ np.float32([[0.6, 0.3, 0.1], [0.3, 0.5, 0.2], [0.3, 0.3, 0.4]])
        write_png(faded / file.name, np.round(picture).clip(0, 255).astype(np.uint8))
    command = words((faded, elements[1]), tmp_path, "--json")
    command[2] = "combined"
    ended = answerprint(*command)
    assert ended.code == 0, ended.err
    run = used_run(load(tmp_path / "scan.project"))
    assert run and {"psnr", "dE00"} <= set(run.held_out or {}) and (run.folder / "detail" / "model.pt").exists()
    for k, result in enumerate(results(tmp_path)):
        scan = cv2.imread(str(faded / f"{k:04d}.png"))[..., ::-1].astype(np.float32) / 255
        off, before = (np.abs(to_ycbcr(picture)[..., 1:] - to_ycbcr(scene(k))[..., 1:]).mean() for picture in (result, scan))
        assert off < 0.7 * before


def test_a_softer_reference_and_one_without_colour_are_told(elements: tuple[Path, Path], tmp_path: Path, answerprint: Any) -> None:
    soft = tmp_path / "soft"
    for file in sorted(elements[1].glob("*.png")):
        grey = cv2.cvtColor(cv2.cvtColor(cv2.imread(str(file)), cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        write_png(soft / file.name, cv2.GaussianBlur(grey, (0, 0), 4)[..., ::-1])
    ended = answerprint(*words((elements[0], soft), tmp_path / "out", "--steps", 2))
    assert ended.code == 0 and "softer" in ended.err
    command = words((elements[0], soft), tmp_path / "both")
    command[2] = "combined"
    ended = answerprint(*command)
    assert ended.code == 1 and "black-and-white" in ended.err and "Traceback" not in ended.err


def test_a_reference_of_another_film_is_refused(elements: tuple[Path, Path], tmp_path: Path, answerprint: Any) -> None:
    other = tmp_path / "other"
    for k in range(FRAMES):
        write_png(other / f"{k:04d}.png", np.round(scene(70 + k) * 255).astype(np.uint8))
    ended = answerprint(*words((elements[0], other), tmp_path / "out"))
    assert ended.code == 1 and "choose" in ended.err and "Traceback" not in ended.err


def test_detail_only_and_detail_with_colour_share_all_before_the_training(tmp_path: Path) -> None:
    only = Project(tmp_path, "film", "spatial-reference")
    both = Project(tmp_path, "film", "combined")
    one, other = step_inputs(only), step_inputs(both)
    assert {step for step in one if one[step] != other[step]} == {"train", "review", "export"}
