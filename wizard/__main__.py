"""`answerprint [PROJECT]` opens the window, `answerprint COMMAND ...` is the engine's command line; `python -m wizard` from the sources."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from engine.programs import MEASURE, SELFTEST, engine_command, leave_search_path


def main(words: list[str] | None = None) -> int:
    """The exit code of what `words` (those of the command line) ask for."""
    words = sys.argv[1:] if words is None else words
    leave_search_path()
    if words[:1] == [MEASURE]:
        from wizard.bench import main as measure

        return measure(words[1:])
    if words[:1] == [SELFTEST]:
        from wizard.selftest.main import main as selftest

        return selftest(words[1:])
    if words and is_command(words[0]):
        return hand_over(engine_command(*words))
    return window(Path(words[0]) if words else None)


def is_command(word: str) -> bool:
    """Whether the engine knows what to do with it. It may be the path of a project instead."""
    from engine.arguments import command_names

    return word.startswith("-") or word in command_names()


def hand_over(command: list[str]) -> int:
    """Become another program; on Windows, wait for it."""
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.run(command).returncode


def window(project: Path | None) -> int:
    """Show the window, at a project where one is named, until it is closed."""
    from PyQt6.QtGui import QIcon
    from PyQt6.QtWidgets import QApplication

    from wizard import theme
    from wizard.window import begin

    app = QApplication(["answerprint"])
    app.setApplicationName("Answerprint")
    app.setDesktopFileName("answerprint")
    app.setWindowIcon(QIcon(str(theme.ASSETS / "program.svg")))
    shown = begin()
    sys.excepthook = shown.tell_of
    shown.resize(1440, 900)
    shown.show()
    if project:
        shown.open_project(project)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
