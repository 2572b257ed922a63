"""Waiting for a folder that cannot be reached for a while: a network share that went away, a drive that was pulled out.

What is being done is tried again when the folder is back. It has to be of a kind that may be begun again: the reading of a frame, a step
that goes on where it stopped.
"""
from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TypeVar

from engine.errors import AnswerprintError, MediaError
from engine.files import homeless
from engine.run import Run

Result = TypeVar("Result")

GONE = {getattr(errno, name) for name in ("ENOTCONN", "ESTALE", "EIO", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ENETRESET",
                                          "ECONNABORTED", "ECONNRESET", "ETIMEDOUT", "ENODEV", "ENXIO") if hasattr(errno, name)}
GONE_ON_WINDOWS = {21, 53, 55, 59, 64, 65, 67, 121, 1167, 1231, 1232}     # not ready, bad network path, network name deleted, ...
PAUSE = 3.0             # seconds between two looks
BREATH = 0.25           # between two questions whether to stop
TRIES = 3               # where the folder is there, and the system says all the same that it is not
FORGOTTEN = 60.0        # seconds after which these are counted anew
WORDS = "waiting for {folder}: it is not reachable; connect it, or stop"

_one_at_a_time = Lock()


def waited_for(note: str) -> str | None:
    """The folder that is waited for, by the note of a step; None where nothing is."""
    found = re.fullmatch(re.escape(WORDS).replace(re.escape("{folder}"), "(.*)"), note, re.DOTALL)
    return found[1] if found else None


def patiently(work: Callable[[], Result], folders: Sequence[Path], run: Run, again: Callable[[], None] = lambda: None) -> Result:
    """What `work` gives. Where it fails and one of the `folders`, which were all there before, cannot be reached, that is told by `run`,
    and when it is back `again` and then `work` are called anew. So they are, a few times, where the system says that a device or a share
    is gone although its folder can be reached. Errors are passed on where `run` is not patient. Raises Cancelled."""
    tries, last, failed = 0, 0.0, False
    while True:
        try:
            if failed:
                again()
            return work()
        except (OSError, AnswerprintError) as error:
            away = next((folder for folder in folders if not reachable(folder)), None) if run.patient else None
            now = time.monotonic()
            tries, last = (tries + 1 if now - last < FORGOTTEN else 1), now
            if not run.patient or (away is None and (tries > TRIES or not lost(error))):
                raise
        if away is None:
            run.pause(PAUSE)
        else:
            wait_for(away, run)
            last = 0.0
        failed = True


def wait_for(folder: Path, run: Run) -> None:
    """Until it can be reached. Told by one thread at a time. Raises Cancelled."""
    with _one_at_a_time:
        if reachable(folder):
            return
        words = WORDS.format(folder=homeless(str(folder)))
        with suppress(OSError, AnswerprintError):           # the record of the work may lie there too
            run.say(words)
        looks = max(1, round(PAUSE / BREATH))
        look = 0
        while look % looks or not reachable(folder):
            with suppress(OSError, AnswerprintError):
                run.step(0, 1, words, float("inf"))
            run.pause(BREATH)
            look += 1
        with suppress(OSError, AnswerprintError):
            run.say(f"{homeless(str(folder))} is back; going on")


def reachable(folder: Path) -> bool:
    """Whether the folder is there and answers."""
    try:
        with os.scandir(folder) as entries:
            next(entries, None)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def lost(error: BaseException | None) -> bool:
    """Whether the system said, somewhere below this error, that a device or a share is gone. Of a film the reading of each frame was
    patient already."""
    if isinstance(error, MediaError):
        return False
    while error is not None:
        if isinstance(error, OSError) and (error.errno in GONE or getattr(error, "winerror", None) in GONE_ON_WINDOWS):
            return True
        error = error.__cause__ or error.__context__
    return False
