#!/usr/bin/env python3
"""Builds the Linux installers: the program as one folder, then a self-extracting .run, a .deb and a .tar.xz. Standard library only.

    python3 installer/dev.py package [--here] [--bundle] [--sign KEY]

--here      build on this system. Otherwise on the old base that linux/old_base.sh makes, where this is root and debootstrap is there, so
            that old systems run the program too
--bundle    only the one-folder program, dist/answerprint
--sign KEY  sign SHA256SUMS with this minisign key
"""
from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from components import elves
from notices import sign_sums

ROOT = Path(__file__).resolve().parents[1]
INSTALLER = ROOT / "installer"
LINUX = INSTALLER / "linux"
STAGE, BASE, DIST = ROOT / "build" / "stage", ROOT / "build" / "base", ROOT / "dist"
BASE_PYTHON = "/opt/python/bin/python3.11"
PACKAGES = "libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3"
MOST_PACKED, MOST_ON_DISK = 350_000_000, 1_000_000_000
CONTENTS = ("_internal", "notices", "share", "LICENSE", "CHANGELOG.md", "install.sh", "answerprint", "entries.txt", "parents.txt",
            "answerprint-worker", "entries.sh", "uninstall.sh")        # what is installed into a folder, in the order of removing it
SYSTEMS, SYSTEMS_GLIBC = ": Ubuntu 20.04, Debian 11, RHEL or Rocky 9, or later", (2, 31)        # and the oldest C library among theirs
GLIBC = re.compile(rb"\bGLIBC_(\d+)\.(\d+)")


def stop(message: str) -> None:
    """End with one line that says what is missing and its cure."""
    sys.exit(f"package: {message}")


def call(*words: object, cwd: Path = ROOT, **more: str) -> None:
    """Run a command that says itself why it fails."""
    if code := subprocess.run([str(word) for word in words], cwd=cwd, env=os.environ | more).returncode:
        stop(f"{Path(str(words[0])).name} ended with {code} (see above)")


def version() -> str:
    """The version, from the one place that has it."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


@dataclass
class Figures:
    """What the build took: seconds by part, in their order."""

    seconds: dict[str, float] = field(default_factory=dict)

    def of(self, name: str, work: Callable[[], object]) -> object:
        print(f"{name} ...", flush=True)
        began = time.monotonic()
        done = work()
        self.seconds[name] = time.monotonic() - began
        return done


def lay_out(python: Path) -> None:
    """All that the build needs, in one folder: wheels of the program and its libraries, assets, manual, icons, scripts."""
    shutil.rmtree(STAGE, ignore_errors=True)
    wheels = STAGE / "wheels"
    wheels.mkdir(parents=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    program, tools = f"answerprint=={version()}", project["optional-dependencies"]["package"]
    freezing = [tool for tool in tools if tool.startswith("pyinstaller")]
    lists = {"runtime": [program], "building": [program, *freezing], "tools": [tool for tool in tools if tool not in freezing]}
    for name, asked in lists.items():
        (STAGE / f"{name}.txt").write_text("\n".join(asked) + "\n", encoding="utf-8")
    (STAGE / "version.txt").write_text(version() + "\n", encoding="utf-8")
    shutil.copy(INSTALLER / "constraints.txt", STAGE)
    call(python, "-m", "pip", "--disable-pip-version-check", "--quiet", "wheel", "--wheel-dir", wheels, "-c", STAGE / "constraints.txt",
         ROOT, "pip", *tools)
    torch = next(path.name for path in wheels.glob("torch-*"))
    if "+cpu" not in torch:
        stop(f"{torch} is not the CPU build; put the wheel of that into a folder, and name the folder in PIP_FIND_LINKS")
    for name in ("bundle.py", "notices.py", "components.py", "answerprint.spec"):
        shutil.copy(INSTALLER / name, STAGE)
    for name in ("programs", "licences"):
        shutil.copytree(INSTALLER / name, STAGE / name)
    shutil.copytree(ROOT / "assets", STAGE / "assets")
    call(python, INSTALLER / "manual.py")
    shutil.copytree(ROOT / "manuals" / "user", STAGE / "manuals" / "user", ignore=shutil.ignore_patterns("*.md"))


def build(python: Path, old_base: bool) -> Path:
    """dist/answerprint, the program in one folder."""
    if old_base:
        call("sh", LINUX / "old_base.sh", BASE)
        inside = BASE / "stage"
        shutil.rmtree(inside, ignore_errors=True)
        shutil.copytree(STAGE, inside, symlinks=True)
        call("chroot", BASE, BASE_PYTHON, "/stage/bundle.py", "/stage", LC_ALL="C.UTF-8")
    else:
        inside = STAGE
        call(python, STAGE / "bundle.py", STAGE)
    DIST.mkdir(exist_ok=True)
    target = DIST / "answerprint"
    shutil.rmtree(target, ignore_errors=True)
    shutil.move(inside / "dist" / "answerprint", target)
    for name in ("runtime", "building", "tools", "wheels"):
        shutil.rmtree(inside / name)
    complete(target)
    return target


def complete(bundle: Path) -> None:
    """What lies in the program's folder beside the program."""
    share = bundle / "share"
    shutil.copytree(LINUX / "share", share)
    shutil.copy(ROOT / "assets" / "program.svg", share / "answerprint.svg")
    shutil.copy(ROOT / "assets" / "program.png", share / "answerprint.png")
    fill(share / "answerprint.1", VERSION=version())
    fill(share / "uninstall.sh", CONTENTS=" ".join(CONTENTS))
    for name in ("entries.sh", "uninstall.sh"):
        shutil.move(share / name, bundle / name)
        (bundle / name).chmod(0o755)
    shutil.copy(ROOT / "LICENSE", bundle)
    shutil.copy(ROOT / "CHANGELOG.md", bundle)
    if unknown := {path.name for path in bundle.iterdir()} - set(CONTENTS):
        stop(f"{', '.join(sorted(unknown))} in {bundle}: neither installing nor removing knows it; name it in CONTENTS")
    for path in bundle.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def fill(path: Path, **values: object) -> None:
    """Put values where @NAME@ stands."""
    text = path.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    path.write_text(text, encoding="utf-8")


