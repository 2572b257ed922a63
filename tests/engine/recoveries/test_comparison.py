"""What is left side by side beside the results: which pictures, of which frames, made again only where something changed."""
from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from engine.errors import DiskFull, OutputRefused
from engine.export.side_by_side import GAP, Sheet
from engine.files import read_json
from engine.media.colour import to_display
from engine.media.open import open_source
from engine.media.source import Reading
from engine.project import Project, load
from engine.recoveries.comparison import comparison_of, leave_comparison
from engine.recoveries.perform import run_steps
from engine.recoveries.work import export_frames, export_settings, restoration_of, shots_of
from engine.run import Cancelled, Run
from tests.engine.finished import FRAMES, opened, trained
from tests.engine.train.conftest import one_thread

__all__ = ["one_thread"]

STILLS = "scan_restored_compare"
MOVIE = "scan_restored.compare.mp4"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    trained(folder)
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    shutil.copytree(made, tmp_path / "here")
    return load(tmp_path / "here" / "film.project")


def exported(project: Project, count: int) -> dict[str, Any]:
    project.settings = replace(project.settings, compare=count, formats=("dpx",))
    with opened(project) as work:
        return run_steps(work, Run())["export"]


def left(project: Project, count: int, run: Run | None = None) -> list[dict[str, Any]]:
    """What the export leaves side by side, without the export."""
    project.settings = replace(project.settings, compare=count, formats=("dpx",))
    with opened(project) as work:
        return leave_comparison(project, work.scan, shots_of(project), restoration_of(project, Run()), work,
                                export_settings(project, project.folder.parent), run or Run())


