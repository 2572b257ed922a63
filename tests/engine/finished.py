"""A little project that is trained: two shots of six aligned frames as numbered stills."""
from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.media.fingerprint import fingerprint
from engine.media.medium import Medium
from engine.media.open import open_source
from engine.media.source import Reading
from engine.media.volumes import place_of
from engine.project import Project, Settings
from engine.recoveries.perform import run_steps
from engine.recoveries.work import Work
from engine.run import Run
from tests.conftest import faded_pair, write_png

FRAMES = 12


def trained(folder: Path, **settings: object) -> Project:
    """Made in `folder` with its media, and trained for a few steps."""
    for index in range(FRAMES):
        picture, faded = (np.roll(p, 5 * (index % 6), axis=1) for p in faded_pair(10 * (index // 6)))
        write_png(folder / "reference" / f"reference_{index:04d}.png", picture)
        write_png(folder / "scan" / f"scan_{index:04d}.png", faded)
    project = Project(folder / "film.project", "film", "colour-reference", medium(folder, "scan"), medium(folder, "reference"),
                      Settings(**{"aligned": True, "balance": "off", "steps": 8, "pairs": (0, 2, 4, 6, 8, 10),
                               "shots": ("first",) * 6 + ("second",) * 6, **settings}))     # type: ignore[arg-type]
    project.save()
    with opened(project) as work:
        run_steps(work, Run(), "train")
    return project


def medium(folder: Path, role: str) -> Medium:
    with open_source(folder / role) as source:
        return Medium(place_of(folder / role, folder / "film.project", fingerprint(source)), Reading(), source.info.encoding)


class opened:  # noqa: N801
    """The project with its media open, which lie in `folder` where they do not lie beside it."""

    def __init__(self, project: Project, folder: Path | None = None, run: Run | None = None) -> None:
        self.project, self.folder, self.run = project, folder or project.folder.parent, run

    def __enter__(self) -> Work:
        folder = self.folder
        self.sources = [open_source(folder / role, run=self.run) for role in ("scan", "reference")]
        return Work(self.project, *self.sources, folder)

    def __exit__(self, *_: object) -> None:
        for source in self.sources:
            source.close()
