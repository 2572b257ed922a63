"""THE project: what was chosen for a film and what is done. A folder that holds NAME.answerprint (JSON) and what was made.

NAME.answerprint is written by whoever the user speaks to (the window, the command line); `done.json`, beside it, by whoever performs steps
and holds the lock. So a window may change settings while a worker is at work. Whether a step is done, out of date or not ready is derived
from the hashes of its inputs, never stored.
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

from engine.elements import Elements
from engine.errors import MediaError, OutputRefused, UsageError
from engine.files import replacing, told, write_json
from engine.keyframes.palette import Swatch
from engine.media.medium import Medium
from engine.media.source import Reading
from engine.media.volumes import Place, folder_of
from engine.migrations import VERSION, migrate

SUFFIX = ".answerprint"
FOLDER = ".project"
DONE = "done.json"
GOOD_COPIES = 5

__all__ = ["DONE", "FOLDER", "SUFFIX", "Done", "Medium", "Project", "Settings", "input_hash", "load", "project_file"]


@dataclass(frozen=True)
class Settings:
    """What the user chose; None or 'auto' leaves it to the program. Frames are counted from the first = 0."""

    aligned: bool = False
    sync: tuple[tuple[int, int], ...] = ()                  # scan frames and the reference frames that they are, set by hand
    live_area: tuple[int, int, int, int] | None = None      # x0, y0, x1, y1 of the picture in the scan, drawn by hand; None: it is found
    corners: tuple[tuple[float, float], ...] = ()           # how far the reference is moved on the scan, by hand: 4 (x, y) in pixels of the
                                                            # scan at the corners of the live area: TL, TR, BR, BL
    balance: str = "auto"                                   # 'auto', before training | 'after' | 'off'
    fade: tuple[float, ...] = ()                            # controls of a balance without a reference (balance/own.py); () = none moved
    palette: tuple[Swatch, ...] = ()                        # the colours of keyframes
    pairs: str | tuple[int, ...] = "auto"                   # 'auto' | 'all' | frames
    held_out: tuple[int, ...] | None = None                 # with frames in `pairs`: exactly these are held out; None leaves that to a rule
    shots: tuple[str, ...] | None = None                    # a word for every still
    steps: int | None = None
    minutes: float | None = None
    seed: int = 0
    device: str = "auto"
    go_on_from: int | None = None                           # the run that training goes on from
    formats: tuple[str, ...] = ("dpx", "prores422hq")
    encoding: str = "same"
    sound: Place | None = None
    evidence: bool = False                                  # whether mattes of what colours rest on lie beside the results
    similar: Place | None = None                            # a folder of similar pictures
    own_shots: bool = False                                 # whether shots of the same film that kept their colour count among these
    propose: tuple[int, ...] = ()                           # frames to propose colour for
    grain: str = "keep"                                     # of restored detail: 'keep', the scan's | 'reference', its kind | 'none'
    package: str = ""                                       # '' | 'bagit': what is delivered, packed for ingest
    compare: int = 0                                        # pictures side by side: 0 none | 2, 3 or 4
    burn_in: bool = False                                   # frame and timecode in the pictures of viewing copies
    whole: bool = False                                     # whether frames outside the range are passed on untouched, marked as such
    colours: Place | None = None                            # an OpenColorIO config of the archive's own
    source_type: str = ""                                   # the IPTC digital source type that the archivist confirmed; '' while nobody has
    language: str = "en"                                    # of the report: 'en' | 'es'


@dataclass(frozen=True)
class Done:
    """A finished step: the hash of what went in, what a reader of the project wants to know of it, and the files that it left (path below
    the project's folder -> bytes)."""

    inputs: str
    facts: dict[str, Any]
    left: dict[str, int] = field(default_factory=dict)

    def stands(self, folder: Path, inputs: str) -> bool:
        """Whether it was made of `inputs`, and what it left is still there."""
        return self.inputs == inputs and not self.lost(folder)

    def lost(self, folder: Path) -> list[Path]:
        """What it left and is gone, or has another length now."""
        files = ((folder / name, size) for name, size in self.left.items())
        return [path for path, size in files if not path.is_file() or path.stat().st_size != size]


@dataclass
class Project:
    """The one state object. `folder` is where it lives and is not stored. `run` is the training chosen for results (None: the latest of the
    present inputs), `flags` the frames to be looked at again, `confirmed` the guessed values found right ('scan.rate', ...), `trusted` the
    doubtful frames found right, `results` the folder for results (None: the one that the project lies in), `elements` what
    went in and who worked on it, `earlier` what a project of version 2 had done."""

    folder: Path
    name: str
    recovery: str
    scan: Medium | None = None
    reference: Medium | None = None
    settings: Settings = field(default_factory=Settings)
    run: int | None = None
    flags: tuple[int, ...] = ()
    confirmed: tuple[str, ...] = ()
    trusted: tuple[int, ...] = ()
    results: Place | None = None
    elements: Elements = field(default_factory=Elements)
    earlier: dict[str, Done] = field(default_factory=dict)
    read: tuple[int, int] | None = field(default=None, init=False, compare=False, repr=False)   # the file as it was read or written here

    @property
    def path(self) -> Path:
        return self.folder / (self.name + SUFFIX)

    @property
    def done(self) -> dict[str, Done]:
        """The finished steps, as done.json has them now; none where it is damaged or cannot be read."""
        try:
            return self._noted()
        except OSError:
            return {}

    def mark(self, step: str, done: Done) -> None:
        """Note a finished step. Only for who holds the lock. Raises DiskFull, OutputRefused, the latter also where what is done already
        cannot be read."""
        with told(self.folder, "noting what is done"):
            write_json(self.folder / DONE, {"version": VERSION, "steps": as_plain(self._noted() | {step: done})})

    def _noted(self) -> dict[str, Done]:
        """What done.json says; nothing where it is damaged."""
        try:
            steps = json.loads((self.folder / DONE).read_text(encoding="utf-8"))["steps"]
            return {str(step): Done(**done) for step, done in steps.items()}
        except FileNotFoundError:
            return dict(self.earlier)
        except (ValueError, KeyError, TypeError, AttributeError):
            return {}

    @property
    def results_folder(self) -> Path:
        """Where results go. Raises OutputRefused where that drive is not connected."""
        if self.results is None:
            return self.folder.parent
        folder = folder_of(self.results, self.folder)
        if folder is None:
            raise OutputRefused(f"{self.results.volume}: the drive for the results is not connected; connect it or choose another folder")
        return folder

    def rename(self, name: str) -> None:
        """Call it otherwise; the folder stays. One project file is there at any moment. Raises DiskFull, OutputRefused, UsageError as
        `save` does."""
        self._look()
        with told(self.folder, "renaming the project"):
            self.path.replace(self.folder / (name + SUFFIX))
        self.name = name
        self.save()

    def save(self) -> None:
        """Replace NAME.answerprint atomically and keep it as the last of the good copies. Raises DiskFull, OutputRefused, UsageError where
        another has written it since it was read here."""
        self._look()
        with told(self.folder, "saving the project"):
            self.folder.mkdir(parents=True, exist_ok=True)
            write_json(self.path, _plain(self))
            self.read = _stamp(self.path)
            _keep_copy(self.path)

    def _look(self) -> None:
        now = _stamp(self.path)
        renamed = now is None and any(self.folder.glob("*" + SUFFIX))
        if self.read is not None and (renamed or now not in (None, self.read)):
            raise UsageError(f"{self.path}: another window or command has changed this project since it was opened here, so it is not "
                             "written over; open the project again")


def load(folder: Path) -> Project:
    """Read the project in `folder`; where its file is damaged, the last good copy. Raises MediaError, NewerVersion."""
    file = project_file(folder)
    read = _stamp(file)
    for path in (file, *reversed(_copies(folder).values())):
        try:
            project = from_plain(migrate(json.loads(path.read_text(encoding="utf-8")), path), folder)
            project.name, project.read = file.stem, read
            return project
        except PermissionError as error:
            raise MediaError(f"{path}: no permission to read the project; change the permissions of the file") from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
            continue
    raise MediaError(f"{file}: the project file is damaged and has no good copy; bring it back from a backup")


def project_file(folder: Path) -> Path:
    """NAME.answerprint in a project's folder; of several the one that the folder is called after. Raises MediaError."""
    found = sorted(folder.glob("*" + SUFFIX))
    if len(found) > 1:
        found = [path for path in found if path.stem == folder.name.removesuffix(FOLDER)] or found
    if not found:
        raise MediaError(f"{folder}: there is no Answerprint project here; give the folder that holds the {SUFFIX} file")
    if len(found) > 1:
        raise MediaError(f"{folder}: holds more than one project file ({found[0].name} and {found[1].name}); move the others away")
    return found[0]


def _stamp(file: Path) -> tuple[int, int] | None:
    """When a file was written, and how long it is; None where it is not there."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _copies(folder: Path) -> dict[int, Path]:
    """The good copies by their numbers, oldest first."""
    numbered = {int(path.name.split(".")[0]): path for path in (folder / "copies").glob("[0-9]*" + SUFFIX)
                if path.name.split(".")[0].isdecimal()}
    return dict(sorted(numbered.items()))


def input_hash(*parts: Any) -> str:
    """A short hash of plain values, for 'is this step still up to date?'"""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _keep_copy(path: Path) -> None:
    copies = path.parent / "copies"
    copies.mkdir(exist_ok=True)
    known = _copies(path.parent)
    with replacing(copies / f"{max(known, default=0) + 1:06d}.{path.name}") as temporary:
        shutil.copyfile(path, temporary)
    for number in list(known)[:max(0, len(known) + 1 - GOOD_COPIES)]:
        known[number].unlink(missing_ok=True)


def _plain(project: Project) -> dict[str, Any]:
    data = {f.name: getattr(project, f.name) for f in dataclasses.fields(project) if f.name not in ("folder", "read")}
    return {"version": VERSION} | {key: as_plain(value) for key, value in data.items()}


def as_plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: as_plain(v) for key, v in value.items()}
    if isinstance(value, tuple):
        return [as_plain(v) for v in value]
    return str(value) if isinstance(value, Fraction) else value


def from_plain(data: dict[str, Any], folder: Path) -> Project:
    """A project of what is in its file, of this version. Raises KeyError, TypeError, ValueError where it is none."""
    settings = dict(data["settings"])
    for key in ("sync", "live_area", "corners", "pairs", "held_out", "shots", "formats", "fade", "propose"):
        settings[key] = _tuple(settings[key])
    settings["palette"] = tuple(Swatch.from_json(swatch) for swatch in settings["palette"])
    for key in ("sound", "similar", "colours"):
        settings[key] = Place(**settings[key]) if settings[key] else None
    return Project(
        folder, data["name"], data["recovery"], _medium(data["scan"]), _medium(data["reference"]), Settings(**settings),
        data["run"], tuple(data["flags"]), tuple(data["confirmed"]), tuple(data["trusted"]),
        Place(**data["results"]) if data["results"] else None, Elements.from_json(data["elements"]),
        {step: Done(**done) for step, done in data["earlier"].items()},
    )


def _tuple(value: Any) -> Any:
    """Lists, in lists too, as tuples."""
    return tuple(_tuple(v) for v in value) if isinstance(value, list) else value


def _medium(data: dict[str, Any] | None) -> Medium | None:
    if data is None:
        return None
    reading = dict(data["reading"])
    reading["rate"] = Fraction(reading["rate"]) if reading["rate"] else None
    reading["span"] = tuple(reading["span"]) if reading["span"] else None
    return Medium(Place(**data["place"]), Reading(**reading), data["encoding"])
