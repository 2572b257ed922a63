"""What the trouble was, which elements were used, whose they are, and who did the work."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields

from engine.elements import ALLOWED, KINDS, NOT_ALLOWED, ROLES, Element, People
from engine.errors import UsageError
from engine.export.source_type import SOURCE_TYPES, checked, proposed, uri
from engine.media.source import FrameSource
from engine.recoveries.account.subject import Subject
from engine.recoveries.trained_on import pictures_of
from engine.report.blocks import Block, Points, Rows, Section, Table, Text
from engine.report.words import Words

FIELDS = {"kind": "Kind", "gauge": "Gauge", "generation": "Generation", "holder": "Holder", "identifier": "Identifier",
          "condition": "Condition", "year": "Year", "authorised_by": "Use authorised by", "terms": "Terms", "use": "Use for training"}
PEOPLE = {"institution": "Institution", "archivist": "Archivist who answers for it", "worked_on": "Who else worked on it",
          "trouble": "What was wrong with the film", "notes": "Notes"}
ROLE_NAMES = {"scan": "Scan", "reference": "Reference"}
USES = {ALLOWED: "allowed", NOT_ALLOWED: "not allowed"}


def trouble(s: Subject) -> Section:
    said = s.project.elements.people.trouble.strip()
    return Section("trouble", s.say("What the trouble was"), (
        Text(said) if said else Text(s.say("Not filled in: nobody has written down what was wrong with the film."), "quiet"),))


def elements(s: Subject) -> Section:
    """Every field of every element, and which are missing."""
    say, roles = s.say, [role for role in ROLES if role == "scan" or s.recovery.needs_reference]
    own = {role: getattr(s.project.elements, role) for role in roles}
    table = Table(("", *(say(ROLE_NAMES[role]) for role in roles)),
                  tuple((say(word), *(shown(say, element, name) for element in own.values())) for name, word in FIELDS.items()),
                  1 + len(roles), say("not filled in"))
    blocks: list[Block] = [Text(say("What each element is, as the archive filled it in.")), table]
    missing = [say("Not filled in, {role}: {fields}.", role=say(ROLE_NAMES[role]).lower(),
                   fields=", ".join(say(FIELDS[name]).lower() for name in element.missing))
               for role, element in own.items() if element.missing]
    if missing:
        blocks.append(Points(tuple(missing), warn=True))
    blocks += [Text(say("What was read from the scan:")), Rows(tuple(read(say, s.scan)))]
    if s.reference:
        blocks += [Text(say("What was read from the reference:")), Rows(tuple(read(say, s.reference)))]
    if pictures := pictures_of(s.run.folder):
        blocks += [Text(say("Pictures that were learnt from, with what their notes say:")), _pictures(say, pictures)]
    return Section("elements", say("Elements used"), tuple(blocks))


def shown(say: Words, element: Element, name: str) -> str:
    value = str(getattr(element, name)).strip()
    if name == "use" and value in USES:
        return say(USES[value])
    return say(value) if name == "kind" and value in KINDS else value


def _pictures(say: Words, pictures: list[dict[str, str]]) -> Table:
    rows = tuple((one["name"], one.get("source", ""), one.get("holder", ""), one.get("authorised_by", ""), one.get("terms", ""))
                 for one in pictures)
    return Table((say("Picture"), say("Source"), say("Holder"), say("Use authorised by"), say("Terms")), rows, 5, say("not filled in"))


def read(say: Words, source: FrameSource) -> Iterator[tuple[str, str]]:
    """What the file says, and why it is taken so."""
    info = source.info
    yield say("File or folder"), info.path.name
    first, last = source.name(0), source.name(len(source) - 1)
    yield say("Frames"), say("{n}, from {first} to {last}", n=say.number(len(source)), first=first, last=last)
    yield say("Picture"), say("{width} x {height} pixels, {format}, {depth} bits a channel", width=say.number(info.width),
                              height=say.number(info.height), format=info.format, depth=info.depth)
    guessed = say(", guessed") if info.encoding_guessed else ""
    yield say("Encoding"), f"{info.encoding} ({say.told(info.encoding_reason)}{guessed})"
    rate = say("none") if info.rate is None else say("{n} frames a second", n=say.number(float(info.rate), 0 if info.rate.denominator == 1
                                                                                             else 3))
    yield say("Rate"), f"{rate} ({say.told(info.rate_reason)})"
    if info.field_order != "progressive":
        yield say("Fields"), say.told(info.field_reason)
    if info.timecode:
        yield say("Timecode of the first frame"), info.timecode
    if info.keycode:
        yield say("Edge code of the first frame"), info.keycode
    if info.gaps:
        yield say("Missing frames"), say.number(len(info.gaps))


def source_type(s: Subject) -> Section:
    """The IPTC digital source type: what the archivist confirmed, or what is proposed."""
    say, term = s.say, ""
    with suppress(UsageError):
        term = checked(s.project.settings.source_type)
    if term:
        lead = Text(say("Confirmed by the archivist, and written into the files whose format takes it."))
    else:
        lead = Text(say("Nobody has confirmed a type, so none is written into the files. The program proposes:"))
        term = proposed(s.project.recovery)
    return Section("source-type", say("Digital source type (IPTC)"), (
        lead, Rows(((say("Term"), term), (say("Meaning"), say(SOURCE_TYPES[term])), (say("Identifier"), uri(term))))))


def people(s: Subject) -> Section:
    said = s.project.elements.people
    rows = tuple((s.say(PEOPLE[one.name]), str(getattr(said, one.name)).strip() or s.say("not filled in"))
                 for one in fields(People) if one.name != "trouble" and (one.name != "notes" or said.notes.strip()))
    return Section("people", s.say("People and institution"), (Rows(rows),))
