"""The list of doubtful frames: a range, how many, and why."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QPainter
from PyQt6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wizard import theme
from wizard.kit import paint

Row = tuple[str, str, str]      # range, count, reason
LINE = 1.5


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DisplayRole):
            return ", ".join(row)
        return None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        high = QFontMetricsF(theme.font(13, 600)).height() + QFontMetricsF(theme.font(13)).height()
        return QSize(100, round(high * 1.1 + 18))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        assert painter is not None
        model = index.model()
        assert isinstance(model, _Rows)
        name, count, reason = model.rows[index.row()]
        rect = QRectF(option.rect).adjusted(3, 1, -3, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.box(painter, rect, theme.colour("raised"), theme.colour("raised"), 6)
            paint.accent_bar(painter, rect.adjusted(0, 8, 0, -8))
        inside = rect.adjusted(13, 6, -12, -6)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("text2"))
        width = painter.fontMetrics().horizontalAdvance(count)
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, count)
        painter.setFont(theme.font(13, 600))
        painter.setPen(theme.colour("text"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
                         painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, round(inside.width() - width - 8)))
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("text2"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom,
                         painter.fontMetrics().elidedText(reason, Qt.TextElideMode.ElideRight, round(inside.width())))
        painter.restore()


class RangeList(QListView):
    """`reached` (row) is where the user went, by mouse or keys."""

    reached = pyqtSignal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._model = _Rows()
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self._silent = False
        selection = self.selectionModel()
        assert selection is not None
        selection.currentChanged.connect(self._went)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Other rows; the place stays as far as it can."""
        if list(rows) == self._model.rows:
            return
        at = self.currentIndex().row()
        self._silent = True
        self._model.beginResetModel()
        self._model.rows = list(rows)
        self._model.endResetModel()
        if 0 <= at < len(rows):
            self.setCurrentIndex(self._model.index(at))
        self._silent = False

    @property
    def row(self) -> int:
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Go to a row without a signal; -1 to none."""
        self._silent = True
        self.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())
        self._silent = False

    def _went(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid() and not self._silent:
            self.reached.emit(now.row())
