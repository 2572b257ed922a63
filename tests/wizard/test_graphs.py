"""The painted graphs by hand and key, and what they work out before they paint."""
from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPicture
from PyQt6.QtWidgets import QApplication

from wizard import theme
from wizard.graphs.coverage import Coverage
from wizard.graphs.curve import Curve, CurveData, apart, smoothed
from wizard.graphs.filmstrip import Cell, Filmstrip, Group
from wizard.graphs.sheet import ContactSheet
from wizard.graphs.timemap import TimeMap, TimeMapData
from wizard.graphs.timing import Timing

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def film(count: int = 400, **other) -> TimeMapData:
    """Frames 100..120 are not in the reference, 18 reference frames are lost at 300, 200..208 are doubtful; the reference begins at 30."""
    partner = [30 + i if i < 100 else None if i < 121 else 30 + i - 21 + (18 if i >= 300 else 0) for i in range(count)]
    misfit = [float("nan") if p is None else 1.4 if 200 <= i < 209 else 0.3 for i, p in enumerate(partner)]
    return TimeMapData(count, count + 60, partner, [m > 1 for m in misfit], misfit, [(0, 150), (150, count)], **other)


def shown(qtbot, widget, width: int, height: int):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def recorded(paint: Callable[[QPainter], None]) -> int:
    """How much is drawn, in bytes of drawing commands."""
    commands = QPicture()
    painter = QPainter(commands)
    paint(painter)
    painter.end()
    return commands.size()


def picture(colour: str = "#336699") -> QImage:
    image = QImage(64, 48, QImage.Format.Format_RGB888)
    image.fill(QColor(colour))
    return image


# time map

def test_stretches_and_lines():
    timing = Timing(film())
    assert timing.unmatched.tolist() == [[100, 121]]
    assert timing.lost.tolist() == [[309, 327]]
    assert timing.pace == 1
    assert 70 <= len(timing.lines) <= 84
    assert any(line.doubtful and 200 <= line.scan < 209 for line in timing.lines)
    assert all(a.scan < b.scan and a.reference <= b.reference for a, b in pairwise(timing.lines))
    assert timing.top == 2


def test_lines_never_cross_where_the_reference_jumps():
    partner = [500 if i == 3 else 40 + i if i < 200 else i - 190 for i in range(400)]
    lines = Timing(TimeMapData(400, 600, partner)).lines
    assert len(lines) > 35
    assert all(a.reference <= b.reference for a, b in pairwise(lines))


