"""An export that is stopped, killed or damaged goes on, and ends in the same files."""
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.errors import DamagedFrame, MediaError, NewerVersion, OutputRefused
from engine.export import export as exporting
from engine.run import Cancelled, Run

from .conftest import Film, differing, faded, recolour, tree

FORMATS = ("dpx", "exr", "png", "tiff", "prores422hq", "prores4444", "ffv1")
ROOT = Path(__file__).parents[3]


def film_of(folder, frames=6):
    return Film(folder, [faded(i) for i in range(frames)])


class StopAt(Run):
    """Asks to stop after so many steps."""

    def __init__(self, steps):
        self.more = steps
        super().__init__(lambda: self.more < 0)

    def step(self, *told):
        self.more -= 1
        super().step(*told)


class Said(StopAt):
    """Keeps what is said, too."""

    def __init__(self, steps):
        super().__init__(steps)
        self.lines = []

    def say(self, text):
        self.lines.append(text)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What an uninterrupted export leaves, and how its film is made again."""
    from engine.export.export import ExportSettings, export
    from engine.media.colour import to_display

    base = tmp_path_factory.mktemp("whole")
    film = film_of(base / "scan")
    export(film, lambda i: to_display(film.read(i), "cineon"), recolour, ExportSettings(base / "out", FORMATS), Run())
    return film, tree(base / "out")


@pytest.mark.parametrize("steps", [0, 2, 5, 9, 16, 24])
def test_stopped_and_started_again(tmp_path, exported, whole, steps):
    film, wanted = whole
    made = []

    def counting(index, picture):
        made.append(index)
        return recolour(index, picture)

    with pytest.raises(Cancelled):
        exported(film, tmp_path, *FORMATS, run=StopAt(steps))
    assert not list(tmp_path.rglob("*.partial"))
    exported(film, tmp_path, *FORMATS, restore=counting)
    assert differing(tree(tmp_path), wanted) == {}
    assert made == list(range(min(steps, 6), 6))


def test_a_finished_export_is_left_alone(tmp_path, exported, whole):
    film, wanted = whole
    first = exported(film, tmp_path, *FORMATS)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*") if path.suffix != ".jsonl"}
    again = exported(film, tmp_path, *FORMATS, restore=lambda i, p: pytest.fail("restored again"))
    assert again == first and differing(tree(tmp_path), wanted) == {}
    assert times == {path: path.stat().st_mtime_ns for path in times}


def test_files_that_went_missing_come_back(tmp_path, exported, whole):
    film, wanted = whole
    exported(film, tmp_path, *FORMATS)
    (tmp_path / "film_restored_ffv1.mkv").unlink()
    (tmp_path / "film_restored_dpx" / "film_restored.0086402.dpx").unlink()
    (tmp_path / "film_restored_png" / "film_restored.0086404.png").unlink()
    exported(film, tmp_path, *FORMATS)
    assert differing(tree(tmp_path), wanted) == {}


def retouched(path, same_length):
    """Changed by somebody after the export, in a program of theirs."""
    data = path.read_bytes()
    path.write_bytes(data[:-40] + b"retouched" + data[-31:] if same_length else data + b"more")


@pytest.mark.parametrize("same_length", [True, False])
@pytest.mark.parametrize("name", ["film_restored_dpx/film_restored.0086403.dpx", "film_restored_ffv1.mkv"])
def test_a_file_that_somebody_has_changed_is_neither_overwritten_nor_taken_for_the_programs(tmp_path, exported, whole, name, same_length):
    film, wanted = whole
    exported(film, tmp_path, "dpx", "ffv1", "png")
    retouched(tmp_path / name, same_length)
    before = tree(tmp_path)
    for identity in ("", "second model"):
        with pytest.raises(OutputRefused, match=rf"{name}: is not as the program wrote it.*move it away"):
            exported(film, tmp_path, "dpx", "ffv1", identity=identity)
    assert tree(tmp_path).items() >= {key: value for key, value in before.items() if not key.endswith(".jsonl")}.items()
    (tmp_path / name).rename(tmp_path / "of the archive")           # the cure that is told
    exported(film, tmp_path, "dpx", "ffv1")
    assert tree(tmp_path)[name] == wanted[name]


def test_nor_where_another_format_was_exported_since(tmp_path, exported, whole):
    """The record is newer than the change then, so it is only met when the file is to be replaced."""
    film, _ = whole
    exported(film, tmp_path, "dpx", "ffv1")
    still, movie = tmp_path / "film_restored_dpx" / "film_restored.0086403.dpx", tmp_path / "film_restored_ffv1.mkv"
    for path in (still, movie):
        retouched(path, True)
    exported(film, tmp_path, "png")
    mine = still.read_bytes(), movie.read_bytes()
    for form in ("dpx", "ffv1"):
        with pytest.raises(OutputRefused, match="is not as the program wrote it"):
            exported(film, tmp_path, form, identity="second model", restore=lambda i, p: recolour(i + 1, p))
    assert (still.read_bytes(), movie.read_bytes()) == mine and not list(tmp_path.rglob("*.partial"))


@pytest.mark.parametrize("name", ["film_restored_tiff/film_restored.0086401.tif", "film_restored_prores422hq.mov"])
def test_a_file_of_another_format_that_no_record_knows_is_left_alone(tmp_path, exported, whole, name):
    film, _ = whole
    exported(film, tmp_path, "dpx")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("of the archive")
    before = tree(tmp_path)
    with pytest.raises(OutputRefused, match=rf"{name}: .*no record of the program knows it"):
        exported(film, tmp_path, "tiff", "prores422hq")
    assert tree(tmp_path) == before


def test_killed_in_the_middle_of_a_line_or_packet(tmp_path, exported, whole):
    film, wanted = whole
    with pytest.raises(Cancelled):
        exported(film, tmp_path, *FORMATS, run=StopAt(4))
    ledger = tmp_path / "film_restored.frames.jsonl"
    ledger.write_bytes(ledger.read_bytes()[:-30])
    for still in tmp_path.glob("film_restored_*/film_restored.0086403.*"):
        still.rename(still.with_name(f".{still.name}.partial"))         # its name comes after its line
    for packets in tmp_path.glob(".*.packets"):
        with packets.open("ab") as file:
            file.write(b"half a packet")
    (tmp_path / "film_restored_dpx" / ".film_restored.0086405.dpx.partial").write_bytes(b"half a still")
    exported(film, tmp_path, *FORMATS)
    assert differing(tree(tmp_path), wanted) == {}


def test_another_model_replaces_frame_by_frame_and_removes_nothing(tmp_path, exported, whole):
    film, wanted = whole
    exported(film, tmp_path, *FORMATS, identity="first model", restore=lambda i, p: recolour(i + 1, p))
    before = tree(tmp_path)
    (tmp_path / "film_restored_dpx" / "notes.txt").write_text("of the user")
    said = Said(steps=3)
    with pytest.raises(Cancelled):
        exported(film, tmp_path, "dpx", "ffv1", run=said)
    assert said.lines == ["7 files of an earlier export are replaced one by one as they are made"]
    made = [path.relative_to(tmp_path).as_posix() for path in sorted((tmp_path / "film_restored_dpx").glob("*.dpx"))]
    now = tree(tmp_path)
    new = [now[name] == wanted[name] for name in made]
    assert new == sorted(new, reverse=True) and 3 <= sum(new) < 6
    assert all(now[name] == before[name] for name in before if not name.endswith(".jsonl") and name not in made)
    exported(film, tmp_path, "dpx", "ffv1")
    now = tree(tmp_path)
    for name in wanted:
        assert now[name] == (wanted if "_dpx" in name or "_ffv1" in name else now if name.endswith(".jsonl") else before)[name]
    assert "film_restored_dpx/notes.txt" in now


@pytest.mark.parametrize("killed", ["before its line", "between its line and its name", "after both"])
def test_going_back_to_the_first_model_makes_what_the_second_has_written_over(tmp_path, exported, whole, monkeypatch, killed):
    film, wanted = whole
    exported(film, tmp_path, "dpx", "png")
    put = exporting.put_in_place

    def stop(path):
        if killed == "after both" or "0086401" not in path.name:
            put(path)
        if "0086401" in path.name:
            raise Cancelled

    monkeypatch.setattr(exporting, "put_in_place", stop)
    with pytest.raises(Cancelled):
        exported(film, tmp_path, "dpx", identity="second model", restore=lambda i, p: recolour(i + 1, p))
    monkeypatch.undo()
    if killed == "before its line":
        ledger = tmp_path / "film_restored.frames.jsonl"
        ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:-1]))
    made = []
    exported(film, tmp_path, "dpx", "png", restore=lambda i, p: (made.append(i), recolour(i, p))[1])
    assert made == ([0] if killed == "before its line" else [0, 1])
    assert {name: data for name, data in tree(tmp_path).items() if "_dpx" in name or "_png" in name} == {
        name: data for name, data in wanted.items() if "_dpx" in name or "_png" in name}


def test_ranges_add_up(tmp_path, exported, whole):
    _, wanted = whole
    for first in (0, 3):
        part = film_of(tmp_path / "scan")
        part.part(first, first + 3)
        exported(part, tmp_path / "out", "dpx", "ffv1", restore=lambda i, p, first=first: recolour(i + first, p))
    made = tree(tmp_path / "out")
    stills = [name for name in wanted if name.startswith("film_restored_dpx/")]
    assert all(made[name] == wanted[name] for name in stills)
    assert {name for name in made if name not in stills} == {
        "film_restored.frames.jsonl", "film_restored_ffv1.0086400-0086402.mkv", "film_restored_ffv1.0086403-0086405.mkv"}
    frames = [json.loads(line) for line in made["film_restored.frames.jsonl"].splitlines()]
    assert sorted(line["frame"] for line in frames if "frame" in line) == [f"008640{i}" for i in range(6)]


def test_a_record_of_a_newer_program_is_left_alone(tmp_path, exported, whole):
    film, _ = whole
    exported(film, tmp_path, "dpx")
    ledger = tmp_path / "film_restored.frames.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"version": 2', b'"version": 3'))
    before = tree(tmp_path)
    with pytest.raises(NewerVersion, match=r"frames\.jsonl"):
        exported(film, tmp_path, "dpx", identity="second model")
    ledger.write_bytes(b'{"export": 1}\n')
    with pytest.raises(MediaError, match="damaged"):
        exported(film, tmp_path, "dpx")
    assert {**tree(tmp_path), ledger.name: before[ledger.name]} == before


@pytest.mark.parametrize("number", [1, 2, 7])
def test_a_record_with_a_damaged_line_is_refused_and_left_as_it_is(tmp_path, exported, whole, number):
    film, _ = whole
    exported(film, tmp_path, "dpx", "ffv1")
    ledger = tmp_path / "film_restored.frames.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    lines[number - 1] = bytes(len(lines[number - 1]) - 1) + b"\n"
    ledger.write_bytes(b"".join(lines))
    before = tree(tmp_path)
    for form in ("dpx", "png"):
        with pytest.raises(MediaError, match=rf"frames\.jsonl: line {number} is damaged.*backup.*another folder"):
            exported(film, tmp_path, form)
    assert tree(tmp_path) == before


def test_another_format_later(tmp_path, exported, whole):
    film, wanted = whole
    for form in FORMATS:
        exported(film, tmp_path, form)
    assert differing(tree(tmp_path), wanted) == {}


def test_a_frame_that_cannot_be_read_ends_it_and_what_came_before_is_kept(tmp_path, exported, whole, monkeypatch):
    film, wanted = whole
    read = film.read

    def damaged(index):
        if index == 4:
            raise DamagedFrame(film.info.path, 86404, "test")
        return read(index)

    monkeypatch.setattr(film, "read", damaged)
    with pytest.raises(DamagedFrame, match="86404"):
        exported(film, tmp_path, *FORMATS)
    monkeypatch.undo()
    made = []
    exported(film, tmp_path, *FORMATS, restore=lambda i, p: (made.append(i), recolour(i, p))[1])
    assert differing(tree(tmp_path), wanted) == {} and 0 not in made


@pytest.mark.slow
def test_memory_does_not_grow_with_the_film(tmp_path):
    code = MEMORY.format(root=str(ROOT), tests=str(ROOT / "tests" / "engine"), folder=str(tmp_path))
    short, long = (int(subprocess.run([sys.executable, "-c", code, str(frames)], stdout=subprocess.PIPE, check=True,
                                      env=os.environ | {"OMP_NUM_THREADS": "1"}).stdout) for frames in (10, 100))
    assert long < short * 1.1, (short, long)


MEMORY = """
import resource, sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from engine.export.export import ExportSettings, export
from engine.media.colour import to_display
from engine.run import Run
from export.conftest import Film, faded, recolour
frames = int(sys.argv[1])
film = Film(Path({folder!r}) / str(frames) / "scan", [faded(0, (270, 480))] * frames)
export(film, lambda i: to_display(film.read(i), "cineon"), recolour,
       ExportSettings(Path({folder!r}) / str(frames) / "out", ("dpx", "exr", "prores422hq")), Run())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""

