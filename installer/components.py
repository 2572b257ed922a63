"""What the program is made of: the wheels of its environment, what is inside them, and what came from the system that it was built on.

Read with the environment's own Python (`python components.py` prints its facts), from the finished bundle, and from cyclonedx-py.
"""
from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

LICENCES = Path(__file__).resolve().with_name("licences")
CONSTRAINTS = LICENCES.with_name("constraints.txt")
TABLE: dict[str, Any] = tomllib.loads((LICENCES / "libraries.toml").read_text(encoding="utf-8"))
PROGRAM = "answerprint"
INTERFACE = "so."                                   # begins the version of a library that tells only that of its interface
LIBRARY = re.compile(r"lib.+\.so(\.|$)")
RULE = "-" * 100 + "\n"


class Missing(Exception):
    """A component lacks what has to be told of it."""


@dataclass
class Part:
    """A component of the program that is not a wheel, or a wheel: what it is, whose, and what brought it."""

    name: str
    version: str
    licence: str
    holder: str = ""
    by: str = ""                                    # the wheel that it came in; none: the system that the program was built on
    files: list[str] = field(default_factory=list)
    text: str = ""                                  # where it has one of its own
    more: dict[str, Any] = field(default_factory=dict)      # for the SBOM

    @property
    def ref(self) -> str:
        return str(self.more.get("bom-ref") or f"{self.by or 'program'}/{self.name}")


def plain(name: str) -> str:
    """A wheel's name as all tools compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


# What the environment says of itself

def facts() -> dict[str, Any]:
    """Of the Python that runs this: its version and licence, its wheels with licences and SBOMs, what its FFmpeg and OpenImageIO tell."""
    import sysconfig

    import av
    import OpenImageIO
    from av._core import library_meta

    codec = library_meta["libavcodec"]
    licence = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    return {
        "python": {"version": sys.version.split()[0], "text": licence.read_text(encoding="utf-8") if licence.exists() else ""},
        "wheels": {plain(found.name): wheel_facts(found) for found in importlib.metadata.distributions()},
        "ffmpeg": {"version": av.ffmpeg_version_info, "configuration": codec["configuration"], "licence": codec["license"]},
        "formats": OpenImageIO.get_string_attribute("library_list"),
    }


def wheel_facts(found: importlib.metadata.Distribution) -> dict[str, Any]:
    """Version, licence texts and SBOMs of a wheel."""
    texts, sboms, libraries = list[str](), list[Any](), list[str]()
    for path in found.files or ():
        where = Path(str(found.locate_file(path)))
        if re.search("LICEN|COPYING|NOTICE", path.name.upper()) and path.suffix not in (".py", ".pyc") and where.is_file():
            text = where.read_text(encoding="utf-8", errors="replace").strip()
            if text not in texts:
                texts.append(text)
        if LIBRARY.match(path.name):
            libraries.append(path.as_posix())
        if path.parent.name == "sboms" and path.suffix == ".json":
            sboms.append(json.loads(where.read_text(encoding="utf-8")))
    return {"version": found.version, "requires": found.requires or [], "text": f"\n\n{RULE}\n".join(texts), "sboms": sboms,
            "libraries": libraries}


def asked(python: Path) -> dict[str, Any]:
    """The facts of another Python."""
    told = subprocess.run([python, __file__], stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True).stdout
    return dict(json.loads(told.splitlines()[-1]))


def environment_sbom(python: Path, known: dict[str, Any]) -> dict[str, Any]:
    """The wheels that the program needs, as cyclonedx-py sees them; others of the environment are left out."""
    told = subprocess.run([sys.executable, "-m", "cyclonedx_py", "environment", "--sv", "1.6", "--of", "JSON", "--output-reproducible",
                           python], stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True).stdout
    sbom, wanted = dict(json.loads(told)), needed_wheels(known["wheels"])
    sbom["components"] = [entry for entry in sbom["components"] if plain(entry["name"]) in wanted]
    refs = {entry["bom-ref"] for entry in sbom["components"]}
    sbom["dependencies"] = [{"ref": entry["ref"], "dependsOn": [ref for ref in entry.get("dependsOn", ()) if ref in refs]}
                            for entry in sbom["dependencies"] if entry["ref"] in refs]
    return sbom


def needed_wheels(installed: dict[str, Any]) -> set[str]:
    """The program and all that it needs to run, by the wheels' own requirements; extras only where they are asked for."""
    reached, waiting = set[tuple[str, str]](), [(PROGRAM, "")]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in reached or name not in installed:
            continue
        reached.add((name, extra))
        for required in installed[name]["requires"]:
            for_extra = re.search(r"extra\s*==\s*['\"]([\w.-]+)", required)
            if (plain(for_extra[1]) if for_extra else "") == extra:
                what, extras = re.findall(r"^([\w.-]+)\s*(?:\[([^\]]*)\])?", required)[0]
                waiting += [(plain(what), ""), *((plain(what), plain(one.strip())) for one in extras.split(",") if one)]
    return {name for name, _ in reached}


