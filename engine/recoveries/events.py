"""A restoration as PREMIS tells it: objects, events, agents and rights, from the record and the job folders of its steps."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.export.result import off_words
from engine.fixity import utc
from engine.package.premis import Agent, Event, File, Premis, Representation, Rights
from engine.project import Project
from engine.recoveries.record import ended, rests_on
from engine.recoveries.run_folder import RunInfo

PROGRAM, MACHINE, INSTITUTION, ARCHIVIST = "agent/answerprint", "agent/machine", "agent/institution", "agent/archivist"
FORMATS = {".dpx": ("SMPTE DPX", ""), ".tif": ("TIFF", "6.0"), ".tiff": ("TIFF", "6.0"), ".exr": ("OpenEXR", "2"), ".png": ("PNG", ""),
           ".mov": ("QuickTime", ""), ".mkv": ("Matroska", "4"), ".mp4": ("MPEG-4", ""), ".pt": ("PyTorch model", ""),
           ".onnx": ("ONNX", ""), ".cube": ("Cube LUT", ""), ".json": ("JSON", ""), ".jsonl": ("JSON Lines", ""), ".xml": ("XML", "1.0"),
           ".html": ("HTML", "5"), ".pdf": ("PDF", ""), ".txt": ("plain text", "UTF-8"), ".npz": ("NumPy NPZ", ""), ".jpg": ("JPEG", ""),
           ".vob": ("MPEG program stream", ""), ".mpg": ("MPEG program stream", ""), ".wav": ("WAVE", "")}
STEPS = {"align": "alignment", "fade": "measurement of the fade", "shots": "finding of shots", "balance": "balance",
         "tone": "matching of tone", "damage": "detection of damage", "pairs": "choice of pairs"}
"""The steps of a project that are told as events, and how."""


def format_of(name: str, path: Path | None = None) -> tuple[str, str]:
    """Name and version of a file's format; the version of DPX by its header, where the file is at hand."""
    form, known = FORMATS.get(Path(name).suffix.lower(), (Path(name).suffix.lstrip(".").upper() or "unknown", ""))
    if form == "SMPTE DPX" and path is not None:
        try:
            with path.open("rb") as file:
                known = file.read(16)[8:16].split(b"\0")[0].decode("ascii", "replace").lstrip("V")
        except OSError:
            known = ""
    return form, known


def events_of(project: Project, run: RunInfo, record: Mapping[str, Any]) -> list[Event]:
    """What was done, in order, with the times of the job folders; of another scan than the project's own, what was done with that."""
    scan, result, agents = "scan", "result", ((PROGRAM, "executing program"),)
    sources = tuple((role, "source") for role in record["media"])
    taken = [row["taken_in"] for row in record["inputs"]]
    events = []
    if taken:
        events.append(Event("event/ingest", "ingestion", max(taken), f"{len(taken)} files were hashed (SHA-256, XXH3-128)", "success", "",
                            agents, sources))
    for step, words in STEPS.items() if record["own_scan"] else ():
        if (at := ended(project.folder / step)) and rests_on(project, run, step):
            events.append(Event(f"event/{step}", words, utc(at), _said(record["steps"].get(step, {})), "success", "", agents, sources))
    if at := ended(run.folder):
        learnt_from = ((scan, "source"),) if record["own_scan"] else ()
        events.append(Event("event/training", "training", utc(at),
                            f"run {run.number}, {run.steps} steps on {run.device_name or run.device}", "success",
                            _said(run.held_out or {}), agents, (*learnt_from, ("model", "outcome"))))
    if check := record.get("fixity_check"):
        read = f"{check['files']} files, {check['bytes']} bytes were read again"
        events.append(Event("event/fixity-check", "fixity check", check["at"], read, "success",
                            "every file is what it was when it was taken in", agents, sources))
    events.append(Event("event/application", "application of the model", record["made"], f"{record['frames']} frames",
                        "success", f"luma {off_words(record['luma'])}", agents,
                        ((scan, "source"), ("model", "source"), (result, "outcome"))))
    mattes = sum(".evidence/" in row["file"] for row in record["outputs"])
    written = f"{len(record['outputs']) - mattes} files were written, hashed, read back and compared"
    events.append(Event("event/export", "export", record["made"], "; ".join(record["settings"]["formats"]), "success",
                        written + (f"; {mattes} files of mattes were written and hashed" if mattes else ""), (*agents, *_people(record)),
                        ((result, "outcome"),)))
    return events


