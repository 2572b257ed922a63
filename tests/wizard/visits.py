"""Visits to a tiny project that is made up to some step: a window on it, closed, and opened again."""
from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtWidgets import QWidget

from engine.project import load
from engine.recoveries.perform import run_steps
from engine.run import Run
from tests.engine.finished import opened, trained
from tests.wizard.test_walk import Walker
from wizard import recent
from wizard.window import Window
from wizard.work import Worker

ENGINE = ("align", "balance", "choose", "pairs", "train", "review", "export")
MADE = {"recovery": 0, "media": 0, "align": 0, "frames": 3, "train": 4, "review": 5, "export": 6}    # steps that are made when a page asks


def tiny_film(folder: Path) -> Path:
    """The folder of a project that is made up to Review, with its media: pairs of 0, 2, 6, 8, 10, and 4 held out."""
    project = trained(folder, formats=("dpx",), held_out=(4,))
    with opened(project) as work:
        run_steps(work, Run(), "choose")
        run_steps(work, Run(), "review")
    return folder


def at_step(film: Path, folder: Path, page: str) -> Path:
    """A copy of the project in which `page` is what asks."""
    shutil.copytree(film, folder)
    project = load(folder / "film.project")
    made = json.loads((project.folder / "done.json").read_text())
    made["steps"] = {step: done for step, done in made["steps"].items() if step in ENGINE[:MADE[page]]}
    (project.folder / "done.json").write_text(json.dumps(made))
    for step in ENGINE[MADE[page]:]:
        shutil.rmtree(project.folder / ("runs" if step == "train" else step), ignore_errors=True)
    if page not in ("recovery", "media"):
        assert project.scan and project.reference
        films = (("scan", project.scan), ("reference", project.reference))
        project.confirmed = ("scan.rate", "scan.encoding", "reference.encoding", *(f"{r}@{m.place.fingerprint}" for r, m in films))
    project.save()
    return project.folder


class Visits:
    """A window on the project, again and again. `begun` is what it had a worker begin; none is begun in truth unless `real`."""

    def __init__(self, qtbot: Any, monkeypatch: pytest.MonkeyPatch, real: bool = False) -> None:
        self.qtbot = qtbot
        self.begun: list[str] = []
        self._windows: list[Window] = []
        if not real:
            monkeypatch.setattr(Worker, "start", lambda worker, folder, until: self.begun.append(until))
        recent.keep(recent.Preferences(theme="dark", language="en"))

    def open(self, folder: Path) -> Walker:
        window = Window()
        self.qtbot.addWidget(window)
        self._windows.append(window)
        window.resize(1440, 900)
        window.show()
        window.open_project(folder)
        walker = Walker(self.qtbot, window)
        aligned = (folder / "align" / "alignment.json").exists()
        walker.until(lambda: not window.session.opening and (window.session.made.alignment is not None) == aligned, 10)
        return walker

    def close(self) -> None:
        for window in self._windows:
            window.close()


def part(walker: Walker, kind: type[QWidget], name: str) -> Any:
    """The control of that kind that is shown under a name that begins like this."""
    return next(w for w in walker.window.findChildren(kind) if w.isVisible() and w.accessibleName().startswith(name))
