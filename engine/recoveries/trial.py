"""The trial before training, as a step of a recovery."""
from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.recoveries.work import Work, pair_files
from engine.run import Run


def trial_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves trial/scan-, lut- and target-NNNNNNN.png of the held-out pairs. The facts are those of `engine.train.trial.Trial`: a training
    run of n steps takes about prepare_seconds + n * step_seconds here."""
    from engine.train.trial import try_out

    facts = asdict(try_out(pair_files(work.project), work.project.settings.device, folder, run))
    lut = facts["held_out_lut"]
    run.say(f"trial on {facts['device_name']}: {1 / facts['step_seconds']:.1f} steps a second after {facts['prepare_seconds']:.0f} s"
            + (f"; held-out dE00 of a LUT {lut:.2f}" if lut is not None else ""))
    return facts
