"""Where media lies, said so that it is found again when a drive comes back under another letter or mount point."""
from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """`path` is relative to the project folder where `volume` is None (or, as '~/...', to the user's home, where only the media lies in
    it: so that nothing names the user), else below the root of the volume of that label."""

    volume: str | None
    path: str
    fingerprint: str


HOME = "~/"


def _below(folder: Path, path: str) -> Path:
    return Path.home() / path.removeprefix(HOME) if path.startswith(HOME) else folder / path


def settings_folder() -> Path:
    """The user's own settings for Answerprint; ANSWERPRINT_SETTINGS names another folder."""
    if named := os.environ.get("ANSWERPRINT_SETTINGS"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home())) / "Answerprint"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Answerprint"
    return Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config")) / "answerprint"


def mount_point(path: Path) -> Path:
    """The root of the volume that holds `path`."""
    path = path.resolve()
    while not path.is_mount() and path != path.parent:
        path = path.parent
    return path


def label(root: Path) -> str:
    """The label of the volume mounted at `root`; the last part of its mount point where the system tells no label."""
    by_label = Path("/dev/disk/by-label")
    if by_label.is_dir():
        device = root.stat().st_dev
        for link in sorted(by_label.iterdir()):
            if link.stat().st_rdev == device:
                return link.name.encode().decode("unicode_escape")
    return root.name or root.anchor.rstrip("\\/") or "system"


def place_of(path: Path, project_folder: Path, fingerprint: str) -> Place:
    """How a project writes down where `path` is. The absolute path is remembered in the user's settings only, and not without a
    fingerprint (a folder that is written to has none)."""
    path = path.resolve()
    if fingerprint:
        remember(fingerprint, path)
    root, home = mount_point(path), Path.home().resolve()
    if path.is_relative_to(home) and not project_folder.resolve().is_relative_to(home):
        return Place(None, f"{HOME}{path.relative_to(home).as_posix()}", fingerprint)
    if root == mount_point(project_folder):
        return Place(None, Path(os.path.relpath(path, project_folder.resolve())).as_posix(), fingerprint)
    return Place(label(root), path.relative_to(root).as_posix(), fingerprint)


def candidates(place: Place, project_folder: Path) -> list[Path]:
    """Where the media of `place` may be now, likeliest first; the caller checks the fingerprint."""
    found = [] if place.volume else [_below(project_folder, place.path)]
    if place.volume:
        found += [root / place.path for root in mounted() if label(root) == place.volume]
    if known := remembered().get(place.fingerprint):
        found.append(Path(known))
    return [p for p in found if p.exists()]


def folder_of(place: Place, project_folder: Path) -> Path | None:
    """The folder of `place`, whether it was made yet or not; None where its volume is not mounted."""
    if not place.volume:
        return Path(os.path.normpath(_below(project_folder.absolute(), place.path)))
    return next((root / place.path for root in mounted() if label(root) == place.volume), None)


def mounted() -> list[Path]:
    """The roots of all mounted volumes that can be listed."""
    if sys.platform == "win32":
        return [Path(f"{letter}:\\") for letter in "CDEFGHIJKLMNOPQRSTUVWXYZ" if Path(f"{letter}:\\").exists()]
    roots = [p for base in ("/Volumes", "/media", "/mnt", "/run/media") for p in (*Path(base).glob("*"), *Path(base).glob("*/*"))]
    return [Path("/"), *(p for p in roots if p.is_mount())]


def remembered() -> dict[str, str]:
    """Fingerprint -> absolute path, from the user's settings."""
    path = settings_folder() / "media.json"
    try:
        known = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in known.items()} if isinstance(known, dict) else {}


def remember(fingerprint: str, path: Path) -> None:
    """Keep where this media was seen last. A settings folder that cannot be written is no error: the project still holds the place."""
    known = remembered() | {fingerprint: str(path)}
    file = settings_folder() / "media.json"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f"{file.name}.{os.getpid()}.partial")
        temporary.write_text(json.dumps(known, indent=1))
        os.replace(temporary, file)
    except OSError:
        return
