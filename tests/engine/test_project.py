"""The project: nothing is lost between save and load, old copies help, newer ones are refused, places carry no absolute path."""
from __future__ import annotations

import json
import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine.errors import MediaError, NewerVersion, OutputRefused, UsageError
from engine.files import write_json
from engine.jobs import WorkStatus, perform
from engine.media.source import Reading
from engine.media.volumes import Place, candidates, place_of
from engine.project import Done, Medium, Project, Settings, load
from engine.run import Run


def full_project(folder: Path) -> Project:
    return Project(
        folder, "Río Bravo", "colour-reference",
        Medium(Place(None, "../scan", "f1"), Reading(rate=Fraction(24000, 1001), span=(3, 9), allow_gaps=True), "cineon"),
        Medium(Place("ARCHIVE 7", "films/dvd", "f2"), Reading(encoding="rec709", field_order="tff"), "rec709"),
        Settings(sync=((3, 9), (20, 31)), corners=((0.5, 0.0), (0.0, 0.0), (-1.25, 2.0), (0.0, 0.0)), pairs=(1, 2, 5), held_out=(7,),
                 shots=("a", "b"), minutes=2.5, go_on_from=2, formats=("exr",), encoding="acescg", sound=Place(None, "../a.wav", "f3")),
        3, (4, 5), ("scan.rate",), (17,), Place("ARCHIVE 7", "results", ""),
    )


def of_version_2(project: Project) -> dict[str, Any]:
    """The project file as the second version wrote it."""
    project.save()
    data = json.loads(project.path.read_text()) | {"version": 2, "done": {"align": {"inputs": "abc", "facts": {"matched": 12}, "left": {}}}}
    for later in ("run", "flags", "confirmed", "trusted", "results", "earlier"):
        del data[later]
    for later in ("sync", "corners", "held_out", "go_on_from"):
        del data["settings"][later]
    return data


def test_a_project_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    project = full_project(tmp_path)
    project.save()
    assert load(tmp_path) == project


def test_a_project_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    project = full_project(tmp_path)
    old = of_version_2(project) | {"version": 1}
    old["settings"]["sound"] = "/films/a.wav"
    for role in ("scan", "reference"):
        del old[role]["encoding"]
    project.path.write_text(json.dumps(old))
    found = load(tmp_path)
    assert (found.settings.sound, found.scan.encoding, found.reference.encoding) == (None, "", "rec709")
    assert found.done == {"align": Done("abc", {"matched": 12})}


def test_what_a_project_of_the_second_version_had_done_counts_until_more_is_done(tmp_path: Path) -> None:
    project = full_project(tmp_path)
    project.path.write_text(json.dumps(of_version_2(project)))
    found = load(tmp_path)
    found.save()
    found = load(tmp_path)
    assert found.done == {"align": Done("abc", {"matched": 12})}
    found.mark("balance", Done("def", {}))
    assert set(load(tmp_path).done) == {"align", "balance"}


def test_what_is_done_lies_beside_the_project_file_and_is_nothing_where_it_is_damaged(tmp_path: Path) -> None:
    project = full_project(tmp_path)
    project.save()
    before = project.path.read_bytes()
    project.mark("align", Done("abc", {"matched": 12}, {"align/alignment.json": 7}))
    assert project.path.read_bytes() == before
    assert load(tmp_path).done["align"].lost(tmp_path) == [tmp_path / "align" / "alignment.json"]
    for text in ("{", "[]", '{"steps": {"align": 3}}'):
        (tmp_path / "done.json").write_text(text)
        assert load(tmp_path).done == {}


def test_what_is_done_is_kept_where_it_cannot_be_read_for_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = full_project(tmp_path)
    project.mark("align", Done("abc", {}))
    before, read = (tmp_path / "done.json").read_bytes(), Path.read_text

    def away(path: Path, *args: Any, **how: Any) -> str:
        if path.name == "done.json":
            raise OSError(5, "Input/output error")
        return read(path, *args, **how)

    monkeypatch.setattr(Path, "read_text", away)
    assert project.done == {}
    with pytest.raises(OutputRefused, match="noting what is done"):
        project.mark("balance", Done("def", {}))
    monkeypatch.undo()
    assert (tmp_path / "done.json").read_bytes() == before


def test_what_is_saved_is_on_the_disk_before_it_takes_the_place_of_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    put, sync = os.replace, os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (sync(handle), seen.append("synced"))[1])
    monkeypatch.setattr(os, "replace", lambda here, there: (put(here, there), seen.append(Path(there).name))[1])
    write_json(tmp_path / "kept.json", {})
    assert seen == ["synced", "kept.json"]
    seen.clear()
    WorkStatus("running", "train").save(tmp_path)
    assert seen == ["work.json"], "a heartbeat does not wait for the disk"
    perform(tmp_path / "job", {"step": "align"}, lambda folder, run: {}, Run())
    assert seen[-2:] == ["synced", "status.json"], "how it ended does"


def test_two_who_write_a_project_do_not_write_over_each_other(tmp_path: Path) -> None:
    full_project(tmp_path).save()
    here, there = load(tmp_path), load(tmp_path)
    there.settings = replace(there.settings, steps=7)
    there.save()
    there.save()
    here.flags = (9,)
    for write in (here.save, lambda: here.rename("other")):
        with pytest.raises(UsageError, match="open the project again"):
            write()
    assert here.name == "Río Bravo" and load(tmp_path).settings.steps == 7 and load(tmp_path).flags == (4, 5)
    again = load(tmp_path)
    again.flags = (9,)
    again.save()
    again.rename("new")
    again.save()
    with pytest.raises(UsageError, match="open the project again"):
        there.save()        # or there would be two
    assert [path.name for path in tmp_path.glob("*.answerprint")] == ["new.answerprint"]
    again.path.unlink()
    again.save()
    assert load(tmp_path).flags == (9,)


def test_a_name_that_is_refused_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = full_project(tmp_path)
    project.save()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", refuse)
        with pytest.raises(OutputRefused):
            project.rename("other")
    project.save()
    assert project.name == "Río Bravo" and [path.stem for path in tmp_path.glob("*.answerprint")] == ["Río Bravo"]


def test_results_go_beside_the_project_or_where_it_says(tmp_path: Path) -> None:
    project = full_project(tmp_path / "film" / "x.project")
    project.results = None
    assert project.results_folder == tmp_path / "film"
    project.results = place_of(tmp_path / "results", project.folder, "")
    assert project.results_folder == tmp_path / "results"
    project.results = Place("no such drive", "results", "")
    with pytest.raises(OutputRefused, match="no such drive"):
        _ = project.results_folder


def test_a_damaged_project_file_gives_the_last_good_copy(tmp_path: Path) -> None:
    project = full_project(tmp_path)
    project.save()
    project.settings = Settings(seed=8)
    project.save()
    project.path.write_text(project.path.read_text()[:40])
    assert load(tmp_path).settings == Settings(seed=8)
    (tmp_path / "copies" / f"000002.{project.path.name}").write_text("{")
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
