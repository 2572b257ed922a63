"""The picture view: one or two frames on the neutral surround, zoomed and panned, compared, probed, and with handles on them."""
from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PyQt6.QtWidgets import QWidget

from wizard import theme
from wizard.kit.paint import GAP, on_picture
from wizard.viewer.compare import MODES, Shot, draw_wipe, hits_wipe, mode_words
from wizard.viewer.handles import Area, AreaHandles, CornerHandles, Handles, draw_ring
from wizard.viewer.marks import probe_words
from wizard.viewer.placing import Point
from wizard.viewer.stage import STEP, Stage
from wizard.words import percent, tr

__all__ = ["MODES", "PictureView", "Shot"]

WIPE_STEP = 0.02
CORNER_ROOM = 6
MODE_KEYS = {Qt.Key.Key_W: "wipe", Qt.Key.Key_X: "onion", Qt.Key.Key_D: "difference", Qt.Key.Key_C: "checker"}
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
OTHER_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class PictureView(Stage):
    """Shows what it is given and says what the user did; it reads nothing and computes only on what is shown."""

    mode_changed = pyqtSignal(str)
    probe_changed = pyqtSignal(bool)
    area_changed = pyqtSignal(tuple)
    corners_changed = pyqtSignal(list)

    def __init__(self, name: str, modes: Sequence[str] = MODES, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.modes = tuple(modes)
        self.compared.mode = self.modes[0]
        self._area: AreaHandles | None = None
        self._corners: CornerHandles | None = None
        self._held: str | int | None = None         # what the mouse drags: 'wipe', 'pan', or the number of a handle
        self._grab = QPointF()                      # where it was taken: on the screen for 'pan', off the handle on the frame else
        self._focused: int | None = None            # the handle that has the keys
        self._mouse: QPointF | None = None
        self._probing = False
        self._notes: list[tuple[str, str]] = []
        self.setAccessibleName(name)
        self.setProperty("ownRing", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.tell()

    # What is shown

    @property
    def mode(self) -> str:
        return self.compared.mode

    def set_mode(self, mode: str) -> None:
        """One of `modes`. The wipe comes to the middle of what is seen if it was outside."""
        if mode not in self.modes:
            return
        before, self.compared.mode = self.compared.mode, mode
        if mode == "wipe" and self._placing is not None and not self.seen().left() <= self._wipe_x() <= self.seen().right():
            self.compared.wipe = (self.seen().center().x() - self.picture().left()) / self.picture().width()
        self._refit()
        self.tell()
        self.update()
        if mode != before:
            self.mode_changed.emit(mode)

    @property
    def wipe(self) -> float:
        """Where the wipe's line is, 0..1 of the picture."""
        return self.compared.wipe

    def set_wipe(self, position: float) -> None:
        self.compared.wipe = min(max(position, 0.0), 1.0)
        self.tell()
        self.update()

    @property
    def probing(self) -> bool:
        return self._probing

    def set_probe(self, on: bool) -> None:
        before, self._probing = self._probing, on
        self.tell()
        self.update()
        if on != before:
            self.probe_changed.emit(on)

    def set_notes(self, notes: Sequence[tuple[str, str]]) -> None:
        """Words on the picture, each with an anchor: 'bottom', 'top', 'middle', 'bottom-left', ..."""
        self._notes = list(notes)
        self.update()

    def set_area(self, area: Area | None, editable: bool = True) -> None:
        """The live area x0, y0, x1, y1 in full pixels (x1 and y1 are just outside); set the picture first."""
        shot = self.compared.shot
        self._area = None if area is None or shot is None else AreaHandles(area, shot.size, editable)
        self._handles_changed()

    def set_corners(self, corners: Sequence[Point] | None, home: Sequence[Point] | None = None) -> None:
        """Corners to drag, TL TR BR BL in full pixels. `home`: where they were when the second picture was made (else where they are
        now); while they are elsewhere the second picture is shown moved along."""
        self._corners = None if corners is None else CornerHandles([*corners], [*(corners if home is None else home)])
        self._extra = CORNER_ROOM if self._corners is not None else 0
        self._refit()
        self._handles_changed()

    @property
    def _handles(self) -> Handles | None:
        return self._corners or self._area

    def _handles_changed(self) -> None:
        if self._handles is None or self._focused not in self._handles.stops:
            self._focused = None
        corners = self._corners
        self.compared.set_warp(None if corners is None or corners.corners == corners.home else (corners.home, [*corners.corners]))
        self.tell()
        self.update()

    def _handles_moved(self) -> None:
        if self._corners is not None:
            self.corners_changed.emit([*self._corners.corners])
        elif self._area is not None:
            self.area_changed.emit(self._area.area)

    def tell(self) -> None:
        shown = [mode_words(self.mode)] if self.compared.first and self.compared.second else []
        if shown and self.mode == "wipe":
            shown = [tr("Wipe at {position}", position=percent(self.wipe))]
        shown.append(tr("zoom {zoom}", zoom=percent(self.zoom)))
        if self._handles is not None and self._focused is not None:
            shown.insert(0, self._handles.name(self._focused))
        if self._probing and self.probed() is not None:
            shown.append(str(self.probed()))
        self.setAccessibleDescription(", ".join(shown))

    def probed(self) -> str | None:
        """The place and code values under the mouse, or in the middle of the view where the mouse is not on the picture."""
        shot = self.compared.shot
        place = self._probe_place()
        if shot is None or place is None:
            return None
        x, y = self.on_frame(place)
        wide, high = shot.size
        if not (0 <= x < wide and 0 <= y < high):
            return None
        under = self.compared.under(x / wide, y / high, self.pane_at(place))
        return None if under is None else probe_words(under, shot.size, int(x), int(y))

    def _probe_place(self) -> QPointF | None:
        if self._placing is None:
            return None
        if self._mouse is not None and self.picture(self.pane_at(self._mouse)).contains(self._mouse):
            return self._mouse
        return self.seen().center()

    # Painting

    def paint_over(self, painter: QPainter) -> None:
        if self._placing is not None:
            for pane in range(len(self.panes())):
                self._paint_handles(painter, pane)
            if self.compared.drawn_mode == "wipe":
                seen = self.seen()
                if seen.left() <= self._wipe_x() <= seen.right():
                    draw_wipe(painter, self._wipe_x(), seen.top(), seen.bottom(), seen.center().y())
            self._paint_words(painter)
        if self.hasFocus() and self._focused is None:
            draw_ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), 2)

    def _paint_handles(self, painter: QPainter, pane: int) -> None:
        painter.save()
        painter.setClipRect(self.panes()[pane])
        for handles in (self._area, self._corners):
            if handles is not None:
                focused = self._focused if handles is self._handles and self.hasFocus() else None
                handles.paint(painter, lambda point: self.on_screen(point, pane), self.picture(pane), focused)
        painter.restore()

    def _paint_words(self, painter: QPainter) -> None:
        last = len(self.panes()) - 1
        first_box, second_box = (self.seen(pane).adjusted(GAP, GAP, -GAP, -GAP) for pane in (0, last))
        mode, first, second = self.compared.drawn_mode, self.compared.first, self.compared.second
        if mode not in ("first", "second", "split"):
            first_box.setRight(first_box.center().x() - GAP)
            second_box.setLeft(second_box.center().x() + GAP)
        if first is not None and mode != "second":
            on_picture(painter, first.label, first_box, "top-left")
        if second is not None and mode != "first":
            on_picture(painter, second.label, second_box, "top-right")
        whole = self.seen(last).adjusted(GAP, GAP, -GAP, -GAP)
        for words, anchor in self._notes:
            on_picture(painter, words, whole, anchor)
        self._paint_probe(painter, self.seen().united(self.seen(last)).adjusted(GAP, GAP, -GAP, -GAP))

    def _paint_probe(self, painter: QPainter, box: QRectF) -> None:
        words, place = self.probed(), self._probe_place()
        if not self._probing or words is None or place is None:
            return
        on_picture(painter, words, box, "bottom-right")
        if place is not self._mouse:
            for pen in (QPen(theme.CASING, 3), QPen(theme.ON_PICTURE, 1)):
                painter.setPen(pen)
                painter.drawLine(place - QPointF(6, 0), place + QPointF(6, 0))
                painter.drawLine(place - QPointF(0, 6), place + QPointF(0, 6))

    def _wipe_x(self) -> float:
        return self.picture().left() + self.compared.wipe * self.picture().width()

    # Mouse

    def _under(self, place: QPointF) -> str | int:
        pane = self.pane_at(place)
        if self._handles is not None:
            hit = self._handles.hit(place, lambda point: self.on_screen(point, pane))
            if hit is not None:
                return hit
        seen = self.seen()
        wiping = self.compared.drawn_mode == "wipe" and seen.top() <= place.y() <= seen.bottom()
        return "wipe" if wiping and hits_wipe(place, self._wipe_x(), seen.center().y()) else "pan"

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        assert event is not None
        if self._placing is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        place = event.position()
        self._held, self._grab = self._under(place) if event.button() == Qt.MouseButton.LeftButton else "pan", place
        if isinstance(self._held, int) and self._handles is not None:
            self._grab = QPointF(*self._handles.points()[self._held]) - QPointF(*self.on_frame(place))
            self._focused = self._held if self._held in self._handles.stops else None
        elif self._held == "wipe":
            self._grab = QPointF(self._wipe_x() - place.x(), 0)
        self.tell()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        assert event is not None
        place = self._mouse = event.position()
        if self._placing is None:
            return
        if self._held is None:
            self._show_cursor(self._under(place))
        elif self._held == "pan":
            self.pan(place.x() - self._grab.x(), place.y() - self._grab.y())
            self._grab = place
        elif self._held == "wipe":
            self.set_wipe((place.x() + self._grab.x() - self.picture().left()) / self.picture().width())
        elif self._handles is not None and isinstance(self._held, int):
            x, y = self.on_frame(place)
            self._handles.drag(self._held, (x + self._grab.x(), y + self._grab.y()))
            self._handles_changed()
        if self._probing:
            self.tell()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if isinstance(self._held, int):
            self._handles_moved()
        self._held = None

    def leaveEvent(self, event: QEvent | None) -> None:  # noqa: N802
        self._mouse = None
        self.update()
        super().leaveEvent(event)

    def _show_cursor(self, under: str | int) -> None:
        shape = Qt.CursorShape.SizeAllCursor
        if under == "pan":
            shape = Qt.CursorShape.ArrowCursor if self._fitted else Qt.CursorShape.OpenHandCursor
        elif under == "wipe":
            shape = Qt.CursorShape.SizeHorCursor
        self.setCursor(shape)

    # Keys

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        assert event is not None
        if self._placing is None or event.modifiers() & OTHER_MODIFIERS or not (self._handle_key(event) or self._view_key(event)):
            event.ignore()

    def _handle_key(self, event: QKeyEvent) -> bool:
        """Arrows on the handle that has the keys; Esc leaves it."""
        if self._focused is None or self._handles is None:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self._focused = None
            self._handles_changed()
            return True
        if event.key() not in ARROWS:
            return False
        step = self._handles.large_step if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self._handles.step
        dx, dy = ARROWS[Qt.Key(event.key())]
        self._handles.nudge(self._focused, dx * step, dy * step)
        self._handles_changed()
        self._handles_moved()
        return True

    def _view_key(self, event: QKeyEvent) -> bool:
        key, both = event.key(), self.compared.first is not None and self.compared.second is not None
        if key in MODE_KEYS and both and MODE_KEYS[Qt.Key(key)] in self.modes:
            self.set_mode(MODE_KEYS[Qt.Key(key)])
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight) and self.compared.drawn_mode == "wipe":
            self.set_wipe(self.wipe + (WIPE_STEP if key == Qt.Key.Key_BracketRight else -WIPE_STEP))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_by(1 / STEP if key == Qt.Key.Key_Minus else STEP)
        elif key == Qt.Key.Key_1:
            self.actual()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_P:
            self.set_probe(not self._probing)
        else:
            return False
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab goes from the view to each handle, and on."""
        stops = self._handles.stops if self._handles is not None else ()
        ring: list[int | None] = [None, *stops]
        at = (ring.index(self._focused) if self._focused in ring else 0) + (1 if forward else -1)
        if 0 <= at < len(ring):
            self._focused = ring[at]
            self._handles_changed()
            return True
        self._focused = None
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent | None) -> None:  # noqa: N802
        stops = self._handles.stops if self._handles is not None else ()
        if event is not None and event.reason() == Qt.FocusReason.BacktabFocusReason and stops:
            self._focused = stops[-1]
            self._handles_changed()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:  # noqa: N802
        self.update()
        super().focusOutEvent(event)
