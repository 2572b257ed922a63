"""Run: progress and cancel in one small object. Whoever works calls `run.step`; whoever waits decides what it does."""
from __future__ import annotations

import os
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from math import isfinite
from typing import Any, TypeVar

Result = TypeVar("Result")

THREADS = min(4, os.cpu_count() or 1)      # more gain little: reading is one after the other
MOST_ROOM = 4_000_000_000


class Cancelled(Exception):
    """Raised out of `Run.step` after the user has asked to stop."""


def each(work: Callable[..., Result], *columns: Iterable[Any], room: int = 1) -> Iterator[Result]:
    """As `map`, on THREADS threads and so many items ahead, so that memory does not grow with their number; on fewer where an item takes
    `room` bytes of memory and all would take more than MOST_ROOM. What has not begun is dropped where the loop over it ends."""
    threads = max(1, min(THREADS, MOST_ROOM // room))
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for items in zip(*columns, strict=False):
                waiting.append(pool.submit(work, *items))
                if len(waiting) > threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


SURE_SECONDS = 1.0      # no time left is told before


class Clock:
    """The time left, told for each part of the work by itself; a part is what a note says before its first ':' or ';'."""

    def __init__(self) -> None:
        self._part, self._began, self._first = "", 0.0, 0

    def left(self, done: int, total: int, note: str, known: float | None = None) -> float | None:
        """Seconds left: those `known` to whoever works (inf: to nobody), or else of this part at its pace so far; None while that cannot be
        told."""
        if known is not None:
            return known if isfinite(known) else None
        part, now = re.split("[:;]", note)[0], time.monotonic()
        if part != self._part or done < self._first:
            self._part, self._began, self._first = part, now, done
        passed, made = now - self._began, done - self._first
        return passed * (total - done) / made if made and passed > SURE_SECONDS else None


class Run:
    """Silent by default: `Run()` serves for tests and library calls. Reporters subclass it (terminal, job folder). One that is `patient`
    has somebody to tell that a folder cannot be reached, who may connect it or stop; see `engine.waiting`."""

    patient = False

    def __init__(self, should_stop: Callable[[], bool] = lambda: False) -> None:
        self._should_stop = should_stop
        self.seconds: dict[str, float] = {}
        self.left: float | None = None

    def step(self, done: int, total: int, note: str = "", left: float | None = None) -> None:
        """Report that `done` of `total` parts are done, and the seconds `left` where they are known better than by the pace so far (inf:
        that nobody can know them). Raises Cancelled where a stop was asked for."""
        if self._should_stop():
            raise Cancelled
        self.left = left
        self.report(done, total, note)

    def report(self, done: int, total: int, note: str) -> None:
        """What a reporter shows of a step."""

    def say(self, text: str) -> None:
        """One line of information for the user (a guess made, a decision taken)."""

    def pause(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)

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
