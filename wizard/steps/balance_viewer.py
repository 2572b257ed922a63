"""Scan and balanced scan on the Balance page; what a control would do is shown before it is let go."""
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QKeyEvent

from engine.balance.balance import Balance
from engine.media.source import FrameSource
from wizard.films import Whole, to_bytes
from wizard.kit import IconButton, Panel, Segment
from wizard.probe import frame_label
from wizard.proxies import PROXY
from wizard.roles import Toned
from wizard.session import Session
from wizard.steps.media_reel import Reel
from wizard.steps.pairing import Pairing
from wizard.viewer.transport import Transport
from wizard.viewer.view import PictureView
from wizard.words import tr

Bytes = NDArray[np.uint8]


class TriedPairing(Pairing):
    """While a balance is tried, its picture stands at the second side, and none that arrives takes its place."""

    tried = False

    def show_tried(self, picture: Bytes) -> None:
        self._keep(1, self.second_index, picture, None)
        self._lay()
        self.pictured.emit()

    def _take(self, side: int, picture: Bytes, whole: Whole | None) -> None:
        if not (side == 1 and self.tried):
            super()._take(side, picture, whole)


class BalanceViewer(Panel):
    """`moved` (frame) is where the user went."""

    moved = pyqtSignal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.index = session, 0
        self.view = PictureView(tr("Scan and balanced scan"), ("wipe", "split", "first", "second"))
        self.pairing = TriedPairing(self.view, session, "balance")
        self.pairing.names = lambda role, index: tr("Balanced") if role == "balanced" else tr("Scan")
        self.transport = Transport(tr("Film"))
        self.modes = Segment([("wipe", tr("Wipe"), "wipe"), ("split", tr("Split"), "split"), ("first", tr("Scan"), None),
                              ("second", tr("Balanced"), "eye")], tr("How scan and balanced scan are compared"))
        self.fit, self.actual = IconButton("fit", tr("Fit the picture")), IconButton("zoom", tr("Pixel by pixel"))
        self._plain: tuple[FrameSource, int, NDArray[np.float32]] | None = None     # the frame that is tried on, not balanced
        self._wanted: Balance | None = None         # to be tried when what is being made is there
        self._making = False
        self._lay_out()
        self.modes.chosen.connect(self.view.set_mode)
        self.view.mode_changed.connect(self.modes.choose)
        self.fit.clicked.connect(self.view.fit)
        self.actual.clicked.connect(self.view.actual)
        self.transport.moved.connect(self.moved)

    def _lay_out(self) -> None:
        self.bare_header()
        self.header.addWidget(self.modes)
        self.header.addStretch(1)
        self.header.addWidget(self.fit)
        self.header.addWidget(self.actual)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.transport)

    def set_film(self, measured: bool) -> None:
        """The scan, what is known of it, or its balance changed."""
        scan = self.session.films.source("scan")
        self.transport.set_length(len(scan) if scan else 0)
        if scan:
            self.transport.set_rate(Reel(scan).rate)
        self.modes.setEnabled(measured)
        self.view.set_notes([] if measured or scan is None else [(tr("Balanced when the fade is measured"), "bottom")])
        if not self.pairing.tried:
            self.pairing.again()

    def go(self, index: int, measured: bool) -> None:
        """Show a frame of the scan and of the balanced scan."""
        self.index = index
        scan = self.session.films.source("scan")
        self.transport.set_index(index)
        self.transport.set_label(frame_label(scan, index) if scan else "")
        self.pairing.show(index, ("scan", "balanced" if measured else ""))

    # a balance that is tried

    def try_balance(self, balance: Balance) -> None:
        """Show the frame with another balance; where one is being made, the newest comes next."""
        self.transport.stop()
        self.pairing.tried, self._wanted = True, balance
        if not self._making:
            self._make()

    def end_try(self) -> None:
        """The balance of the project is shown again."""
        self.pairing.tried, self._wanted = False, None
        self.pairing.again()

    def _make(self) -> None:
        scan, index, balance, plain = self.session.films.source("scan"), self.index, self._wanted, self._plain
        self._wanted = None
        if scan is None or balance is None:
            return
        self._making = True

        def make() -> tuple[tuple[FrameSource, int, NDArray[np.float32]], Bytes]:
            kept = plain if plain and plain[0] is scan and plain[1] == index else (scan, index, Toned(scan, None).balanced(index, PROXY))
            return kept, to_bytes(balance.apply(kept[2], index))

        def take(made: tuple[tuple[FrameSource, int, NDArray[np.float32]], Bytes]) -> None:
            self._making, self._plain = False, made[0]
            if self.pairing.tried and index == self.index and self.session.films.source("scan") is scan:
                self.pairing.show_tried(made[1])
            self._make()

        def refuse(error: Exception) -> None:
            self._making = False

        self.session.background.begin(make, take, refuse)

    def keys(self, event: QKeyEvent) -> bool:
        """Keys of the transport and of the view, whatever has the focus."""
        if self.transport.keys(event):
            return True
        event.accept()
        self.view.keyPressEvent(event)
        return event.isAccepted()
