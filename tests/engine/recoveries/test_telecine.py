"""A print eaten by mould and its telecine: what is painted on the damage, and from the films to the repaired files."""
from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.__main__ import main
from engine.align.alignment import Alignment
from engine.detail.edits import Edit, Stroke
from engine.files import write_json
from engine.media.open import open_source
from engine.project import DONE, Project, load
from engine.recoveries import RECOVERIES, telecine_steps
from engine.recoveries.eaten import Eaten
from engine.recoveries.inputs import standing, step_inputs
from engine.recoveries.origins import Origin, Origins
from engine.recoveries.perform import run_steps
from engine.recoveries.telecine_review import counted, hide
from engine.recoveries.telecine_steps import eaten_of, painted, repair_pair, unfound
from engine.recoveries.telecine_work import TelecineRestoration
from engine.run import Run
from tests.conftest import write_png
from tests.engine.finished import medium, opened
from tests.engine.recoveries.eaten_film import FRAMES, eaten_project, mould, whole, write_film

luma_of_repair = TelecineRestoration.luma
DAMAGED = Stroke(True, ((0.1, 0.3, 1.0), (0.2, 0.3, 1.0)), 0.08)
SOUND = Stroke(False, ((0.6, 0.5, 1.0),), 0.3)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The film with its damage found; not for writing."""
    project = eaten_project(tmp_path_factory.mktemp("eaten"))
    with opened(project) as work:
        run_steps(work, Run(), "damage")
    return project


# what is painted

def test_a_painted_frame_changes_what_is_sound_there_and_nowhere_else(made: Project) -> None:
    with opened(made) as work:
        plain = eaten_of(work)
        painted = Eaten(work.scan, work.reference, work.alignment, {5: (DAMAGED, SOUND)})
        before, after = plain.sound(5), painted.sound(5)
        assert before[30:42, 14:34].mean() > 0.9 and (after[34:38, 18:30] == 0).all()
        assert before[48:72, 86:106].min() == 0 and (after[55:65, 91:101] == 1).all()
        far = np.ones(before.shape, bool)
        far[22:50, 4:44] = far[20:100, 56:136] = False
        assert np.array_equal(before[far], after[far])
        assert all(np.array_equal(plain.sound(k), painted.sound(k)) for k in (4, 6))
        assert np.array_equal(painted.seen(5)[1], painted.damage(5)) and (painted.seen(5)[1, 34:38, 18:30] == 1).all()


def alone(alignment: Alignment, *lost: int) -> Alignment:
    """These frames have no partner."""
    return replace(alignment, frames=tuple(replace(m, reference=None, confidence=0.0) if m.scan in lost else m for m in alignment.frames))


def test_the_damage_of_a_frame_without_a_partner_is_found_where_its_shot_has_others(made: Project) -> None:
    with opened(made) as work:
        found = Eaten(work.scan, work.reference, alone(work.alignment, 5)).damage(5) > 0.5
        assert (found & mould(5)).sum() > 0.7 * mould(5).sum() and (found & mould(5)).sum() > 0.7 * found.sum()
        assert not Eaten(work.scan, work.reference, alone(work.alignment, *range(FRAMES))).damage(5).any()


def test_frames_of_shots_without_any_partner_are_told_of_by_name(made: Project) -> None:
    with opened(made) as work:
        assert unfound(work.scan, work.alignment) == []
        alignment = replace(alone(work.alignment, 5, 6, 7), shots=((0, 6), (6, 8), (8, FRAMES)))
        assert len(told := unfound(work.scan, alignment)) == 1 and "in 2 frames" in told[0] and told[0].endswith("paint it on 0006, 0007")


def test_strokes_on_frames_beyond_the_range_are_left_out_and_named(made: Project, tmp_path: Path) -> None:
    for name in ("0005", "0099"):
        Edit(name).done(DAMAGED).save(tmp_path)
    said = list[str]()
    run = Run()
    run.say = said.append       # type: ignore[method-assign]
    with opened(made) as work:
        assert painted(tmp_path, work.scan, run) == {5: (DAMAGED,)}
    assert len(said) == 1 and "0099" in said[0] and "0005" not in said[0]


def test_a_frame_without_a_partner_can_be_painted_on(made: Project) -> None:
    with opened(made) as work:
        assert (Eaten(work.scan, work.reference, alone(work.alignment, 5), {5: (DAMAGED,)}).damage(5)[34:38, 18:30] == 1).all()


def test_painting_makes_the_pairs_and_all_after_them_out_of_date_until_it_is_taken_back(tmp_path: Path) -> None:
    project = Project(tmp_path / "film.project", "film", "telecine")
    project.save()
    steps = {name: {"inputs": hashed, "facts": {}} for name, hashed in step_inputs(project).items()}
    write_json(project.folder / DONE, {"version": 1, "steps": steps})
    before = standing(project)
    made_of = [name for name in RECOVERIES["telecine"].names if name != "train"]
    assert {before[name] for name in made_of} == {"done"}
    edit = Edit("0003").done(DAMAGED)
    edit.save(project.folder)
    after = standing(project)
    assert [name for name in made_of if after[name] == "stale"] == ["pairs", "trial", "review", "export"]
    edit.done(SOUND).undo().undo().save(project.folder)
    assert standing(project) == before
    edit.undo().done(SOUND).save(project.folder)
    assert step_inputs(project)["pairs"] not in (steps["pairs"]["inputs"], None)


def test_painting_finds_neither_partners_nor_damage_again(tmp_path: Path) -> None:
    project = eaten_project(tmp_path, pairs=(0, 5))
    with opened(project) as work:
        run_steps(work, Run(), "pairs")
        stamps = [(project.folder / name).stat().st_mtime_ns for name in ("align/alignment.json", "damage/damage.json")]
        Edit("0005").done(DAMAGED).save(project.folder)
        facts = run_steps(work, Run(), "pairs")
    assert stamps == [(project.folder / name).stat().st_mtime_ns for name in ("align/alignment.json", "damage/damage.json")]
    assert facts["pairs"]["edited"] == 1 and (project.folder / "pairs" / "damage-edits" / "0005.json").exists()
    with np.load(project.folder / "pairs" / "0000005.npz") as pair:
        assert (pair["weight"][34:38, 18:30] == 0).all()


def test_a_print_in_colour_is_told_of_and_a_grey_one_is_not(made: Project, tmp_path: Path, answerprint: Any) -> None:
    assert made.done["damage"].facts["in_colour"] == []
    project = eaten_project(tmp_path)
    for file in (tmp_path / "scan").glob("*.png"):
        picture = cv2.imread(str(file))
        picture[30:60, 10:50, 0] //= 2
        write_png(file, picture[..., ::-1])
    project = replace(project, scan=medium(tmp_path, "scan"))
    project.save()
    ended = answerprint("work", project.folder, "--until", "damage")
    assert ended.code == 0 and "scan: the print is in colour, and only its luma is repaired" in ended.err
    assert len(load(project.folder).done["damage"].facts["in_colour"]) == 1


# from the films to the files

def results(out: Path) -> list[np.ndarray]:
    """The restored files of the scan, 16 bits."""
    return [cv2.imread(str(file), cv2.IMREAD_UNCHANGED) for file in sorted((out / "scan_restored_png").glob("*.png"))]


def psnr(a: np.ndarray, b: np.ndarray, where: np.ndarray) -> float:
    return float(-10 * np.log10(np.square(a - b)[where].mean()))


def restoring(folder: Path) -> list[object]:
    """The words that restore the film in `folder`."""
    return ["restore", "--recovery", "telecine", "--scan", folder / "scan", "--reference", folder / "reference", "--aligned", "--stills",
            "--out", folder / "out", "--format", "png", "--device", "cpu", "--steps", 20, "--pairs", "0,3,6,11", "--grain", "none",
            "--mattes"]


@pytest.fixture(scope="module")
def repaired(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the film, and in `out` what a restoration by the command line left that was stopped in its pairs of repair and given
    again."""
    folder = tmp_path_factory.mktemp("repaired")
    write_film(folder)
    words = restoring(folder)
    project = folder / "out" / "scan.project"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telecine_steps, "repair_pair", lambda *of: (repair_pair(*of), (project / "stop").touch())[0])
        main([str(word) for word in words])
    first = project / "runs" / "001" / "pairs" / "0000000.npz"
    kept = first.stat().st_mtime_ns
    assert len(list(first.parent.iterdir())) == 1 and not (project / "runs" / "001" / "model.pt").exists()
    assert main([str(word) for word in words]) == 0
    assert first.stat().st_mtime_ns == kept
    return folder


