"""What the colour of the result rests on, with its sources; and every assumption."""
from __future__ import annotations

from typing import Any

from engine.pairs.evidence import EXTRAPOLATED, KEPT, PAINTED, REFERENCE, SIMILAR, Evidence
from engine.recoveries.account.subject import Subject
from engine.recoveries.detail_account import ORIGINS
from engine.report.blocks import Block, Figure, Points, Section, Table, Text
from engine.report.plots import grounds

NAMES = {REFERENCE: "reference", PAINTED: "painted", SIMILAR: "similar pictures", KEPT: "the scan's own", EXTRAPOLATED: "extrapolated"}
SAID = {REFERENCE: "backed by the reference: like what it shows of this film",
        PAINTED: "painted in keyframes, with the sources below", SIMILAR: "taken from similar pictures, listed below",
        KEPT: "the scan's own colour, which these shots kept: passed on as it is",
        EXTRAPOLATED: "extrapolated: like nothing that was trained on"}


def evidence(s: Subject) -> Section:
    """Shares over the film, and the list of sources. Of a repaired print each frame that was exported tells where its luma came from; the
    review has a strip of some."""
    say, title = s.say, s.say("What the colour rests on") if not s.recovery.detail else s.say("What the picture rests on")
    blocks, found = list[Block](), s.rests
    if s.export.get("origin") or (found and found["frames"]):
        blocks += _shares(s, found)
    elif s.recovery.detail:
        blocks.append(Text(say("Luma was learnt from the reference; detail beyond what the scan holds is an estimate everywhere.")))
    else:
        blocks.append(Text(say("The run left nothing that tells what its colour rests on."), "quiet"))
    rests = s.evidence
    if rests is not None:
        rows = _sources(rests, False)
        if rows:
            blocks += [Text(say("Colours that were painted or taken from pictures, with their sources:")), Table(
                (say("Colour or picture"), say("Source"), say("Keyframes")), tuple(rows), 3)]
        if rests.spared:
            kept = ", ".join(map(say.told, rests.spared))
            blocks.append(Text(say("Passed on as they are, for they kept their colour: {shots}.", shots=kept)))
    return Section("evidence", title, tuple(blocks))


def _shares(s: Subject, found: dict[str, Any]) -> list[Block]:
    say, shares, origin = s.say, found.get("shares") or [], s.export.get("origin") or {}
    print_ = bool(origin) or "print" in shares[0]
    names, short = (ORIGINS, {kind: kind for kind in ORIGINS}) if print_ else (SAID, NAMES)
    blocks = list[Block]()
    if shares:
        said = say("Of {n} frames spread over the film:", n=say.number(len(shares)))
        drawing = grounds([s.scan.name(i) for i in found["frames"]], shares, {kind: say(word) for kind, word in short.items()},
                          lambda v: say.number(v))
        blocks += [Text(said), Figure(drawing, said)]
    if origin:
        blocks.append(Text(say("Of all frames that were restored, on average:")))
    rows = tuple((say(word), say.percent(mean)) for kind, word in names.items() if (mean := s.shares.get(kind, 0.0)) > 0)
    gate = [] if print_ else [Text(say(
        "Of the picture inside the gate. What lies beyond the crop of a reference is extrapolated."), "quiet")]
    return [*blocks, Table((say("Part of the picture"), say("Share")), rows), *gate]


def _sources(rests: Evidence, assumption: bool) -> list[tuple[str, str, str]]:
    """(colour, source, keyframes) of what was painted or taken from pictures."""
    by_colour: dict[tuple[str, str], list[str]] = {}
    for ground in rests.grounds:
        if ground.kind in (PAINTED, SIMILAR) and ground.assumption == assumption:
            by_colour.setdefault((ground.swatch, ground.source), []).append(ground.keyframe)
    return [(swatch, source, ", ".join(dict.fromkeys(frame for frame in frames if frame)))
            for (swatch, source), frames in by_colour.items()]


def assumptions(s: Subject) -> Section:
    """All that nobody could vouch for and was taken to be so."""
    say, lines = s.say, list[str]()
    rests = s.evidence
    for swatch, source, frames in _sources(rests, True) if rests else []:
        lines.append(f"{swatch}: {source}" + (" " + say("(keyframes {names})", names=frames) if frames else ""))
    for role, source_ in (("scan", s.scan), ("reference", s.reference)):
        if source_ is None:
            continue
        info, confirmed = source_.info, s.project.confirmed
        if info.encoding_guessed:
            lines.append(say("The encoding of the {role} is taken to be {value}: {reason}", role=say(role), value=info.encoding,
                             reason=say.told(info.encoding_reason)) + _seen(s, f"{role}.encoding" in confirmed))
    if s.project.settings.aligned:
        lines.append(say("Scan and reference are taken to be aligned, as they were given."))
    if s.project.settings.balance == "off":
        lines.append(say("The scan is taken to be balanced already."))
    if vouched := s.facts("pairs").get("vouched"):
        lines.append(say("Of {n} pairs scan and reference look like different pictures, by damage or because they are; they were trained "
                         "on, since they were given as aligned.", n=say.number(vouched)))
    if not s.project.elements.scan.use or (s.recovery.needs_reference and not s.project.elements.reference.use):
        lines.append(say("Nobody has said whether the elements may be used for training; it is taken that they may."))
    return Section("assumptions", say("Every assumption"), (Points(tuple(lines)) if lines else Text(say("None.")),))


def _seen(s: Subject, confirmed: bool) -> str:
    return " " + (s.say("(confirmed by eye)") if confirmed else s.say("(guessed, and not confirmed)"))
