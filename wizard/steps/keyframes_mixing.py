"""Name and colour of a swatch: a square of hue and saturation, and how light it is."""
# ruff: noqa: N802
from __future__ import annotations

import colorsys
from dataclasses import replace

import cv2
import numpy as np
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.keyframes.palette import Swatch
from wizard import theme
from wizard.kit import Button, Field, Words, paint
from wizard.steps.keyframes_tools import Slide
from wizard.words import number, percent, tr

Colour = tuple[float, float, float]

HIGH = 88
REST_MS = 500           # a change that is not followed by another is kept
STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class Square(QWidget):
    """Hue across, saturation upwards; `moved` while it is dragged, by keys too. `hue` and `saturation` are 0..1."""

    moved = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.hue, self.saturation, self.value = 0.0, 0.5, 0.8
        self.setAccessibleName(tr("Hue and saturation"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(200), theme.scaled(HIGH))

    def put(self, hue: float, saturation: float, value: float) -> None:
        self.hue, self.saturation, self.value = hue, saturation, value
        self.setAccessibleDescription(tr("hue {hue}°, saturation {saturation}", hue=number(360 * hue), saturation=percent(saturation)))
        self.update()

    def _go(self, place: QPointF) -> None:
        self.put(min(max(place.x() / self.width(), 0.0), 0.999), min(max(1 - place.y() / self.height(), 0.0), 1.0), self.value)
        self.moved.emit()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if event.key() not in STEPS:
            super().keyPressEvent(event)
            return
        x, y = STEPS[Qt.Key(event.key())]
        self.put((self.hue + x / 120) % 1.0, min(max(self.saturation + y / 50, 0.0), 1.0), self.value)
        self.moved.emit()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, rect = paint.painter_on(self), QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(rect, 6, 6)
        painter.setClipPath(path)
        painter.drawImage(rect, _rainbow(self.value))
        painter.setClipping(False)
        paint.box(painter, rect, None, paint.token("edge"), 6)
        here = QPointF(self.hue * rect.width(), (1 - self.saturation) * rect.height())
        for ink, wide in ((theme.CASING, 4), (theme.ON_PICTURE, 2)):
            painter.setPen(QPen(ink, wide))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(here, 6, 6)


def _rainbow(value: float) -> QImage:
    hue, saturation = np.meshgrid(np.linspace(0, 360, 61, dtype=np.float32), np.linspace(1, 0, 21, dtype=np.float32))
    picture = cv2.cvtColor(np.dstack([hue, saturation, np.full_like(hue, value)]).astype(np.float32), cv2.COLOR_HSV2RGB)
    codes = np.ascontiguousarray(np.rint(255 * picture), np.uint8)
    return QImage(codes.tobytes(), 61, 21, 3 * 61, QImage.Format.Format_RGB888).copy()


class Mixing(QWidget):
    """The editor of one swatch. `changed` (Swatch) when a change rests, `closed` when it is done, `removed` when it shall go."""

    changed = pyqtSignal(object)
    closed = pyqtSignal()
    removed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Name and colour"))
        self._swatch: Swatch | None = None
        self.name = Field(tr("Name of the colour"))
        self.name.setPlaceholderText(tr("What it is of: hair, sky, uniform"))
        self.square = Square()
        self.light = Slide(tr("How light"), 140)
        self.light.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._chip = _Chip()
        self.remove, self.done = Button(tr("Remove"), "quiet", height=32), Button(tr("Done"), height=32)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._lay_out()
        self._rest.timeout.connect(self._keep)
        self.name.textEdited.connect(lambda _: self._rest.start())
        self.name.editingFinished.connect(self._keep)
        self.square.moved.connect(self._mixed)
        self.light.valueChanged.connect(lambda _: self._mixed())
        self.remove.clicked.connect(self.removed)
        self.done.clicked.connect(self._leave)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Words(tr("Name and colour"), 13, 600))
        column.addWidget(self.name)
        column.addWidget(self.square)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._chip)
        row.addWidget(self.light, 1)
        column.addLayout(row)
        ends = QHBoxLayout()
        ends.addWidget(self.remove)
        ends.addStretch(1)
        ends.addWidget(self.done)
        column.addLayout(ends)

    def show_swatch(self, swatch: Swatch, removable: bool) -> None:
        """Edit this one from now on; what is being typed stays."""
        other = self._swatch is None or self._swatch.number != swatch.number
        if other and self._rest.isActive():
            self._keep()
        if other or (not self._rest.isActive() and swatch != self._swatch):
            self._put(swatch.colour)
            if other or not self.name.hasFocus():
                self.name.setText(swatch.name)
        self._swatch = swatch
        self.remove.setEnabled(removable)
        self.remove.setToolTip("" if removable else tr("It is used: rub it out of the keyframes first."))

    def _put(self, colour: Colour) -> None:
        hue, saturation, value = colorsys.rgb_to_hsv(*(min(max(part, 0.0), 1.0) for part in colour))
        self.light.blockSignals(True)
        self.light.setValue(round(100 * value))
        self.light.blockSignals(False)
        self.light.update()
        self.square.put(hue, saturation, value)
        self._chip.put(colour)

    @property
    def colour(self) -> Colour:
        return colorsys.hsv_to_rgb(self.square.hue, self.square.saturation, self.light.value() / 100)

    def _mixed(self) -> None:
        self.square.put(self.square.hue, self.square.saturation, self.light.value() / 100)
        self._chip.put(self.colour)
        self._rest.start()

    def _keep(self) -> None:
        """Hand on what was changed; a colour that only went through the square and back is as it was."""
        self._rest.stop()
        if self._swatch is not None:
            colour = self.colour
            near = max(abs(a - b) for a, b in zip(colour, self._swatch.colour, strict=True)) < 0.006
            name = self.name.text().strip() or self._swatch.name
            mixed = replace(self._swatch, name=name, colour=self._swatch.colour if near else colour)
            if mixed != self._swatch:
                self._swatch = mixed
                self.changed.emit(mixed)

    def _leave(self) -> None:
        self._keep()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._leave()
        else:
            super().keyPressEvent(event)


class _Chip(QWidget):
    """The colour as it is now."""

    def __init__(self) -> None:
        super().__init__()
        self._colour: Colour = (0.5, 0.5, 0.5)
        theme.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.setFixedSize(theme.scaled(32), theme.scaled(32))

    def put(self, colour: Colour) -> None:
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        paint_colour(paint.painter_on(self), QRectF(self.rect()), self._colour)


def paint_colour(painter: QPainter, rect: QRectF, colour: Colour) -> None:
    """A colour as a square with an edge that is seen on every fill."""
    paint.box(painter, rect, QColor.fromRgbF(*(min(max(part, 0.0), 1.0) for part in colour)), paint.token("edge"), 6)
