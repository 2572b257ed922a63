"""A job folder tells what happens, stops when asked, goes on with the same inputs and starts over with others; a worker tells of itself
however it ends."""
from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.errors import DiskFull, MediaMissing, UsageError
from engine.jobs import LOG, STOP, WORK, Lock, ask_stop, perform, start, status, working, working_on
from engine.media.medium import Medium
from engine.media.source import Reading
from engine.media.volumes import Place
from engine.project import Project
from engine.run import Cancelled, Run

JOB = {"version": 1, "step": "count", "inputs": "abc"}


def state(folder: Path) -> Any:
    return json.loads((folder / "status.json").read_text())


def test_a_finished_job_leaves_its_facts_in_its_status(tmp_path: Path) -> None:
    def work(folder: Path, run: Run) -> dict[str, Any]:
        run.step(3, 3)
        return {"frames": 3}

    assert perform(tmp_path / "job", JOB, work, Run()) == {"frames": 3}
    assert state(tmp_path / "job")["state"] == "done"
    assert state(tmp_path / "job")["facts"] == {"frames": 3}


def test_a_stop_file_stops_the_job_at_its_next_step(tmp_path: Path) -> None:
    steps = []

    def work(folder: Path, run: Run) -> dict[str, Any]:
        for i in range(10):
            run.step(i, 10)
            steps.append(i)
            if i == 3:
                (folder / "stop").touch()
        return {}

    with pytest.raises(Cancelled):
        perform(tmp_path / "job", JOB, work, Run())
    assert steps == [0, 1, 2, 3]
    assert state(tmp_path / "job")["state"] == "stopped"


def test_the_same_inputs_go_on_in_the_folder_and_others_start_over(tmp_path: Path) -> None:
    def work(folder: Path, run: Run) -> dict[str, Any]:
        kept = (folder / "half").exists()
        (folder / "half").touch()
        return {"kept": kept}

    folder = tmp_path / "job"
    assert perform(folder, JOB, work, Run()) == {"kept": False}
    assert perform(folder, JOB, work, Run()) == {"kept": True}
    assert perform(folder, JOB | {"inputs": "other"}, work, Run()) == {"kept": False}


def test_an_error_is_kept_in_the_status(tmp_path: Path) -> None:
    def work(folder: Path, run: Run) -> dict[str, Any]:
        raise DiskFull("frame 12: the disk is full; free 2 GB")

    with pytest.raises(DiskFull):
        perform(tmp_path / "job", JOB, work, Run())
    assert state(tmp_path / "job")["kind"] == "DiskFull"
    assert "frame 12" in state(tmp_path / "job")["error"]


def test_two_cannot_work_on_one_project(tmp_path: Path) -> None:
    with Lock(tmp_path), pytest.raises(UsageError, match="another Answerprint"), Lock(tmp_path):
        pass
    with Lock(tmp_path):
        pass


