"""The curve of training over the steps, with the held-out frames' and that of what has to be beaten: errors on a log axis, or dB."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log2

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QSizePolicy, QWidget

from wizard import theme
from wizard.graphs.painted import Painted, box_size, faded, metrics, word_box, write
from wizard.words import number, tr

Points = Sequence[tuple[int, float]]
Real = NDArray[np.float64]
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class CurveData:
    """Errors as (step, colour difference); where they rise, (step, dB). `lut` is the error of what has to be beaten, which is called
    `rival`; `untouched` that of the frame as it was."""

    training: Points = field(default=())
    held_out: Points = field(default=())
    lut: float | None = None
    steps_total: int = 0
    untouched: float | None = None
    rival: str = ""
    rises: bool = False


class Curve(Painted):
    """Training thin over its faint raw values, held out bold with a dot at now, what has to be beaten dashed; named at the right end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Error on the picture"), parent)
        self.data = CurveData()
        self._training, self._even = columns_of(()), np.zeros(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_data(self, data: CurveData) -> None:
        self.data = data
        self._training = columns_of(data.training)
        self._even = smoothed(self._training[1], data.rises)
        self.setAccessibleDescription(", ".join(f"{name} {value}" for name, value, *_ in self._ends()))
        self.remake()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(560, 240)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.scaled(240), theme.scaled(120))

    def _ends(self) -> list[tuple[str, str, float, str, int]]:
        """Name, figure, error, colour and weight of what is named at the right end, from the top."""
        ends = []
        if self.data.lut is not None:
            ends.append((self.data.rival or tr("LUT"), number(self.data.lut, 2), self.data.lut, "text", 600))
        if self.data.untouched is not None:
            ends.append((tr("Untouched"), number(self.data.untouched, 2), self.data.untouched, "text2", 500))
        if self.data.held_out:
            last = self.data.held_out[-1][1]
            ends.append((tr("Held out"), number(last, 2), last, "held", 600))
        if self.data.training:
            last = float(self._even[-1])
            ends.append((tr("Training"), number(last, 2), last, "text2", 500))
        return sorted(ends, key=lambda end: -end[2])

    def paint_still(self, painter: QPainter) -> None:
        small, ends = metrics(12), self._ends()
        names = [metrics(12, 600).horizontalAdvance(f"{name}  {figure}") + 8 for name, figure, *_ in ends]
        right = max(*names, small.horizontalAdvance("100,000") / 2, 1)
        line = small.height()
        left = small.horizontalAdvance("0.25") + 12
        area = QRectF(left, line / 2, max(10.0, self.width() - left - right), max(10.0, self.height() - 2 * line - 8))
        scale = Scale(self.data, self._training[1], area)
        self._paint_axes(painter, scale, line)
        painter.save()
        painter.setClipRect(scale.area.adjusted(-4, -4, 4, 4))
        self._paint_lines(painter, scale)
        painter.restore()
        self._paint_ends(painter, scale, ends, line)
        if not self.data.training and not self.data.held_out:
            words = tr("The curve starts with the first steps.")
            width, height = box_size(words)
            centre = scale.area.center()
            word_box(painter, QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height), words)

    def _paint_axes(self, painter: QPainter, scale: Scale, line: float) -> None:
        area = scale.area
        for value in scale.grid:
            y = round(scale.y(value)) + 0.5
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            write(painter, QRectF(0, y - line / 2, area.left() - 8, line), scale.text(value), align=RIGHT)
        for step in scale.ticks:
            x = scale.x(step)
            painter.setPen(QPen(theme.colour("edge"), 1))
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 4))
            write(painter, QRectF(x - 60, area.bottom() + 6, 120, line), number(step), align=Qt.AlignmentFlag.AlignCenter)

    def _paint_lines(self, painter: QPainter, scale: Scale) -> None:
        steps, errors = self._training
        if len(steps):
            _polyline(painter, scale.points(thinned(steps, errors, int(scale.area.width()))), faded("text2", 0.4), 1)
            shown = np.unique(np.linspace(0, len(steps) - 1, min(len(steps), 500)).astype(np.int64))
            even = scale.points(zip(steps[shown].tolist(), self._even[shown].tolist(), strict=True))
            _polyline(painter, even, theme.colour("text2"), 1.6)
        for value, tone, dash in ((self.data.untouched, "text2", [1.5, 4.0]), (self.data.lut, "text", [6.0, 4.0])):
            if value is not None:
                y = scale.y(value)
                painter.setPen(QPen(theme.colour(tone), 1.6, Qt.PenStyle.CustomDashLine))
                _dash(painter, dash, QPointF(scale.area.left(), y), QPointF(scale.area.right(), y))
        if self.data.held_out:
            points = scale.points(self.data.held_out)
            painter.setPen(QPen(theme.colour("held"), 1.2, Qt.PenStyle.CustomDashLine))
            _dash(painter, [1.2, 3.2], points[-1], QPointF(scale.area.right(), points[-1].y()))
            _polyline(painter, points, theme.colour("held"), 2.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("held"))
            painter.drawEllipse(points[-1], 4.5, 4.5)

    def _paint_ends(self, painter: QPainter, scale: Scale, ends: list[tuple[str, str, float, str, int]], line: float) -> None:
        wanted = [scale.y(min(max(end[2], scale.grid[0]), scale.grid[-1])) for end in ends]
        for y, (name, figure, _, colour, weight) in zip(apart(wanted, line, 0, scale.area.bottom() + line / 3), ends, strict=True):
            left = scale.area.right() + 8
            write(painter, QRectF(left, y - line / 2, self.width() - left, line), f"{name}  {figure}", colour, 12, weight)


