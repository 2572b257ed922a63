"""A window that is not on any screen, of which pictures are taken."""
from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtWidgets import QApplication

SIZES = ((1440, 900), (1280, 720), (1180, 700))


class Shooting:
    """A window, and the folder that its pictures go to."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        from wizard.window import begin

        self.app, self.folder = app, folder
        folder.mkdir(parents=True, exist_ok=True)
        self.window = begin("dark")
        self.window.resize(*SIZES[0])
        self.window.show()

    def until(self, done: Callable[[], bool], seconds: float = 900) -> None:
        """Let the window live until something is so."""
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                sys.exit(f"screenshots: waited too long for {done}")
            self.app.processEvents()
            time.sleep(0.02)

    def rest(self, seconds: float = 1.5) -> None:
        """Let pictures arrive."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def shoot(self, name: str) -> None:
        self.rest()
        self.window.grab().save(str(self.folder / f"{name}.png"))
        print(name, flush=True)

    def go(self, page: str) -> None:
        self.window.frame.go_to(page)
        self.rest(2.5)

    def worked(self, step: str) -> None:
        """Wait until the worker has ended, with a step done."""
        session = self.window.session
        self.until(lambda: session.made.standing.get(step) == "done" and not session.worker.busy)
