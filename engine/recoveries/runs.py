"""The training runs of a project, and which of them its results are made with. Light: no torch."""
from __future__ import annotations

from collections.abc import Sequence

from engine.project import Project
from engine.recoveries.inputs import step_inputs
from engine.recoveries.run_folder import RunInfo, read_runs

__all__ = ["RunInfo", "runs", "used_of", "used_run"]


def runs(project: Project) -> list[RunInfo]:
    """All runs of a project by number, each with whether it is of the present inputs."""
    return read_runs(project.folder, step_inputs(project)["train"])


def used_run(project: Project) -> RunInfo | None:
    """The run that results are made with: the chosen one; else the latest whole one of the present inputs; else, out of date, the latest
    whole one; None where there is none."""
    return used_of(runs(project), project.run)


def used_of(known: Sequence[RunInfo], chosen: int | None) -> RunInfo | None:
    """The same of all runs by number, where that of number `chosen` is."""
    whole = [run for run in known if run.whole]
    ranked = ([run for run in whole if run.number == chosen], [run for run in whole if run.current], whole)
    return next((found[-1] for found in ranked if found), None)
