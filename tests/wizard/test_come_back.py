"""Closing the window at any step, or losing it, loses nothing: coming back finds the step that asks, the choices and the state."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import torch
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QAbstractButton, QComboBox

from engine import jobs
from engine.errors import DiskFull
from engine.project import load
from engine.run import Run
from tests.wizard.test_walk import LEFT, Walker
from tests.wizard.visits import Visits, at_step, part, tiny_film
from wizard.session import Session

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

def press() -> None:
    if window.frame.page.key == "train" and not window.session.opening:
        window.frame.next()
    else:
        QTimer.singleShot(100, press)

press()
app.exec()
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_film(tmp_path_factory.mktemp("film"))


@pytest.fixture
def visits(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visits]:
    made = Visits(qtbot, monkeypatch)
    yield made
    made.close()


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
    length = part(walker, QComboBox, "Steps")
    length.setFocus()
    length.setCurrentIndex(length.findData("3000"))
    walker.qtbot.keyClick(length, Qt.Key.Key_Up)


def flag(walker: Walker) -> None:
    walker.key(Qt.Key.Key_Right)
    walker.key(Qt.Key.Key_F)


def add_png(walker: Walker) -> None:
    check = part(walker, QAbstractButton, "PNG")
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
    assert list(dict.fromkeys(visits.begun)) == BEGUN.get(page, [])
    after, signs = state(first.session), [(step.key, step.sign) for step in first.session.steps()]
    assert after == AFTER.get(page, after) and (after != before or page == "recovery")
    first.window.close()

    again = visits.open(folder)
    assert again.page == asks and state(again.session) == after
    assert [(step.key, step.sign) for step in again.session.steps()] == signs
    assert again.session.trouble is None


def test_what_went_wrong_while_the_window_was_closed_is_told(film: Path, tmp_path: Path, visits: Visits) -> None:
    folder = at_step(film, tmp_path / "film", "export")
    with suppress(DiskFull), jobs.working_on(folder, "export", Run()) as run:
        run.enter("export")
        raise DiskFull("/results: the disk is full at frame 7")
    walker = visits.open(folder)
    walker.until(lambda: walker.page == "export", 5)
    assert sign(walker.session, "export") == "stopped"
    assert walker.session.trouble and "disk is full" in walker.session.trouble.title, "the banner says why, and offers to resume"
    assert walker.window.frame.banner.isVisible()


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
