"""A kind of recovery as a card: its picture before and after, what it is, what is needed."""
# ruff: noqa: N802
from __future__ import annotations

from PyQt6.QtCore import QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from wizard import style, theme
from wizard.kit import paint
from wizard.kit.buttons import enter_clicks
from wizard.kit.fields import paint_tag
from wizard.words import tr

PICTURE = 0.56                                  # of the card's width


class Card(QAbstractButton):
    """Checkable; what is `coming` (the words of its tag) is read but not picked. `tag` is said of one that can be picked. Where the height
    is short, what is needed goes into the tooltip and the tag onto the picture."""

    picked = pyqtSignal()

    def __init__(self, before: QPixmap | None, after: QPixmap | None, title: str, text: str, need: str, coming: str = "",
                 tag: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before, self._after, self._title, self._text, self._need, self._coming = before, after, title, text, need, coming
        self._tag = coming or tag
        self.setText(title)
        self.setCheckable(not coming)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ringRadius", 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(". ".join(part for part in (title, text.rstrip("."), need.rstrip("."), self._tag) if part))
        self.clicked.connect(self._clicked)
        theme.changed.connect(self._restyle)

    def set_pictures(self, before: QPixmap | None, after: QPixmap | None) -> None:
        """Pictures that come later."""
        self._before, self._after = before, after
        self.update()

    def _clicked(self) -> None:
        if not self._coming:
            self.picked.emit()

    def _restyle(self) -> None:
        self._explain()
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """A second click does not take it back."""
        self.setChecked(True)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if not enter_clicks(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(480), theme.scaled(260))

    def minimumSizeHint(self) -> QSize:
        width = max(self.width(), 360)
        return QSize(360, round(self._height(self._words_rect(width).width())) + 40)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._explain()
        self.updateGeometry()

    def _words_rect(self, width: int) -> QRectF:
        left = round(width * PICTURE) + 20
        return QRectF(left, 24, width - left - 20, self.height() - 40)

    def _mark(self) -> int:
        """What the check takes from the width of the title."""
        return theme.scaled(22) + 4 if self.isCheckable() else 0

    def _height(self, width: float, needed: bool = False) -> float:
        """Of the words, with or without what is needed."""
        narrow = width - self._mark()
        high = paint.height_of(self._title, theme.font(16, 600), narrow) + 8 + paint.height_of(self._text, theme.font(13), width)
        if needed:
            high += 8 + paint.height_of(self._need, theme.font(13), width)
        return high

    def _roomy(self) -> bool:
        """Whether what is needed has its place."""
        rect = self._words_rect(self.width())
        return self._height(rect.width(), True) <= rect.height()

    def _tag_fits(self) -> bool:
        """Whether there is room for the tag under all words."""
        rect = self._words_rect(self.width())
        wide = QFontMetricsF(theme.font(12, 600)).horizontalAdvance(self._tag) + 18
        return self._height(rect.width(), True) + theme.scaled(22) + 12 <= rect.height() and wide <= rect.width()

    def _explain(self) -> None:
        self.setToolTip("" if self._roomy() else self._need)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, rect = paint.painter_on(self), QRectF(self.rect())
        chosen, hover = self.isChecked(), self.underMouse() and self.isEnabled() and not self._coming
        fill = paint.token("raised" if chosen else "panel")
        fill = style.pressed(fill) if self.isDown() and hover else style.hovered(fill) if hover and not chosen else fill
        paint.box(painter, rect, fill, paint.token("accent" if chosen else "line"), 8, 2 if chosen else 1)
        roomy = self._roomy()
        self._paint_picture(painter, bool(self._tag) and not self._tag_fits())
        self._paint_words(painter, roomy)

    def _paint_picture(self, painter: QPainter, tagged: bool) -> None:
        frame = QRectF(8, 8, round(self.width() * PICTURE) - 8, self.height() - 16)
        paint.box(painter, frame, paint.token("surround"), None, 4)
        inner = frame.adjusted(8, 8, -8, -8)
        shown = self._after or self._before
        if shown is not None and not shown.isNull():
            size = shown.size().scaled(inner.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            inner = QRectF(QRect(QRectF(inner).center().toPoint() - QRect(0, 0, size.width(), size.height()).center(), size))
        middle = round(inner.center().x())
        for picture, left, right in ((self._before, inner.left(), middle), (self._after, middle, inner.right())):
            if picture is not None:
                painter.save()
                painter.setClipRect(QRectF(left, inner.top(), right - left, inner.height()))
                painter.drawPixmap(inner, picture, QRectF(picture.rect()))
                painter.restore()
        if self._before is not None and self._after is not None:
            painter.fillRect(QRectF(middle - 2, inner.top(), 4, inner.height()), theme.CASING)
            painter.fillRect(QRectF(middle - 1, inner.top(), 2, inner.height()), theme.ON_PICTURE)
        inner.adjust(8, 8, -8, -8)
        paint.on_picture(painter, tr("Before"), inner, "top-left")
        paint.on_picture(painter, tr("After"), inner, "top-right")
        if tagged:
            inner.setRight(self.width())        # it may stand out of the picture
            paint.on_picture(painter, self._tag, inner, "bottom-left")

    def _paint_words(self, painter: QPainter, roomy: bool) -> None:
        rect = self._words_rect(self.width())
        dim = bool(self._coming) or not self.isEnabled()
        if self.isChecked():
            side = theme.scaled(22)
            disc = QRectF(self.width() - 16 - side, 20, side, side)
            path = QPainterPath()
            path.addEllipse(disc)
            painter.fillPath(path, theme.colour("accent"))
            paint.check_mark(painter, disc.center(), "onaccent", side * 0.72, 2)
        narrow = QRectF(rect.x(), rect.y(), rect.width() - self._mark(), rect.height())
        y = paint.write(painter, narrow, self._title, theme.font(16, 600), "text2" if dim else "text") + 8
        y = paint.write(painter, QRectF(rect.x(), y, rect.width(), 0), self._text, theme.font(13), "text2" if dim else "text") + 8
        if roomy:
            paint.write(painter, QRectF(rect.x(), y, rect.width(), 0), self._need, theme.font(13), "text2")
        if self._tag and self._tag_fits():
            self._paint_tag(painter, rect)

    def _paint_tag(self, painter: QPainter, rect: QRectF) -> None:
        painter.setFont(theme.font(12, 600))
        width = painter.fontMetrics().horizontalAdvance(self._tag) + 18
        box = QRectF(rect.x(), rect.bottom() - theme.scaled(22), width, theme.scaled(22))
        paint_tag(painter, box, self._tag, "text2" if self._coming else "warn")
