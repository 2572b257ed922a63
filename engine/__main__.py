"""The command line: `python -m engine COMMAND ...`, or `answerprint COMMAND ...` once installed.

Exit codes: 0 done, 1 a user's error, 130 stopped.
"""
from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine import arguments
from engine.asked import prepare_project, refuse_file, refuse_outputs, results, shot_names, whole_run
from engine.console import Console, Homeless, spell
from engine.elements import Element, read_elements
from engine.errors import AnswerprintError, ResultsDiffer, UsageError
from engine.files import told, write_json
from engine.films import describe, open_films, open_media, scan_reading
from engine.gpu_pack.place import use as use_gpu_pack
from engine.jobs import STOP, Lock, working_on
from engine.media.fingerprint import fingerprint
from engine.media.open import open_source
from engine.media.source import FrameSource, Reading
from engine.media.volumes import place_of
from engine.project import Medium, Project, load, project_file
from engine.recoveries import RECOVERIES
from engine.recoveries.run_folder import MODEL
from engine.recoveries.runs import used_run
from engine.run import Cancelled, Run
from engine.waiting import patiently


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    console = Console()
    try:
        asked = arguments.parser().parse_args(argv)
        if asked.command == "work":         # whose words go into a file of the project
            sys.stdout, sys.stderr = Homeless(sys.stdout), Homeless(sys.stderr)
            console = Console()
        if asked.command != "show":         # which waits for its input, and so would not hear of a stop
            console.listen()
        if asked.command != "gpu-pack" and (unused := use_gpu_pack()):
            console.say(unused)
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
    used = used_run(project)
    assert used
    reading = like_the_projects(scan_reading(asked), project)
    with open_source(asked.scan, reading, run) as scan:
        describe(scan, "scan", run)
        if project.scan and project.scan.encoding and scan.info.encoding != project.scan.encoding:
            run.say(f"take care: the project's scan was {project.scan.encoding}, this one is {scan.info.encoding}, and balance and model "
                    "have learnt the other; --scan-encoding says which it is")
        project.settings = replace(project.settings, similar=None, **results(asked, scan, project.folder, run))
        project.elements = read_elements(asked.elements) if asked.elements else replace(project.elements, scan=Element())
        refuse_outputs(project, asked.out, scan)
        project.run = used.number       # of another scan no run is made of the present inputs
        project.scan = Medium(place_of(asked.scan, project.folder, fingerprint(scan)), reading, scan.info.encoding)
        with Lock(project.folder) if os.access(project.folder, os.W_OK) else nullcontext():
            shots, places = shot_names(asked, scan), [*{path.parent for path in scan.medium()}, asked.out, project.folder]
            facts = patiently(lambda: apply_to(project, scan, shots, asked.out, run), places, run)
    report(run, asked.json, asked.out, facts, project, {"device": facts["device"]})


def like_the_projects(reading: Reading, project: Project) -> Reading:
    """What the user said of the project's own scan holds for another, unless said otherwise."""
    known = project.scan.reading if project.scan else Reading()
    return replace(reading, encoding=reading.encoding or known.encoding, rate=reading.rate or known.rate)


def report(run: Run, as_json: bool, out: Path, export: dict[str, Any], project: Project, more: dict[str, Any]) -> None:
    """Say where the results are and what the luma certificate reads; the same as JSON on stdout where asked for."""
    from engine.export.result import off_words
    from engine.recoveries.work import model_of

    outputs = [str(out / name) for name in export["outputs"]]
    for path in outputs:
        run.say(f"result: {path}")
    if compared := export.get("compared"):
        run.say(f"side by side: {len(compared)} files, the first {out / compared[0]['file']}")
    held = "recovered luma kept" if RECOVERIES[project.recovery].detail else "luma of the balanced scan kept"
    passed = export.get("untouched", 0)
    if passed:
        exact = f"; code for code in {', '.join(export['exact'])}" if export.get("exact") else ""
        run.say(f"{passed:,} frames outside the range were passed on untouched{exact}")
    run.say(f"{held} on {export['frames'] - passed:,} frames: {off_words(export['luma'])}")
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


