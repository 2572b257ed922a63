"""Progress for people at a terminal: a bar with the time left; in a pipe, plain lines. Ctrl-C asks to stop."""
from __future__ import annotations

import io
import signal
import sys
import time
from types import FrameType
from typing import TextIO

from engine.files import homeless
from engine.run import Clock, Run

LINE_SECONDS = 5.0
BAR_SECONDS = 0.1
BAR_WIDTH = 28


class Console(Run):
    """Reports to `out`, stderr if none is given. The first Ctrl-C stops at the next step, the second at once."""

    patient = True

    def __init__(self, out: TextIO | None = None) -> None:
        self._stop = False
        super().__init__(lambda: self._stop)
        self.out = out or sys.stderr
        self.bar = self.out.isatty()
        self._phase, self._shown, self._clock = "", 0.0, Clock()

    def listen(self) -> None:
        """Take Ctrl-C and a polite kill as 'stop cleanly'."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._asked)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        if self._stop:
            raise KeyboardInterrupt
        self._stop = True
        self.say("stopping after this step; the same command goes on from there")

    def enter(self, name: str) -> None:
        self._phase, self._shown, self._clock = name, 0.0, Clock()

    def report(self, done: int, total: int, note: str) -> None:
        now = time.monotonic()
        last, seconds = done >= total, self._clock.left(done, total, note, self.left)
        if not last and now - self._shown < (BAR_SECONDS if self.bar else LINE_SECONDS):
            return
        self._shown = now
        left = f", {spell(seconds)} left" if seconds and not last else ""
        if self.bar:
            full = round(BAR_WIDTH * done / max(total, 1))
            text = f"{self._phase or 'open':<8} {'█' * full}{'░' * (BAR_WIDTH - full)} {done:,}/{total:,}{left}  {note}"
            self.out.write(f"\r\x1b[2K{text[:160]}" + ("\n" if last else ""))
        else:
            self.out.write(f"{self._phase or 'open'}: {done:,} of {total:,}{left}{'; ' + note if note else ''}\n")
        self.out.flush()

    def say(self, text: str) -> None:
        self.out.write(("\r\x1b[2K" if self.bar else "") + text + "\n")
        self.out.flush()


class Homeless(io.TextIOBase):
    """A stream that is kept in a file: the user's home folder is called '~' in it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(homeless(text))
        return len(text)

    def flush(self) -> None:
        self._stream.flush()


def spell(seconds: float) -> str:
    """Seconds as a person says them: '40 s', '3 min 20 s', '1 h 45 min'."""
    seconds = round(seconds)
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60:02d} min"
