"""What can be said before any work: formats that do not go with the scan, sound that fits nowhere, folders that nothing is written to."""
from __future__ import annotations

import math
from pathlib import Path

from engine.errors import OutputRefused, UsageError
from engine.export.container import can_hold
from engine.export.disk import check_room, refuse_beside, refuse_foreign
from engine.export.ledger import entries_of, read_lines
from engine.export.plan import ExportSettings, Plan, make_plan
from engine.export.sound import Sound, find_sound
from engine.export.whole import film_of
from engine.media.fingerprint import fingerprint
from engine.media.source import FrameSource


def check(scan: FrameSource, settings: ExportSettings, *others: FrameSource) -> tuple[Plan, dict[str, Sound | None]]:
    """What can be known before any work: the plan, and the sound of each movie. `others` are further sources, beside which nothing is
    written either. Raises UsageError, MediaError, OutputRefused, DiskFull, NewerVersion; writes nothing."""
    scan = film_of(scan, settings.whole)
    plan = make_plan(scan, settings)
    for folder in (plan.folder, *map(plan.still_folder, plan.stills)):
        refuse_beside(folder, scan, *others)
    refuse_strangers(plan, scan)
    if not plan.ledger.exists():
        check_room(plan.folder, plan.room(dict.fromkeys(plan.formats, len(scan))))
    sound = find_sound(scan, settings.sound) if plan.movies else None
    sounds = {form: sound if sound and can_hold(encoding, sound) else None for form, encoding in plan.movies.items()}
    if sound and settings.sound and (mute := [form for form, found in sounds.items() if found is None]):
        raise UsageError(f"{sound.path}: {plan.movies[mute[0]].movie.suffix} files cannot hold its sound ({sound.codecs}); convert it to "
                         "WAV and name that with --sound")
    return plan, sounds


def refuse_strangers(plan: Plan, scan: FrameSource) -> None:
    """Raises OutputRefused where results of another film lie under the names of ours, or files that the ledger does not know or knows with
    another length."""
    lines = read_lines(plan.ledger)[0]
    media = {line["medium"] for line in lines if "version" in line}
    if media and media != {fingerprint(scan)}:
        raise OutputRefused(f"{plan.folder}: the results of another film of the name {plan.name} lie here, and would be mixed with "
                            "this one's; choose another folder for the results")
    known: dict[Path, set[tuple[int, str]]] = {}
    for entry in (entry for line in lines for entry in entries_of(line)):
        known.setdefault(plan.folder / entry["file"], set()).add((int(entry["bytes"]), entry["sha256"]))
    for path in plan.files(scan):
        refuse_foreign(path, known.get(path, ()), since=math.inf)
