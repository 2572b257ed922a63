"""What the start screen is made of: the masthead, the sample film with its wipe, the links below, the hint while something is dragged."""
from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PyQt6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wizard import style, theme
from wizard.kit import paint
from wizard.kit.buttons import Button, enter_clicks
from wizard.kit.panels import Panel
from wizard.kit.words import Words
from wizard.words import tr

PICTURES = theme.ASSETS / "pictures"
STEP = 0.05                 # that an arrow key moves the wipe
LARGE = 125                 # %, size of the text


def roomy(compact: bool) -> bool:
    """Whether explanations have room: not with large text in a small window."""
    return not compact or theme.scaled(100) < LARGE


class Masthead(QWidget):
    """The product mark, its name and what it is for."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = _Mark()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._mark)
        row.addWidget(Words("Answerprint", 24, 600), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(row)
        self._sentence = Words(tr("Bring a faded film back, one film at a time."), 15, 400, "text2")
        self._compact = False
        column.addWidget(self._sentence)
        theme.changed.connect(self._explain)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._explain()

    def _explain(self) -> None:
        self._sentence.setVisible(roomy(self._compact))


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(32, 32)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        paint.product_mark(paint.painter_on(self), QRectF(self.rect()))


class SamplePanel(Panel):
    """New here? The sample film, and how to try it."""

    def __init__(self) -> None:
        super().__init__()
        self.show_header(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.picture = WipePicture(PICTURES / "colour-reference-before.jpg", PICTURES / "colour-reference-after.jpg")
        self._new_here = Words(tr("New here?"), 15, 600)
        self._usual = tr("Twelve seconds of film through every step, in a few minutes.")
        self._words = Words(self._usual, 13, 400, "text2")
        self.button = Button(tr("Try it on the sample film"), "secondary", "film")
        self.body.addWidget(self.picture, 1)
        self.body.addSpacing(8)
        self.body.addWidget(self._new_here)
        self.body.addWidget(self._words)
        self.body.addSpacing(4)
        self.body.addWidget(self.button)
        self._compact, self._said = False, ""
        theme.changed.connect(self._explain)

    def say(self, text: str) -> None:
        """What is being done; the button waits meanwhile."""
        self._said = text
        self._words.setText(text or self._usual)
        self.button.setEnabled(not text)
        self._explain()

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._explain()

    def _explain(self) -> None:
        """Explanations go first where the window is small."""
        self._new_here.setVisible(not self._compact)
        self._words.setVisible(bool(self._said) or roomy(self._compact))


class WipePicture(QWidget):
    """A picture before and after; the line between is dragged, or moved with the arrow keys."""

    def __init__(self, before: Path, after: Path) -> None:
        super().__init__()
        self._before, self._after, self._at = QPixmap(str(before)), QPixmap(str(after)), 0.5
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setProperty("ringRadius", 0)
        self.setAccessibleName(tr("The sample film before and after; the arrow keys move the line between"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(400, round(self.width() * self._after.height() / max(1, self._after.width())))

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.updateGeometry()

    def _place(self) -> QRectF:
        """Where the picture lies, as large as there is room."""
        size = self._after.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, size.width(), size.height())

    def move_wipe(self, at: float) -> None:
        """0 is the left edge, 1 the right."""
        self._at = min(1.0, max(0.0, at))
        self.update()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:  # noqa: N802
        place = self._place()
        if event is not None and event.buttons() & Qt.MouseButton.LeftButton and place.width():
            self.move_wipe((event.position().x() - place.left()) / place.width())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        if event is not None and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.move_wipe(self._at + (STEP if event.key() == Qt.Key.Key_Right else -STEP))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        painter, place = paint.painter_on(self), self._place()
        painter.fillRect(self.rect(), theme.colour("surround"))
        x = place.left() + self._at * place.width()
        for picture, left, right in ((self._before, place.left(), x), (self._after, x, place.right())):
            painter.setClipRect(QRectF(left, place.top(), right - left, place.height()))
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
        painter.setClipping(False)
        painter.fillRect(QRectF(x - 2, place.top(), 4, place.height()), theme.CASING)
        painter.fillRect(QRectF(x - 1, place.top(), 2, place.height()), theme.ON_PICTURE)
        _paint_handle(painter, QPointF(x, place.center().y()))
        place.adjust(8, 8, -8, -8)
        paint.on_picture(painter, tr("Scan"), place, "top-left")
        paint.on_picture(painter, tr("Result"), place, "top-right")


def _paint_handle(painter: QPainter, at: QPointF) -> None:
    """The round handle of a wipe, with an arrow to either side."""
    painter.setPen(QPen(theme.ON_PICTURE, 1.5))
    painter.setBrush(QColor("#101010"))
    painter.drawEllipse(at, 14, 14)
    for side in (-1, 1):
        tip = at + QPointF(side * 8, 0)
        painter.drawPolyline(tip + QPointF(-side * 4.5, -4.5), tip, tip + QPointF(-side * 4.5, 4.5))


class FootLink(QAbstractButton):
    """Manual or settings, with its key."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__()
        self._key = key
        self.setText(text)
        self.setAccessibleName(f"{text}, {key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._resize)

    def _resize(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        metrics = QFontMetricsF(theme.font(13, 500))
        return QSize(round(metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self._key)) + 26, theme.scaled(32))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        if not enter_clicks(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        painter, rect = paint.painter_on(self), QRectF(self.rect())
        if self.underMouse():
            paint.box(painter, rect, style.hovered(paint.token("bg")), None, 6)
        inside = rect.adjusted(8, 0, -8, 0)
        painter.setFont(theme.font(13, 500))
        painter.setPen(theme.colour("text2"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("text3"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._key)


class DropHint(QWidget):
    """Over the screen while something is dragged over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        painter, rect = paint.painter_on(self), QRectF(self.rect()).adjusted(24, 24, -24, -24)
        veil = theme.colour("bg")
        veil.setAlpha(225)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 8, 8)
        painter.setFont(theme.font(16, 600))
        painter.setPen(theme.colour("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, tr("Drop a project to open it, or a film to begin with it"))
