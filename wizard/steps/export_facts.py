"""What an export would leave and whether it can be, and how far one is: read beside the window's thread. No Qt."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import AnswerprintError
from engine.export.check import check
from engine.export.plan import ExportSettings, make_plan
from engine.export.preview import preview
from engine.media.source import FrameSource
from wizard.words import tr

FORMS = ("dpx", "exr", "tiff", "png", "prores422hq", "prores4444", "ffv1")
MOVIES = ("prores422hq", "prores4444", "ffv1")


@dataclass(frozen=True)
class Outlook:
    """Bytes of each format by estimate, and why one cannot be made; for those chosen: first and last file, room, and why not at all."""

    bytes: dict[str, int] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    needed: int = 0
    free: int = 0
    refused: str = ""
    ledger: Path | None = None


def outlook(scan: FrameSource, others: Sequence[FrameSource], settings: ExportSettings) -> Outlook:
    """Reads no frame and writes nothing."""
    sizes: dict[str, int] = {}
    closed: dict[str, str] = {}
    for form in FORMS:
        try:
            sizes |= preview(scan, ExportSettings(settings.folder, (form,), settings.encoding)).bytes
        except AnswerprintError as error:
            closed[form] = str(error)
    chosen = tuple(form for form in settings.formats if form not in closed)
    if not chosen:
        return Outlook(sizes, closed)
    settings = ExportSettings(settings.folder, chosen, settings.encoding, settings.sound)
    try:
        found = preview(scan, settings)
        form = next((f for f in chosen if f not in MOVIES), chosen[0])
        base = Outlook(sizes, closed, found.first[form].name, found.last[form].name, found.needed, found.free,
                       ledger=make_plan(scan, settings).ledger)
    except AnswerprintError as error:
        return Outlook(sizes, closed, refused=str(error))
    try:
        check(scan, settings, *others)
    except AnswerprintError as error:
        return Outlook(**(base.__dict__ | {"refused": str(error)}))
    return base


@dataclass(frozen=True)
class Written:
    """How far an export is, by its ledger: frames that are written and proven, the last of them, the largest difference of luma in code
    values, and how much of the ledger was read."""

    frames: int = 0
    last: str = ""
    luma: float = 0.0
    still: Path | None = None
    read: int = 0


def written(ledger: Path, before: Written) -> Written:
    """Read on where it was read to; a half line waits. A shorter ledger is read from its beginning."""
    try:
        size = ledger.stat().st_size
        known = before if size >= before.read else Written()
        with ledger.open("rb") as file:
            file.seek(known.read)
            block = file.read()
    except OSError:
        return Written()
    whole = block[:block.rfind(b"\n") + 1]
    frames, last, luma, still = known.frames, known.last, known.luma, known.still
    for line in whole.splitlines():
        row = json.loads(line)
        if "written" in row:
            frames, last = frames + 1, str(row["frame"])
            luma = max(luma, *(float(entry.get("max", 0.0)) for entry in row["written"].values()))
            still = next((ledger.parent / entry["file"] for entry in row["written"].values() if "file" in entry), still)
        elif "version" in row:
            frames, last, luma, still = 0, "", 0.0, None        # another export begins
    return Written(frames, last, luma, still, known.read + len(whole))


def form_words(form: str, depth: int) -> tuple[str, str]:
    """A format's name, and what it is for."""
    bits = tr("{bits} bit", bits=depth)
    return {
        "dpx": (f"DPX, {bits}", tr("For the archive and for grading. One file a frame, header and timecode carried over.")),
        "exr": (tr("OpenEXR, half float"), tr("For effects work and ACES pipelines.")),
        "tiff": (tr("TIFF, 16 bit"), tr("For stills, printing, and programs that do not read DPX.")),
        "png": (tr("PNG, 16 bit"), tr("For looking at single frames anywhere.")),
        "prores422hq": ("ProRes 422 HQ", tr("For viewing, editing and screening. One file, with sound.")),
        "prores4444": ("ProRes 4444", tr("As 422 HQ, with colour at full resolution.")),
        "ffv1": (tr("FFV1 in Matroska"), tr("Lossless and compact. One file, checksums inside.")),
    }[form]
