"""The training runs of a project, and which of them its results are made with. Light: no torch."""
from __future__ import annotations

from engine.project import Project
from engine.recoveries.inputs import step_inputs
from engine.recoveries.run_folder import PassedOver, RunInfo, passed_over, read_runs, used_of

__all__ = ["PassedOver", "RunInfo", "passed_over", "runs", "used_of", "used_run"]


def runs(project: Project) -> list[RunInfo]:
    """All runs of a project by number, each with whether it is of the present inputs."""
    return read_runs(project.folder, step_inputs(project)["train"])


def used_run(project: Project) -> RunInfo | None:
    """The run that results are made with, as `used_of` has it; None where there is none."""
    return used_of(runs(project), project.run)
