"""What a folder for results tells of earlier exports: their records stay, under a number, as long as files of theirs are there that the
present export is not of; and lists of checksums name nothing that is another file by now."""
from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from engine.export.plan import Plan
from engine.files import replacing, told, write_json
from engine.package.checksums import read_sums, sha256_of, write_sums

RECORD, PREMIS, SUMS, MODEL = ".record.json", ".premis.xml", ".sha256", ".model"
MOVED = (MODEL, ".report.html", ".report.pdf")      # as they are


def earlier(path: Path) -> dict[str, Any] | None:
    """A record as it lies there; None where there is none, or it is damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else None
    except (OSError, ValueError):
        return None


def set_aside(plan: Plan, names: Collection[str]) -> str:
    """Where the record of an earlier export under the name of this one has files that stand, are none of `names`, and no other record tells
    of, it becomes NAME_restored-1.record.json, and so PREMIS, checksums, report and model. What was begun goes on: the record comes last.
    Gives its new name, '' where nothing was set aside. Raises DiskFull, OutputRefused."""
    record = earlier(plan.folder / (plan.base + RECORD))
    if record is None or not _left(plan, record, names):
        return ""
    number = 1
    while (plan.folder / f"{plan.base}-{number}{RECORD}").exists():
        number += 1
    old, new = plan.base, f"{plan.base}-{number}"
    with told(plan.folder, "setting the earlier record aside"):
        for suffix in MOVED:
            if (plan.folder / (old + suffix)).exists():
                (plan.folder / (old + suffix)).rename(plan.folder / (new + suffix))
        _premis_aside(plan.folder / (old + PREMIS), plan.folder / (new + PREMIS), old, new)
        kept = [row | {"file": _renamed(row["file"], old, new)} for row in record["kept"]]
        write_json(plan.folder / f".{new}{RECORD}", record | {"kept": kept})
        _sums_aside(plan, old, new)
        (plan.folder / f".{new}{RECORD}").replace(plan.folder / (new + RECORD))
        (plan.folder / (old + RECORD)).unlink()
    return new + RECORD


def _left(plan: Plan, record: Mapping[str, Any], names: Collection[str]) -> bool:
    """Whether a record has files that nothing else would tell of."""
    others = (earlier(path) for path in plan.folder.glob(f"{literal(plan.base)}-[0-9]*{RECORD}"))
    told_of = {(row["file"], row["sha256"]) for other in others if other for row in other["outputs"]}
    return any(row["file"] not in names and (row["file"], row["sha256"]) not in told_of and (plan.folder / row["file"]).is_file()
               for row in record["outputs"])


def _premis_aside(before: Path, after: Path, old: str, new: str) -> None:
    if before.exists():
        with replacing(after) as temporary:
            text = before.read_text(encoding="utf-8").replace(f"{escape(old)}{MODEL}/", f"{escape(new)}{MODEL}/")
            temporary.write_text(text, encoding="utf-8", newline="\n")
        before.unlink()


def _sums_aside(plan: Plan, old: str, new: str) -> None:
    before = plan.folder / (old + SUMS)
    if before.exists():
        sums = {_renamed(name, old, new): digest for name, digest in read_sums(before).items() if name != plan.ledger.name}
        sums[new + RECORD] = sha256_of(plan.folder / f".{new}{RECORD}")
        sums[new + PREMIS] = sha256_of(plan.folder / (new + PREMIS))
        write_sums(plan.folder / (new + SUMS), sums)
        before.unlink()


def _renamed(name: str, old: str, new: str) -> str:
    moved = name.split("/")[0] in {old + suffix for suffix in (RECORD, PREMIS, *MOVED)}
    return new + name.removeprefix(old) if moved else name


def is_aside(plan: Plan, name: str) -> bool:
    """Whether a file beside the results belongs to what was set aside."""
    return bool(re.match(rf"{re.escape(plan.name)}_restored(\.-?\d+--?\d+)?-\d+\.", name))


def refresh_lists(plan: Plan, sums: Mapping[str, str]) -> None:
    """Take out of the lists of earlier exports what this one made anew with other content, and mattes and pictures side by side that it
    removed. Raises DiskFull, OutputRefused."""
    made_anew = (f"{plan.base}.evidence/", f"{plan.base}_compare/")
    for path in plan.folder.glob(f"{literal(plan.name)}_restored*{SUMS}"):
        if path.name != plan.base + SUMS:
            rows = read_sums(path)
            left = {name: digest for name, digest in rows.items() if sums.get(name, digest) == digest
                    and ((plan.folder / name).is_file() or not name.startswith(made_anew))}
            if left != rows:
                write_sums(path, left)


def literal(name: str) -> str:
    """A name in a pattern of files."""
    return re.sub(r"([*?\[])", r"[\1]", name)
