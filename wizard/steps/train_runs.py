"""The runs of a project side by side: figures in a table, two of them on one held-out frame, and which is used."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from PyQt6.QtCore import QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QStandardItem, QStandardItemModel
from PyQt6.QtWidgets import QHeaderView, QSizePolicy, QVBoxLayout, QWidget

from engine.recoveries.runs import RunInfo
from wizard import theme
from wizard.kit import Button, Choice, Panel, Segment, Table
from wizard.measure import COLOUR, Measure
from wizard.steps.pager import Pager
from wizard.steps.train_run import RunView
from wizard.viewer.view import PictureView, Shot
from wizard.words import number, tr, trn

TARGET = "target"


class Runs(QWidget):
    """`looked` tells that other runs are looked at, `chosen` (number) makes one that which results are made with, `closed` goes back."""

    looked = pyqtSignal()
    chosen = pyqtSignal(int)
    closed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._runs: Sequence[RunInfo] = ()
        self._used = -1
        self._views: Mapping[int, RunView] = {}
        self._label: Callable[[int], str] = str
        self._measures: tuple[Measure, ...] = (COLOUR,)
        self.table, self.model = Table(tr("Runs")), QStandardItemModel()
        self.table.setModel(self.model)
        self.use, self.back = Button(tr("Choose this run"), icon="check", height=32), Button(tr("Back to the training"), "quiet", height=32)
        self.mode = Segment([("wipe", tr("Wipe"), "wipe"), ("split", tr("Side by side"), "split")], tr("How they are compared"))
        self.beside = Choice(tr("Compared with"))
        self.pager = Pager(tr("Previous held-out frame"), tr("Next held-out frame"))
        self.view = PictureView(tr("Two runs on a held-out frame"), ("wipe", "split", "difference"))
        self.rows, self.picture = Panel(tr("Runs")), Panel(tr("Held-out frame"))
        self._lay_out()
        selection = self.table.selectionModel()
        assert selection is not None
        selection.currentRowChanged.connect(self._went)
        self.use.clicked.connect(lambda: self.chosen.emit(self.number))
        self.back.clicked.connect(self.closed)
        self.mode.chosen.connect(self.view.set_mode)
        self.view.mode_changed.connect(lambda mode: self.mode.choose(mode) if mode != "difference" else None)
        self.beside.picked.connect(lambda _: self.looked.emit())
        self.pager.turned.connect(self._show_frame)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.table.setMinimumHeight(theme.scaled(34) * 4)

    def _lay_out(self) -> None:
        for part in (self.back, self.use):
            self.rows.header.addWidget(part)
        self.rows.body.addWidget(self.table)
        for part in (self.mode, self.beside, self.pager):
            self.picture.header.addWidget(part)
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.picture.body.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.rows, 2)
        column.addWidget(self.picture, 3)

    @property
    def number(self) -> int:
        """The run that is looked at."""
        row = self.table.currentIndex().row()
        return self._runs[row].number if 0 <= row < len(self._runs) else -1

    @property
    def others(self) -> list[RunInfo]:
        """The runs whose pictures are needed."""
        return [run for run in self._runs if run.number == self.number or str(run.number) == self.beside.key]

    def show_runs(self, runs: Sequence[RunInfo], used: int, measures: tuple[Measure, ...] = (COLOUR,)) -> None:
        """`used` is the number of the run that results are made with, `measures` what runs are judged by."""
        done = list(reversed([run for run in runs if run.whole]))
        if (list(self._runs), self._used, self._measures) == (done, used, measures):
            return
        here = self.number if self.number >= 0 else used
        self._runs, self._used, self._measures = done, used, measures
        self.model.clear()
        figures = [head for measure in measures for head in (measure.head(), measure.rival_word())]
        heads = [tr("Run"), tr("Steps"), *figures, tr("Device"), tr("Remarks")]
        self.model.setHorizontalHeaderLabels(heads)
        for run in done:
            cells = [QStandardItem(text) for text in self._cells(run)]
            cells[-2].setToolTip(run.device_name)
            if run.number == used:
                cells[0].setData("check", Qt.ItemDataRole.DecorationRole)
            self.model.appendRow(cells)
        header = self.table.horizontalHeader()
        assert header is not None
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        row = next((k for k, run in enumerate(done) if run.number == here), 0)
        self.table.setCurrentIndex(self.model.index(row, 0))
        self.use.setEnabled(self.number not in (-1, used))

    def _cells(self, run: RunInfo) -> list[str]:
        held = run.held_out or {}
        remarks = [tr("chosen for the results")] if run.number == self._used else []
        remarks += [tr("went on from run {number}", number=run.went_on_from)] if run.went_on_from else []
        remarks += [tr("ended early by you")] if run.ended_early else []
        remarks += [] if run.current else [tr("of other pairs or settings")]
        device = tr("processor") if run.device == "cpu" else tr("graphics card") if run.device in ("cuda", "mps") else run.device
        figures = [number(held[name], 2) if name in held else "–" for measure in self._measures for name in (measure.error, measure.rival)]
        return [tr("Run {number}", number=run.number), number(run.steps), *figures, device, ", ".join(remarks)]

    def _went(self, now: QModelIndex, before: QModelIndex) -> None:
        if not now.isValid():
            return
        self.use.setEnabled(self.number not in (-1, self._used))
        beside = [(str(run.number), self._named(run.number)) for run in self._runs if run.number != self.number]
        usual = str(self._used) if self._used != self.number else beside[0][0] if beside else TARGET
        before_key = self.beside.key
        self.beside.fill([*beside, (TARGET, tr("Target"))])
        self.beside.choose(before_key if before_key and self.beside.findData(before_key) >= 0 else usual)
        self.looked.emit()

    def _named(self, run_number: int) -> str:
        return tr("Run {number}, chosen", number=run_number) if run_number == self._used else tr("Run {number}", number=run_number)

    def show_pictures(self, views: Mapping[int, RunView], label: Callable[[int], str]) -> None:
        """Views of the runs that are looked at, by number, as far as they are read."""
        self._views, self._label = views, label
        self._show_frame()

    def _show_frame(self) -> None:
        """Show the one that the pager is at of the held-out frames that both have."""
        one, key = self._views.get(self.number), self.beside.key
        mine = {f.frame: f for f in one.frames if f.result is not None} if one else {}
        other = self._views.get(int(key)) if key not in ("", TARGET) else None
        theirs = {f.frame: f.result for f in other.frames if f.result is not None} if other else {n: f.target for n, f in mine.items()}
        both = sorted(set(mine) & set(theirs))
        self.pager.set_count(len(both))
        if not both:
            self.view.set_pictures(None)
            self._title(tr("Held-out frame"))
            return
        frame = both[self.pager.at]
        self._title(tr("Held-out frame {frame}", frame=self._label(frame)))
        result = mine[frame].result
        assert result is not None
        name = self._named(int(key)) if other else tr("Target")
        self.picture.set_note(self._on_the_same(int(key)) if other else "")
        self.view.set_pictures(shot_of(result, self._named(self.number)), shot_of(theirs[frame], name))

    def _on_the_same(self, other: int) -> str:
        """Both runs on the held-out pairs that both have, and none of them was trained on."""
        mine, theirs = (next((run.frames for run in self._runs if run.number == n), {}) for n in (self.number, other))
        both = set(mine) & set(theirs)
        if not both:
            return ""
        one, two = (sum(frames[mark] for mark in both) / len(both) for frames in (mine, theirs))
        return trn("{figures} on the same frame", "{figures} on the same {n} frames", len(both),
                   figures=self._measures[-1].against(one, two))

    def _title(self, text: str) -> None:
        self.picture.set_title(text)
        self.picture.body.setContentsMargins(1, 0, 1, 8)


def shot_of(image: QImage, label: str) -> Shot:
    """A picture as the viewer takes it."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    bits = plain.constBits()
    assert bits is not None
    rows = np.frombuffer(bits.asstring(plain.sizeInBytes()), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    array = np.ascontiguousarray(rows[:, :3 * plain.width()].reshape(plain.height(), plain.width(), 3))
    return Shot(array, label, (plain.width(), plain.height()))
