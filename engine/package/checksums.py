"""Checksums as `sha256sum -c` reads them."""
from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from engine.errors import OutputRefused
from engine.files import replacing
from engine.fixity import take_in
from engine.run import Run


def sha256_of(path: Path) -> str:
    """Of a file that the program wrote, in hex. Raises OutputRefused where it cannot be read any more."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise OutputRefused(f"{path}: was written and cannot be read ({error.strerror or error}); give the same command again") from error


def differing(files: Mapping[str, Path], sums: Mapping[str, str], run: Run) -> list[str]:
    """The names of the files whose content is not that of their SHA-256 in `sums`: all are read. Raises MediaError where one cannot be
    read, Cancelled."""
    return [name for name, found in take_in(files, None, run).items() if found.sha256 != sums[name]]


def sums_text(sums: Mapping[str, str]) -> str:
    """A line for each file, sorted by name: SHA-256 in hex, two spaces, the name. A name with a line end or a backslash is escaped as GNU
    coreutils have it."""
    return "".join(_line(name, sums[name]) for name in sorted(sums))


def write_sums(path: Path, sums: Mapping[str, str]) -> None:
    """Replace `path` by the checksums of files that are named below its folder. Raises DiskFull, OutputRefused."""
    with replacing(path) as temporary:
        temporary.write_bytes(sums_text(sums).encode())


def read_sums(path: Path) -> dict[str, str]:
    """SHA-256 by name, as `write_sums` left them. Raises OSError."""
    lines = (line for line in path.read_bytes().decode("utf-8", "replace").split("\n") if line)
    return {_plain(name, digest): digest.removeprefix("\\") for digest, _, name in (line.partition("  ") for line in lines)}


def _plain(name: str, digest: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), name) if digest[:1] == "\\" else name


def _line(name: str, digest: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if escaped == name else chr(92)}{digest}  {escaped}\n"
