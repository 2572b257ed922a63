"""The window's side of the show process, which makes frames of the result so that the window needs no torch (see engine/show.py)."""
from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import AnswerprintError

Floats = NDArray[np.float32]
SECONDS = 120.0             # for one frame; a first one has to load the model


class Shower:
    """Begun when the first frame is wanted, ended by `close`. `result` and `lut` may be asked by several threads at once."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._answered = threading.Condition(self._lock)
        self._answers: dict[int, dict[str, Any]] = {}
        self._number = 0

    def set_project(self, folder: Path | None) -> None:
        """Frames are those of another project from now on."""
        if folder != self._folder:
            self.close()
            self._folder = folder

    def result(self, index: int, width: int | None) -> Floats:
        """Frame `index` of the result, display-referred, at most `width` wide. Raises AnswerprintError."""
        return self._frame("result", index, width)

    def lut(self, index: int, width: int | None) -> Floats:
        return self._frame("lut", index, width)

    def _frame(self, what: str, index: int, width: int | None) -> Floats:
        with self._lock:
            process = self._running()
            self._number += 1
            number = self._number
            try:
                assert process.stdin is not None
                process.stdin.write(json.dumps({"id": number, "index": index, "width": width, "what": what}) + "\n")
                process.stdin.flush()
            except (OSError, ValueError) as error:
                raise AnswerprintError("the process that makes the result's frames has ended; look at the frame again") from error
            there = self._answered.wait_for(lambda: number in self._answers or process.poll() is not None, SECONDS)
            answer = self._answers.pop(number, None)
        if not there or answer is None or "file" not in answer:
            raise AnswerprintError(str((answer or {}).get("error", "the frame of the result was not made; look at it again")))
        return np.asarray(np.load(answer["file"]), np.float32)

    def _running(self) -> subprocess.Popen[str]:
        """The process, begun where there is none or it has ended."""
        if self._folder is None:
            raise AnswerprintError("no project is open")
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "engine", "show", str(self._folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True, encoding="utf-8")
            threading.Thread(target=self._listen, args=(self._process,), name="show", daemon=True).start()
        return self._process

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                answer = json.loads(line)
            except ValueError:
                continue
            if "id" in answer:
                with self._answered:
                    self._answers[int(answer["id"])] = answer
                    self._answered.notify_all()
        process.wait()
        with self._answered:
            self._answered.notify_all()

    def close(self) -> None:
        """End the process; who waits for a frame is told that there is none."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None and process.stdin is not None:
            try:
                process.stdin.close()
            except OSError:
                process.kill()
