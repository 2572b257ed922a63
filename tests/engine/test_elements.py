"""Elements and rights are read from a file that an archive writes, kept by the project, and say what is missing."""
from __future__ import annotations

from pathlib import Path

import pytest

from engine.elements import Element, Elements, People, read_elements
from engine.errors import MediaError, UsageError
from engine.project import Project, load

TEXT = """
[people]
institution = "A film archive"
[scan]
kind = "print"
gauge = "16 mm"
year = 1979
use = "allowed"
[reference]
kind = "disc"
use = "not allowed"
"""


def test_a_file_says_what_the_elements_are(tmp_path: Path) -> None:
    (tmp_path / "elements.toml").write_text(TEXT)
    found = read_elements(tmp_path / "elements.toml")
    assert found.scan == Element(kind="print", gauge="16 mm", year="1979", use="allowed") and not found.scan.forbidden
    assert found.reference.forbidden and found.people == People(institution="A film archive")
    assert "holder" in found.scan.missing and "gauge" not in found.scan.missing and "notes" not in found.people.missing


@pytest.mark.parametrize(("text", "said"), [
    ("[print]\nkind = 'x'", r"no table \[print\]"), ("[scan]\ngage = '16 mm'", "no field gage"), ("[scan]\nuse = 'maybe'", "use = 'maybe'"),
])
def test_a_wrong_word_is_named_with_the_file(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "elements.toml").write_text(text)
    with pytest.raises(UsageError, match=said):
        read_elements(tmp_path / "elements.toml")
    with pytest.raises(MediaError, match=r"none\.toml"):
        read_elements(tmp_path / "none.toml")


def test_a_project_keeps_them(tmp_path: Path) -> None:
    elements = Elements().changed("scan", holder="Us").changed("people", archivist="Me")
    project = Project(tmp_path / "a", "a", "colour-reference", elements=elements)
    project.save()
    assert load(project.folder).elements == project.elements
