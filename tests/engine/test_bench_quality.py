"""The quality benchmark: which rows a training is not given, the table, and a line of it measured on pictures made for the test."""
import json
import sys
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from engine.bench.measures import Bench, CommandFailed
from engine.bench.quality import main, measure, read, table
from engine.bench.rows import FOLDS, LAST, LEFT_OUT, Line, lines
from engine.run import Cancelled, Run
from tests.conftest import faded_pair, write_png

NAMES = ["s04_2", "s04_3", "s05_1", "s06_1", "s06_2", "s06_3", "s08_1", "s08_2"]
SCORER = """
import json, sys
from pathlib import Path
names = [p.stem for p in Path(sys.argv[2], "input").glob("*.png")]
found = [n for n in names if list(Path(sys.argv[3]).rglob(n + ".*"))]
row = {"dE00": 2.0 if sys.argv[3].endswith("restored") else 4.0, "frames": len(found), "expected": len(names)}
print(json.dumps({"result": row, "copycat": {"dE00": 3.0}, "untouched": {"dE00": 9.0}}))
"""
ROWS = Line("rows", "pairs", "candy-candy", 0.0001, given=LAST, must=3.7, goal=2.5)


@pytest.fixture
def data(tmp_path):
    """The benchmark's data in small: four rows of two shots, and a scorer that only counts."""
    folder = tmp_path / "data"
    (folder / "clips").mkdir(parents=True)
    (folder / "bench").mkdir()
    (folder / "bench" / "make_case.py").touch()
    (folder / "bench" / "score.py").write_text(SCORER)
    for seed, name in enumerate(("s04_1", "s04_2", "s05_1", "s05_2")):
        picture, faded = faded_pair(seed, 64)
        for part, shown in (("input", faded), ("target", picture), ("copycat", picture)):
            write_png(folder / "pairs" / "candy-candy" / part / f"{name}.png", shown)
    return folder


def test_the_last_row_of_each_shot_that_has_others_is_left_out():
    assert LEFT_OUT[LAST](NAMES) == ["s04_3", "s06_3", "s08_2"]


def test_the_folds_leave_each_shot_out_once_and_whole():
    folds = [LEFT_OUT[given](NAMES) for given in FOLDS]
    assert sorted(name for fold in folds for name in fold) == NAMES
    assert folds[0] == ["s04_2", "s04_3", "s08_1", "s08_2"]
    assert not any({a[:3] for a in one} & {b[:3] for b in other} for one in folds for other in folds if one is not other)


def test_a_line_of_rows_left_out(data, tmp_path, answerprint, monkeypatch):
    monkeypatch.setattr(Bench, "engine", lambda bench, folder, *words, seconds: answerprint(*words).out)    # which saves two starts
    bench = Bench(data, tmp_path / "out", Run())
    measure(bench, ROWS)
    found = read(bench, ROWS)
    assert found["left_out"] == ["s04_2", "s05_2"]
    assert {path.stem for path in bench.folder(ROWS).glob("given/*/*")} == {"s04_1", "s05_1"}
    assert len(list(bench.folder(ROWS).glob("project/pairs/*.npz"))) == 2
    assert {path.stem for part in ("restored", "lut") for path in bench.folder(ROWS).rglob(f"{part}/*/*.png")} == {"s04_2", "s05_2"}
    assert (found["result"]["frames"], found["result"]["dE00"], found["lut"]["dE00"]) == (2, 2.0, 4.0)
    shown = table([ROWS], {"rows": found})
    assert "| dE00 | 9.00 | 3.00 | 3.70 | 2.50 | 4.00 | 2.00 | 0.0001, " in shown
    assert "Left out of the training rows, and scored: s04_2, s05_2." in shown


def test_what_is_measured_is_not_measured_again(data, tmp_path, monkeypatch):
    line = next(line for line in lines([("bear", 701)]) if line.name == "ben")
    folder = tmp_path / "out" / "ben"
    measured = {"result": {"dE00": 1.5}, "lut": {"dE00": 3}, "untouched": {"dE00": 9}, "copycat": {"dE00": 2}, "steps": 7, "left_out": [],
                "seconds": {"train": 60}}
    monkeypatch.setattr("engine.bench.quality.MEASURES", {"pairs": lambda bench, line: measured})
    first = main(Run(), data, tmp_path / "out", ["ben"])
    assert "| ben, trained rows, one model, processor | dE00 | 9.00 | 2.00 | 2.00 | 1.40 | 3.00 | 1.50 | 10, 7 |" in first
    assert json.loads((folder / "score.json").read_text())["line"]["minutes"] == line.minutes
    monkeypatch.setattr("engine.bench.quality.MEASURES", {"pairs": lambda bench, line: pytest.fail("measured again")})
    assert main(Run(), data, tmp_path / "out", ["ben"]) == first
    assert "| ben, trained rows, one model, processor | dE00 |  |  |  |  |  | not measured |  |" in table(lines([("bear", 701)]), {})


