"""`python -m wizard [PROJECT]` opens the window."""
from __future__ import annotations

import sys
from pathlib import Path

from PyQt6.QtWidgets import QApplication

from wizard.window import begin


def main(arguments: list[str] | None = None) -> int:
    """Open the window, at a project where one is named; its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    app = QApplication(["answerprint"])
    app.setApplicationName("Answerprint")
    app.setDesktopFileName("answerprint")
    window = begin()
    sys.excepthook = window.tell_of
    window.resize(1440, 900)
    window.show()
    if arguments:
        window.open_project(Path(arguments[0]))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
