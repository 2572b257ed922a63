"""Colour from similar pictures on the Keyframes page: looked at on the frame, accepted by region with its source, pinned to a patch."""
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PyQt6.QtCore import Qt

from engine.files import write_json
from engine.keyframes.proposal import Match, Proposal, Proposals
from engine.media.colour import luma
from tests.conftest import write_png
from tests.wizard.painting import LEFT, Painter, without_reference
from wizard.session import Session
from wizard.steps.keyframes_proposing import shown_ones

CARD, SKY = (0.8, 0.3, 0.2), (0.3, 0.5, 0.8)


@pytest.fixture
def painter(qtbot: Any, session: Session, tmp_path: Path, sample_film: Any) -> Painter:
    """A frame of which the left half is like a card, the right half like the sky of another picture."""
    for name, colour in (("card.png", CARD), ("sky.png", SKY)):
        write_png(tmp_path / "similar" / name, np.full((60, 80, 3), 255 * np.array(colour), np.uint8))
    made = Painter(qtbot, session, without_reference(tmp_path / "film", sample_film.scan, ()))
    ground = made.page.easel.ground
    assert ground is not None
    labels = np.repeat(np.repeat([[0, 1]], 95, 0), 64, 1).astype(np.int32)
    card, sky = (Match(name, (0.1, 0.1, 0.5, 0.5), colour, (colour,), sure) for name, colour, sure in
                 (("card.png", CARD, 0.9), ("sky.png", SKY, 0.2)))
    Proposals(ground.name, labels, luma(ground.picture).astype(np.float16), (
        Proposal(0, (0.0, 0.0, 0.5, 1.0), 0.5, card, (sky,)), Proposal(1, (0.5, 0.0, 0.5, 1.0), 0.5, sky))).save(made.folder)
    (made.folder / "propose").mkdir()
    write_json(made.folder / "propose" / "sources.json", {
        "card.png": {"source": "photograph, Lobby card, 1972", "assumption": False}, "sky.png": {"source": "sky.png", "assumption": True}})
    made.page.proposing.use(tmp_path / "similar")
    made.until(lambda: session.project is not None and session.project.settings.similar is not None)
    return made


def test_what_is_ticked_is_suggested_and_accepted_with_its_source(painter: Painter, session: Session, qtbot: Any) -> None:
    page, panel = painter.page, painter.page.similar
    plain = painter.picture.copy()
    qtbot.mouseClick(page.colours.alike, LEFT)
    painter.until(lambda: len(panel.rows) == 2)
    assert panel.isVisible() and not page.colours.isVisible()
    assert [row.tick.accessibleName() for row in panel.rows] == ["Like card.png, likely", "Like sky.png, doubtful"]
    qtbot.mouseClick(panel.rows[0].tick, LEFT)
    painter.until(lambda: page.canvas.view.dashed and page.canvas.sheet.share > 0.4)
    assert not page.easel.keyframe.ops and not np.array_equal(painter.picture, plain)
    panel.strength.setValue(60)
    painter.until(lambda: page.easel.suggested and page.easel.suggested[0].strength == 0.6)
    qtbot.mouseClick(panel.take, LEFT)
    painter.settle()
    kept, swatch = painter.kept, session.project.settings.palette[0]
    assert [(op.tool, op.swatch, op.strength, op.what) for op in kept.ops] == [("layer", swatch.number, 0.6, "similar to card.png")]
    assert (swatch.name, swatch.kind, swatch.source, swatch.assumption) == ("Like card", "photograph", "Lobby card, 1972", False)
    assert page.primary() is None and not panel.chosen
    assert page.undo() == "a stroke" and page.undo() == "accepting colour from pictures" and session.project.settings.palette == ()
    painter.settle()
    assert np.array_equal(painter.picture, plain)


def test_another_patch_and_one_of_the_users_own(painter: Painter, qtbot: Any) -> None:
    page, panel = painter.page, painter.page.similar
    qtbot.mouseClick(page.colours.alike, LEFT)
    painter.until(lambda: len(panel.rows) == 2)
    qtbot.mouseClick(panel.rows[0].other, LEFT)
    painter.until(lambda: panel.rows[0].picture.text() == "sky.png")
    qtbot.mouseClick(panel.rows[0].pinning, LEFT)
    painter.until(lambda: page.canvas.other[0] == "sky.png")
    assert painter.key(Qt.Key.Key_Escape) and page.proposing.pinning < 0
    qtbot.mouseClick(panel.rows[0].pinning, LEFT)
    painter.until(lambda: page.canvas.other[0] == "sky.png")
    painter.qtbot.mouseClick(page.canvas.view, LEFT, pos=painter.at((0.5, 0.5)))
    painter.until(lambda: panel.rows[0].words.text() == "your choice")
    found = Proposals.load(painter.folder, page.easel.ground.name).of(0)
    assert found.pinned and found.match.patch == pytest.approx((0.47, 0.47, 0.06, 0.06), abs=0.02)
    assert page.canvas.other == ("", "") and page.colouring.palette == ()
    qtbot.mouseClick(panel.back, LEFT)
    assert page.colours.isVisible() and not page.easel.suggested


def test_the_gate_is_proposed_no_colour_for() -> None:
    labels = np.zeros((8, 12), np.int32)
    labels[2:6, 2:10] = 1
    luma = np.where(cv2.resize(labels.astype(np.float32), (96, 64), interpolation=cv2.INTER_NEAREST) > 0, 0.4, 0.0).astype(np.float16)
    match = Match("still.png", (0.0, 0.0, 0.1, 0.1), (0.5, 0.4, 0.3), ((0.5, 0.4, 0.3),), 0.5)
    both = tuple(Proposal(region, (0.0, 0.0, 1.0, 1.0), 0.5, match, ()) for region in (0, 1))
    assert [one.region for one in shown_ones(Proposals("0001", labels, luma, both))] == [1]
