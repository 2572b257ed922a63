"""Which run is used, runs measured on the same frames, and the LUTs that a run leaves."""
from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import PyOpenColorIO
import pytest

from engine.files import file_names
from engine.media.colour import from_ycbcr, luma, to_ycbcr
from engine.media.difference import ciede2000, lab
from engine.pairs.pair import Pair
from engine.project import Project
from engine.recoveries.inputs import step_inputs
from engine.recoveries.perform import run_steps
from engine.recoveries.run_folder import RunInfo, folder_for, passed_over, read_runs, used_of
from engine.recoveries.runs import runs, used_run
from engine.run import Run
from engine.train import loop
from tests.engine.finished import opened, trained
from tests.engine.train.conftest import one_thread
from tests.engine.train.test_loop import Heard

__all__ = ["one_thread"]


def left_by(folder: Path, number: int, current: bool = False, **errors: float) -> RunInfo:
    """A whole run with an error for each held-out pair."""
    made = folder / f"{number:03d}"
    made.mkdir(exist_ok=True)
    (made / "model.pt").touch()
    return RunInfo(number, made, "done", 10, "cpu", None, current, "x", None, {}, frames=errors)


def test_a_newer_run_is_used_unless_another_is_better_on_the_same_pairs(tmp_path: Path) -> None:
    def used(*known: RunInfo, chosen: int | None = None) -> int:
        found = used_of(known, chosen)
        assert found
        return found.number

    good, worse, new = left_by(tmp_path, 1, a=2.0, b=3.0), left_by(tmp_path, 2, a=2.5, b=3.0), left_by(tmp_path, 3, True, a=2.1, b=3.0)
    assert used(good, worse, new) == 1
    passed = passed_over((good, worse, new), None)
    assert passed and (passed.newest.number, passed.better.number, passed.frames, passed.error) == (3, 1, 2, 2.55)
    assert used(good, worse, new, chosen=3) == 3 and passed_over((good, worse, new), 3) is None
    assert used(worse, new) == 3
    assert used(good, replace(worse, frames=good.frames)) == 2                              # as good: the newest
    assert used(good, replace(worse, frames={"a": 2.005, "b": 3.0})) == 2                   # nobody reads that
    assert used(good, left_by(tmp_path, 4, True, b=3.05, c=9.0)) == 4                       # pairs of which only one is the same say less
    assert used(good, left_by(tmp_path, 4, True, b=3.15, c=1.0)) == 1
    assert used(good, left_by(tmp_path, 4, True, c=9.0)) == 4                               # nothing to compare on
    assert used(left_by(tmp_path, 1, True, a=2.2), left_by(tmp_path, 2, a=2.0)) == 2        # settings were set back to those of a worse run
    assert used_of((), None) is None


