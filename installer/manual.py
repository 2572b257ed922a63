#!/usr/bin/env python3
"""The manual as pages to read: manuals/user/*.md become plain HTML in manuals/user/html, with an index at the side and a search that needs
no network.

    python3 installer/manual.py [FOLDER]

A heading may carry the name by which the program links to it: `## The disk is full {#disk-full}`.
"""
from __future__ import annotations

import html
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from markdown_it import MarkdownIt  # noqa: E402
from markdown_it.token import Token  # noqa: E402

from wizard.theme import DARK, LIGHT, Tokens  # noqa: E402

SOURCE = ROOT / "manuals" / "user"
FONTS = ROOT / "assets" / "fonts"
WEIGHTS = {"Inter-Regular.otf": 400, "Inter-Medium.otf": 500, "Inter-SemiBold.otf": 600}
INDEX = (
    ("First steps", ("README", "install", "first", "start")),
    ("The ways", ("with-a-reference", "without-a-reference", "better-element", "damaged-print")),
    ("The steps", ("recovery", "media", "align", "frames", "balance", "keyframes", "train", "review", "export")),
    ("Beside them", ("report", "package", "ethics", "troubles", "glossary", "keys", "settings", "command-line")),
    ("For IT", ("install-it", "gpu-pack")),
)
NAME = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, for the search."""

    page: str
    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Page:
    """A page of the manual: where it is written, its title, its body, and its sections."""

    stem: str
    title: str
    body: str
    sections: tuple[Section, ...]

    @property
    def names(self) -> set[str]:
        """What can be linked to on it."""
        return {section.name for section in self.sections}

    @property
    def file(self) -> str:
        return file_of(self.stem)


def file_of(stem: str) -> str:
    """The HTML file of a page."""
    return ("index" if stem == "README" else stem) + ".html"


def read(path: Path, out: Path) -> Page:
    """Read a page that will lie in `out`."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(path.read_text(encoding="utf-8"))
    sections: list[Section] = []
    words: list[str] = []
    for k, token in enumerate(tokens):
        if token.type == "heading_open":
            name, title = _name(tokens[k + 1])
            token.attrSet("id", name)
            _close(sections, words)
            sections.append(Section(path.stem, name, title, ""))
        elif token.type == "inline":
            _relink(token, path.parent, out)
            if tokens[k - 1].type != "heading_open":
                words.append(_plain(token))
        elif token.type in ("fence", "code_block"):
            words.append(token.content)
    _close(sections, words)
    body = reader.renderer.render(tokens, reader.options, {})
    return Page(path.stem, sections[0].title if sections else path.stem, body, tuple(sections))


def _close(sections: list[Section], words: list[str]) -> None:
    """Give the words so far to the last section."""
    if sections:
        last = sections[-1]
        sections[-1] = Section(last.page, last.name, last.title, " ".join(words))
    words.clear()


def _name(heading: Token) -> tuple[str, str]:
    """The name and the title of a heading; a name that is written out is taken off the words."""
    last = heading.children[-1] if heading.children else None
    found = NAME.search(last.content) if last is not None and last.type == "text" else None
    if last is not None and found:
        last.content = last.content[:found.start()]
    title = _plain(heading)
    return found[1] if found else re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-"), title


def _plain(inline: Token) -> str:
    return "".join(child.content if child.type in ("text", "code_inline", "image") else " " for child in inline.children or ()
                   if child.type in ("text", "code_inline", "image", "softbreak", "hardbreak")).strip()


def _relink(inline: Token, here: Path, out: Path) -> None:
    """Links between pages go to HTML; whatever lies elsewhere is said from where the page will be."""
    for child in inline.children or ():
        key = {"link_open": "href", "image": "src"}.get(child.type)
        if key is None:
            continue
        target, _, part = str(child.attrGet(key)).partition("#")
        path = Path(target)
        if target and not re.match(r"[a-z]+:", target):
            page = path.suffix == ".md" and path.parent == Path()
            target = file_of(path.stem) if page else Path(os.path.relpath(here / path, out)).as_posix()
        child.attrSet(key, target + (f"#{part}" if part else ""))
        if key == "src":
            child.attrSet("loading", "lazy")


def pages(source: Path, out: Path) -> list[Page]:
    """All pages, in the order of the index; those that it does not know last."""
    order = [stem for _, stems in INDEX for stem in stems]
    files = sorted(source.glob("*.md"), key=lambda p: (order.index(p.stem) if p.stem in order else len(order), p.stem))
    return [read(path, out) for path in files]


def build(source: Path = SOURCE, out: Path | None = None) -> list[Path]:
    """Write every page; the files."""
    out = out or source / "html"
    out.mkdir(parents=True, exist_ok=True)
    found = pages(source, out)
    rows = [[f"{page.file}#{section.name}", section.title, page.title, section.text] for page in found for section in page.sections]
    known = json.dumps(rows, ensure_ascii=False).replace("</", "<\\/")
    sheet = style(out)
    written = []
    for page in found:
        file = out / page.file
        file.write_text(whole(page, found, sheet, known), encoding="utf-8")
        written.append(file)
    return written


def side(page: Page, found: list[Page]) -> Iterator[str]:
    """The index at the side, the page that is read marked."""
    titles = {each.stem: each.title for each in found}
    placed = [stem for _, stems in INDEX for stem in stems]
    for heading, stems in (*INDEX, ("More", tuple(s for s in titles if s not in placed))):
        there = [stem for stem in stems if stem in titles]
        if not there:
            continue
        if heading:
            yield f"<p>{html.escape(heading)}</p>"
        yield "<ul>"
        for stem in there:
            here = ' aria-current="page"' if stem == page.stem else ""
            yield f'<li><a href="{file_of(stem)}"{here}>{html.escape(titles[stem])}</a></li>'
        yield "</ul>"


