"""How far an export is, by its ledger, which is read on beside the window's thread while a worker appends to it. No Qt."""
from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import AnswerprintError
from engine.media.colour import to_display
from engine.media.picture_files import read
from engine.media.reduce import reduced

STILL_WIDTH = 640


@dataclass(frozen=True)
class Written:
    """Frames that are written and proven in all formats asked for, the index of the first that is not, the name of the last written, the
    largest difference of luma by format as `ExportResult` has it, a file of the last frame, bytes by format, and how many frames were
    passed on untouched."""

    frames: int = 0
    missing: int = 0
    last: str = ""
    luma: dict[str, dict[str, Any]] = field(default_factory=dict)
    still: Path | None = None
    bytes: dict[str, int] = field(default_factory=dict)
    untouched: int = 0


class _Export:
    """One export's lines."""

    def __init__(self) -> None:
        self.frames: dict[int, dict[str, int]] = {}     # index -> bytes by format
        self.movies: dict[str, int] = {}
        self.last = ""
        self.luma: dict[str, dict[str, Any]] = {}
        self.still: str | None = None
        self.untouched: set[int] = set()

    def take(self, row: dict[str, Any]) -> None:
        if "movie" in row:
            self.movies[row["movie"]] = int(row["bytes"])
        elif "written" in row:
            written = row["written"]
            self.last = str(row["frame"])
            if row.get("untouched"):
                self.untouched.add(int(row["index"]))
            self.frames.setdefault(int(row["index"]), {}).update({f: int(entry.get("bytes", 0)) for f, entry in written.items()})
            for form, entry in written.items():
                self.luma[form] = _worse(self.luma.get(form, {}), entry)
            self.still = next((entry["file"] for entry in written.values() if "file" in entry), self.still)


def _worse(known: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    """The largest difference so far, and where the codec has loss the most that it took."""
    found: dict[str, Any] = {"max": max(known.get("max", 0.0), float(entry.get("max", 0.0)))}
    if "codec" in entry:
        found["codec"] = {"max": max(known.get("codec", {}).get("max", 0.0), float(entry["codec"]["max"]))}
    return found


class Record:
    """A ledger that is read on from where it was read to. Not for two threads at once."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = ledger
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._file, self._read = 0, 0
        self._exports: dict[str, _Export] = {}
        self._latest = ""

    def look(self, forms: tuple[str, ...], whole: bool) -> Written:
        """The export that was begun last; `whole`: the one that is finished, whose lines are the first after it was put in order."""
        self._read_on()
        export = self._exports.get(next(iter(self._exports), "") if whole else self._latest)
        if export is None:
            return Written()
        wanted = set(forms)
        made = {index for index, known in export.frames.items() if wanted <= known.keys()}
        missing = next((i for i in range(len(made)) if i not in made), len(made))
        sizes = {form: sum(known.get(form, 0) for known in export.frames.values()) for form in forms} | export.movies
        still = self.ledger.parent / export.still if export.still else None
        return Written(len(made), missing, export.last, dict(export.luma), still, sizes, len(made & export.untouched))

    def _read_on(self) -> None:
        """A half line waits; a file that was replaced is read from its beginning."""
        try:
            with self.ledger.open("rb") as file:
                stat = self.ledger.stat()
                if stat.st_ino != self._file or stat.st_size < self._read:
                    self._begin_anew()
                    self._file = stat.st_ino
                file.seek(self._read)
                block = file.read()
        except OSError:
            self._begin_anew()
            return
        block = block[:block.rfind(b"\n") + 1]
        self._read += len(block)
        for line in block.splitlines():
            with suppress(ValueError, KeyError, TypeError):
                row = json.loads(line)
                self._latest = str(row["export"])
                self._exports.setdefault(self._latest, _Export()).take(row)


def still_picture(path: Path, encoding: str) -> NDArray[np.uint8] | None:
    """A written still for the eye, small; None where it is not there any more."""
    try:
        picture = read(path)
    except (AnswerprintError, OSError):
        return None
    shown = to_display(reduced(picture, STILL_WIDTH), encoding)
    return np.asarray(np.clip(shown * 255 + 0.5, 0, 255), np.uint8)
