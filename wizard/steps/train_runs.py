"""The runs of a project side by side: figures in a table, two of them on one held-out frame, and which is used."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QModelIndex, pyqtSignal
from PyQt6.QtGui import QImage, QStandardItem, QStandardItemModel
from PyQt6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from engine.recoveries.runs import RunInfo
from wizard.kit import Button, Panel, Table
from wizard.steps.train_pictures import Trio
from wizard.steps.train_run import RunView
from wizard.words import number, tr


class Runs(QWidget):
    """`looked` (number) asks for a run's pictures, `chosen` (number) makes it the one that results are made with, `closed` goes back."""

    looked = pyqtSignal(int)
    chosen = pyqtSignal(int)
    closed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._runs: Sequence[RunInfo] = ()
        self._used = -1
        self.table, self.model = Table(tr("Runs")), QStandardItemModel()
        self.table.setModel(self.model)
        self.trio = Trio()
        self.use, self.back = Button(tr("Use this run"), icon="check"), Button(tr("Back to the training"), "quiet", icon="left")
        rows = Panel(tr("Runs, compared on the same held-out frames"))
        rows.header.addWidget(self.back)
        rows.header.addWidget(self.use)
        rows.body.addWidget(self.table)
        self.picture = Panel(tr("Held-out frame"))
        self.picture.body.setContentsMargins(1, 0, 1, 1)
        self.picture.body.addWidget(self.trio, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(rows, 1)
        column.addWidget(self.picture, 1)
        selection = self.table.selectionModel()
        assert selection is not None
        selection.currentRowChanged.connect(self._went)
        self.use.clicked.connect(lambda: self.chosen.emit(self.number))
        self.back.clicked.connect(self.closed)

    @property
    def number(self) -> int:
        """The run that is looked at."""
        row = self.table.currentIndex().row()
        return self._runs[row].number if 0 <= row < len(self._runs) else -1

    def show_runs(self, runs: Sequence[RunInfo], used: int) -> None:
        """`used` is the number of the run that results are made with."""
        done = [run for run in runs if run.state == "done"]
        if list(self._runs) == done and used == self._used:
            return
        here = self.number if self.number >= 0 else used
        self._runs, self._used = done, used
        self.model.clear()
        self.model.setHorizontalHeaderLabels([tr("Run"), tr("Steps"), tr("Held out, ΔE00"), tr("LUT"), tr("Device"), tr("Remarks")])
        for run in done:
            self.model.appendRow([QStandardItem(text) for text in self._cells(run)])
        header = self.table.horizontalHeader()
        assert header is not None
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        row = next((k for k, run in enumerate(done) if run.number == here), 0)
        self.table.setCurrentIndex(self.model.index(row, 0))
        self.use.setEnabled(self.number != used)

    def _cells(self, run: RunInfo) -> list[str]:
        held = run.held_out or {}
        remarks = [tr("used for the results")] if run.number == self._used else []
        remarks += [tr("went on from run {number}", number=run.went_on_from)] if run.went_on_from else []
        remarks += [tr("ended early by you")] if run.ended_early else []
        remarks += [] if run.current else [tr("of other pairs or settings")]
        return [tr("Run {number}", number=run.number), number(run.steps), number(held["dE00"], 2) if held else "–",
                number(held["lut_dE00"], 2) if held else "–", run.device, ", ".join(remarks)]

    def _went(self, now: QModelIndex, before: QModelIndex) -> None:
        self.use.setEnabled(self.number not in (-1, self._used))
        if now.isValid():
            self.looked.emit(self.number)

    def show_pictures(self, one: tuple[int, RunView], used: tuple[int, RunView] | None, label: Callable[[int], str]) -> None:
        """The run that is looked at beside the one that is used, on the held-out frame in the middle that both have."""
        theirs = {f.frame: f for f in one[1].frames}
        others = {f.frame: f for f in used[1].frames} if used else theirs
        both = sorted(set(theirs) & set(others)) or sorted(theirs)
        if not both:
            self.trio.set_pictures([])
            return
        frame = both[len(both) // 2]
        pictures: list[tuple[QImage, str]] = [(theirs[frame].result, tr("Run {number}", number=one[0]))]
        if used and used[0] != one[0] and frame in others:
            pictures.append((others[frame].result, tr("Run {number}, used now", number=used[0])))
        pictures.append((theirs[frame].target, tr("Target")))
        self.picture.set_title(tr("Held-out frame {frame}, not used in training", frame=label(frame)))
        self.trio.set_pictures(pictures)


