"""What was read from the two films, side by side: guessed values ask for an eye, and each value that can be read in another way can be
changed in its place."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Collection, Mapping

from PyQt6.QtCore import QEvent, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.media.medium import ROLES
from wizard import theme
from wizard.kit import paint
from wizard.kit.buttons import Button, IconButton
from wizard.kit.fields import Choice, Tag
from wizard.kit.panels import Panel, scrolled
from wizard.kit.words import Elided, Words
from wizard.probe import KEYS, Value, label
from wizard.words import tr

ROW, COMPACT_ROW, NAMES = 28, 26, 142
INSET = 10
OPENING_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4)


class Reread(Choice):
    """A value that can be another one. It looks like its neighbours until it is guessed, under the mouse or has the focus; and as every
    change reads the film again, keys open the list and change nothing by themselves."""

    def __init__(self, name: str) -> None:
        super().__init__(name, small=True)
        self._reason = ""

    def set_reason(self, reason: str) -> None:
        self._reason = reason
        self.setAccessibleDescription(". ".join(part for part in (tr("guessed") if self.guessed else "", reason) if part))
        self._explain()

    def _explain(self) -> None:
        super()._explain()
        self.setToolTip("\n".join(part for part in (self.toolTip(), getattr(self, "_reason", "")) if part))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if event.key() in OPENING_KEYS:
            self.showPopup()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if self.guessed or (self.isEnabled() and (self.underMouse() or self.hasFocus())):
            super().paintEvent(event)
            return
        painter, size = paint.painter_on(self), theme.scaled(14)
        font = theme.font(13, 400)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        room = self.width() - 2 * INSET - size - 6
        text = QFontMetricsF(font).elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(INSET, 0, room + 2, self.height()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if self.isEnabled():
            x = INSET + QFontMetricsF(font).horizontalAdvance(text) + 6
            painter.drawPixmap(round(x), round((self.height() - size) / 2), theme.pixmap("down", "text3", 14))


class Cell(QWidget):
    """One value. `changed` is another reading, `confirmed` that the guess is right."""

    changed = pyqtSignal(str)
    confirmed = pyqtSignal()

    def __init__(self, role: str, key: str) -> None:
        super().__init__()
        of = tr("{what} of the scan", what=label(key)) if role == "scan" else tr("{what} of the reference", what=label(key))
        self.setAccessibleName(of)
        self.text = Elided("", 13, 400, "text", Qt.TextElideMode.ElideRight)
        self.text.setContentsMargins(INSET, 0, 0, 0)
        self.choice = Reread(of)
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.tag, self.confirm = Tag(tr("guessed"), "warn"), Button(tr("Confirm"), small=True)
        self.confirm.setAccessibleName(tr("Confirm: {what}", what=of))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(8)
        for widget, stretch in ((self.text, 100), (self.choice, 100), (self.tag, 0), (self.confirm, 0)):
            row.addWidget(widget, stretch)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.choice.picked.connect(self.changed)
        self.confirm.clicked.connect(self.confirmed)
        theme.changed.connect(self._size)
        self._size()
        self.show_value(None, False, True)

    def _size(self) -> None:
        self.choice.setMaximumWidth(theme.scaled(276))

    def show_value(self, value: Value | None, guessed: bool, enabled: bool) -> None:
        options = value.options if value else ()
        self.text.setVisible(not options)
        self.choice.setVisible(bool(options))
        for widget in (self.tag, self.confirm):
            widget.setVisible(guessed)
        self.confirm.setEnabled(enabled)
        self.choice.setEnabled(enabled)
        if value is None:
            self.text.setText("")
            return
        self.setAccessibleDescription(value.text)
        if options:
            self.choice.guessed = guessed
            self.choice.fill(options)
            self.choice.choose(value.chosen)
            self.choice.set_reason(value.reason)
        else:
            self.text.setText(value.text)
            self.setToolTip(value.reason)


class _Row(QWidget):
    """The name of a value and its two cells, under a hairline."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.name = Words(label(key), 13, 400, "text2", wrap=False)
        self.cells = {role: Cell(role, key) for role in ROLES}
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 1, 0, 0)
        self.row.setSpacing(0)
        self.row.addWidget(self.name)
        for cell in self.cells.values():
            self.row.addWidget(cell, 1)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, theme.colour("line"))


