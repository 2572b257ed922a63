"""The command line: `python -m engine COMMAND ...`, or `answerprint COMMAND ...` once installed.

Exit codes: 0 done, 1 a user's error, 130 stopped.
"""
from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine import arguments
from engine.console import Console, spell
from engine.errors import AnswerprintError, OutputRefused, UsageError
from engine.export.disk import refuse_beside
from engine.files import told, write_json
from engine.films import describe, open_films, open_media, reference_reading, scan_reading
from engine.jobs import LOCK, LOG, STOP, WORK, Lock, working_on
from engine.media.fingerprint import file_fingerprint, fingerprint, folder_fingerprint
from engine.media.open import open_source
from engine.media.source import FrameSource, Reading
from engine.media.volumes import Place, place_of
from engine.project import FOLDER, Medium, Project, Settings, load, project_file
from engine.recoveries import RECOVERIES
from engine.recoveries.run_folder import MODEL, chosen_run, read_runs
from engine.recoveries.runs import used_run
from engine.run import Cancelled, Run


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    console = Console()
    try:
        asked = arguments.parser().parse_args(argv)
        if asked.command != "show":         # which waits for its input, and so would not hear of a stop
            console.listen()
        COMMANDS[asked.command](asked, console)
    except AnswerprintError as error:
        print(f"answerprint: {error}", file=sys.stderr)
        return 1
    except (Cancelled, KeyboardInterrupt):
        print("answerprint: stopped; the same command goes on from here", file=sys.stderr)
        return 130
    return 0


def restore(asked: argparse.Namespace, run: Run) -> None:
    """A scan, and what tells its colour, in; restored files out."""
    arguments.given(asked)
    if asked.device != "auto":
        from engine.train.device import choose_device

        choose_device(asked.device)
    with open_films(asked, run) as (scan, reference):
        project = prepare_project(asked, scan, reference, run)
        refuse_outputs(project, asked.out, scan, *([reference] if reference else []))
        with told(project.folder, "making the project"):
            project.folder.mkdir(parents=True, exist_ok=True)
        (project.folder / STOP).unlink(missing_ok=True)
        with working_on(project.folder, "export", run) as worker:
            from engine.recoveries.perform import run_steps
            from engine.recoveries.work import Work

            project.save()
            if asked.keyframes:
                take_keyframes(asked, project, scan, worker)
                project.save()
            facts = run_steps(Work(project, scan, reference, asked.out), worker)
            used = used_run(project)
            assert used
            report(worker, asked.json, asked.out, facts["export"], project, {
                "run": used.number, "device": used.device, "pairs": facts.get("pairs"), "held_out": used.held_out})


def take_keyframes(asked: argparse.Namespace, project: Project, scan: FrameSource, run: Run) -> None:
    """The pictures of --keyframes as keyframes of the project; those that are refused are told, and none at all is an error."""
    from engine.keyframes.imports import import_paintings

    with run.phase("keyframes"):
        found = import_paintings([asked.keyframes], scan, scan.info.encoding, project.folder, project.settings.palette, asked.aligned, run)
    for path, reason in found.refused:
        run.say(f"left out: {path.name}: {reason}")
    for path, note in found.notes:
        run.say(f"{path.name}: {note}")
    for name, share in found.unpainted.items():
        run.say(f"keyframe {name}: {100 * share:.0f} % of it has the scan's own colour and is not trained on")
    project.settings = replace(project.settings, palette=tuple(found.swatches))
    assumed = [swatch.name for swatch in found.swatches if swatch.assumption]
    run.say(f"keyframes: {len(found.keyframes)} new or changed"
            + (f"; {len(assumed)} say no source (in NAME.txt beside a picture), so the record calls them assumptions" if assumed else ""))


def work(asked: argparse.Namespace, run: Run) -> None:
    """Go on with a project as a window left it, up to a step: its own media and settings, results where it says."""
    project_file(asked.folder)
    with working_on(asked.folder, asked.until, run) as worker:
        from engine.recoveries.perform import needed, run_steps
        from engine.recoveries.work import Work

        project = load(asked.folder)
        needed(project, asked.until)
        with open_media(project, worker) as (scan, reference):
            out = project.results_folder
            if asked.until == "export":
                refuse_outputs(project, out, scan, *([reference] if reference else []))
            facts = run_steps(Work(project, scan, reference, out), worker, asked.until, asked.again)
        if asked.until == "export":
            report(worker, False, out, facts["export"], project, {})


