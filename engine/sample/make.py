"""The files of the sample film: `scan/sample_scan.0086400.dpx` and on, `reference.mpg`, and `answers.json` with what was done."""
from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import DiskFull, OutputRefused
from engine.media.dpx import DpxHeader, write_dpx
from engine.media.source import Picture
from engine.run import Run, each
from engine.sample.dvd import LINES, Planes, Telecine, write_dvd
from engine.sample.fade import FadedPrint
from engine.sample.film import RATE, SEED, Film

VERSION = 2             # of the pictures: a change makes cached films out of date
OFFSET = 7              # frames that the reference starts earlier
SPLICE = 4              # frames lost where the print was spliced
FIRST = 86400           # number of the first scan frame: one hour
ANSWERS = "answers.json"
PRINTING_DENSITY = 1


@dataclass(frozen=True)
class Sample:
    """A finished sample film. `answers`, which lie beside it as answers.json, are

    kept        for each scan frame the film frame that it shows, which is also its reference frame
    still       scan frames that a neighbour repeats, so that their time cannot be told
    cuts        scan frames that begin a shot, but the first
    splice      the first film frame lost, and how many
    subtitles   film frames [start, stop)
    border      pixels around the picture
    weave       dx, dy of each scan frame: pixel x, y of the picture is x + border + dx, y + border + dy of the scan
    picture_to_reference    3x3, pixel of the picture to pixel of the reference (centres are whole numbers)
    """

    folder: Path
    answers: dict[str, Any]

    @property
    def scan(self) -> Path:
        return self.folder / "scan"

    @property
    def reference(self) -> Path:
        return self.folder / "reference.mpg"

    def truth(self, index: int) -> Picture:
        """Scan frame `index` (from 0) had the print not faded: (h, w, 3) display-referred Rec.709, with the film's own grain and weave."""
        film = self.answers["kept"][index]
        return self._plan.print.truth(self._plan.film.draw(film), film)

    @cached_property
    def _plan(self) -> _Plan:
        return _Plan(self.answers["frames"], self.answers["width"])


def sample_folder() -> Path:
    """Where the sample film is kept for this user; the environment variable ANSWERPRINT_CACHE names another place."""
    home = Path.home()
    if "ANSWERPRINT_CACHE" in os.environ:
        cache = Path(os.environ["ANSWERPRINT_CACHE"])
    elif sys.platform == "darwin":
        cache = home / "Library" / "Caches" / "Answerprint"
    elif sys.platform == "win32":
        cache = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "Answerprint" / "Cache"
    else:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "answerprint"
    return cache / "sample-film"


def make_sample(folder: Path, run: Run, frames: int = 288, width: int = 1024) -> Sample:
    """Make the sample film in `folder`: `frames` scan frames, `width` pixels wide at full aperture, the same on every run.

    A finished one of the same version, length and size is taken as it is. Everything is written beside it and renamed at the end. Raises
    OutputRefused where the folder holds other things or cannot be written to, DiskFull where there is not the space, Cancelled."""
    ready = _finished(folder, frames, width)
    if ready is not None:
        return ready
    if folder.exists() and any(folder.iterdir()) and not (folder / ANSWERS).exists():
        raise OutputRefused(f"{folder}: the folder is not empty and holds no sample film; name an empty or a new one")
    plan = _Plan(frames, width)
    partial = folder.with_name(folder.name + ".partial")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)
        _check_space(folder, plan.bytes)
        (partial / "scan").mkdir(parents=True)
        plan.write(partial, run)
        shutil.rmtree(folder, ignore_errors=True)
        partial.replace(folder)
    except PermissionError as error:
        raise OutputRefused(f"{folder}: the sample film cannot be written there (no permission); name another folder") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return Sample(folder, plan.answers)


def _finished(folder: Path, frames: int, width: int) -> Sample | None:
    try:
        answers = json.loads((folder / ANSWERS).read_text())
    except (OSError, ValueError):
        return None
    same = [answers.get(key) for key in ("version", "frames", "width")] == [VERSION, frames, width]
    whole = (folder / "reference.mpg").exists() and len(list((folder / "scan").glob("*.dpx"))) == frames
    return Sample(folder, answers) if same and whole else None


