"""Old project files are brought up to date here: one step for each version, N -> N+1, on the plain dict."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import MediaError, NewerVersion

VERSION = 1
STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def migrate(data: dict[str, Any], path: object) -> dict[str, Any]:
    """The dict of a project file at VERSION. Raises NewerVersion for one from a newer program, MediaError for one without a version."""
    version = data.get("version")
    if not isinstance(version, int):
        raise MediaError(f"{path}: this is not an Answerprint project; choose a file that ends in .answerprint")
    if version > VERSION:
        raise NewerVersion(f"{path}: written by a newer Answerprint (version {version}, this one reads {VERSION}); update the program")
    while version < VERSION:
        data = STEPS[version](data)
        version += 1
    return data
