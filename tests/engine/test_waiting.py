"""A share that goes away is waited for, and said; the user may stop; then it goes on with the same frame."""
from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import DamagedFrame, OutputRefused
from engine.export import export as exporting
from engine.export.export import ExportSettings, export
from engine.fixity import known_prints
from engine.jobs import WorkRun
from engine.media.coded import CodedFrames
from engine.media.open import open_source
from engine.recoveries.perform import run_steps
from engine.run import Cancelled, Run
from engine.waiting import PAUSE, TRIES, WORDS, patiently, waited_for
from tests.conftest import faded_pair, write_png
from tests.engine.finished import FRAMES, opened, trained
from tests.engine.train.conftest import one_thread

__all__ = ["one_thread"]


class Waiting(Run):
    """A patient run whose pauses take no time: `meanwhile` says what happens in each."""

    patient = True

    def __init__(self, meanwhile: Callable[[int], None] = lambda pause: None, stop_at: int | None = None) -> None:
        super().__init__(lambda: stop_at is not None and self.pauses >= stop_at)
        self.pauses, self.notes, self.said = 0, list[str](), list[str]()
        self._meanwhile = meanwhile

    def pause(self, seconds: float) -> None:
        assert 0 < seconds <= PAUSE
        self.pauses += 1
        self._meanwhile(self.pauses)

    def report(self, done: int, total: int, note: str) -> None:
        self.notes.append(note)

    def say(self, text: str) -> None:
        self.said.append(text)


def away(folder: Path) -> Path:
    return folder.with_name(folder.name + " away")


def test_it_is_tried_again_when_the_folder_is_back(tmp_path: Path) -> None:
    folder, tried = tmp_path / "share", list[int]()
    away(folder).mkdir()

    def work() -> str:
        tried.append(1)
        if not folder.exists():
            raise OSError(errno.ENOENT, "gone")
        return "done"

    run = Waiting(lambda pause: away(folder).rename(folder) if pause == 30 else None)
    assert patiently(work, [folder], run) == "done"
    assert len(tried) == 2 and run.pauses >= 30
    assert set(run.notes) == {WORDS.format(folder=folder)} and run.said[-1] == f"{folder} is back; going on"
    assert waited_for(run.notes[0]) == str(folder) and waited_for("restoring") is None


def test_the_user_may_stop_while_it_waits(tmp_path: Path) -> None:
    def work() -> None:
        raise OutputRefused("gone")

    run = Waiting(stop_at=5)
    with pytest.raises(Cancelled):
        patiently(work, [tmp_path / "share"], run)
    assert run.pauses == 5


@pytest.mark.parametrize("number", [errno.ENOTCONN, errno.ESTALE, errno.EIO, errno.EHOSTDOWN, errno.ENETUNREACH, errno.ETIMEDOUT,
                                    errno.ENODEV, errno.ENXIO])
def test_a_system_that_says_it_is_gone_is_asked_again_though_the_folder_is_there(tmp_path: Path, number: int) -> None:
    fails = [True] * TRIES

    def work() -> str:
        if fails and fails.pop():
            raise OutputRefused("wrapped") from OSError(number, os.strerror(number))
        return "done"

    assert patiently(work, [tmp_path], Waiting()) == "done"
    fails[:] = [True] * (TRIES + 1)
    with pytest.raises(OutputRefused):
        patiently(work, [tmp_path], Waiting())


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOENT])
def test_other_errors_are_told_at_once(tmp_path: Path, number: int) -> None:
    run = Waiting()
    with pytest.raises(OSError):
        patiently(lambda: exec_raise(OSError(number, "")), [tmp_path], run)
    assert run.pauses == 0


