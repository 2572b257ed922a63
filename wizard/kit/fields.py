"""What is filled in: a list to choose from, a tick, a line of text, a number; and the tag that says what a value is."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PyQt6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QSizePolicy, QSpinBox, QStyle, QStyleOptionSpinBox, QWidget

from wizard import style, theme
from wizard.kit import paint
from wizard.words import tr


class Choice(QComboBox):
    """A list of which one is chosen, 32 high, or 24 `small` in a table row. `picked` tells what the user chose, not what `choose` did."""

    picked = pyqtSignal(str)

    def __init__(self, name: str, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._high, self._guessed = 24 if small else 32, False
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(12)
        self.activated.connect(lambda _: self.picked.emit(self.key))
        self.currentIndexChanged.connect(lambda _: self._explain())
        self._restyle()
        theme.changed.connect(self._restyle)

    def fill(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer (key, text); what was chosen stays chosen where it is still offered."""
        before = self.key
        self.blockSignals(True)
        self.clear()
        for key, text in options:
            self.addItem(text, key)
        self.setCurrentIndex(max(0, self.findData(before)) if options else -1)
        self.blockSignals(False)
        self.updateGeometry()
        self._explain()
        self.update()

    @property
    def key(self) -> str:
        """What is chosen; '' where nothing is."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose without `picked`."""
        self.setCurrentIndex(self.findData(key))
        self.update()

    @property
    def guessed(self) -> bool:
        """Whether the value was guessed and nobody has confirmed it."""
        return self._guessed

    @guessed.setter
    def guessed(self, guessed: bool) -> None:
        self._guessed = guessed
        self.setAccessibleDescription(tr("guessed") if guessed else "")
        self.update()

    def _restyle(self) -> None:
        self.setFont(theme.font(13, 500))
        self.updateGeometry()
        self.update()

    def _explain(self) -> None:
        room = self.width() - 10 - theme.scaled(28)
        self.setToolTip(self.currentText() if QFontMetricsF(theme.font(13, 500)).horizontalAdvance(self.currentText()) > room else "")

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._explain()

    def showPopup(self) -> None:
        view = self.view()
        if view is not None:
            metrics = QFontMetricsF(self.font())
            widest = max((metrics.horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0.0)
            view.setMinimumWidth(max(self.width(), round(widest) + 48))
            view.setTextElideMode(Qt.TextElideMode.ElideNone)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """The wheel scrolls the page, never the value."""
        if event is not None:
            event.ignore()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(13, 500))
        widest = max((metrics.horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=80.0)
        return QSize(round(widest) + 14 + theme.scaled(28), max(theme.scaled(self._high), round(metrics.height()) + 6))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.scaled(96)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = paint.painter_on(self)
        enabled, rect = self.isEnabled(), QRectF(self.rect())
        hover = self.underMouse() and enabled
        edge = paint.token("line" if not enabled else "warn" if self._guessed else "edge")
        paint.box(painter, rect, paint.token("field" if enabled else "panel"), style.hovered(edge) if hover else edge, 6)
        words, arrow = ("text", "text") if enabled else ("text2", "text3")
        font = theme.font(13, 600 if self._guessed else 500)
        painter.setFont(font)
        painter.setPen(theme.colour(words))
        room = rect.width() - 12 - theme.scaled(28)
        text = QFontMetricsF(font).elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(10, 0, room + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if enabled:
            size = theme.scaled(16)
            painter.drawPixmap(round(rect.width() - size - 10), round((rect.height() - size) / 2), theme.pixmap("down", arrow, 16))


class Check(QCheckBox):
    """A tick of 18 with its words, which wrap."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def setText(self, text: str | None) -> None:
        super().setText(text)
        self.setAccessibleName(text)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _before(self) -> int:
        return theme.scaled(18) + (10 if self.text() else 0)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(theme.font(13, 400)).horizontalAdvance(self.text())
        return QSize(max(theme.scaled(18), self._before() + round(width) + 3), theme.scaled(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.scaled(140)), theme.scaled(32))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(theme.scaled(32), round(paint.height_of(self.text(), theme.font(13, 400), width - self._before())) + 8)

    def hitButton(self, at: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = paint.painter_on(self)
        font = theme.font(13, 400)
        high = paint.height_of(self.text(), font, self.width() - self._before()) or paint.line_height(font)
        top, side = (self.height() - high) / 2, theme.scaled(18)
        square = QRectF(0, round(top + (paint.line_height(font) - side) / 2), side, side)
        paint_tick(painter, square, self.isChecked(), self.isEnabled(), self.underMouse(), self.isDown())
        if self.text():
            rect = QRectF(self._before(), top, self.width() - self._before(), high)
            paint.write(painter, rect, self.text(), font, "text" if self.isEnabled() else "text2")


def paint_tick(painter: QPainter, square: QRectF, on: bool, enabled: bool = True, hover: bool = False, down: bool = False) -> None:
    """The square of a tick."""
    if not enabled:
        paint.box(painter, square, None, paint.token("line"), 4)
    else:
        base = paint.token("accent" if on else "field")
        base = style.pressed(base) if down else style.hovered(base) if hover else base
        paint.box(painter, square, base, None if on else paint.token("edge"), 4)
    if on:
        paint.check_mark(painter, square.center(), "onaccent" if enabled else "text2", square.width() * 0.78, 2)


class Field(QLineEdit):
    """A line of text."""

    def __init__(self, name: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setCursorPosition(0)


class Number(QSpinBox):
    """A whole number."""

    def __init__(self, name: str, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGroupSeparatorShown(True)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        painter, option, size = paint.painter_on(self), QStyleOptionSpinBox(), theme.scaled(12)
        self.initStyleOption(option)
        tone = "text" if self.isEnabled() else "text3"
        shown = self.style()
        assert shown is not None
        for control, turn in ((QStyle.SubControl.SC_SpinBoxUp, 180), (QStyle.SubControl.SC_SpinBoxDown, 0)):
            rect = QRectF(shown.subControlRect(QStyle.ComplexControl.CC_SpinBox, option, control, self))
            painter.save()
            painter.translate(rect.center())
            painter.rotate(turn)
            painter.drawPixmap(round(-size / 2), round(-size / 2), theme.pixmap("down", tone, 12))
            painter.restore()


class Tag(QLabel):
    """A word in a small frame: `tone` is 'plain', 'ok', 'warn', 'err', 'held' or 'accent'."""

    def __init__(self, text: str, tone: str = "plain", icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._tone, self._icon = tone, icon
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set_tone(self, tone: str, icon: str | None = None) -> None:
        self._tone, self._icon = tone, icon
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(theme.font(12, 600)).horizontalAdvance(self.text())
        return QSize(round(width) + 16 + (theme.scaled(14) + 5 if self._icon else 0), theme.scaled(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        tone = "text2" if self._tone == "plain" else self._tone
        paint_tag(paint.painter_on(self), QRectF(self.rect()), self.text(), tone, self._icon)


def paint_tag(painter: QPainter, rect: QRectF, text: str, tone: str, icon: str | None = None) -> None:
    """A tag that fills `rect`."""
    paint.box(painter, rect, None, paint.token(tone), 4)
    x = rect.x() + 8
    if icon:
        size = theme.scaled(14)
        if icon == "check":
            paint.check_mark(painter, QPointF(x + size / 2 - 1, rect.center().y()), tone, size, 1.5)
        else:
            painter.drawPixmap(round(x - 1), round(rect.center().y() - size / 2), theme.pixmap(icon, tone, 14))
        x += size + 5
    painter.setFont(theme.font(12, 600))
    painter.setPen(theme.colour(tone))
    painter.drawText(QRectF(x, rect.y(), rect.right() - x, rect.height()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
