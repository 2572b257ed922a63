"""How far an earlier export came: which frames of which formats are there and whole."""
from __future__ import annotations

import hashlib
from collections.abc import Mapping

from engine.export.container import Part
from engine.export.disk import refuse_foreign
from engine.export.ledger import Ledger
from engine.export.plan import Plan
from engine.export.sound import Sound
from engine.media.source import FrameSource

Sounds = Mapping[str, Sound | None]


def clear_temporaries(plan: Plan, ledger: Ledger) -> None:
    """Remove the temporary files of a kill, and the packets of movies that another export was putting together."""
    if ledger.interrupted or not ledger.frames:
        for form in plan.movies:
            plan.packets(form).unlink(missing_ok=True)
    clear_partial(plan)


def clear_partial(plan: Plan) -> None:
    """Remove what was written and did not take its place. Raises OSError."""
    for folder in (plan.folder, *map(plan.still_folder, plan.stills)):
        for path in folder.glob(f".{plan.name}_restored*.partial" if folder == plan.folder else ".*.partial"):
            path.unlink()


def refuse_changed(plan: Plan, ledger: Ledger, scan: FrameSource) -> None:
    """Raises OutputRefused where a file was changed after the ledger, and is not as an export wrote it."""
    for path in plan.files(scan):
        refuse_foreign(path, ledger.known(path), ledger.since)


def unfinished(plan: Plan, ledger: Ledger, scan: FrameSource, sounds: Sounds) -> dict[int, tuple[str, ...]]:
    """The frames to make, in order, with the formats that each still needs. A still is finished if the ledger has it and the file is
    there at its length; a frame of a movie if the movie is whole, or it and all before it are in the packet file. Packets are kept until
    the movie has its name."""
    there = {form: len(scan) if _whole(plan, ledger, form, sounds[form]) else len(parts_of(plan, ledger, form)) for form in plan.movies}
    todo: dict[int, tuple[str, ...]] = {}
    for index in range(len(scan)):
        forms = tuple(form for form in plan.formats
                      if (index >= there[form] if form in there else not _still_there(plan, ledger, form, index)))
        if forms:
            todo[index] = forms
    return todo


def replaced(plan: Plan, ledger: Ledger, scan: FrameSource, todo: Mapping[int, tuple[str, ...]]) -> int:
    """How many files of an earlier export will be written over."""
    stills = (plan.still(form, scan.name(index)) for index, forms in todo.items() for form in forms if form in plan.stills)
    files = (path.relative_to(plan.folder).as_posix() for path in (*stills, *map(plan.movie, plan.movies)))
    return sum(ledger.replaces(file) for file in files)


def _still_there(plan: Plan, ledger: Ledger, form: str, index: int) -> bool:
    entry = ledger.frames.get(index, {}).get("written", {}).get(form)
    if entry is None or not ledger.holds(entry["file"]):
        return False
    path = plan.still(form, ledger.frames[index]["frame"])
    if not path.is_file() or path.stat().st_size != int(entry["bytes"]):
        return False
    return not ledger.shared or hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]    # a kill may have left the other's file


def _whole(plan: Plan, ledger: Ledger, form: str, sound: Sound | None) -> bool:
    entry = ledger.movies.get(form)
    path, packets = plan.movie(form), plan.packets(form)
    return (entry is not None and ledger.holds(entry["file"]) and path.is_file() and path.stat().st_size == int(entry["bytes"])
            and entry["sound"] == (sound.identity if sound else None) and not (packets.is_file() and packets.stat().st_size))


def parts_of(plan: Plan, ledger: Ledger, form: str) -> list[Part]:
    """The frames of a movie that are in its packet file, from the first on without a gap; of frames that are encoded in groups, those of
    whole groups."""
    path = plan.packets(form)
    length, end = path.stat().st_size if path.is_file() else 0, 0
    parts: list[Part] = []
    while (entry := ledger.frames.get(len(parts), {}).get("written", {}).get(form)) is not None:
        part = Part(entry["offset"], entry["length"], entry["sha256"])
        if part.offset != end or end + part.length > length:
            break
        parts.append(part)
        end += part.length
    return parts if len(parts) == plan.info.frames else parts[:len(parts) - len(parts) % plan.movies[form].movie.group]
