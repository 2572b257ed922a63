"""The time map: scan and reference as two strips joined by lines, the misfit beneath, and one play head through all of it."""
from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from PyQt6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QSizePolicy, QToolTip, QWidget

from wizard import theme
from wizard.graphs.painted import Painted, box_size, faded, fill_picture, hatch, metrics, quiet_fill, word_box, write
from wizard.graphs.timing import TimeMapData, Timing, Whole, joined
from wizard.words import language, number, tr, trn

__all__ = ["TimeMap", "TimeMapData"]

HEAD = 8                    # how far the play head stands out above the scan's strip
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TimeMap(Painted):
    """`label(index)` names a scan frame. `thumb(role, index)`, role 'scan' or 'reference', gives the picture or None; who owns it then
    fetches it and calls `thumb_arrived`. Click, drag and the arrow keys move the play head."""

    moved = pyqtSignal(int)

    def __init__(self, label: Callable[[int], str] = str, thumb: Callable[[str, int], QImage | None] = lambda role, index: None,
                 parent: QWidget | None = None) -> None:
        super().__init__(tr("Time map"), parent)
        self.label, self.thumb, self.index = label, thumb, 0
        self.timing = Timing(TimeMapData(0, 0, ()))
        self._said: list[tuple[QRectF, str]] = []
        self._left_of: tuple[object, float] = (None, 0.0)
        self._late = QTimer(self, singleShot=True, interval=80)
        self._late.timeout.connect(self.remake)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_data(self, data: TimeMapData) -> None:
        self.timing = Timing(data)
        self.index = min(self.index, max(0, data.scan_count - 1))
        self._describe()
        self.remake()

    def set_index(self, index: int) -> None:
        """Put the play head on a scan frame; says nothing."""
        index = min(max(index, 0), max(0, self.timing.data.scan_count - 1))
        if index != self.index:
            old, self.index = self._head_area(), index
            self.update(old)
            self.update(self._head_area())
            self._describe()

    def thumb_arrived(self, role: str, index: int) -> None:
        """A picture is there now; the strips are painted anew shortly, with all that came until then."""
        if not self._late.isActive():
            self._late.start()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(800, HEAD + 212 + round(1.8 * box_size("0")[1]))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.scaled(360), HEAD + 130 + round(1.8 * box_size("0")[1]))

    # where things lie

    @property
    def _left(self) -> float:
        key = (theme.scaled(13), language())
        if self._left_of[0] != key:
            measure = metrics(13)
            words = (tr("Scan"), tr("Reference"), tr("Misfit") + "  000")
            self._left_of = key, max(measure.horizontalAdvance(text) for text in words) + 8
        return self._left_of[1]

    def _areas(self) -> tuple[QRectF, QRectF, QRectF]:
        """Strip of the scan, strip of the reference, graph."""
        left, line = self._left, box_size("0")[1]
        width = max(self.width() - left - 1, 10.0)
        strip = 32.0 if self.height() >= 210 else 24.0
        graph = max(40.0, (self.height() - HEAD - 2 * strip - 1.2 * line - 22) * 0.5)
        bottom = self.height() - line - 2
        reference = bottom - graph - 0.8 * line - 8 - strip
        return QRectF(left, HEAD, width, strip), QRectF(left, reference, width, strip), QRectF(left, bottom - graph, width, graph)

    def x_of(self, frame: float) -> float:
        """Where scan frame `frame` begins; with half a frame more, its middle."""
        return self._left + (self.width() - self._left - 1) * frame / self.timing.count

    def _x_reference(self, frame: float) -> float:
        start, stop = self.timing.window
        return self._left + (self.width() - self._left - 1) * (frame - start) / (stop - start)

    def frame_at(self, x: float) -> int:
        share = (x - self._left) / max(self.width() - self._left - 1, 1)
        return min(max(int(share * self.timing.count), 0), max(0, self.timing.data.scan_count - 1))

    def _head_area(self) -> QRect:
        width, _ = box_size(self.label(self.index))
        x = self.x_of(self.index + 0.5)
        return QRectF(x - width - 4, 0, 2 * width + 8, self.height()).toAlignedRect()

    # painting

    def paint_still(self, painter: QPainter) -> None:
        scan, reference, graph = self._areas()
        for area, name in ((scan, tr("Scan")), (reference, tr("Reference")), (graph, tr("Misfit"))):
            write(painter, QRectF(0, area.top(), self._left, area.height()), name, "text2", 13)
        self._paint_strips(painter, scan, reference)
        self._paint_lines(painter, scan.bottom() + 4, reference.top() - 4)
        self._paint_misfit(painter, graph)
        if self.timing.running:
            self._paint_rest(painter, scan, reference, graph)
        self._paint_labels(painter, scan, reference)

    def _paint_strips(self, painter: QPainter, scan: QRectF, reference: QRectF) -> None:
        timing = self.timing
        painter.fillRect(scan, quiet_fill())
        painter.fillRect(reference, quiet_fill())
        edges = timing.tiles(scan.width()) if timing.data.scan_count else []
        for first, end in pairwise(edges):
            area = QRectF(self.x_of(first), scan.top(), self.x_of(end) - self.x_of(first) - 1, scan.height())
            fill_picture(painter, area, self.thumb("scan", (first + end) // 2))
        for first, end in self._reference_tiles(edges):
            left, right = self._x_reference(first), self._x_reference(end)
            area = QRectF(left, reference.top(), right - left - 1, reference.height())
            fill_picture(painter, area, self.thumb("reference", (first + end) // 2))
        for runs, x, strip in ((timing.unmatched, self.x_of, scan), (timing.lost, self._x_reference, reference)):
            for first, end in joined(runs, 2 * timing.count / scan.width()).tolist():
                hatch(painter, QRectF(x(first), strip.top(), max(3.0, x(end) - x(first)), strip.height()), over_picture=True)

    def _reference_tiles(self, scan_edges: list[int]) -> list[tuple[int, int]]:
        """Reference frames [start, stop) of each of its pictures: as the scan's, where these are matched; after that evenly."""
        timing = self.timing
        if not timing.data.reference_count:
            return []
        used = timing.used if len(timing.matched) else timing.window
        edges = [used[0]]
        for frame in scan_edges[1:-1] if len(timing.matched) else ():
            at = timing.partner_near(frame)
            if frame < timing.upto and at is not None and self._x_reference(at) - self._x_reference(edges[-1]) > 16:
                edges.append(at)
        rest = max(1, round((self._x_reference(used[1]) - self._x_reference(edges[-1])) / 56)) if timing.running or len(edges) == 1 else 1
        edges += [edges[-1] + (used[1] - edges[-1]) * part // rest for part in range(1, rest + 1)]
        return [(first, end) for first, end in pairwise(edges) if end > first]

    def _paint_lines(self, painter: QPainter, top: float, bottom: float) -> None:
        for line in sorted(self.timing.lines, key=lambda line: line.doubtful):
            painter.setPen(QPen(theme.colour("warn"), 1.6) if line.doubtful else QPen(faded("text2", 0.42), 1))
            painter.drawLine(QPointF(self.x_of(line.scan + 0.5), top), QPointF(self._x_reference(line.reference + 0.5), bottom))

    def _paint_misfit(self, painter: QPainter, graph: QRectF) -> None:
        timing, line = self.timing, metrics(12).height()
        limit = timing.data.limit
        for value in {0.0, limit, timing.top}:
            y = graph.bottom() - graph.height() * value / timing.top
            painter.setPen(_dashed("warn", 0.75) if value == limit else QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(graph.left(), round(y) + 0.5), QPointF(graph.right(), round(y) + 0.5))
            text = tr("{pixels} px", pixels=number(value)) if value == timing.top else number(value, 0 if value == int(value) else 1)
            if value != limit or min(y - graph.top(), graph.bottom() - y) > line:
                write(painter, QRectF(0, y - line / 2, self._left - 8, line), text, align=RIGHT)
        y = graph.bottom() - graph.height() * limit / timing.top - line - 3
        words = tr("doubtful above {pixels} px", pixels=number(limit))
        write(painter, QRectF(graph.left(), y, graph.width() - 4, line), words, "warn", align=RIGHT)
        self._paint_graph(painter, graph)

    def _paint_graph(self, painter: QPainter, graph: QRectF) -> None:
        greatest, middles = self.timing.columns(round(graph.width()))
        xs = graph.left() + middles * graph.width()
        ys = graph.bottom() - graph.height() * np.minimum(greatest, self.timing.top) / self.timing.top
        known = np.isfinite(ys)
        painter.setPen(QPen(theme.colour("text"), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        for part in np.split(np.arange(len(ys)), np.flatnonzero(np.diff(known)) + 1):
            if len(part) and known[part[0]]:
                points = [QPointF(x, y) for x, y in zip(xs[part].tolist(), ys[part].tolist(), strict=True)]
                painter.drawPolyline(QPolygonF([*points, points[-1] + QPointF(0.01, 0)]))

    def _paint_rest(self, painter: QPainter, scan: QRectF, reference: QRectF, graph: QRectF) -> None:
        """Dim what is not matched yet, and say so."""
        left = self.x_of(self.timing.upto)
        below = self._x_reference(int(self.timing.partner[self.timing.matched].max()) + 1) if len(self.timing.matched) else self._left
        dim = faded("panel", 0.62)
        for area, x in ((scan, left), (reference, below), (graph.adjusted(0, -20, 0, 2), left)):
            painter.fillRect(QRectF(x, area.top(), self.width() - x, area.height()), dim)
        words = tr("Not matched yet")
        x = max(left, below) + 16
        if metrics(13).horizontalAdvance(words) < self.width() - x:
            write(painter, QRectF(x, scan.bottom(), self.width() - x, reference.top() - scan.bottom()), words, "text2", 13)

    def _paint_labels(self, painter: QPainter, scan: QRectF, reference: QRectF) -> None:
        """Name the stretches, the longest first; a name that would cover another is left to the tool tip."""
        _, high = box_size("0")
        found = [(end - first, self.x_of((first + end) / 2), scan.bottom() + 5, _unmatched_words(end - first))
                 for first, end in _longest(self.timing.unmatched)]
        found += [(end - first, self._x_reference((first + end) / 2), reference.top() - 5 - high, _lost_words(end - first))
                  for first, end in _longest(self.timing.lost)]
        self._said = []
        for _, x, top, words in sorted(found, key=lambda one: -one[0]):
            width = box_size(words)[0]
            area = QRectF(min(max(x - width / 2, scan.left()), scan.right() - width), top, width, high)
            roomy = width < scan.width() and high + 8 < reference.top() - scan.bottom()
            if roomy and not any(area.adjusted(-4, -2, 4, 2).intersects(other) for other, _ in self._said):
                word_box(painter, area, words)
                self._said.append((area, words))

    def paint_moving(self, painter: QPainter) -> None:
        if not self.timing.data.scan_count:
            return
        _, _, graph = self._areas()
        x, words = self.x_of(self.index + 0.5), self.label(self.index)
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawLine(QPointF(x, 0), QPointF(x, graph.bottom() + 1))
        width, high = box_size(words)
        word_box(painter, QRectF(min(max(x - width / 2, graph.left()), self.width() - width), graph.bottom() + 2, width, high), words)

    # hands and words

    def _go(self, index: int) -> None:
        before = self.index
        self.set_index(index)
        if self.index != before:
            self.moved.emit(self.index)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(self.frame_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        if event is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._go(self.frame_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        assert event is not None
        step = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        to = {Qt.Key.Key_Left: self.index - step, Qt.Key.Key_Right: self.index + step, Qt.Key.Key_Home: 0,
              Qt.Key.Key_End: self.timing.data.scan_count - 1}.get(event.key())
        if to is None or event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            super().keyPressEvent(event)
        else:
            self._go(to)

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def words_at(self, place: QPointF) -> str:
        """What the tool tip says: the stretch under `place`, or nothing."""
        scan, reference, _ = self._areas()
        frame = (place.x() - self._left) / max(self.width() - self._left - 1, 1)
        start, stop = self.timing.window
        for area, runs, at, words in ((scan, self.timing.unmatched, frame * self.timing.count, _unmatched_words),
                                      (reference, self.timing.lost, start + frame * (stop - start), _lost_words)):
            slack = 3 * self.timing.count / max(area.width(), 1)
            if area.contains(place) and len(runs):
                near = runs[np.argmin(np.maximum(np.maximum(runs[:, 0] - at, at - runs[:, 1]), 0))]
                if near[0] - slack <= at <= near[1] + slack:
                    return words(int(near[1] - near[0]))
        return ""

    def _describe(self) -> None:
        timing, index = self.timing, self.index
        words = [tr("Frame {frame}", frame=self.label(index))]
        if index < timing.upto and timing.data.scan_count:
            words += [tr("not in the reference")] if timing.partner[index] < 0 else []
            words += [tr("doubtful")] if timing.doubtful[index] else []
            words += [tr("{pixels} px misfit", pixels=number(timing.misfit[index], 2))] if np.isfinite(timing.misfit[index]) else []
        self.setAccessibleDescription(", ".join(words))


def _dashed(colour: str, share: float) -> QPen:
    pen = QPen(faded(colour, share), 1.2)
    pen.setDashPattern([2.5, 2.5])
    return pen


def _longest(runs: Whole) -> list[list[int]]:
    return runs[np.argsort(runs[:, 0] - runs[:, 1], kind="stable")[:24]].tolist() if len(runs) else []


def _unmatched_words(count: int) -> str:
    return trn("{n} frame not in the reference", "{n} frames not in the reference", count)


def _lost_words(count: int) -> str:
    return trn("{n} frame lost at a splice in the scan", "{n} frames lost at a splice in the scan", count)
