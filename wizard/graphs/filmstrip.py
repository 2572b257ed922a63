"""The filmstrip: frames by shot, to be picked, held out and looked at. Only what shows is painted; pictures come when they are ready."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PyQt6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QSizePolicy, QWidget

from wizard import theme
from wizard.graphs.cell_look import paint_cell, state_word
from wizard.graphs.cells import Arrangement, Cell, Group, Sizes
from wizard.graphs.painted import fill_picture, metrics, write
from wizard.words import tr

__all__ = ["Cell", "Filmstrip", "Group"]

CHECK = 36                  # of a cell's upper left corner, where a click picks
KEPT = 600                  # pictures in the size they are shown in
ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Filmstrip(QAbstractScrollArea):
    """`thumb(index)` gives a frame's picture or None; who owns it then fetches it and calls `thumb_arrived`. Signals carry scan frames:
    `focused` (looked at), `toggled` (pick or drop), `hold` (hold out or not), `opened` (show the pair large), `confirm_asked` (a doubtful
    frame was to be picked), `swept` (frames to pick that were dragged over). States change only by `set_state` and `set_groups`."""

    focused = pyqtSignal(int)
    toggled = pyqtSignal(int)
    hold = pyqtSignal(int)
    opened = pyqtSignal(int)
    confirm_asked = pyqtSignal(int)
    swept = pyqtSignal(list)

    def __init__(self, thumb: Callable[[int], QImage | None] = lambda index: None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumb, self.empty = thumb, ""
        self._groups: list[Group] = []
        self._number_of: dict[int, int] = {}
        self._pictures: dict[int, QPixmap] = {}
        self._current = 0
        self._hover: int | None = None
        self._pressed: tuple[int, QPointF] | None = None
        self._sweep: range | None = None
        self._arranged = Arrangement([], 200, self._sizes())
        self.setAccessibleName(tr("Frames of the film"))
        self.setProperty("ownRing", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        theme.changed.connect(self._arrange)

    # what is shown

    def set_groups(self, groups: Sequence[Group | tuple[str, str, str, str, Sequence[Cell]]], empty: str = "") -> None:
        """Show these; `empty` is said where there are none. The frame looked at and the place scrolled to stay where they can."""
        here = self.index
        self._groups, self.empty = [Group(*group) for group in groups], empty
        self._arranged = Arrangement(self._groups, self._arranged.width, self._sizes())
        cells = (cell for group in self._groups for cell in group.cells)
        self._number_of = {cell.index: number for number, cell in enumerate(cells)}
        self._current = self._number_of.get(-1 if here is None else here, 0)
        self._pictures.clear()
        self._sweep = self._pressed = self._hover = None
        self._arrange()
        self._describe()

    def set_state(self, index: int, state: str) -> None:
        number = self._number_of.get(index)
        if number is not None:
            self._arranged.at(number).state = state
            self._update(number)
            self._describe()

    def set_index(self, index: int) -> None:
        """Look at a frame and scroll to it; says nothing."""
        number = self._number_of.get(index)
        if number is not None:
            self._look_at(number, say=False)

    @property
    def index(self) -> int | None:
        """The frame looked at."""
        return self._arranged.at(self._current).index if self._current < self._arranged.count else None

    def thumb_arrived(self, index: int) -> None:
        self._pictures.pop(index, None)
        if index in self._number_of:
            self._update(self._number_of[index])

    def cell_area(self, index: int) -> QRect:
        """Where the picture of a frame lies in the viewport."""
        place = self._arranged.picture_of(self._number_of[index])
        return QRectF(place.x, place.y - self._scrolled(), place.width, place.height).toRect()

    # arranging

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(720, 480)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        sizes = self._sizes()
        height = sizes.line + sizes.cell * sizes.shape + sizes.caption + 2 * sizes.margin
        return QSize(round(sizes.cell + 2 * sizes.margin) + 16, round(height))

    def _sizes(self) -> Sizes:
        small = metrics(12, 600)
        labels = [group.cells[-1].label for group in self._groups[:1] + self._groups[-1:] if group.cells]
        words = max(small.horizontalAdvance(text) for text in (tr("suggested"), tr("held out"), tr("picked"), tr("doubtful")))
        caption = max([small.horizontalAdvance(label) for label in labels], default=0) + 10 + words
        return Sizes(max(124.0, caption), metrics(13, 600).height() + 10, small.height() + 6)

    def _arrange(self) -> None:
        before, bar, top = self._arranged, self.verticalScrollBar(), self._scrolled()
        first = next(before.cells_between(top, top + before.row), None) if before.count == sum(len(g.cells) for g in self._groups) else None
        self._arranged = Arrangement(self._groups, self.viewport().width(), self._sizes())
        if (before.cell, before.picture) != (self._arranged.cell, self._arranged.picture):
            self._pictures.clear()
        bar.setRange(0, max(0, round(self._arranged.height - self.viewport().height())))
        bar.setPageStep(max(1, self.viewport().height()))
        bar.setSingleStep(max(1, round(self._arranged.row / 3)))
        if first is not None and top > 0:
            bar.setValue(round(top + self._arranged.picture_of(first).y - before.picture_of(first).y))
        self.viewport().update()

    def _scrolled(self) -> int:
        return self.verticalScrollBar().value()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        self._arrange()

    # painting

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        assert event is not None
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if not self._arranged.count:
            write(painter, QRectF(self.viewport().rect()), self.empty, "text2", 13, align=Qt.AlignmentFlag.AlignCenter)
            return
        top = self._scrolled()
        painter.translate(0, -top)
        shown = QRectF(event.rect()).translated(0, top)
        for group in self._arranged.groups_between(shown.top(), shown.bottom()):
            self._paint_line(painter, group, shown)
        for number in self._arranged.cells_between(shown.top() - 8, shown.bottom() + 8):
            if self._whole(number).intersects(shown):
                self._paint_cell(painter, number)

    def _paint_line(self, painter: QPainter, number: int, shown: QRectF) -> None:
        group, place = self._groups[number], self._arranged.line_of(number)
        area = QRectF(place.x, place.y, place.width, place.height - 4)
        if not area.intersects(shown):
            return
        left = min(metrics(13, 600).horizontalAdvance(group.title) + 16, area.width())
        note = min(metrics(12).horizontalAdvance(group.note) + 16, area.width() - left)
        write(painter, area, group.title, "text", 13, 600)
        write(painter, area.adjusted(left, 0, 0, 0), group.note)
        if area.width() - left - note > 40:
            tone = group.right_tone if group.right_tone in ("warn", "ok", "err", "held", "accent") else "text2"
            write(painter, area.adjusted(left + note, 0, 0, 0), group.right_note, tone, align=ALIGN_RIGHT)

    def _paint_cell(self, painter: QPainter, number: int) -> None:
        cell, place = self._arranged.at(number), self._arranged.picture_of(number)
        ring = "" if number != self._current else "text" if self.hasFocus() else "text3"
        swept = self._sweep is not None and number in self._sweep
        paint_cell(painter, QRectF(place.x, place.y, place.width, place.height), cell, self._picture(cell.index), ring=ring,
                   hover=number == self._hover, swept=swept, caption=self._arranged.sizes.caption)

    def _picture(self, index: int) -> QPixmap | None:
        """The frame's picture in the size it is shown in, kept for the next time."""
        if index not in self._pictures:
            image = self.thumb(index)
            if image is None:
                return None
            while len(self._pictures) >= KEPT:
                self._pictures.pop(next(iter(self._pictures)))
            self._pictures[index] = self._fitted(image)
        return self._pictures[index]

    def _fitted(self, image: QImage) -> QPixmap:
        ratio = self.devicePixelRatioF()
        area = QRectF(0, 0, self._arranged.cell, self._arranged.picture)
        pixmap = QPixmap(round(area.width() * ratio), round(area.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        fill_picture(painter, QRectF(0, 0, pixmap.width() / ratio, pixmap.height() / ratio), image)
        painter.end()
        return pixmap

    def _whole(self, number: int) -> QRectF:
        """A cell with caption and ring."""
        place = self._arranged.picture_of(number)
        return QRectF(place.x - 7, place.y - 7, place.width + 14, place.height + self._arranged.sizes.caption + 12)

    def _update(self, number: int) -> None:
        self.viewport().update(self._whole(number).translated(0, -self._scrolled()).toAlignedRect())

    # looking, picking

    def _look_at(self, number: int, say: bool = True) -> None:
        old, self._current = self._current, number
        bar, place = self.verticalScrollBar(), self._arranged.picture_of(number)
        above = self._arranged.line_of(self._arranged.group_of(number)).height + self._arranged.sizes.margin
        bar.setValue(round(min(bar.value(), place.y - above)))
        bar.setValue(round(max(bar.value(), place.y + place.height + self._arranged.sizes.caption + 6 - self.viewport().height())))
        if old < self._arranged.count:
            self._update(old)
        self._update(number)
        self._describe()
        if say and old != number:
            self.focused.emit(self._arranged.at(number).index)

    def _describe(self) -> None:
        if self._current < self._arranged.count:
            cell = self._arranged.at(self._current)
            self.setAccessibleDescription(tr("Frame {frame}, {state}", frame=cell.label, state=state_word(cell.state) or tr("not picked")))
        else:
            self.setAccessibleDescription(self.empty)

    def _toggle(self, number: int) -> None:
        cell = self._arranged.at(number)
        (self.confirm_asked if cell.state == "doubtful" else self.toggled).emit(cell.index)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        assert event is not None
        key, count = event.key(), self._arranged.count
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key == Qt.Key.Key_Escape and self._sweep is not None:
            self._end_sweep()
        elif not count or not plain or not self._act(key):
            event.ignore()

    def _act(self, key: int) -> bool:
        here, arranged = self._current, self._arranged
        page = max(1, int(self.viewport().height() // arranged.row))
        if key == Qt.Key.Key_Space:
            self._toggle(here)
        elif key == Qt.Key.Key_H:
            self.hold.emit(arranged.at(here).index)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(arranged.at(here).index)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._look_at({Qt.Key.Key_Left: max(here - 1, 0), Qt.Key.Key_Right: min(here + 1, arranged.count - 1), Qt.Key.Key_Home: 0,
                           Qt.Key.Key_End: arranged.count - 1}[key])
        elif rows := {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}.get(key):
            self._look_at(arranged.rows_away(here, rows))
        else:
            return False
        return True

    def _number_at(self, place: QPointF) -> int | None:
        return self._arranged.number_at(place.x(), place.y() + self._scrolled())

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        assert event is not None
        number = self._number_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self._pressed = number, event.position()
            self._look_at(number)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        assert event is not None
        number = self._number_at(event.position())
        if self._pressed is None:
            self._point_at(number)
            return
        start, place = self._pressed
        far = (event.position() - place).manhattanLength() >= QApplication.startDragDistance()
        if number is not None and far and (self._sweep is not None or number != start):
            self._sweep = range(min(start, number), max(start, number) + 1)
            self.viewport().update()
        beyond = event.position().y() - min(max(event.position().y(), 0), self.viewport().height())
        if self._sweep is not None and beyond:
            self.verticalScrollBar().setValue(self._scrolled() + round(min(max(beyond, -40), 40)))

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        assert event is not None
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        (number, _), sweep = self._pressed, self._sweep
        self._end_sweep()
        if sweep is not None:
            cells = [self._arranged.at(swept) for swept in sweep]
            self.swept.emit([cell.index for cell in cells if cell.state != "doubtful"])
        elif self._number_at(event.position()) == number and self._picks(number, event.position().toPoint()):
            self._toggle(number)

    def _picks(self, number: int, place: QPoint) -> bool:
        """A click picks on the check, and asks on any part of a doubtful frame."""
        cell = self._arranged.at(number)
        corner = self.cell_area(cell.index).topLeft()
        return cell.state == "doubtful" or (place.x() - corner.x() < CHECK and place.y() - corner.y() < CHECK)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        assert event is not None
        number = self._number_at(event.position())
        if number is not None and not self._picks(number, event.position().toPoint()):
            self.opened.emit(self._arranged.at(number).index)
        else:
            self.mousePressEvent(event)

    def _end_sweep(self) -> None:
        self._pressed = self._sweep = None
        self.viewport().update()

    def _point_at(self, number: int | None) -> None:
        old, self._hover = self._hover, number
        for changed in {old, number} - {None} if old != number else ():
            self._update(changed)

    def viewportEvent(self, event: QEvent | None) -> bool:  # noqa: N802
        if event is not None and event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent | None) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self.viewport().update()
