"""The coverage map: the whole film as one strip, with what the picked pairs stand for and where nothing like it is picked."""
from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PyQt6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from wizard import theme
from wizard.graphs.painted import Painted, faded, hatch, metrics, quiet_fill, write
from wizard.words import tr, trn

Spans = Sequence[tuple[int, int]]
STAND_OUT = 3               # of the marks, above and below the strip


class Coverage(QWidget):
    """Strip and sentence; `legend` stands above the strip until it is put elsewhere, as into the header of a panel. A click, or the arrow
    keys from mark to mark, say `moved`."""

    moved = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend, self.strip, self.note = Legend(self), Strip(self), QLabel(self)
        self.note.setWordWrap(True)
        self.note.hide()
        self.strip.moved.connect(self.moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.legend)
        column.addWidget(self.strip)
        column.addWidget(self.note)
        theme.changed.connect(self._dress)
        self._dress()

    def set_data(self, count: int, covered: Spans, picked: Sequence[int], held: Sequence[int], uncovered: Spans) -> None:
        """Spans are frames [start, stop)."""
        self.strip.set_data(count, covered, picked, held, uncovered)

    def set_note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def set_index(self, index: int | None) -> None:
        """Mark the frame that is looked at."""
        self.strip.set_index(index)

    def _dress(self) -> None:
        self.note.setFont(theme.font(12))
        self.note.setStyleSheet(f"color: {theme.tokens().text2}")


class Strip(Painted):
    """The film from end to end."""

    moved = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("What the picked pairs cover"), parent)
        self.count = 0
        self.covered: Spans = ()
        self.uncovered: Spans = ()
        self.picked: Sequence[int] = ()
        self.held: Sequence[int] = ()
        self.index: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_data(self, count: int, covered: Spans, picked: Sequence[int], held: Sequence[int], uncovered: Spans) -> None:
        self.count, self.covered, self.uncovered = count, covered, uncovered
        self.picked, self.held = sorted(picked), sorted(held)
        missing = sum(stop - start for start, stop in uncovered)
        self.setAccessibleDescription(", ".join([
            trn("{n} frame picked", "{n} frames picked", len(self.picked)), trn("{n} held out", "{n} held out", len(self.held)),
            trn("{n} frame that nothing picked is like", "{n} frames that nothing picked is like", missing)]))
        self.remake()

    def set_index(self, index: int | None) -> None:
        self.index = index
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(400, 26 + 2 * STAND_OUT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(120, 26 + 2 * STAND_OUT)

    def _x(self, frame: float) -> float:
        return self.width() * frame / max(self.count, 1)

    def _area(self, start: float, stop: float) -> QRectF:
        return QRectF(self._x(start), STAND_OUT, max(self._x(stop) - self._x(start), 2.0), self.height() - 2 * STAND_OUT)

    def paint_still(self, painter: QPainter) -> None:
        whole = QRectF(0, STAND_OUT, self.width(), self.height() - 2 * STAND_OUT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(whole, 2, 2)
        painter.setBrush(quiet_fill())
        for start, stop in self.covered:
            painter.drawRoundedRect(self._area(start, stop), 2, 2)
        for start, stop in self.uncovered:
            hatch(painter, self._area(start, stop))
        for frames, colour in ((self.picked, "accent"), (self.held, "held")):
            for x in sorted({round(self._x(frame + 0.5)) for frame in frames}):
                mark = QRectF(min(max(x - 1.5, 0), self.width() - 3), 0, 3, self.height())
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(faded("panel", 0.7))
                painter.drawRect(mark.adjusted(-1, STAND_OUT, 1, -STAND_OUT))
                painter.setBrush(theme.colour(colour))
                painter.drawRoundedRect(mark, 1.5, 1.5)

    def paint_moving(self, painter: QPainter) -> None:
        if self.index is None or not self.count:
            return
        x = min(max(self._x(self.index + 0.5), 5), self.width() - 5)
        painter.setPen(QPen(theme.colour("panel"), 1))
        painter.setBrush(theme.colour("text"))
        painter.drawPolygon(QPointF(x - 5, 0), QPointF(x + 5, 0), QPointF(x, 7))

    def _go(self, index: int) -> None:
        if self.count:
            self.set_index(min(max(index, 0), self.count - 1))
            self.moved.emit(self.index)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(int(event.position().x() / max(self.width(), 1) * self.count))

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._go(int(event.position().x() / max(self.width(), 1) * self.count))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        assert event is not None
        marks = sorted({*self.picked, *self.held, *(start for start, _ in self.uncovered)})
        here = -1 if self.index is None else self.index
        before, after = [mark for mark in marks if mark < here], [mark for mark in marks if mark > here]
        reached = {Qt.Key.Key_Left: before[-1:], Qt.Key.Key_Right: after[:1], Qt.Key.Key_Home: marks[:1], Qt.Key.Key_End: marks[-1:]}
        found = reached.get(event.key())
        if found is None or event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            super().keyPressEvent(event)
        elif found:
            self._go(found[0])


class Legend(QWidget):
    """The four signs and their words, at the right; on two lines where one is too short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(", ".join(words for _, words in self._items()))
        theme.changed.connect(self._resize)

    def _resize(self) -> None:
        self.updateGeometry()

    @staticmethod
    def _items() -> list[tuple[str, str]]:
        return [("covered", tr("covered")), ("accent", tr("picked")), ("held", tr("held out")), ("hatch", tr("nothing like it picked"))]

    def _rows(self, width: float) -> list[list[tuple[str, str, float]]]:
        rows: list[list[tuple[str, str, float]]] = [[]]
        for sign, words in self._items():
            wide = 20 + metrics(12).horizontalAdvance(words) + 2
            if rows[-1] and sum(one[2] + 20 for one in rows[-1]) + wide > width:
                rows.append([])
            rows[-1].append((sign, words, wide))
        return rows

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return round(len(self._rows(width)) * (metrics(12).height() + 4))

    def sizeHint(self) -> QSize:  # noqa: N802
        width = round(sum(wide + 20 for _, _, wide in self._rows(1e9)[0]) - 19)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(round(max(row[2] for row in self._rows(1e9)[0])), round(metrics(12).height() + 4))

    def paintEvent(self, event: object) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = metrics(12).height() + 4
        rows = self._rows(self.width())
        top = (self.height() - high * len(rows)) / 2
        for at, row in enumerate(rows):
            x = self.width() - sum(wide + 20 for _, _, wide in row) + 20
            for sign, words, wide in row:
                area = QRectF(round(x), round(top + at * high + (high - 12) / 2), 14, 12)
                if sign == "hatch":
                    hatch(painter, area)
                else:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(quiet_fill() if sign == "covered" else theme.colour(sign))
                    painter.drawRoundedRect(area, 2, 2)
                write(painter, QRectF(x + 20, top + at * high, wide - 20, high), words)
                x += wide + 20