def whole(page: Page, found: list[Page], sheet: str, known: str) -> str:
    """One page of HTML that needs nothing but the pictures and the fonts beside it."""
    return "\n".join((
        '<!doctype html>', '<html lang="en">', '<head>', '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">', '<meta name="color-scheme" content="dark light">',
        f"<title>{html.escape(page.title)} - Answerprint</title>", f"<style>{sheet}</style>", "</head>", "<body>",
        '<nav aria-label="Pages of the manual">', '<a class="product" href="index.html">Answerprint</a>',
        '<div class="search" hidden><input type="search" placeholder="Search the manual" aria-label="Search the manual">',
        '<ol role="status" hidden></ol></div>', *side(page, found), "</nav>", f"<main>{page.body}</main>",
        f"<script>const PAGES = {known};\n{SEARCH}</script>", "</body>", "</html>", ""))


def style(out: Path) -> str:
    """House colours, light or dark as the system says, and Inter where it lies beside the program."""
    faces = "".join(f'@font-face{{font-family:Inter;font-weight:{weight};src:url("{Path(os.path.relpath(FONTS / file, out)).as_posix()}")}}'
                    for file, weight in WEIGHTS.items() if (FONTS / file).is_file())
    return f"{faces}:root{{{_tokens(LIGHT)}}}@media(prefers-color-scheme:dark){{:root{{{_tokens(DARK)}}}}}{SHEET}"


def _tokens(tokens: Tokens) -> str:
    names = ("bg", "rail", "panel", "field", "line", "edge", "surround", "text", "text2", "accent")
    return "".join(f"--{name}:{getattr(tokens, name)};" for name in names)


SHEET = """
*{box-sizing:border-box}
body{margin:0;display:flex;background:var(--bg);color:var(--text);font:15px/1.6 Inter,system-ui,sans-serif}
nav{flex:0 0 250px;height:100vh;position:sticky;top:0;overflow:auto;background:var(--rail);padding:24px 16px}
nav p{margin:20px 8px 4px;font-size:12px;color:var(--text2)}
nav ul{list-style:none;margin:0;padding:0}
nav li a{display:block;padding:6px 8px;border-radius:6px;color:var(--text2);text-decoration:none}
nav li a:hover{background:var(--panel)}
nav li a[aria-current]{background:var(--panel);color:var(--text);font-weight:600;box-shadow:inset 3px 0 var(--accent)}
.product{display:block;padding:0 8px 16px;font-weight:600;font-size:16px;color:var(--text);text-decoration:none}
.search{margin-bottom:16px}
.search input{width:100%;padding:6px 10px;border:1px solid var(--edge);border-radius:6px;font:inherit}
.search input{color:var(--text);background:var(--field)}
.search ol{list-style:none;margin:8px 0 0;padding:0;font-size:13px}
.search ol a{display:block;padding:6px 8px;border-radius:6px;color:var(--text);text-decoration:none}
.search ol a:hover{background:var(--panel)}
.search ol span{display:block;color:var(--text2)}
main{flex:1;min-width:0;max-width:1096px;padding:32px 48px 96px}
main>*{max-width:760px}
main>p:has(img){max-width:none}
main>pre{max-width:880px}
main>table:has(th:nth-child(4)){max-width:none}
td:first-child code{white-space:nowrap}
h1{font-size:26px;line-height:1.3;font-weight:600;margin:0 0 12px}
h2{font-size:18px;font-weight:600;margin:36px 0 8px;scroll-margin-top:16px}
h3{font-size:15px;font-weight:600;margin:24px 0 4px;scroll-margin-top:16px}
:target{color:var(--accent)}
main a{color:var(--accent)}
img{display:block;max-width:100%;height:auto;margin:20px 0;border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;margin:12px 0;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:7px 16px 7px 0;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--text2);font-size:13px}
code,kbd{font:13px/1.5 ui-monospace,monospace;background:var(--panel);padding:1px 5px;border-radius:4px;border:1px solid var(--line)}
pre{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 16px;overflow:auto}
pre code{border:0;padding:0;background:none}
a:focus-visible,input:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media(max-width:820px){body{display:block}nav{position:static;height:auto}main{padding:24px 20px 64px}}
@media print{nav{display:none}main{max-width:none;padding:0}}
"""

SEARCH = """
const box = document.querySelector('.search'), field = box.querySelector('input'), list = box.querySelector('ol');
box.hidden = false;
function look() {
  const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const found = words.length ? PAGES.map(([where, title, page, text]) => {
    const name = (title + ' ' + page).toLowerCase(), all = name + ' ' + text.toLowerCase();
    return [words.every(w => all.includes(w)) ? words.filter(w => name.includes(w)).length : -1, where, title, page];
  }).filter(f => f[0] >= 0).sort((a, b) => b[0] - a[0]).slice(0, 12) : [];
  list.replaceChildren(...found.map(([, where, title, page]) => {
    const row = document.createElement('li'), link = document.createElement('a'), under = document.createElement('span');
    link.href = where; link.textContent = title; under.textContent = title === page ? '' : page;
    link.append(under); row.append(link); return row;
  }));
  if (words.length && !found.length) list.textContent = 'Nothing is found.';
  list.hidden = !words.length;
}
field.addEventListener('input', look);
document.addEventListener('keydown', event => {
  if (event.key === '/' && document.activeElement !== field) { event.preventDefault(); field.focus(); }
  if (event.key === 'Escape') { field.value = ''; look(); }
});
"""


def main() -> int:
    """Build the manual into the folder that is named, or beside its sources; the exit code."""
    written = build(SOURCE, Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    print(f"{len(written)} pages in {written[0].parent}" if written else "there are no pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
