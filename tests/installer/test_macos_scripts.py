"""The macOS script, as far as it can be tried away from macOS."""
from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

SHOWN = """
import runpy, sys, types
from pathlib import Path

def nothing(*words, **more):
    return types.SimpleNamespace(binaries=[], datas=[], pure=[], scripts=[])

hooks = types.ModuleType("PyInstaller.utils.hooks")
hooks.collect_submodules = hooks.copy_metadata = lambda name: []
bindepend = types.ModuleType("PyInstaller.depend.bindepend")
bindepend.get_imports = lambda path: []
sys.modules.update({hooks.__name__: hooks, bindepend.__name__: bindepend, **{
    name: types.ModuleType(name) for name in ("PyInstaller", "PyInstaller.utils", "PyInstaller.depend")}})
sys.platform = "darwin"
runpy.run_path(sys.argv[1], {"SPECPATH": sys.argv[2], "Analysis": nothing, "PYZ": nothing, "EXE": nothing, "COLLECT": nothing,
                             "BUNDLE": lambda *words, **more: print(more["info_plist"]["LSBackgroundOnly"])})
"""
ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "installer" / "macos" / "build.sh"
pytestmark = pytest.mark.skipif(not shutil.which("sh"), reason="there is no shell here")


def test_the_script_can_be_read_by_the_shell() -> None:
    assert subprocess.run([shutil.which("bash") or "sh", "-n", SCRIPT], capture_output=True).stderr == b""


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
def test_the_script_has_no_trap_that_shellcheck_knows() -> None:
    told = subprocess.run(["shellcheck", SCRIPT], capture_output=True, text=True)
    assert told.returncode == 0, told.stdout


def test_the_version_is_that_of_the_project() -> None:
    line = next(line for line in SCRIPT.read_text().splitlines() if line.startswith("VERSION="))
    told = subprocess.run(["sh", "-c", f'{line}; echo "$VERSION"'], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    assert told == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


@pytest.mark.skipif(sys.platform == "darwin", reason="this is macOS")
def test_away_from_macos_it_says_so_and_does_nothing() -> None:
    told = subprocess.run(["sh", SCRIPT], capture_output=True, text=True)
    assert told.returncode == 1 and "on macOS only" in told.stderr
    assert not (ROOT / "build" / "macos").exists()


def test_the_program_has_a_window_though_it_is_built_with_a_console(tmp_path: Path) -> None:
    """PyInstaller makes LSBackgroundOnly of the console; what the spec says comes last."""
    (tmp_path / "version.txt").write_text("1.2\n")
    told = subprocess.run([sys.executable, "-c", SHOWN, ROOT / "installer" / "answerprint.spec", tmp_path], capture_output=True, text=True)
    assert told.stdout == "False\n", told.stderr
