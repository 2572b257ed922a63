"""The Windows scripts, as far as they can be tried away from Windows: the installer is compiled, the build script's plain parts are run."""
from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from tests.installer.loaded import script

ROOT = Path(__file__).parents[2]
WINDOWS = ROOT / "installer" / "windows"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
FILES = ("answerprint.exe", "answerprint-worker.exe", "LICENSE", "_internal/base_library.zip", "_internal/PyQt6/Qt6/bin/Qt6Core.dll",
         "_internal/manuals/user/html/página $1.html")
needs_makensis = pytest.mark.skipif(not shutil.which("makensis"), reason="makensis is not installed")


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """windows/build.py with a tiny program in a dist of its own."""
    module = script("windows/build")
    for name, path in (("DIST", tmp_path), ("BUNDLE", tmp_path / "answerprint"), ("REMOVE", tmp_path / "remove.nsh")):
        monkeypatch.setattr(module, name, path)
    for name in FILES:
        path = module.BUNDLE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 100)
    return module


def test_the_uninstaller_deletes_what_was_installed_and_nothing_else(build: ModuleType) -> None:
    lines = build.removal(build.BUNDLE).splitlines()
    assert {line for line in lines if line.startswith("Delete ")} == {
        'Delete "$INSTDIR\\' + name.replace("/", "\\").replace("$", "$$") + '"' for name in FILES}
    assert not any("/r" in line or "*" in line for line in lines)
    inside = lines.index('Delete "$INSTDIR\\_internal\\PyQt6\\Qt6\\bin\\Qt6Core.dll"')
    assert inside < lines.index('RMDir "$INSTDIR\\_internal\\PyQt6\\Qt6\\bin"') < lines.index('RMDir "$INSTDIR\\_internal"')


@needs_makensis
def test_the_installer_is_compiled_with_its_uninstaller(build: ModuleType) -> None:
    build.REMOVE.write_text(build.removal(build.BUNDLE), encoding="utf-8")
    (command,) = build.pack(inno=False)
    told = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    assert told.returncode == 0, told.stdout[-2000:] + told.stderr
    assert "warning" not in told.stdout, told.stdout
    assert "Uninstall: " in told.stdout and "Uninstall code+data:" in told.stdout
    setup = build.DIST / f"answerprint-{VERSION}-windows-x86_64-setup.exe"
    content = setup.read_bytes()
    assert content.startswith(b"MZ") and b"NullsoftInst" in content
    assert VERSION.encode("utf-16-le") in content
    if shutil.which("7z"):
        inside = subprocess.run(["7z", "l", "-slt", setup], capture_output=True, text=True).stdout
        assert all(Path(name).name in inside for name in (*FILES, "uninstall.exe"))


@needs_makensis
def test_the_installer_is_not_compiled_without_a_version(build: ModuleType) -> None:
    told = subprocess.run(["makensis", f"-DBUNDLE={build.BUNDLE}", WINDOWS / "answerprint.nsi"], capture_output=True, text=True)
    assert told.returncode and "say /DVERSION=" in told.stderr


def test_what_a_silent_uninstaller_keeps() -> None:
    """Each question of the uninstaller has "no" as its answer, where nobody is asked and where somebody only presses Enter."""
    nsis, inno = ((WINDOWS / f"answerprint.{kind}").read_text() for kind in ("nsi", "iss"))
    asked = [line for line in nsis.splitlines() if "MB_YESNO" in line]
    assert len(asked) == 1 and all("MB_DEFBUTTON2" in line and "/SD IDNO IDNO " in line for line in asked)
    assert inno.count("MB_YESNO or MB_DEFBUTTON2") == inno.count("MsgBox(") == 1
    assert inno.index("if UninstallSilent then exit;") < inno.index("MsgBox(")
    for own in (nsis, inno):
        assert "RunAsAdmin" not in own and ("RequestExecutionLevel user" in own or "PrivilegesRequired=lowest" in own)
        assert VERSION not in own, "the version is in pyproject.toml alone"


def test_projects_and_results_stay_and_the_question_names_all_that_goes() -> None:
    for kind, documents, own in (("nsi", "$DOCUMENTS", ("$APPDATA", "$LOCALAPPDATA")),
                                 ("iss", "{userdocs}", ("{userappdata}", "{localappdata}"))):
        text = (WINDOWS / f"answerprint.{kind}").read_text(encoding="utf-8")
        deleting = [line for line in text.splitlines() if "RMDir /r" in line or "DelTree(" in line]
        assert len(deleting) == 2 and not any(documents in line or "Projects" in line for line in deleting)
        assert "GPU pack" in text and "paquete GPU" in text and f"{documents}\\Answerprint" in text
        assert all(f"{folder}\\Answerprint" in text for folder in own)


def test_the_stage_is_laid_out_where_there_was_none(build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "STAGE", tmp_path / "build" / "windows")
    made: list[Path] = []
    monkeypatch.setattr(build.venv, "create", lambda folder, with_pip: made.append(folder))
    for _ in range(2):
        build.lay_out()
        assert (build.STAGE / "version.txt").read_text() == f"{VERSION}\n"
        assert all((build.STAGE / name).exists() for name in ("answerprint.spec", "programs/answerprint.py", "assets/program.png"))
    assert made == [build.STAGE / "venv"] * 2


def test_what_the_build_would_do_is_printed(build: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["build.py", "--dry"])
    assert build.main() == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 5
    assert "constraints.txt" in told[0] and "[package]" in told[0] and "[dev]" not in told[0]
    assert "PyInstaller" in told[3] and "answerprint.spec" in told[3]
    assert told[4].startswith("makensis") and f"VERSION={VERSION}" in told[4]
    monkeypatch.setattr(sys, "argv", ["build.py", "--dry", "--inno"])
    assert build.main() == 0
    assert f"ISCC /DVERSION={VERSION}" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="this is Windows")
def test_away_from_windows_it_says_so_and_does_nothing(build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["build.py"])
    monkeypatch.setattr(build, "lay_out", lambda: pytest.fail("it began"))
    with pytest.raises(SystemExit, match="on Windows only"):
        build.main()