# What the program is made of

def wheels(sbom: dict[str, Any], known: dict[str, Any]) -> list[Part]:
    """The program and its wheels."""
    parts = []
    licences = {plain(name): licence for name, licence in TABLE["wheels"].items()}
    for entry in sbom["components"]:
        said = (said_of(licence) for licence in entry.get("licenses", ()))
        licence = licences.get(plain(entry["name"])) or next((name for name in said if name), "")
        parts.append(Part(entry["name"], entry["version"], licence, text=known["wheels"][plain(entry["name"])]["text"], more=entry))
    return parts


def said_of(licence: dict[str, Any]) -> str:
    """The SPDX name in a licence of an SBOM, if it has one."""
    return str(licence.get("expression") or licence.get("license", {}).get("id") or "")


def told_by_wheels(known: dict[str, Any], names: set[str]) -> Iterator[Part]:
    """What the wheels' own SBOMs and OpenImageIO say that is inside them."""
    for wheel in sorted(names & known["wheels"].keys()):
        for sbom in known["wheels"][wheel]["sboms"]:
            for entry in sbom.get("components", ()):
                if plain(entry["name"]) != wheel and not entry["name"].startswith("PIL."):
                    name, licence, holder = looked_up(entry["name"]) or (entry["name"], "", "")
                    licence = " AND ".join(filter(None, map(said_of, entry.get("licenses", ())))) or licence
                    more = {key: entry[key] for key in ("purl", "scope") if key in entry}
                    yield Part(name, entry.get("version", ""), licence, holder, wheel, more=more)
    for said in known["formats"].split(";"):
        key, _, text = said.partition(":")
        if version := re.search(r"\d+(\.\d+)+", text):
            found = looked_up(key)
            if found:
                yield Part(found[0], version[0], *found[1:], by="openimageio")


def stem(name: str) -> str:
    """A library's name without `lib`, checksum and ending."""
    return re.sub(r"(-[0-9a-f]{8})+(?=$|\.|-)", "", re.split(r"\.so|\.dll|\.dylib", name.removeprefix("lib"))[0])


def looked_up(name: str) -> tuple[str, str, str] | None:
    """Name, licence and holder of a library by the name of its file or its own."""
    for pattern, found in TABLE["libraries"].items():
        if fnmatchcase(stem(name), pattern) or fnmatchcase(name, pattern):
            return found[0], found[1], found[2]
    return None


def is_own(name: str) -> bool:
    """Whether a file belongs to a wheel or to Python itself."""
    return any(fnmatchcase(stem(name), pattern) for pattern in TABLE["own"]["patterns"])


def carriers(known: dict[str, Any]) -> dict[str, str]:
    """Which wheel brought a library, by its place, and by its name alone: packagers move them."""
    places = {place: wheel for wheel, told in sorted(known["wheels"].items()) for place in told["libraries"]}
    return {place.rpartition("/")[2]: wheel for place, wheel in places.items()} | places


def elves(bundle: Path) -> list[Path]:
    """Programs and shared libraries of Linux in the bundle."""
    found = []
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    found.append(path)
    return found


def carried(bundle: Path, known: dict[str, Any]) -> Iterator[Part]:
    """The shared libraries in the bundle, a part for each file."""
    inside, wheel_of = bundle / "_internal", carriers(known)
    for path in elves(inside):
        place = path.relative_to(inside)
        qt_plugin = "Qt6" in place.parts and "plugins" in place.parts
        if qt_plugin or (LIBRARY.match(path.name) and not is_own(path.name)):
            found = looked_up("Qt6") if qt_plugin else looked_up(path.name)
            if not found:
                raise Missing(f"{place.as_posix()}: nobody has said what this library is; add it to {LICENCES.name}/libraries.toml")
            wheel = wheel_of.get(place.as_posix()) or wheel_of.get(path.name, "")
            yield Part(found[0], version_in(found[0], path), found[1], found[2], wheel, [place.as_posix()],
                       more={} if wheel else from_package(path))


