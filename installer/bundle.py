"""Turns a laid-out stage into the one-folder program. Runs with the Python that goes into the program, on the base that it is built on, and
knows nothing of the project but what package.py has laid out: wheels/, programs/, assets/, manuals/, the spec and lists.

    python3.11 bundle.py STAGE
"""
from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

STRIPPED = ("libpython3*.so*", "python3*/lib-dynload/*.so", "torch/lib/libtorch_cpu.so", "torch/lib/libtorch_python.so", "av/**/*.so",
            "fontTools/**/*.so", "xxhash/*.so")          # where symbols for debuggers take room


def call(*words: object, **environment: str) -> None:
    """Run a command; SystemExit where it fails, which has said why."""
    if code := subprocess.run([str(word) for word in words], env=os.environ | environment).returncode:
        sys.exit(f"bundle.py: {Path(str(words[0])).name} {words[1]} ended with {code} (see above)")


def environment(stage: Path, name: str) -> Path:
    """The Python of a new environment with what NAME.txt asks for, of the wheels alone."""
    folder = stage / name
    venv.create(folder, clear=True, with_pip=False)
    python = folder / "bin" / "python"
    pip = next((stage / "wheels").glob("pip-*.whl"))
    call(python, pip / "pip", "install", "--quiet", "--no-index", "--find-links", stage / "wheels", "--no-compile",
         "-c", stage / "constraints.txt", "-r", stage / f"{name}.txt", PIP_CONFIG_FILE=os.devnull, PIP_DISABLE_PIP_VERSION_CHECK="1",
         PIP_ROOT_USER_ACTION="ignore")
    return python


def strip(bundle: Path) -> None:
    """Take the symbols for debuggers from the libraries that have many."""
    call("strip", "--strip-unneeded", *(path for pattern in STRIPPED for path in sorted((bundle / "_internal").glob(pattern))))


def build(stage: Path) -> Path:
    """The folder of the program, with its notices."""
    runtime, building, tools = (environment(stage, name) for name in ("runtime", "building", "tools"))
    call(building, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", stage / "dist", "--workpath", stage / "work",
         stage / "answerprint.spec")
    bundle = stage / "dist" / "answerprint"
    strip(bundle)
    call(tools, stage / "notices.py", runtime, bundle, bundle / "notices")
    shutil.rmtree(stage / "work")
    return bundle


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