def glibc_floor(folder: Path) -> tuple[str, Path]:
    """The newest version of the GNU C library that any file below asks for, and one that does."""
    floors = {}
    for path in elves(folder):
        told = subprocess.run(["objdump", "-p", path], stdout=subprocess.PIPE, check=True).stdout
        floors[path] = max(((int(a), int(b)) for a, b in GLIBC.findall(told)), default=(0, 0))
    path = max(floors, key=lambda path: floors[path])
    return ".".join(map(str, floors[path])), path


def older_systems(floor: str) -> bool:
    """Whether the program runs on the systems that it is said to run on."""
    return tuple(map(int, floor.split("."))) <= SYSTEMS_GLIBC


def size(folder: Path) -> int:
    """Bytes of the files below."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def archive(bundle: Path, floor: str) -> Path:
    """The .tar.xz: a folder with the program and install.sh."""
    inside = f"answerprint-{version()}"
    tar = DIST / f"{inside}-linux-x86_64.tar"
    script(bundle / "install.sh", floor, size(bundle), 0, "")
    (bundle / "install.sh").chmod(0o755)
    call("tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--transform", f"s,^answerprint,{inside},", "-C", DIST,
         "-cf", tar, "answerprint")
    (bundle / "install.sh").unlink()
    return packed(tar)


def packed(tar: Path) -> Path:
    """A .tar becomes a .tar.xz."""
    call("xz", "-6", "-T0", "--force", tar)
    return tar.with_name(f"{tar.name}.xz")


def script(path: Path, floor: str, on_disk: int, payload: int, digest: str) -> None:
    """install.sh with its facts."""
    shutil.copy(LINUX / "install.sh", path)
    fill(path, VERSION=version(), GLIBC=floor, SYSTEMS=SYSTEMS if older_systems(floor) else "", KILOBYTES=round(1.05 * on_disk / 1000),
         PACKAGES=PACKAGES, CONTENTS=" ".join(CONTENTS), PAYLOAD=payload, SUM=digest)


def self_extracting(packed: Path, floor: str, on_disk: int) -> Path:
    """The .run: install.sh with the archive behind it."""
    made = packed.with_name(packed.name.replace(".tar.xz", ".run"))
    digest = sha256()
    with packed.open("rb") as file:
        while block := file.read(1 << 22):
            digest.update(block)
    length = 0
    for _ in range(3):              # the length is a part of itself
        script(made, floor, on_disk, length, digest.hexdigest())
        length = made.stat().st_size
    with made.open("ab") as out, packed.open("rb") as file:
        shutil.copyfileobj(file, out, 1 << 22)
    made.chmod(0o755)
    return made


def deb(bundle: Path, floor: str) -> Path:
    """The .deb: the program in /usr/lib/answerprint, its entries where Debian has them."""
    tree = STAGE / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    program, share = tree / "usr/lib/answerprint", tree / "usr/share"
    shutil.copytree(bundle, program, symlinks=True, copy_function=os.link)
    for name in ("entries.sh", "uninstall.sh"):
        (program / name).unlink()
    shutil.rmtree(program / "share")
    icons = "icons/hicolor"
    places = {"answerprint.desktop": "applications/answerprint.desktop", "answerprint.xml": "mime/packages/answerprint.xml",
              "answerprint.svg": f"{icons}/scalable/apps/answerprint.svg", "answerprint.png": f"{icons}/256x256/apps/answerprint.png"}
    for name, place in places.items():
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(bundle / "share" / name, share / place)
    fill(share / places["answerprint.desktop"], NAME="Answerprint", PROGRAM="/usr/lib/answerprint/answerprint", ENTRY="answerprint")
    (share / "man/man1").mkdir(parents=True)
    (share / "man/man1/answerprint.1.gz").write_bytes(gzip.compress((bundle / "share/answerprint.1").read_bytes(), mtime=0))
    (share / "doc/answerprint").mkdir(parents=True)
    shutil.copy(bundle / "notices/THIRD-PARTY.txt", share / "doc/answerprint/copyright")
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/answerprint").symlink_to("../lib/answerprint/answerprint")
    (tree / "DEBIAN").mkdir()
    shutil.copy(LINUX / "control", tree / "DEBIAN/control")
    fill(tree / "DEBIAN/control", VERSION=version(), GLIBC=floor, KILOBYTES=round(size(tree) / 1024))
    made = DIST / f"answerprint_{version()}_amd64.deb"
    call("dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", tree, made)
    shutil.rmtree(tree)
    return made


def source() -> Path:
    """The program's own source as it was committed, which goes with every copy of the installers."""
    tar = DIST / f"answerprint-{version()}-source.tar"
    call("git", "-C", ROOT, "archive", f"--prefix=answerprint-{version()}/", "-o", tar, "HEAD")
    return packed(tar)


