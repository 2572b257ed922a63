"""How good the colour is, and how soon: the program on real pairs and made cases, beside CopyCat's own output and the LUT.

A line of the table that is measured leaves OUT/NAME/score.json, and is not measured again with the same settings.
"""
from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from engine.bench.first_preview import measure_preview
from engine.bench.measures import Bench, measure_case, measure_keyframes, measure_pairs
from engine.bench.rows import CLIP, DETAIL_CASES, SEED, Line, benchmark_data, chosen, lines
from engine.bench.speed import machine
from engine.files import write_json
from engine.run import Run
from engine.train.device import probe

VERSION = 1
NOT_MEASURED = "not measured"
HEAD = ("| row | measure | untouched | CopyCat | must | goal | LUT | this machine | minutes, steps |\n"
        "|---|---|---:|---:|---:|---:|---:|---:|---:|")
MEASURES: dict[str, Callable[[Bench, Line], dict[str, Any]]] = {
    "pairs": measure_pairs, "case": measure_case, "spatial": measure_case, "telecine": measure_case, "keyframes": measure_keyframes,
    "preview": measure_preview}

Scores = dict[str, dict[str, Any]]


def main(run: Run, data: Path | None, out: Path, only: Sequence[str] = (), cases: Sequence[tuple[str, int]] = (),
         scale: float = 1.0) -> str:
    """Measure the lines of these names or kinds (all where none is named); the whole table as Markdown, with what `out` has of the others.
    Trainings are `scale` times as long as they are to be. Raises UsageError, CommandFailed, Cancelled; the same call goes on."""
    known = lines(cases or ((CLIP, SEED),), scale)
    bench = Bench(benchmark_data(data).resolve(), out.resolve(), run)
    for line in chosen(known, only):
        if read(bench, line) is None and not (line.device == "cuda" and probe("cuda")):
            with run.phase(line.name):
                measure(bench, line)
    return table(known, {line.name: scores for line in known if (scores := read(bench, line))})


def measure(bench: Bench, line: Line) -> None:
    """Leaves score.json in the line's folder."""
    folder = bench.folder(line)
    folder.mkdir(parents=True, exist_ok=True)
    scores = MEASURES[line.kind](bench, line)
    write_json(folder / "score.json", {"version": VERSION, "line": asdict(line), "date": time.strftime("%Y-%m-%d"),
                                       "machine": machine(torch.device(line.device))} | scores)


def read(bench: Bench, line: Line) -> dict[str, Any] | None:
    """What was measured of just this line; None where it was not."""
    try:
        scores: dict[str, Any] = json.loads((bench.folder(line) / "score.json").read_text(encoding="utf-8"))
        same = (scores["version"], settings(scores["line"])) == (VERSION, settings(asdict(line)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return scores if same else None


def settings(line: dict[str, Any]) -> dict[str, Any]:
    """Of a line what it is measured with: targets make no figure old."""
    return {name: value for name, value in line.items() if name not in ("must", "goal")}


def table(known: Sequence[Line], measured: Scores) -> str:
    """The lines as a Markdown table, and below it what the figures were measured on."""
    rows = [row for line in known for row in rows_of(line, measured.get(line.name))]
    return "\n".join([HEAD, *rows, "", *notes(known, measured)])


def rows_of(line: Line, scores: dict[str, Any] | None) -> list[str]:
    """A line of the table; of a case also that of its steadiness."""
    spent = f"{line.minutes:.3g}, {scores['steps']:,}" if scores and "steps" in scores else f"{line.minutes:.3g}" if scores else ""
    if line.kind == "preview":
        return [row(line.words, "seconds after Train", "", "", line.must, line.goal, "", scores["seconds"] if scores else NOT_MEASURED, "")]
    if line.detail:
        return detail_rows(line, scores, spent)
    untouched, copycat, lut, result = (figure(scores, part, "dE00") for part in ("untouched", "copycat", "lut", "result"))
    must, goal = line.must, line.goal
    if must is None and isinstance(copycat, float):
        must, goal = copycat, 0.7 * copycat
    found = [row(line.words, "dE00", untouched, copycat, must, goal, lut, NOT_MEASURED if result is None else result, spent)]
    if line.kind in ("case", "keyframes"):
        untouched, lut, result = (figure(scores, part, "flicker") for part in ("untouched", "lut", "result"))
        half = lut / 2 if lut is not None else None
        found.append(row(line.words, "flicker", untouched, "", lut, half, lut, NOT_MEASURED if result is None else result, spent))
    return found


def detail_rows(line: Line, scores: dict[str, Any] | None, spent: str) -> list[str]:
    """Luma in dB; of a case by part, each to be so much above the best linear filter and the scan."""
    if line.kind == "pairs":
        untouched, copycat, linear, result = (figure(scores, part, "psnr_y") for part in ("untouched", "copycat", "lut", "result"))
        return [row(line.words, "luma, dB", untouched, copycat, line.must, line.goal, linear, NOT_MEASURED if result is None else result,
                    spent)]
    parts, linear_parts = (((scores or {}).get(name) or {}) for name in ("where", "filter_where"))
    found = []
    for part, above in DETAIL_CASES[line.kind].items():
        result, untouched = (parts.get(part, {}).get(who) for who in ("result", "untouched"))
        linear = linear_parts.get(part, {}).get("result")
        known = linear is not None and untouched is not None
        must, goal = (asked(linear, untouched) if known else None for asked in (above.must, above.goal))
        found.append(row(line.words, f"luma, dB, {part}", untouched, "", must, goal, linear, NOT_MEASURED if result is None else result,
                         spent))
    return found


def figure(scores: dict[str, Any] | None, part: str, what: str) -> float | None:
    """A figure of the scorer, where there is one."""
    found = (scores or {}).get(part) or {}
    return float(found[what]) if what in found else None


def row(*cells: float | str | None) -> str:
    """Figures with two places."""
    shown = ("" if cell is None else cell if isinstance(cell, str) else f"{cell:.2f}" for cell in cells)
    return f"| {' | '.join(shown)} |"


def notes(known: Sequence[Line], measured: Scores) -> list[str]:
    """Which machine and day the figures are of, and which rows the trainings had not seen."""
    places: dict[str, list[str]] = {}
    for name, scores in measured.items():
        places.setdefault(f"{scores['date']}, {scores['machine']}", []).append(name)
    trained = [line.name for line in known if line.name in measured and line.kind == "pairs" and not measured[line.name]["left_out"]]
    said = [f"{', '.join(names)}: {place}." for place, names in places.items()]
    spent = {name: sum(s["seconds"].values()) / 60 for name, s in measured.items() if isinstance(s["seconds"], dict)}
    if spent:
        said.append(f"Minutes in all, with what is before and after training: {', '.join(f'{n} {m:.1f}' for n, m in spent.items())}.")
    if trained:
        said.append(f"Trained on the very rows that are scored: {', '.join(trained)}.")
    return said + [f"Left out of the training {name}, and scored: {', '.join(scores['left_out'])}. CopyCat had seen them."
                   for name, scores in measured.items() if scores.get("left_out")]
