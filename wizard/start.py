"""The start screen: three ways in, and the recent projects with how each stands."""
from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.project import SUFFIX
from wizard import manual, theme
from wizard.background import Background
from wizard.kit.banner import Banner
from wizard.kit.buttons import Button
from wizard.kit.panels import Hairline
from wizard.kit.words import Words, heading
from wizard.messages import Trouble
from wizard.start_parts import DropHint, FootLink, Masthead, SamplePanel
from wizard.start_recent import RecentProjects
from wizard.steps.media_drop import dropped
from wizard.words import tr

WIDEST = 1248               # of the two columns together


class Start(QWidget):
    """`new`, `asked` (choose a project), `opened` (a project's folder), `new_with` (a film that was dropped), `sample`, `locate` (a project
    whose media is away), `manual` and `settings` are asked of the window."""

    new = pyqtSignal()
    new_with = pyqtSignal(Path)
    asked = pyqtSignal()
    opened = pyqtSignal(Path)
    sample = pyqtSignal()
    locate = pyqtSignal(Path)
    manual = pyqtSignal()
    settings = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setProperty("ownRing", True)
        self._report = ""
        self._background = Background(1)
        self.banner = Banner()
        self.recent = RecentProjects(self._background)
        self.new_button = Button(tr("New project"), "primary", "plus", height=48)
        self.open_button = Button(tr("Open a project..."), "secondary", "folder", height=48)
        self.sample_panel = SamplePanel()
        self._masthead = Masthead()
        self._drop = DropHint(self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.new_button)
        self.set_compact(False)

    def _lay_out(self) -> None:
        self._left = QVBoxLayout()
        self._left.setSpacing(0)
        self._left.addWidget(self._masthead)
        self._left.addSpacing(28)
        self._left.addWidget(self.new_button)
        self._left.addSpacing(16)
        self._left.addWidget(self.open_button)
        self._left.addSpacing(36)
        self._left.addWidget(self.sample_panel)
        self._left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        over = heading(tr("Recent projects"))
        over.setContentsMargins(4, 0, 0, 0)
        right.addWidget(over)
        right.addWidget(self.recent, 1)
        self._columns = QHBoxLayout()
        self._columns.addLayout(self._left, 432)
        self._columns.addLayout(right, 752)
        middle = QWidget()
        middle.setMaximumWidth(WIDEST)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addSpacing(16)
        column.addLayout(self._columns, 1)
        column.addSpacing(24)
        column.addWidget(Hairline())
        column.addWidget(self._footer())
        self._whole = QHBoxLayout(self)
        self._whole.addWidget(middle, 1)

    def _footer(self) -> QWidget:
        footer = QWidget()
        row = QHBoxLayout(footer)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(12)
        self._shield = QLabel()
        self._manual, self._settings = FootLink(tr("Manual"), "F1"), FootLink(tr("Settings"), "Ctrl ,")
        row.addWidget(self._shield)
        row.addWidget(Words(tr("Everything stays on this computer. Answerprint never uses the network."), 13, 400, "text2"), 1)
        row.addWidget(self._manual)
        row.addWidget(self._settings)
        row.addWidget(Words(tr("Version {number}", number=_version()), 13, 400, "text2", wrap=False))
        theme.changed.connect(self._restyle)
        self._restyle()
        return footer

    def _restyle(self) -> None:
        self._shield.setPixmap(theme.pixmap("shield", "text2", 18))

    def _connect(self) -> None:
        self.new_button.clicked.connect(lambda: self._go(self.new))
        self.open_button.clicked.connect(lambda: self._go(self.asked))
        self.sample_panel.button.clicked.connect(lambda: self._go(self.sample))
        self._manual.clicked.connect(lambda: self.manual.emit())
        self._settings.clicked.connect(lambda: self.settings.emit())
        self.recent.opened.connect(self.opened)
        self.recent.locate.connect(self.locate)
        self.banner.manual.connect(manual.show)
        self.banner.copy.connect(self._copy)

    def _go(self, what: object) -> None:
        self.banner.hide()
        what.emit()                             # type: ignore[attr-defined]

    def _copy(self) -> None:
        board = QGuiApplication.clipboard()
        if board is not None:
            board.setText(self._report)

    def fill(self) -> None:
        """The recent projects as they are now."""
        self.banner.hide()
        self.recent.fill()

    def say(self, text: str) -> None:
        """What is being done for the sample film; '' where nothing is."""
        self.sample_panel.say(text)

    def show_trouble(self, trouble: Trouble) -> None:
        """What cannot be opened. What to press is in the words: here the ways in are the cure."""
        self._report = trouble.report
        self.say("")
        self.banner.show_trouble(Trouble(**(trouble.__dict__ | {"cure": "", "act": ""})))

    def set_compact(self, compact: bool) -> None:
        margin = 40 if compact else 96
        self._whole.setContentsMargins(margin, 12 if compact else 52, margin, 0 if compact else 4)
        self._columns.setSpacing(32 if compact else 56)
        for at, gap in ((1, 16 if compact else 32), (3, 12 if compact else 16), (5, 20 if compact else 36)):
            self._left.itemAt(at).spacerItem().changeSize(0, gap)      # type: ignore[union-attr]
        self._left.invalidate()
        self.recent.set_compact(compact)
        self._masthead.set_compact(compact)
        self.sample_panel.set_compact(compact)

    # films and projects that are dropped

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:  # noqa: N802
        if event is not None and dropped(event.mimeData()):
            event.acceptProposedAction()
            self._drop.setGeometry(self.rect())
            self._drop.raise_()
            self._drop.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent | None) -> None:  # noqa: N802
        self._drop.hide()

    def dropEvent(self, event: QDropEvent | None) -> None:  # noqa: N802
        self._drop.hide()
        path = dropped(event.mimeData()) if event is not None else None
        if event is None or path is None:
            return
        event.acceptProposedAction()
        self.banner.hide()
        project = any(path.glob("*" + SUFFIX)) if path.is_dir() else path.suffix == SUFFIX
        (self.opened if project else self.new_with).emit(path)


def _version() -> str:
    try:
        return version("answerprint")
    except PackageNotFoundError:
        return "-"
