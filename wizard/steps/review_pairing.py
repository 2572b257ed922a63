"""Scan and result of one frame on the view: together while they are played, and with the scan's code values for the probe."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.media.colour import from_display
from wizard.films import APART, Whole
from wizard.proxies import PROXY
from wizard.session import Session
from wizard.steps.pairing import Pairing
from wizard.viewer.display import shown
from wizard.viewer.view import PictureView

Developed = Callable[[], tuple[NDArray[np.uint8], Whole]]


class ResultPairing(Pairing):
    """The result is made whole only where the view has use for it: for single pixels, and for the probe."""

    def __init__(self, view: PictureView, session: Session) -> None:
        super().__init__(view, session, "review")
        self._playing, self._laid = False, -1
        self._veil: tuple[int, NDArray[np.uint8] | None] = (-1, None)
        view.zoom_changed.connect(lambda zoom: self._rest.start())
        view.probe_changed.connect(lambda on: self._rest.start())

    def set_playing(self, playing: bool) -> None:
        """Playing, a frame is shown when both pictures of it are there, and left out where they come too late."""
        self._playing, self._laid = playing, -1
        if not playing and self.index >= 0:
            self.show(self.index, self.roles)

    def set_veil(self, index: int, veil: NDArray[np.uint8] | None) -> None:
        """What lies over the result of a frame, as `Shot` has it."""
        self._veil = index, veil
        if 1 in self._shots and self._put.get(1, ("", -1))[1] == index:
            self._shots[1] = replace(self._shots[1], veil=veil)
            self._lay()

    def _keep(self, side: int, index: int, image: NDArray[np.uint8], whole: Whole | None) -> None:
        super()._keep(side, index, image, whole)
        if side == 1 and side in self._shots and self._veil[0] == index:
            self._shots[1] = replace(self._shots[1], veil=self._veil[1])

    def show(self, index: int, roles: tuple[str, str], second_index: int | None = None) -> None:
        if not self._playing or not roles[1]:
            super().show(index, roles, second_index)
            return
        self.roles, self.index, self.second_index = roles, index, index
        for side, role in enumerate(roles):
            self._films.picture(role, index, f"{self._channel} {side}")
        self._lay_both(index)

    def _arrived(self, role: str, index: int) -> None:
        if not self._playing or not self.roles[1]:
            super()._arrived(role, index)
        elif role in self.roles and not self._lay_both(index) and role == self.roles[1]:
            self._films.picture(self.roles[0], index, f"{self._channel} late")

    def _lay_both(self, index: int) -> bool:
        """Show a frame where both pictures are there and none nearer to the play head is shown."""
        first, second = (self._films.there(role, index) for role in self.roles)
        if first is None or second is None:
            return False
        if self._laid < 0 or abs(index - self.index) <= abs(self._laid - self.index):
            self._laid = index
            self._keep(0, index, first, None)
            self._keep(1, index, second, None)
            self._lay()
            self.pictured.emit()
        return True

    def _rested(self) -> None:
        if self._playing:
            return
        scan = self._films.source("scan")
        wide = scan.info.width * float(scan.info.pixel_aspect) if scan else 0
        whole = self.view.probing or min(self.view.zoom, 1.0) * wide > PROXY
        for side in (0, 1) if whole else (0,):
            self._ask_whole(side)

    def _developing(self, role: str, whole: Whole, tones: tuple[float, float]) -> Developed:
        scan = self._films.source("scan")
        if role not in APART or scan is None:
            return super()._developing(role, whole, tones)
        encoding = scan.info.encoding
        return lambda: (shown(whole.picture, *tones), replace(whole, stored=from_display(whole.picture, encoding)))
