"""The filmstrip's frames and where each of them lies. No widget here."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple


@dataclass
class Cell:
    """A scan frame; `state` is 'plain', 'suggested', 'picked', 'held' or 'doubtful'."""

    index: int
    label: str
    state: str = "plain"


class Group(NamedTuple):
    """A shot, or any other stretch of frames under one line; `right_tone` is a token or ''. Without words it has no line."""

    title: str
    note: str
    right_note: str
    right_tone: str
    cells: Sequence[Cell]


class Sizes(NamedTuple):
    """Pixels: least width of a cell, height of a group's line and of a caption; `margin` all round, where rings have room."""

    cell: float
    line: float
    caption: float
    margin: float = 8
    gap: float = 12
    row_gap: float = 8
    shape: float = 76 / 124


class Place(NamedTuple):
    """A rectangle of the whole strip, before scrolling."""

    x: float
    y: float
    width: float
    height: float


class Arrangement:
    """Groups one below the other in `width`, each in rows of as many cells as fit. Cells are numbered through all groups."""

    def __init__(self, groups: Sequence[Group], width: float, sizes: Sizes) -> None:
        self.groups, self.width, self.sizes = groups, width, sizes
        room = max(width - 2 * sizes.margin, sizes.cell)
        self.columns = max(1, int((room + sizes.gap) // (sizes.cell + sizes.gap)))
        self.cell = (room - sizes.gap * (self.columns - 1)) / self.columns
        self.picture = round(self.cell * sizes.shape)
        self.row = self.picture + sizes.caption + sizes.row_gap
        self.starts = [0, *accumulate(len(group.cells) for group in groups)]
        self.tops = [sizes.margin, *accumulate(map(self._height, groups), initial=sizes.margin)][1:]
        self.count, self.height = self.starts[-1], self.tops[-1] + sizes.margin

    def _height(self, group: Group) -> float:
        return self._line(group) + -(-len(group.cells) // self.columns) * self.row

    def _line(self, group: Group) -> float:
        return self.sizes.line if group.title or group.note or group.right_note else 0.0

    def group_of(self, number: int) -> int:
        return bisect_right(self.starts, number) - 1

    def at(self, number: int) -> Cell:
        group = self.group_of(number)
        return self.groups[group].cells[number - self.starts[group]]

    def line_of(self, group: int) -> Place:
        """Where the words above a group stand."""
        margin = self.sizes.margin
        return Place(margin, self.tops[group], self.width - 2 * margin, self._line(self.groups[group]))

    def picture_of(self, number: int) -> Place:
        """Where the picture of a cell lies; its caption is beneath."""
        group = self.group_of(number)
        row, column = divmod(number - self.starts[group], self.columns)
        x = self.sizes.margin + column * (self.cell + self.sizes.gap)
        return Place(x, self.tops[group] + self._line(self.groups[group]) + row * self.row, self.cell, self.picture)

    def groups_between(self, top: float, bottom: float) -> range:
        """The groups that show between two heights."""
        first = max(0, bisect_right(self.tops, top, 0, len(self.groups)) - 1)
        return range(first, bisect_right(self.tops, bottom, first, len(self.groups)))

    def cells_between(self, top: float, bottom: float) -> Iterator[int]:
        """The cells of the rows that show between two heights."""
        for group in self.groups_between(top, bottom):
            begin = self.tops[group] + self._line(self.groups[group])
            first = max(0, int((top - begin) // self.row)) * self.columns
            last = (int((bottom - begin) // self.row) + 1) * self.columns
            yield from range(self.starts[group] + first, min(self.starts[group] + max(last, 0), self.starts[group + 1]))

    def number_at(self, x: float, y: float) -> int | None:
        """The cell whose picture or caption is there."""
        for number in self.cells_between(y - 1, y + 1):
            place = self.picture_of(number)
            if place.x <= x < place.x + place.width and place.y <= y < place.y + place.height + self.sizes.caption:
                return number
        return None

    def rows_away(self, number: int, rows: int) -> int:
        """The cell so many rows below (or above), in the same column where that row has one."""
        for _ in range(abs(rows)):
            group = self.group_of(number)
            position, column = number - self.starts[group], (number - self.starts[group]) % self.columns
            length = self.starts[group + 1] - self.starts[group]
            if rows > 0:
                below = position - column + self.columns
                number = self._in_row(group, below, column) if below < length else self._beside(group, 1, column, number)
            else:
                number = number - self.columns if position >= self.columns else self._beside(group, -1, column, number)
        return number

    def _in_row(self, group: int, begin: int, column: int) -> int:
        return min(self.starts[group] + begin + column, self.starts[group + 1] - 1)

    def _beside(self, group: int, step: int, column: int, stay: int) -> int:
        """The cell in `column` of the first row of the next group that has any, or of the last row of the one before."""
        group += step
        while 0 <= group < len(self.groups):
            length = len(self.groups[group].cells)
            if length:
                return self._in_row(group, 0 if step > 0 else (length - 1) // self.columns * self.columns, column)
            group += step
        return stay
