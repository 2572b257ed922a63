"""The page of the export: what is chosen, what is refused, one that really runs, stops, and is finished."""
from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyOpenColorIO import Config
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.jobs import WorkStatus
from engine.media.open import open_source
from tests.engine.finished import FRAMES, trained
from wizard import recent
from wizard.session import Session
from wizard.steps import export_promise
from wizard.steps.export import ExportPage
from wizard.steps.export_record import Record, Written
from wizard.window import Window

LEFT = Qt.MouseButton.LeftButton
WAIT = 20_000


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny trained project, with its media."""
    folder = tmp_path_factory.mktemp("film")
    trained(folder, formats=("dpx",), held_out=(4,))
    return folder


@pytest.fixture
def window(qtbot: QtBot, film: Path, tmp_path: Path, session: Session) -> Iterator[Window]:
    """The window at the Export page of a copy of the project."""
    recent.keep(recent.Preferences(theme="dark", language="en"))
    shutil.copytree(film, tmp_path / "film")
    made = Window(session)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.open_project(tmp_path / "film" / "film.project")
    qtbot.waitUntil(lambda: not session.opening and session.films.source("scan") is not None, timeout=WAIT)
    made.frame.go_to("export")
    assert isinstance(made.frame.page, ExportPage)
    looked(qtbot, made)
    yield made
    made.close()


def page_of(window: Window) -> ExportPage:
    page = window.frame.page
    assert isinstance(page, ExportPage)
    return page


def looked(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: bool(page_of(window)._outlook.ledger), timeout=WAIT)


def ledger(frames: int, export: str = "now", medium: str = "another") -> str:
    """The lines of an export that came so far."""
    first: dict[str, object] = {"version": 2, "export": export, "medium": medium}
    entry = {"dpx": {"file": "gone.dpx", "sha256": "", "bytes": 100, "max": 0.5, "mean": 0.2, "clipped": 0.0, "depth": 10}}
    rows = ({"export": export, "index": k, "frame": f"{k:04}", "float_max": 0.0, "written": entry} for k in range(frames))
    return "".join(json.dumps(line) + "\n" for line in (first, *rows))


def settings_of(session: Session) -> tuple[str, ...]:
    assert session.project
    return session.project.settings.formats


def test_formats_are_chosen_by_clicks_and_the_room_follows(qtbot: QtBot, window: Window, session: Session) -> None:
    page, button = page_of(window), window.frame.footer.next
    assert button.text() == f"Export {FRAMES} frames" and button.isEnabled()
    assert page.where.names._rows[0].accessibleName() == "First file: scan_restored.0000.dpx"
    needed = page._outlook.needed
    row = page.format.rows["tiff"]
    qtbot.mouseClick(row, LEFT, pos=QPoint(row.width() // 2, row.height() // 2))
    assert settings_of(session) == ("dpx", "tiff")
    qtbot.waitUntil(lambda: page._outlook.needed > needed, timeout=WAIT)
    for form in ("dpx", "tiff"):
        qtbot.mouseClick(page.format.rows[form].check, LEFT, pos=QPoint(8, 8))
    assert settings_of(session) == () and not button.isEnabled()
    assert window.frame.footer.sentence.text() == "Choose at least one format to go on"
    session.undo()
    assert settings_of(session) == ("tiff",)
    qtbot.waitUntil(button.isEnabled, timeout=WAIT)


def test_viewing_copies_may_have_the_frame_burnt_in(qtbot: QtBot, window: Window, session: Session) -> None:
    page = page_of(window)
    assert not page.format.burn_in.isVisible() and not page.format.whole.isVisible()      # no viewing copy is chosen, and no range
    row = page.format.rows["h265"]
    qtbot.mouseClick(row, LEFT, pos=QPoint(row.width() // 2, row.height() // 2))
    assert page.format.burn_in.isVisible() and session.project and not session.project.settings.burn_in
    qtbot.mouseClick(page.format.burn_in, LEFT, pos=QPoint(8, 8))
    assert session.project.settings.burn_in and page.format.burn_in.isChecked()


def test_a_space_of_the_archive_s_own_config_is_chosen(
        qtbot: QtBot, window: Window, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, config = page_of(window), tmp_path / "archive.ocio"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(config), ""))
    choice = page.format.encoding

    def pick(text: str) -> None:
        choice.setFocus()
        choice.setCurrentIndex(choice.findText(text, Qt.MatchFlag.MatchStartsWith))
        choice.activated.emit(choice.currentIndex())

    config.write_text("no config")
    pick("A space of your own OpenColorIO config")
    qtbot.waitUntil(lambda: session.trouble is not None, timeout=WAIT)
    assert choice.key == "same" and session.project and session.project.settings.colours is None
    config.write_text(Config.CreateFromFile("ocio://cg-config-v2.1.0_aces-v1.3_ocio-v2.3").serialize())
    pick("A space of your own OpenColorIO config")
    qtbot.waitUntil(lambda: choice.findText("ACEScct (archive)") >= 0, timeout=WAIT)
    assert choice.key == "same"                         # nothing is changed by choosing the config alone
    pick("ACEScct (archive)")
    assert session.project.settings.encoding == "ACEScct" and session.project.settings.colours
    qtbot.waitUntil(lambda: page._outlook.encoding.startswith("ACEScct of"), timeout=WAIT)
    assert choice.currentText() == "ACEScct (archive)" and window.frame.footer.next.isEnabled()
    pick("Cineon log")
    assert session.project.settings.encoding == "cineon" and session.project.settings.colours is None
    qtbot.waitUntil(lambda: choice.findText("(archive)", Qt.MatchFlag.MatchContains) < 0, timeout=WAIT)


def test_of_a_range_the_whole_length_can_be_passed_on(qtbot: QtBot, window: Window, session: Session) -> None:
    page = page_of(window)
    session.read_otherwise("scan", span=(1, 2))
    qtbot.waitUntil(lambda: (found := session.films.source("scan")) is not None and len(found) == 2, timeout=WAIT)
    qtbot.waitUntil(lambda: page.format.whole.isVisible() and len(page._outlook.names) == 2, timeout=WAIT)
    qtbot.mouseClick(page.format.whole, LEFT, pos=QPoint(8, 8))
    assert session.project and session.project.settings.whole
    qtbot.waitUntil(lambda: len(page._outlook.names) == FRAMES, timeout=WAIT)
    assert window.frame.footer.next.text() == f"Export {FRAMES} frames"


def test_a_source_s_own_folder_is_refused_and_another_one_cures_it(
        qtbot: QtBot, window: Window, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, button = page_of(window), window.frame.footer.next
    chosen = [tmp_path / "film" / "scan"]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(chosen[0]))
    qtbot.mouseClick(page.where.button, LEFT)
    qtbot.waitUntil(lambda: not button.isEnabled(), timeout=WAIT)
    assert "folder of the scan" in window.frame.footer.sentence.text()
    chosen[0] = tmp_path / "elsewhere"
    qtbot.mouseClick(page.where.button, LEFT)
    qtbot.waitUntil(button.isEnabled, timeout=WAIT)
    assert session.project and session.project.results_folder == chosen[0] and page.where.path.text() == str(chosen[0])


def test_the_range_leads_to_media_and_fixed_things_say_why(qtbot: QtBot, window: Window) -> None:
    page = page_of(window)
    assert page.format.extent.accessibleDescription() and not page.format.checks[0].isEnabled()
    assert page.format.range.text() == f"In to out: 0 – {FRAMES - 1}" and page.format.names.text() == "scan_restored.[frame].dpx"
    qtbot.mouseClick(page.format.change, LEFT)
    assert window.frame.page.key == "media"


def test_an_export_that_runs_is_fixed_and_what_it_leaves_is_shown(
        qtbot: QtBot, window: Window, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, opened = page_of(window), []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    qtbot.mouseClick(window.frame.footer.next, LEFT)
    assert page.state() == "running" and not window.frame.footer.next.isEnabled()
    assert not page.format.rows["png"].check.isEnabled() and not page.where.button.isEnabled() and page.progress.isVisible()
    qtbot.waitUntil(lambda: session.trouble is not None or page.state() == "done", timeout=WAIT)
    assert session.trouble is None
    qtbot.waitUntil(lambda: page.progress.rows._rows[0].accessibleName().startswith(f"DPX, 10 bit, {FRAMES} files: "), timeout=WAIT)
    assert f"Luma certificate: Exact on {FRAMES} of {FRAMES} frames" in [row.accessibleName() for row in page.progress.rows._rows]
    folder = tmp_path / "film"
    with open_source(folder / "scan_restored_dpx") as made, open_source(folder / "scan") as scan:
        assert len(made) == FRAMES and made.info.format == "dpx" and made.read(5).shape == scan.read(5).shape
    assert window.frame.footer.next.text() == "Open the folder"
    qtbot.mouseClick(window.frame.footer.next, LEFT)
    qtbot.mouseClick(page.progress.report, LEFT)
    assert opened == [folder, folder / "scan_restored.report.html"] and opened[1].is_file()
    qtbot.mouseClick(page.format.rows["png"].check, LEFT, pos=QPoint(8, 8))
    assert page.state() == "before" and window.frame.banner.isVisible()


def test_a_movie_that_cannot_hold_the_sound_is_said_to_be_silent(qtbot: QtBot, window: Window) -> None:
    page, movies = page_of(window), Written(FRAMES, FRAMES, bytes={"prores422hq": 9, "ffv1": 9})
    for note, told in (("flac of film.mkv, copied bit for bit", "copied bit for bit"), ("silent: the scan has none", "none"),
                       ("flac of film.mkv, copied bit for bit; .mov and .mp4 files cannot hold it and are silent, a WAV file named with "
                        "--sound would be heard", "copied bit for bit; .mov, .mp4 files are silent")):
        page.progress.show_done(movies, {"frames": FRAMES, "sound": note}, 10, "colour-reference")
        assert f"Sound: {told}" in [row.accessibleName() for row in page.progress.rows._rows]


def test_what_a_codec_takes_is_told_apart_from_what_the_files_hold(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    page, path = page_of(window), tmp_path / "frames.jsonl"
    entry = {"dpx": {"max": 0.75}, "prores422hq": {"max": 0.5, "codec": {"max": 3.0, "mean": 1.0}}}
    rows = [{"export": "now", "index": k, "frame": f"{k:04}", "written": {form: f | ({"codec": {"max": 3.0 + k}} if "codec" in f else {})
                                                                         for form, f in entry.items()}} for k in range(2)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = Record(path).look(("dpx", "prores422hq"), False)
    files = "In the files luma differs from the scan's by at most 0.75 code values, which is their rounding."
    codec = "ProRes 422 HQ: luma differs by at most 0.50 code values before the codec. The codec itself changes it by up to 4.00."
    page.progress.show_going(found, 3, "accent", "", "colour-reference")
    assert page.progress.rows.toolTip() == f"{files} {codec}"
    del found.luma["dpx"]
    page.progress.show_done(found, {"frames": 2, "luma": {"max": 0.5, "formats": found.luma}}, 10, "colour-reference")
    assert page.progress.rows.toolTip() == codec
    assert export_promise.rounding("combined", {"ffv1": {"max": 0.0}, "h264": {"max": 0.5, "codec": {}}}) == (
        "H.264 viewing copy: luma differs by at most 0.50 code values before the codec.")


def test_a_full_disk_shows_what_is_there_and_goes_on_elsewhere(
        qtbot: QtBot, window: Window, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, begun = page_of(window), []
    monkeypatch.setattr(session.worker, "start", lambda folder, until: begun.append(until))
    medium = session.medium("scan")
    assert medium
    (tmp_path / "film" / "scan_restored.frames.jsonl").write_text(ledger(5, medium=medium.place.fingerprint))
    session.worker._timer.stop()
    session.worker.status = WorkStatus("error", "export", "export", done=5, total=FRAMES, note="restoring", kind="DiskFull",
                                       error="frame 0005: the disk is full")
    session._work_ended()
    qtbot.waitUntil(lambda: page._written.frames == 5 and window.frame.footer.next.text() == "Resume at 5", timeout=WAIT)
    rows = [row.accessibleName() for row in page.progress.rows._rows]
    assert rows[:2] == ["Written and checked: 5 frames", "Not written yet: 7 frames"] and "Half-written frame 5: removed" in rows
    assert not page.format.rows["dpx"].check.isEnabled() and page.where.button.isEnabled()
    qtbot.mouseClick(page.format.unfix, LEFT)
    assert page.format.rows["dpx"].check.isEnabled()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "other"))
    assert page.act("folder") and begun == ["export"]
    assert session.project and session.project.results_folder == tmp_path / "other" and session.trouble is None


def test_the_record_is_read_on_and_knows_whose_lines_are_whose(tmp_path: Path) -> None:
    file = tmp_path / "film_restored.frames.jsonl"
    file.write_text(ledger(3, "old"))
    record = Record(file)
    assert record.look(("dpx",), whole=False).frames == 3
    with file.open("a") as appended:
        appended.write(ledger(2, "new") + '{"export": "ne')
    assert record.look(("dpx",), whole=False).frames == 2 and record.look(("dpx", "tiff"), whole=False).frames == 0
    again = tmp_path / "again"
    again.write_text(ledger(4, "new") + ledger(3, "old"))
    again.replace(file)
    found = record.look(("dpx",), whole=True)
    assert (found.frames, found.missing, found.last, found.bytes) == (4, 4, "0003", {"dpx": 400})


def test_what_is_delivered_beside_the_files_is_chosen(qtbot: QtBot, window: Window, session: Session) -> None:
    page = page_of(window)
    part = page.format.package
    assert session.project
    part.bag.click()
    assert session.project.settings.package == "bagit"
    assert not part.count.isVisibleTo(part)
    part.side_by_side.click()
    assert session.project.settings.compare == 2 and part.count.isVisibleTo(part)
    assert [part.count.itemText(n) for n in range(3)] == ["Scan, restored", "Scan, restored, reference", "Scan, LUT, restored, reference"]
    part.count.choose("4")
    part.count.picked.emit("4")
    assert session.project.settings.compare == 4
    session.undo()
    assert session.project.settings.compare == 2 and part.count.key == "2"


def test_the_source_type_is_proposed_and_holds_once_it_is_confirmed(qtbot: QtBot, window: Window, session: Session) -> None:
    source = page_of(window).format.package.source
    assert session.project and session.project.settings.source_type == ""
    assert source.choice.key == "algorithmicallyEnhanced" and source.choice.guessed and source.tag.isVisibleTo(source)
    assert "once you confirm it" in source.words.text()
    source.confirm.click()
    assert session.project.settings.source_type == "algorithmicallyEnhanced"
    assert not source.choice.guessed and not source.confirm.isVisibleTo(source) and "once" not in source.words.text()
    source.choice.choose("humanEdits")
    source.choice.picked.emit("humanEdits")
    assert session.project.settings.source_type == "humanEdits" and source.words.text().startswith("Corrected or enhanced by people")


def test_the_report_speaks_the_language_of_the_window(qtbot: QtBot, window: Window, session: Session, tmp_path: Path) -> None:
    from wizard.words import use_language

    use_language("es")
    page_of(window).export()
    assert session.project and session.project.settings.language == "es"
    qtbot.waitUntil(lambda: session.trouble is not None or page_of(window).state() == "done", timeout=WAIT)
    assert session.trouble is None
    assert "restaurado" in (tmp_path / "film" / "scan_restored.report.html").read_text(encoding="utf-8")
    assert (tmp_path / "film" / "scan_restored.report.pdf").is_file()
