"""The report of an export: one plain page for people, that needs nothing but itself."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from engine.files import replacing

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1c1b19; background: #fff; max-width: 50em; margin: 3em auto; padding: 0 1.5em }
h1 { font-size: 1.5em; font-weight: 600 } h2 { font-size: 1.1em; font-weight: 600; margin: 2em 0 .4em }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3em 0; border-top: 1px solid #ddd }
th { font-weight: 400; color: #66625c; width: 14em; padding-right: 1em } td { overflow-wrap: anywhere }
p { color: #66625c } @media print { body { margin: 0; max-width: none } }
"""


@dataclass(frozen=True)
class Section:
    """A heading, and what is said under it: (word, value); a value of several lines has line ends."""

    title: str
    rows: Sequence[tuple[str, str]]


def page(title: str, lead: str, sections: Sequence[Section]) -> str:
    """The whole page as HTML."""
    parts = [f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(title)}</title><style>{STYLE}</style>",
             f"<h1>{escape(title)}</h1><p>{escape(lead)}</p>"]
    for section in sections:
        rows = "".join(f"<tr><th scope=row>{escape(word)}</th><td>{'<br>'.join(map(escape, value.splitlines()))}</td></tr>"
                       for word, value in section.rows)
        parts.append(f"<h2>{escape(section.title)}</h2><table>{rows}</table>")
    return "\n".join(parts) + "\n"


def write_report(path: Path, title: str, lead: str, sections: Sequence[Section]) -> None:
    """Replace `path` by the page. Raises DiskFull, OutputRefused."""
    with replacing(path) as temporary:
        temporary.write_text(page(title, lead, sections), encoding="utf-8")
