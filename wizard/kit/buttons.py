"""Buttons: with a verb, with an icon, in a row of which one is chosen, and as a link."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from wizard import style, theme
from wizard.kit import paint

ICON = 18
SCRAP = 4                       # letters of a word that is cut, up to which the icon says more alone


def enter_clicks(button: QAbstractButton, event: QKeyEvent | None) -> bool:
    """Enter does what Space does."""
    if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
        button.click()
        return True
    return False


class Button(QPushButton):
    """A verb. `kind` is 'primary' (one a page), 'secondary' or 'quiet'; `height` 36, 32 in a panel, 48 on the start screen; `small` is the
    24-px one of a table row. The icon stands before the text, or after it with `trailing`."""

    def __init__(self, text: str, kind: str = "secondary", icon: str | None = None, small: bool = False, height: int = 36,
                 trailing: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._kind, self._icon, self._high, self._trailing = kind, icon, 24 if small else height, trailing
        self.setAutoDefault(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self._restyle()
        theme.changed.connect(self._restyle)

    def setText(self, text: str | None) -> None:
        super().setText(text)
        self.setAccessibleName(text)

    def set_kind(self, kind: str) -> None:
        self._kind = kind
        self.update()

    def set_icon(self, icon: str | None) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def _restyle(self) -> None:
        self.setFont(theme.font(13, 600))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(13, 600))
        inside = metrics.horizontalAdvance(self.text())
        if self._icon:
            inside += theme.scaled(ICON) + (8 if self.text() else 0)
        pad = 10 if self._high < 32 else 16
        return QSize(round(inside) + 2 * pad + 2, max(theme.scaled(self._high), round(metrics.height()) + 6))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _look(self) -> tuple[str | None, str | None, str]:
        """Fill, border and the token of the words."""
        if not self.isEnabled():
            return paint.token("panel"), paint.token("line"), "text3"
        hover = self.underMouse()
        if self._kind == "quiet":
            return (paint.token("raised") if self.isChecked() else paint.quiet_fill(self.isDown(), hover)), None, "text"
        primary = self._kind == "primary"
        base, edge = (paint.token("accent"), None) if primary else (paint.token("raised"), paint.token("edge"))
        if self.isDown():
            base = style.pressed(base)
        elif hover:
            base, edge = style.hovered(base), style.hovered(edge) if edge else None
        if self.isChecked() and not primary:
            edge = paint.token("accent")
        return base, edge, "onaccent" if primary else "text"

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = paint.painter_on(self)
        fill, border, words = self._look()
        rect = QRectF(self.rect())
        paint.box(painter, rect, fill, border, 6)
        if self.isCheckable() and self.isChecked():
            paint.accent_bar(painter, rect.adjusted(0, 8, 0, -8))
        self._write(painter, rect, words)

    def _write(self, painter: QPainter, rect: QRectF, words: str) -> None:
        font = theme.font(13, 600)
        metrics = QFontMetricsF(font)
        size = theme.scaled(ICON) if self._icon else 0
        gap = 8 if self._icon and self.text() else 0
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width() - size - gap - 8)
        if self._icon and text != self.text() and len(text) <= SCRAP:
            text, gap = "", 0
        width = metrics.horizontalAdvance(text)
        x = (rect.width() - size - gap - width) / 2
        icon_x, text_x = (x + width + gap, x) if self._trailing else (x, x + size + gap)
        if self._icon:
            painter.drawPixmap(round(icon_x), round((rect.height() - size) / 2), theme.pixmap(self._icon, words, ICON))
        painter.setFont(font)
        painter.setPen(theme.colour(words))
        painter.drawText(QRectF(text_x, 0, width + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class IconButton(QAbstractButton):
    """An icon of 18 in 32 x 32; `name` is its tooltip and what a screen reader says. `on_picture` stands on a picture."""

    def __init__(self, icon: str, name: str, checkable: bool = False, on_picture: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._on_picture = icon, on_picture
        self.setCheckable(checkable)
        self.set_name(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def set_name(self, name: str) -> None:
        self.setToolTip(name)
        self.setAccessibleName(name)

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(32), theme.scaled(32))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if not enter_clicks(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = paint.painter_on(self)
        rect = QRectF(self.rect())
        hover = self.underMouse() and self.isEnabled()
        words = "text" if self.isEnabled() else "text3"
        if self._on_picture:
            paint.box(painter, rect, theme.CASING, theme.ON_PICTURE if hover else None, 6)
            words = theme.ON_PICTURE.name()
        elif self.isChecked():
            paint.box(painter, rect, paint.token("raised"), None, 6)
        else:
            paint.box(painter, rect, paint.quiet_fill(self.isDown(), hover), None, 6)
        if self.isChecked():
            painter.fillRect(QRectF(7, rect.height() - 2, rect.width() - 14, 2), theme.colour("accent"))
        size = theme.scaled(ICON)
        painter.drawPixmap(round((rect.width() - size) / 2), round((rect.height() - size) / 2), theme.pixmap(self._icon, words, ICON))


class _Cell(QAbstractButton):
    """One of a segment."""

    def __init__(self, text: str, icon: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self._icon = icon
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.ring_target = parent

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(13, 600))
        width = metrics.horizontalAdvance(self.text())
        width += theme.scaled(ICON) + (8 if self.text() else 0) + 2 * 8 if self._icon else 2 * 12
        return QSize(round(width) + 2, theme.scaled(28))

    def minimumSizeHint(self) -> QSize:
        words = QFontMetricsF(theme.font(13, 600)).horizontalAdvance(self.text())
        return QSize(min(self.sizeHint().width(), round(words) + 2 * 8 + 2) if words else self.sizeHint().width(), theme.scaled(28))

    def _crowded(self) -> bool:
        """Whether the row is narrower than it asks for: icons go first."""
        row = self.parentWidget()
        return bool(self.text()) and row is not None and row.width() < row.sizeHint().width()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = paint.painter_on(self)
        crowded = self._crowded()
        icon = None if crowded else self._icon
        rect, pad = QRectF(self.rect()), 8 if icon or crowded else 12
        words = "text" if self.isChecked() else "text2"
        if not self.isEnabled():
            words = "text3"
        if self.isChecked():
            paint.box(painter, rect, paint.token("raised") if theme.dark() else paint.token("rail"), None, 4)
            under = theme.colour("accent" if self.isEnabled() else "text3")
            painter.fillRect(QRectF(pad, rect.height() - 2, rect.width() - 2 * pad, 2), under)
        elif self.underMouse() and self.isEnabled():
            paint.box(painter, rect, style.hovered(paint.token("field")), None, 4)
        x = float(pad)
        if icon:
            size = theme.scaled(ICON)
            painter.drawPixmap(round(x), round((rect.height() - size) / 2), theme.pixmap(icon, words, ICON))
            x += size + 8
        painter.setFont(theme.font(13, 600 if self.isChecked() else 500))
        painter.setPen(theme.colour(words))
        painter.drawText(rect.adjusted(x, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if not enter_clicks(self, event):
            super().keyPressEvent(event)


class Segment(QWidget):
    """A row of which one is chosen: one stop for Tab, arrows go along it. `chosen` tells what the user chose, not what `choose` did.
    Where there is little room its icons are left out."""

    chosen = pyqtSignal(str)

    def __init__(self, options: Sequence[tuple[str, str, str | None]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._cells: dict[str, _Cell] = {}
        for key, text, icon in options:
            cell = _Cell(text, icon, self)
            cell.setAccessibleDescription(name)
            cell.toggled.connect(lambda on, key=key: self._turned(key) if on else None)
            self._group.addButton(cell)
            self._cells[key] = cell
            row.addWidget(cell)
        self._silent = False
        if options:
            self.choose(options[0][0])
        theme.changed.connect(self._restyle)

    @property
    def key(self) -> str:
        """What is chosen."""
        return next((key for key, cell in self._cells.items() if cell.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose without a signal."""
        self._silent = True
        self._cells[key].setChecked(True)
        self._silent = False

    def cell(self, key: str) -> QAbstractButton:
        """The button of `key`, to close it or give it a tooltip."""
        return self._cells[key]

    def _turned(self, key: str) -> None:
        if not self._silent:
            self.chosen.emit(key)

    def _restyle(self) -> None:
        for cell in self._cells.values():
            cell.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        edge = "edge" if self.isEnabled() else "line"
        paint.box(paint.painter_on(self), QRectF(self.rect()), paint.token("field"), paint.token(edge), 6)


class LinkButton(QAbstractButton):
    """Goes to another place, such as a page of the manual."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font(13, 500))
        return QSize(round(metrics.horizontalAdvance(self.text())) + 2, theme.scaled(32))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if not enter_clicks(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = paint.painter_on(self)
        font = theme.font(13, 500)
        font.setUnderline(self.underMouse() and self.isEnabled())
        painter.setFont(font)
        painter.setPen(theme.colour("accent" if self.isEnabled() else "text3"))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
