"""A trial of detail: some real steps, which tell how long training takes here, and the filter that it has to beat, to be looked at."""
from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from engine.run import Run
from engine.train.asked import TrainSettings
from engine.train.begin import calculates_half, calculating, scratch
from engine.train.checkpoint import Plan
from engine.train.detail import BATCH, DetailTrainer, look_through
from engine.train.detail_preview import grey
from engine.train.device import choose_device
from engine.train.machine import cores, device_name, memory_total, memory_used
from engine.train.pictures import WIDTH, write_png

WARM, STEPS = 3, 12


@dataclass(frozen=True)
class DetailTrial:
    """As `engine.train.trial.Trial`; `filter_psnr` and `untouched_psnr` are dB of the best linear filter and of the frame in its final tone
    on parts of held-out frames; None where no pair is held out."""

    device: str
    device_name: str
    cores: int
    memory_bytes: int | None
    memory_total: int | None
    batch: int
    step_seconds: float
    prepare_seconds: float
    filter_psnr: float | None
    untouched_psnr: float | None
    window: tuple[int, int] | None = None
    less: bool = False


def try_out_detail(pairs: Sequence[Path], device: str, folder: Path, run: Run) -> DetailTrial:
    """Take STEPS steps as training does; leaves scan-, lut- (the filter) and target-NNNNNNN.png of every held-out pair in `folder`.

    Raises TooShort, DeviceMissing, MediaError, DiskFull, Cancelled."""
    began = time.monotonic()
    files, chosen = look_through(pairs, run), choose_device(device)
    plan = Plan("", chosen.type, torch.get_num_threads(), calculates_half(chosen), BATCH, WARM + STEPS, None)
    with calculating(plan.threads, chosen), scratch(folder / "samples") as place:
        trainer = DetailTrainer(files, TrainSettings(device=device), plan, place, place, run, began, time.monotonic)
        prepared = time.monotonic() - began
        for step in range(WARM + STEPS):
            if step == WARM:
                began = time.monotonic()
            run.step(step, WARM + STEPS, "trying out training")
            trainer.advance()
        step_seconds = (time.monotonic() - began) / STEPS
        used, held = memory_used(chosen), trainer.held_out
        for sample in held.samples if held else ():
            planes = sample.part()
            shown = {"scan": planes[0], "lut": held.linear.apply(planes[0]), "target": planes[-2]} if held else {}
            for what, plane in shown.items():
                write_png(folder / f"{what}-{sample.path.stem}.png", grey(plane, WIDTH))
        linear, untouched = (round(value, 3) for value in held.baselines) if held else (None, None)
    return DetailTrial(chosen.type, device_name(chosen), cores(), used, memory_total(chosen), plan.batch, round(step_seconds, 5),
                       round(prepared, 2), linear, untouched)
