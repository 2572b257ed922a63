"""The Align page: it begins by itself, follows one frame everywhere, and takes corrections by mouse and keys."""
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent

from engine.align.alignment import Alignment, FrameMatch
from engine.jobs import WorkStatus
from engine.project import load
from wizard.roles import make_roles
from wizard.session import Session
from wizard.steps.align import AlignPage
from wizard.steps.doubts import doubts, doubts_so_far, verdict


def alignment(misfit: list[float | None], cuts: tuple[int, ...] = ()) -> Alignment:
    """Frames in order on frames 3 later; None is a frame without a partner."""
    frames = tuple(FrameMatch(i, None if m is None else i + 3, 0.0 if m is None else 0.9, np.eye(3), m or 0.0)
                   for i, m in enumerate(misfit))
    edges = [0, *cuts, len(misfit)]
    return Alignment(frames, tuple(pairwise(edges)), (20, 10, 480, 370), (720, 576), 25)


def test_doubts_are_runs_of_neighbours_with_a_reason() -> None:
    made = alignment([0.2, 1.4, 1.2, 0.2, None, 1.1, 0.2], cuts=(3,))
    found = doubts(made, (1, 2, 5))
    assert [(d.first, d.last, d.reason) for d in found] == [(1, 2, "at a cut, 1.4 px misfit"), (5, 5, "1.1 px misfit")]
    assert found[0].words(lambda i: str(86400 + i)) == ("86401 – 86402", "2 frames")


def test_doubts_so_far_are_those_of_the_frames_that_are_matched() -> None:
    rows = [[0, 3, 0.2, 0.9], [1, None, 0.8, 0.0], [2, 5, 1.3, 0.9], [3, 6, 0.2, 0.2]]
    assert [(d.first, d.last, d.reason) for d in doubts_so_far(rows)] == [(2, 3, "1.3 px misfit")]


def test_the_one_line_is_good_news_only_where_it_is() -> None:
    assert verdict(alignment([0.3] * 20), False) == ("Good: typically 0.30 px off, 100 % of frames under 1 px", "ok")
    assert verdict(alignment([0.3] * 5 + [2.0] * 5), False)[1] == "warn"
    assert verdict(alignment([None] * 3), False)[1] == "err"
    assert verdict(alignment([0.0] * 20), True) == ("Given as aligned: how well it fits was not measured", "warn")


@pytest.fixture
def page(session: Session, tmp_path: Path, sample_film: Any, qtbot: Any) -> AlignPage:
    session.create("Film", tmp_path)
    for role in ("scan", "reference"):
        session.choose(role, getattr(sample_film, role))
    qtbot.waitUntil(lambda: session.films.has("scan") and session.films.has("reference"), timeout=20_000)
    make_roles(session)
    made = AlignPage(session)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    session.changed.connect(made.refresh)
    assert session.project
    alignment([0.2] * 20 + [1.5] * 4 + [0.2] * 24).save(_folder(session) / "alignment.json")
    session.made.look()
    qtbot.waitUntil(lambda: session.made.alignment is not None, timeout=5_000)
    return made


def _folder(session: Session) -> Path:
    assert session.project
    folder = session.project.folder / "align"
    folder.mkdir(exist_ok=True)
    return folder


