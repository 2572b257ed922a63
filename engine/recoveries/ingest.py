"""What goes into a restoration as files, by role: hashed when it is taken in, and checked again before results are made of it."""
from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.fixity import FOLDER, INPUTS, PICTURES, Print, check, known_prints, names_of, take_in
from engine.media.source import FrameSource
from engine.media.volumes import Place, candidates, folder_of
from engine.project import Project
from engine.run import Run


def input_files(project: Project, scan: FrameSource, reference: FrameSource | None) -> dict[str, Path]:
    """Every file of scan, reference, sound, similar pictures and colour config, by its name 'role/path'. What is not where it was is left
    out: who needs it says so."""
    files = names_of("scan", scan.medium())
    if reference:
        files |= names_of("reference", reference.medium())
    settings = project.settings
    files |= names_of("sound", _there(settings.sound, project.folder)) | names_of("colours", _there(settings.colours, project.folder))
    folder = folder_of(settings.similar, project.folder) if settings.similar else None
    pictures = sorted(path for path in folder.iterdir() if path.is_file()) if folder and folder.is_dir() else []
    return files | names_of("similar", pictures)


def _there(place: Place | None, folder: Path) -> Sequence[Path]:
    return candidates(place, folder)[:1] if place else ()


def _by_key(project: Project, scan: FrameSource, reference: FrameSource | None) -> dict[str, Path]:
    return {_key(project, name): path for name, path in input_files(project, scan, reference).items()}


def _key(project: Project, name: str) -> str:
    """By which a file is known in the store: of what is chosen for the results or beside the films, and may be chosen anew with another
    content under the same name, 'role/FINGERPRINT/path'."""
    role, path = name.split("/", 1)
    place = getattr(project.settings, role) if role in ("sound", "colours", "similar") else None
    return f"{role}/{place.fingerprint[:16]}/{path}" if place else name


def fixity_folder(project: Project, out: Path) -> Path:
    """Where what is known of files is kept: with the project, or, where that cannot be written to, with the results."""
    return project.folder / FOLDER if os.access(project.folder, os.W_OK) else out / f".{FOLDER}"


def store_of(project: Project, out: Path) -> Path:
    """The file of the prints of the project's scan and what goes with it; a model may be applied to several scans."""
    assert project.scan
    return fixity_folder(project, out) / f"{project.scan.place.fingerprint[:16]}.{INPUTS}"


def take_in_all(project: Project, scan: FrameSource, reference: FrameSource | None, out: Path, run: Run) -> None:
    """Hash what is not known yet, as a part of the work with a name of its own. Raises what `engine.fixity.take_in` does."""
    with run.phase("fixity"):
        take_in(_by_key(project, scan, reference), store_of(project, out), run)


def check_all(project: Project, scan: FrameSource, reference: FrameSource | None, out: Path, run: Run) -> None:
    """Likewise read all again, before results are made. Raises what `engine.fixity.check` does."""
    with run.phase("fixity"):
        check(_by_key(project, scan, reference), store_of(project, out), run)


def prints_of(project: Project, scan: FrameSource, reference: FrameSource | None, out: Path) -> dict[str, Print]:
    """The prints of the inputs as they were taken in, with those of pictures that keyframes were imported from."""
    known = known_prints(store_of(project, out))
    keys = {name: _key(project, name) for name in input_files(project, scan, reference)}
    return ({name: replace(known[key], name=name) for name, key in keys.items() if key in known}
            | known_prints(project.folder / FOLDER / PICTURES))
