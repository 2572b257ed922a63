"""How far a work is: a thin bar, and what the footer shows while one runs."""
# ruff: noqa: N802
from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from wizard import theme
from wizard.kit import paint
from wizard.kit.buttons import Button
from wizard.kit.words import Elided, Words
from wizard.words import tr

WHOLE = 10_000


class Bar(QProgressBar):
    """A bar 6 px high of 0 to 1; `tone` is a token."""

    def __init__(self, name: str = "", tone: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setRange(0, WHOLE)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_share(self, share: float, tone: str | None = None) -> None:
        """How much is done, 0 to 1."""
        self._tone = tone or self._tone
        self.setUpdatesEnabled(False)       # or Qt paints the whole window at once, all that has changed of it so far
        self.setValue(round(WHOLE * min(1.0, max(0.0, share))))
        self.setUpdatesEnabled(True)

    @property
    def share(self) -> float:
        return self.value() / WHOLE

    def sizeHint(self) -> QSize:
        return QSize(160, 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 6)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = paint.painter_on(self)
        rect = QRectF(0, (self.height() - 6) / 2, self.width(), 6)
        paint.box(painter, rect, paint.token("line"), None, 3)
        if self.share > 0:
            rect.setWidth(max(6.0, rect.width() * self.share))
            paint.box(painter, rect, paint.token(self._tone), None, 3)


class FooterProgress(QWidget):
    """What is being done, the time left, the bar, and Stop."""

    stop = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what, self._left = Elided("", 13, 600, mode=Qt.TextElideMode.ElideRight), Words("", 13, 400, "text2", wrap=False)
        self.bar = Bar()
        self.stop_button = Button(tr("Stop"), "quiet")
        self.stop_button.clicked.connect(lambda: self.stop.emit())
        words = QHBoxLayout()
        words.setSpacing(16)
        words.addWidget(self._what, 1)
        words.addWidget(self._left)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addStretch(1)
        column.addLayout(words)
        column.addWidget(self.bar)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(column, 1)
        row.addWidget(self.stop_button)

    def show_progress(self, what: str, left: str, share: float, tone: str = "accent") -> None:
        """`what` is done ('Aligning frame 1,086 of 1,872'), `left` is the time left or '', `share` is 0 to 1."""
        self._what.setText(what)
        self._left.setText(left)
        self.bar.set_share(share, tone)
        self.bar.setAccessibleName(what)
        self.bar.setAccessibleDescription(left)
