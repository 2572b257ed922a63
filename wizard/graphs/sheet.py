"""The contact sheet: crops down, and across the scan, the target, and the result at steps 1, 10, 100, 1,000 and so on."""
from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from wizard import theme
from wizard.graphs.painted import fill_picture, metrics, write
from wizard.words import number, tr, trn

Pictures = Sequence[QImage | None]
GAP = 6
WIDER = 18                  # after the target
SMALLEST, GREATEST = 44, 132


class ContactSheet(QAbstractScrollArea):
    """Scan and target stay at the left while the steps scroll beside them; a new step is shown at once unless one has scrolled back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scan: Pictures = ()
        self.target: Pictures = ()
        self.columns: Sequence[tuple[int, Pictures]] = ()
        self.setAccessibleName(tr("Contact sheet"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._measure)

    def set_rows(self, scan: Pictures, target: Pictures, columns: Sequence[tuple[int, Pictures]]) -> None:
        """A picture of `scan`, of `target` and of each column for every crop; a column is a step and its pictures."""
        bar = self.horizontalScrollBar()
        at_end = bar.value() == bar.maximum()
        self.scan, self.target, self.columns = scan, target, columns
        steps = ", ".join(number(step) for step, _ in columns)
        self.setAccessibleDescription(trn("{n} crop at steps {steps}", "{n} crops at steps {steps}", len(scan), steps=steps))
        self._measure()
        if at_end:
            bar.setValue(bar.maximum())

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(408, 230)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(4 * SMALLEST + WIDER + 3 * GAP, round(self._head() + 2 * SMALLEST))

    @staticmethod
    def _head() -> float:
        return metrics(12, 600).height() + 8

    def _cell(self) -> float:
        """Side of a picture: what the height has room for."""
        rows = max(len(self.scan), 1)
        room = self.height() - self._head() - GAP * (rows - 1)
        for taken in (0, self.horizontalScrollBar().sizeHint().height() + 4):
            cell = float(max(SMALLEST, min(GREATEST, (room - taken) // rows)))
            if (cell + GAP) * (2 + len(self.columns)) - GAP + WIDER - GAP <= self.width():
                break
        return cell

    def _heads(self) -> list[str]:
        first = [tr("Step {step}", step=number(step)) if at == 0 else number(step) for at, (step, _) in enumerate(self.columns)]
        return [tr("Scan"), tr("Target"), *first]

    def _width(self, head: str) -> float:
        return max(self._cell(), metrics(12, 600).horizontalAdvance(head) + 2)

    def _fixed(self) -> float:
        return sum(self._width(head) + GAP for head in self._heads()[:2]) + WIDER - GAP

    def _measure(self) -> None:
        bar, heads = self.horizontalScrollBar(), self._heads()[2:]
        room = self.viewport().width() - self._fixed()
        bar.setRange(0, max(0, round(sum(self._width(head) + GAP for head in heads) - GAP - room)))
        bar.setPageStep(max(1, round(room)))
        bar.setSingleStep(round(self._cell() + GAP))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        bar = self.horizontalScrollBar()
        at_end = bar.value() == bar.maximum()
        self._measure()
        if at_end:
            bar.setValue(bar.maximum())

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        if not self.scan:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        heads, fixed = self._heads(), self._fixed()
        x = 0.0
        for head, pictures in zip(heads[:2], (self.scan, self.target), strict=True):
            x += self._paint_column(painter, x, head, pictures, "text2", 500)
        painter.setClipRect(QRectF(fixed, 0, self.viewport().width() - fixed, self.viewport().height()))
        x = fixed - self.horizontalScrollBar().value()
        for head, (_, pictures) in zip(heads[2:], self.columns, strict=True):
            x += self._paint_column(painter, x, head, pictures, "text", 600)

    def _paint_column(self, painter: QPainter, x: float, head: str, pictures: Pictures, colour: str, weight: int) -> float:
        """Paint one column and give its width with the gap."""
        cell, wide, top = self._cell(), self._width(head), self._head()
        if -wide < x < self.viewport().width():
            write(painter, QRectF(x, 0, wide, top - 6), head, colour, 12, weight, Qt.AlignmentFlag.AlignCenter)
            for row, picture in enumerate(pictures):
                fill_picture(painter, QRectF(round(x + (wide - cell) / 2), round(top + row * (cell + GAP)), cell, cell), picture)
        return wide + GAP

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        assert event is not None
        bar = self.horizontalScrollBar()
        to = {Qt.Key.Key_Left: bar.value() - bar.singleStep(), Qt.Key.Key_Right: bar.value() + bar.singleStep(),
              Qt.Key.Key_Home: 0, Qt.Key.Key_End: bar.maximum()}.get(event.key())
        if to is None or event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            event.ignore()
        else:
            bar.setValue(to)
