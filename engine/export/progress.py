"""How far an earlier export came: which frames of which formats are there and whole."""
from __future__ import annotations

from engine.export.movie import Part
from engine.export.plan import MOVIES, Plan
from engine.export.record import Ledger
from engine.export.sound import Sound
from engine.media.source import FrameSource


def clear_old(plan: Plan, ledger: Ledger) -> None:
    """Remove what an export of another identity left under our names, so that no two are mixed, and the temporary files of a kill."""
    inside = plan.folder.resolve()
    for line in ledger.old:
        entries = [line] if "movie" in line else line.get("written", {}).values()
        for path in (plan.folder / entry["file"] for entry in entries if "file" in entry):
            if path.resolve().is_relative_to(inside):
                path.unlink(missing_ok=True)
    if not (ledger.frames or ledger.movies):
        for form in MOVIES:
            plan.packets(form).unlink(missing_ok=True)
    for folder in (plan.folder, *map(plan.still_folder, plan.stills)):
        for path in folder.glob(f".{plan.name}_restored*.partial" if folder == plan.folder else ".*.partial"):
            path.unlink()


def unfinished(plan: Plan, ledger: Ledger, scan: FrameSource, sound: Sound | None) -> dict[int, tuple[str, ...]]:
    """The frames to make, in order, with the formats that each still needs. A still is finished if the ledger has it and the file is
    there at its length; a frame of a movie if the movie is whole, or it and all before it are in the packet file."""
    there = {form: len(scan) if _whole(plan, ledger, form, sound) else len(parts_of(plan, ledger, form)) for form in plan.movies}
    todo: dict[int, tuple[str, ...]] = {}
    for index in range(len(scan)):
        forms = tuple(form for form in plan.formats
                      if (index >= there[form] if form in there else not _still_there(plan, ledger, form, index)))
        if forms:
            todo[index] = forms
    return todo


def _still_there(plan: Plan, ledger: Ledger, form: str, index: int) -> bool:
    entry = ledger.frames.get(index, {}).get("written", {}).get(form)
    if entry is None:
        return False
    path = plan.still(form, ledger.frames[index]["frame"])
    return path.is_file() and path.stat().st_size == int(entry["bytes"])


def _whole(plan: Plan, ledger: Ledger, form: str, sound: Sound | None) -> bool:
    entry = ledger.movies.get(form)
    path = plan.movie(form)
    return (entry is not None and path.is_file() and path.stat().st_size == int(entry["bytes"])
            and entry["sound"] == (sound.identity if sound else None))


def parts_of(plan: Plan, ledger: Ledger, form: str) -> list[Part]:
    """The frames of a movie that are in its packet file, from the first on without a gap."""
    path = plan.packets(form)
    length, end = path.stat().st_size if path.is_file() else 0, 0
    parts: list[Part] = []
    while (entry := ledger.frames.get(len(parts), {}).get("written", {}).get(form)) is not None:
        part = Part(entry["offset"], entry["length"], entry["sha256"])
        if part.offset != end or end + part.length > length:
            break
        parts.append(part)
        end += part.length
    return parts
