"""The damage of a print on the Frames page: seen in red, painted on with the mouse, taken back, and kept on the disk."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QKeyEvent, QWheelEvent
from PyQt6.QtWidgets import QApplication

from engine.detail.edits import Edit, load_edit, path_of
from engine.media.source import FrameSource
from engine.recoveries.inputs import standing
from engine.recoveries.perform import run_steps
from engine.run import Run
from tests.engine.finished import opened
from tests.engine.recoveries.eaten_film import FRAMES, eaten_project, mould
from wizard.roles import make_roles
from wizard.session import Session
from wizard.steps.frames import FramesPage

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
PLACE = (0.15, 0.3)         # where the print is whole


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its damage found and pairs suggested, as after Align."""
    project = eaten_project(tmp_path_factory.mktemp("eaten"))
    with opened(project) as work:
        run_steps(work, Run(), "choose")
    return project.folder


class Painter:
    """At the Frames page, with the mouse on the picture."""

    def __init__(self, qtbot: Any, session: Session, folder: Path) -> None:
        self.qtbot, self.session, self.folder = qtbot, session, folder
        session.open(folder)
        make_roles(session)
        self.page = FramesPage(session)
        qtbot.addWidget(self.page)
        session.changed.connect(self.page.refresh)
        self.page.resize(1130, 720)
        self.page.entered()
        self.page.show()
        self.until(lambda: self.page.shown is not None and session.films.has("damage"))
        self.painting, self.view = self.page.pair.painting, self.page.pair.view

    def until(self, done: Any) -> None:
        self.qtbot.waitUntil(lambda: bool(done()), timeout=20_000)

    def turn(self, what: str) -> None:
        self.qtbot.mouseClick(self.painting.tools.what.cell(what), LEFT)

    def damage(self) -> None:
        """Show the damage map, until it is there."""
        self.turn("damage")
        self.until(lambda: self.view.tool and self.page.pair.pairing.fresh(0))

    def at(self, place: tuple[float, float]) -> QPoint:
        shot = self.view.compared.shot
        assert shot is not None
        return self.view.on_screen((place[0] * shot.size[0], place[1] * shot.size[1])).toPoint()

    def strike(self, *places: tuple[float, float]) -> None:
        self.qtbot.mousePress(self.view, LEFT, pos=self.at(places[0]))
        for place in places[1:]:
            self.qtbot.mouseMove(self.view, self.at(place))
        self.qtbot.mouseRelease(self.view, LEFT, pos=self.at(places[-1]))

    def draw(self, *places: tuple[float, float]) -> None:
        """A stroke, until the picture shows it."""
        self.strike(*places)
        self.settle()

    def settle(self) -> None:
        self.until(lambda: self.page.pair.pairing.fresh(0) and not self.view.marks)

    def red(self, place: tuple[float, float]) -> bool:
        """Whether the picture is red there."""
        shot = self.view.compared.first
        assert shot is not None
        high, wide = shot.image.shape[:2]
        r, g, b = (int(value) for value in shot.image[int(place[1] * high), int(place[0] * wide)])
        return r > g + 60 and r > b + 60

    @property
    def kept(self) -> Edit:
        return self.kept_of(self.page.pair.index)

    def kept_of(self, index: int) -> Edit:
        return load_edit(self.folder, self.scan, index)

    @property
    def scan(self) -> FrameSource:
        scan = self.session.films.source("scan")
        assert scan is not None
        return scan


@pytest.fixture
def painter(qtbot: Any, session: Session, film: Path) -> Iterator[Painter]:
    made = Painter(qtbot, session, film)
    yield made
    for index in range(FRAMES):
        path_of(film, made.scan.name(index)).unlink(missing_ok=True)


def test_damage_is_red_on_the_print_and_the_pair_comes_back(painter: Painter) -> None:
    assert painter.painting.tools.isVisible() and not painter.painting.tools.brush.isVisible() and painter.view.tool == ""
    assert painter.page.pair.pairing.roles == ("scan", "laid")
    painter.damage()
    eaten = mould(painter.page.pair.index)
    y, x = (int(v) for v in np.argwhere(eaten & np.roll(eaten, 2, 0) & np.roll(eaten, -2, 0))[0])
    assert painter.red(((x + 0.5) / 160, (y + 0.5) / 120)) and not painter.red(PLACE)
    assert painter.view.compared.second is None
    painter.turn("pair")
    assert painter.page.pair.pairing.roles == ("scan", "laid") and painter.view.tool == "" and not painter.painting.tools.brush.isVisible()


