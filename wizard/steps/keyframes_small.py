"""What is made of keyframes beside the window's thread: small pictures for the strip, one after another, and which of them paint the same
thing differently."""
from __future__ import annotations

from collections.abc import Mapping
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

Pair = tuple[str, str]
Known = tuple[object, object, list[Contradiction]]
"""What both keyframes of a pair were when they were compared, and what was found."""

REST_MS = 1500          # without a stroke, before keyframes are compared
COMPARED = 192          # px wide, at which they are
NEAREST = 8             # keyframes in the film that one is compared with


@dataclass(frozen=True)
class Compared:
    """Keyframes, each with its frame, as they are compared: the one of the frame `shown` with those that are nearest in the film."""

    frames: tuple[tuple[Keyframe, int], ...]
    palette: Palette
    shown: int
    make: Maker
    project: Path

    @property
    def key(self) -> object:
        return self.frames, self.palette, self.shown

    @property
    def near(self) -> list[tuple[Keyframe, int]]:
        """The one that is shown and those near it; none where no keyframe is shown."""
        order = sorted(self.frames, key=lambda one: abs(one[1] - self.shown))
        return order[:NEAREST + 1] if order and order[0][1] == self.shown else []

    def mark(self, keyframe: Keyframe) -> object:
        return keyframe.ops, keyframe.print, self.palette

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
    the largest first. A pair is compared when one of both is shown, and again when one of both is another."""

    found = pyqtSignal(list)

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self._pairs: dict[Pair, Known] = {}
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
        marks = {keyframe.name: wanted.mark(keyframe) for keyframe, _ in wanted.frames}
        kept = {pair: one for pair, one in self._pairs.items() if marks.get(pair[0]) == one[0] and marks.get(pair[1]) == one[1]}
        self._busy = True

        def take(made: dict[Pair, Known]) -> None:
            self._busy, self._pairs, self._known = False, made, wanted.key
            self.found.emit(sorted((one for _, _, found in made.values() for one in found), key=lambda one: -one.share))
            self._begin()

        def refused(error: Exception) -> None:
            self._busy, self._known = False, wanted.key

        self._background.begin(lambda: kept | _compared(wanted, kept), take, refused)


def _compared(wanted: Compared, kept: Mapping[Pair, Known]) -> dict[Pair, Known]:
    """What is found between the keyframe that is shown and those near it, as far as it is not known."""
    near = wanted.near
    made: dict[Pair, Known] = {}
    here = None
    for keyframe, index in near[1:]:
        first, second = sorted((near[0][0], keyframe), key=lambda one: one.name)
        if (first.name, second.name) not in kept:
            here = here or wanted.seen(*near[0])
            found = contradictions([here, wanted.seen(keyframe, index)])
            made[first.name, second.name] = wanted.mark(first), wanted.mark(second), found
    return made
