"""Small pictures of keyframes for the strip, made beside the window's thread, one after another; and what was done on the page, in order,
so that the last thing can be taken back first."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from engine.keyframes.keyframe import Keyframe
from wizard.background import Background
from wizard.films import Bytes, Maker, image_of
from wizard.steps.keyframes_easel import Palette, small_picture

EDIT = ""           # a change of the project in the journal; a stroke has the name of its keyframe


class Smalls(QObject):
    """`arrived` when one is ready."""

    arrived = pyqtSignal()

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self._kept: dict[str, tuple[object, QImage]] = {}
        self._refused: dict[str, object] = {}
        self._busy = False

    def clear(self) -> None:
        self._kept.clear()
        self._refused.clear()

    def put(self, keyframe: Keyframe, palette: Palette, picture: Bytes) -> None:
        """One that is known already."""
        self._kept[keyframe.name] = ((keyframe, palette), image_of(picture))

    def of(self, keyframe: Keyframe, palette: Palette, index: int, make: Maker, project: Path) -> QImage | None:
        """The one that is there, out of date perhaps; a new one is begun where none is being made."""
        key = (keyframe, palette)
        known = self._kept.get(keyframe.name)
        if (known is None or known[0] != key) and not self._busy and self._refused.get(keyframe.name) != key:
            self._busy = True

            def take(picture: Bytes) -> None:
                self._busy = False
                self.put(keyframe, palette, picture)
                self.arrived.emit()

            def refused(error: Exception) -> None:
                self._busy = False
                self._refused[keyframe.name] = key
                self.arrived.emit()

            self._background.begin(lambda: small_picture(make, index, keyframe, palette, project), take, refused)
        return known[1] if known is not None else None


class Journal:
    """What the user did on the page since he came: strokes on the frame that is shown, and changes of the project."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._undone: list[str] = []

    def clear(self) -> None:
        self._done.clear()
        self._undone.clear()

    def went(self) -> None:
        """Another frame is shown: strokes are those of that frame now."""
        self._done = [mark for mark in self._done if mark == EDIT]
        self._undone.clear()

    def add(self, mark: str) -> None:
        self._done.append(mark)
        self._undone.clear()

    def forget(self) -> None:
        """What was added last did nothing."""
        self._done.pop()

    def back(self, stroke: Callable[[], bool], edit: Callable[[], str], words: str) -> str:
        """Take back the later of the last stroke and the last change; what it was, '' where there is nothing."""
        return _turn(self._done, self._undone, stroke, edit, words)

    def again(self, stroke: Callable[[], bool], edit: Callable[[], str], words: str) -> str:
        return _turn(self._undone, self._done, stroke, edit, words)

    def stroke_back(self) -> None:
        """A stroke was taken back by itself."""
        for at in reversed(range(len(self._done))):
            if self._done[at] != EDIT:
                self._undone.append(self._done.pop(at))
                return


def _turn(source: list[str], target: list[str], stroke: Callable[[], bool], edit: Callable[[], str], words: str) -> str:
    mark = source.pop() if source else None
    if mark == EDIT:
        target.append(mark)
        return edit()
    if not stroke():
        return ""
    target.append(mark or words)
    return words
