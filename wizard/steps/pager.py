"""Two arrows that lead round through several pictures, and which of them is shown."""
from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from wizard.kit import IconButton, Words
from wizard.words import tr


class Pager(QWidget):
    """`turned`: another one is to be shown."""

    turned = pyqtSignal()

    def __init__(self, before: str, after: str) -> None:
        super().__init__()
        self.at, self._count = 0, 0
        self.counted = Words("", 12, 400, "text2", wrap=False)
        self._arrows = (IconButton("left", before), IconButton("right", after))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.counted)
        for arrow, by in zip(self._arrows, (-1, 1), strict=True):
            row.addWidget(arrow)
            arrow.clicked.connect(lambda _, by=by: self.turn(by))
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """There are so many; the place stays where there is such a one."""
        self._count = count
        self.at = self.at % count if count else self.at
        for arrow in self._arrows:
            arrow.setEnabled(count > 1)
        self.counted.setText(tr("{this} of {all}", this=self.at + 1, all=count) if count else "")

    def turn(self, by: int) -> None:
        """Go to the next or the previous one."""
        self.at += by
        self.set_count(self._count)
        self.turned.emit()
