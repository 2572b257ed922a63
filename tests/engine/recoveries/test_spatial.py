"""Detail from a reference, by the command line: luma is learnt, chroma is the scan's, grain is as it was asked for, and doubts are said."""
from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from engine.__main__ import main
from engine.detail.invention_map import load_map
from engine.detail.tone import Tone
from engine.media.colour import to_ycbcr
from engine.project import Project, Settings, load
from engine.recoveries.detail_steps import tones_of
from engine.recoveries.detail_work import Recovered
from engine.recoveries.inputs import step_inputs
from engine.recoveries.runs import used_run
from tests.conftest import write_png
from tests.engine.finished import medium

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
    assert "Not measured: scan and reference were given as aligned." in report and "pixels off; " not in report

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
    report = (tmp_path / "more" / "other_restored.report.html").read_text()
    assert "every frame has the tone over all shots" in report and "shots were told by their likeness" not in report


def test_pairs_given_as_aligned_are_learnt_from_however_damaged_and_that_is_said(elements: tuple[Path, Path], tmp_path: Path,
                                                                                 answerprint: Any) -> None:
    eaten, random = tmp_path / "eaten" / "scan", np.random.default_rng(5)
    for k, file in enumerate(sorted(elements[0].glob("*.png"))):
        picture = cv2.imread(str(file))[..., ::-1]
        mould = cv2.GaussianBlur(random.normal(0, 1, SIZE), (0, 0), 2.0)
        write_png(eaten / file.name, np.where((mould > 0.3 * mould.std())[..., None] & (k != 1), 235, picture).astype(np.uint8))
    ended = answerprint(*words((eaten, elements[1]), tmp_path), "--json")
    assert ended.code == 0, ended.err
    said = next(line for line in ended.err.splitlines() if "look like different pictures" in line)
    assert "0000" in said and "0001" not in said
    assert "Of 3 pairs scan and reference look like different pictures" in (tmp_path / "scan_restored.report.html").read_text()
    choice = json.loads((tmp_path / "scan.project" / "pairs" / "choice.json").read_text())
    assert sorted(choice["train"] + choice["held_out"]) == [0, 1, 2, 3]


def test_a_wrong_partner_that_was_given_as_aligned_has_no_say_in_tone(tmp_path: Path, answerprint: Any) -> None:
    for k in range(FRAMES):
        other = scene(k) if k < 3 else scene(70 + k)
        for role, picture in (("scan", dupe(scene(k), k)), ("reference", other)):
            write_png(tmp_path / role / f"{k:04d}.png", np.round(255 * np.clip(picture, 0, 1)).astype(np.uint8))
    project = Project(tmp_path / "film.project", "film", "spatial-reference", medium(tmp_path, "scan"), medium(tmp_path, "reference"),
                      Settings(aligned=True, shots=("right",) * 3 + ("wrong",) * 3))
    project.save()
    assert answerprint("work", project.folder, "--until", "tone").code == 0
    tones = tones_of(project.folder)
    assert tones.of("wrong") == Tone.identity() != tones.of("right")


def test_a_damaged_frame_that_was_not_learnt_is_steadied_by_the_filter_where_nothing_was_held_out(tmp_path: Path, answerprint: Any) -> None:
    random = np.random.default_rng(5)
    for k in range(3):
        mould = cv2.GaussianBlur(random.normal(0, 1, SIZE), (0, 0), 2.0)
        eaten = np.where((mould > 0.6 * mould.std())[..., None], 0.92, scene(k))
        for name, picture in (("scan", eaten), ("sharp", scene(k))):
            write_png(tmp_path / name / f"{k:04d}.png", np.round(255 * picture).astype(np.uint8))
    elements, asked = (tmp_path / "scan", tmp_path / "sharp"), ("--pairs", "all", "--grain", "none")
    assert answerprint(*[w for w in words(elements, tmp_path / "out") if w not in ("--pairs", "0,1,2,3")], *asked).code == 0
    learnt = results(tmp_path / "out")

    def applied() -> list[np.ndarray]:
        ended = answerprint("apply", "--project", tmp_path / "out" / "scan.project", "--scan", tmp_path / "other" / "scan", "--stills",
                            "--out", tmp_path / "more", "--format", "png", "--encoding", "rec709", "--grain", "none")
        assert ended.code == 0 and "50 % what the best linear filter makes" in ended.err, ended.err
        return results(tmp_path / "more")

    used = Recovered(load(tmp_path / "out" / "scan.project"), tmp_path / "out" / "scan.project" / "runs" / "001", "cpu", 1)
    (tone,) = used.tones.shots.values()

    def seen(file: Path) -> np.ndarray:
        return tone.apply(to_ycbcr(cv2.imread(str(file))[..., ::-1].astype(np.float32) / 255)[..., 0])

    def apart(result: np.ndarray, luma: np.ndarray) -> float:
        return float(np.abs(np.clip(to_ycbcr(result)[..., 0], 0, 1) - np.clip(luma, 0, 1)).max())

    assert apart(learnt[1], used.restorer.restore(seen(tmp_path / "scan" / "0001.png")[None])) < 0.01
    shutil.copytree(tmp_path / "scan", tmp_path / "other" / "scan")
    assert all(np.array_equal(a, b) for a, b in zip(learnt, applied(), strict=True))
    changed = cv2.imread(str(tmp_path / "other" / "scan" / "0001.png"))
    changed[-1, -1] = 128
    cv2.imwrite(str(tmp_path / "other" / "scan" / "0001.png"), changed)
    shutil.rmtree(tmp_path / "more")
    again = applied()
    assert np.array_equal(again[0], learnt[0])
    new = seen(tmp_path / "other" / "scan" / "0001.png")
    net, filtered = used.restorer.restore(new[None]), used.linear.apply(new)
    assert apart(again[1], (net + filtered) / 2) < 0.01 < apart(again[1], net)


