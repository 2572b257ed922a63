"""How a project begins, and how a film becomes one of its media. No Qt."""
from __future__ import annotations

from pathlib import Path

from engine.media.fingerprint import fingerprint
from engine.media.source import FrameSource, Reading
from engine.media.volumes import Place, place_of
from engine.project import Medium, Project

RECOVERY = "colour-reference"


def results_of(project_folder: Path) -> Place:
    """Where the results of a new project go: a folder beside it, that says so."""
    return place_of(project_folder.with_name(f"{project_folder.name} restored"), project_folder, "")


def begun(wanted: Path) -> Project:
    """A new project, not saved yet, in the folder `wanted`; where that is taken, in one beside it with a number."""
    place, number = wanted, 2
    while place.exists():
        place, number = wanted.with_name(f"{wanted.name} {number}"), number + 1
    return Project(place, place.name, RECOVERY, results=results_of(place))


def taken(source: FrameSource, path: Path, reading: Reading, project_folder: Path) -> Medium:
    """The film at `path`, opened as `source`, as a medium of a project."""
    return Medium(place_of(path, project_folder, fingerprint(source)), reading, source.info.encoding)
