#!/usr/bin/env python3
"""Builds the Windows installer, on Windows. Standard library only. Not verified: nobody has run it on Windows yet.

    py -3.11 installer\\windows\\build.py [--inno] [--dry]

--inno   with Inno Setup (ISCC), in several files where it must be, instead of NSIS (makensis)
--dry    only print what would be called

For a program that trains on an NVIDIA card, put torch's CUDA build into the wheels that pip takes (PIP_FIND_LINKS): what the package index
has for Windows runs on the processor alone.
"""
from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INSTALLER, HERE = ROOT / "installer", Path(__file__).resolve().parent
STAGE, DIST = ROOT / "build" / "windows", ROOT / "dist"
BUNDLE, REMOVE = DIST / "answerprint", STAGE / "remove.nsh"
PYTHON = STAGE / "venv" / "Scripts" / "python.exe"
ICON = "from PIL import Image; import sys; Image.open(sys.argv[1]).save(sys.argv[2], sizes=[(n, n) for n in (16, 32, 48, 256)])"


def version() -> str:
    """The version, from the one place that has it."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def prepare() -> list[list[object]]:
    """The libraries and the program's pages and icon, into the stage."""
    return [
        [PYTHON, "-m", "pip", "install", "--quiet", "-c", INSTALLER / "constraints.txt", f"{ROOT}[package]", "markdown-it-py"],
        [PYTHON, INSTALLER / "manual.py"],
        [PYTHON, "-c", ICON, ROOT / "assets" / "program.png", STAGE / "assets" / "program.ico"],
    ]


def freeze() -> list[list[object]]:
    """The program as one folder, dist\\answerprint."""
    return [[PYTHON, "-m", "PyInstaller", "--noconfirm", "--distpath", DIST, "--workpath", STAGE / "work", STAGE / "answerprint.spec"]]
    # To sign the program, with the certificate's own tool:
    #   signtool sign /fd SHA256 /tr TIMESTAMP-SERVER /td SHA256 /a dist\answerprint\answerprint.exe dist\answerprint\answerprint-worker.exe


def pack(inno: bool) -> list[list[object]]:
    """The installer, in dist."""
    if inno:
        return [["ISCC", f"/DVERSION={version()}", f"/DBUNDLE={BUNDLE}", f"/DLICENCE={ROOT / 'LICENSE'}", f"/DOUT={DIST}",
                 HERE / "answerprint.iss"]]
    dash = "/" if os.name == "nt" else "-"
    made = DIST / f"answerprint-{version()}-windows-x86_64-setup.exe"
    facts = {"VERSION": version(), "BUNDLE": BUNDLE, "REMOVE": REMOVE, "LICENCE": ROOT / "LICENSE", "OUT": made}
    return [["makensis", f"{dash}INPUTCHARSET", "UTF8", *(f"{dash}D{name}={value}" for name, value in facts.items()),
             HERE / "answerprint.nsi"]]
    # To sign the installer:
    #   signtool sign /fd SHA256 /tr TIMESTAMP-SERVER /td SHA256 /a dist\answerprint-VERSION-windows-x86_64-setup.exe


def removal(bundle: Path) -> str:
    """What the uninstaller deletes: each file and folder of the program, and nothing else."""
    paths = sorted(bundle.rglob("*"), reverse=True)         # what is inside a folder comes before it
    lines = []
    for path in paths:
        name = str(path.relative_to(bundle)).replace("/", "\\").replace("$", "$$")
        lines.append(f'{"RMDir" if path.is_dir() else "Delete"} "$INSTDIR\\{name}"\n')
    return "".join(lines)


def lay_out() -> None:
    """What answerprint.spec looks for beside it, and an environment for the libraries."""
    shutil.rmtree(STAGE, ignore_errors=True)
    STAGE.mkdir(parents=True)
    (STAGE / "version.txt").write_text(version() + "\n", encoding="utf-8")
    shutil.copy(INSTALLER / "answerprint.spec", STAGE)
    shutil.copytree(INSTALLER / "programs", STAGE / "programs")
    shutil.copytree(ROOT / "assets", STAGE / "assets")
    venv.create(STAGE / "venv", with_pip=True)


def call(commands: list[list[object]], dry: bool) -> None:
    """Run commands until one fails, which has said why; or print them."""
    for command in commands:
        words = [str(word) for word in command]
        print(subprocess.list2cmdline(words), flush=True)
        if not dry and (code := subprocess.run(words, cwd=ROOT).returncode):
            sys.exit(f"build: {words[0]} ended with {code} (see above)")


def main() -> int:
    """Every step in order."""
    parser = argparse.ArgumentParser(prog="build.py", description="Build the Windows installer.")
    parser.add_argument("--inno", action="store_true", help="with Inno Setup instead of NSIS")
    parser.add_argument("--dry", action="store_true", help="only print what would be called")
    asked = parser.parse_args()
    if not asked.dry:
        if os.name != "nt":
            sys.exit("build: this builds for Windows, and on Windows only; --dry shows what it would do")
        lay_out()
    call(prepare(), asked.dry)
    if not asked.dry:
        shutil.copytree(ROOT / "manuals" / "user", STAGE / "manuals" / "user", ignore=shutil.ignore_patterns("*.md"))
    call(freeze(), asked.dry)
    if not asked.dry:
        shutil.copy(ROOT / "LICENSE", BUNDLE)
        REMOVE.write_text(removal(BUNDLE), encoding="utf-8")
    call(pack(asked.inno), asked.dry)
    return 0


if __name__ == "__main__":
    sys.exit(main())
