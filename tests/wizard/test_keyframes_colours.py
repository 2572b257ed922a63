"""The colours of the Keyframes page: each says where it comes from before the training may begin; and the strip below."""
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import Qt

from engine.pairs.looks import Looks
from tests.conftest import write_png
from tests.wizard.painting import GREEN, LEFT, RED, Painter, without_reference
from wizard.palette_words import counted, needs, next_words
from wizard.session import Session

STROKE = ((0.3, 0.3), (0.32, 0.36), (0.36, 0.4))


@pytest.fixture
def folder(tmp_path: Path, sample_film: Any) -> Path:
    return without_reference(tmp_path / "film", sample_film.scan)


@pytest.fixture
def painter(qtbot: Any, session: Session, folder: Path) -> Painter:
    return Painter(qtbot, session, folder)


def test_a_colour_without_a_source_closes_next_until_it_has_one(painter: Painter, session: Session, qtbot: Any) -> None:
    page, form = painter.page, painter.page.colours.form
    painter.draw(*STROKE)
    closed = page.primary()
    assert closed is not None and not closed.enabled and closed.reason == "One used colour has no source yet"
    assert page.colours.row(RED.number).accessibleName() == "Curtain, red, No source yet"
    qtbot.mouseClick(page.colours.row(GREEN.number), LEFT)
    page.activateWindow()
    qtbot.mouseClick(page.colours.row(RED.number), LEFT)
    painter.until(lambda: form.source.hasFocus())
    qtbot.keyClicks(form.source, "Lobby card, 1972")
    qtbot.keyClick(form.source, Qt.Key.Key_Return)
    assert session.project.settings.palette[0].source == "Lobby card, 1972" and session.project.settings.palette[0].kind == "photograph"
    assert page.primary() is None and page.note() == ""
    assert page.strip.cell(page.index).cell.state == "ready"
    assert page.undo() == "changing a colour" and page.primary() is not None
    assert form.source.text() == ""
    qtbot.mouseClick(form.assumption, LEFT)
    assert session.project.settings.palette[0].assumption and page.primary() is None


def test_what_is_missing_in_words() -> None:
    assert needs([], ()) == "Paint or import one frame to go on"
    assert (counted(2), counted(12)) == ("Two", "12")
    assert next_words(3, 412) == "Covers 3 shots, 412 frames."
    assert next_words(1, 1) == "Covers 1 shot, 1 frame."


def test_a_colour_is_picked_from_the_film_and_from_a_picture_with_its_source(painter: Painter, session: Session, tmp_path: Path,
                                                                            qtbot: Any) -> None:
    page = painter.page
    painter.key(Qt.Key.Key_B, "b")
    painter.key(Qt.Key.Key_T, "t")
    seen = painter.picture[round(0.5 * painter.picture.shape[0]), round(0.5 * painter.picture.shape[1])] / 255
    painter.qtbot.mouseClick(page.canvas.view, LEFT, pos=painter.at((0.5, 0.5)))
    found = session.project.settings.palette[-1]
    assert (found.number, found.kind, found.source) == (3, "film", f"this film, frame {86400 + page.index}")
    assert np.abs(np.array(found.colour) - seen).max() < 0.15 and page.canvas.tool == "brush" and page.colouring.number == 3
    write_png(tmp_path / "card.png", np.full((40, 60, 3), (200, 60, 40), np.uint8))
    painter.key(Qt.Key.Key_T, "t")
    page.colouring.pick_from(tmp_path / "card.png", pytest.fail)
    painter.until(lambda: page.canvas.other[0] == "card.png")
    painter.qtbot.mouseClick(page.canvas.view, LEFT, pos=painter.at((0.5, 0.5)))
    found = session.project.settings.palette[-1]
    assert (found.kind, found.source, Path(found.file).name) == ("photograph", "card.png", "card.png")
    assert found.colour[0] > 2 * found.colour[1] > 0
    assert painter.key(Qt.Key.Key_Escape) and page.canvas.other == ("", "")


def test_a_new_colour_is_named_mixed_and_removed_again(painter: Painter, session: Session, qtbot: Any) -> None:
    page, mixing = painter.page, painter.page.colours.mixing
    qtbot.mouseClick(page.colours.new, LEFT)
    assert page.colours.mixes and session.project.settings.palette[-1].name == "Colour 3"
    mixing.name.clear()
    qtbot.keyClicks(mixing.name, "Sky")
    qtbot.mouseClick(mixing.square, LEFT, pos=mixing.square.rect().center())
    qtbot.mouseClick(mixing.done, LEFT)
    made = session.project.settings.palette[-1]
    assert made.name == "Sky" and made.colour[1] > made.colour[0] and not page.colours.mixes
    page.colours.mix(True)
    qtbot.mouseClick(mixing.remove, LEFT)
    assert session.project.settings.palette == (RED, GREEN)
    painter.draw(*STROKE)
    page.colouring.choose(RED.number)
    page.colours.mix(True)
    assert not mixing.remove.isEnabled()


