"""What a model was trained on, as it carries it with itself: elements with their rights, pictures with their notes, and marks by which each
is known again. Light: no torch."""
from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.elements import ROLES
from engine.errors import MediaError, UsageError
from engine.files import read_json, told, write_json
from engine.keyframes.keyframe import FOLDER, load_keyframe
from engine.keyframes.notes import element_of_note, read_similar
from engine.keyframes.palette import Swatch
from engine.media.locate import medium_of
from engine.media.volumes import folder_of
from engine.project import Project
from engine.recoveries import RECOVERIES
from engine.run import Run

FILE = "trained-on.json"


def trained_on(project: Project) -> dict[str, Any]:
    """{"recovery", "elements": {role: fields, "name", "fingerprint"}, "pictures": [{"name", "kind", "source", "assumption", "sha256",
    ...fields}], "own_shots": words of shots of the same film}; fields are those of `engine.elements.Element`. Names are those of files
    alone. Raises MediaError where the folder of similar pictures is gone."""
    recovery, settings = RECOVERIES[project.recovery], project.settings
    elements: dict[str, dict[str, str]] = {}
    for role in ROLES:
        medium = medium_of(project, role)
        if medium and (role == "scan" or recovery.needs_reference):
            elements[role] = asdict(getattr(project.elements, role)) | {
                "name": medium.place.path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1], "fingerprint": medium.place.fingerprint}
    pictures = [] if recovery.needs_reference else painted(project)
    if project.recovery == "colour-similar" and settings.similar and (folder := folder_of(settings.similar, project.folder)):
        pictures += similar(folder)
    facts = project.done["fade"].facts if "fade" in project.done else {}
    return {"recovery": project.recovery, "elements": elements, "pictures": pictures,
            "own_shots": list(facts.get("full_colour", ())) if settings.own_shots and project.recovery == "colour-similar" else []}


def leave_trained_on(project: Project, folder: Path) -> dict[str, Any]:
    """`trained_on`, and the same as trained-on.json in the folder of a run. Raises DiskFull, OutputRefused, MediaError."""
    found = trained_on(project)
    with told(folder, "keeping what the run is made of"):
        folder.mkdir(parents=True, exist_ok=True)
        write_json(folder / FILE, found)
    return found


def painted(project: Project) -> list[dict[str, Any]]:
    """The colours that keyframes use, each with its source and what the note beside its picture says."""
    used: set[int] = set()
    for file in sorted((project.folder / FOLDER).glob("*/keyframe.json")):
        with suppress(MediaError):
            used |= {op.swatch for op in load_keyframe(project.folder, file.parent.name).ops}
    return [_swatch(one) for one in project.settings.palette if one.number in used]


def _swatch(one: Swatch) -> dict[str, Any]:
    return asdict(element_of_note(one.note)) | {"name": one.file or one.name, "kind": one.kind, "source": one.source,
                                                "assumption": one.assumption, "sha256": one.sha256}


def similar(folder: Path) -> list[dict[str, Any]]:
    """The pictures of a folder that may be used. Raises MediaError."""
    return [asdict(element_of_note(one.note)) | {"name": one.name, "kind": one.kind, "source": one.source, "assumption": one.assumption,
                                                 "sha256": hashlib.sha256(one.path.read_bytes()).hexdigest()}
            for one in read_similar(folder, Run())]


def pictures_of(run: Path) -> list[dict[str, str]]:
    """The pictures that the run in a folder was trained on; none where it kept no list."""
    with suppress(MediaError):
        return read_json(run / FILE, lambda data: [{key: str(value) for key, value in one.items()} for one in data["pictures"]])
    return []


def refuse_forbidden(project: Project) -> None:
    """Nothing is trained on a picture whose terms say no. Raises UsageError, naming it."""
    for role in ROLES if RECOVERIES[project.recovery].needs_reference else ROLES[:1]:
        if getattr(project.elements, role).forbidden:
            medium = medium_of(project, role)
            name = f"{medium.place.path}: " if medium else ""
            raise UsageError(f"{name}the terms of the {role} are marked 'not allowed', so nothing is trained on it; choose another {role}, "
                             "or change the terms under Elements and rights")
