"""The training runs of a project, and which of them its results are made with. Light: no torch."""
from __future__ import annotations

from dataclasses import replace

from engine.project import Project
from engine.recoveries.inputs import step_inputs
from engine.recoveries.run_folder import RunInfo, chosen_run, latest_run, read_runs

__all__ = ["RunInfo", "runs", "used_run"]


def runs(project: Project) -> list[RunInfo]:
    """All runs of a project by number, each with whether it is of the present inputs."""
    return read_runs(project.folder, step_inputs(project)["train"])


def used_run(project: Project) -> RunInfo | None:
    """The run that results are made with: the chosen one; else the latest whole one of the present inputs; else, out of date, the latest
    whole one; None where there is none."""
    inputs = step_inputs(project)["train"]
    known = (chosen_run(project.folder, project.run), latest_run(project.folder, inputs), latest_run(project.folder))
    return next((replace(run, current=run.inputs == inputs) for run in known if run), None)
