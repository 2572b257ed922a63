"""The films as the window sees them: frames in any role, fetched beside the window's thread, newest wish first, memory bounded.

Roles: 'scan', 'reference' (as they are, for display; the reference's proxies with square pixels), 'balanced' (the balanced scan), 'laid'
(the reference on the scan's geometry), 'target' (luma of the balanced scan, chroma of the reference, or the other way round where detail
is restored), 'damage' (of a print, red on it), 'result' and 'rival' (what training had to beat), both made by the engine's show process.
Pictures are uint8, display-referred, at most PROXY wide; a whole frame comes with its values, for 1:1 and the probe.
"""
from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QImage

from engine.media.colour import to_display
from engine.media.reduce import reduced
from engine.media.source import FrameSource
from wizard.filling import Filling
from wizard.proxies import PROXY, THUMB, Proxies

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Key = tuple[str, int]
Maker = Callable[[int, int | None], Floats]
"""(index, width or None for whole) to a display-referred picture; runs in a reading thread."""

MEMORY = 192 << 20              # of proxies
THUMBS = 3000
THREADS = 2
APART = ("result", "rival", "damage")       # made by another process, or slowly: a thread of its own waits, and films are read meanwhile


@dataclass(frozen=True)
class Whole:
    """A frame whole: display-referred (h, w, 3) float32, and its values as stored (None where it was made, not read)."""

    picture: Floats
    stored: Floats | None
    depth: int


@dataclass(order=True)
class _Wish:
    rank: int
    number: int
    make: Callable[[], Any] = field(compare=False)
    channel: str = field(compare=False)
    apart: bool = field(compare=False)


class Films(QObject):
    """`picture`, `whole` and `thumb` give what is there at once, or None and ask for it; `arrived`, `whole_arrived` and `thumb_arrived`
    (role, index) tell when to ask again. `trouble` (role, index, error) tells of a frame that cannot be made."""

    arrived = pyqtSignal(str, int)
    whole_arrived = pyqtSignal(str, int)
    thumb_arrived = pyqtSignal(str, int)
    trouble = pyqtSignal(str, int, object)
    _made = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._sources: dict[str, FrameSource] = {}
        self._makers: dict[str, Maker] = {}
        self._proxies: dict[str, Proxies] = {}
        self._pictures: OrderedDict[Key, Bytes] = OrderedDict()
        self._thumbs: OrderedDict[Key, QImage] = OrderedDict()
        self._wholes: OrderedDict[Key, Whole] = OrderedDict()
        self._asked: set[tuple[str, str, int]] = set()
        self._refused: set[tuple[str, str, int]] = set()
        self._wishes: list[_Wish] = []
        self._number = 0
        self._versions: dict[str, int] = {}
        self._fillings: dict[str, Filling] = {}
        self._ahead = True
        self._condition = threading.Condition()
        self._open = True
        self._made.connect(self._take, Qt.ConnectionType.QueuedConnection)
        for k in range(THREADS + 1):
            threading.Thread(target=self._work, args=(k == THREADS,), name=f"films {k}", daemon=True).start()

    def set_source(self, role: str, source: FrameSource | None, identity: str = "") -> None:
        """Frames of `role` are those of `source`; `identity` names its proxies on disk ('' keeps none)."""
        self.forget(role)
        if source is None:
            self._sources.pop(role, None)
            self._makers.pop(role, None)
            return
        encoding, aspect = source.info.encoding, float(source.info.pixel_aspect) if role == "reference" else 1.0

        def make(index: int, width: int | None) -> Floats:
            return np.asarray(to_display(reduced(_square(source.read(index), aspect), width), encoding), np.float32)

        self._sources[role] = source
        self._makers[role] = make
        if identity:
            proxies = self._proxies[role] = Proxies(identity)
            self._fillings[role] = Filling(lambda index: to_bytes(make(index, PROXY)), proxies, len(source))
            self._fillings[role].allow(self._ahead)

    def set_maker(self, role: str, maker: Maker | None, identity: str = "") -> None:
        """Frames of `role` are made by `maker` from now on; `identity` names their proxies on disk ('' keeps none)."""
        self.forget(role)
        if maker is None:
            self._makers.pop(role, None)
        else:
            self._makers[role] = maker
            if identity:
                self._proxies[role] = Proxies(identity)

    def clear(self) -> None:
        """No films any more."""
        for role in {*self._makers, *self._sources}:
            self.set_source(role, None)

    def has(self, role: str) -> bool:
        return role in self._makers

    def source(self, role: str) -> FrameSource | None:
        return self._sources.get(role)

    def maker(self, role: str) -> Maker | None:
        """What makes the frames of `role`, for work beside the window's thread that wants their values."""
        return self._makers.get(role)

    def make_ahead(self, on: bool) -> None:
        """Whether proxies are made before anybody asks for them."""
        if on != self._ahead:
            self._ahead = on
            for filling in self._fillings.values():
                filling.allow(on)

    def forget(self, role: str) -> None:
        """Pictures of `role` are out of date."""
        self._versions[role] = self._versions.get(role, 0) + 1
        self._proxies.pop(role, None)
        if role in self._fillings:
            self._fillings.pop(role).stop()
        for kept in (self._pictures, self._thumbs, self._wholes):
            for key in [key for key in kept if key[0] == role]:
                del kept[key]
        self._asked = {a for a in self._asked if a[1] != role}
        self._refused = {a for a in self._refused if a[1] != role}

    def picture(self, role: str, index: int, channel: str = "") -> Bytes | None:
        """The proxy of a frame. A newer wish in the same `channel` (a viewer) takes the place of one that was not begun."""
        return self._wanted("picture", self._pictures, role, index, 0, channel)

    def there(self, role: str, index: int) -> Bytes | None:
        """The proxy of a frame where it is there; nothing is asked for."""
        return self._pictures.get((role, index))

    def whole(self, role: str, index: int, channel: str = "") -> Whole | None:
        """A frame whole; the last few are kept."""
        return self._wanted("whole", self._wholes, role, index, 1, channel and channel + " whole")

    def thumb(self, role: str, index: int) -> QImage | None:
        """A small picture of a frame."""
        return self._wanted("thumb", self._thumbs, role, index, 2, "")

    def drop_thumb_wishes(self) -> None:
        """What was asked for and is not on the screen any more need not be made."""
        with self._condition:
            dropped = [w for w in self._wishes if w.rank == 2]
            self._wishes = [w for w in self._wishes if w.rank != 2]
        self._asked = {a for a in self._asked if a[0] != "thumb"} if dropped else self._asked

    def _wanted(self, kind: str, kept: OrderedDict[Key, Any], role: str, index: int, rank: int, channel: str) -> Any:
        key = (role, index)
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
        asked = (kind, role, index)
        if role in self._makers and asked not in self._asked and asked not in self._refused:
            self._asked.add(asked)
            self._wish(kind, role, index, rank, channel)
        return None

    def _wish(self, kind: str, role: str, index: int, rank: int, channel: str) -> None:
        make, version, proxies = self._makers[role], self._versions[role], self._proxies.get(role)
        source = self._sources.get(role)

        def perform() -> Any:
            return kind, role, index, version, _MAKE[kind](make, source, proxies, index)

        with self._condition:
            if channel:
                for old in [w for w in self._wishes if w.channel == f"{channel} {role}"]:
                    self._wishes.remove(old)
                    self._asked -= {a for a in self._asked if a[0] == kind and a[1] == role and a[2] != index}
            self._number += 1
            self._wishes.append(_Wish(rank, -self._number, perform, f"{channel} {role}" if channel else "", role in APART))
            self._condition.notify_all()

    def _work(self, apart: bool) -> None:
        while True:
            with self._condition:
                while self._open and not any(w.apart == apart for w in self._wishes):
                    self._condition.wait()
                if not self._open:
                    return
                wish = min(w for w in self._wishes if w.apart == apart)
                self._wishes.remove(wish)
            try:
                self._made.emit(wish.make())
            except RuntimeError:        # the window is gone
                return

    def _take(self, made: tuple[str, str, int, int, Any]) -> None:
        kind, role, index, version, result = made
        if not self._open or version != self._versions.get(role):
            return
        self._asked.discard((kind, role, index))
        if isinstance(result, Exception):
            self._refused.add((kind, role, index))
            self.trouble.emit(role, index, result)
            return
        if kind == "picture":
            self._pictures[role, index] = result
            while sum(p.nbytes for p in self._pictures.values()) > MEMORY:
                self._pictures.popitem(last=False)
            self.arrived.emit(role, index)
        elif kind == "whole":
            self._wholes[role, index] = result
            while len(self._wholes) > 4:
                self._wholes.popitem(last=False)
            self.whole_arrived.emit(role, index)
        else:
            self._thumbs[role, index] = image_of(result)
            while len(self._thumbs) > THUMBS:
                self._thumbs.popitem(last=False)
            self.thumb_arrived.emit(role, index)

    def close(self) -> None:
        """Let the threads end and the files go."""
        with self._condition:
            self._open = False
            self._condition.notify_all()
        for filling in self._fillings.values():
            filling.stop()
        for source in self._sources.values():
            source.close()
        self._sources.clear()
        self._makers.clear()


