"""Long work is a job folder: `job.json` (frozen inputs), `status.json`, `log.jsonl`, `stop`, and what the step makes.

The command line performs a job in its own process; the window starts one with `start` and reads `status.json`. Both run the same steps.
"""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.errors import AnswerprintError, UsageError
from engine.files import told, write_json
from engine.run import Cancelled, Clock, Run

HEARTBEAT_SECONDS = 0.5
LOCK = "lock"


def open_job(folder: Path, job: dict[str, Any]) -> None:
    """Make `folder` the job's. One with the same frozen inputs goes on where it stopped; any other content is cleared first."""
    file = folder / "job.json"
    with told(folder, "beginning the step"):
        if folder.exists() and read_job(folder) != job:
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_json(file, job)
        (folder / "stop").unlink(missing_ok=True)


def read_job(folder: Path) -> dict[str, Any] | None:
    """What a job folder says it is; None where it does not, or is damaged."""
    try:
        job: dict[str, Any] = json.loads((folder / "job.json").read_text(encoding="utf-8"))
        return job
    except (OSError, ValueError):
        return None


class JobRun(Run):
    """Writes what happens to the job folder, passes it on to `shown`, and stops when `shown` does or a file `stop` lies in the folder."""

    def __init__(self, folder: Path, shown: Run) -> None:
        super().__init__()
        self.folder, self.shown = folder, shown
        self.seconds = shown.seconds
        self._state: dict[str, Any] = {"state": "running", "phase": "", "done": 0, "total": 0, "note": "", "eta": None, "pid": os.getpid()}
        self._written, self._clock = 0.0, Clock()

    def step(self, done: int, total: int, note: str = "") -> None:
        if (self.folder / "stop").exists():
            raise Cancelled
        self.shown.step(done, total, note)
        self._state |= {"done": done, "total": total, "note": note, "eta": self._clock.left(done, total, note)}
        if time.monotonic() - self._written > HEARTBEAT_SECONDS:
            self.write()

    def say(self, text: str) -> None:
        self.log(text)
        self.shown.say(text)

    def enter(self, name: str) -> None:
        self._clock = Clock()
        self._state |= {"phase": name, "done": 0, "total": 0, "eta": None}
        self.write()
        self.shown.enter(name)

    def log(self, text: str) -> None:
        with told(self.folder, "log.jsonl"), (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"time": round(time.time(), 3), "text": text}, ensure_ascii=False) + "\n")

    def write(self, **change: Any) -> None:
        self._state |= change
        self._written = time.monotonic()
        write_json(self.folder / "status.json", self._state | {"heartbeat": round(time.time(), 3)})


def perform(folder: Path, job: dict[str, Any], work: Callable[[Path, Run], dict[str, Any]], shown: Run) -> dict[str, Any]:
    """Run `work` in the job folder and return its facts. The state at the end is done, stopped, or an error with its text."""
    open_job(folder, job)
    run = JobRun(folder, shown)
    try:
        with run.phase(job["step"]):
            facts = work(folder, run)
    except Cancelled:
        run.write(state="stopped")
        raise
    except AnswerprintError as error:
        run.write(state="error", error=str(error), kind=type(error).__name__)
        raise
    except Exception as error:
        run.write(state="error", error=repr(error), kind="bug")
        raise
    run.write(state="done", facts=facts)
    return facts


def start(project_folder: Path) -> subprocess.Popen[bytes]:
    """Work on the project in another process that outlives this one; its words go to `worker.log`."""
    with (project_folder / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "engine", "work", str(project_folder)], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


class Lock:
    """Only one process works on a project at a time. Freed by the system when the process ends, however it ends."""

    def __init__(self, project_folder: Path) -> None:
        self.path = project_folder / LOCK

    def __enter__(self) -> Lock:
        with told(self.path.parent, "locking the project"):
            self._file = self.path.open("a+b")
        try:
            _lock(self._file.fileno())
        except OSError as error:
            self._file.close()
            raise UsageError(f"{self.path.parent}: another Answerprint is working on this project; wait for it or stop it") from error
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
