"""Align: which reference frame belongs to which scan frame, and how exactly they lie on each other. It begins by itself."""
from __future__ import annotations

import time

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage, QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard import flow
from wizard.graphs.timemap import TimeMap, TimeMapData
from wizard.kit import Panel, Segment, Tag
from wizard.made import DOUBTFUL_PX, misfits
from wizard.session import Session
from wizard.steps.align_side import Balancing, Doubts
from wizard.steps.align_viewer import AlignViewer
from wizard.steps.doubts import Doubt, doubts, verdict
from wizard.steps.media_reel import Reel
from wizard.steps.page import Page
from wizard.words import number, tr

LOOK_SECONDS = 2.0
SIDE, SIDE_COMPACT = 324, 288


class AlignPage(Page):
    """One frame through time map, pictures and list."""

    key = "align"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.index, self._looked = 0, 0.0
        self._mapped: object = None
        self.tag = Tag("", "ok")
        self.map = TimeMap(self._label, self._thumb)
        self.viewer = AlignViewer(session)
        self.doubts = Doubts()
        self.balance = Balancing(session)
        self.tabs = Segment([("doubts", tr("Doubtful"), None), ("balance", tr("Balance"), None)], tr("Beside the pictures"))
        self._lay_out()
        self.map.moved.connect(self.go)
        self.viewer.moved.connect(self.go)
        self.viewer.synced.connect(self._synced)
        self.doubts.reached.connect(self.go)
        self.doubts.trusted.connect(self._trust)
        self.doubts.sync.connect(self.viewer.begin_sync)
        self.doubts.forget.connect(self._forget)
        self.balance.shown.connect(self._show_balanced)
        self.tabs.chosen.connect(lambda _: self.set_compact(self._compact))
        session.films.thumb_arrived.connect(self.map.thumb_arrived)

    def _lay_out(self) -> None:
        top = Panel()
        top.body.setContentsMargins(15, 8, 15, 6)
        top.body.addWidget(self.map)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self.doubts, 1)
        side.addWidget(self.balance)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.viewer, 1)
        below.addWidget(self._side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(top)
        whole.addLayout(below, 1)
        self._column, self._top = whole, top
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._column.setSpacing(12 if compact else 16)
        self._side.setFixedWidth(SIDE_COMPACT if compact else SIDE)
        self.map.setFixedHeight(198 if compact else 250)
        self.tabs.setVisible(compact)
        self.doubts.setVisible(not compact or self.tabs.key == "doubts")
        self.balance.setVisible(not compact or self.tabs.key == "balance")

    def title(self) -> str:
        return tr("Align")

    def subtitle(self) -> str:
        if self._working():
            return tr("Matching reference to scan. You can look while it works, or close the window; it carries on.")
        return tr("Which reference frame belongs to which scan frame, and how exactly they lie on each other.")

    def corner(self) -> QWidget:
        return self.tag

    def note(self) -> str:
        if self.session.made.doubtful and not self._working():
            return tr("Doubtful frames stay out of training. You can go on.")
        return ""

    def progress_text(self) -> str:
        status = self.session.worker.status
        if status is None or status.step != "align" or not status.total:
            return ""
        if status.phase.startswith("measuring"):
            return tr("Aligning frame {done} of {total}", done=number(status.done), total=number(status.total))
        return ""

    def _working(self) -> bool:
        return self.session.worker.busy and self.session.worker.step in ("", *flow.ENGINE_STEPS["align"])

    # coming and going

    def entered(self) -> None:
        """Begin by itself where nothing was made, nothing stopped, and nobody stopped it."""
        known = self.session.known()
        ready = known.scan and known.reference and not (known.missing or known.opening or known.guessed)
        fresh = (known.standing or {}).get("choose", "open") == "open" and not any(
            (known.standing or {}).get(step) == "stale" for step in ("align", "balance"))
        if ready and fresh and not self.session.worker.busy and not known.stopped and not known.paused:
            self.session.start("choose")
        self.refresh()

    def left(self) -> None:
        self.viewer.transport.stop()
        self.viewer.end_sync()

    def refresh(self) -> None:
        self.viewer.set_films()
        self._show_map()
        self.balance.refresh()
        alignment = self.session.made.alignment
        self.tag.setVisible(alignment is not None and not self._working())
        if alignment is not None:
            words, tone = verdict(alignment)
            self.tag.setText(words)
            self.tag.set_tone(tone, "check" if tone == "ok" else "warn")
        self.viewer.pairing.again()
        self.go(self.index)

    def progressed(self) -> None:
        if self._working() and time.monotonic() - self._looked > LOOK_SECONDS:
            self._looked = time.monotonic()
            self.session.made.look()

    # what is shown

    def go(self, index: int) -> None:
        """Show a scan frame everywhere."""
        scan = self.session.films.source("scan")
        self.index = max(0, min(index, len(scan) - 1)) if scan else 0
        self.map.set_index(self.index)
        self.viewer.go(self.index)
        self.doubts.at(self.index)

    def _label(self, index: int) -> str:
        return self.viewer.label(index)

    def _reference_label(self, index: int) -> str:
        reference = self.session.films.source("reference")
        return Reel(reference).label(reference.place(index)) if reference and index < len(reference) else str(index)

    def _thumb(self, role: str, index: int) -> QImage | None:
        return self.session.films.thumb(role, index) if self.session.films.has(role) else None

    def _show_map(self) -> None:
        made, films = self.session.made, self.session.films
        scan, reference = films.source("scan"), films.source("reference")
        project = self.session.project
        if scan is None or reference is None or project is None:
            return
        working = self._working() and self.session.worker.step in ("", "align")
        key = (scan, reference, made.alignment, id(made.partial), made.doubtful, working)
        found: list[Doubt] = []
        if made.alignment is not None and not working:
            found = doubts(made.alignment, made.doubtful)
        if key != self._mapped:
            self._mapped = key
            self.map.set_data(self._data(len(scan), len(reference), working))
        self.doubts.show_doubts(found, self._working() and made.alignment is None, self._label)
        self.doubts.show_points(project.settings.sync, self._label, self._reference_label)

    def _data(self, count: int, other: int, working: bool) -> TimeMapData:
        made = self.session.made
        if made.alignment is not None and not working:
            doubtful = set(made.doubtful)
            frames = made.alignment.frames
            return TimeMapData(count, other, [f.reference for f in frames], [f.scan in doubtful for f in frames],
                               misfits(made.alignment).tolist(), made.alignment.shots)
        rows = made.partial
        return TimeMapData(count, other, [row[1] for row in rows], [row[1] is not None and row[2] > DOUBTFUL_PX for row in rows],
                           [row[2] if row[1] is not None else float("nan") for row in rows], (), len(rows))

    def _show_balanced(self, on: bool) -> None:
        self.viewer.balanced = on
        self.viewer.go(self.index)

    # corrections

    def _trust(self, frames: list[int]) -> None:
        assert self.session.project
        self.session.edit(tr("confirming doubtful frames"), trusted=tuple(sorted({*self.session.project.trusted, *frames})))

    def _synced(self, scan: int, reference: int) -> None:
        assert self.session.project
        kept = [point for point in self.session.project.settings.sync if point[0] != scan]
        self.session.edit(tr("a sync point"), sync=tuple(sorted([*kept, (scan, reference)])))

    def _forget(self, scan: int) -> None:
        assert self.session.project
        self.session.edit(tr("a sync point"), sync=tuple(p for p in self.session.project.settings.sync if p[0] != scan))

    def handle_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_N:
            found = self.doubts.next_after(self.index)
            if found is not None:
                self.go(found)
        elif key == Qt.Key.Key_Y:
            self.viewer.begin_sync()
        elif key == Qt.Key.Key_Escape and self.viewer.syncing:
            self.viewer.end_sync()
        else:
            transport = self.viewer.other if self.viewer.syncing else self.viewer.transport
            return transport.keys(event)
        return True
