"""The two pictures of the Align page: compared, moved by their corners, and stepped apart to set a sync point."""
from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from wizard import theme
from wizard.kit import Button, IconButton, Panel, Segment, Words
from wizard.probe import frame_label
from wizard.roles import folds
from wizard.session import Session
from wizard.steps.media_reel import Reel
from wizard.steps.pairing import Pairing
from wizard.viewer.transport import Transport
from wizard.viewer.view import PictureView
from wizard.words import tr

Point = tuple[float, float]
Corners = tuple[Point, ...]

STRAIGHT: Corners = ((0.0, 0.0),) * 4


class AlignViewer(Panel):
    """`moved` is where the user went; `synced` (scan frame, reference frame) a sync point that was set."""

    moved = pyqtSignal(int)
    synced = pyqtSignal(int, int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.balanced, self.index = False, 0
        self._trying = -1                       # the reference frame that is tried for a sync point; -1: none is
        self._laid_by: Corners = STRAIGHT       # the corners that the reference is laid by in the picture that is shown
        self._small = False
        self.view = PictureView(tr("Scan and reference"), ("wipe", "onion", "difference", "checker", "split"))
        self.pairing = Pairing(self.view, session, "align")
        self.pairing.names = self._name
        self.transport = Transport(tr("Scan"))
        self.other = Transport(tr("Reference"))
        self._words = {"wipe": tr("Wipe"), "onion": tr("Onion skin"), "difference": tr("Difference"), "checker": tr("Checkerboard")}
        icons = {"wipe": "wipe", "onion": "onion", "difference": "diff", "checker": "checker"}
        self.modes = Segment([(mode, words, icons[mode]) for mode, words in self._words.items()], tr("How the pictures are compared"))
        self.corners = Button(tr("Move corners"), height=32)
        self.corners.setCheckable(True)
        self.put_back = Button(tr("Put back"), "quiet", height=32)
        self.fit = IconButton("fit", tr("Fit the picture"))
        self.actual = IconButton("zoom", tr("Pixel by pixel"))
        self.sync_words = Words(tr("Step the reference until it shows what the scan shows."), 13, 400, "text2")
        self.sync_set = Button(tr("Set the sync point"), height=32)
        self.sync_cancel = Button(tr("Leave it"), "quiet", height=32)
        self.setMinimumWidth(320)               # the modes give way, not the page
        self.view.setMinimumHeight(96)
        self._lay_out()
        self._connect()
        self._show_controls()

    def _lay_out(self) -> None:
        self.show_header(True)
        self.header.setContentsMargins(7, 7, 7, 7)
        self.header.setSpacing(4)
        while self.header.count():
            item = self.header.takeAt(0)
            if item and (old := item.widget()):
                old.hide()
        self._gap = QWidget()
        self._gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        for widget in (self.modes, self._gap, self.put_back, self.corners):
            self.header.addWidget(widget)
        self.header.addWidget(self.sync_words, 1)
        for control in (self.fit, self.actual, self.sync_cancel, self.sync_set):
            self.header.addWidget(control)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.transport)
        self.body.addWidget(self.other)

    def _connect(self) -> None:
        self.modes.chosen.connect(self.view.set_mode)
        self.view.mode_changed.connect(self._mode_changed)
        self.view.corners_changed.connect(self._corners_moved)
        self.corners.toggled.connect(self.pairing.again)
        self.put_back.clicked.connect(lambda: self.session.edit(tr("moving the corners"), corners=()))
        self.fit.clicked.connect(self.view.fit)
        self.actual.clicked.connect(self.view.actual)
        self.transport.moved.connect(self.moved)
        self.other.moved.connect(self._try)
        self.sync_set.clicked.connect(self._set_sync)
        self.sync_cancel.clicked.connect(self.end_sync)
        self.pairing.pictured.connect(self._show_corners)
        theme.changed.connect(self._fit_controls)

    def set_small(self, small: bool) -> None:
        """There is little height: one transport at a time, and short labels."""
        self._small = small
        self._show_controls()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit_controls()

    def _fit_controls(self) -> None:
        """The modes lose their words where the row is too narrow for all of its controls."""
        shown = [w for w in (self.put_back, self.corners, self.fit, self.actual) if not w.isHidden()]
        room = self.width() - 16 - sum(w.sizeHint().width() + 4 for w in shown)
        for mode, words in self._words.items():
            self.modes.cell(mode).setText(words)
        short = sum(self.modes.cell(mode).sizeHint().width() for mode in self._words) + 4 > room
        for mode, words in self._words.items():
            cell = self.modes.cell(mode)
            cell.setText("" if short else words)
            cell.setAccessibleName(words)
            cell.setToolTip(words if short else "")
            cell.updateGeometry()

    def _mode_changed(self, mode: str) -> None:
        if mode != "split":
            self.modes.choose(mode)
            self.go(self.index)

    def set_films(self) -> None:
        """The films or what is known of them changed."""
        self.pairing.again()
        scan, reference = self.session.films.source("scan"), self.session.films.source("reference")
        self.transport.set_length(len(scan) if scan else 0)
        self.other.set_length(len(reference) if reference else 0)
        if scan:
            self.transport.set_rate(Reel(scan).rate)
        self._show_controls()

    def go(self, index: int) -> None:
        """Show a scan frame and what lies on it."""
        self.index = index
        self.transport.set_index(index)
        self.transport.set_label(self.label(index))
        films = self.session.films
        alike = self.balanced or self.view.mode == "difference"      # beside the fade nothing else would be seen
        first = "balanced" if alike and films.has("balanced") else "scan"
        notes: list[tuple[str, str]] = []
        if self.syncing:
            self.pairing.show(index, (first, "reference"), self._trying)
        elif films.has("laid"):
            notes = [(tr("Not in the reference"), "bottom")] if self.partner(index) is None else []
            self.pairing.show(index, (first, "laid"))
        elif (found := self.found(index)) is not None:
            notes = [(tr("Laid on the scan when the matching is done"), "bottom")]
            self.pairing.show(index, (first, "reference"), found)
        else:
            self.pairing.show(index, (first, ""))
        self.view.set_notes(notes)

    def found(self, index: int) -> int | None:
        """The reference frame that a scan frame is matched to while the matching goes on."""
        rows, reference = self.session.made.partial, self.session.films.source("reference")
        partner: int | None = rows[index][1] if 0 <= index < len(rows) else None
        return partner if partner is not None and reference and partner < len(reference) else None

    def label(self, index: int) -> str:
        """A scan frame as the scan counts it."""
        return frame_label(self.session.films.source("scan"), index)

    def partner(self, index: int) -> int | None:
        alignment = self.session.made.alignment
        return alignment.frames[index].reference if alignment and 0 <= index < len(alignment.frames) else None

    def _name(self, role: str, index: int) -> str:
        if self.corners.isChecked() and not self.syncing:
            return ""                           # it would lie on a handle
        if role == "balanced":
            return tr("Balanced scan {frame}", frame=self.label(index))
        if role == "scan":
            return tr("Scan {frame}", frame=self.label(index))
        reference = self.session.films.source("reference")
        partner = index if role == "reference" else self.partner(index)
        if reference is None or partner is None or partner >= len(reference) or (self._small and not self.syncing):
            return tr("Reference")
        return tr("Reference {frame}", frame=Reel(reference).label(reference.place(partner)))

    # corners

    def _points(self, corners: Corners) -> list[Point] | None:
        """The corners of the live area, moved by `corners`."""
        alignment = self.session.made.alignment
        if alignment is None:
            return None
        x0, y0, x1, y1 = alignment.live_area
        return [(x + dx, y + dy) for (x, y), (dx, dy) in zip(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), corners, strict=True)]

    def _show_corners(self) -> None:
        """The handles at the corners as they are set; the picture goes along until it is made by them."""
        project = self.session.project
        asked = (project.settings.corners if project else ()) or STRAIGHT
        if self.pairing.fresh(1):
            self._laid_by = asked
        points, home = self._points(asked), self._points(self._laid_by)
        shown = self.corners.isChecked() and not self.syncing
        self.view.set_corners(points if shown else None, home)

    def _corners_moved(self, points: list[Point]) -> None:
        home, alignment = self._points(STRAIGHT), self.session.made.alignment
        if home is None or alignment is None:
            return
        offsets = tuple((round(x - hx, 3), round(y - hy, 3)) for (x, y), (hx, hy) in zip(points, home, strict=True))
        if folds(alignment, offsets):
            self._show_corners()
            return
        self.session.edit(tr("moving the corners"), corners=offsets if any(d for offset in offsets for d in offset) else ())

    # sync points

    @property
    def syncing(self) -> bool:
        return self._trying >= 0

    def begin_sync(self) -> None:
        """Let the reference be stepped by itself, from the frame that is taken for the partner now."""
        reference = self.session.films.source("reference")
        if reference is None or self.syncing:
            return
        partner = self.partner(self.index)
        near = self.index * len(reference) // max(1, self.transport.length)
        self._trying = min(partner if partner is not None else near, len(reference) - 1)
        self.corners.setChecked(False)
        self.view.set_notes([])
        self.view.set_mode("split")
        self._show_controls()
        self._try(self._trying)
        self.other.track.setFocus()

    def end_sync(self) -> None:
        if self.syncing:
            self._trying = -1
            self.view.set_mode(self.modes.key)
            self._show_controls()
            self.go(self.index)

    def _try(self, reference_index: int) -> None:
        if not self.syncing:
            return
        self._trying = reference_index
        reference = self.session.films.source("reference")
        self.other.set_index(reference_index)
        if reference:
            self.other.set_label(Reel(reference).label(reference.place(reference_index)))
        self.go(self.index)

    def _set_sync(self) -> None:
        scan, reference = self.index, self._trying
        self.end_sync()
        self.synced.emit(scan, reference)

    def _show_controls(self) -> None:
        syncing, project = self.syncing, self.session.project
        for control in (self.modes, self.corners, self._gap):
            control.setVisible(not syncing)
        for control in (self.sync_words, self.sync_set, self.sync_cancel, self.other):
            control.setVisible(syncing)
        self.transport.setVisible(not (syncing and self._small))
        self.put_back.setVisible(not syncing and bool(project and project.settings.corners))
        self.corners.setEnabled(self.session.made.alignment is not None)
        self._fit_controls()
        self._show_corners()

    def keys(self, event: QKeyEvent) -> bool:
        """A key that no widget took: of the transport, else of the view."""
        if (self.other if self.syncing else self.transport).keys(event):
            return True
        self.view.keyPressEvent(event)
        return event.isAccepted()
