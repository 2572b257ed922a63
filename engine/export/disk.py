"""Where results may lie, whether they fit, and files that are whole or not there at all."""
from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from engine.errors import DiskFull, OutputRefused
from engine.media.source import FrameSource

SPARE = 32 << 20
"""Bytes that are left free beside what a file needs."""


def refuse_beside(folder: Path, scan: FrameSource, *others: FrameSource) -> None:
    """Raises OutputRefused where `folder` is that of the scan, or one of stills or of a DVD, or lies inside such a one; links are
    followed. Beside a reference that is one video file results may lie: they never take its name."""
    out = folder.resolve()
    for source in (scan, *others):
        files = source.medium()
        own = {home for path in files for home in (path.parent.resolve(), path.resolve().parent)}
        several = source.info.kind != "video" or len(files) > 1 or source.info.path.is_dir()
        if (out in own and (several or source is scan)) or (several and own & set(out.parents)):
            raise OutputRefused(f"{folder}: this is the folder of the source {source.info.path}, or inside it, and nothing is written "
                                "there; choose another folder for the results")


def free_at(folder: Path) -> int:
    """Bytes that are free where `folder` is or would be."""
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    return shutil.disk_usage(there).free


def check_room(folder: Path, needed: int) -> None:
    """Raises DiskFull where less than `needed` bytes (an estimate) and something to spare are free."""
    free = free_at(folder)
    if free < needed + SPARE:
        raise DiskFull(f"{folder}: about {needed / 1e9:.2f} GB are needed and {free / 1e9:.2f} GB are free; make room, or choose another "
                       "folder or a smaller format; nothing was started")


def refuse_foreign(path: Path, known: Collection[tuple[int, str]], since: float = 0) -> None:
    """Raises OutputRefused where the file at `path` is somebody's own: none of those `known` by length and SHA-256, which the program wrote
    there. Its content is read where it was changed at `since` (nanoseconds) or later."""
    try:
        facts = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return
    cure = "move it away, or choose another folder for the results, and give the same command again"
    if not known:
        raise OutputRefused(f"{path}: a file of this name is there, and no record of the program knows it; {cure}")
    alike = {digest for length, digest in known if length == facts.st_size}
    if not alike or (facts.st_mtime_ns >= since and _digest(path)[0] not in alike):
        raise OutputRefused(f"{path}: is not as the program wrote it, so somebody has changed it, and it is not overwritten; {cure}")


def write_whole(path: Path, write: Callable[[Path], None], size: int) -> tuple[str, int]:
    """`write_beside`, then `put_in_place`."""
    written = write_beside(path, write, size)
    put_in_place(path)
    return written


def write_beside(path: Path, write: Callable[[Path], None], size: int) -> tuple[str, int]:
    """Let `write` make the file under a temporary name beside `path`, whole on the disk. `size` is how many bytes it may need: it is
    asked for beforehand, since not every library reports a full disk. Returns SHA-256 and length. Raises OSError."""
    temporary = _beside(path)
    try:
        if shutil.disk_usage(path.parent).free < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        write(temporary)
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())
        return _digest(temporary)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def put_in_place(path: Path) -> None:
    """Give what was written beside `path` its name. Raises OSError."""
    os.replace(_beside(path), path)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.partial")


def _digest(path: Path) -> tuple[str, int]:
    """SHA-256 and length."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
