"""Long work is a job folder: `job.json` (frozen inputs), `status.json`, `log.jsonl`, `stop`, and what the step makes.

A worker performs the steps of a project, each in its job folder, and tells of itself in the project's own `work.json` and `log.jsonl`.
The command line is its own worker; the window begins one with `start`, looks at it with `status`, and ends it with `ask_stop`. It outlives
the window. Whether one is there is told by the lock, which the system frees however a process ends.
"""
from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.errors import AnswerprintError, UsageError
from engine.files import homeless, told, write_json
from engine.programs import engine_command
from engine.run import Cancelled, Clock, Run

HEARTBEAT_SECONDS = 0.5
START_SECONDS = 60.0        # that a worker may take until it holds the lock
STILL_SECONDS = 60.0        # without a step, after which a training is said to stand still
LOCK_SECONDS = 0.5          # that a lock is tried for: who only asks whether it is held holds it for a moment
LOCK = "lock"
STOP = "stop"
WORK = "work.json"
LOG = "log.jsonl"


def open_job(folder: Path, job: dict[str, Any]) -> None:
    """Make `folder` the job's. One with the same frozen inputs goes on where it stopped; any other content is cleared first."""
    file = folder / "job.json"
    with told(folder, "beginning the step"):
        if folder.exists() and read_job(folder) != job:
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_json(file, job)
        (folder / STOP).unlink(missing_ok=True)


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
        self.seconds, self.patient = shown.seconds, shown.patient
        self._state: dict[str, Any] = {"state": "running", "phase": "", "done": 0, "total": 0, "note": "", "eta": None, "pid": os.getpid()}
        self._written, self._clock = 0.0, Clock()

    def step(self, done: int, total: int, note: str = "", left: float | None = None) -> None:
        if (self.folder / STOP).exists():
            raise Cancelled
        self.shown.step(done, total, note, left)
        self._state |= {"done": done, "total": total, "note": note, "eta": self._clock.left(done, total, note, left)}
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

    def pause(self, seconds: float) -> None:
        self.shown.pause(seconds)

    def log(self, text: str) -> None:
        append_log(self.folder, {"text": text})

    def write(self, **change: Any) -> None:
        self._state |= change
        self._written = time.monotonic()
        write_json(self.folder / "status.json", self._state | {"heartbeat": round(time.time(), 3)}, safe=bool(change))


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
        run.write(state="error", error=homeless(str(error)), kind=type(error).__name__)
        raise
    except Exception as error:
        run.write(state="error", error=homeless(repr(error)), kind="bug")
        raise
    run.write(state="done", facts=facts)
    return facts


def append_log(folder: Path, line: dict[str, Any]) -> None:
    """A line for the log of a job or a project. Raises DiskFull, OutputRefused."""
    with told(folder, LOG), (folder / LOG).open("a", encoding="utf-8") as file:
        told_line = {key: homeless(value) if isinstance(value, str) else value for key, value in line.items()}
        file.write(json.dumps({"time": round(time.time(), 3), **told_line}, ensure_ascii=False) + "\n")