def test_the_print_stays_bit_for_bit_where_it_is_sound_and_mould_is_repaired(repaired: Path) -> None:
    made = results(repaired / "out")
    assert len(made) == FRAMES
    project = load(repaired / "out" / "scan.project")
    assert project.done["pairs"].facts["train"] and len(list((project.folder / "runs").iterdir())) == 1
    with opened(project, repaired) as work:
        eaten = eaten_of(work)
        for index, result in enumerate(made):
            scan = cv2.imread(str(repaired / "scan" / f"still_{index:04d}.png"), cv2.IMREAD_UNCHANGED)
            kept = eaten.sound(index) >= 1
            assert kept[:, :30].mean() > 0.9 and not kept[mould(index)].any()
            assert np.array_equal(result[kept], scan[kept] * np.uint16(257))
            before, after = scan[..., 0] / 255, result[..., 0] / 65535
            assert psnr(after, whole(index), mould(index)) > psnr(before, whole(index), mould(index)) + 3


def recorded(out: Path) -> dict[str, dict[str, float]]:
    """Where the luma of each frame came from, as the ledger has it."""
    lines = map(json.loads, (out / "scan_restored.frames.jsonl").read_text().splitlines())
    return {line["frame"]: line["origin"] for line in lines if "written" in line}


def test_mattes_tell_where_each_pixel_came_from_and_the_report_tells_how_much(repaired: Path) -> None:
    folder, project = repaired / "out" / "scan_restored.evidence", load(repaired / "out" / "scan.project")
    grounds = {row["kind"]: row["colour"] for row in json.loads((folder / "legend.json").read_text())["grounds"]}
    found = recorded(repaired / "out")
    assert list(found) == [f"still_{index:04d}" for index in range(FRAMES)]
    unmixed = np.linalg.inv(np.array([[*colour, 1] for colour in grounds.values()], float))
    with opened(project, repaired) as work:
        eaten = eaten_of(work)
        for index, row in enumerate(found.values()):
            matte = cv2.imread(str(folder / f"still_{index:04d}.png"))[..., ::-1].astype(float)
            told = dict(zip(grounds, np.moveaxis(np.dstack([matte, np.ones(matte.shape[:2])]) @ unmixed, -1, 0), strict=True))
            assert (matte[eaten.sound(index) >= 1] == (0, 255, 0)).all()
            assert matte[..., 0].max() == 0         # the telecine shows all of this film
            beside = eaten.beside(index)[1][mould(index)]
            assert np.allclose(told["neighbours"][mould(index)], beside, atol=0.01) and beside.min() == 0 and beside.max() > 0.8
            assert np.allclose(told["telecine"][mould(index)], 1 - beside, atol=0.01)
            assert sum(row.values()) == pytest.approx(1, abs=2e-3)
            assert row == {kind: pytest.approx(told[kind].mean(), abs=5e-3) for kind in grounds}
    means = project.done["export"].facts["origin"]
    assert means == {kind: pytest.approx(np.mean([row[kind] for row in found.values()]), abs=1e-3) for kind in grounds}
    assert f"{100 * means['telecine']:.1f} % the telecine" in (repaired / "out" / "scan_restored.report.html").read_text()


