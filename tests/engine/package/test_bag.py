"""A bag is whole or not there: stopped, killed, on a disk that knows no links, and where another bag is in its place."""
from __future__ import annotations

import hashlib
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from engine.errors import OutputRefused
from engine.package.bag import SMALL, Payload, make_bag
from engine.run import Cancelled, Run
from tests.engine.package.test_delivered import sums_hold

NAMES = ("a.txt", "b/ä film 100%.mov", "b/c/deep.json", "z.dpx")


def payload(folder: Path, names: tuple[str, ...] = NAMES, content: bytes = b"x") -> dict[str, Payload]:
    found = {}
    for name in names:
        path = folder / "results" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content * (2 * SMALL if name.endswith((".mov", ".dpx")) else 10))
        found[name] = Payload(path, hashlib.sha256(path.read_bytes()).hexdigest())
    return found


class StoppedAt(Run):
    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def step(self, done: int, total: int, note: str = "", left: float | None = None) -> None:
        if done >= self.count:
            raise Cancelled


def valid(bag: Path) -> None:
    bagit.Bag(str(bag)).validate()
    sums_hold(bag / "manifest-sha256.txt")


def test_large_files_are_links_and_small_ones_copies(tmp_path: Path) -> None:
    files = payload(tmp_path)
    make_bag(tmp_path / "x.bag", files, {"Contact-Name": "A\nB"}, (), Run())
    valid(tmp_path / "x.bag")
    data = tmp_path / "x.bag" / "data"
    assert {name: (data / name).samefile(one.path) for name, one in files.items()} == {
        name: name.endswith((".mov", ".dpx")) for name in NAMES}
    assert "Contact-Name: A B\n" in (tmp_path / "x.bag" / "bag-info.txt").read_text()
    size = sum(one.path.stat().st_size for one in files.values())
    assert f"Payload-Oxum: {size}.4\n" in (tmp_path / "x.bag" / "bag-info.txt").read_text()


def test_what_is_written_in_place_is_copied_however_large(tmp_path: Path) -> None:
    files = payload(tmp_path)
    files["z.dpx"] = Payload(files["z.dpx"].path, files["z.dpx"].sha256, alone=True)
    make_bag(tmp_path / "x.bag", files, {}, (), Run())
    assert not (tmp_path / "x.bag" / "data" / "z.dpx").samefile(files["z.dpx"].path)


def test_stopped_it_has_no_name_and_goes_on(tmp_path: Path) -> None:
    files = payload(tmp_path)
    with pytest.raises(Cancelled):
        make_bag(tmp_path / "x.bag", files, {}, (), StoppedAt(2))
    assert not (tmp_path / "x.bag").exists()
    begun = tmp_path / ".x.bag.begun" / "data" / "a.txt"
    before = begun.stat().st_ino
    make_bag(tmp_path / "x.bag", files, {}, (), Run())
    valid(tmp_path / "x.bag")
    assert (tmp_path / "x.bag" / "data" / "a.txt").stat().st_ino == before


def test_what_was_begun_of_other_files_is_begun_anew(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        make_bag(tmp_path / "x.bag", payload(tmp_path), {}, (), StoppedAt(3))
    files = payload(tmp_path / "new", ("z.dpx", "other.txt"), b"y")
    make_bag(tmp_path / "x.bag", files, {}, (), Run())
    valid(tmp_path / "x.bag")


@pytest.mark.skipif(sys.platform == "win32", reason="a killed process is one of Unix here")
def test_killed_in_the_middle_it_goes_on(tmp_path: Path) -> None:
    files = payload(tmp_path)
    script = textwrap.dedent("""
        import hashlib, os, signal, sys
        from pathlib import Path
        from engine.package.bag import Payload, make_bag
        from engine.run import Run

        class Killed(Run):
            def step(self, done, total, note="", left=None):
                if done == 2:
                    os.kill(os.getpid(), signal.SIGKILL)

        top = Path(sys.argv[1])
        files = {name: Payload(top / "results" / name, hashlib.sha256((top / "results" / name).read_bytes()).hexdigest())
                 for name in sys.argv[2:]}
        make_bag(top / "x.bag", files, {}, (), Killed())
    """)
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path), *NAMES]).returncode == -9
    assert not (tmp_path / "x.bag").exists()
    assert (tmp_path / ".x.bag.begun").is_dir()
    make_bag(tmp_path / "x.bag", files, {}, (), Run())
    valid(tmp_path / "x.bag")


def test_the_same_again_leaves_it_as_it_is_and_another_sets_it_aside(tmp_path: Path) -> None:
    files = payload(tmp_path)
    assert make_bag(tmp_path / "x.bag", files, {}, (), Run()) is None
    before = (tmp_path / "x.bag" / "bag-info.txt").stat()
    dated = payload(tmp_path / "later", ("a.txt",), b"t")
    assert make_bag(tmp_path / "x.bag", files | dated, {}, ("a.txt",), Run()) is None
    assert (tmp_path / "x.bag" / "bag-info.txt").stat() == before
    for number in (1, 2):
        more = payload(tmp_path / f"more{number}", (f"more{number}.txt",))
        aside = make_bag(tmp_path / "x.bag", files | more, {}, (), Run())
        assert aside == tmp_path / f"x-{number}.bag"
        valid(aside)
    valid(tmp_path / "x.bag")


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"y" * 10), lambda path: path.write_bytes(b"")])
def test_a_bag_that_is_not_whole_any_more_does_not_stay_unsaid(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    files = payload(tmp_path)
    make_bag(tmp_path / "x.bag", files, {}, (), Run())
    harm(tmp_path / "x.bag" / "data" / "a.txt")
    with pytest.raises(OutputRefused, match="not what was packed any more"):
        make_bag(tmp_path / "x.bag", files, {}, (), Run())
    assert (tmp_path / "x.bag" / "manifest-sha256.txt").is_file()


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs a second disk")
def test_from_another_disk_files_are_copied(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        files = payload(Path(other))
        if Path(other).stat().st_dev == tmp_path.stat().st_dev:
            pytest.skip("it is the same disk")
        make_bag(tmp_path / "x.bag", files, {}, (), Run())
    valid(tmp_path / "x.bag")


def test_a_wrong_bag_gets_no_name(tmp_path: Path) -> None:
    """Something that is in no manifest lies in what was begun."""
    files = payload(tmp_path)
    with pytest.raises(Cancelled):
        make_bag(tmp_path / "x.bag", files, {}, (), StoppedAt(2))
    (tmp_path / ".x.bag.begun" / "data" / "stranger").write_text("?")
    with pytest.raises(OutputRefused, match="5 files"):
        make_bag(tmp_path / "x.bag", files, {}, (), Run())
    assert not (tmp_path / "x.bag").exists()
    make_bag(tmp_path / "x.bag", files, {}, (), Run())
    valid(tmp_path / "x.bag")
