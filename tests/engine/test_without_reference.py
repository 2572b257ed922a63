"""Colour without a reference, from the command line: painted frames in, restored files, evidence and a record out."""
from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.keyframes.keyframe import Keyframe, Op, frame_print, keyframe_names, load_keyframe
from engine.keyframes.palette import Swatch
from engine.media.colour import from_ycbcr, luma
from engine.media.difference import ciede2000, lab
from engine.pairs.coverage import next_frames
from engine.pairs.looks import Looks
from engine.pairs.pair import Pair
from engine.project import Settings, load
from engine.recoveries.inputs import standing
from tests.conftest import Ended, faded_pair, write_png

Command = Callable[..., Ended]
FRAMES = 8


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A scan of eight faded frames, and two of them painted; one has a note."""
    for index in range(FRAMES):
        picture, faded = (np.roll(p, 3 * index, axis=1) for p in faded_pair(4))
        write_png(tmp_path / "scan" / f"reel.{index:04d}.png", faded)
        write_png(tmp_path / "truth" / f"reel.{index:04d}.png", picture)
    (tmp_path / "painted").mkdir()
    for index in (1, 6):
        write_png(tmp_path / "painted" / f"reel.{index:04d}.png", cv2.imread(str(tmp_path / f"truth/reel.{index:04d}.png"))[..., ::-1])
    (tmp_path / "painted" / "reel.0001.txt").write_text("photograph: lobby card, 1972\n")
    return tmp_path


def restore(answerprint: Command, film: Path, *more: object) -> Ended:
    return answerprint("restore", "--recovery", "colour-keyframes", "--scan", film / "scan", "--keyframes", film / "painted", "--aligned",
                       "--out", film / "out", "--format", "png", "--encoding", "rec709", *more)


def picture(path: Path) -> np.ndarray:
    stored = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)[..., ::-1]
    return (stored / np.float32(np.iinfo(stored.dtype).max)).astype(np.float32)


def test_a_painted_keyframe_comes_back_as_painted_on_the_scans_luma(answerprint: Command, film: Path) -> None:
    ended = restore(answerprint, film, "--balance", "off", "--steps", 250, "--json")
    assert ended.code == 0, ended.err
    assert ended.json["pairs"] == {"train": 2, "held_out": 0} and ended.json["held_out"] is None
    assert "what was painted comes back at dE00 0." in ended.err
    assert "What was painted, in the result" in (film / "out" / "reel_restored.report.html").read_text()
    for index in (1, 6):
        pair = Pair.load(film / "out" / "reel.project" / "pairs" / f"{index:07d}.npz")
        result = picture(film / "out" / "reel_restored_png" / f"reel_restored.{index:04d}.png")
        scan = picture(film / "scan" / f"reel.{index:04d}.png")
        assert np.abs(luma(result) - luma(scan)).max() < 2 / 255
        wanted = from_ycbcr(np.concatenate([luma(scan)[..., None], pair.chroma.astype(np.float32)], 2))
        assert ciede2000(lab(result), lab(wanted)).mean() < 1.5


def test_the_record_names_sources_and_assumptions_and_the_mattes_say_where_they_hold(answerprint: Command, film: Path) -> None:
    ended = restore(answerprint, film, "--balance", "off", "--steps", 8, "--mattes")
    assert ended.code == 0, ended.err
    assert "1 say no source" in ended.err
    report = (film / "out" / "reel_restored.report.html").read_text()
    assert "photograph, lobby card, 1972" in report and "0001</td>" in report
    assert "Every assumption" in report and "reel.0006: assumption" in report
    mattes = film / "out" / "reel_restored.evidence"
    legend = json.loads((mattes / "legend.json").read_text())
    colours = {tuple(row["colour"]): row for row in legend["grounds"]}
    assert [row["kind"] for row in legend["grounds"]] == ["painted", "painted", "extrapolated"]
    assert sorted(path.stem for path in mattes.glob("*.png")) == [f"{index:04d}" for index in range(FRAMES)]
    for path in mattes.glob("*.png"):
        found = cv2.imread(str(path))[..., ::-1]
        assert found.shape == (96, 96, 3) and {tuple(c) for c in found.reshape(-1, 3).tolist()} <= set(colours)
    on_keyframe = [colours[tuple(c)]["keyframe"] for c in cv2.imread(str(mattes / "0001.png"))[..., ::-1].reshape(-1, 3).tolist()]
    assert on_keyframe.count("0001") > 0.5 * len(on_keyframe)


def test_a_note_that_is_written_later_is_read(answerprint: Command, film: Path) -> None:
    assert restore(answerprint, film, "--balance", "off", "--steps", 2).code == 0
    (film / "painted" / "reel.0006.txt").write_text("film: trailer, 1953\n")
    ended = restore(answerprint, film, "--balance", "off", "--steps", 2)
    assert ended.code == 0 and "say no source" not in ended.err
    assert [swatch.source for swatch in load(film / "out" / "reel.project").settings.palette] == ["lobby card, 1972", "trailer, 1953"]


def test_a_picture_that_must_not_be_used_is_left_out(answerprint: Command, film: Path) -> None:
    (film / "painted" / "reel.0006.txt").write_text("film: trailer, 1953\nuse: not allowed\n")
    ended = restore(answerprint, film, "--balance", "off", "--steps", 2, "--json")
    assert ended.code == 0 and ended.json["pairs"]["train"] == 1
    assert "reel.0006.png" in next(line for line in ended.err.splitlines() if "use: not allowed" in line)


def test_an_import_that_was_killed_is_gone_on_with(answerprint: Command, film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(self: Keyframe, project: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Keyframe, "save", killed)
        assert restore(answerprint, film, "--balance", "off", "--steps", 2).code == 130
    ended = restore(answerprint, film, "--balance", "off", "--steps", 2, "--json")
    assert ended.code == 0 and ended.json["pairs"]["train"] == 2


def test_what_is_not_painted_is_not_trained_on(answerprint: Command, film: Path) -> None:
    half = cv2.imread(str(film / "truth" / "reel.0001.png"), cv2.IMREAD_UNCHANGED)
    alpha = np.zeros(half.shape[:2], np.uint8)
    alpha[:, :48] = 255
    for old in (film / "painted").glob("*"):
        old.unlink()
    cv2.imwrite(str(film / "painted" / "reel.0001.png"), np.dstack([half, alpha]))
    assert restore(answerprint, film, "--balance", "off", "--steps", 2).code == 0
    pair = Pair.load(film / "out" / "reel.project" / "pairs" / "0000001.npz")
    assert (pair.weight[:, :46] == 255).all() and not pair.weight[:, 50:].any()


def test_a_stroke_more_makes_the_pairs_anew_and_what_is_said_of_a_colour_does_not(answerprint: Command, film: Path) -> None:
    assert restore(answerprint, film, "--balance", "off", "--steps", 2).code == 0
    project = load(film / "out" / "reel.project")
    assert standing(project)["train"] == "done"
    palette = project.settings.palette
    said = (palette[0], Swatch(**{**vars(palette[1]), "kind": "person", "source": "the cameraman", "assumption": False}))
    project.settings = Settings(**{**vars(project.settings), "palette": said})
    assert standing(project)["train"] == "done"
    keyframe = load_keyframe(project.folder, keyframe_names(project.folder)[0])
    keyframe.done(Op("brush", palette[0].number, ((0.5, 0.5, 1.0),), 0.1)).save(project.folder)
    assert standing(project)["pairs"] == "stale" and standing(project)["train"] == "stale"
    load_keyframe(project.folder, keyframe.name).undo().save(project.folder)
    assert standing(project)["train"] == "done", "what was taken back does not count"


def test_a_keyframe_is_never_used_for_another_frame(answerprint: Command, film: Path) -> None:
    assert restore(answerprint, film, "--balance", "off", "--steps", 2).code == 0
    other = film / "out" / "reel.project"
    Keyframe("0003", frame_print(np.zeros((4, 4, 3), np.float32)), (Op("brush", 1, ((0.5, 0.5, 1.0),), 0.3),)).save(other)
    ended = restore(answerprint, film, "--balance", "off", "--steps", 2, "--json")
    assert ended.code == 0, ended.err
    assert "0003" in next(line for line in ended.err.splitlines() if "left out" in line)
    assert ended.json["pairs"]["train"] == 2


@pytest.mark.parametrize("more, said", [
    (("--reference", "scan"), "--reference is of no use"), (("--similar", "scan"), "--similar is of no use")])
def test_options_that_contradict_the_recovery_are_refused(answerprint: Command, film: Path, more: tuple[str, str], said: str) -> None:
    ended = restore(answerprint, film, more[0], film / more[1])
    assert ended.code == 1 and said in ended.err


def test_the_recovery_says_what_it_needs(answerprint: Command, film: Path) -> None:
    ended = answerprint("restore", "--recovery", "colour-keyframes", "--scan", film / "scan", "--out", film / "out")
    assert ended.code == 1 and "needs --keyframes" in ended.err
    (film / "empty").mkdir()
    ended = answerprint("restore", "--recovery", "colour-keyframes", "--scan", film / "scan", "--out", film / "out", "--keyframes",
                        film / "empty")
    assert ended.code == 1 and "there is no picture" in ended.err and "Traceback" not in ended.err


def test_the_frame_to_paint_next_covers_most_of_what_no_keyframe_is_like(answerprint: Command, tmp_path: Path) -> None:
    for index in range(30):
        _, faded = (np.roll(p, index % 10, axis=1) for p in faded_pair(index // 10))
        write_png(tmp_path / "scan" / f"reel.{index:04d}.png", faded)
    write_png(tmp_path / "painted" / "reel.0004.png", faded_pair(0)[0])
    assert restore(answerprint, tmp_path, "--balance", "off", "--steps", 2).code == 0
    folder = tmp_path / "out" / "reel.project"
    looks = Looks.load(folder / "choose" / "looks.npz")
    found = next_frames(looks, [4], {}, 8)
    assert all(one.frame >= 10 for one in found[:2]) and found[0].covers >= 2
    assert {one.frame // 10 for one in found[:2]} == {1, 2}, "one of each shot that has no keyframe"
    sure = next_frames(looks, [4], {2: 0.1, 15: 0.1, 25: 0.1}, 1)[0]
    unsure = next_frames(looks, [4], {2: 0.1, 15: 0.1, 25: 30.0}, 1)[0], next_frames(looks, [4], {2: 0.1, 15: 30.0, 25: 0.1}, 1)[0]
    assert [one.frame // 10 for one in unsure] == [2, 1] and sure.frame == found[0].frame, "where the net is unsure sooner"
    assert answerprint("work", folder, "--until", "review").code == 0
    doubts = json.loads((folder / "review" / "unsure.json").read_text())
    assert doubts["run"] == 1 and len(doubts["frames"]) == 30 and all(value >= 0 for value in doubts["frames"].values())


def test_similar_pictures_are_learnt_from_straight_and_keyframes_tell_how_good_that_is(answerprint: Command, film: Path) -> None:
    for index in range(4):
        write_png(film / "similar" / f"still {index}.png", np.roll(faded_pair(4)[0], 9 * index, axis=0))
    (film / "similar" / "still 0.txt").write_text("photograph: set photograph, 1961\n")
    (film / "similar" / "still 3.txt").write_text("painting: private\nuse: not allowed\n")
    ended = answerprint("restore", "--recovery", "colour-similar", "--scan", film / "scan", "--similar", film / "similar", "--keyframes",
                        film / "painted", "--aligned", "--out", film / "out", "--format", "png", "--encoding", "rec709", "--steps", 6,
                        "--json")
    assert ended.code == 0, ended.err
    assert "still 3.png: not used" in ended.err
    assert ended.json["pairs"] == {"train": 12, "held_out": 2, "pictures": 3} and ended.json["held_out"]["dE00"] > 0
    report = (film / "out" / "reel_restored.report.html").read_text()
    assert "from similar pictures" in report and "photograph, set photograph, 1961" in report and "still 1.png: assumption" in report
    assert "still 3" not in report
    project = film / "out" / "reel.project"
    assert answerprint("work", project, "--until", "review").code == 0
    shares = json.loads((project / "review" / "table.json").read_text())["evidence"]["shares"]
    assert all(row["painted"] == 0 and row["similar"] > 0 for row in shares)


def test_with_no_picture_to_learn_from_nothing_is_trained(answerprint: Command, film: Path) -> None:
    words = ("restore", "--recovery", "colour-similar", "--scan", film / "scan", "--out", film / "out")
    ended = answerprint(*words)
    assert ended.code == 1 and "needs --similar" in ended.err
    ended = answerprint(*words, "--own-shots", "--steps", 2)
    assert ended.code == 1 and "no shot of this film kept its colour" in ended.err and "Traceback" not in ended.err
    assert not list((film / "out").glob("*.project/runs/*/model.pt"))


def test_shots_that_kept_their_colour_are_learnt_from(answerprint: Command, tmp_path: Path) -> None:
    for index in range(16):     # the first half is faded, the second is not
        true = np.roll(faded_pair(2 + index // 8)[0], 2 * (index % 8), axis=1)
        faded = 255 - (255 - true.astype(np.float32)) * np.float32([0.35, 0.95, 0.12])
        write_png(tmp_path / "scan" / f"reel.{index:04d}.png", faded.astype(np.uint8) if index < 8 else true)
    ended = answerprint("restore", "--recovery", "colour-similar", "--scan", tmp_path / "scan", "--own-shots", "--out", tmp_path / "out",
                        "--format", "png", "--encoding", "rec709", "--steps", 4, "--json")
    assert ended.code == 0, ended.err
    assert ended.json["pairs"]["pictures"] == 6
    for index in range(8, 16):
        names = f"scan/reel.{index:04d}.png", f"out/reel_restored_png/reel_restored.{index:04d}.png"
        scan, result = (picture(tmp_path / name) for name in names)
        assert np.abs(scan - result).max() < 1e-4, "passed on as it is"
    assert "passed on as they are, for they kept their colour: shot 2" in ended.err
    assert "shot 2 of this film, in full colour" in (tmp_path / "out" / "reel_restored.report.html").read_text()
