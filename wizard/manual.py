"""The manual, offline: a page is a file beside the program, opened with the system's own reader. Nothing is fetched."""
from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QUrl
from PyQt6.QtGui import QDesktopServices

from wizard.words import language

FOLDER = Path(__file__).parents[1] / "manuals" / "user"
FIRST = "start.html"


def show(page: str) -> bool:
    """Open 'align.html' or 'align.html#nothing-in-common'; False where there is no such page, nor a first one."""
    url = url_of(page) or url_of(FIRST) or url_of("index.html")
    return url is not None and QDesktopServices.openUrl(url)


def url_of(page: str, folder: Path = FOLDER) -> QUrl | None:
    """The file of a page in the user's language or in English: HTML where it was made, else the text that it is made of."""
    name, _, part = page.partition("#")
    stem = Path(name).stem
    for file in (folder / "html" / language() / f"{stem}.html", folder / "html" / f"{stem}.html",
                 folder / language() / f"{stem}.md", folder / f"{stem}.md"):
        if file.is_file():
            url = QUrl.fromLocalFile(str(file))
            if part and file.suffix == ".html":
                url.setFragment(part)
            return url
    return None
