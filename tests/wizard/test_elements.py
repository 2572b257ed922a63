"""Elements and rights in Media: what is written is kept and taken back, counted, suggested anew, and closes the training where it must."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.elements import GAUGES
from engine.project import load
from wizard import recent
from wizard.flow import Known, steps
from wizard.session import Session
from wizard.steps.media import MediaPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, session: Session, tmp_path: Path) -> Iterator[MediaPage]:
    """A new project's page."""
    yield from _page(qtbot, session, tmp_path / "one")


def _page(qtbot: QtBot, session: Session, folder: Path) -> Iterator[MediaPage]:
    session.create("Film", folder)
    made, holder = MediaPage(session), QWidget()
    column = QVBoxLayout(holder)
    column.addWidget(made.corner())
    column.addWidget(made, 1)
    qtbot.addWidget(holder)
    session.changed.connect(made.refresh)
    holder.resize(1100, 760)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    made.entered()
    yield made
    made.left()
    session.changed.disconnect(made.refresh)


def write(qtbot: QtBot, page: MediaPage, part: str, field: str, text: str) -> None:
    widget: Any = page.elements.forms[part].fields[field]
    widget.setFocus()
    widget.clear()
    qtbot.keyClicks(widget, text)
    qtbot.keyClick(widget, Qt.Key.Key_Tab)


def test_what_is_written_is_kept_counted_and_taken_back(qtbot: QtBot, page: MediaPage, session: Session) -> None:
    assert session.project and page._filled.text() == "0 of 24 filled in"
    qtbot.mouseClick(page.rights, LEFT)
    assert page.elements.isVisible() and "who holds it" in page.subtitle()
    write(qtbot, page, "scan", "holder", "City archive")
    write(qtbot, page, "people", "trouble", "Faded")
    assert load(session.project.folder).elements.scan.holder == "City archive"
    assert session.project.elements.people.trouble == "Faded" and page._filled.text() == "2 of 24 filled in"
    assert session.undo() == "elements and rights" and session.project.elements.people.trouble == ""
    session.redo()
    assert page.elements.forms["people"].fields["trouble"].text() == "Faded"
    qtbot.mouseClick(page.rights, LEFT)
    assert not page.elements.isVisible() and page.table is not None


def test_kinds_are_words_of_the_language_and_others_may_be_written(qtbot: QtBot, page: MediaPage, session: Session) -> None:
    page.show_elements(True)
    write(qtbot, page, "reference", "kind", "Internegative")
    assert session.project and session.project.elements.reference.kind == "internegative"
    write(qtbot, page, "reference", "kind", "lavender")
    assert session.project.elements.reference.kind == "lavender"
    gauge: Any = page.elements.forms["scan"].fields["gauge"]
    gauge.setFocus()
    qtbot.keyClick(gauge, Qt.Key.Key_Down)
    popup = gauge._words.popup()
    assert popup.isVisible() and popup.model().rowCount() == len(GAUGES)
    popup.setCurrentIndex(popup.model().index(3, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert session.project.elements.scan.gauge == GAUGES[3]


def test_not_allowed_is_said_and_the_training_is_closed(page: MediaPage, session: Session) -> None:
    page.show_elements(True)
    form: Any = page.elements.forms["reference"]
    form.use.choose("not allowed")
    form.use.picked.emit("not allowed")
    assert session.project and session.project.elements.reference.forbidden
    assert form.why.isVisible() and form.why.text() == "Nothing is trained on this film."
    assert session.known().forbidden == "reference"


def test_a_film_that_is_not_allowed_closes_train_and_says_why() -> None:
    aligned = {"align": "done", "balance": "done", "choose": "done"}
    known = Known(recovery="colour-reference", scan=True, reference=True, standing=aligned, picked=9, held_out=2, forbidden="reference")
    media, frames, train = (steps(known)[place] for place in (1, 3, 4))
    assert (media.sign, media.reason) == ("attention", "use is not allowed")
    assert "terms of the reference" in frames.why_not and (train.sign, train.reason) == ("later", "not allowed by terms")
    trained = replace(known, standing={**aligned, "pairs": "done", "train": "done"})
    assert [step.open for step in steps(trained)] == [True] * 7, "what was trained before can be looked at and exported"
    painted = Known(recovery="colour-keyframes", scan=True, standing={"shots": "done", "fade": "done", "balance": "done"}, keyframes=2,
                    forbidden="scan")
    assert "terms of the scan" in steps(painted)[3].why_not and not steps(painted)[4].open


def test_people_of_the_last_project_are_offered_and_not_taken_by_themselves(
        qtbot: QtBot, session: Session, tmp_path: Path, page: MediaPage) -> None:
    page.show_elements(True)
    assert not page.elements.again.isVisible()
    write(qtbot, page, "people", "institution", "Filmoteca")
    write(qtbot, page, "people", "archivist", "A. Rivera")
    assert recent.people() == {"institution": "Filmoteca", "archivist": "A. Rivera", "worked_on": ""}
    for second in _page(qtbot, session, tmp_path / "two"):
        assert session.project and session.project.elements.people.institution == ""
        second.show_elements(True)
        assert second.elements.again.text() == "As in the last project: Filmoteca, A. Rivera"
        qtbot.mouseClick(second.elements.again, LEFT)
        assert session.project.elements.people.institution == "Filmoteca" and not second.elements.again.isVisible()


def test_escape_leads_back_and_keeps_what_is_being_written(qtbot: QtBot, page: MediaPage, session: Session) -> None:
    page.show_elements(True)
    field: Any = page.elements.forms["scan"].fields["year"]
    field.setFocus()
    qtbot.keyClicks(field, "1959")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not page.elements.isVisible() and session.project and session.project.elements.scan.year == "1959"


def test_without_a_reference_only_the_scan_is_asked_for(page: MediaPage, session: Session) -> None:
    session.edit("kind", recovery="colour-keyframes")
    page.show_elements(True)
    assert not page.elements.forms["reference"].isVisible() and page._filled.text() == "0 of 14 filled in"
    assert "note beside each" in page.elements.words.text()
