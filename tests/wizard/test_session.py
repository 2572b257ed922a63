"""The session: every change is on disk at once and can be taken back; media are opened beside the window and found again by content."""
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtWidgets import QWidget

from engine import jobs
from engine.errors import DiskFull, OutputRefused, UsageError
from engine.project import load
from engine.run import Run
from wizard.session import Session


@pytest.fixture
def opened(session: Session, tmp_path: Path, sample_film: Any, qtbot: Any) -> Session:
    """A project with the sample film's scan and reference."""
    session.create("Film", tmp_path / "projects")
    for role in ("scan", "reference"):
        session.choose(role, getattr(sample_film, role))
    qtbot.waitUntil(lambda: session.films.has("scan") and session.films.has("reference"), timeout=20_000)
    return session


def test_every_change_is_on_disk_and_can_be_taken_back(session: Session, tmp_path: Path) -> None:
    session.create("Film", tmp_path)
    assert session.project
    folder = session.project.folder
    session.edit("a balance", balance="off")
    session.edit("flags", flags=(3, 7))
    assert (load(folder).settings.balance, load(folder).flags) == ("off", (3, 7))
    assert session.undo() == "flags" and load(folder).flags == ()
    assert session.undo() == "a balance" and load(folder).settings.balance == "auto"
    assert session.undo() == ""
    session.redo()
    session.redo()
    assert (load(folder).settings.balance, load(folder).flags) == ("off", (3, 7))


def test_a_second_project_of_a_name_has_a_folder_of_its_own(session: Session, tmp_path: Path) -> None:
    session.create("Film", tmp_path)
    session.create("Film", tmp_path)
    assert session.project and session.project.folder == tmp_path / "Film 2"
    assert load(tmp_path / "Film").name == "Film"


def test_a_project_is_renamed_in_its_folder_and_stays_one_file(session: Session, tmp_path: Path) -> None:
    session.create("New project", tmp_path)
    session.rename("Candy: opening / reel 1 ")
    assert session.project and session.project.name == "Candy opening  reel 1"
    assert [p.name for p in (tmp_path / "New project").glob("*.answerprint")] == ["Candy opening  reel 1.answerprint"]
    assert load(tmp_path / "New project").name == "Candy opening  reel 1"
    session.rename("  ")
    assert session.project.name == "Candy opening  reel 1"


def test_films_are_opened_beside_the_window_and_guesses_ask_once(opened: Session) -> None:
    assert opened.project
    guesses = opened.guessed()
    assert "reference.encoding" in guesses and opened.steps()[2].sign == "later"
    opened.confirm(*guesses)
    assert opened.guessed() == () and opened.steps()[2].sign == "open"
    assert set(guesses) <= set(load(opened.project.folder).confirmed)


def test_a_file_that_is_no_film_is_told_and_changes_nothing(opened: Session, tmp_path: Path, qtbot: Any) -> None:
    before = opened.medium("reference")
    (tmp_path / "notes.mov").write_text("no film")
    opened.choose("reference", tmp_path / "notes.mov")
    qtbot.waitUntil(lambda: opened.trouble is not None, timeout=20_000)
    assert opened.trouble and opened.trouble.safe and opened.trouble.report
    assert opened.medium("reference") == before


