"""The banner under the title: what happened, whether the work is safe, what to do. It stays until the trouble is over."""
# ruff: noqa: N802
from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wizard import theme
from wizard.kit import paint
from wizard.kit.buttons import Button, LinkButton
from wizard.kit.words import Words
from wizard.messages import Trouble
from wizard.words import tr

NARROW = 960                                    # px: below this the manual's link stands under the text


class Banner(QFrame):
    """Hidden until `show_trouble`. `manual` tells the page of the manual that was asked for."""

    cure = pyqtSignal()
    copy = pyqtSignal()
    manual = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone, self._page = "err", ""
        self._sign = QLabel(self)
        self._title, self._safe, self._do = Words("", 15, 600), Words("", 13, 400, "text2"), Words("", 13, 400, "text2")
        self.copy_button = Button(tr("Copy report"), "quiet")
        self.cure_button = Button("", "primary")
        self.link = LinkButton(tr("What this means, in the manual"))
        self.copy_button.clicked.connect(lambda: self.copy.emit())
        self.cure_button.clicked.connect(lambda: self.cure.emit())
        self.link.clicked.connect(lambda: self.manual.emit(self._page))
        self._lay_out()
        theme.changed.connect(self._restyle)
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 16, 12)
        row.setSpacing(16)
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        for words in (self._title, self._safe, self._do):
            self._words.addWidget(words)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.cure_button)
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        self._right.addStretch(1)
        self._right.addLayout(buttons)
        self._right.addWidget(self.link, 0, Qt.AlignmentFlag.AlignRight)
        self._right.addStretch(1)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words, 1)
        row.addLayout(self._right)

    def show_trouble(self, trouble: Trouble) -> None:
        """Say it, and stay."""
        self._tone, self._page = trouble.tone, trouble.page
        for words, text in ((self._title, trouble.title), (self._safe, trouble.safe), (self._do, trouble.do)):
            words.setText(text)
            words.setVisible(bool(text))
        self.cure_button.setText(trouble.cure)
        self.cure_button.setVisible(bool(trouble.cure))
        self.cure_button.set_kind("secondary" if trouble.offers else "primary")
        self.copy_button.setVisible(bool(trouble.report))
        self.link.setVisible(bool(trouble.page))
        self.setAccessibleName(" ".join(text for text in (trouble.title, trouble.safe, trouble.do) if text))
        self._restyle()
        self.show()

    def _restyle(self) -> None:
        self._sign.setPixmap(theme.pixmap("warn", self._tone, 22))
        self._place_link()
        self.update()

    def _place_link(self) -> None:
        narrow = self.width() < theme.scaled(NARROW)
        if narrow == (self._words.indexOf(self.link) >= 0):
            return
        for layout in (self._words, self._right):
            layout.removeWidget(self.link)
        if narrow:
            self._words.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._right.insertWidget(2, self.link, 0, Qt.AlignmentFlag.AlignRight)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._place_link()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, rect = paint.painter_on(self), QRectF(self.rect())
        paint.box(painter, rect, paint.token("panel"), paint.token(self._tone), 8)
        paint.accent_bar(painter, rect.adjusted(0, 12, 0, -12), self._tone, 4)
