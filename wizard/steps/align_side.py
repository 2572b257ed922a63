"""What stands beside the pictures of the Align page: doubtful frames with the sync points, and the balance; one of them at a time where
there is little room."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wizard.kit import Button, Check, Hairline, Panel, Segment, Words, caption
from wizard.session import Session
from wizard.steps.align_list import RangeList, row_height
from wizard.steps.doubts import Doubt
from wizard.words import number, percent, tr

NEAR = 64                       # rows before a frame that may reach over it: a run, and the sync points in it
ROWS = 2                        # rows of the list that are seen before the balance gives up its place


class Side(Panel):
    """The two parts under one another, or behind tabs where the panel is low; doubts only where the scan is not balanced."""

    def __init__(self, session: Session) -> None:
        super().__init__(" ")
        self.doubts, self.balance = Doubts(), Balancing(session)
        self._low: bool | None = None
        self._balances = True
        self.tabs = Segment([("doubts", tr("Doubtful"), None), ("balance", tr("Balance"), None)], tr("Beside the pictures"))
        self.header.setContentsMargins(15, 7, 15, 3)
        while self.header.count():
            item = self.header.takeAt(0)
            if item and (old := item.widget()):
                old.hide()
        for widget in (self.tabs, self.doubts.title):
            self.header.addWidget(widget)
        self.header.addStretch(1)
        self.header.addWidget(self.doubts.count)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._line = Hairline()
        self.body.addWidget(self.doubts, 1)
        self.body.addWidget(self._line)
        self.body.addWidget(self.balance)
        self._end = QWidget()
        self.body.addWidget(self._end, 1)
        self.tabs.chosen.connect(lambda _: self._arrange())
        self._arrange()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        super().resizeEvent(event)
        both = self.header.sizeHint().height() + self.doubts.least() + ROWS * row_height() + self.balance.sizeHint().height()
        low = self.height() < both
        if low != self._low:
            self._low = low
            self._arrange()

    def set_balances(self, balances: bool) -> None:
        """Whether there is a balance to be looked at."""
        if balances != self._balances:
            self._balances = balances
            self._arrange()

    def _arrange(self) -> None:
        if not self._balances:
            self.tabs.choose("doubts")
        low, balance = bool(self._low) and self._balances, self.tabs.key == "balance"
        self.tabs.setVisible(low)
        self.doubts.title.setVisible(not low)
        self.doubts.setVisible(not low or not balance)
        self.doubts.count.setVisible(not low or not balance)
        self.balance.setVisible(self._balances and (not low or balance))
        self.balance.set_titled(not low)
        self._line.setVisible(self._balances and not low)
        self._end.setVisible(low and balance)


class Doubts(QWidget):
    """`reached` (frame), `trusted` (frames) and `sync` are what the user asked for; `forget` (scan frame) takes a sync point away. `title`
    and `count` are put where the panel has them."""

    reached = pyqtSignal(int)
    trusted = pyqtSignal(list)
    sync = pyqtSignal()
    forget = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self._doubts: list[Doubt] = []
        self._rows: list[Doubt | int] = []          # doubts and the scan frames of sync points, in the order of the film
        self._firsts: list[int] = []
        self._so_far = False
        self.title = Words(tr("Doubtful frames"), 13, 600, wrap=False)
        self.count = Words("", 12, 400, "text2", wrap=False)
        self.list = RangeList(tr("Doubtful frames and sync points"))
        self.nothing = Words("", 13, 400, "text2")
        self.fits = Button(tr("They fit: use them"), height=32)
        self.drop = Button(tr("Remove this sync point"), height=32)
        self.sync_here = Button(tr("Set a sync point here"), icon="pin", height=32)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(15, 8, 15, 15)
        self._foot.setSpacing(8)
        for button in (self.fits, self.drop, self.sync_here):
            self._foot.addWidget(button)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(15, 2, 15, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 2)
        column.addWidget(self.nothing, 1)
        column.addLayout(self._foot)
        self.list.reached.connect(self._reached)
        self.fits.clicked.connect(self._fits)
        self.drop.clicked.connect(self._drop)
        self.sync_here.clicked.connect(self.sync)

    def least(self) -> int:
        """The height of everything but the list."""
        return self.fits.sizeHint().height() + self.sync_here.sizeHint().height() + 31

    def show_rows(self, found: list[Doubt], points: Sequence[tuple[int, int]], so_far: bool, label: Callable[[int], str],
                  other: Callable[[int], str]) -> None:
        """Doubtful runs, of all frames or of those that are matched so far, and the sync points set by hand."""
        self._doubts, self._so_far = found, so_far
        count = sum(len(d.frames) for d in found)
        self.title.setText(tr("Doubtful so far") if so_far else tr("Doubtful frames"))
        self.count.setText(number(count) if count else "")
        rows: list[tuple[int, Doubt | int, tuple[str, str, str]]] = [(d.first, d, (*d.words(label), d.reason)) for d in found]
        rows += [(scan, scan, (label(scan), tr("sync point"), tr("shows reference {frame}", frame=other(reference))))
                 for scan, reference in points]
        rows.sort(key=lambda row: row[0])
        self._rows, self._firsts = [row[1] for row in rows], [row[0] for row in rows]
        self.list.set_rows([row[2] for row in rows])
        self.list.setVisible(bool(rows))
        self.nothing.setText(tr("Frames that do not fit well are listed here as they are found.") if so_far
                             else tr("Every frame that has a partner lies on it."))
        self.nothing.setVisible(so_far or not found)

    def next_after(self, index: int) -> int | None:
        """The first doubtful run after a frame, or the first of all."""
        after = next((d for d in self._doubts if d.first > index), self._doubts[0] if self._doubts else None)
        return after.first if after else None

    def at(self, index: int) -> None:
        """Mark the row that a frame is in; the one the user is on, where that is one of them."""
        row = self.list.row
        if not (0 <= row < len(self._rows) and self._holds(row, index)):
            after = bisect_right(self._firsts, index)
            row = next((k for k in range(after - 1, max(after - 1 - NEAR, -1), -1) if self._holds(k, index)), -1)
            self.list.choose(row)
        chosen = self._rows[row] if row >= 0 else None
        if isinstance(chosen, Doubt):
            self.fits.setText(tr("It fits: use it") if len(chosen.frames) == 1 else tr("They fit: use them"))
        self.fits.setVisible(isinstance(chosen, Doubt) and not self._so_far)
        self.drop.setVisible(isinstance(chosen, int))

    def _holds(self, row: int, index: int) -> bool:
        kept = self._rows[row]
        return kept == index if isinstance(kept, int) else index in kept.frames

    def _reached(self, row: int) -> None:
        self.reached.emit(self._firsts[row])

    def _fits(self) -> None:
        chosen = self._rows[self.list.row] if self.list.row >= 0 else None
        if isinstance(chosen, Doubt):
            self.trusted.emit(list(chosen.frames))

    def _drop(self) -> None:
        chosen = self._rows[self.list.row] if self.list.row >= 0 else None
        if isinstance(chosen, int):
            self.forget.emit(chosen)


class Balancing(QWidget):
    """When the faded scan is balanced, and what that does. `shown` (on) asks for the balanced scan in the picture."""

    shown = pyqtSignal(bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.title = Words(tr("Balance"), 13, 600, wrap=False)
        self.when = Segment([("auto", tr("Before"), None), ("after", tr("After"), None), ("off", tr("Off"), None)],
                            tr("When the scan is balanced"))
        self.words = caption("")
        self.look = Check(tr("Show the balanced scan"))
        top = QHBoxLayout()
        self._gap = QWidget()
        self._gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        top.addWidget(self.title)
        top.addWidget(self._gap)
        top.addWidget(self.when, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 8, 15, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.words)
        column.addWidget(self.look)
        self.when.chosen.connect(lambda key: self.session.edit(tr("the balance"), balance=key))
        self.look.toggled.connect(self.shown)

    def set_titled(self, titled: bool) -> None:
        """Without a title the choice stands at the left."""
        self.title.setVisible(titled)
        self._gap.setVisible(titled)

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
