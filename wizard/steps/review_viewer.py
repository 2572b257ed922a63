"""Scan and result on the Review page: played, compared, flagged; exposure and gamma for viewing only."""
from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from wizard.kit import Button, Choice, IconButton, Panel, Segment, label
from wizard.probe import plain_number
from wizard.session import Session
from wizard.steps.media_reel import Reel
from wizard.steps.pairing import Pairing
from wizard.viewer.transport import Transport
from wizard.viewer.view import PictureView
from wizard.words import number, tr

STOPS = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
GAMMAS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4)


class ReviewViewer(Panel):
    """`moved` (frame) is where the user went, `flagged` (frame) what he flagged or freed, `add` (frame) what shall become a pair."""

    moved = pyqtSignal(int)
    flagged = pyqtSignal(int)
    add = pyqtSignal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.index = session, 0
        self.view = PictureView(tr("Scan and result"), ("wipe", "split", "difference", "second"))
        self.pairing = Pairing(self.view, session, "review")
        self.pairing.names = lambda role, index: tr("Result") if role == "result" else tr("Scan")
        self.transport = Transport(tr("Film"))
        self.modes = Segment([("wipe", tr("Wipe"), "wipe"), ("split", tr("Split"), "split"), ("difference", tr("Difference"), "diff"),
                              ("second", tr("Result only"), "eye")], tr("How scan and result are compared"))
        self.tone = IconButton("exposure", tr("Exposure and gamma, for viewing only"), checkable=True)
        self.fit, self.actual = IconButton("fit", tr("Fit the picture")), IconButton("zoom", tr("Pixel by pixel"))
        self.flag, self.pair = Button(tr("Flag"), icon="flag", height=32), Button(tr("Add as training pair"), icon="plus", height=32)
        self.tones = QWidget()
        self.exposure, self.gamma = Choice(tr("Exposure")), Choice(tr("Gamma"))
        self.put_back = Button(tr("Put back"), "quiet", height=32)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.show_header(True)
        self.header.setContentsMargins(7, 7, 7, 7)
        for at in reversed(range(self.header.count())):
            item = self.header.takeAt(at)
            if item and item.widget():
                item.widget().hide()            # type: ignore[union-attr]
        self.header.addWidget(self.modes)
        self.header.addStretch(1)
        for control in (self.tone, self.fit, self.actual):
            self.header.addWidget(control)
        row = QHBoxLayout(self.tones)
        row.setContentsMargins(15, 0, 7, 7)
        self.exposure.fill([(str(s), tr("{stops} stops", stops=f"{s:+.1f}")) for s in STOPS])
        self.gamma.fill([(str(g), number(g, 1)) for g in GAMMAS])
        for part in (label(tr("Exposure")), self.exposure, label(tr("Gamma")), self.gamma):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.put_back)
        self.tones.hide()
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 7, 0)
        foot.addWidget(self.transport, 1)
        foot.addWidget(self.pair)
        foot.addWidget(self.flag)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.tones)
        self.body.addWidget(self.view, 1)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.modes.chosen.connect(self.view.set_mode)
        self.view.mode_changed.connect(self.modes.choose)
        self.fit.clicked.connect(self.view.fit)
        self.actual.clicked.connect(self.view.actual)
        self.tone.toggled.connect(self.tones.setVisible)
        self.exposure.picked.connect(self._set_tone)
        self.gamma.picked.connect(self._set_tone)
        self.put_back.clicked.connect(self._put_back)
        self.transport.moved.connect(self.moved)
        self.flag.clicked.connect(lambda: self.flagged.emit(self.index))
        self.pair.clicked.connect(lambda: self.add.emit(self.index))
        self._put_back()

    def _put_back(self) -> None:
        self.exposure.choose("0.0")
        self.gamma.choose("1.0")
        self._set_tone()

    def _set_tone(self, key: str = "") -> None:
        self.pairing.set_tone(float(self.exposure.key), float(self.gamma.key))

    def set_film(self, flags: tuple[int, ...]) -> None:
        scan = self.session.films.source("scan")
        self.transport.set_length(len(scan) if scan else 0)
        self.transport.set_marks([(f, "warn") for f in flags])
        if scan:
            self.transport.set_rate(Reel(scan).rate)

    def go(self, index: int, flags: tuple[int, ...], partnered: bool) -> None:
        """Show a frame of scan and result."""
        self.index = index
        scan = self.session.films.source("scan")
        self.transport.set_index(index)
        self.transport.set_label(plain_number(scan.name(index)) if scan and index < len(scan) else "")
        self.pairing.show(index, ("scan", "result" if self.session.films.has("result") else ""))
        self.flag.setText(tr("Take the flag away") if index in flags else tr("Flag"))
        self.pair.setVisible(index in flags)
        self.pair.setEnabled(partnered and index not in self.session.made.train)
        self.pair.setToolTip("" if partnered else tr("The reference does not have this frame, so no pair can be made of it."))
