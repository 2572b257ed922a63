"""The curve of training: error on a log axis over the steps, with the held-out frames' and the LUT's."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log2

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QSizePolicy, QWidget

from wizard import theme
from wizard.graphs.painted import Painted, faded, metrics, write
from wizard.words import number, tr

Points = Sequence[tuple[int, float]]
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class CurveData:
    """Errors as (step, colour difference)."""

    training: Points = field(default=())
    held_out: Points = field(default=())
    lut: float | None = None
    steps_total: int = 0


class Curve(Painted):
    """Training thin over its faint raw values, held out bold with a dot at now, the LUT dashed; named at the right end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Error on the picture"), parent)
        self.data = CurveData()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_data(self, data: CurveData) -> None:
        self.data = data
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
            ends.append((tr("LUT"), number(self.data.lut, 2), self.data.lut, "text", 600))
        if self.data.held_out:
            last = self.data.held_out[-1][1]
            ends.append((tr("Held out"), number(last, 2), last, "held", 600))
        if self.data.training:
            last = float(smoothed(self.data.training)[-1])
            ends.append((tr("Training"), number(last, 2), last, "text2", 500))
        return sorted(ends, key=lambda end: -end[2])

    def paint_still(self, painter: QPainter) -> None:
        small, ends = metrics(12), self._ends()
        names = [metrics(12, 600).horizontalAdvance(f"{name}  {figure}") + 8 for name, figure, *_ in ends]
        right = max(*names, small.horizontalAdvance("100,000") / 2, 1)
        line = small.height()
        left = small.horizontalAdvance("0.25") + 12
        scale = Scale(self.data, QRectF(left, line / 2, max(10.0, self.width() - left - right), max(10.0, self.height() - 2 * line - 8)))
        self._paint_axes(painter, scale, line)
        if not self.data.training and not self.data.held_out:
            write(painter, scale.area, tr("The curve starts with the first steps."), "text2", 13, align=Qt.AlignmentFlag.AlignCenter)
        painter.save()
        painter.setClipRect(scale.area.adjusted(-4, -4, 4, 4))
        self._paint_lines(painter, scale)
        painter.restore()
        self._paint_ends(painter, scale, ends, line)

    def _paint_axes(self, painter: QPainter, scale: Scale, line: float) -> None:
        area = scale.area
        for value in scale.grid:
            y = round(scale.y(value)) + 0.5
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            text = number(value) if value >= 1 else number(value, 1 if value == 0.5 else 2)
            write(painter, QRectF(0, y - line / 2, area.left() - 8, line), text, align=RIGHT)
        for step in scale.ticks:
            x = scale.x(step)
            painter.setPen(QPen(theme.colour("edge"), 1))
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 4))
            write(painter, QRectF(x - 60, area.bottom() + 6, 120, line), number(step), align=Qt.AlignmentFlag.AlignCenter)

    def _paint_lines(self, painter: QPainter, scale: Scale) -> None:
        raw = [(step, error) for step, error in self.data.training]
        _polyline(painter, scale.points(thinned(raw, int(scale.area.width()))), faded("text2", 0.4), 1)
        if raw:
            steps = np.array([step for step, _ in raw], float)
            even = list(zip(steps.tolist(), smoothed(raw).tolist(), strict=True))
            _polyline(painter, scale.points(even[::max(1, len(even) // 500)] + even[-1:]), theme.colour("text2"), 1.6)
        if self.data.lut is not None:
            y = scale.y(self.data.lut)
            painter.setPen(QPen(theme.colour("text"), 1.6, Qt.PenStyle.CustomDashLine))
            _dash(painter, [6, 4], QPointF(scale.area.left(), y), QPointF(scale.area.right(), y))
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
        for y, (name, figure, _, colour, weight) in zip(apart(wanted, line, 0, self.height()), ends, strict=True):
            left = scale.area.right() + 8
            write(painter, QRectF(left, y - line / 2, self.width() - left, line), f"{name}  {figure}", colour, 12, weight)


class Scale:
    """Where a step and an error lie in `area`: steps evenly, errors by their logarithm between powers of two."""

    def __init__(self, data: CurveData, area: QRectF) -> None:
        self.area = area
        held = [error for _, error in data.held_out]
        training = np.array([error for _, error in data.training] or [1.0])
        shown = [*held, *np.percentile(training, [2, 99]).tolist(), *([data.lut] if data.lut else [])]
        shown = shown if held or data.training else [1.2, 31.0]
        low = floor(log2(max(min(shown), 1e-3)))
        high = max(ceil(log2(max(*shown, 2e-3))), low + 4)
        every = ceil((high - low) / 5)
        self.grid = [2.0 ** power for power in range(low, high + every, every)]
        self.last = max(data.steps_total, *(points[-1][0] for points in (data.training, data.held_out) if points), 1)

    def x(self, step: float) -> float:
        return self.area.left() + self.area.width() * step / self.last

    def y(self, error: float) -> float:
        low, high = log2(self.grid[0]), log2(self.grid[-1])
        return self.area.bottom() - self.area.height() * (log2(max(error, 1e-6)) - low) / (high - low)

    def points(self, values: Sequence[tuple[float, float]]) -> list[QPointF]:
        return [QPointF(self.x(step), self.y(error)) for step, error in values]

    @property
    def ticks(self) -> list[int]:
        """Round steps, three to six, from 0."""
        about = 10 ** floor(log2(self.last / 3) / log2(10)) if self.last >= 3 else 1
        most = 4 if self.area.width() < 600 else 6
        every = next((int(about * times) for times in (1, 2, 5, 10) if self.last / (about * times) <= most), 1)
        return list(range(0, self.last + 1, max(1, every)))


def smoothed(points: Points) -> NDArray[np.float64]:
    """The errors' running geometric mean over about a fifteenth of them; the last is what is said to be the error now."""
    logs = np.log(np.maximum([error for _, error in points], 1e-6))
    reach = max(1, len(logs) // 30)
    sums = np.concatenate([[0.0], np.cumsum(logs)])
    at = np.arange(len(logs))
    half = np.minimum(reach, np.minimum(at + reach // 3, len(logs) - 1 - at + reach // 3))
    first, end = np.maximum(at - half, 0), np.minimum(at + half, len(logs) - 1) + 1
    return np.asarray(np.exp((sums[end] - sums[first]) / (end - first)), np.float64)


def thinned(points: Sequence[tuple[float, float]], columns: int) -> Sequence[tuple[float, float]]:
    """The least and the greatest error in each column, where there are more points than can be told apart."""
    every = len(points) // max(columns, 1)
    if every < 3:
        return points
    kept: list[tuple[float, float]] = []
    for start in range(0, len(points), every):
        part = points[start:start + every]
        kept += sorted({min(part, key=lambda p: p[1]), max(part, key=lambda p: p[1])})
    return kept


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
