"""Closing the window at any step, or losing it, loses nothing: coming back finds the step that asks, the choices and the state."""
from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QAbstractButton, QComboBox, QWidget

from engine import jobs
from engine.project import load
from engine.recoveries.perform import run_steps
from engine.run import Run
from tests.engine.finished import opened, trained
from tests.wizard.test_walk import LEFT, Walker
from wizard import recent
from wizard.session import Session
from wizard.window import Window
from wizard.work import Worker

ENGINE = ("align", "balance", "choose", "pairs", "train", "review", "export")
DONE = {"recovery": 0, "media": 0, "align": 0, "frames": 3, "train": 4, "review": 5, "export": 6}    # steps that are made when a page asks
ENDLESS = 1_000_000
AT_WORK = """
import sys
from pathlib import Path
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication
from wizard.window import begin
app = QApplication([])
window = begin()
window.show()
window.open_project(Path(sys.argv[1]))
QTimer.singleShot(0, lambda: window.session.start("train"))
app.exec()
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny project that is made up to Review, with its media."""
    folder = tmp_path_factory.mktemp("film")
    project = trained(folder, formats=("dpx",), held_out=(4,))
    with opened(project) as work:
        run_steps(work, Run(), "choose")
        run_steps(work, Run(), "review")
    return folder


def at_step(film: Path, folder: Path, page: str) -> Path:
    """A copy of the project in which `page` is what asks."""
    shutil.copytree(film, folder)
    project = load(folder / "film.project")
    made = json.loads((project.folder / "done.json").read_text())
    made["steps"] = {step: done for step, done in made["steps"].items() if step in ENGINE[:DONE[page]]}
    (project.folder / "done.json").write_text(json.dumps(made))
    for step in ENGINE[DONE[page]:]:
        shutil.rmtree(project.folder / ("runs" if step == "train" else step), ignore_errors=True)
    if page not in ("recovery", "media"):
        assert project.scan and project.reference
        project.confirmed = ("scan.rate", "scan.encoding", "reference.encoding",
                             *(f"{role}@{medium.place.fingerprint}" for role, medium in
                               (("scan", project.scan), ("reference", project.reference))))
    project.save()
    return project.folder