def apply(asked: argparse.Namespace, run: Run) -> None:
    """A trained project over a scan."""
    from engine.recoveries.work import apply_to, model_of

    project = load(asked.project)
    project.run = whole_run(project, asked.run) or project.run
    model_of(project)
    with open_source(asked.scan, like_the_projects(scan_reading(asked), project), run) as scan:
        describe(scan, "scan", run)
        if project.scan and project.scan.encoding and scan.info.encoding != project.scan.encoding:
            run.say(f"take care: the project's scan was {project.scan.encoding}, this one is {scan.info.encoding}, and balance and model "
                    "have learnt the other; --scan-encoding says which it is")
        project.settings = replace(project.settings, **results(asked, scan, project.folder, run))
        refuse_outputs(project, asked.out, scan)
        with Lock(project.folder) if os.access(project.folder, os.W_OK) else nullcontext():
            facts = apply_to(project, scan, shot_names(asked, scan), asked.out, run)
    report(run, asked.json, asked.out, facts, project, {"device": facts["device"]})


def like_the_projects(reading: Reading, project: Project) -> Reading:
    """What the user said of the project's own scan holds for another, unless said otherwise."""
    known = project.scan.reading if project.scan else Reading()
    return replace(reading, encoding=reading.encoding or known.encoding, rate=reading.rate or known.rate)


def report(run: Run, as_json: bool, out: Path, export: dict[str, Any], project: Project, more: dict[str, Any]) -> None:
    """Say where the results are and what the luma certificate reads; the same as JSON on stdout where asked for."""
    from engine.recoveries.work import model_of

    outputs = [str(out / name) for name in export["outputs"]]
    for path in outputs:
        run.say(f"result: {path}")
    held = "recovered luma in the files" if RECOVERIES[project.recovery].detail else "luma of the balanced scan kept"
    run.say(f"{held} on {export['frames']:,} frames: off by at most {export['luma']['max']:.2f} code values, "
            f"{export['luma']['mean']:.3f} on average")
    run.say(f"sound: {export['sound']}")
    run.say(f"project: {project.folder}; took {', '.join(f'{name} {spell(s)}' for name, s in run.seconds.items())}")
    if as_json:
        seconds = {name: round(s, 2) for name, s in run.seconds.items()}
        print(json.dumps({"frames": export["frames"], "seconds": seconds, "luma": export["luma"], "clipped": export["clipped"],
                          "outputs": outputs, "sound": export["sound"], "project": str(project.folder),
                          "model": str(model_of(project)), **more}))


def compare(asked: argparse.Namespace, run: Run) -> None:
    """Training runs of a project, measured on the same frames."""
    from engine.recoveries.compare import compare_runs, table
    from engine.recoveries.work import Work

    project = load(asked.project)
    with open_media(project, run) as (scan, reference):
        found = compare_runs(Work(project, scan, reference, project.folder), asked.runs, run)
        names = {"frames": [scan.name(i) for i in found.frames], "left_out": [scan.name(i) for i in found.left_out]}
    print(table(found))
    if asked.json:
        print(json.dumps(found.as_json() | names))


def lut(asked: argparse.Namespace, run: Run) -> None:
    """The LUTs of a run as .cube files."""
    from engine.recoveries.luts import save_luts

    project = load(asked.project)
    project.run = whole_run(project, asked.run) or project.run
    used = used_run(project)
    if used is None:
        raise UsageError(f"{project.folder}: nothing is trained in this project yet; run `restore` first")
    errors = {Path(found["file"]).name: found["dE00"] for found in used.luts}
    for path in save_luts(used, asked.out):
        error = errors.get(path.name)
        print(f"{path}: " + (f"held-out dE00 {error:.2f}" if error is not None else "its error was not measured"))