def test_it_does_not_begin_before_the_guessed_values_are_confirmed(
        session: Session, tmp_path: Path, sample_film: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(session.worker, "start", lambda folder, until: begun.append(until))
    session.create("Film", tmp_path)
    for role in ("scan", "reference"):
        session.choose(role, getattr(sample_film, role))
    qtbot.waitUntil(lambda: not session.opening, timeout=20_000)
    page = AlignPage(session)
    qtbot.addWidget(page)
    page.entered()
    assert begun == []
    session.confirm(*session.guessed())
    page.entered()
    assert begun == ["choose"]


def test_it_goes_on_only_when_asked_once_the_user_has_stopped_it(page: AlignPage, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(page.session.worker, "start", lambda folder, until: begun.append(until))
    page.session.confirm(*page.session.guessed())
    page.session.worker.status = WorkStatus("stopped", "choose", "align")
    page.entered()
    assert begun == []
    asked = page.primary()
    assert asked is not None and asked.enabled
    asked.act()
    assert begun == ["choose"]


def test_what_is_matched_so_far_is_shown_while_the_rest_is_not(page: AlignPage, qtbot: Any) -> None:
    page.session.made.alignment = None
    page.session.made.partial = [[i, i + 3, 1.5 if i in (7, 8) else 0.2, 0.9] for i in range(20)]
    page.session.changed.emit()
    assert page.map.timing.upto == 20 and page.map.timing.running
    assert page.doubts.title.text() == "Doubtful so far" and page.doubts.count.text() == "2"
    page.go(7)
    assert page.viewer.pairing.roles == ("scan", "reference") and page.viewer.pairing.second_index == 10


def test_one_frame_goes_through_map_pictures_and_list(page: AlignPage, qtbot: Any) -> None:
    assert page.index == 20                 # the first that is doubtful
    page.go(0)
    qtbot.keyClick(page.map, Qt.Key.Key_Right)
    assert (page.index, page.map.index, page.viewer.transport.index) == (1, 1, 1)
    page.setFocus()
    assert page.handle_key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier))
    assert (page.index, page.map.index, page.viewer.transport.index) == (20, 20, 20)
    qtbot.keyClick(page.viewer.transport, Qt.Key.Key_Left)
    assert page.index == 19 and page.doubts.list.row == -1
    qtbot.keyClick(page.doubts.list, Qt.Key.Key_Down)
    assert page.index == 20
    page.go(22)
    qtbot.keyClick(page.doubts.list, Qt.Key.Key_Return)
    assert page.index == 20


def test_keys_of_the_viewer_work_wherever_the_focus_is(page: AlignPage, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: page.viewer.pairing.fresh(0) and page.viewer.pairing.fresh(1), timeout=10_000)
    assert page.handle_key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_D, Qt.KeyboardModifier.NoModifier))
    assert page.viewer.view.mode == page.viewer.modes.key == "difference"


def test_the_list_gives_up_the_balance_where_it_is_low_and_controls_stay(page: AlignPage, qtbot: Any) -> None:
    page.resize(1150, 520)
    qtbot.waitUntil(lambda: page.side.tabs.isVisible() and not page.balance.isVisible())
    qtbot.mouseClick(page.side.tabs.cell("balance"), Qt.MouseButton.LeftButton)
    assert page.balance.isVisible() and not page.doubts.isVisible()
    page.resize(1150, 1000)
    qtbot.waitUntil(lambda: page.balance.isVisible() and page.doubts.isVisible() and not page.side.tabs.isVisible())


def test_doubtful_frames_are_used_once_the_user_says_they_fit(page: AlignPage, qtbot: Any) -> None:
    assert page.session.made.doubtful == (20, 21, 22, 23)
    page.go(21)
    qtbot.mouseClick(page.doubts.fits, Qt.MouseButton.LeftButton)
    assert page.session.made.doubtful == ()
    assert page.session.project and load(page.session.project.folder).trusted == (20, 21, 22, 23)
    page.session.undo()
    assert page.session.made.doubtful == (20, 21, 22, 23)


def test_a_sync_point_is_set_by_stepping_the_reference_and_removed_again(page: AlignPage, qtbot: Any) -> None:
    page.go(10)
    qtbot.mouseClick(page.doubts.sync_here, Qt.MouseButton.LeftButton)
    assert page.viewer.syncing and page.viewer.other.index == 13
    qtbot.keyClick(page.viewer.other, Qt.Key.Key_Right)
    qtbot.mouseClick(page.viewer.sync_set, Qt.MouseButton.LeftButton)
    assert page.session.project and page.session.project.settings.sync == ((10, 14),) and not page.viewer.syncing
    assert page.doubts.list.row == 0 and page.doubts.drop.isVisible()
    qtbot.mouseClick(page.doubts.drop, Qt.MouseButton.LeftButton)
    assert page.session.project.settings.sync == ()


def test_corners_are_nudged_by_a_quarter_of_a_pixel_and_put_back(page: AlignPage, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: page.viewer.pairing._shots.get(0) is not None, timeout=10_000)
    qtbot.mouseClick(page.viewer.corners, Qt.MouseButton.LeftButton)
    view = page.viewer.view
    view.setFocus()
    view.focusNextPrevChild(True)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert page.session.project and page.session.project.settings.corners[0] == (0.25, 0.0)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.session.project.settings.corners[0] == (0.25, 1.0)
    qtbot.mouseClick(page.viewer.put_back, Qt.MouseButton.LeftButton)
    assert page.session.project.settings.corners == ()