def test_strokes_are_seen_kept_at_once_and_put_the_pairs_out_of_date(painter: Painter, film: Path) -> None:
    painter.damage()
    before = standing(painter.session.project)
    painter.strike(PLACE, (0.2, 0.3))
    assert len(painter.kept.strokes) == 1 and painter.kept.strokes[0].damaged
    assert painter.kept.strokes[0].size == pytest.approx(painter.view.size_of_brush)
    assert painter.kept.strokes[0].points[0][:2] == pytest.approx(PLACE, abs=0.01)
    painter.settle()
    assert painter.red(PLACE) and painter.session.made.standing["choose"] == before["choose"] == "done"
    painter.qtbot.mouseClick(painter.painting.tools.brush.cell("sound"), LEFT)
    painter.draw(PLACE, (0.2, 0.3))
    assert not painter.red(PLACE) and [stroke.damaged for stroke in painter.kept.strokes] == [True, False]


def test_the_last_thing_is_taken_back_first_and_strokes_outlive_the_window(painter: Painter, qtbot: Any) -> None:
    page = painter.page
    painter.damage()
    painter.draw(PLACE)
    painter.draw((0.2, 0.6))
    picked = page.pair.index in painter.session.made.train
    page.toggle(page.pair.index)
    assert page.undo() and (page.pair.index in painter.session.made.train) == picked
    assert page.undo() == "a stroke" and len(painter.kept.strokes) == 1
    assert page.redo() == "a stroke" and len(painter.kept.strokes) == 2
    qtbot.mouseClick(painter.painting.tools.back, LEFT)
    qtbot.mouseClick(painter.painting.tools.back, LEFT)
    painter.settle()
    assert not painter.kept.strokes and not painter.red(PLACE) and not painter.painting.tools.back.isEnabled()
    other = Session()
    again = Painter(qtbot, other, painter.folder)
    again.page._go(page.pair.index)
    again.damage()
    qtbot.mouseClick(again.painting.tools.again, LEFT)
    again.settle()
    assert again.red(PLACE) and len(again.kept.strokes) == 1
    other.close()


def test_each_frame_has_strokes_of_its_own_and_undo_stays_with_the_frame(painter: Painter) -> None:
    painter.damage()
    first = painter.page.pair.index
    painter.draw(PLACE)
    other = next(frame for frame in painter.page.shown.frames if frame != first)
    painter.page._go(other)
    painter.until(lambda: painter.view.tool)
    painter.settle()
    assert not painter.red(PLACE) and not painter.painting.undo() and painter.kept_of(first).strokes
    painter.page._go(first)
    painter.until(lambda: painter.view.tool)
    painter.settle()
    assert painter.red(PLACE)


def test_size_goes_by_keys_and_wheel(painter: Painter) -> None:
    painter.damage()
    size, zoom = painter.view.size_of_brush, painter.view.zoom
    assert painter.page.handle_key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.NoModifier, "]"))
    grown = painter.view.size_of_brush
    assert grown > size and painter.view.zoom == zoom

    def wheel(held: Qt.KeyboardModifier, notches: int) -> None:
        place = QPointF(painter.view.rect().center())
        QApplication.sendEvent(painter.view, QWheelEvent(place, place, QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, held,
                                                         Qt.ScrollPhase.NoScrollPhase, False))

    wheel(Qt.KeyboardModifier.NoModifier, -1)
    assert painter.view.size_of_brush == pytest.approx(size) and painter.view.zoom == zoom
    wheel(CONTROL, 1)
    assert painter.view.zoom > zoom and painter.view.size_of_brush == pytest.approx(size)


def test_strokes_that_cannot_be_read_are_told_and_never_written_over(painter: Painter) -> None:
    path = path_of(painter.folder, painter.scan.name(painter.page.pair.index))
    path.parent.mkdir(exist_ok=True)
    path.write_text("{")
    painter.turn("damage")
    trouble = painter.session.trouble
    assert trouble is not None and "paint it again" in " ".join((trouble.title, trouble.do, trouble.report)).lower()
    painter.until(lambda: painter.page.pair.pairing.fresh(0))
    painter.strike(PLACE)
    assert path.read_text() == "{" and painter.view.tool == ""


def test_other_recoveries_have_no_damage(painter: Painter) -> None:
    painter.damage()
    painter.session.edit("other", recovery="spatial-reference")
    assert not painter.session.films.has("damage") and not painter.painting.on
    painter.session.undo()
