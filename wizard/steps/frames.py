"""Frames, the frame picker: which pairs are learnt from, which are held out, and what of the film they cover."""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import partial
from typing import Any

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage, QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout

from engine.recoveries.inputs import edit_marks
from wizard.graphs.coverage import Coverage
from wizard.graphs.filmstrip import Filmstrip
from wizard.kit import Elided, Panel, Segment
from wizard.probe import frame_label
from wizard.same import Same
from wizard.session import Session
from wizard.steps.frames_choice import Choice, Ground, Listing, ground_of, listing
from wizard.steps.frames_pair import WIDEST, PairPanel
from wizard.steps.frames_words import chosen_words, coverage_words, ready
from wizard.steps.keyframes_journal import EDIT, Journal
from wizard.steps.page import Page
from wizard.words import tr

PAIR, PAIR_COMPACT = 400, 344
STROKE = "stroke"


class FramesPage(Page):
    """The suggestions are ticked already; every change is one step for undo. What is covered is worked out beside the window's thread; a
    tick is shown at once."""

    key = "frames"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._large, self._compact = False, False
        self._wanted: tuple[Any, ...] = ()      # what the page is to show
        self._pictured: tuple[Any, ...] = ()    # what the pictures of the pair are made of
        self._working = False
        self._ground: tuple[tuple[Any, ...], Ground] | None = None
        self._kept: set[int] = set()            # frames that were chosen since the project was opened
        self._project: object = None
        self.shown: Listing | None = None
        self.coverage = Coverage()
        self.strip = Filmstrip(self._thumb)
        self.how = Segment([("shot", tr("By shot"), None), ("time", tr("In time"), None), ("suggested", tr("Suggested only"), None)],
                           tr("How the frames are listed"))
        self.count = Elided("", 12, 400, "text2")
        self.pair = PairPanel(session)
        self.journal = Journal()
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.how.chosen.connect(lambda _: self.refresh())
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
        self.pair.painting.turned.connect(lambda _: self._turn())
        self.pair.painting.painted.connect(lambda: self.journal.add(STROKE))
        self.pair.painting.tools.back.clicked.connect(lambda: self.pair.painting.undo() and self.journal.stroke_back())
        self.pair.painting.tools.again.clicked.connect(lambda: self.pair.painting.redo() and self.journal.add(STROKE))
        self.pair.closed.connect(lambda: self.enlarge(False))
        self.session.films.thumb_arrived.connect(
            lambda role, index: self.strip.thumb_arrived(index) if role == self._role() else None)

    def _lay_out(self) -> None:
        self._map = Panel(tr("What the picked pairs cover"))
        self._map.header.addWidget(self.coverage.legend)
        self._map.body.setContentsMargins(15, 0, 15, 10)
        self._map.body.addWidget(self.coverage)
        self._list = Panel()
        bar = QHBoxLayout()
        bar.setContentsMargins(4, 0, 15, 0)
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
            self.pair.setMaximumWidth(WIDEST)
        else:
            self.pair.setFixedWidth(PAIR_COMPACT if self._compact else PAIR)

    def title(self) -> str:
        return tr("Frames")

    def subtitle(self) -> str:
        return tr("Choose the pairs to learn from. The suggestions are already ticked.")

    def note(self) -> str:
        return ready(self.shown.choice) if self.shown else ""

    # coming and going

    def entered(self) -> None:
        self.refresh()

    def left(self) -> None:
        self.enlarge(False)
        self.session.films.drop_thumb_wishes()

    def refresh(self) -> None:
        """Work out anew what is shown, where something of it changed."""
        made, project = self.session.made, self.session.project
        if project is None:
            return
        if self._project != project.folder:
            self._project = project.folder
            self._kept.clear()
            self._forget()
        if made.suggestions is None or made.alignment is None:
            self._forget()
            self.strip.set_groups([], tr("The suggestions come when the films are aligned.")
                                  if made.standing.get("choose", "open") == "open" else tr("Reading the suggestions"))
            return
        ground = Same(made.suggestions, made.alignment, made.looks, made.doubtful, self.session.films.source("scan"))
        wanted = (ground, Same(made.review), self.session.detail, made.train, made.held_out, project.flags, self.how.key,
                  frozenset(self._kept))
        if wanted != self._wanted:
            self._wanted = wanted
            self._work_out()
        self._picture_anew()

    def _picture_anew(self) -> None:
        """Show the pair again where what its pictures are made of is another now."""
        made, films, project = self.session.made, self.session.films, self.session.project
        assert project is not None
        pictured = (Same(films.source("scan"), films.source("reference"), made.alignment, made.balance), project.settings.corners,
                    project.settings.balance, self.session.detail, self.session.films.has("damage"),
                    tuple(edit_marks(project.folder)) if self.session.repairs else ())
        if pictured != self._pictured:
            self._pictured = pictured
            self.pair.pairing.again()
            if self.pair.index >= 0:
                self.look_at(self.pair.index)

    def _forget(self) -> None:
        self._wanted, self._ground, self.shown = (), None, None
        self.coverage.set_data(0, [], [], [], [])
        self.coverage.set_note("")
        self.count.setText("")
        self.pair.show_nothing()

    def _work_out(self) -> None:
        """List what is wanted; the last wish counts."""
        if self._working:
            return
        made, wanted, project = self.session.made, self._wanted, self.session.project
        assert made.suggestions is not None and made.alignment is not None and project is not None
        self._working = True
        known = self._ground[1] if self._ground and self._ground[0] == wanted[:1] else None
        suggestions, alignment, looks, doubtful = made.suggestions, made.alignment, made.looks, made.doubtful
        figure, detail = ("psnr", True) if self.session.detail else ("dE00", False)
        helps = {int(one["frame"]): float(one[figure]) for one in (made.review or {}).get("suggestions", ()) if figure in one}
        chosen = (made.train, made.held_out, helps, frozenset(project.flags), frozenset(self._kept), detail)
        how, label = self.how.key, partial(frame_label, self.session.films.source("scan"))

        def work() -> tuple[Listing, str]:
            found = listing(Choice(known or ground_of(suggestions, alignment, doubtful, looks), *chosen), how, label)
            return found, coverage_words(found, label)

        def take(found: tuple[Listing, str]) -> None:
            self._working = False
            if self._wanted and wanted[:1] == self._wanted[:1]:
                self._ground = (wanted[:1], found[0].choice.ground)
            if wanted == self._wanted:
                self._show(*found)
            elif self._wanted:
                self._work_out()

        def refused(error: Exception) -> None:
            self._working = False
            self.strip.set_groups([], tr("The suggestions cannot be read. Align the films anew."))

        self.session.background.begin(work, take, refused)

    def _show(self, found: Listing, words: str) -> None:
        first, self.shown, choice = self.shown is None, found, found.choice
        self.strip.set_groups(found.groups, tr("Nothing is suggested."))
        self.coverage.set_data(choice.ground.count, found.covered, choice.train, choice.held_out, found.open)
        self.coverage.set_note(words)
        self.count.setText(chosen_words(choice))
        if first and choice.suggested:
            self.strip.set_index(choice.suggested[0])
        if self._large and self.pair.index >= 0:
            self.strip.set_index(self.pair.index)
        if self.strip.index is not None:
            self.look_at(self.strip.index)
        self.said.emit()

    def look_at(self, index: int) -> None:
        """Show a frame as a pair."""
        if self.shown is not None:
            if index != self.pair.index:
                self.journal.went()
            self.pair.show_frame(index, frame_label(self.session.films.source("scan"), index), self.shown.choice)
            self.coverage.set_index(index)

    def _nearest(self, index: int) -> None:
        """The coverage map was clicked: go to the nearest frame of the strip."""
        if self.shown is not None and self.shown.frames:
            at = bisect_left(self.shown.frames, index)
            self._go(min(self.shown.frames[max(at - 1, 0): at + 1], key=lambda frame: abs(frame - index)))

    def _go(self, frame: int) -> None:
        self.strip.set_index(frame)
        self.look_at(frame)

    def _role(self) -> str:
        return "balanced" if self.session.films.has("balanced") else "scan"

    def _thumb(self, index: int) -> QImage | None:
        return self.session.films.thumb(self._role(), index)

    # choosing

    def _choose(self, label: str, train: set[int], held_out: set[int], **more: Any) -> None:
        """Both are written always: held-out frames that are not said are chosen by the engine. The cells change at once."""
        made = self.session.made
        changed = (set(made.train) ^ train) | (set(made.held_out) ^ held_out)
        self._kept |= changed
        self.journal.add(EDIT)
        self.session.edit(label, pairs=tuple(sorted(train)), held_out=tuple(sorted(held_out)), **more)
        for frame in changed:
            self.strip.set_state(frame, "held" if frame in held_out else "picked" if frame in train else "plain")

    def toggle(self, index: int) -> None:
        """Pick a frame, or drop it."""
        train, held = set(self.session.made.train), set(self.session.made.held_out)
        if index in train:
            self._choose(tr("dropping a pair"), train - {index}, held)
        elif self._can(index):
            self._choose(tr("picking a pair"), train | {index}, held - {index})

    def hold(self, index: int) -> None:
        """Hold a frame out, or not any more."""
        train, held = set(self.session.made.train), set(self.session.made.held_out)
        if index in held:
            self._choose(tr("not holding a frame out"), train, held - {index})
        elif self._can(index):
            self._choose(tr("holding a frame out"), train - {index}, held | {index})

    def sweep(self, frames: list[int]) -> None:
        """Pick all frames that were dragged over."""
        able = {frame for frame in frames if self._can(frame)}
        self._choose(tr("picking pairs"), set(self.session.made.train) | able, set(self.session.made.held_out) - able)

    def trust(self, index: int) -> None:
        """A doubtful frame fits, the user says, and is to be used."""
        made, project = self.session.made, self.session.project
        assert project is not None
        self._choose(tr("using a doubtful frame"), {*made.train, index}, set(made.held_out) - {index},
                     trusted=tuple(sorted({*project.trusted, index})))

    def _can(self, index: int) -> bool:
        ground = self.shown.choice.ground if self.shown else None
        return ground is not None and index in ground.partnered and index not in self.session.made.doubtful

    # what was done, and the damage

    def _turn(self) -> None:
        """The damage of the frame, or the pair again: strokes are taken back where they are seen."""
        self.journal.went()
        self.look_at(self.pair.index)

    def undo(self) -> str | None:
        return self.journal.back(self.pair.painting.undo, self.session.undo, tr("a stroke")) or None

    def redo(self) -> str | None:
        return self.journal.again(self.pair.painting.redo, self.session.redo, tr("a stroke")) or None

    # the pair large

    def enlarge(self, large: bool) -> None:
        """The pair over the whole page, or beside the strip again."""
        if large == self._large:
            return
        self._large = large
        self._map.setVisible(not large)
        self._list.setVisible(not large)
        self.pair.set_large(large)
        self._fit_pair()
        (self.pair.view if large else self.strip).setFocus()

    def handle_key(self, event: QKeyEvent) -> bool:
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Escape: lambda: self.enlarge(False), Qt.Key.Key_Space: lambda: self.toggle(self.pair.index),
            Qt.Key.Key_H: lambda: self.hold(self.pair.index), Qt.Key.Key_Left: lambda: self._step(-1),
            Qt.Key.Key_Right: lambda: self._step(1)}
        if self.pair.painting.key(event):
            return True
        if not self._large or event.key() not in acts:
            return False
        acts[event.key()]()
        return True

    def _step(self, step: int) -> None:
        """The frame of the strip before or after this one."""
        if self.shown is not None and self.shown.frames:
            at = bisect_left(self.shown.frames, self.pair.index) + step
            self._go(self.shown.frames[min(max(at, 0), len(self.shown.frames) - 1)])
