"""The damage of a print on the Frames page: shown in red on the frame, and painted on where the program is wrong."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.detail.edits import Edit, Stroke, load_edit
from engine.errors import MediaError
from wizard.kit import IconButton, Segment
from wizard.messages import trouble_of
from wizard.session import Session
from wizard.steps.keyframes_tools import Slide
from wizard.steps.pairing import Pairing
from wizard.viewer.brush import BrushView, Mark
from wizard.words import tr

ROLE = "damage"
SMALLEST, LARGEST, FIRST = 0.002, 0.25, 0.02        # of a brush, in parts of the frame's width
HARDNESS = 0.7
NOTCH = 1.15
INKS = {"damaged": (0.93, 0.10, 0.08), "sound": (0.20, 0.75, 0.35)}


class DamageTools(QWidget):
    """The pair or the damage map; with the map, which brush, its size, undo and redo."""

    def __init__(self) -> None:
        super().__init__()
        self.what = Segment([("pair", tr("Pair"), None), (ROLE, tr("Damage map"), None)], tr("What is shown of the frame"))
        self.brush = Segment([("damaged", tr("Damage"), "brush"), ("sound", tr("Sound"), "check")], tr("What the brush says"))
        self.brush.cell("damaged").setToolTip(tr("Paint what is damaged: it is repaired. Wheel, [ and ]: size, Ctrl and wheel: zoom"))
        self.brush.cell("sound").setToolTip(tr("Paint what is sound: the print stays as it is there"))
        self.size = Slide(tr("Size"), 64)
        self.back, self.again = IconButton("undo", tr("Take back the last stroke")), IconButton("redo", tr("Do it again"))
        self._tools = QWidget()
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (self.brush, self.size, self.back, self.again):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.what)
        column.addWidget(self._tools)
        self.show_tools(False)

    def show_tools(self, shown: bool) -> None:
        self._tools.setVisible(shown)


class DamagePainting(QObject):
    """What is painted goes to the disk at once. `turned` (on): the map is shown, or the pair again; `painted`: a stroke was made."""

    turned = pyqtSignal(bool)
    painted = pyqtSignal()

    def __init__(self, session: Session, view: BrushView, pairing: Pairing) -> None:
        super().__init__(view)
        self.session, self.view, self.pairing = session, view, pairing
        self.tools = DamageTools()
        self.edit: Edit | None = None           # of the frame that is shown; None where it cannot be read
        self.index = -1
        self._size, self._there = FIRST, False
        self.tools.what.chosen.connect(lambda key: self.turned.emit(key == ROLE))
        self.tools.brush.chosen.connect(lambda _: self._dress())
        self.tools.size.valueChanged.connect(lambda value: self._set_size(SMALLEST * (LARGEST / SMALLEST) ** (value / 100)))
        view.turned.connect(lambda what, notches: self._set_size(self._size * NOTCH ** notches) if what == "size" else None)
        view.stroke.connect(self._drawn)
        pairing.pictured.connect(self._pictured)
        session.films.arrived.connect(self._arrived)
        session.films.trouble.connect(self._refused)
        self._dress()

    @property
    def on(self) -> bool:
        """Whether the damage is shown."""
        return self.session.repairs and self.tools.what.key == ROLE

    def show(self, index: int) -> None:
        """Show the damage of a frame; until it is found, the frame."""
        if index != self.index:
            self.index, self._there = index, False
        self.edit = self._read(index)
        films = self.session.films
        self._there = self._there or films.there(ROLE, index) is not None
        if not self._there:
            films.picture(ROLE, index, ROLE)
        self.pairing.show(index, (ROLE if self._there else "scan", ""))
        said = tr("Looking for the damage of this frame") if films.has(ROLE) else tr("The damage of this frame cannot be found")
        self.view.set_notes([] if self._there else [(said, "bottom")])
        self._dress()

    def leave(self) -> None:
        """The pair is shown."""
        self.index, self._there = -1, False
        self.view.set_notes([])
        self.view.set_marks(())
        self._dress()

    def _read(self, index: int) -> Edit | None:
        scan = self.session.films.source("scan")
        if scan is None or self.session.project is None:
            return None
        try:
            return load_edit(self.session.project.folder, scan, index)
        except MediaError as error:
            self.session.say(trouble_of(type(error).__name__, str(error), ""))
            return None

    def _arrived(self, role: str, index: int) -> None:
        if self.on and role == ROLE and index == self.index and not self._there:
            self.show(index)

    def _refused(self, role: str, index: int, error: object) -> None:
        if self.on and role == ROLE and index == self.index:
            self.view.set_notes([(tr("The damage of this frame cannot be found"), "bottom")])

    def _pictured(self) -> None:
        """The picture shows the strokes now."""
        if self.on and self.pairing.fresh(0):
            self.view.set_marks(())

    # painting

    def _drawn(self, tool: str, points: tuple[tuple[float, float, float], ...]) -> None:
        """An eraser of a pen says the other thing."""
        if self.edit is not None and self._there:
            damaged = (self.tools.brush.key == "damaged") != (tool == "erase")
            ink = INKS["damaged" if damaged else "sound"]
            self.view.set_marks((*self.view.marks, Mark("brush", points, self._size, ink)))
            self._keep(self.edit.done(Stroke(damaged, points, self._size, HARDNESS)))
            self.painted.emit()

    def undo(self) -> bool:
        """Take back the last stroke on the frame; False where there is none."""
        return self._step(Edit.undo)

    def redo(self) -> bool:
        return self._step(Edit.redo)

    def _step(self, step: Callable[[Edit], Edit]) -> bool:
        if not self.on or self.edit is None or step(self.edit) == self.edit:
            return False
        self.view.set_marks(())
        self._keep(step(self.edit))
        return True

    def _keep(self, edit: Edit) -> None:
        if self.session.keep_edit(edit):
            self.edit = edit
        self._dress()

    # the brush

    def _set_size(self, size: float) -> None:
        self._size = min(max(size, SMALLEST), LARGEST)
        self._dress()

    def _dress(self) -> None:
        """Tools and brush as they are now."""
        on, edit = self.on, self.edit
        self.tools.show_tools(on)
        self.tools.back.setEnabled(bool(edit and edit.strokes))
        self.tools.again.setEnabled(bool(edit and edit.undone))
        self.tools.size.blockSignals(True)
        self.tools.size.setValue(round(100 * float(np.log(self._size / SMALLEST) / np.log(LARGEST / SMALLEST))))
        self.tools.size.blockSignals(False)
        self.tools.size.update()
        self.view.colour = INKS[self.tools.brush.key]
        self.view.set_tool("brush" if on and self._there and edit is not None else "", self._size, HARDNESS)

    def key(self, event: QKeyEvent) -> bool:
        """[ and ] are the size of the brush."""
        if not self.on or event.key() not in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            return False
        self._set_size(self._size * NOTCH ** (1 if event.key() == Qt.Key.Key_BracketRight else -1))
        return True
