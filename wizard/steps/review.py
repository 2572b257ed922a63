"""Review: play it, compare it, and flag what is not right. A flagged frame can become a training pair."""
from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.recoveries.runs import used_run
from wizard.kit import Panel, Tag, caption
from wizard.session import Session
from wizard.steps.page import Page
from wizard.steps.review_table import ShotTable
from wizard.steps.review_viewer import ReviewViewer
from wizard.viewer.scopes import Vectorscope, Waveform, vectorscope, waveform
from wizard.words import tr, trn

SCOPE_MS = 120


class ReviewPage(Page):
    """One frame through viewer, scopes and table."""

    key = "review"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.index = 0
        self._scoped = -1
        self.viewer, self.table = ReviewViewer(session), ShotTable()
        self.wave, self.vector = Waveform(tr("Waveform")), Vectorscope(tr("Vectorscope"))
        self.shots, self.waiting = Tag("", "plain"), caption("")
        self._rest = QTimer(self, singleShot=True, interval=SCOPE_MS)
        self._rest.timeout.connect(self._scope)
        self._lay_out()
        self.viewer.moved.connect(self.go)
        self.viewer.flagged.connect(self.flag)
        self.viewer.add.connect(self.add_pair)
        self.table.reached.connect(self.go)
        session.films.arrived.connect(lambda role, index: self._rest.start() if (role, index) == ("result", self.index) else None)

    def _lay_out(self) -> None:
        waves, vectors = Panel(tr("Waveform"), tr("RGB, result")), Panel(tr("Vectorscope"), tr("result"))
        for panel, scope in ((waves, self.wave), (vectors, self.vector)):
            panel.body.setContentsMargins(7, 0, 7, 7)
            panel.body.addWidget(scope, 1)
        scopes = QVBoxLayout()
        scopes.setSpacing(16)
        scopes.addWidget(waves, 1)
        scopes.addWidget(vectors, 1)
        self._scopes = QWidget()
        self._scopes.setLayout(scopes)
        scopes.setContentsMargins(0, 0, 0, 0)
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self.viewer, 1)
        above.addWidget(self._scopes)
        self._rows = Panel()
        self._rows.body.setContentsMargins(7, 3, 7, 7)
        self._rows.body.addWidget(self.waiting)
        self._rows.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(above, 5)
        column.addWidget(self._rows, 2)
        self._column = column
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        self._column.setSpacing(12 if compact else 16)
        self._scopes.setFixedWidth(256 if compact else 320)

    def title(self) -> str:
        return tr("Review")

    def subtitle(self) -> str:
        return tr("Play it, compare it, and flag what is not right. A flagged frame can become a training pair.")

    def corner(self) -> QWidget:
        return self.shots

    def note(self) -> str:
        project = self.session.project
        used = used_run(project) if project else None
        done = [run for run in self.session.made.runs if run.state == "done"]
        if used is None:
            return ""
        said = tr("Run {number} of {all}", number=used.number, all=len(done))
        return said + ", " + tr("compared on held-out frames") if used.held_out else said

    def progress_text(self) -> str:
        status = self.session.worker.status
        return tr("Measuring the shots") if status is not None and status.step == "review" else ""

    # coming and going

    def entered(self) -> None:
        """The shots are measured by themselves where they are not."""
        known = self.session.known()
        standing = known.standing or {}
        if (standing.get("review") != "done" and standing.get("train") == "done" and not self.session.worker.busy and not known.stopped
                and known.paused != "review"):
            self.session.start("review")
        self.refresh()

    def left(self) -> None:
        self.viewer.transport.stop()

    def refresh(self) -> None:
        project = self.session.project
        if project is None:
            return
        self.session.show_result()
        self.viewer.set_film(project.flags)
        table = self.session.made.review if self.session.made.standing.get("review") == "done" else None
        rows = list((table or {}).get("shots", ()))
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.waiting.setVisible(not rows)
        self.waiting.setText(tr("The shots are being measured; play the film meanwhile.") if self.session.worker.busy
                             else tr("The shots are not measured yet."))
        self.shots.setVisible(bool(rows))
        self.shots.setText(trn("{n} shot, worst first", "{n} shots, worst first", len(rows)))
        self.go(self.index)

    def go(self, index: int) -> None:
        """Show a scan frame everywhere."""
        project, scan = self.session.project, self.session.films.source("scan")
        if project is None or scan is None:
            return
        self.index = max(0, min(index, len(scan) - 1))
        self.viewer.go(self.index, project.flags, self._partnered(self.index))
        self.table.at(self.index)
        self._rest.start()

    def _partnered(self, index: int) -> bool:
        alignment = self.session.made.alignment
        return alignment is not None and index < len(alignment.frames) and alignment.frames[index].reference is not None

    def _scope(self) -> None:
        """Scopes of the frame that is shown, when it rests."""
        index = self.index
        picture = self.session.films.picture("result", index, "review 1") if self.session.films.has("result") else None
        if picture is None or index == self._scoped or self.viewer.transport.playing:
            return

        def take(found: tuple[np.ndarray, np.ndarray]) -> None:
            if index == self.index:
                self._scoped = index
                self.wave.set_image(found[0])
                self.vector.set_image(found[1])

        def make() -> tuple[np.ndarray, np.ndarray]:
            floating = picture.astype(np.float32) / 255
            return waveform(floating), vectorscope(floating)

        self.session.background.begin(make, take, lambda error: None)

    # what the user does

    def flag(self, index: int) -> None:
        """Flag a frame, or take its flag away."""
        assert self.session.project
        self.session.edit(tr("a flag"), flags=tuple(sorted({*self.session.project.flags} ^ {index})))

    def add_pair(self, index: int) -> None:
        """A flagged frame becomes a training pair; the flag is taken away, and Frames is shown."""
        assert self.session.project
        made = self.session.made
        self.session.edit(tr("adding a flagged frame as a pair"), pairs=tuple(sorted({*made.train, index})),
                          held_out=tuple(f for f in made.held_out if f != index),
                          flags=tuple(f for f in self.session.project.flags if f != index))
        self.wants.emit("frames")

    def handle_key(self, event: QKeyEvent) -> bool:
        if event.text().lower() == "f":
            self.flag(self.index)
            return True
        return self.viewer.transport.keys(event)
