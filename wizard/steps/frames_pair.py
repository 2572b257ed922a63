"""The pair that is looked at: scan and target under a wipe, why it is there, and its figures."""
from __future__ import annotations

from collections import OrderedDict

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout

from engine.align.alignment import FrameMatch
from engine.pairs.look import PairFacts, pair_facts
from engine.pairs.target import make_pair
from wizard.kit import Button, IconButton, KeyRows, Panel, Words, body
from wizard.session import Session
from wizard.steps.frames_choice import Choice, reason, shot_words
from wizard.steps.pairing import Pairing
from wizard.viewer.view import PictureView
from wizard.words import number, percent, tr

KEPT = 200


class PairPanel(Panel):
    """`pick`, `hold` and `trust` (frame) are what the user asked for."""

    pick = pyqtSignal(int)
    hold = pyqtSignal(int)
    trust = pyqtSignal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Pair"))
        self.session, self.index = session, -1
        self._facts: OrderedDict[tuple[int, int], PairFacts | None] = OrderedDict()
        self.view = PictureView(tr("Scan and target of the pair"), ("wipe", "split", "first", "second"))
        self.pairing = Pairing(self.view, session, "pair")
        self.pairing.names = lambda role, index: tr("Target") if role == "target" else tr("Scan")
        self.actual, self.fit = IconButton("zoom", tr("Pixel by pixel")), IconButton("fit", tr("Fit the picture"))
        self.heading, self.words = Words("", 13, 600), body("")
        self.rows = KeyRows()
        self.use, self.keep = Button(tr("Use for training"), icon="check"), Button(tr("Hold out"), icon="eye")
        self.fits = Button(tr("It fits: use it"), icon="check")
        self._lay_out()
        self.actual.clicked.connect(self.view.actual)
        self.fit.clicked.connect(self.view.fit)
        self.use.clicked.connect(lambda: self.pick.emit(self.index))
        self.keep.clicked.connect(lambda: self.hold.emit(self.index))
        self.fits.clicked.connect(lambda: self.trust.emit(self.index))

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 15)
        self.body.setSpacing(10)
        self.header.addWidget(self.actual)
        self.header.addWidget(self.fit)
        self.body.addWidget(self.view, 1)
        text = QVBoxLayout()
        text.setContentsMargins(15, 0, 15, 0)
        text.setSpacing(6)
        text.addWidget(self.heading)
        text.addWidget(self.words)
        text.addWidget(self.rows)
        self.body.addLayout(text)
        row = QHBoxLayout()
        row.setContentsMargins(15, 0, 15, 0)
        row.addWidget(self.use, 1)
        row.addWidget(self.keep, 1)
        row.addWidget(self.fits, 1)
        self.body.addLayout(row)

    def show_frame(self, index: int, label: str, choice: Choice) -> None:
        """Show a scan frame as a pair."""
        self.index = index
        self.set_title(tr("Frame {frame}", frame=label))
        self.set_note(shot_words(choice.shots[index]) if 0 <= index < len(choice.shots) else "")
        first = "balanced" if self.session.films.has("balanced") else "scan"
        self.pairing.show(index, (first, "target" if index in choice.partnered else ""))
        heading, words = reason(choice, index)
        self.heading.setText(heading)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self._show_buttons(index, choice)
        self._show_facts(index)

    def _show_buttons(self, index: int, choice: Choice) -> None:
        there, doubtful = index in choice.partnered, index in choice.doubtful
        picked, held = index in choice.train, index in choice.held_out
        self.use.setText(tr("Drop it") if picked else tr("Use for training"))
        self.keep.setText(tr("Do not hold out") if held else tr("Hold out"))
        for button in (self.use, self.keep):
            button.setEnabled(there and not doubtful)
            button.setVisible(not (there and doubtful))
        self.fits.setVisible(there and doubtful)

    def _show_facts(self, index: int) -> None:
        made, films = self.session.made, self.session.films
        alignment, scan, reference = made.placed(), films.source("scan"), films.source("reference")
        match = alignment.frames[index] if alignment and 0 <= index < len(alignment.frames) else None
        if match is None or match.reference is None or scan is None or reference is None:
            self.rows.set_rows([])
            return
        key = (id(alignment), index)
        if key in self._facts:
            self._show_rows(match, self._facts[key])
            return
        self._show_rows(match, None)
        balance, encodings = made.balance, (scan.info.encoding, reference.info.encoding)
        if balance is None:
            return

        def take(facts: PairFacts) -> None:
            self._facts[key] = facts
            while len(self._facts) > KEPT:
                self._facts.popitem(last=False)
            if self.index == index:
                self._show_rows(match, facts)

        self.session.background.begin(lambda: pair_facts(make_pair(scan, reference, match, balance, encodings, False, "")), take,
                                      lambda error: None)

    def _show_rows(self, match: FrameMatch, facts: PairFacts | None) -> None:
        rows: list[tuple[str, str, str | None]] = [
            (tr("Alignment"), tr("{misfit} px", misfit=number(match.residual_px, 2)), "ok" if match.residual_px <= 1 else "warn")]
        if facts is None:
            rows += [(tr("Pair agreement"), "…", None), (tr("Masked"), "…", None)]
        else:
            tone = "ok" if facts.agreement > 0.5 else "warn"
            rows += [(tr("Pair agreement"), tr("{share} of the picture", share=percent(facts.agreement)), tone),
                     (tr("Masked"), tr("{share} of the picture", share=percent(facts.masked)), None)]
        self.rows.set_rows(rows)
