"""The one-folder program: what it needs of the system, what lies in it, and that it works in a home that cannot be written to."""
from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from engine.versions import version_of
from tests.installer.linux import Run
from tests.installer.loaded import script
from tests.package.conftest import one

VERSION = version_of("answerprint")


def test_the_glibc_that_any_file_needs(bundle: Path) -> None:
    package = script("package")
    floor, path = package.glibc_floor(bundle)
    print(f"glibc {floor}, for {path.relative_to(bundle)}")
    built_here = os.confstr("CS_GNU_LIBC_VERSION").split()[1]
    assert tuple(map(int, floor.split("."))) <= tuple(map(int, built_here.split(".")))
    assert package.older_systems(floor) or (package.STAGE / "dist").exists(), "only a build with --here leaves that folder"
    if installers := list(bundle.parent.glob("*.run")):
        assert f"NEEDED_GLIBC={floor}\n".encode() in installers[0].open("rb").read(20_000)


def test_all_that_lies_in_it_is_known_to_what_removes_it(bundle: Path) -> None:
    assert {path.name for path in bundle.iterdir()} < set(script("package").CONTENTS)
    assert all(os.access(bundle / name, os.X_OK) for name in ("answerprint", "answerprint-worker", "uninstall.sh"))


def test_sizes() -> None:
    package, folder = script("package"), one("answerprint")
    assert package.size(folder) < package.MOST_ON_DISK
    assert all(path.stat().st_size < package.MOST_PACKED for path in folder.parent.glob("answerprint?*.*"))


def test_no_library_is_missing(bundle: Path) -> None:
    """Each library is found beside those that need it, or is one of the system's that the list names."""
    told = subprocess.run(["ldd", *script("package").elves(bundle / "_internal" / "PyQt6")], capture_output=True, text=True,
                          env={"LD_LIBRARY_PATH": str(bundle / "_internal"), "PATH": os.environ["PATH"]})
    assert {line.split()[0] for line in told.stdout.splitlines() if "not found" in line} == set()


def test_notices_and_manual_are_inside(bundle: Path) -> None:
    notices = {path.name for path in (bundle / "notices").iterdir()}
    assert {"sbom.cdx.json", "THIRD-PARTY.txt", "SOURCE-OFFER.txt", "SYSTEM-LIBRARIES.txt"} <= notices
    assert json.loads((bundle / "notices/sbom.cdx.json").read_text(encoding="utf-8"))["metadata"]["component"]["version"] == VERSION
    pages = bundle / "_internal/manuals/user/html"
    assert {"align.html", "media.html", "train.html", "export.html", "first.html"} <= {path.name for path in pages.iterdir()}
    assert list((pages.parent / "pictures").glob("*.png"))


def test_a_home_that_cannot_be_written_to(as_user: Run, bundle: Path, home: Path) -> None:
    if as_user("test", "-x", bundle / "answerprint").returncode:
        pytest.skip(f"{bundle}: lies where a user without rights cannot read")
    home.chmod(0o555)
    os.chown(home, 0, 0) if os.geteuid() == 0 else None
    tested = as_user(bundle / "answerprint", "selftest", network=False, TMPDIR="/var/tmp")
    print(tested.stdout)
    assert tested.returncode == 0 and list(home.iterdir()) == []


def test_the_window_opens_on_a_screen(bundle: Path, as_user: Run) -> None:
    """Under a real X server, where one is there."""
    if not Path("/usr/bin/xvfb-run").exists():
        pytest.skip("xvfb-run is not here")
    told = as_user("xvfb-run", "-a", "-s", "-screen 0 1440x900x24", bundle / "answerprint", "measure-window", QT_QPA_PLATFORM="xcb",
                   TMPDIR="/var/tmp")
    assert told.returncode == 0 and "first window" in told.stdout, told.stdout
