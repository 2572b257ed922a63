"""Replay: make the results of a record again from the same inputs, with the model that was kept or by training it again, and compare."""
from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.elements import Elements
from engine.errors import MediaError, MediaMissing, NewerVersion, OutputRefused, UsageError
from engine.files import read_json, told, write_json
from engine.fixity import take_in
from engine.jobs import read_job
from engine.media.fingerprint import fingerprint
from engine.media.open import open_source
from engine.media.source import FrameSource, Reading
from engine.media.volumes import Place, candidates, folder_of, place_of
from engine.migrations import VERSION as PROJECT_VERSION
from engine.package.checksums import sha256_of
from engine.project import FOLDER, Medium, Project, from_plain
from engine.recoveries import RECOVERIES
from engine.recoveries.ingest import input_files
from engine.recoveries.inputs import asked, step_inputs
from engine.recoveries.kept import bring_back, run_of
from engine.recoveries.record import VERSION
from engine.recoveries.run_folder import RUNS
from engine.recoveries.work import Work
from engine.run import Run
from engine.train.schedule import FOLLOW, SCHEDULE

REPLAYED = "replay.json"
NAMED = {"sound": "--sound", "similar": "--similar", "colours": "--colour-config"}
"""Settings that name files, and how the command line says where these lie now."""


@dataclass(frozen=True)
class Compared:
    """An output of the record against the one made now. `state`: 'same' (bit for bit), 'different' or 'missing'."""

    file: str
    state: str


@dataclass(frozen=True)
class Replayed:
    """`model`: whether the model that was trained again is the recorded one bit for bit; None where it was not trained."""

    outputs: tuple[Compared, ...]
    model: bool | None
    folder: Path

    @property
    def same(self) -> bool:
        return self.model is not False and all(one.state == "same" for one in self.outputs)


def replay(path: Path, given: Mapping[str, Path], out: Path, train: bool, run: Run) -> Replayed:
    """Make the results of the record `path` again in `out`; `given` names scan, reference, sound, similar pictures and own colour config
    where they lie elsewhere; `train`: the model too. Raises MediaError for a record that is none, or is damaged; MediaMissing for inputs
    that are not found; UsageError where they are not those of the record, or what is asked cannot be done; OutputRefused where `out` lies
    in a bag; and what the steps raise."""
    from engine.recoveries.perform import run_steps

    record = read_record(path)
    refuse_bag(out)
    sums = {row["file"].split("/", 1)[1]: row["sha256"] for row in record["kept"]}
    kept = path.parent / record["kept"][0]["file"].split("/")[0]
    folder = out / f"{record['name']}{FOLDER}"
    with opened(record, path.parent, given, run) as (scan, reference):
        project = _project(record, path.parent, given, folder, scan, reference)
        _same_inputs(record, project, scan, reference, out, run)
        _begin(folder, sha256_of(path), train)
        bring_back(kept, sums, folder, everything=not train)
        number = run_of(sums)
        if train:
            project.run = None
            _lay_out_training(project, record, kept / RUNS / f"{number:03d}")
        else:
            project.run = number
            _with_shots(folder / RUNS / f"{number:03d}" / "choice.json", record["shots"])
        project.save()
        run_steps(Work(project, scan, reference, out), run)
    model = _same_models(record, folder, number) if train else None
    return Replayed(tuple(compared(record, out)), model, out)


