"""What a player shows while it has no film: where to drop one, that one is being read, or that it is not where it was."""
# ruff: noqa: N802
from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QMimeData, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPaintEvent, QPen, QPixmap
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wizard import theme
from wizard.kit import paint
from wizard.kit.buttons import Button
from wizard.kit.words import caption, heading
from wizard.words import tr


def dropped(data: QMimeData | None) -> Path | None:
    """The file or folder that is being dropped; of several the first."""
    if data is None:
        return None
    return next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)


class DropArea(QWidget):
    """`folder` and `file` ask for a chooser."""

    folder = pyqtSignal()
    file = pyqtSignal()

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role, self._state, self._over = role, "empty", False
        self._icon = QLabel()
        self._title, self._text = heading(""), caption("")
        for words in (self._icon, self._title, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self.folder_button, self.file_button = Button("", height=36), Button("", height=36)
        self.folder_button.clicked.connect(self.folder)
        self.file_button.clicked.connect(self.file)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self.show_empty()

    def _lay_out(self) -> None:
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.folder_button)
        row.addWidget(self.file_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(self._icon)
        column.addSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addWidget(self._buttons)
        column.addStretch(1)

    def show_empty(self, fitting: str = "") -> None:
        """`fitting` says what fits as a reference."""
        if self._role == "scan":
            title = tr("Drop the scan here")
            text = tr("A folder of DPX, EXR or TIFF frames, one frame of it, or a video file.")
        else:
            title = tr("Drop the reference here")
            text = fitting
        self._show("empty", title, text + "\n" + tr("It is only ever read."), tr("Choose a folder..."), tr("Choose a file..."))

    def show_reading(self) -> None:
        self._show("reading", tr("Reading headers"), tr("Every frame's header is looked at before the film is taken."), "", "")

    def show_missing(self, place: str) -> None:
        title = tr("The scan is not where it was") if self._role == "scan" else tr("The reference is not where it was")
        self._show("missing", title, tr("It was at {place}. Connect the drive, drop it here, or show where it is now.", place=place),
                   tr("Show its folder..."), tr("Show its file..."))

    def _show(self, state: str, title: str, text: str, folder: str, file: str) -> None:
        self._state = state
        self._title.setText(title)
        self._text.setText(text)
        of = tr("Scan") if self._role == "scan" else tr("Reference")
        for button, words in ((self.folder_button, folder), (self.file_button, file)):
            button.setText(words)
            button.setAccessibleName(f"{of}: {words}")
        self._buttons.setVisible(bool(folder))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._restyle()

    def hasHeightForWidth(self) -> bool:
        """The words have room enough; the page's rows are not to be reckoned by them."""
        return False

    def set_over(self, over: bool) -> None:
        """Something is held over the place."""
        self._over = over
        self.update()

    def _restyle(self) -> None:
        icons = {"empty": ("film", "text2"), "reading": ("clock", "text2"), "missing": ("warn", "warn")}
        self._icon.setPixmap(self._shown_icon(*icons[self._state]))
        self.update()

    @staticmethod
    def _shown_icon(name: str, tone: str) -> QPixmap:
        return theme.pixmap(name, tone, 28)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if self._state == "reading":
            return
        painter = paint.painter_on(self)
        pen = QPen(theme.colour("accent" if self._over else "edge"), 2 if self._over else 1)
        if not self._over:
            pen.setDashPattern([5, 4])
        fill = QColor(theme.colour("raised")) if self._over else Qt.BrushStyle.NoBrush
        painter.setPen(pen)
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16.5, 8.5, -16.5, -16.5), 8, 8)
