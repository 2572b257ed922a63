"""Sources, projects and results that are there already: nothing is written over, mixed up or taken for what it is not; damage is cured as
the message says."""
from __future__ import annotations

import json
import shutil
import wave
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests.conftest import Ended, faded_pair, write_png
from tests.engine.test_command_line import one_line, restore

Command = Callable[..., Ended]
FEW = ("--aligned", "--balance", "off", "--steps", 2)


def tree(*folders: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for folder in folders for p in sorted(folder.rglob("*")) if p.is_file()}


def results(out: Path) -> dict[str, bytes]:
    """The restored pictures and movies alone, by name."""
    return {p.name: data for p, data in tree(out).items() if p.suffix in (".dpx", ".png", ".tif", ".exr", ".mov", ".mkv")
            and not {".project", ".model", ".evidence"} & {q.suffix for q in p.parents}}


def sequence(folder: Path, numbers: range, seed: int = 10, size: int = 96, first: int = 0) -> None:
    """Faded pictures that move, and under `reference` what they were; the number does not change the picture, its place does."""
    picture, faded = faded_pair(seed, size)
    for place, number in enumerate(numbers, first):
        write_png(folder / "scan" / f"reel.{number:04d}.png", np.roll(faded, 7 * place, axis=1))
        write_png(folder / "reference" / f"dvd.{place:04d}.png", np.roll(picture, 7 * place, axis=1))


@pytest.fixture
def reel(tmp_path: Path) -> tuple[Path, Path]:
    sequence(tmp_path / "reel", range(100, 108))
    return tmp_path / "reel" / "scan", tmp_path / "reel" / "reference"


