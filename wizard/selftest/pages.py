"""The manual inside the program: a page for each step, with its pictures."""
from __future__ import annotations

import re
from pathlib import Path

from engine.programs import installed
from wizard import flow, manual
from wizard.selftest.checks import Broken

CURE = "install the program again"


def pages_there(folder: Path = manual.FOLDER) -> str:
    """That every step, the start screen and the troubles have a page as HTML, and every picture on it is there."""
    pictures = 0
    names = ("start", *flow.PAGES, "troubles")
    if not installed() and not (folder / "html").exists():
        return "not built here (`python3 installer/dev.py manual`); in the installed program it has to be there"
    for name in names:
        url = manual.url_of(f"{name}.html", folder)
        if url is None or not url.toLocalFile().endswith(".html"):
            raise Broken(f"{folder / 'html' / name}.html: this page of the manual is missing; {CURE}")
        pictures += _pictures(Path(url.toLocalFile()))
    return f"{len(names)} pages as HTML, with {pictures} pictures, beside the program"


def _pictures(page: Path) -> int:
    """How many pictures a page shows. Raises Broken where one is missing."""
    found = re.findall(r'<img [^>]*src="([^"]+)"', page.read_text(encoding="utf-8"))
    for source in found:
        if not (page.parent / source).is_file():
            raise Broken(f"{page}: its picture {source} is missing; {CURE}")
    return len(found)
