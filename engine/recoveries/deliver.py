"""What is left beside the results: checksums, decoded frames, the model, the record, PREMIS and, where it is asked for, the bag."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.elements import ROLES, Element
from engine.errors import MediaError, OutputRefused
from engine.export.ledger import read_lines
from engine.export.movie import movie_rate
from engine.export.plan import FORMATS, ExportSettings, Plan, make_plan
from engine.export.source_type import proposed
from engine.export.whole import film_of
from engine.files import mended_lines, read_json, write_json
from engine.fixity import checked, now
from engine.media.colour import config_facts
from engine.media.source import FrameSource
from engine.package.bag import Payload, make_bag
from engine.package.checksums import differing, sha256_of, write_sums
from engine.package.framemd5 import DECODERS, Frame, decode_movie, decode_still, skips, text, write_framemd5
from engine.package.premis import write_premis
from engine.package.signed import SUFFIX as SIGNED
from engine.project import Project, as_plain
from engine.recoveries import record as recorded
from engine.recoveries.account import METHODS
from engine.recoveries.aside import earlier, is_aside, literal, refresh_lists, set_aside
from engine.recoveries.events import premis_of
from engine.recoveries.ingest import fixity_folder, input_files, prints_of, store_of
from engine.recoveries.kept import keep
from engine.recoveries.run_folder import RunInfo
from engine.recoveries.trained_on import FILE as TRAINED_ON
from engine.run import Run, each

FRAMES = "frames.jsonl"
TIMES = ("made", "fixity_check", "machine")
"""Fields of a record that say nothing of what was made: where only they differ, an earlier record stands."""
ASKED_FOR = (".evidence", "_compare", ".compare.mp4")       # results that not every export makes
TAUGHT = ("similar", "pictures")        # inputs that only the training is of
OWN = (".sha256", ".frames.jsonl", ".record.json", ".premis.xml", ".framemd5", ".bag")


@dataclass(frozen=True)
class Delivery:
    """What is told after an export: names below the folder for results."""

    names: tuple[str, ...]
    aside: str = ""


@dataclass
class _Work:
    project: Project
    scan: FrameSource
    reference: FrameSource | None
    own: bool                   # whether the scan is the project's own, which it was aligned and trained on
    plan: Plan
    used: RunInfo
    shots: Sequence[str | None]
    colours: Path | None        # an own OpenColorIO config
    film: FrameSource           # what the results show: the scan, or its whole length
    run: Run

    @property
    def base(self) -> str:
        return self.plan.base

    def path(self, suffix: str) -> Path:
        return self.plan.folder / (self.base + suffix)


def make_way(project: Project, plan: Plan, facts: Mapping[str, Any], run: Run) -> None:
    """What goes before everything that lies beside the results of a finished export: the record of an earlier one is set aside where it
    tells of more than this export made. Raises DiskFull, OutputRefused."""
    mattes = (path.relative_to(plan.folder).as_posix() for path in evidence_files(project, plan))
    names = {row["file"] for row in (*written_files(plan), *facts.get("compared", ()))} | set(mattes)
    if aside := set_aside(plan, names):
        run.say(f"files of an earlier export stay here; its record was set aside as {aside}")


def deliver(project: Project, scan: FrameSource, reference: FrameSource | None, own: bool, settings: ExportSettings, used: RunInfo,
            shots: Sequence[str | None], choice: Mapping[str, Any], facts: Mapping[str, Any], run: Run) -> Delivery:
    """Leave everything that belongs to the results of a finished export, and the bag where the project's settings say so. `own`: the scan
    is the project's own; of another one, which its model is applied to, nothing is told of the training but what the model says of itself.
    `shots` names the shot of each frame, `choice` the pairs; `facts` are those of the export. Whatever was left before and still holds is
    kept. Raises DiskFull, OutputRefused, MediaError, Cancelled."""
    work = _Work(project, scan, reference, own, make_plan(scan, settings), used, shots,
                 settings.colours, film_of(scan, settings.whole), run)
    written = written_files(work.plan)
    lists = _decoded(work, written, facts.get("compared", ()))
    record = _record(work, written, choice, facts)
    paths = input_files(project, scan, reference) | {row["file"]: work.plan.folder / row["file"] for row in record["outputs"]}
    write_premis(work.path(".premis.xml"), premis_of(project, used, record, paths))
    sums = {row["file"]: row["sha256"] for row in (*record["outputs"], *record["kept"])}
    others = [*lists, *_companions(work, sums), work.base + ".record.json", work.base + ".premis.xml"]
    sums |= {name: sha256_of(work.plan.folder / name) for name in dict.fromkeys(others) if name not in sums}
    write_sums(work.path(".sha256"), sums)
    sums[work.plan.ledger.name] = sha256_of(work.plan.ledger)       # which later exports go on with, so it is in no list but the bag's
    refresh_lists(work.plan, sums)
    names = [work.base + suffix for suffix in (".record.json", ".premis.xml", ".sha256")] + lists + [_model_folder(work).name]
    if project.settings.package != "bagit":
        return Delivery(tuple(names))
    sums[work.base + ".sha256"] = sha256_of(work.path(".sha256"))
    dated = [name for name in sums if name.endswith((".sha256", ".html", ".pdf"))]
    aside = make_bag(work.path(".bag"), _payload(work, sums), _info(work, record), dated, run)
    if aside:
        run.say(f"the bag of an earlier result was set aside as {aside.name}")
    return Delivery((*names, work.base + ".bag"), aside.name if aside else "")


def written_files(plan: Plan) -> list[dict[str, Any]]:
    """A row for each file that the plan's export left, in the order of the ledger: file (below the folder for results), sha256, bytes."""
    rows: dict[str, dict[str, Any]] = {}
    lines = read_lines(plan.ledger)[0]
    export = lines[0]["export"] if lines else ""
    for line in lines:
        entries = {line["movie"]: line} if "movie" in line else line.get("written", {})
        for form, entry in entries.items() if line["export"] == export else ():
            if form in plan.formats and {"file", "sha256", "bytes"} <= entry.keys():
                rows[entry["file"]] = {name: entry[name] for name in ("file", "sha256", "bytes")}
    return list(rows.values())


