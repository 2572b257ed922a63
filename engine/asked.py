"""What a command line asks for, as a project and its settings; and what can be refused before any work."""
from __future__ import annotations

import argparse
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine import arguments
from engine.elements import read_elements
from engine.errors import OutputRefused, UsageError
from engine.export.disk import refuse_beside
from engine.export.source_type import checked
from engine.files import told
from engine.films import reference_reading, scan_reading
from engine.jobs import LOCK, LOG, WORK
from engine.media.fingerprint import file_fingerprint, fingerprint, folder_fingerprint
from engine.media.source import FrameSource
from engine.media.volumes import Place, place_of
from engine.project import FOLDER, Medium, Project, Settings, load
from engine.recoveries.run_folder import chosen_run, read_runs
from engine.run import Run


def refuse_outputs(project: Project, out: Path, scan: FrameSource, *others: FrameSource) -> None:
    """Raises what can be known before any work: UsageError, MediaError, OutputRefused, DiskFull. Makes the folder for results."""
    from engine.export.check import check
    from engine.recoveries.work import export_settings

    check(scan, export_settings(project, out), *others)
    refuse_beside(project.folder, scan, *others)
    if project.folder.resolve() in (out.resolve(), *out.resolve().parents):
        raise OutputRefused(f"{out}: this is inside the project {project.folder}, whose folders are made anew; choose another folder")
    with told(out, "making the folder"):
        out.mkdir(parents=True, exist_ok=True)
    if not os.access(out, os.W_OK):
        raise OutputRefused(f"{out}: no permission to write there; choose another folder or change its permissions")


def refuse_file(path: Path, *sources: FrameSource) -> None:
    """Raises OutputRefused where a file to be written is one of a source's, lies among its stills, or cannot be written."""
    for source in sources:
        files = {file.resolve() for file in source.medium()}
        if path.resolve() in files or (len(files) > 1 and path.resolve().parent in {file.parent for file in files}):
            raise OutputRefused(f"{path}: this is a file of {source.info.path}, or lies among its frames; choose another place")
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise OutputRefused(f"{path}: cannot be written; choose another place or change its permissions")


def prepare_project(asked: argparse.Namespace, scan: FrameSource, reference: FrameSource | None, run: Run) -> Project:
    """The project of this command: found again where there is one, with the settings of now. Nothing is written. Raises OutputRefused
    where the project is that of another scan."""
    folder = asked.project or asked.out / f"{scan.info.name}{FOLDER}"
    with told(folder, "looking for the project"):
        there = folder.exists() and any(path.name not in (LOCK, WORK, LOG) for path in folder.iterdir())
    project = load(folder) if there else Project(folder, scan.info.name, asked.recovery)
    print_of_scan = fingerprint(scan)
    if project.scan and project.scan.place.fingerprint != print_of_scan:
        raise OutputRefused(f"{folder}: is the project of another scan, or the scan's files have changed since; choose another folder with "
                            "--project or --out")
    project.recovery = asked.recovery
    project.scan = Medium(place_of(asked.scan, folder, print_of_scan), scan_reading(asked), scan.info.encoding)
    project.reference = Medium(place_of(asked.reference, folder, fingerprint(reference)), reference_reading(asked),
                               reference.info.encoding) if reference else None
    project.results = None if asked.out.resolve() == folder.resolve().parent else place_of(asked.out, folder, "")
    project.run = whole_run(project, asked.run)
    if asked.elements:
        project.elements = read_elements(asked.elements)
    project.settings = replace(
        project.settings, similar=similar_of(asked, folder), own_shots=asked.own_shots, aligned=asked.aligned,
        balance=asked.balance, pairs=frame_indexes(arguments.frame_list(asked.pairs), scan),
        held_out=None, shots=shot_names(asked, scan), steps=asked.steps, minutes=asked.minutes, seed=asked.seed, device=asked.device,
        go_on_from=None, **results(asked, scan, folder, run))
    if project.settings.pairs == "all" and not (asked.steps or asked.minutes):
        raise UsageError("--pairs all holds no frame out, so nothing can tell when to stop: say how long with --steps or --minutes")
    return project


def similar_of(asked: argparse.Namespace, folder: Path) -> Place | None:
    """The folder of similar pictures. Raises UsageError where it is none."""
    if asked.similar is None:
        return None
    if not asked.similar.is_dir():
        raise UsageError(f"--similar {asked.similar}: there is no such folder; name the one that holds the pictures")
    return place_of(asked.similar, folder, folder_fingerprint(asked.similar))


def whole_run(project: Project, number: int | None) -> int | None:
    """The number of a run that was asked for. Raises UsageError where it is not there, or did not come to its end."""
    if number is not None and chosen_run(project.folder, number) is None:
        there = ", ".join(str(run.number) for run in read_runs(project.folder) if run.whole)
        raise UsageError(f"--run {number}: is not there or did not come to its end; there are {there or 'none'}")
    return number


def results(asked: argparse.Namespace, scan: FrameSource, project_folder: Path, run: Run) -> dict[str, Any]:
    """The settings that only concern the results."""
    formats = tuple(dict.fromkeys(asked.formats or Settings.formats))
    if not asked.formats and (scan.info.kind == "stills" or scan.info.width % 2):
        formats = ("dpx",)
        if scan.info.kind != "stills":
            run.say(f"no ProRes: it holds even widths only, and the scan is {scan.info.width} pixels wide; --format ffv1 makes a movie")
    if asked.colour_config and not asked.colour_config.is_file():
        raise UsageError(f"--colour-config {asked.colour_config}: there is no such file; check the name")
    if not asked.colour_config and asked.encoding not in arguments.RESULT_ENCODINGS:
        raise UsageError(f"--encoding {asked.encoding}: unknown; choose one of {', '.join(arguments.RESULT_ENCODINGS)}, or name your own "
                         "config with --colour-config")
    if asked.sound and not asked.sound.is_file():
        raise UsageError(f"--sound {asked.sound}: there is no such file; check the name")
    sound = place_of(asked.sound, project_folder, file_fingerprint(asked.sound)) if asked.sound else None
    colours = place_of(asked.colour_config, project_folder, file_fingerprint(asked.colour_config)) if asked.colour_config else None
    return {"formats": formats, "encoding": asked.encoding, "sound": sound, "evidence": asked.evidence, "grain": asked.grain,
            "package": asked.package, "compare": asked.compare, "burn_in": asked.burn_in, "whole": asked.whole, "colours": colours,
            "source_type": checked(asked.source_type), "language": asked.language}


def shot_names(asked: argparse.Namespace, scan: FrameSource) -> tuple[str, ...] | None:
    """The shot of each still where --shots names them."""
    if asked.shots is None:
        return None
    if not asked.stills:
        raise UsageError("--shots names the shots of stills: give it with --stills")
    return arguments.shot_words(asked.shots, [scan.name(i) for i in range(len(scan))])


def frame_indexes(pairs: str | tuple[int, ...], scan: FrameSource) -> str | tuple[int, ...]:
    """Frame numbers as the scan counts them, turned into positions from 0. Raises UsageError."""
    if isinstance(pairs, str):
        return pairs
    place = {int(name): i for i in range(len(scan)) if re.fullmatch(r"-?\d+", name := scan.name(i))} or {i: i for i in range(len(scan))}
    if missing := [n for n in pairs if n not in place]:
        raise UsageError(f"--pairs: the scan has no frame {missing[0]}; give numbers between {min(place)} and {max(place)}")
    return tuple(place[n] for n in pairs)