class Visits:
    """A window on the project, again and again; `begun` is what it had a worker begin by itself."""

    def __init__(self, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.qtbot = qtbot
        self.begun: list[str] = []
        self._windows: list[Window] = []
        monkeypatch.setattr(Worker, "start", lambda worker, folder, until: self.begun.append(until))
        recent.keep(recent.Preferences(theme="dark", language="en"))

    def open(self, folder: Path) -> Walker:
        window = Window()
        self.qtbot.addWidget(window)
        self._windows.append(window)
        window.resize(1440, 900)
        window.show()
        window.open_project(folder)
        walker = Walker(self.qtbot, window)
        aligned = (folder / "align" / "alignment.json").exists()
        walker.until(lambda: not window.session.opening and (window.session.made.alignment is not None) == aligned, 10)
        return walker

    def close(self) -> None:
        for window in self._windows:
            window.close()


@pytest.fixture
def visits(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visits]:
    made = Visits(qtbot, monkeypatch)
    yield made
    made.close()


def part(walker: Walker, kind: type[QWidget], name: str) -> Any:
    """The control of that kind that is shown under this name."""
    return next(w for w in walker.window.findChildren(kind) if w.isVisible() and w.accessibleName() == name)


def pick_the_recovery(walker: Walker) -> None:
    walker.key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert walker.page == "recovery"
    walker.key(Qt.Key.Key_Space)


def confirm_one(walker: Walker) -> None:
    walker.click("Confirm")


def balance_before(walker: Walker) -> None:
    walker.click("Before")


def drop_a_pair(walker: Walker) -> None:
    strip = walker.window.frame.page.strip      # type: ignore[attr-defined]
    walker.until(lambda: strip.index is not None, 5)
    frame = walker.session.made.train[0]
    strip.set_index(frame)
    walker.qtbot.mouseClick(strip.viewport(), LEFT, pos=strip.cell_area(frame).topLeft() + QPoint(12, 12))


def quick(walker: Walker) -> None:
    length = part(walker, QComboBox, "How long it trains")
    length.setFocus()
    length.setCurrentIndex(length.findData("300"))
    walker.qtbot.keyClick(length, Qt.Key.Key_Down)


def flag(walker: Walker) -> None:
    walker.key(Qt.Key.Key_Right)
    walker.key(Qt.Key.Key_F)


def add_png(walker: Walker) -> None:
    check = next(b for b in walker.window.findChildren(QAbstractButton) if b.isVisible() and b.accessibleName().startswith("PNG"))
    walker.qtbot.mouseClick(check, LEFT, pos=QPoint(check.height() // 2, check.height() // 2))


CHANGES: dict[str, tuple[Callable[[Walker], None], Callable[[Session], object]]] = {
    "recovery": (pick_the_recovery, lambda session: session.project and session.project.recovery),
    "media": (confirm_one, lambda session: session.guessed()),
    "align": (balance_before, lambda session: session.project and session.project.settings.balance),
    "frames": (drop_a_pair, lambda session: (session.made.train, session.made.held_out)),
    "train": (quick, lambda session: session.project and session.project.settings.steps),
    "review": (flag, lambda session: session.project and session.project.flags),
    "export": (add_png, lambda session: session.project and session.project.settings.formats),
}
AFTER = {"recovery": "colour-reference", "align": "auto", "frames": ((2, 6, 8, 10), (4,)), "train": 1000, "review": (1,),
         "export": ("dpx", "png")}
BEGUN = {"align": ["choose"], "train": ["trial"], "review": ["review"]}


@pytest.mark.parametrize("page", CHANGES)
def test_closing_at_a_step_and_coming_back_finds_it_as_it_was(page: str, film: Path, tmp_path: Path, visits: Visits) -> None:
    change, state = CHANGES[page]
    asks = "media" if page == "recovery" else page
    folder = at_step(film, tmp_path / "film", page)
    first = visits.open(folder)
    assert first.page == asks, "the window opens at the step that asks for the user"
    before = state(first.session)
    change(first)
    assert visits.begun == BEGUN.get(page, [])
    after, signs = state(first.session), [(step.key, step.sign) for step in first.session.steps()]
    assert after == AFTER.get(page, after) and (after != before or page == "recovery")
    first.window.close()

    again = visits.open(folder)
    assert again.page == asks and state(again.session) == after
    assert [(step.key, step.sign) for step in again.session.steps()] == signs
    assert again.session.trouble is None


@pytest.fixture
def endless(film: Path, tmp_path: Path) -> Iterator[Path]:
    """A project whose training takes hours."""
    folder = at_step(film, tmp_path / "film", "train")
    project = load(folder)
    project.settings = project.settings.__class__(**(project.settings.__dict__ | {"steps": ENDLESS}))
    project.save()
    yield folder
    status = jobs.status(folder)
    if status and status.pid and jobs.working(folder):
        os.kill(status.pid, signal.SIGKILL)


def training(folder: Path, beyond: int = 0) -> bool:
    """Whether a worker trains and has a checkpoint on the disk."""
    status = jobs.status(folder)
    return bool(status and status.state == "running" and status.phase.startswith("training") and status.done > beyond
                and (folder / "runs" / "001" / "checkpoint.pt").exists())


def sign(session: Session, page: str) -> str:
    return next(step.sign for step in session.steps() if step.key == page)


@pytest.mark.slow
def test_killing_the_window_leaves_the_training_at_work(endless: Path, session: Session, qtbot: Any) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    window = subprocess.Popen([sys.executable, "-c", AT_WORK, str(endless)], env=environment, cwd=Path(__file__).parents[2])
    try:
        qtbot.waitUntil(lambda: training(endless), timeout=90_000)
    finally:
        window.kill()
    assert window.wait() == -signal.SIGKILL
    assert jobs.working(endless)
    status = jobs.status(endless)
    assert status

    session.open(endless)
    assert session.worker.busy and session.worker.status and session.worker.status.pid == status.pid
    qtbot.waitUntil(lambda: training(endless, status.done) and not session.opening, timeout=60_000)
    assert sign(session, "train") == "running" and session.trouble is None

    session.worker.stop()
    qtbot.waitUntil(lambda: not session.worker.busy, timeout=60_000)
    ended = jobs.status(endless)
    assert ended and ended.state == "stopped" and not jobs.working(endless)
    assert session.trouble is None and session.known().paused == "train"


@pytest.mark.slow
def test_a_killed_worker_is_told_and_goes_on_from_its_checkpoint(endless: Path, session: Session, qtbot: Any) -> None:
    session.open(endless)
    qtbot.waitUntil(lambda: not session.opening, timeout=10_000)
    session.start("train")
    qtbot.waitUntil(lambda: training(endless), timeout=90_000)
    status = jobs.status(endless)
    assert status
    learnt = torch.load(endless / "runs" / "001" / "checkpoint.pt", weights_only=True)["state"]["step"]
    os.kill(status.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: session.trouble is not None, timeout=10_000)
    assert session.trouble and session.trouble.act == "again" and session.trouble.cure == "Go on" and session.trouble.safe
    assert sign(session, "train") == "stopped" and not session.worker.busy
    session.start("train")
    assert session.trouble is None
    qtbot.waitUntil(lambda: training(endless), timeout=90_000)
    again = jobs.status(endless)
    assert learnt > 20 and again and again.done >= learnt
    assert sign(session, "train") == "running" and not (endless / "runs" / "002").exists()
    session.worker.stop()
    qtbot.waitUntil(lambda: not session.worker.busy, timeout=60_000)
