"""One walk through the whole wizard, from the start screen to exported files, by mouse and keys, on the sample film."""
from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.conftest import files_of, naming, write_png
from tests.wizard.turns import Turns
from wizard import recent
from wizard.kit import Segment
from wizard.sample import command
from wizard.selftest import walker as selftest
from wizard.selftest.walk import from_start_to_files
from wizard.selftest.walker import LEFT
from wizard.window import Window, begin

FRAMES, STEPS = 48, 30


class Walker(selftest.Walker):
    """The self-test's user, with the turns of the window's thread measured."""

    def __init__(self, qtbot: Any, window: Window) -> None:
        super().__init__(window, patience=120)
        self.qtbot, self.turns = qtbot, Turns()

    def goes_to(self, stage: str) -> None:
        self.turns.what = stage

    def press(self, button: QWidget) -> None:
        self.turns.during(lambda: super(Walker, self).press(button))

    def until(self, done: Callable[[], object], what: str = "what the test waits for") -> None:
        super().until(done, what)
        self.turns.forget()


@pytest.fixture
def walker(qtbot: Any, qapp: QApplication, tmp_path: Path, sample_film: Any, offline: Path) -> Iterator[Walker]:
    """A new user's window, without network; the sample film is the small one, and nothing changes it."""
    folder = sample_film.scan.parent
    recent.keep(recent.Preferences(theme="dark", language="en", projects=str(tmp_path / "projects")))
    window = begin(sample=command(folder, "--frames", FRAMES, "--width", 512))
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    gc.collect()
    gc.freeze()                             # what other tests left behind is not looked through inside a turn
    before = files_of(sample_film.scan, sample_film.reference)
    yield Walker(qtbot, window)
    gc.unfreeze()
    assert files_of(sample_film.scan, sample_film.reference) == before
    assert naming(offline, tmp_path / "projects") == []


def named(window: QWidget) -> list[str]:
    """Controls on the screen that the keyboard reaches and a screen reader could not call by a name."""
    return [type(w).__name__ for w in window.findChildren(QWidget)
            if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.accessibleName()
            and not (isinstance(w, QAbstractButton) and w.text()) and not w.property("part")]


def one_of(button: QAbstractButton) -> bool:
    """Whether it is one of several of which one is chosen."""
    group = button.group()
    return button.autoExclusive() or (group is not None and group.exclusive())


