"""The benchmark, on a film small enough for a test: every figure is there, against the copy, and nothing is left behind."""
import re
import tempfile

import pytest
import torch

from engine.bench.packing import packing_rows
from engine.bench.painting import painting_rows
from engine.bench.speed import Size, bench, machine, main, table
from engine.bench.unet import full_resolution
from engine.errors import DeviceMissing
from engine.run import Run
from engine.train.device import choose_device


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        patch.setattr("engine.bench.speed.ROUNDS", 1)
        patch.setattr("engine.bench.speed.STEPS", 5)
        yield bench(Run(), "cpu", {"tiny": Size(192, 8, 2)})
    assert list(folder.glob("answerprint-bench-*")) == []


def test_every_room_is_measured(rows):
    assert [row.what for row in rows] == [
        "copy", "read", "align, 8 frames", "train, a step", "hash what goes in, and read it again",
        "apply", "write", "read and write alone", "read, apply and write",
        "read, balance, apply and write", "the net alone, torch", "a full-resolution U-Net of 1 M parameters", "the net alone, onnxruntime"]
    assert all(row.seconds > 0 for row in rows)


def test_the_copy_is_the_floor(rows):
    copies = {row.what: row.copies for row in rows}
    assert copies["copy"] == 1
    assert copies["train, a step"] is None
    assert copies["read, balance, apply and write"] > 1


def test_what_the_whole_way_is_beside_reading_and_writing_alone_is_said(rows):
    beside = {row.what: row.beside for row in rows}
    assert re.fullmatch(r"\d+ % of the speed of reading and writing alone", beside["read, apply and write"])
    assert re.fullmatch(r"apply is [\d.]+ times as fast", beside["a full-resolution U-Net of 1 M parameters"])
    assert re.fullmatch(r"[\d.]+ % of read, balance, apply and write", beside["hash what goes in, and read it again"])
    assert re.fullmatch(r"[\d.]+ times as fast as torch", beside["the net alone, onnxruntime"])


def test_the_net_to_compare_with_has_a_million_parameters():
    net = full_resolution()
    assert sum(p.numel() for p in net.parameters()) == pytest.approx(1e6, rel=0.05)
    assert net(torch.zeros(1, 3, 16, 24)).shape == (1, 3, 16, 24)


def test_table_has_a_line_for_each(rows):
    lines = table(rows).splitlines()
    assert len(lines) == 2 + len(rows)
    assert len({line.count("|") for line in lines}) == 1
    assert machine(choose_device("cpu")).endswith("device cpu")


def test_a_missing_device_is_told_before_any_work(monkeypatch):
    monkeypatch.setattr("engine.bench.speed.make_sample", lambda *arguments: pytest.fail("a film was made"))
    with pytest.raises(DeviceMissing):
        main(Run(), "abacus")


def test_dpx_is_written_beside_a_plain_copy_and_another_library(monkeypatch):
    monkeypatch.setattr("engine.bench.packing.ROUNDS", 2)
    lines = packing_rows(Run(), {"tiny": (320, 240)}).splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == ["tiny, 10 bits", "tiny, 16 bits"]
    assert len({line.count("|") for line in lines}) == 1
    assert all(float(figure.replace("ms", "")) > 0 for line in lines[2:] for figure in line.split("|")[2:-1])


def test_painting_is_measured_by_its_operations(monkeypatch):
    monkeypatch.setattr("engine.bench.painting.ROUNDS", 1)
    rows = painting_rows(Run()).splitlines()[2:]
    assert [row.split("|")[1].strip() for row in rows] == [
        "the first scribble of a frame", "a scribble among four colours", "a brush stroke", "a fill"]
    assert all(re.search(r"\| \d+ ms \|$", row) for row in rows)