def check_model(asked: argparse.Namespace, run: Run) -> None:
    """The self-test of a run's ONNX files."""
    from engine.apply.onnx_export import TOLERANCE, self_test
    from engine.apply.onnx_nets import FOLDER as ONNX

    worst = self_test(asked.folder / ONNX, asked.folder / MODEL)
    print(f"{asked.folder}: every file is as it was left, and onnxruntime makes what torch made: off by at most {worst:.2g}, "
          f"{TOLERANCE:.2g} is allowed")


def align(asked: argparse.Namespace, run: Run) -> None:
    """Align alone: a line for people, the alignment as JSON where asked for."""
    from engine.align.align import align as align_sources

    with open_films(asked, run) as (scan, reference), run.phase("align"):
        assert reference
        if asked.json:
            refuse_file(asked.json, scan, reference)
        found = align_sources(scan, reference, run)
    matched = [f for f in found.frames if f.reference is not None]
    misfits = sorted(f.residual_px for f in matched)
    print(f"{len(matched):,} of {len(found.frames):,} scan frames have a partner in the reference; {len(found.shots)} shots; "
          f"misfit typically {misfits[len(misfits) // 2]:.2f} px" if misfits else "no scan frame has a partner in the reference")
    if asked.json:
        write_json(asked.json, found.as_json())


def inspect(asked: argparse.Namespace, run: Run) -> None:
    """Say what a file or folder holds."""
    reading = Reading(stills=asked.stills, field_order=asked.field_order, allow_gaps=asked.allow_gaps)
    with open_source(asked.path, reading, run) as source:
        info = source.info
        first, last = source.name(0), source.name(len(source) - 1)
    guessed = " (guessed)" if info.encoding_guessed else ""
    rows = {
        "what": f"{info.kind}, {info.format}", "frames": f"{info.frames:,} ({first} to {last})",
        "size": f"{info.width} x {info.height}, pixel aspect {info.pixel_aspect}",
        "depth": f"{info.depth} bits{', float' if info.floating else ''}, {info.channels} channel{'s' if info.channels > 1 else ''}",
        "rate": f"{info.rate or 'none'} ({info.rate_reason})", "encoding": f"{info.encoding}{guessed}: {info.encoding_reason}",
        "fields": f"{info.field_order}: {info.field_reason}", "timecode": info.timecode or "none", "keycode": info.keycode or "none",
        "sound": "yes" if info.sound else "none",
    }
    if info.gaps:
        rows["missing"] = f"{len(info.gaps)} frames"
    print("\n".join(f"{key:<9} {value}" for key, value in rows.items()))


def sample(asked: argparse.Namespace, run: Run) -> None:
    """Make the sample film in a folder."""
    from engine.sample import make_sample, sample_folder

    with run.phase("sample"):
        made = make_sample(asked.folder or sample_folder(), run, asked.frames, asked.width)
    if asked.json:
        print(json.dumps({"scan": str(made.scan), "reference": str(made.reference)}))
    else:
        print(f"scan: {made.scan}\nreference: {made.reference}")


def bench(asked: argparse.Namespace, run: Run) -> None:
    """Measure this machine."""
    if asked.quality:
        from engine.bench.quality import main as measure_quality

        print(measure_quality(run, asked.data, asked.out, asked.only, asked.case, asked.minutes_scale))
        return
    from engine.bench.speed import main as measure

    print(measure(run, asked.device))


def show(asked: argparse.Namespace, run: Run) -> None:
    """Make frames for a window to look at."""
    from engine.show import main as serve

    serve(asked.folder)


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
    if asked.sound and not asked.sound.is_file():
        raise UsageError(f"--sound {asked.sound}: there is no such file; check the name")
    sound = place_of(asked.sound, project_folder, file_fingerprint(asked.sound)) if asked.sound else None
    return {"formats": formats, "encoding": asked.encoding, "sound": sound, "evidence": asked.evidence, "grain": asked.grain}


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


COMMANDS = {"restore": restore, "apply": apply, "compare": compare, "lut": lut, "align": align, "inspect": inspect, "sample": sample,
            "bench": bench, "check-model": check_model, "work": work, "show": show}

if __name__ == "__main__":
    sys.exit(main())
