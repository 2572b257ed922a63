"""Review: play it, compare it, and flag what is not right. A flagged frame can become a training pair."""
from __future__ import annotations

import numpy as np
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.recoveries.run_folder import RunInfo
from wizard.kit import Button, Panel, body
from wizard.session import Session
from wizard.steps.page import Page
from wizard.steps.review_scopes import Scopes
from wizard.steps.review_table import ShotTable
from wizard.steps.review_viewer import ReviewViewer
from wizard.viewer.display import Shown
from wizard.viewer.scopes import vectorscope, waveform
from wizard.words import tr

SCOPE_MS = 120


class ReviewPage(Page):
    """One frame through viewer, scopes and table."""

    key = "review"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.index = 0
        self._scoped: tuple[int, int] | None = None     # the frame and the picture of it that the scopes show
        self._used: RunInfo | None = None
        self._result = ""                               # what frames of the result are made of
        self.viewer, self.table = ReviewViewer(session), ShotTable()
        self.scopes = Scopes()
        self.waiting, self.measure = body(""), Button(tr("Measure the shots"), height=32)
        self._rest = QTimer(self, singleShot=True, interval=SCOPE_MS)
        self._rest.timeout.connect(self._scope)
        self._lay_out()
        self.viewer.moved.connect(self.go)
        self.viewer.flagged.connect(self.flag)
        self.viewer.add.connect(self.add_pair)
        self.table.reached.connect(self.go)
        self.measure.clicked.connect(lambda: session.start("review"))
        self.viewer.transport.played.connect(lambda playing: None if playing else self._rest.start())
        session.films.arrived.connect(self._arrived)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.viewer, 1)
        above.addWidget(self.scopes)
        self._rows = Panel()
        self._rows.body.setContentsMargins(7, 3, 7, 7)
        self._rows.body.addWidget(self.table, 1)
        self._empty = QWidget()
        empty = QHBoxLayout(self._empty)
        empty.setContentsMargins(8, 8, 8, 8)
        empty.setSpacing(16)
        empty.addWidget(self.waiting, 1)
        empty.addWidget(self.measure, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.body.addWidget(self._empty, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(above, 5)
        column.addWidget(self._rows, 2)
        self._gaps = (column, above)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        for layout in self._gaps:
            layout.setSpacing(12 if compact else 16)
        self.scopes.set_compact(compact)

    def title(self) -> str:
        return tr("Review")

    def subtitle(self) -> str:
        return (tr("Play it, compare it, and flag what is not right. A flagged frame can be painted.") if len(self.session.roles) == 1 else
                tr("Play it, compare it, and flag what is not right. A flagged frame can become a training pair."))

    def note(self) -> str:
        used, done = self._used, [run for run in self.session.made.runs if run.state == "done"]
        if used is None:
            return ""
        said = tr("Run {number} of {all}", number=used.number, all=max((used.number, *(run.number for run in done))))
        return said + ", " + tr("compared on held-out frames") if used.held_out else said

    def progress_text(self) -> str:
        status = self.session.worker.status
        return tr("Measuring the shots") if status is not None and status.step == "review" else ""

    # coming and going

    def entered(self) -> None:
        """The shots are measured by themselves where they are not, and nobody stopped that."""
        known = self.session.known()
        standing = known.standing or {}
        wanted = standing.get("review") != "done" and standing.get("train") == "done"
        if wanted and not (self.session.worker.busy or known.stopped or known.missing or known.paused == "review"):
            self.session.start("review")
        if self.viewer.refused and self.session.project:
            self.session.show_result(anew=True)
            self.viewer.pairing.again()
        self.refresh()

    def left(self) -> None:
        self.viewer.transport.stop()

    def refresh(self) -> None:
        project = self.session.project
        if project is None:
            return
        self._used = self.session.made.used
        self.session.show_result()
        if self.session.result_identity != self._result:        # also where another page had it made otherwise
            self._result = self.session.result_identity
            self._scoped = None
            self.viewer.pairing.again()
        self.viewer.set_film(project.flags)
        self.scopes.set_detail(self.session.detail)
        self._fill_table()
        self.go(self.index)

    def _fill_table(self) -> None:
        """The figures of the run that is shown, also where they are to be measured again."""
        table, project = self.session.made.review, self.session.project
        assert project
        rows = list(table["shots"]) if table and self._used and table.get("run") == self._used.number else []
        if project.recovery == "combined":          # its chroma is new, and proves nothing
            rows = [row | {"chroma": None} for row in rows]
        self.table.set_rows(rows, "telecine" if self.session.repairs else str((table or {}).get("kind", "")))
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        busy = self.session.worker.busy
        self.waiting.setText(tr("The shots are being measured; play the film meanwhile.") if busy
                             else tr("The shots are not measured yet."))
        self.measure.setVisible(not busy and self._used is not None and not self.session.missing)

    def go(self, index: int) -> None:
        """Show a scan frame everywhere."""
        project, scan = self.session.project, self.session.films.source("scan")
        if project is None or scan is None:
            return
        self.index = max(0, min(index, len(scan) - 1))
        self.viewer.go(self.index, project.flags)
        self.table.at(self.index)
        self.scopes.show_shot(self.table.row_at(self.index), self.session.repairs)
        if not self.viewer.transport.playing:
            self._rest.start()

    def _arrived(self, role: str, index: int) -> None:
        if (role, index) == ("result", self.index) and not self.viewer.transport.playing:
            self._rest.start()

    def _scope(self) -> None:
        """Scopes of the frame that is shown, when it rests; none while it is not there."""
        index = self.index
        if self.viewer.transport.playing:
            return
        picture = self.session.films.there("result", index)
        shown = None if picture is None else (index, id(picture))
        if shown == self._scoped:
            return
        self._scoped = shown
        if picture is None:
            self.scopes.show_scopes(None, None)
            return

        def take(found: tuple[Shown, Shown]) -> None:
            if shown == self._scoped:
                self.scopes.show_scopes(*found)

        def make() -> tuple[Shown, Shown]:
            floating = np.asarray(picture / np.float32(255), np.float32)
            return waveform(floating), vectorscope(floating)

        self.session.background.begin(make, take, lambda error: None)

    # what the user does

    def flag(self, index: int) -> None:
        """Flag a frame, or take its flag away."""
        assert self.session.project
        self.session.edit(tr("a flag"), flags=tuple(sorted({*self.session.project.flags} ^ {index})))

    def add_pair(self, index: int) -> None:
        """A flagged frame becomes a training pair; the flag is taken away, and Frames is shown. Without a reference it is to be painted."""
        assert self.session.project
        made = self.session.made
        if len(self.session.roles) == 1:
            made.to_paint = index
            self.wants.emit("keyframes")
            return
        self.session.edit(tr("adding a flagged frame as a pair"), pairs=tuple(sorted({*made.train, index})),
                          held_out=tuple(f for f in made.held_out if f != index),
                          flags=tuple(f for f in self.session.project.flags if f != index))
        self.wants.emit("frames")

    def handle_key(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() == Qt.Key.Key_F and plain:
            self.flag(self.index)
            return True
        if event.key() == Qt.Key.Key_Escape:
            return self.viewer.close_tones()
        return self.viewer.keys(event)
