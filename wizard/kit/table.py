"""A table in the house's look: hairlines between the rows, the selected row raised with the accent bar at its left."""
# ruff: noqa: N802
from __future__ import annotations

from PyQt6.QtCore import QModelIndex, QRectF, QSize, Qt
from PyQt6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from wizard import style, theme
from wizard.kit import paint
from wizard.kit.fields import paint_tag

TAG = Qt.ItemDataRole.UserRole              # the tone of a text that is a tag, at the right of its cell


class _Rows(QStyledItemDelegate):
    """Paints a cell: its text, its colour and alignment as the model says, an icon before it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        self.initStyleOption(option, index)
        icon = theme.scaled(16) + 8 if isinstance(index.data(Qt.ItemDataRole.DecorationRole), str) else 0
        wide = QFontMetricsF(theme.font(13, 600)).horizontalAdvance(option.text)
        return QSize(round(wide) + icon + 28, theme.scaled(34))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        assert painter is not None
        self.initStyleOption(option, index)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("raised"))
            if index.column() == 0:
                paint.accent_bar(painter, rect.adjusted(0, 6, 0, -6))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(style.step(paint.token("panel"), 1 if theme.dark() else -1)))
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        self._write(painter, rect.adjusted(8, 0, -8, 0), option, index)
        painter.restore()

    def _write(self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        icon, tone = index.data(Qt.ItemDataRole.DecorationRole), index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(icon, str):
            size, drawn = theme.scaled(16), "ok" if icon == "shield" or not isinstance(tone, str) else tone
            painter.drawPixmap(round(rect.x()), round(rect.center().y() - size / 2), theme.pixmap(icon, drawn, 16))
            rect.setLeft(rect.left() + size + 8)
        font = index.data(Qt.ItemDataRole.FontRole)
        painter.setFont(font if isinstance(font, QFont) else theme.font(13, 600 if index.column() == 0 else 400))
        painter.setPen(tone.color() if isinstance(tone, QBrush) else theme.colour(tone if isinstance(tone, str) else "text"))
        if (tag := index.data(TAG)) and option.text:
            self._tag(painter, rect, option.text, tag)
            return
        text = painter.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, int(rect.width()))
        across = option.displayAlignment & Qt.AlignmentFlag.AlignHorizontal_Mask
        painter.drawText(rect, across | Qt.AlignmentFlag.AlignVCenter, text)

    def _tag(self, painter: QPainter, rect: QRectF, text: str, tone: str) -> None:
        metrics, high = QFontMetricsF(theme.font(12, 600)), theme.scaled(22)
        said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 16)
        wide = metrics.horizontalAdvance(said) + 16
        paint_tag(painter, QRectF(rect.right() - wide, round(rect.center().y() - high / 2), wide, high), said, tone)


class Table(QTableView):
    """Rows that are selected one at a time. ForegroundRole may be the name of a token, DecorationRole the name of an icon,
    TAG the tone of a text that is a tag."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_Rows(self))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        beside, above = self.verticalHeader(), self.horizontalHeader()
        assert beside is not None and above is not None
        beside.hide()
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        above.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        above.setHighlightSections(False)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        beside = self.verticalHeader()
        assert beside is not None
        beside.setDefaultSectionSize(theme.scaled(34))
