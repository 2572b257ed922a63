"""What the painted controls have in common: boxes, wrapped text at the house's line height, the accent bar, the product mark."""
from __future__ import annotations

from functools import cache, lru_cache

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextLayout, QTextOption
from PyQt6.QtWidgets import QWidget

from wizard import style, theme

LEADING = 1.5                                   # line height, of the size of the type
GAP = 8                                         # px: round words on a picture, on their plate and off it


def token(name: str) -> str:
    """A token of the theme in use as '#rrggbb'."""
    return str(getattr(theme.tokens(), name))


def painter_on(widget: QWidget) -> QPainter:
    """A smooth painter."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def box(painter: QPainter, rect: QRectF, fill: str | QColor | None, border: str | QColor | None, radius: float, width: float = 1) -> None:
    """A rounded box whose border lies inside `rect`."""
    half = width / 2 if border else 0
    painter.setPen(QPen(QColor(border), width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), max(0.0, radius - half), max(0.0, radius - half))


def accent_bar(painter: QPainter, rect: QRectF, colour: str = "accent", width: float = 3) -> None:
    """The bar at the left of what is selected; the right corners are round."""
    path = QPainterPath()
    path.addRoundedRect(rect.x() - width, rect.y(), 2 * width, rect.height(), 1.5, 1.5)
    painter.save()
    painter.setClipRect(QRectF(rect.x(), rect.y(), width, rect.height()))
    painter.fillPath(path, theme.colour(colour))
    painter.restore()


def quiet_fill(down: bool, hover: bool) -> str | None:
    """The fill of what has none at rest."""
    panel = token("panel")
    if down:
        return style.step(panel, -1 if theme.dark() else -2)
    return (token("raised") if theme.dark() else style.step(panel, -1)) if hover else None


def line_height(font: QFont) -> float:
    return _line_height(font.pixelSize(), font.weight())


@cache
def _line_height(pixels: int, weight: int) -> float:
    return max(round(pixels * LEADING), QFontMetricsF(theme.font_of(pixels, weight)).height())


def lines(text: str, font: QFont, width: float) -> list[str]:
    """`text` broken at words into lines of at most `width`; a word that is too long is broken anywhere."""
    return _lines(text, font.pixelSize(), font.weight(), width)


@lru_cache(4096)
def _lines(text: str, pixels: int, weight: int, width: float) -> list[str]:
    font, found = theme.font_of(pixels, weight), list[str]()
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            found.append(paragraph[line.textStart():line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
        if not paragraph:
            found.append("")
    return found


def height_of(text: str, font: QFont, width: float) -> float:
    """The height of `text` wrapped to `width`."""
    return len(lines(text, font, width)) * line_height(font) if text else 0.0


def write(painter: QPainter, rect: QRectF, text: str, font: QFont, colour: str | QColor,
          across: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> float:
    """Paint `text` wrapped in `rect` from its top; returns the y below it."""
    painter.setFont(font)
    painter.setPen(theme.colour(colour) if isinstance(colour, str) else colour)
    high, y = line_height(font), rect.y()
    for line in lines(text, font, rect.width()):
        painter.drawText(QRectF(rect.x(), y, rect.width(), high), across | Qt.AlignmentFlag.AlignVCenter, line)
        y += high
    return y


def on_picture(painter: QPainter, words: str, inside: QRectF, anchor: str) -> None:
    """`words`, of a line or more, on a dark plate inside `inside`; `anchor` is 'top-left', 'top', 'bottom-right', 'middle', ..."""
    font = theme.font(12, 600)
    metrics = QFontMetricsF(font)
    lines = words.split("\n")
    wide = min(max(metrics.horizontalAdvance(line) for line in lines) + 2 * GAP, inside.width())
    if not words or wide < 3 * GAP:
        return
    plate = QRectF(0, 0, wide, round(len(lines) * metrics.height() + 6))
    plate.moveCenter(inside.center())
    if "left" in anchor:
        plate.moveLeft(inside.left())
    if "right" in anchor:
        plate.moveRight(inside.right())
    if "top" in anchor:
        plate.moveTop(inside.top())
    if "bottom" in anchor:
        plate.moveBottom(inside.bottom())
    plate.moveTopLeft(QPointF(round(plate.left()), round(plate.top())))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box(painter, plate, theme.CASING, None, 4)
    painter.setPen(theme.ON_PICTURE)
    painter.setFont(font)
    fitting = "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, wide - 2 * GAP + 0.5) for line in lines)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, fitting)


def check_mark(painter: QPainter, centre: QPointF, colour: str, size: float, width: float = 1.8) -> None:
    """A tick, `size` wide with its air."""
    unit = size / 24
    path = QPainterPath(centre + QPointF(-7 * unit, 0.5 * unit))
    path.lineTo(centre + QPointF(-2.5 * unit, 5 * unit))
    path.lineTo(centre + QPointF(7 * unit, -4.5 * unit))
    painter.save()
    painter.setPen(QPen(theme.colour(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.restore()


def product_mark(painter: QPainter, rect: QRectF) -> None:
    """A frame, half of it restored."""
    unit = rect.width() / 24
    painter.setPen(QPen(theme.colour("text"), 1.6 * unit))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.8 * unit, 0.8 * unit, -0.8 * unit, -0.8 * unit), 4.2 * unit, 4.2 * unit)
    painter.fillRect(QRectF(rect.x() + 12 * unit, rect.y() + 4 * unit, 8 * unit, 16 * unit), theme.colour("accent"))
    painter.fillRect(QRectF(rect.x() + 11.2 * unit, rect.y() + 1 * unit, 1.6 * unit, 22 * unit), theme.colour("text"))
