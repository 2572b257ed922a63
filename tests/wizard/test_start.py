"""The start screen, the settings, the manual and the recovery page, as a user meets them."""
import os
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PyQt6.QtWidgets import QWidget

from engine.errors import DiskFull
from engine.media.source import Reading
from engine.media.volumes import Place
from engine.project import Medium, Project, load
from engine.recoveries import RECOVERIES
from wizard import manual, recent, theme, words
from wizard.messages import trouble_of
from wizard.sample import SampleFilm, project_of
from wizard.settings import Settings
from wizard.start import Start
from wizard.steps import pages
from wizard.summary import moment, summary_of

AWAY = Medium(Place("ARCHIVE_04", "reel/scan", "no such fingerprint"), Reading(), "cineon")


def a_project(folder: Path, **fields: object) -> Path:
    Project(folder, folder.name, "colour-reference", **fields).save()       # type: ignore[arg-type]
    recent.remember(folder)
    return folder


@pytest.fixture
def start(qtbot, tmp_path):
    """The screen with three projects: one that can be opened, one whose media is away, one that is gone."""
    recent.remember(tmp_path / "gone")
    a_project(tmp_path / "away", scan=AWAY, reference=AWAY)
    a_project(tmp_path / "new one")
    screen = Start()
    qtbot.addWidget(screen)
    screen.fill()
    screen.resize(1180, 700)
    screen.show()
    qtbot.waitUntil(lambda: all(card.summary.state for card in screen.recent.cards))
    return screen


def test_recent_projects_say_how_they_stand_and_offer_the_cure(qtbot, start, tmp_path):
    fresh, away, gone = start.recent.cards
    assert [card.summary.state for card in start.recent.cards] == [
        "Media: no scan yet", "The media is not where it was", "Not there any more"]
    assert "drive ARCHIVE_04" in away.summary.what
    assert "Media: no scan yet" in fresh.accessibleName()
    with qtbot.waitSignal(start.opened) as opened:
        fresh.setFocus()
        qtbot.keyClick(fresh, Qt.Key.Key_Return)
    assert opened.args == [tmp_path / "new one"]
    with qtbot.waitSignal(start.locate) as located:
        qtbot.mouseClick(away._help, Qt.MouseButton.LeftButton)
    assert located.args == [tmp_path / "away"]
    qtbot.mouseClick(gone._help, Qt.MouseButton.LeftButton)
    assert recent.recent() == [tmp_path / "new one", tmp_path / "away"] and len(start.recent.cards) == 2


def test_an_empty_list_says_what_it_is_for(qtbot):
    screen = Start()
    qtbot.addWidget(screen)
    screen.fill()
    screen.show()
    assert not screen.recent.cards and screen.recent._empty.isVisible()


def test_a_project_that_is_dropped_is_opened_and_a_film_begins_one(qtbot, start, tmp_path):
    film = tmp_path / "film.mov"
    film.touch()
    for path, signal in ((tmp_path / "new one", start.opened), (tmp_path / "new one" / "new one.answerprint", start.opened),
                         (film, start.new_with)):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        buttons = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        entered = QDragEnterEvent(QPointF(9, 9).toPoint(), *buttons)
        start.dragEnterEvent(entered)
        assert entered.isAccepted() and start._drop.isVisible()
        with qtbot.waitSignal(signal) as told:
            start.dropEvent(QDropEvent(QPointF(9, 9), *buttons))
        assert told.args == [path] and not start._drop.isVisible()


def test_a_trouble_stays_until_the_next_choice(qtbot, start):
    start.say("Making the sample film: 40 %")
    assert not start.sample_panel.button.isEnabled()
    start.show_trouble(trouble_of("DiskFull", "the disk is full", "sample"))
    assert start.banner.isVisible() and start.sample_panel.button.isEnabled()
    assert not start.banner.cure_button.isVisible()
    with qtbot.waitSignal(start.new):
        qtbot.mouseClick(start.new_button, Qt.MouseButton.LeftButton)
    assert not start.banner.isVisible()


