"""Align: which reference frame belongs to which scan frame, and how exactly they lie on each other. It begins by itself."""
from __future__ import annotations

import time

import numpy as np
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage, QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard import flow, theme
from wizard.graphs.timemap import TimeMap, TimeMapData
from wizard.kit import Panel, Tag, scrolled
from wizard.made import misfits
from wizard.messages import Trouble, doubtful_reference, print_in_colour
from wizard.session import Session
from wizard.steps.align_side import Side
from wizard.steps.align_viewer import AlignViewer
from wizard.steps.doubts import Doubt, doubts, doubts_so_far, verdict
from wizard.steps.media_reel import Reel
from wizard.steps.page import Page, Primary
from wizard.words import number, percent, tr

LOOK_SECONDS = 2.0
SIDE, SIDE_COMPACT, SIDE_LEAST = 324, 280, 260     # px, of the list beside the pictures
MAP_SHARE, MAP_MOST = 0.39, 276     # of the page's height, and px, that the time map gets
NARROW = 980                    # px, a page less wide than this gives the list its least
BELOW = 190                     # px that the pictures need at least; a page that is lower scrolls


class _Column(QVBoxLayout):
    """Takes the height that there is, and scrolls below its least; not the height that it would like."""

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return False


class AlignPage(Page):
    """One frame through time map, pictures and list."""

    key = "align"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.index, self._looked, self._compact = 0, 0.0, False
        self._mapped: object = None
        self._found: list[Doubt] = []
        self._begun: tuple[object, bool] = (None, False)    # the project that is shown, and whether a frame of it was gone to
        self.tag, self._corner = Tag("", "ok"), QWidget()
        corner = QHBoxLayout(self._corner)
        corner.setContentsMargins(0, 0, 0, 0)
        corner.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.map = TimeMap(self._label, self._thumb)
        self.viewer = AlignViewer(session)
        self.side = Side(session)
        self.doubts, self.balance = self.side.doubts, self.side.balance
        self._lay_out()
        for moved in (self.map.moved, self.viewer.moved, self.doubts.reached):
            moved.connect(self._asked)
        self.viewer.synced.connect(self._synced)
        self.viewer.corners.toggled.connect(self.said)
        self.doubts.trusted.connect(self._trust)
        self.doubts.sync.connect(self.viewer.begin_sync)
        self.doubts.forget.connect(self._forget)
        self.balance.shown.connect(self._show_balanced)
        session.films.thumb_arrived.connect(self.map.thumb_arrived)
        theme.changed.connect(self._share)

    def _lay_out(self) -> None:
        self._top, self._below = Panel(), QWidget()
        self._top.body.setContentsMargins(15, 8, 15, 6)
        self._top.body.addWidget(self.map)
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(16)
        below.addWidget(self.viewer, 1)
        below.addWidget(self.side)
        inside = QWidget()
        self._column = _Column(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._top)
        self._column.addWidget(self._below, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))
        self._share()

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._share()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Share the page out between time map and pictures."""
        least = self.map.minimumSizeHint().height() + 16
        self._column.setSpacing(12 if self._compact else 16)
        self._top.setFixedHeight(max(least, min(round(MAP_SHARE * self.height()), theme.scaled(MAP_MOST))))
        self._below.setMinimumHeight(theme.scaled(BELOW))
        side = SIDE if not self._compact else SIDE_COMPACT if self.width() > NARROW else SIDE_LEAST
        self.side.setFixedWidth(min(theme.scaled(side), 400))
        self.viewer.set_small(self._compact or theme.scaled(100) > 120)

    def title(self) -> str:
        return tr("Align")

    def subtitle(self) -> str:
        if self._working():
            return tr("Matching reference to scan. You can look while it works, or close the window; it carries on.")
        if self._compact:
            return tr("Which reference frame belongs to which scan frame.")
        return tr("Which reference frame belongs to which scan frame, and how exactly they lie on each other.")

    def corner(self) -> QWidget:
        return self._corner

    def primary(self) -> Primary | None:
        """Where the matching was stopped by hand the page goes on only when asked."""
        known = self.session.known()
        if self._fresh(known) and self._stopped():
            return Primary(tr("Go on"), lambda: self.session.start("choose"), reason=tr("Stopped by you. Go on when you are ready."))
        return None

    def note(self) -> str:
        if self.viewer.corners.isChecked() and self.viewer.corners.isVisibleTo(self):
            return tr("Drag a corner, or nudge it with the arrows: 0.25 px, with Shift 1 px.")
        if self.session.made.doubtful and not self._working():
            return tr("Doubtful frames are left out where a shot has better ones. You can go on.")
        return self._damage()

    def _damage(self) -> str:
        """How much of a print was found damaged."""
        made = self.session.made
        share = made.facts.get("damage", {}).get("damaged")
        if share is None or made.standing.get("damage") != "done" or not self.session.repairs:
            return ""
        return tr("Damage: {share} of the picture, typically. What is sound stays as it is.", share=percent(float(share)))

    def progress_text(self) -> str:
        status = self.session.worker.status
        if status is None or status.step != "align" or not status.total:
            return ""
        figures = {"done": number(status.done), "total": number(status.total)}
        said = {"reading the scan": tr("Reading scan frame {done} of {total}", **figures),
                "reading the reference": tr("Reading reference frame {done} of {total}", **figures),
                "comparing frames": tr("Comparing frame {done} of {total}", **figures),
                "measuring the weave": tr("Aligning frame {done} of {total}", **figures)}
        return said.get(status.phase, tr("Finding how the films lie on each other"))

    def _working(self) -> bool:
        return self.session.worker.busy and self.session.worker.step in ("", *self._steps())

    def _steps(self) -> tuple[str, ...]:
        """The steps of the engine that the page stands for."""
        return flow.engine_steps(self.session.project.recovery if self.session.project else "")["align"]

    def trouble(self) -> Trouble | None:
        """What is to be told of a reference before anything is learnt from it."""
        made = self.session.made
        if "stale" in [made.standing.get(step) for step in self._steps()]:
            return None
        done = [made.facts.get(step, {}) for step in self._steps() if made.standing.get(step) == "done"]
        told, coloured = ([line for facts in done for line in facts.get(what, ())] for what in ("told", "in_colour"))
        if told:
            return doubtful_reference([*told, *coloured], self.session.repairs)
        return print_in_colour() if coloured else None

    # coming and going

    def entered(self) -> None:
        """Begin by itself where nothing was made, nothing stopped, and nobody stopped it."""
        known = self.session.known()
        if self._fresh(known) and not (self.session.worker.busy or known.stopped or self._stopped()):
            self.session.start("choose")
        self.refresh()

    def _fresh(self, known: flow.Known) -> bool:
        """Whether the films are ready and nothing was made of them yet."""
        ready = known.scan and known.reference and not (known.missing or known.opening or known.guessed)
        standing = known.standing or {}
        return ready and standing.get("choose", "open") == "open" and "stale" not in [standing.get(step) for step in self._steps()]

    def _stopped(self) -> bool:
        """Whether the user stopped the worker."""
        worker = self.session.worker
        return not worker.busy and worker.status is not None and worker.status.state == "stopped"

    def left(self) -> None:
        self.viewer.transport.stop()
        self.viewer.end_sync()

    def refresh(self) -> None:
        self._begin_at()
        self.viewer.set_films()
        self._show_map()
        self.side.set_balances("balance" in self._steps())
        self.balance.refresh()
        self.tag.setVisible(self.session.made.alignment is not None and not self._working())
        self.go(self.index)

    def _begin_at(self) -> None:
        """Another project begins at its first frame; once there are doubtful ones, at the first of these, unless the user is elsewhere."""
        project, made = self.session.project, self.session.made
        folder = project.folder if project else None
        if self._begun[0] != folder:
            self.index, self._begun = 0, (folder, False)
        if made.alignment is not None and not self._begun[1]:
            self.index, self._begun = (made.doubtful or (self.index,))[0], (folder, True)

    def _asked(self, index: int) -> None:
        self._begun = self._begun[0], True
        self.go(index)

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
        if key != self._mapped:
            self._mapped = key
            if made.alignment is not None and not working:
                self._found = doubts(made.alignment, made.doubtful)
            else:
                self._found = doubts_so_far(made.partial)
            self.map.set_data(self._data(len(scan), len(reference), working))
            self._show_verdict()
        self.doubts.show_rows(self._found, project.settings.sync, working or made.alignment is None, self._label,
                              self._reference_label)

    def _given(self) -> bool:
        """Whether the films were given as aligned, on the command line."""
        project = self.session.project
        return project is not None and project.settings.aligned

    def _show_verdict(self) -> None:
        alignment = self.session.made.alignment
        if alignment is not None:
            words, tone = verdict(alignment, self._given())
            self.tag.setText(words)
            self.tag.set_tone(tone, "check" if tone == "ok" else "warn")

    def _data(self, count: int, other: int, working: bool) -> TimeMapData:
        made = self.session.made
        if made.alignment is not None and not working:
            frames = made.alignment.frames
            doubtful = np.zeros(len(frames), bool)
            doubtful[list(made.doubtful)] = True
            return TimeMapData(count, other, [f.reference for f in frames], doubtful.tolist(),
                               misfits(made.alignment, self._given()).tolist(), made.alignment.shots)
        rows, so_far = made.partial, np.zeros(len(made.partial), bool)
        for doubt in self._found:
            so_far[doubt.first:doubt.last + 1] = True
        return TimeMapData(count, other, [row[1] for row in rows], so_far.tolist(),
                           [row[2] if row[1] is not None else np.nan for row in rows], (), len(rows))

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
                self._asked(found)
        elif key == Qt.Key.Key_Y:
            self.viewer.begin_sync()
        elif key == Qt.Key.Key_Escape and self.viewer.syncing:
            self.viewer.end_sync()
        else:
            return self.viewer.keys(event)
        return True
