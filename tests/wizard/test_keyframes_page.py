"""The Keyframes page: strokes by the mouse, each kept at once; tools, keys, and what can be taken back."""
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication

from engine.errors import DiskFull
from engine.keyframes.keyframe import FILE, folder_of, load_keyframe
from tests.wizard.painting import LEFT, RED, Painter, without_reference
from wizard.session import Session

LUMA = np.array([0.2126, 0.7152, 0.0722])
STROKE = ((0.3, 0.3), (0.32, 0.36), (0.36, 0.4))


@pytest.fixture
def folder(tmp_path: Path, sample_film: Any) -> Path:
    return without_reference(tmp_path / "film", sample_film.scan)


@pytest.fixture
def painter(qtbot: Any, session: Session, folder: Path) -> Painter:
    return Painter(qtbot, session, folder)


def test_a_stroke_is_on_the_disk_at_once_and_gives_colour_only(painter: Painter) -> None:
    assert painter.page.note() == "Paint or import one frame to go on"
    before, plain = painter.picture.copy(), painter.page.index
    painter.draw(*STROKE)
    assert [op.tool for op in painter.kept.ops] == ["scribble"] and painter.kept.ops[0].swatch == RED.number
    assert len(painter.kept.ops[0].points) >= 3 and painter.kept.ops[0].points[0][:2] == pytest.approx(STROKE[0], abs=0.01)
    after = painter.picture
    changed = np.abs(after.astype(int) - before).max(-1) > 8
    assert changed.any() and painter.page.index == plain
    whole = ((before > 3) & (before < 252) & (after > 3) & (after < 252)).all(-1)
    assert np.abs((after.astype(float) - before) @ LUMA)[whole].max() < 1
    assert painter.page.canvas.sheet is not None and painter.page.canvas.sheet.share > 0


def test_a_stroke_is_kept_where_the_window_closes_at_once(painter: Painter, session: Session, folder: Path) -> None:
    name = painter.page.easel.ground.name
    for x in (0.2, 0.4, 0.6):
        painter.strike((x, 0.5), (x, 0.6))
    painter.page.close()
    session.close()
    painter.until(lambda: (folder_of(folder, name) / FILE).exists() and len(load_keyframe(folder, name).ops) == 3)


