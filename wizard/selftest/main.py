"""`answerprint selftest`: restores the sample film without and with the window, and says what was checked, on which device, in how long.

Exit codes: 0 everything held, 1 something did not (a line each, with the cure), 130 stopped.
"""
from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine import jobs
from engine.arguments import Parser
from engine.console import spell
from engine.errors import AnswerprintError, OutputRefused
from engine.files import told
from engine.programs import SELFTEST
from engine.versions import version_of
from wizard.selftest import headless
from wizard.selftest.checks import Broken, Checks
from wizard.selftest.results import Results, check_results
from wizard.selftest.window import PROJECTS, WALK, walk_in_another_process
from wizard.selftest.window import main as walk

ROOM = 300_000_000          # bytes; it takes about half of that
FULL = 5_000_000
OWN = {"ANSWERPRINT_SETTINGS": "settings", "ANSWERPRINT_CACHE": "cache", "TMPDIR": "temporary", "TEMP": "temporary", "TMP": "temporary"}
STOP_SECONDS = 30.0         # for a worker that the window began


def main(words: list[str]) -> int:
    """The exit code."""
    if words[:1] == [WALK]:
        return walk(Path(words[1]))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    began = time.monotonic()
    checks = Checks(lambda found: print(found, flush=True))
    try:
        with working_folder(_asked(words)) as folder:
            print(f"Answerprint {version_of('answerprint')} checks itself in {folder}", flush=True)
            check_all(folder, checks)
    except AnswerprintError as error:
        print(f"answerprint: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("answerprint: the self-test was stopped", file=sys.stderr)
        return 130
    print("no network is needed; to see that, take it away: `unshare -rn answerprint selftest` on Linux (its limits are in the manual, "
          "on the page For IT), elsewhere with the cable pulled")
    total = f"{checks.held + checks.failed} checks in {spell(time.monotonic() - began)}"
    print(f"{total}: {checks.failed} did not hold, see above" if checks.failed else f"{total}: everything held")
    return 1 if checks.failed else 0


def _asked(words: list[str]) -> Path | None:
    """The folder to keep. Raises UsageError."""
    parser = Parser(prog=f"answerprint {SELFTEST}", description="Restore a small sample film, from the command line and in the window, and "
                    "check all that comes out. It takes some minutes, needs no network, and touches nothing of yours.")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="an empty or new folder to work in, which is left as it is; a "
                        "temporary one is removed at the end if not given")
    keep: Path | None = parser.parse_args(words).keep
    return keep


@contextmanager
def working_folder(keep: Path | None) -> Iterator[Path]:
    """The folder to work in, with settings, cache and temporary files of its own. Nothing is at work there afterwards, and one that is not
    to be kept is gone. Raises OutputRefused, DiskFull."""
    place = Path(os.environ.get("TMPDIR") or tempfile.gettempdir())
    with told(keep or place, "the self-test's folder, which TMPDIR or --keep names"):
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            if any(keep.iterdir()):
                raise OutputRefused(f"{keep}: is not empty; name an empty or a new folder")
        folder = keep.resolve() if keep else Path(tempfile.mkdtemp(prefix="answerprint-selftest-", dir=place)).resolve()
    try:
        for name, own in OWN.items():
            with told(folder, own):
                (folder / own).mkdir(exist_ok=True)
            os.environ[name] = str(folder / own)
        yield folder
    finally:
        stop_workers(folder)
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def check_all(folder: Path, checks: Checks) -> None:
    """Every part in order. What needs what has failed is left out."""
    checks.run("versions", headless.versions)
    checks.run("device", headless.device)
    if not (checks.run("disk", lambda: room(folder)) and checks.run("sample film", lambda: headless.make_film(folder))):
        return
    before, scan, out = headless.prints(folder), folder / headless.SAMPLE / "scan", folder / "results"
    if checks.run("command line", lambda: headless.restore(folder, out)):
        check_results(checks, "command line", Results(out, scan))
        checks.run("command line, model", lambda: headless.model_holds(out))
    failed = checks.failed
    walk_in_another_process(folder, checks)
    if checks.failed == failed:
        check_results(checks, "window", Results(folder / PROJECTS / "Sample film restored", scan))
    checks.run("sources", lambda: headless.untouched(folder, before))
    if checks.failed:
        checks.run("disk", lambda: not_full(folder))


def room(folder: Path) -> str:
    """That there is enough of it on the disk."""
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        raise Broken(f"{folder}: {free / 1e6:,.0f} MB are free and {ROOM / 1e6:.0f} are needed; make room, or name a folder on another "
                     "disk with --keep")
    return f"{free / 1e9:.1f} GB are free"


def not_full(folder: Path) -> None:
    """That the failures before do not come of a full disk, which not all of them may say. Raises Broken."""
    if shutil.disk_usage(folder).free < FULL:
        raise Broken(f"{folder}: the disk is full now; make room, or name a folder on another disk with --keep, and run it again")


def stop_workers(folder: Path) -> None:
    """End what the window may have left at work, which outlives it."""
    for lock in folder.rglob(jobs.LOCK):
        project, end = lock.parent, time.monotonic() + STOP_SECONDS
        with suppress(AnswerprintError):
            jobs.ask_stop(project)
        while jobs.working(project) and time.monotonic() < end:
            time.sleep(0.1)
        status = jobs.WorkStatus.load(project)
        if status and status.pid and jobs.working(project):
            os.kill(status.pid, signal.SIGTERM)
