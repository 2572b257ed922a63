"""What a training run leaves to be looked at, read beside the window's thread when it changes."""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from engine.errors import MediaError
from engine.files import read_lines
from engine.recoveries.run_folder import Correction, RunInfo, read_corrections
from wizard.background import Background
from wizard.measure import COLOUR, Measure
from wizard.steps.train_stages import Stage

Point = tuple[int, float]
Mark = tuple[float, ...]
Sheet = tuple[list[QImage], list[QImage], list[tuple[int, list[QImage]]]]


@dataclass(frozen=True)
class HeldOut:
    """A held-out frame as a run shows it: what the net sees of the scan, the result so far (None before the first look), the target."""

    frame: int
    scan: QImage
    result: QImage | None
    target: QImage


@dataclass(frozen=True)
class RunView:
    """A run so far: it stands at `step`, its pictures at `looked`. `sheet` is the crops' scans, their targets, and (step, pictures)
    columns; `held` says whether the crops are of held-out frames, `measured` on how many of them the curve is, in figures of
    `measure`; `lut` is the figure of what it has to beat, `untouched` that of the frame as it was. `corrections` are what shots that stand
    out got; a step takes `step_seconds`, the run `memory` bytes (None: not told)."""

    training: tuple[Point, ...]
    curve: tuple[Point, ...]
    lut: float | None
    step: int
    looked: int
    frames: tuple[HeldOut, ...]
    sheet: Sheet
    held: bool
    corrections: tuple[Correction, ...]
    step_seconds: float | None = None
    memory: int | None = None
    measured: int = 0
    measure: Measure = COLOUR
    untouched: float | None = None

    @property
    def error(self) -> float | None:
        return self.curve[-1][1] if self.curve else None


class Views(QObject):
    """The views of trainings, each by its folder; `arrived` (folder) tells that one was read anew."""

    arrived = pyqtSignal(object)

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self._known: dict[Path, tuple[Mark, RunView]] = {}
        self._reading: set[Path] = set()

    def of(self, run: RunInfo | None, stage: Stage) -> RunView | None:
        """What was read last of a training of a run, however old; it is read anew where its files changed since."""
        if run is None:
            return None
        folder = run.folder / stage.folder
        mark, known = mark_of(folder), self._known.get(folder)
        if (known is None or known[0] != mark) and folder not in self._reading:
            self._read(folder, mark, known[1] if known else None, stage.measure)
        return known[1] if known else None

    def _read(self, folder: Path, mark: Mark, before: RunView | None, measure: Measure) -> None:
        self._reading.add(folder)

        def take(view: RunView) -> None:
            self._reading.discard(folder)
            self._known[folder] = (mark, view)
            self.arrived.emit(folder)

        self._background.begin(lambda: read_run(folder, before, measure), take, lambda error: self._reading.discard(folder))


def mark_of(folder: Path) -> Mark:
    """Changes whenever curves or pictures of a run were written."""
    found = []
    for path in (folder / "curve.jsonl", folder / "training.jsonl", folder / "scope.json", folder / "preview"):
        try:
            found.append(path.stat().st_mtime)
        except OSError:
            found.append(0.0)
    return tuple(found)


def read_run(folder: Path, before: RunView | None = None, measure: Measure = COLOUR) -> RunView:
    """Everything that is whole in a run's folder; what is missing or half written is left out. `before`: what was read of it earlier, for
    the pictures that do not change."""
    rows, training = _lines(folder / "curve.jsonl"), points(_lines(folder / "training.jsonl"), measure.error)
    curve = points(rows, measure.error)
    looked = max((int(row.get("step", 0)) for row in rows), default=0)
    beside = (measure.rival, measure.untouched)
    lut, untouched = (next((float(row[name]) for row in reversed(rows) if name in row), None) for name in beside)
    step = max([looked, *(at for at, _ in training)])
    sheet, held = read_sheet(folder / "preview", before.sheet if before and before.looked <= looked else None)
    last = rows[-1] if rows else {}
    pace = float(last["step_ms"]) / 1000 if last.get("step_ms") else None
    return RunView(training, curve, lut, step, looked, read_frames(folder / "preview", before), sheet, held, read_corrections(folder), pace,
                   last.get("memory_bytes"), int(last.get("held_out", 0)), measure, untouched)


def _lines(path: Path) -> list[dict[str, Any]]:
    """None of a file that is damaged: the training itself says so when it goes on with it."""
    try:
        return read_lines(path)
    except MediaError:
        return []


def points(rows: list[dict[str, Any]], figure: str) -> tuple[Point, ...]:
    return tuple((int(row["step"]), float(row[figure])) for row in rows if figure in row and "step" in row)


def read_frames(preview: Path, before: RunView | None) -> tuple[HeldOut, ...]:
    known = {frame.frame: frame for frame in before.frames} if before else {}
    found = []
    for path in sorted(preview.glob("held-*.target.png")):
        stem = path.name.split(".")[0]
        frame = int(stem.split("-")[1])
        old = known.get(frame)
        scan = old.scan if old else picture(preview / f"{stem}.scan.png")
        target = old.target if old else picture(path)
        if scan and target:
            found.append(HeldOut(frame, scan, picture(preview / f"{stem}.png") or (old.result if old else None), target))
    return tuple(found)


def read_sheet(preview: Path, before: Sheet | None) -> tuple[Sheet, bool]:
    """The contact sheet, the checkpoint's column among the others, and whether it is of held-out frames."""
    try:
        told: dict[str, Any] = json.loads((preview / "sheet.json").read_text(encoding="utf-8"))
        crops, steps = range(len(told["crops"])), [int(step) for step in told["steps"]]
        saved = int(told.get("checkpoint", 0))
    except (OSError, ValueError, KeyError, TypeError):
        return ([], [], []), True

    def column(end: str) -> list[QImage]:
        return [picture(preview / f"crop-{k}-{end}.png") or QImage() for k in crops]

    held = any(crop.get("held_out") for crop in told["crops"])
    known = dict(before[2]) if before and len(before[0]) == len(crops) else {}
    columns = [(step, known.get(step) or column(f"step-{step:06d}")) for step in steps]
    if saved and saved not in steps:
        columns = sorted([*columns, (saved, known.get(saved) or column("checkpoint"))], key=lambda pair: pair[0])
    scan, target = (before[0], before[1]) if before and known else (column("scan"), column("target"))
    return (scan, target, columns), held


def picture(path: Path) -> QImage | None:
    """A picture as it is drawn quickest; None where it is not whole."""
    found = QImage(str(path))
    return None if found.isNull() else found.convertToFormat(QImage.Format.Format_RGB32)
