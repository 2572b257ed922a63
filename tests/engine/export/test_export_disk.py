"""Folders that are refused, disks that are full."""
from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from engine.errors import DiskFull, OutputRefused
from engine.export import stills

from .conftest import Film, differing, faded, tree

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("below", ["", "restored", "../scan", "linked"])
def test_the_folder_of_the_scan_is_refused(tmp_path, exported, below):
    film = Film(tmp_path / "scan", [faded(1)])
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "linked").symlink_to(tmp_path / "scan")
    before = tree(tmp_path / "scan")
    out = tmp_path / "other" / "linked" if below == "linked" else tmp_path / "scan" / below
    with pytest.raises(OutputRefused, match="folder of the source"):
        exported(film, out, "dpx")
    assert tree(tmp_path / "scan") == before and sorted(p.name for p in (tmp_path / "scan").iterdir()) == ["film.0086400.dpx"]


def test_a_folder_of_results_that_leads_to_the_scan_is_refused(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(1)], kind="stills", name="film")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "film_restored_png").symlink_to(tmp_path / "scan")
    before = tree(tmp_path / "scan")
    with pytest.raises(OutputRefused, match="folder of the source"):
        exported(film, tmp_path / "out", "png")
    assert tree(tmp_path / "scan") == before


def test_a_restored_still_is_not_restored_over_itself(tmp_path, exported):
    film = Film(tmp_path / "out" / "film_restored_png", [faded(1)], kind="stills", name="film")
    with pytest.raises(OutputRefused, match="folder of the source"):
        exported(film, tmp_path / "out", "png")


def test_results_of_another_film_of_the_same_name_are_left_alone(tmp_path, exported):
    exported(Film(tmp_path / "a", [faded(1)]), tmp_path / "out", "dpx", "ffv1")
    before = tree(tmp_path / "out")
    with pytest.raises(OutputRefused, match="another film of the name film"):
        exported(Film(tmp_path / "b", [faded(2, (20, 40))]), tmp_path / "out", "dpx")
    (tmp_path / "out" / "film_restored.frames.jsonl").unlink()
    with pytest.raises(OutputRefused, match="no record of the program knows it"):
        exported(Film(tmp_path / "a", [faded(1)]), tmp_path / "out", "dpx")
    del before["film_restored.frames.jsonl"]
    assert tree(tmp_path / "out") == before


def test_a_file_in_the_way(tmp_path, exported):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputRefused, match="out: cannot write here"):
        exported(Film(tmp_path / "scan", [faded(1)]), tmp_path / "out", "dpx")


def test_no_permission(tmp_path, exported, monkeypatch):
    film = Film(tmp_path / "scan", [faded(1)])

    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputRefused, match="Permission denied"):
        exported(film, tmp_path / "out", "dpx")


def test_room_is_asked_for_before_the_start(tmp_path, exported, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 1000))
    with pytest.raises(DiskFull, match="nothing was started"):
        exported(Film(tmp_path / "scan", [faded(1)]), tmp_path / "out", "dpx")
    assert not list((tmp_path / "out").rglob("*.*"))


def test_the_disk_fills_up_and_the_same_call_goes_on(tmp_path, exported, monkeypatch):
    film = Film(tmp_path / "scan", [faded(i) for i in range(6)])
    exported(film, tmp_path / "whole", "dpx", "ffv1")
    write, full = stills.write_dpx, [True]

    def writing(file, codes, header):
        file.write(header.raw)
        if full[0] and "0086403" in file.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        file.seek(0)
        write(file, codes, header)

    monkeypatch.setattr(stills, "write_dpx", writing)
    with pytest.raises(DiskFull, match="frame 0086403"):
        exported(film, tmp_path / "out", "dpx", "ffv1")
    there = tree(tmp_path / "out")
    whole = tree(tmp_path / "whole")
    assert not [name for name in there if "partial" in name or "0086403" in name]
    assert {name: data for name, data in there.items() if name.endswith("dpx")}.items() <= whole.items()
    full[0] = False
    exported(film, tmp_path / "out", "dpx", "ffv1")
    assert differing(tree(tmp_path / "out"), whole) == {}


LIMITED = """
import resource, sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from engine.errors import DiskFull, OutputRefused
from engine.export.export import ExportSettings, export
from engine.media.colour import to_display
from engine.run import Run
from export.conftest import Film, faded, recolour
film = Film(Path({scan!r}), [faded(i) for i in range(6)])
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    export(film, lambda i: to_display(film.read(i), "cineon"), recolour, ExportSettings(Path({out!r}), ({form!r},)), Run())
except (DiskFull, OutputRefused) as error:
    print(error)
"""


@pytest.mark.parametrize(("form", "share"), [("ffv1", 0.5), ("prores422hq", 1.0), ("tiff", 0.5)])
def test_a_limit_of_the_system_on_the_packets_and_on_the_movie(tmp_path, exported, form, share):
    film = Film(tmp_path / "scan", [faded(i) for i in range(6)])
    exported(film, tmp_path / "whole", form)
    wanted = tree(tmp_path / "whole")
    limit = int(max(map(len, wanted.values())) * share) - 100
    code = LIMITED.format(root=str(ROOT), tests=str(ROOT / "tests" / "engine"), scan=str(tmp_path / "scan"), out=str(tmp_path / "out"),
                          limit=limit, form=form)
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert ("the disk is full" if form != "tiff" else "does not read back") in said.stdout, said
    assert not list((tmp_path / "out").rglob("*.partial")) and not list((tmp_path / "out").glob("*.m*"))
    exported(film, tmp_path / "out", form)
    assert differing(tree(tmp_path / "out"), wanted) == {}