def _decoded(work: _Work, written: list[dict[str, Any]], compared: Sequence[Mapping[str, Any]]) -> list[str]:
    """A framemd5 file for each format: every file is read back, compared with its checksum, and decoded. What was decoded before is known
    by its checksum, and not decoded again. The pictures side by side are read back, too. Returns the names."""
    store = fixity_folder(work.project, work.plan.folder) / FRAMES
    known = {(row["of"], row["index"]): Frame(**row["frame"]) for row in mended_lines(store)}
    stills: dict[str, list[dict[str, Any]]] = {}
    left = []
    for row in written:
        if Path(row["file"]).suffix.lower() in DECODERS:
            stills.setdefault(row["file"].split("/")[0], []).append(row)
    new = {row["file"] for rows in stills.values() for row in rows if (row["sha256"], 0) not in known}      # compared as they are decoded
    _refuse_damaged(work, [*(row for row in written if row["file"] not in new), *compared])
    for folder, rows in stills.items():
        left.append(_list(work, folder, _stills(work, rows, known, store)))
    for row in written:
        if "/" not in row["file"] and row["file"].split("/")[0] not in stills:
            left.append(_list(work, Path(row["file"]).stem, _movie(work, row, known, store)))
    return left


def _refuse_damaged(work: _Work, rows: Sequence[Mapping[str, Any]]) -> None:
    """Raises OutputRefused where a result is not, byte for byte, what was written."""
    files = {row["file"]: work.plan.folder / row["file"] for row in rows}
    wrong = differing(files, {row["file"]: row["sha256"] for row in rows}, work.run)
    if wrong:
        more = f" and {len(wrong) - 5} more" if len(wrong) > 5 else ""
        raise OutputRefused(f"{work.plan.folder}: {', '.join(wrong[:5])}{more}: not what was written any more; a disk is failing, or "
                            "another program changed it. Remove what is named and give the same command again, which makes it anew")


def _list(work: _Work, stem: str, frames: list[Frame]) -> str:
    name = (stem if stem.endswith(work.plan.span) else stem + work.plan.span) + ".framemd5"
    rate = Fraction(24) if work.scan.info.kind == "stills" else movie_rate(work.scan.info)
    lines = text(frames, rate, work.scan.info.pixel_aspect, " ".join(recorded.program().values()).strip())
    write_framemd5(work.plan.folder / name, lines)
    return name


