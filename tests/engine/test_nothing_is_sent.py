"""No library of the program counts, keeps or sends anything on its own."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
USED = "import onnxruntime, torch, cv2, av, OpenImageIO, PyOpenColorIO, onnx"


def left_by(words: str, home: Path) -> list[Path]:
    """The files that a program of these words leaves in a home of its own."""
    home.mkdir()
    known = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_", "ANSWERPRINT_"))}
    subprocess.run([sys.executable, "-c", words], check=True, cwd=ROOT, env=known | {"HOME": str(home), "USERPROFILE": str(home)})
    return [path.relative_to(home) for path in home.rglob("*") if path.is_file()]


def test_libraries_leave_nothing_in_the_home(tmp_path: Path) -> None:
    """onnxruntime begins its telemetry with an identifier of the device on disk."""
    assert left_by(f"import engine\n{USED}", tmp_path / "with the engine") == []
