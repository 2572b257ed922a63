"""What is shown of a picture, and the viewer under real wheels, drags and keys."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication

from wizard.viewer import display, scopes
from wizard.viewer.placing import Placing
from wizard.viewer.transport import Transport
from wizard.viewer.view import PictureView, Shot

Key = Qt.Key
SIZE = (200, 100)

pictures = arrays(np.float32, (3, 5, 3), elements=st.floats(-1, 2, width=32))
bytes_ = arrays(np.uint8, (12, 17, 3))


@given(pictures, st.floats(-4, 4), st.floats(0.2, 5))
def test_shown_clips_and_keeps_the_order_of_values(picture, exposure, gamma):
    plain, seen = display.shown(picture), display.shown(picture, exposure, gamma)
    assert (plain == np.rint(np.clip(picture, 0, 1) * np.float32(255))).all()
    order = np.argsort(picture.ravel(), kind="stable")
    assert (np.diff(seen.ravel()[order].astype(int)) >= 0).all()
    assert (display.shown(picture, exposure + 1, gamma) >= seen).all()


def test_a_stop_doubles_the_light_and_no_number_is_black():
    half = np.full((1, 1, 3), 0.5, np.float32)
    assert display.shown(half, 1.0)[0, 0, 0] == round(255 * (2 * 0.5 ** 2.4) ** (1 / 2.4))
    assert not display.shown(np.full((1, 1, 3), np.nan, np.float32), 1.0, 2.0).any()


@given(bytes_, bytes_)
def test_comparisons_say_what_they_promise(a, b):
    apart = np.abs(a.astype(int) - b)
    assert (display.difference(a, b) == np.minimum(4 * apart, 255)).all()
    assert (np.abs(display.onion(a, b) - (a.astype(float) + b) / 2) <= 0.5).all()
    side = display.cell_size(17, 4)
    rows, columns = np.mgrid[:12, :17] // side
    assert (display.checkerboard(a, b, 4) == np.where(((rows + columns) % 2 == 1)[..., None], b, a)).all()


@given(st.integers(1, 16).flatmap(lambda depth: st.tuples(st.just(depth), st.integers(0, 2 ** depth - 1))))
def test_code_values_come_back_exactly(case):
    depth, code = case
    stored = np.array([code / (2 ** depth - 1)] * 3, np.float32)
    assert display.codes(stored, depth) == (code,) * 3


@given(st.integers(30, 300), st.integers(30, 300), st.integers(0, 255))
def test_smaller_pictures_keep_size_and_level(columns, rows, level):
    small = display.smaller(np.full((rows, columns, 3), level, np.uint8), 20, 15)
    assert small.shape == (15, 20, 3) and (small == level).all()


@given(st.floats(0.3, 4), st.floats(-90, 90), st.floats(-40, 40), st.floats(0.5, 2))
def test_zoom_keeps_the_point_under_the_mouse(factor, x, y, aspect):
    before = Placing(SIZE, aspect).fitted((300, 200)).zoomed(5, (0, 0), (300, 200))
    point = before.on_frame((x, y))
    after = before.zoomed(factor, (x, y), (300, 200))
    if 0 < after.middle[0] < SIZE[0] and 0 < after.middle[1] < SIZE[1] and after.zoom > after.fit_zoom((300, 200)):
        assert after.on_screen(point) == pytest.approx((x, y), abs=1e-6)


def test_scopes_show_grey_in_the_middle_and_levels_at_their_height():
    grey = np.full((90, 700, 3), 0.25, np.float32)
    trace = scopes.waveform(grey)
    assert trace.shape[0] == 256 and trace.shape[1] <= 256
    assert abs(int(trace[..., 0].sum(axis=1).argmax()) - round(0.75 * 255)) <= 1
    round_one = scopes.vectorscope(grey)
    rows, columns = np.nonzero(round_one.max(axis=2) > scopes.GROUND)
    assert np.abs(np.stack([rows, columns]) - 127.5).max() <= 2
    red = scopes.vectorscope(grey * np.array([3, 1, 1], np.float32))
    rows, columns = np.nonzero(red.max(axis=2) > scopes.GROUND)
    assert rows.mean() < 100 and columns.mean() < 128
    assert scopes.vectorscope(np.full((2, 2, 3), np.nan, np.float32)).shape == (256, 256, 3)


def shot(level, label="", pixels=None, depth=10):
    return Shot(np.full((50, 100, 3), level, np.uint8), label, SIZE, pixels, depth)


@pytest.fixture
def view(qtbot):
    view = PictureView("Compare")
    qtbot.addWidget(view)
    view.resize(416, 316)
    codes = np.arange(200 * 100 * 3, dtype=np.float64).reshape(100, 200, 3) % 1024
    view.set_pictures(shot(0, "Scan", (codes / 1023).astype(np.float32)), shot(255, "Result"))
    view.show()
    view.setFocus()
    return view


def turn(view, place, turns):
    event = QWheelEvent(QPointF(place), view.mapToGlobal(QPointF(place)), QPoint(), QPoint(0, 120 * turns), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view, event)


def spot(view, x, y):
    return view.on_screen((x, y)).toPoint()


def drag(qtbot, view, start, end):
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, (start + end) / 2)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def test_wheel_zooms_at_the_mouse_and_keys_go_to_fit_and_pixels(view, qtbot):
    fitted, place = view.zoom, QPoint(120, 180)
    before = view.on_frame(QPointF(place))
    turn(view, place, 3)
    assert view.zoom == pytest.approx(fitted * 1.25 ** 3)
    assert view.on_frame(QPointF(place)) == pytest.approx(before, abs=1e-6)
    middle = view.on_frame(QPointF(view.rect().center()))
    drag(qtbot, view, QPoint(60, 250), QPoint(80, 240))
    assert view.on_frame(QPointF(view.rect().center())) == pytest.approx((middle[0] - 20 / view.zoom, middle[1] + 10 / view.zoom))
    view.set_pictures(shot(9), shot(9))
    assert view.zoom == pytest.approx(fitted * 1.25 ** 3)
    qtbot.keyClick(view, Key.Key_0)
    assert view.zoom == fitted
    qtbot.keyClick(view, Key.Key_1)
    assert view.zoom == pytest.approx(1.0)
    qtbot.keyClick(view, Key.Key_Plus)
    assert view.zoom == pytest.approx(1.25)
    qtbot.keyClick(view, Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(1.25)


def test_wipe_is_dragged_and_moved_by_keys(view, qtbot):
    handle = QPoint(round(view._wipe_x()), view.height() // 2)
    drag(qtbot, view, handle + QPoint(18, 15), handle + QPoint(-82, 15))
    assert view.wipe == pytest.approx(0.25)
    picture = view.grab().toImage()
    assert picture.pixelColor(spot(view, 40, 50)).red() == 0 and picture.pixelColor(spot(view, 60, 50)).red() == 255
    for key, place in ((Key.Key_BracketLeft, 0.23), (Key.Key_BracketRight, 0.25), (Key.Key_BracketRight, 0.27)):
        qtbot.keyClick(view, key)
        assert view.wipe == pytest.approx(place)
    assert "27 %" in view.accessibleDescription()


def test_modes_by_keys_show_both_pictures(view, qtbot):
    picked = []
    view.mode_changed.connect(picked.append)
    levels = {}
    for key in (Key.Key_X, Key.Key_D, Key.Key_C, Key.Key_W):
        qtbot.keyClick(view, key)
        image = view.grab().toImage()
        levels[view.mode] = [image.pixelColor(spot(view, x, 30)).red() for x in (30, 60)]
    assert picked == ["onion", "difference", "checker", "wipe"]
    assert levels == {"onion": [128, 128], "difference": [255, 255], "checker": [0, 0], "wipe": [0, 0]} | {"checker": levels["checker"]}
    assert sorted(levels["checker"]) == [0, 255]
    view.set_mode("split")
    assert len(view.panes()) == 2 and view.grab().toImage().pixelColor(view.on_screen((100, 50), 1).toPoint()).red() == 255
    view.set_pictures(shot(40), None)
    qtbot.keyClick(view, Key.Key_X)
    assert view.mode == "split" and len(view.panes()) == 1


def test_a_new_frame_makes_each_picture_smaller_once_and_a_repaint_none(view, monkeypatch):
    noise = np.random.default_rng(3).integers(0, 255, (2, 778, 1024, 3), np.uint8)
    made, smaller = [], display.smaller

    def counted(picture, width, height):
        made.append(picture.shape)
        return smaller(picture, width, height)

    monkeypatch.setattr(display, "smaller", counted)
    for mode in view.modes:
        view.set_mode(mode)
        made.clear()
        view.set_pictures(*(Shot(image, "Scan", (2048, 1556)) for image in noise))
        view.grab()
        assert 1 <= len(made) <= 2, mode
        view.grab()
        assert len(made) <= 2, mode


def test_corner_is_nudged_by_a_quarter_pixel(view, qtbot):
    corners = [(0.0, 0.0), (200.0, 0.0), (200.0, 100.0), (0.0, 100.0)]
    view.set_corners(corners)
    told = []
    view.corners_changed.connect(told.append)
    qtbot.keyClick(view, Key.Key_Tab)
    qtbot.keyClick(view, Key.Key_Tab)
    assert view.hasFocus() and view.accessibleDescription().startswith("Top right corner, x 200.00")
    qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert told[-1] == [(0, 0), (200.25, -1), (200, 100), (0, 100)] and len(told) == 2
    drag(qtbot, view, spot(view, 0, 100), spot(view, 0, 100) + QPoint(20, -10))
    assert told[-1][3] == pytest.approx((20 / view.zoom, 100 - 10 / view.zoom))
    view.set_mode("second")
    assert view.grab().toImage().pixelColor(spot(view, 2, 60)).red() == 0        # moved along: nothing of it is there any more
    qtbot.keyClick(view, Key.Key_Escape)
    assert not view.accessibleDescription().startswith("Top")


def test_live_area_is_dragged_to_whole_pixels_inside_the_frame(view, qtbot):
    view.set_mode("first")
    view.set_area((10, 10, 190, 90))
    told = []
    view.area_changed.connect(told.append)
    drag(qtbot, view, spot(view, 10, 10), spot(view, -30, 20))
    drag(qtbot, view, spot(view, 190, 55), spot(view, 150, 55))
    assert told == [(0, 20, 190, 90), (0, 20, 150, 90)]
    qtbot.keyClick(view, Key.Key_Tab)
    qtbot.keyClick(view, Key.Key_Right)
    assert told[-1] == (1, 20, 150, 90)
    view.set_area((10, 10, 190, 90), editable=False)
    drag(qtbot, view, spot(view, 10, 10), spot(view, 40, 40))
    assert len(told) == 3


def test_probe_says_stored_code_values(view, qtbot):
    view.set_mode("first")
    qtbot.keyClick(view, Key.Key_P)
    qtbot.mouseMove(view, spot(view, 120.5, 30.5))
    base = (30 * 200 + 120) * 3
    red, green, blue = (code % 1024 for code in (base, base + 1, base + 2))
    assert view.probed() == f"x 120  y 30   R {red}  G {green}  B {blue}"
    assert view.probed() in view.accessibleDescription()
    qtbot.keyClick(view, Key.Key_P)
    assert not view.probing


@pytest.fixture
def transport(qtbot):
    transport = Transport("Scan", editable_span=True)
    qtbot.addWidget(transport)
    transport.set_length(100)
    transport.set_rate(50)
    transport.resize(500, 44)
    transport.show()
    return transport


def test_transport_keys_go_where_they_say(transport, qtbot):
    went, spans = [], []
    transport.moved.connect(went.append)
    transport.span_changed.connect(lambda *span: spans.append(span))
    track = transport.track
    for key, shift in ((Key.Key_Right, 0), (Key.Key_Right, 1), (Key.Key_Left, 0), (Key.Key_I, 0), (Key.Key_End, 0), (Key.Key_Left, 1),
                       (Key.Key_O, 0), (Key.Key_Home, 0), (Key.Key_Left, 0)):
        qtbot.keyClick(track, key, Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier)
    assert went == [1, 11, 10, 99, 89, 0]
    qtbot.keyClick(transport.next, Key.Key_Right)
    assert went[-1] == 1
    assert spans == [(10, 99), (10, 89)] == [(10, 99), transport.span]


def test_transport_plays_by_the_clock_both_ways(transport, qtbot):
    states = []
    transport.played.connect(states.append)
    qtbot.mouseClick(transport.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: transport.index >= 3, timeout=3000)
    assert transport.playing and transport.play.accessibleName() == "Stop playing"
    qtbot.keyClick(transport.track, Key.Key_J)
    qtbot.waitUntil(lambda: not transport.playing, timeout=3000)
    assert transport.index == 0 and states == [True, False]
    qtbot.keyClick(transport.track, Key.Key_L)
    qtbot.keyClick(transport.track, Key.Key_K)
    assert states == [True, False, True, False]
    transport.set_index(50)
    qtbot.keyClick(transport.track, Key.Key_Space)
    qtbot.mouseClick(transport.next, Qt.MouseButton.LeftButton)
    assert not transport.playing and transport.index >= 51


def test_transport_track_is_dragged_with_its_in_and_out(transport, qtbot):
    transport.set_span(10, 80)
    spans, went = [], []
    transport.span_changed.connect(lambda *span: spans.append(span))
    transport.moved.connect(went.append)
    track = transport.track

    def at(index):
        return QPoint(round(track.x_of(index)), track.height() // 2)

    drag(qtbot, track, at(80), at(60))
    assert spans == [(10, 60)] and not went
    qtbot.mouseClick(track, Qt.MouseButton.LeftButton, pos=at(30))
    assert went == [30] and transport.index == 30
    transport.set_length(0)
    assert not transport.isEnabled()
