"""How a line of the quality benchmark is measured: the program's own commands over its data, then the scorer that came with the data.

Everything lies in the line's folder and is gone on with where it was stopped.
"""
from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.arguments import shot_words
from engine.bench.rows import LEFT_OUT, SHOT, Line
from engine.errors import AnswerprintError, UsageError
from engine.export.certificate import CHROMA_HELD
from engine.export.export import ExportSettings, export
from engine.media.open import open_source
from engine.media.source import FrameSource, Picture, Reading
from engine.programs import engine_command
from engine.project import input_hash, load
from engine.recoveries.runs import used_run
from engine.recoveries.telecine_work import TelecineRestoration
from engine.recoveries.work import restoration_of, shots_of
from engine.run import Cancelled, Run

FRAMES, HEIGHT = 80, 540
KEYFRAMES = 5
GLANCE = 0.25               # seconds between two looks at a command
STILLS = ("--stills", "--shots", SHOT)


class CommandFailed(AnswerprintError):
    """A command of the benchmark ended with an error."""


@dataclass(frozen=True)
class Bench:
    """Where the data lies, where what is made goes, and who is told."""

    data: Path
    out: Path
    run: Run

    def folder(self, line: Line) -> Path:
        return self.out / line.name

    def engine(self, folder: Path, *words: object, seconds: float) -> str:
        """A command of the program, which takes about so long; what it prints. Raises CommandFailed, Cancelled."""
        return self.command(folder / "log.txt", engine_command(*words), str(words[0]), seconds)

    def score(self, folder: Path, kind: str, truth: Path, restored: Path) -> dict[str, Any]:
        """What the scorer says of a folder of pictures. Raises CommandFailed, Cancelled."""
        words = [sys.executable, str(self.data / "bench" / "score.py"), kind, str(truth), str(restored)]
        scores: dict[str, Any] = json.loads(self.command(folder / "log.txt", words, "scoring"))
        return scores

    def command(self, log: Path, words: Sequence[str], note: str, seconds: float = 0.0) -> str:
        """Its standard output; what else it says is kept in `log`. Raises CommandFailed with its last line, Cancelled."""
        began = time.monotonic()
        with log.open("a", encoding="utf-8") as said:
            process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=said, stdin=subprocess.DEVNULL, text=True, encoding="utf-8")
            while True:
                try:
                    printed, _ = process.communicate(timeout=GLANCE)
                    break
                except subprocess.TimeoutExpired:
                    passed = int(time.monotonic() - began)
                    try:
                        self.run.step(passed, max(int(seconds), passed + 1), note)
                    except Cancelled:
                        process.terminate()
                        process.wait()
                        raise
        if process.returncode == 130:
            raise Cancelled
        if process.returncode:
            last = log.read_text(encoding="utf-8").rstrip().rsplit("\n", 1)[-1]
            raise CommandFailed(f"{' '.join(words[1:])}: {last} (all that it said is in {log})")
        return printed


def measure_pairs(bench: Bench, line: Line) -> dict[str, Any]:
    """Rows of a film: trained on those that are given, scored on those that were left out, or, where none were, on all."""
    folder, film = bench.folder(line), bench.data / "pairs" / line.source
    names = sorted(path.stem for path in (film / "input").glob("*.png"))
    if not names:
        raise UsageError(f"{film}: holds no input/*.png; name the folder with the benchmark's data by --data")
    left_out = LEFT_OUT[line.given](names)
    given, asked = film, film
    if left_out:        # they are nowhere in what the training gets
        given, asked = folder / "given", folder / "asked"
        lay_out(film, given, [name for name in names if name not in left_out], ("input", "target"))
        lay_out(film, asked, left_out, ("input", "target", "copycat"))
    restored, project = folder / "restored", folder / "project"
    result = ("--format", "png", "--encoding", "rec709", "--json")
    facts = json.loads(bench.engine(
        folder, *restore(line, given / "input", given / "target", project, folder / "trained" if left_out else restored),
        *STILLS, "--aligned", "--balance", "off", *(() if line.painted else ("--pairs", "all")), *result,
        seconds=90 * line.minutes).splitlines()[-1])
    if left_out:
        bench.engine(folder, "apply", "--project", project, "--scan", asked / "input", "--out", restored, *STILLS, *result,
                     *(("--grain", line.grain) if line.detail else ()), seconds=30)
    with open_source(asked / "input", Reading(stills=True)) as scan:
        write_lut(project, scan, shot_words(SHOT, [scan.name(i) for i in range(len(scan))]), folder / "lut", "png", bench.run)
    scores, lut = (bench.score(folder, "pairs", asked, folder / part) for part in ("restored", "lut"))
    return told(project, facts, scores["result"], lut["result"], scores["untouched"], scores["copycat"]) | {"left_out": left_out}


def measure_case(bench: Bench, line: Line) -> dict[str, Any]:
    """A damaged clip with its reference through the whole program, scored against the truth."""
    folder, case = bench.folder(line), make_case(bench, line)
    project, reference = folder / "project", next(iter(sorted(case.glob("reference.*"))))
    facts = json.loads(bench.engine(
        folder, *restore(line, case / "scan", reference, project, folder / "restored"),
        "--format", "tiff", "--encoding", "rec709", "--json", seconds=60 * line.minutes + 120).splitlines()[-1])
    with open_source(case / "scan") as scan:
        write_lut(project, scan, shots_of(load(project)), folder / "lut", "tiff", bench.run)
    scores, lut = (bench.score(folder, "case", case, folder / part) for part in ("restored", "lut"))
    return told(project, facts, scores, lut, scores["untouched"], None) | {"where": scores.get("where"), "filter_where": lut.get("where")}


