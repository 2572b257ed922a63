"""The tools of the Keyframes page: a column of buttons, and the sliders that go with a tool."""
# ruff: noqa: N802
from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PyQt6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from wizard import style, theme
from wizard.kit import Hairline, IconButton, paint
from wizard.kit.buttons import enter_clicks
from wizard.words import tr

TOOLS = ("scribble", "brush", "fill", "lasso", "pick", "erase")
KEYS = {"scribble": "S", "brush": "B", "fill": "G", "lasso": "Q", "pick": "T", "erase": "E"}
WIDE, HIGH, LOW, GAP = 64, 49, 32, 4
HEAD = 7


def tool_word(tool: str) -> str:
    return {"scribble": tr("Scribble"), "brush": tr("Brush"), "fill": tr("Fill"), "lasso": tr("Lasso"), "pick": tr("Pick"),
            "erase": tr("Eraser")}[tool]


def tool_hint(tool: str) -> str:
    """What a tool is for, and how the wheel goes with it."""
    return {
        "scribble": tr("A few lines in an object: the colour spreads as far as its edges"),
        "brush": tr("Colour where you paint. Wheel: size, Shift and wheel: hardness, Ctrl and wheel: zoom"),
        "fill": tr("Click on an object: the colour grows over it. Wheel: how far"),
        "lasso": tr("Colour all that you draw round"),
        "pick": tr("Take a colour from the film or from any picture"),
        "erase": tr("Take colour away. Wheel: size, Shift and wheel: hardness"),
    }[tool]


class Tool(QAbstractButton):
    """An icon over its word; without the word where there is little room."""

    def __init__(self, tool: str) -> None:
        super().__init__()
        self.tool, self._icon, self._worded = tool, tool, True
        self.setText(tool_word(tool))
        self.setAccessibleName(tool_word(tool))
        self.setToolTip(tr("{what}  ({key})", what=tool_word(tool), key=KEYS[tool]) + "\n" + tool_hint(tool))
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def set_worded(self, worded: bool) -> None:
        if worded != self._worded:
            self._worded = worded
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        wide = QFontMetricsF(theme.font(12, 600)).horizontalAdvance(self.text()) + 8
        return QSize(max(WIDE, round(wide)), self.high(self._worded))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @staticmethod
    def high(worded: bool) -> int:
        return theme.scaled(HIGH if worded else LOW)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if not enter_clicks(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, rect = paint.painter_on(self), QRectF(self.rect())
        on, words = self.isChecked(), "text" if self.isChecked() else "text2"
        fill = paint.token("raised") if on else paint.quiet_fill(self.isDown(), self.underMouse())
        paint.box(painter, rect, fill, paint.token("accent") if on else None, 6, 1.5)
        size = theme.scaled(18)
        top = rect.top() + (theme.scaled(6) if self._worded else (rect.height() - size) / 2)
        painter.drawPixmap(round(rect.center().x() - size / 2), round(top), theme.pixmap(self._icon, words, 18))
        if self._worded:
            painter.setFont(theme.font(12, 600 if on else 500))
            painter.setPen(theme.colour(words))
            line = QRectF(rect.left(), top + size + 2, rect.width(), rect.bottom() - top - size - theme.scaled(5))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self.text())


class Tools(QWidget):
    """`chosen` (tool) by the user; `undo` and `redo` are of strokes."""

    chosen = pyqtSignal(str)
    undo = pyqtSignal()
    redo = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Tools"))
        self.buttons = {tool: Tool(tool) for tool in TOOLS}
        self._group = QButtonGroup(self)
        self.back, self.again = IconButton("undo", tr("Take back the last stroke")), IconButton("redo", tr("Do it again"))
        self.back.setToolTip(tr("{what}  ({key})", what=tr("Take back the last stroke"), key="Ctrl+Z"))
        self.again.setToolTip(tr("{what}  ({key})", what=tr("Do it again"), key="Ctrl+Shift+Z"))
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 7, 8, 7)
        column.setSpacing(GAP)
        for tool, button in self.buttons.items():
            self._group.addButton(button)
            column.addWidget(button)
            button.clicked.connect(lambda _, tool=tool: self.chosen.emit(tool))
        column.addSpacing(2)
        column.addWidget(Hairline())
        row = QHBoxLayout()
        row.setSpacing(0)
        for icon in (self.back, self.again):
            row.addWidget(icon)
        column.addLayout(row)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.back.clicked.connect(self.undo)
        self.again.clicked.connect(self.redo)
        self.choose("scribble")
        theme.changed.connect(self._fit)

    def choose(self, tool: str) -> None:
        """Mark a tool as the one in use."""
        self.buttons[tool].setChecked(True)

    def set_steps(self, back: bool, again: bool) -> None:
        self.back.setEnabled(back)
        self.again.setEnabled(again)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rest = self.back.sizeHint().height() + 2 * 7 + 2 + 1 + (len(TOOLS) + 2) * GAP
        worded = self.height() >= len(TOOLS) * Tool.high(True) + rest
        for button in self.buttons.values():
            button.set_worded(worded)


class Slide(QSlider):
    """A slider whose part before the head is filled."""

    def __init__(self, name: str, wide: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._wide = wide
        self.setAccessibleName(name)
        self.setRange(0, 100)
        self.setPageStep(10)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self._wide), theme.scaled(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(40), theme.scaled(32))

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, y = paint.painter_on(self), self.height() / 2
        x = HEAD + (self.width() - 2 * HEAD) * self.value() / 100
        on = self.isEnabled()
        paint.box(painter, QRectF(HEAD, y - 2, self.width() - 2 * HEAD, 4), paint.token("edge" if on else "line"), None, 2)
        paint.box(painter, QRectF(HEAD, y - 2, x - HEAD, 4), paint.token("accent" if on else "line"), None, 2)
        head = paint.token("text" if on else "text3")
        painter.setPen(QPen(theme.colour("panel"), 1))
        painter.setBrush(QColor(style.hovered(head) if on and self.underMouse() else head))
        painter.drawEllipse(QPointF(x, y), HEAD, HEAD)
