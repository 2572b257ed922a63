"""A trial: some real steps on the real pairs, which tell how long training takes here, and the LUT that it has to beat, to be looked at."""
from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from engine.pairs.pair import PairFile
from engine.run import Run
from engine.train.asked import TrainSettings
from engine.train.begin import calculates_half, calculating, look_through, scratch
from engine.train.checkpoint import Plan
from engine.train.device import choose_device
from engine.train.loop import Trainer
from engine.train.machine import cores, device_name, memory_free, memory_total, memory_used
from engine.train.model import Model
from engine.train.pictures import WIDTH, write_png
from engine.train.preview import Exhibit
from engine.train.room import BATCH

WARM = 3
STEPS = 20


@dataclass(frozen=True)
class Trial:
    """`prepare_seconds` is what a training run takes before its first step; memory is in bytes, None where the system does not tell it;
    `batch` is how many pairs a step sees, or of one pair only `window` (w, h) pixels; `less`: that is less than usual, for want of memory.
    `held_out_lut`, `held_out_untouched`: dE00 of the LUT and of the balanced scan; None where no pair is held out."""

    device: str
    device_name: str
    cores: int
    memory_bytes: int | None
    memory_total: int | None
    batch: int
    window: tuple[int, int] | None
    less: bool
    step_seconds: float
    prepare_seconds: float
    held_out_lut: float | None
    held_out_untouched: float | None


def try_out(pairs: Sequence[Path], device: str, folder: Path, run: Run) -> Trial:
    """Take STEPS steps as training does; leaves scan-, lut- and target-NNNNNNN.png of every held-out pair in `folder`, nothing else.

    Raises TooShort, DeviceMissing, MediaError, DiskFull, Cancelled."""
    began = time.monotonic()
    files = look_through(pairs, run)
    chosen = choose_device(device)
    plan = Plan("", chosen.type, torch.get_num_threads(), calculates_half(chosen), BATCH, WARM + STEPS, None)
    with calculating(plan.threads, chosen), scratch(folder / "samples") as place:
        trainer = Trainer(files, TrainSettings(device=device), plan, place, run, began)
        trainer.fit(memory_free(chosen))
        prepared = time.monotonic() - began
        step_seconds = _timed(trainer, run)
        used = memory_used(chosen)
        plan, samples, held = trainer.plan, trainer.learner.samples, trainer.held_out
        height, width = (n * samples.context for n in samples.size)
        lut, untouched = (round(held.lut, 4), round(held.untouched, 4)) if held else (None, None)
    _pictures([f for f in files if f.held_out], trainer.model, folder, run)
    return Trial(chosen.type, device_name(chosen), cores(), used, memory_total(chosen), plan.batch,
                 (width, height) if plan.side else None, plan.less, round(step_seconds, 5), round(prepared, 2), lut, untouched)


def _timed(trainer: Trainer, run: Run) -> float:
    """Seconds a step, after the first few."""
    began = time.monotonic()
    for step in range(WARM + STEPS):
        if step == WARM:
            began = time.monotonic()
        run.step(step, WARM + STEPS, "trying out training")
        trainer.advance()       # reads the loss back, so the device is done with it
    return (time.monotonic() - began) / STEPS


def _pictures(held_out: Sequence[PairFile], model: Model, folder: Path, run: Run) -> None:
    for done, file in enumerate(held_out):
        run.step(done, len(held_out), "pictures of the LUT")
        stem = file.path.stem
        frame = Exhibit.of(file.load(), stem, model, WIDTH)
        for what, picture in (("scan", frame.scan()), ("lut", frame.lut()), ("target", frame.aim())):
            write_png(folder / f"{what}-{stem}.png", picture)