class ProbeTable(Panel):
    """`changed` (role, key, option) and `confirmed` (role, key); `folded` that it wants to be shorter or longer."""

    changed = pyqtSignal(str, str, str)
    confirmed = pyqtSignal(str, str)
    folded = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("What was read"))
        self._compact, self._width = False, 0
        self.fold = IconButton("down", tr("Show all rows"), checkable=True)
        self.fold.toggled.connect(self._folded)
        self.rows = {key: _Row(key) for key in KEYS}
        self.body.setContentsMargins(16, 4, 16, 8)
        self.body.setSpacing(0)
        self._head_row()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.rows.values():
            column.addWidget(row)
        column.addStretch(1)
        self.scroll = scrolled(inside)
        self.body.addWidget(self.scroll, 1)
        self._connect()
        self._restyle()

    def _head_row(self) -> None:
        self._top_row = QWidget()
        row = QHBoxLayout(self._top_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._name = Words(tr("What was read"), 13, 600, wrap=False)
        row.addWidget(self._name)
        self._roles: dict[str, Words] = {}
        for role, name in (("scan", tr("Scan")), ("reference", tr("Reference"))):
            words = self._roles[role] = Words(name, 13, 600, "text2", wrap=False)
            words.setContentsMargins(INSET, 0, 0, 0)
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            row.addWidget(words, 1)
        self.fold.setParent(self._top_row)
        self._top_row.installEventFilter(self)
        self.body.addWidget(self._top_row)

    def _connect(self) -> None:
        for key, row in self.rows.items():
            for role, cell in row.cells.items():
                cell.changed.connect(lambda option, role=role, key=key: self.changed.emit(role, key, option))
                cell.confirmed.connect(lambda role=role, key=key: self.confirmed.emit(role, key))
        bar = self.scroll.verticalScrollBar()
        assert bar is not None
        bar.rangeChanged.connect(lambda *_: self._align())

    def show_roles(self, roles: Collection[str]) -> None:
        """The columns of these films only."""
        for role, words in self._roles.items():
            words.setVisible(role in roles)
            for row in self.rows.values():
                row.cells[role].setVisible(role in roles)

    def set_values(self, found: Mapping[str, Mapping[str, Value]], guessed: Collection[str], busy: Collection[str]) -> None:
        """Values of each role that has a film, names of those guessed ('scan.rate'), and roles that are being read."""
        focused = next((cell for row in self.rows.values() for cell in row.cells.values() if cell.confirm.hasFocus()), None)
        for key, row in self.rows.items():
            for role, cell in row.cells.items():
                cell.show_value(found.get(role, {}).get(key), f"{role}.{key}" in guessed, role not in busy)
        none = tr("None")
        self.rows["keycode"].setVisible(any(values["keycode"].text != none for values in found.values()))
        if focused is not None and not focused.confirm.isVisibleTo(self):
            self._focus_next(focused)

    def _focus_next(self, done: Cell) -> None:
        """After a guess is confirmed, the next one has the keys, or the value itself."""
        left = [cell.confirm for row in self.rows.values() for cell in row.cells.values() if cell.confirm.isVisibleTo(self)]
        (left[0] if left else done.choice).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_guessed(self) -> None:
        """Scroll to the first value that asks for an eye."""
        for row in self.rows.values():
            if any(cell.confirm.isVisibleTo(self) for cell in row.cells.values()):
                self.scroll.ensureWidgetVisible(row, 0, 0)
                return

    # size

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.fold.setVisible(compact)
        self._restyle()

    def _folded(self, on: bool) -> None:
        self.fold.set_name(tr("Show fewer rows") if on else tr("Show all rows"))
        self.folded.emit()

    @property
    def _row_height(self) -> int:
        return theme.scaled(COMPACT_ROW if self._compact else ROW)

    def height_of(self, rows: int) -> int:
        """What the panel needs for so many rows."""
        shown = sum(not row.isHidden() for row in self.rows.values())
        return self._top_row.height() + min(rows, shown) * self._row_height + 14

    def wanted_height(self) -> int:
        return self.height_of(6 if self._compact and not self.fold.isChecked() else len(KEYS))

    def _restyle(self) -> None:
        super()._restyle()
        if not hasattr(self, "rows") or not hasattr(self, "_top_row"):
            return
        names = max(NAMES, *(words.sizeHint().width() + 12 for words in (self._name, *(row.name for row in self.rows.values()))))
        self._name.setFixedWidth(names)
        self._top_row.setFixedHeight(theme.scaled(34))
        for row in self.rows.values():
            row.setFixedHeight(self._row_height)
            row.name.setFixedWidth(names)
        self.folded.emit()

    def _align(self) -> None:
        """The head's columns over those of the rows, and the fold at its end."""
        bar, layout = self.scroll.verticalScrollBar(), self._top_row.layout()
        assert bar is not None and layout is not None
        layout.setContentsMargins(0, 0, bar.sizeHint().width() if bar.maximum() else 0, 0)
        side = self.fold.sizeHint().width()
        self.fold.setGeometry(self._top_row.width() - side, (self._top_row.height() - side) // 2, side, side)

    def eventFilter(self, watched: object, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Resize:
            self._align()
        return False

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._align()
