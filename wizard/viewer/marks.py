"""Words on a picture: labels in its corners, notes, and the probe's figures."""
from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter

from wizard import theme
from wizard.viewer import display
from wizard.viewer.compare import Shot
from wizard.words import number, tr

GAP = 8


def draw_label(painter: QPainter, words: str, box: QRectF, anchor: str) -> QRectF:
    """`words` on a dark plate inside `box`; `anchor` is 'top-left', 'top', 'bottom-right', 'middle', ...; gives where it lies."""
    font = theme.font(12, 600)
    metrics = QFontMetricsF(font)
    wide = min(metrics.horizontalAdvance(words) + 2 * GAP, box.width())
    if not words or wide < 3 * GAP:
        return QRectF()
    plate = QRectF(0, 0, wide, round(metrics.height() + 6))
    plate.moveCenter(box.center())
    if "left" in anchor:
        plate.moveLeft(box.left())
    if "right" in anchor:
        plate.moveRight(box.right())
    if "top" in anchor:
        plate.moveTop(box.top())
    if "bottom" in anchor:
        plate.moveBottom(box.bottom())
    plate.moveTopLeft(QPointF(round(plate.left()), round(plate.top())))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.CASING)
    painter.drawRoundedRect(plate, 4, 4)
    painter.setPen(theme.ON_PICTURE)
    painter.setFont(font)
    fitting = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, wide - 2 * GAP + 0.5)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, fitting)
    return plate


def probe_words(shot: Shot, counted: tuple[int, int], x: int, y: int) -> str:
    """'x 1,204  y 388   R 412  G 688  B 731': the code values that `shot` stores at x, y of a frame of size `counted`."""
    place = tr("x {x}  y {y}", x=number(x), y=number(y))
    if shot.pixels is None:
        return place
    rows, columns = shot.pixels.shape[:2]
    value = shot.pixels[min(y * rows // counted[1], rows - 1), min(x * columns // counted[0], columns - 1)]
    if shot.depth:
        red, green, blue = (number(code) if code > 9999 else str(code) for code in display.codes(value, shot.depth))
    else:
        red, green, blue = (number(float(part), 4) for part in np.nan_to_num(value))
    return place + "   " + tr("R {red}  G {green}  B {blue}", red=red, green=green, blue=blue)
