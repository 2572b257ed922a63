"""The page of the films: choose, drop, look, confirm, read otherwise."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent, QKeyEvent
from PyQt6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.errors import NumberingGap
from wizard.messages import trouble_of
from wizard.session import Session
from wizard.steps.media import MediaPage

LEFT = Qt.MouseButton.LeftButton
WAIT = 10_000


@pytest.fixture
def page(qtbot: QtBot, session: Session, tmp_path: Path) -> Iterator[MediaPage]:
    """A new project's page."""
    session.create("Film", tmp_path)
    made = MediaPage(session)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(1100, 720)
    made.show()
    made.entered()
    yield made
    made.left()
    session.changed.disconnect(made.refresh)


@pytest.fixture
def filled(qtbot: QtBot, page: MediaPage, sample_film: Any) -> MediaPage:
    """With both films, each with a picture."""
    for role in ("scan", "reference"):
        page.choose(role, getattr(sample_film, role))
    ready(qtbot, page)
    return page


def ready(qtbot: QtBot, page: MediaPage) -> None:
    qtbot.waitUntil(lambda: not page.session.opening and all(
        p.view.compared.shot is not None for p in page.players.values() if page.session.medium(p.role)), timeout=WAIT)


def press(page: MediaPage, key: Qt.Key) -> bool:
    return page.handle_key(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def drop(page: MediaPage, role: str, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page.players[role].dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier))


def test_a_chosen_folder_is_looked_at_and_shown(qtbot: QtBot, page: MediaPage, sample_film: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(sample_film.scan))
    player = page.players["scan"]
    qtbot.mouseClick(player.area.folder_button, LEFT)
    assert "Reading headers" in player.area.accessibleName()
    ready(qtbot, page)
    assert player.view.isVisible() and player.view.accessibleName() == "Picture: Scan"
    assert page.players["reference"].area.isVisible() and not page.table.isHidden()
    assert page.session.steps()[1].reason == "no reference yet"
    assert page.table.rows["format"].cells["scan"].text.text() == "DPX sequence"


def test_the_view_at_rest_has_code_values_and_the_live_area(qtbot: QtBot, filled: MediaPage) -> None:
    view = filled.players["scan"].view
    qtbot.waitUntil(lambda: view.compared.shot.pixels is not None and view._area is not None, timeout=WAIT)
    shot = view.compared.shot
    assert shot.image.shape[:2] == shot.pixels.shape[:2] == shot.size[::-1] and shot.depth == 10


def test_confirming_every_guess_opens_the_next_step(qtbot: QtBot, filled: MediaPage) -> None:
    session, cells = filled.session, filled.table.rows
    assert session.guessed() == ("reference.encoding", "reference.fields")
    first, second = cells["encoding"].cells["reference"], cells["fields"].cells["reference"]
    first.confirm.setFocus()
    qtbot.mouseClick(first.confirm, LEFT)
    assert first.confirm.isHidden() and not second.confirm.isHidden()
    qtbot.mouseClick(second.confirm, LEFT)
    assert session.guessed() == () and session.steps()[2].open
    session.undo()
    assert session.guessed() == ("reference.fields",)


def test_reading_otherwise_counts_as_chosen_and_keeps_other_confirmations(qtbot: QtBot, filled: MediaPage) -> None:
    session = filled.session
    session.confirm("reference.encoding")
    choice = filled.table.rows["fields"].cells["reference"].choice
    choice.choose("progressive")
    choice.picked.emit("progressive")
    assert not choice.isEnabled()
    ready(qtbot, filled)
    assert session.medium("reference").reading.field_order == "progressive" and session.guessed() == ()
    assert choice.currentText() == "Progressive, frames as they are" and not choice.guessed


def test_keys_on_a_closed_list_change_nothing(qtbot: QtBot, filled: MediaPage) -> None:
    choice = filled.table.rows["rate"].cells["scan"].choice
    with qtbot.assertNotEmitted(choice.picked):
        qtbot.keyClick(choice, Qt.Key.Key_Down)
        qtbot.keyClick(choice, Qt.Key.Key_5)
        choice.hidePopup()


def test_in_and_out_are_frame_numbers_and_can_be_moved_outwards_again(qtbot: QtBot, filled: MediaPage) -> None:
    player, session = filled.players["scan"], filled.session
    player.transport.track.setFocus()
    first = int(session.films.source("scan").name(0))
    press(filled, Qt.Key.Key_Home)
    for _ in range(5):
        press(filled, Qt.Key.Key_Right)
    assert press(filled, Qt.Key.Key_I)
    ready(qtbot, filled)
    assert session.medium("scan").reading.span == (first + 5, first + 47)
    assert player.transport.length == 48 and player.transport.span == (5, 47)
    assert filled.table.rows["frames"].cells["scan"].text.text() == f"43 of 48, numbered {first + 5} – {first + 47}"
    press(filled, Qt.Key.Key_Home)
    assert player.transport._label.text() == str(first)
    press(filled, Qt.Key.Key_I)
    ready(qtbot, filled)
    assert session.medium("scan").reading.span is None


def test_a_wrong_drop_leaves_the_film_as_it_is(qtbot: QtBot, filled: MediaPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session, before = filled.session, filled.session.medium("scan")
    (tmp_path / "empty").mkdir()
    drop(filled, "scan", tmp_path / "empty")
    qtbot.waitUntil(lambda: session.trouble is not None, timeout=WAIT)
    assert session.trouble.title == "This cannot be taken as the scan" and session.trouble.act == "replace-scan"
    assert session.medium("scan") is before and filled.players["scan"].view.isVisible()
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *words: asked.append(words[1]) or "")
    assert filled.act("replace-scan") and asked == ["Choose the scan"]


def test_files_that_went_away_later_are_told_as_a_gap() -> None:
    trouble = trouble_of("NumberingGap", str(NumberingGap("scan", [7, 12])), "")
    assert trouble.title == "2 frames are missing in the numbering" and trouble.page == "media.html#gaps" and trouble.act == "again"
    assert trouble.do == "Missing now: 7, 12. Bring them back." and "allow-gaps" not in trouble.do + trouble.safe


def test_gaps_in_the_numbering_can_be_gone_on_with(qtbot: QtBot, page: MediaPage, sample_film: Any, tmp_path: Path) -> None:
    folder = tmp_path / "gaps"
    folder.mkdir()
    for number, frame in enumerate(sorted(Path(sample_film.scan).glob("*.dpx"))[:8]):
        if number != 4:
            (folder / frame.name).symlink_to(frame)
    drop(page, "scan", folder)
    qtbot.waitUntil(lambda: page.session.trouble is not None, timeout=WAIT)
    assert page.session.trouble.title == "1 frame is missing in the numbering" and page.act(page.session.trouble.act)
    ready(qtbot, page)
    assert page.session.trouble is None and page.session.medium("scan").reading.allow_gaps
    transport = page.players["scan"].transport
    assert transport.length == 8
    assert page.table.rows["frames"].cells["scan"].text.text().endswith("1 missing")


def test_everything_that_can_be_pressed_has_a_name(filled: MediaPage) -> None:
    from PyQt6.QtWidgets import QAbstractButton, QComboBox

    nameless = [w for kind in (QAbstractButton, QComboBox) for w in filled.findChildren(kind) if w.isVisible() and not w.accessibleName()]
    assert not nameless
