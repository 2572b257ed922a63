"""The ledger: one JSON line for each frame written, by which an interrupted export goes on and a finished one can be proven."""
from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, BinaryIO

VERSION = 1


class Ledger:
    """Lines of one export in a file. The first line names the export (`identity`), then comes a line a frame, in the order of writing:
    {"index", "frame", "float_max", "written": {format: entry}}; a movie that is whole has a line {"movie": format, ...entry}. Lines are
    appended and flushed; a half line, left by a kill, is cut off on opening. Lines of another identity are handed out as `old` and
    dropped."""

    def __init__(self, path: Path, identity: dict[str, Any]) -> None:
        self.path = path
        self.identity = json.loads(json.dumps({"version": VERSION, **identity}))
        self.frames: dict[int, dict[str, Any]] = {}
        self.movies: dict[str, dict[str, Any]] = {}
        self.old: list[dict[str, Any]] = []
        lines, whole = self._lines()
        if lines and lines[0] == self.identity:
            for line in lines[1:]:
                self._take(line)
            with path.open("r+b") as file:
                file.truncate(whole)
        else:
            self.old = lines[1:]

    def _lines(self) -> tuple[list[dict[str, Any]], int]:
        lines: list[dict[str, Any]] = []
        whole = 0
        data = self.path.read_bytes() if self.path.exists() else b""
        for line in data.splitlines(keepends=True):
            try:
                entry = json.loads(line)
            except ValueError:
                break
            if not line.endswith(b"\n") or not isinstance(entry, dict):
                break
            lines.append(entry)
            whole += len(line)
        return lines, whole

    def _take(self, line: dict[str, Any]) -> None:
        if "movie" in line:
            self.movies[line["movie"]] = {key: value for key, value in line.items() if key != "movie"}
            return
        known = self.frames.setdefault(line["index"], {**line, "written": {}})
        known["float_max"] = line["float_max"]
        known["written"] |= line["written"]

    def open(self) -> BinaryIO:
        """The file to append to. Writes the first line where the ledger is new."""
        if not self.path.exists() or not (self.frames or self.movies):
            self.path.write_bytes(_line(self.identity))
        return self.path.open("ab")

    def add(self, file: BinaryIO, line: dict[str, Any]) -> None:
        """Append a line. Raises OSError; the ledger in memory is then as it was."""
        file.write(_line(line))
        file.flush()
        self._take(line)

    def tidy(self) -> None:
        """Write the ledger anew, in the order of frames, one line a frame."""
        temporary = self.path.with_name(f".{self.path.name}.partial")
        with temporary.open("wb") as file:
            file.write(_line(self.identity))
            for index in sorted(self.frames):
                frame = self.frames[index]
                file.write(_line({**frame, "written": dict(sorted(frame["written"].items()))}))
            for form in sorted(self.movies):
                file.write(_line({"movie": form, **self.movies[form]}))
        os.replace(temporary, self.path)


def _line(entry: dict[str, Any]) -> bytes:
    return (json.dumps(entry, ensure_ascii=False) + "\n").encode()
