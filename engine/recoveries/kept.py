"""What of a project is delivered with its results: the used run with its model, and what the run needs to make frames again. It lies in
`NAME_restored.model/` by the project's own paths, so that a project can be made of it."""
from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from engine.errors import MediaError
from engine.files import read_json, replacing, told
from engine.package.checksums import sha256_of
from engine.project import DONE, Project
from engine.recoveries.run_folder import RUNS, RunInfo

ROOMS = ("align/alignment.json", "balance/balance.json", "tone/tone.json", "damage/damage.json", "damage-edits/*.json", "fade/fade.json",
         "shots/shots.json", "pairs/choice.json", "pairs/damage-edits/*.json", "keyframes/*/*", DONE)
"""Files of a project beside its runs, as patterns."""
LEFT_OUT = ("checkpoint.pt", "log.jsonl", "training.jsonl", "worker.log", "stop", "enough")
LEFT_OUT_FOLDERS = ("samples", "preview", "pairs")
DESCRIPTION = "description.txt"


def kept_files(project: Path, run: RunInfo) -> Iterator[Path]:
    """What is delivered of a project's folder, in order."""
    for pattern in ROOMS:
        yield from sorted(path for path in project.glob(pattern) if _wanted(path))
    for path in sorted(run.folder.rglob("*")):
        if _wanted(path) and not set(path.relative_to(run.folder).parts[:-1]) & set(LEFT_OUT_FOLDERS):
            yield path


def _wanted(path: Path) -> bool:
    return path.is_file() and path.name not in LEFT_OUT and not path.name.endswith(".partial") and not path.name.startswith(".")


def keep(project: Project, run: RunInfo, folder: Path, description: str) -> dict[str, str]:
    """Leave the files in `folder`, with a description in plain words, and give SHA-256 by path below it. What an earlier result left there,
    by the record beside it, is removed; nothing else is. Raises DiskFull, OutputRefused."""
    with told(folder, "keeping the model"):
        wanted = {path.relative_to(project.folder).as_posix(): path for path in kept_files(project.folder, run)}
        for name, digest in _left_before(folder).items():
            stale = folder / name
            if name not in (*wanted, DESCRIPTION) and stale.is_file() and sha256_of(stale) == digest:
                stale.unlink()
        for name, source in wanted.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with replacing(folder / name) as temporary:
                temporary.write_bytes(_before_export(source) if name == DONE else source.read_bytes())
        with replacing(folder / DESCRIPTION) as temporary:
            temporary.write_text(description, encoding="utf-8", newline="\n")
    return {name: sha256_of(folder / name) for name in sorted((*wanted, DESCRIPTION))}


def _left_before(folder: Path) -> dict[str, str]:
    """SHA-256 by path below the folder of what the record beside it says that an earlier result left there."""
    with suppress(MediaError):
        return read_json(folder.with_suffix(".record.json"), lambda record: {
            row["file"].split("/", 1)[1]: row["sha256"] for row in record["kept"] if row["file"].startswith(f"{folder.name}/")})
    return {}


def _before_export(done: Path) -> bytes:
    """What is done without the export, which is being done."""
    data = read_json(done, dict)
    data["steps"] = {step: facts for step, facts in data["steps"].items() if step != "export"}
    return json.dumps(data, indent=1, ensure_ascii=False).encode()


def bring_back(folder: Path, sums: dict[str, str], project: Path, everything: bool) -> None:
    """Make of a kept folder what a project's folder holds; without `everything` only what was made by hand: keyframes and edits of damage.
    Raises MediaError where a file is not as it was left."""
    for name, digest in sums.items():
        source = folder / name
        if not source.is_file() or sha256_of(source) != digest:
            raise MediaError(f"{source}: is gone or is not as it was left; replay needs the whole folder {folder.name}")
        if name != DESCRIPTION and (everything or name.split("/")[0] in ("keyframes", "damage-edits")):
            with told(project, "bringing back the project"):
                (project / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, project / name)


def run_of(sums: dict[str, str]) -> int:
    """The number of the run that was kept."""
    return next(int(name.split("/")[1]) for name in sums if name.startswith(f"{RUNS}/"))
