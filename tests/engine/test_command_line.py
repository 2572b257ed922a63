"""The command line: what it refuses and how it says so, and that nothing is lost."""
from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.arguments import shot_words
from engine.errors import UsageError
from engine.media.fingerprint import fingerprint
from engine.media.open import open_source
from engine.media.source import Reading
from engine.media.volumes import place_of
from engine.project import Medium, Project, Settings
from engine.recoveries.inputs import standing
from engine.recoveries.runs import runs, used_run
from tests.conftest import Ended, faded_pair, write_png

Command = Callable[..., Ended]


def restore(answerprint: Command, scan: Path, reference: Path, out: Path, *more: object) -> Ended:
    return answerprint("restore", "--recovery", "colour-reference", "--scan", scan, "--reference", reference, "--out", out, *more)


def one_line(ended: Ended, *parts: str) -> None:
    """Exit code 1, and the last line names what the test says; no traceback."""
    assert ended.code == 1, ended.err
    assert "Traceback" not in ended.err
    last = ended.err.strip().splitlines()[-1]
    assert last.startswith("answerprint: ")
    for part in parts:
        assert part in last, last


def test_an_empty_folder(answerprint: Command, tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    one_line(answerprint("inspect", tmp_path / "leer"), "leer")


def test_a_path_that_is_not_there(answerprint: Command, tmp_path: Path) -> None:
    one_line(answerprint("inspect", tmp_path / "nowhere.mov"), "nowhere.mov")


def test_a_gap_names_the_frames_and_goes_on_only_when_allowed(answerprint: Command, tmp_path: Path) -> None:
    for number in (1, 2, 5, 6):
        write_png(tmp_path / "scan" / f"reel.{number:04d}.png", faded_pair(number)[1])
    one_line(answerprint("inspect", tmp_path / "scan"), "3-4", "--allow-gaps")
    allowed = answerprint("inspect", tmp_path / "scan", "--allow-gaps")
    assert allowed.code == 0
    assert "2 frames" in allowed.out


def test_frames_of_different_sizes(answerprint: Command, tmp_path: Path) -> None:
    write_png(tmp_path / "scan" / "a.0001.png", faded_pair(1, 64)[1])
    write_png(tmp_path / "scan" / "a.0002.png", faded_pair(1, 80)[1])
    one_line(answerprint("inspect", tmp_path / "scan"), "0002", "80")


def test_a_file_that_is_no_picture(answerprint: Command, tmp_path: Path) -> None:
    (tmp_path / "scan").mkdir()
    (tmp_path / "scan" / "a.0001.png").write_text("no picture")
    one_line(answerprint("inspect", tmp_path / "scan"), "a.0001.png")


def test_a_damaged_dpx_is_named_by_its_number(answerprint: Command, sample_film: object, tmp_path: Path) -> None:
    frames = sorted(Path(sample_film.scan).glob("*.dpx"))[:6]  # type: ignore[attr-defined]
    (tmp_path / "scan").mkdir()
    for frame in frames:
        shutil.copy(frame, tmp_path / "scan")
    broken = tmp_path / "scan" / frames[3].name
    broken.write_bytes(broken.read_bytes()[:5000])
    ended = restore(answerprint, tmp_path / "scan", Path(sample_film.reference), tmp_path / "out")  # type: ignore[attr-defined]
    one_line(ended, frames[3].stem.split(".")[-1], "damaged")
    assert not list((tmp_path / "out").rglob("*.dpx"))


def test_a_reference_of_another_film_is_said_after_alignment_and_nothing_is_trained(
    answerprint: Command, sample_film: object, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    for number in range(24):
        moved = np.roll(faded_pair(77, 240)[0], 5 * number, axis=0)
        write_png(other / f"o.{number:04d}.png", moved)
    one_line(restore(answerprint, Path(sample_film.scan), other, tmp_path / "out"), "nothing")  # type: ignore[attr-defined]
    assert not list((tmp_path / "out").rglob("model.pt"))
    assert not list((tmp_path / "out").rglob("*.dpx"))


def test_a_scan_of_one_frame_says_what_it_needs(answerprint: Command, aligned_stills: tuple[Path, Path], tmp_path: Path) -> None:
    scan, reference = aligned_stills
    for folder in (scan, reference):
        for path in sorted(folder.iterdir())[1:]:
            path.unlink()
    one_line(restore(answerprint, scan, reference, tmp_path / "out", "--aligned", "--stills", "--balance", "off"), "--steps")


def test_an_output_folder_that_cannot_be_written(answerprint: Command, aligned_stills: tuple[Path, Path], tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    out = Path("/proc/answerprint") if os.geteuid() == 0 else locked / "out"
    one_line(restore(answerprint, *aligned_stills, out, "--aligned", "--stills"), str(out))


def test_an_output_folder_that_is_the_sources(answerprint: Command, aligned_stills: tuple[Path, Path]) -> None:
    scan, reference = aligned_stills
    before = {p.name: p.read_bytes() for p in scan.iterdir()}
    one_line(restore(answerprint, scan, reference, scan, "--aligned", "--stills"), "source")
    one_line(restore(answerprint, scan, reference, scan / "results", "--aligned", "--stills"), "source")
    assert {p.name: p.read_bytes() for p in scan.iterdir()} == before


def test_a_project_of_a_newer_program(answerprint: Command, aligned_stills: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "out" / "scan.project"
    folder.mkdir(parents=True)
    (folder / "scan.answerprint").write_text(json.dumps({"version": 99}))
    one_line(restore(answerprint, *aligned_stills, tmp_path / "out", "--aligned", "--stills"), "newer Answerprint")


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_device_that_is_not_there(answerprint: Command, aligned_stills: tuple[Path, Path], tmp_path: Path, device: str) -> None:
    import torch

    if torch.cuda.is_available() or torch.backends.mps.is_available():
        pytest.skip("this machine has an accelerator")
    one_line(restore(answerprint, *aligned_stills, tmp_path / "out", "--aligned", "--stills", "--steps", 2, "--device", device), device)


def test_all_pairs_need_a_length(answerprint: Command, aligned_stills: tuple[Path, Path], tmp_path: Path) -> None:
    one_line(restore(answerprint, *aligned_stills, tmp_path / "out", "--aligned", "--stills", "--pairs", "all"), "--steps", "--minutes")


def test_a_wrong_word_is_a_users_error(answerprint: Command) -> None:
    one_line(answerprint("restore", "--recovery", "wishes"), "wishes")


def test_aligned_stills_of_different_names(answerprint: Command, aligned_stills: tuple[Path, Path], tmp_path: Path) -> None:
    scan, reference = aligned_stills
    (reference / "s02_3.png").rename(reference / "s02_9.png")
    one_line(restore(answerprint, scan, reference, tmp_path / "out", "--aligned", "--stills", "--steps", 2), "s02_3")


def test_shots_from_a_pattern_and_from_a_file(tmp_path: Path) -> None:
    names = ["s04_2", "s04_3", "s05_1"]
    assert shot_words(r"(s\d+)_", names) == ("s04", "s04", "s05")
    table = tmp_path / "shots.txt"
    table.write_text("s04_2 garden\ns04_3.png garden\ns05_1 hall\n")
    assert shot_words(str(table), names) == ("garden", "garden", "hall")
    with pytest.raises(UsageError, match="s05_1"):
        shot_words(r"(s04)_", names)
    with pytest.raises(UsageError, match="no group"):
        shot_words("nosuch.txt", names)


def test_aligned_stills_come_back_under_their_names(answerprint: Command, aligned_stills: tuple[Path, Path], tmp_path: Path) -> None:
    scan, reference = aligned_stills
    ended = restore(answerprint, scan, reference, tmp_path / "out", "--stills", "--shots", r"(s\d+)_", "--aligned", "--balance", "off",
                    "--pairs", "all", "--steps", 30, "--format", "png", "--encoding", "rec709", "--json")
    assert ended.code == 0, ended.err
    result = ended.json
    assert result["frames"] == 6
    assert result["held_out"] is None
    assert result["luma"]["max"] <= 1
    restored = sorted((tmp_path / "out").rglob("s0*.png"))
    assert [p.name for p in restored] == sorted(p.name for p in scan.iterdir())
    report = next((tmp_path / "out").glob("*_restored.report.html")).read_text(encoding="utf-8")
    assert all(said in report for said in ("6 pairs were trained on, 0 were held out", "(cpu)",
                                           "Made on", "scan_restored_png", "<td>16</td>"))
    for path in restored:
        before, after = cv2.imread(str(scan / path.name)), cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        luma = [(p.astype(np.float64) / peak) @ (0.0722, 0.7152, 0.2126) for p, peak in ((before, 255), (after, 65535))]
        assert np.abs(luma[0] - luma[1]).max() * 255 <= 1
        assert not np.array_equal(before, (after / 257).round().astype(np.uint8))


def test_apply_runs_a_trained_project_over_other_stills(answerprint: Command, aligned_stills: tuple[Path, Path], tmp_path: Path) -> None:
    scan, reference = aligned_stills
    common = ("--stills", "--shots", r"(s\d+)_", "--format", "png", "--json")
    made = restore(answerprint, scan, reference, tmp_path / "out", *common, "--aligned", "--pairs", "all", "--steps", 5).json
    again = answerprint("apply", "--project", made["project"], "--scan", scan, "--out", tmp_path / "again", *common)
    assert again.code == 0, again.err
    for path in (tmp_path / "again").rglob("s0*.png"):
        first = next((tmp_path / "out").rglob(path.name))
        assert path.read_bytes() == first.read_bytes()
    unnamed = answerprint("apply", "--project", made["project"], "--scan", scan, "--out", tmp_path / "third", "--stills", "--json")
    assert unnamed.code == 0, unnamed.err
    assert unnamed.json["frames"] == 6


def test_a_worker_goes_on_with_a_project_alone(answerprint: Command, aligned_stills: tuple[Path, Path], tmp_path: Path) -> None:
    scan, reference = aligned_stills
    made = restore(answerprint, scan, reference, tmp_path / "out", "--stills", "--aligned", "--pairs", "all", "--steps", 3,
                   "--format", "png", "--json").json
    result = next((tmp_path / "out").rglob("s02_1.png"))
    before = result.read_bytes()
    result.unlink()
    again = answerprint("work", made["project"])
    assert again.code == 0, again.err
    assert result.read_bytes() == before
    shutil.move(scan, tmp_path / "elsewhere")
    one_line(answerprint("work", made["project"]), "not where it was")


def test_a_worker_stops_at_the_step_that_was_named(answerprint: Command, aligned_stills: tuple[Path, Path], tmp_path: Path) -> None:
    project = project_of(answerprint, aligned_stills, tmp_path)
    assert standing(project)["align"] == "open"
    assert answerprint("work", project.folder, "--until", "choose").code == 0
    assert [step for step, how in standing(project).items() if how == "done"] == ["align", "balance", "choose"]
    suggested = json.loads((project.folder / "choose" / "suggestions.json").read_text())
    assert set(suggested["train"]) <= set(suggested["candidates"]) and len(suggested["shots"]) == 6
    project.settings = replace(project.settings, pairs=(0, 1, 4), held_out=(5,))
    project.save()
    assert answerprint("work", project.folder, "--until", "pairs").code == 0
    assert sorted(p.stem for p in (project.folder / "pairs").glob("*.npz")) == [f"{i:07d}" for i in (0, 1, 4, 5)]
    project.settings = replace(project.settings, corners=((1.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)))
    assert [step for step, how in standing(project).items() if how == "stale"] == ["balance", "choose", "pairs"]
    assert standing(project)["align"] == "done"
    one_line(answerprint("work", project.folder, "--until", "wishes"), "wishes", "align, balance, choose")
    assert not list(tmp_path.rglob("model.pt")) and not list((tmp_path / "out").rglob("*.png"))


def test_runs_are_kept_and_results_are_made_with_the_chosen_one(answerprint: Command, aligned_stills: tuple[Path, Path],
                                                                tmp_path: Path) -> None:
    project = project_of(answerprint, aligned_stills, tmp_path, pairs="all", steps=2)
    assert answerprint("work", project.folder).code == 0
    first = next((tmp_path / "out").rglob("s02_1.png")).read_bytes()
    project.settings = replace(project.settings, steps=4, go_on_from=1, balance="after")
    project.save()
    assert (standing(project)["train"], standing(project)["export"]) == ("stale", "stale")
    assert answerprint("work", project.folder, "--until", "train").code == 0
    assert answerprint("work", project.folder, "--until", "train", "--again").code == 0
    known = runs(project)
    assert [(run.number, run.state, run.steps, run.current, run.went_on_from) for run in known] == [
        (1, "done", 2, False, None), (2, "done", 4, True, 1), (3, "done", 4, True, 1)]
    assert used_run(project) == known[2]
    project.run = 1
    project.save()
    assert (standing(project)["train"], standing(project)["export"]) == ("done", "stale")
    next((tmp_path / "out").rglob("s02_1.png")).unlink()
    assert answerprint("work", project.folder).code == 0
    assert next((tmp_path / "out").rglob("s02_1.png")).read_bytes() == first
    assert standing(project)["export"] == "done"
    project.run = None
    project.save()
    assert answerprint("work", project.folder).code == 0
    assert next((tmp_path / "out").rglob("s02_1.png")).read_bytes() != first


def project_of(answerprint: Command, pair: tuple[Path, Path], tmp_path: Path, **settings: object) -> Project:
    """A project of aligned stills as the window makes one; results go to `out`."""
    folder = tmp_path / "film"
    media = []
    for path in pair:
        with open_source(path, Reading(stills=True)) as source:
            media.append(Medium(place_of(path, folder, fingerprint(source)), Reading(stills=True), source.info.encoding))
    project = Project(folder, "film", "colour-reference", *media, Settings(aligned=True, formats=("png",), encoding="rec709", **settings))
    project.results = place_of(tmp_path / "out", folder, "")
    project.save()
    return project


def test_wishes_for_the_delivery_are_refused_before_work(answerprint: Command, aligned_stills: tuple[Path, Path], tmp_path: Path) -> None:
    scan, reference = aligned_stills
    (tmp_path / "own.ocio").write_text("ocio_profile_version: 1\nroles: {default: lin}\ncolorspaces:\n  - !<ColorSpace>\n    name: lin\n")
    for wish, said in (
            (("--encoding", "vlog"), "--encoding vlog: unknown; choose one of same, rec709"),
            (("--encoding", "vlog", "--colour-config", tmp_path / "own.ocio"), "has no such colour space; it has lin"),
            (("--colour-config", tmp_path / "gone.ocio"), "there is no such file"),
            (("--source-type", "madeUp"), "madeUp: is no IPTC digital source type"),
            (("--format", "h264"), "single stills have no order in time")):
        ended = restore(answerprint, scan, reference, tmp_path / "out", "--stills", "--shots", r"(s\d+)_", "--aligned", "--steps", 5, *wish)
        assert ended.code == 1 and said in ended.err, ended.err
    assert not (tmp_path / "out").exists()
