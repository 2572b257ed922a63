"""Keyframes in the whole window: keys, undo, what the rail and the footer say; and a pen with pressure."""
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QPointingDevice, QTabletEvent
from PyQt6.QtWidgets import QApplication

from engine.keyframes.keyframe import keyframe_names, load_keyframe
from engine.media.open import open_source
from engine.project import load
from engine.recoveries.perform import run_steps
from engine.recoveries.work import Work
from engine.run import Run
from tests.wizard.painting import GREEN, LEFT, RED, without_reference
from tests.wizard.test_walk import Walker, named
from wizard import recent
from wizard.steps.keyframes import KeyframesPage
from wizard.window import Window


@pytest.fixture
def walker(qtbot: Any, tmp_path: Path, sample_film: Any) -> Any:
    """A window on a balanced film without a reference, at Keyframes."""
    recent.keep(recent.Preferences(theme="dark", language="en"))
    folder = without_reference(tmp_path / "film", sample_film.scan)
    project = load(folder)
    assert project.scan
    project.confirmed = ("scan.rate", "scan.encoding", f"scan@{project.scan.place.fingerprint}")
    project.save()
    with open_source(sample_film.scan) as scan:
        run_steps(Work(project, scan, None, folder), Run(), "choose")
    window = Window()
    qtbot.addWidget(window)
    window.resize(1180, 700)
    window.show()
    window.open_project(folder)
    walker = Walker(qtbot, window)
    walker.until(lambda: not window.session.opening and window.session.made.balance is not None)
    walker.key(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert walker.page == "keyframes"
    walker.until(lambda: page_of(walker).ready)
    yield walker
    window.close()


def page_of(walker: Walker) -> KeyframesPage:
    page = walker.window.frame.page
    assert isinstance(page, KeyframesPage)
    return page


def test_a_film_is_painted_by_mouse_and_keys(walker: Walker, qtbot: Any) -> None:
    page, window = page_of(walker), walker.window
    view = page.canvas.view
    assert not named(window) and not window.frame.footer.next.isEnabled()
    assert (window.width(), window.height()) == (1180, 700)
    qtbot.mouseClick(view, LEFT)
    walker.until(lambda: bool(page.easel.used))
    assert QApplication.focusWidget() is view
    walker.key(Qt.Key.Key_B)
    assert page.canvas.tool == "brush"
    walker.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not page.easel.used and window.frame.footer.sentence.text().startswith("Taken back: a stroke")
    walker.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert page.easel.used
    walker.until(lambda: walker.session.steps()[3].reason == "1 colour lacks a source")
    assert window.frame.footer.sentence.text().endswith("One used colour has no source yet") and walker.session.steps()[4].sign == "later"
    page.colouring.change(RED.__class__(1, RED.name, RED.colour, assumption=True))
    walker.until(lambda: window.frame.footer.next.isEnabled())
    assert walker.session.steps()[3].sign == "done" and window.frame.footer.next.text() == "Next: Train"


def test_strokes_that_follow_at_once_are_all_kept_in_order(walker: Walker, qtbot: Any) -> None:
    page = page_of(walker)
    view = page.canvas.view
    corner, drawn = view.rect().center() / 2, []
    for number in (RED.number, GREEN.number, RED.number):
        page.colouring.choose(number)
        for k in range(4):
            places = [corner + QPoint(8 * step, step + 14 * k) for step in range(13)]
            qtbot.mousePress(view, LEFT, pos=places[0])
            for place in places[1:]:
                qtbot.mouseMove(view, place)
            qtbot.mouseRelease(view, LEFT, pos=places[-1])
            drawn.append(number)
    walker.until(lambda: not page.easel.busy and page.canvas.sheet is not None and len(page.canvas.sheet.keyframe.ops) == len(drawn))
    kept = load_keyframe(page.easel.project, keyframe_names(page.easel.project)[0])
    assert [op.swatch for op in kept.ops] == drawn and kept == page.canvas.sheet.keyframe


def test_a_pen_paints_with_its_pressure_and_its_other_end_rubs_out(walker: Walker) -> None:
    page = page_of(walker)
    view = page.canvas.view
    page.canvas.choose("brush")
    pen = QPointingDevice()

    def event(kind: QEvent.Type, x: float, pressure: float, buttons: Qt.MouseButton) -> None:
        place = QPointF(view.rect().center()) + QPointF(x, 0)
        button = LEFT if kind != QEvent.Type.TabletMove else Qt.MouseButton.NoButton
        QApplication.sendEvent(view, QTabletEvent(kind, pen, place, view.mapToGlobal(place), pressure, 0, 0, 0, 0, 0,
                                                  Qt.KeyboardModifier.NoModifier, button, buttons))

    event(QEvent.Type.TabletPress, 0, 0.3, LEFT)
    for x, pressure in ((20, 0.6), (40, 0.9)):
        event(QEvent.Type.TabletMove, x, pressure, LEFT)
    event(QEvent.Type.TabletRelease, 40, 0.0, Qt.MouseButton.NoButton)
    walker.until(lambda: bool(page.easel.used) and not page.easel.busy)
    kept = load_keyframe(page.easel.project, keyframe_names(page.easel.project)[0])
    assert [round(pressure, 3) for _, _, pressure in kept.ops[0].points] == [0.3, 0.6, 0.9]
