"""The Review page on a little trained film, with the real show process: pictures, probe, flags, the table, and that no process stays."""
from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent

from engine.recoveries.perform import run_steps
from engine.run import Run
from tests.engine.finished import FRAMES, opened, trained
from wizard import shower
from wizard.session import Session
from wizard.shower import NotShown, Shower
from wizard.steps.review import ReviewPage
from wizard.steps.review_colour import COLUMNS, ERROR, LUMA, LUT, STABILITY, VERDICT, tone, words
from wizard.steps.review_table import ShotTable

PATIENCE = 30_000


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = trained(tmp_path_factory.mktemp("film"), held_out=(3, 9))
    with opened(project) as work:
        run_steps(work, Run(), "review")
    return project.folder


class Lasting(Shower):
    """One process for all tests: beginning one takes seconds."""

    def set_project(self, folder: Path | None) -> None:
        if folder is not None:
            super().set_project(folder)


@pytest.fixture(scope="module")
def lasting() -> Iterator[Shower]:
    made = Lasting()
    yield made
    made.close()


@pytest.fixture
def page(session: Session, film: Path, lasting: Shower, qtbot: Any) -> ReviewPage:
    session.shower = lasting
    session.open(film)
    assert session.project
    session.project.save = lambda: None     # type: ignore[method-assign]
    made = ReviewPage(session)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(1130, 720)
    made.entered()
    made.show()
    qtbot.waitUntil(lambda: bool(made.table.shots.rows) and session.films.has("result"), timeout=PATIENCE)
    return made


def key(which: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, which, Qt.KeyboardModifier.NoModifier)


def test_scan_and_result_scopes_and_probe(page: ReviewPage, session: Session, qtbot: Any) -> None:
    page.go(4)
    qtbot.waitUntil(lambda: page.scopes.wave._trace is not None and page.scopes.vector._trace is not None, timeout=PATIENCE)
    compared = page.viewer.view.compared
    assert compared.first and compared.second and (compared.first.label, compared.second.label) == ("Scan", "Result")
    assert compared.second.pixels is None and not session.worker.busy
    assert page.handle_key(key(Qt.Key.Key_P))
    qtbot.waitUntil(lambda: compared.second is not None and compared.second.pixels is not None, timeout=PATIENCE)
    page.viewer.view.set_mode("second")
    codes, shown = compared.second.pixels, compared.second.image
    assert codes is not None and codes.shape == shown.shape and np.ptp(codes) > 0.1
    assert " R " in str(page.viewer.view.probed())


