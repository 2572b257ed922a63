"""Panels, rows of key and value, hairlines."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PyQt6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from wizard import theme
from wizard.kit import paint
from wizard.kit.words import Elided, Words


class Hairline(QWidget):
    """A line of 1 px, for decoration only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("line"))


class Panel(QFrame):
    """A box on the page: a header of title and note, to which things are added at the right, and a body."""

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._top = QWidget(self)
        self.header = QHBoxLayout(self._top)
        self.header.setContentsMargins(15, 3, 15, 3)
        self.header.setSpacing(8)
        self._title = Words(title, 13, 600, wrap=False)
        self._note = Elided(note, 12, 400, "text2")
        self.header.addWidget(self._title)
        self.header.addSpacing(4)
        self.header.addWidget(self._note, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addWidget(self._top)
        column.addLayout(self.body, 1)
        self._headed(bool(title or note))
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_title(self, text: str) -> None:
        self._title.setText(text)
        self.setAccessibleName(text)
        self._headed(True)

    def set_note(self, text: str) -> None:
        self._note.setText(text)

    def show_header(self, shown: bool = True) -> None:
        """A header without words, for things of your own (or none at all)."""
        self._headed(shown)

    def bare_header(self) -> None:
        """A header with nothing in it, for a row of controls."""
        self.show_header(True)
        self.header.setContentsMargins(7, 7, 7, 7)
        for at in reversed(range(self.header.count())):
            item = self.header.takeAt(at)
            if item and item.widget():
                item.widget().hide()            # type: ignore[union-attr]
        self.header.setSpacing(0)

    def _headed(self, shown: bool) -> None:
        self._top.setVisible(shown)
        self.body.setContentsMargins(15, 0 if shown else 15, 15, 15)

    def _restyle(self) -> None:
        self._top.setMinimumHeight(theme.scaled(38))
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        paint.box(paint.painter_on(self), QRectF(self.rect()), paint.token("panel"), paint.token("line"), 8)


class _Area(QScrollArea):
    """Arrows that nothing inside wanted are left to the window where the area has no name."""

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if self.accessibleName():
            super().keyPressEvent(event)
        elif event is not None:
            event.ignore()


def scrolled(inside: QWidget, name: str = "") -> QScrollArea:
    """`inside`, moved up and down where it does not fit. With a name Tab stops at it and the arrows move it; without one only what is
    inside takes the keys."""
    area = _Area()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    if not name:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


class Tall(_Area):
    """A page that gives way to the room there is as far as its parts can, and is moved up and down only where they cannot."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        inside.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        inside, bar, room = self.widget(), self.verticalScrollBar(), self.maximumViewportSize()
        assert inside is not None and bar is not None
        least = inside.minimumSizeHint().height()
        wide = room.width() - (bar.sizeHint().width() if least > room.height() else 0)
        inside.resize(wide, max(least, room.height()))


class KeyRows(QWidget):
    """Labels at the left, values at the right, hairlines between. Either wraps."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._rows: list[_KeyRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_rows(self, rows: Sequence[tuple[str, str, str | None]]) -> None:
        """(label, value, token of the value's colour or None); rows that stay are reused."""
        while len(self._rows) > len(rows):
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.deleteLater()
        while len(self._rows) < len(rows):
            row = _KeyRow(bool(self._rows), self)
            self._rows.append(row)
            self._column.addWidget(row)
        for row, (name, value, tone) in zip(self._rows, rows, strict=True):
            row.show_values(name, value, tone or "text")


class _KeyRow(QWidget):
    """One row of them."""

    def __init__(self, line: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = line
        self._name = Words("", 13, 400, "text2")
        self._value = Words("", 13, 600)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(12)
        row.addWidget(self._name, 0)
        row.addWidget(self._value, 1)
        theme.changed.connect(self.update)

    def show_values(self, name: str, value: str, tone: str) -> None:
        self._name.setText(name)
        self._value.setText(value)
        self._value.set_tone(tone)
        self.setAccessibleName(f"{name}: {value}")

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme.scaled(28))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if self._line:
            QPainter(self).fillRect(0, 0, self.width(), 1, theme.colour("line"))
