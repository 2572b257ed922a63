"""A folder of wheels: which of them torch needs besides what the program has, and whether they fit this program and this system."""
from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from importlib.util import find_spec
from pathlib import Path
from zlib import error as ZlibError  # noqa: N812

from packaging.requirements import InvalidRequirement, Requirement
from packaging.tags import Tag, sys_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import Version

from engine.errors import PackRefused
from engine.gpu_pack.place import PYTHON, torch_range
from engine.versions import version_of

LEFT_OUT = ("triton", "setuptools")
"""They compile while the program runs, for which an archive's machine has no compiler: torch does without them, and it is never asked to.
With triton there, torch would take its kernels."""

OF_THE_PACK = ("torch", "nvidia-", "cuda-")     # never taken from beside the program: libraries find each other by where they lie
DAMAGED = (zipfile.BadZipFile, ZlibError, EOFError, KeyError, UnicodeDecodeError, NotImplementedError)


@dataclass(frozen=True)
class Wheel:
    """One file of the folder, by its name."""

    file: Path
    name: str
    version: Version
    tags: frozenset[Tag]

    def read(self, ending: str) -> str:
        """A file of its .dist-info. Raises PackRefused."""
        try:
            with zipfile.ZipFile(self.file) as packed:
                name = next(n for n in packed.namelist() if n.count("/") == 1 and n.endswith(f".dist-info/{ending}"))
                return packed.read(name).decode("utf-8")
        except (*DAMAGED, StopIteration, OSError) as error:
            raise damaged(self.file, f"its {ending} cannot be read") from error

    def requires(self, extras: set[str]) -> list[Requirement]:
        """What it needs on this system, with these extras. Raises PackRefused."""
        try:
            asked = [Requirement(words) for words in HeaderParser().parsestr(self.read("METADATA")).get_all("Requires-Dist", [])]
        except InvalidRequirement as error:
            raise damaged(self.file, str(error).splitlines()[0]) from error
        return [one for one in asked if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras or {""})]


def damaged(file: Path, what: str) -> PackRefused:
    return PackRefused(f"{file}: the wheel is damaged ({what}); copy or download it again")


def wheels_in(folder: Path) -> list[Wheel]:
    """All wheels of a folder. Raises PackRefused."""
    if not folder.is_dir():
        raise PackRefused(f"{folder}: there is no such folder; name the one that holds the wheels")
    files = sorted(folder.glob("*.whl"))
    if not files:
        raise PackRefused(f"{folder}: no wheels (.whl) lie in it; the manual's page on graphics cards says which are needed")
    found = []
    for file in files:
        try:
            name, version, _, tags = parse_wheel_filename(file.name)
        except InvalidWheelFilename:
            raise PackRefused(f"{file}: this is no name of a wheel; leave wheels named as they were downloaded") from None
        found.append(Wheel(file, name, version, tags))
    return found


def needed(folder: Path) -> list[Wheel]:
    """torch, and of what it needs all that the program has not. Raises PackRefused."""
    wheels = wheels_in(folder)
    taken: dict[str, Wheel] = {"torch": _torch(folder, wheels)}
    asked, seen, missing = [Requirement("torch")], set(), []
    while asked:
        one = asked.pop(0)
        name = canonicalize_name(one.name)
        if name in LEFT_OUT or (name, str(one)) in seen or in_program(one):
            continue
        seen.add((name, str(one)))
        wheel = taken.get(name) or best(wheels, one)
        if wheel and one.specifier.contains(wheel.version, prereleases=True):
            taken[name] = wheel
            asked += wheel.requires(one.extras)
        else:
            missing.append(f"{one.name}{one.specifier}")
    if missing:
        raise PackRefused(f"{folder}: torch {taken['torch'].version} needs wheels that are not there: {', '.join(sorted(set(missing)))}; "
                          "download the folder again as the manual's page on graphics cards says")
    return list(taken.values())


def _torch(folder: Path, wheels: list[Wheel]) -> Wheel:
    if not any(wheel.name == "torch" for wheel in wheels):
        raise PackRefused(f"{folder}: there is no wheel of torch in it; the manual's page on graphics cards says which is needed")
    found = best(wheels, Requirement(f"torch{torch_range()}"))
    if found is None:
        there = ", ".join(sorted(str(wheel.version) for wheel in wheels if wheel.name == "torch"))
        raise PackRefused(f"{folder}: its torch is {there}, and this program needs torch {torch_range()}; download that")
    return found


def best(wheels: list[Wheel], asked: Requirement) -> Wheel | None:
    """The newest wheel that was asked for. Raises PackRefused where there are only some for another Python or system."""
    named = sorted((w for w in wheels if w.name == canonicalize_name(asked.name) and asked.specifier.contains(w.version, prereleases=True)),
                   key=lambda wheel: wheel.version, reverse=True)
    fitting = frozenset(sys_tags())
    for wheel in named:
        if wheel.tags & fitting:
            return wheel
    if named:
        raise PackRefused(f"{named[0].file}: {_unlike(named[0].tags, fitting)}; download the folder again for this one")
    return None


def _unlike(tags: frozenset[Tag], fitting: frozenset[Tag]) -> str:
    """In what the tags of a wheel differ from those that fit."""
    if not {(tag.interpreter, tag.abi) for tag in tags} & {(tag.interpreter, tag.abi) for tag in fitting}:
        return f"this wheel is for another Python ({_words(tag.interpreter for tag in tags)}), and this program's is {PYTHON}"
    here = list(dict.fromkeys(tag.platform for tag in sys_tags()))
    newest = next((name for name in here if name.startswith("manylinux")), here[0])
    return f"this wheel is for another or a newer system ({_words(tag.platform for tag in tags)}), and this one takes wheels up to {newest}"


def _words(names: Iterator[str]) -> str:
    return ", ".join(sorted(set(names)))


def in_program(asked: Requirement) -> bool:
    """Whether the program has it, in a version that will do; a packaged program may not know the version of what it has."""
    name = canonicalize_name(asked.name)
    if name.startswith(OF_THE_PACK):
        return False
    if known := version_of(name):
        return asked.specifier.contains(known, prereleases=True)
    return find_spec(name.replace("-", "_")) is not None