def test_a_colour_that_another_keyframe_uses_is_not_taken_back_nor_its_number_given_again(painter: Painter, session: Session) -> None:
    page = painter.page
    page.colouring.add()
    made = session.project.settings.palette[-1]
    page.colours.mix(False)
    first = page.index
    painter.draw(*STROKE)
    assert painter.kept.swatches == (made.number,)
    painter.go(first + 2)
    assert "stays" in page.undo() and made in session.project.settings.palette
    painter.go(first)
    page.easel.undo()
    painter.settle()
    session.edit("removing a colour", palette=(RED, GREEN))
    page.colouring.add()
    assert session.project.settings.palette[-1].number == made.number + 1, "what was taken back may be done again"


def test_a_used_colour_that_is_gone_closes_next(painter: Painter, session: Session) -> None:
    painter.draw(*STROKE)
    session.edit("removing a colour", palette=(GREEN,))
    assert "no source" in painter.page.note()


def test_another_colour_of_a_swatch_is_painted_everywhere(painter: Painter) -> None:
    painter.draw(*STROKE)
    red = painter.picture.copy()
    painter.page.colouring.change(RED.__class__(1, RED.name, (0.2, 0.3, 0.8)))
    painter.until(lambda: not np.array_equal(painter.picture, red))
    painter.page.undo()
    painter.until(lambda: np.array_equal(painter.picture, red))


def test_the_strip_goes_to_keyframes_and_to_what_is_next(painter: Painter, session: Session, folder: Path, qtbot: Any) -> None:
    page = painter.page
    assert not page.strip.next.isVisible()
    for index in (10, 30):
        painter.go(index)
        painter.draw(*STROKE)
    assert [cell.cell.index for cell in page.strip.row.cells] == [10, 30]
    (folder / "choose").mkdir()
    vectors = np.array([[0.0], [0.01], [1.0], [1.001], [1.01], [0.02]])     # what the frames look like: 10 and 30 are painted
    Looks(np.array([9, 10, 19, 20, 21, 30]), np.array(["shot 1"] * 6), vectors, np.array([1.0, 1, 1, 2, 1, 1]), np.full(6, 4.0),
          np.zeros((6, 1), np.float32)).save(folder / "choose" / "looks.npz")
    session.made.look()
    painter.until(lambda: page.strip.next.isVisible())
    assert page.strip.next_words.text() == "Covers 1 shot, 12 frames."
    qtbot.mouseClick(page.strip.next, LEFT)
    painter.until(lambda: page.ready)
    assert page.index == 20 and not page.easel.keyframe.ops
    qtbot.mouseClick(page.strip.cell(10), LEFT)
    painter.until(lambda: page.ready)
    painter.settle()
    assert page.index == 10 and page.canvas.sheet.share > 0
    assert painter.key(Qt.Key.Key_Right) and page.index == 11


def test_h_holds_a_keyframe_out(painter: Painter, session: Session, qtbot: Any) -> None:
    page = painter.page
    for index in (10, 30):
        painter.go(index)
        painter.draw(*STROKE)
    painter.until(lambda: len(session.made.keyframes) == 2)
    page.strip.cell(10).setFocus()
    qtbot.keyClick(page.strip.cell(10), Qt.Key.Key_H)
    assert session.project.settings.held_out == (10,)
    assert page.strip.cell(10).accessibleName() == "Frame 86410, held out"
    assert painter.key(Qt.Key.Key_H, "h") and session.project.settings.held_out == (10, 30)
    assert page.undo() == "holding a frame out" and session.project.settings.held_out == (10,)


def test_a_colour_that_is_added_while_pictures_are_taken_keeps_its_number_and_theirs_is_another(
        painter: Painter, session: Session, sample_film: Any, tmp_path: Path) -> None:
    page = painter.page
    write_png(tmp_path / "painted" / "frame_0086412.png", np.rint(255 * np.clip(sample_film.truth(12), 0, 1)).astype(np.uint8))
    page.taking.pictures([tmp_path / "painted" / "frame_0086412.png"])
    page.colouring.add()
    assert page.taking.busy and session.project.settings.palette[-1].number == 3
    mine = session.project.settings.palette[-1]
    painter.until(lambda: not page.taking.busy and page.index == 12 and page.ready)
    painter.settle()
    palette = session.project.settings.palette
    assert palette[2] == mine and (palette[3].number, palette[3].file) == (4, "frame_0086412.png")
    assert painter.kept.swatches == (4,) and page.easel.keyframe.swatches == (4,)


def test_pictures_painted_elsewhere_become_keyframes_and_the_others_are_told(painter: Painter, session: Session, sample_film: Any,
                                                                            tmp_path: Path) -> None:
    page = painter.page
    truth = np.rint(255 * np.clip(sample_film.truth(12), 0, 1)).astype(np.uint8)
    write_png(tmp_path / "painted" / "frame_0086412.png", truth)
    write_png(tmp_path / "painted" / "other.png", np.full((64, 64, 3), 90, np.uint8))
    page.taking.pictures([tmp_path / "painted" / "frame_0086412.png", tmp_path / "painted" / "other.png"])
    painter.until(lambda: page.trouble() is not None)
    assert page.trouble().title == "1 picture was not taken" and "other.png" in page.trouble().do
    painter.until(lambda: page.ready)
    painter.settle()
    assert page.index == 12 and page.canvas.sheet.share > 0.5 and painter.kept.ops[-1].tool == "layer"
    assert len(session.project.settings.palette) == 3
    assert page.act("read") and page.trouble() is None
    page.undo()
    page.undo()
    painter.settle()
    assert page.canvas.sheet.share == 0
