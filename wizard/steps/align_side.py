"""What stands beside the pictures of the Align page: doubtful frames, sync points, and the balance."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.kit import Button, Check, Panel, Segment, Words, caption
from wizard.session import Session
from wizard.steps.align_list import RangeList
from wizard.steps.doubts import Doubt
from wizard.words import percent, tr


class Doubts(Panel):
    """`reached` (frame), `trusted` (frames) and `sync` are what the user asked for; `forget` (scan frame) takes a sync point away."""

    reached = pyqtSignal(int)
    trusted = pyqtSignal(list)
    sync = pyqtSignal()
    forget = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__(tr("Doubtful frames"))
        self._doubts: list[Doubt] = []
        self._points: Sequence[tuple[int, int]] = ()
        self.list = RangeList(tr("Doubtful frames"))
        self.nothing = Words("", 13, 400, "text2")
        self.fits = Button(tr("They fit: use them"), height=32)
        self.sync_here = Button(tr("Set a sync point here"), icon="pin", height=32)
        self.points = QVBoxLayout()
        self.points.setSpacing(0)
        self.body.setContentsMargins(0, 0, 0, 15)
        self.body.addWidget(self.list, 1)
        self.nothing.setContentsMargins(15, 0, 15, 0)
        self.body.addWidget(self.nothing)
        foot = QVBoxLayout()
        foot.setContentsMargins(15, 0, 15, 0)
        foot.setSpacing(8)
        foot.addLayout(self.points)
        foot.addWidget(self.fits)
        foot.addWidget(self.sync_here)
        self.body.addLayout(foot)
        self.list.reached.connect(self._reached)
        self.fits.clicked.connect(self._fits)
        self.sync_here.clicked.connect(self.sync)

    def show_doubts(self, found: list[Doubt], working: bool, label: Callable[[int], str]) -> None:
        self._doubts = found
        count = sum(len(d.frames) for d in found)
        self.set_title(tr("Doubtful so far") if working else tr("Doubtful frames"))
        self.set_note(f"{count:,}" if count else "")
        self.list.set_rows([(*d.words(label), d.reason) for d in found])
        self.list.setVisible(bool(found))
        self.nothing.setText(tr("Frames that do not fit well are listed here as they are found.") if working
                             else tr("Every frame that has a partner lies on it."))
        self.nothing.setVisible(working or not found)
        self.fits.setEnabled(not working and self.list.row >= 0)
        self.fits.setVisible(bool(found) and not working)

    def show_points(self, points: Sequence[tuple[int, int]], label: Callable[[int], str], other: Callable[[int], str]) -> None:
        """The sync points set by hand."""
        if points == self._points:
            return
        self._points = points
        while self.points.count():
            item = self.points.takeAt(0)
            if item and item.widget():
                item.widget().deleteLater()     # type: ignore[union-attr]
        for scan, reference in points:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(caption(tr("Sync point: {scan} is {reference}", scan=label(scan), reference=other(reference))), 1)
            drop = Button(tr("Remove"), "quiet", height=32)
            drop.setAccessibleName(tr("Remove the sync point at {frame}", frame=label(scan)))
            drop.clicked.connect(lambda _, scan=scan: self.forget.emit(scan))
            line.addWidget(drop)
            self.points.addWidget(row)

    def next_after(self, index: int) -> int | None:
        """The first doubtful run after a frame, or the first of all."""
        after = next((d for d in self._doubts if d.first > index), self._doubts[0] if self._doubts else None)
        return after.first if after else None

    def at(self, index: int) -> None:
        """Mark the run that a frame is in."""
        row = next((k for k, d in enumerate(self._doubts) if index in d.frames), -1)
        if row != self.list.row:
            self.list.choose(row)
        self.fits.setEnabled(row >= 0)

    def _reached(self, row: int) -> None:
        self.reached.emit(self._doubts[row].first)

    def _fits(self) -> None:
        if 0 <= self.list.row < len(self._doubts):
            self.trusted.emit(list(self._doubts[self.list.row].frames))


class Balancing(Panel):
    """When the faded scan is balanced, and what that does. `shown` (on) asks for the balanced scan in the picture."""

    shown = pyqtSignal(bool)

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Balance"))
        self.session = session
        self.when = Segment([("auto", tr("Before"), None), ("after", tr("After"), None), ("off", tr("Off"), None)],
                            tr("When the scan is balanced"))
        self.words = caption("")
        self.look = Check(tr("Show the balanced scan"))
        self.body.addWidget(self.when)
        self.body.addWidget(self.words)
        self.body.addWidget(self.look)
        self.when.chosen.connect(lambda key: self.session.edit(tr("the balance"), balance=key))
        self.look.toggled.connect(self.shown)

    def refresh(self) -> None:
        project, balance = self.session.project, self.session.made.balance
        if project is None:
            return
        asked = project.settings.balance
        self.when.choose(asked)
        said = {"auto": tr("The fade is undone before training."),
                "after": tr("Training sees the scan as it is; its luma is balanced after."),
                "off": tr("For a scan that is balanced already.")}[asked]
        if asked != "off" and balance is not None and balance.luma_error is not None:
            before, after = balance.luma_error
            said += " " + tr("Luma is {after} off the reference, {before} without.", after=percent(after, 1), before=percent(before, 1))
        self.words.setText(said)
        self.look.setEnabled(balance is not None and asked != "off")
