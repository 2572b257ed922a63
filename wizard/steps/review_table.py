"""The table by shot: how far off, how steady, and whether luma is the scan's. The worst shot first."""
# ruff: noqa: N802
from __future__ import annotations

from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, Qt, pyqtSignal
from PyQt6.QtWidgets import QHeaderView

from wizard.kit import Table
from wizard.steps.frames_choice import shot_words
from wizard.words import number, tr, trn

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WORTH = 0.1                 # ΔE00 that the result has to be better than the LUT


class ShotModel(QAbstractTableModel):
    """Rows are those of review/table.json."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, Any]] = []

    def set_rows(self, rows: list[dict[str, Any]]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 7

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Shot"), tr("Frames"), tr("Held-out error, ΔE00"), tr("LUT"), tr("Stability"), tr("Luma certificate"), "")[section]
        return RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and section in (1, 2, 3) else None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words(row)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (1, 2, 3):
            return RIGHT
        if role == Qt.ItemDataRole.ForegroundRole:
            return tone(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column == 5 and row["luma"] and row["luma"]["exact"] == row["luma"]["frames"]:
            return "shield"
        if role == Qt.ItemDataRole.ToolTipRole and column == 2:
            return measured(row)
        return None


def words(row: dict[str, Any]) -> tuple[str, ...]:
    """What stands in a row."""
    error, lut = row["dE00"], row["lut_dE00"]
    luma = row["luma"]
    exact = tr("Exact on {exact} of {frames} looked at", exact=number(luma["exact"]), frames=number(luma["frames"])) if luma else "–"
    figures = ("–" if figure is None else number(figure, 2) for figure in (error, lut))
    return (shot_words(row["shot"]), number(row["frames"]), *figures,
            stability(row["stability"]), exact, tr("a LUT is as good here") if as_good(row) else "")


def stability(found: dict[str, Any] | None) -> str:
    if found is None:
        return tr("too short to tell")
    if not found["flicker"]:
        return tr("steady")
    return trn("slight flicker, {n} frame", "slight flicker, {n} frames", found["flicker"])


def as_good(row: dict[str, Any]) -> bool:
    return row["dE00"] is not None and row["lut_dE00"] is not None and row["lut_dE00"] - row["dE00"] < WORTH


def tone(row: dict[str, Any], column: int) -> str:
    """A token for a cell."""
    if column in (2, 6) and as_good(row):
        return "warn"
    if column == 4 and row["stability"] and row["stability"]["flicker"]:
        return "warn"
    if column == 5 and row["luma"] and row["luma"]["exact"] < row["luma"]["frames"]:
        return "err"
    return "text2" if column in (1, 3) else "text"


def measured(row: dict[str, Any]) -> str:
    """On what the error was measured."""
    return {"held out": tr("Measured on the held-out frames of the shot."),
            "other frames": tr("No frame of the shot is held out: measured on frames that were not trained on."),
            }.get(str(row["measured"]), tr("The reference has no frame of this shot."))


class ShotTable(Table):
    """`reached` (scan frame) is the worst frame of the shot that the user went to."""

    reached = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__(tr("Shots, worst first"))
        self.shots = ShotModel()
        self.setModel(self.shots)
        self._silent = False
        selection, header = self.selectionModel(), self.horizontalHeader()
        assert selection is not None and header is not None
        selection.currentRowChanged.connect(self._went)
        self.activated.connect(lambda index: self._went(index, index))
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)

    def set_rows(self, rows: list[dict[str, Any]]) -> None:
        if rows != self.shots.rows:
            self._silent = True
            self.shots.set_rows(rows)
            self._silent = False

    def at(self, index: int) -> None:
        """Mark the shot that a frame is in."""
        row = next((k for k, r in enumerate(self.shots.rows) if r["first"] <= index <= r["last"]), -1)
        if row != self.currentIndex().row():
            self._silent = True
            self.setCurrentIndex(self.shots.index(row, 0) if row >= 0 else QModelIndex())
            self._silent = False

    def _went(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid() and not self._silent:
            row = self.shots.rows[now.row()]
            self.reached.emit(int(row["worst"] if row["worst"] is not None else row["first"]))
