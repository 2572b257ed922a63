"""A pack is added whole or not at all: unpacked beside its place, tried by a training's first steps in another process, then put there."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from engine.errors import PackRefused, UsageError
from engine.files import told
from engine.gpu_pack.place import NEW, OLD, PACK, PYTHON, Facts, facts_of, leave_facts, own, places
from engine.gpu_pack.unpack import MARGIN, compile_all, readable_folder, size_of, unpack
from engine.gpu_pack.wheels import needed
from engine.jobs import LOCK, Lock
from engine.programs import engine_command
from engine.run import Run
from engine.versions import version_of

GIGABYTE = 1_000_000_000
POLL_SECONDS = 0.2


def add(folder: Path, run: Run) -> dict[str, Any]:
    """Take the wheels in `folder` as this user's pack, in place of one that is there; what the trial of it told.

    Raises PackRefused, DiskFull, OutputRefused; then everything is as it was before."""
    wheels, place = needed(folder), own()
    size = sum(size_of(wheel) for wheel in wheels)
    with alone(place):
        _room(place, size)
        run.say(f"taking {len(wheels)} wheels, {size / GIGABYTE:.1f} GB: {', '.join(wheel.name for wheel in wheels)}")
        with run.phase("unpack"):
            unpack(wheels, place / NEW, run)
        with run.phase("try"):
            found = tried(place / NEW, run)
        torch = next(wheel for wheel in wheels if wheel.name == "torch")
        if trouble := found["trouble"]:
            raise PackRefused(f"{folder}: torch {torch.version} of these wheels was not taken: {trouble}")
        with run.phase("compile"):
            compile_all(place / NEW, run)
        leave_facts(place / NEW, Facts(str(torch.version), PYTHON, version_of("answerprint"), _bytes(place / NEW),
                                       tuple(wheel.file.name for wheel in wheels), found["device"]))
        _put_in_place(place)
    return found


def remove() -> Path:
    """Take this user's pack away; where it was. Raises PackRefused, OutputRefused."""
    place = own()
    if not (place / PACK).is_dir():
        for other in places():
            if facts_of(other):
                raise PackRefused(f"{other}: this pack is for all users; root removes it with the same command")
        raise PackRefused(f"{place}: there is no GPU pack to remove")
    with alone(place), told(place, "removing the pack"):
        (place / PACK).rename(place / OLD)
    return place


def tried(folder: Path, run: Run) -> dict[str, Any]:
    """What the first steps of a training told, with the torch in `folder`, in a process of its own. Raises PackRefused."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as words:
        process = subprocess.Popen(engine_command("gpu-pack", "try", folder), stdin=subprocess.DEVNULL, stdout=said, stderr=words)
        try:
            while process.poll() is None:
                run.step(0, 1, "first steps of a training")
                with suppress(subprocess.TimeoutExpired):
                    process.wait(POLL_SECONDS)
        finally:
            process.kill()
            process.wait()
        run.step(1, 1, "first steps of a training")
        said.seek(0)
        words.seek(0)
        return _told(folder, process.returncode, said.read().decode(errors="replace"), words.read().decode(errors="replace"))


def _told(folder: Path, code: int, said: str, words: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(said.splitlines()[-1])
    except (ValueError, IndexError):
        last = next((line.strip() for line in reversed(words.splitlines()) if line.strip()), "it said nothing")
        raise PackRefused(f"{folder}: the trial of these wheels ended with code {code}: {last[:200]}") from None
    if not found["trouble"] and Path(found["place"]).resolve() != folder.resolve():
        found["trouble"] = f"another torch was loaded, from {found['place']}"
    return found


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Only one process works on the packs of a place. What was left half made is removed before and after, and the place with it where
    there is no pack in it. Raises PackRefused, DiskFull, OutputRefused."""
    with told(place, "making the folder of the pack"):
        readable_folder(place)
    with ExitStack() as held:
        try:
            held.enter_context(Lock(place))
        except UsageError:
            raise PackRefused(f"{place}: another `answerprint gpu-pack` is at work there; wait for it, or stop it") from None
        held.callback(_leave, place)
        _sweep(place)
        yield


def _sweep(place: Path) -> None:
    for name in (NEW, OLD):
        shutil.rmtree(place / name, ignore_errors=True)


def _leave(place: Path) -> None:
    _sweep(place)
    if not (place / PACK).exists():
        with suppress(OSError):
            (place / LOCK).unlink(missing_ok=True)
            place.rmdir()


def _room(place: Path, size: int) -> None:
    free, wanted = shutil.disk_usage(place).free, MARGIN * size
    if free < wanted:
        raise PackRefused(f"{place}: there is no room for the pack: it takes {wanted / GIGABYTE:.1f} GB, {free / GIGABYTE:.1f} GB are "
                          "free; make room and give the same command again")


def _put_in_place(place: Path) -> None:
    """The new pack takes the place of the one in use. Raises OutputRefused."""
    with told(place, "putting the pack in its place"):
        if hasattr(os, "sync"):
            os.sync()
        if (place / PACK).exists():
            (place / PACK).rename(place / OLD)
        (place / NEW).rename(place / PACK)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
