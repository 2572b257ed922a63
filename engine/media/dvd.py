"""The main title of a DVD folder as one stream: the title set with the most bytes, its VOB parts one after the other."""
from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from engine.errors import MediaError

PART = re.compile(r"VTS_(\d\d)_([1-9])\.VOB", re.IGNORECASE)     # part 0 of a title set holds its menus


def is_dvd(path: Path) -> bool:
    """True for a VIDEO_TS folder, or a folder that holds one."""
    return path.is_dir() and bool(_parts(path))


def main_title(path: Path, allow_gaps: bool) -> tuple[Path, ...]:
    """The VOB parts of the title set with the most bytes, in order. Raises MediaError where the folder has none, or one is missing."""
    titles = _parts(path)
    if not titles:
        raise MediaError(f"{path}: no DVD title (VTS_nn_1.VOB) in this folder; choose the VIDEO_TS folder of the disc")
    parts = max(titles.values(), key=lambda parts: sum(part.stat().st_size for part in parts))
    numbers = [int(part.stem[-1]) for part in parts]
    missing = [f"{parts[0].stem[:-1]}{n}.VOB" for n in range(1, numbers[-1]) if n not in numbers]
    if missing and not allow_gaps:
        raise MediaError(f"{path}: {' and '.join(missing)} is missing; copy the disc again, or go on without it with --allow-gaps")
    return parts


def _parts(path: Path) -> dict[str, tuple[Path, ...]]:
    inner = next((p for p in path.iterdir() if p.is_dir() and p.name.upper() == "VIDEO_TS"), path)
    titles: dict[str, list[tuple[str, Path]]] = defaultdict(list)
    for file in inner.iterdir():
        if found := PART.fullmatch(file.name):
            titles[found[1]].append((found[2], file))
    return {title: tuple(file for _, file in sorted(parts)) for title, parts in sorted(titles.items())}


class JoinedFiles(io.RawIOBase):
    """Several files read as one, seekable and read-only."""

    def __init__(self, parts: Sequence[Path]) -> None:
        super().__init__()
        self._files = [part.open("rb") for part in parts]
        self._starts = [0]
        for part in parts:
            self._starts.append(self._starts[-1] + part.stat().st_size)
        self._at = 0

    def part_at(self, position: int) -> int:
        """Which file holds the byte at `position`."""
        return min(bisect_right(self._starts, position) - 1, len(self._files) - 1)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._starts[-1]}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, never across the end of a part; b'' at the end of the last."""
        number = self.part_at(self._at)
        file = self._files[number]
        file.seek(self._at - self._starts[number])
        data = file.read(size)
        self._at += len(data)
        return data

    def close(self) -> None:
        for file in self._files:
            file.close()
        super().close()
