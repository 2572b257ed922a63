"""The line under a picture that stands for all its frames: play head, in and out, and flags above it."""
from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QSlider, QWidget

from wizard import theme
from wizard.words import tr

ENDS = 10               # room at both ends for the play head
STRIP = 7               # height of the strip
REACH = 10              # how far from the line's in or out the mouse may be


class Track(QSlider):
    """A slider over the frames. `asked` is a frame that the user went to, `span_asked` an in and out that the user dragged."""

    asked = pyqtSignal(int)
    span_asked = pyqtSignal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.span: tuple[int, int] | None = None
        self.span_editable = False
        self._marks: list[tuple[int, str]] = []
        self._strip: list[tuple[int, Sequence[tuple[str, float]]]] = []
        self._held: str | None = None                       # 'head', 'in' or 'out'
        self.setAccessibleName(tr("Frame"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(80)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(240, theme.scaled(44))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(80, theme.scaled(44))

    def set_marks(self, marks: Sequence[tuple[int, str]]) -> None:
        self._marks = list(marks)
        self.update()

    def set_strip(self, strip: Sequence[tuple[int, Sequence[tuple[str, float]]]]) -> None:
        """Below the line, for some frames in order, tones with their shares of it, from the top; each counts up to half way to the next."""
        if list(strip) != self._strip:
            self._strip = list(strip)
            self.update()

    def x_of(self, index: float) -> float:
        """Where a frame lies on the line."""
        return ENDS + (self.width() - 2 * ENDS) * index / max(self.maximum(), 1)

    def _index_at(self, x: float) -> int:
        return min(max(round((x - ENDS) / max(self.width() - 2 * ENDS, 1) * self.maximum()), 0), self.maximum())

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        self._paint_line(painter, 0, self.maximum(), middle, "line")
        if self.span is not None:
            self._paint_line(painter, *self.span, middle, "edge")
            painter.setBrush(theme.colour("text"))
            for index in self.span:
                painter.drawRoundedRect(QRectF(self.x_of(index) - 2, middle - 9, 4, 18), 1, 1)
        for index, tone in self._marks:
            flag = theme.pixmap("flag", tone, 14)
            painter.drawPixmap(QPointF(self.x_of(index) - 3, middle - 8 - flag.deviceIndependentSize().height()), flag)
        self._paint_strip(painter, middle + 13)
        if self.isEnabled():
            self._paint_head(painter, middle)
        painter.end()

    def _paint_line(self, painter: QPainter, first: int, last: int, middle: float, token: str) -> None:
        painter.setBrush(theme.colour(token))
        left, right = self.x_of(first), self.x_of(last)
        painter.drawRoundedRect(QRectF(left, middle - 2, max(right - left, 1), 4), 2, 2)

    def _paint_strip(self, painter: QPainter, top: float) -> None:
        frames = [index for index, _ in self._strip]
        for place, (index, tones) in enumerate(self._strip):
            left = self.x_of((frames[place - 1] + index) / 2) if place else self.x_of(0)
            right = self.x_of((index + frames[place + 1]) / 2) if place + 1 < len(frames) else self.x_of(self.maximum())
            at = top
            for token, share in tones:
                painter.fillRect(QRectF(round(left), at, max(round(right) - round(left), 1), STRIP * share), theme.colour(token))
                at += STRIP * share

    def _paint_head(self, painter: QPainter, middle: float) -> None:
        x = round(self.x_of(self.value()))
        painter.setBrush(theme.colour("accent"))
        painter.drawRect(QRectF(x - 1, middle - 11, 2, 22))
        painter.drawEllipse(QPointF(x, middle), 6, 6)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        assert event is not None
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._held = self._under(event.position().x())
        self._drag(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        assert event is not None
        if self._held is not None:
            self._drag(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if self._held in ("in", "out") and self.span is not None:
            self.span_asked.emit(*self.span)
        self._held = None

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        assert event is not None
        event.ignore()                                      # the transport has the keys

    def _under(self, x: float) -> str:
        """The head wins over in and out where they lie on it."""
        if self.span is None or not self.span_editable or abs(x - self.x_of(self.value())) <= 4:
            return "head"
        away, which = min((abs(x - self.x_of(index)), which) for index, which in zip(self.span, ("in", "out"), strict=True))
        return which if away <= REACH else "head"

    def _drag(self, x: float) -> None:
        index = self._index_at(x)
        if self._held == "head" or self.span is None:
            self.asked.emit(index)
            return
        first, last = self.span
        self.span = (min(index, last), last) if self._held == "in" else (first, max(index, first))
        self.update()