def replay(asked: argparse.Namespace, run: Run) -> None:
    """The results of a record once more."""
    from engine.recoveries.replay import refuse_bag
    from engine.recoveries.replay import replay as make_again

    places = {"scan": asked.scan, "reference": asked.reference, "sound": asked.sound, "similar": asked.similar,
              "colours": asked.colour_config}
    given = {role: path for role, path in places.items() if path}
    out = asked.out or Path(asked.record.name.removesuffix(".record.json") + ".replay")
    refuse_bag(out)
    with told(out, "making the folder"):
        out.mkdir(parents=True, exist_ok=True)
    found = make_again(asked.record, given, out, asked.train, run)
    wrong = [one for one in found.outputs if one.state != "same"]
    for one in wrong:
        print(f"{one.state}: {one.file}")
    if found.model is not None:
        print("the model trained again is " + ("the recorded one, bit for bit" if found.model else "another than the recorded one"))
    print(f"{len(found.outputs) - len(wrong):,} of {len(found.outputs):,} files are the same, bit for bit; they lie in {out}")
    if asked.json:
        print(json.dumps({"same": found.same, "model": found.model, "outputs": {one.file: one.state for one in found.outputs}}))
    if not found.same:
        raise ResultsDiffer(f"{asked.record}: not everything came out the same, bit for bit; see the list above, and the manual's page on "
                            "the package for what that depends on")


def sign(asked: argparse.Namespace, run: Run) -> None:
    """C2PA manifests beside the movies of a record."""
    from engine.export.source_type import uri
    from engine.package.checksums import differing
    from engine.package.signed import TYPES
    from engine.package.signed import sign as sign_movie
    from engine.recoveries.record import program
    from engine.recoveries.replay import read_record

    record = read_record(asked.record)
    if not record["source_type"]["confirmed"]:
        raise UsageError(f"{asked.record}: nobody has confirmed the digital source type; give `restore` again with --source-type, and then "
                         "sign")
    sums = {row["file"]: row["sha256"] for row in record["outputs"] if Path(row["file"]).suffix.lower() in TYPES}
    movies = {name: asked.record.parent / name for name in sums}
    if not movies:
        raise UsageError(f"{asked.record}: there is no movie of a kind that can be signed ({', '.join(TYPES)})")
    if wrong := differing(movies, sums, run):
        raise UsageError(f"{movies[wrong[0]]}: is not the file of the record, its content is another, so nothing was signed; remove it and "
                         "give `restore` again, which makes it anew")
    by = program()
    for movie in movies.values():
        print(sign_movie(movie, asked.key, asked.cert, asked.alg, uri(record["source_type"]["confirmed"]), (by["name"], by["version"])))


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


def device(asked: argparse.Namespace, run: Run) -> None:
    """Say where a training would run, and what is wrong with faster devices."""
    from engine.train.device import choose_device, probe
    from engine.train.machine import cores, device_name

    chosen = choose_device()
    print(f"{chosen.type}: {device_name(chosen)}" + (f", {cores()} cores" if chosen.type == "cpu" else ""))
    for name in ("cuda", "mps"):
        if name != chosen.type and (trouble := probe(name)):
            print(f"not {name}: {trouble}")


def gpu_pack(asked: argparse.Namespace, run: Run) -> None:
    """torch for NVIDIA cards: added, looked at, removed."""
    from engine.gpu_pack.command import main as go

    go(asked, run)


def show(asked: argparse.Namespace, run: Run) -> None:
    """Make frames for a window to look at."""
    from engine.show import main as serve

    serve(asked.folder)


COMMANDS = {"restore": restore, "apply": apply, "compare": compare, "lut": lut, "align": align, "inspect": inspect, "sample": sample,
            "bench": bench, "device": device, "check-model": check_model, "replay": replay, "sign": sign, "gpu-pack": gpu_pack,
            "work": work, "show": show}

if __name__ == "__main__":
    sys.exit(main())
