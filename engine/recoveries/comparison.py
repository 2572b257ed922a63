"""What was restored beside what it was made of, for talks and for who signs it off: a movie, and stills of each shot and of held-out
frames."""
from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from engine.align.alignment import FrameMatch
from engine.align.features import Matrix
from engine.align.space import to_scan
from engine.errors import MediaError, OutputRefused
from engine.export.disk import check_room, write_whole
from engine.export.movie import movie_rate
from engine.export.plan import ExportSettings, make_plan
from engine.export.side_by_side import BALANCED, FILTER, LUT, REFERENCE, RESTORED, SCAN, Drawn, Sheet
from engine.export.talk_movie import TalkMovie
from engine.files import told, write_json
from engine.media.colour import to_display
from engine.media.fingerprint import fingerprint
from engine.media.reduce import reduced
from engine.media.source import FrameSource, Picture
from engine.project import Project, input_hash
from engine.recoveries import RECOVERIES
from engine.recoveries.review import middle, spread
from engine.recoveries.work import Restoring, Work, choice_of
from engine.run import Run, each

HELD_OUT = 12           # stills of held-out frames, at most
RECORD = "compared.json"
DRAWING = 1             # counts up where pictures are drawn otherwise
MOVIE_BYTES = 0.25      # a pixel, a cautious guess
Pictures = list[tuple[str, Picture | None]]


class Given(FrameSource):
    """A scan of which one frame was read already."""

    def __init__(self, scan: FrameSource, index: int, picture: Picture) -> None:
        self.info, self.scan, self.index, self.picture = scan.info, scan, index, picture

    def read(self, index: int) -> Picture:
        return self.picture if index == self.index else self.scan.read(index)

    def name(self, index: int) -> str:
        return self.scan.name(index)

    def files(self, index: int) -> tuple[Path, ...]:
        return self.scan.files(index)


@dataclass(frozen=True)
class Comparison:
    """How a restoration is shown: `count` pictures of each frame; `matches` are the partners in the reference, where there is one."""

    scan: FrameSource
    shots: Sequence[str | None]
    used: Restoring
    sheet: Sheet
    detail: bool
    reference: FrameSource | None
    matches: Sequence[FrameMatch]
    language: str

    @property
    def width(self) -> int | None:
        """What pictures are reduced to, in pixels of the scan; None where they are shown in full."""
        return min(self.sheet.panel[0], self.scan.info.width)

    def sheets(self, indices: Sequence[int]) -> Iterator[Drawn]:
        """The frames of `indices` side by side, in order. Frames ahead are read on other threads."""
        read = each(lambda i: (self.scan.read(i), self._laid(i)), indices, room=2 * self.scan.info.working_bytes)
        for index, (picture, laid) in zip(indices, read, strict=True):
            yield self.sheet.draw(self._pictures(index, picture, laid), self._words(index), self.language)

    def _pictures(self, index: int, picture: Picture, laid: Picture | None) -> Pictures:
        given, shot = Given(self.scan, index, picture), self.shots[index]

        def made(what: str) -> Picture:
            return self.used.shown(given, index, shot, what, self.width)

        scan: Pictures = [(SCAN, reduced(to_display(picture, self.scan.info.encoding), self.width))]
        restored: Pictures = [(RESTORED, made("result"))]
        if self.sheet.count == 2:
            return scan + restored
        if self.sheet.count == 3 and self.reference:
            return [*scan, *restored, (REFERENCE, laid)]
        plain: Pictures = [(FILTER if self.detail else LUT, made("lut"))]
        if self.sheet.count == 3:
            return scan + restored + plain
        if self.reference:
            return [*scan, *plain, *restored, (REFERENCE, laid)]
        return [*scan, (BALANCED, self.used.kept(given, index, shot, self.width)), *plain, *restored]

    def _laid(self, index: int) -> Picture | None:
        """The partner of a frame on the geometry of the reduced scan, display-referred; None where there is none or it is not shown."""
        match = self.matches[index] if self.reference and self.sheet.count > 2 else None
        if self.reference is None or match is None or match.reference is None:
            return None
        info, wide = self.scan.info, self.width or self.scan.info.width
        size = wide, max(1, round(info.height * wide / info.width))
        there = to_display(self.reference.read(match.reference), self.reference.info.encoding)
        return to_scan(there, match.matrix @ enlarging(size, (info.width, info.height)), size)

    def _words(self, index: int) -> str:
        timecode = self.scan.timecode(index)
        return f"{self.scan.name(index)}  {timecode}" if timecode else self.scan.name(index)


