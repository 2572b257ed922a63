#!/usr/bin/env python3
"""What goes with the program for lawyers and IT: SBOM, third-party licences, source offer, list of system libraries, signed checksums.

    python notices.py PYTHON BUNDLE OUT        PYTHON: the one that has the run-time libraries and nothing else

Runs with a Python that has cyclonedx-bom, on the system that the bundle was built on. What it cannot read anywhere stands in
licences/libraries.toml; a component without a licence, or without the licence's text, stops it.
"""
from __future__ import annotations

import json
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from components import LICENCES, PROGRAM, RULE, TABLE, Missing, Part, asked, elves, environment_sbom, gathered, own_parts, plain, wheels

COPYLEFT = re.compile(r"\bL?GPL\b")
DOUBLE = "=" * 100 + "\n"


def licence_names(licence: str) -> list[str]:
    """The names in an SPDX expression, without `-only` and `-or-later`."""
    return [re.sub(r"-(only|or-later)$", "", name) for name in re.split(r"[\s()]+", licence) if name and name not in ("AND", "OR", "WITH")]


def licence_text(name: str, known: dict[str, Any]) -> str:
    """The text of a licence, or where it stands in what a wheel says; nothing where it is not found."""
    if among := TABLE["among"].get(name):
        wheel, words = among
        return f"Among the texts of {wheel} above." if words in known["wheels"].get(wheel, {}).get("text", "") else ""
    source, *words = TABLE["texts"].get(name, [""])
    if words:
        text = known["wheels"].get(source, {}).get("text", "")
        return str(text[text.index(words[0]):].split(RULE)[0].strip()) if words[0] in text else ""
    path = LICENCES / source
    return str(path.read_text(encoding="utf-8").strip()) if path.is_file() else ""


def check(parts: list[Part], known: dict[str, Any]) -> dict[str, str]:
    """Stop at a part without a licence or without its text; else the texts that are not a part's own."""
    texts = dict[str, str]()
    for part in parts:
        if not part.licence or "UNKNOWN" in part.licence.upper():
            raise Missing(f"{part.name}: no licence is known; add it to {LICENCES.name}/libraries.toml")
        for name in licence_names(part.licence):
            if not part.text or COPYLEFT.match(name):       # what comes with a copyleft part may only name its licence
                texts[name] = licence_text(name, known)
                if not texts[name]:
                    raise Missing(f"{part.name}: the text of {name} was not found; say where it is in {LICENCES.name}/libraries.toml")
    return texts


def entry(part: Part) -> dict[str, Any]:
    """A part for the SBOM."""
    single = " " not in part.licence and not part.licence.startswith("LicenseRef")
    licence = {"license": {"id": part.licence}} if single else {"expression": part.licence}
    made = {"type": "library", "name": part.name, "bom-ref": part.ref, **part.more, "licenses": [licence]}
    if part.version:
        made["version"] = part.version
    if part.holder:
        made["copyright"] = f"Copyright (c) {part.holder}"
    if part.files:
        made["properties"] = [{"name": "answerprint:file", "value": file} for file in part.files]
    return made


def completed(sbom: dict[str, Any], of_wheels: list[Part], others: list[Part]) -> dict[str, Any]:
    """The SBOM with the program as its subject, every licence, and all that the tool does not see."""
    by_name = {plain(part.name): part for part in of_wheels}
    depends = {entry["ref"]: entry for entry in sbom["dependencies"]}
    program = by_name[PROGRAM]
    sbom["metadata"]["component"] = entry(program) | {"type": "application"}
    sbom["components"] = [entry(part) for part in [*of_wheels, *others] if part is not program]
    for part in others:
        owner = by_name.get(part.by, program)
        depends[owner.ref].setdefault("dependsOn", []).append(part.ref)
        depends[part.ref] = {"ref": part.ref}
    sbom["dependencies"] = list(depends.values())
    sbom["compositions"] = [{"aggregate": "incomplete", "assemblies": [part.ref for part in of_wheels if part is not program]}]
    return sbom


