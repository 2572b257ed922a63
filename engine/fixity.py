"""Fixity of what goes in: every file is hashed when it is taken in, and read again before results are made of it.

xxHash (XXH3, 128 bits) is as fast as disks are and tells whether a file is still what it was; SHA-256 is what archives record. Both are
made in one reading. What is known is kept as lines of JSON, so that a stopped hashing goes on with the next file."""
from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import xxhash

from engine.errors import InputChanged, MediaError
from engine.files import mended_lines, read_json, told, write_json
from engine.run import THREADS, Run

FOLDER = "fixity"
INPUTS, CHECKED, PICTURES = "inputs.jsonl", "checked.json", "pictures.jsonl"
BLOCK = 1 << 20
TICK = 0.25             # seconds between two looks at how far it is, at most
UNIT = 1 << 20          # what progress counts


@dataclass(frozen=True)
class Print:
    """A file as it was taken in. `name` is its role and its path below the medium's folder, such as 'scan/reel.0086400.dpx'; `at` is when
    it was hashed (UTC, ISO 8601)."""

    name: str
    bytes: int
    mtime_ns: int
    xxh3: str
    sha256: str
    at: str


@dataclass(frozen=True)
class Hashes:
    """Of a file in hex; `sha256` is '' where only the quick one was asked for."""

    bytes: int
    xxh3: str
    sha256: str


def now() -> str:
    """The time as archives write it: UTC, ISO 8601, to the second."""
    return utc(time.time())


def utc(seconds: float) -> str:
    """A time since the epoch, likewise."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def names_of(role: str, files: Sequence[Path]) -> dict[str, Path]:
    """The files of a medium by their names: `role` and the path below the folder that all of them lie in."""
    if not files:
        return {}
    root = Path(os.path.commonpath([path.absolute().parent for path in files]))
    return {f"{role}/{path.absolute().relative_to(root).as_posix()}": path for path in files}


def take_in(files: Mapping[str, Path], store: Path | None, run: Run) -> dict[str, Print]:
    """The print of every file, by name. Those that `store` knows and whose size and time of change are the same are not read again; what is
    new is hashed, and noted in `store` file by file. Raises InputChanged where a file has other content than it was taken in with,
    MediaError where one cannot be read, DiskFull, OutputRefused, Cancelled."""
    known = known_prints(store)
    found = {name: one for name, path in files.items() if (one := known.get(name)) and _stat(path) == (one.bytes, one.mtime_ns)}
    todo = {name: path for name, path in files.items() if name not in found}
    for name, hashes in _hash_all(todo, True, "hashing, MiB", run):
        before = known.get(name)
        if before and before.sha256 != hashes.sha256:
            raise _changed(files[name], before)
        found[name] = Print(name, hashes.bytes, _stat(files[name])[1], hashes.xxh3, hashes.sha256, before.at if before else now())
        _note(store, found[name])
    return {name: found[name] for name in files}


def check(files: Mapping[str, Path], store: Path, run: Run) -> dict[str, Print]:
    """As `take_in`, but every file is read again, by xxHash where its SHA-256 is known; when that was is noted beside `store`."""
    known = take_in(files, store, run)
    for name, hashes in _hash_all(files, False, "reading again, MiB", run):
        if (hashes.bytes, hashes.xxh3) != (known[name].bytes, known[name].xxh3):
            raise _changed(files[name], known[name])
    write_json(store.with_name(CHECKED), {"at": now(), "files": len(files), "bytes": sum(one.bytes for one in known.values())})
    return known


def note_pictures(paths: Iterable[Path], store: Path) -> None:
    """Keep the prints of pictures that are taken into a project and need not stay where they are: 'pictures/CONTENT/NAME', for two of one
    name may come from two folders. Raises MediaError, DiskFull, OutputRefused."""
    for path in paths:
        hashes = hash_file(path)
        _note(store, Print(f"pictures/{hashes.sha256[:16]}/{path.name}", hashes.bytes, _stat(path)[1], hashes.xxh3, hashes.sha256, now()))


def checked(store: Path) -> dict[str, Any] | None:
    """When the files were checked last ('at'), how many ('files') and of what size ('bytes'); None before that."""
    try:
        return read_json(store.with_name(CHECKED), dict)
    except MediaError:
        return None


def known_prints(store: Path | None) -> dict[str, Print]:
    """What a store holds, by name; half a line that a kill left counts for nothing. Raises MediaError where another line is damaged: what
    it knew must not be taken for new."""
    try:
        return {row["name"]: Print(**row) for row in mended_lines(store)} if store else {}
    except (KeyError, TypeError) as error:
        raise MediaError(f"{store}: is damaged ({error}); bring it back from a backup, or move it away: then what goes in is taken in "
                         "anew, as it is now") from error


def hash_file(path: Path, whole: bool = True) -> Hashes:
    """xxHash of a file, and SHA-256 where it is `whole`. Raises MediaError."""
    return _hash(path, whole, _Progress())


def _changed(path: Path, before: Print) -> InputChanged:
    return InputChanged(f"{path}: has other content than when it was taken in ({before.at}); bring it back from a backup and give the same "
                        "command again, or, where the change is meant, begin a new project with it")


def _stat(path: Path) -> tuple[int, int]:
    try:
        facts = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    return facts.st_size, facts.st_mtime_ns


def _unreadable(path: Path, error: OSError) -> MediaError:
    return MediaError(f"{path}: cannot be read ({error.strerror or error}); connect its drive or mend its permissions")


def _note(store: Path | None, one: Print) -> None:
    if store:
        with told(store.parent, store.name):
            store.parent.mkdir(parents=True, exist_ok=True)
            with store.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")


class _Progress:
    """Bytes that all threads have read, and whether they shall stop."""

    def __init__(self) -> None:
        self.bytes, self.stopped, self._lock = 0, False, threading.Lock()

    def add(self, count: int) -> bool:
        """Whether to go on."""
        with self._lock:
            self.bytes += count
        return not self.stopped


def _hash_all(files: Mapping[str, Path], whole: bool, note: str, run: Run) -> Iterator[tuple[str, Hashes]]:
    """The hashes of each file as it is done, on several threads; progress by bytes, so that a long file shows some and can be stopped."""
    total, progress = sum(_stat(path)[0] for path in files.values()), _Progress()
    todo, waiting = iter(files.items()), dict[Future[Hashes], str]()
    with ThreadPoolExecutor(THREADS) as pool:
        try:
            while True:
                while len(waiting) < 2 * THREADS and (one := next(todo, None)):
                    waiting[pool.submit(_hash, one[1], whole, progress)] = one[0]
                run.step(progress.bytes // UNIT, max(1, total // UNIT), note)
                if not waiting:
                    return
                for future in wait(waiting, TICK, FIRST_COMPLETED).done:
                    yield waiting.pop(future), future.result()
        finally:
            progress.stopped = True
            for future in waiting:
                future.cancel()


def _hash(path: Path, whole: bool, progress: _Progress) -> Hashes:
    quick, slow, block = xxhash.xxh3_128(), hashlib.sha256(), memoryview(bytearray(BLOCK))
    length = 0
    try:
        with path.open("rb", buffering=0) as file:
            while count := file.readinto(block):
                quick.update(block[:count])
                if whole:
                    slow.update(block[:count])
                length += count
                if not progress.add(count):
                    break
    except OSError as error:
        raise _unreadable(path, error) from error
    return Hashes(length, quick.hexdigest(), slow.hexdigest() if whole else "")
