"""What a training run leaves to be looked at while it goes on, how it is ended, and how another goes on from it."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from engine.errors import OtherTraining
from engine.run import Cancelled, Run
from engine.train.asked import TrainSettings
from engine.train.loop import train
from engine.train.model import Model
from engine.train.trial import try_out
from tests.engine.train.made import film, pair
from tests.engine.train.test_loop import Heard, Stops, at_step


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def picture(path: Path) -> np.ndarray:
    return cv2.imread(str(path))[..., ::-1].astype(np.float32) / 255


def test_a_run_can_be_looked_at(tmp_path: Path) -> None:
    folder, heard = tmp_path / "run", Heard()
    ended = train(film(tmp_path / "pairs", held_out=2), TrainSettings(steps=40), folder, heard)
    assert [row["step"] for row in lines(folder / "training.jsonl")] == [20, 40]
    assert lines(folder / "training.jsonl")[1]["dE00"] < lines(folder / "training.jsonl")[0]["dE00"]
    assert [row["step"] for row in lines(folder / "curve.jsonl")] == [1, 10, 40]
    preview = folder / "preview"
    held = sorted(path.name for path in preview.glob("held-*"))
    assert held == [f"held-000000{i}{what}.png" for i in (4, 5) for what in ("", ".scan", ".target")]
    scan, result, target = (picture(preview / f"held-0000004{what}.png") for what in (".scan", "", ".target"))
    assert scan.shape == (48, 64, 3)
    assert np.abs(result - target).mean() < 0.8 * np.abs(scan - target).mean()
    sheet = json.loads((preview / "sheet.json").read_text())
    assert sheet["steps"] == [1, 10, 40]
    assert [crop["frame"] for crop in sheet["crops"]] == [4, 5]
    for number in range(2):
        assert {p.name for p in preview.glob(f"crop-{number}-*")} == {
            f"crop-{number}-{what}.png" for what in ("scan", "target", "step-000001", "step-000010", "step-000040")}
    assert not list(folder.rglob("*.partial"))
    for row in lines(folder / "curve.jsonl"):
        assert {"loss", "dE00", "lut_dE00", "step_ms", "memory_bytes"} <= row.keys()
        assert row["held_out"] == 2
        assert row["memory_bytes"] is None or 1e7 < row["memory_bytes"] < 1e12
    plan = json.loads((folder / "plan.json").read_text())
    assert (plan["device"], plan["device_name"]) == (ended.device, ended.device_name)
    assert any(ended.device_name in text for text in heard.said) and "; cpu, " in heard.notes[-1]


def test_crops_are_where_there_is_most_chroma_and_of_training_frames_where_none_is_held_out(tmp_path: Path) -> None:
    made = pair(3, size=(160, 320))
    made.chroma[:, :200] *= 0.1
    train([made.save(tmp_path)], TrainSettings(steps=2), tmp_path / "run", Run())
    preview = tmp_path / "run" / "preview"
    crops = json.loads((preview / "sheet.json").read_text())["crops"]
    assert [crop["frame"] for crop in crops] == [3, 3, 3]
    assert crops[0]["window"][1] >= 200
    assert crops[0]["window"][2:] == [96, 96]
    assert not crops[0]["held_out"]
    assert picture(preview / "crop-0-step-000002.png").shape == (96, 96, 3)
    assert not list(preview.glob("held-*"))


def test_a_run_that_goes_on_takes_back_what_it_noted_after_its_checkpoint(tmp_path: Path) -> None:
    pairs, folder = film(tmp_path / "pairs"), tmp_path / "run"
    with pytest.raises(Cancelled):
        train(pairs, TrainSettings(steps=40), folder, at_step(25))
    with (folder / "training.jsonl").open("a") as file:
        file.write('{"step": 40, "dE00": 9.0}\n{"step": 60, "dE0')
    sheet, column = folder / "preview" / "sheet.json", folder / "preview" / "crop-0-checkpoint.png"
    assert (json.loads(sheet.read_text())["steps"], json.loads(sheet.read_text())["checkpoint"]) == ([1, 10], 25)
    column.unlink()                     # as where it was killed between the checkpoint and its pictures
    made: list[bool] = []

    def looked(done: int, note: str) -> bool:
        if note.startswith("training") and done == 26:
            made.append(picture(column).shape == (48, 64, 3))
        return False

    train(pairs, TrainSettings(steps=40), folder, Stops(looked))
    assert made == [True]
    assert [row["step"] for row in lines(folder / "training.jsonl")] == [20, 40]
    assert lines(folder / "training.jsonl")[1]["dE00"] != 9.0
    assert (json.loads(sheet.read_text())["steps"], json.loads(sheet.read_text())["checkpoint"]) == ([1, 10, 40], 40)
    assert not column.exists()          # the end has a column of its own


def test_enough_ends_a_run_properly(tmp_path: Path) -> None:
    pairs, folder = film(tmp_path / "pairs"), tmp_path / "run"

    def has_enough(done: int, note: str) -> bool:
        if note.startswith("training") and done == 12:
            (folder / "enough").touch()
        return False

    result = train(pairs, TrainSettings(steps=1000), folder, Stops(has_enough))
    assert (result.steps, result.ended_early) == (13, True)
    assert result.held_out is not None
    assert lines(folder / "curve.jsonl")[-1]["dE00"] == result.held_out["dE00"]
    assert Model.load(result.model).about["steps"] == 13
    assert not (folder / "enough").exists()
    again = train(pairs, TrainSettings(steps=1000), folder, Run())
    assert (again.steps, again.ended_early) == (13, True)


def test_a_run_that_comes_to_its_end_did_not_end_early(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "enough").touch()
    result = train(film(tmp_path / "pairs"), TrainSettings(steps=1), folder, Run())
    assert not result.ended_early
    assert not (folder / "enough").exists()


def test_going_on_from_another_run_loses_nothing(tmp_path: Path) -> None:
    pairs = film(tmp_path / "pairs")
    first = train(pairs, TrainSettings(steps=40), tmp_path / "first", Run())
    longer = train(pairs, TrainSettings(steps=30, start=first.model), tmp_path / "longer", Run())
    anew = train(pairs, TrainSettings(steps=30), tmp_path / "anew", Run())
    assert first.held_out and longer.held_out and anew.held_out
    assert longer.held_out["dE00"] < 1.02 * first.held_out["dE00"]
    assert longer.held_out["dE00"] < anew.held_out["dE00"]
    assert lines(tmp_path / "longer" / "curve.jsonl")[0]["dE00"] < 1.1 * first.held_out["dE00"]


def test_what_a_run_goes_on_from_is_part_of_what_it_is(tmp_path: Path) -> None:
    pairs = film(tmp_path / "pairs")
    starts = [train(pairs, TrainSettings(steps=2, seed=seed), tmp_path / str(seed), Run()).model for seed in (1, 2)]
    made = [train(pairs, TrainSettings(steps=2, start=start), tmp_path / f"run {k}", Run()).model.read_bytes()
            for k, start in enumerate((None, *starts))]
    assert len(set(made)) == 3
    with pytest.raises(OtherTraining):
        train(pairs, TrainSettings(steps=2, start=starts[0]), tmp_path / "run 0", Run())


def test_a_trial_tells_how_long_and_shows_the_lut(tmp_path: Path) -> None:
    folder = tmp_path / "trial"
    folder.mkdir()
    trial = try_out(film(tmp_path / "pairs"), "cpu", folder, Run())
    assert trial.device == "cpu"
    assert trial.device_name
    assert trial.cores >= 1
    assert trial.memory_bytes is None or 1e7 < trial.memory_bytes < (trial.memory_total or 1e15)
    assert 0 < trial.step_seconds < 60
    assert trial.prepare_seconds > 0
    assert trial.held_out_lut is not None
    assert trial.held_out_untouched is not None
    assert sorted(path.name for path in folder.iterdir()) == [f"{what}-0000005.png" for what in ("lut", "scan", "target")]
    lut, scan, target = (picture(folder / f"{what}-0000005.png") for what in ("lut", "scan", "target"))
    assert np.abs(lut - target).mean() < np.abs(scan - target).mean()
