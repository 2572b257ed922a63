"""How the program begins its own processes, from the sources and once installed."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import programs
from engine.versions import version_of
from wizard import __main__ as window


def test_from_the_sources_it_is_this_python():
    assert programs.engine_command("show", Path("a b")) == [sys.executable, "-m", "engine", "show", "a b"]
    told = subprocess.run(programs.window_command("--version"), capture_output=True, text=True, timeout=60)
    assert told.stdout == f"Answerprint {version_of('answerprint')}\n" and version_of("answerprint")


def test_installed_it_is_the_program_beside(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "answerprint"))
    assert programs.engine_command("work", 3) == [str(tmp_path / "answerprint-worker"), "work", "3"]
    monkeypatch.setattr(sys, "executable", str(tmp_path / "answerprint.exe"))
    assert programs.window_command() == [str(tmp_path / "answerprint.exe")]


def test_what_the_program_begins_finds_the_libraries_of_the_system(monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/own")
    programs.leave_search_path()
    assert os.environ["LD_LIBRARY_PATH"] == "/own" and programs.RESET not in os.environ         # from the sources it is the user's
    monkeypatch.setenv(programs.RESET, "")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/users")
    programs.leave_search_path()
    assert os.environ["LD_LIBRARY_PATH"] == "/users" and "LD_LIBRARY_PATH_ORIG" not in os.environ
    programs.leave_search_path()
    assert "LD_LIBRARY_PATH" not in os.environ and os.environ[programs.RESET] == "1"


@pytest.mark.parametrize(("words", "command"), [(["restore", "--scan", "x"], True), (["--help"], True), (["film.project"], False),
                                                (["/a/restore"], False), ([], False)])
def test_a_command_goes_to_the_engine_and_a_path_to_the_window(monkeypatch, words, command):
    seen = []
    monkeypatch.setattr(window, "hand_over", lambda words: seen.append(("engine", words)) or 0)
    monkeypatch.setattr(window, "window", lambda project: seen.append(("window", project)) or 0)
    assert window.main(words) == 0
    assert seen == ([("engine", [sys.executable, "-m", "engine", *words])] if command
                    else [("window", Path(words[0]) if words else None)])