FIRST_PAIRS = "pairs of run 1"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Run 1; run 2, worse by its figures; run 3, trained on a frame that the others hold out."""
    made = trained(tmp_path_factory.mktemp("film"), steps=1, held_out=(4, 10))
    shutil.copytree(made.folder / "pairs", made.folder.parent / FIRST_PAIRS)
    for changes in ({"steps": 2}, {"steps": 2, "pairs": (0, 2, 4, 6, 11), "held_out": (11,)}):
        made.settings = replace(made.settings, **changes)       # type: ignore[arg-type]
        made.save()
        with opened(made) as work:
            run_steps(work, Run(), "train")
    status = made.folder / "runs" / "002" / "status.json"
    left = json.loads(status.read_text())
    left["facts"]["frames"] = {mark: error + 1 for mark, error in left["facts"]["frames"].items()}
    status.write_text(json.dumps(left))
    return made


def test_a_worse_run_does_not_take_the_place_of_a_better_one_by_itself(project: Project) -> None:
    first, second, third = runs(project)
    assert set(first.frames) == set(second.frames) and not set(first.frames) & set(third.frames)
    assert first.held_out and sum(first.frames.values()) / 2 == pytest.approx(first.held_out["dE00"], abs=1e-3)
    assert used_run(project) == third                           # of other pairs, so nothing speaks against it
    later = replace(project, settings=replace(project.settings, steps=2, pairs=(0, 2, 4, 6, 8, 10), held_out=(4, 10)))
    used = used_run(later)
    assert used and used.number == 1
    run = Heard()
    with opened(later) as work:
        run_steps(work, run, "train")
    assert any("run 2 is worse than run 1 on the same 2 held-out frames" in text and "--run 2" in text for text in run.said)
    chosen = replace(later, run=2)
    used = used_run(chosen)
    assert used and used.number == 2
    assert step_inputs(chosen)["export"] != step_inputs(later)["export"]


def test_runs_are_measured_on_frames_that_none_of_them_was_trained_on(project: Project, answerprint: Callable[..., Any]) -> None:
    ended = answerprint("compare", "--project", project.folder, "--json")
    assert ended.code == 0
    assert ended.json["left_out"] == ["0004"] and ended.json["frames"] == ["0010", "0011"] and ended.json["held_out"]
    assert [m["run"] for m in ended.json["runs"]] == [1, 2, 3] and ended.json["used"] == 3
    assert ended.json["shots"] == {"second": 2}
    assert "1 more were held out by one and trained on by another" in ended.out and "*3" in ended.out
    two = answerprint("compare", "--project", project.folder, "--runs", "2,1", "--json").json
    assert two["frames"] == ["0004", "0010"] and two["shots"] == {"first": 1, "second": 1}
    for measured, known in zip(two["runs"], runs(project)[:2], strict=True):
        assert known.held_out
        assert measured["dE00"] == pytest.approx(known.held_out["dE00"], abs=0.005)
        assert sum(measured["shots"].values()) / 2 == pytest.approx(measured["dE00"], abs=1e-3)
    gone = answerprint("compare", "--project", project.folder, "--runs", "7")
    assert gone.code == 1 and "run 7 is not there" in gone.err and "1, 2, 3" in gone.err
    assert json.loads((project.folder / "done.json").read_text())["steps"]["train"]


def elsewhere(cube: Path, picture: np.ndarray) -> np.ndarray:
    """A picture (h, w, 3) through a .cube file as another program applies it."""
    transform = PyOpenColorIO.FileTransform(str(cube), interpolation=PyOpenColorIO.INTERP_LINEAR)
    flat = np.ascontiguousarray(picture, np.float32).copy()
    PyOpenColorIO.Config.CreateRaw().getProcessor(transform).getDefaultCPUProcessor().applyRGB(flat)
    return flat


def test_the_luts_of_a_run_read_elsewhere_have_the_error_that_they_tell(project: Project) -> None:
    first = runs(project)[0]
    assert [(found["file"], found["shot"], found["frames"]) for found in first.luts] == [
        ("lut/film.cube", None, 2), ("lut/first.cube", "first", 1), ("lut/second.cube", "second", 1)]
    held = {mark.split("-")[0] for mark in first.frames}
    for found in first.luts:
        cube, errors = first.folder / found["file"], []
        for path in sorted((project.folder.parent / FIRST_PAIRS).glob("*.npz")):
            pair = Pair.load(path)
            if path.stem in held and found["shot"] in (None, pair.shot):
                scan = pair.scan.astype(np.float32)
                target = from_ycbcr(np.concatenate([to_ycbcr(scan)[..., :1], pair.chroma.astype(np.float32)], -1))
                result = elsewhere(cube, scan)
                assert np.abs(luma(result) - luma(scan)).max() < 2e-3
                error = ciede2000(lab(result), lab(target))
                errors.append((error * pair.weight).sum() / pair.weight.sum())
        assert np.mean(errors) == pytest.approx(found["dE00"], rel=0.05, abs=0.03)       # theirs on some of the pixels
        assert abs(found["baking"]) < 0.05
        remarks = cube.read_text(encoding="ascii").splitlines()[:7]
        assert any(f"held-out error: dE00 (CIEDE2000) {found['dE00']:.2f} on {found['frames']} frame" in line for line in remarks)
        assert any(line.startswith("# before it: the scan as display-referred Rec.709") for line in remarks)


def test_only_the_lut_is_handed_out_and_nothing_is_overwritten(project: Project, answerprint: Callable[..., Any], tmp_path: Path) -> None:
    out = tmp_path / "luts"
    ended = answerprint("lut", "--project", project.folder, "--run", "1", "--out", out)
    assert ended.code == 0 and "film.cube: held-out dE00" in ended.out
    assert sorted(path.name for path in out.iterdir()) == ["film.cube", "first.cube", "second.cube"]
    assert (out / "film.cube").read_bytes() == (project.folder / "runs" / "001" / "lut" / "film.cube").read_bytes()
    assert answerprint("lut", "--project", project.folder, "--run", "1", "--out", out).code == 0
    (out / "film.cube").write_text("mine")
    refused = answerprint("lut", "--project", project.folder, "--run", "1", "--out", out)
    assert refused.code == 1 and "choose another folder" in refused.err and (out / "film.cube").read_text() == "mine"


def test_every_word_makes_a_file_name_of_its_own_on_whatever_system() -> None:
    words = ["film", "Film", "a/b", "a_b", "..", "con", "COM1.x", "x" * 90, "x" * 80, " reel 1. ", "Aº ñ"]
    names = file_names(words, ("film",))
    assert len({name.casefold() for name in (*names.values(), "film")}) == len(words) + 1
    for name in names.values():
        assert name and not set(name) & set('/\\:*?"<>|') and name[-1] not in " ." and name[0] not in " ." and len(name) < 70
        assert name.casefold() not in ("con", "com1.x")


def test_a_stopped_run_that_cannot_be_gone_on_with_is_kept_and_a_new_one_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "TRAINING", 0)
    project, first = trained(tmp_path), tmp_path / "film.project" / "runs" / "001"
    (first / "model.pt").unlink()       # not whole, so that it would be gone on with
    learnt = (first / "checkpoint.pt").read_bytes()
    monkeypatch.undo()
    heard = Heard()
    with opened(project) as work:
        facts = run_steps(work, heard, "train")
    assert facts["train"]["model"] == "runs/002/model.pt" and (first / "checkpoint.pt").read_bytes() == learnt
    assert any("run 1 cannot be gone on with" in said and "run 2" in said for said in heard.said)
    assert [run.number for run in runs(project) if run.whole] == [2]


@pytest.mark.parametrize("left", ["", None, "{", "[]"])
def test_a_run_whose_status_cannot_be_read_was_broken_off_and_is_gone_on_with(tmp_path: Path, left: str | None) -> None:
    folder = tmp_path / "runs" / "001"
    folder.mkdir(parents=True)
    (folder / "job.json").write_text(json.dumps({"inputs": "abc", "settings": {"steps": 9}}))
    if left is not None:
        (folder / "status.json").write_text(left)
    run, = read_runs(tmp_path, "abc")
    assert (run.number, run.state, run.current, run.whole) == (1, "stopped", True, False)
    assert folder_for(tmp_path, "abc") == folder
