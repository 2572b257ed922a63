"""The user's own settings and the list of recent projects: small JSON files in the settings folder. No Qt."""
from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.errors import AnswerprintError
from engine.files import write_json
from engine.media.volumes import settings_folder

MOST = 12
PEOPLE = ("institution", "archivist", "worked_on")


@dataclass(frozen=True)
class Preferences:
    """What the user set once: theme 'system' | 'dark' | 'light', size of the text, language ('' follows the system), and where new
    projects go ('' is Documents/Answerprint)."""

    theme: str = "system"
    text: float = 1.0
    language: str = ""
    projects: str = ""

    @property
    def projects_folder(self) -> Path:
        return Path(self.projects) if self.projects else Path.home() / "Documents" / "Answerprint"


def preferences() -> Preferences:
    """What was kept; a damaged or missing file is the defaults."""
    kept = _read("preferences.json")
    known = {name: kept[name] for name in Preferences.__dataclass_fields__ if isinstance(kept, dict) and name in kept}
    try:
        return replace(Preferences(), **known)
    except TypeError:
        return Preferences()


def keep(chosen: Preferences) -> None:
    _write("preferences.json", asdict(chosen))


def recent() -> list[Path]:
    """Folders of projects, last opened first."""
    kept = _read("recent.json")
    return [Path(p) for p in kept if isinstance(p, str)] if isinstance(kept, list) else []


def remember(folder: Path) -> None:
    """Put a project first in the list."""
    folder = folder.resolve()
    _write("recent.json", [str(folder), *(str(p) for p in recent() if p != folder)][:MOST])


def people() -> dict[str, str]:
    """Who worked on the last project: the fields of PEOPLE; {} where nobody was named."""
    kept = _read("people.json")
    named = {name: str(kept.get(name, "")) for name in PEOPLE} if isinstance(kept, dict) else {}
    return named if any(named.values()) else {}


def remember_people(named: dict[str, str]) -> None:
    _write("people.json", {name: named[name] for name in PEOPLE})


def forget(folder: Path) -> None:
    """Take a project from the list; its files stay."""
    _write("recent.json", [str(p) for p in recent() if p != folder])


def _read(name: str) -> Any:
    try:
        return json.loads((settings_folder() / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _write(name: str, data: Any) -> None:
    """A settings folder that cannot be written is no error."""
    try:
        settings_folder().mkdir(parents=True, exist_ok=True)
        write_json(settings_folder() / name, data)
    except (OSError, AnswerprintError):
        return
