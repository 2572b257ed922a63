"""The report as PDF: A4, the fonts of the program inside it, the same blocks and figures as the page. The same report gives the same bytes:
the only date in it is the one that it states.

Glyphs that Inter has not (Chinese, Japanese, Arabic) show as boxes; the HTML page has them."""
from __future__ import annotations

import io
import logging
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from engine.report.blocks import Block, Figure, Picture, Points, Report, Rows, Section, Strip, Table, Text
from engine.report.drawing import EDGE, HELD, INK, LINE, QUIET, WARN, WIDTH, Box, Dot, Drawing, Shape, Stroke

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
MARGIN, TOP, BOTTOM = 54.0, 54.0, 60.0      # points
BODY, SMALL, LEADING = 9.5, 8.0, 1.45
GAP = 6.0
MOST_KEPT = 260.0                           # of what follows a heading or a sentence, and stays on its page
NAMES = 150.0                               # of the words of rows


def pdf(report: Report) -> bytes:
    """The whole document."""
    logging.getLogger("fpdf").setLevel(logging.ERROR)       # says each glyph that the font has not
    sheet = _Sheet(report)
    sheet.add_page()
    sheet.head()
    for section in report.sections:
        sheet.section(section)
    return bytes(sheet.output())


class _Sheet(FPDF):
    """The pen on the paper. Blocks say how high they are before they are laid, so that none is cut without need."""

    def __init__(self, report: Report) -> None:
        super().__init__(unit="pt", format="A4")
        self.report = report
        for name, file in (("Inter", "Regular"), ("InterStrong", "SemiBold")):
            self.add_font(name, "", FONTS / f"Inter-{file}.otf")
        self.set_margins(MARGIN, TOP, MARGIN)
        self.set_auto_page_break(True, BOTTOM)
        self.c_margin = 0.0
        self.set_title(report.title)
        self.set_lang(report.language)
        self.set_creator("Answerprint")
        self.set_creation_date(datetime.fromisoformat(report.day).replace(tzinfo=UTC))
        self.alias_nb_pages("")

    def footer(self) -> None:
        self.set_y(-36)
        self._pen(SMALL, QUIET)
        self.cell(self.epw / 2, 10, self.report.foot)
        self.cell(self.epw / 2, 10, self.report.pages.format(page=self.page_no()), align="R")

    # parts

    def head(self) -> None:
        self._say(self.report.title, 20, INK, strong=True)
        self.ln(4)
        self._say(self.report.lead, BODY, QUIET)
        if self.report.summary:
            self.ln(10)
            self._summary()

    def _summary(self) -> None:
        count, top = len(self.report.summary), self.get_y()
        width = (self.epw - GAP * (count - 1)) / count
        inside = width - 20
        height = max(self._height(words, SMALL, inside) for _, words in self.report.summary) + 46
        for place, (figure, words) in enumerate(self.report.summary):
            x = MARGIN + place * (width + GAP)
            self._colour(LINE)
            self.set_line_width(0.6)
            self.rect(x, top, width, height, style="D", round_corners=True, corner_radius=5)
            self.set_xy(x + 10, top + 10)
            self._pen(17, INK, strong=True)
            self.cell(inside, 20, figure)
            self.set_xy(x + 10, top + 33)
            self._pen(SMALL, QUIET)
            self.multi_cell(inside, SMALL * LEADING, words, align="L")
        self.set_xy(MARGIN, top + height)

    def section(self, section: Section) -> None:
        first = self._room(section.blocks[0]) if section.blocks else 0.0
        second = self._room(section.blocks[1]) if len(section.blocks) > 1 and isinstance(section.blocks[0], Text) else 0.0
        self._need(46 + min(first + second, MOST_KEPT))
        self.start_section(section.title)
        if self.get_y() > TOP + 1:
            self.ln(14)
            self._rule()
            self.ln(8)
        self._say(section.title, 12.5, INK, strong=True)
        self.ln(4)
        for block, after in zip(section.blocks, (*section.blocks[1:], None), strict=True):
            self._need(self._room(block) + (min(self._room(after), MOST_KEPT) if isinstance(block, Text) and after else 0.0))
            self.block(block)

    def block(self, block: Block) -> None:
        if isinstance(block, Text):
            self._say(block.text, BODY, QUIET if block.tone else INK)
        elif isinstance(block, Points):
            self._points(block)
        elif isinstance(block, Rows):
            for row in block.rows:
                self._row(row, (NAMES, self.epw - NAMES), 0)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Figure):
            self._figure(block)
        else:
            self._strip(block)
        self.ln(GAP)

    def _room(self, block: Block) -> float:
        """Points that a block needs at once."""
        if isinstance(block, Text):
            return self._height(block.text, BODY, self.epw)
        if isinstance(block, Figure):
            return block.drawing.height * self.epw / WIDTH + 20
        if isinstance(block, Strip):
            return self._row_height(block, block.pictures[:block.across]) + (24 if block.title else 0) if block.pictures else 0
        return 60.0

    def _points(self, points: Points) -> None:
        for line in points.lines:
            height = self._height(line, BODY, self.epw - 14)
            self._need(height)
            top = self.get_y()
            if points.warn:
                self.set_fill_color(WARN)
                self.rect(MARGIN, top + 1, 2, height - 2, style="F")
            else:
                self.set_fill_color(INK)
                self.ellipse(MARGIN + 2, top + height / max(1, round(height / (BODY * LEADING))) / 2 - 1.2, 2.4, 2.4, style="F")
            self.set_xy(MARGIN + 12, top)
            self._say(line, BODY, INK, self.epw - 14)
            self.set_xy(MARGIN, top + height + 4)

    def _table(self, table: Table) -> None:
        widths = self._widths(table)
        self._row(table.head, widths, table.words, head=True)
        for row in table.rows:
            self._row(tuple(cell or table.missing for cell in row), widths, table.words, quiet=[not cell for cell in row], again=table.head)

    def _widths(self, table: Table) -> tuple[float, ...]:
        """What figures need; the words share what is left by their length."""
        self._pen(BODY - 0.5, INK, strong=True)
        columns = [[row[place] or table.missing for row in (table.head, *table.rows)] for place in range(len(table.head))]
        needs = [max(self.get_string_width(line) for cell in cells for line in cell.splitlines() or [""]) + 12 for cells in columns]
        spare = self.epw - sum(needs[table.words:])
        words = sum(needs[:table.words]) or 1.0
        return tuple(spare * need / words if place < table.words else need for place, need in enumerate(needs))

    def _row(self, cells: tuple[str, ...], widths: tuple[float, ...], words: int, head: bool = False, quiet: list[bool] | None = None,
             again: tuple[str, ...] = ()) -> None:
        """A row under a hairline. `words` 0: of a list of rows, whose first column is said less loudly."""
        size = BODY - 0.5
        heights = [self._height(cell, size, width - 8, head) for cell, width in zip(cells, widths, strict=True)]
        height = max(heights) + 6
        if self.get_y() + height > self.h - BOTTOM:
            self.add_page()
            if again:
                self._row(again, widths, words, head=True)
        top, x = self.get_y(), MARGIN
        if not head:
            self._rule()
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            soft = (words == 0 and place == 0) or (quiet is not None and quiet[place])
            self._pen(size, EDGE if quiet is not None and quiet[place] else QUIET if soft else INK, head)
            right = bool(words) and place >= words
            self.set_xy(x + 8 * right, top + 3)
            self.multi_cell(width - 8, size * LEADING, cell, align="R" if right else "L")
            x += width
        self.set_xy(MARGIN, top + height)

    def _figure(self, figure: Figure) -> None:
        scale = self.epw / WIDTH
        below = self._height(figure.below, SMALL, self.epw) + 4 if figure.below else 0
        self._need(figure.drawing.height * scale + below)
        top = self.get_y()
        self._draw(figure.drawing, MARGIN, top, scale)
        self.set_xy(MARGIN, top + figure.drawing.height * scale + 2)
        if figure.below:
            self._say(figure.below, SMALL, QUIET)

    def _draw(self, drawing: Drawing, x: float, y: float, scale: float) -> None:
        for shape in drawing.shapes:
            self._shape(shape, x, y, scale)
        self.set_dash_pattern()

    def _shape(self, shape: Shape, x: float, y: float, scale: float) -> None:
        if isinstance(shape, Stroke):
            self._colour(shape.colour)
            self.set_line_width(shape.width * scale)
            self.set_dash_pattern(*(length * scale for length in shape.dash or ()))
            self.polyline([(x + px * scale, y + py * scale) for px, py in shape.points])
        elif isinstance(shape, Box):
            self.set_fill_color(shape.fill)
            self.rect(x + shape.x * scale, y + shape.y * scale, shape.width * scale, shape.height * scale, style="F")
        elif isinstance(shape, Dot):
            self.set_fill_color(shape.fill)
            radius = shape.radius * scale
            self.ellipse(x + shape.x * scale - radius, y + shape.y * scale - radius, 2 * radius, 2 * radius, style="F")
        else:
            self._pen(shape.size * scale, shape.colour, shape.strong)
            back = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor] * self.get_string_width(shape.text)
            self.text(x + shape.x * scale - back, y + shape.y * scale, shape.text)

    def _strip(self, strip: Strip) -> None:
        rows = [strip.pictures[i:i + strip.across] for i in range(0, len(strip.pictures), strip.across)]
        for place, row in enumerate(rows):
            height = self._row_height(strip, row)
            self._need(height + (24 if strip.title and not place else 0))
            if strip.title and not place:
                self.ln(4)
                self._say(strip.title, BODY, INK, strong=True)
                self.ln(3)
            self._pictures(strip, row, height)

    def _row_height(self, strip: Strip, row: tuple[Picture, ...]) -> float:
        width = self._cell(strip)
        return max(width * p.height / p.width + self._height(p.caption, SMALL - 0.5, width) for p in row) + 16

    def _cell(self, strip: Strip) -> float:
        return (self.epw - 16 - GAP * (strip.across - 1)) / strip.across

    def _pictures(self, strip: Strip, row: tuple[Picture, ...], height: float) -> None:
        top, width = self.get_y(), self._cell(strip)
        self.set_fill_color(EDGE)
        self.rect(MARGIN, top, self.epw, height, style="F")
        for place, picture in enumerate(row):
            x, tall = MARGIN + 8 + place * (width + GAP), width * picture.height / picture.width
            if picture.held:
                self.set_fill_color(HELD)
                self.rect(x - 1.5, top + 6.5, width + 3, tall + 3, style="F")
            self.image(io.BytesIO(picture.data), x, top + 8, width, tall, alt_text=picture.caption.replace("\n", ", "))
            self.set_xy(x, top + 10 + tall)
            self._pen(SMALL - 0.5, "#ffffff")
            self.multi_cell(width, (SMALL - 0.5) * LEADING, picture.caption, align="L")
        self.set_xy(MARGIN, top + height)

    # the pen

    def _pen(self, size: float, colour: str, strong: bool = False) -> None:
        self.set_font("InterStrong" if strong else "Inter", size=size)
        self.set_text_color(colour)

    def _colour(self, colour: str) -> None:
        self.set_draw_color(colour)

    def _rule(self) -> None:
        self._colour(LINE)
        self.set_line_width(0.6)
        self.line(MARGIN, self.get_y(), self.w - MARGIN, self.get_y())

    def _say(self, text: str, size: float, colour: str, width: float = 0, strong: bool = False) -> None:
        self._pen(size, colour, strong)
        self.multi_cell(width or self.epw, size * (1.25 if strong else LEADING), text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _height(self, text: str, size: float, width: float, strong: bool = False) -> float:
        self._pen(size, INK, strong)
        return float(self.multi_cell(width, size * LEADING, text or " ", align="L", dry_run=True, output="HEIGHT"))  # type: ignore[arg-type]

    def _need(self, height: float) -> None:
        """A new page where this one has no room for so much."""
        if self.get_y() + height > self.h - BOTTOM and self.get_y() > TOP + 1:
            self.add_page()
