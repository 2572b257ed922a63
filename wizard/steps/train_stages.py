"""The trainings that a run consists of: one, or two after each other, each with its folder and what it is judged by. No Qt."""
from __future__ import annotations

from dataclasses import dataclass

from engine.recoveries import RECOVERIES
from engine.recoveries.run_folder import RunInfo
from wizard.measure import COLOUR, LUMA, Measure
from wizard.words import tr


@dataclass(frozen=True)
class Stage:
    """`folder` lies in that of the run; '' is the run's own. `seen` is what the net sees, as a picture is called."""

    folder: str
    title: str
    seen: str
    measure: Measure


def stages(recovery: str) -> tuple[Stage, ...]:
    """In the order in which they are trained."""
    if recovery == "combined":
        return (Stage("detail", tr("1 Luma"), tr("Scan, tone matched"), LUMA), Stage("", tr("2 Colour"), tr("Luma recovered"), COLOUR))
    if recovery == "telecine":
        return Stage("look", tr("1 Film look"), tr("Telecine"), LUMA), Stage("", tr("2 Repair"), tr("Damaged print"), LUMA)
    if recovery in RECOVERIES and RECOVERIES[recovery].detail:
        return (Stage("", "", tr("Scan, tone matched"), LUMA),)
    return (Stage("", "", tr("Scan, balanced"), COLOUR),)


def at_work(run: RunInfo, known: tuple[Stage, ...]) -> int:
    """Which of them has begun last."""
    return max((k for k, stage in enumerate(known) if (run.folder / stage.folder / "plan.json").exists()), default=0)


def measures(known: tuple[Stage, ...]) -> tuple[Measure, ...]:
    """What a run is judged by, each once."""
    return tuple(dict.fromkeys(stage.measure for stage in known))