def version_in(name: str, path: Path) -> str:
    """A library's version as its file's name or the file itself tells it; else that of its interface."""
    pattern = TABLE["versions"].get(name, "(?!)").encode()
    found = re.search(pattern, path.name.encode()) or re.search(pattern, path.read_bytes())
    interface = path.name.partition(".so.")[2]
    return found[1].decode() if found else interface and INTERFACE + interface


def from_package(path: Path) -> dict[str, Any]:
    """The Debian package that a library came from, where the system still has the same file."""
    try:
        told = subprocess.run(["dpkg-query", "-S", f"*/{path.name}"], capture_output=True, text=True).stdout
    except FileNotFoundError:
        return {}
    for line in told.splitlines():
        package, _, place = line.partition(": ")
        original = Path(place)
        if original.is_file() and original.read_bytes() == path.read_bytes():
            shown = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version} ${Architecture}", package], stdout=subprocess.PIPE,
                                   text=True, check=True).stdout
            name, version, architecture = shown.split()
            return {"version": version, "purl": f"pkg:deb/debian/{name}@{version}?arch={architecture}", "package": name}
    return {}


def gathered(bundle: Path, known: dict[str, Any], names: set[str]) -> list[Part]:
    """All that is inside wheels or came from the system, each once: files are laid to what a wheel's SBOM tells already."""
    parts: dict[tuple[str, str], Part] = {}
    for part in told_by_wheels(known, names):
        parts.setdefault((part.by, part.name), part)
    for part in carried(bundle, known):
        part.version = part.more.pop("version", part.version)
        first = parts.setdefault((part.by, part.name), part)
        if first is not part:
            first.files += part.files
            if first.version.startswith(INTERFACE) and not part.version.startswith(INTERFACE):
                first.version = part.version
    for part in parts.values():
        complete(part, known)
    kept = (part for part in parts.values() if part.files or part.more.get("scope") not in ("optional", "excluded"))
    return sorted(kept, key=lambda part: (part.name.lower(), part.by))


def complete(part: Part, known: dict[str, Any]) -> None:
    """What is known better than by the file: of FFmpeg, Qt, and packages of the system."""
    if part.name == "FFmpeg" and part.by == "av":
        part.version = known["ffmpeg"]["version"]
        kind = re.match(r"(L?GPL) version ([\d.]+)", known["ffmpeg"]["licence"])
        part.licence = f"{kind[1]}-{float(kind[2])}-or-later" if kind else ""
    if part.name == "Qt":
        part.version = known["wheels"]["pyqt6-qt6"]["version"]
        modules = sorted(set(re.findall(r"libQt6(\w+)\.so", "\n".join(part.files))))
        part.more["description"] = "modules: " + ", ".join(modules)
    if package := part.more.pop("package", ""):
        copyright_file = Path("/usr/share/doc") / package / "copyright"
        part.text = copyright_file.read_text(encoding="utf-8", errors="replace") if copyright_file.exists() else ""


def own_parts(bundle: Path, known: dict[str, Any]) -> list[Part]:
    """Python, what starts it, and the window's font."""
    python, pins = known["python"], CONSTRAINTS.read_text(encoding="utf-8")
    parts = [Part("CPython", python["version"], "Python-2.0.1", "2001-2026 Python Software Foundation", text=python["text"]),
             Part("PyInstaller bootloader", re.findall(r"^pyinstaller==(.+)$", pins, re.M)[0],
                  "GPL-2.0-or-later WITH Bootloader-exception", "2010-2026 PyInstaller Development Team; 2005-2009 Giovanni Bajo")]
    for text in sorted(bundle.glob("_internal/assets/fonts/*LICEN[CS]E*")):
        parts.append(Part("Inter", "", "OFL-1.1", "2016 The Inter Project Authors", text=text.read_text(encoding="utf-8")))
    return parts


if __name__ == "__main__":
    print(json.dumps(facts()))