def _stills(work: _Work, rows: list[dict[str, Any]], known: dict[tuple[str, int], Frame], store: Path) -> list[Frame]:
    todo = [row for row in rows if (row["sha256"], 0) not in known]
    made = each(lambda row: decode_still(work.plan.folder / row["file"], row["sha256"]), todo, room=work.scan.info.working_bytes)
    for done, (row, frame) in enumerate(zip(todo, made, strict=True)):
        known[row["sha256"], 0] = _note(store, row["sha256"], 0, frame)
        work.run.step(done + 1, len(todo), "reading back")
    return [known[row["sha256"], 0] for row in rows]


def _movie(work: _Work, row: Mapping[str, Any], known: dict[tuple[str, int], Frame], store: Path) -> list[Frame]:
    digest, path, frames = row["sha256"], work.plan.folder / row["file"], list[Frame]()
    while (digest, len(frames)) in known:
        frames.append(known[digest, len(frames)])
    if len(frames) >= len(work.film):
        return frames
    if not skips(path):
        frames = []
    for frame in decode_movie(path, len(frames)):
        frames.append(_note(store, digest, len(frames), frame))
        work.run.step(len(frames), max(len(frames), len(work.film)), "reading back")
    return frames


def _note(store: Path, digest: str, index: int, frame: Frame) -> Frame:
    """Kept beside the project, where that can be written to, so that nothing is decoded twice."""
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        with store.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"of": digest, "index": index, "frame": asdict(frame)}) + "\n")
    except OSError:
        pass
    return frame


