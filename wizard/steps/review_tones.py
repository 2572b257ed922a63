"""Exposure and gamma for viewing only: two sliders over the picture."""
# ruff: noqa: N802
from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPaintEvent, QPen
from PyQt6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QSlider, QWidget

from wizard import theme
from wizard.kit import Button, body, caption, label, paint
from wizard.words import number, tr

STOPS, TENTHS = 40, 10          # four stops either way, by tenths
GAMMA, LEAST, MOST = 20, 10, 40     # 0.5 to 2, by twentieths
HEAD = 7


class Slide(QSlider):
    """A slider in the house's look, with its middle marked."""

    def __init__(self, name: str, least: int, most: int, middle: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setValue(middle)
        self.setPageStep(5)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._middle = middle
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(170), theme.scaled(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _x(self, value: int) -> float:
        return HEAD + (self.width() - 2 * HEAD) * (value - self.minimum()) / (self.maximum() - self.minimum())

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, y = paint.painter_on(self), self.height() / 2
        paint.box(painter, QRectF(HEAD, y - 2, self.width() - 2 * HEAD, 4), paint.token("edge" if self.isEnabled() else "line"), None, 2)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawLine(QPointF(self._x(self._middle), y - 8), QPointF(self._x(self._middle), y + 8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if self.isEnabled() else "edge"))
        painter.drawEllipse(QPointF(self._x(self.value()), y), HEAD, HEAD)


class Tones(QFrame):
    """`changed` (exposure in stops, gamma) while a slider moves; `closed` when Esc takes it away."""

    changed = pyqtSignal(float, float)
    closed = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Exposure and gamma, for viewing only"))
        self.exposure = Slide(tr("Exposure"), -STOPS, STOPS, 0)
        self.gamma = Slide(tr("Gamma"), LEAST, MOST, GAMMA)
        self._values = {slide: body("") for slide in (self.exposure, self.gamma)}
        self.put_back = Button(tr("Put back"), height=32)
        self._lay_out()
        for slide in self._values:
            slide.valueChanged.connect(self._moved)
        self.put_back.clicked.connect(self.reset)
        self._write()
        self.hide()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        for row, (name, slide) in enumerate(((tr("Exposure"), self.exposure), (tr("Gamma"), self.gamma))):
            grid.addWidget(label(name), row, 0)
            grid.addWidget(slide, row, 1)
            value: QLabel = self._values[slide]
            value.setWordWrap(False)
            value.setMinimumWidth(theme.scaled(72))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(value, row, 2)
        grid.addWidget(caption(tr("For viewing only.")), 2, 0, 1, 2)
        grid.addWidget(self.put_back, 2, 2)
        self.setTabOrder(self.exposure, self.gamma)
        self.setTabOrder(self.gamma, self.put_back)

    @property
    def tones(self) -> tuple[float, float]:
        return self.exposure.value() / TENTHS, self.gamma.value() / GAMMA

    @property
    def words(self) -> str:
        """What is set, '' where nothing is."""
        exposure, gamma = self._said()
        return "" if self.tones == (0.0, 1.0) else tr("Viewed at {exposure}, gamma {gamma}", exposure=exposure, gamma=gamma)

    def reset(self) -> None:
        self.exposure.setValue(0)
        self.gamma.setValue(GAMMA)

    def _said(self) -> tuple[str, str]:
        exposure, gamma = self.tones
        sign = "+" if exposure > 0 else ""
        return tr("{stops} stops", stops=sign + number(exposure, 1)), number(gamma, 2)

    def _moved(self) -> None:
        self._write()
        self.changed.emit(*self.tones)

    def _write(self) -> None:
        for (slide, value), said in zip(self._values.items(), self._said(), strict=True):
            value.setText(said)
            slide.setAccessibleDescription(said)
        self.put_back.setEnabled(self.tones != (0.0, 1.0))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        paint.box(paint.painter_on(self), QRectF(self.rect()), paint.token("panel"), paint.token("edge"), 8)
