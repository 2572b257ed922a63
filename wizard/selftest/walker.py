"""A user at the window, without hands: clicks what has a name, presses keys, waits."""
from __future__ import annotations

import faulthandler
import time
from collections.abc import Callable

from PyQt6.QtCore import QEventLoop, Qt, QTimer
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QWidget

from wizard.selftest.checks import Broken
from wizard.window import Window

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LOOK_MS = 10
PATIENCE = 1200.0           # seconds for one wait, on a slow machine
CURE = "run the self-test again with --keep FOLDER and nothing else at work, and report this with that folder"


class Walker:
    """At a window that is shown. What cannot be done or does not come raises Broken, which names the page."""

    def __init__(self, window: Window, patience: float = PATIENCE) -> None:
        self.window, self.session, self.patience = window, window.session, patience
        self.errors: list[str] = []         # what nobody thought of, in the window's own code

    @property
    def page(self) -> str:
        """The page that the user is at; 'start' before a project is open."""
        return self.window.frame.page.key if self.window.stack.currentWidget() is self.window.frame else "start"

    def goes_to(self, stage: str) -> None:
        """Said before each part of the walk."""
        faulthandler.dump_traceback_later(2 * self.patience, exit=True)     # a window that does not even turn

    def button(self, name: str) -> QAbstractButton:
        """The button that is shown under this name."""
        found = self.buttons(name)
        self.expect(bool(found), f"there is no button {name!r}")
        return found[0]

    def buttons(self, name: str) -> list[QAbstractButton]:
        """All of this name that are shown."""
        return [b for b in self.window.findChildren(QAbstractButton) if b.isVisible() and name in (b.text(), b.accessibleName())]

    def click(self, name: str) -> None:
        button = self.button(name)
        self.expect(button.isEnabled(), f"the button {name!r} is closed")
        self.press(button)

    def press(self, button: QWidget) -> None:
        QTest.mouseClick(button, LEFT)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        """A key, to whatever has the focus."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def until(self, done: Callable[[], object], what: str) -> None:
        """Let the window turn until something is so; `what` says it."""
        end = time.monotonic() + self.patience
        while not done():
            self.expect(time.monotonic() < end, f"it stood still for {self.patience:.0f} s and never came to {what}")
            self.turn()

    def turn(self) -> None:
        """Let the window's event loop run for a moment."""
        loop = QEventLoop()
        QTimer.singleShot(LOOK_MS, loop.quit)
        loop.exec()
        self.expect(not self.errors, self.errors[-1] if self.errors else "")

    def idle(self, step: str) -> None:
        """Until the worker has made a step."""
        self.until(lambda: self.session.trouble or (self.session.made.standing.get(step) == "done" and not self.session.worker.busy),
                   f"the end of the step {step!r}")
        self.untroubled()

    def untroubled(self) -> None:
        """That the window tells of no trouble."""
        trouble = self.session.trouble
        self.expect(trouble is None, f"{trouble.title}. {trouble.do}".rstrip(".") if trouble else "")

    def expect(self, so: bool, otherwise: str) -> None:
        """Raises Broken where it is not so."""
        if not so:
            raise Broken(f"on the page {self.page!r}: {otherwise}; {CURE}")
