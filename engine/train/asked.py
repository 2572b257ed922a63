"""What a training is asked for, and what it gives."""
from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class TrainSettings:
    """`steps` or `minutes` (all that `train` does ends within them), or neither: then training stops when the held-out error has stopped
    falling. `come_back`: where no steps are given it stops sooner, once what is trained on comes back (see `by_heart`). `start` is the
    model of an earlier run, whose net this one begins with. `trained_on` (JSON) is what the pairs were made of, which the model carries
    with itself; nothing that is learnt depends on it."""

    steps: int | None = None
    minutes: float | None = None
    seed: int = 0
    device: str = "auto"
    start: Path | None = None
    come_back: bool = False
    trained_on: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TrainResult:
    """`device_name` is what a user knows the device by. `held_out`: dE00 of the net, lut_dE00 (the better of the LUT a shot and the LUT
    over the film) and untouched_dE00 on held-out pairs; None where none were held out. `frames`: dE00 of the net on each of these, by its
    mark; `back`: dE00 of what was trained on, where it has to come back, by the pair's name."""

    model: Path
    steps: int
    device: str
    device_name: str
    held_out: dict[str, float] | None
    frames: dict[str, float]
    ended_early: bool = False
    back: dict[str, float] = field(default_factory=dict)
