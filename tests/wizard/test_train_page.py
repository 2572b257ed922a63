"""The Train page: before, during, paused, ended and compared, on runs as a worker leaves them; and one that is really trained."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton

from engine.jobs import WorkStatus
from engine.project import Done, Project, load
from engine.recoveries import RECOVERIES
from engine.recoveries.inputs import asked, step_inputs
from tests.conftest import write_png
from tests.engine.finished import trained
from wizard.frame import Frame
from wizard.session import Session
from wizard.steps import pages
from wizard.steps.export_lut import OnlyLut
from wizard.steps.train import TrainPage
from wizard.steps.train_run import read_run

LEFT = Qt.MouseButton.LeftButton
HELD = (3, 7)
TRIAL = {"device": "cpu", "device_name": "A processor", "cores": 4, "memory_bytes": 3 * 10**8, "memory_total": 10**10,
         "step_seconds": 0.1, "prepare_seconds": 20.0, "held_out_lut": 4.43, "held_out_untouched": 8.0}
PICTURE = np.full((24, 32, 3), 90, np.uint8)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Aligned and tried out by a worker, as far as its files tell; the films are away, so nothing is begun by itself."""
    made = Project(tmp_path / "film.project", "film", "colour-reference")
    made.save()
    keep(made, pairs=(0, 2, 4, 6), held_out=HELD)
    return made


def keep(project: Project, **settings: Any) -> None:
    """Other settings, and every step before the training done of them."""
    for name, value in settings.items():
        object.__setattr__(project.settings, name, value)
    project.save()
    for step in ("align", "balance", "choose", "pairs", "trial"):
        project.mark(step, Done(step_inputs(project)[step], TRIAL if step == "trial" else {}))


