"""That the network is really taken away, from this process and from those that it begins."""
from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from engine.files import homeless
from tests.conftest import naming


def test_whoever_asks_for_the_network_is_refused_and_written_down(offline: Path) -> None:
    asked = Path(os.environ["NETWORK_ASKED_FOR"])
    with pytest.raises(OSError, match="taken away"):
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    assert "127.0.0.1" in asked.read_text()
    asked.unlink()
    code = "import urllib.request; urllib.request.urlopen('http://example.invalid/')"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ended.returncode and "taken away" in ended.stderr and "example.invalid" in asked.read_text()
    asked.unlink()


def test_files_that_name_the_home_folder_are_found(offline: Path, tmp_path: Path) -> None:
    (tmp_path / "said.txt").write_text(f"here: {offline / 'film'}")
    (tmp_path / "nameless.txt").write_text(homeless(f"here: {offline / 'film'}"))
    assert naming(offline, tmp_path) == ["said.txt"]
    assert (tmp_path / "nameless.txt").read_text() == f"here: ~{os.sep}film"
