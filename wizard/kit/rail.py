"""The rail at the left: the product, the project, its steps with their state, the manual and the settings."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from wizard import style, theme
from wizard.kit import paint
from wizard.kit.buttons import enter_clicks
from wizard.kit.panels import Hairline, scrolled
from wizard.kit.words import Words
from wizard.words import percent, tr

WIDE, COMPACT = 240, 208
SIGN = {"attention": ("warn", "warn"), "stopped": ("warn", "err"), "stale": ("refresh", "warn")}      # icon, token


@dataclass(frozen=True)
class RailItem:
    """A step as the rail shows it. `sign` is 'open', 'done', 'running', 'attention', 'stopped', 'stale' or 'later'; `reason` the few words
    under the name (of a later step: what opens it, in the tooltip); `share` how much of a running one is done."""

    name: str
    sign: str
    reason: str
    here: bool
    share: float = 0
    number: int = 0


def rail_width(compact: bool) -> int:
    """In pixels; a third of what the text grows by, so that words wrap less and the page keeps its room."""
    wide = COMPACT if compact else WIDE
    return wide + (theme.scaled(wide) - wide) // 3


def state_words(item: RailItem) -> str:
    """The state of a step as a screen reader says it."""
    said = {
        "open": tr("open"), "done": tr("done"), "running": tr("running, {share}", share=percent(item.share)),
        "attention": tr("needs attention"), "stopped": tr("stopped"), "stale": tr("out of date"), "later": tr("later"),
    }[item.sign]
    parts = [item.name, tr("step {number}", number=item.number) if item.number else "", tr("you are here") if item.here else "", said,
             item.reason]
    return ", ".join(part for part in parts if part)


class _Step(QAbstractButton):
    """One step."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._item = RailItem("", "later", "", False)
        self._compact, self._placed = False, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def show_item(self, item: RailItem, compact: bool) -> None:
        changed = (item, compact) != (self._item, self._compact)
        self._item, self._compact = item, compact
        if changed:
            self.setText(item.name)
            self.setAccessibleName(state_words(item))
            self.setToolTip(item.reason if item.sign == "later" else "")
            self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _reason(self) -> str:
        return "" if self._item.sign == "later" else self._item.reason

    def _left(self) -> int:
        return 26 + theme.scaled(22)

    def _high(self) -> int:
        return theme.scaled(40 if self._compact else 44)

    def _name_height(self, width: int) -> float:
        return paint.height_of(self._item.name, theme.font(14, 600), width - self._left() - 8)

    def heightForWidth(self, width: int) -> int:
        extra = max(0.0, self._name_height(width) - paint.line_height(theme.font(14, 600)))
        if self._reason():
            extra += max(theme.scaled(12), paint.height_of(self._reason(), theme.font(12), width - self._left() - 8) - theme.scaled(6))
        return self._high() + round(extra)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = self.width() if self._placed else rail_width(self._compact) - 16
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._placed = True
        if event is not None and event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self._high())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif not enter_clicks(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, rect, item = paint.painter_on(self), QRectF(self.rect()), self._item
        if item.here:
            paint.box(painter, rect, paint.token("raised"), None, 6)
            paint.accent_bar(painter, rect.adjusted(0, 8, 0, -8))
        elif self.underMouse() or self.isDown():
            rail = paint.token("rail")
            paint.box(painter, rect, style.pressed(rail) if self.isDown() else style.hovered(rail), None, 6)
        middle = self._high() / 2
        side = theme.scaled(22)
        _paint_sign(painter, QRectF(15, middle - side / 2, side, side), item)
        quiet = item.sign == "later" and not item.here
        font, line = theme.font(14, 500 if quiet else 600), paint.line_height(theme.font(14, 600))
        room = QRectF(self._left(), middle - line / 2, rect.width() - self._left() - 8, 0)
        y = paint.write(painter, room, item.name, font, "text3" if quiet else "text")
        if self._reason():
            tone = SIGN[item.sign][1] if item.sign in SIGN else "text2"
            room.moveTop(y - theme.scaled(2))
            paint.write(painter, room, self._reason(), theme.font(12), tone)


def _paint_sign(painter: QPainter, box: QRectF, item: RailItem) -> None:
    """Ring with check, number, arc, triangle or round arrows."""
    at = box.center()
    if item.sign in SIGN:
        icon, tone = SIGN[item.sign]
        half = theme.scaled(20) / 2
        painter.drawPixmap(round(at.x() - half), round(at.y() - half), theme.pixmap(icon, tone, 20))
        return
    ring = box.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if item.sign == "running":
        ring.adjust(1, 1, -1, -1)
        painter.setPen(QPen(theme.colour("line"), 3))
        painter.drawEllipse(ring)
        painter.setPen(QPen(theme.colour("accent"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, -round(360 * 16 * min(1.0, max(0.02, item.share))))
        return
    tone = "ok" if item.sign == "done" else "text3" if item.sign == "later" and not item.here else "text"
    painter.setPen(QPen(theme.colour(tone), 1.5))
    painter.drawEllipse(ring)
    if item.sign == "done":
        paint.check_mark(painter, at, "ok", box.width() * 0.62, 1.5)
    else:
        painter.setFont(theme.font(12, 600))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(item.number))


class _Line(QAbstractButton):
    """A line of the rail that is pressed, above or below the steps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._resize)

    def _resize(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(150, theme.scaled(32))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if not enter_clicks(self, event):
            super().keyPressEvent(event)


class _Home(_Line):
    """The product mark and name: back to the start screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText("Answerprint")
        self.setAccessibleName(tr("Answerprint, to the start screen"))
        self.setToolTip(tr("To the start screen"))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, side = paint.painter_on(self), theme.scaled(24)
        if self.underMouse():
            paint.box(painter, QRectF(self.rect()), style.hovered(paint.token("rail")), None, 6)
        paint.product_mark(painter, QRectF(16, (self.height() - side) / 2, side, side))
        painter.setFont(theme.font(15, 600))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(26 + side, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())


class _Foot(_Line):
    """Manual or settings, with its key at the right."""

    def __init__(self, icon: str, text: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._key = icon, key
        self.setText(text)
        self.setAccessibleName(f"{text}, {key}")

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, rect, size = paint.painter_on(self), QRectF(self.rect()), theme.scaled(18)
        if self.underMouse():
            paint.box(painter, rect, style.hovered(paint.token("rail")), None, 6)
        painter.drawPixmap(16, round((rect.height() - size) / 2), theme.pixmap(self._icon, "text2", 18))
        painter.setFont(theme.font(13, 500))
        painter.setPen(theme.colour("text2"))
        painter.drawText(rect.adjusted(26 + size, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        font = theme.font(13)
        painter.setFont(font)
        painter.setPen(theme.colour("text3"))
        width = QFontMetricsF(font).horizontalAdvance(self._key)
        painter.drawText(QRectF(rect.right() - 16 - width, 0, width + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, self._key)


class Rail(QFrame):
    """`chosen` tells the index of the step that was clicked; of a later one too, so that the window can say what opens it."""

    chosen = pyqtSignal(int)
    manual = pyqtSignal()
    settings = pyqtSignal()
    home = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[RailItem] = []
        self._steps: list[_Step] = []
        self._compact = False
        self.setAccessibleName(tr("Steps"))
        self._home = _Home(self)
        self._home.clicked.connect(lambda: self.home.emit())
        self._name, self._note = Words("", 13, 600), Words("", 12, 400, "text2")
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self._lay_out()
        self.set_compact(False)
        theme.changed.connect(self._restyle)

    def _lay_out(self) -> None:
        manual = _Foot("help", tr("Manual"), "F1", self)
        manual.clicked.connect(lambda: self.manual.emit())
        settings = _Foot("settings", tr("Settings"), "Ctrl ,", self)
        settings.clicked.connect(lambda: self.settings.emit())
        self._project, whole = QVBoxLayout(), QVBoxLayout(self)
        self._project.setContentsMargins(16, 12, 16, 0)
        self._project.setSpacing(0)
        self._project.addWidget(self._name)
        self._project.addWidget(self._note)
        whole.setContentsMargins(8, 20, 8, 16)
        whole.setSpacing(0)
        whole.addWidget(self._home)
        whole.addLayout(self._project)
        whole.addLayout(_inset(Hairline(self), 14, 8))
        whole.addWidget(scrolled(self._list), 1)
        whole.addLayout(_inset(Hairline(self), 8, 7))
        whole.addWidget(manual)
        whole.addWidget(settings)

    def set_compact(self, compact: bool) -> None:
        """208 wide instead of 240, with lower rows."""
        self._compact = compact
        self._restyle()
        self._show()

    def _restyle(self) -> None:
        self.setFixedWidth(rail_width(self._compact))
        self.update()

    def set_project(self, name: str, note: str) -> None:
        self._name.setText(name)
        self._note.setText(note)
        self._name.setVisible(bool(name))
        self._note.setVisible(bool(note))

    def set_items(self, items: Sequence[RailItem]) -> None:
        """The steps of this kind of recovery and how they stand."""
        self._items = list(items)
        while len(self._steps) > len(items):
            step = self._steps.pop()
            self._column.removeWidget(step)
            step.deleteLater()
        while len(self._steps) < len(items):
            step = _Step(self._list)
            index = len(self._steps)
            step.clicked.connect(lambda _, index=index: self.chosen.emit(index))
            self._column.insertWidget(index, step)
            self._steps.append(step)
        self._show()

    def step(self, index: int) -> QAbstractButton:
        """The button of a step, to give it the focus."""
        return self._steps[index]

    def _show(self) -> None:
        for step, item in zip(self._steps, self._items, strict=True):
            step.show_item(item, self._compact)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("line"))


def _inset(line: Hairline, above: int, below: int) -> QVBoxLayout:
    holder = QVBoxLayout()
    holder.setContentsMargins(16, above, 16, below)
    holder.addWidget(line)
    return holder
