"""The set-up says in one line what is missing and its cure."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.installer.loaded import script


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """installer/dev.py with an empty place for its .venv."""
    module = script("dev")
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(sys, "argv", ["dev.py", "setup"])
    return module


def said(dev: ModuleType) -> str:
    with pytest.raises(SystemExit) as ended:
        dev.main()
    text = str(ended.value)
    assert "\n" not in text
    return text


def test_a_python_that_is_too_old(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert "3.11" in said(dev)


def test_a_missing_venv_package(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert "apt install python3-venv" in said(dev)


def test_a_missing_system_library(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **_: object) -> object:
        starts = "import cv2" in command
        return SimpleNamespace(returncode=int(starts), stderr="ImportError: libGL.so.1: cannot open shared object file" if starts else "")

    monkeypatch.setattr("venv.create", lambda *a, **k: None)
    monkeypatch.setattr(subprocess, "run", run)
    text = said(dev)
    assert "libGL.so.1" in text
    assert "apt install" in text and "libgl1" in text


def test_a_verb_that_is_not_there(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["dev.py", "dance"])
    assert "run, test" in said(dev)


def test_without_a_display_the_sample_is_restored_in_the_terminal_and_it_says_so(
        dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(dev, "call", lambda *command, **_: calls.append(command) or 0)
    monkeypatch.setattr(dev, "manual", lambda arguments: 0)
    monkeypatch.setattr(dev, "restore_sample", lambda arguments: calls.append(("in the terminal",)) or 0)
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert dev.run([]) == 0 and calls == [("in the terminal",)]
    assert "no display" in capsys.readouterr().out
    monkeypatch.setenv("DISPLAY", ":0")
    assert dev.run([]) == 0 and calls[-1][1:] == ("-m", "wizard")
