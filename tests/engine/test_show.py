"""The process that makes frames for the window, through its pipe."""
from __future__ import annotations

import io
import json
import os
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from engine import show
from engine.media.colour import luma
from engine.project import Project
from tests.engine.finished import opened, trained
from tests.engine.train.conftest import one_thread

__all__ = ["one_thread"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return trained(tmp_path_factory.mktemp("film"))


class Shown:
    """`show.serve` on a thread, as a process at the other end of two pipes."""

    def __init__(self, folder: Path) -> None:
        (read, write), (back, out) = os.pipe(), os.pipe()
        self.stdin, self.stdout = os.fdopen(write, "w"), os.fdopen(back)
        self.thread = threading.Thread(target=show.serve, args=(folder, os.fdopen(read), os.fdopen(out, "w")))
        self.thread.start()
        assert self.answer() == {"ready": True}

    def say(self, **line: Any) -> None:
        self.stdin.write(json.dumps(line) + "\n")
        self.stdin.flush()

    def answer(self) -> Any:
        return json.loads(self.stdout.readline())

    def ask(self, **line: Any) -> Any:
        self.say(**line)
        return self.answer()

    def frame(self, **line: Any) -> np.ndarray:
        return np.load(self.ask(id=1, **line)["file"]).astype(np.float32)

    def close(self) -> None:
        self.stdin.close()
        self.thread.join(20)
        assert not self.thread.is_alive()


@pytest.fixture
def shown(project: Project) -> Iterator[Shown]:
    shown = Shown(project.folder)
    yield shown
    shown.close()


def test_a_frame_is_the_result_that_an_export_has(shown: Shown, project: Project) -> None:
    from engine.recoveries.work import Restoration, shots_of
    from engine.run import Run

    result, balanced, lut = (shown.frame(index=7, what=what) for what in ("result", "balanced", "lut"))
    with opened(project) as work:
        made = Restoration(project, Run())
        kept = made.kept(work.scan, 7)
        np.testing.assert_allclose(result, made.restore(7, kept, shots_of(project)[7]), atol=2e-3)
        np.testing.assert_allclose(balanced, kept, atol=2e-3)
    np.testing.assert_allclose(luma(lut), luma(balanced), atol=2e-3)
    assert np.abs(lut - balanced).max() > 0.05


def test_a_reduced_frame_has_the_colour_of_the_whole_one(shown: Shown) -> None:
    small, whole = shown.frame(index=3, width=48), shown.frame(index=3)
    assert small.shape == (48, 48, 3)
    assert np.abs(small - cv2.resize(whole, (48, 48), interpolation=cv2.INTER_AREA)).mean() < 0.02
    answer = shown.ask(id=5, index=3, width=48)
    assert (answer["id"], answer["full"]) == (5, [96, 96])


def test_what_cannot_be_shown_is_told(shown: Shown, project: Project) -> None:
    assert shown.ask(id=1, index=99)["kind"] == "UsageError"
    assert "index" in shown.ask(id=2, index="seven")["error"]
    assert "run 8" in shown.ask(id=3, index=0, run=8)["error"]
    assert "file" in shown.ask(id=4, index=0, run=1)
    shown.stdin.write("no JSON\n")
    assert "file" in shown.ask(id=5, index=1)


def test_a_project_that_has_changed_is_read_again(shown: Shown, project: Project) -> None:
    before = shown.frame(index=2)
    model = project.folder / "runs" / "001" / "model.pt"
    kept = model.read_bytes()
    try:
        from engine.train.model import Model

        other = Model.load(model)
        other.net.last.bias.data += 1.0     # type: ignore[union-attr]
        other.save(model)
        job = model.parent / "status.json"
        status = job.read_text()
        job.write_text(status.replace(str(len(kept)), str(model.stat().st_size)))
        assert np.abs(shown.frame(index=2) - before).max() > 0.01
        job.write_text(status)
    finally:
        model.write_bytes(kept)
    np.testing.assert_array_equal(shown.frame(index=2), before)


def test_requests_that_are_superseded_are_dropped() -> None:
    lines: queue.Queue[str] = queue.Queue()
    asked = show.Requests(iter(lines.get, ""))  # type: ignore[arg-type]
    for number in (1, 2, 3):
        lines.put(json.dumps({"id": number, "index": 0}))
    lines.put(json.dumps({"cancel_before": 3}))
    lines.put(json.dumps({"id": 4, "index": 0}))
    until = time.monotonic() + 5
    while len(asked._waiting) < 4 and time.monotonic() < until:
        time.sleep(0.001)
    assert [asked.next() for _ in range(4)] == [
        {"id": 1, "index": 0, "dropped": True}, {"id": 2, "index": 0, "dropped": True}, {"id": 3, "index": 0}, {"id": 4, "index": 0}]
    lines.put("")
    assert asked.next() is None


def test_it_ends_with_its_input_and_leaves_nothing(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show.tempfile, "tempdir", str(tmp_path))
    old = tmp_path / "answerprint-show-old"
    old.mkdir()
    os.utime(old, (0, 0))
    shown = Shown(project.folder)
    assert len(list(tmp_path.iterdir())) == 1
    assert "file" in shown.ask(id=1, index=0)
    shown.close()
    assert list(tmp_path.iterdir()) == []


def test_frames_are_kept_up_to_a_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "ROOM", 3000)
    kept = show.Kept(tmp_path)
    files = [kept.put(number, np.zeros((10, 20, 3), np.float32)) for number in range(2)]
    assert kept.get(0) == files[0]
    kept.put(2, np.zeros((10, 20, 3), np.float32))
    assert kept.get(1) is None
    assert not files[1].exists()
    assert kept.get(0) == files[0]


def test_nothing_trained_yet(tmp_path: Path, project: Project) -> None:
    replace(project, folder=tmp_path / "new.project").save()
    out = io.StringIO()
    show.serve(tmp_path / "new.project", io.StringIO(""), out)
    assert json.loads(out.getvalue()) == {"ready": True}