def test_mattes_that_are_there_are_kept_and_a_lost_one_comes_back(tmp_path: Path) -> None:
    write_film(tmp_path)
    with open_source(tmp_path / "scan") as scan:
        net = np.zeros((scan.info.height, scan.info.width), np.float32)
        origins = Origins(scan, "one", tmp_path / "evidence")
        for index in range(len(scan)):
            origins.leave(index, Origin(1 - net, net, net, net))
        origins.path(3).unlink()
        again = Origins(scan, "one", tmp_path / "evidence")
        assert again.missing == [3]
        again.leave(3, Origin(net, net, net + 0.25, net + 0.75))
        assert again.missing == [] and (cv2.imread(str(origins.path(3)))[0, 0] == (64, 0, 191)).all()
        assert Origins(scan, "another", tmp_path / "evidence").missing == list(range(FRAMES))


def test_where_frames_came_from_is_recorded_without_mattes_and_outlives_a_kill(repaired: Path, tmp_path: Path) -> None:
    before, restored = recorded(repaired / "out"), []
    for name in ("scan", "reference", "out"):
        shutil.copytree(repaired / name, tmp_path / name)
    words = [str(word) for word in restoring(tmp_path) if word != "--mattes"]
    shutil.rmtree(tmp_path / "out" / "scan_restored.evidence")
    ledger = tmp_path / "out" / "scan_restored.frames.jsonl"
    ledger.write_text("".join(ledger.read_text().splitlines(keepends=True)[:8])[:-9])       # six frames and a half, as a kill leaves it
    for path in sorted((tmp_path / "out" / "scan_restored_png").glob("*.png"))[6:]:
        path.unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TelecineRestoration, "luma", lambda used, index: (restored.append(index), luma_of_repair(used, index))[1])
        assert main(words) == 0
    assert restored == list(range(6, FRAMES))
    assert recorded(tmp_path / "out") == before and not (tmp_path / "out" / "scan_restored.evidence").exists()
    assert f"{100 * np.mean([row['net'] for row in before.values()]):.1f} % made by the net" in (
        tmp_path / "out" / "scan_restored.report.html").read_text()


