"""Trainings of detail that are killed go on to the very same files: luma and colour of one element, film look and repair of a print."""
from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.engine.recoveries.eaten_film import write_film
from tests.engine.recoveries.test_spatial import elements as elements
from tests.test_restore import Elsewhere, hashes

POINTS = {      # where a run is killed: a pattern below its folder, and how many files of it are there by then
    "combined": {"tone": ("*.project/tone/job.json", 1), "pairs": ("*.project/pairs/*.npz", 2),
                 "luma": ("*.project/runs/001/detail/curve.jsonl", 1),
                 "pairs of colour": ("*.project/runs/001/pairs/*.npz", 2), "colour": ("*.project/runs/001/plan.json", 1)},
    "telecine": {"pairs": ("*.project/pairs/*.npz", 2), "film look": ("*.project/runs/001/look/curve.jsonl", 1),
                 "pairs of repair": ("*.project/runs/001/pairs/*.npz", 2), "repair": ("*.project/runs/001/curve.jsonl", 1),
                 "export": ("*_restored_png/*.png", 2)},
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
@pytest.mark.parametrize("recovery", list(POINTS))
def test_killed_at_any_point_it_ends_with_the_same_files(recovery: str, elements: tuple[Path, Path], tmp_path: Path) -> None:
    if recovery == "combined":
        scan, reference, more = *elements, ("--aligned", "--stills", "--pairs", "0,1,2,3")
    else:
        write_film(tmp_path)
        scan, reference, more = tmp_path / "scan", tmp_path / "reference", ("--aligned", "--stills", "--pairs", "0,3,6,9")

    def words(out: Path) -> list[str]:
        return [str(word) for word in ("restore", "--recovery", recovery, "--scan", scan, "--reference", reference, "--out", out,
                                       "--device", "cpu", "--steps", 40, "--format", "png", "--seed", 3, *more)]

    whole = Elsewhere(words(tmp_path / "whole"), tmp_path)
    assert whole.ended() == 0, whole.err
    out = tmp_path / "killed"
    for point, (pattern, count) in POINTS[recovery].items():
        part = Elsewhere(words(out), tmp_path)
        while part.process.poll() is None and len(list(out.glob(pattern))) < count:
            time.sleep(0.02)
        assert part.process.poll() is None, f"ended before {point}"
        part.process.send_signal(signal.SIGKILL)
        assert part.ended() == -signal.SIGKILL
    last = Elsewhere(words(out), tmp_path)
    assert last.ended() == 0, last.err
    assert hashes(out) == hashes(tmp_path / "whole")
    if recovery == "telecine":
        lines = map(json.loads, (out / "scan_restored.frames.jsonl").read_text().splitlines())
        assert all(sum(line["origin"].values()) == pytest.approx(1, abs=2e-3) for line in lines if "written" in line)
