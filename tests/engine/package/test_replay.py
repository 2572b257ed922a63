"""Replay: the same files from the same inputs, with the kept model or one that is trained again; and what is said where not."""
from __future__ import annotations

import json
import shutil
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyOpenColorIO import Config

from tests.conftest import Ended, faded_pair, write_png
from tests.engine.package.delivered import restored

Command = Callable[..., Ended]


def replayed(answerprint: Command, record: Path, *more: object) -> Any:
    ended = answerprint("replay", record, "--json", *more)
    assert ended.code == 0, ended.err
    return ended.json


def test_the_kept_model_makes_the_same_files(film: Path, answerprint: Command, tmp_path: Path) -> None:
    found = replayed(answerprint, film / "scan_restored.record.json", "--out", tmp_path / "again")
    assert found["same"]
    assert set(found["outputs"].values()) == {"same"}
    assert len(found["outputs"]) > 12


def test_from_a_bag_alone_with_the_films_named(film: Path, answerprint: Command, tmp_path: Path) -> None:
    bag = shutil.copytree(film / "scan_restored.bag", tmp_path / "scan_restored.bag")
    record = bag / "data" / "scan_restored.record.json"
    inside = answerprint("replay", record, "--scan", film / "scan", "--reference", film / "reference", "--out", bag / "data" / "again")
    assert inside.code == 1
    assert "bag" in inside.err
    assert not (bag / "data" / "again").exists()
    assert replayed(answerprint, record, "--scan", film / "scan", "--reference", film / "reference", "--out", tmp_path / "again")["same"]


def test_from_a_bag_sound_similar_pictures_and_colour_config_are_named_too(own: Path, answerprint: Command, tmp_path: Path) -> None:
    for index in range(4):
        picture, faded = (np.roll(p, 5 * index, axis=1) for p in faded_pair(3))
        write_png(own / "scan" / f"scan_{index:04d}.png", faded)
        write_png(own / "similar" / f"like_{index}.png", np.roll(picture, 30, axis=0))
    (own / "own.ocio").write_text(Config.CreateFromFile("ocio://cg-config-v2.1.0_aces-v1.3_ocio-v2.3").serialize())
    with wave.open(str(own / "sound.wav"), "wb") as sound:
        sound.setparams((1, 2, 48000, 0, "NONE", ""))
        sound.writeframes(bytes(2 * 48000))
    ended = answerprint("restore", "--recovery", "colour-similar", "--scan", own / "scan", "--similar", own / "similar", "--steps", 6,
                        "--sound", own / "sound.wav", "--colour-config", own / "own.ocio", "--format", "ffv1", "--package", "bagit",
                        "--encoding", "ACEScct", "--out", own / "out")
    assert ended.code == 0, ended.err
    bag = shutil.copytree(own / "out" / "scan_restored.bag", tmp_path / "elsewhere" / "scan_restored.bag")
    given = {}
    for flag, name in (("--scan", "scan"), ("--similar", "similar"), ("--sound", "sound.wav"), ("--colour-config", "own.ocio")):
        given[flag] = shutil.move(own / name, tmp_path / "elsewhere" / name)
    record = bag / "data" / "scan_restored.record.json"
    for flag in ("--sound", "--similar", "--colour-config"):
        words = [word for pair in given.items() if pair[0] != flag for word in pair]
        ended = answerprint("replay", record, "--out", tmp_path / "again", *words)
        assert ended.code == 1
        assert flag in ended.err.splitlines()[-1]
    assert replayed(answerprint, record, "--out", tmp_path / "again", *(word for pair in given.items() for word in pair))["same"]


@pytest.mark.parametrize("length", [{"steps": 12}, {"steps": None, "minutes": 0.04}])
def test_trained_again_it_is_the_same_model(own: Path, answerprint: Command, tmp_path: Path, length: dict[str, Any]) -> None:
    """Also where a clock decided: its decisions are in the record."""
    restored(own, package="", formats=("dpx",), **length)
    found = replayed(answerprint, own / "scan_restored.record.json", "--train", "--out", tmp_path / "again")
    assert found["model"] is True
    assert found["same"]


def test_a_changed_input_is_named_and_refused(own: Path, answerprint: Command, tmp_path: Path) -> None:
    restored(own, package="", formats=("dpx",))
    (own / "scan" / "scan_0002.png").write_bytes((own / "scan" / "scan_0001.png").read_bytes()[:-1] + b"\x00")
    ended = answerprint("replay", own / "scan_restored.record.json", "--out", tmp_path / "again")
    assert ended.code == 1
    assert "scan" in ended.err.splitlines()[-1]


def test_what_comes_out_otherwise_is_said(own: Path, answerprint: Command, tmp_path: Path) -> None:
    restored(own, package="", formats=("dpx",))
    path = own / "scan_restored.record.json"
    record = json.loads(path.read_text())
    record["outputs"][1]["sha256"] = "0" * 64
    path.write_text(json.dumps(record))
    ended = answerprint("replay", path, "--out", tmp_path / "again")
    assert ended.code == 1
    assert f"different: {record['outputs'][1]['file']}" in ended.out
    assert "Traceback" not in ended.err


def test_a_damaged_model_is_refused(own: Path, answerprint: Command, tmp_path: Path) -> None:
    restored(own, package="", formats=("dpx",))
    model = own / "scan_restored.model" / "runs" / "001" / "model.pt"
    model.write_bytes(model.read_bytes()[:-1])
    ended = answerprint("replay", own / "scan_restored.record.json", "--out", tmp_path / "again")
    assert ended.code == 1
    assert "model.pt" in ended.err


def test_what_is_no_record_is_refused(answerprint: Command, tmp_path: Path) -> None:
    (tmp_path / "x.record.json").write_text("{}")
    ended = answerprint("replay", tmp_path / "x.record.json", "--out", tmp_path / "again")
    assert ended.code == 1
    assert "no record" in ended.err
