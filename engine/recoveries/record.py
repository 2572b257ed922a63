"""record.json: all that a restoration was made of and with, complete enough to make it again. Nothing in it names a place on this machine
but relative to the record, nor a user or host. Its fields: manuals/contributor/record.md."""
from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.align.alignment import Alignment, doubtful
from engine.balance.laid import Laid
from engine.errors import MediaError, MediaMissing
from engine.files import read_json
from engine.fixity import Print, names_of
from engine.keyframes.keyframe import keyframe_names, load_keyframe
from engine.media.locate import medium_of
from engine.media.medium import Medium
from engine.media.source import FrameSource
from engine.media.volumes import Place, candidates, folder_of, place_of
from engine.package.checksums import sha256_of
from engine.project import Project, as_plain
from engine.recoveries import RECOVERIES
from engine.recoveries.run_folder import BACK, RunInfo, read_corrections
from engine.versions import version_of

VERSION = 1
LIBRARIES = ("torch", "numpy", "opencv-python-headless", "av", "OpenImageIO", "opencolorio", "onnx", "onnxruntime", "bagit", "xxhash")


def program() -> dict[str, str]:
    return {"name": "Answerprint", "version": version_of("answerprint")}


def libraries() -> dict[str, str]:
    """Name -> version of what the pictures depend on."""
    import av

    found = {name: known for name in LIBRARIES if (known := version_of(name))}
    return {"python": platform.python_version(), "ffmpeg": str(av.ffmpeg_version_info), **found}


def machine() -> dict[str, Any]:
    """Of this computer what results may depend on."""
    import torch

    from engine.train.machine import device_name

    return {"processor": device_name(torch.device("cpu")), "cores": os.cpu_count(), "system": platform.system(),
            "release": platform.release(), "architecture": platform.machine(), "torch_threads": torch.get_num_threads()}


def settings_of(project: Project, folder: Path) -> dict[str, Any]:
    """Every setting; files that are named lie relative to `folder`."""
    data: dict[str, Any] = as_plain(project.settings)
    for name in ("sound", "similar", "colours"):
        place = getattr(project.settings, name)
        data[name] = as_plain(_moved(place, project.folder, folder)) if place else None
    return data


def media_of(project: Project, folder: Path, scan: FrameSource, reference: FrameSource | None) -> dict[str, Any]:
    """Scan and reference: where they lie from `folder`, how they are read, and what they were taken for."""
    found: dict[str, Any] = {}
    for role, source in (("scan", scan), ("reference", reference)):
        medium = medium_of(project, role)
        if medium and source:
            found[role] = as_plain(Medium(_moved(medium.place, project.folder, folder), medium.reading, medium.encoding))
    info = scan.info
    if "scan" in found:
        found["scan"] |= {"frames": info.frames, "first": scan.name(0), "last": scan.name(len(scan) - 1), "width": info.width,
                          "height": info.height, "format": info.format, "depth": info.depth, "rate": str(info.rate) if info.rate else None,
                          "rate_from": info.rate_reason, "encoding_from": info.encoding_reason, "encoding_guessed": info.encoding_guessed,
                          "timecode": info.timecode, "keycode": info.keycode, "missing_frames": list(info.gaps)}
    return found


def _moved(place: Place, before: Path, folder: Path) -> Place:
    """The same place as seen from another folder."""
    there = next(iter(candidates(place, before)), None) or folder_of(place, before)
    if there is None:
        raise MediaMissing(f"{before}: the media is not where it was ({place.path}); connect its drive or name it again")
    return place_of(there, folder, place.fingerprint)


def inputs_of(prints: Mapping[str, Print]) -> list[dict[str, Any]]:
    """A row for each file that went in."""
    return [{"file": one.name, "bytes": one.bytes, "sha256": one.sha256, "xxh3_128": one.xxh3, "taken_in": one.at}
            for _, one in sorted(prints.items())]


def keyframes_of(project: Project) -> list[dict[str, Any]]:
    """The keyframes with the colours that they use and where these come from."""
    by_number = {swatch.number: swatch for swatch in project.settings.palette}
    rows = []
    for name in keyframe_names(project.folder):
        with suppress(MediaError):
            keyframe = load_keyframe(project.folder, name)
            colours = [as_plain(by_number[number]) for number in keyframe.swatches if number in by_number]
            rows.append({"frame": name, "print": keyframe.print, "operations": len(keyframe.ops), "colours": colours,
                         "layers": sorted({op.file for op in keyframe.ops if op.file}),
                         "what": sorted({op.what for op in keyframe.ops if op.what})})
    return rows


