"""Pictures of the Train page: pairs as small split pictures, and a frame as scan, result and reference side by side."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from wizard import theme
from wizard.graphs.painted import fill_picture
from wizard.kit.paint import on_picture
from wizard.words import tr

CELL, GAP, SHAPE = 124, 10, 92 / 124


class PairGrid(QWidget):
    """Pairs in rows: target above the line, scan below. `thumb(role, index)` gives a picture or None; repaint on its arrival."""

    def __init__(self, tone: str, thumb: Callable[[str, int], QImage | None]) -> None:
        super().__init__()
        self.tone, self.thumb = tone, thumb
        self.frames: Sequence[int] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_frames(self, frames: Sequence[int], name: str) -> None:
        self.frames = frames
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def _columns(self, width: int) -> int:
        return max(1, (width + GAP) // (CELL + GAP))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        columns = self._columns(width)
        side = (width - GAP * (columns - 1)) / columns
        rows = -(-len(self.frames) // columns)
        return round(rows * (side * SHAPE + GAP)) if rows else 0

    def sizeHint(self) -> QSize:
        return QSize(5 * CELL, self.heightForWidth(5 * (CELL + GAP)))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        columns = self._columns(self.width())
        side = (self.width() - GAP * (columns - 1)) / columns
        for number, frame in enumerate(self.frames):
            row, column = divmod(number, columns)
            area = QRectF(round(column * (side + GAP)) + 1, round(row * (side * SHAPE + GAP)) + 1, round(side) - 2, round(side * SHAPE) - 2)
            if event is None or area.intersects(QRectF(event.rect())):
                self._paint_pair(painter, area, frame)

    def _paint_pair(self, painter: QPainter, area: QRectF, frame: int) -> None:
        half = area.height() / 2
        for role, top in (("target", area.top()), ("balanced", area.top() + half)):
            painter.save()
            painter.setClipRect(QRectF(area.left(), top, area.width(), half))
            fill_picture(painter, area, self.thumb(role, frame))
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.ON_PICTURE, 1.5))
        painter.drawLine(QPointF(area.left(), area.center().y()), QPointF(area.right(), area.center().y()))
        painter.setPen(QPen(theme.colour(self.tone), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 3, 3)


class Trio(QWidget):
    """Scan, result and target of one frame side by side, as large as they fit."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[tuple[QImage | None, str]] = []
        self.empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(300, 96)
        self.setAccessibleName(tr("A held-out frame: scan, result, target"))

    def set_pictures(self, pictures: list[tuple[QImage | None, str]], empty: str = "") -> None:
        """A picture that is None is not there yet; `empty` is said where there is none at all."""
        self.pictures, self.empty = pictures, empty
        self.setAccessibleDescription(", ".join(name for _, name in pictures) or empty)
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        self._paint_surround(painter)
        shape = next((image for image, _ in self.pictures if image is not None), None)
        if shape is None:
            on_picture(painter, self.empty, QRectF(self.rect()).adjusted(12, 12, -12, -12), "middle")
            return
        margin, gap, count = 12, 8, len(self.pictures)
        wide = (self.width() - 2 * margin - gap * (count - 1)) / count
        for number, (image, name) in enumerate(self.pictures):
            box = QRectF(margin + number * (wide + gap), margin, wide, self.height() - 2 * margin)
            scale = min(box.width() / max(1, shape.width()), box.height() / max(1, shape.height()))
            area = QRectF(0, 0, round(shape.width() * scale), round(shape.height() * scale))
            area.moveTopLeft(QPointF(round(box.center().x() - area.width() / 2), round(box.center().y() - area.height() / 2)))
            if image is not None:
                painter.drawImage(area, image)
            on_picture(painter, name, area.adjusted(8, 8, -8, -8), "top-left")

    def _paint_surround(self, painter: QPainter) -> None:
        """Down to the round corners of the panel that it fills."""
        shape = QPainterPath()
        shape.setFillRule(Qt.FillRule.WindingFill)
        shape.addRoundedRect(QRectF(self.rect()), 7, 7)
        shape.addRect(QRectF(0, 0, self.width(), 8))
        painter.fillPath(shape, theme.colour("surround"))