def third_party(program: Part, parts: list[Part], texts: dict[str, str]) -> str:
    """Every component with its licence, then the texts."""
    lines = [f"{program.name} {program.version} is licensed under {program.licence}. It contains these components of others.\n\n"]
    lines += [f"{part.name} {part.version}: {part.licence}{f' (in {part.by})' if part.by else ''}\n" for part in parts]
    for part in parts:
        lines += [f"\n{DOUBLE}{part.name} {part.version}\n", f"Licence: {part.licence}\n"]
        lines += [f"Copyright (c) {part.holder}\n"] if part.holder else []
        lines += [f"Came in: {part.by}\n"] if part.by else []
        lines += [f"File: {file}\n" for file in part.files]
        names = ", ".join(licence_names(part.licence))
        lines.append(f"\n{part.text.strip()}\n" if part.text else f"Text: {names}, at the end\n")
    for name, text in sorted(texts.items()):
        lines.append(f"\n{DOUBLE}Text of {name}\n\n{text}\n")
    return "".join(lines)


def source_offer(program: Part, parts: list[Part], ffmpeg: dict[str, str]) -> str:
    """The written offer of source for what the GPL and LGPL cover."""
    rows = []
    for part in [program, *(part for part in parts if COPYLEFT.search(part.licence))]:
        usual = "its project's release archives" if part.by or not part.files else "the system's source package of this version"
        where = TABLE["sources"].get("Answerprint" if part is program else part.name, usual)
        origin = f", in the wheel {part.by}" if part.by else ", from the system it was built on" if part.files else ""
        rows.append(f"- {part.name} {part.version} ({part.licence}{origin}): {where.replace('VERSION', program.version)}\n")
    return OFFER.format(version=program.version, rows="".join(rows), **{f"ffmpeg_{key}": value for key, value in ffmpeg.items()})


OFFER = """Written offer of source code: Answerprint {version}

This program as a whole is distributed under the GNU General Public License, version 3. Parts of it are under the GNU General Public
License, version 2 or later, or the GNU Lesser General Public License. Their texts are in THIRD-PARTY.txt.

For three years from the day you received this copy, whoever gave it to you will give anybody who asks the complete corresponding source
code of these parts on a usual medium, for no more than the cost of doing so:

{rows}
Ask:    [DISTRIBUTOR: NAME, POSTAL ADDRESS, E-MAIL]

This line is for whoever hands the program on: an archive that gives installers to another puts its own name and address here, and keeps
a copy of the archives listed above with each release. Who received it with somebody else's offer, and passes it on without payment, may
pass that offer on as it is.

The program's own source is in every release, as a tar archive beside the installers; the licence can be used with it at once.

The FFmpeg {ffmpeg_version} in the wheel av says of itself: "{ffmpeg_licence}". It was configured with:

{ffmpeg_configuration}

It is linked to x264 and x265, which are under the GPL, so it is to be treated as GPL.
"""


def needed(bundle: Path) -> dict[str, list[str]]:
    """Names of shared libraries that the bundle asks the system for, with the files that ask."""
    found, files = dict[str, list[str]](), elves(bundle)
    have = {path.name for path in files} | {path.name for path in bundle.rglob("*.so*")}
    for path in files:
        told = subprocess.run(["readelf", "-d", path], capture_output=True, text=True).stdout
        have |= set(re.findall(r"\(SONAME\).*\[(.+)\]", told))
        for name in re.findall(r"\(NEEDED\).*\[(.+)\]", told):
            found.setdefault(name, []).append(path.relative_to(bundle).as_posix())
    return {name: found[name] for name in sorted(found) if name not in have}