def enlarging(small: tuple[int, int], full: tuple[int, int]) -> Matrix:
    """From pixels of a picture reduced to `small` (w, h) to those of the `full` one; pixel centres at whole numbers."""
    across, down = full[0] / small[0], full[1] / small[1]
    return np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1]], np.float64)


def leave_comparison(project: Project, scan: FrameSource, shots: Sequence[str | None], used: Restoring, own: Work | None,
                     settings: ExportSettings, run: Run, language: str = "en") -> list[dict[str, Any]]:
    """Leave NAME_restored.compare.mp4 (not of single stills) and NAME_restored_compare/FRAME.png beside the results; {"file", "sha256",
    "bytes"} of each. `own` is the project's work where `scan` is its own, and so its reference and held-out frames count. What was made of
    the same before is kept. Raises OutputRefused where files of these names are not the program's, DiskFull, Cancelled."""
    plan = make_plan(scan, settings)
    stem = f"{plan.name}_restored{plan.span}"
    shown = comparison_of(project, scan, shots, used, own, language)
    stills = stills_of(project, scan, shots, own)
    folder, movie = plan.folder / f"{stem}_compare", plan.folder / f"{stem}.compare.mp4"
    names = {f"{folder.name}/{scan.name(index)}.png": index for index in stills} | (
        {movie.name: -1} if scan.info.kind != "stills" else {})
    with told(folder, "the pictures side by side"):
        folder.mkdir(parents=True, exist_ok=True)
        kept = Kept.of(folder, identity_of(shown, settings.identity), tuple(names))
        missing = [name for name in names if name not in kept.files]
        check_room(folder, room_for(shown, missing))
        _stills(shown, {name: names[name] for name in missing if names[name] >= 0}, kept, run)
        if movie.name in missing:
            _movie(shown, movie, kept, run)
    return [{"file": name, **kept.files[name]} for name in names]


def comparison_of(project: Project, scan: FrameSource, shots: Sequence[str | None], used: Restoring, own: Work | None,
                  language: str) -> Comparison:
    """How the restoration of a scan is shown. Of a scan that is not the project's own nothing is known of the reference."""
    info, recovery, matches = scan.info, RECOVERIES[project.recovery], tuple[FrameMatch, ...]()
    sheet = Sheet.of(project.settings.compare, info.width, info.height, info.pixel_aspect)
    if own and recovery.needs_reference:
        matches = tuple(own.alignment.frames)
    reference = own.second if own and len(matches) == len(scan) else None
    return Comparison(scan, shots, used, sheet, recovery.detail and project.recovery != "combined", reference, matches, language)


def stills_of(project: Project, scan: FrameSource, shots: Sequence[str | None], own: Work | None) -> list[int]:
    """The middle of each shot and held-out frames, in order."""
    groups: dict[str | None, list[int]] = {}
    for index, word in enumerate(shots):
        groups.setdefault(word, []).append(index)
    found = {index for frames in groups.values() for index in middle(frames, 1)}
    with suppress(MediaError):
        choice = choice_of(project)
        if own and len(choice["shots"]) == len(scan):
            found |= {*spread([index for index in sorted(choice["held_out"]) if index < len(scan)], HELD_OUT)}
    return sorted(found)


def identity_of(shown: Comparison, restored: str) -> str:
    """What the pictures depend on; `restored` says it of the results."""
    media = [fingerprint(source) for source in (shown.scan, shown.reference) if source]
    partners = [(match.reference, match.matrix.tolist()) for match in shown.matches] if shown.reference else []
    encodings = [source.info.encoding for source in (shown.scan, shown.reference) if source]
    return input_hash(DRAWING, restored, *media, *encodings, shown.scan.name(0), len(shown.scan), str(shown.scan.info.rate), partners,
                      asdict(shown.sheet), shown.language, cv2.__version__)


