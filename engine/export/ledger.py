"""The ledger: one JSON line for each frame written, by which an interrupted export goes on and a finished one can be proven."""
from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, BinaryIO

from engine.errors import MediaError, NewerVersion
from engine.files import whole_lines

VERSION = 2
CURE = "move it and the results beside it away, or choose another folder for the results"
Line = dict[str, Any]


class Ledger:
    """The exports into one folder, in one file. A line {"version", "export", ...identity} begins an export and says what its results
    depend on; a line a frame follows, in the order of writing: {"export", "index", "frame", "float_max", "written": {format: entry}}, and
    of a repaired print "origin": where its luma came from, {name: share 0..1}; a movie that is whole has {"export", "movie": format,
    ...entry}. Lines are appended and flushed; a half line, left by a kill, is cut off on opening.

    An export goes on with the lines of its own identity. A file that another export has written over since belongs to that one. The line
    of a file is on the disk before the file takes its name, so whatever has other content than lines say is somebody's own."""

    def __init__(self, path: Path, identity: Line) -> None:
        """Raises NewerVersion, and MediaError where the file is no ledger."""
        self.path = path
        self.export = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:16]
        self.identity: Line = json.loads(json.dumps({"version": VERSION, "export": self.export, **identity}))
        self.frames: dict[int, Line] = {}
        self.movies: dict[str, Line] = {}
        self._others: list[Line] = []
        self._owners: dict[str, str] = {}
        self._known: dict[str, set[tuple[int, str]]] = {}
        self._latest = ""
        self.since = path.stat().st_mtime_ns if path.exists() else 0
        lines, whole = read_lines(path)
        for line in lines:
            self._take(line)
        if whole < (path.stat().st_size if path.exists() else 0):
            with path.open("r+b") as file:
                file.truncate(whole)

    def _take(self, line: Line) -> None:
        self._latest = line["export"]
        own = line["export"] == self.export
        if not own:
            self._others.append(line)
        for entry in entries_of(line):
            self._owners[entry["file"]] = line["export"]
            self._known.setdefault(entry["file"], set()).add((int(entry["bytes"]), entry["sha256"]))
        if "movie" in line:
            if own:
                self.movies[line["movie"]] = {key: value for key, value in line.items() if key not in ("movie", "export")}
        elif "written" in line and own:
            known = self.frames.setdefault(line["index"], {**line, "written": {}})
            known |= {**line, "written": known["written"] | line["written"]}

    @property
    def shared(self) -> bool:
        """Whether other exports wrote into this folder too."""
        return bool(self._others)

    @property
    def interrupted(self) -> bool:
        """Whether another export began after what this one has written."""
        return self._latest not in ("", self.export)

    def holds(self, file: str) -> bool:
        """Whether `file` (relative to the folder) was last written by this export."""
        return self._owners.get(file) == self.export

    def replaces(self, file: str) -> bool:
        """Whether `file` was last written by another export."""
        return self._owners.get(file, self.export) != self.export

    def known(self, path: Path) -> set[tuple[int, str]]:
        """Length and SHA-256 of everything that exports wrote at `path`."""
        return self._known.get(path.relative_to(self.path.parent).as_posix(), set())

    def open(self) -> BinaryIO:
        """The file to append to. Writes the first line of the export where it is not the last to have begun."""
        file = self.path.open("ab")
        if self._latest != self.export:
            self._write(file, self.identity)
        return file

    def add(self, file: BinaryIO, line: Line) -> None:
        """Append a line. Raises OSError; the ledger in memory is then as it was."""
        self._write(file, {"export": self.export, **line})

    def _write(self, file: BinaryIO, line: Line) -> None:
        file.write(_line(line))
        file.flush()
        if entries_of(line):
            os.fsync(file.fileno())
        self._take(line)

    def tidy(self) -> None:
        """Write the ledger anew: this export in the order of frames, one line a frame; then of others what still stands."""
        temporary = self.path.with_name(f".{self.path.name}.partial")
        with temporary.open("wb") as file:
            file.write(_line(self.identity))
            for index in sorted(self.frames):
                frame = self.frames[index]
                file.write(_line({**frame, "written": dict(sorted(frame["written"].items()))}))
            for form in sorted(self.movies):
                file.write(_line({"export": self.export, "movie": form, **self.movies[form]}))
            for line in self._standing():
                file.write(_line(line))
        os.replace(temporary, self.path)

    def _standing(self) -> list[Line]:
        """The lines of other exports that still have files here, each export's after its first line."""
        groups: dict[str, list[Line]] = {}
        movies = {(line["export"], line["movie"]) for line in self._others if "movie" in line and self._stands(line)}
        for line in self._others:
            export = line["export"]
            if "version" in line:
                groups.setdefault(export, [line])
            elif "movie" in line:
                groups[export] += [line] if (export, line["movie"]) in movies else []
            else:
                written = {form: entry for form, entry in line["written"].items()
                           if (export, form) in movies or ("file" in entry and self._stands({**entry, "export": export}))}
                groups[export] += [{**line, "written": written}] if written else []
        return [line for group in groups.values() if len(group) > 1 for line in group]

    def _stands(self, entry: Line) -> bool:
        return bool(self._owners[entry["file"]] == entry["export"])


def read_lines(path: Path) -> tuple[list[Line], int]:
    """The whole lines of a ledger, and how many bytes they take. Raises NewerVersion, and MediaError where the file is no ledger or a line
    other than a half last one is damaged."""
    lines: list[tuple[Line, int]] = []
    for entry, end in whole_lines(path, CURE):
        _check(path, entry)
        lines.append((entry, end))
    if not lines and path.exists() and path.stat().st_size:
        raise MediaError(f"{path}: is damaged; {CURE}")
    return [line for line, _ in lines], lines[-1][1] if lines else 0


def entries_of(line: Line) -> list[Line]:
    """The files that a line tells of, each with file, bytes and sha256."""
    return [line] if "movie" in line else [entry for entry in line.get("written", {}).values() if "file" in entry]


KEYS = {"version": {"export", "medium"}, "movie": {"export", "file", "bytes", "sound"},
        "written": {"export", "index", "frame", "float_max"}}


def _check(path: Path, entry: Line) -> None:
    kind = next((kind for kind in KEYS if kind in entry), None)
    if kind == "version" and isinstance(entry["version"], int) and entry["version"] > VERSION:
        raise NewerVersion(f"{path}: written by a newer version of the program ({entry['version']} > {VERSION}); update the program")
    if kind is None or not KEYS[kind] <= entry.keys() or (kind == "version" and entry["version"] != VERSION):
        raise MediaError(f"{path}: is no record of this program's results, or is damaged; {CURE}")


def _line(entry: Line) -> bytes:
    return (json.dumps(entry, ensure_ascii=False) + "\n").encode()
