"""The window's process of the self-test: begun and listened to by the one, and what the other does. A window that dies is one line."""
from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from engine.media.volumes import settings_folder
from engine.programs import SELFTEST, window_command
from wizard.selftest.checks import Broken, Checks, Found
from wizard.selftest.headless import FRAMES, SAMPLE, STEPS, WIDTH, last_line

WALK = "walk"
PROJECTS = "projects"
LOG, PICTURE = "window.log", "window.png"
CURE = "install the system libraries that the manual names for the window, and run it again"


def walk_in_another_process(folder: Path, checks: Checks) -> None:
    """Have the window walked through; its checks count as this one's."""
    process = subprocess.Popen(window_command(SELFTEST, WALK, folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, encoding="utf-8", errors="replace")
    said, failed = "", checks.failed
    try:
        for line in process.stdout or ():
            if found := _found(line):
                checks.take(found)
            else:
                said += line
        code = process.wait()
    finally:
        process.kill()
        process.wait()
    with suppress(OSError):
        (folder / LOG).write_text(said, encoding="utf-8")
    if code and checks.failed == failed:
        checks.take(Found("window", f"it ended with code {code}: {last_line(said)}; {CURE}", held=False))


def _found(line: str) -> Found | None:
    try:
        return Found(**json.loads(line))
    except (ValueError, TypeError):
        return None


def main(folder: Path) -> int:
    """Be that process: the exit code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    checks = Checks(lambda found: print(json.dumps(asdict(found)), flush=True))
    from PyQt6.QtWidgets import QApplication

    from wizard.sample import command
    from wizard.selftest.pages import pages_there
    from wizard.selftest.walk import from_start_to_files
    from wizard.selftest.walker import Walker
    from wizard.window import begin

    app = QApplication(["answerprint"])
    checks.run("manual", pages_there)
    if not checks.run("settings", lambda: set_up(folder)):
        return 1
    window = begin(sample=command(folder / SAMPLE, "--frames", FRAMES, "--width", WIDTH))
    walker = Walker(window)
    sys.excepthook = lambda *error: walker.errors.append(_told(*error))
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    stages = from_start_to_files(walker, FRAMES, STEPS)
    while checks.run("window", lambda: next(stages, None)):
        pass
    if checks.failed:
        window.grab().save(str(folder / PICTURE))
    window.close()
    return 1 if checks.failed else 0


def set_up(folder: Path) -> str:
    """Settings of its own. A window that could not keep them would begin its project in the user's folder."""
    from wizard import recent

    wanted = recent.Preferences(theme="dark", language="en", projects=str(folder / PROJECTS))
    recent.keep(wanted)
    if recent.preferences() != wanted:
        raise Broken(f"{settings_folder()}: nothing can be written there; make room, or name a folder on another disk with --keep")
    return "kept in a folder of their own"


def _told(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> str:
    """An error of the window's own code as one line; the rest goes to the log."""
    print("".join(traceback.format_exception(kind, error, where)), flush=True)
    return f"{kind.__name__}: {' '.join(str(error).split())}"
