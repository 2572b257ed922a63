"""The settings: the few things that are the user's own and not a project's. Each holds at once and is kept."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QLocale, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from wizard import recent, theme
from wizard.kit.buttons import Button, Segment
from wizard.kit.fields import Choice
from wizard.kit.panels import Hairline, Panel, scrolled
from wizard.kit.words import Elided, Words, strong, subtitle, title
from wizard.words import languages, percent, tr, use_language

WIDEST = 760
SIZES = (1.0, 1.25, 1.5)


class Settings(QWidget):
    """`done` leaves the screen; `changed` tells that another language is spoken now."""

    done = pyqtSignal()
    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ownRing", True)
        inside, whole = QWidget(), QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))
        self._whole = QHBoxLayout(inside)
        self._whole.setContentsMargins(32, 32, 32, 24)
        self._page: QWidget | None = None
        self.fill()

    def fill(self) -> None:
        """The settings as they are kept, in the language that is spoken."""
        if self._page is not None:
            self._whole.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        chosen = recent.preferences()
        self.theme = Segment([("system", tr("As the system"), None), ("dark", tr("Dark"), None), ("light", tr("Light"), None)], tr("Theme"))
        self.theme.choose(chosen.theme if chosen.theme in ("dark", "light") else "system")
        self.text = Segment([(f"{size:g}", percent(size), None) for size in SIZES], tr("Size of the text"))
        self.text.choose(f"{min(SIZES, key=lambda size: abs(size - chosen.text)):g}")
        self.language = Choice(tr("Language"))
        self.language.fill([("", tr("As the system")), *languages().items()])
        self.language.choose(chosen.language if chosen.language in languages() else "")
        self.folder = Elided(str(chosen.projects_folder), 13, 400, "text")
        self.folder_button = Button(tr("Choose another folder..."), height=32)
        self.done_button = Button(tr("Done"), "primary")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._page = QWidget()
        self._page.setMaximumWidth(WIDEST)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title(tr("Settings")))
        column.addWidget(subtitle(tr("They hold for this computer and every project on it. Everything is kept at once.")))
        column.addSpacing(20)
        panel = Panel()
        panel.show_header(False)
        panel.body.setSpacing(12)
        rows = (
            (tr("Theme"), tr("Neutral grey in both: the film is the only colour."), self.theme),
            (tr("Size of the text"), tr("Everything grows with it; pictures keep their room."), self.text),
            (tr("Language"), tr("Of the window. File names and records stay as they are."), self.language),
            (tr("Folder for new projects"), tr("Projects that exist stay where they are."), self._folder_row()),
        )
        for k, (name, note, control) in enumerate(rows):
            if k:
                panel.body.addWidget(Hairline())
            panel.body.addLayout(_row(name, note, control))
        column.addWidget(panel)
        column.addSpacing(24)
        below = QHBoxLayout()
        below.addWidget(Words(tr("Everything stays on this computer. Answerprint never uses the network."), 13, 400, "text2"), 1)
        below.addWidget(self.done_button)
        column.addLayout(below)
        column.addStretch(1)
        self._whole.addWidget(self._page)
        self.setFocusProxy(self.theme.cell(self.theme.key))

    def _folder_row(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.folder)
        column.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _connect(self) -> None:
        self.theme.chosen.connect(lambda _: self._dress())
        self.text.chosen.connect(lambda _: self._dress())
        self.language.picked.connect(self._speak)
        self.folder_button.clicked.connect(self._choose_folder)
        self.done_button.clicked.connect(lambda: self.done.emit())

    def _dress(self) -> None:
        recent.keep(replace(recent.preferences(), theme=self.theme.key, text=float(self.text.key)))
        theme.use(self.theme.key, float(self.text.key))
        self.setFocusProxy(self.theme.cell(self.theme.key))

    def _speak(self, code: str) -> None:
        recent.keep(replace(recent.preferences(), language=code))
        use_language(code or QLocale.system().name()[:2])
        QTimer.singleShot(0, self._spoken)          # the list that was picked from is replaced

    def _spoken(self) -> None:
        self.fill()
        self.language.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _choose_folder(self) -> None:
        kept = recent.preferences()
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder for new projects"), str(kept.projects_folder))
        if chosen:
            recent.keep(replace(kept, projects=str(Path(chosen))))
            self.folder.setText(str(Path(chosen)))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)


def _row(name: str, note: str, control: QWidget) -> QHBoxLayout:
    """What is set and what that means at the left, how at the right."""
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addStretch(1)
    words.addWidget(strong(name))
    words.addWidget(Words(note, 12, 400, "text2"))
    words.addStretch(1)
    row = QHBoxLayout()
    row.setSpacing(24)
    row.addLayout(words, 5)
    right = QHBoxLayout()
    right.addWidget(control)
    if not isinstance(control, Segment):
        control.setMinimumWidth(theme.scaled(220))
    right.addStretch(1)
    row.addLayout(right, 6)
    return row
