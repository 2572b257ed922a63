"""Which grain lies on restored detail."""
from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from wizard.kit import Segment, caption, label
from wizard.words import tr


class GrainRow(QWidget):
    """`chosen` (key) is the grain that the user wants: 'keep', 'reference' or 'none'."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.kinds = Segment([("keep", tr("The scan's own"), None), ("reference", tr("The reference's kind"), None),
                              ("none", tr("None"), None)], tr("Grain"))
        self.words = caption("")
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 0, 0, 2)
        column.setSpacing(4)
        column.addWidget(label(tr("Grain")))
        column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.words)
        self.kinds.chosen.connect(self.chosen)

    def show_grain(self, kind: str, fixed: bool, repairs: bool) -> None:
        """`repairs`: only what was damaged gets new grain, like the print's."""
        kind = "keep" if repairs and kind == "reference" else kind
        self.kinds.choose(kind)
        self.kinds.setEnabled(not fixed)
        self.kinds.cell("keep").setText(tr("The print's kind") if repairs else tr("The scan's own"))
        self.kinds.cell("reference").setVisible(not repairs)
        if repairs:
            self.words.setText(tr("What was repaired is smoother than film.") if kind == "none" else
                               tr("What was repaired gets new grain like the print's, another on each frame. What is sound keeps its own."))
            return
        self.words.setText({
            "keep": tr("The grain of each frame of the scan is laid back on the new detail."),
            "reference": tr("New grain, as strong and as coarse as the reference's, another on each frame. It was made, not filmed."),
            "none": tr("As the net makes it: smoother than film."),
        }[kind])
