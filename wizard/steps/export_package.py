"""What is delivered beside the files: a package for ingest, pictures side by side, the digital source type that the archivist confirms."""
from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.export.source_type import SOURCE_TYPES, proposed
from engine.project import Settings
from engine.recoveries import RECOVERIES
from wizard.kit import Button, Check, Choice, Tag, caption, label
from wizard.words import tr


def meaning(term: str) -> str:
    """What a digital source type says, in one line."""
    return {
        "negativeFilm": tr("Digitised from a negative on film"), "positiveFilm": tr("Digitised from a positive on film"),
        "print": tr("Digitised from a print on paper or another opaque medium"),
        "digitalCapture": tr("Captured from life by a digital camera"),
        "computationalCapture": tr("Several frames captured from life and merged by the camera"),
        "humanEdits": tr("Corrected or enhanced by people, with tools that generate nothing"),
        "algorithmicallyEnhanced": tr("Corrected or modified by an algorithm that generates nothing"),
        "compositeWithTrainedAlgorithmicMedia": tr("Edited with a trained model: part of the picture is what the model made"),
        "trainedAlgorithmicMedia": tr("Made by a trained model as a whole"), "composite": tr("Put together from several elements"),
        "compositeCapture": tr("Put together from several captured elements"),
        "compositeSynthetic": tr("Put together from elements of which at least one is made by a trained model"),
        "digitalCreation": tr("Made by people with digital tools"),
        "algorithmicMedia": tr("Made by an algorithm alone, without a trained model"),
        "dataDrivenMedia": tr("A representation of data, made by rules"), "screenCapture": tr("Captured from a screen"),
        "virtualRecording": tr("Recorded from a virtual scene or event"),
    }.get(term, term)


class SourceType(QWidget):
    """The term with its meaning; proposed until it is confirmed or another is picked. `chosen` is the term."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choice, self.tag = Choice(tr("Digital source type (IPTC)")), Tag(tr("proposed"), "warn")
        self.confirm = Button(tr("Confirm"), height=32)
        self.confirm.setAccessibleName(tr("Confirm: {what}", what=tr("Digital source type (IPTC)")))
        self.choice.fill([(term, term) for term in SOURCE_TYPES])
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.words = caption("")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choice, 1)
        row.addWidget(self.tag)
        row.addWidget(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 2)
        column.setSpacing(2)
        column.addWidget(label(tr("Digital source type (IPTC)")))
        column.addLayout(row)
        column.addWidget(self.words)
        self.choice.picked.connect(self.chosen)
        self.confirm.clicked.connect(lambda: self.chosen.emit(self.choice.key))

    def show_type(self, confirmed: str, recovery: str, fixed: bool) -> None:
        """`confirmed` is '' while nobody has said; then what is proposed for the recovery is shown."""
        term = confirmed or proposed(recovery)
        self.choice.choose(term)
        self.choice.guessed = not confirmed
        self.choice.setAccessibleDescription(". ".join(part for part in ("" if confirmed else tr("proposed"), meaning(term)) if part))
        for part in (self.tag, self.confirm):
            part.setVisible(not confirmed)
        self.choice.setEnabled(not fixed)
        self.confirm.setEnabled(not fixed)
        said = meaning(term)
        self.words.setText(said if confirmed else tr("{meaning}. Written into the files once you confirm it.", meaning=said))


class PackagePart(QWidget):
    """`changed` (name of a setting, value)."""

    changed = pyqtSignal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._recovery = ""
        self.bag = Check(tr("A package the archive can check: BagIt"))
        self.bag.setToolTip(tr("All that is delivered in one folder with its checksums, PREMIS and the model, as RFC 8493 has it."))
        self.side_by_side, self.count = Check(tr("Side by side, for talks and sign-off")), Choice(tr("Which pictures stand side by side"))
        self.side_by_side.setToolTip(tr("A movie and some stills, each picture with its label."))
        self.source = SourceType()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.side_by_side)
        row.addWidget(self.count)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bag)
        column.addLayout(row)
        column.addWidget(self.source)
        self.bag.clicked.connect(lambda on: self.changed.emit("package", "bagit" if on else ""))
        self.side_by_side.clicked.connect(lambda on: self.changed.emit("compare", 2 if on else 0))
        self.count.picked.connect(lambda key: self.changed.emit("compare", int(key)))
        self.source.chosen.connect(lambda term: self.changed.emit("source_type", term))

    def show_recovery(self, recovery: str) -> None:
        """Which pictures there are to compare."""
        self._recovery = recovery
        detail, with_reference = RECOVERIES[recovery].detail, RECOVERIES[recovery].needs_reference
        classical = tr("linear filter") if detail else tr("LUT")
        three = tr("Scan, restored, reference") if with_reference else tr("Scan, restored, {classical}", classical=classical)
        four = (tr("Scan, {classical}, restored, reference", classical=classical) if with_reference else
                tr("Scan, balanced scan, {classical}, restored", classical=classical))
        self.count.fill([("2", tr("Scan, restored")), ("3", three), ("4", four)])

    def show_settings(self, settings: Settings, fixed: bool) -> None:
        self.bag.setChecked(settings.package == "bagit")
        self.side_by_side.setChecked(settings.compare > 0)
        self.count.setVisible(settings.compare > 0)
        if settings.compare:
            self.count.choose(str(settings.compare))
        for part in (self.bag, self.side_by_side, self.count):
            part.setEnabled(not fixed)
        self.source.show_type(settings.source_type, self._recovery, fixed)
