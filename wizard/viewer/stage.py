"""Where frames are seen: the neutral surround, zoom and place, and the way between places of the widget and points of the frame."""
from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from wizard import theme
from wizard.viewer.compare import Comparison, Shot
from wizard.viewer.placing import Placing, Point

STEP = 1.25                 # one turn of the wheel
PIXELS_FROM = 2.0           # from this zoom on single pixels are told apart
SPLIT_GAP = 8


class Stage(QWidget):
    """Frames at a zoom, in one pane or two. What lies over them is `paint_over`'s."""

    zoom_changed = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.compared = Comparison()
        self._placing: Placing | None = None
        self._fitted = True
        self._extra = 0                 # more margin round a frame that is seen whole, for handles at its edge
        self.setMinimumSize(160, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(640, 480)

    def set_pictures(self, first: Shot | None, second: Shot | None = None) -> None:
        """Show these; zoom and place stay while the frame's size does."""
        self.compared.show(first, second)
        shot = self.compared.shot
        if shot is None:
            self._placing = None
        elif self._placing is None or (self._placing.full, self._placing.aspect) != (shot.size, shot.aspect):
            self._placing = Placing(shot.size, shot.aspect)
            self._fitted = True
        self._refit()
        self.tell()
        self.update()

    @property
    def zoom(self) -> float:
        """Pixels of the screen for a full pixel of the frame."""
        return self._placing.zoom * self.devicePixelRatioF() if self._placing else 1.0

    def fit(self) -> None:
        """The whole frame, from now on."""
        self._fitted = True
        self._refit()
        self._zoomed()

    def actual(self) -> None:
        """One pixel of the frame on one of the screen."""
        self.zoom_by(1 / self.zoom)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Larger by `factor`; the frame's point at the place `at` of the widget (else the middle) stays where it is."""
        if self._placing is None:
            return
        pane = self.panes()[self.pane_at(at)]
        place = QPointF() if at is None else at - pane.center()
        self._placing = self._placing.zoomed(factor, (place.x(), place.y()), self._pane_size())
        self._fitted = self._placing == self._placing.fitted(self._pane_size())
        self._zoomed()

    def pan(self, dx: float, dy: float) -> None:
        """Move the frame by pixels of the screen; a frame that is seen whole stays in the middle."""
        if self._placing is not None and not self._fitted:
            self._placing = self._placing.moved(dx, dy)
            self.update()

    def _refit(self) -> None:
        if self._fitted and self._placing is not None:
            self._placing = self._placing.fitted(self._pane_size())

    def _pane_size(self) -> Point:
        pane = self.panes()[0]
        return pane.width() - 2 * self._extra, pane.height() - 2 * self._extra

    def _zoomed(self) -> None:
        self.tell()
        self.update()
        self.zoom_changed.emit(self.zoom)

    def panes(self) -> list[QRectF]:
        """The parts of the widget that each show the frame: two where it is split."""
        whole = QRectF(self.rect())
        if self.compared.drawn_mode != "split":
            return [whole]
        wide = (whole.width() - SPLIT_GAP) / 2
        return [QRectF(0, 0, wide, whole.height()), QRectF(wide + SPLIT_GAP, 0, wide, whole.height())]

    def pane_at(self, place: QPointF | None) -> int:
        panes = self.panes()
        return 1 if len(panes) > 1 and place is not None and place.x() >= panes[1].left() - SPLIT_GAP / 2 else 0

    def on_screen(self, point: Point, pane: int = 0) -> QPointF:
        """Where a point of the frame lies in the widget."""
        assert self._placing is not None
        return self.panes()[pane].center() + QPointF(*self._placing.on_screen(point))

    def on_frame(self, place: QPointF) -> Point:
        """The point of the frame at a place of the widget, in full pixels."""
        assert self._placing is not None
        away = place - self.panes()[self.pane_at(place)].center()
        return self._placing.on_frame((away.x(), away.y()))

    def picture(self, pane: int = 0) -> QRectF:
        """Where the frame lies in the widget, on whole pixels of the screen."""
        assert self._placing is not None
        ratio = self.devicePixelRatioF()
        top_left, end = self.on_screen((0, 0), pane), self.on_screen(self._placing.full, pane)
        left, top, right, bottom = (round(edge * ratio) / ratio for edge in (top_left.x(), top_left.y(), end.x(), end.y()))
        return QRectF(left, top, max(right - left, 1), max(bottom - top, 1))

    def seen(self, pane: int = 0) -> QRectF:
        """The part of the widget where the frame is seen."""
        return self.picture(pane).intersected(self.panes()[pane])

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        self._refit()
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent | None) -> None:  # noqa: N802
        assert event is not None
        turns = event.angleDelta().y() / 120
        if self._placing is None or not turns:
            event.ignore()
            return
        self.zoom_by(STEP ** turns, event.position())
        event.accept()

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surround"))
        if self._placing is not None:
            for pane in range(len(self.panes())):
                self.compared.draw(painter, self.picture(pane), self.seen(pane), pane, self.zoom >= PIXELS_FROM)
        self.paint_over(painter)
        painter.end()

    def paint_over(self, painter: QPainter) -> None:
        """What lies over the frames."""

    def tell(self) -> None:
        """Say in words what is shown, for a screen reader."""
