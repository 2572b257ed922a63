"""In the barest old system that the program is for, with only the listed packages: an installation, the self-test and the removal, as a
user without rights and without a network. The check that comes before a release."""
from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.installer.loaded import script
from tests.package.conftest import ROOT, one

RELEASE = "bullseye"            # glibc 2.31
BARE = ROOT / "build" / f"bare-{RELEASE}"


@pytest.fixture(scope="module")
def bare() -> Path:
    """The root folder of a minimal Debian with the listed packages, made once."""
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        pytest.skip("needs root and debootstrap")
    if not (BARE / "home/user").is_dir():
        shutil.rmtree(BARE, ignore_errors=True)
        packages = ",".join([*script("package").PACKAGES.split(), "xz-utils"])
        subprocess.run(["debootstrap", "--variant=minbase", f"--include={packages}", RELEASE, BARE], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["chroot", BARE, "useradd", "--create-home", "user"], check=True)
    return BARE


def inside(bare: Path, command: str) -> subprocess.CompletedProcess[str]:
    """A command of the user's in the bare system: no network, an empty environment, /proc and /dev as a system has them."""
    mounts = (f"mount -t proc proc {bare}/proc; mount --bind /dev {bare}/dev; mount -t tmpfs -o mode=1777 tmpfs {bare}/dev/shm; "
              f"exec chroot --userspec=user:user {bare} /usr/bin/env -i HOME=/home/user PATH=/usr/bin:/bin sh -c \"$1\"")
    return subprocess.run(["unshare", "--mount", "--net", "--pid", "--fork", "sh", "-euc", mounts, "sh", f"cd; {command}"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=1700)


def test_the_whole_way(bare: Path) -> None:
    installer = one("*.run")
    shutil.copy(installer, bare / "home/user/installer.run")
    before = inside(bare, "find . | sort").stdout
    done = inside(bare, "sh installer.run --quiet && .local/bin/answerprint selftest && sh .local/opt/answerprint/uninstall.sh --quiet")
    print(done.stdout)
    assert done.returncode == 0, done.stdout
    assert inside(bare, "rm -rf .cache/fontconfig; rmdir .cache .config 2>/dev/null; find . | sort").stdout == before
