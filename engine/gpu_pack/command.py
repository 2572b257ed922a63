"""`answerprint gpu-pack add|show|remove`, and the trial that both do in a process of its own."""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from engine.errors import PackRefused
from engine.gpu_pack.add import GIGABYTE, add, remove, tried
from engine.gpu_pack.place import PACK, Facts, facts_of, misfit, own, places
from engine.run import Run


def main(asked: argparse.Namespace, run: Run) -> None:
    """What was asked for, told on stdout. Raises PackRefused, DiskFull, OutputRefused."""
    if asked.action == "add":
        found = add(asked.folder, run)
        print(f"the GPU pack is in {own()}, and trainings use it from now on\n{_trial(found)}")
    elif asked.action == "remove":
        print(f"the GPU pack was removed from {remove()}; the processor does the work from now on")
    elif asked.action == "show":
        _show(run)
    else:
        print(json.dumps(trial(asked.folder)))


def trial(folder: Path) -> dict[str, Any]:
    """In a process that has not loaded torch: the first steps of a training with the torch in `folder`."""
    sys.path.insert(0, str(folder))
    try:
        from engine.train.first_steps import first_steps

        return first_steps().as_plain()
    except (ImportError, OSError) as error:
        return {"torch": "", "trouble": f"it cannot be loaded ({' '.join(str(error).split())[:200]})"}


def _show(run: Run) -> None:
    """That which is used, as `use` chooses it; before it those that do not fit."""
    refused = ""
    for place in places():
        if not (facts := facts_of(place)):
            continue
        print(_words(place, facts))
        if trouble := misfit(facts):
            print(f"not used: {trouble}")
            refused = refused or f"{place}: the GPU pack is not used: {trouble}; add one that fits"
            continue
        found = tried(place / PACK, run)
        if found["trouble"]:
            raise PackRefused(f"{place}: the GPU pack does not work: {found['trouble']}")
        print(_trial(found))
        return
    if refused:
        raise PackRefused(refused)
    print(f"there is no GPU pack ({', '.join(map(str, places()))}): torch is the program's own")


def _words(place: Path, facts: Facts) -> str:
    return (f"GPU pack: {place}, {facts.size / GIGABYTE:.1f} GB\n"
            f"torch:    {facts.torch}, added with Answerprint {facts.program} on {facts.card}")


def _trial(found: dict[str, Any]) -> str:
    first, last = found["losses"]
    return (f"torch:    {found['torch']}, CUDA {found['cuda']}\n"
            f"card:     {found['device']}" + (f", driver {found['driver']}" if found["driver"] else "") +
            f"\nworks:    the first steps of a training took {found['seconds']:.1f} s, and its loss fell from {first:.3g} to {last:.3g}")