def room_for(shown: Comparison, missing: Sequence[str]) -> int:
    """Bytes, by estimate; a movie needs its size twice while it is put together."""
    pixels = shown.sheet.size[0] * shown.sheet.size[1]
    return int(pixels * sum(2 * MOVIE_BYTES * len(shown.scan) if name.endswith(".mp4") else 3 for name in missing))


def _stills(shown: Comparison, wanted: dict[str, int], kept: Kept, run: Run) -> None:
    indices = list(wanted.values())
    for done, (name, sheet) in enumerate(zip(wanted, shown.sheets(indices), strict=True)):
        run.step(done, len(wanted), "pictures side by side")
        coded, data = cv2.imencode(".png", sheet[..., ::-1])
        assert coded
        with told(kept.folder, f"frame {Path(name).stem}"):
            kept.add(name, lambda path, data=data: path.write_bytes(data.tobytes()), data.nbytes)


def _movie(shown: Comparison, path: Path, kept: Kept, run: Run) -> None:
    """Made stretch by stretch; a stopped one goes on at the stretch where it stopped."""
    movie = TalkMovie(kept.stretches, shown.sheet.size, movie_rate(shown.scan.info), len(shown.scan))
    movie.folder.mkdir(exist_ok=True)

    def told_of(frames: Sequence[int]) -> Iterator[Drawn]:
        for index, sheet in zip(frames, shown.sheets(frames), strict=True):
            run.step(index, len(shown.scan), "movie side by side")
            yield sheet

    for number, frames in movie.missing.items():
        with told(kept.folder, f"frames {shown.scan.name(frames[0])} to {shown.scan.name(frames[-1])}"):
            movie.leave(number, told_of(frames))
    size = sum(movie.stretch(number).stat().st_size for number in range(len(movie.stretches)))
    with told(path.parent, path.name):
        kept.add(path.name, lambda target: movie.write(target, run), size)
    shutil.rmtree(movie.folder)


@dataclass
class Kept:
    """The record of what lies side by side, RECORD in the folder of the stills: of what it was made, the files that are whole with SHA-256
    and length, and the names of all that are to come."""

    folder: Path
    identity: str
    names: tuple[str, ...]
    files: dict[str, dict[str, Any]]

    @staticmethod
    def of(folder: Path, identity: str, names: tuple[str, ...]) -> Kept:
        """What is there of this identity; what was made of another is removed, but for the movie, which is replaced. Raises OutputRefused
        where a file of one of the `names` is there and the record knows nothing of it."""
        before = _record(folder)
        kept = Kept(folder, identity, names, {})
        known = set(before["names"])
        if foreign := next((name for name in names if name not in known and (folder.parent / name).exists()), None):
            raise OutputRefused(f"{folder.parent / foreign}: no record of the program knows this file; move it away, or choose another "
                                "folder for the results")
        for path in folder.glob(".*.partial"):
            path.unlink()
        if before["identity"] == identity and set(names) == known:
            kept.files = {name: entry for name, entry in before["files"].items() if kept._whole(name, entry["bytes"])}
        else:
            for name in known:
                if name.endswith(".png"):
                    (folder.parent / name).unlink(missing_ok=True)
            shutil.rmtree(kept.stretches, ignore_errors=True)
            kept._save()
        return kept

    @property
    def stretches(self) -> Path:
        return self.folder.with_name(f".{self.folder.name}.stretches")

    def add(self, name: str, write: Any, size: int) -> None:
        """Let `write` make the file of that name, whole or not at all. Raises OSError."""
        digest, length = write_whole(self.folder.parent / name, write, size)
        self.files[name] = {"sha256": digest, "bytes": length}
        self._save()

    def _whole(self, name: str, length: int) -> bool:
        path = self.folder.parent / name
        return path.is_file() and path.stat().st_size == length

    def _save(self) -> None:
        write_json(self.folder / RECORD, {"version": 1, "identity": self.identity, "names": self.names, "files": self.files})


def _record(folder: Path) -> dict[str, Any]:
    empty: dict[str, Any] = {"identity": "", "names": [], "files": {}}
    with suppress(OSError, ValueError):
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return found if isinstance(found, dict) and empty.keys() <= found.keys() else empty
    return empty
