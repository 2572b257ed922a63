"""What a trained project is applied with: decided after training, the same for preview and export, named in both, checked on request."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.__main__ import main
from engine.apply.onnx_nets import FOLDER, RECORD, checksum
from engine.project import Project
from engine.recoveries.perform import run_steps
from engine.recoveries.work import Restoration, shots_of
from engine.run import Run
from engine.show import Frames, Wish
from tests.engine.finished import opened, trained


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return trained(tmp_path_factory.mktemp("film"), formats=("png",))


def write_down(project: Project, runtime: str) -> None:
    folder = project.folder / "runs" / "001"
    (folder / RECORD).write_text(json.dumps({"model": checksum(folder / "model.pt"), "runtime": runtime}))


def exported(project: Project) -> tuple[str, dict[str, str]]:
    """What it was made with, and the ledger's checksums."""
    with opened(project) as work:
        facts = run_steps(work, Run(), "export", again=True)["export"]
        lines = [json.loads(line) for line in next(work.out.glob("*.frames.jsonl")).read_text().splitlines()]
    return facts["runtime"], {line["export"]: line["identity"] for line in lines if "version" in line}


def test_training_leaves_onnx_files_and_a_decision(project: Project) -> None:
    folder = project.folder / "runs" / "001"
    record = json.loads((folder / RECORD).read_text())
    assert record["model"] == checksum(folder / "model.pt") and record["probe"]["ratio"] > 0
    assert (record["runtime"] == "onnxruntime") == (record["probe"]["ratio"] > 1)
    assert {path.name for path in (folder / FOLDER).iterdir()} == {"net-0.onnx", "fits.npz", "self-test.npz", "description.json"}


def test_export_and_preview_follow_what_is_written_down_and_name_it(project: Project) -> None:
    made, identities = {}, []
    for runtime in ("torch", "onnxruntime"):
        write_down(project, runtime)
        made[runtime], ledger = exported(project)
        identities.append(ledger)
        used, frames = Restoration(project, Run()), Frames(project.folder)
        frames.update()
        with opened(project) as work:
            expected = used.restore(3, used.kept(work.scan, 3), shots_of(project)[3])
        np.testing.assert_allclose(frames.make(Wish(3, None, "result", None)), expected, atol=1e-6)       # of other threads
        frames.close()
    assert made["torch"].startswith("torch ") and made["onnxruntime"].startswith("onnxruntime ")
    assert len(set(identities[0].values()) | set(identities[1].values())) == 2
    report = next(project.folder.parent.glob("*.report.html")).read_text()
    assert made["onnxruntime"] in report


def test_the_check_is_a_command(project: Project, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = project.folder / "runs" / "001"
    assert main(["check-model", str(folder)]) == 0
    assert "onnxruntime makes what torch made" in capsys.readouterr().out
    assert main(["check-model", str(tmp_path)]) == 1
    assert "no ONNX model" in capsys.readouterr().err
