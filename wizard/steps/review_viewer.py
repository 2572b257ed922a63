"""Scan and result on the Review page: played, compared, flagged; exposure and gamma for viewing only."""
# ruff: noqa: N802
from __future__ import annotations

from PyQt6.QtCore import QSize, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy

from wizard import theme
from wizard.kit import Button, Choice, IconButton, Panel, Segment
from wizard.measure import Measure
from wizard.probe import frame_label
from wizard.session import Session
from wizard.shower import NotShown
from wizard.steps.media_reel import Reel
from wizard.steps.review_evidence import rests_on, strip_of
from wizard.steps.review_invention import Invention
from wizard.steps.review_pairing import ResultPairing
from wizard.steps.review_tones import Tones
from wizard.steps.train_stages import stages
from wizard.viewer.transport import Transport
from wizard.viewer.view import PictureView
from wizard.words import tr


class Yielding(Button):
    """A button that gives way where there is little room: its words are cut, and are in the tooltip."""

    def __init__(self, text: str, icon: str) -> None:
        super().__init__(text, icon=icon, height=32)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(64), super().sizeHint().height())


class ReviewViewer(Panel):
    """`moved` (frame) is where the user went, `flagged` (frame) what he flagged or freed, `add` (frame) what shall become a pair."""

    moved = pyqtSignal(int)
    flagged = pyqtSignal(int)
    add = pyqtSignal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.index = session, 0
        self.view = PictureView(tr("Scan and result"), ("wipe", "split", "difference", "second"))
        self.pairing = ResultPairing(self.view, session)
        self.pairing.names = self._name
        self.beside = Choice(tr("Compared with"))
        self.transport = Transport(tr("Film"))
        self.modes = Segment([("wipe", tr("Wipe"), "wipe"), ("split", tr("Split"), "split"), ("difference", tr("Difference"), "diff"),
                              ("second", tr("Result only"), "eye")], tr("How scan and result are compared"))
        self.tone = IconButton("exposure", tr("Exposure and gamma, for viewing only"), checkable=True)
        self.fit, self.actual = IconButton("fit", tr("Fit the picture")), IconButton("zoom", tr("Pixel by pixel"))
        self.flag = Button(tr("Flag"), icon="flag", height=32)
        self.pair = Yielding(tr("Add as training pair"), "plus")
        self.invention = Invention(session, Yielding(tr("Invented"), "spark"))
        self._why_none, self._refused, self._rests_on = "", "", ""
        self._lay_out()
        self.tones = Tones(self)
        self._connect()

    def _lay_out(self) -> None:
        self.bare_header()
        self.header.addWidget(self.modes)
        self.header.addSpacing(8)
        self.header.addWidget(self.beside)
        self.header.addStretch(1)
        for control in (self.tone, self.fit, self.actual):
            self.header.addWidget(control)
        self.flag.setCheckable(True)
        self.flag.setToolTip(tr("{what}  ({key})", what=tr("Flag"), key="F"))
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 7, 0)
        foot.setSpacing(8)
        foot.addWidget(self.transport, 1)
        foot.addWidget(self.invention.button)
        foot.addWidget(self.pair)
        foot.addWidget(self.flag)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.view, 1)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.modes.chosen.connect(self.view.set_mode)
        self.view.mode_changed.connect(self.modes.choose)
        self.beside.picked.connect(lambda _: self.moved.emit(self.index))
        self.fit.clicked.connect(self.view.fit)
        self.actual.clicked.connect(self.view.actual)
        self.tone.toggled.connect(self._show_tones)
        self.tones.changed.connect(self._set_tones)
        self.tones.closed.connect(self.close_tones)
        self.transport.moved.connect(self.moved)
        self.transport.played.connect(self.pairing.set_playing)
        self.flag.clicked.connect(lambda: self.flagged.emit(self.index))
        self.pair.clicked.connect(lambda: self.add.emit(self.index))
        self.invention.changed.connect(self._veil)
        self.session.films.trouble.connect(self._refuse)
        theme.changed.connect(self._place_tones)

    # exposure and gamma

    def _show_tones(self, shown: bool) -> None:
        self.tones.setVisible(shown)
        if shown:
            self._place_tones()
            self.tones.raise_()
            self.tones.exposure.setFocus()

    def close_tones(self) -> bool:
        """Take the sliders away; False where they were not there."""
        was = self.tones.isVisible()
        if was:
            self.tone.setChecked(False)
            self.tone.setFocus()
        return was

    def _place_tones(self) -> None:
        self.tones.adjustSize()
        self.tones.move(self.width() - self.tones.width() - 8, self.view.y() + 8)

    def _set_tones(self, exposure: float, gamma: float) -> None:
        self.pairing.set_tone(exposure, gamma)
        self._say()

    # the frame

    def set_film(self, flags: tuple[int, ...]) -> None:
        scan = self.session.films.source("scan")
        self.beside.setVisible(self.session.detail)
        self.beside.fill(self._offered())
        self.transport.set_length(len(scan) if scan else 0)
        self.transport.set_marks([(f, "warn") for f in flags])
        self.transport.track.set_strip(strip_of(self.session.made.review))
        if scan:
            self.transport.set_rate(Reel(scan).rate)

    def go(self, index: int, flags: tuple[int, ...]) -> None:
        """Show a frame of scan and result."""
        if index != self.index:
            self._refused = ""
        self.index, flagged = index, index in flags
        scan = self.session.films.source("scan")
        self.transport.set_index(index)
        self.transport.set_label(frame_label(scan, index) if scan else "")
        self.pairing.show(index, (self._first(), "result" if self.session.films.has("result") else ""))
        if self.flag.isChecked() != flagged or (self.flag.text() == tr("Flagged")) != flagged:
            self.flag.setChecked(flagged)
            self.flag.setText(tr("Flagged") if flagged else tr("Flag"))
        self._why_none = self._why_no_pair(index) if flagged else ""
        self._rests_on = rests_on(self.session.made.review, index)
        self.pair.setText(tr("Paint this frame") if len(self.session.roles) == 1 else tr("Add as training pair"))
        self.pair.setVisible(flagged and not self._why_none)
        self.invention.go(index)
        self._say()

    def _veil(self) -> None:
        self.pairing.set_veil(self.index, self.invention.veil)
        self._say()

    def _measure(self) -> Measure:
        """What the last training of this recovery is judged by: against a filter, or a LUT on the recovered luma."""
        return stages(self.session.project.recovery if self.session.project else "")[-1].measure

    def _name(self, role: str, index: int) -> str:
        """What a role is called on the picture."""
        repairs = self.session.repairs
        return {"result": tr("Result"), "laid": tr("Telecine") if repairs else tr("Reference"),
                "rival": tr("Denoised") if repairs else self._measure().rival_word()}.get(role, tr("Scan"))

    def _offered(self) -> list[tuple[str, str]]:
        """What the result can be compared with."""
        repairs, films = self.session.repairs, self.session.films
        names = {"scan": tr("With the scan"), "laid": tr("With the telecine") if repairs else tr("With the reference"),
                 "rival": tr("With it denoised") if repairs else
                 tr("With the filter") if self._measure().rises else tr("With the LUT")}
        return [(role, name) for role, name in names.items() if role == "scan" or films.has(role)]

    def _first(self) -> str:
        """The role that the result is compared with."""
        return self.beside.key if self.session.detail and self.session.films.has(self.beside.key) else "scan"

    def _why_no_pair(self, index: int) -> str:
        """Why a frame cannot become a training pair, '' where it can."""
        made = self.session.made
        if index in made.train:
            return tr("This frame is a training pair already.")
        if len(self.session.roles) == 1:
            return ""
        if made.alignment is None or index >= len(made.alignment.frames) or made.alignment.frames[index].reference is None:
            return tr("No pair can be made of this frame: the reference does not have it.")
        return tr("This frame is doubtful: confirm it in Align first.") if index in made.doubtful else ""

    def _say(self) -> None:
        below = "\n".join(words for words in (self.invention.words, self.tones.words) if words)
        notes = ((self._refused, "middle"), (self._why_none or self._rests_on, "bottom-left"), (below, "bottom"))
        self.view.set_notes([note for note in notes if note[0]])

    def _refuse(self, role: str, index: int, error: Exception) -> None:
        """A frame of the result that could not be made."""
        if role == "result" and index == self.index:
            away = isinstance(error, NotShown) and error.kind == "MediaMissing"
            self._refused = tr("The scan is not where it was.") if away else tr("This frame of the result cannot be made now.")
            self._say()

    @property
    def refused(self) -> bool:
        return bool(self._refused)

    def keys(self, event: QKeyEvent) -> bool:
        """Keys of the transport and of the view, whatever has the focus."""
        if self.transport.keys(event):
            return True
        event.accept()
        self.view.keyPressEvent(event)
        return event.isAccepted()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._place_tones()
