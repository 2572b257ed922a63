"""What a report is made of, whatever it is written as. Everything said is in the language of the report already."""
from __future__ import annotations

from dataclasses import dataclass

from engine.report.drawing import Drawing


@dataclass(frozen=True)
class Text:
    """A paragraph. `tone`: '' or 'quiet', said less loudly."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Points:
    """Sentences, one below the other; `warn`: each is to be looked at."""

    lines: tuple[str, ...]
    warn: bool = False


@dataclass(frozen=True)
class Rows:
    """(word, value); a value of several lines has line ends."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """`words` columns of text, then figures. `missing` is how an empty cell reads."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    missing: str = "–"


@dataclass(frozen=True)
class Figure:
    """`says` what it shows, for whoever cannot see it; `below` is printed under it."""

    drawing: Drawing
    says: str
    below: str = ""


@dataclass(frozen=True)
class Picture:
    """A JPEG of width x height pixels. `held`: it was held out."""

    data: bytes
    width: int
    height: int
    caption: str
    held: bool = False


@dataclass(frozen=True)
class Strip:
    """Pictures side by side, `across` in a row, under a title."""

    pictures: tuple[Picture, ...]
    across: int
    title: str = ""


Block = Text | Points | Rows | Table | Figure | Strip


@dataclass(frozen=True)
class Section:
    """`key` names it whatever the language."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """`lead` says by what and when it was made; `summary` is (figure, what it is), at most four; `foot` stands on every page of a PDF;
    `day` is ISO 8601, the only date in it."""

    title: str
    lead: str
    day: str
    language: str
    summary: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    foot: str
    pages: str = "{page}"
