"""The review's table: each shot against its reference, its steadiness and its luma, and the frames that would help most."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.project import Project
from engine.recoveries.review import middle, review_step, spread
from engine.recoveries.steadiness import steadiness
from engine.recoveries.trial import trial_step
from engine.run import Run
from tests.engine.finished import FRAMES, opened, trained
from tests.engine.train.conftest import one_thread

__all__ = ["one_thread"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return trained(tmp_path_factory.mktemp("film"))


def test_the_table_tells_of_every_shot(project: Project, tmp_path: Path) -> None:
    notes: set[str] = set()

    class Told(Run):
        def report(self, done: int, total: int, note: str) -> None:
            assert done <= total
            notes.add(note)

    with opened(project) as work:
        facts = review_step(work, tmp_path, Told())
    table = json.loads((tmp_path / "table.json").read_text())
    assert table["run"] == facts["run"] == 1
    assert sum(row["frames"] for row in table["shots"]) == FRAMES
    assert facts["shots"] == len(table["shots"])
    choice = json.loads((project.folder / "pairs" / "choice.json").read_text())
    for row in table["shots"]:
        frames = range(row["first"], row["last"] + 1)
        held = [frame for frame in choice["held_out"] if frame in frames]
        assert row["measured"] == ("held out" if held else "other frames")
        assert row["compared"] == held or not held
        assert not set(row["compared"]) & set(choice["train"])
        assert 0 < row["dE00"] < 60
        assert row["lut_dE00"] > 0
        assert row["worst"] in frames
        assert row["luma"]["exact"] == row["luma"]["frames"] == row["stability"]["frames"] >= 2
        assert row["luma"]["max"] < 1e-5
    assert [row["dE00"] for row in table["shots"]] == sorted((row["dE00"] for row in table["shots"]), reverse=True)
    errors = [s["dE00"] for s in table["suggestions"]]
    assert errors == sorted(errors, reverse=True)
    assert not {s["frame"] for s in table["suggestions"]} & {*choice["train"], *choice["held_out"]}
    assert facts["suggestions"] == [s["frame"] for s in table["suggestions"]]
    assert {"comparing with the known colour", "telling what colours rest on", "measuring the shots",
            "looking at frames in motion"} <= notes
    assert sorted(p.name for p in tmp_path.iterdir()) == ["table.json"]


def test_the_figure_of_held_out_frames_is_that_of_training(project: Project, tmp_path: Path) -> None:
    with opened(project) as work:
        review_step(work, tmp_path, Run())
    rows = [row for row in json.loads((tmp_path / "table.json").read_text())["shots"] if row["measured"] == "held out"]
    figures = json.loads((project.folder / "runs" / "001" / "status.json").read_text())["facts"]["held_out"]
    count = sum(len(row["compared"]) for row in rows)
    assert sum(row["dE00"] * len(row["compared"]) for row in rows) / count == pytest.approx(figures["dE00"], abs=0.005)


def test_the_trial_as_a_step(project: Project, tmp_path: Path) -> None:
    with opened(project) as work:
        facts = trial_step(work, tmp_path, Run())
    assert json.loads(json.dumps(facts)) == facts
    assert {"device", "device_name", "cores", "memory_bytes", "memory_total", "batch", "window", "less", "step_seconds", "prepare_seconds",
            "held_out_lut", "held_out_untouched"} == facts.keys()


def test_flicker_is_what_the_scan_and_a_lut_do_not_show() -> None:
    random = np.random.default_rng(0)
    scan = [np.array([0.01, 0.02]) + random.normal(0, 0.002, 2) for _ in range(20)]
    lut = [1.3 * mean for mean in scan]
    assert steadiness(5, scan, lut, lut).flicker == 0
    jumps = [mean.copy() for mean in lut]
    jumps[9] = jumps[9] + 0.02
    seen = steadiness(5, scan, jumps, lut)
    assert seen.flicker == 2
    assert seen.worst in (5 + 9, 5 + 10)
    assert seen.figure > seen.lut


def test_which_frames_are_looked_at() -> None:
    assert spread(range(10, 20), 2) == (12, 17)
    assert spread([4], 3) == (4,)
    assert spread([], 3) == ()
    assert middle(range(100, 110), 4) == (103, 104, 105, 106)
    assert middle([0, 1, 7, 8, 9, 20], 24) == (7, 8, 9)
