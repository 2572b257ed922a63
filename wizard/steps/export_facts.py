"""What an export would leave, and whether it can be: asked beside the window's thread. No Qt."""
from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.errors import AnswerprintError, DiskFull, OutputRefused
from engine.export.check import check, refuse_strangers
from engine.export.disk import free_at, refuse_beside
from engine.export.movie import VIEWING
from engine.export.plan import MOVIES, ExportSettings, Plan, make_plan
from engine.export.preview import preview
from engine.export.stills import still_depth
from engine.export.whole import film_of
from engine.media.colour import config_spaces
from engine.media.source import FrameSource, SourceInfo
from engine.media.volumes import candidates, label, mount_point
from engine.project import Project
from wizard.words import number, tr

FORMS = ("dpx", "exr", "tiff", "png", "prores422hq", "prores4444", "prores4444xq", "ffv1", "h264", "h265")


@dataclass(frozen=True)
class Outlook:
    """Bytes of each format by estimate, and why one cannot be made. Of those chosen: first and last file, room, the encoding, and why it
    cannot be at all. `there`: results of this film lie in the folder. `volume` is what the drive is called. `names` of all frames that it
    goes over; none where that is not known. `spaces` of the archive's own colour config."""

    bytes: dict[str, int] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    needed: int = 0
    free: int = 0
    volume: str = ""
    refused: str = ""
    encoding: str = ""
    ledger: Path | None = None
    there: bool = False
    names: tuple[str, ...] = ()
    spaces: tuple[str, ...] = ()


def wanted(project: Project, folder: Path) -> ExportSettings | None:
    """What would be exported to a folder; None where a file that was chosen, sound or colour config, is not there."""
    s = project.settings
    sound, colours = (next(iter(candidates(file, project.folder)), None) if file else None for file in (s.sound, s.colours))
    if (s.sound and sound is None) or (s.colours and colours is None):
        return None
    return ExportSettings(folder, s.formats, s.encoding, sound, burn_in=s.burn_in, whole=s.whole, colours=colours,
                          source_type=s.source_type, process=project.recovery, element=project.elements.scan)


def outlook(scan: FrameSource, others: Sequence[FrameSource], settings: ExportSettings) -> Outlook:
    """Reads no frame and writes nothing."""
    sizes: dict[str, int] = {}
    closed: dict[str, str] = {}
    for form in FORMS:
        try:
            sizes |= preview(scan, replace(settings, formats=(form,), sound=None)).bytes
        except AnswerprintError as error:
            closed[form] = why_closed(form, scan.info, str(error))
    chosen = tuple(form for form in settings.formats if form not in closed)
    free, volume = free_at(settings.folder), label(mount_point(settings.folder))
    spaces = config_spaces(settings.colours) if settings.colours else ()
    if not chosen:
        return Outlook(sizes, closed, free=free, volume=volume, spaces=spaces)
    settings = replace(settings, formats=chosen)
    film = film_of(scan, settings.whole)
    found, plan = preview(scan, settings), make_plan(scan, settings)
    form = next((f for f in chosen if f not in MOVIES), chosen[0])
    return Outlook(sizes, closed, found.first[form].name, found.last[form].name, found.needed, free, volume,
                   refusal(scan, others, settings, plan), plan.encoding, plan.ledger, plan.ledger.exists(),
                   tuple(map(film.name, range(len(film)))), spaces)


def why_closed(form: str, info: SourceInfo, said: str) -> str:
    """Why a format cannot be made of this scan; `said` is the engine's line."""
    if form in MOVIES and info.kind == "stills":
        return tr("Single stills have no order in time and make no movie.")
    if form in VIEWING and (info.width % 2 or info.height % 2):
        return tr("H.264 and H.265 hold even sizes only; this picture is {width} × {height}.", width=number(info.width),
                  height=number(info.height))
    if form.startswith("prores") and info.width % 2:
        return tr("ProRes holds even widths only; this picture is {width} pixels wide.", width=number(info.width))
    return said


def refusal(scan: FrameSource, others: Sequence[FrameSource], settings: ExportSettings, plan: Plan) -> str:
    """Why nothing can be written there; '' where it can."""
    there = next(place for place in (plan.folder.absolute(), *plan.folder.absolute().parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return tr("You may not write in this folder. Choose another one.")
    try:
        check(scan, settings, *others)
    except DiskFull:
        return tr("There is not enough room. Make room, choose another folder, or choose fewer formats.")
    except AnswerprintError as error:
        return _refused(scan, others, settings, plan, str(error))
    return ""


def _refused(scan: FrameSource, others: Sequence[FrameSource], settings: ExportSettings, plan: Plan, said: str) -> str:
    """Which of the checks refuses, for people; `said` is the engine's line."""
    try:
        for folder in (plan.folder, *map(plan.still_folder, plan.stills)):
            refuse_beside(folder, scan, *others)
    except OutputRefused:
        return tr("This is the folder of the scan or of the reference. Nothing is written there; choose another folder.")
    try:
        refuse_strangers(plan, scan)
    except OutputRefused:
        return tr("Other files of these names lie in this folder. Choose another folder, or move them away.")
    except AnswerprintError:
        return tr("The record in this folder cannot be read. Choose another folder, or move it and the results away.")
    return tr("The sound does not go into these movies. Choose a WAV file, or leave it out.") if settings.sound else said


def depth_of(info: SourceInfo, encoding: str) -> int:
    """Bits a channel of a DPX result in the encoding asked for."""
    return still_depth(info, info.encoding if encoding == "same" else encoding)


def form_words(form: str, depth: int) -> tuple[str, str]:
    """A format's name, and what it is for."""
    bits = tr("{bits} bit", bits=depth)
    return {
        "dpx": (f"DPX, {bits}", tr("For the archive and for grading. One file a frame, header and timecode carried over.")),
        "exr": (tr("OpenEXR, half float"), tr("For effects work and ACES pipelines.")),
        "tiff": (tr("TIFF, 16 bit"), tr("For stills, printing, and programs that do not read DPX.")),
        "png": (tr("PNG, 16 bit"), tr("For looking at single frames anywhere.")),
        "prores422hq": ("ProRes 422 HQ", tr("For viewing, editing and screening. One file, with sound, always Rec.709.")),
        "prores4444": ("ProRes 4444", tr("As 422 HQ, with colour at full resolution.")),
        "prores4444xq": ("ProRes 4444 XQ", tr("As 4444, compressed less. 10 bit, as every ProRes made here.")),
        "ffv1": (tr("FFV1 in Matroska"), tr("Lossless and compact. One file, checksums inside.")),
        "h264": (tr("H.264 viewing copy"), tr("For looking and sending. Small, plays anywhere. 8 bit, always Rec.709.")),
        "h265": (tr("H.265 viewing copy"), tr("Smaller still and 10 bit, for newer players.")),
    }[form]


def progress_words(note: str, done: int, total: int, frames: int) -> str:
    """How far a worker is, by the note of its step: `done` of `total` parts; `frames` are those that the export goes over."""
    if note.endswith("side by side"):
        return tr("Pictures side by side: {done} of {total}", done=number(min(done + 1, total)), total=number(total))
    if note == "restoring":
        made = frames - total + done
        return tr("Restoring frame {done} of {total}", done=number(min(made + 1, frames)), total=number(frames))
    told = {"writing the report": tr("Writing the report"), "reading back": tr("Reading back what was written"),
            "packing the bag": tr("Packing the bag")}
    return told.get(note, tr("Putting the movie together"))
