"""How much processor time the window's thread takes between two rests."""
from __future__ import annotations

import time
from collections.abc import Callable

from PyQt6.QtCore import QAbstractEventDispatcher, QObject


class Turns(QObject):
    """Notes every turn of the event loop by the thread's own processor time, which other programs do not lengthen."""

    def __init__(self) -> None:
        super().__init__()
        self.began: float | None = None
        self.longest = 0.0
        self.long: list[tuple[str, float]] = []
        self.what = ""
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        dispatcher.awake.connect(self._awake)
        dispatcher.aboutToBlock.connect(self._rests)

    def _awake(self) -> None:
        if self.began is None:
            self.began = time.thread_time()

    def _rests(self) -> None:
        if self.began is not None:
            took = time.thread_time() - self.began
            self.began = None
            if took > 0.05:
                self.long.append((self.what, round(1000 * took)))
            self.longest = max(self.longest, took)

    def forget(self) -> None:
        """What the test itself does from here on is no turn."""
        self.began = None

    def during(self, act: Callable[[], None]) -> None:
        """Something that the test does in the user's place, such as a click, is a turn of its own."""
        self.began = time.thread_time()
        act()
        self._rests()
