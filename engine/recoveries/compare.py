"""Training runs measured on the same frames: those held out that none of them was trained on, whatever pairs each was trained with."""
from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import UsageError
from engine.pairs.pair import Pair
from engine.recoveries.runs import RunInfo, runs, used_run
from engine.recoveries.truth import Truth
from engine.recoveries.work import Work, choice_of, device_for, laid_of
from engine.run import Run, each

OTHERS = 32             # frames that are taken where no held-out frame is left


@dataclass(frozen=True)
class Measured:
    """A run by its number: dE00 over all frames that count, over those of each shot, and of its LUT over all."""

    run: int
    dE00: float  # noqa: N815
    shots: dict[str, float]
    lut_dE00: float  # noqa: N815


@dataclass(frozen=True)
class Comparison:
    """`frames` (places in the scan) are what counts, `held_out` whether they were held out by any of the runs, `left_out` those held out by
    one and trained on by another, `shots` how many count of each shot by the words of the latest run, `used` the run in use."""

    frames: tuple[int, ...]
    held_out: bool
    left_out: tuple[int, ...]
    shots: dict[str, int]
    used: int | None
    runs: tuple[Measured, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compare_runs(work: Work, numbers: Sequence[int], run: Run) -> Comparison:
    """Measure whole runs, all where no `numbers` are given, as training measures: each with the balance and the words for shots that it was
    trained with, against the colour as it is known now. Nothing is kept. Raises UsageError where a run is not there, or where no frame
    is left that none of them was trained on."""
    known = {info.number: info for info in runs(work.project) if info.whole}
    if missing := [n for n in numbers if n not in known]:
        raise UsageError(f"{work.project.folder}: run {missing[0]} is not there or did not come to its end; there are "
                         f"{', '.join(map(str, known)) or 'none'}")
    chosen = [known[n] for n in sorted(set(numbers) or known)]
    if not chosen:
        raise UsageError(f"{work.project.folder}: nothing is trained in this project yet; run `restore` first")
    choices = [choice_of(replace(work.project, run=info.number)) for info in chosen]
    if other := [info.number for info, choice in zip(chosen, choices, strict=True) if len(choice["shots"]) != len(work.scan)]:
        raise UsageError(f"{work.project.folder}: run {other[0]} was trained on another range of the film; leave it out with --runs")
    truth = work.truth(run)
    frames, held_out, left_out = frames_for(choices, truth)
    if not frames:
        raise UsageError(f"{work.project.folder}: every frame whose colour is known was trained on by one of these runs; name others "
                         "with --runs")
    words = choices[-1]["shots"]
    found: list[Measured] = []
    with tempfile.TemporaryDirectory(prefix="answerprint-compare-") as folder:
        for info, choice in zip(chosen, choices, strict=True):
            errors, lut = measure(work, truth, info, choice["shots"], frames, Path(folder) / str(info.number), run)
            shots = {word: mean([e for i, e in errors.items() if words[i] == word]) for word in dict.fromkeys(words[i] for i in errors)}
            found.append(Measured(info.number, mean(list(errors.values())), shots, round(lut, 4)))
    counted = tuple(errors)
    used = used_run(work.project)
    return Comparison(counted, held_out, left_out, {word: sum(words[i] == word for i in counted) for word in found[-1].shots},
                      used.number if used else None, tuple(found))


def frames_for(choices: Sequence[dict[str, Any]], truth: Truth) -> tuple[tuple[int, ...], bool, tuple[int, ...]]:
    """The frames that count, whether they are held-out ones, and those that do not count because one of the runs was trained on them.
    Where no held-out frame is left, others whose colour is surely known, evenly over the film."""
    trained = {i for choice in choices for i in choice["train"]}
    held = {i for choice in choices for i in choice["held_out"]}
    partners = [i for i in truth.frames if i not in trained]
    counted = tuple(i for i in partners if i in held)
    if counted:
        return counted, True, tuple(sorted(held & trained))
    others = [i for i in partners if i not in truth.unsure]
    count = min(OTHERS, len(others))
    return tuple(others[(2 * k + 1) * len(others) // (2 * count)] for k in range(count)), False, tuple(sorted(held & trained))


def measure(
    work: Work, truth: Truth, info: RunInfo, words: Sequence[str], frames: Sequence[int], folder: Path, run: Run
) -> tuple[dict[int, float], float]:
    """dE00 of a run on each frame that shows anything, and of its LUT over them."""
    from engine.train.verdict import Judge

    project = replace(work.project, run=info.number)
    seen = laid_of(project).seen
    folder.mkdir()
    judge = Judge(info.model, device_for(project, run), folder)

    def make(index: int) -> Pair:
        return truth.pair(index, seen, True, words[index])

    there = []
    for done, pair in enumerate(each(make, frames, room=work.scan.info.working_bytes)):
        run.step(done, len(frames), f"measuring run {info.number}")
        if pair.weight.any():
            judge.see(pair)
            there.append(pair.index)
    return judge.errors(there), judge.lut(there)


def mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 4)


def table(comparison: Comparison) -> str:
    """The comparison as lines for people."""
    kind = "held-out frames" if comparison.held_out else "frames, not held out by any,"
    lines = [f"dE00 on {len(comparison.frames):,} {kind} that none of these runs was trained on"
             + (f"; {len(comparison.left_out):,} more were held out by one and trained on by another, and do not count"
                if comparison.left_out else "")]
    heads = ["run", "all", "its LUT", *(f"{word} ({count})" for word, count in comparison.shots.items())]
    rows = [[f"{'*' if m.run == comparison.used else ''}{m.run}", f"{m.dE00:.2f}", f"{m.lut_dE00:.2f}",
             *(f"{m.shots[word]:.2f}" for word in comparison.shots)] for m in comparison.runs]
    widths = [max(len(row[k]) for row in (heads, *rows)) for k in range(len(heads))]
    lines += ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in (heads, *rows)]
    return "\n".join([*lines, *(["* results are made with this run"] if comparison.used in [m.run for m in comparison.runs] else [])])
