"""What the self-test says: a line for each check, with what was found and how long it took; a failure names its cure. No Qt."""
from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from engine.errors import AnswerprintError
from engine.files import told


class Broken(Exception):
    """What was checked does not hold. `str()` of it is one line: which file or page, what is wrong, and the cure."""


@dataclass(frozen=True)
class Found:
    """What a check came to."""

    name: str
    text: str
    seconds: float = 0.0
    held: bool = True

    def __str__(self) -> str:
        return f"{'ok' if self.held else 'FAILED':<6} {self.seconds:6.1f} s  {self.name}: {self.text}"


class Checks:
    """Runs checks one after the other, tells of each, and counts."""

    def __init__(self, tell: Callable[[Found], None]) -> None:
        self._tell = tell
        self.held, self.failed = 0, 0

    def run(self, name: str, check: Callable[[], str | None]) -> bool:
        """Whether it held. `check` gives the words for what it found, None where there was nothing to check."""
        began = time.monotonic()
        try:
            text = check()
        except Exception as error:
            self.take(Found(name, line_of(error), time.monotonic() - began, held=False))
            return False
        if text is not None:
            self.take(Found(name, text, time.monotonic() - began))
        return text is not None

    def take(self, found: Found) -> None:
        self.held, self.failed = self.held + found.held, self.failed + (not found.held)
        self._tell(found)


def line_of(error: Exception) -> str:
    """An error as one line, with a cure."""
    if isinstance(error, OSError):
        try:
            with told(error.filename or "a file", "the self-test"):
                raise error
        except AnswerprintError as said:
            error = said
    text = " ".join(str(error).split())
    if isinstance(error, AnswerprintError | Broken):
        return text
    return f"{type(error).__name__}: {text}; report this, with the folder that `answerprint selftest --keep FOLDER` leaves"
