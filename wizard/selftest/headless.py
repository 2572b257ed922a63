"""What the self-test asks the engine for, each in a process of its own, as the window does. No Qt."""
from __future__ import annotations

import json
import platform
import subprocess
from pathlib import Path

from engine.package.checksums import sha256_of
from engine.programs import engine_command
from engine.versions import version_of
from wizard.selftest.checks import Broken

FRAMES, WIDTH, STEPS = 32, 256, 20
LONGEST = 3600.0            # seconds that a command may take on a slow machine
SAMPLE = "sample film"
FORMATS = ("dpx", "prores422hq")


def engine(*words: object) -> str:
    """What a command prints. Raises Broken with its own line, or the last of its words."""
    try:
        ended = subprocess.run(engine_command(*words), stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
                               timeout=LONGEST)
    except OSError as error:
        raise Broken(f"{error.filename}: cannot be begun ({error.strerror}); install the program again") from error
    except subprocess.TimeoutExpired:
        raise Broken(f"{words[0]} did not end within {LONGEST / 60:.0f} minutes; is something else using this machine?") from None
    if ended.returncode:
        raise Broken(f"`answerprint {words[0]}` ended with code {ended.returncode}: {last_line(ended.stderr)}")
    return ended.stdout


def last_line(words: str) -> str:
    """The line by which a program says why it ended."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    own = [line.removeprefix("answerprint: ") for line in lines if line.startswith("answerprint: ")]
    return (own or lines or ["it said nothing; install the program again"])[-1]


def versions() -> str:
    """That the window and the engine are of one version."""
    own, other = f"Answerprint {version_of('answerprint')}", engine("--version").strip()
    if own != other:
        raise Broken(f"the window is {own}, its worker {other}; remove the program and install it again")
    return f"{own}, Python {platform.python_version()}, {platform.system()} {platform.release()} {platform.machine()}"


def device() -> str:
    """Where a training would run, and why not on a faster device."""
    return "; ".join(engine("device").splitlines())


def make_film(folder: Path) -> str:
    """A short and small sample film below `folder`."""
    engine("sample", folder / SAMPLE, "--json", "--frames", FRAMES, "--width", WIDTH)
    return f"{FRAMES} frames of a faded scan, and a DVD of them"


def restore(folder: Path, out: Path) -> str:
    """The film restored in `out`, as whoever has no window does it."""
    film = folder / SAMPLE
    formats = [word for form in FORMATS for word in ("--format", form)]
    said = json.loads(engine("restore", "--recovery", "colour-reference", "--scan", film / "scan", "--reference", film / "reference.mpg",
                             "--out", out, "--steps", STEPS, "--json", *formats).splitlines()[-1])
    if said["frames"] != FRAMES:
        raise Broken(f"{out}: {said['frames']} of {FRAMES} frames were restored; report this")
    return f"{FRAMES} frames, trained on {said['pairs']['train']} pairs on the device {said['device']}"


def model_holds(out: Path) -> str:
    """That the model's ONNX form makes what torch made."""
    for run in sorted(out.glob("*.project/runs/*/onnx")):
        engine("check-model", run.parent)
        return "its files are as they were left, and ONNX gives the same pictures"
    raise Broken(f"{out}: no model was left; report this")


def prints(folder: Path) -> dict[str, tuple[str, int]]:
    """SHA-256 and time of change of every file of the sample film."""
    return {path.relative_to(folder).as_posix(): (sha256_of(path), path.stat().st_mtime_ns)
            for path in sorted((folder / SAMPLE).rglob("*")) if path.is_file()}


def untouched(folder: Path, before: dict[str, tuple[str, int]]) -> str:
    """That nothing was written to the scan or the reference."""
    now = prints(folder)
    if changed := [name for name in {**before, **now} if before.get(name) != now.get(name)]:
        raise Broken(f"{folder}: {', '.join(changed[:3])} changed while it was restored; report this")
    return f"{len(now)} files of scan and reference are what they were"
