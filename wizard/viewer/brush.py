"""A picture that is painted on: strokes by mouse and tablet, drawn while they are made, and handed on in parts of the frame. What colour a
stroke makes of the picture is not decided here; marks only say where the hand has been."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QEvent, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QWidget

from wizard import theme
from wizard.viewer.view import PictureView

SIZED = ("scribble", "brush", "erase")          # tools that draw a line of a size
LINE, DOT = 5.0, 5.0                            # px: how wide a scribble is shown, how large the place of a fill
NEAR = 1.5                                      # px between points that are kept
LASSO = [4.0, 3.0]                              # dashes
Points = tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class Mark:
    """Where a stroke was drawn: points (x, y, pressure) in parts of the frame, `size` in parts of its width, and its colour."""

    tool: str
    points: Points
    size: float
    colour: tuple[float, float, float]


class BrushView(PictureView):
    """`stroke` (tool, points) is finished, `picked` (x, y) asks for the colour there, `turned` (what, notches) was the wheel: 'size' or
    'hardness'. Without a tool it is a picture view like any other; the middle and the right button pan in any case."""

    stroke = pyqtSignal(str, tuple)
    picked = pyqtSignal(float, float)
    turned = pyqtSignal(str, float)

    def __init__(self, name: str, parent: QWidget | None = None, modes: Sequence[str] = ("first",)) -> None:
        super().__init__(name, modes, parent)
        self.tool, self.size_of_brush, self.hardness = "", 0.02, 1.0
        self.colour: tuple[float, float, float] | None = None       # of the next stroke
        self.marks: tuple[Mark, ...] = ()
        self.dashed = False                                         # what is seen is only suggested
        self._line: list[tuple[float, float, float]] | None = None
        self._making = ""                                           # the tool of the stroke at hand
        self._drawn: tuple[object, QPixmap] | None = None           # the marks, and what they were drawn for
        self.setTabletTracking(True)

    def set_tool(self, tool: str, size: float, hardness: float) -> None:
        """What the next stroke is made with; '' only looks."""
        if tool != self.tool:
            self.drop()
        self.tool, self.size_of_brush, self.hardness = tool, size, hardness
        self._show_cursor("pan")
        self.update()

    def set_marks(self, marks: Sequence[Mark], dashed: bool = False) -> None:
        self.marks, self.dashed = tuple(marks), dashed
        self.update()

    @property
    def drawing(self) -> bool:
        return self._line is not None

    def drop(self) -> bool:
        """Forget the stroke at hand; False where there is none."""
        was, self._line = self._line is not None, None
        self.update()
        return was

    # the hand

    def _place(self, place: QPointF) -> tuple[float, float]:
        """A place of the widget in parts of the frame, inside it."""
        shot = self.compared.shot
        assert shot is not None
        x, y = self.on_frame(place)
        return min(max(x / shot.size[0], 0.0), 1.0), min(max(y / shot.size[1], 0.0), 1.0)

    def _begin(self, place: QPointF, pressure: float, tool: str) -> None:
        if tool == "pick":
            self.picked.emit(*self._place(place))
        elif self.picture().contains(place) or tool == "lasso":
            self._line, self._making = [(*self._place(place), pressure)], tool
        self.update()

    def _extend(self, place: QPointF, pressure: float) -> None:
        assert self._line is not None
        x, y = self._place(place)
        away = self._screen((x, y, 0)) - self._screen(self._line[-1])
        if self._making != "fill" and abs(away.x()) + abs(away.y()) >= NEAR:
            self._line.append((x, y, pressure))

    def _finish(self) -> None:
        line, self._line = self._line, None
        if line and (self._making != "lasso" or len(line) > 2):
            self.stroke.emit(self._making, tuple(line))
        self.update()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if self._placing is not None and event.button() == Qt.MouseButton.RightButton and self._held is None:
            self._held, self._grab = "pan", event.position()
        elif self._placing is not None and self.tool and event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), 1.0, self.tool)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if self._line is not None and self._placing is not None:
            self._mouse = event.position()
            self._extend(event.position(), 1.0)
        else:
            super().mouseMoveEvent(event)
        if self.tool:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if self._line is not None and event.button() == Qt.MouseButton.LeftButton:
            self._finish()
        else:
            super().mouseReleaseEvent(event)

    def tabletEvent(self, event: QTabletEvent | None) -> None:
        """Pen and eraser with their pressure; what has no meaning here comes again as the mouse."""
        assert event is not None
        if not self.tool or self._placing is None or self._held == "pan" or Qt.MouseButton.RightButton in event.buttons():
            event.ignore()
            return
        place, self._mouse = event.position(), event.position()
        if event.type() == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            rubs = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._begin(place, event.pressure(), "erase" if rubs else self.tool)
        elif event.type() == QEvent.Type.TabletRelease and self._line is not None:
            self._finish()
        elif self._line is not None:
            self._extend(place, event.pressure())
        self.update()
        event.accept()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Size, with Shift hardness, with Ctrl zoom; zoom alone where no tool has a size."""
        assert event is not None
        notches = (event.angleDelta().y() or event.angleDelta().x()) / 120
        held = event.modifiers()
        if not notches or self.tool in ("", "pick") or held & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self.turned.emit("hardness" if held & Qt.KeyboardModifier.ShiftModifier else "size", notches)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if event.key() == Qt.Key.Key_Escape and self.drop():
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent | None) -> None:
        self.drop()
        super().hideEvent(event)

    def _show_cursor(self, under: str | int) -> None:
        if self.tool and self._placing is not None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            super()._show_cursor(under)

    # what is drawn

    def paint_over(self, painter: QPainter) -> None:
        if self._placing is not None:
            painter.save()
            painter.setClipRect(self.seen())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawPixmap(0, 0, self._layer())
            if self._line is not None:
                self._draw(painter, Mark(self._making, tuple(self._line), self.size_of_brush, self.colour or (0.95, 0.95, 0.95)))
            if self.dashed:
                _two(painter, lambda: painter.drawRect(self.picture().adjusted(3, 3, -3, -3)), 2, LASSO)
            painter.restore()
        super().paint_over(painter)
        if self._placing is not None:
            self._draw_brush(painter)

    def _layer(self) -> QPixmap:
        """The marks, drawn once for as long as they and the place of the frame stay."""
        ratio = self.devicePixelRatioF()
        key = (self.marks, self._placing, self.size(), ratio)
        if self._drawn is None or self._drawn[0] != key:
            layer = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            layer.setDevicePixelRatio(ratio)
            layer.fill(Qt.GlobalColor.transparent)
            painter = QPainter(layer)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for mark in self.marks:
                self._draw(painter, mark)
            painter.end()
            self._drawn = key, layer
        return self._drawn[1]

    def _screen(self, point: tuple[float, float, float]) -> QPointF:
        shot = self.compared.shot
        assert shot is not None
        return self.on_screen((point[0] * shot.size[0], point[1] * shot.size[1]))

    def _draw(self, painter: QPainter, mark: Mark) -> None:
        colour = QColor.fromRgbF(*(min(max(part, 0.0), 1.0) for part in mark.colour))
        places = [self._screen(point) for point in mark.points]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if mark.tool in ("brush", "erase"):
            self._draw_wide(painter, mark, places, colour)
        elif mark.tool == "lasso":
            _two(painter, lambda: painter.drawPath(_path([*places, places[0]])), 1.5, LASSO)
        elif mark.tool == "fill":
            painter.setPen(QPen(theme.CASING, 4))
            painter.drawEllipse(places[0], DOT, DOT)
            painter.setPen(QPen(theme.ON_PICTURE, 1.5))
            painter.setBrush(colour)
            painter.drawEllipse(places[0], DOT, DOT)
        elif mark.tool == "scribble":
            for ink, more in ((theme.CASING, 4.0), (theme.ON_PICTURE, 2.5), (colour, 0.0)):
                painter.setPen(_round(QPen(ink, LINE + more)))
                painter.drawPath(_path(places))

    def _draw_wide(self, painter: QPainter, mark: Mark, places: list[QPointF], colour: QColor) -> None:
        """A stroke as wide as it is; one that rubs out is a light band."""
        ink = QColor(colour if mark.tool == "brush" else theme.ON_PICTURE)
        ink.setAlphaF(0.75 if mark.tool == "brush" else 0.35)
        wide = mark.size * self.picture().width()
        if all(pressure == 1.0 for _, _, pressure in mark.points):
            painter.setPen(_round(QPen(ink, max(wide, 1.0))))
            painter.drawPath(_path(places))
            return
        for k in range(max(len(places) - 1, 1)):
            painter.setPen(_round(QPen(ink, max(wide * mark.points[k][2], 1.0))))
            painter.drawLine(places[k], places[min(k + 1, len(places) - 1)])

    def _draw_brush(self, painter: QPainter) -> None:
        """The circle of the brush, and inside it how far it is hard."""
        if self.tool not in SIZED or self._mouse is None or not QRectF(self.rect()).contains(self._mouse) or self._held == "pan":
            return
        radius, mouse = max(self.size_of_brush * self.picture().width() / 2, 2.0), self._mouse
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _two(painter, lambda: painter.drawEllipse(mouse, radius, radius), 1.5)
        if self.tool != "scribble" and self.hardness < 0.95 and radius > 8:
            inner = radius * self.hardness
            _two(painter, lambda: painter.drawEllipse(mouse, inner, inner), 1, [2.0, 3.0])


def _path(places: Sequence[QPointF]) -> QPainterPath:
    path = QPainterPath(places[0])
    for place in places[1:]:
        path.lineTo(place)
    if len(places) == 1:
        path.lineTo(places[0] + QPointF(0.01, 0))
    return path


def _round(pen: QPen) -> QPen:
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _two(painter: QPainter, draw: Callable[[], object], width: float, dashes: Sequence[float] = ()) -> None:
    """Light in a dark casing, so that it is seen on every picture."""
    for ink, wide in ((theme.CASING, width + 2), (theme.ON_PICTURE, width)):
        pen = QPen(ink, wide)
        if dashes and ink is theme.ON_PICTURE:
            pen.setDashPattern([dash / width * 1.5 for dash in dashes])
        painter.setPen(pen)
        draw()
