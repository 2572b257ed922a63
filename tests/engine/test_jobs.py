"""A job folder tells what happens, stops when asked, goes on with the same inputs and starts over with others."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.errors import DiskFull, UsageError
from engine.jobs import Lock, perform
from engine.run import Cancelled, Run

JOB = {"version": 1, "step": "count", "inputs": "abc"}


def state(folder: Path) -> Any:
    return json.loads((folder / "status.json").read_text())


def test_a_finished_job_leaves_its_facts_in_its_status(tmp_path: Path) -> None:
    def work(folder: Path, run: Run) -> dict[str, Any]:
        run.step(3, 3)
        return {"frames": 3}

    assert perform(tmp_path / "job", JOB, work, Run()) == {"frames": 3}
    assert state(tmp_path / "job")["state"] == "done"
    assert state(tmp_path / "job")["facts"] == {"frames": 3}


def test_a_stop_file_stops_the_job_at_its_next_step(tmp_path: Path) -> None:
    steps = []

    def work(folder: Path, run: Run) -> dict[str, Any]:
        for i in range(10):
            run.step(i, 10)
            steps.append(i)
            if i == 3:
                (folder / "stop").touch()
        return {}

    with pytest.raises(Cancelled):
        perform(tmp_path / "job", JOB, work, Run())
    assert steps == [0, 1, 2, 3]
    assert state(tmp_path / "job")["state"] == "stopped"


def test_the_same_inputs_go_on_in_the_folder_and_others_start_over(tmp_path: Path) -> None:
    def work(folder: Path, run: Run) -> dict[str, Any]:
        kept = (folder / "half").exists()
        (folder / "half").touch()
        return {"kept": kept}

    folder = tmp_path / "job"
    assert perform(folder, JOB, work, Run()) == {"kept": False}
    assert perform(folder, JOB, work, Run()) == {"kept": True}
    assert perform(folder, JOB | {"inputs": "other"}, work, Run()) == {"kept": False}


def test_an_error_is_kept_in_the_status(tmp_path: Path) -> None:
    def work(folder: Path, run: Run) -> dict[str, Any]:
        raise DiskFull("frame 12: the disk is full; free 2 GB")

    with pytest.raises(DiskFull):
        perform(tmp_path / "job", JOB, work, Run())
    assert state(tmp_path / "job")["kind"] == "DiskFull"
    assert "frame 12" in state(tmp_path / "job")["error"]


def test_two_cannot_work_on_one_project(tmp_path: Path) -> None:
    with Lock(tmp_path), pytest.raises(UsageError, match="another Answerprint"), Lock(tmp_path):
        pass
    with Lock(tmp_path):
        pass