def measure_keyframes(bench: Bench, line: Line) -> dict[str, Any]:
    """A damaged clip without its reference: KEYFRAMES of its truth, evenly over it, are given as keyframes painted elsewhere."""
    folder, case = bench.folder(line), make_case(bench, line)
    truth = sorted((case / "truth").glob("*.png"))
    painted = folder / "keyframes"
    painted.mkdir(parents=True, exist_ok=True)
    for place in range(KEYFRAMES):
        shutil.copy2(path := truth[(2 * place + 1) * len(truth) // (2 * KEYFRAMES)], painted / path.name)
    project = folder / "project"
    facts = json.loads(bench.engine(
        folder, "restore", "--recovery", "colour-keyframes", "--scan", case / "scan", "--keyframes", painted, "--project", project,
        "--out", folder / "restored", "--minutes", line.minutes, "--device", line.device,
        "--format", "tiff", "--encoding", "rec709", "--json", seconds=60 * line.minutes + 120).splitlines()[-1])
    with open_source(case / "scan") as scan:
        write_lut(project, scan, shots_of(load(project)), folder / "lut", "tiff", bench.run)
    scores, lut = (bench.score(folder, "case", case, folder / part) for part in ("restored", "lut"))
    return told(project, facts, scores, lut, scores["untouched"], None)


def told(project: Path, facts: dict[str, Any], result: dict[str, Any], lut: dict[str, Any], untouched: dict[str, Any],
         copycat: dict[str, Any] | None) -> dict[str, Any]:
    """The figures of a line as they are kept. Raises CommandFailed where not every picture was there to be scored."""
    for scored in (result, lut):
        if scored["frames"] != scored["expected"]:
            raise CommandFailed(f"{project.parent}: {scored['frames']} of {scored['expected']} pictures were found to be scored; remove "
                                "that folder and give the command again")
    run = used_run(load(project))
    return {"result": result, "lut": lut, "untouched": untouched, "copycat": copycat, "steps": run.steps if run else None,
            "held_out": facts["held_out"], "seconds": facts["seconds"], "luma": facts["luma"]}


def restore(line: Line, scan: Path, reference: Path, project: Path, out: Path) -> list[object]:
    """The words of the command that every line begins with."""
    given = ("colour-keyframes", "--keyframes") if line.painted else (line.recovery, "--reference")
    return ["restore", "--recovery", given[0], "--scan", scan, given[1], reference, "--project", project, "--out", out,
            "--minutes", line.minutes, "--device", line.device, *(("--grain", line.grain) if line.detail else ())]


def lay_out(film: Path, folder: Path, names: Sequence[str], parts: Sequence[str]) -> None:
    """Copies of some rows of a film."""
    for part in parts:
        (folder / part).mkdir(parents=True, exist_ok=True)
        for name in names:
            if not (copy := folder / part / f"{name}.png").exists():
                shutil.copy2(film / part / copy.name, copy)


def make_case(bench: Bench, line: Line) -> Path:
    """The case of a clip and a seed, made once. Raises UsageError where there is no such clip, CommandFailed, Cancelled."""
    kind = line.kind if line.detail else "colour"
    case = bench.out / "cases" / f"{line.source}-{line.seed}{'-' + kind if line.detail else ''}"
    clips = bench.data / "clips"
    clip = next(iter(sorted(clips.glob(f"{line.source}.*"))), None)
    if clip is None:
        raise UsageError(f"--case {line.source}:{line.seed}: no such clip in {clips}; there are "
                         f"{', '.join(sorted(path.stem for path in clips.iterdir()))}")
    if not (case / "case.json").exists():
        case.mkdir(parents=True, exist_ok=True)
        words = [sys.executable, bench.data / "bench" / "make_case.py", clip, case, "--case", kind, "--fade", "heavy",
                 "--seed", line.seed, "--frames", FRAMES, "--height", HEIGHT]
        bench.command(case.parent / f"{case.name}.txt", [str(word) for word in words], "making the case")
    return case


def write_lut(project_folder: Path, scan: FrameSource, shots: Sequence[str], out: Path, form: str, run: Run) -> None:
    """What the LUT of a project's model, or of recovered detail its best linear filter, makes of a scan, in the same files as
    its result."""
    project = load(project_folder)
    used = restoration_of(project, run)
    identity = input_hash("lut", hashlib.sha256(used.model.read_bytes()).hexdigest(), list(shots))

    def rival(index: int, picture: Picture) -> Picture:
        return used.filtered(picture) if isinstance(used, TelecineRestoration) else used.lut(index, picture, shots[index])

    export(scan, lambda i: used.kept(scan, i, shots[i]), rival, ExportSettings(out, (form,), "rec709", identity=identity), run,
           CHROMA_HELD if isinstance(used, TelecineRestoration) else used.proof)