def test_result_pictures_are_kept_for_the_next_session(page: ReviewPage, session: Session, film: Path, qtbot: Any,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    page.go(7)
    qtbot.waitUntil(lambda: session.films.there("result", 7) is not None, timeout=PATIENCE)
    again = Session()
    monkeypatch.setattr(again.shower, "_running", lambda: pytest.fail("made again"))
    again.open(film)
    qtbot.waitUntil(lambda: again.films.has("scan"), timeout=PATIENCE)
    again.show_result()
    again.films.picture("result", 7)
    qtbot.waitUntil(lambda: again.films.there("result", 7) is not None, timeout=PATIENCE)
    again.close()


def test_a_flagged_frame_becomes_a_pair(page: ReviewPage, session: Session, qtbot: Any) -> None:
    assert session.project
    page.go(3)
    assert not page.viewer.pair.isVisible()
    page.table.setFocus()
    assert page.handle_key(key(Qt.Key.Key_F))
    assert session.project.flags == (3,) and page.viewer.flag.isChecked() and page.viewer.flag.text() == "Flagged"
    with qtbot.waitSignal(page.wants) as wanted:
        qtbot.mouseClick(page.viewer.pair, Qt.MouseButton.LeftButton)
    assert wanted.args == ["frames"] and session.project.flags == ()
    assert session.project.settings.pairs == (0, 2, 3, 4, 6, 8, 10) and session.project.settings.held_out == (9,)
    session.undo()
    assert session.project.flags == (3,) and session.project.settings.held_out == (3, 9)
    page.go(4)
    page.flag(4)
    assert not page.viewer.pair.isVisible() and "already" in page.viewer.view._notes[0][0]


def test_the_table_leads_to_the_worst_frame_of_a_shot(page: ReviewPage, qtbot: Any) -> None:
    rows = page.table.shots.rows
    assert len(rows) == 2 and page.note().startswith("Run 1 of 1")
    page.go(rows[0]["first"])
    assert page.table.currentIndex().row() == 0
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.index == rows[1]["worst"] and page.table.currentIndex().row() == 1
    page.go(rows[1]["last"] if rows[1]["worst"] != rows[1]["last"] else rows[1]["first"])
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.index == rows[1]["worst"]
    first = page.table.visualRect(page.table.shots.index(0, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert page.index == rows[0]["worst"]


def test_shots_are_measured_by_themselves_unless_that_was_stopped(page: ReviewPage, session: Session, monkeypatch: Any) -> None:
    known, started = session.known(), list[str]()
    monkeypatch.setattr(session, "start", started.append)
    page.entered()
    assert not started
    anew = replace(known, standing={**(known.standing or {}), "review": "open"})
    for left_alone in (replace(anew, paused="review"), replace(anew, missing=True), replace(anew, stopped=("review", ""))):
        monkeypatch.setattr(session, "known", lambda found=left_alone: found)
        page.entered()
    assert not started
    monkeypatch.setattr(session, "known", lambda: anew)
    page.entered()
    assert started == ["review"]


def test_exposure_is_for_viewing_only_and_is_put_back(page: ReviewPage, session: Session, qtbot: Any) -> None:
    page.go(4)
    qtbot.waitUntil(lambda: session.films.there("result", 4) is not None, timeout=PATIENCE)
    view, tones = page.viewer.view, page.viewer.tones
    qtbot.waitUntil(lambda: view.compared.second is not None, timeout=PATIENCE)
    before = float(view.compared.second.image.mean())
    qtbot.mouseClick(page.viewer.tone, Qt.MouseButton.LeftButton)
    assert tones.isVisible()
    qtbot.keyClick(tones.exposure, Qt.Key.Key_PageUp)
    assert float(view.compared.second.image.mean()) > before and "0.5 stops" in str(view._notes)
    qtbot.mouseClick(tones.put_back, Qt.MouseButton.LeftButton)
    assert float(view.compared.second.image.mean()) == before
    assert view._notes == [("Colour here: 100 % from the reference", "bottom-left")]
    qtbot.keyClick(tones.exposure, Qt.Key.Key_Escape)
    assert not tones.isVisible()


def test_playing_shows_pairs_and_leaves_out_what_is_late(page: ReviewPage, session: Session, qtbot: Any) -> None:
    page.go(0)
    for index in (0, 5, FRAMES - 1):
        session.films.picture("result", index)
        session.films.picture("scan", index)
    qtbot.waitUntil(lambda: all(session.films.there(role, k) is not None for role in ("scan", "result") for k in (0, 5, FRAMES - 1)),
                    timeout=PATIENCE)
    pairing = page.viewer.pairing
    assert page.handle_key(key(Qt.Key.Key_Space)) and page.viewer.transport.playing
    page.go(5)
    assert [pairing._put[side][1] for side in (0, 1)] == [5, 5]
    qtbot.waitUntil(lambda: not page.viewer.transport.playing and page.index == FRAMES - 1, timeout=PATIENCE)
    assert [pairing._put[side][1] for side in (0, 1)] == [FRAMES - 1] * 2


def test_a_thousand_shots_and_their_words(qtbot: Any) -> None:
    shot: dict[str, Any] = {
        "shot": "shot 16", "first": 0, "last": 70, "frames": 71, "dE00": 4.1, "lut_dE00": 4.02, "measured": "held out", "worst": 9,
        "stability": {"flicker": 3}, "luma": {"exact": 70, "frames": 71}}
    said = words(shot)
    assert said[STABILITY:] == ("slight flicker, 3 frames", "Exact on 70 of 71 frames", "a LUT is as good here")
    assert (tone(shot, ERROR), tone(shot, STABILITY), tone(shot, LUMA)) == ("warn", "warn", "err")
    part = words(shot | {"lut_dE00": 6.0, "stability": None, "luma": {"exact": 24, "frames": 24}})
    assert part[LUT:] == ("6.00", "too short to tell", "Exact on 24 of 24 looked at", "")
    table = ShotTable()
    qtbot.addWidget(table)
    table.resize(860, 200)
    table.set_rows([shot | {"shot": f"shot {k}", "first": 71 * k, "last": 71 * k + 70} for k in range(1000)])
    table.show()
    table.at(71 * 900 + 3)
    assert table.currentIndex().row() == 900
    assert sum(table.columnWidth(k) for k in range(COLUMNS)) <= table.viewport().width() and table.columnWidth(VERDICT) > 60


def test_the_show_process_comes_back_once_and_ends_with_the_session(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[subprocess.Popen[str]] = []
    popen = subprocess.Popen

    def begin(*args: Any, **kwargs: Any) -> subprocess.Popen[str]:
        begun.append(popen(*args, **kwargs))
        return begun[-1]

    monkeypatch.setattr(shower.subprocess, "Popen", begin)
    made = Shower()
    with pytest.raises(NotShown):
        made.result(0, 40)
    made.set_project(film)
    with pytest.raises(NotShown) as refused:
        made.result(FRAMES + 1, 40)
    assert refused.value.kind == "UsageError"
    begun[0].kill()
    begun[0].wait(20)
    assert made.result(2, 40).shape[1] == 40 and len(begun) == 2
    made.close()
    assert begun[1].wait(20) == 0
