"""The program's own processes: how another of them is begun, from the sources or from an installed program."""
from __future__ import annotations

import os
import sys
from pathlib import Path

WINDOW, WORKER = "answerprint", "answerprint-worker"
MEASURE = "measure-window"         # what the window is asked for by the bench
SELFTEST = "selftest"
SEARCH = "LD_LIBRARY_PATH"
RESET = "PYINSTALLER_RESET_ENVIRONMENT"     # or a second window would take over the search path that this one has left


def installed() -> bool:
    """Whether this is the packaged program, and not its sources under a Python."""
    return bool(getattr(sys, "frozen", False))


def engine_command(*words: object) -> list[str]:
    """`answerprint COMMAND ...` as another process, without the window."""
    return [*_begin(WORKER, "engine"), *map(str, words)]


def window_command(*words: object) -> list[str]:
    """The window as another process."""
    return [*_begin(WINDOW, "wizard"), *map(str, words)]


def leave_search_path() -> None:
    """Take the program's own libraries out of where the programs it begins look for theirs: a browser that shows the manual must find the
    system's. This process has read the path already, and its own programs set it for themselves."""
    if not installed():
        return
    os.environ[RESET] = "1"
    before = os.environ.pop(SEARCH + "_ORIG", "")
    os.environ.pop(SEARCH, None)
    if before:
        os.environ[SEARCH] = before


def _begin(program: str, package: str) -> list[str]:
    if not installed():
        return [sys.executable, "-m", package]
    return [str(Path(sys.executable).with_name(program + Path(sys.executable).suffix))]
