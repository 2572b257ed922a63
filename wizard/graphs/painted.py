"""What the graphs share: a still layer that is painted once and kept, and a few strokes."""
from __future__ import annotations

from functools import cache

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PyQt6.QtWidgets import QWidget

from wizard import theme


class Painted(QWidget):
    """A widget with a still layer, made anew when data (`remake`), size or theme change; the moving things are painted over it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._still: QPixmap | None = None
        theme.changed.connect(self.remake)

    def remake(self) -> None:
        self._still = None
        self.updateGeometry()
        self.update()

    def paint_still(self, painter: QPainter) -> None:
        """Everything that stays while the play head moves."""

    def paint_moving(self, painter: QPainter) -> None:
        """What lies over the still layer."""

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._layer())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_moving(painter)

    def _layer(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._still is None or self._still.size() != size:
            self._still = QPixmap(size)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._still)
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            self.paint_still(painter)
            painter.end()
        return self._still


def quiet_fill() -> QColor:
    """The grey of a stretch where nothing is to be said: between panel and edge."""
    panel, edge = theme.colour("panel").red(), theme.colour("edge").red()
    return QColor(*[round(panel + 0.66 * (edge - panel))] * 3)


def faded(name: str, share: float) -> QColor:
    """A token's colour, `share` opaque."""
    colour = theme.colour(name)
    colour.setAlphaF(share)
    return colour


def metrics(pixels: int, weight: int = 400) -> QFontMetricsF:
    return _metrics(theme.scaled(pixels), weight)


@cache
def _metrics(pixels: int, weight: int) -> QFontMetricsF:
    return QFontMetricsF(theme.font_of(pixels, weight))


def hatch(painter: QPainter, area: QRectF, over_picture: bool = False) -> None:
    """Amber slanting lines in an amber border; a picture beneath is dimmed first, so that the lines show."""
    painter.save()
    painter.fillRect(area, faded("panel", 0.55 if over_picture else 1.0))
    painter.setClipRect(area)
    painter.setPen(QPen(theme.colour("warn"), 1.2))
    x = area.left() - area.height() + (6 - area.left() % 6)
    while x < area.right():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        x += 6
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("warn"), 1))
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def box_size(text: str) -> tuple[float, float]:
    """Width and height of `word_box`."""
    measure = metrics(12, 600)
    return measure.horizontalAdvance(text) + 16, measure.height() + 6


def word_box(painter: QPainter, area: QRectF, text: str) -> None:
    """A few words in a small box that covers what is beneath."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("rail"))
    painter.drawRoundedRect(area, 4, 4)
    write(painter, area, text, "text", 12, 600, Qt.AlignmentFlag.AlignCenter)


def write(painter: QPainter, area: QRectF, text: str, colour: str = "text2", pixels: int = 12, weight: int = 400,
          align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) -> None:
    """One line of text, with dots where it does not fit."""
    painter.setFont(theme.font(pixels, weight))
    painter.setPen(theme.colour(colour))
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, area.width() + 0.5)
    painter.drawText(area, align.value | Qt.TextFlag.TextSingleLine.value, shown)


def fill_picture(painter: QPainter, area: QRectF, picture: QImage | None) -> None:
    """`picture` over all of `area`, cut at the sides or at top and bottom; the surround while there is none."""
    if picture is None or picture.isNull() or area.isEmpty():
        painter.fillRect(area, theme.colour("surround"))
        return
    scale = max(area.width() / picture.width(), area.height() / picture.height())
    width, height = area.width() / scale, area.height() / scale
    part = QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)
    painter.drawImage(area, picture, part)