def test_every_control_has_a_name_and_is_large_enough(start):
    controls = [w for w in start.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(controls) > 8
    assert all(w.accessibleName() and min(w.width(), w.height()) >= 32 for w in controls)


def test_when_a_project_was_worked_on():
    now = datetime(2026, 11, 25, 12, 0)
    said = [moment(datetime(*when), now) for when in ((2026, 11, 25, 10, 42), (2026, 11, 24, 23, 59), (2026, 11, 14), (2024, 1, 2))]
    assert said == ["Today 10:42", "Yesterday", "14 November", "2 January 2024"]


def test_a_damaged_project_is_told_not_raised(tmp_path):
    (tmp_path / "x.answerprint").write_text("{")
    assert summary_of(tmp_path).state == "The project file is damaged"


def test_the_sample_project_is_made_once(sample_film, tmp_path):
    folder = project_of(tmp_path / "Sample film", sample_film.scan, sample_film.reference)
    made = load(folder)
    assert made.scan and made.reference and made.scan.encoding == "cineon" and folder == tmp_path / "Sample film"
    made.flags = (3,)
    made.save()
    assert load(project_of(folder, sample_film.scan, sample_film.reference)).flags == (3,)


def test_the_sample_film_is_made_in_another_process(qtbot, session, sample_film, tmp_path):
    program = ("import sys; print('sample: 3 of 12; making', file=sys.stderr); "
               f"print('{{\"scan\": \"{sample_film.scan}\", \"reference\": \"{sample_film.reference}\"}}')")
    film, told = SampleFilm(session.background, [sys.executable, "-c", program]), []
    film.told.connect(told.append)
    with qtbot.waitSignal(film.made) as made:
        film.begin(tmp_path)
    assert made.args == [tmp_path / "Sample film"] and "Making the sample film: 25 %" in told and told[-1] == ""


def test_a_sample_film_that_cannot_be_made_says_why(qtbot, session, tmp_path):
    program = "import sys; sys.exit('answerprint: /x: takes 1.2 GB and 0.3 GB are free; free some')"
    film = SampleFilm(session.background, [sys.executable, "-c", program])
    with qtbot.waitSignal(film.troubled) as troubled:
        film.begin(tmp_path)
    assert "disk is full" in troubled.args[0].title and DiskFull.__name__ in troubled.args[0].report


def test_settings_hold_at_once_and_are_kept(qtbot):
    page = Settings()
    qtbot.addWidget(page)
    page.show()
    qtbot.mouseClick(page.theme.cell("light"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.text.cell("1.5"), Qt.MouseButton.LeftButton)
    assert not theme.dark() and theme.scaled(10) == 15
    assert (recent.preferences().theme, recent.preferences().text) == ("light", 1.5)
    with qtbot.waitSignal(page.changed):
        page.language.choose("es")
        page.language.picked.emit("es")
    assert recent.preferences().language == "es"
    with qtbot.waitSignal(page.done):
        qtbot.keyClick(page.theme.cell("light"), Qt.Key.Key_Escape)
    words.use_language("en")


def test_a_page_of_the_manual_is_a_file_of_this_computer(tmp_path):
    (tmp_path / "html").mkdir()
    (tmp_path / "align.md").touch()
    (tmp_path / "html" / "export.html").touch()
    found = manual.url_of("export.html#disk-full", tmp_path)
    assert found and found.isLocalFile() and found.fragment() == "disk-full"
    assert manual.url_of("align.html#x", tmp_path).toLocalFile() == os.fspath(tmp_path / "align.md")
    assert manual.url_of("none.html", tmp_path) is None


def test_only_what_works_can_be_picked_and_the_rest_is_read(qtbot, session, tmp_path, monkeypatch):
    monkeypatch.delitem(RECOVERIES, "telecine")
    session.create("film", tmp_path)
    page = pages(session)[0]
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.entered()
    page.refresh()
    first, second, third, fourth = page.cards.values()
    assert first.isChecked()
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert second.isChecked() and session.project.recovery == "colour-keyframes"
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(fourth, Qt.MouseButton.LeftButton)
    assert not fourth.isChecked() and session.project.recovery == "colour-reference"
    assert fourth.focusPolicy() & Qt.FocusPolicy.TabFocus and "Coming in a later version" in fourth.accessibleName()
    first.setFocus()
    assert page.eventFilter(first, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: first._after is not None and not first._after.isNull())
    assert page.focusWidget() is third
