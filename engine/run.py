"""Run: progress and cancel in one small object. Whoever works calls `run.step`; whoever waits decides what it does."""
from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Cancelled(Exception):
    """Raised out of `Run.step` after the user has asked to stop."""


class Run:
    """Silent by default: `Run()` serves for tests and library calls. Reporters subclass it (terminal, job folder)."""

    def __init__(self, should_stop: Callable[[], bool] = lambda: False) -> None:
        self._should_stop = should_stop
        self.seconds: dict[str, float] = {}

    def step(self, done: int, total: int, note: str = "") -> None:
        """Report that `done` of `total` parts are done. Raises Cancelled where a stop was asked for."""
        if self._should_stop():
            raise Cancelled
        self.report(done, total, note)

    def report(self, done: int, total: int, note: str) -> None:
        """What a reporter shows of a step."""

    def say(self, text: str) -> None:
        """One line of information for the user (a guess made, a decision taken)."""

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """A named part of the work; its wall time is added to `seconds[name]`."""
        start = time.monotonic()
        self.enter(name)
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - start

    def enter(self, name: str) -> None:
        """What a reporter shows when a phase begins."""