# the review

@given(st.integers(0, 99), st.floats(0.1, 0.9))
@settings(max_examples=15, deadline=None)
def test_what_is_hidden_was_sound_and_nothing_of_the_print_is_left_there(seed: int, share: float) -> None:
    random = np.random.default_rng(seed)
    own, shown = random.random((2, 24, 32)).astype(np.float32)
    damaged = (random.random((24, 32)) < share).astype(np.float32)
    sure, keep = random.random((24, 32)).astype(np.float32), 1 - damaged
    given, hidden = hide(np.stack([own, damaged, own + (shown - own) * sure, sure]), keep)
    assert (keep[hidden] == 1).all() and (given[1][hidden] == 1).all()
    assert np.array_equal(given[:2][:, given[1] == 0], np.stack([own, damaged])[:, given[1] == 0])
    other = random.random(own.shape).astype(np.float32)
    changed = np.where(hidden, other, own)          # another print there: a net is given the same
    again, same = hide(np.stack([changed, damaged, changed + (shown - changed) * sure, sure]), keep)
    assert np.array_equal(hidden, same) and np.allclose(again[:, hidden], given[:, hidden], atol=1e-6)


def test_hidden_pixels_count_inside_and_beyond_the_crop_as_the_damage_does() -> None:
    inside = np.repeat(np.float32([[1] * 30 + [0] * 10]), 20, 0)
    damaged, hidden = np.zeros_like(inside), np.zeros(inside.shape, bool)
    damaged[:10, :30], damaged[:, 30:35] = 1, 1         # 300 inside, 100 beyond
    hidden[15:, 20:30], hidden[:, 36:] = True, True
    weight = counted(hidden, damaged, inside)
    assert weight.max() == 1 and not weight[~hidden].any()
    assert weight[:, :30].sum() == pytest.approx(3 * weight[:, 30:].sum())


def test_the_report_says_what_the_picture_rests_on_by_the_frames_that_were_exported(repaired: Path) -> None:
    report = (repaired / "out" / "scan_restored.report.html").read_text()
    rests = report[report.index("What the picture rests on"):]
    assert "Of all frames that were restored, on average:" in rests and "the print, as this frame has it" in rests
    assert "Luma was learnt from the reference; detail beyond what the scan holds" not in report


def test_the_review_measures_on_hidden_parts_and_tells_where_the_picture_came_from(repaired: Path, answerprint: Any) -> None:
    project = repaired / "out" / "scan.project"
    assert answerprint("work", project, "--until", "review").code == 0
    table = json.loads((project / "review" / "table.json").read_text())
    assert table["kind"] == "detail" and len(table["evidence"]["frames"]) == len(table["evidence"]["shares"]) == FRAMES
    assert all(sum(shares.values()) == pytest.approx(1, abs=2e-3) for shares in table["evidence"]["shares"])
    known = [row for row in table["shots"] if row["psnr"] is not None]
    assert known and all(row["psnr"] > row["filter_psnr"] + 3 for row in known)
    trained = set(json.loads((project / "pairs" / "choice.json").read_text())["train"])
    assert not trained & {frame for row in known for frame in row["compared"]}
    assert all(row["chroma"]["exact"] == row["chroma"]["frames"] for row in table["shots"])


def test_a_repair_is_not_applied_to_another_print(repaired: Path, tmp_path: Path, answerprint: Any) -> None:
    ended = answerprint("apply", "--project", repaired / "out" / "scan.project", "--scan", repaired / "scan", "--stills", "--out", tmp_path,
                        "--format", "png")
    assert ended.code == 1 and "the very print" in ended.err and "Traceback" not in ended.err