def until(true: Callable[[], object], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def told(folder: Path) -> Any:
    found = status(folder)
    assert found is not None
    return found


def test_a_worker_tells_where_it_is_and_that_it_is_done(tmp_path: Path) -> None:
    assert status(tmp_path) is None and not working(tmp_path)
    with working_on(tmp_path, "train", Run()) as run:
        run.say("a guess was made")
        with run.phase("align"):
            run.step(3, 12, "reading the scan; 2 damaged")
        until(lambda: told(tmp_path).done)
        now = told(tmp_path)
        assert working(tmp_path) and now.state == "running" and now.pid == os.getpid()
        assert (now.until, now.step, now.phase, now.done, now.total) == ("train", "align", "reading the scan", 3, 12)
        first = now.heartbeat
        until(lambda: told(tmp_path).heartbeat > first)     # without a step: a long call does not look dead
    assert told(tmp_path).state == "done" and not working(tmp_path)
    assert "a guess was made" in (tmp_path / LOG).read_text()


def test_a_training_that_stands_still_is_told_once_until_a_step_comes(tmp_path: Path) -> None:
    seconds, said = [0.0], []

    class Shown(Run):
        def say(self, text: str) -> None:
            said.append(text)

    with working_on(tmp_path, "train", Shown(), clock=lambda: seconds[0]) as run:
        run.enter("align")
        seconds[0] = 100.0
        run.beat()
        assert told(tmp_path).still == 0            # only a training is watched
        run.enter("train")
        run.step(1, 10, "training")
        seconds[0] = 159.0
        run.beat()
        assert told(tmp_path).still == 0
        for now in (160.0, 175.0):
            seconds[0] = now
            run.beat()
        assert told(tmp_path).still == 75
        assert [text.split(":")[0] for text in said] == ["no step of the training for 60 s"]
        assert (tmp_path / LOG).read_text().count("no step of the training") == 1
        run.step(2, 10, "training")
        run.beat()
        assert told(tmp_path).still == 0
        seconds[0] = 300.0
        run.beat()
        assert len(said) == 2
    assert (told(tmp_path).state, told(tmp_path).still) == ("done", 0)


def test_a_stop_that_was_asked_for_ends_the_worker_and_is_over_then(tmp_path: Path) -> None:
    with pytest.raises(Cancelled), working_on(tmp_path, "train", Run()) as run:
        ask_stop(tmp_path)
        perform(tmp_path / "align", JOB, lambda folder, inner: {"done": inner.step(1, 2)}, run)
    assert told(tmp_path).state == state(tmp_path / "align")["state"] == "stopped"
    assert not (tmp_path / STOP).exists()


@pytest.mark.parametrize(("error", "kind"), [(MediaMissing("the media is not where it was"), "MediaMissing"), (KeyError("x"), "bug")])
def test_an_error_is_told_by_its_kind_and_a_bug_with_its_traceback(tmp_path: Path, error: Exception, kind: str) -> None:
    with pytest.raises(type(error)), working_on(tmp_path, "train", Run()):
        raise error
    assert (told(tmp_path).state, told(tmp_path).kind) == ("error", kind)
    assert ("Traceback" in told(tmp_path).error) == (kind == "bug")


def test_a_worker_that_was_killed_is_lost_and_leaves_the_project_free(tmp_path: Path) -> None:
    code = ("import sys, time; from pathlib import Path; from engine.jobs import working_on; from engine.run import Run\n"
            "with working_on(Path(sys.argv[1]), 'train', Run()) as run:\n run.enter('train')\n time.sleep(60)")
    worker = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
    until(lambda: (found := status(tmp_path)) and found.step == "train")
    with pytest.raises(UsageError, match="another Answerprint"):
        start(tmp_path)
    os.kill(worker.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    worker.wait()
    assert not working(tmp_path)
    assert (told(tmp_path).state, told(tmp_path).step) == ("lost", "train")


def test_a_worker_that_is_started_says_why_it_cannot_begin(tmp_path: Path) -> None:
    medium = Medium(Place(None, "../gone", "f1"), Reading(), "rec709")
    Project(tmp_path, "film", "colour-reference", medium, medium).save()
    (tmp_path / STOP).touch()
    worker = start(tmp_path, "align")
    assert told(tmp_path).state in ("starting", "running", "error")
    worker.wait(30)
    assert (told(tmp_path).state, told(tmp_path).kind, told(tmp_path).step) == ("error", "MediaMissing", "")
    (tmp_path / WORK).write_text("{")
    assert status(tmp_path) is None


def test_who_asks_whether_a_worker_is_there_does_not_keep_one_out(tmp_path: Path) -> None:
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            working(tmp_path)

    asking = [threading.Thread(target=ask) for _ in range(2)]
    for one in asking:
        one.start()
    try:
        for _ in range(300):
            with Lock(tmp_path):
                assert working(tmp_path)
    finally:
        over.set()
        for one in asking:
            one.join()


@pytest.mark.skipif(sys.platform == "win32", reason="flock")
def test_who_asks_is_not_taken_for_a_worker_nor_is_a_share_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    with Lock(tmp_path):
        pass
    with (tmp_path / "lock").open("rb") as asking:
        fcntl.flock(asking.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
        assert not working(tmp_path)
    lock = fcntl.flock

    def on_nfs(handle: int, how: int) -> None:
        """Its exclusive locks ask for a file that is open for writing."""
        if how & fcntl.LOCK_EX and not fcntl.fcntl(handle, fcntl.F_GETFL) & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EBADF, "Bad file descriptor")
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", on_nfs)
    assert not working(tmp_path)
    with Lock(tmp_path):
        assert working(tmp_path)
    monkeypatch.setattr(fcntl, "flock", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOLCK, "No locks available")))
    assert not working(tmp_path)
