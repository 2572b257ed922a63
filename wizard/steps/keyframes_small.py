"""What is made of keyframes beside the window's thread: small pictures for the strip, one after another, and which of them paint the same
thing differently."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage

from engine.keyframes.contradictions import Contradiction, Seen, contradictions
from engine.keyframes.keyframe import Keyframe
from engine.keyframes.painted import paint
from engine.media.reduce import reduced
from wizard.background import Background
from wizard.films import Bytes, Maker, image_of
from wizard.steps.keyframes_easel import Palette, small_picture

REST_MS = 1500          # without a stroke, before keyframes are compared
COMPARED = 192          # px wide, at which they are


@dataclass(frozen=True)
class Compared:
    """Keyframes, each with its frame, as they are compared."""

    frames: tuple[tuple[Keyframe, int], ...]
    palette: Palette
    make: Maker
    project: Path

    @property
    def key(self) -> object:
        return self.frames, self.palette

    def seen(self, keyframe: Keyframe, index: int) -> Seen:
        picture = np.ascontiguousarray(reduced(self.make(index, COMPARED), COMPARED))
        return Seen(keyframe.name, picture, paint(keyframe, picture, self.palette, self.project))


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


class Clashes(QObject):
    """Looks for keyframes that paint the same thing differently, when nothing was done for a while; `found` is a list of Contradiction,
    the largest first. What a keyframe looks like is kept while it is the same."""

    found = pyqtSignal(list)

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self._looks: dict[str, tuple[object, Seen]] = {}
        self._wanted: Compared | None = None
        self._known: object = None
        self._busy = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._begin)

    def look(self, wanted: Compared) -> None:
        """Compare these keyframes."""
        self._wanted = wanted
        if wanted.key != self._known:
            self._rest.start()

    def _begin(self) -> None:
        wanted = self._wanted
        if wanted is None or self._busy or wanted.key == self._known:
            return
        self._busy, kept = True, dict(self._looks)

        def work() -> tuple[dict[str, tuple[object, Seen]], list[Contradiction]]:
            looks = {}
            for keyframe, index in wanted.frames:
                known = kept.get(keyframe.name)
                key = (keyframe, wanted.palette)
                looks[keyframe.name] = known if known and known[0] == key else (key, wanted.seen(keyframe, index))
            return looks, contradictions([seen for _, seen in looks.values()]) if len(looks) > 1 else []

        def take(made: tuple[dict[str, tuple[object, Seen]], list[Contradiction]]) -> None:
            self._busy, self._looks, self._known = False, made[0], wanted.key
            self.found.emit(made[1])
            self._begin()

        def refused(error: Exception) -> None:
            self._busy, self._known = False, wanted.key

        self._background.begin(work, take, refused)
