"""Text on a page: plain words in the house's sizes, line height 1.5, that follow the theme and the size of the text."""
# ruff: noqa: N802
from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QLabel, QSizePolicy, QWidget

from wizard import theme
from wizard.kit import paint

LINE = 560                                      # px: what a wrapped text asks for where nothing else decides its width


class Words(QLabel):
    """Plain text of one size, weight and colour. `wrap` lets it be narrower than it is long."""

    def __init__(self, text: str = "", pixels: int = 13, weight: int = 400, tone: str = "text", wrap: bool = True,
                 parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._pixels, self._weight, self._tone, self._wrap = pixels, weight, tone, wrap
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_tone(self, tone: str) -> None:
        """Take the colour of a token."""
        self._tone = tone
        self.update()

    def _restyle(self) -> None:
        self.setFont(theme.font(self._pixels, self._weight))
        self.updateGeometry()
        self.update()

    def _natural(self) -> int:
        metrics = QFontMetricsF(theme.font(self._pixels, self._weight))
        return max((int(metrics.horizontalAdvance(line)) + 2 for line in self.text().split("\n")), default=0)

    def sizeHint(self) -> QSize:
        width = min(self._natural(), theme.scaled(LINE)) if self._wrap else self._natural()
        width += self._round().width()
        return QSize(width, self.heightForWidth(width))

    def _round(self) -> QSize:
        """What the margins round the words take."""
        round_it = self.contentsMargins()
        return QSize(round_it.left() + round_it.right(), round_it.top() + round_it.bottom())

    def minimumSizeHint(self) -> QSize:
        if not self._wrap:
            return self.sizeHint()
        metrics = QFontMetricsF(theme.font(self._pixels, self._weight))
        widest = max((int(metrics.horizontalAdvance(word)) + 2 for word in self.text().split()), default=0)
        return QSize(min(widest, theme.scaled(160)), self._line()) + self._round()

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        if not self._wrap:
            return self._line() + self._round().height()
        high = round(paint.height_of(self.text(), theme.font(self._pixels, self._weight), width - self._round().width()))
        return max(self._line(), high) + self._round().height()

    def _line(self) -> int:
        return round(paint.line_height(theme.font(self._pixels, self._weight)))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        font = theme.font(self._pixels, self._weight)
        tone = self._tone if self.isEnabled() else "text3"
        rect = QRectF(self.contentsRect())
        across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        if not self._wrap:
            painter.setFont(font)
            painter.setPen(theme.colour(tone))
            painter.drawText(rect, across | Qt.AlignmentFlag.AlignVCenter, self._shown(rect.width()))
            return
        if not self.alignment() & Qt.AlignmentFlag.AlignTop:
            spare = rect.height() - paint.height_of(self.text(), font, rect.width())
            rect.translate(0, max(0.0, spare / 2))
        paint.write(painter, rect, self.text(), font, tone, across)

    def _shown(self, width: float) -> str:
        return self.text()


class Elided(Words):
    """One line that loses its middle where there is no room, and then has a tooltip."""

    def __init__(self, text: str = "", pixels: int = 13, weight: int = 400, tone: str = "text",
                 mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle, parent: QWidget | None = None) -> None:
        self._mode = mode
        super().__init__(text, pixels, weight, tone, wrap=False, parent=parent)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._natural(), theme.scaled(48)), self._line())

    def setText(self, text: str | None) -> None:
        super().setText(text)
        self._explain()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._explain()

    def _explain(self) -> None:
        self.setToolTip(self.text() if self._shown(self.width()) != self.text() else "")

    def _shown(self, width: float) -> str:
        metrics = QFontMetricsF(theme.font(self._pixels, self._weight))
        return self.text() if metrics.horizontalAdvance(self.text()) <= width + 0.5 else metrics.elidedText(self.text(), self._mode, width)


def title(text: str) -> Words:
    """The title of a page."""
    return Words(text, 22, 600)


def subtitle(text: str) -> Words:
    """The sentence under it."""
    return Words(text, 14, 400, "text2")


def heading(text: str) -> Words:
    """The title of a card."""
    return Words(text, 16, 600)


def strong(text: str) -> Words:
    return Words(text, 13, 600)


def label(text: str) -> Words:
    """What stands over or before a field."""
    return Words(text, 13, 500, "text2")


def body(text: str) -> Words:
    return Words(text, 13, 400)


def caption(text: str) -> Words:
    return Words(text, 12, 400, "text2")


def big(text: str) -> Words:
    """The one big number of a page."""
    return Words(text, 28, 600, wrap=False)
