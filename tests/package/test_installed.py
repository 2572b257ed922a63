"""The installers as an archive's IT uses them: as a user without rights, without a network, with an empty environment."""
from __future__ import annotations

import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.versions import version_of
from tests.installer.linux import Run, files
from tests.package.conftest import DIST, one

VERSION = version_of("answerprint")


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """A disk of that size that everybody can write to."""
    if os.geteuid() != 0:
        pytest.skip("a small disk can be made by root only")
    disk = Path("/var/tmp") / f"answerprint small disk {os.getpid()}"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=1777", "tmpfs", disk], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)
        disk.rmdir()


def test_selftest_without_network_and_no_trace_after_uninstalling(as_user: Run, home: Path) -> None:
    done = as_user("sh", one("*.run"), "--quiet", network=False)
    assert done.returncode == 0 and done.stdout == "", done.stdout
    assert as_user(home / ".local/bin/answerprint", "--version").stdout == f"Answerprint {VERSION}\n"
    tested = as_user(home / ".local/bin/answerprint", "selftest", network=False)
    print(tested.stdout)
    assert tested.returncode == 0, tested.stdout
    removed = as_user(home / ".local/opt/answerprint/uninstall.sh", "--quiet")
    assert removed.returncode == 0 and removed.stdout == ""
    assert not [name for name in files(home) if "fontconfig" not in name and name != ".cache"]      # the system's own, of fonts


def test_a_copy_that_is_cut_short_is_told(as_user: Run, home: Path) -> None:
    assert f"Answerprint {VERSION}" in as_user("sh", one("*.run"), "--check").stdout
    with one("*.run").open("rb") as file:
        (home / "short.run").write_bytes(file.read(50_000_000))
    told = as_user("sh", home / "short.run", "--quiet")
    assert told.returncode == 1 and "is damaged; copy it again" in told.stdout and files(home) == {"short.run"}


@pytest.mark.parametrize("size", ["200m", "900m"])
def test_a_full_disk_is_told_and_nothing_is_left(as_user: Run, size: str) -> None:
    """Too small as is told before; and filled by others meanwhile, for which `df` is made to see more room than there is."""
    with small_disk(size) as disk:
        told = as_user("sh", one("*.run"), "--quiet", "--prefix", disk / "answerprint")
        assert told.returncode == 1 and "MB are free; free some" in told.stdout and files(disk) == set()
        (disk / "df").write_text("#!/bin/sh\nprintf 'x\\nx 9 9 9999999999 x\\n'\n")
        (disk / "df").chmod(0o755)
        told = as_user("sh", one("*.run"), "--quiet", "--prefix", disk / "answerprint", PATH=f"{disk}:/usr/bin:/bin")
        assert told.returncode == 1 and "could not be unpacked" in told.stdout and files(disk) == {"df"}


def test_the_archive_with_install_sh_and_another_copy_beside(as_user: Run, home: Path) -> None:
    assert as_user("sh", one("*.run"), "--quiet").returncode == 0
    as_user("tar", "-xf", one("*-linux-x86_64.tar.xz"))
    done = as_user("sh", home / f"answerprint-{VERSION}" / "install.sh", "--quiet", "--prefix", home / "another copy")
    assert done.returncode == 0 and done.stdout == "", done.stdout
    for name in ("answerprint", f"answerprint-{VERSION}"):
        assert as_user(home / ".local/bin" / name, "inspect", "/nowhere").stdout.startswith("answerprint: /nowhere: there is no such file")


def test_the_deb_comes_and_goes() -> None:
    if os.geteuid() != 0:
        pytest.skip("dpkg is root's")
    assert subprocess.run(["dpkg", "-i", one("*.deb")], stdout=subprocess.DEVNULL).returncode == 0
    try:
        assert subprocess.run(["answerprint", "--version"], capture_output=True, text=True).stdout == f"Answerprint {VERSION}\n"
        told = subprocess.run(["dpkg", "--verify", "answerprint"], capture_output=True, text=True)
        assert told.stdout == "", told.stdout
        assert subprocess.run(["man", "-w", "answerprint"], capture_output=True).returncode in (0, 127)
    finally:
        subprocess.run(["dpkg", "--purge", "answerprint"], stdout=subprocess.DEVNULL, check=True)
    assert not Path("/usr/lib/answerprint").exists() and not Path("/usr/bin/answerprint").is_symlink()


def test_the_source_archive_is_whole() -> None:
    with tarfile.open(one("*-source.tar.xz")) as archive:
        assert {f"answerprint-{VERSION}/{name}" for name in ("pyproject.toml", "engine/__init__.py", "LICENSE")} <= set(archive.getnames())


def test_the_list_of_sums_holds() -> None:
    one("SHA256SUMS")
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=DIST, capture_output=True, text=True)
    assert checked.returncode == 0 and checked.stdout.count(": OK") == 4, checked.stdout