@dataclass(frozen=True)
class WorkStatus:
    """What a worker is at. `state` is 'starting', 'running', 'stopped' (by request), 'done', 'error', or 'lost' where it was ended without
    a word. `step` is that of the recovery ('' while films are opened), `phase` the part of it that `done` of `total` and `eta` (seconds
    left, None while unknown) are of, `note` all that is said of it. `still` is for how many seconds a training has taken no step, where
    that is STILL_SECONDS or more. `kind` is the name of the error's class and `error` its line, or 'bug' and the traceback."""

    state: str
    until: str
    step: str = ""
    phase: str = ""
    done: int = 0
    total: int = 0
    note: str = ""
    eta: float | None = None
    still: int = 0
    error: str = ""
    kind: str = ""
    heartbeat: float = 0.0
    pid: int = 0

    @staticmethod
    def load(folder: Path) -> WorkStatus | None:
        """What the worker wrote last; None where none was, or the file is damaged."""
        try:
            return WorkStatus(**json.loads((folder / WORK).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def save(self, folder: Path) -> None:
        """Raises DiskFull, OutputRefused."""
        plain = replace(self, note=homeless(self.note), error=homeless(self.error))
        write_json(folder / WORK, asdict(plain) | {"heartbeat": round(time.time(), 3)}, safe=False)


class WorkRun(Run):
    """The worker's own: passes on to `shown`, keeps a status that a thread writes down with every heartbeat, so that a long call does not
    look dead, and stops when `shown` does or a file `stop` lies in the project's folder. The same thread sees that no step comes any
    more; `clock` tells seconds."""

    def __init__(self, folder: Path, until: str, shown: Run, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.folder, self.shown = folder, shown
        self.seconds, self.patient = shown.seconds, shown.patient
        self.status = WorkStatus("running", until, pid=os.getpid())
        self._clock, self._ended = Clock(), threading.Event()
        self._now, self._moved, self._told, self._one = clock, clock(), False, threading.Lock()
        self._beat = threading.Thread(target=self._beating, name="heartbeat", daemon=True)

    def step(self, done: int, total: int, note: str = "", left: float | None = None) -> None:
        if (self.folder / STOP).exists():
            raise Cancelled
        self.shown.step(done, total, note, left)
        self.status = replace(self.status, done=done, total=total, note=note, phase=re.split("[:;]", note)[0],
                              eta=self._clock.left(done, total, note, left))
        self._moved, self._told = self._now(), False

    def say(self, text: str) -> None:
        append_log(self.folder, {"step": self.status.step, "text": text})
        self.shown.say(text)

    def enter(self, name: str) -> None:
        self._clock = Clock()
        self.status = replace(self.status, step=name, phase="", done=0, total=0, note="", eta=None)
        self._moved, self._told = self._now(), False
        self.shown.enter(name)

    def pause(self, seconds: float) -> None:
        self.shown.pause(seconds)

    def begin(self) -> None:
        """Write the first status, and the next ones from a thread."""
        self.status.save(self.folder)
        self._beat.start()

    def end(self, state: str, kind: str = "", error: str = "") -> None:
        """The last status; a stop that was asked for is over."""
        self._ended.set()
        self._beat.join()
        self.status = replace(self.status, state=state, kind=kind, error=error, eta=None)
        (self.folder / STOP).unlink(missing_ok=True)
        self._write()

    def _beating(self) -> None:
        while not self._ended.wait(HEARTBEAT_SECONDS):
            self.beat()

    def beat(self) -> None:
        """Write the status down, and say once that a training stands still."""
        with self._one:
            still = int(self._now() - self._moved)
            still = still if self.status.step == "train" and still >= STILL_SECONDS else 0
            if still and not self._told:
                self._told = True
                with suppress(AnswerprintError):
                    self.say(f"no step of the training for {still} s: other programs may take the machine, it may have slept, or a driver "
                             "hangs; it goes on by itself, or stop it and give the same command again")
            self._write(still)

    def _write(self, still: int = 0) -> None:
        with suppress(AnswerprintError):        # a full disk is told by who needs it
            replace(self.status, still=still).save(self.folder)


@contextmanager
def working_on(folder: Path, until: str, shown: Run, clock: Callable[[], float] = time.monotonic) -> Iterator[WorkRun]:
    """Be the worker of a project: hold its lock and tell in its folder what goes on inside, however that ends. Raises UsageError where
    another is at work."""
    with Lock(folder):
        run = WorkRun(folder, until, shown, clock)
        run.begin()
        try:
            yield run
        except (Cancelled, KeyboardInterrupt):
            run.end("stopped")
            raise
        except AnswerprintError as error:
            run.end("error", type(error).__name__, str(error))
            raise
        except BaseException:
            run.end("error", "bug", traceback.format_exc())
            raise
        run.end("done")


def start(project_folder: Path, until: str = "train", again: bool = False) -> subprocess.Popen[bytes]:
    """Work on the project until the step `until` is done, in another process that outlives this one; its words go to `worker.log`.
    `again`: that step is made anew though it is done. Raises UsageError where one is at work already, DiskFull, OutputRefused."""
    if working(project_folder):
        raise UsageError(f"{project_folder}: another Answerprint is working on this project; wait for it or stop it")
    (project_folder / STOP).unlink(missing_ok=True)
    WorkStatus("starting", until).save(project_folder)
    command = engine_command("work", project_folder, "--until", until, *(["--again"] if again else []))
    with told(project_folder, "worker.log"), (project_folder / "worker.log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)


def working(folder: Path) -> bool:
    """Whether a living process holds the project's lock."""
    try:
        file = (folder / LOCK).open("rb")
    except OSError:
        return False
    with file:
        return _held(file.fileno())


def status(folder: Path) -> WorkStatus | None:
    """What the worker of a project is at, or how the last one ended; None where there was none."""
    found = WorkStatus.load(folder)
    if found is None or found.state not in ("starting", "running") or working(folder):
        return found
    if found.state == "starting" and time.time() - found.heartbeat < START_SECONDS:
        return found
    latest = WorkStatus.load(folder)            # it may have ended between the two looks
    return replace(latest, state="lost", eta=None) if latest and latest.state in ("starting", "running") else latest


def ask_stop(folder: Path) -> None:
    """Ask the worker to stop at the next step of its work; what it has done is kept. Raises OutputRefused, DiskFull."""
    with told(folder, STOP):
        (folder / STOP).touch()


class Lock:
    """Only one process works on a project at a time. Freed by the system when the process ends, however it ends."""

    def __init__(self, project_folder: Path) -> None:
        self.path = project_folder / LOCK

    def __enter__(self) -> Lock:
        with told(self.path.parent, "locking the project"):
            self._file = self.path.open("a+b")
        end = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                _lock(self._file.fileno())
                return self
            except OSError as error:
                if time.monotonic() > end:
                    self._file.close()
                    raise UsageError(f"{self.path.parent}: another Answerprint is working on this project; wait for it or stop "
                                     "it") from error
                time.sleep(0.02)

    def __exit__(self, *_: object) -> None:
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _held(handle: int) -> bool:
        try:
            _lock(handle)
        except OSError:
            return True
        return False
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _held(handle: int) -> bool:
        """Who asks shares the lock with all others who ask. A share that has no locks says another error: then nobody holds one."""
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            return isinstance(error, BlockingIOError)
        return False
