"""Frames for a window to look at: `python -m engine show FOLDER`, one long-lived process a project, so that the window needs no torch.

It reads JSON objects, a line each, and answers each with a line:

    {"ready": true}                                         once, when it has tried to open the film
    {"id": 7, "index": 12, "width": 960, "what": "result", "run": 2}
        -> {"id": 7, "file": "/tmp/.../3.npy", "seconds": 0.21, "full": [2048, 1556]}
        -> {"id": 7, "error": "one line", "kind": "MediaError"}     kind is the name of the error's class, or "bug"
        -> {"id": 7, "dropped": true}                       superseded before it was begun
    {"cancel_before": 9}                                    what has a smaller id and is not begun is dropped; no answer of its own

`index` counts frames of the scan from 0. `width` null or left out is the full size; a smaller one reduces the frame first and is fast.
`what` is "result", "lut" or "balanced"; `run` null or left out is the run that results are made with. The file is a float16 array
(h, w, 3), display-referred Rec.709, not clipped; it lives until ROOM is used up by later ones, or this process ends, which it does when
its input is closed. A project whose settings, run or model have changed is read again by itself.
"""
from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections import OrderedDict, deque
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

import cv2
import numpy as np

from engine.apply.onnx_nets import RECORD
from engine.detail.edits import FOLDER as EDITS
from engine.errors import AnswerprintError, MediaError, UsageError
from engine.media.locate import open_medium
from engine.media.medium import Medium
from engine.media.source import FrameSource, Picture
from engine.project import DONE, Project, load, project_file
from engine.recoveries.runs import used_run
from engine.recoveries.work import Restoring, laid_of, restoration_of, shots_of, shown, trained_with
from engine.run import Run

PREFIX = "answerprint-show-"
ROOM = 512_000_000          # bytes of frames that are kept
STALE_SECONDS = 86_400.0    # after which a folder that a killed process left is removed
WHAT = ("result", "lut", "balanced")

Stamp = tuple[tuple[int, int, int], ...]


def main(folder: Path) -> int:
    """Serve until stdin closes, with half of the machine, so that the window stays quick."""
    if hasattr(os, "nice"):
        os.nice(5)
    cv2.setNumThreads(threads())
    serve(folder, sys.stdin, sys.stdout)
    return 0


