"""Where a GPU pack lies, whether it fits this program, and how a process comes to use it.

One rule: what root adds is for all users and lies in /usr/local/share/answerprint; what anybody else adds is that user's own, lies in the
user's data folder, and is looked for first. Neither is in the program's folder, so an upgrade leaves a pack where it is.
"""
from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from engine.files import write_json
from engine.versions import version_of

FOR_ALL = Path("/usr/local/share/answerprint")
FOLDER, PACK, NEW, OLD = "gpu-pack", "pack", "new", "old"       # the last three in the first: in use, being made, being removed
FACTS = "pack.json"
PYTHON = f"cp{sys.version_info.major}{sys.version_info.minor}"


@dataclass(frozen=True)
class Facts:
    """What is known of a pack: the version of its torch, the Python and the program that it was added with, its size in bytes, its wheels,
    and the card that it was tried on."""

    torch: str
    python: str
    program: str
    size: int
    wheels: tuple[str, ...]
    card: str


def own() -> Path:
    """The folder for packs that this user adds; ANSWERPRINT_DATA names another data folder."""
    if named := os.environ.get("ANSWERPRINT_DATA"):
        return Path(named) / FOLDER
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Answerprint" / FOLDER
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Answerprint" / FOLDER
    if os.geteuid() == 0:
        return FOR_ALL / FOLDER
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "answerprint" / FOLDER


def places() -> tuple[Path, ...]:
    """Where packs are looked for, the first that fits is used."""
    if os.environ.get("ANSWERPRINT_DATA") or sys.platform != "linux":
        return (own(),)
    return tuple(dict.fromkeys((own(), FOR_ALL / FOLDER)))


def facts_of(place: Path) -> Facts | None:
    """Of the pack in use there; None where there is none, or it is not whole."""
    try:
        known = json.loads((place / PACK / FACTS).read_text(encoding="utf-8"))
        return Facts(**{**known, "wheels": tuple(known["wheels"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def leave_facts(folder: Path, facts: Facts) -> None:
    """With them a folder counts as a pack. Raises DiskFull, OutputRefused."""
    write_json(folder / FACTS, asdict(facts))
    (folder / FACTS).chmod(0o644)


def torch_range() -> SpecifierSet:
    """The versions of torch that this program works with."""
    try:
        asked = [Requirement(words) for words in requires("answerprint") or ()]
    except PackageNotFoundError:
        return SpecifierSet()
    return next((one.specifier for one in asked if one.name == "torch"), SpecifierSet())


def misfit(facts: Facts) -> str:
    """Why a pack cannot be used by this program, '' where it can: it was added with another version of it."""
    if facts.python != PYTHON:
        return f"it is for another Python ({facts.python}, this program has {PYTHON})"
    if facts.program != version_of("answerprint") and not torch_range().contains(facts.torch, prereleases=True):
        return f"its torch is {facts.torch}, and this program needs torch {torch_range()}"
    return ""


def use() -> str:
    """Let torch be that of the pack, where there is one that fits; called before anything loads torch. '' or, where none fits, a line that
    says why."""
    if "torch" in sys.modules:
        return ""
    told = ""
    for place in places():
        facts = facts_of(place)
        if facts and (trouble := misfit(facts)):
            told = told or (f"the GPU pack in {place} is not used, {trouble}; the processor does the work until a pack that fits is added "
                            "(`answerprint gpu-pack add FOLDER`)")
        elif facts:
            sys.path.insert(0, str(place / PACK))
            return ""
    return told
