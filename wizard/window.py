"""The window: the start screen, the wizard, and the settings; keys that hold everywhere; and what a cure needs the system for."""
from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QCloseEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PyQt6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from engine.errors import AnswerprintError
from wizard import flow, manual, recent, theme
from wizard.frame import COMPACT, Frame
from wizard.kit.ring import FocusRing
from wizard.messages import trouble_of
from wizard.sample import SampleFilm
from wizard.session import Session
from wizard.settings import Settings
from wizard.start import Start
from wizard.steps import pages
from wizard.words import tr


class Window(QWidget):
    """Start screen first; a project opens the wizard at the step that asks for the user."""

    def __init__(self, session: Session | None = None, sample: Sequence[str] = ()) -> None:
        super().__init__()
        self.session = session or Session()
        self.setWindowTitle("Answerprint")
        self.setMinimumSize(1180, 700)
        self.settings = Settings()
        self.sample = SampleFilm(self.session.background, sample)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.settings)
        self._make_screens()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self._ring = FocusRing(self)
        self._before: QWidget = self.start
        self.sample.made.connect(self.open_project)
        self.sample.told.connect(lambda text: self.start.say(text))
        self.sample.troubled.connect(lambda trouble: self.start.show_trouble(trouble))
        self.settings.done.connect(self._leave_settings)
        self.settings.changed.connect(self._speak)
        self._asks: int | None = None
        self._told_unsaved = False          # that something is not on the disk, when the user was about to leave
        self.session.changed.connect(self._arrived)
        self.session.troubled.connect(self._solved)
        self._shortcuts()

    def _make_screens(self) -> None:
        """Start screen and wizard, in the language of now."""
        self.start, self.frame = Start(), Frame(self.session, pages(self.session))
        self.stack.insertWidget(0, self.start)
        self.stack.insertWidget(1, self.frame)
        self.stack.setCurrentWidget(self.start)
        self.start.new.connect(self.new_project)
        self.start.new_with.connect(self.new_project)
        self.start.asked.connect(self.choose_project)
        self.start.opened.connect(self.open_project)
        self.start.sample.connect(self.try_sample)
        self.start.locate.connect(self.locate)
        self.start.manual.connect(lambda: manual.show("start.html"))
        self.start.settings.connect(self.show_settings)
        self.frame.home.connect(self.show_start)
        self.frame.settings.connect(self.show_settings)
        self.frame.manual.connect(manual.show)
        self.frame.act.connect(self._act)

    def _shortcuts(self) -> None:
        keys = {"Ctrl+Return": lambda: self._at_work() and self.frame.next(), "Ctrl+Enter": lambda: self._at_work() and self.frame.next(),
                "Alt+Left": lambda: self._at_work() and self.frame.back(), "F6": self.next_area, "F1": self._manual,
                "Ctrl+,": self.show_settings, "Ctrl+Z": self._undo, "Ctrl+Shift+Z": self._redo}
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)
        for k in range(7):
            QShortcut(QKeySequence(f"Ctrl+{k + 1}"), self).activated.connect(lambda k=k: self._at_work() and self.frame.go(k))

    def _at_work(self) -> bool:
        return self.stack.currentWidget() is self.frame

    def _manual(self) -> None:
        manual.show(f"{self.frame.page.key}.html" if self._at_work() else "start.html")

    def _undo(self) -> None:
        """The page's own first; a page without any leaves it to the session."""
        if self._at_work():
            own = self.frame.page.undo()
            if what := self.session.undo() if own is None else own:
                self.frame.tell(tr("Taken back: {what}", what=what))

    def _redo(self) -> None:
        if self._at_work():
            own = self.frame.page.redo()
            if what := self.session.redo() if own is None else own:
                self.frame.tell(tr("Done again: {what}", what=what))

    def next_area(self) -> None:
        """From rail to page to footer and round."""
        if not self._at_work():
            return
        areas = [self.frame.rail, self.frame.stack, self.frame.footer]
        here = next((k for k, area in enumerate(areas) if area.isAncestorOf(self.focusWidget() or self)), -1)
        for k in range(1, 4):
            area = areas[(here + k) % 3]
            first = next((w for w in area.findChildren(QWidget) if w.isVisible() and w.isEnabled()
                          and w.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
            if first:
                first.setFocus(Qt.FocusReason.TabFocusReason)
                return

    # projects

    def _settle(self) -> bool:
        """What is still being written in a field, or held back by a page, is kept before the project goes. Whether it may go: where the
        disk refuses, that is told first, and the project stays until the user leaves once more."""
        if field := self.focusWidget():
            QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut))    # a window that is not active has told its field nothing
            field.clearFocus()
        if self.session.project is None:
            return True
        self.frame.page.left()
        if self.session.save_again() or self._told_unsaved:
            self._told_unsaved = False
            return True
        self._told_unsaved = True
        self.stack.setCurrentWidget(self.frame)
        self.frame.refresh()
        return False

    def _solved(self) -> None:
        self._told_unsaved = self._told_unsaved and self.session.trouble is not None

    def show_start(self) -> None:
        if not self._settle():
            return
        self.session.leave()
        self.start.fill()
        self.stack.setCurrentWidget(self.start)
        self.start.setFocus()

    def new_project(self, scan: Path | None = None) -> None:
        """A project called after its scan where one is given."""
        name = scan.stem if scan else tr("New project")
        if self._try(lambda: self.session.create(name, recent.preferences().projects_folder)):
            if scan:
                self.session.choose("scan", scan)
            else:
                self.frame.go(0)

    def choose_project(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Open a project"), str(recent.preferences().projects_folder))
        if chosen:
            self.open_project(Path(chosen))

    def open_project(self, folder: Path) -> None:
        self._try(lambda: self.session.open(folder))

    def try_sample(self) -> None:
        self.sample.begin(recent.preferences().projects_folder)

    def locate(self, folder: Path) -> None:
        """A recent project whose media is away."""
        self.open_project(folder)
        if self._at_work():
            self._act("locate")

    def _try(self, open_it: Callable[[], None]) -> bool:
        """Open a project and show the step that asks for the user; whether it could be opened."""
        try:
            open_it()
        except AnswerprintError as error:
            self.start.show_trouble(trouble_of(type(error).__name__, str(error), ""))
            return False
        self.stack.setCurrentWidget(self.frame)
        self._asks = self._asking()
        if self.session.opening:
            self.frame.show_page(self._asks)
            self.frame.refresh()
        else:
            self._arrived()
        return True

    def _asking(self) -> int:
        """The page of the step that asks for the user; films that are being opened are taken for what they were."""
        states = flow.steps(replace(self.session.known(), opening=False))
        if states[1].sign == "attention":
            return 1
        return next((k for k, s in enumerate(states) if s.sign in ("running", "stopped", "open") and k), 0)

    def _arrived(self) -> None:
        """The films of a project are open now, so that it is known what was guessed: go where that asks, unless the user has moved."""
        if self._asks is not None and self.session.project and not self.session.opening:
            here, self._asks = self._asks, None
            if self._at_work() and self.frame.number == here:
                self.frame.go(self._asking())

    def _act(self, what: str) -> None:
        """A cure that needs a file chooser."""
        if what == "locate":
            for role in self.session.missing:
                self._locate(role)
        elif what in ("replace-scan", "replace-reference"):
            self.frame.go_to("media")
            self.frame.page.act(what)
        elif what == "folder":
            self.frame.go_to("export")
            self.frame.page.act(what)

    def _locate(self, role: str) -> None:
        medium = self.session.medium(role)
        title = tr("Where is the scan now?") if role == "scan" else tr("Where is the reference now?")
        was_file = medium is not None and bool(Path(medium.place.path).suffix)
        path = QFileDialog.getOpenFileName(self, title)[0] if was_file else QFileDialog.getExistingDirectory(self, title)
        if path:
            self.session.locate(role, Path(path))

    # screens

    def show_settings(self) -> None:
        here = self.stack.currentWidget()
        if here is not None and here is not self.settings:
            self._before = here
        self.settings.fill()
        self.stack.setCurrentWidget(self.settings)
        self.settings.setFocus()

    def _leave_settings(self) -> None:
        self.stack.setCurrentWidget(self._before)
        self.frame.refresh()

    def _speak(self) -> None:
        """Another language: the words of widgets are set when they are made, so screens are made anew."""
        here, old = self.frame.number, (self.start, self.frame)
        self._make_screens()
        for screen in old:
            self.stack.removeWidget(screen)
            screen.deleteLater()
        self.stack.setCurrentWidget(self.settings)
        self._before = self.frame if self.session.project else self.start
        self._fit()
        self.start.fill()
        if self.session.project:
            self.frame.show_page(here)

    def tell_of(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        """What nobody thought of is told with a report, and the window lives on; for `sys.excepthook`."""
        text = "".join(traceback.format_exception(kind, error, where))
        print(text, file=sys.stderr)
        trouble = trouble_of("bug", text, "window")
        if self._at_work():
            self.session.say(trouble)
        else:
            self.start.show_trouble(trouble)

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        self._fit()

    def _fit(self) -> None:
        compact = self.width() < COMPACT[0] or self.height() < COMPACT[1]
        self.frame.set_compact(compact)
        self.start.set_compact(compact)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        if event and self._at_work() and self.frame.page.handle_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:  # noqa: N802
        if event and not self._settle():
            event.ignore()
            return
        self.session.close()
        super().closeEvent(event)


def begin(asked_theme: str = "", sample: Sequence[str] = ()) -> Window:
    """Theme and language as the user set them, then the window. `sample`: the command that makes the sample film, if not the usual one."""
    from PyQt6.QtCore import QLocale

    from wizard.words import use_language

    chosen = recent.preferences()
    use_language(chosen.language or QLocale.system().name()[:2])
    theme.use(asked_theme or chosen.theme, chosen.text)
    theme.follow_system()
    window = Window(sample=sample)
    window.start.fill()
    return window
