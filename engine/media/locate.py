"""Find the media of a project again: where it lies now, whether a file shown by hand is the same film, and open it."""
from __future__ import annotations

from pathlib import Path

from engine.errors import MediaError, MediaMissing
from engine.media.fingerprint import fingerprint
from engine.media.medium import ROLES, Holder, Medium
from engine.media.open import open_source
from engine.media.source import FrameSource
from engine.media.volumes import candidates, place_of
from engine.run import Run


def medium_of(project: Holder, role: str) -> Medium | None:
    """The medium of 'scan' or 'reference'."""
    return {"scan": project.scan, "reference": project.reference}[role]


def where(project: Holder) -> dict[str, Path | None]:
    """Where each medium that the project has seems to lie now, None where nowhere. Quick: nothing is opened."""
    media = {role: medium for role in ROLES if (medium := medium_of(project, role))}
    return {role: next(iter(candidates(medium.place, project.folder)), None) for role, medium in media.items()}


def open_medium(medium: Medium, project_folder: Path, run: Run) -> FrameSource:
    """Open a medium where it lies now, known by its content. Raises MediaMissing where it is not found, and what `open_source` does."""
    for path in candidates(medium.place, project_folder):
        source = open_source(path, medium.reading, run)
        if fingerprint(source) == medium.place.fingerprint:
            return source
        source.close()
    raise MediaMissing(f"{project_folder}: the media is not where it was ({medium.place.path}); connect its drive or name it again")


def relink(project: Holder, role: str, path: Path, run: Run) -> tuple[FrameSource, Medium]:
    """The medium of `role` at its new place `path`, opened. Raises MediaError where that is another film, and what `open_source` does."""
    medium = medium_of(project, role)
    if medium is None:
        raise MediaError(f"{project.folder}: the project has no {role} yet; choose one")
    source = open_source(path, medium.reading, run)
    found = fingerprint(source)
    if found != medium.place.fingerprint:
        source.close()
        raise MediaError(f"{path}: is another film than the {role} of this project ({medium.place.path}), or was changed since; "
                         "show the files of the same film")
    return source, Medium(place_of(path, project.folder, found), medium.reading, medium.encoding)
