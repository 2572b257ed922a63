"""Media that was moved: looked for, shown by hand, known by its content."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.errors import MediaError, MediaMissing
from engine.media.fingerprint import fingerprint
from engine.media.locate import open_medium, relink, where
from engine.media.open import open_source
from engine.media.source import Reading
from engine.media.volumes import place_of
from engine.project import Medium, Project
from engine.run import Run
from tests.conftest import faded_pair, write_png


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for number in range(3):
        write_png(tmp_path / "scan" / f"a.{number:04d}.png", faded_pair(number)[1])
        write_png(tmp_path / "other" / f"a.{number:04d}.png", faded_pair(number + 9)[1])
    folder = tmp_path / "film"
    folder.mkdir()
    with open_source(tmp_path / "scan") as source:
        medium = Medium(place_of(tmp_path / "scan", folder, fingerprint(source)), Reading(allow_gaps=True), "rec709")
    return Project(folder, "film", "colour-reference", medium)


def test_media_that_was_moved_is_linked_again_by_its_content(project: Project, tmp_path: Path) -> None:
    assert where(project) == {"scan": project.folder / "../scan"}
    shutil.move(tmp_path / "scan", tmp_path / "moved")
    assert where(project) == {"scan": None}
    assert project.scan
    with pytest.raises(MediaMissing, match="not where it was"):
        open_medium(project.scan, project.folder, Run())
    moved, found = relink(project, "scan", tmp_path / "moved", Run())
    assert len(moved) == 3
    moved.close()
    assert found.place.path == "../moved" and (found.reading, found.encoding) == (project.scan.reading, "rec709")
    with open_medium(found, project.folder, Run()) as source:
        assert len(source) == 3


def test_another_film_is_not_taken_for_it(project: Project, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="another film"):
        relink(project, "scan", tmp_path / "other", Run())
    with pytest.raises(MediaError, match="no reference yet"):
        relink(project, "reference", tmp_path / "other", Run())