def check_source() -> None:
    """Say what the source archive will be without; stop where there will be none."""
    told = subprocess.run(["git", "-C", ROOT, "status", "--porcelain", "--untracked-files=no"], stdout=subprocess.PIPE)
    if told.returncode:
        stop(f"git ended with {told.returncode} (see above): there would be no source archive to go with the installers")
    if told.stdout:
        print("There are changes that are not committed: the source archive is without them.")


def table(figures: Figures, bundle: Path, made: list[Path], floor: tuple[str, Path]) -> str:
    """Sizes, times and the glibc floor, as Markdown."""
    rows = [("| what | figure |", "|---|---:|")]
    facts = {"on disk": f"{size(bundle) / 1e6:.0f} MB", **{path.name: f"{path.stat().st_size / 1e6:.0f} MB" for path in made},
             "glibc needed": f"{floor[0]} (`{floor[1].relative_to(bundle)}`)",
             **{name: f"{seconds:.0f} s" for name, seconds in figures.seconds.items()}}
    return "\n".join([*rows[0], *(f"| {name} | {value} |" for name, value in facts.items())])


def can_have_old_base() -> bool:
    """Whether the old base can be made here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and all(shutil.which(tool) for tool in ("debootstrap", "dpkg-source", "chroot"))


def check_tools(sign: Path | None) -> None:
    """Stop where something is missing that would be missed only after the build."""
    if not sys.platform.startswith("linux"):
        stop("this builds for Linux; for Windows and macOS see installer/README.md")
    if missing := [tool for tool in ("objdump", "strip", "tar", "xz", "dpkg-deb") if not shutil.which(tool)]:
        stop(f"{', '.join(missing)} missing; on Debian and Ubuntu: sudo apt install binutils xz-utils dpkg")
    if sign and not shutil.which("minisign"):
        stop("minisign missing; on Debian and Ubuntu: sudo apt install minisign")
    if sign and not sign.is_file():
        stop(f"{sign}: there is no such key")


def checked_floor(bundle: Path, old_base: bool) -> tuple[str, Path]:
    """What glibc_floor says; stop where the old base has not kept the program old."""
    floor, path = glibc_floor(bundle)
    if old_base and not older_systems(floor):
        stop(f"{path.relative_to(bundle)} needs glibc {floor}: the program would not run on systems that it is for{SYSTEMS}")
    return floor, path


def main() -> int:
    """Build what was asked for, print the table, and stop where the program has grown too large."""
    parser = argparse.ArgumentParser(prog="dev.py package", description="Build the Linux installers.")
    parser.add_argument("--here", action="store_true", help="on this system, not on the old base")
    parser.add_argument("--bundle", action="store_true", help="only the one-folder program")
    parser.add_argument("--sign", type=Path, metavar="KEY", help="sign SHA256SUMS with this minisign key")
    asked = parser.parse_args()
    check_tools(asked.sign)
    if not asked.bundle:
        check_source()
    old_base = can_have_old_base() and not asked.here
    if not old_base and not asked.here:
        print("The old base needs root and debootstrap, so this system's own C library is the oldest that the program will run on.")
    python, figures = Path(sys.executable), Figures()
    figures.of("laying out", lambda: lay_out(python))
    figures.of("building the program" + (" on the old base" if old_base else ""), lambda: build(python, old_base))
    bundle = DIST / "answerprint"
    floor, made = checked_floor(bundle, old_base), list[Path]()
    if not asked.bundle:
        for old in (*DIST.glob("answerprint-*"), *DIST.glob("answerprint_*"), *DIST.glob("SHA256SUMS*")):
            old.unlink()
        on_disk = size(bundle)
        compressed = figures.of("tar.xz", lambda: archive(bundle, floor[0]))
        assert isinstance(compressed, Path)
        made = [compressed, self_extracting(compressed, floor[0], on_disk)]
        figures.of("deb", lambda: made.append(deb(bundle, floor[0])))
        made.append(source())
        sign_sums(DIST, asked.sign)
    print(table(figures, bundle, made, floor))
    if size(bundle) > MOST_ON_DISK or any(path.stat().st_size > MOST_PACKED for path in made):
        stop(f"too large: at most {MOST_PACKED / 1e6:.0f} MB packed and {MOST_ON_DISK / 1e6:.0f} MB on disk")
    return 0


if __name__ == "__main__":
    sys.exit(main())
