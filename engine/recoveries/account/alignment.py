"""Time map and misfit, and what was matched before the training: balance or tone."""
from __future__ import annotations

from engine.align.alignment import DOUBTFUL_PX, doubtful
from engine.detail.edits import load_edits
from engine.recoveries.account.subject import Subject
from engine.report.blocks import Block, Figure, Rows, Section, Text
from engine.report.plots import misfit, time_map

BALANCES = {"auto": "before the training", "after": "laid on after the training", "off": "none: the scan was balanced already"}


def time(s: Subject) -> Section:
    """Which reference frame shows which scan frame."""
    say, title = s.say, s.say("Time map")
    if not s.recovery.needs_reference:
        return Section("time", title, (Text(say("There is no reference, so nothing was matched in time."), "quiet"),))
    if s.alignment is None:
        return Section("time", title, (Text(say("This scan is not the one that was aligned; the time map is of that one."), "quiet"),))
    frames, none = s.alignment.frames, [m.scan for m in s.alignment.frames if m.reference is None]
    partners = [m.reference for m in frames]
    length = len(s.reference) if s.reference else max(s.partners.values(), default=0) + 1
    unsure = doubtful(frames)
    said = say("{matched} of {frames} frames of the scan have a partner in the reference, in {shots} shots.",
               matched=say.number(len(s.partners)), frames=say.number(len(frames)), shots=say.number(len(s.alignment.shots)))
    drawing = time_map(partners, length, unsure, (say("Scan"), say("Reference")), (s.scan.name(0), s.scan.name(len(s.scan) - 1)),
                       say("no partner in the reference"))
    blocks: list[Block] = [Text(said), Figure(drawing, said, say(
        "A line ties a scan frame to its reference frame; brown lines are doubtful."))]
    if none:
        blocks.append(Text(say("Without a partner: frames {names}.", names=say.some(s.names(none)))))
    rows = []
    if s.project.settings.sync:
        rows.append((say("Sync points set by hand"), say.number(len(s.project.settings.sync))))
    if s.project.settings.aligned:
        rows.append((say("Aligned"), say("given as aligned: frame by frame in their order")))
    return Section("time", title, (*blocks, *([Rows(tuple(rows))] if rows else [])))


def residuals(s: Subject) -> Section:
    """What is left of misalignment, frame by frame; then what was done to make the two alike."""
    say, blocks = s.say, list[Block]()
    if s.alignment is not None and s.partners and s.project.settings.aligned:
        blocks.append(Text(say("Not measured: scan and reference were given as aligned."), "quiet"))
    elif s.alignment is not None and s.partners:
        values = [m.residual_px if m.reference is not None else None for m in s.alignment.frames]
        known = sorted(value for value in values if value is not None)
        good = sum(value < DOUBTFUL_PX for value in known) / len(known)
        said = say("The reference lies on the scan typically {typical} pixels off; {share} of the frames are under {limit} pixel.",
                   typical=say.number(known[len(known) // 2], 2), share=say.percent(good), limit=say.number(DOUBTFUL_PX))
        drawing = misfit(values, DOUBTFUL_PX, doubtful(s.alignment.frames), lambda v: say.number(v, 2),
                         (s.scan.name(0), s.scan.name(len(s.scan) - 1)), say("pixels of the scan"), say("1 pixel: doubtful above"))
        blocks += [Text(said), Figure(drawing, said, say(
            "Misfit of each frame after alignment. Brown: doubtful, left out of the training."))]
    else:
        blocks.append(Text(say("There is no misfit to show: nothing was laid on this scan."), "quiet"))
    if rows := _done(s):
        blocks.append(Rows(tuple(rows)))
    return Section("misfit", say("What is left of misalignment"), tuple(blocks))


def _done(s: Subject) -> list[tuple[str, str]]:
    """Corners, damage, tone and balance."""
    say, settings, rows = s.say, s.project.settings, list[tuple[str, str]]()
    if any(value for corner in settings.corners for value in corner):
        moved = ", ".join(f"({say.number(x, 2)}; {say.number(y, 2)})" for x, y in settings.corners)
        rows.append((say("Corners moved by hand"), say("{moved} pixels", moved=moved)))
    if facts := s.facts("damage"):
        rows.append((say("Damage"), say("typically {share} of the picture, as it was found", share=say.percent(facts["damaged"], 0))))
        if edits := load_edits(s.project.folder, s.scan)[0]:
            rows.append((say("Damage painted by hand"), say.count("on {n} frame", "on {n} frames", len(edits))))
    if facts := s.facts("tone"):
        rows.append((say("Tone"), say("matched on {frames} frames of {shots} shots, point by point", frames=say.number(facts["frames"]),
                                      shots=say.number(facts["shots"]))))
    if facts := s.facts("balance"):
        asked = str(facts["balance"])
        fitted = say("fitted to the reference") if s.recovery.needs_reference else say("measured from the film itself")
        rows.append((say("Balance"), say(BALANCES[asked]) if asked == "off" else f"{fitted}, {say(BALANCES.get(asked, asked))}"))
        if settings.fade:
            rows.append((say("Controls of the balance"), "; ".join(say.number(value, 2) for value in settings.fade)))
    return rows
