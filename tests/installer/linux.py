"""The Linux installers of a tiny program, and a user without rights in an empty environment: shared by the tests of both, and by those of
the real program in tests/package."""
from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.installer.loaded import script

NOBODY = "nobody"
PROGRAM = """#!/bin/sh
case ${1:-} in
    --version) echo "Answerprint %s" ;;
    wait) read -r line ;;
esac
"""
Run = Callable[..., subprocess.CompletedProcess[str]]


def tiny_installers(dist: Path, version: str) -> Path:
    """A .run and a .tar.xz in `dist`, of a program that only tells its version."""
    package = script("package")
    package.DIST, package.version = dist, lambda: version
    bundle = dist / "answerprint"
    (bundle / "_internal/PyQt6").mkdir(parents=True)
    for name in ("answerprint", "answerprint-worker"):
        (bundle / name).write_text(PROGRAM % version)
        (bundle / name).chmod(0o755)
    package.complete(bundle)
    packed = package.archive(bundle, "2.17")
    return package.self_extracting(packed, "2.17", package.size(bundle))


def give_to_user(folder: Path) -> None:
    """Make a folder that of the user without rights, where tests run as root."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(NOBODY)
        os.chown(folder, user.pw_uid, user.pw_gid)


def user_in(home: Path) -> Run:
    """`run('sh', path, ..., network=False, answers='y', NAME=value)` in an empty environment, as a user without rights; its result, output
    and errors as one."""

    def call(*words: object, network: bool = True, answers: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        known = {"HOME": home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **environment}
        command = ["env", "-i", *(f"{name}={value}" for name, value in known.items()), *map(str, words)]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid", NOBODY, "--regid", str(pwd.getpwnam(NOBODY).pw_gid), "--clear-groups", *command]
        if not network:
            command = ["unshare", "-n" if os.geteuid() == 0 else "-rn", *command]
        return subprocess.run(command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=1500, input=answers)

    return call


def home_in(base: Path) -> Path:
    """An empty home of that user, with a space and letters beyond ASCII in its name."""
    home = base / f"answerprint test ñ {os.getpid()}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    give_to_user(home)
    return home


def files(folder: Path) -> set[str]:
    """All that lies below, folders too."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