def test_a_project_folder_that_a_crash_left_empty_is_begun_in(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "out" / "reel.project"
    folder.mkdir(parents=True)
    (folder / "lock").touch()
    ended = restore(answerprint, *reel, tmp_path / "out", *FEW, "--format", "dpx")
    assert ended.code == 0, ended.err
    assert list(folder.glob("*.answerprint"))


def test_another_reel_of_the_same_name_leaves_the_first_alone(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path) -> None:
    assert restore(answerprint, *reel, tmp_path / "out", *FEW, "--format", "dpx").code == 0
    before = tree(tmp_path / "out")
    sequence(tmp_path / "other", range(100, 108), seed=20)
    other = (tmp_path / "other" / "scan", tmp_path / "other" / "reference")
    one_line(restore(answerprint, *other, tmp_path / "out", *FEW), "another scan", "--project")
    one_line(restore(answerprint, *other, tmp_path / "out", *FEW, "--project", tmp_path / "p"), "another film")
    assert tree(tmp_path / "out") == before


def test_ranges_of_a_film_add_up(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path) -> None:
    for part in ("100-103", "104-107"):
        ended = restore(answerprint, *reel, tmp_path / "out", *FEW, "--format", "png", "--format", "ffv1", "--range", part, "--json")
        assert ended.code == 0, ended.err
        assert ended.json["frames"] == 4
    assert sorted(results(tmp_path / "out")) == [
        *(f"reel_restored.{n:04d}.png" for n in range(100, 108)), "reel_restored_ffv1.0100-0103.mkv", "reel_restored_ffv1.0104-0107.mkv"]


@pytest.mark.parametrize("scan", ["reel.%04d.png", "reel.0100.png", "."])
def test_no_folder_inside_a_source_is_written_to(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path, scan: str) -> None:
    before = tree(*reel)
    for out, more in ((reel[0] / "out", ()), (reel[1] / "out", ()), (tmp_path / "out", ("--project", reel[0] / "p"))):
        one_line(restore(answerprint, reel[0] / scan, reel[1], out, *FEW, *more), "folder of the source")
    assert tree(*reel) == before
    assert not (reel[0] / "out").exists() and not (reel[0] / "p").exists()


def test_a_source_frame_is_not_written_over_by_an_alignment(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path) -> None:
    before = tree(*reel)
    for name in ("reel.0103.png", "new.json"):
        one_line(answerprint("align", "--scan", reel[0], "--reference", reel[1], "--json", reel[0] / name), "choose another place")
    one_line(answerprint("align", "--scan", reel[0], "--reference", reel[1], "--json", tmp_path / "no" / "a.json"), "cannot be written")
    assert tree(*reel) == before


@pytest.mark.parametrize(("more", "said"), [
    (("--sound", "nosuch.wav"), "nosuch.wav"), (("--stills", "--format", "prores422hq"), "single stills"),
])
def test_what_can_be_known_at_once_is_said_at_once(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path, more: tuple[str, ...],
                                                   said: str) -> None:
    for path in reel[1].iterdir():
        path.rename(path.with_name(path.name.replace("dvd.00", "reel.01")))
    one_line(restore(answerprint, *reel, tmp_path / "out", *FEW, *more), said)
    assert not (tmp_path / "out").exists()


def test_an_odd_width_goes_without_prores_unless_it_is_asked_for(answerprint: Command, tmp_path: Path) -> None:
    sequence(tmp_path / "odd", range(8), size=97)
    odd = (tmp_path / "odd" / "scan", tmp_path / "odd" / "reference")
    one_line(restore(answerprint, *odd, tmp_path / "out", *FEW, "--format", "prores422hq"), "even widths")
    ended = restore(answerprint, *odd, tmp_path / "out", *FEW)
    assert ended.code == 0, ended.err
    assert "no ProRes" in ended.err
    assert {Path(name).suffix for name in results(tmp_path / "out")} == {".dpx"}


def test_aligned_films_with_gaps_keep_their_partners(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path) -> None:
    (reel[0] / "reel.0103.png").unlink()
    (reel[1] / "dvd.0006.png").unlink()
    ended = restore(answerprint, *reel, tmp_path / "out", *FEW, "--allow-gaps", "--format", "png")
    assert ended.code == 0, ended.err
    found = json.loads((tmp_path / "out" / "reel.project" / "align" / "alignment.json").read_text())["frames"]
    assert [f["reference"] for f in found] == [0, 1, 2, 4, 5, None, 6]
    part = restore(answerprint, *reel, tmp_path / "part", *FEW, "--allow-gaps", "--format", "png", "--range", "104-107")
    assert part.code == 0, part.err
    found = json.loads((tmp_path / "part" / "reel.project" / "align" / "alignment.json").read_text())["frames"]
    assert [f["reference"] for f in found] == [4, 5, None, 6]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:len(path.read_bytes()) // 2])


def spoil(path: Path) -> None:
    path.write_bytes(bytes(len(path.read_bytes())))


@pytest.mark.parametrize("file", ["align/alignment.json", "balance/balance.json", "pairs/choice.json", "pairs/*.npz", "runs/001/model.pt"])
@pytest.mark.parametrize("damage", [cut, spoil, Path.unlink])
def test_what_is_damaged_in_a_project_is_made_anew(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path, file: str,
                                                   damage: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch) -> None:
    alike = SimpleNamespace(perf_counter=count().__next__)      # so no runtime is the faster one, whatever the load
    monkeypatch.setattr("engine.apply.runtime.time", alike)
    command = (*reel, tmp_path / "out", "--aligned", "--balance", "off", "--format", "png")
    assert restore(answerprint, *command, "--steps", 2).code == 0
    first = results(tmp_path / "out")
    project = tmp_path / "out" / "reel.project"
    damage(next(project.glob(file)))
    next((tmp_path / "out").rglob("reel_restored.0102.png")).unlink()
    again = restore(answerprint, *command, "--steps", 2)
    if damage is spoil and again.code:          # of the right length, so it is only met when it is read; then the message has the cure
        one_line(again, str(Path(file).parent), "give the restore command again")
        shutil.rmtree(project / Path(file).parent)
        again = restore(answerprint, *command, "--steps", 2)
    assert again.code == 0, again.err
    assert results(tmp_path / "out") == first


def test_a_model_of_another_machines_device_is_run_on_what_is_here(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has the other device, too")
    made = restore(answerprint, *reel, tmp_path / "out", *FEW, "--format", "png", "--device", "cpu", "--json").json
    file = Path(made["project"]) / "runs" / "001" / "status.json"
    file.write_text(file.read_text().replace('"device": "cpu"', '"device": "cuda"'))
    assert '"device": "cuda"' in file.read_text()
    ended = answerprint("apply", "--project", made["project"], "--scan", reel[0], "--out", tmp_path / "again", "--format", "png", "--json")
    assert ended.code == 0, ended.err
    assert "trained on cuda, which cannot be used here" in ended.err
    assert ended.json["device"] == "cpu"
    assert results(tmp_path / "again") == results(tmp_path / "out")


def test_another_scan_is_read_as_the_projects_own_was(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path) -> None:
    made = restore(answerprint, *reel, tmp_path / "out", *FEW, "--format", "png", "--scan-encoding", "srgb", "--json").json
    command = ("apply", "--project", made["project"], "--scan", reel[0], "--format", "png")
    ended = answerprint(*command, "--out", tmp_path / "again")
    assert "encoding srgb" in ended.err
    assert results(tmp_path / "again") == results(tmp_path / "out")
    assert "take care" in answerprint(*command, "--out", tmp_path / "third", "--scan-encoding", "rec709").err


def test_results_do_not_go_into_the_project(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path) -> None:
    made = restore(answerprint, *reel, tmp_path / "out", *FEW, "--format", "png", "--json").json
    command = ("apply", "--project", made["project"], "--scan", reel[0], "--format", "png", "--out")
    one_line(answerprint(*command, Path(made["project"]) / "export"), "inside the project")


def test_a_project_holds_no_absolute_path(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "sound.wav"), "wb") as sound:
        sound.setparams((1, 2, 48000, 0, "NONE", ""))
        sound.writeframes(bytes(9600))
    ended = restore(answerprint, *reel, tmp_path / "out", *FEW, "--format", "ffv1", "--sound", tmp_path / "sound.wav", "--json")
    assert ended.code == 0, ended.err
    assert "pcm_s16le of sound.wav, copied bit for bit" in ended.json["sound"]
    for path, data in tree(tmp_path / "out" / "reel.project").items():
        if path.suffix in (".answerprint", ".json"):
            assert str(tmp_path).encode() not in data, path
    shutil.move(tmp_path / "sound.wav", tmp_path / "gone.wav")
    (tmp_path / "out" / "reel_restored_ffv1.mkv").unlink()
    one_line(answerprint("work", ended.json["project"]), "sound file is not where it was", "--sound")


@pytest.mark.parametrize(("more", "said"), [
    (("--scan-rate", "24/0"), "frames a second"), (("--seed", "-1"), "whole number"), (("--seed", "9" * 23), "whole number"),
    (("--range", "8-3"), "the first and the last"), (("--minutes", "0"), "minutes"), (("--project", __file__), "Not a directory"),
    (("--stills", "--shots", "latin.txt"), "UTF-8"),
])
def test_a_wrong_setting_is_one_line(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                     more: tuple[str, ...], said: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("latin.txt").write_bytes("reel.0100 caf\xe9\n".encode("latin-1"))
    one_line(restore(answerprint, *reel, tmp_path / "out", "--aligned", *more), said)


def test_one_frame_is_a_range_and_numbers_may_be_negative(answerprint: Command, tmp_path: Path) -> None:
    sequence(tmp_path / "reel", range(-2, 6))
    names = [f"reel.{n:04d}.png" for n in range(-2, 6)]
    assert sorted(p.name for p in (tmp_path / "reel" / "scan").iterdir()) == sorted(names)
    pattern = tmp_path / "reel" / "scan" / "reel.%04d.png"
    assert "8 (-002 to 0005)" in answerprint("inspect", pattern).out
    ended = restore(answerprint, pattern, tmp_path / "reel" / "reference", tmp_path / "out", "--aligned", "--balance", "off", "--steps", 2,
                    "--range=-1-3", "--pairs=-1,0,2", "--format", "png")
    assert ended.code == 0, ended.err
    one = restore(answerprint, pattern, tmp_path / "reel" / "reference", tmp_path / "one", "--aligned", "--balance", "off", "--steps", 2,
                  "--range=2", "--format", "png")
    assert one.code == 0, one.err
    assert sorted(results(tmp_path / "one")) == ["reel_restored.0002.png"]


@pytest.mark.parametrize("text", ["[]", "null", "{}", '"x"', "{"])
def test_a_project_file_that_is_none_gives_the_last_good_copy(answerprint: Command, reel: tuple[Path, Path], tmp_path: Path,
                                                              text: str) -> None:
    command = (*reel, tmp_path / "out", *FEW, "--format", "png", "--json")
    assert restore(answerprint, *command).code == 0
    project = tmp_path / "out" / "reel.project"
    (project / "reel.answerprint").write_text(text)
    (project / "copies" / "notes.answerprint").write_text("of the user")
    (project / "reel copy.answerprint").write_text(text)
    again = restore(answerprint, *command)
    assert again.code == 0, again.err
    assert "train" not in again.json["seconds"]