def test_review_says_how_near_how_steady_and_what_was_invented(trained: Path, answerprint: Any) -> None:
    assert answerprint("work", trained / "scan.project", "--until", "review").code == 0
    table = json.loads((trained / "scan.project" / "review" / "table.json").read_text())
    assert table["kind"] == "detail" and table["shots"]
    known = [row for row in table["shots"] if row["psnr"] is not None]
    assert known and all(row["filter_psnr"] > 0 and 0 <= row["measures"]["invented"] <= 1 for row in known)
    assert all(row["chroma"]["exact"] == row["chroma"]["frames"] for row in table["shots"])
    assert all(set(row["maps"]) >= {str(index) for index in row["compared"]} for row in table["shots"])


def test_what_was_invented_is_marked_on_the_map_that_is_named(trained: Path, answerprint: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern that the result has and neither scan nor reference: laid on what the model makes."""
    pattern, here = np.float32(0.12) * np.where(np.indices((30, 36)).sum(0) // 2 % 2, 1, -1), (slice(20, 50), slice(30, 66))
    made = Recovered.luma

    def with_pattern(self: Recovered, index: int, kept: np.ndarray, shot: str | None) -> np.ndarray:
        plane = made(self, index, kept, shot)
        plane[here] += pattern
        return plane

    project = trained / "scan.project"
    for pasted in (False, True):
        if pasted:
            monkeypatch.setattr(Recovered, "luma", with_pattern)
        assert answerprint("work", project, "--until", "review", "--again").code == 0
        table = json.loads((project / "review" / "table.json").read_text())
        maps = [load_map(project / "review" / name) for row in table["shots"] for name in row["maps"].values()]
        assert maps and all(compared[here].mean() > 0.8 and share.shape == SIZE for share, compared in maps)
        marked = np.mean([share[here].mean() for share, _ in maps])
        assert marked > 0.5 if pasted else marked < 0.02
        for share, _ in maps:
            share[8:62, 18:78] = 0
        assert np.mean([share.mean() for share, _ in maps]) < 0.02
    assert load(project).done["review"].facts["maps"] == len(maps)


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


@pytest.mark.parametrize(("grainy", "told"), [("reference", 1), ("scan", 0)])
def test_a_reference_that_is_no_sharper_and_has_more_grain_is_told_of(grainy: str, told: int, tmp_path: Path, answerprint: Any) -> None:
    for k in range(FRAMES):
        soft = cv2.GaussianBlur(scene(k), (0, 0), 1.0)
        for role in ("scan", "reference"):
            grain = (0.03 if role == grainy else 0.004) * np.random.default_rng((k, role == "scan")).normal(size=(*SIZE, 1))
            write_png(tmp_path / role / f"{k:04d}.png", np.round(255 * np.clip(soft + grain, 0, 1)).astype(np.uint8))
    project = Project(tmp_path / "film.project", "film", "spatial-reference", medium(tmp_path, "scan"), medium(tmp_path, "reference"),
                      Settings(aligned=True))
    project.save()
    ended = answerprint("work", project.folder, "--until", "tone")
    found = re.findall(r"reference: is not clearly sharper than the scan .* ([\d.]+) times .* \(([\d.]+) % of white, the scan ([\d.]+) %\)",
                       ended.err)
    assert ended.code == 0 and len(found) == told
    for wide, more, less in found:
        assert 0.85 <= float(wide) < 1.15 and float(more) == pytest.approx(3, rel=0.4) and float(less) < 1
    assert "swap scan and reference" in ended.err or not told


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
