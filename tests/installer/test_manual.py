"""The manual is whole: every link, name and picture in it is there, and so is every page that the window asks for."""
from __future__ import annotations

import ast
import html
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import engine.export.certificate  # noqa: F401  (its errors are kinds of AnswerprintError)
from engine.errors import AnswerprintError
from tests.installer.loaded import script
from wizard.flow import PAGES

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "manuals" / "user"
ASKED = re.compile(r'"([a-z-]+)\.html(?:#([a-z0-9-]+))?"')


@pytest.fixture(scope="module")
def manual() -> ModuleType:
    return script("manual")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages are built."""
    return tmp_path_factory.mktemp("manual") / "html"


@pytest.fixture(scope="module")
def built(manual: ModuleType, out: Path) -> dict[str, str]:
    """The HTML of each file."""
    return {file.name: file.read_text() for file in manual.build(SOURCE, out)}


def names(page: str) -> set[str]:
    return set(re.findall(r'<h\d id="([^"]+)"', page))


def test_every_page_that_the_window_asks_for_is_there(built: dict[str, str]) -> None:
    for file in sorted((ROOT / "wizard").rglob("*.py")):
        for page, name in ASKED.findall(file.read_text()):
            assert f"{page}.html" in built, f"{file.name} asks for {page}.html"
            assert not name or name in names(built[f"{page}.html"]), f"{file.name} asks for {page}.html#{name}"
    assert {f"{page}.html" for page in (*PAGES, "settings", "keys")} <= set(built)


def test_every_trouble_has_a_page_with_its_name(built: dict[str, str]) -> None:
    told = set(re.findall(r'page="([^"]+)"', (ROOT / "wizard" / "messages.py").read_text()))
    assert len(told) > 8
    for place in told:
        page, _, name = place.partition("#")
        assert page in built and (not name or name in names(built[page])), place


def texts(value: ast.expr | None, function: ast.FunctionDef) -> Iterator[str]:
    """What may stand in a place of a Trouble, in English, with "..." for what differs: an own text, or those given to a name."""
    if isinstance(value, ast.Name):
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == value.id for target in node.targets):
                yield from texts(node.value, function)
    elif isinstance(value, ast.IfExp):
        yield from (*texts(value.body, function), *texts(value.orelse, function))
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in ("tr", "trn"):
        text = value.args[-1 if value.func.id == "tr" else 1]
        assert isinstance(text, ast.Constant)
        yield re.sub(r"\{[a-z_]+\}", "...", str(text.value).replace("{at}", ""))


def banners() -> Iterator[tuple[str, str]]:
    """The title of every banner of the window, and the page that it links to."""
    for file in (ROOT / "wizard" / "messages.py", *sorted((ROOT / "wizard" / "steps").glob("*.py"))):
        for function in (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Trouble" and call.args:
                    given = (*call.args, *(word.value for word in call.keywords))
                    pages = [str(word.value) for word in given if isinstance(word, ast.Constant) and ".html" in str(word.value)]
                    assert len(pages) == 1, f"{file.name}:{call.lineno}: a banner without a page of the manual"
                    yield from ((title, pages[0]) for title in texts(call.args[0], function))


def test_every_banner_has_its_line_among_the_troubles(built: dict[str, str]) -> None:
    """What it says stands there word for word, in a row that leads to the page that the banner leads to."""
    rows = re.findall(r"<tr>.*?</tr>", built["troubles.html"], re.DOTALL)
    found = set(banners())
    assert len(found) > 25
    for title, page in found:
        row = next((row for row in rows if title in html.unescape(re.sub(r"<[^>]+>", "", row))), None)
        assert row is not None, f"troubles.md has no line for: {title}"
        assert page == "troubles.html" or f'href="{page}"' in row, f"the line of troubles.md for '{title}' does not lead to {page}"


def test_every_error_has_its_line_among_the_troubles(built: dict[str, str]) -> None:
    """Of each kind of error, by its name in a report, with the banner that it comes in."""
    for kind in (AnswerprintError, *kinds(AnswerprintError)):
        assert f"<code>{kind.__name__}</code>" in built["troubles.html"], kind.__name__


def kinds(error: type[Exception]) -> Iterator[type[Exception]]:
    for kind in error.__subclasses__():
        if kind.__module__.startswith("engine.errors") or kind.__module__.startswith("engine.export"):
            yield kind
        yield from kinds(kind)


def test_links_between_pages_lead_somewhere(built: dict[str, str], out: Path) -> None:
    for file, page in built.items():
        for target, name in re.findall(r'<a href="([^"#]*)#?([^"]*)"', page):
            assert not re.match(r"[a-z]+:", target), f"{file} leads out: {target}"
            to = target or file
            if Path(to).name.startswith("example-"):        # what the manual shows beside its own pages
                assert Path(os.path.normpath(out / to)).is_file(), f"{file} leads to {target}"
                continue
            assert to in built, f"{file} leads to {target}"
            assert not name or name in names(built[to]), f"{file} leads to {target}#{name}"


def test_pictures_are_those_that_the_screenshots_make(built: dict[str, str], out: Path) -> None:
    scripts = sorted((ROOT / "installer").glob("screenshots*.py"))
    made = {name for path in scripts for name in re.findall(r'shoot\("([a-z-]+)"\)', path.read_text())}
    made |= {script(name).NAME for name in ("similar_picture", "telecine_picture", "side_by_side_picture")}
    shown = set()
    for file, page in built.items():
        for image in re.findall(r"<img [^>]*>", page):
            name, words = re.search(r'src="([^"]*)"', image), re.search(r'alt="([^"]*)"', image)
            assert name and Path(os.path.normpath(out / name[1])).is_file(), f"{file}: {image} is not there"
            shown.add(Path(name[1]).stem)
            assert words and len(words[1]) > 20, f"{file}: {image} says nothing to those who cannot see it"
    assert shown == made


def test_nothing_is_fetched_and_the_search_is_inside(built: dict[str, str]) -> None:
    for page in built.values():
        assert "http:" not in page and "https:" not in page
        assert "export.html#disk-full" in page and "prefers-color-scheme:dark" in page


def test_a_name_that_is_written_out_is_taken_off_the_heading(manual: ModuleType, tmp_path: Path) -> None:
    words = "# Align\n\n## Nothing `here` {#nothing}\n\nSee [it](align.md#nothing), </script> and [more](../x.md).\n"
    (tmp_path / "align.md").write_text(words)
    (file,) = manual.build(tmp_path, tmp_path / "html")
    page = file.read_text()
    assert '<h2 id="nothing">Nothing <code>here</code></h2>' in page and "{#" not in page
    assert '<h1 id="align">' in page and 'href="align.html#nothing"' in page and 'href="../../x.md"' in page
    assert page.count("</script>") == 1


def test_lines_are_short_enough_to_read() -> None:
    for path in SOURCE.glob("*.md"):
        for k, line in enumerate(path.read_text().splitlines(), 1):
            assert len(line) <= 140 or line.startswith("|"), f"{path.name}:{k}"
