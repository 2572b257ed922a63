"""How one cell of the filmstrip looks in each of its states."""
from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPixmap

from wizard import theme
from wizard.graphs.cells import Cell
from wizard.graphs.painted import faded, metrics, write
from wizard.kit.paint import check_mark
from wizard.words import tr

TONES = {"suggested": "accent", "picked": "accent", "held": "held", "doubtful": "warn"}


def state_word(state: str) -> str:
    """The word beside the frame number; '' for a plain frame."""
    return {"suggested": tr("suggested"), "picked": tr("picked"), "held": tr("held out"), "doubtful": tr("doubtful")}.get(state, "")


def paint_cell(painter: QPainter, area: QRectF, cell: Cell, picture: QPixmap | None, *, ring: str, hover: bool, swept: bool,
               caption: float) -> None:
    """Picture, sign and border in `area`, the caption beneath; `ring` is the colour of the ring round the frame looked at, or ''."""
    if picture is None:
        painter.fillRect(area, theme.colour("surround"))
    else:
        painter.drawPixmap(area, picture, QRectF(picture.rect()))
    if swept and cell.state != "doubtful":
        painter.fillRect(area, faded("accent", 0.4))
    if cell.state == "doubtful":
        _doubt(painter, area)
    else:
        _border(painter, area, cell.state, hover)
        _check(painter, QRectF(area.left() + 6, area.top() + 6, 18, 18), cell.state)
    if ring:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour(ring), 2))
        painter.drawRoundedRect(area.adjusted(-5, -5, 5, 5), 6, 6)
    _caption(painter, QRectF(area.left(), area.bottom() + 2, area.width(), caption - 2), cell)


def _doubt(painter: QPainter, area: QRectF) -> None:
    cover = QColor(theme.CASING)
    cover.setAlpha(165)
    painter.fillRect(area, cover)
    sign = theme.pixmap("warn", theme.DARK.warn, 20)
    size = sign.deviceIndependentSize()
    painter.drawPixmap(QPointF(area.center().x() - size.width() / 2, area.center().y() - size.height() / 2), sign)


def _border(painter: QPainter, area: QRectF, state: str, hover: bool) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state in ("picked", "held"):
        painter.setPen(QPen(theme.colour(TONES[state]), 3))
        painter.drawRoundedRect(area.adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2)
    elif state == "suggested":
        painter.setPen(QPen(theme.colour("panel"), 2))
        painter.drawRect(area)
        pen = QPen(theme.colour("accent"), 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([2.5, 1.75])
        painter.setPen(pen)
        painter.drawRect(area)
    elif hover:
        painter.setPen(QPen(theme.colour("edge"), 2))
        painter.drawRect(area)


def _check(painter: QPainter, box: QRectF, state: str) -> None:
    on = state in ("picked", "held")
    painter.setPen(Qt.PenStyle.NoPen if on else QPen(theme.colour("edge"), 1))
    painter.setBrush(theme.colour(TONES[state] if on else "field"))
    painter.drawRoundedRect(box if on else box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if on:
        if state == "picked":
            check_mark(painter, box.center(), "onaccent", 15, 2)
        else:
            sign = theme.pixmap("eye", "onaccent", 14)
            painter.drawPixmap(box.adjusted(2, 2, -2, -2), sign, QRectF(sign.rect()))


def _caption(painter: QPainter, area: QRectF, cell: Cell) -> None:
    word = state_word(cell.state)
    wide = metrics(12, 600).horizontalAdvance(word)
    write(painter, area.adjusted(0, 0, -wide - 4 if word else 0, 0), cell.label)
    if word:
        write(painter, area, word, TONES[cell.state], 12, 600, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