def leave_run(project: Project, number: int, state: str, error: float, step: int, **facts: Any) -> Path:
    """A run's folder as a worker leaves it."""
    folder = project.folder / "runs" / f"{number:03d}"
    (folder / "preview").mkdir(parents=True)
    inputs, train = step_inputs(project)["train"], next(s for s in RECOVERIES[project.recovery].steps if s.name == "train")
    (folder / "job.json").write_text(json.dumps({"inputs": inputs, "settings": asked(train, project.settings)}))
    held = {"dE00": error, "lut_dE00": 4.43, "untouched_dE00": 8.0}
    done = {"facts": {"steps": step, "device": "cpu", "held_out": held, "model_bytes": 1, **facts}} if state == "done" else {}
    (folder / "status.json").write_text(json.dumps({"state": state, "done": step, **done}))
    if state == "done":
        (folder / "model.pt").write_bytes(b"m")
    rows = [{"step": at, "dE00": 4.43 + (error - 4.43) * at / step, "lut_dE00": 4.43, "held_out": 9, "step_ms": 50.0,
             "memory_bytes": 9 * 10**8} for at in (1, step)]
    (folder / "plan.json").write_text(json.dumps({"device": "cpu", "device_name": "A quick processor", "less": state == "running"}))
    (folder / "curve.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "training.jsonl").write_text(json.dumps({"step": step, "dE00": error}) + '\n{"step": 2000, "dE')
    for frame in HELD:
        for end in (".scan", "", ".target"):
            write_png(folder / "preview" / f"held-{frame:07d}{end}.png", PICTURE)
    return folder


def shown(qtbot: Any, session: Session, project: Project) -> TrainPage:
    """The page in its frame, as the window shows it."""
    session.open(project.folder)
    frame = Frame(session, pages(session))
    qtbot.addWidget(frame)
    frame.resize(1180, 860)
    frame.show()
    frame.show_page(4)
    session.shown_in = frame        # type: ignore[attr-defined]    # or nothing in Python would hold it
    page = frame.page
    assert isinstance(page, TrainPage)
    page.entered()
    frame.refresh()
    return page


def button(page: TrainPage, name: str) -> QAbstractButton:
    found = [b for b in page.window().findChildren(QAbstractButton) if b.isVisible() and name in (b.text(), b.accessibleName())]
    assert found, f"no button {name!r}"
    return found[0]


@pytest.fixture
def begun(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the page had the worker begin; none is begun."""
    found: list[str] = []
    monkeypatch.setattr(session.worker, "start", lambda folder, until: found.append(until))
    return found


def test_the_time_is_that_of_the_trial_and_the_length_is_kept(qtbot: Any, session: Session, project: Project, begun: list[str]) -> None:
    page = shown(qtbot, session, project)
    assert page.state() == "before" and begun == []
    assert button(page, "Train, about 5 minutes").isEnabled() and page.before.lut.figure.text() == "4.43"
    assert [page.before.length.itemText(k) for k in range(4)] == [
        "Quick look: 1,000, about 2 minutes", "Usual: 3,000, about 5 minutes", "Thorough: 10,000, about 17 minutes",
        "Until it stops getting better, about 34 minutes at most"]
    page.before.length.setCurrentIndex(3)
    page.before.length.activated.emit(3)
    assert session.project and session.project.settings.steps is None and page.length == "until"
    page.before.length.setCurrentIndex(0)
    page.before.length.activated.emit(0)
    qtbot.mouseClick(button(page, "Train, about 2 minutes"), LEFT)
    assert begun == ["train"] and session.project.settings.steps == 1000 and session.project.settings.go_on_from is None


def test_the_trial_runs_by_itself_unless_it_was_stopped(qtbot: Any, session: Session, project: Project, begun: list[str]) -> None:
    keep(project, steps=3000)
    project.mark("trial", Done("of others", {}))
    page = shown(qtbot, session, project)
    assert begun == ["trial"] and button(page, "Train").isEnabled()
    WorkStatus("stopped", "trial", "trial").save(project.folder)
    session.worker.look()
    page.entered()
    assert begun == ["trial"] and page.before.device.text() == "Not tried yet"
    qtbot.mouseClick(button(page, "Try this machine"), LEFT)
    assert begun == ["trial", "trial"]


def test_nothing_is_begun_on_a_film_whose_terms_do_not_allow_it(
        qtbot: Any, session: Session, project: Project, begun: list[str]) -> None:
    project.elements = project.elements.changed("reference", use="not allowed")
    project.save()
    page = shown(qtbot, session, project)
    primary = page.primary()
    assert primary is not None and not primary.enabled and "terms of the reference" in primary.reason
    assert page.note() == primary.reason and begun == []


def test_train_does_not_wait_for_the_trial(qtbot: Any, session: Session, project: Project, begun: list[str]) -> None:
    page = shown(qtbot, session, project)
    session.worker._timer.stop()            # it would see that there is no worker
    session.worker.busy, session.worker.status = True, WorkStatus("running", "trial", "trial")
    page.primary().act()        # type: ignore[union-attr]
    assert (project.folder / "stop").exists() and page.state() == "running" and begun == []
    session.worker.busy, session.worker.status = False, WorkStatus("stopped", "trial", "trial")
    session.worker.ended.emit()
    assert begun == ["train"]


def test_a_run_at_work_is_watched_paused_and_ended_with_what_it_has_learnt(
        qtbot: Any, session: Session, project: Project, begun: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    keep(project, steps=3000)
    folder = leave_run(project, 1, "running", 2.31, 1860)
    monkeypatch.setattr("engine.recoveries.run_folder.working", lambda folder: True)
    monkeypatch.setattr("engine.jobs.working", lambda folder: True)
    WorkStatus("running", "train", "train", "training", 1864, 3000).save(project.folder)
    page = shown(qtbot, session, project)
    qtbot.waitUntil(lambda: page.now.verdict.text() == "2.1 better than a LUT")
    assert page.state() == "running" and page.progress_text() == "Step 1,864 of 3,000"
    assert [name for _, name in page.now.trio.pictures] == ["Scan, balanced", "Result, step 1,860", "Target"]
    assert page.now.measured.text() == "colour difference on 9 held-out frames, ΔE00"       # of which two have their pictures here
    assert page.now.device.text() == "A quick processor"
    assert page.now.pace.text() == "20.0 steps a second, 900 MB of memory, steps are smaller for want of memory"
    assert page.now.curve.data.lut == 4.43 and len(page.now.curve.data.training) == 1       # the half-written line is left out
    qtbot.mouseClick(button(page, "Next held-out frame"), LEFT)
    assert page.now.pager.counted.text() == "2 of 2"
    qtbot.mouseClick(button(page, "Pause"), LEFT)
    assert (project.folder / "stop").exists()
    qtbot.mouseClick(page.now.stop, LEFT)
    assert (folder / "enough").exists() and page.progress_text() == "Ending with what it has learnt"


def test_a_run_that_stands_still_is_told_as_long_as_it_does(
        qtbot: Any, session: Session, project: Project, begun: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    leave_run(project, 1, "running", 2.31, 1860)
    monkeypatch.setattr("engine.recoveries.run_folder.working", lambda folder: True)
    monkeypatch.setattr("engine.jobs.working", lambda folder: True)
    WorkStatus("running", "train", "train", "training", 1864, 3000, still=75).save(project.folder)
    banner = shown(qtbot, session, project).window().banner       # type: ignore[union-attr]
    session.worker.look()
    assert banner.isVisible() and banner.accessibleName().startswith("No step of the training for 1 min 15 s")
    assert not banner.cure_button.isVisible() and banner.link.isVisible()
    WorkStatus("running", "train", "train", "training", 1865, 3000).save(project.folder)
    session.worker.look()
    assert not banner.isVisible()


def test_a_worse_run_is_told_and_used_only_where_that_is_wanted(
        qtbot: Any, session: Session, project: Project, begun: list[str]) -> None:
    keep(project, steps=3000)
    leave_run(project, 1, "done", 2.31, 3000, frames={"3-a": 2.0, "7-b": 2.62})
    keep(project, steps=1000)
    leave_run(project, 2, "done", 4.41, 1000, frames={"3-a": 4.0, "7-b": 4.82})
    page = shown(qtbot, session, project)
    window, run = page.window(), page.run()
    assert run and run.number == 1 and page.note() == "Run 1 is used for Review and Export"
    assert window.banner.accessibleName().startswith("Run 2 is worse than run 1, so run 1 stays in use "       # type: ignore[union-attr]
                                                     "On the same 2 held-out frames: ΔE00 4.41 against 2.31.")
    assert window.footer.next._kind == "primary"         # type: ignore[union-attr]
    page._turn(comparing=True)
    page.runs.table.setCurrentIndex(page.runs.model.index(0, 0))
    qtbot.waitUntil(lambda: page.runs.view.compared.second is not None)
    assert page.runs.picture._note.text() == "ΔE00 4.41 against 2.31 on the same 2 frames"
    qtbot.mouseClick(window.banner.cure_button, LEFT)    # type: ignore[union-attr]
    assert load(project.folder).run == 2 and not window.banner.isVisible()       # type: ignore[union-attr]
    assert page.note() == "Run 2 is used for Review and Export"


def test_only_the_lut_is_saved_in_a_folder_of_its_own(qtbot: Any, session: Session, project: Project, tmp_path: Path) -> None:
    found = [{"file": "lut/film.cube", "shot": None, "dE00": 4.43, "frames": 2}, {"file": "lut/one.cube", "shot": "one", "dE00": 4.0,
             "frames": 2}, {"file": "lut/two.cube", "shot": "two", "dE00": None, "frames": 0}]
    folder = leave_run(project, 1, "done", 4.41, 1000, luts=found)
    (folder / "lut").mkdir()
    for lut in found:
        (folder / str(lut["file"])).write_text("LUT_3D_SIZE 2")
    session.open(project.folder)
    panel = OnlyLut(session)
    qtbot.addWidget(panel)
    panel.refresh()
    assert [row.accessibleName() for row in panel.rows._rows] == ["LUT over the film: ΔE00 4.43", "LUT of each shot: ΔE00 4.00",
                                                                  "The training: ΔE00 4.41"]
    (tmp_path / "film LUT").mkdir()                             # of something else
    panel.put(tmp_path)
    qtbot.waitUntil(lambda: "3 files are in" in panel.said.text())
    assert sorted(path.name for path in (tmp_path / "film LUT 2").iterdir()) == ["film.cube", "one.cube", "two.cube"]


def test_a_paused_run_goes_on(qtbot: Any, session: Session, project: Project, begun: list[str]) -> None:
    keep(project, steps=3000)
    folder = leave_run(project, 1, "stopped", 2.31, 1860)
    page = shown(qtbot, session, project)
    qtbot.waitUntil(lambda: page.now.pace.text() == "at step 1,860 of 3,000, 900 MB of memory")
    assert page.state() == "paused" and page.now.device.text() == "Paused, A quick processor"
    qtbot.mouseClick(page.now.stop_here, LEFT)
    assert (folder / "enough").exists() and begun == ["train"]
    page.primary().act()        # type: ignore[union-attr]
    assert begun == ["train", "train"]


def test_a_worker_that_was_ended_is_told_and_gone_on_from(qtbot: Any, session: Session, project: Project, begun: list[str]) -> None:
    keep(project, steps=3000)
    leave_run(project, 1, "running", 2.31, 1860)
    page = shown(qtbot, session, project)
    session.worker.busy = True
    WorkStatus("running", "train", "train", "training", 1864, 3000).save(project.folder)
    session.worker.look()
    assert session.trouble and session.trouble.act == "again" and page.state() == "paused"
    qtbot.mouseClick(page.window().banner.cure_button, LEFT)     # type: ignore[union-attr]
    assert begun == ["train"] and session.trouble is None


def test_training_of_other_pairs_is_out_of_date_and_made_anew(qtbot: Any, session: Session, project: Project, begun: list[str]) -> None:
    keep(project, steps=1000)
    leave_run(project, 1, "done", 2.31, 1000)
    keep(project, pairs=(0, 2))
    page = shown(qtbot, session, project)
    banner = page.window().banner       # type: ignore[union-attr]
    assert page.state() == "ended" and banner.isVisible() and page.runs.isHidden()
    qtbot.mouseClick(banner.cure_button, LEFT)
    assert begun == ["train"] and session.project and session.project.settings.steps == 1000 and session.project.settings.seed == 0


def test_runs_are_compared_chosen_trained_longer_and_again(qtbot: Any, session: Session, project: Project, begun: list[str]) -> None:
    keep(project, steps=1000)
    leave_run(project, 1, "done", 4.41, 1000)
    keep(project, steps=3000)
    leave_run(project, 2, "done", 2.31, 640, ended_early=True)
    page = shown(qtbot, session, project)
    assert page.state() == "ended" and [page.which.itemText(k) for k in range(2)] == ["Run 2, ΔE00 2.31", "Run 1, ΔE00 4.41"]
    page.which.setCurrentIndex(1)
    page.which.activated.emit(1)
    qtbot.waitUntil(lambda: page.now.verdict.text() == "A LUT is as good here")

    qtbot.mouseClick(button(page, "Compare runs"), LEFT)
    assert page.runs.model.rowCount() == 2 and page.runs.model.item(0, 5).text() == "chosen for the results, ended early by you"  # type: ignore[union-attr]
    page.runs.table.setCurrentIndex(page.runs.model.index(1, 0))
    qtbot.waitUntil(lambda: page.runs.view.compared.second is not None)
    assert page.runs.view.compared.first.label == "Run 1" and page.runs.view.compared.second.label == "Run 2, chosen"  # type: ignore[union-attr]
    qtbot.mouseClick(button(page, "Choose this run"), LEFT)
    assert session.project and load(project.folder).run == 1
    session.undo()
    assert load(project.folder).run is None
    session.redo()
    qtbot.mouseClick(button(page, "Back to the training"), LEFT)

    qtbot.mouseClick(button(page, "Train longer"), LEFT)
    assert begun == ["train"] and session.project.settings.go_on_from == 1 and session.project.run is None
    page._turn(again=True)
    page.primary().act()        # type: ignore[union-attr]
    assert begun == ["train", "train"] and session.project.settings.go_on_from is None
    assert session.project.settings.seed == 1                   # the same once more would be the run that is there


def test_files_that_are_being_written_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    (tmp_path / "curve.jsonl").write_text('{"step": 1, "dE00": 9.0, "lut_dE00": 4.0}\n{"step": 10, "dE0')
    (tmp_path / "preview").mkdir()
    (tmp_path / "preview" / "sheet.json").write_text('{"crops": [')
    (tmp_path / "preview" / "held-0000003.target.png").write_bytes(b"\x89PNG half")
    view = read_run(tmp_path)
    assert view.curve == ((1, 9.0),) and view.lut == 4.0 and view.frames == () and view.sheet == ([], [], [])


def test_the_checkpoint_has_its_column_of_the_contact_sheet(tmp_path: Path) -> None:
    for end in ("scan", "target", "step-000001", "step-000010", "checkpoint"):
        write_png(tmp_path / "preview" / f"crop-0-{end}.png", PICTURE)
    for steps, saved, columns in (([1], 7, [1, 7]), ([1, 10], 7, [1, 7, 10]), ([1, 10], 10, [1, 10]), ([1, 10], 0, [1, 10])):
        (tmp_path / "preview" / "sheet.json").write_text(json.dumps({"crops": [{"frame": 3}], "steps": steps, "checkpoint": saved}))
        found = read_run(tmp_path).sheet[2]
        assert [step for step, _ in found] == columns and not any(picture.isNull() for _, row in found for picture in row)


def test_training_that_is_really_pressed(qtbot: Any, session: Session, tmp_path: Path) -> None:
    project = trained(tmp_path, steps=2)
    page = shown(qtbot, session, project)
    qtbot.waitUntil(lambda: page.state() == "ended" and page.run() is not None)
    qtbot.mouseClick(button(page, "Train longer"), LEFT)
    assert page.state() == "running"
    qtbot.waitUntil(lambda: not session.worker.busy and page.state() == "ended", timeout=60_000)
    assert session.trouble is None and [run.number for run in session.made.runs if run.whole] == [1, 2]
    assert session.made.runs[1].went_on_from == 1 and page.run() == session.made.runs[1]


def test_what_a_shot_that_stands_out_got_is_told(qtbot: Any, session: Session, project: Project, begun: list[str]) -> None:
    keep(project, steps=1000)
    folder = leave_run(project, 1, "done", 2.31, 1000)
    found = {"shots": ["shot 7"], "held_out": True, "error": 6.14, "typical": 2.3, "lut": 5.0, "odd": True, "before": 6.14, "after": 3.02,
             "strength": 0.75, "steps": 120}
    others = ({"shots": ["shot 9"], "strength": 0.0}, {"shots": ["shot 11"], "before": None, "after": None},
              {"shots": ["shot 1", "shot 2"], "odd": False}, {"shots": ["shot 3"], "odd": False, "strength": 0.0})
    (folder / "scope.json").write_text(json.dumps({"version": 1, "groups": [found, *(found | other for other in others)]}))
    page = shown(qtbot, session, project)
    qtbot.waitUntil(lambda: page.now.scope.isVisible())
    assert page.now.scope.text() == (
        "shot 7: a correction of its own brings ΔE00 6.14 to 3.02 · shot 9: a correction of its own did not help · "
        "shot 11: ΔE00 6.1, others typically 2.3 · 2 other shots have corrections that help")
