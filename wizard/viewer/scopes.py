"""Waveform and vectorscope: the traces are pure array functions, the widgets draw graticule and words round them."""
from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from engine.media.colour import LUMA
from wizard import theme
from wizard.viewer.display import Picture, Shown

MOST = 256                  # columns of a waveform, and rows and columns of pixels that a scope looks at
LEVELS = 256                # rows of a waveform
GROUND = 16                 # '#101010', in both themes
LINES = (0, 256, 512, 768, 1023)
REACH = 0.56                # Cb or Cr at the edge of the vectorscope's array
RING = 0.5                  # and on its circle
BARS = {"R": (1, 0, 0), "Mg": (1, 0, 1), "B": (0, 0, 1), "Cy": (0, 1, 1), "G": (0, 1, 0), "Yl": (1, 1, 0)}
WORDS, GRATICULE = QColor("#b8b8b8"), QColor("#585858")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_INKS = np.array([[232, 84, 84], [104, 206, 104], [96, 150, 240]], np.float32)
_KR, _KG, _KB = LUMA.astype(np.float64).round(4)      # four digits, which float32 blurs


def _sampled(picture: Picture) -> Picture:
    """Every nth pixel both ways, so that at most 256 x 256 are left: real values, no averages."""
    rows, columns = picture.shape[:2]
    return np.nan_to_num(picture[::-(-rows // MOST), ::-(-columns // MOST)])


def waveform(picture: Picture) -> Shown:
    """R, G and B of each column over their height, light added where they meet: (256, columns <= 256, 3); the top row is 1."""
    sample = _sampled(picture)
    rows, columns = sample.shape[:2]
    heights = np.rint((1 - np.clip(sample, 0, 1)) * (LEVELS - 1)).astype(np.intp)
    cells = heights * columns + np.arange(columns)[None, :, None]
    light = np.full((LEVELS * columns, 3), float(GROUND), np.float32)
    for channel, ink in enumerate(_INKS):
        counts = np.bincount(cells[..., channel].ravel(), minlength=LEVELS * columns).astype(np.float32).reshape(LEVELS, columns)
        light += (1 - np.exp(_soft(counts, (0,)) * np.float32(-48 / rows))).reshape(-1, 1) * ink
    return np.minimum(light, 255).astype(np.uint8).reshape(LEVELS, columns, 3)


def chroma(picture: NDArray[np.floating]) -> NDArray[np.float64]:
    """Rec.709 Cb and Cr of (..., 3), each -0.5..0.5."""
    red, green, blue = (np.asarray(picture[..., channel], np.float64) for channel in range(3))
    luma = _KR * red + _KG * green + _KB * blue
    return np.stack([(blue - luma) / (2 - 2 * _KB), (red - luma) / (2 - 2 * _KR)], axis=-1)


def vectorscope(picture: Picture, side: int = 256) -> Shown:
    """Where the colours lie, Cb to the right and Cr up, each place in its own colour: (side, side, 3)."""
    at = chroma(np.clip(_sampled(picture), 0, 1)).reshape(-1, 2) / (2 * REACH)
    cells = np.rint((0.5 - at[:, 1]) * (side - 1)).astype(np.intp) * side + np.rint((0.5 + at[:, 0]) * (side - 1)).astype(np.intp)
    counts = np.bincount(cells, minlength=side * side).astype(np.float32).reshape(side, side)
    strength = (1 - np.exp(_soft(counts, (0, 1)) * np.float32(-0.35 * 65536 / len(at))))[..., None]
    return np.asarray(GROUND + strength * (_hues(side) - GROUND), np.uint8)


def _soft(counts: NDArray[np.float32], axes: tuple[int, ...]) -> NDArray[np.float32]:
    """Each point a small dab, which grain would turn into noise otherwise."""
    for axis in axes:
        into = np.moveaxis(counts, axis, 0)
        spread = np.moveaxis(0.5 * counts, axis, 0)
        spread[1:] += 0.25 * into[:-1]
        spread[:-1] += 0.25 * into[1:]
        counts = np.moveaxis(spread, 0, axis)
    return counts


@cache
def _hues(side: int) -> NDArray[np.float32]:
    """The colour that each place of the vectorscope stands for, at a light luma."""
    steps = np.linspace(-REACH, REACH, side)
    cb, cr = steps[None, :], -steps[:, None]
    red, blue = 0.68 + cr * (2 - 2 * _KR) * 0.75, 0.68 + cb * (2 - 2 * _KB) * 0.75
    green = (0.68 - _KR * red - _KB * blue) / _KG
    return np.asarray(np.clip(np.stack(np.broadcast_arrays(red, green, blue), axis=-1), 0, 1) * 255, np.float32)


class _Scope(QWidget):
    """The dark ground, in both themes, with a trace on it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trace: QImage | None = None
        self.setAccessibleName(name)
        self.setMinimumSize(160, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(304, 190)

    def set_image(self, trace: Shown | None) -> None:
        """Show what `waveform` or `vectorscope` made; None for an empty scope."""
        self._trace = None
        if trace is not None:
            rows, columns = trace.shape[:2]
            image: QImage = QImage(trace.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888)
            self._trace = image.copy()
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(GROUND, GROUND, GROUND))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setFont(theme.font(11))
        self._paint_trace(painter)
        painter.end()

    def _paint_trace(self, painter: QPainter) -> None:
        raise NotImplementedError


class Waveform(_Scope):
    """RGB waveform with lines at code values of 10 bits."""

    def _paint_trace(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(painter.font())
        left, half = metrics.horizontalAdvance("1023") + 12, metrics.height() / 2
        box = QRectF(left, half + 2, self.width() - left - 8, self.height() - 2 * half - 4)
        if self._trace is not None:
            painter.drawImage(box, self._trace)
        for code in LINES:
            y = round(box.bottom() - box.height() * code / 1023) + 0.5
            line = QColor(WORDS)
            line.setAlpha(90)
            painter.setPen(QPen(line, 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(WORDS)
            painter.drawText(QRectF(0, y - half, left - 6, 2 * half), RIGHT, str(code))


class Vectorscope(_Scope):
    """Rec.709 Cb and Cr, with the six colours of 75 % bars."""

    def _paint_trace(self, painter: QPainter) -> None:
        middle = QRectF(self.rect()).center()
        radius = min(self.width(), self.height()) / 2 - 6
        half = radius * REACH / RING
        if self._trace is not None:
            painter.save()
            painter.setClipRect(self.rect())
            painter.drawImage(QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half), self._trace)
            painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(GRATICULE, 1))
        painter.drawEllipse(middle, radius, radius)
        painter.drawLine(middle - QPointF(radius, 0), middle + QPointF(radius, 0))
        painter.drawLine(middle - QPointF(0, radius), middle + QPointF(0, radius))
        metrics = QFontMetricsF(painter.font())
        painter.setPen(QPen(WORDS, 1))
        for name, bar in BARS.items():
            cb, cr = chroma(np.array(bar) * 0.75) * radius / RING
            place = middle + QPointF(float(cb), -float(cr))
            painter.drawRect(QRectF(round(place.x()) - 4.5, round(place.y()) - 4.5, 9, 9))
            wide = metrics.horizontalAdvance(name)
            x = place.x() + 8 if cb > 0 else place.x() - 8 - wide
            painter.drawText(QPointF(x, place.y() + metrics.capHeight() / 2), name)
