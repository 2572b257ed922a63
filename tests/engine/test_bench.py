"""The benchmark, on a film small enough for a test: every figure is there, against the copy, and nothing is left behind."""
import tempfile

import pytest

from engine.bench.speed import Size, bench, machine, main, table
from engine.errors import DeviceMissing
from engine.run import Run
from engine.train.device import choose_device


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        yield bench(Run(), "cpu", {"tiny": Size(192, 8, 2)})
    assert list(folder.glob("answerprint-bench-*")) == []


def test_every_room_is_measured(rows):
    assert [row.what for row in rows] == [
        "copy", "read", "align, 8 frames", "train, a step", "apply", "write", "read, balance, apply and write"]
    assert all(row.seconds > 0 for row in rows)


def test_the_copy_is_the_floor(rows):
    copies = {row.what: row.copies for row in rows}
    assert copies["copy"] == 1
    assert copies["train, a step"] is None
    assert copies["read, balance, apply and write"] > 1


def test_table_has_a_line_for_each(rows):
    lines = table(rows).splitlines()
    assert len(lines) == 2 + len(rows)
    assert len({line.count("|") for line in lines}) == 1
    assert machine(choose_device("cpu")).endswith("device cpu")


def test_a_missing_device_is_told_before_any_work(monkeypatch):
    monkeypatch.setattr("engine.bench.speed.make_sample", lambda *arguments: pytest.fail("a film was made"))
    with pytest.raises(DeviceMissing):
        main(Run(), "abacus")
