"""Detail and colour from the same reference: two trainings over one alignment, luma first, then chroma on the recovered luma."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.balance.balance import Balance
from engine.detail.pair import DetailPair
from engine.media.colour import to_display
from engine.media.reduce import reduced
from engine.pairs.pair import Pair
from engine.pairs.target import make_pair
from engine.recoveries.detail_steps import train_on_detail
from engine.recoveries.detail_work import Recovered, with_luma
from engine.recoveries.trained_on import leave_trained_on
from engine.recoveries.work import Work, begun_from, pair_files
from engine.run import Run

DETAIL = "detail"           # of a run: where the training of luma lies
PAIRS = "pairs"             # and the pairs of its colour
SHARE = 0.6                 # of the time that luma gets


def combined_train_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves runs/NNN/detail/ (see `detail_train_step`), then runs/NNN/model.pt: the colour, learnt on the recovered luma."""
    from engine.train.asked import TrainSettings
    from engine.train.loop import train

    run.say("first luma, then chroma on the recovered luma")
    luma = train_on_detail(work, folder, folder / DETAIL, run, SHARE)
    files = colour_pairs(work, folder, luma["device"], run)
    s = work.project.settings
    start = begun_from(work.project)
    settings = TrainSettings(s.steps, s.minutes * (1 - SHARE) if s.minutes else None, s.seed, s.device, start.model if start else None,
                             trained_on=leave_trained_on(work.project, folder))
    result = train(files, settings, folder, run)
    if result.held_out:
        run.say(f"trained {result.steps:,} steps of colour: held-out dE00 {result.held_out['dE00']:.2f}, a LUT "
                f"{result.held_out['lut_dE00']:.2f}")
    both = {**(luma["held_out"] or {}), **(result.held_out or {})} or None
    return luma | {"model": result.model.relative_to(work.project.folder).as_posix(), "model_bytes": result.model.stat().st_size,
                   "steps": luma["steps"] + result.steps, "held_out": both,
                   "frames": marked(pair_files(work.project), files, result.frames), "ended_early": result.ended_early}


def marked(pairs: Sequence[Path], coloured: Sequence[Path], errors: dict[str, float]) -> dict[str, float]:
    """Errors on pairs of colour by the marks of the pairs of detail that they were made of, which every run has alike."""
    from engine.train.checkpoint import mark_of

    return {mark_of(pair): errors[mark] for pair, own in zip(pairs, coloured, strict=True) if (mark := mark_of(own)) in errors}


def colour_pairs(work: Work, folder: Path, device: str, run: Run) -> list[Path]:
    """The pairs of luma as pairs of colour: the scan with its recovered luma, and the chroma of the reference. Those that are there are
    kept."""
    there = folder / PAIRS
    there.mkdir(exist_ok=True)
    project = replace(work.project, settings=replace(work.project.settings, grain="none"))
    recovered = Recovered(project, folder / DETAIL, device, None)
    files = pair_files(work.project)
    for done, path in enumerate(files):
        run.step(done, len(files), "making pairs of colour")
        if not (there / path.name).exists():
            colour_pair(work, DetailPair.load(path), recovered).save(there)
    return [there / path.name for path in files]


def colour_pair(work: Work, told: DetailPair, recovered: Recovered) -> Pair:
    """A pair of detail as one of colour."""
    match = work.alignment.frames[told.index]
    pair = make_pair(work.scan, work.reference, match, Balance.identity(), work.encodings, told.held_out, told.shot)
    kept = to_display(work.scan.read(told.index), work.encodings[0])
    small = reduced(with_luma(kept, recovered.luma(told.index, kept, told.shot)), pair.scan.shape[1])
    return replace(pair, scan=np.clip(small, 0, 1).astype(np.float16))