def threads() -> int:
    """Half of the cores."""
    return max(1, (os.cpu_count() or 2) // 2)


def serve(folder: Path, stdin: TextIO, stdout: TextIO) -> None:
    """Answer requests until `stdin` closes."""
    asked = Requests(stdin)
    remove_stale(Path(tempfile.gettempdir()))
    cache = Path(tempfile.mkdtemp(prefix=PREFIX))

    def answer(line: dict[str, Any]) -> None:
        stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        stdout.flush()

    frames, kept = Frames(folder), Kept(cache)
    try:
        with suppress(AnswerprintError):        # is told to whoever asks for a frame
            frames.update()
        answer({"ready": True})
        with suppress(AnswerprintError):
            frames.ready(None)
        while (request := asked.next()) is not None:
            answer({"id": request.get("id"), **reply(request, frames, kept)})
    except BrokenPipeError:
        pass
    finally:
        frames.close()
        shutil.rmtree(cache, ignore_errors=True)


def reply(request: dict[str, Any], frames: Frames, kept: Kept) -> dict[str, Any]:
    """What is answered to one request."""
    if request.get("dropped"):
        return {"dropped": True}
    began = time.monotonic()
    try:
        wish = Wish.of(request)
        frames.update()
        key = (wish, frames.stamp(wish.run))
        file = kept.get(key) or kept.put(key, frames.make(wish))
        return {"file": str(file), "seconds": round(time.monotonic() - began, 4), "full": frames.size}
    except AnswerprintError as error:
        return {"error": str(error), "kind": type(error).__name__}
    except OSError as error:
        frames.close()          # its drive may come back under another name
        return {"error": f"{frames.folder}: the scan cannot be read ({error.strerror or error}); connect its drive", "kind": "MediaMissing"}
    except Exception:
        return {"error": traceback.format_exc(), "kind": "bug"}


class Requests:
    """Requests as they come in on a thread of their own."""

    def __init__(self, stdin: TextIO) -> None:
        self._waiting: deque[dict[str, Any]] = deque()
        self._changed, self._closed = threading.Condition(), False
        threading.Thread(target=self._read, args=(stdin,), name="requests", daemon=True).start()

    def next(self) -> dict[str, Any] | None:
        """The next request, with 'dropped' where it is superseded; None when there will be no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return None if self._closed else self._waiting.popleft()

    def _read(self, stdin: TextIO) -> None:
        for line in stdin:
            with suppress(ValueError), self._changed:
                request = json.loads(line)
                if not isinstance(request, dict):
                    continue
                if "cancel_before" in request:
                    self._drop(int(request["cancel_before"]))
                else:
                    self._waiting.append(request)
                self._changed.notify()
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _drop(self, before: int) -> None:
        for request in self._waiting:
            if isinstance(request.get("id"), int) and request["id"] < before:
                request["dropped"] = True


@dataclass(frozen=True)
class Wish:
    """What is asked for."""

    index: int
    width: int | None
    what: str
    run: int | None

    @staticmethod
    def of(request: dict[str, Any]) -> Wish:
        """Raises UsageError."""
        width, run, what = request.get("width"), request.get("run"), request.get("what", "result")
        numbers = [request.get("index"), *(n for n in (width, run) if n is not None)]
        if what not in WHAT or not all(isinstance(n, int) and n >= 0 for n in numbers) or width == 0:
            raise UsageError(f"{request}: cannot be asked for; give index, width, what ({', '.join(WHAT)}) and run")
        return Wish(int(request["index"]), width, what, run)


class Frames:
    """The frames of a project, made on demand; what has changed on disk since is read again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project: Project | None = None
        self.scan: FrameSource | None = None
        self._medium: Medium | None = None
        self._read: Stamp = ()
        self._made_with: dict[int | None, tuple[Path, ...]] = {}
        self._trained: dict[int | None, tuple[Stamp, Restoring, list[str]]] = {}

    @property
    def size(self) -> list[int] | None:
        """Width and height of a whole frame."""
        return [self.scan.info.width, self.scan.info.height] if self.scan else None

    def update(self) -> None:
        """Read the project again where it has changed, and open its scan where that is another one. Raises MediaError, UsageError."""
        now = stamp(project_file(self.folder), self.folder / DONE)
        if self.project is None or now != self._read:
            self.project, self._made_with = load(self.folder), {}
            self._read = now
        if self.project.scan is None:
            raise UsageError(f"{self.folder}: the project has no scan yet; choose one first")
        if self.scan is None or self.project.scan != self._medium:
            self.close()
            self.scan, self._medium = open_medium(self.project.scan, self.folder, Run()), self.project.scan

    def close(self) -> None:
        """Let go of the scan; it is opened again when it is needed."""
        if self.scan:
            self.scan.close()
        self.scan = None

    def stamp(self, run: int | None) -> Stamp:
        """Changes whenever frames of the run would come out otherwise."""
        return (*self._read, *stamp(*self._files(run)))

    def make(self, wish: Wish) -> Picture:
        """Raises AnswerprintError."""
        assert self.scan and self.project
        info = self.scan.info
        if wish.index >= len(self.scan):
            raise UsageError(f"{info.path}: there is no frame {wish.index}; it has {len(self.scan)}")
        if wish.what == "balanced":
            return shown(self.scan, laid_of(self._as_of(wish.run)).balance, wish.index, wish.width)
        used, shots = self.ready(wish.run)
        shot = shots[wish.index] if wish.index < len(shots) else None
        return used.shown(self.scan, wish.index, shot, wish.what, wish.width)

    def ready(self, run: int | None) -> tuple[Restoring, list[str]]:
        """The run with its model as it is on disk now, and the shot of each frame. Raises MediaError where it is not there."""
        now, known = stamp(*self._files(run)), self._trained.get(run)
        if known is None or known[0] != now:
            project = self._as_of(run)
            known = now, restoration_of(project, Run(), threads()), shots_of(project)
            self._trained = {run: known} if len(self._trained) > 1 else self._trained | {run: known}
        return known[1:]

    def _as_of(self, run: int | None) -> Project:
        """The project with that run chosen."""
        assert self.project
        return self.project if run is None else replace(self.project, run=run)

    def _files(self, run: int | None) -> tuple[Path, ...]:
        """What frames of a run depend on. Raises MediaError where the run asked for is not whole."""
        if run not in self._made_with:
            project = self._as_of(run)
            used = used_run(project)
            if run is not None and (used is None or used.number != run):
                raise MediaError(f"{self.folder}: run {run} is not there or did not come to its end; choose another run")
            self._made_with[run] = (trained_with(project, "balance", "balance.json"), trained_with(project, "pairs", "choice.json"),
                                    self.folder / EDITS, *([used.model, used.model.parent / RECORD] if used else []))
        return self._made_with[run]


class Kept:
    """Frames as files, the ones used last up to ROOM."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._number = folder, 0
        self._files: OrderedDict[Any, tuple[Path, int]] = OrderedDict()

    def get(self, key: Any) -> Path | None:
        """The file of a frame that was made before."""
        if key not in self._files:
            return None
        self._files.move_to_end(key)
        return self._files[key][0]

    def put(self, key: Any, picture: Picture) -> Path:
        """Keep a frame, and let go of old ones."""
        self._number += 1
        path = self._folder / f"{self._number}.npy"
        largest = float(np.finfo(np.float16).max)
        np.save(path, np.clip(picture, -largest, largest).astype(np.float16))
        self._files[key] = path, path.stat().st_size
        while len(self._files) > 1 and sum(size for _, size in self._files.values()) > ROOM:
            _, (old, _) = self._files.popitem(last=False)
            old.unlink(missing_ok=True)
        return path


def stamp(*paths: Path) -> Stamp:
    """What tells whether files have changed."""
    found = []
    for path in paths:
        try:
            facts = path.stat()
            found.append((facts.st_mtime_ns, facts.st_size, facts.st_ino))
        except OSError:
            found.append((0, 0, 0))
    return tuple(found)


def remove_stale(temporary: Path) -> None:
    """Remove what processes that were killed left long ago."""
    for folder in temporary.glob(PREFIX + "*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
