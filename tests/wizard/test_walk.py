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

from tests.conftest import write_png
from tests.wizard.turns import Turns
from wizard import recent
from wizard.kit import Segment
from wizard.window import Window, begin

LEFT = Qt.MouseButton.LeftButton
STEPS = 30


class Walker:
    """A user at the window: clicks what has a name, presses keys, waits."""

    def __init__(self, qtbot: Any, window: Window) -> None:
        self.qtbot, self.window, self.session, self.turns = qtbot, window, window.session, Turns()

    def button(self, name: str) -> QAbstractButton:
        """The button that is shown under this name."""
        found = [b for b in self.window.findChildren(QAbstractButton) if b.isVisible() and name in (b.text(), b.accessibleName())]
        assert found, f"there is no button {name!r} on {self.page}"
        return found[0]

    def click(self, name: str) -> None:
        button = self.button(name)
        assert button.isEnabled(), f"{name} is closed"
        self.press(button)

    def press(self, button: QWidget) -> None:
        self.turns.during(lambda: self.qtbot.mouseClick(button, LEFT))

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def until(self, done: Callable[[], bool], seconds: float = 120) -> None:
        self.qtbot.waitUntil(lambda: bool(done()), timeout=round(1000 * seconds))
        self.turns.forget()

    def idle(self, step: str) -> None:
        """Until the worker has made a step."""
        self.until(lambda: self.session.trouble is not None
                   or (self.session.made.standing.get(step) == "done" and not self.session.worker.busy))
        assert self.session.trouble is None, self.session.trouble

    @property
    def page(self) -> str:
        return self.window.frame.page.key


@pytest.fixture
def walker(qtbot: Any, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_film: Any) -> Iterator[Walker]:
    """A new user's window; the sample film is the small one."""
    folder = sample_film.scan.parent
    monkeypatch.setattr("wizard.sample.COMMAND", ["-m", "engine", "sample", str(folder), "--json", "--frames", "48", "--width", "512"])
    recent.keep(recent.Preferences(theme="dark", language="en", projects=str(tmp_path / "projects")))
    window = begin()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    gc.collect()
    gc.freeze()                             # what other tests left behind is not looked through inside a turn
    yield Walker(qtbot, window)
    gc.unfreeze()


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


def test_from_the_start_screen_to_exported_files(walker: Walker, tmp_path: Path, qapp: QApplication) -> None:
    turns, window, session = walker.turns, walker.window, walker.session
    walker.click("Try it on the sample film")
    walker.until(lambda: session.films.has("scan") and session.films.has("reference"))
    assert walker.page == "media" and named(window) == [] and unreached(window) == []

    walker.key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert walker.page == "recovery" and named(window) == [] and unreached(window) == []
    walker.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert walker.page == "media"

    assert not window.frame.footer.next.isEnabled() and "guessed" in window.frame.footer.sentence.text()
    while confirms := [b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.text() == "Confirm"]:
        walker.press(confirms[0])
    turns.what = "align"
    walker.click("Next: Align")
    walker.idle("choose")
    assert walker.page == "align" and named(window) == [] and unreached(window) == []
    assert session.made.alignment is not None and sum(f.reference is not None for f in session.made.alignment.frames) > 40

    turns.what = "frames"
    walker.click("Next: Frames")
    strip = window.frame.page.strip      # type: ignore[attr-defined]
    walker.until(lambda: strip.index is not None)
    before = session.made.train
    strip.setFocus()
    plain = next(c.index for g in strip._groups for c in g.cells if c.state == "plain")
    strip.set_index(plain)
    walker.qtbot.keyClick(strip, Qt.Key.Key_Space)
    assert set(session.made.train) == {*before, plain}
    walker.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.made.train == before
    assert named(window) == [] and unreached(window) == []

    session.edit("a short training, so that the test is short", steps=STEPS)
    turns.what = "trial"
    walker.click("Next: Train")
    walker.idle("trial")
    assert window.frame.footer.next.text().startswith("Train, about") and named(window) == [] and unreached(window) == []
    turns.what = "train"
    walker.press(window.frame.footer.next)
    walker.idle("train")
    assert named(window) == [] and unreached(window) == []

    turns.what = "review"
    walker.click("Next: Review")
    walker.idle("review")
    walker.until(lambda: session.films.picture("result", 10) is not None)
    walker.key(Qt.Key.Key_F)
    assert session.project and session.project.flags == (0,)
    walker.press(window.frame.page.viewer.flag)        # type: ignore[attr-defined]
    assert session.project.flags == () and named(window) == [] and unreached(window) == []

    turns.what = "export"
    walker.click("Next: Export")
    assert session.project.settings.formats == ("dpx", "prores422hq") and named(window) == [] and unreached(window) == []
    walker.until(lambda: window.frame.footer.next.isEnabled())
    assert "48" in window.frame.footer.next.text()
    walker.press(window.frame.footer.next)
    walker.idle("export")
    assert named(window) == [] and unreached(window) == []

    files = [p for p in (tmp_path / "projects" / "Sample film restored").rglob("*") if p.is_file()]
    assert len([p for p in files if p.suffix == ".dpx"]) == 48 and [p for p in files if p.suffix == ".mov"]
    ledger = next(p for p in files if p.name.endswith(".frames.jsonl"))
    lines = [json.loads(line) for line in ledger.read_text().splitlines()]
    assert sum("written" in line for line in lines) == 48
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
    assert "Colours and their sources" in report and "assumption" in report
    assert turns.long == [], f"turns of the window's thread over 50 ms: {turns.long}"


def test_tab_reaches_everything_on_the_start_screen(walker: Walker) -> None:
    assert named(walker.window) == [] and unreached(walker.window) == []
