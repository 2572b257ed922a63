"""What a training run and a trial leave to be looked at, read beside the window's thread."""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PyQt6.QtGui import QImage

Point = tuple[int, float]
LENGTHS = (300, 1_000, 3_000, 10_000)


@dataclass(frozen=True)
class HeldOut:
    """A held-out frame as a run shows it: the balanced scan, the result so far, the target."""

    frame: int
    scan: QImage
    result: QImage
    target: QImage


@dataclass(frozen=True)
class RunView:
    """A run so far. `sheet` is the crops' scans, their targets, and (step, pictures) columns."""

    training: tuple[Point, ...]
    curve: tuple[Point, ...]
    lut: float | None
    step: int
    frames: tuple[HeldOut, ...]
    sheet: tuple[list[QImage], list[QImage], list[tuple[int, list[QImage]]]]

    @property
    def error(self) -> float | None:
        return self.curve[-1][1] if self.curve else None


def read_run(folder: Path) -> RunView:
    """Everything that is whole in a run's folder; what is missing or half written is left out."""
    curve = [row for row in _lines(folder / "curve.jsonl") if "dE00" in row]
    training = [(int(r["step"]), float(r["dE00"])) for r in _lines(folder / "training.jsonl")]
    steps = [*(int(r["step"]) for r in _lines(folder / "curve.jsonl")), *(step for step, _ in training)]
    preview = folder / "preview"
    frames = []
    for path in sorted(preview.glob("held-*.target.png")):
        stem = path.name.split(".")[0]
        scan, result, target = (QImage(str(preview / f"{stem}{end}.png")) for end in (".scan", "", ".target"))
        if not scan.isNull() and not target.isNull():
            frames.append(HeldOut(int(stem.split("-")[1]), scan, scan if result.isNull() else result, target))
    return RunView(tuple(training), tuple((int(r["step"]), float(r["dE00"])) for r in curve),
                   float(curve[-1]["lut_dE00"]) if curve else None, max(steps, default=0), tuple(frames), _sheet(preview))


def _sheet(preview: Path) -> tuple[list[QImage], list[QImage], list[tuple[int, list[QImage]]]]:
    try:
        known: dict[str, Any] = json.loads((preview / "sheet.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [], [], []
    crops = range(len(known["crops"]))
    columns = [(int(step), [QImage(str(preview / f"crop-{k}-step-{int(step):06d}.png")) for k in crops]) for step in known["steps"]]
    return ([QImage(str(preview / f"crop-{k}-scan.png")) for k in crops], [QImage(str(preview / f"crop-{k}-target.png")) for k in crops],
            columns)


def _lines(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON lines file that may be being written."""
    rows: list[dict[str, Any]] = []
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            rows.append(json.loads(line))
    except (OSError, ValueError):
        return rows
    return rows


def mark_of(folder: Path) -> tuple[float, ...]:
    """Changes whenever something in a run's folder was written."""
    found = []
    for path in (folder / "curve.jsonl", folder / "training.jsonl", folder / "preview", folder / "status.json"):
        try:
            found.append(path.stat().st_mtime)
        except OSError:
            found.append(0.0)
    return tuple(found)
