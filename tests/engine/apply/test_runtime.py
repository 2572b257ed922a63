"""A trained model as ONNX: the same picture as torch's, described and tested, and used where it is faster, as was written down."""
from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from engine.apply.frames import Restorer
from engine.apply.onnx_export import PICTURES, TOLERANCE, leave_onnx, self_test
from engine.apply.onnx_nets import DESCRIPTION, FOLDER, RECORD, SELF_TEST, OnnxUnusable, checksum
from engine.apply.runtime import runtime_for
from engine.run import Run
from engine.train.asked import TrainSettings
from engine.train.loop import train
from engine.train.model import Corrected, Model
from engine.train.net import NetSettings
from tests.engine.train.made import film
from tests.engine.train.test_loop import Heard


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run's folder with the model of two shots, one of which has a correction of its own, and its ONNX files."""
    folder = tmp_path_factory.mktemp("run")
    pairs = film(folder / "pairs", shots=2)
    path = train(pairs, TrainSettings(steps=20), folder, Run()).model
    model = Model.load(path)
    model.own["shot 2"] = Corrected.begin(model.net, NetSettings(width=8), seed=1)
    torch.nn.init.normal_(model.own["shot 2"].own.last.weight, std=0.05)
    model.save(path)
    assert leave_onnx(path, pairs, folder / FOLDER, Run())
    return folder


@pytest.fixture
def run_folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it that may be spoilt."""
    for name in ("model.pt", FOLDER):
        (shutil.copytree if (made / name).is_dir() else shutil.copyfile)(made / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("size", [(48, 64), (61, 97), (301, 530), (1, 1)])
@pytest.mark.parametrize("shot", ["shot 1", "shot 2", None])
def test_the_restored_picture_is_that_of_torch(made: Path, size: tuple[int, int], shot: str | None) -> None:
    picture = np.random.default_rng(4).uniform(-0.2, 1.4, (*size, 3)).astype(np.float32)
    found = Restorer(made / "model.pt", onnx=made / FOLDER).restore(picture, shot)
    expected = Restorer(made / "model.pt").restore(picture, shot)
    assert np.abs(found - picture).max() > 0
    assert np.abs(found - expected).max() < TOLERANCE


def test_a_shot_with_a_correction_has_a_net_of_its_own(made: Path) -> None:
    picture = np.random.default_rng(4).uniform(0, 1, (48, 64, 3)).astype(np.float32)
    restorer = Restorer(made / "model.pt", onnx=made / FOLDER)
    description = json.loads((made / FOLDER / DESCRIPTION).read_text())
    assert [(net["file"], net["shots"]) for net in description["nets"]] == [("net-0.onnx", None), ("net-1.onnx", ["shot 2"])]
    looks = [restorer.onnx.coefficients(shot, np.ones((1, 5, 12, 16), np.float32)) for shot in ("shot 1", "shot 2")]
    assert np.abs(looks[0] - looks[1]).max() > 1e-3
    assert np.abs(restorer.restore(picture, "shot 2") - picture).max() > 0.01


def test_the_description_says_what_one_has_to_know(made: Path) -> None:
    description = json.loads((made / FOLDER / DESCRIPTION).read_text())
    assert description["model"] == checksum(made / "model.pt")
    assert description["files"] == {name: checksum(made / FOLDER / name) for name in ("net-0.onnx", "net-1.onnx", "fits.npz", SELF_TEST)}
    training = description["training"]
    assert training["steps"] == 20 and training["seed"] == 0 and "torch" in training["versions"]
    assert "Nothing else was trained on" in description["licence"] and description["padding"] and description["laid_on"]
    with np.load(made / FOLDER / SELF_TEST) as data:
        assert len(data["shots"]) == PICTURES and set(data["shots"]) == {"shot 1", "shot 2"}


def test_the_self_test_holds_and_finds_what_has_changed(run_folder: Path) -> None:
    folder, model = run_folder / FOLDER, run_folder / "model.pt"
    assert 0 <= self_test(folder, model) <= TOLERANCE
    description = json.loads((folder / DESCRIPTION).read_text())
    with np.load(folder / SELF_TEST) as data:
        arrays = dict(data)
    arrays["expected_3"] = arrays["expected_3"] + np.float32(2 * TOLERANCE)
    np.savez(folder / SELF_TEST, **arrays)
    with pytest.raises(OnnxUnusable, match="not as it was left"):
        self_test(folder, model)
    description["files"][SELF_TEST] = checksum(folder / SELF_TEST)
    (folder / DESCRIPTION).write_text(json.dumps(description))
    with pytest.raises(OnnxUnusable, match="off by"):
        self_test(folder, model)


@pytest.mark.parametrize("ratio", [0.5, 2.0])
def test_the_faster_one_is_written_down_and_followed(run_folder: Path, monkeypatch: pytest.MonkeyPatch, ratio: float) -> None:
    probes = []

    def probe(*_: object) -> tuple[str, dict[str, float]]:
        probes.append(ratio)
        return onnxruntime.__version__, {"ratio": ratio}

    monkeypatch.setattr("engine.apply.runtime._probe", probe)
    told = Heard()
    first, again = (runtime_for(run_folder, run_folder / "model.pt", "cpu", told) for _ in range(2))
    assert first == again and len(probes) == 1 and len(told.said) == 1
    assert first.name == ("onnxruntime" if ratio > 1 else "torch") and bool(first.identity) == (ratio > 1)
    record = json.loads((run_folder / RECORD).read_text())
    assert record["runtime"] == first.name and record["probe"]["ratio"] == ratio
    assert record["versions"] == {"torch": torch.__version__, "onnxruntime": onnxruntime.__version__}


def test_the_probe_measures_both(run_folder: Path) -> None:
    runtime_for(run_folder, run_folder / "model.pt", "cpu", Run())
    record = json.loads((run_folder / RECORD).read_text())
    assert record["probe"]["torch_ms"] > 0 and record["probe"]["onnxruntime_ms"] > 0
    assert record["self_test"]["largest"] <= TOLERANCE


def test_a_model_that_fails_its_test_is_applied_with_torch(run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> float:
        raise OnnxUnusable("off by 0.1")

    monkeypatch.setattr("engine.apply.runtime.self_test", fail)
    told = Heard()
    assert runtime_for(run_folder, run_folder / "model.pt", "cpu", told).name == "torch"
    assert "off by 0.1" in told.said[0] and json.loads((run_folder / RECORD).read_text())["runtime"] == "torch"


@pytest.mark.parametrize("missing", ["program", "file"])
def test_what_was_written_down_and_cannot_be_had_is_told(run_folder: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    (run_folder / RECORD).write_text(json.dumps({"model": checksum(run_folder / "model.pt"), "runtime": "onnxruntime"}))
    if missing == "program":
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
    else:
        (run_folder / FOLDER / "net-1.onnx").write_bytes(b"broken")
    told = Heard()
    found = runtime_for(run_folder, run_folder / "model.pt", "cpu", told)
    assert (found.name, found.identity) == ("torch", ())
    assert "torch is used" in told.said[0]


def test_a_graphics_card_and_a_run_without_onnx_files_use_torch_and_write_nothing(run_folder: Path) -> None:
    assert runtime_for(run_folder, run_folder / "model.pt", "cuda", Run()).name == "torch"
    shutil.rmtree(run_folder / FOLDER)
    assert runtime_for(run_folder, run_folder / "model.pt", "cpu", Run()).name == "torch"
    assert not (run_folder / RECORD).exists()
