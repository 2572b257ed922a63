"""What is in a wheel, checked against the wheel's own list, into a folder."""
from __future__ import annotations

import csv
import hashlib
import io
import py_compile
import stat
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from engine.errors import PackRefused
from engine.files import told
from engine.gpu_pack.wheels import DAMAGED, Wheel, damaged
from engine.run import Run

PIECE = 1 << 20
MEGABYTE = 1_000_000
MARGIN = 1.1            # of room on the disk: what Python makes of the pack's modules, and blocks


def size_of(wheel: Wheel) -> int:
    """Bytes that it takes unpacked. Raises PackRefused."""
    try:
        with zipfile.ZipFile(wheel.file) as packed:
            return sum(info.file_size for info in packed.infolist())
    except (*DAMAGED, OSError) as error:
        raise damaged(wheel.file, "it is no whole zip file") from error


def unpack(wheels: Sequence[Wheel], folder: Path, run: Run) -> None:
    """Lay the wheels into a new folder that everybody may read. Raises PackRefused, DiskFull, OutputRefused."""
    total, done = sum(size_of(wheel) for wheel in wheels), 0
    with told(folder, "unpacking the wheels"):
        readable_folder(folder)
    for wheel in wheels:
        def on(count: int, wheel: Wheel = wheel) -> None:
            nonlocal done
            done += count
            run.step(done // MEGABYTE, max(total // MEGABYTE, 1), f"MB; {wheel.name}")

        _unpack_one(wheel, folder, on)


def _unpack_one(wheel: Wheel, folder: Path, on: Callable[[int], None]) -> None:
    listed = {row[0]: row[1] for row in csv.reader(io.StringIO(wheel.read("RECORD"))) if len(row) > 1}
    with told(folder, wheel.file.name), zipfile.ZipFile(wheel.file) as packed:
        files = [info for info in packed.infolist() if not info.is_dir()]
        if absent := listed.keys() - {info.filename for info in files}:
            raise damaged(wheel.file, f"{min(absent)} is missing")
        for info in files:
            place = _place(wheel, info.filename)
            if place is None:
                continue
            readable_folder(folder / place.parent)
            try:
                found = _copy(packed, info, folder / place, on)
            except DAMAGED as error:
                raise damaged(wheel.file, f"{info.filename} cannot be read") from error
            if not _own_list(info.filename) and listed.get(info.filename) != found:
                raise damaged(wheel.file, f"{info.filename} is not what the wheel's list says")


def _place(wheel: Wheel, name: str) -> PurePosixPath | None:
    """Where a file of a wheel goes; None for those that are not for import. Raises PackRefused."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise PackRefused(f"{wheel.file}: it holds a file that would lie outside the pack ({name}); it is not what it says, do not use it")
    if path.parts[0].endswith(".data"):
        return PurePosixPath(*path.parts[2:]) if path.parts[1:2] in (("purelib",), ("platlib",)) else None
    return path


def _own_list(name: str) -> bool:
    return PurePosixPath(name).parent.name.endswith(".dist-info") and PurePosixPath(name).name.startswith("RECORD")


def readable_folder(path: Path) -> None:
    """Make a folder that everybody may read, whatever new files are for this user."""
    if not path.is_dir():
        if not path.parent.is_dir():
            readable_folder(path.parent)
        path.mkdir()
        path.chmod(0o755)


def _copy(packed: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, on: Callable[[int], None]) -> str:
    """Write one file; its hash as the list of a wheel has it."""
    found = hashlib.sha256()
    with packed.open(info) as source, path.open("wb") as file:
        while piece := _piece(source, packed.filename):
            file.write(piece)
            found.update(piece)
            on(len(piece))
    path.chmod(0o755 if info.external_attr >> 16 & stat.S_IXUSR else 0o644)
    return "sha256=" + urlsafe_b64encode(found.digest()).decode("ascii").rstrip("=")


def _piece(source: IO[bytes], wheel: str | None) -> bytes:
    try:
        return source.read(PIECE)
    except OSError as error:
        raise PackRefused(f"{wheel}: the wheel cannot be read ({error.strerror or error}); is its drive still there?") from error


def compile_all(folder: Path, run: Run) -> None:
    """Leave compiled modules beside the sources: an installed program writes none, and would compile them anew in every process."""
    files = sorted(folder.rglob("*.py"))
    for k, file in enumerate(files):
        run.step(k, len(files), "modules")
        with told(folder, "compiling the modules"):
            readable_folder(file.parent / "__pycache__")
            made = py_compile.compile(str(file), quiet=2, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
            if made:
                Path(made).chmod(0o644)
