"""What is proven of the files: how steady they are, that luma (or chroma) is the scan's, and what was passed on untouched."""
from __future__ import annotations

from typing import Any

from engine.recoveries.account.subject import Subject
from engine.recoveries.detail_account import origin_words
from engine.report.blocks import Block, Rows, Section, Table, Text
from engine.report.words import Words

GRAINS = {"keep": "the scan's own, laid back on the recovered structure",
          "reference": "made anew for each frame, of the size, correlation and strength measured from the reference", "none": "none"}
REPAIRED = "made anew for each frame in what was repaired, of the size, correlation and strength measured from the print where it is sound"
REPAIR_GRAINS = {"keep": REPAIRED, "reference": REPAIRED, "none": "none in what was repaired"}


def stability(s: Subject) -> Section:
    """The table of the review."""
    say, title = s.say, s.say("Steadiness, shot by shot")
    shots = s.table.get("shots") or []
    if not shots:
        return Section("stability", title, (Text(say("The film was not reviewed shot by shot before this export, so its steadiness was "
                                                     "not measured."), "quiet"),))
    flicker = sum(row["stability"]["flicker"] for row in shots if row["stability"])
    lead = say("No frame looked at flickers more than a LUT would make it.") if not flicker else say.count(
        "{n} frame looked at flickers more than a LUT would make it.", "{n} frames looked at flicker more than a LUT would make them.",
        flicker)
    what = say("luma") if s.recovery.detail else say("chroma")
    head = (say("Shot"), say("Frames"), "dB" if "psnr" in shots[0] else "ΔE00", say("linear filter") if "psnr" in shots[0] else "LUT",
            say("Change"), say("LUT's change"), say("Flicker"))
    return Section("stability", title, (
        Text(lead), Table(head, tuple(_row(s, row) for row in shots), 2),
        Text(say("Change: by how much more the mean {what} changes from one frame to the next than in the scan, in 8-bit code values. "
                 "Flicker: frames on which it changes more than the LUT does anywhere.", what=what), "quiet")))


def _row(s: Subject, row: dict[str, Any]) -> tuple[str, ...]:
    say, steady = s.say, row["stability"]
    own, other = ("psnr", "filter_psnr") if "psnr" in row else ("dE00", "lut_dE00")
    last = s.scan.name(row["last"])
    moved = ("", "", "") if not steady else (say.number(steady["figure"], 2), say.number(steady["lut"], 2), say.number(steady["flicker"]))
    return (say.told(str(row["shot"])), f"{s.scan.name(row['first'])}–{last}",
            *("" if row[key] is None else say.number(row[key], 2) for key in (own, other)),
            *moved)


def certificate(s: Subject) -> Section:
    """What every frame of every file was held to while it was written."""
    say, export = s.say, s.export
    title = say("What is held, and proven") if s.recovery.detail else say("Luma certificate")
    frames = say.number(s.restored)
    if s.project.recovery == "telecine":
        lead = say("Where the print is sound the picture is the print's own, and its chroma is so everywhere: checked on all {n} restored "
                   "frames.", n=frames)
    elif s.project.recovery == "combined":
        lead = say("Luma and chroma are new. The colour changed nothing of the recovered luma, exact before it is rounded for the file: "
                   "checked on all {n} restored frames.", n=frames)
    elif s.recovery.detail:
        lead = say("Chroma is the scan's own, exact before it is rounded for the file: checked on all {n} restored frames.", n=frames)
    else:
        lead = say("Luma is that of the balanced scan, exact before it is rounded for the file: checked on all {n} restored frames.",
                   n=frames)
    blocks: list[Block] = [Text(lead), *_off(say, export["luma"]["formats"])]
    more = [(say("Sound"), say.told(str(export["sound"])))]
    if s.recovery.detail:
        grains = REPAIR_GRAINS if s.project.recovery == "telecine" else GRAINS
        more.append((say("Grain"), say(grains[s.project.settings.grain])))
    if "origin" in export:
        more.append((say("Where the luma came from"), origin_words(export["origin"], say)))
    return Section("luma", title, (*blocks, Rows(tuple(more))))


def _off(say: Words, formats: dict[str, Any]) -> tuple[Block, ...]:
    """How far the luma of each format is off, and what a codec with loss took besides."""
    coded = [form for form, f in formats.items() if "codec" in f]
    head = (say("Format"), say("Bits"), say("Off at most"), say("Off on average"), say("Clipped"),
            *((say("Codec, at most"), say("Codec, on average")) if coded else ()))
    said = []
    if len(coded) < len(formats):
        said.append(say("Off: luma in the file against the luma that it is to have, in code values of the file's own depth, which is its "
                        "rounding."))
    if coded:
        said.append(say("{forms}: off is said of what the codec was given, not of the file. The file differs by the codec's own loss too, "
                        "which was measured by decoding each frame, with what is burnt in.", forms=", ".join(coded)))
    said.append(say("Clipped: part of the picture whose luma the encoding cannot hold."))
    rows = tuple((form, str(f["depth"]), say.number(f["max"], 2), say.number(f["mean"], 3), say.percent(f["clipped"], 2),
                  *(_taken(say, f.get("codec")) if coded else ())) for form, f in formats.items())
    return Table(head, rows), Text(" ".join(said), "quiet")


def _taken(say: Words, codec: dict[str, float] | None) -> tuple[str, str]:
    """Nothing by a codec without loss; empty where it is not known."""
    if codec is None:
        return say.number(0), say.number(0)
    return (say.number(codec["max"], 2), say.number(codec["mean"], 3)) if codec else ("", "")


def untouched(s: Subject) -> Section:
    say, title, found = s.say, s.say("Frames passed on untouched"), s.untouched
    if not found:
        return Section("untouched", title, (Text(say("None: every frame of the files was restored.")),))
    return Section("untouched", title, (Text(say.count(
        "{n} frame lies outside the range that was restored and was passed on as it is: {names}.",
        "{n} frames lie outside the range that was restored and were passed on as they are: {names}.", len(found),
        names=say.some(found, 40))),))
