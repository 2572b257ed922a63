"""What goes in by role: what is chosen anew is taken in anew, and what changed where it lies is told."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.errors import InputChanged
from engine.media.fingerprint import file_fingerprint, folder_fingerprint
from engine.media.open import open_source
from engine.media.volumes import place_of
from engine.project import Project, Settings
from engine.recoveries.ingest import check_all, prints_of, take_in_all
from engine.run import Run
from tests.conftest import faded_pair, write_png
from tests.engine.finished import medium

FILES = {"sound": "mix.wav", "colours": "config.ocio", "similar": "card.png"}


def chosen(folder: Path, role: str, taken: str) -> Path:
    """A file of one name, of another content in each take."""
    path = folder / taken / FILES[role]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(f"{role} of {taken}".encode())
    return path


def settings(folder: Path, role: str, path: Path) -> Settings:
    place = (place_of(path.parent, folder, folder_fingerprint(path.parent)) if role == "similar"
             else place_of(path, folder, file_fingerprint(path)))
    return replace(Settings(), **{role: place})     # type: ignore[arg-type]


@pytest.mark.parametrize("role", FILES)
def test_another_file_of_the_same_name_may_be_chosen(tmp_path: Path, role: str) -> None:
    for index in range(3):
        write_png(tmp_path / "scan" / f"scan_{index}.png", faded_pair(index)[1])
    project = Project(tmp_path / "film.project", "film", "colour-similar", medium(tmp_path, "scan"), None)
    project.folder.mkdir()
    with open_source(tmp_path / "scan") as scan:
        given: Any = (project, scan, None, tmp_path)
        hashes = []
        for taken in ("first", "second", "first"):
            path = chosen(tmp_path, role, taken)
            project.settings = settings(project.folder, role, path)
            take_in_all(*given, Run())
            check_all(*given, Run())
            prints = prints_of(*given)
            assert prints[f"{role}/{FILES[role]}"].name == f"{role}/{FILES[role]}" and len(prints) == 4
            hashes.append(prints[f"{role}/{FILES[role]}"].sha256)
        assert hashes[0] == hashes[2] != hashes[1]
        path.write_bytes(b"changed where it lies")
        with pytest.raises(InputChanged, match=FILES[role]):
            take_in_all(*given, Run())