def test_targets_make_no_figure_old(data, tmp_path, monkeypatch):
    measured = {"result": {"dE00": 1.5}, "steps": 7, "left_out": [], "seconds": {}}
    monkeypatch.setattr("engine.bench.quality.MEASURES", {"pairs": lambda bench, line: measured})
    bench = Bench(data, tmp_path, Run())
    measure(bench, ROWS)
    assert read(bench, replace(ROWS, must=1.0, goal=0.5))
    assert read(bench, replace(ROWS, minutes=1.0)) is None


def cells(name, where, filter_where):
    """(untouched, must, goal, filter, result) of the parts of a case, as the table shows them."""
    line = next(line for line in lines([("bear", 701)]) if line.name == name)
    scores = {"where": where, "filter_where": filter_where, "steps": 7, "seconds": {}, "date": "", "machine": ""}
    rows = [row.split(" | ") for row in table([line], {name: scores}).splitlines() if row.startswith(f"| {line.words} ")]
    return {row[1].removeprefix("luma, dB, "): tuple(row[k] for k in (2, 4, 5, 6, 7)) for row in rows}


@pytest.mark.parametrize("name", ["bear-701-spatial", "bear-701-spatial-keep"])
def test_a_dupe_has_to_be_above_the_filter_and_above_the_scan(name):
    where = {"partner": {"untouched": 20.0, "result": 31.25}, "no partner": {"untouched": 20.0, "result": 27.0}}
    assert cells(name, where, {"partner": {"result": 30.0}, "no partner": {"result": 26.0}}) == {
        "partner": ("20.00", "30.50", "31.00", "30.00", "31.25"),       # the filter's part is the higher
        "no partner": ("20.00", "28.00", "28.00", "26.00", "27.00")}    # the scan's


def test_a_repair_has_to_be_above_the_filter_and_above_the_scan_inside_the_crop_and_beyond_it():
    where = {"inside": {"untouched": 12.0, "result": 30.0}, "outside": {"untouched": 12.0, "result": 21.0}}
    for filtered, must_inside, must_outside in ((14.0, "22.00", "20.00"), (19.5, "23.50", "22.50")):
        linear = {"inside": {"result": filtered}, "outside": {"result": filtered}}
        assert cells("bear-701-telecine", where, linear) == {
            "inside": ("12.00", must_inside, "30.00", f"{filtered:.2f}", "30.00"),
            "outside": ("12.00", must_outside, "30.00", f"{filtered:.2f}", "21.00")}
    assert cells("bear-701-telecine", where, {"inside": {"result": 28.0}})["inside"][2] == "32.00"     # no goal below what has to be


def test_a_stop_ends_the_command(data, tmp_path):
    bench = Bench(data, tmp_path, Run(lambda: True))
    began = monotonic()
    with pytest.raises(Cancelled):
        bench.command(tmp_path / "log.txt", [sys.executable, "-c", "import time; time.sleep(60)"], "sleeping")
    assert monotonic() - began < 30


def test_what_a_command_says_last_is_told(data, tmp_path):
    words = [sys.executable, "-c", "raise SystemExit('there is no spoon')"]
    with pytest.raises(CommandFailed, match=r"there is no spoon .*log\.txt"):
        Bench(data, tmp_path, Run()).command(tmp_path / "log.txt", words, "trying")


def test_without_its_data_it_says_what_it_needs(answerprint, data, tmp_path):
    ended = answerprint("bench", "--quality")
    assert (ended.code, "--data FOLDER" in ended.err) == (1, True)
    ended = answerprint("bench", "--quality", "--data", tmp_path)
    assert (ended.code, "has no bench/score.py" in ended.err) == (1, True)
    ended = answerprint("bench", "--quality", "--data", data, "--out", tmp_path / "out", "--only", "sand")
    assert (ended.code, "candy, rows, shots-1" in ended.err) == (1, True)
    assert not Path(tmp_path / "out").exists()