def _record(work: _Work, written: list[dict[str, Any]], choice: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Write the record, or find the one that is there to hold still."""
    project, plan, scan = work.project, work.plan, work.scan
    prints = {name: one for name, one in prints_of(project, scan, work.reference, plan.folder).items()
              if work.own or name.split("/")[0] not in TAUGHT}
    steps = recorded.steps_of(project, work.used) if work.own else {}
    folder = _model_folder(work)
    kept = keep(project, work.used, folder, _description(work, choice))
    record: dict[str, Any] = {
        "record": recorded.VERSION, "name": plan.name, "made": now(), "program": recorded.program(),
        "libraries": recorded.libraries(), "machine": recorded.machine(),
        "recovery": project.recovery, "method": METHODS[project.recovery], "elements": as_plain(project.elements),
        "settings": recorded.settings_of(project, plan.folder), "media": recorded.media_of(project, plan.folder, scan, work.reference),
        "inputs": recorded.inputs_of(prints), "fixity_check": checked(store_of(project, plan.folder)),
        "own_scan": work.own, "steps": steps,
        "pairs": recorded.pairs_of(project, scan, choice, prints, work.used) if work.own else [], "shots": list(work.shots),
        "keyframes": recorded.keyframes_of(project) if work.own else [],
        "training": recorded.training_of(work.used, kept), "device": facts["device"], "device_name": facts["device_name"],
        "applied_with": facts["runtime"], "frames": facts["frames"], "luma": facts["luma"], "clipped": facts["clipped"],
        "origin": facts.get("origin", {}), "untouched": facts.get("untouched", 0), "sound": facts["sound"],
        "ledger": {"file": plan.ledger.name, "sha256": sha256_of(plan.ledger)},
        "doubts": recorded.doubts_of(project, scan, work.used, work.own, steps),
        "encoding": {"scan": scan.info.encoding, "result": plan.encoding}, "colour_config": config_facts(work.colours),
        "source_type": {"proposed": proposed(project.recovery), "confirmed": project.settings.source_type},
        "kept": [{"file": f"{folder.name}/{name}", "sha256": digest, "bytes": (folder / name).stat().st_size}
                 for name, digest in kept.items()],
        "outputs": [*written, *_evidence(work), *facts.get("compared", ())],
    }
    path = work.path(".record.json")
    record = json.loads(json.dumps(record, default=str))
    before = earlier(path)
    if before is not None and all(before.get(key) == value for key, value in record.items() if key not in TIMES):
        return before
    write_json(path, record)
    return record


def _model_folder(work: _Work) -> Path:
    return work.path(".model")


def evidence_files(project: Project, plan: Plan) -> list[Path]:
    """The mattes, where they were asked for: they are results too."""
    folder = plan.folder / f"{plan.base}.evidence"
    if not project.settings.evidence or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _evidence(work: _Work) -> Iterator[dict[str, Any]]:
    for path in evidence_files(work.project, work.plan):
        yield {"file": f"{path.parent.name}/{path.name}", "sha256": sha256_of(path), "bytes": path.stat().st_size}


def _companions(work: _Work, known: Mapping[str, str]) -> list[str]:
    """What else lies there under the name of these results, such as the report; not what an export of other formats or another range
    left, nor mattes and pictures side by side of an earlier one that this one did not make."""
    plan, found = work.plan, list[str]()
    strange = re.compile(rf"{re.escape(plan.name)}_restored_({'|'.join(FORMATS)})(\W|$)")
    made = {name.split("/")[0] for name in known}
    for top in sorted(plan.folder.glob(f"{literal(plan.name)}_restored*")):
        span = re.search(r"\.(-?\d+--?\d+)(\.|_|$)", top.name.removeprefix(plan.name))
        if top.suffix == SIGNED and _signs(top, known):
            found.append(top.name)
        other_span = (span and f".{span[1]}" != plan.span) or (plan.span and not span)
        stale = top.name.endswith(ASKED_FOR) and top.name not in made
        if stale or strange.match(top.name) or is_aside(plan, top.name) or top.name.endswith(OWN) or other_span:
            continue
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        names = (path.relative_to(plan.folder).as_posix() for path in files if path.is_file())
        found += [name for name in names if name not in known and not name.endswith(".partial")]
    return found


def _signs(manifest: Path, known: Mapping[str, str]) -> bool:
    """Whether a C2PA manifest is of a movie of these results, and no older than it."""
    movie = next((manifest.with_name(name) for name in known if Path(name).stem == manifest.stem and "/" not in name), None)
    return movie is not None and movie.stat().st_mtime_ns <= manifest.stat().st_mtime_ns


def _payload(work: _Work, sums: Mapping[str, str]) -> dict[str, Payload]:
    """The ledger grows in place with later exports, so the bag gets its own."""
    ledger = work.plan.ledger.name
    return {name: Payload(work.plan.folder / name, digest, name == ledger) for name, digest in sums.items()}


def _info(work: _Work, record: Mapping[str, Any]) -> dict[str, str]:
    people, scan = work.project.elements.people, work.project.elements.scan
    title = f"{work.plan.name}, restored ({record['recovery']}), {record['frames']} frames; a derivative, not a master"
    made = recorded.program()
    return {"Source-Organization": people.institution, "Contact-Name": people.archivist, "External-Description": title,
            "External-Identifier": scan.identifier, "Internal-Sender-Identifier": work.base,
            "Internal-Sender-Description": people.trouble,
            "Bag-Software-Agent": f"{made['name']} {made['version']}".strip()}


def _elements_of(work: _Work) -> dict[str, dict[str, str]]:
    """What the model was trained on: as the project has it now, or, of another film, as the run kept it."""
    if work.own:
        return {role: asdict(getattr(work.project.elements, role)) for role in ROLES}
    with suppress(MediaError):
        kept: dict[str, dict[str, str]] = read_json(work.used.folder / TRAINED_ON, dict)["elements"]
        return {role: {name: fields[name] for name in asdict(Element()) if name in fields} for role, fields in kept.items()}
    return {}


def _description(work: _Work, choice: Mapping[str, Any]) -> str:
    """The model in plain words."""
    used, film = work.used, "this film" if work.own else "the film that it was made for"
    elements = _elements_of(work)
    lines = [
        f"The model that made {work.base}", "", METHODS[work.project.recovery], "",
        f"It lies in {used.folder.relative_to(work.project.folder).as_posix()}: model.pt (PyTorch); where there are any, onnx/ (ONNX, with",
        "description.json and a self-test) and lut/ (.cube files for other programs).",
        "To do the self-test again: answerprint check-model FOLDER OF THE RUN", "",
        f"Trained for {used.steps} steps with the seed {used.settings.get('seed')} on {used.device_name or used.device}, on pairs of",
        f"{film} alone: {len(choice.get('train', ()))} frames trained on, {len(choice.get('held_out', ()))} held out.", ""]
    for role in ROLES:
        said = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in elements.get(role, {}).items() if value)
        lines.append(f"{role}: {said or 'nothing was said of it'}")
    figures = ", ".join(f"{name} {value}" for name, value in (used.held_out or {}).items() if isinstance(value, (int, float)))
    return "\n".join([*lines, *(["", f"On held-out frames: {figures}"] if figures else [])]) + "\n"
