"""The frame picker: what is covered and suggested, and picking, holding out and confirming by mouse and keys."""
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QEvent, QPoint, Qt
from PyQt6.QtGui import QKeyEvent

from engine.align.alignment import Alignment, FrameMatch
from engine.pairs.colours import NAMED
from engine.pairs.looks import Looks
from engine.recoveries.perform import run_steps
from engine.run import Run
from tests.engine.finished import opened, trained
from wizard.roles import make_roles
from wizard.session import Session
from wizard.steps.frames import FramesPage
from wizard.steps.frames_choice import Choice, colour_word, ground_of, listing
from wizard.steps.frames_words import coverage_words, ready, reason

SHOTS = ["shot 1"] * 20 + ["shot 2"] * 20 + ["shot 3"] * 10


def choice(train: tuple[int, ...], held_out: tuple[int, ...] = (), **more: Any) -> Choice:
    """Three shots: every candidate of a shot stands for its shot; the second is sky blue, the third has no partner."""
    frames = np.arange(0, 40, 2)
    vectors = np.where(frames[:, None] < 20, [[0.0, 0.0]], [[1.0, 0.0]])
    colours = np.zeros((20, len(NAMED)), np.float32)
    colours[10:, list(NAMED).index("sky blue")] = 0.4
    looks = Looks(frames, np.array([SHOTS[f] for f in frames]), vectors, np.ones(20), np.full(20, 2.0), colours)
    matches = tuple(FrameMatch(i, i if i < 40 else None, 0.9, np.eye(3), 0.1) for i in range(50))
    alignment = Alignment(matches, ((0, 20), (20, 40), (40, 50)), (0, 0, 10, 10), (10, 10), 25)     # type: ignore[arg-type]
    suggestions = {"shots": SHOTS, "reasons": {"4": {"shot": "shot 1", "covers": 12, "of": 20, "colour": "dark green"}}}
    return Choice(ground_of(suggestions, alignment, (6,), looks), train, held_out, **more)


def test_what_is_covered_and_what_would_cover_more_in_words() -> None:
    made = choice((4,), (8,))
    found = listing(made, "shot", str)
    assert (found.covered, found.open) == ([(0, 20)], [(20, 40)])
    assert coverage_words(found, str) == ("Not covered yet: 1 stretch, 20 frames. "
                                          "The next suggestion, 20, would cover 1 shot and 20 frames (sky blue).")
    assert ready(made) == "Ready: 1 pair covers 50 % of the film's colours"
    assert coverage_words(listing(choice((4, 20)), "shot", str), str) == "The picked pairs cover the whole film."
    assert [(group.title, group.right_note) for group in found.groups] == [
        ("Shot 1", ""), ("Shot 2", "nothing picked here yet"), ("Shot 3", "not in the reference")]
    states = {cell.index: cell.state for group in found.groups for cell in group.cells}
    assert {4: "picked", 8: "held", 20: "suggested", 40: "doubtful"}.items() <= states.items()


def test_each_frame_says_why_it_is_there() -> None:
    made = choice((4,), helps={30: 6.2}, flagged=frozenset({2}))
    assert made.suggested == (2, 30, 20)
    assert reason(made, 4) == ("Why it is suggested", "Covers dark green: 12 of 20 frames of Shot 1.")
    assert reason(made, 30) == ("Why it is suggested", "The result is 6.2 off here.")
    assert reason(made, 2) == ("Why it is suggested", "Flagged in Review.")
    assert reason(made, 20) == ("Why it is suggested", "Covers sky blue: 1 shot, 20 frames that no picked pair is like.")
    assert reason(made, 12) == ("What it adds", "Picked pairs cover it already.")
    assert reason(made, 6)[0] == "Doubtful"
    assert reason(made, 45) == ("No pair can be made of it", "The reference does not have this frame.")
    assert all(colour_word(name) == name for name in NAMED)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trained project with suggestions, as after Align."""
    project = trained(tmp_path_factory.mktemp("film"), pairs="auto")
    with opened(project) as work:
        run_steps(work, Run(), "choose")
    return project.folder


@pytest.fixture
def page(session: Session, film: Path, qtbot: Any) -> FramesPage:
    session.open(film)
    assert session.project
    session.project.save = lambda: None     # type: ignore[method-assign]
    make_roles(session)
    made = FramesPage(session)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(1130, 720)
    made.entered()
    made.show()
    qtbot.waitUntil(lambda: made.shown is not None and session.films.has("target"), timeout=10_000)
    return made


def settled(page: FramesPage, qtbot: Any) -> None:
    """What is shown is of what is chosen."""
    qtbot.waitUntil(lambda: page.shown is not None and set(page.shown.choice.train) == set(page.session.made.train)
                    and set(page.shown.choice.held_out) == set(page.session.made.held_out), timeout=5_000)


def test_the_first_change_keeps_the_suggestions_and_can_be_taken_back(page: FramesPage, session: Session, qtbot: Any) -> None:
    assert session.project
    train, held = session.made.train, session.made.held_out
    assert session.project.settings.pairs == "auto" and train and held
    corner = page.strip.cell_area(train[0]).topLeft()
    qtbot.mouseClick(page.strip.viewport(), Qt.MouseButton.LeftButton, pos=corner + QPoint(12, 12))
    assert session.project.settings.pairs == train[1:] and session.project.settings.held_out == held
    settled(page, qtbot)
    assert page.strip.index == train[0] and page.pair.use.text() == "Use for training"
    qtbot.keyClick(page.strip, Qt.Key.Key_H)
    assert session.project.settings.held_out == tuple(sorted((*held, train[0])))
    settled(page, qtbot)
    session.undo()
    session.undo()
    assert session.project.settings.pairs == "auto" and session.project.settings.held_out is None
    settled(page, qtbot)
    assert page.note().startswith("Ready: ")


def test_the_pair_fills_the_page_and_leaves_it(page: FramesPage, session: Session, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: len(page.pair.rows._rows) == 3, timeout=5_000)
    page.strip.setFocus()
    qtbot.keyClick(page.strip, Qt.Key.Key_Return)
    assert not page.strip.isVisible()
    qtbot.waitUntil(lambda: page.pair.width() > 1000)
    frame = page.pair.index
    assert page.handle_key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier))
    assert page.pair.index > frame
    qtbot.mouseClick(page.pair.back, Qt.MouseButton.LeftButton)
    assert page.strip.isVisible() and page.strip.index == page.pair.index
    assert not page.handle_key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))


def test_a_doubtful_frame_is_picked_once_it_is_confirmed(page: FramesPage, session: Session, qtbot: Any) -> None:
    assert session.project and session.made.alignment
    frame = session.made.train[0]
    page.toggle(frame)
    found = session.made.alignment
    found.frames[frame].__dict__["residual_px"] = 2.3
    session.made._doubtful_of = None
    page.refresh()
    qtbot.waitUntil(lambda: page.shown is not None and frame in page.shown.choice.ground.doubtful, timeout=5_000)
    page.toggle(frame)
    assert frame not in session.made.train
    page._go(frame)
    assert page.pair.fits.isVisible() and not page.pair.use.isVisible()
    qtbot.mouseClick(page.pair.fits, Qt.MouseButton.LeftButton)
    assert frame in session.made.train and session.project.trusted == (frame,)
    settled(page, qtbot)
    session.undo()
    assert frame not in session.made.train and session.project.trusted == ()