def test_media_that_was_moved_is_missing_and_found_again_by_content(
        opened: Session, tmp_path: Path, sample_film: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened.project
    folder = opened.project.folder
    scan = tmp_path / "scan of the film"
    shutil.copytree(sample_film.scan, scan)
    opened.choose("scan", scan)
    qtbot.waitUntil(lambda: not opened.opening, timeout=20_000)
    opened.leave()
    scan.rename(tmp_path / "elsewhere")
    monkeypatch.setattr("engine.media.volumes.remembered", lambda: {})
    opened.open(folder)
    assert opened.missing == ("scan",) and opened.steps()[1].sign == "attention"
    opened.locate("scan", sample_film.reference)
    qtbot.waitUntil(lambda: opened.trouble is not None, timeout=20_000)
    assert opened.missing == ("scan",), "another film is not taken for it"
    opened.locate("scan", tmp_path / "elsewhere")
    qtbot.waitUntil(lambda: opened.missing == () and not opened.opening, timeout=20_000)
    assert opened.films.has("scan") and opened.trouble is None


def test_a_frame_arrives_and_stays_within_the_memory(opened: Session, qtbot: Any) -> None:
    films = opened.films
    assert films.picture("scan", 5) is None
    with qtbot.waitSignal(films.arrived, timeout=10_000):
        pass
    picture = films.picture("scan", 5)
    assert picture is not None and picture.dtype == "uint8" and picture.shape[1] == 512
    films.whole("scan", 5)
    with qtbot.waitSignal(films.whole_arrived, timeout=10_000):
        pass
    whole = films.whole("scan", 5)
    assert whole and whole.stored is not None and whole.depth == 10
    assert abs(whole.stored * 1023 - (whole.stored * 1023).round()).max() < 1e-3, "the probe reads code values"


def test_proxies_are_made_before_anybody_asks_but_not_beside_a_worker(opened: Session, qtbot: Any) -> None:
    proxies = opened.films._proxies["scan"]
    qtbot.waitUntil(lambda: proxies.has(47), timeout=20_000)
    assert all(proxies.has(index) for index in range(48)) and not proxies.full


def test_what_nobody_thought_of_is_told_with_a_report_and_the_window_lives_on(session: Session, tmp_path: Path, qtbot: Any) -> None:
    from wizard import recent
    from wizard.window import Window

    recent.keep(recent.Preferences(projects=str(tmp_path)))

    window = Window(session)
    qtbot.addWidget(window)
    window.show()
    window.new_project()
    try:
        raise ZeroDivisionError("nobody thought of it")
    except ZeroDivisionError as error:
        window.tell_of(type(error), error, error.__traceback__)
    assert session.trouble and "nobody thought of it" in session.trouble.report and session.trouble.safe
    assert window.frame.banner.isVisible()


def test_what_is_taken_back_is_told_in_the_footer_until_another_page_is_shown(
        session: Session, tmp_path: Path, qtbot: Any) -> None:
    from wizard import recent
    from wizard.window import Window

    recent.keep(recent.Preferences(projects=str(tmp_path)))
    window = Window(session)
    qtbot.addWidget(window)
    window.show()
    window.new_project()
    window.frame.go(1)
    sentence = window.frame.footer.sentence
    usual = sentence.text()
    session.edit("moving the corners", corners=((0.0, 1.0),) * 4)
    assert sentence.text() == usual
    window._undo()
    assert sentence.text() == f"Taken back: moving the corners  ·  {usual}"
    window._redo()
    assert sentence.text() == f"Done again: moving the corners  ·  {usual}"
    window._redo()
    assert sentence.text().startswith("Done again"), "nothing more is there to be done again"
    window.frame.go(0)
    window.frame.go(1)
    assert sentence.text() == usual


def test_a_worker_that_failed_between_two_looks_is_told_and_the_rail_speaks_of_it_as_long(opened: Session) -> None:
    assert opened.project
    opened.confirm(*opened.guessed())
    with suppress(DiskFull), jobs.working_on(opened.project.folder, "align", Run()) as run:
        run.enter("align")
        raise DiskFull("/projects: the disk is full")
    opened.worker.look()
    assert opened.trouble and "disk is full" in opened.trouble.title
    assert "stopped" in [step.sign for step in opened.steps()]
    opened.say(None)
    assert "stopped" not in [step.sign for step in opened.steps()]


@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize("way", ["close", "show_start"])
@pytest.mark.parametrize("what", ["name", "holder", "notes"])
def test_what_is_still_being_written_is_kept_when_the_project_goes(
        session: Session, tmp_path: Path, qtbot: Any, what: str, way: str, active: bool) -> None:
    from wizard import recent
    from wizard.window import Window

    recent.keep(recent.Preferences(projects=str(tmp_path)))
    window, other = Window(session), QWidget()
    for widget in (other, window):
        qtbot.addWidget(widget)
        widget.show()
    window.new_project()
    assert session.project
    folder, field = session.project.folder, window.frame.pages["recovery"].name
    if what != "name":
        window.frame.go_to("media")
        window.frame.page.show_elements(True)
        field = window.frame.page.elements.forms["scan" if what == "holder" else "people"].fields[what]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Reel 7")
    if not active:
        other.activateWindow()
        qtbot.waitUntil(other.isActiveWindow)
    getattr(window, way)()
    assert session.project is None
    kept = load(folder)
    assert {"name": kept.name, "holder": kept.elements.scan.holder, "notes": kept.elements.people.notes}[what] == "Reel 7"
    session.rename("gone")


def test_what_a_full_disk_refused_is_saved_later_and_never_lost_without_a_word(
        session: Session, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from wizard import recent
    from wizard.window import Window

    recent.keep(recent.Preferences(projects=str(tmp_path)))
    window = Window(session)
    qtbot.addWidget(window)
    window.show()
    window.new_project()
    assert session.project
    folder, begun = session.project.folder, []
    monkeypatch.setattr("engine.jobs.start", lambda *asked: begun.append(asked) or pytest.fail("nothing is to be started"))

    def full(*_: object) -> None:
        raise DiskFull(f"{folder}: the disk is full (saving the project)")

    with monkeypatch.context() as disk:
        disk.setattr("engine.project.write_json", full)
        session.edit("flags", flags=(3,))
        assert session.trouble and session.trouble.act == "save" and load(folder).flags == ()
        assert not session.start("align") and session.trouble.act == "save" and not begun
        for leave in (window.close, window.show_start):
            window._told_unsaved = False
            leave()
            assert session.project and window.isVisible() and session.trouble.act == "save"
    window.frame._cure()
    assert session.trouble is None and load(folder).flags == (3,)
    with monkeypatch.context() as disk:
        disk.setattr("engine.project.write_json", full)
        session.edit("flags", flags=(4,))
    session.edit("a balance", balance="off")
    assert session.trouble is None and load(folder).flags == (4,)
    with monkeypatch.context() as disk:
        disk.setattr("engine.project.write_json", full)
        session.edit("flags", flags=(5,))
        window.show_start()
        assert session.project
        window.show_start()
        assert session.project is None, "whoever leaves once more goes"


def test_a_worker_that_cannot_be_started_or_stopped_is_told_of(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session.create("Film", tmp_path)
    for error, words in ((DiskFull("x"), "disk is full"), (OutputRefused("x"), "cannot write"), (UsageError("x"), "cannot begin")):
        def refuse(*_: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr("engine.jobs.start", refuse)
        monkeypatch.setattr("engine.jobs.ask_stop", refuse)
        for ask in (lambda: session.start("align"), session.stop):
            session.say(None)
            assert not ask() and session.trouble and words in session.trouble.title and not session.worker.busy


def test_a_project_that_another_has_changed_is_told_of_and_not_written_over(session: Session, tmp_path: Path) -> None:
    session.create("Film", tmp_path)
    other = load(tmp_path / "Film")
    other.flags = (7,)
    other.save()
    session.edit("a balance", balance="off")
    assert session.trouble and "open the project again" in session.trouble.do and load(tmp_path / "Film").flags == (7,)
