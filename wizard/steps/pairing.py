"""Two roles of one frame on a picture view: proxies at once, whole frames when it rests."""
from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from engine.media.source import SourceInfo
from wizard.films import Films, Whole
from wizard.session import Session
from wizard.viewer.display import shown
from wizard.viewer.view import PictureView, Shot

REST_MS = 200


class Pairing(QObject):
    """Keeps `view` at one frame of two roles. `pictured` tells that something new is on the view."""

    pictured = pyqtSignal()

    def __init__(self, view: PictureView, session: Session, channel: str) -> None:
        super().__init__(view)
        self.view, self._session, self._channel = view, session, channel
        self._films: Films = session.films
        self.roles: tuple[str, str] = ("scan", "laid")
        self.names: Callable[[str, int], str] = lambda role, index: ""
        self.index, self.second_index = -1, -1
        self._tones = (0.0, 1.0)
        self._ramp: NDArray[np.uint8] | None = None
        self._put: dict[int, tuple[str, int, bool]] = {}
        self._shots: dict[int, Shot] = {}
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._rested)
        self._films.arrived.connect(self._arrived)
        self._films.whole_arrived.connect(self._whole_arrived)

    def show(self, index: int, roles: tuple[str, str], second_index: int | None = None) -> None:
        """Show a frame; `second_index` where the second role counts frames of its own."""
        self.roles, self.index = roles, index
        self.second_index = index if second_index is None else second_index
        for side in (0, 1):
            self._fetch(side)
        self._rest.start()

    def set_tone(self, exposure: float, gamma: float) -> None:
        """Exposure in stops and gamma, for viewing only."""
        if (exposure, gamma) != self._tones:
            self._tones = exposure, gamma
            ramp = np.asarray(np.arange(256) / 255, np.float32)
            self._ramp = None if self._tones == (0.0, 1.0) else shown(ramp, exposure, gamma)
            self.again()

    def again(self) -> None:
        """What the roles are made of changed."""
        self._put.clear()
        if self.index >= 0:
            self.show(self.index, self.roles, self.second_index)

    def fresh(self, side: int) -> bool:
        """Whether what is shown of a side is of the present roles, not what was there before they changed."""
        return side in self._put

    def _at(self, side: int) -> int:
        return self.second_index if side else self.index

    def _fetch(self, side: int) -> None:
        role, index = self.roles[side], self._at(side)
        if self._put.get(side, ("", -1, False))[:2] == (role, index):
            return
        if not role or not self._films.has(role):
            self._shots.pop(side, None)
            self._put.pop(side, None)
            self._lay()
            return
        picture = self._films.picture(role, index, f"{self._channel} {side}")
        if picture is not None:
            self._take(side, picture, None)

    def _arrived(self, role: str, index: int) -> None:
        for side in (0, 1):
            if (role, index) == (self.roles[side], self._at(side)):
                self._fetch(side)

    def _rested(self) -> None:
        for side in (0, 1):
            self._ask_whole(side)

    def _ask_whole(self, side: int) -> None:
        role, index = self.roles[side], self._at(side)
        if role and self._films.has(role) and self._put.get(side) != (role, index, True):
            whole = self._films.whole(role, index, f"{self._channel} {side}")
            if whole is not None:
                self._develop(side, whole)

    def _whole_arrived(self, role: str, index: int) -> None:
        if any((role, index) == (self.roles[side], self._at(side)) for side in (0, 1)) and not self._rest.isActive():
            self._rested()

    def _develop(self, side: int, whole: Whole) -> None:
        wanted = (self.roles[side], self._at(side), self._tones)

        def take(developed: tuple[NDArray[np.uint8], Whole]) -> None:
            if wanted == (self.roles[side], self._at(side), self._tones):
                self._take(side, *developed)

        make = self._developing(wanted[0], whole, self._tones)
        self._session.background.begin(make, take, lambda error: None)

    def _developing(self, role: str, whole: Whole, tones: tuple[float, float]) -> Callable[[], tuple[NDArray[np.uint8], Whole]]:
        """What makes a whole frame ready for the view, beside the window's thread."""
        return lambda: (shown(whole.picture, *tones), whole)

    def _take(self, side: int, image: NDArray[np.uint8], whole: Whole | None) -> None:
        self._keep(side, self._at(side), image, whole)
        self._lay()
        self.pictured.emit()

    def _keep(self, side: int, index: int, image: NDArray[np.uint8], whole: Whole | None) -> None:
        """This is what a side shows; a whole frame has its exposure and gamma already."""
        role = self.roles[side]
        scan = self._films.source("reference" if role == "reference" else "scan")
        if scan is None:
            return
        image = image if self._ramp is None or whole else np.asarray(cv2.LUT(image, self._ramp), np.uint8)
        self._shots[side] = film_shot(scan.info, image, whole, self.names(role, index))
        self._put[side] = (role, index, whole is not None)

    def _lay(self) -> None:
        self.view.set_pictures(self._shots.get(0), self._shots.get(1))


def film_shot(info: SourceInfo, image: NDArray[np.uint8], whole: Whole | None, name: str = "") -> Shot:
    """A frame of a film as the view takes it; with code values for the probe where the frame is there whole."""
    depth = 0 if info.floating else info.depth
    return Shot(image, name, (info.width, info.height), whole.stored if whole else None, depth, float(info.pixel_aspect))