def image_of(picture: Bytes) -> QImage:
    """A QImage with its own copy of uint8 (h, w, 3)."""
    height, width = picture.shape[:2]
    return QImage(picture.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def to_bytes(picture: Floats) -> Bytes:
    return np.asarray(np.clip(picture * 255 + 0.5, 0, 255), np.uint8)


def _square(picture: Floats, aspect: float) -> Floats:
    """With square pixels, as it is to be looked at."""
    if aspect == 1.0:
        return picture
    height, width = picture.shape[:2]
    return np.asarray(cv2.resize(picture, (round(width * aspect), height), interpolation=cv2.INTER_LINEAR), np.float32)


def _picture(make: Maker, source: FrameSource | None, proxies: Proxies | None, index: int) -> Any:
    try:
        known = proxies.load(index) if proxies else None
        if known is None:
            known = to_bytes(make(index, PROXY))
            if proxies:
                proxies.save(index, known)
        return known
    except Exception as error:
        return error


def _thumb(make: Maker, source: FrameSource | None, proxies: Proxies | None, index: int) -> Any:
    try:
        known = proxies.load_thumb(index) if proxies else None
        if known is None:
            known = to_bytes(reduced(make(index, THUMB), THUMB))
            if proxies:
                proxies.save_thumb(index, known)
        return known
    except Exception as error:
        return error


def _whole(make: Maker, source: FrameSource | None, proxies: Proxies | None, index: int) -> Any:
    try:
        if source is None:
            return Whole(make(index, None), None, 10)
        stored = source.read(index)
        return Whole(np.asarray(to_display(stored, source.info.encoding), np.float32), stored, source.info.depth)
    except Exception as error:
        return error


_MAKE = {"picture": _picture, "whole": _whole, "thumb": _thumb}
