"""What can be dragged on a frame: the edges of the live area, and the four corners of the reference. Points are in full pixels."""
from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from wizard import theme
from wizard.kit.paint import on_picture
from wizard.viewer.placing import Point
from wizard.words import number, tr

Area = tuple[int, int, int, int]
OnScreen = Callable[[Point], QPointF]

SMALLEST = 16
REACH = 16.0            # half of a handle's hit area on the screen
SHADE = QColor(16, 16, 16, 140)


class Handles:
    """Points to drag, or to nudge with the arrows. `stops` are those that Tab stops at."""

    stops: tuple[int, ...] = ()
    step = 1.0
    large_step = 10.0

    def points(self) -> list[Point]:
        raise NotImplementedError

    def drag(self, index: int, point: Point) -> None:
        raise NotImplementedError

    def name(self, index: int) -> str:
        raise NotImplementedError

    def hit(self, place: QPointF, on_screen: OnScreen) -> int | None:
        """The handle under the mouse: the nearest whose hit area holds it."""
        best, found = REACH + 0.01, None
        for index, point in enumerate(self.points()):
            away = on_screen(point) - place
            distance = max(abs(away.x()), abs(away.y()))
            if distance < best:
                best, found = distance, index
        return found

    def nudge(self, index: int, dx: float, dy: float) -> None:
        x, y = self.points()[index]
        self.drag(index, (x + dx, y + dy))


class AreaHandles(Handles):
    """The live area: a rectangle of whole pixels inside the frame, with eight handles where it may be changed."""

    # The side that each handle moves: (x0 | x1 | none, y0 | y1 | none), clockwise from the top left.
    SIDES: tuple[tuple[int | None, int | None], ...] = ((0, 1), (None, 1), (2, 1), (2, None), (2, 3), (None, 3), (0, 3), (0, None))

    def __init__(self, area: Area, full: tuple[int, int], editable: bool) -> None:
        self.area, self.full, self.editable = area, full, editable
        self.stops = (0, 4) if editable else ()

    def points(self) -> list[Point]:
        if not self.editable:
            return []
        x0, y0, x1, y1 = self.area
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        return [(middle[0] if x is None else self.area[x], middle[1] if y is None else self.area[y]) for x, y in self.SIDES]

    def drag(self, index: int, point: Point) -> None:
        sides = list(self.area)
        for side, value, limit in zip(self.SIDES[index], point, self.full, strict=True):
            if side is not None:
                other = sides[(side + 2) % 4]
                low, high = (0, other - SMALLEST) if side < 2 else (other + SMALLEST, limit)
                sides[side] = min(max(round(value), low), high)
        self.area = (sides[0], sides[1], sides[2], sides[3])

    def name(self, index: int) -> str:
        x0, y0, x1, y1 = self.area
        if index == 0:
            return tr("Live area, top left corner, x {x}, y {y}", x=number(x0), y=number(y0))
        return tr("Live area, bottom right corner, x {x}, y {y}", x=number(x1), y=number(y1))

    def paint(self, painter: QPainter, on_screen: OnScreen, picture: QRectF, focused: int | None) -> None:
        x0, y0, x1, y1 = self.area
        box = QRectF(on_screen((x0, y0)), on_screen((x1, y1)))
        outside = QPainterPath()
        outside.addRect(picture)
        outside.addRect(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside, SHADE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(theme.CASING, 4), QPen(theme.ON_PICTURE, 2)):
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(box)
        words = tr("Live area  {width} × {height}", width=number(x1 - x0), height=number(y1 - y0))
        on_picture(painter, words, box.intersected(painter.clipBoundingRect()).adjusted(8, 8, -8, -8), "bottom-left")
        for index, point in enumerate(self.points()):
            square = QRectF(-4, -4, 8, 8).translated(on_screen(point))
            painter.setPen(QPen(theme.CASING, 1))
            painter.setBrush(theme.ON_PICTURE)
            painter.drawRect(square)
            if index == focused:
                draw_ring(painter, square.adjusted(-5, -5, 5, 5), 3)


class CornerHandles(Handles):
    """The four corners of the reference on the scan, top left first, clockwise; quarter pixels count. `home` is where they lie in the
    picture that is shown, so that the view can move that picture along."""

    stops = (0, 1, 2, 3)
    step = 0.25
    large_step = 1.0

    def __init__(self, corners: list[Point], home: list[Point]) -> None:
        self.corners, self.home = list(corners), list(home)

    def points(self) -> list[Point]:
        return self.corners

    def drag(self, index: int, point: Point) -> None:
        self.corners[index] = point

    def name(self, index: int) -> str:
        x, y = self.corners[index]
        where = (tr("Top left corner"), tr("Top right corner"), tr("Bottom right corner"), tr("Bottom left corner"))[index]
        return tr("{corner}, x {x}, y {y}", corner=where, x=number(x, 2), y=number(y, 2))

    def paint(self, painter: QPainter, on_screen: OnScreen, picture: QRectF, focused: int | None) -> None:
        places = [on_screen(point) for point in self.corners]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.corners != self.home:
            for pen in (QPen(theme.CASING, 3), QPen(theme.ON_PICTURE, 1)):
                painter.setPen(pen)
                painter.drawPolygon(QPolygonF(places))
        for index, place in enumerate(places):
            painter.setPen(QPen(theme.CASING, 1))
            painter.setBrush(theme.ON_PICTURE)
            painter.drawEllipse(place, 5.5, 5.5)
            if index == focused:
                draw_ring(painter, QRectF(-10, -10, 20, 20).translated(place), 10)


def draw_ring(painter: QPainter, box: QRectF, radius: float) -> None:
    """The focus ring where no theme colour may be used: white in a dark casing."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(theme.CASING, 4), QPen(theme.ON_PICTURE, 2)):
        painter.setPen(pen)
        painter.drawRoundedRect(box, radius, radius)
