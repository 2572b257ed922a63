"""The project: nothing is lost between save and load, old copies help, newer ones are refused, places carry no absolute path."""
from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from engine.errors import MediaError, NewerVersion
from engine.media.source import Reading
from engine.media.volumes import Place, candidates, place_of
from engine.project import Done, Medium, Project, Settings, load


def full_project(folder: Path) -> Project:
    return Project(
        folder, "Río Bravo", "colour-reference",
        Medium(Place(None, "../scan", "f1"), Reading(rate=Fraction(24000, 1001), span=(3, 9), allow_gaps=True), "cineon"),
        Medium(Place("ARCHIVE 7", "films/dvd", "f2"), Reading(encoding="rec709", field_order="tff"), "rec709"),
        Settings(pairs=(1, 2, 5), shots=("a", "b"), minutes=2.5, formats=("exr",), encoding="acescg", sound=Place(None, "../a.wav", "f3")),
        {"align": Done("abc", {"matched": 12})},
    )


def test_a_project_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    project = full_project(tmp_path)
    project.save()
    assert load(tmp_path) == project


def test_a_project_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    project = full_project(tmp_path)
    project.save()
    old = json.loads(project.path.read_text()) | {"version": 1}
    old["settings"]["sound"] = "/films/a.wav"
    for role in ("scan", "reference"):
        del old[role]["encoding"]
    project.path.write_text(json.dumps(old))
    found = load(tmp_path)
    assert (found.settings.sound, found.scan.encoding, found.reference.encoding) == (None, "", "rec709")
    assert found.done == project.done


def test_a_damaged_project_file_gives_the_last_good_copy(tmp_path: Path) -> None:
    project = full_project(tmp_path)
    project.save()
    project.settings = Settings(seed=8)
    project.save()
    project.path.write_text(project.path.read_text()[:40])
    assert load(tmp_path).settings == full_project(tmp_path).settings


def test_only_the_last_good_copies_are_kept(tmp_path: Path) -> None:
    project = full_project(tmp_path)
    for seed in range(12):
        project.settings = Settings(seed=seed)
        project.save()
    assert len(list((tmp_path / "copies").iterdir())) == 5


def test_a_project_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    project = full_project(tmp_path)
    project.save()
    newer = json.loads(project.path.read_text()) | {"version": 99}
    project.path.write_text(json.dumps(newer))
    with pytest.raises(NewerVersion, match=r"Río Bravo.*newer Answerprint.*99"):
        load(tmp_path)
    assert json.loads(project.path.read_text()) == newer


def test_a_folder_without_a_project_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no Answerprint project"):
        load(tmp_path)


def test_media_is_written_down_without_an_absolute_path_and_found_again(tmp_path: Path) -> None:
    scan = tmp_path / "film" / "scan"
    scan.mkdir(parents=True)
    place = place_of(scan, tmp_path / "film" / "x.project", "print-1")
    assert place == Place(None, "../scan", "print-1")
    moved = tmp_path / "elsewhere" / "y.project"
    moved.mkdir(parents=True)
    assert scan in candidates(place, moved)
