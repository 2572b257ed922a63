"""A little film that is restored and delivered, once for all tests of a session."""
from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.elements import Element, Elements, People
from engine.project import Project, Settings
from engine.recoveries.perform import run_steps
from engine.recoveries.work import Work
from engine.run import Run
from tests.conftest import faded_pair, write_png
from tests.engine.finished import medium, opened

ELEMENTS = Elements(
    Element(kind="print", gauge="35 mm", holder="Filmoteca", identifier="F-1", terms="restoration only", authorised_by="the head of it",
            use="allowed"), Element(kind="disc"), People("Filmoteca", "A. Bañados", "B. Córdova", "faded to magenta", ""))


def restored(folder: Path, frames: int = 6, **settings: Any) -> tuple[Project, dict[str, Any]]:
    """Scan, reference and project in `folder`, results beside them; gives the facts of the export."""
    for index in range(frames):
        picture, faded = (np.roll(p, 5 * index, axis=1) for p in faded_pair(3))
        write_png(folder / "reference" / f"reference_{index:04d}.png", picture)
        write_png(folder / "scan" / f"scan_{index:04d}.png", faded)
    project = Project(folder / "film.project", "film", "colour-reference", medium(folder, "scan"), medium(folder, "reference"), Settings(
        **{"aligned": True, "balance": "off", "steps": 6, "pairs": (0, 1, 2, 3, 4, 5), "formats": ("dpx", "ffv1"), "package": "bagit",
           "shots": ("film",) * frames, **settings}), elements=ELEMENTS)
    project.save()
    return project, again(project)


def again(project: Project, wrap: Callable[[Work], Work] = lambda work: work) -> dict[str, Any]:
    with opened(project) as work:
        return run_steps(wrap(work), Run())["export"]


def moved(project: Project, folder: Path) -> Path:
    """A copy of everything that lies beside a project, in `folder`."""
    shutil.copytree(project.folder.parent, folder, copy_function=shutil.copy2)
    return folder


def changed(project: Project, **settings: Any) -> Project:
    project.settings = replace(project.settings, **settings)
    project.save()
    return project
