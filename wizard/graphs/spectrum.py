"""How much detail a result has beside its reference, from coarse to the finest: its power over the reference's in per cent."""
from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QSizePolicy, QWidget

from wizard import theme
from wizard.graphs.painted import Painted, box_size, metrics, word_box, write
from wizard.words import percent, tr

TOPS = (1.5, 2.0, 3.0)                      # of the scale; what is more is drawn at its top, which says so
DOT = 2.5
RANGE = 6                                   # bands at the end of the line's name, which stands where they are not
RIGHT, CENTRE = (side | Qt.AlignmentFlag.AlignVCenter for side in (Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter))


class Spectrum(Painted):
    """A line of dots, a band each, over the dashed line of the reference."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Spectrum"), parent)
        self.bands: tuple[float, ...] = ()
        self._as_known, self._none = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_bands(self, bands: Sequence[float], as_known: str, none: str) -> None:
        """Power over that of the reference by band, coarse to fine, 1 = as much. `as_known` names the line of the reference, `none` says
        why there are no bands."""
        self.bands, self._as_known, self._none = tuple(bands), as_known, none
        self.setAccessibleDescription(ranges(self.bands) or none)
        self.setToolTip(ranges(self.bands))
        self.remake()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(280, theme.scaled(84))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.scaled(160), theme.scaled(72))

    def paint_still(self, painter: QPainter) -> None:
        line = metrics(12).height()
        left = metrics(12).horizontalAdvance("≥ " + percent(2.0)) + 8
        area = QRectF(left, line / 2, max(10.0, self.width() - left - 6), max(10.0, self.height() - 1.5 * line - 6))
        top = top_of(self.bands)
        self._paint_axes(painter, area, top, line)
        if self.bands:
            self._paint_bands(painter, area, top)
            over = sum(self.bands[-RANGE:]) > min(RANGE, len(self.bands))
            y = _y(area, top, 1.0) + (3 if over else -line - 1)
            write(painter, QRectF(area.left(), y, area.width(), line), self._as_known, align=RIGHT)
            return
        width, height = box_size(self._none)
        width = min(width, area.width())
        centre = area.center()
        word_box(painter, QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height), self._none)

    def _paint_axes(self, painter: QPainter, area: QRectF, top: float, line: float) -> None:
        for value in (0.0, 1.0, top):
            y = round(_y(area, top, value)) + 0.5
            pen = QPen(theme.colour("text2" if value == 1 else "line"), 1.6 if value == 1 else 1)
            if value == 1:
                pen.setDashPattern([4.0, 3.0])
            painter.setPen(pen)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            said = percent(value) if value < top or top >= max(self.bands, default=0) else f"≥ {percent(value)}"
            write(painter, QRectF(0, y - line / 2, area.left() - 6, line), said, align=RIGHT)
        below = QRectF(area.left(), area.bottom() + 6, area.width(), line)
        ends = tr("coarse"), tr("finest")
        write(painter, below, ends[0])
        write(painter, below, ends[1], align=RIGHT)
        beside = 2 * max(metrics(12).horizontalAdvance(end) + 8 for end in ends)
        if beside + metrics(12).horizontalAdvance(tr("detail")) <= area.width():
            write(painter, below, tr("detail"), align=CENTRE)

    def _paint_bands(self, painter: QPainter, area: QRectF, top: float) -> None:
        across = (area.width() - 4 * DOT) / max(1, len(self.bands) - 1)
        points = [QPointF(area.left() + 2 * DOT + place * across, _y(area, top, band)) for place, band in enumerate(self.bands)]
        painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        for point in points:
            painter.drawEllipse(point, DOT, DOT)


def top_of(bands: Sequence[float]) -> float:
    """Where the scale ends."""
    most = max(bands, default=1.0)
    return next((top for top in TOPS if top >= most), TOPS[-1])


def ranges(bands: Sequence[float]) -> str:
    """Bands in words: four ranges from coarse to the finest."""
    if not bands:
        return ""
    step = len(bands) // 4
    means = [sum(bands[k * step:(k + 1) * step]) / step for k in range(4)]
    names = (tr("coarse"), tr("middle"), tr("fine"), tr("finest"))
    return ", ".join(f"{name} {percent(mean)}" for name, mean in zip(names, means, strict=True))


def _y(area: QRectF, top: float, value: float) -> float:
    return area.bottom() - area.height() * min(max(value, 0.0), top) / top