def _check_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder.parent).free
    if free < needed * 1.05:
        raise DiskFull(f"{folder}: the sample film takes {needed / 1e9:.1f} GB and {free / 1e9:.1f} GB are free; free some space or name "
                       "another folder")


class _Plan:
    """What a sample film of `frames` scan frames, `width` wide, consists of."""

    def __init__(self, frames: int, width: int) -> None:
        self.frames, self.width = frames, width
        self.height = round(width * 1556 / 4096) * 2
        self.border = round(0.049 * self.height)
        size = (width - 2 * self.border, self.height - 2 * self.border)
        length = frames + OFFSET + SPLICE
        self.lost = range(length * 3 // 8, length * 3 // 8 + SPLICE)     # in the middle of the second shot
        self.kept = [i for i in range(OFFSET, length) if i not in self.lost]
        self.film = Film(*size, length)
        self.print = FadedPrint(*size, self.border, length, SEED)
        self.telecine = Telecine(*size)
        twelfth = length // 12
        self.subtitles = [(twelfth, 2 * twelfth), (7 * twelfth, 8 * twelfth), (10 * twelfth, 11 * twelfth)]

    @property
    def bytes(self) -> int:
        """Disk space of the result."""
        return self.frames * (2048 + 4 * self.width * self.height) + 30_000 * self.film.frames

    @property
    def answers(self) -> dict[str, Any]:
        """See Sample."""
        still = set(self.film.still())
        return {
            "version": VERSION, "frames": self.frames, "width": self.width, "height": self.height, "border": self.border,
            "kept": self.kept, "offset": OFFSET, "splice": [self.lost.start, SPLICE], "subtitles": self.subtitles,
            "cuts": [k for k, i in enumerate(self.kept) if i in self.film.cuts],
            "still": [k for k, i in enumerate(self.kept) if i in still],
            "weave": self.print.weave[self.kept].tolist(), "picture_to_reference": self.telecine.picture_to_reference.tolist(),
        }

    def write(self, folder: Path, run: Run) -> None:
        """The scan, the reference and last the answers."""
        numbers = {film: k for k, film in enumerate(self.kept)}
        write_dvd(folder / "reference.mpg", self._develop(folder / "scan", numbers, run))
        (folder / ANSWERS).write_text(json.dumps(self.answers))

    def _develop(self, scan: Path, numbers: dict[int, int], run: Run) -> Iterator[Planes]:
        """Draw the film frame by frame; write what the scan kept of it, hand on what the DVD shows."""
        def frame(index: int) -> tuple[NDArray[np.uint16] | None, Planes]:
            picture = self.film.draw(index)
            codes = self.print.scan(picture, index) if index in numbers else None
            return codes, self.telecine.planes(picture, self._subtitle(index))

        for index, (codes, planes) in enumerate(each(frame, range(self.film.frames))):
            run.step(index, self.film.frames, "making the sample film")
            if codes is not None:
                self._write_scan(scan, numbers[index], codes)
            yield planes
        run.step(self.film.frames, self.film.frames, "making the sample film")

    def _subtitle(self, index: int) -> str | None:
        return next((words for (a, b), words in zip(self.subtitles, LINES, strict=True) if a <= index < b), None)

    def _write_scan(self, folder: Path, index: int, codes: NDArray[np.uint16]) -> None:
        number = FIRST + index
        path = folder / f"sample_scan.{number:07d}.dpx"
        with path.open("wb") as file:
            write_dpx(file, codes, _header(path.name, number, self.width, self.height))


def _header(name: str, number: int, width: int, height: int) -> DpxHeader:
    seconds, frame = divmod(number, RATE)
    timecode = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{frame:02d}"
    feet, frames = divmod(number, 16)       # 35 mm, four perforations a frame
    header = DpxHeader.new(width, height, 10, PRINTING_DENSITY, Fraction(RATE), timecode)
    return header.for_result(name, 10, None).with_fields({
        "project": b"Answerprint sample film", "copyright": b"Made by Answerprint", "slate": b"sample film, reel 1",
        "frame_id": str(number).encode(), "manufacturer": b"02", "film_type": b"93", "prefix": b"195900",
        "count": f"{feet % 10000:04d}".encode(), "perforations": f"{4 * frames:02d}".encode(),
    })
