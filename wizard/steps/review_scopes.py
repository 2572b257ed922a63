"""Beside the picture on Review: waveform and vectorscope of the frame that is shown, and where detail was restored the spectrum and the
grain of its shot."""
from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from wizard import theme
from wizard.graphs.spectrum import Spectrum
from wizard.kit import Elided, Panel, Segment, Words
from wizard.steps.frames_choice import shot_words
from wizard.steps.review_detail import grain_words
from wizard.steps.review_rows import Row
from wizard.viewer.display import Shown
from wizard.viewer.scopes import Vectorscope, Waveform
from wizard.words import tr

WIDE, COMPACT = 320, 256
LARGE = 120                 # per cent: with larger text there is no room beside the choice
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Scopes(QWidget):
    """Two panels above each other. In the lower one `which` chooses, where detail was restored, between spectrum and vectorscope."""

    def __init__(self) -> None:
        super().__init__()
        self.wave, self.vector = Waveform(tr("Waveform")), Vectorscope(tr("Vectorscope"))
        self.spectrum, self.grain = Spectrum(), (Elided("", 12, 400, "text2"), Elided("", 12, 400, "text2"))
        self.which = Segment([("spectrum", tr("Spectrum"), None), ("vector", tr("Vectorscope"), None)], tr("What is shown of the result"))
        self._below, self._title, self._note = Panel(), Words(tr("Vectorscope"), 13, 600, wrap=False), Elided("", 12, 400, "text2")
        self._detail, self._shot, self._lower, self._measured = False, "", QStackedWidget(), QWidget()
        self._shown: tuple[Row | None, bool] | None = None
        self.column = QVBoxLayout(self)
        self._lay_out()
        self.which.chosen.connect(lambda _: self._choose())
        theme.changed.connect(self._choose)
        self._choose()
        self.set_compact(False)

    def _lay_out(self) -> None:
        waves, below = Panel(tr("Waveform")), self._below
        waves.header.setStretch(waves.header.count() - 1, 0)
        below.bare_header()
        below.header.setSpacing(8)
        for part in (self._title, self.which):
            below.header.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        for panel, note in ((waves, Elided(tr("RGB, result"), 12, 400, "text2")), (below, self._note)):
            note.setAlignment(RIGHT)
            panel.header.addWidget(note, 1)
            panel.body.setContentsMargins(7, 0, 7, 7)
        column = QVBoxLayout(self._measured)
        column.setContentsMargins(8, 0, 8, 2)
        column.setSpacing(2)
        column.addWidget(self.spectrum, 1)
        for line in self.grain:
            column.addWidget(line)
        for part in (self.vector, self._measured):
            self._lower.addWidget(part)
        waves.body.addWidget(self.wave, 1)
        below.body.addWidget(self._lower, 1)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(waves, 1)
        self.column.addWidget(below, 1)

    def set_compact(self, compact: bool) -> None:
        self.column.setSpacing(12 if compact else 16)
        self.setFixedWidth(COMPACT if compact else WIDE)

    def set_detail(self, detail: bool) -> None:
        """Whether there is a spectrum to choose."""
        if detail != self._detail:
            self._detail = detail
            self._choose()

    def show_scopes(self, wave: Shown | None, vector: Shown | None) -> None:
        self.wave.set_image(wave)
        self.vector.set_image(vector)

    def show_shot(self, row: Row | None, repaired: bool) -> None:
        """Spectrum and grain of a shot of the table; `repaired`: measured against the print itself, where it was hidden."""
        if self._shown == (row, repaired):
            return
        self._shown = row, repaired
        found = (row or {}).get("measures") or {}
        none = tr("The shots are not measured yet.") if row is None else tr("Nothing of this shot was compared.")
        self.spectrum.set_bands(found.get("spectrum", ()), tr("as the print") if repaired else tr("as the reference"), none)
        self._measured.setToolTip(tr("Strength, size and correlation of the grain beside those of the print.") if repaired else
                                  tr("Strength, size and correlation of the grain beside those of the reference."))
        for line, words in zip(self.grain, grain_words(found, repaired), strict=True):
            line.setText(words)
            line.setVisible(bool(words))
        self._shot = shot_words(row["shot"]) if row else ""
        self._choose()

    def _choose(self) -> None:
        measured = self._detail and self.which.key == "spectrum"
        self._below.header.setContentsMargins(*((7, 7, 9, 7) if self._detail else (15, 3, 15, 3)))
        self._title.setVisible(not self._detail)
        self.which.setVisible(self._detail)
        self._lower.setCurrentIndex(int(measured))
        self._note.setText(self._shot if measured else tr("result"))
        self._note.setVisible(not self._detail or (measured and theme.scaled(100) <= LARGE))       # or the choice is cut
