"""Files are whole or not there at all, and what the system refuses is said in words that a user can act on."""
from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from engine.errors import DiskFull, MediaError, OutputRefused

Built = TypeVar("Built")
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
AWAY = "move it away: then what it says is not known any more"


@contextmanager
def told(folder: Path, doing: str) -> Iterator[None]:
    """Errors of the operating system inside become DiskFull or OutputRefused; `doing` says what was being written."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(f"{folder}: the disk is full ({doing}); what was written before is whole: make room and give the same command "
                           "again, it goes on there") from error
        raise OutputRefused(f"{folder}: cannot write here ({doing}: {error.strerror or error}); choose another folder, or mend its "
                            "permissions, and give the same command again") from error


def homeless(text: str) -> str:
    """A text in which the user's home folder is called '~': what is kept on disk names nobody."""
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > len(os.sep) else text


@contextmanager
def replacing(path: Path, safe: bool = True) -> Iterator[Path]:
    """A temporary name beside `path` to write to; it takes the place of `path` when the block ends without an error. Where it is to be
    `safe`, it is on the disk before that, so that a power cut leaves one of the two whole.

    Raises DiskFull, OutputRefused."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.partial")      # of two who write, each has its own
    with told(path.parent, path.name):
        try:
            yield temporary
            if safe:
                with temporary.open("rb+") as file:
                    os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def file_names(words: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """A file name without ending for each word, on whatever system, none of them twice nor one of those `taken`."""
    used, names = {name.casefold() for name in taken}, {}
    for word in words:
        plain = re.sub(r"[^\w .-]", "_", word).strip(" .")[:60].rstrip(" .") or "_"
        plain = f"_{plain}" if re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", plain) else plain
        name, count = plain, 2
        while name.casefold() in used:
            name, count = f"{plain}-{count}", count + 1
        used.add(name.casefold())
        names[word] = name
    return names


def write_json(path: Path, data: Any, safe: bool = True) -> None:
    """Replace `path` by `data` as JSON, see `replacing`. Raises DiskFull, OutputRefused."""
    with replacing(path, safe) as temporary:
        temporary.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")


def read_json(path: Path, build: Callable[[Any], Built]) -> Built:
    """What `build` makes of the JSON in `path`. Raises MediaError where the file is not there or damaged."""
    try:
        return build(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError) as error:
        raise MediaError(f"{path}: is damaged or missing; remove the folder {path.parent} and give the restore command "
                         "again, which makes it anew") from error


def write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Replace `path` by a line of JSON for each row. Raises DiskFull, OutputRefused."""
    with replacing(path) as temporary:
        temporary.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines. Raises MediaError as `whole_lines` does."""
    return [row for row, _ in whole_lines(path, AWAY)]


def mended_lines(path: Path) -> list[dict[str, Any]]:
    """Likewise of a file that is to be added to: a half last line, left by a kill, is cut off. Raises DiskFull, OutputRefused too."""
    found = list(whole_lines(path, AWAY))
    whole = found[-1][1] if found else 0
    with told(path.parent, path.name):
        if path.exists() and path.stat().st_size > whole:
            os.truncate(path, whole)
    return [row for row, _ in found]


def whole_lines(path: Path, cure: str) -> Iterator[tuple[dict[str, Any], int]]:
    """Each row of a file of JSON lines, with the byte at which it ends. The file may be missing, and what stands behind its last line end
    was cut short or is being written: it counts for nothing. Raises MediaError where any other line is damaged; `cure` says what else can
    be done than to bring the file back."""
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise MediaError(f"{path}: cannot be read ({error.strerror or error}); connect its drive or mend its permissions") from error
    end = 0
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        end += len(line) + 1
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise MediaError(f"{path}: line {number} is damaged; bring the file back from a backup, or {cure}")
        yield row, end