def _said(facts: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items() if isinstance(value, (int, float, str)) and value != "")


def _people(record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    people = record["elements"]["people"]
    roles = ((INSTITUTION, "institution", "institution"), (ARCHIVIST, "authorizer", "archivist"))
    return tuple((agent, role) for agent, role, field in roles if people[field].strip())


def agents_of(record: Mapping[str, Any]) -> list[Agent]:
    """Program with its libraries, machine, institution and people."""
    machine, people = record["machine"], record["elements"]["people"]
    libraries = tuple(f"{name} {version}" for name, version in record["libraries"].items())
    agents = [Agent(PROGRAM, record["program"]["name"], "software", record["program"]["version"] or "unknown", libraries),
              Agent(MACHINE, machine["processor"], "hardware", "",
                    (f"{machine['cores']} cores, {machine['system']} {machine['release']}",))]
    if people["institution"].strip():
        agents.append(Agent(INSTITUTION, people["institution"], "organization"))
    if people["archivist"].strip():
        agents.append(Agent(ARCHIVIST, people["archivist"], "person", "", tuple(filter(None, [people["worked_on"]]))))
    return agents


def premis_of(project: Project, run: RunInfo, record: Mapping[str, Any], paths: Mapping[str, Path]) -> Premis:
    """All of it. `paths` leads from names of inputs to the files, for what their headers say of their format."""
    elements, media = record["elements"], record["media"]
    rights = [Rights(f"rights/{role}", elements[role]["terms"], elements[role]["authorised_by"], elements[role]["use"], (role,))
              for role in media if any(elements[role][field].strip() for field in ("terms", "authorised_by", "use"))]
    named = {one.objects[0]: one.name for one in rights}
    given = {row["file"].split("/")[0] for row in record["inputs"]} - set(media)
    keyframes = ["keyframes"] if record["keyframes"] else []
    scan, sources = media["scan"], tuple(sorted((*media, *given, *keyframes)))
    representations = [
        *(Representation(role, _facts(elements[role], media[role]), rights=named.get(role, "")) for role in media),
        *(Representation(role) for role in sorted(given)), *(Representation(name) for name in keyframes),
        Representation("model", (("recovery", record["recovery"]), ("steps", str(run.steps))), sources if record["own_scan"] else (),
                       "event/training"),
        Representation("result", (("frames", str(record["frames"])), ("width", str(scan["width"])), ("height", str(scan["height"])),
                                  ("digital source type", record["source_type"]["confirmed"])), (*sources, "model"), "event/application"),
    ]
    return Premis(representations, _files(record, paths), events_of(project, run, record), agents_of(record), rights)


def _facts(element: Mapping[str, str], medium: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    said = tuple((field.replace("_", " "), element[field]) for field in ("kind", "gauge", "generation", "holder", "identifier", "condition",
                                                                        "year"))
    return (*said, ("encoding", str(medium["encoding"])))


def _files(record: Mapping[str, Any], paths: Mapping[str, Path]) -> Iterator[File]:
    for row in record["inputs"]:
        name = row["file"]
        yield File(name, row["sha256"], row["bytes"], format_of(name, paths.get(name)), name.split("/")[0])
    for row in record["kept"]:
        part = "keyframes" if record["keyframes"] and "/keyframes/" in row["file"] else "model"
        yield File(row["file"], row["sha256"], row["bytes"], format_of(row["file"]), part)
    for row in record["outputs"]:
        yield File(row["file"], row["sha256"], row["bytes"], format_of(row["file"], paths.get(row["file"])), "result")


