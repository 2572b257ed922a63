"""What builds the Linux installers: it stops, in one line, where something would go wrong unseen."""
from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

from tests.installer.linux import tiny_installers
from tests.installer.loaded import FOLDER, script

pytestmark = pytest.mark.skipif(not all(shutil.which(tool) for tool in ("xz", "tar", "git")), reason="needs Linux, xz and git")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """package.py with sources and a dist of its own."""
    module = script("package")
    (tmp_path / "sources").mkdir()
    (tmp_path / "dist").mkdir()
    for name, value in (("ROOT", tmp_path / "sources"), ("DIST", tmp_path / "dist"), ("version", lambda: "1.2")):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return module


def committed(package: ModuleType) -> Path:
    """A file in the sources, after its commit."""
    (package.ROOT / "pyproject.toml").write_text("[project]\n")
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=package.ROOT, check=True)
    return Path(package.ROOT / "pyproject.toml")


def test_the_source_archive_holds_what_was_committed(package: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    file = committed(package)
    package.check_source()
    assert capsys.readouterr().out == ""
    with tarfile.open(package.source()) as archive:
        assert archive.getnames() == ["answerprint-1.2", "answerprint-1.2/pyproject.toml"]
    file.write_text("[project]\nname = 'x'\n")
    package.check_source()
    assert "not committed" in capsys.readouterr().out


def test_no_empty_archive_is_left_where_git_or_tar_fails(package: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="git ended with"):
        package.check_source()
    with pytest.raises(SystemExit, match="git ended with"):
        package.source()
    (package.DIST / "answerprint").mkdir()
    (package.DIST / "bin").mkdir()
    (package.DIST / "bin/tar").write_text("#!/bin/sh\necho cut\nexit 2\n")
    (package.DIST / "bin/tar").chmod(0o755)
    monkeypatch.setenv("PATH", f"{package.DIST}/bin:{os.environ['PATH']}")
    with pytest.raises(SystemExit, match="tar ended with 2"):
        package.archive(package.DIST / "answerprint", "2.17")
    assert not list(package.DIST.glob("*.xz"))


def test_what_signing_needs_is_missed_before_the_build(package: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["package", "--sign", str(tmp_path / "key")])
    monkeypatch.setattr(package, "lay_out", lambda python: pytest.fail("it began"))
    missing = "minisign"
    monkeypatch.setattr(package.shutil, "which", lambda tool: None if tool == missing else f"/usr/bin/{tool}")
    with pytest.raises(SystemExit, match="minisign missing; on Debian"):
        package.main()
    missing = ""
    with pytest.raises(SystemExit, match="key: there is no such key"):
        package.main()


def test_a_program_that_old_systems_do_not_run_is_not_said_to_run_there(
        package: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for floor, named in (("2.31", True), ("2.9", True), ("2.36", False)):
        monkeypatch.setattr(package, "glibc_floor", lambda bundle, floor=floor: (floor, bundle / "_internal/a.so"))
        package.script(tmp_path / "install.sh", floor, 1000, 0, "")
        text = (tmp_path / "install.sh").read_text()
        assert f"NEEDED_GLIBC={floor}\n" in text and "@SYSTEMS@" not in text and ("Ubuntu 20.04" in text) == named
        assert package.checked_floor(tmp_path, old_base=False)[0] == floor
        if named:
            assert package.checked_floor(tmp_path, old_base=True)[0] == floor
    with pytest.raises(SystemExit, match=r"_internal/a.so needs glibc 2\.36"):
        package.checked_floor(tmp_path, old_base=True)


def test_a_name_that_removing_does_not_know_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "answerprint/plugins").mkdir(parents=True)
    with pytest.raises(SystemExit, match=r"plugins in .*: neither installing nor removing knows it"):
        tiny_installers(tmp_path, "1.2")


def test_the_old_base_is_made_anew_where_what_goes_into_it_has_changed(tmp_path: Path) -> None:
    """With a debootstrap that only counts, and no package archives behind it."""
    (tmp_path / "bin").mkdir()
    for name, words in (("debootstrap", f"echo called >>'{tmp_path}/calls'; mkdir -p \"$4/usr/src\""), ("apt-get", "exit 1")):
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{words}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    script_text, copy = (FOLDER / "linux/old_base.sh").read_text(), tmp_path / "old_base.sh"
    calls = []
    for text in (script_text, f"{script_text}# another patch\n", script_text.replace('TOOLS="gcc', 'TOOLS="g++ gcc'),
                 script_text.replace('SCREEN="libgl1', 'SCREEN="libxcb1 libgl1')):
        copy.write_text(text)
        ended = subprocess.run(["sh", copy, tmp_path / "base"], env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin"})
        calls.append((tmp_path / "calls").read_text().count("called"))
        assert ended.returncode and not (tmp_path / "base/made").exists()
    assert calls == [1, 1, 2, 3]
