"""How a training run is watched: the error of its batches in training.jsonl and the held-out error in curve.jsonl."""
from __future__ import annotations

import json
from pathlib import Path

from torch import Tensor

from engine.files import read_lines, told, write_lines
from engine.train.held_out import difference
from engine.train.samples import Batch

EVERY = 20          # steps
PIXELS = 4_096      # of a batch that are compared


class Training:
    """training.jsonl: a line every EVERY steps, added as the run goes."""

    def __init__(self, folder: Path, step: int) -> None:
        """What a run noted after `step`, where it goes on now, is taken back."""
        self.path = folder / "training.jsonl"
        write_lines(self.path, [row for row in read_lines(self.path) if row["step"] <= step])

    def note(self, step: int, batch: Batch, chroma: Tensor) -> None:
        """The error of a batch, as the net stood before the step."""
        if step % EVERY == 0:
            row = {"step": step, "dE00": round(difference(batch, chroma, PIXELS), 3)}
            with told(self.path, "training.jsonl"), self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