class Scale:
    """Where a step and an error lie in `area`: steps evenly, errors by their logarithm between powers of two, dB evenly."""

    def __init__(self, data: CurveData, training: Real, area: QRectF) -> None:
        self.area = area
        shown = [error for _, error in data.held_out]
        shown += np.percentile(training, [2, 99]).tolist() if len(training) else []
        beside = [value for value in (data.lut, data.untouched) if value]
        self._rises = data.rises
        if data.rises:
            self.grid = decibels(shown + beside if shown else [24.0, 36.0])
        else:
            self.grid = powers(shown + beside if shown else [1.2, 31.0])
        self.last = max(data.steps_total, *(points[-1][0] for points in (data.training, data.held_out) if points), 1)

    def x(self, step: float) -> float:
        return self.area.left() + self.area.width() * step / self.last

    def y(self, error: float) -> float:
        low, high, here = (value if self._rises else log2(max(value, 1e-6)) for value in (self.grid[0], self.grid[-1], error))
        return self.area.bottom() - self.area.height() * (here - low) / (high - low)

    def text(self, value: float) -> str:
        """A line of the grid in figures."""
        if self._rises:
            return number(value, 0 if value.is_integer() else 1)
        return number(value) if value >= 1 else number(value, 1 if value == 0.5 else 2)

    def points(self, values: Iterable[tuple[float, float]]) -> list[QPointF]:
        return [QPointF(self.x(step), self.y(error)) for step, error in values]

    @property
    def ticks(self) -> list[int]:
        """Round steps, three to six, from 0."""
        about = 10 ** floor(log2(self.last / 3) / log2(10)) if self.last >= 3 else 1
        most = 4 if self.area.width() < 600 else 6
        every = next((int(about * times) for times in (1, 2, 5, 10) if self.last / (about * times) <= most), 1)
        return list(range(0, self.last + 1, max(1, every)))


def columns_of(points: Points) -> tuple[Real, Real]:
    """Steps and errors."""
    return (np.fromiter((step for step, _ in points), np.float64, len(points)),
            np.fromiter((error for _, error in points), np.float64, len(points)))


def powers(shown: Sequence[float]) -> list[float]:
    """About five powers of two round errors."""
    low = floor(log2(max(min(shown), 1e-3)))
    high = max(ceil(log2(max(*shown, 2e-3))), low + 4)
    every = ceil((high - low) / 5)
    return [2.0 ** power for power in range(low, high + every, every)]


def decibels(shown: Sequence[float]) -> list[float]:
    """About five even values round dB."""
    low, high = min(shown), max(shown)
    every = next((step for step in (0.5, 1.0, 2.0, 5.0, 10.0) if (high - low) / step <= 5), 20.0)
    first = floor(low / every)
    return [every * k for k in range(first, max(ceil(high / every), first + 2) + 1)]


def smoothed(errors: Real, rises: bool = False) -> Real:
    """The errors' running geometric mean over about a fifteenth of them, of dB the mean, which is the same of their errors; the last is
    what is said to be the error now."""
    reach, last = max(1, len(errors) // 30), len(errors) - 1
    sums = np.concatenate([[0.0], np.cumsum(errors if rises else np.log(np.maximum(errors, 1e-6)))])
    at = np.arange(len(errors))
    half = np.minimum(reach, np.minimum(at, last - at) + reach // 3)
    first, end = np.maximum(at - half, 0), np.minimum(at + half, last) + 1
    means = (sums[end] - sums[first]) / (end - first)
    return np.asarray(means if rises else np.exp(means), np.float64)


def thinned(steps: Real, errors: Real, columns: int) -> list[tuple[float, float]]:
    """The least and the greatest error in each column, where there are more points than can be told apart."""
    every = len(steps) // max(columns, 1)
    if every < 3:
        return list(zip(steps.tolist(), errors.tolist(), strict=True))
    whole = len(steps) // every * every
    blocks = errors[:whole].reshape(-1, every)
    starts = np.arange(0, whole, every)
    kept = np.unique(np.concatenate([starts + blocks.argmin(axis=1), starts + blocks.argmax(axis=1), [len(steps) - 1]]))
    return list(zip(steps[kept].tolist(), errors[kept].tolist(), strict=True))


def apart(wanted: list[float], line: float, top: float, bottom: float) -> list[float]:
    """`wanted` heights, ascending, moved until they are `line` apart and within top..bottom."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + line if placed else top + line / 2))
    limit = bottom - line / 2
    for at in range(len(placed) - 1, -1, -1):
        placed[at] = min(placed[at], limit)
        limit = placed[at] - line
    return placed


def _polyline(painter: QPainter, points: list[QPointF], colour: QColor, width: float) -> None:
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))


def _dash(painter: QPainter, pattern: list[float], start: QPointF, end: QPointF) -> None:
    pen = painter.pen()
    pen.setDashPattern(pattern)
    painter.setPen(pen)
    painter.drawLine(start, end)
