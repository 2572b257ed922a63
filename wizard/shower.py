"""The window's side of the show process, which makes frames of the result so that the window needs no torch (see engine/show.py)."""
from __future__ import annotations

import json
import queue
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import AnswerprintError
from engine.programs import engine_command

Floats = NDArray[np.float32]
Answer = dict[str, Any]

SECONDS = 300.0             # for one frame; a first one has to load the model
GRACE = 15.0                # for a process to end by itself once nothing more is asked of it


class NotShown(AnswerprintError):
    """A frame that was not made. `kind` is the name of the engine's error, '' where the process ended."""

    def __init__(self, text: str, kind: str = "") -> None:
        super().__init__(text)
        self.kind = kind


class Shower:
    """Begun when the first frame is wanted, ended by `close`. `result` may be asked by several threads at once, and blocks."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._process: _Process | None = None
        self._lock = threading.Lock()

    def set_project(self, folder: Path | None) -> None:
        """Frames are those of another project from now on."""
        if folder != self._folder:
            self._swap(folder)

    def result(self, index: int, width: int | None) -> Floats:
        """Frame `index` of the result, display-referred, at most `width` wide. Raises NotShown."""
        return self._frame(index, width, "result")

    def rival(self, index: int, width: int | None) -> Floats:
        """The same frame by what the training had to beat: the LUT, or the linear filter. Raises NotShown."""
        return self._frame(index, width, "lut")

    def _frame(self, index: int, width: int | None, what: str) -> Floats:
        """A process that ended is begun once more, where nobody closed it."""
        for _ in range(2):
            process = self._running()
            answer = process.ask({"index": index, "width": width, "what": what})
            if answer is not None:
                return picture_of(answer)
            if process.closed:
                break
        raise NotShown("the process that makes frames of the result has ended; look at the frame again")

    def _running(self) -> _Process:
        with self._lock:
            if self._folder is None:
                raise NotShown("no project is open")
            if self._process is None or self._process.ended:
                self._process = _Process(self._folder)
            return self._process

    def close(self) -> None:
        """End the process; who waits for a frame is told at once that there is none."""
        self._swap(self._folder)

    def _swap(self, folder: Path | None) -> None:
        with self._lock:
            process, self._process, self._folder = self._process, None, folder
        if process is not None:
            process.close()


def picture_of(answer: Answer) -> Floats:
    """The frame of an answer. Raises NotShown."""
    if "file" not in answer:
        raise NotShown(str(answer.get("error", "the frame was not made")), str(answer.get("kind", "")))
    try:
        return np.asarray(np.load(answer["file"]), np.float32)
    except (OSError, ValueError) as error:
        raise NotShown(f"{answer['file']}: the frame cannot be read; look at it again") from error


class _Process:
    """One show process. Its answers go to whoever asked; it ends when its input is closed, which happens too when this program ends."""

    def __init__(self, folder: Path) -> None:
        self.closed, self.ended = False, False
        self._lock = threading.Lock()
        self._waiting: dict[int, queue.SimpleQueue[Answer | None]] = {}
        self._number = 0
        try:
            self._process = subprocess.Popen(
                engine_command("show", folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True, encoding="utf-8")
        except OSError as error:
            raise NotShown(f"frames of the result cannot be made ({error.strerror or error}); look at the frame again") from error
        threading.Thread(target=self._listen, name="show", daemon=True).start()

    def ask(self, wish: Answer) -> Answer | None:
        """Its answer; None where the process ended or was closed."""
        answer: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
        with self._lock:
            if self.ended or self.closed:
                return None
            self._number += 1
            number = self._number
            self._waiting[number] = answer
            try:
                self._say({"id": number, **wish})
            except (OSError, ValueError):
                self._end()
                return None
        try:
            return answer.get(timeout=SECONDS)
        except queue.Empty:
            self._process.kill()
            return None

    def _say(self, line: Answer) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with suppress(ValueError):
                answer = json.loads(line)
                with self._lock:
                    waiting = self._waiting.pop(answer.get("id"), None)
                if waiting is not None:
                    waiting.put(answer)
        with self._lock:
            self._end()
        self._process.wait()

    def _end(self) -> None:
        """Nobody will be answered any more."""
        self.ended = True
        for waiting in self._waiting.values():
            waiting.put(None)
        self._waiting.clear()

    def close(self) -> None:
        """Let the process end after the frame that it is at; one that does not is ended by force."""
        with self._lock:
            self.closed = True
            self._end()
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        threading.Thread(target=self._see_out, name="show ends", daemon=True).start()

    def _see_out(self) -> None:
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