def ended(folder: Path) -> float | None:
    """When the step of a job folder came to its end, in seconds since the epoch; None where it did not."""
    try:
        status = json.loads((folder / "status.json").read_text(encoding="utf-8"))
        return float(status["heartbeat"]) if status["state"] == "done" else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def rests_on(project: Project, run: RunInfo, step: str) -> bool:
    """Whether a run goes with a step as it is now: one of other inputs does not where the step was performed anew since."""
    return run.current or (ended(project.folder / step) or 0.0) <= (ended(run.folder) or 0.0)


def steps_of(project: Project, run: RunInfo) -> dict[str, Any]:
    """The facts of each step before the export that the run goes with; of other inputs, with the figures of its own pairs and balance."""
    steps: dict[str, Any] = {step: done.facts for step, done in project.done.items() if step != "export" and rests_on(project, run, step)}
    if run.current:
        return steps
    with suppress(MediaError):
        choice = read_json(run.folder / "choice.json", dict)
        steps["pairs"] = {name: len(choice[name]) for name in ("train", "held_out")}
    with suppress(MediaError):
        laid = read_json(run.folder / "balance.json", Laid.from_json)
        how = "after" if laid.after else "off" if laid.balance.is_identity else "auto"
        steps["balance"] = {"balance": how, "luma_error": laid.balance.luma_error}
    return steps


def pairs_of(project: Project, scan: FrameSource, choice: Mapping[str, Any], prints: Mapping[str, Print],
             run: RunInfo) -> list[dict[str, Any]]:
    """Each pair with the hashes of its own file, where it is still there, and of the scan's still."""
    by_path = {path: name for name, path in names_of("scan", scan.medium()).items() if name in prints}
    rows, still_there = [], rests_on(project, run, "pairs")
    for role in ("train", "held_out"):
        for index in choice.get(role, ()):
            row: dict[str, Any] = {"index": index, "use": role}
            if index < len(scan):
                row["frame"] = scan.name(index)
                if scan.info.kind != "video":
                    row["scan"] = [prints[by_path[path]].sha256 for path in scan.files(index) if path in by_path]
            file = project.folder / "pairs" / f"{index:07d}.npz"
            if still_there and file.is_file():
                row["pair"] = sha256_of(file)
            rows.append(row)
    return rows


def training_of(run: RunInfo, kept: Mapping[str, str]) -> dict[str, Any]:
    """The used run: what it was asked for, how long it took in steps, and its figures."""
    return {"run": run.number, "went_on_from": run.went_on_from, "present": run.current, "asked": run.settings,
            "steps": run.steps, "ended_early": run.ended_early,
            "device": run.device, "device_name": run.device_name, "held_out": run.held_out, "frames": run.frames, "back": run.back,
            "luts": list(run.luts), "corrections": [asdict(one) for one in read_corrections(run.folder)],
            "models": {name: digest for name, digest in kept.items() if name.endswith((".pt", ".onnx"))}}


def doubts_of(project: Project, scan: FrameSource, run: RunInfo, own: bool, steps: Mapping[str, Any]) -> dict[str, Any]:
    """What was doubtful, and what somebody found right all the same; of a scan that is not the project's `own` what its own reading and the
    elements leave open. `steps` are the facts of those that the run goes with."""
    frames = range(len(scan) if own else 0)
    doubts: dict[str, Any] = {"trusted": [scan.name(i) for i in project.trusted if i in frames],
                              "flagged": [scan.name(i) for i in project.flags if i in frames],
                              "confirmed": list(project.confirmed) if own else [],
                              "guessed": ["scan.encoding"] if scan.info.encoding_guessed else []}
    path = project.folder / "align" / "alignment.json"
    if own and RECOVERIES[project.recovery].needs_reference and path.is_file() and rests_on(project, run, "align"):
        with suppress(MediaError):
            found = Alignment.load(path)
            names = {m.scan: scan.name(m.scan) for m in found.frames if m.scan < len(scan)}
            doubts["doubtful_alignment"] = [names[i] for i in sorted(doubtful(found.frames)) if i in names]
            doubts["without_partner"] = [names[m.scan] for m in found.frames if m.reference is None and m.scan in names]
    doubts["told"] = [line for step in ("damage", "tone") for line in steps.get(step, {}).get("told", ())]
    doubts["not_as_painted"] = sorted(name for name, error in run.back.items() if own and error > BACK)
    elements = project.elements
    doubts["not_filled_in"] = {part: list(getattr(elements, part).missing) for part in ("people", "scan", "reference")}
    return doubts
