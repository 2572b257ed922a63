#!/usr/bin/env python3
"""Set up, run, test and check Answerprint. Standard library only: it runs before anything is installed.

    python3 installer/dev.py run           set up and open the wizard; without a display, restore the sample film in the terminal
    python3 installer/dev.py test          the default tests; `test --slow` the kill, memory and whole-path tests,
                                           `test --package` those of the installers in dist/
    python3 installer/dev.py check         ruff, mypy, import contracts
    python3 installer/dev.py manual        the manual as HTML, which the window opens
    python3 installer/dev.py screenshots   the manual's pictures: every step and state on the sample film
    python3 installer/dev.py example-report   the report of the sample film that the manual shows
    python3 installer/dev.py package       the Linux installers, in dist/ (installer/README.md)
    python3 installer/dev.py setup         only make .venv
"""
from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
CONSTRAINTS = ROOT / "installer" / "constraints.txt"
DEBIAN = "libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0"
DEBIAN_WINDOW = ("libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 "
                 "libxcb-render-util0 libxcb-shape0 libxcb-xinerama0")
SAMPLE_MINUTES = 1.2
MOST_WORKERS = 4        # each takes about a gigabyte of memory
LIBRARIES = ("torch", "cv2", "av", "OpenImageIO", "PyOpenColorIO", "PyQt6.QtWidgets")


def stop(message: str) -> None:
    """End with one line that says what is missing and its cure."""
    sys.exit(f"dev.py: {message}")


def call(*command: object, cwd: Path = ROOT, **environment: str) -> int:
    """Run a command and return its exit code."""
    return subprocess.run([str(c) for c in command], cwd=cwd, env=os.environ | environment).returncode


def stamp() -> str:
    """What the set-up depends on."""
    parts = (ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes() + sys.version.encode()
    return hashlib.sha256(parts).hexdigest()


def setup() -> None:
    """Make .venv and install the program with its pinned libraries, unless that is done."""
    done = VENV / "answerprint-setup"
    if done.exists() and done.read_text() == stamp() and PYTHON.exists():
        return
    print("Setting up (once; a few minutes) ...", flush=True)
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        stop("Python's venv is missing; on Debian and Ubuntu: sudo apt install python3-venv")
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    if call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", CONSTRAINTS, "-e", ".[dev]"):
        stop("the libraries could not be installed (see above); check the network or the package folder and try again")
    for library in LIBRARIES:
        tried = subprocess.run([PYTHON, "-c", f"import {library}"], capture_output=True, text=True)
        if tried.returncode:
            reason = tried.stderr.strip().splitlines()[-1] if tried.stderr.strip() else "no reason given"
            stop(f"{library} does not start ({reason}); on Debian and Ubuntu: sudo apt install {DEBIAN}")
    done.write_text(stamp())


def has_display() -> bool:
    """Whether a window can be shown: everywhere but on Linux without X11 and Wayland."""
    return not sys.platform.startswith("linux") or any(os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run(arguments: list[str]) -> int:
    """The wizard; where there is no display, its main job on the sample film in the terminal."""
    if has_display():
        manual([])
        code = call(PYTHON, "-m", "wizard", *arguments)
        if code < 0 and sys.platform.startswith("linux"):
            stop(f"the window could not be opened (see above); on Debian and Ubuntu: sudo apt install {DEBIAN_WINDOW}")
        return code
    print("There is no display here, so the sample film is restored in the terminal; on a desktop this opens the wizard.", flush=True)
    return restore_sample(arguments)


def restore_sample(arguments: list[str]) -> int:
    """The sample film through every step, in the terminal."""
    made = subprocess.run([PYTHON, "-m", "engine", "sample", "--json"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if made.returncode:
        return made.returncode
    film = json.loads(made.stdout)
    out = Path.home() / "Documents" / "Answerprint" / "Sample film"
    return call(PYTHON, "-m", "engine", "restore", "--recovery", "colour-reference", "--scan", film["scan"],
                "--reference", film["reference"], "--out", out, "--minutes", SAMPLE_MINUTES, *arguments)


def test(arguments: list[str]) -> int:
    """The default test suite, a process for each core and one thread in each; or with --slow or --package another, whose tests measure
    and kill processes and so run one after the other."""
    for kind in ("slow", "package"):
        if f"--{kind}" in arguments:
            return call(PYTHON, "-m", "pytest", "-m", kind, "--timeout", "1800", *(a for a in arguments if a != f"--{kind}"))
    workers = min(MOST_WORKERS, os.cpu_count() or 1)
    return call(PYTHON, "-m", "pytest", "-m", "not slow and not package", "-n", workers, "--dist", "worksteal", *arguments,
                OMP_NUM_THREADS="1")


def check(arguments: list[str]) -> int:
    """ruff, mypy and the import contracts; all of them run, the first that fails decides."""
    codes = [
        call(PYTHON, "-m", "ruff", "check", "."),
        call(PYTHON, "-m", "mypy"),
        call(PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    ]
    return next((code for code in codes if code), 0)


def screenshots(arguments: list[str]) -> int:
    """The manual's pictures, made anew."""
    return call(PYTHON, ROOT / "installer" / "screenshots.py", *arguments)


def manual(arguments: list[str]) -> int:
    """The manual as HTML."""
    return call(PYTHON, ROOT / "installer" / "manual.py", *arguments)


def example_report(arguments: list[str]) -> int:
    """The report of the sample film that the manual shows, made anew."""
    return call(PYTHON, ROOT / "installer" / "example_report.py", *arguments)


def package(arguments: list[str]) -> int:
    """The installers."""
    return call(PYTHON, ROOT / "installer" / "package.py", *arguments)


def main() -> int:
    """One verb and what follows it."""
    verbs = {"run": run, "test": test, "check": check, "manual": manual, "screenshots": screenshots,
             "example-report": example_report, "package": package, "setup": lambda arguments: 0}
    if sys.version_info < (3, 11):
        stop(f"Python {sys.version.split()[0]} is too old; install Python 3.11 or newer and start this with it")
    if len(sys.argv) < 2 or sys.argv[1] not in verbs:
        stop("say what to do: run, test [--slow|--package], check, manual, screenshots, example-report, package or setup")
    setup()
    return verbs[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
