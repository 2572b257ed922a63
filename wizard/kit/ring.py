"""The focus ring: 2 px of accent, 2 px away from whatever has the focus, in one window."""
# ruff: noqa: N802
from __future__ import annotations

from PyQt6 import sip
from PyQt6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PyQt6.QtGui import QPaintEvent, QPen, QRegion
from PyQt6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from wizard import theme
from wizard.kit import paint

AWAY = 2
WIDTH = 2
ROOM = AWAY + WIDTH
MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ZOrderChange)


class FocusRing(QWidget):
    """Follows the focus in `window`. A widget with the property `ownRing` draws its own; one with an attribute `ring_target` has the ring
    round another widget; the property `ringRadius` is the radius of its corners (6)."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._about: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)
        theme.changed.connect(self.update)
        self._moved(None, QApplication.focusWidget())

    def _moved(self, _: QWidget | None, now: QWidget | None) -> None:
        inside = now is not None and now.window() is self._window
        self._watch(now if inside and now is not None and not now.property("ownRing") else None)

    def _watch(self, focused: QWidget | None) -> None:
        for widget in self._watched:
            if not sip.isdeleted(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._about = getattr(focused, "ring_target", focused)
        widget = self._about
        while widget is not None:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = None if widget is self._window else widget.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() in MOVES:
            self._place()
        elif event is not None and event.type() == QEvent.Type.ChildAdded and watched is self._window:
            self.raise_()
        return False

    def _place(self) -> None:
        about = self._about
        if about is None or sip.isdeleted(about) or not about.isVisible() or about is self._window:
            self.hide()
            return
        whole = QRect(about.mapTo(self._window, QPoint(0, 0)), about.size()).adjusted(-ROOM, -ROOM, ROOM, ROOM)
        self.setGeometry(whole)
        seen = self._seen(whole)
        if seen.isEmpty():
            self.hide()
            return
        self.setMask(QRegion(seen.translated(-whole.topLeft())))
        self.raise_()
        self.show()
        self.update()

    def _seen(self, whole: QRect) -> QRect:
        """What of the ring is not scrolled away."""
        widget = self._about
        while widget is not None and widget is not self._window:
            area = widget.parentWidget()
            if isinstance(area, QAbstractScrollArea) and widget is area.viewport():
                view = QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())
                whole = whole.intersected(view.adjusted(-ROOM, -ROOM, ROOM, ROOM))
            widget = area
        return whole

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = paint.painter_on(self)
        painter.setPen(QPen(theme.colour("accent"), WIDTH))
        radius = (self._about.property("ringRadius") if self._about is not None else None) or 6
        half = WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius + AWAY + half, radius + AWAY + half)