def test_pulldown_is_no_lost_frame():
    assert not len(Timing(TimeMapData(400, 500, [i * 5 // 4 for i in range(400)])).lost)


def test_misfit_columns_keep_the_peak():
    misfit = [0.2] * 100_000
    misfit[77_777] = 1.7
    greatest, middles = Timing(TimeMapData(100_000, 100_000, range(100_000), (), misfit)).columns(1000)
    assert len(greatest) == 1000
    assert greatest.max() == pytest.approx(1.7)
    assert middles[int(greatest.argmax())] == pytest.approx(0.7777, abs=0.001)


def test_time_map_by_mouse_and_keys(qtbot):
    asked = []
    time_map = shown(qtbot, TimeMap(lambda i: str(86390 + i), lambda role, i: asked.append((role, i))), 900, 250)
    time_map.set_data(film())
    time_map.grab()
    assert {role for role, _ in asked} == {"scan", "reference"}
    said = []
    time_map.moved.connect(said.append)
    at = QPoint(round(time_map.x_of(200.5)), 20)
    qtbot.mouseClick(time_map, LEFT, pos=at)
    assert said == [200] and time_map.index == 200
    assert time_map.accessibleDescription() == "Frame 86590, doubtful, 1.40 px misfit"
    qtbot.mousePress(time_map, LEFT, pos=at)
    qtbot.mouseMove(time_map, QPoint(round(time_map.x_of(250.5)), 200))
    qtbot.mouseRelease(time_map, LEFT, pos=QPoint(round(time_map.x_of(250.5)), 200))
    assert time_map.index == 250
    for key, modifier, index in ((Qt.Key.Key_Right, None, 251), (Qt.Key.Key_Left, SHIFT, 241), (Qt.Key.Key_End, None, 399),
                                 (Qt.Key.Key_Right, None, 399), (Qt.Key.Key_Home, None, 0)):
        qtbot.keyClick(time_map, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert time_map.index == index
    before = len(said)
    time_map.set_index(110)
    assert len(said) == before and time_map.accessibleDescription() == "Frame 86500, not in the reference"


def test_labels_of_stretches_do_not_overlap(qtbot):
    time_map = shown(qtbot, TimeMap(), 900, 250)
    time_map.set_data(film())
    time_map.grab()
    assert {words for _, words in time_map._said} == {"21 frames not in the reference", "18 frames lost at a splice in the scan"}
    many = [None if i % 40 < 5 + i // 40 else i for i in range(400)]
    time_map.set_data(TimeMapData(400, 400, many))
    time_map.grab()
    areas = [area for area, _ in time_map._said]
    assert 2 <= len(areas) < 10
    assert not any(a.intersects(b) for at, a in enumerate(areas) for b in areas[at + 1:])
    assert any(words.startswith("14 ") for _, words in time_map._said)
    assert time_map.words_at(QPointF(time_map.x_of(2), 20)) == "5 frames not in the reference"


def test_while_matching_the_rest_says_nothing_yet(qtbot):
    time_map = shown(qtbot, TimeMap(), 900, 250)
    time_map.set_data(film(matched_upto=90))
    half = time_map.grab().toImage()
    time_map.set_data(film())
    whole = time_map.grab().toImage()
    assert half != whole
    assert not len(Timing(film(matched_upto=90)).unmatched)
    assert max(line.scan for line in Timing(film(matched_upto=90)).lines) < 90
    short = TimeMapData(400, 460, [30 + i for i in range(50)], [False] * 50, [0.3] * 50, (), 50)
    assert len(Timing(short).lines) == 50


def test_a_hundred_thousand_frames_take_few_more_strokes_than_four_hundred(qtbot):
    def strokes(count: int) -> tuple[int, int]:
        rng, lost = np.random.default_rng(1), range(count * 40 // 100, count * 41 // 100)
        partner = [None if i in lost else i + i // (count * 3 // 10) * 20 for i in range(count)]
        time_map = shown(qtbot, TimeMap(str, lambda role, i: picture()), 1100, 260)
        time_map.set_data(TimeMapData(count, count + 200, partner, (rng.random(count) < 0.02).tolist(), rng.random(count).tolist(),
                                      [(i, i + 100) for i in range(0, count, 100)]))
        time_map.set_index(count // 2)
        return recorded(time_map.paint_still), recorded(time_map.paint_moving)

    still, moving = strokes(400)
    much, moved = strokes(100_000)
    assert much < 3 * still and moved < 1.1 * moving < 0.1 * still


@pytest.mark.parametrize("data", [
    TimeMapData(0, 0, ()), TimeMapData(1, 1, [0]), TimeMapData(3, 0, [None] * 3), TimeMapData(9, 9, (), matched_upto=0)])
def test_little_or_nothing_to_show(qtbot, data):
    time_map = shown(qtbot, TimeMap(), 500, 200)
    time_map.set_data(data)
    assert not time_map.grab().isNull()
    qtbot.keyClick(time_map, Qt.Key.Key_Right)


# curve and contact sheet

def test_names_at_the_end_of_the_curve_stand_apart():
    assert apart([50, 52, 54], 16, 0, 200) == [50, 66, 82]
    assert apart([190, 195, 198], 16, 0, 200) == [160, 176, 192]


def test_curve_says_what_it_shows(qtbot):
    curve = shown(qtbot, Curve(), 600, 240)
    empty = curve.grab().toImage()
    rng = np.random.default_rng(1)
    training = [(s, float(1.8 * np.exp(0.2 * rng.standard_normal()))) for s in range(1, 1864)]
    curve.set_data(CurveData(training, [(s, 2.31) for s in range(0, 1860, 100)], 4.43, 3000))
    assert curve.accessibleDescription().startswith("LUT 4.43, Held out 2.31, Training 1.")
    assert curve.grab().toImage() != empty
    assert smoothed(np.full(50, 3.0)) == pytest.approx(3.0)


def test_contact_sheet_goes_on_to_the_newest_step_and_scrolls_back(qtbot):
    sheet = shown(qtbot, ContactSheet(), 330, 220)
    crops = [picture("#ff0000"), picture("#00ff00"), picture("#0000ff")]
    for many in (2, 6, 8):
        sheet.set_rows(crops, crops, [(10 ** n, crops) for n in range(many)])
    bar = sheet.horizontalScrollBar()
    assert bar.maximum() > 0 and bar.value() == bar.maximum()
    assert sheet.accessibleDescription().startswith("3 crops at steps 1, 10, 100, 1,000")
    qtbot.keyClick(sheet, Qt.Key.Key_Home)
    assert bar.value() == 0
    sheet.set_rows(crops, crops, [(10 ** n, crops) for n in range(9)])
    assert bar.value() == 0
    image = sheet.grab().toImage()
    assert image.pixelColor(20, 60) == QColor("#ff0000")


# coverage

def test_coverage_goes_where_it_is_clicked_and_from_mark_to_mark(qtbot):
    coverage = shown(qtbot, Coverage(), 600, 120)
    coverage.set_data(1000, [(0, 1000)], [100, 500], [300], [(700, 800)])
    coverage.set_note("Not covered yet: 1 stretch, 100 frames.")
    said = []
    coverage.moved.connect(said.append)
    strip = coverage.strip
    assert strip.accessibleDescription() == "2 frames picked, 1 held out, 100 frames that nothing picked is like"
    qtbot.mouseClick(strip, LEFT, pos=QPoint(strip.width() // 4, 12))
    assert said[-1] == pytest.approx(250, abs=2)
    right = Qt.Key.Key_Right
    for key, frame in ((right, 300), (right, 500), (right, 700), (Qt.Key.Key_Left, 500), (Qt.Key.Key_Home, 100)):
        qtbot.keyClick(strip, key)
        assert said[-1] == frame
    assert coverage.note.isVisible()
    picked = strip.grab().toImage().pixelColor(round(500.5 / 1000 * strip.width()), strip.height() // 2)
    assert picked == theme.colour("accent")


# filmstrip

STATES = ("plain", "suggested", "picked", "held", "doubtful")


def strip_of(qtbot, thumb=lambda index: None, shots: int = 30, each: int = 7) -> Filmstrip:
    strip = shown(qtbot, Filmstrip(thumb), 720, 500)
    strip.set_groups([(f"Shot {shot + 1}", "note", "covers sky blue", "", [
        Cell(frame, str(86000 + frame), STATES[frame % 5]) for frame in range(shot * each, shot * each + each)]) for shot in range(shots)])
    strip.setFocus()
    return strip


def heard(strip: Filmstrip) -> list[tuple[str, object]]:
    said: list[tuple[str, object]] = []
    for name in ("focused", "toggled", "hold", "opened", "confirm_asked", "swept"):
        getattr(strip, name).connect(lambda value, name=name: said.append((name, value)))
    return said


def test_filmstrip_by_keys(qtbot):
    strip = strip_of(qtbot)
    said = heard(strip)
    assert strip.accessibleDescription() == "Frame 86000, not picked"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_H, Qt.Key.Key_Return):
        qtbot.keyClick(strip, key)
    assert said == [("focused", 1), ("toggled", 1), ("hold", 1), ("opened", 1)]
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    assert strip.index == 6 and strip.accessibleDescription() == "Frame 86006, suggested"      # five in a row, seven in a shot
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    assert strip.index == 8 and strip.accessibleDescription() == "Frame 86008, held out"
    qtbot.keyClick(strip, Qt.Key.Key_Up)
    assert strip.index == 6
    qtbot.keyClick(strip, Qt.Key.Key_End)
    assert strip.index == 209 and strip.viewport().rect().contains(strip.cell_area(209))
    qtbot.keyClick(strip, Qt.Key.Key_Space)
    assert said[-1] == ("confirm_asked", 209)
    qtbot.keyClick(strip, Qt.Key.Key_PageUp)
    assert strip.index < 205
    qtbot.keyClick(strip, Qt.Key.Key_Home)
    assert strip.index == 0 and strip.verticalScrollBar().value() == 0


def test_filmstrip_by_mouse(qtbot):
    strip = strip_of(qtbot)
    said = heard(strip)
    view = strip.viewport()
    qtbot.mouseClick(view, LEFT, pos=strip.cell_area(1).center())
    assert said == [("focused", 1)]
    qtbot.mouseClick(view, LEFT, pos=strip.cell_area(3).topLeft() + QPoint(15, 15))
    assert said[1:] == [("focused", 3), ("toggled", 3)]
    qtbot.mouseClick(view, LEFT, pos=strip.cell_area(4).center())
    assert said[3:] == [("focused", 4), ("confirm_asked", 4)]
    qtbot.mouseDClick(view, LEFT, pos=strip.cell_area(1).center())
    assert said[-1] == ("opened", 1)


def test_dragging_over_frames_picks_all_but_doubtful_ones(qtbot):
    strip = strip_of(qtbot)
    said = heard(strip)
    view = strip.viewport()
    for end in (QApplication.processEvents, lambda: qtbot.keyClick(strip, Qt.Key.Key_Escape)):
        qtbot.mousePress(view, LEFT, pos=strip.cell_area(1).center())
        qtbot.mouseMove(view, strip.cell_area(3).center())
        qtbot.mouseMove(view, strip.cell_area(6).center())
        end()
        qtbot.mouseRelease(view, LEFT, pos=strip.cell_area(6).center())
    assert [one for one in said if one[0] != "focused"] == [("swept", [1, 2, 3, 5, 6])]


def test_filmstrip_asks_for_what_shows_only_and_paints_only_what_came(qtbot):
    asked: list[int] = []
    ready: dict[int, QImage] = {}

    def thumb(index: int) -> QImage | None:
        asked.append(index)
        return ready.get(index)

    strip = strip_of(qtbot, thumb, shots=1000)
    strip.grab()
    assert max(asked) < 28
    centre = strip.cell_area(2).center()
    assert strip.viewport().grab().toImage().pixelColor(centre) == theme.colour("surround")
    ready[2] = picture("#336699")
    QApplication.processEvents()
    asked.clear()
    strip.thumb_arrived(2)
    qtbot.waitUntil(lambda: 2 in asked)
    assert set(asked) <= {1, 2, 3, 5, 6}        # its neighbours' rings reach into its place
    assert strip.viewport().grab().toImage().pixelColor(centre) == QColor("#336699")


def test_filmstrip_keeps_its_place_when_states_and_groups_change(qtbot):
    strip = strip_of(qtbot)
    said = heard(strip)
    strip.set_index(150)
    top = strip.verticalScrollBar().value()
    assert top > 0 and strip.viewport().rect().contains(strip.cell_area(150))
    strip.set_state(150, "picked")
    assert strip.accessibleDescription() == "Frame 86150, picked"
    strip.set_groups([Group("In time", "", "", "", [Cell(n, str(86000 + n)) for n in range(0, 210, 2)])])
    assert strip.index == 150 and not said
    strip.set_groups([], "Nothing is suggested.")
    assert strip.index is None and strip.accessibleDescription() == "Nothing is suggested."
    qtbot.keyClick(strip, Qt.Key.Key_Space)
    assert not said and not strip.grab().isNull()


def test_twenty_thousand_frames_take_no_more_strokes_than_a_hundred(qtbot):
    def strokes(shots: int) -> tuple[int, int, int]:
        asked: list[int] = []
        strip = shown(qtbot, Filmstrip(lambda index: asked.append(index) or picture()), 720, 500)
        asked.clear()
        strip.set_groups([Group(f"Shot {g}", "note", "", "", [Cell(50 * g + n, str(50 * g + n)) for n in range(50)]) for g in range(shots)])
        first = recorded(lambda painter: strip.render(painter))
        strip.set_index(50 * shots - 1)
        return first, recorded(lambda painter: strip.render(painter)), len(asked)

    first, last, asked = strokes(400)
    few_first, few_last, few_asked = strokes(2)
    assert first < 1.1 * few_first and last < 1.1 * few_last and asked == few_asked < 100


def test_larger_text_needs_larger_cells(qtbot):
    strip = strip_of(qtbot)
    before = strip.cell_area(0).width()
    theme.use("light", 1.5)
    assert strip.cell_area(0).width() > before
    assert not strip.grab().isNull()
