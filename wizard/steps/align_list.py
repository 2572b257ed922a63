"""The list beside the pictures: runs of doubtful frames and sync points in the order of the film, each with its figures and words."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QPainter, QResizeEvent
from PyQt6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wizard import style, theme
from wizard.kit import paint

Row = tuple[str, str, str]      # range, count, reason


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DisplayRole):
            return ", ".join(part for part in row if part)
        return None


def row_height() -> int:
    """Of one row: two lines and room round them."""
    return round(paint.line_height(theme.font(13, 600)) + paint.line_height(theme.font(13)) + 12)


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(100, row_height())

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        assert painter is not None
        model = index.model()
        assert isinstance(model, _Rows)
        name, count, reason = model.rows[index.row()]
        rect = QRectF(option.rect).adjusted(3, 0, -3, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.box(painter, rect, paint.token("raised" if theme.dark() else "rail"), None, 6)
            paint.accent_bar(painter, rect.adjusted(0, 7, 0, -7))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.box(painter, rect, style.hovered(paint.token("panel")), None, 6)
        inside = rect.adjusted(12, 6, -10, -6)
        above, below = QRectF(inside), QRectF(inside)
        above.setHeight(paint.line_height(theme.font(13, 600)))
        below.setTop(above.bottom())
        width = QFontMetricsF(theme.font(12)).horizontalAdvance(count)
        _line(painter, above, count, 12, 400, "text2", Qt.AlignmentFlag.AlignRight)
        _line(painter, above.adjusted(0, 0, -width - 8, 0), name, 13, 600, "text")
        _line(painter, below, reason, 13, 400, "text2")
        painter.restore()


def _line(painter: QPainter, area: QRectF, text: str, pixels: int, weight: int, colour: str,
          across: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
    """One line of words, with dots where it does not fit."""
    painter.setFont(theme.font(pixels, weight))
    painter.setPen(theme.colour(colour))
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, area.width() + 0.5)
    painter.drawText(area, across | Qt.AlignmentFlag.AlignVCenter, shown)


class RangeList(QListView):
    """`reached` (row) is where the user went, by mouse or keys; Enter goes to the row again."""

    reached = pyqtSignal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._model = _Rows()
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._silent = False
        selection = self.selectionModel()
        assert selection is not None
        selection.currentChanged.connect(self._went)
        self.activated.connect(lambda index: self.reached.emit(index.row()))
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.scheduleDelayedItemsLayout()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(120), row_height())

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(240), row_height() * max(1, min(4, len(self._model.rows))))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Other rows; which is chosen is for `choose` to say."""
        if list(rows) == self._model.rows:
            return
        self._silent = True
        self._model.beginResetModel()
        self._model.rows = list(rows)
        self._model.endResetModel()
        self._silent = False
        self.updateGeometry()

    @property
    def row(self) -> int:
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Go to a row without a signal; -1 to none."""
        self._silent = True
        self.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())
        if row < 0:
            self.clearSelection()
        self._silent = False

    def _went(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid() and not self._silent:
            self.reached.emit(now.row())
