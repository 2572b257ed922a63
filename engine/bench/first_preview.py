"""How soon the window has a picture to show: from the start of the training's process, as the window starts it, to the first held-out frame
that a net makes after a step."""
from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any

from engine.bench.measures import Bench, CommandFailed, make_case
from engine.bench.rows import Line
from engine.jobs import ask_stop, start
from engine.media.fingerprint import fingerprint
from engine.media.open import open_source
from engine.media.source import Reading
from engine.media.volumes import place_of
from engine.project import FOLDER, Medium, Project, Settings
from engine.recoveries.run_folder import RUNS

ROUNDS = 3
GLANCE = 0.02               # seconds
LONGEST = 300.0
PICTURE = re.compile(r"held-\d+\.png")


def measure_preview(bench: Bench, line: Line) -> dict[str, Any]:
    """The median of ROUNDS trainings of one project, each ended at its first picture."""
    folder = bench.folder(line) / f"{line.name}{FOLDER}"
    make_project(folder, make_case(bench, line), line)
    bench.engine(bench.folder(line), "work", folder, "--until", "pairs", seconds=120)
    rounds = []
    for done in range(ROUNDS):
        bench.run.step(done, ROUNDS, "waiting for the first preview")
        shutil.rmtree(folder / RUNS, ignore_errors=True)
        rounds.append(seconds_to_picture(folder))
    return {"seconds": round(statistics.median(rounds), 2), "rounds": [round(seconds, 2) for seconds in rounds]}


def make_project(folder: Path, case: Path, line: Line) -> None:
    """A project of a case as a window leaves it, before anything is done."""

    def medium(path: Path) -> Medium:
        with open_source(path) as source:
            return Medium(place_of(path, folder, fingerprint(source)), Reading(), source.info.encoding)

    settings = Settings(minutes=line.minutes, device=line.device)
    Project(folder, line.name, "colour-reference", medium(case / "scan"), medium(case / "reference.mpg"), settings).save()


def seconds_to_picture(project: Path) -> float:
    """Train until the first picture is there. Raises CommandFailed where none comes."""
    began = time.monotonic()
    process = start(project, "train")
    try:
        while not any(PICTURE.fullmatch(path.name) for path in project.glob(f"{RUNS}/*/preview/held-*.png")):
            if process.poll() is not None or time.monotonic() - began > LONGEST:
                raise CommandFailed(f"{project}: the training made no picture of a held-out frame; see worker.log there")
            time.sleep(GLANCE)
        return time.monotonic() - began
    finally:
        end(process, project)


def end(process: subprocess.Popen[bytes], project: Path) -> None:
    """Stop the training and wait until it is gone."""
    if process.poll() is None:
        ask_stop(project)
    process.wait()