def unreached(window: QWidget) -> list[str]:
    """Controls on the screen that Tab does not come to; of a row of which one is chosen it comes to that one, and arrows go along it."""
    wanted = {w for w in window.findChildren(QWidget) if w.isVisible() and w.isEnabled() and w.focusProxy() is None
              and w.focusPolicy() & Qt.FocusPolicy.TabFocus
              and not (isinstance(w, QAbstractButton) and not w.isChecked() and (isinstance(w.parentWidget(), Segment) or one_of(w)))}
    for _ in range(3 * len(wanted)):
        here = QApplication.focusWidget() or window
        wanted.discard(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return [f"{type(w).__name__} {w.accessibleName()}" for w in wanted]


def test_from_the_start_screen_to_exported_files(walker: Walker, tmp_path: Path) -> None:
    turns, window = walker.turns, walker.window
    came_to = []
    for stage in from_start_to_files(walker, FRAMES, STEPS):
        came_to.append(walker.page)
        assert named(window) == [] and unreached(window) == [], stage
    assert came_to == ["media", "recovery", "align", "frames", "train", "train", "review", "export", "export"]

    files = [p for p in (tmp_path / "projects" / "Sample film restored").rglob("*") if p.is_file()]
    assert len([p for p in files if p.suffix == ".dpx"]) == FRAMES and [p for p in files if p.suffix == ".mov"]
    ledger = next(p for p in files if p.name.endswith(".frames.jsonl"))
    lines = [json.loads(line) for line in ledger.read_text().splitlines()]
    assert sum("written" in line for line in lines) == FRAMES
    assert turns.long == [], f"turns of the window's thread over 50 ms: {turns.long}"


RED_COAT = ((0.125, 0.52, 0.135, 0.58), (0.12, 0.62, 0.15, 0.62), (0.145, 0.5, 0.15, 0.6))


@pytest.mark.slow
def test_without_a_reference_from_a_scan_to_exported_files(walker: Walker, tmp_path: Path, sample_film: Any) -> None:
    """The other way: only a scan, its balance, painted frames; every assumption and source in the record."""
    turns, window, session = walker.turns, walker.window, walker.session
    walker.click("New project")
    walker.until(lambda: walker.page == "recovery")
    walker.press(window.frame.page.cards["colour-keyframes"])      # type: ignore[attr-defined]
    walker.click("Next: Media")
    window.frame.page.choose("scan", sample_film.scan)             # type: ignore[attr-defined]
    walker.until(lambda: session.films.has("scan") and not session.opening)
    assert named(window) == [] and unreached(window) == []
    while confirms := [b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.text() == "Confirm"]:
        walker.press(confirms[0])

    turns.what = "balance"
    walker.click("Next: Balance")
    walker.press(window.frame.footer.next)
    walker.idle("choose")
    walker.until(lambda: session.made.fade is not None)
    assert named(window) == [] and unreached(window) == []

    turns.what = "keyframes"
    walker.click("Next: Keyframes")
    page = window.frame.page
    walker.until(lambda: page.ready)                               # type: ignore[attr-defined]
    assert not window.frame.footer.next.isEnabled()
    painted = tmp_path / "painted"
    painted.mkdir()
    for index in (17, 30):
        write_png(painted / f"frame_{86400 + index:07d}.png", (255 * np.clip(sample_film.truth(index), 0, 1)).astype(np.uint8))
    page.taking.pictures(sorted(painted.iterdir()))                # type: ignore[attr-defined]
    walker.until(lambda: len(session.made.keyframes) == 2)
    page.go(10)                                                    # type: ignore[attr-defined]
    walker.until(lambda: page.ready)                               # type: ignore[attr-defined]
    page.colouring.add()                                           # type: ignore[attr-defined]
    view = page.canvas.view                                        # type: ignore[attr-defined]
    for x0, y0, x1, y1 in RED_COAT:
        size = view.compared.shot.size
        begin_at, end_at = (view.on_screen((x * size[0], y * size[1])).toPoint() for x, y in ((x0, y0), (x1, y1)))
        walker.qtbot.mousePress(view, LEFT, pos=begin_at)
        walker.qtbot.mouseMove(view, end_at)
        walker.qtbot.mouseRelease(view, LEFT, pos=end_at)
    walker.until(lambda: len(session.made.keyframes) == 3 and not page.easel.busy)      # type: ignore[attr-defined]
    assert not window.frame.footer.next.isEnabled() and "source" in window.frame.footer.sentence.text()
    assert named(window) == [] and unreached(window) == []
    walker.press(page.colours.form.assumption)                     # type: ignore[attr-defined]
    walker.until(lambda: window.frame.footer.next.isEnabled())

    session.edit("a short training, so that the test is short", steps=STEPS)
    turns.what = "trial"
    walker.click("Next: Train")
    walker.idle("trial")
    turns.what = "train"
    walker.press(window.frame.footer.next)
    walker.idle("train")
    turns.what = "review"
    walker.click("Next: Review")
    walker.idle("review")
    walker.until(lambda: session.made.review is not None and session.made.unsure is not None)
    assert session.made.review and session.made.review["evidence"]["frames"]

    turns.what = "export"
    walker.click("Next: Export")
    walker.until(lambda: window.frame.footer.next.isEnabled())
    walker.press(window.frame.page.format.evidence)                # type: ignore[attr-defined]
    walker.until(lambda: session.project is not None and session.project.settings.evidence and window.frame.footer.next.isEnabled())
    walker.press(window.frame.footer.next)
    walker.idle("export")
    files = [p for p in (tmp_path / "projects").rglob("*") if p.is_file() and ".project" not in str(p)]
    assert len([p for p in files if p.suffix == ".dpx" and "restored" in p.name]) == 48
    assert len([p for p in files if ".evidence" in p.parent.name and p.suffix == ".png"]) == 48
    report = next(p for p in files if p.name.endswith(".report.html")).read_text()
    assert "Every assumption" in report and ": assumption (keyframes 0086410" in report
    assert turns.long == [], f"turns of the window's thread over 50 ms: {turns.long}"


def test_tab_reaches_everything_on_the_start_screen(walker: Walker) -> None:
    assert named(walker.window) == [] and unreached(walker.window) == []
