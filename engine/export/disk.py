"""Where results may lie, whether they fit, and files that are whole or not there at all."""
from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable
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


def write_whole(path: Path, write: Callable[[Path], None], size: int) -> tuple[str, int]:
    """Let `write` make the file under a temporary name beside `path`, then put it in place. `size` is how many bytes it may need: it is
    asked for beforehand, since not every library reports a full disk. Returns SHA-256 and length. Raises OSError."""
    temporary = path.with_name(f".{path.name}.partial")
    try:
        if shutil.disk_usage(path.parent).free < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        write(temporary)
        with temporary.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            length = file.tell()
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return digest, length
