"""The canvas of the Keyframes page: the frame, what it is painted with, and how it is looked at."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.keyframes.keyframe import Op
from engine.keyframes.palette import Swatch, swatch_of
from wizard import theme
from wizard.kit import Button, Panel, Segment, Words
from wizard.kit.paint import GAP
from wizard.palette_words import share_words
from wizard.steps.keyframes_easel import Palette, Sheet
from wizard.steps.keyframes_tools import KEYS, Slide, Tools
from wizard.viewer.brush import BrushView, Mark
from wizard.viewer.view import Shot
from wizard.words import number, percent, tr

SMALLEST, LARGEST = 0.002, 0.25     # of a brush, in parts of the frame's width
FIRST = {"scribble": 0.01, "brush": 0.03, "erase": 0.03}
HARD = {"brush": 0.7, "erase": 0.7, "lasso": 1.0}
REACH = 0.5
LEAST = 150                         # px of the picture
NOTCH, HARDER = 1.15, 0.1
TOOL_KEYS = {Qt.Key(ord(letter)): tool for tool, letter in KEYS.items()}


class CanvasPanel(Panel):
    """`stroke` (Op without its colour's meaning: the tool, where and how) was drawn, `picked` (x, y) asks for a colour, `wants_picture` for
    one to pick from, `left_picture` to come back from it; `undo` and `redo` are of strokes."""

    stroke = pyqtSignal(object)
    picked = pyqtSignal(float, float)
    wants_picture = pyqtSignal()
    left_picture = pyqtSignal()
    undo = pyqtSignal()
    redo = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("The frame to paint on"))
        self.index = -1                                     # the frame that is shown
        self.tool, self._before = "scribble", "scribble"    # in use, and what comes back after picking
        self._sizes, self._hardness, self._reach = dict(FIRST), dict(HARD), REACH
        self._sheet: Sheet | None = None
        self._label, self._said, self._size, self._aspect = "", "", (1, 1), 1.0
        self._ops: tuple[Op, ...] = ()
        self._suggested = False
        self._palette: Palette = ()
        self._swatch: Swatch | None = None
        self._passing: NDArray[np.uint8] | None = None      # the plain frame, before it can be painted on
        self._other: tuple[NDArray[np.uint8], str, str] | None = None       # a picture to pick from, its name and its file
        self.view = BrushView(tr("The keyframe"))
        self.view.setMinimumHeight(LEAST)
        self.tools = Tools()
        self.size_slide, self.hardness_slide = Slide(tr("Size"), 124), Slide(tr("Hardness"), 100)
        self._size_word, self._value, self._hard_word = (Words(text, 13, 500, "text2", wrap=False)
                                                         for text in (tr("Size"), "", tr("Hardness")))
        self.from_picture = Button(tr("Pick from a picture…"), icon="folder", height=32)
        self.to_frame = Button(tr("Back to the frame"), "quiet", "left", height=32)
        self.how = Segment([("painted", tr("Painted"), None), ("scan", tr("Scan"), None), ("strokes", tr("Strokes only"), None)],
                           tr("How the frame is shown"))
        self._lay_out()
        self._connect()
        self.choose("scribble")

    def _lay_out(self) -> None:
        self._sliders, self._apart = QWidget(), QWidget()
        self._apart.setFixedWidth(4)
        row = QHBoxLayout(self._sliders)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._size_word, self.size_slide, self._value, self._apart, self._hard_word, self.hardness_slide,
                       self.from_picture, self.to_frame):
            row.addWidget(widget)
        row.addStretch(1)
        self._sliders.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setContentsMargins(16, 8, 15, 8)
        self._foot.setSpacing(8)
        self._foot.addWidget(self._sliders, 1)
        self._foot.addWidget(self.how, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addLayout(self._foot)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self.tools)
        both.addLayout(column, 1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(both, 1)

    def _connect(self) -> None:
        self.tools.chosen.connect(self.choose)
        self.tools.undo.connect(self.undo)
        self.tools.redo.connect(self.redo)
        self.view.stroke.connect(self._drawn)
        self.view.picked.connect(self.picked)
        self.view.turned.connect(self._turned)
        self.size_slide.valueChanged.connect(self._slid)
        self.hardness_slide.valueChanged.connect(lambda value: self._set_hardness(value / 100))
        self.how.chosen.connect(lambda _: self._show())
        self.from_picture.clicked.connect(self.wants_picture)
        self.to_frame.clicked.connect(self.left_picture)
        theme.changed.connect(self._fit)

    # the tool

    def choose(self, tool: str) -> None:
        """Take a tool."""
        if self.tool != "pick":
            self._before = self.tool
        self.tool = tool
        self.tools.choose(tool)
        self._dress()

    def put_back(self) -> None:
        """After picking, take what was in use before."""
        self.choose(self._before)

    def _dress(self) -> None:
        """The sliders and the brush as the tool has them."""
        tool, picks = self.tool, self.tool == "pick"
        sized, hard = tool in FIRST or tool == "fill", tool in HARD
        self._size_word.setText(tr("Reach") if tool == "fill" else tr("Size"))
        self.size_slide.setAccessibleName(self._size_word.text())
        for widget in (self._size_word, self.size_slide, self._value):
            widget.setVisible(sized)
        for widget in (self._apart, self._hard_word, self.hardness_slide):
            widget.setVisible(hard or tool == "scribble")
            widget.setEnabled(hard)
        self.from_picture.setVisible(picks)
        self.to_frame.setVisible(picks and self._other is not None)
        for slide, value in ((self.size_slide, self._slide_value()), (self.hardness_slide, round(100 * self._hardness.get(tool, 1.0)))):
            slide.blockSignals(True)
            slide.setValue(value)
            slide.blockSignals(False)
            slide.update()
        self._tell_size()
        self.view.colour = self._swatch.colour if self._swatch is not None else None
        self.view.set_tool(tool if self._sheet is not None or self._other is not None else "", self._sizes.get(tool, SMALLEST),
                           self._hardness.get(tool, 1.0))
        self._fit()

    def _slide_value(self) -> int:
        if self.tool == "fill":
            return round(100 * self._reach)
        return round(100 * float(np.log(self._sizes.get(self.tool, SMALLEST) / SMALLEST) / np.log(LARGEST / SMALLEST)))

    def _tell_size(self) -> None:
        pixels = tr("{n} px", n=number(max(1, round(self._sizes.get(self.tool, 0) * self._size[0]))))
        said = percent(self._reach) if self.tool == "fill" else pixels
        self._value.setText(said)
        self.size_slide.setAccessibleDescription(said)
        self.hardness_slide.setAccessibleDescription(percent(self._hardness.get(self.tool, 1.0)))

    def _slid(self, value: int) -> None:
        if self.tool == "fill":
            self._reach = value / 100
        elif self.tool in self._sizes:
            self._sizes[self.tool] = SMALLEST * (LARGEST / SMALLEST) ** (value / 100)
        self._dress()

    def _set_hardness(self, hardness: float) -> None:
        if self.tool in self._hardness:
            self._hardness[self.tool] = min(max(hardness, 0.0), 1.0)
            self._dress()

    def _turned(self, what: str, notches: float) -> None:
        """The wheel over the picture, or a key."""
        if what == "hardness":
            self._set_hardness(self._hardness.get(self.tool, 1.0) + HARDER * notches)
        elif self.tool == "fill":
            self._reach = min(max(self._reach + 0.05 * notches, 0.0), 1.0)
            self._dress()
        elif self.tool in self._sizes:
            self._sizes[self.tool] = min(max(self._sizes[self.tool] * NOTCH ** notches, SMALLEST), LARGEST)
            self._dress()

    def _drawn(self, tool: str, points: tuple[tuple[float, float, float], ...]) -> None:
        if self._other is not None:
            return
        size = self._sizes.get(tool, 0.0)
        swatch = 0 if tool == "erase" or self._swatch is None else self._swatch.number
        self.stroke.emit(Op(tool, swatch, points, size, self._hardness.get(tool, 1.0), self._reach))

    # what is shown

    def set_swatch(self, swatch: Swatch | None, palette: Palette) -> None:
        """The colour that is painted with."""
        self._swatch, self._palette = swatch, palette
        self._dress()
        self._mark()

    def set_frame(self, index: int, size: tuple[int, int], aspect: float, label: str) -> None:
        """Another frame: of which size it is, and the words on it. Its picture comes when it is ready."""
        self.index, self._sheet, self._passing, self._other, self._said, self._ops = index, None, None, None, "", ()
        self._show()
        self._dress()
        self._size, self._aspect, self._label = size, aspect, label
        self._tell_size()

    def set_ops(self, ops: Sequence[Op]) -> None:
        """What was done, of which the picture may not show the last yet."""
        self._ops = tuple(ops)
        self._mark()

    def say(self, text: str) -> None:
        """A sentence on the picture."""
        self._said = text
        self._write_notes()

    def show_sheet(self, sheet: Sheet | None, suggested: bool = False) -> None:
        """Show the frame as it is painted now."""
        self._sheet, self._suggested = sheet, suggested
        self._passing = None
        self._show()
        self._dress()

    def show_passing(self, image: NDArray[np.uint8]) -> None:
        """The plain frame, until it can be painted on."""
        if self._sheet is None:
            self._passing = image
            self._show()

    @property
    def sheet(self) -> Sheet | None:
        """The frame as it is painted; None while it is not there to be painted on."""
        return self._sheet

    def show_picture(self, image: NDArray[np.uint8] | None, name: str = "", file: str = "") -> None:
        """A picture to pick from, in the frame's place; None comes back to the frame."""
        if image is None and self._other is None:
            return
        self._other = None if image is None else (image, name, file)
        self._show()
        self._dress()

    @property
    def other(self) -> tuple[str, str]:
        """Name and file of the picture that is picked from; '' for the frame."""
        return ("", "") if self._other is None else self._other[1:]

    @property
    def picture(self) -> NDArray[np.uint8] | None:
        """What is seen: a colour that is picked is taken from it."""
        shot = self.view.compared.first
        return None if shot is None else shot.image

    def _show(self) -> None:
        if self._other is not None:
            image = self._other[0]
            self.view.set_pictures(Shot(image, "", (image.shape[1], image.shape[0])))
        elif self._sheet is None:
            self.view.set_pictures(None if self._passing is None else Shot(self._passing, "", self._size, None, 0, self._aspect))
        else:
            image = {"painted": self._sheet.image, "scan": self._sheet.scan, "strokes": self._sheet.grey}[self.how.key]
            self.view.set_pictures(Shot(image, "", self._size, None, 0, self._aspect))
        self._mark()
        self._write_notes()

    def _mark(self) -> None:
        """Scribbles lie over what they made; other strokes until the picture shows them, or where nothing else is shown."""
        how, made = self.how.key, self._sheet.keyframe.ops if self._sheet is not None else ()
        alike = next((k for k, (a, b) in enumerate(zip(self._ops, made, strict=False)) if a is not b and a != b), None)
        known = min(len(made), len(self._ops)) if alike is None else alike
        marks = []
        for k, op in enumerate(self._ops):
            if op.points and (op.tool == "scribble" or k >= known or how == "strokes"):
                swatch = swatch_of(self._palette, op.swatch)
                marks.append(Mark(op.tool, op.points, op.size, swatch.colour if swatch else (0.95, 0.95, 0.95)))
        hidden = self._other is not None or how == "scan"
        self.view.set_marks(() if hidden else marks, self._suggested and self._other is None)

    def _write_notes(self) -> None:
        if self._other is not None:
            notes = [(self._other[1], "top-left")]
        else:
            share = share_words(self._sheet.share) if self._sheet is not None else ""
            metrics = QFontMetricsF(theme.font(12, 600))
            wide = sum(metrics.horizontalAdvance(words) + 2 * GAP for words in (self._label, share)) + 3 * GAP
            apart = self.view.compared.shot is None or wide <= self.view.seen().width()
            notes = [(self._label, "top-left"), (share, "top-right" if apart else "" if self._said else "bottom-left")]
        self.view.set_notes([note for note in (*notes, (self._said, "bottom")) if all(note)])

    # keys

    def keys(self, event: QKeyEvent) -> bool:
        """A tool, its size and its hardness, whatever has the focus."""
        text, plain = event.text(), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if text in ("[", "]", "{", "}"):
            self._turned("size" if text in "[]" else "hardness", 1 if text in "]}" else -1)
        elif plain and Qt.Key(event.key()) in TOOL_KEYS:
            self.choose(TOOL_KEYS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and (self.view.drop() or self._other is not None):
            self.left_picture.emit()
        else:
            event.accept()
            self.view.keyPressEvent(event)
            return event.isAccepted()
        return True

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The sliders over the segment where both do not fit beside each other."""
        room = self.width() - self.tools.sizeHint().width() - 40
        beside = self._sliders.minimumSizeHint().width() + self.how.sizeHint().width() <= room
        self._write_notes()
        self._foot.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