def test_strokes_that_a_full_disk_refused_are_written_with_the_next_and_before_work_begins(
        painter: Painter, session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, begun = painter.page, list[str]()
    monkeypatch.setattr(session.worker, "start", lambda folder, until: begun.append(until))

    def full(*_: object) -> None:
        raise DiskFull(f"{folder}: the disk is full (saving the keyframe)")

    def refused(index: int) -> str:
        painter.go(index)
        with monkeypatch.context() as disk:
            disk.setattr("engine.keyframes.keyframe.write_json", full)
            painter.strike(*STROKE)
            painter.until(lambda: session.trouble and session.trouble.act == "save" and not page.easel.busy)
            assert not session.start("train") and not begun and session.trouble.act == "save"
        name = page.easel.ground.name
        assert not (folder_of(folder, name) / FILE).exists()
        return name

    first = refused(20)
    painter.go(22)
    painter.draw(*STROKE)
    assert len(load_keyframe(folder, first).ops) == 1
    painter.until(lambda: session.trouble is None)
    second = refused(24)
    assert session.start("train") and begun == ["train"] and session.trouble is None
    assert len(load_keyframe(folder, second).ops) == 1


def test_escape_drops_the_stroke_at_hand(painter: Painter, qtbot: Any) -> None:
    painter.press(*STROKE)
    assert painter.page.canvas.view.drawing
    qtbot.keyClick(painter.page.canvas.view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(painter.page.canvas.view, LEFT, pos=painter.at(STROKE[-1]))
    assert not painter.page.canvas.view.drawing and not painter.page.easel.used


def test_what_was_done_is_taken_back_and_done_again_after_a_restart(painter: Painter, folder: Path, qtbot: Any) -> None:
    plain = painter.picture.copy()
    for x in (0.2, 0.5, 0.8):
        painter.draw((x, 0.5), (x, 0.6))
    full = painter.picture.copy()
    qtbot.mouseClick(painter.page.canvas.tools.back, LEFT)
    painter.settle()
    assert (len(painter.kept.ops), len(painter.kept.undone)) == (2, 1)
    other = Session()
    again = Painter(qtbot, other, folder)
    again.settle()
    assert again.page.index == painter.page.index
    qtbot.mouseClick(again.page.canvas.tools.again, LEFT)
    again.settle()
    assert np.array_equal(again.picture, full)
    for _ in range(3):
        assert again.page.undo() == "a stroke"
    assert again.page.undo() == ""
    again.settle()
    assert np.array_equal(again.picture, plain) and len(again.kept.undone) == 3
    other.close()


def test_the_last_thing_done_is_taken_back_first(painter: Painter, session: Session) -> None:
    painter.draw(*STROKE)
    painter.page.colouring.change(RED.__class__(1, "Drape", RED.colour))
    painter.draw((0.6, 0.6), (0.65, 0.7))
    assert painter.page.undo() == "a stroke" and len(painter.page.easel.keyframe.ops) == 1
    assert painter.page.undo() == "changing a colour" and session.project.settings.palette[0].name == RED.name
    assert painter.page.undo() == "a stroke" and not painter.page.easel.keyframe.ops
    assert painter.page.redo() == "a stroke" and painter.page.redo() == "changing a colour" and painter.page.redo() == "a stroke"
    assert session.project.settings.palette[0].name == "Drape" and len(painter.page.easel.keyframe.ops) == 2


def test_each_tool_has_its_key_and_does_its_work(painter: Painter) -> None:
    def shares() -> float:
        return painter.page.canvas.sheet.share

    painter.key(Qt.Key.Key_B, "b")
    painter.draw((0.3, 0.5), (0.5, 0.5))
    brushed = shares()
    assert 0 < brushed < 0.05
    painter.key(Qt.Key.Key_Q, "q")
    painter.draw((0.6, 0.3), (0.8, 0.3), (0.8, 0.6), (0.6, 0.6))
    assert shares() == pytest.approx(brushed + 0.2 * 0.3, abs=0.01)
    painter.key(Qt.Key.Key_E, "e")
    painter.draw((0.3, 0.5), (0.5, 0.5))
    assert shares() == pytest.approx(0.2 * 0.3, abs=0.01)
    without = shares()
    painter.key(Qt.Key.Key_G, "g")
    painter.draw((0.3, 0.8))
    assert shares() > without
    painter.key(Qt.Key.Key_S, "s")
    painter.draw((0.3, 0.8), (0.35, 0.8))
    assert [op.tool for op in painter.kept.ops] == ["brush", "lasso", "erase", "fill", "scribble"]
    assert painter.kept.ops[2].swatch == 0 and painter.kept.swatches == (RED.number,)


def test_size_and_hardness_go_by_keys_and_wheel(painter: Painter) -> None:
    canvas = painter.page.canvas
    painter.key(Qt.Key.Key_B, "b")
    size, hard, zoom = canvas.view.size_of_brush, canvas.view.hardness, canvas.view.zoom
    painter.key(Qt.Key.Key_BracketRight, "]")
    assert canvas.view.size_of_brush > size
    painter.key(Qt.Key.Key_BraceLeft, "{", Qt.KeyboardModifier.ShiftModifier)
    assert canvas.view.hardness == pytest.approx(hard - 0.1)

    def wheel(held: Qt.KeyboardModifier) -> None:
        place = QPointF(canvas.view.rect().center())
        QApplication.sendEvent(canvas.view, QWheelEvent(place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, held,
                                                        Qt.ScrollPhase.NoScrollPhase, False))

    wheel(Qt.KeyboardModifier.ShiftModifier)
    assert canvas.view.hardness == pytest.approx(hard) and canvas.view.zoom == zoom
    grown = canvas.view.size_of_brush
    wheel(Qt.KeyboardModifier.NoModifier)
    assert canvas.view.size_of_brush > grown and canvas.view.zoom == zoom
    wheel(Qt.KeyboardModifier.ControlModifier)
    assert canvas.view.zoom > zoom
    painter.draw((0.5, 0.5), (0.52, 0.52))
    assert painter.kept.ops[0].size == pytest.approx(canvas.view.size_of_brush)


def test_a_keyframe_is_never_shown_on_another_frame(painter: Painter, folder: Path, qtbot: Any) -> None:
    painter.draw(*STROKE)
    name, index = painter.page.easel.ground.name, painter.page.index
    file = folder_of(folder, name) / FILE
    file.write_text(file.read_text().replace(painter.page.easel.ground.print, "0" * 32))
    other = Session()
    again = Painter(qtbot, other, folder)
    again.until(lambda: again.page.strip.row.cells and again.page.strip.cell(index).cell.state == "changed")
    assert again.page.index == index and again.page.canvas.sheet.share == 0 and again.page.easel.keyframe is None
    kept = file.read_text()
    again.strike(*STROKE)
    assert file.read_text() == kept
    qtbot.mouseClick(again.page.strip.trust, LEFT)
    again.settle()
    assert again.page.canvas.sheet.share > 0 and again.kept.print == painter.page.easel.ground.print
    other.close()


def test_a_keyframe_that_cannot_be_read_is_never_written_over(painter: Painter, folder: Path, qtbot: Any) -> None:
    painter.draw(*STROKE)
    name, index = painter.page.easel.ground.name, painter.page.index
    file = folder_of(folder, name) / FILE
    kept = file.read_bytes()
    file.write_bytes(b"")
    other = Session()
    again = Painter(qtbot, other, folder)
    again.until(lambda: other.trouble)
    assert "bring it back from a backup" in other.trouble.do and "makes it anew" not in other.trouble.do
    again.go(index)
    assert again.page.easel.keyframe is None and "cannot be read" in again.page.canvas._said
    again.strike(*STROKE)
    again.page.undo()
    assert file.read_bytes() == b"" and not again.page.easel.busy
    file.write_bytes(kept)
    again.go(index + 1)
    again.go(index)
    again.until(lambda: again.page.easel.keyframe is not None)
    again.draw((0.6, 0.6), (0.62, 0.66))
    assert [op.points for op in again.kept.ops][:1] == [op.points for op in painter.page.easel.keyframe.ops]
    assert len(again.kept.ops) == 2
    other.close()


def test_colour_is_carried_to_the_next_frame_as_a_suggestion(painter: Painter, folder: Path, qtbot: Any) -> None:
    page = painter.page
    painter.go(20)
    painter.key(Qt.Key.Key_Q, "q")
    painter.draw((0.2, 0.2), (0.6, 0.2), (0.6, 0.8), (0.2, 0.8))
    for answer in (page.strip.discard, page.strip.accept):
        painter.go(20)
        qtbot.mouseClick(page.strip.carry_on, LEFT)
        painter.until(lambda: page.index == 21 and page.ready and page.easel.suggested and page.canvas.sheet.share > 0.1)
        assert page.canvas.view.dashed and not (folder_of(folder, page.easel.ground.name) / FILE).exists()
        assert answer.isVisible() and not page.strip.carry_on.isVisible()
        painter.strike((0.7, 0.7), (0.75, 0.75))
        assert not page.easel.keyframe.ops
        qtbot.mouseClick(answer, LEFT)
        painter.settle()
        assert (page.canvas.sheet.share > 0.1) == (answer is page.strip.accept) and not page.canvas.view.dashed
    assert [(op.tool, op.swatch, op.what) for op in painter.kept.ops] == [("layer", RED.number, "propagated from 0086420")]


def test_keyframes_that_contradict_each_other_are_pointed_out(painter: Painter, qtbot: Any) -> None:
    page = painter.page
    painter.key(Qt.Key.Key_Q, "q")
    for index, number in ((20, 1), (21, 2)):
        painter.go(index)
        page.colouring.choose(number)
        painter.draw((0.1, 0.35), (0.9, 0.35), (0.9, 0.9), (0.1, 0.9))
    painter.until(lambda: page.strip.apart.isVisible())
    assert page.strip.apart.text().startswith("Frames 86420 and 86421 paint the same thing differently.")
    qtbot.mouseClick(page.strip.apart_links[0], LEFT)
    assert page.index == 20
    painter.until(lambda: page.ready)
    page.undo()
    painter.until(lambda: not page.strip.apart.isVisible())
