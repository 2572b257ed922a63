"""Frames of a film on a picture view, by the transport under it: the proxy at once, the frame whole when the view rests."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, QTimer

from wizard.background import Background
from wizard.films import Films, Whole
from wizard.steps.media_reel import Reel
from wizard.steps.pairing import REST_MS, film_shot
from wizard.viewer.display import shown
from wizard.viewer.transport import Transport
from wizard.viewer.view import PictureView
from wizard.words import tr

FIRST = 0.3             # of the film: its first frames are mostly black


class Screen(QObject):
    """Keeps `view` at the frame that `transport` is at. `pictured` is called when a picture is on the view; `note` is what it must say of
    a frame that cannot be read."""

    def __init__(self, view: PictureView, transport: Transport, films: Films, background: Background,
                 pictured: Callable[[], None]) -> None:
        super().__init__(view)
        self._view, self._transport, self._films, self._background = view, transport, films, background
        self._pictured = pictured
        self.reel: Reel | None = None
        self.note = ""
        self._role, self._medium, self._index = "", "", -1
        self._there: tuple[int, int, bool] | None = None            # source, frame and whether whole, of what is on the view
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._rested)
        transport.moved.connect(self.go)
        transport.played.connect(lambda _: self._rest.start())
        films.arrived.connect(self._arrived)
        films.whole_arrived.connect(self._whole_arrived)
        films.trouble.connect(self._refused)

    def set_reel(self, reel: Reel | None, role: str, medium: str) -> None:
        """Show another film, or the same `medium` (its fingerprint) read in another way: then the place stays."""
        if reel is not None and self.reel is not None and reel.source is self.reel.source:
            return
        same, self._medium = medium == self._medium, medium
        self.reel, self._role, self._index, self._there = reel, role, -1, None
        self._transport.set_length(reel.length if reel else 0)
        if reel is None:
            self._view.set_pictures(None)
            self._transport.set_label("")
            return
        self._transport.set_rate(reel.rate)
        if not same:
            self._transport.stop()
            self._view.set_pictures(None)
            self._transport.set_index(int(FIRST * (reel.length - 1)))
        self.go(self._transport.index)

    def go(self, place: int) -> None:
        """Show the frame at a place."""
        if self.reel is None:
            return
        self._index = self.reel.index(place)
        self._transport.set_label(self.reel.label(place))
        if self._there is None or self._there[:2] != (id(self.reel.source), self._index):
            picture = self._films.picture(self._role, self._index, self._role)
            if picture is not None:
                self._put(self._index, picture, None)
        self._rest.start()

    def _arrived(self, role: str, index: int) -> None:
        """While it plays, a picture that comes late is better than none."""
        if self.reel is None or role != self._role or not (index == self._index or self._transport.playing):
            return
        if self._there and self._there[:2] == (id(self.reel.source), index):
            return
        picture = self._films.picture(role, index, role)
        if picture is not None:
            self._put(index, picture, None)

    def _rested(self) -> None:
        if self.reel is None or self._transport.playing or self._there == (id(self.reel.source), self._index, True):
            return
        whole = self._films.whole(self._role, self._index, self._role)
        if whole is not None:
            self._develop(whole, self._index)

    def _whole_arrived(self, role: str, index: int) -> None:
        if self.reel is not None and role == self._role and index == self._index:
            self._rested()

    def _develop(self, whole: Whole, index: int) -> None:
        """Make the bytes of a whole frame beside the window's thread, and show them where they are still wanted."""
        reel = self.reel

        def take(image: NDArray[np.uint8]) -> None:
            if self.reel is reel and index == self._index and not self._transport.playing:
                self._put(index, image, whole)

        self._background.begin(lambda: shown(whole.picture), take, lambda error: None)

    def _put(self, index: int, image: NDArray[np.uint8], whole: Whole | None) -> None:
        assert self.reel is not None
        self._view.set_pictures(film_shot(self.reel.source.info, image, whole))
        self._there = (id(self.reel.source), index, whole is not None)
        self.note = ""
        self._pictured()

    def _refused(self, role: str, index: int, error: object) -> None:
        if self.reel is not None and role == self._role and index == self._index:
            self.note = tr("Frame {name} cannot be read", name=self.reel.label(self._transport.index))
            self._pictured()