def read_record(path: Path) -> dict[str, Any]:
    """Raises MediaError, NewerVersion."""
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = int(record["record"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MediaError(f"{path}: is no record of this program's results, or is damaged; give a file NAME_restored.record.json") from error
    if version > VERSION:
        raise NewerVersion(f"{path}: written by a newer version of the program ({version} > {VERSION}); update the program")
    return record


def refuse_bag(out: Path) -> None:
    """Raises OutputRefused where a folder lies in a bag, which is to stay as it is."""
    bag = next((folder for folder in (out.absolute(), *out.absolute().parents) if (folder / "bagit.txt").exists()), None)
    if bag:
        raise OutputRefused(f"{out}: lies in the bag {bag.name}, in which nothing may change; choose another folder with --out")


@contextmanager
def opened(record: Mapping[str, Any], base: Path, given: Mapping[str, Path], run: Run) -> Iterator[tuple[FrameSource, FrameSource | None]]:
    """Scan and reference of a record, each with the very content that it had. Raises MediaMissing, UsageError."""
    with ExitStack() as stack:
        sources: dict[str, FrameSource] = {}
        for role, medium in record["media"].items():
            place = Place(**medium["place"])
            places = [given[role]] if role in given else candidates(place, base)
            if not places:
                raise MediaMissing(f"{place.path}: the {role} of the record is not there; say where it is with --{role}")
            source = stack.enter_context(open_source(places[0], _reading(medium["reading"]), run))
            if fingerprint(source) != place.fingerprint:
                raise UsageError(f"{places[0]}: is not the {role} of the record; give the one that it was made from with --{role}")
            sources[role] = source
        yield sources["scan"], sources.get("reference")


def _reading(data: Mapping[str, Any]) -> Reading:
    span = tuple(data["span"]) if data["span"] else None
    return Reading(**{**data, "rate": Fraction(data["rate"]) if data["rate"] else None, "span": span})


def _project(record: Mapping[str, Any], base: Path, given: Mapping[str, Path], folder: Path, scan: FrameSource,
             reference: FrameSource | None) -> Project:
    """The project of a record, anew: its settings, with files where they lie now; no bag is made of a replay."""
    settings = dict(record["settings"]) | {"package": ""}
    for name, flag in NAMED.items():
        if settings[name]:
            place = Place(**settings[name])
            there = given.get(name) or next(iter(candidates(place, base)), None) or folder_of(place, base)
            if there is None or not there.exists():
                raise MediaMissing(f"{there if name in given else place.path}: is not there, and the record has it; say where it is with "
                                   f"{flag}")
            settings[name] = vars(place_of(there, folder, place.fingerprint))
    data = {"version": PROJECT_VERSION, "name": record["name"], "recovery": record["recovery"], "scan": None, "reference": None,
            "settings": settings, "run": None, "flags": [], "confirmed": record["doubts"]["confirmed"], "trusted": [], "results": None,
            "elements": record["elements"], "earlier": {}}
    project = from_plain(data, folder)
    media = record["media"]
    project.scan = _medium(scan, media["scan"], folder)
    project.reference = _medium(reference, media["reference"], folder) if reference else None
    project.elements = Elements.from_json(record["elements"])
    return project


def _medium(source: FrameSource, data: Mapping[str, Any], folder: Path) -> Medium:
    return Medium(place_of(source.info.path, folder, data["place"]["fingerprint"]), _reading(data["reading"]), data["encoding"])


def _same_inputs(record: Mapping[str, Any], project: Project, scan: FrameSource, reference: FrameSource | None, out: Path,
                 run: Run) -> None:
    """Raises UsageError where an input is not, byte for byte, what the record says."""
    with run.phase("fixity"):
        found = take_in(input_files(project, scan, reference), None, run)
    recorded = {row["file"]: row["sha256"] for row in record["inputs"]}
    wrong = [name for name, one in found.items() if recorded.get(name) != one.sha256]
    gone = [name for name in recorded if name not in found and name.split("/")[0] != "pictures"]
    if wrong or gone:
        names = ", ".join([*wrong, *(f"{name} (missing)" for name in gone)][:5])
        more = f" and {len(wrong) + len(gone) - 5} more" if len(wrong) + len(gone) > 5 else ""
        raise UsageError(f"these inputs are not those of the record: {names}{more}; bring them back from a backup")


def _begin(folder: Path, mark: str, train: bool) -> None:
    """An empty project, or one that a stopped replay of the same kind left. Raises OutputRefused where another project is there."""
    wanted = {"record": mark, "train": train}
    with told(folder.parent, "beginning the replay"):
        if folder.exists() and any(folder.iterdir()) and _json(folder / REPLAYED) != wanted:
            raise OutputRefused(f"{folder}: another project is there; choose another folder with --out")
        folder.mkdir(parents=True, exist_ok=True)
        write_json(folder / REPLAYED, wanted)


def _json(path: Path) -> Any:
    try:
        return read_json(path, lambda data: data)
    except MediaError:
        return None


def _with_shots(choice: Path, shots: list[str | None]) -> None:
    """The shot of each frame as it was when the results were made, whatever range the run was trained with."""
    write_json(choice, read_json(choice, dict) | {"shots": shots})


def _lay_out_training(project: Project, record: Mapping[str, Any], kept: Path) -> None:
    """A run's folder with the plan and the decisions of the recorded run, which the training follows. Raises UsageError where the run
    cannot be trained again from the record alone."""
    training = record["training"]
    if training["went_on_from"] is not None:
        raise UsageError(f"run {training['run']} went on from run {training['went_on_from']}, which is not in the record; replay without "
                         "--train")
    if not training["present"]:
        raise UsageError(f"run {training['run']} was trained with other settings or another scan than the record's; replay without --train")
    step = next(step for step in RECOVERIES[project.recovery].steps if step.name == "train")
    folder, inputs = project.folder / RUNS / "001", step_inputs(project)["train"]
    job = {"version": 1, "step": "train", "inputs": inputs, "settings": asked(step, project.settings)}
    job = json.loads(json.dumps(job, default=str))
    if read_job(folder) == job:
        return                      # a stopped replay goes on
    with told(folder, "laying out the training"):
        folder.mkdir(parents=True, exist_ok=True)
        write_json(folder / "job.json", job)
        write_json(folder / "status.json", {"state": "stopped"})
        for name, new in (("plan.json", "plan.json"), ("runtime.json", "runtime.json"), (SCHEDULE, FOLLOW)):
            for source in kept.rglob(name):
                target = folder / source.relative_to(kept).with_name(new)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)


def _same_models(record: Mapping[str, Any], folder: Path, number: int) -> bool:
    """Whether every model of the run is the recorded one, bit for bit."""
    wanted = {name: digest for name, digest in record["training"]["models"].items() if name.endswith(".pt")}
    own = {name: folder / name.replace(f"{RUNS}/{number:03d}/", f"{RUNS}/001/", 1) for name in wanted}
    return all(own[name].is_file() and sha256_of(own[name]) == digest for name, digest in wanted.items())


def compared(record: Mapping[str, Any], out: Path) -> Iterator[Compared]:
    """Each output of the record against the file of that name in `out`."""
    for row in record["outputs"]:
        there = out / row["file"]
        yield Compared(row["file"], "missing" if not there.is_file() else "same" if sha256_of(there) == row["sha256"] else "different")
