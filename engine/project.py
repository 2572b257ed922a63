"""THE project: what was chosen for a film and what is done. A folder that holds NAME.answerprint (JSON) and what was made.

Whether a step is done, out of date or not ready is derived from the hashes of its inputs, never stored.
"""
from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.errors import MediaError
from engine.files import told, write_json
from engine.media.source import Reading
from engine.media.volumes import Place
from engine.migrations import VERSION, migrate

SUFFIX = ".answerprint"
GOOD_COPIES = 5


@dataclass(frozen=True)
class Medium:
    """A scan or a reference: where it is and how it is read."""

    place: Place
    reading: Reading


@dataclass(frozen=True)
class Settings:
    """What the user chose; None or 'auto' leaves it to the program."""

    aligned: bool = False
    balance: str = "auto"                                   # 'auto' | 'off'
    pairs: str | tuple[int, ...] = "auto"                   # 'auto' | 'all' | frame numbers counted from the first frame = 0
    shots: tuple[str, ...] | None = None                    # a word for every still
    steps: int | None = None
    minutes: float | None = None
    seed: int = 0
    device: str = "auto"
    formats: tuple[str, ...] = ("dpx", "prores422hq")
    encoding: str = "same"
    sound: str | None = None


@dataclass(frozen=True)
class Done:
    """A finished step: the hash of what went in, and what a reader of the project wants to know of it."""

    inputs: str
    facts: dict[str, Any]


@dataclass
class Project:
    """The one state object. `folder` is where it lives and is not stored."""

    folder: Path
    name: str
    recovery: str
    scan: Medium | None = None
    reference: Medium | None = None
    settings: Settings = field(default_factory=Settings)
    done: dict[str, Done] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.folder / (self.name + SUFFIX)

    def save(self) -> None:
        """Replace NAME.answerprint atomically and keep the last good copies. Raises DiskFull, OutputRefused."""
        with told(self.folder, "saving the project"):
            self.folder.mkdir(parents=True, exist_ok=True)
            _keep_copy(self.path)
            write_json(self.path, _plain(self))


def load(folder: Path) -> Project:
    """Read the project in `folder`; where its file is damaged, the last good copy. Raises MediaError, NewerVersion."""
    found = sorted(folder.glob("*" + SUFFIX))
    if not found:
        raise MediaError(f"{folder}: there is no Answerprint project here; give the folder that holds the {SUFFIX} file")
    for path in (found[0], *sorted((folder / "copies").glob("*" + SUFFIX), reverse=True)):
        try:
            return _build(migrate(json.loads(path.read_text(encoding="utf-8")), path), folder)
        except (ValueError, KeyError, TypeError):
            continue
    raise MediaError(f"{found[0]}: the project file is damaged and has no good copy; bring it back from a backup")


def input_hash(*parts: Any) -> str:
    """A short hash of plain values, for 'is this step still up to date?'"""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _keep_copy(path: Path) -> None:
    if not path.exists():
        return
    copies = path.parent / "copies"
    copies.mkdir(exist_ok=True)
    numbers = sorted(int(p.name.split(".")[0]) for p in copies.glob("*" + SUFFIX))
    shutil.copyfile(path, copies / f"{(numbers[-1] if numbers else 0) + 1:06d}.{path.name}")
    for number in numbers[: max(0, len(numbers) + 1 - GOOD_COPIES)]:
        (copies / f"{number:06d}.{path.name}").unlink(missing_ok=True)


def _plain(project: Project) -> dict[str, Any]:
    data = {f.name: getattr(project, f.name) for f in dataclasses.fields(project) if f.name != "folder"}
    return {"version": VERSION} | {key: _plain_value(value) for key, value in data.items()}


def _plain_value(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain_value(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: _plain_value(v) for key, v in value.items()}
    return str(value) if isinstance(value, Fraction) else value


def _build(data: dict[str, Any], folder: Path) -> Project:
    settings = dict(data["settings"])
    for key in ("pairs", "shots", "formats"):
        if isinstance(settings[key], list):
            settings[key] = tuple(settings[key])
    return Project(
        folder, data["name"], data["recovery"], _medium(data["scan"]), _medium(data["reference"]), Settings(**settings),
        {step: Done(**done) for step, done in data["done"].items()},
    )


def _medium(data: dict[str, Any] | None) -> Medium | None:
    if data is None:
        return None
    reading = dict(data["reading"])
    reading["rate"] = Fraction(reading["rate"]) if reading["rate"] else None
    reading["span"] = tuple(reading["span"]) if reading["span"] else None
    return Medium(Place(**data["place"]), Reading(**reading))
