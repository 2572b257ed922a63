"""Work beside the window's thread: a few threads for reading and looking, whose answers arrive in the window's thread."""
from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PyQt6.QtCore import QObject, Qt, pyqtSignal


class Background(QObject):
    """`begin(work, then, otherwise)`: `work` runs in a thread, `then` takes what it gives in the window's thread, `otherwise` its error.
    After `close` nothing arrives any more."""

    _arrived = pyqtSignal(object, object)

    def __init__(self, threads: int = 2) -> None:
        super().__init__()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="beside the window")
        self._open = True
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def begin(self, work: Callable[[], Any], then: Callable[[Any], None], otherwise: Callable[[Exception], None]) -> None:
        def perform() -> None:
            try:
                answer, taker = work(), then
            except Exception as error:
                answer, taker = error, otherwise
            if self._open:
                try:
                    self._arrived.emit(taker, answer)
                except RuntimeError:            # the window is gone
                    return

        if self._open:
            self._pool.submit(perform)

    def wait(self) -> None:
        """Until what was begun is done, where there is one thread; nothing of it is delivered yet."""
        if self._open:
            self._pool.submit(lambda: None).result()

    def _deliver(self, taker: Callable[[Any], None], answer: Any) -> None:
        if self._open:
            taker(answer)

    def close(self) -> None:
        self._open = False
        self._pool.shutdown(wait=False, cancel_futures=True)
