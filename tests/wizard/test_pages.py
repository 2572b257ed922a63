"""What a whole window does with a worker that trains or exports, by mouse and keys, on a tiny project that is trained."""
from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QLabel

from engine import jobs
from engine.errors import DiskFull
from engine.run import Run
from engine.waiting import WORDS
from tests.wizard.test_walk import LEFT, Walker
from tests.wizard.visits import Visits, at_step, part, tiny_film
from wizard.kit import Button
from wizard.kit.progress import FooterProgress


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_film(tmp_path_factory.mktemp("film"))


@pytest.fixture
def folder(film: Path, tmp_path: Path) -> Path:
    """A copy of the project, ready for export."""
    return at_step(film, tmp_path / "film", "export")


@pytest.fixture
def visits(qtbot: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Visits]:
    made = Visits(qtbot, monkeypatch, real=getattr(request, "param", False))
    yield made
    made.close()


def at(visits: Visits, folder: Path, page: str) -> Walker:
    """A window on the project, at a page."""
    walker = visits.open(folder)
    walker.key({"train": Qt.Key.Key_5, "export": Qt.Key.Key_7}[page], Qt.KeyboardModifier.ControlModifier)
    assert walker.page == page
    return walker


def shown(walker: Walker, words: str) -> bool:
    return any(words in found.text() for found in walker.window.findChildren(QLabel) if found.isVisible())


def test_a_folder_that_is_waited_for_is_told_in_the_footer(folder: Path, visits: Visits) -> None:
    with jobs.working_on(folder, "export", Run()) as worker:
        worker.enter("export")
        worker.step(0, 1, WORDS.format(folder="/media/archive/results"))
        walker = at(visits, folder, "export")
        bar = next(bar for bar in walker.window.findChildren(FooterProgress) if bar.isVisible()).bar
        walker.until(lambda: "/media/archive/results" in bar.accessibleName() and "connect it" in bar.accessibleName(), 10)
        worker.step(3, 12, "restoring")
        walker.until(lambda: "Restoring frame" in bar.accessibleName(), 10)
        worker.step(3, 12, "movie side by side")
        walker.until(lambda: bar.accessibleName() == "Pictures side by side: 4 of 12", 10)


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


@pytest.mark.slow
@pytest.mark.parametrize("visits", [True], indirect=True, ids=["real"])
def test_the_primary_button_exports_every_frame_and_touches_no_scan(folder: Path, visits: Visits) -> None:
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
