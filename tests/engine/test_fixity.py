"""Fixity of inputs: hashed once, known again, and told by name where they have changed."""
from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from engine.errors import InputChanged, MediaError
from engine.fixity import check, checked, known_prints, names_of, take_in
from engine.run import Cancelled, Run


def files(folder: Path, count: int = 5, size: int = 3000) -> dict[str, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(count):
        (folder / f"reel.{index:04d}.dpx").write_bytes(bytes([index]) * size)
    return names_of("scan", sorted(folder.iterdir()))


def test_names_are_below_the_medium_and_hashes_are_those_of_the_files(tmp_path: Path) -> None:
    named = files(tmp_path / "reel")
    found = take_in(named, tmp_path / "store.jsonl", Run())
    assert list(found) == [f"scan/reel.{index:04d}.dpx" for index in range(5)]
    assert all(found[name].sha256 == hashlib.sha256(path.read_bytes()).hexdigest() for name, path in named.items())
    assert str(tmp_path) not in (tmp_path / "store.jsonl").read_text()


def test_a_file_of_a_folder_within_keeps_its_path(tmp_path: Path) -> None:
    for name in ("VIDEO_TS/VTS_01_1.VOB", "VTS.IFO"):
        (tmp_path / "disc" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "disc" / name).touch()
    assert set(names_of("reference", [tmp_path / "disc/VIDEO_TS/VTS_01_1.VOB", tmp_path / "disc/VTS.IFO"])) == {
        "reference/VIDEO_TS/VTS_01_1.VOB", "reference/VTS.IFO"}


def test_what_is_known_is_not_read_again_until_it_is_checked(tmp_path: Path) -> None:
    """A byte changes without a trace in size or time: taking in believes the time, checking reads."""
    named, store = files(tmp_path / "reel"), tmp_path / "store.jsonl"
    take_in(named, store, Run())
    path = named["scan/reel.0003.dpx"]
    stat = path.stat()
    path.write_bytes(b"x" + path.read_bytes()[1:])
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    take_in(named, store, Run())
    with pytest.raises(InputChanged, match=r"reel\.0003\.dpx.*backup"):
        check(named, store, Run())
    assert checked(store) is None


def test_a_changed_file_is_told_at_once_where_its_time_tells(tmp_path: Path) -> None:
    named, store = files(tmp_path / "reel"), tmp_path / "store.jsonl"
    take_in(named, store, Run())
    named["scan/reel.0001.dpx"].write_bytes(b"another")
    with pytest.raises(InputChanged, match=r"reel\.0001\.dpx"):
        take_in(named, store, Run())


def test_a_file_that_was_only_touched_is_the_same(tmp_path: Path) -> None:
    named, store = files(tmp_path / "reel"), tmp_path / "store.jsonl"
    first = take_in(named, store, Run())
    os.utime(named["scan/reel.0001.dpx"], ns=(1, 1))
    again = check(named, store, Run())
    assert {name: one.sha256 for name, one in again.items()} == {name: one.sha256 for name, one in first.items()}
    assert again["scan/reel.0001.dpx"].at == first["scan/reel.0001.dpx"].at
    told = checked(store)
    assert told is not None
    assert (told["files"], told["bytes"]) == (5, 15000)


def test_a_stopped_hashing_goes_on_and_half_a_line_counts_for_nothing(tmp_path: Path) -> None:
    named, store = files(tmp_path / "reel", count=40), tmp_path / "store.jsonl"

    class Stopping(Run):
        def step(self, done: int, total: int, note: str = "", left: float | None = None) -> None:
            if len(known_prints(store)) >= 10:
                raise Cancelled

    with pytest.raises(Cancelled):
        take_in(named, store, Stopping())
    known = len(known_prints(store))
    assert 10 <= known < 40
    with store.open("a") as file:
        file.write('{"name": "scan/re')
    assert len(take_in(named, store, Run())) == 40
    assert len(store.read_text().splitlines()) == 40


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    named = files(tmp_path / "reel")
    named["scan/reel.0002.dpx"].unlink()
    with pytest.raises(MediaError, match=r"reel\.0002\.dpx"):
        take_in(named, None, Run())


@pytest.mark.parametrize("spoilt", [b"\0" * 40, b"{", b"[]", b'{"nome": "scan/reel.0000.dpx"}'])
def test_a_damaged_line_of_what_is_known_is_told_and_nothing_is_taken_for_new(tmp_path: Path, spoilt: bytes) -> None:
    named, store = files(tmp_path / "reel"), tmp_path / "store.jsonl"
    take_in(named, store, Run())
    lines = store.read_bytes().splitlines(keepends=True)
    store.write_bytes(b"".join([spoilt + b"\n", *lines[1:]]))
    before = store.read_bytes()
    named["scan/reel.0003.dpx"].write_bytes(b"another")
    with pytest.raises(MediaError, match=r"store\.jsonl: .*damaged.*backup"):
        check(named, store, Run())
    assert store.read_bytes() == before


def test_half_a_line_is_forgiven_wherever_it_is_cut(tmp_path: Path) -> None:
    """In the middle of a letter of several bytes, too."""
    (tmp_path / "película.mkv").write_bytes(b"film")
    named, store = names_of("scan", [tmp_path / "película.mkv"]) | files(tmp_path / "reel"), tmp_path / "store.jsonl"
    take_in(files(tmp_path / "reel"), store, Run())
    whole = store.read_bytes()
    take_in(named, store, Run())
    for cut in range(len(whole), len(store.read_bytes())):
        store.write_bytes((whole + '{"name": "scan/película.mkv", "bytes": 4'.encode())[:cut])
        assert len(known_prints(store)) == 5 and store.read_bytes() == whole