def test_nobody_waits_where_nobody_could_stop_it(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        patiently(lambda: exec_raise(OSError(errno.ESTALE, "")), [tmp_path / "share"], Run())


def exec_raise(error: Exception) -> None:
    raise error


def test_a_frame_of_a_share_that_comes_back_is_the_same_frame(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    for index in range(3):
        write_png(folder / f"scan_{index}.png", faded_pair(index)[1])
    run = Waiting(lambda pause: away(folder).rename(folder) if pause == 4 else None)
    with open_source(folder, run=run) as scan:
        before = scan.read(1)
        folder.rename(away(folder))
        assert np.array_equal(scan.read(1), before)
    assert run.pauses >= 4
    with open_source(folder, run=Waiting()) as scan:
        scan.files(1)[0].unlink()               # a single file that is gone is no share that is
        with pytest.raises(DamagedFrame):
            scan.read(1)


@pytest.mark.parametrize("what", ["out", "scan"])
def test_an_export_waits_for_its_folders_and_goes_on_with_the_same_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                                        what: str) -> None:
    project = trained(tmp_path / "film")
    project.settings = replace(project.settings, formats=("dpx", "ffv1"))
    whole, made = tmp_path / "whole", list[str]()
    whole.mkdir()
    with opened(project) as work:
        work.out = whole
        run_steps(work, Run())

    out = tmp_path / "out"
    out.mkdir()
    gone = {"out": out, "scan": tmp_path / "film" / "scan"}[what]
    write_frame = exporting.make_frame

    def writing(*given: object) -> object:
        name = given[2].name                    # type: ignore[attr-defined]
        if name == "0005" and "0005" not in made:
            made.append(name)
            gone.rename(away(gone))             # as the frame is to be written
        frame = write_frame(*given)             # type: ignore[arg-type]
        made.append(name)
        return frame

    monkeypatch.setattr(exporting, "make_frame", writing)
    run = Waiting(lambda pause: away(gone).rename(gone) if pause == 3 else None)
    with opened(project, run=run) as work:
        work.out = out
        run_steps(work, run)
    assert run.pauses >= 3 and WORDS.format(folder=gone) in run.notes
    assert made.count("0001") == 1              # what was written before is not made again
    pictures, again = ({path.relative_to(folder).as_posix(): path.read_bytes() for suffix in ("dpx", "mkv")
                        for path in folder.rglob(f"*.{suffix}")} for folder in (whole, out))
    assert len(pictures) == FRAMES + 1 and again == pictures
    assert not list(out.rglob("*.partial"))


@pytest.mark.parametrize("note", ["hashing, MiB", "reading again, MiB"])
def test_a_share_that_goes_away_while_files_are_hashed_is_waited_for(tmp_path: Path, note: str) -> None:
    project = trained(tmp_path / "film")
    shutil.rmtree(project.folder / "fixity")
    share = tmp_path / "film" / "scan"

    class Going(Waiting):
        """Under which the share goes away as the first files are hashed."""

        def report(self, done: int, total: int, told: str) -> None:
            if told == note and note not in self.notes:
                share.rename(away(share))
            super().report(done, total, told)

    run = Going(lambda pause: away(share).rename(share) if pause == 3 else None)
    with opened(project, run=run) as work:
        run_steps(work, run)
    assert run.pauses >= 3 and WORDS.format(folder=share) in run.notes
    known = known_prints(next((project.folder / "fixity").glob("*.inputs.jsonl")))
    assert len(known) == 2 * FRAMES and len(list(tmp_path.glob("film/*dpx/*.dpx"))) == FRAMES


def test_the_worker_tells_the_window_what_it_waits_for(tmp_path: Path) -> None:
    project, share = tmp_path / "film.project", tmp_path / "share"
    project.mkdir()
    away(share).mkdir()
    seen = list[str | None]()

    def meanwhile(pause: int) -> None:
        run.beat()
        seen.append(waited_for(run.status.note))
        if pause == 3:
            shutil.move(away(share), share)

    run = WorkRun(project, "export", Waiting(meanwhile))
    patiently(lambda: share.rmdir() if share.exists() else exec_raise(OSError(errno.ENOENT, "")), [share], run)
    assert seen[0] == str(share)


def test_a_video_is_opened_anew_and_shows_the_same_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "share"
    for index in range(4):
        write_png(folder / "scan" / f"scan_{index:04d}.png", faded_pair(index)[1])
    with open_source(folder / "scan") as scan:
        export(scan, scan.read, lambda index, picture: picture, ExportSettings(folder, ("ffv1",)), Run())
    run, frame, calls = Waiting(), CodedFrames.frame, list[int]()

    def stale(self: CodedFrames, index: int) -> object:
        calls.append(index)
        if len(calls) == 1:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        return frame(self, index)

    with open_source(next(folder.glob("*.mkv")), run=run) as film:
        wanted = film.read(2)
        monkeypatch.setattr(CodedFrames, "frame", stale)
        assert np.array_equal(film.read(2), wanted) and np.array_equal(film.read(3), film.read(3))
    assert calls[:2] == [2, 2] and run.pauses == 1
