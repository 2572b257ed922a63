"""Small copies of frames on disk, so that scrubbing a 4K scan shows a frame at once. They live in the user's cache, can be thrown away at
any time, and are for the screen only: nothing is trained on, measured or exported from them. No Qt."""
from __future__ import annotations

import os
import sys
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.media.medium import Medium
from engine.project import input_hash

Bytes = NDArray[np.uint8]

PROXY, THUMB = 1024, 160        # pixels wide
ROOM = 4 << 30                  # bytes of proxies a film may take


def cache_folder() -> Path:
    """Where the program keeps what it can make again; ANSWERPRINT_CACHE names another folder."""
    if named := os.environ.get("ANSWERPRINT_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "Answerprint"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "Answerprint"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "answerprint"


def identity_of(medium: Medium) -> str:
    """Names a film and how it is read, as its small copies are kept."""
    return input_hash(medium.place.fingerprint, str(medium.reading))


class Proxies:
    """The small copies of one film, read in one way. A cache that cannot be written is no error: frames are then read from the film."""

    def __init__(self, identity: str) -> None:
        self.folder = cache_folder() / "proxies" / identity
        self._bytes = 0

    def load(self, index: int) -> Bytes | None:
        """uint8 (h, w, 3) R G B."""
        return _load(self._path(index, "proxy"))

    def has(self, index: int) -> bool:
        """Whether the proxy of a frame is there."""
        return self._path(index, "proxy").exists()

    @property
    def full(self) -> bool:
        """Whether this film has taken all the room it may."""
        return self._bytes >= ROOM

    def save(self, index: int, picture: Bytes) -> None:
        if not self.full:
            self._bytes += _save(self._path(index, "proxy"), picture)

    def load_thumb(self, index: int) -> Bytes | None:
        return _load(self._path(index, "thumb"))

    def save_thumb(self, index: int, picture: Bytes) -> None:
        _save(self._path(index, "thumb"), picture)

    def _path(self, index: int, kind: str) -> Path:
        return self.folder / kind / f"{index // 1000:04d}" / f"{index:07d}.jpg"


def _load(path: Path) -> Bytes | None:
    try:
        coded = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError:
        return None
    picture = cv2.imdecode(coded, cv2.IMREAD_COLOR) if coded.size else None
    return None if picture is None else np.asarray(picture[..., ::-1], np.uint8)


def _save(path: Path, picture: Bytes) -> int:
    good, coded = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, 92])
    if not good:
        return 0
    temporary = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(coded.tobytes())
        os.replace(temporary, path)
    except OSError:
        return 0
    return coded.size
