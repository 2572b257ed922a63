"""Notes beside pictures: where a colour comes from, and which pictures must not be used."""
from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import MediaError
from engine.keyframes.notes import read_similar
from engine.keyframes.palette import KINDS
from engine.run import Run


class Heard(Run):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)


def folder_of(tmp_path: Path, notes: dict[str, str | None]) -> Path:
    for name, note in notes.items():
        (tmp_path / name).touch()
        if note is not None:
            (tmp_path / name).with_suffix(".txt").write_text(note, encoding="utf-8")
    return tmp_path


def test_the_first_line_of_a_note_is_the_source_and_its_kind(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {f"{kind}.png": f"{kind}: said of {kind}\nmore: about it\n" for kind in KINDS})
    found = read_similar(folder, Run())
    assert {one.kind: one.source for one in found} == {kind: f"said of {kind}" for kind in KINDS}
    assert not any(one.assumption for one in found)
    assert all("more: about it" in one.note for one in found)


def test_a_note_in_plain_words_is_a_source(tmp_path: Path) -> None:
    one, = read_similar(folder_of(tmp_path, {"a.jpg": "Museo de Arte: second room"}), Run())
    assert (one.kind, one.source, one.assumption) == ("note", "Museo de Arte: second room", False)


def test_a_note_may_carry_the_whole_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "a.png.txt").write_text("book: page 7", encoding="utf-8")
    assert read_similar(tmp_path, Run())[0].source == "page 7"


@pytest.mark.parametrize("note", ["painting: by somebody\nuse: not allowed", "use: Not  allowed", "\ufeffuse: not allowed\n"])
def test_a_picture_that_must_not_be_used_is_refused_and_told(tmp_path: Path, note: str) -> None:
    run = Heard()
    found = read_similar(folder_of(tmp_path, {"no.png": note, "yes.png": "person: the cameraman"}), run)
    assert [one.name for one in found] == ["yes.png"]
    assert len(run.said) == 1 and run.said[0].startswith("no.png: not used")


@pytest.mark.parametrize("note", [None, "", "  \n ", "use: allowed", "painting:"])
def test_without_a_source_it_is_an_assumption_and_told(tmp_path: Path, note: str | None) -> None:
    run = Heard()
    one, = read_similar(folder_of(tmp_path, {"a.tif": note}), run)
    assert one.assumption and one.source == "a.tif"
    assert run.said and "assumption" in run.said[0]


def test_a_folder_without_pictures_is_an_error_with_a_cure(tmp_path: Path) -> None:
    (tmp_path / "only.txt").write_text("book: page 7", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(MediaError) as caught:
            read_similar(folder, Run())
        assert str(folder) in str(caught.value)


def test_a_folder_of_refused_pictures_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MediaError):
        read_similar(folder_of(tmp_path, {"a.png": "use: not allowed"}), Run())
