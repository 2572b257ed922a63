"""Frames, the frame picker: which pairs are learnt from, which are held out, and what of the film they cover."""
from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage, QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout

from wizard.graphs.coverage import Coverage
from wizard.graphs.filmstrip import Filmstrip
from wizard.kit import Panel, Segment, Words
from wizard.probe import plain_number
from wizard.session import Session
from wizard.steps.frames_choice import Choice, coverage_words, groups, ready, runs
from wizard.steps.frames_pair import PairPanel
from wizard.steps.page import Page
from wizard.words import tr, trn

PAIR, PAIR_COMPACT = 400, 344


class FramesPage(Page):
    """The suggestions are ticked already; every change is one step for undo."""

    key = "frames"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._large, self._compact = False, False
        self._shown: object = None
        self._choice: Choice | None = None
        self.coverage = Coverage()
        self.strip = Filmstrip(self._thumb)
        self.how = Segment([("shot", tr("By shot"), None), ("time", tr("In time"), None), ("suggested", tr("Suggested only"), None)],
                           tr("How the frames are listed"))
        self.count = Words("", 12, 400, "text2", wrap=False)
        self.pair = PairPanel(session)
        self._lay_out()
        self.how.chosen.connect(lambda _: self._fill())
        self.strip.focused.connect(self.look_at)
        self.strip.toggled.connect(self.toggle)
        self.strip.hold.connect(self.hold)
        self.strip.swept.connect(self.sweep)
        self.strip.opened.connect(lambda _: self.enlarge(True))
        self.strip.confirm_asked.connect(self.look_at)
        self.coverage.moved.connect(self._nearest)
        self.pair.pick.connect(self.toggle)
        self.pair.hold.connect(self.hold)
        self.pair.trust.connect(self.trust)
        session.films.thumb_arrived.connect(lambda role, index: self.strip.thumb_arrived(index) if role == self._role() else None)

    def _lay_out(self) -> None:
        self._map = Panel(tr("What the picked pairs cover"))
        self._map.header.addWidget(self.coverage.legend)
        self._map.body.setContentsMargins(15, 0, 15, 10)
        self._map.body.addWidget(self.coverage)
        self._list = Panel()
        bar = QHBoxLayout()
        bar.setContentsMargins(4, 0, 8, 0)
        bar.addWidget(self.how)
        bar.addStretch(1)
        bar.addWidget(self.count)
        self._list.body.setContentsMargins(7, 8, 3, 4)
        self._list.body.addLayout(bar)
        self._list.body.addWidget(self.strip, 1)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self._list, 1)
        below.addWidget(self.pair)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._map)
        column.addLayout(below, 1)
        self._column = column
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._column.setSpacing(12 if compact else 16)
        self._fit_pair()

    def _fit_pair(self) -> None:
        if self._large:
            self.pair.setMinimumWidth(0)
            self.pair.setMaximumWidth(16_777_215)
        else:
            self.pair.setFixedWidth(PAIR_COMPACT if self._compact else PAIR)

    def title(self) -> str:
        return tr("Frames")

    def subtitle(self) -> str:
        return tr("Choose the pairs to learn from. The suggestions are already ticked.")

    def note(self) -> str:
        return ready(self._choice) if self._choice else ""

    def entered(self) -> None:
        self.refresh()

    def left(self) -> None:
        self.session.films.drop_thumb_wishes()

    def refresh(self) -> None:
        """Build what is shown where something of it changed."""
        made, project = self.session.made, self.session.project
        if project is None:
            return
        key = (id(made.suggestions), id(made.looks), made.train, made.held_out, made.doubtful, project.flags, id(made.review),
               id(made.alignment))
        if key == self._shown:
            return
        self._shown = key
        self._choice = self._read()
        self._fill()

    def _read(self) -> Choice | None:
        made, project = self.session.made, self.session.project
        if made.suggestions is None or made.alignment is None or project is None:
            return None
        partnered = frozenset(f.scan for f in made.alignment.frames if f.reference is not None)
        review = made.review or {}
        return Choice(made.suggestions["shots"], made.train, made.held_out, frozenset(made.doubtful), partnered,
                      {int(k): v for k, v in made.suggestions["reasons"].items()},
                      {int(s["frame"]): float(s["dE00"]) for s in review.get("suggestions", ())}, frozenset(project.flags), made.looks)

    def _fill(self) -> None:
        choice = self._choice
        if choice is None:
            self.strip.set_groups([], tr("The suggestions are being read."))
            return
        self.strip.set_groups(groups(choice, self.how.key, self._label))
        covered, open_ = choice.spans()
        self.coverage.set_data(len(choice.shots), covered, choice.train, choice.held_out, open_)
        self.coverage.set_note(coverage_words(choice, self._label))
        chosen = len(choice.train) + len(choice.held_out)
        self.count.setText(trn("{n} shot", "{n} shots", len(runs(choice.shots))) + ", "
                           + trn("{n} frame chosen", "{n} frames chosen", chosen))
        if self.strip.index is not None:
            self.look_at(self.strip.index)

    def look_at(self, index: int) -> None:
        if self._choice is not None:
            self.pair.show_frame(index, self._label(index), self._choice)
            self.coverage.set_index(index)

    def _nearest(self, index: int) -> None:
        """The coverage map was clicked: go to the frame of the strip nearest to it."""
        cells = [cell.index for group in groups(self._choice, self.how.key, self._label) for cell in group.cells] if self._choice else []
        if cells:
            found = min(cells, key=lambda f: abs(f - index))
            self.strip.set_index(found)
            self.look_at(found)

    def _label(self, index: int) -> str:
        scan = self.session.films.source("scan")
        return plain_number(scan.name(index)) if scan and 0 <= index < len(scan) else str(index)

    def _role(self) -> str:
        return "balanced" if self.session.films.has("balanced") else "scan"

    def _thumb(self, index: int) -> QImage | None:
        return self.session.films.thumb(self._role(), index)

    # choosing

    def _choose(self, label: str, train: set[int], held_out: set[int]) -> None:
        self.session.edit(label, pairs=tuple(sorted(train)), held_out=tuple(sorted(held_out)))

    def toggle(self, index: int) -> None:
        """Pick a frame, or drop it."""
        if not self._can(index):
            return
        train, held = set(self.session.made.train), set(self.session.made.held_out)
        if index in train:
            self._choose(tr("dropping a pair"), train - {index}, held)
        else:
            self._choose(tr("picking a pair"), train | {index}, held - {index})

    def hold(self, index: int) -> None:
        """Hold a frame out, or not any more."""
        if not self._can(index):
            return
        train, held = set(self.session.made.train), set(self.session.made.held_out)
        if index in held:
            self._choose(tr("holding out"), train, held - {index})
        else:
            self._choose(tr("holding out"), train - {index}, held | {index})

    def sweep(self, frames: list[int]) -> None:
        """Pick all frames that were dragged over."""
        able = {f for f in frames if self._can(f)}
        self._choose(tr("picking pairs"), set(self.session.made.train) | able, set(self.session.made.held_out) - able)

    def trust(self, index: int) -> None:
        """A doubtful frame fits, the user says."""
        assert self.session.project
        self.session.edit(tr("confirming a doubtful frame"), trusted=tuple(sorted({*self.session.project.trusted, index})))

    def _can(self, index: int) -> bool:
        return self._choice is not None and index in self._choice.partnered and index not in self._choice.doubtful

    def enlarge(self, large: bool) -> None:
        """The pair over the whole page, or beside the strip again."""
        self._large = large
        self._map.setVisible(not large)
        self._list.setVisible(not large)
        self._fit_pair()
        (self.pair.view if large else self.strip).setFocus()

    def handle_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self._large:
            self.enlarge(False)
            return True
        if self._large and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_H):
            (self.toggle if event.key() == Qt.Key.Key_Space else self.hold)(self.pair.index)
            return True
        return False
