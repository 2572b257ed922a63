"""What the pages after Align do to a project, by mouse and keys, on a tiny one that is trained: train, review, frames, export."""
from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QAbstractButton, QLabel, QTableView

from engine import jobs
from engine.errors import DiskFull
from engine.project import load
from engine.run import Run
from tests.wizard.test_walk import LEFT, Walker
from tests.wizard.visits import Visits, at_step, part, tiny_film
from wizard.kit import Button
from wizard.work import Worker

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_film(tmp_path_factory.mktemp("film"))


@pytest.fixture
def folder(film: Path, tmp_path: Path) -> Path:
    """A copy of the project, ready for export."""
    return at_step(film, tmp_path / "film", "export")


@pytest.fixture
def visits(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visits]:
    made = Visits(qtbot, monkeypatch)
    yield made
    made.close()


def at(visits: Visits, folder: Path, page: str) -> Walker:
    """A window on the project, at a page."""
    walker = visits.open(folder)
    key = {"frames": Qt.Key.Key_4, "train": Qt.Key.Key_5, "review": Qt.Key.Key_6, "export": Qt.Key.Key_7}[page]
    walker.key(key, CONTROL)
    assert walker.page == page
    return walker


def shown(walker: Walker, words: str) -> bool:
    return any(words in found.text() for found in walker.window.findChildren(QLabel) if found.isVisible())


# train


def test_stop_ends_a_run_with_what_it_has_learnt(folder: Path, visits: Visits) -> None:
    run = folder / "runs" / "001"
    with jobs.working_on(folder, "train", Run()) as worker:
        worker.enter("train")
        worker.step(3, 8, "training: step 3")
        status = json.loads((run / "status.json").read_text())
        (run / "status.json").write_text(json.dumps(status | {"state": "running"}))
        walker = at(visits, folder, "train")
        walker.until(lambda: walker.session.worker.step == "train" and shown(walker, "LUT"), 10)
        walker.click("Stop")
        assert (run / "enough").exists() and not (folder / "stop").exists()


@pytest.mark.parametrize(("error", "words"), [(1.0, "2.0 better than a LUT"), (2.95, "A LUT is as good here")])
def test_the_verdict_is_good_only_where_a_lut_is_beaten(error: float, words: str, folder: Path, visits: Visits) -> None:
    curve = folder / "runs" / "001" / "curve.jsonl"
    rows = [json.loads(line) for line in curve.read_text().splitlines()]
    curve.write_text("".join(json.dumps(row | {"dE00": error, "lut_dE00": 3.0}) + "\n" for row in rows))
    walker = at(visits, folder, "train")
    walker.until(lambda: shown(walker, words), 5)


def test_another_run_is_chosen_for_the_results_and_taken_back(folder: Path, visits: Visits) -> None:
    shutil.copytree(folder / "runs" / "001", folder / "runs" / "002")
    walker = at(visits, folder, "train")
    walker.click("Compare runs")
    table = part(walker, QTableView, "Runs")
    model = table.model()
    row = next(k for k in range(model.rowCount()) if model.index(k, 0).data() == "Run 1")
    walker.qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(model.index(row, 0)).center())
    walker.click("Choose this run")
    assert load(folder).run == 1
    walker.key(Qt.Key.Key_Z, CONTROL)
    assert load(folder).run is None


# review


def test_a_flagged_frame_becomes_a_pair_in_one_step(folder: Path, visits: Visits) -> None:
    walker = at(visits, folder, "review")
    for _ in range(4):
        walker.key(Qt.Key.Key_Right)
    walker.key(Qt.Key.Key_F)
    assert load(folder).flags == (4,)
    walker.click("Add as training pair")
    project = load(folder)
    assert (project.settings.pairs, project.settings.held_out, project.flags) == ((0, 2, 4, 6, 8, 10), (), ())
    assert walker.page == "frames"
    walker.key(Qt.Key.Key_Z, CONTROL)
    project = load(folder)
    assert (walker.session.made.held_out, project.flags) == ((4,), (4,))


def test_a_shot_in_the_table_leads_to_its_worst_frame(folder: Path, visits: Visits) -> None:
    walker = at(visits, folder, "review")
    walker.until(lambda: walker.session.made.review is not None, 5)
    table = part(walker, QTableView, "Shots")
    walker.until(lambda: table.model().rowCount() == 2, 5)
    shots = walker.session.made.review["shots"]
    other = next(k for k, shot in enumerate(shots) if not shot["first"] <= 0 <= shot["last"])
    walker.qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(other, 0)).center())
    assert walker.window.frame.page.index == shots[other]["worst"]      # type: ignore[attr-defined]


# export


def click_format(walker: Walker, name: str) -> None:
    check = part(walker, QAbstractButton, name)
    walker.qtbot.mouseClick(check, LEFT, pos=QPoint(check.height() // 2, check.height() // 2))


def test_without_a_format_nothing_is_exported_and_it_says_why(folder: Path, visits: Visits) -> None:
    walker = at(visits, folder, "export")
    footer = walker.window.frame.footer
    walker.until(footer.next.isEnabled, 5)
    assert footer.next.text() == "Export 12 frames"
    click_format(walker, "DPX")
    assert load(folder).settings.formats == () and not footer.next.isEnabled()
    assert "at least one format" in footer.sentence.text()
    click_format(walker, "TIFF")
    assert load(folder).settings.formats == ("tiff",)
    walker.until(footer.next.isEnabled, 5)


@pytest.mark.slow
def test_the_primary_button_exports_every_frame_and_touches_no_scan(
        folder: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    start = Worker.start
    visits = Visits(qtbot, monkeypatch)
    monkeypatch.setattr(Worker, "start", start)
    scan = {path: path.read_bytes() for path in (folder.parent / "scan").iterdir()}
    walker = at(visits, folder, "export")
    walker.until(walker.window.frame.footer.next.isEnabled, 5)
    walker.click("Export 12 frames")
    png = part(walker, QAbstractButton, "PNG")
    walker.until(lambda: not png.isEnabled() or not walker.session.worker.busy, 20)
    assert walker.session.worker.busy, "what cannot be changed any more is fixed while it runs"
    walker.idle("export")
    assert len(list(folder.parent.rglob("*.dpx"))) == 12
    assert {path: path.read_bytes() for path in (folder.parent / "scan").iterdir()} == scan
    walker.until(lambda: walker.window.frame.footer.next.text() == "Open the folder", 10)
    visits.close()


def test_a_full_disk_is_a_banner_with_the_one_primary_button(folder: Path, visits: Visits) -> None:
    walker = at(visits, folder, "export")
    frame = walker.window.frame
    with suppress(DiskFull), jobs.working_on(folder, "export", Run()) as worker:
        worker.enter("export")
        walker.until(lambda: walker.session.worker.busy, 5)
        raise DiskFull("/results: the disk is full at frame 7")
    walker.until(lambda: walker.session.trouble is not None, 5)
    assert frame.banner.isVisible() and "full" in frame.banner.accessibleName() and "safe" in frame.banner.accessibleName()
    primary = [b for b in walker.window.findChildren(Button) if b.isVisible() and b._kind == "primary"]
    assert [button.text() for button in primary] == ["Resume"]
    walker.qtbot.mouseClick(primary[0], LEFT)
    assert visits.begun == ["export"] and not frame.banner.isVisible()
