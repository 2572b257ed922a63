"""The worker's way through the steps of a recovery: what is not done, or out of date, is performed in order, up to the step asked for."""
from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from engine.errors import OtherTraining, UsageError
from engine.jobs import perform
from engine.project import Done, Project
from engine.recoveries import RECOVERIES, Step
from engine.recoveries.ingest import check_all, take_in_all
from engine.recoveries.inputs import asked, step_inputs
from engine.recoveries.run_folder import chosen_run, folder_for, latest_run, new_folder
from engine.recoveries.runs import passed_over, runs
from engine.recoveries.trained_on import refuse_forbidden
from engine.recoveries.work import Work
from engine.run import Run
from engine.waiting import patiently, reachable

LEARNING = ("pairs", "trial", "train")      # steps that learn, or make what is learnt from


def needed(project: Project, until: str) -> list[Step]:
    """The steps on the way to `until`. Of those beside the way only `until` itself, and `choose` where pairs are made of what it suggests
    or it was made before, and the review of what is packed for an archive, whose report tells how steady each shot is. With a chosen run,
    what is made with it needs nothing before it. Raises UsageError for a step that there is not."""
    recovery = RECOVERIES[project.recovery]
    if until not in recovery.names:
        raise UsageError(f"--until {until}: there is no such step; choose one of {', '.join(recovery.names)}")
    way = recovery.steps[:recovery.names.index(until) + 1]
    packed = {"review"} if until == "export" and project.settings.package else set()
    if recovery.names.index(until) > recovery.names.index("train") and chosen_run(project.folder, project.run):
        return [step for step in way if step.name in packed | {until}]
    suggested = project.settings.pairs == "auto" or "choose" in project.done
    return [step for step in way if step.name == until or step.name in packed
            or not (step.on_request or (step.beside and not suggested))]


def run_steps(work: Work, run: Run, until: str = "export", again: bool = False) -> dict[str, dict[str, Any]]:
    """Perform what is not done or out of date, in order, and give the facts of each step. Export is always looked through, so that a file
    that went missing comes back; `again`: so is the step `until`, though it is done. Raises UsageError before anything is
    learnt from a film whose terms do not allow it."""
    facts = {}
    inputs, steps = step_inputs(work.project), needed(work.project, until)
    learning = [step for step in steps if step.name in LEARNING]
    if any(made(work.project, step, inputs[step.name]) is None or (again and step.name == until) for step in learning):
        refuse_forbidden(work.project)
    places = [place for place in work.places if reachable(place)]
    films = (work.project, work.scan, work.second, work.out, run)
    patiently(lambda: take_in_all(*films), places, run)
    for step in steps:
        done = made(work.project, step, inputs[step.name])
        if done is None or step.name == "export" or (again and step.name == until):
            before = work.project.done.get(step.name)
            for path in before.lost(work.project.folder) if before else ():
                path.unlink(missing_ok=True)        # or what is damaged would be taken for made already
            if step.name == "export":
                patiently(lambda: check_all(*films), places, run)
            done = _perform(work, step, inputs[step.name], again and step.name == until, places, run)
            work.project.mark(step.name, done)
        facts[step.name] = done.facts
        if step.name == "train":
            _tell_passed_over(work.project, run)
    return facts


def _tell_passed_over(project: Project, run: Run) -> None:
    """A worse run does not take the place of a better one by itself."""
    if passed := passed_over(runs(project), project.run):
        unit = "dB" if passed.newest.in_db else "dE00"
        run.say(f"run {passed.newest.number} is worse than run {passed.better.number} on the same {passed.frames} held-out frames ({unit} "
                f"{passed.error:.2f}, {passed.better_error:.2f}), so run {passed.better.number} stays in use; --run {passed.newest.number} "
                "uses the other")


def made(project: Project, step: Step, inputs: str) -> Done | None:
    """The step as it was performed of these inputs, where all that it left is there."""
    if step.name == "train":
        run = latest_run(project.folder, inputs)
        return Done(inputs, {"model": run.model.relative_to(project.folder).as_posix(), "steps": run.steps, "device": run.device,
                             "held_out": run.held_out}) if run else None
    done = project.done.get(step.name)
    return done if done and done.stands(project.folder, inputs) else None


def _perform(work: Work, step: Step, inputs: str, again: bool, places: Sequence[Path], run: Run) -> Done:
    """Performed as a job; where one of `places` goes away it is waited for."""
    module, name = step.call.split(":")
    call: Callable[[Work, Path, Run], dict[str, Any]] = getattr(importlib.import_module(module), name)
    project = work.project
    folder = folder_for(project.folder, inputs) if step.name == "train" else project.folder / step.name
    if again and step.name != "train":
        (folder / "job.json").unlink(missing_ok=True)       # so that the folder is begun anew
    plain = {"version": 1, "step": step.name, "inputs": inputs, "settings": asked(step, project.settings)}
    job = json.loads(json.dumps(plain, default=str))

    def performed(folder: Path, run: Run) -> dict[str, Any]:
        return patiently(lambda: call(work, folder, run), places, run)

    try:
        facts = perform(folder, job, performed, run)
    except OtherTraining:
        before, folder = folder, new_folder(project.folder)
        run.say(f"run {int(before.name)} cannot be gone on with: its pairs, or the program, are others now; it is kept, and a new one "
                f"begins, run {int(folder.name)}")
        facts = perform(folder, job, performed, run)
    left = sorted(path for pattern in step.leaves for path in folder.glob(pattern))
    return Done(inputs, facts, {path.relative_to(project.folder).as_posix(): path.stat().st_size for path in left})