def panels(path: Path, count: int) -> list[np.ndarray]:
    """The pictures of a still side by side, 8-bit R'G'B'."""
    whole, sheet = cv2.imread(str(path))[..., ::-1], Sheet.of(count, 96, 96)
    assert whole.shape == (sheet.size[1], sheet.size[0], 3)
    columns = 2 if count == 4 else count
    corners = [(k // columns * (sheet.bar + 96 + GAP) + sheet.bar, k % columns * (96 + GAP)) for k in range(count)]
    return [whole[top:top + 96, left:left + 96] for top, left in corners]


def picture(path: Path) -> np.ndarray:
    return cv2.imread(str(path), cv2.IMREAD_COLOR)[..., ::-1]


def test_scan_lut_result_and_reference_stand_in_their_places(project: Project) -> None:
    facts, here = exported(project, 4), project.folder.parent
    stills = sorted((here / STILLS).glob("*.png"))
    held_out = read_json(project.folder / "pairs" / "choice.json", lambda data: data["held_out"])
    assert [path.stem for path in stills] == [f"{index:04d}" for index in sorted({2, 8, *held_out})]      # the middles of both shots
    for path in stills:
        scan, lut, result, reference = panels(path, 4)
        assert np.abs(scan.astype(int) - picture(here / "scan" / f"scan_{path.stem}.png")).max() <= 1
        assert np.abs(reference.astype(int) - picture(here / "reference" / f"reference_{path.stem}.png")).max() <= 1
        assert (lut != result).any() and (result != scan).any()
    assert {entry["file"] for entry in facts["compared"]} == {MOVIE, *(f"{STILLS}/{path.name}" for path in stills)}
    for entry in facts["compared"]:
        data = (here / entry["file"]).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (entry["sha256"], entry["bytes"])
    with av.open(str(here / MOVIE)) as container:
        assert len(list(container.decode(video=0))) == FRAMES
    assert not list(here.glob(".*stretches"))


def test_two_and_three_hold_the_result_that_was_exported(project: Project) -> None:
    exported(project, 3)
    here = project.folder.parent

    with open_source(here / "scan_restored_dpx") as results:
        for path in sorted((here / STILLS).glob("*.png")):
            shown = panels(path, 3)[1] / 255
            assert np.abs(to_display(results.read(int(path.stem)), results.info.encoding) - shown).max() < 0.01
    left(project, 2)
    assert all(len(panels(path, 2)) == 2 for path in (here / STILLS).glob("*.png"))


def test_a_frame_without_a_partner_has_a_grey_panel(project: Project) -> None:

    project.settings = replace(project.settings, compare=3)
    with opened(project) as work:
        shown = comparison_of(project, work.scan, shots_of(project), restoration_of(project, Run()), work, "en")
        matches = [replace(match, reference=None) if match.scan == 5 else match for match in shown.matches]
        with_, without = replace(shown, matches=matches).sheets([4, 5])
    top = shown.sheet.bar
    assert np.ptp(without[top:top + 20, -96:]) == 0 < np.ptp(with_[top:top + 20, -96:])


def test_nothing_is_made_again_until_something_changed(project: Project) -> None:
    first, here = left(project, 2), project.folder.parent
    times = {entry["file"]: (here / entry["file"]).stat().st_mtime_ns for entry in first}
    lost = first[0]["file"]
    (here / lost).unlink()
    assert left(project, 2) == first
    after = {entry["file"]: (here / entry["file"]).stat().st_mtime_ns for entry in first}
    assert {name for name in times if after[name] != times[name]} == {lost}
    changed = left(project, 3)
    assert [entry["file"] for entry in changed] == [entry["file"] for entry in first]
    assert not {entry["sha256"] for entry in changed} & {entry["sha256"] for entry in first}


def test_stopped_at_any_step_it_ends_with_the_same_files(project: Project) -> None:
    whole, here = left(project, 4), project.folder.parent
    wanted = {entry["file"]: (here / entry["file"]).read_bytes() for entry in whole}
    shutil.rmtree(here / STILLS)
    (here / MOVIE).unlink()

    class Stopping(Run):
        left_ = 0

        def step(self, done: int, total: int, note: str = "", left: float | None = None) -> None:
            if "side by side" in note or "together" in note:
                self.left_ -= 1
                if self.left_ < 0:
                    raise Cancelled
            super().step(done, total, note, left)

    stops = 0
    for steps in (0, 1, 5, 20):
        run = Stopping()
        run.left_ = steps
        try:
            left(project, 4, run)
        except Cancelled:
            stops += 1
            assert not (here / MOVIE).exists() and not list(here.rglob("*.partial"))
    assert stops >= 3
    assert left(project, 4) == whole
    assert {name: (here / name).read_bytes() for name in wanted} == wanted


def test_a_file_of_that_name_that_is_not_the_programs_is_left_alone(project: Project) -> None:
    movie = project.folder.parent / MOVIE
    movie.write_bytes(b"mine")
    with pytest.raises(OutputRefused, match="no record of the program"):
        left(project, 2)
    assert movie.read_bytes() == b"mine"


@pytest.mark.skipif(os.name == "nt", reason="limits are of Unix")
@pytest.mark.parametrize(("what", "told"), [("still", "frame 00"), ("stretch", "frames 0000 to 0011"), ("movie", MOVIE)])
def test_a_full_disk_names_what_is_missing_and_leaves_nothing_half(project: Project, what: str, told: str) -> None:
    import resource

    here = project.folder.parent
    wanted = {entry["file"]: (here / entry["file"]).read_bytes() for entry in left(project, 4)}
    movie, largest = len(wanted[MOVIE]), max(len(data) for name, data in wanted.items() if name != MOVIE)
    (here / MOVIE).unlink()
    if what == "still":
        shutil.rmtree(here / STILLS)
    limit = {"still": largest - 1, "stretch": 4000, "movie": movie - 1}[what]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
        with pytest.raises(DiskFull, match=told):
            left(project, 4)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not (here / MOVIE).exists() and not list(here.rglob("*.partial"))
    assert all(path.read_bytes() == wanted[f"{STILLS}/{path.name}"] for path in (here / STILLS).glob("*.png"))
    assert len(left(project, 4)) == len(wanted)
    assert {name: (here / name).read_bytes() for name in wanted} == wanted


def test_single_stills_make_no_movie_and_another_scan_has_no_reference(project: Project) -> None:

    project.settings, here = replace(project.settings, compare=4, formats=("dpx",)), project.folder.parent
    with open_source(here / "scan", Reading(stills=True)) as scan:
        facts = export_frames(project, scan, [None] * FRAMES, here / "other", Run())
    names = [Path(entry["file"]).name for entry in facts["compared"]]
    assert len(names) == 1 and names[0].endswith(".png")
    still, = (here / "other").rglob("*_compare/*.png")
    scan_, balanced, lut, result = panels(still, 4)
    assert np.abs(scan_.astype(int) - balanced).max() <= 1 and (result != lut).any()     # the project's balance is off
