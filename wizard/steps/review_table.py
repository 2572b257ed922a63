"""The table by shot: how far off, how steady, and whether luma is the scan's. The worst shot first."""
# ruff: noqa: N802
from __future__ import annotations

from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QHeaderView

from engine.recoveries.run_folder import BETTER
from wizard import theme
from wizard.kit import Table
from wizard.kit.table import TAG
from wizard.steps.frames_choice import shot_words
from wizard.words import number, tr, trn

SHOT, FRAMES, ERROR, LUT, STABILITY, LUMA, VERDICT = range(7)
COLUMNS = 7
FIGURES = (FRAMES, ERROR, LUT)
SPREAD = (3, 2, 3, 2, 3, 3, 2)      # how the columns share what room is left
YIELDS = (STABILITY, LUMA, VERDICT)
MEASURED = 40                       # rows whose words make the widths
APART = "\u2003"              # between figures that end at the right and words that begin at the left
LEFT, RIGHT = (side | Qt.AlignmentFlag.AlignVCenter for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight))
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter)

Row = dict[str, Any]


class ShotModel(QAbstractTableModel):
    """Rows are those of review/table.json."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def set_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads()[section] + (APART if section == LUT else "")
        return (RIGHT if section in (*FIGURES, VERDICT) else LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def heads(self) -> tuple[str, ...]:
        return (tr("Shot"), tr("Frames"), tr("Held-out error, ΔE00"), tr("LUT"), tr("Stability"), tr("Luma certificate"),
                trn("{n} shot", "{n} shots, worst first", len(self.rows)))

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words(row)[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return words(row)[column] + (APART if column == LUT else "")
        if role == Qt.ItemDataRole.ForegroundRole:
            return tone(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return hint(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column == LUMA and row["luma"]:
            return "shield" if row["luma"]["exact"] == row["luma"]["frames"] else "warn"
        if role == Qt.ItemDataRole.FontRole and column == ERROR:
            return theme.font(13, 600)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column in FIGURES else LEFT
        return "warn" if role == TAG and column == VERDICT else None


def words(row: Row) -> tuple[str, ...]:
    """What stands in a row."""
    return (shot_words(row["shot"]), number(row["frames"]), error_words(row["dE00"]), error_words(row["lut_dE00"]),
            stability(row["stability"]), certificate(row), tr("a LUT is as good here") if as_good(row) else "")


def error_words(error: float | None) -> str:
    return "–" if error is None else number(error, 2)


def stability(found: Row | None) -> str:
    if found is None:
        return tr("too short to tell")
    if not found["flicker"]:
        return tr("steady")
    return trn("slight flicker, {n} frame", "slight flicker, {n} frames", found["flicker"])


def certificate(row: Row) -> str:
    """On how many frames luma is the scan's; of a longer shot only some are looked at."""
    luma = row["luma"]
    if not luma:
        return "–"
    exact, frames = number(luma["exact"]), number(luma["frames"])
    if luma["frames"] < row["frames"]:
        return tr("Exact on {exact} of {frames} looked at", exact=exact, frames=frames)
    return tr("Exact on {exact} of {frames} frames", exact=exact, frames=frames)


def as_good(row: Row) -> bool:
    return row["dE00"] is not None and row["lut_dE00"] is not None and row["lut_dE00"] - row["dE00"] < BETTER


def tone(row: Row, column: int) -> str:
    """A token for a cell."""
    if column == ERROR and as_good(row):
        return "warn"
    if column == STABILITY and row["stability"] and row["stability"]["flicker"]:
        return "warn"
    if column == LUMA and row["luma"] and row["luma"]["exact"] < row["luma"]["frames"]:
        return "err"
    return "text2" if column in (FRAMES, LUT) else "text"


def hint(row: Row, column: int) -> str:
    """What a cell says, and for the error on what it was measured."""
    if column != ERROR:
        return words(row)[column]
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

    def set_rows(self, rows: list[Row]) -> None:
        if rows != self.shots.rows:
            self._silent = True
            self.shots.set_rows(rows)
            self._silent = False
            self._measure()

    def at(self, index: int) -> None:
        """Mark the shot that a frame is in."""
        row = next((k for k, r in enumerate(self.shots.rows) if r["first"] <= index <= r["last"]), -1)
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
        said = [words(row) for row in self.shots.rows[:MEASURED]]
        self._natural = []
        for column, name in enumerate(self.shots.heads()):
            metrics = bold if column in (SHOT, ERROR) else plain
            most = max((metrics.horizontalAdvance(row[column]) for row in said), default=0.0)
            beside = {LUMA: theme.scaled(16) + 8, VERDICT: 16, LUT: plain.horizontalAdvance(APART)}.get(column, 0)
            self._natural.append(round(max(most + beside, head.horizontalAdvance(name))) + 23)
        self._fit()

    def _fit(self) -> None:
        """Share the room: columns of words give way first."""
        viewport = self.viewport()
        if not self._natural or viewport is None:
            return
        room = viewport.width() - sum(self._natural)
        yields = sum(self._natural[column] for column in YIELDS)
        for column, natural in enumerate(self._natural):
            if room >= 0:
                natural += room * SPREAD[column] // sum(SPREAD)
            elif column in YIELDS:
                natural += room * natural // yields
            self.setColumnWidth(column, max(natural, 24))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()