KILLED = """
import sys, time
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from engine.export.export import ExportSettings, export
from engine.media.colour import to_display
from engine.run import Run
from export.conftest import recolour
from export.test_export_resume import FORMATS, film_of
film = film_of(Path({scan!r}), 40)
print("ready", flush=True)
export(film, lambda i: to_display(film.read(i), "cineon"), recolour, ExportSettings(Path({out!r}), FORMATS), Run())
"""


@pytest.mark.parametrize("named", [True, False])
def test_killed_between_the_line_of_a_movie_and_the_end(tmp_path, exported, whole, monkeypatch, named):
    film, wanted = whole
    put = exporting.put_in_place

    def stop(path):
        if path.suffix != ".mkv" or named:
            put(path)
        if path.suffix == ".mkv":
            raise Cancelled

    exported(film, tmp_path, "ffv1", identity="first model", restore=lambda i, p: recolour(i + 1, p))
    monkeypatch.setattr(exporting, "put_in_place", stop)
    with pytest.raises(Cancelled):
        exported(film, tmp_path, "dpx", "ffv1")
    monkeypatch.undo()
    exported(film, tmp_path, "dpx", "ffv1", restore=lambda i, p: pytest.fail("restored again"))
    made = tree(tmp_path)
    assert made["film_restored_ffv1.mkv"] == wanted["film_restored_ffv1.mkv"] and not [name for name in made if "packets" in name]


@pytest.mark.slow
def test_killed_at_any_point(tmp_path):
    def start(out):
        code = KILLED.format(root=str(ROOT), tests=str(ROOT / "tests" / "engine"), scan=str(tmp_path / "scan"), out=str(tmp_path / out))
        return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=os.environ | {"OMP_NUM_THREADS": "1"})

    began = time.monotonic()
    process = start("whole")
    process.stdout.readline()
    ready = time.monotonic()
    assert process.wait() == 0
    length, kills = time.monotonic() - ready, 0
    for part in range(1, 40):
        process = start("killed")
        process.stdout.readline()
        try:
            assert process.wait(length * (0.05 + 0.013 * part)) == 0
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
    assert kills >= 2 and process.returncode == 0, (kills, began)
    assert differing(tree(tmp_path / "killed"), tree(tmp_path / "whole")) == {}
