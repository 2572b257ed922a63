"""One of the two players: the film's name, its picture, its transport; and where it is chosen, dropped or replaced."""
# ruff: noqa: N802
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QRectF, pyqtSignal
from PyQt6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QPaintEvent
from PyQt6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget

from engine.media.medium import Medium
from engine.media.open import open_source
from engine.media.source import FrameSource
from engine.media.volumes import folder_of
from wizard import theme
from wizard.kit import paint
from wizard.kit.buttons import Button
from wizard.kit.panels import Panel
from wizard.kit.words import Elided
from wizard.probe import handling, plain_number
from wizard.proxies import identity_of
from wizard.session import Session
from wizard.steps.media_area import LiveAreas
from wizard.steps.media_drop import DropArea, dropped
from wizard.steps.media_reel import Reel
from wizard.steps.media_screen import Screen
from wizard.steps.media_words import fitting
from wizard.viewer.transport import Transport
from wizard.viewer.view import PictureView
from wizard.words import tr


class Player(Panel):
    """`wanted` is a film that the user chose or dropped here."""

    wanted = pyqtSignal(str, Path)

    def __init__(self, session: Session, role: str, areas: LiveAreas) -> None:
        name = tr("Scan") if role == "scan" else tr("Reference")
        super().__init__(name)
        self.setAccessibleName(name)
        self.session, self.role, self.areas = session, role, areas
        self._over, self._held_area = False, None
        self._whole: tuple[str, FrameSource] | None = None      # the film without in and out, and the mark of what it is
        self._asked = ""
        self.view, self.transport = PictureView(tr("Picture: {film}", film=name)), Transport(name, editable_span=True)
        self.screen = Screen(self.view, self.transport, session.films, session.background, self._dress)
        self.area = DropArea(role)
        self.path = _Path("", 12, 400, "text2")
        self.as_found = Button(tr("Live area as found"), "quiet", height=32)
        self.replace = Button(tr("Replace..."), "quiet", height=32)
        self.replace.setAccessibleName(tr("{film}: Replace...", film=name))
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)

    def _lay_out(self) -> None:
        self.header.addWidget(self.path, 1)
        self.header.addWidget(self.as_found)
        self.header.addWidget(self.replace)
        self.header.setContentsMargins(15, 3, 5, 3)
        note = self.header.itemAt(2)
        if note and note.widget():
            note.widget().hide()                    # the path stands in its place
        self.body.setContentsMargins(0, 0, 0, 0)
        film = QWidget()
        column = QVBoxLayout(film)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.transport)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.area)
        self.stack.addWidget(film)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        menu = QMenu(self.replace)
        for words, ask in ((tr("Choose a folder..."), self.choose_folder), (tr("Choose a file..."), self.choose_file)):
            action = QAction(words, menu)
            action.triggered.connect(ask)
            menu.addAction(action)
        self.replace.setMenu(menu)
        self.area.folder.connect(self.choose_folder)
        self.area.file.connect(self.choose_file)
        self.transport.span_changed.connect(self._set_span)
        self.view.area_changed.connect(self._set_area)
        self.as_found.clicked.connect(lambda: self.areas.choose(None))

    # choosing

    def choose_folder(self) -> None:
        self._take(QFileDialog.getExistingDirectory(self, self._question(), self._near()))

    def choose_file(self) -> None:
        self._take(QFileDialog.getOpenFileName(self, self._question(), self._near())[0])

    def _question(self) -> str:
        return tr("Choose the scan") if self.role == "scan" else tr("Choose the reference")

    def _near(self) -> str:
        """Where to begin to look: beside the film that is there, or the other one."""
        sources = [self.session.films.source(role) for role in (self.role, "scan", "reference")]
        return next((str(source.info.path.parent) for source in sources if source), str(Path.home()))

    def _take(self, chosen: str) -> None:
        if chosen:
            self.wanted.emit(self.role, Path(chosen))

    @property
    def busy(self) -> bool:
        return self.role in self.session.opening

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        if event and dropped(event.mimeData()) and not self.busy:
            event.acceptProposedAction()
            self._hold_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent | None) -> None:
        self._hold_over(False)

    def dropEvent(self, event: QDropEvent | None) -> None:
        self._hold_over(False)
        path = dropped(event.mimeData()) if event else None
        if event and path:
            event.acceptProposedAction()
            self.wanted.emit(self.role, path)

    def _hold_over(self, over: bool) -> None:
        self._over = over
        self.area.set_over(over)
        self._dress()
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if self._over:
            paint.box(paint.painter_on(self), QRectF(self.rect()), None, theme.colour("accent"), 8, 2)

    # what is shown

    def refresh(self) -> None:
        """From the session."""
        medium, source = self.session.medium(self.role), self.session.films.source(self.role)
        missing = self.role in self.session.missing
        self.replace.setVisible(bool(medium))
        self.replace.setEnabled(not self.busy)
        gone = medium is None or source is None or missing
        self.as_found.setVisible(self.role == "scan" and not gone and self.areas.chosen() is not None)
        if medium is None or source is None or missing:
            self.screen.set_reel(None, self.role, "")
            self.path.say("", "")
            self._say_why_not(medium, missing)
            self.stack.setCurrentWidget(self.area)
            return
        if not self.busy or self.screen.reel is None:
            shown, role = self._shown(medium, source)
            self.path.say(*path_words(source))
            self.screen.set_reel(shown, role, medium.place.fingerprint)
            self.transport.set_span(*shown.ends(medium.reading.span))
        self.stack.setCurrentIndex(1)
        self._dress()

    def _say_why_not(self, medium: Medium | None, missing: bool) -> None:
        if missing and medium and not self.busy:
            self.area.show_missing(self._where(medium))
        elif self.busy:
            self.area.show_reading()
        else:
            self.area.show_empty(fitting(self.session.project.recovery if self.session.project else ""))

    def _where(self, medium: Medium) -> str:
        """Where a film was, as a person says it."""
        project, place = self.session.project, medium.place
        if place.volume is not None or project is None:
            return f"{place.volume} / {place.path}"
        return str(folder_of(place, project.folder))

    def _dress(self) -> None:
        """Notes and the live area on the picture."""
        source = self.session.films.source(self.role)
        if source is None or self.screen.reel is None:
            return
        notes = [(self.screen.note, "middle")] if self.screen.note else []
        if self._over:
            notes = [(tr("Drop to look at it; it takes the place of this film"), "middle")]
        elif self.busy:
            notes = [(tr("Reading headers"), "middle")]
        if self.role == "reference":
            words = handling(source.info) or (tr("Black bars: only the picture between them is used")
                                              if self.areas.bars("reference", source) else "")
            notes += [(words, "bottom")] if words else []
        self.view.set_notes(notes)
        area = self.areas.of_scan() if self.role == "scan" else None
        held = (area, source.info.width)
        if self.view.compared.shot is not None and held != self._held_area:
            self._held_area = held
            self.view.set_area(area)

    def _shown(self, medium: Medium, source: FrameSource) -> tuple[Reel, str]:
        """All frames of the film where they are known, so that in and out can be moved outwards too."""
        mark = identity_of(replace(medium, reading=replace(medium.reading, span=None)))
        films, role = self.session.films, f"{self.role}, whole"
        if medium.reading.span is None:
            self._whole = (mark, source)
            return Reel(source), self.role
        if self._whole is None or self._whole[0] != mark:
            self._open_whole(mark, medium, source)
            return Reel(source), self.role
        if films.source(role) is not self._whole[1]:
            films.set_source(role, self._whole[1], mark)
        return Reel(self._whole[1]), role

    def _open_whole(self, mark: str, medium: Medium, source: FrameSource) -> None:
        if self._asked == mark:
            return
        self._asked = mark
        path, reading = source.info.path, replace(medium.reading, span=None)

        def take(whole: FrameSource) -> None:
            self._whole = (mark, whole)
            self.refresh()

        self.session.background.begin(lambda: open_source(path, reading), take, lambda error: None)

    def _set_span(self, first: int, last: int) -> None:
        if self.screen.reel and not self.busy:
            self.session.read_otherwise(self.role, span=self.screen.reel.span(first, last))

    def _set_area(self, area: tuple[int, int, int, int]) -> None:
        self.areas.choose(area)

    def keys(self, event: QKeyEvent) -> bool:
        return self.stack.currentIndex() == 1 and self.transport.keys(event)

    def rest(self) -> None:
        """The page is left."""
        self.transport.stop()


class _Path(Elided):
    """A film's name that loses its middle; the whole path is always in the tooltip."""

    _whole = ""

    def say(self, short: str, whole: str) -> None:
        self._whole = whole
        self.setText(short)
        self.setAccessibleDescription(whole)

    def _explain(self) -> None:
        self.setToolTip(self._whole)


def path_words(source: FrameSource) -> tuple[str, str]:
    """'CANDY_OP / 86400–88271.dpx' and the whole path."""
    path = source.info.path
    if source.info.kind == "video":
        return f"{path.parent.name} / {path.name}", str(path)
    first, last = source.files(0)[0], source.files(len(source) - 1)[0]
    numbers = f"{plain_number(source.name(0))}–{plain_number(source.name(len(source) - 1))}"
    name = first.name if first == last else numbers + last.suffix
    return f"{first.parent.name} / {name}", str(path)


