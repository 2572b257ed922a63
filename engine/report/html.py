"""The report as one HTML page: pictures and figures inside it, no network, readable on a screen and on paper."""
from __future__ import annotations

import base64
from html import escape

from engine.report.blocks import Block, Figure, Picture, Points, Report, Rows, Section, Strip, Table, Text
from engine.report.drawing import ACCENT, EDGE, HELD, INK, LINE, PALE, QUIET, WARN

STYLE = f"""
:root {{ color-scheme: light }}
* {{ box-sizing: border-box }}
body {{ font: 400 15px/1.55 Inter, "Segoe UI", "Helvetica Neue", system-ui, sans-serif; font-variant-numeric: tabular-nums; color: {INK};
       background: #fff; max-width: 60rem; margin: 0 auto; padding: 3rem 2rem 5rem }}
h1 {{ font-size: 28px; line-height: 1.2; font-weight: 600; letter-spacing: -.01em; margin: 0 0 .5rem }}
h2 {{ font-size: 18px; line-height: 1.3; font-weight: 600; margin: 3rem 0 .75rem; padding-top: .75rem; border-top: 1px solid {LINE};
      break-after: avoid }}
h3 {{ font-size: 14px; font-weight: 600; margin: 1.5rem 0 .5rem; break-after: avoid }}
p {{ max-width: 46rem; margin: 0 0 .75rem }} .quiet, .lead {{ color: {QUIET} }}
ul {{ max-width: 46rem; margin: 0 0 .75rem; padding-left: 1.2rem }} li {{ margin: 0 0 .35rem }}
ul.warn {{ list-style: none; padding: 0 }}
ul.warn li {{ border-left: 3px solid {WARN}; padding: .1rem 0 .1rem .75rem; margin-bottom: .6rem }}
.summary {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; margin: 2rem 0 0 }}
.summary div {{ border: 1px solid {LINE}; border-radius: 8px; padding: .9rem 1rem; font-size: 13px; line-height: 1.4; color: {QUIET} }}
.summary b {{ display: block; font-size: 26px; font-weight: 600; line-height: 1.25; color: {INK} }}
table {{ border-collapse: collapse; width: 100%; margin: 0 0 .75rem; font-size: 14px }}
th, td {{ text-align: left; vertical-align: top; padding: .38rem 1rem .38rem 0; border-top: 1px solid {LINE}; overflow-wrap: anywhere }}
tr {{ break-inside: avoid }} thead th {{ border-top: 0; font-weight: 600; color: {INK}; vertical-align: bottom; overflow-wrap: normal }}
th {{ font-weight: 400; color: {QUIET} }} .rows th {{ width: 17rem }}
.figure td:not(.word), .figure thead th:not(.word) {{ text-align: right; padding-right: 0; padding-left: .75rem }}
td.missing {{ color: {EDGE} }}
figure {{ margin: 0 0 1rem; break-inside: avoid }} figure > svg {{ display: block; width: 100%; height: auto; font-family: inherit }}
figcaption {{ font-size: 13px; color: {QUIET}; margin-top: .4rem }}
.strip {{ display: grid; gap: 8px; background: {EDGE}; padding: 12px; margin: 0 0 1rem; break-inside: avoid }}
.strip div {{ color: #fff; font-size: 12px; line-height: 1.35 }}
.strip img {{ display: block; width: 100%; height: auto; margin-bottom: 4px }}
.strip .held img {{ outline: 3px solid {HELD}; outline-offset: 0 }}
nav {{ margin: 2rem 0 0; font-size: 14px; columns: 16rem; column-gap: 2rem }} nav a {{ display: block; color: {ACCENT}; padding: .12rem 0;
      text-decoration: none }} nav a:hover, nav a:focus {{ text-decoration: underline }}
footer {{ margin-top: 4rem; padding-top: .75rem; border-top: 1px solid {LINE}; font-size: 13px; color: {QUIET} }}
@media (max-width: 40rem) {{ body {{ padding: 1.5rem 1rem }} .rows th {{ width: 9rem }} }}
@media print {{ body {{ padding: 0; max-width: none; font-size: 10.5pt }} nav {{ display: none }} .summary div {{ background: {PALE} }} }}
"""


def page(report: Report) -> str:
    """The whole page."""
    summary = "".join(f"<div><b>{escape(figure)}</b>{escape(words)}</div>" for figure, words in report.summary)
    ways = "".join(f'<a href="#{one.key}">{escape(one.title)}</a>' for one in report.sections)
    return "\n".join((
        f'<!doctype html><html lang="{report.language}"><head><meta charset="utf-8"><title>{escape(report.title)}</title>',
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>',
        f'<header><h1>{escape(report.title)}</h1><p class="lead">{escape(report.lead)}</p><div class="summary">{summary}</div>'
        f"<nav>{ways}</nav></header><main>",
        *map(_section, report.sections), f"</main><footer>{escape(report.foot)}</footer></body></html>", ""))


def _section(section: Section) -> str:
    return f'<section id="{section.key}"><h2>{escape(section.title)}</h2>{"".join(map(_block, section.blocks))}</section>'


def _block(block: Block) -> str:
    if isinstance(block, Text):
        return f"<p{' class=quiet' if block.tone else ''}>{_lines(block.text)}</p>"
    if isinstance(block, Points):
        return f"<ul{' class=warn' if block.warn else ''}>{''.join(f'<li>{_lines(line)}</li>' for line in block.lines)}</ul>"
    if isinstance(block, Rows):
        rows = "".join(f"<tr><th scope=row>{escape(word)}</th><td>{_lines(value)}</td></tr>" for word, value in block.rows)
        return f"<table class=rows>{rows}</table>"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        below = f"<figcaption>{escape(block.below)}</figcaption>" if block.below else ""
        return f"<figure>{block.drawing.svg(block.says)}{below}</figure>"
    return _strip(block)


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.splitlines()))


def _table(table: Table) -> str:
    def cell(place: int, text: str) -> str:
        kinds = (["word"] if place < table.words else []) + ([] if text else ["missing"])
        return f"<td{f' class={chr(34)}{chr(32).join(kinds)}{chr(34)}' if kinds else ''}>{_lines(text or table.missing)}</td>"

    head = "".join(f"<th scope=col{' class=word' if place < table.words else ''}>{escape(word)}</th>"
                   for place, word in enumerate(table.head))
    rows = "".join(f"<tr>{''.join(cell(*item) for item in enumerate(row))}</tr>" for row in table.rows)
    return f"<table class=figure><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _strip(strip: Strip) -> str:
    title = f"<h3>{escape(strip.title)}</h3>" if strip.title else ""
    return (f'{title}<div class="strip" style="grid-template-columns: repeat({strip.across}, 1fr)">'
            f'{"".join(map(_picture, strip.pictures))}</div>')


def _picture(picture: Picture) -> str:
    data = base64.b64encode(picture.data).decode()
    caption, size = escape(picture.caption.replace("\n", ", ")), f'width="{picture.width}" height="{picture.height}"'
    return (f'<div{" class=held" if picture.held else ""}><img {size} alt="{caption}" src="data:image/jpeg;base64,{data}">'
            f"{_lines(picture.caption)}</div>")
