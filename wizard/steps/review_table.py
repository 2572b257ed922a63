"""The table by shot, the worst first; what stands in it depends on what was restored."""
# ruff: noqa: N802
from __future__ import annotations

from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QHeaderView

from wizard import theme
from wizard.kit import Table
from wizard.kit.table import TAG
from wizard.steps import review_colour, review_detail
from wizard.steps.review_rows import Kind, Row
from wizard.words import tr

KINDS = {"detail": review_detail.KIND, "telecine": review_detail.REPAIRED}
MEASURED = 40                       # rows whose words make the widths
APART = "\u2003"              # between figures that end at the right and words that begin at the left
LEFT, RIGHT = (side | Qt.AlignmentFlag.AlignVCenter for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight))
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ShotModel(QAbstractTableModel):
    """Rows are those of review/table.json."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.kind = review_colour.KIND

    def set_rows(self, rows: list[Row], kind: str) -> None:
        self.beginResetModel()
        self.rows, self.kind = rows, KINDS.get(kind, review_colour.KIND)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.kind.spread)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads()[section] + self._apart(section)
        right = section in (*self.kind.figures, self.kind.verdict)
        return (RIGHT if right else LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def heads(self) -> tuple[str, ...]:
        return self.kind.heads(len(self.rows))

    def _apart(self, column: int) -> str:
        return APART if column == self.kind.figures[-1] else ""

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column, kind = self.rows[index.row()], index.column(), self.kind
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return kind.words(row)[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return kind.words(row)[column] + self._apart(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return kind.tone(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return kind.hint(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column == kind.proof:
            return kind.sign(row)
        if role == Qt.ItemDataRole.FontRole and column == kind.error:
            return theme.font(13, 600)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column in kind.figures else LEFT
        return "warn" if role == TAG and column == kind.verdict else None


class ShotTable(Table):
    """`reached` (scan frame) is the worst frame of the shot that the user went to."""

    reached = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__(tr("Shots, worst first"))
        self.shots = ShotModel()
        self.setModel(self.shots)
        self._silent = False
        self._natural: list[int] = []
        selection, header = self.selectionModel(), self.horizontalHeader()
        assert selection is not None and header is not None
        selection.currentRowChanged.connect(lambda now, before: self._went(now))
        self.clicked.connect(self._went)
        self.activated.connect(self._went)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._measure)

    def set_rows(self, rows: list[Row], kind: str = "") -> None:
        """`kind` is that of the table: 'detail', 'telecine', or colour."""
        if rows != self.shots.rows:
            self._silent = True
            self.shots.set_rows(rows, kind)
            self._silent = False
            self._measure()

    def row_at(self, index: int) -> Row | None:
        """The shot that a frame is in."""
        return next((row for row in self.shots.rows if row["first"] <= index <= row["last"]), None)

    def at(self, index: int) -> None:
        """Mark the shot that a frame is in."""
        found = self.row_at(index)
        row = -1 if found is None else self.shots.rows.index(found)
        if row != self.currentIndex().row():
            self._silent = True
            self.setCurrentIndex(self.shots.index(row, 0) if row >= 0 else QModelIndex())
            self._silent = False

    def _went(self, now: QModelIndex) -> None:
        if now.isValid() and not self._silent:
            row = self.shots.rows[now.row()]
            self.reached.emit(int(row["worst"] if row["worst"] is not None else row["first"]))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Keys that go along the rows; the others are the page's."""
        if event is None or event.key() not in MOVES:
            if event is not None:
                event.ignore()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._went(self.currentIndex())
            return
        super().keyPressEvent(event)

    # widths

    def _measure(self) -> None:
        """How wide each column is by its words."""
        plain, bold, head = (QFontMetricsF(theme.font(*font)) for font in ((13, 400), (13, 600), (12, 600)))
        kind = self.shots.kind
        said = [kind.words(row) for row in self.shots.rows[:MEASURED]]
        self._natural = []
        for column, name in enumerate(self.shots.heads()):
            metrics = bold if column in (0, kind.error) else plain
            most = max((metrics.horizontalAdvance(row[column]) for row in said), default=0.0)
            beside = {kind.proof: theme.scaled(16) + 8, kind.verdict: 16, kind.figures[-1]: plain.horizontalAdvance(APART)}.get(column, 0)
            over = head.horizontalAdvance(name + (APART if column == kind.figures[-1] else ""))
            self._natural.append(round(max(most + beside, over)) + 23)
        self._fit()

    def _fit(self) -> None:
        """Share the room: columns of words give way first."""
        viewport = self.viewport()
        if not self._natural or viewport is None:
            return
        kind: Kind = self.shots.kind
        room, spread = viewport.width() - sum(self._natural), kind.spread
        yields = sum(self._natural[column] for column in kind.yields)
        for column, natural in enumerate(self._natural):
            if room >= 0:
                natural += room * spread[column] // sum(spread)
            elif column in kind.yields:
                natural += room * natural // yields
            self.setColumnWidth(column, max(natural, 24))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()
