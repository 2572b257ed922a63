"""Swatches: the colours of a film without a reference, each with a footnote that says where it comes from."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

KINDS = ("photograph", "film", "painting", "book", "address", "person", "note")
"""What a colour may come from: a photograph or lobby card; this film or another; a painting or drawing; a book or paper; an address on the
net; what a person says; anything else. '' while nobody has said."""


@dataclass(frozen=True)
class Swatch:
    """A colour and its footnote. `colour` is R'G'B' display-referred Rec.709, 0..1; `file` names a picture that it was picked from, '' for
    none, `sha256` is its content, where it was imported, and `note` all that stood beside it. A swatch that is an assumption says so in the
    record, with what `source` says of it."""

    number: int
    name: str
    colour: tuple[float, float, float]
    kind: str = ""
    source: str = ""
    assumption: bool = False
    file: str = ""
    note: str = ""
    sha256: str = ""

    @property
    def founded(self) -> bool:
        """Whether it says where it comes from, or that it is an assumption."""
        return self.assumption or bool(self.kind and self.source.strip())

    @property
    def footnote(self) -> str:
        """Where it comes from, in one line for the record."""
        said = ", ".join(part for part in (self.kind, self.source.strip()) if part)
        return f"assumption{f' ({said})' if said else ''}" if self.assumption else said or "no source"

    @staticmethod
    def from_json(data: dict[str, Any]) -> Swatch:
        return Swatch(**data | {"colour": tuple(data["colour"])})


def swatch_of(palette: Iterable[Swatch], number: int) -> Swatch | None:
    return next((swatch for swatch in palette if swatch.number == number), None)


def next_number(palette: Iterable[Swatch], used: Iterable[int]) -> int:
    """Numbers begin with 1, and none is given twice, nor one that is `used` though its swatch is gone: 0 stands for no swatch."""
    return max((*(swatch.number for swatch in palette), *used), default=0) + 1
