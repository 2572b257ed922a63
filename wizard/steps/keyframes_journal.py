"""What was done on the Keyframes page, in order, so that the last thing can be taken back first. No Qt."""
from __future__ import annotations

from collections.abc import Callable

EDIT = ""           # a change of the project; a stroke has the name of its keyframe


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
