"""A medium of a project: a scan or a reference, where it lies and how it is read; and what of a project is needed to find it again."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.media.source import Reading
from engine.media.volumes import Place

ROLES = ("scan", "reference")


@dataclass(frozen=True)
class Medium:
    """A scan or a reference: where it is, how it is read, and the encoding that it was taken for."""

    place: Place
    reading: Reading
    encoding: str


class Holder(Protocol):
    """A project, as far as its media go."""

    folder: Path
    scan: Medium | None
    reference: Medium | None