def system_libraries(bundle: Path) -> str:
    """Which libraries the system must have, by package."""
    rows = dict[bool, list[tuple[str, str, str, str]]]({False: [], True: []})
    for name, files in needed(bundle).items():
        packages = next((found for pattern, found in TABLE["system"].items() if fnmatchcase(name, pattern)), None)
        if not packages:
            raise Missing(f"{name}, which {files[0]} needs: no package is known; add it to {LICENCES.name}/libraries.toml")
        window = all(re.search(r"/plugins/|xcb|Xcb|ayland|WlShell|xkbcommon-x11", file) for file in files)
        rows[window].append((name, packages[0], packages[1], files[0]))
    text = SYSTEM
    for title, window in (("Always", False), ("For a window on a screen (X11 or Wayland)", True)):
        debian, rhel = (sorted({row[column] for row in rows[window]}) for column in (1, 2))
        text += f"\n{title}\n{RULE}Debian, Ubuntu: {' '.join(debian)}\nRHEL, Rocky:    {' '.join(rhel)}\n\n"
        text += "".join(f"{name:<24} {here:<18} {there:<18} {file}\n" for name, here, there, file in rows[window])
    return text


SYSTEM = """System libraries that the program needs

Read from the program's own files: what they ask for and the program does not carry. Beside each: the package of Debian and Ubuntu, the
package of RHEL and Rocky, and one file that asks. Packages bring what they need themselves. Debian 13 and Ubuntu 24.04 call some packages
by their name with t64 at the end; apt finds them by either. On a desktop all of them are there already.
On Debian or Ubuntu without a desktop: libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3
"""


def write_notices(python: Path, bundle: Path, out: Path) -> list[Path]:
    """Write sbom.cdx.json, THIRD-PARTY.txt, SOURCE-OFFER.txt and SYSTEM-LIBRARIES.txt for a finished bundle."""
    known = asked(python)
    sbom = environment_sbom(python, known)
    of_wheels = wheels(sbom, known)
    others = [*own_parts(bundle, known), *gathered(bundle, known, {plain(part.name) for part in of_wheels})]
    program = next(part for part in of_wheels if plain(part.name) == PROGRAM)
    rest = sorted((part for part in [*of_wheels, *others] if part is not program), key=lambda part: part.name.lower())
    texts = check([program, *rest], known)
    written = {
        "sbom.cdx.json": json.dumps(completed(sbom, of_wheels, others), indent=1, ensure_ascii=False) + "\n",
        "THIRD-PARTY.txt": third_party(program, rest, texts),
        "SOURCE-OFFER.txt": source_offer(program, rest, known["ffmpeg"]),
        "SYSTEM-LIBRARIES.txt": system_libraries(bundle),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        (out / name).write_text(text, encoding="utf-8")
    return [out / name for name in written]


def sign_sums(folder: Path, key: Path | None) -> list[Path]:
    """SHA256SUMS of the files in a folder, and its signature where there is a key."""
    sums, signature = folder / "SHA256SUMS", folder / "SHA256SUMS.minisig"
    signature.unlink(missing_ok=True)
    lines = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path not in (sums, signature) and not path.name.startswith("."):
            with path.open("rb") as file:
                digest = sha256()
                while block := file.read(1 << 22):
                    digest.update(block)
            lines.append(f"{digest.hexdigest()}  {path.name}\n")
    sums.write_text("".join(lines), encoding="utf-8", newline="\n")
    if key is None:
        return [sums]
    try:        # a key with a password is asked for in the terminal
        signed = subprocess.run(["minisign", "-S", "-s", key, "-m", sums, "-x", signature]).returncode == 0
    except FileNotFoundError:
        sys.exit("notices: minisign is missing; on Debian and Ubuntu: sudo apt install minisign")
    if not signed:
        sys.exit(f"notices: SHA256SUMS could not be signed with {key}; a key without a password is made by minisign -G -W")
    return [sums, signature]


if __name__ == "__main__":
    try:
        write_notices(*map(Path, sys.argv[1:4]))
    except Missing as missing:
        sys.exit(f"notices: {missing}")
