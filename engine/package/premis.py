"""PREMIS 3: which files there are and what was done to them, in the words of the PREMIS data dictionary (version 3.0, 2015), as XML.

Elements stand in the order of the schema premis-v3-0.xsd. Files are written one by one, so that memory does not grow with their number."""
from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.files import replacing

NAMESPACE = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = f"{NAMESPACE} https://www.loc.gov/standards/premis/premis.xsd"
LOCAL = "local"

Nested = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class File:
    """A file object. `name` is its identifier and its original name; `format` is (name, version or ''); `part_of` names the representation
    that it belongs to."""

    name: str
    sha256: str
    bytes: int
    format: tuple[str, str]
    part_of: str = ""


@dataclass(frozen=True)
class Representation:
    """A film or a picture as a whole. `facts` are (what, value) of it that matter; `from_`: what it was made of, by `event`; `rights`: the
    statement that holds for it."""

    name: str
    facts: tuple[tuple[str, str], ...] = ()
    from_: tuple[str, ...] = ()
    event: str = ""
    rights: str = ""


@dataclass(frozen=True)
class Event:
    """`at` is UTC in ISO 8601; `agents` and `objects` are (identifier, role)."""

    name: str
    type: str
    at: str
    detail: str = ""
    outcome: str = ""
    note: str = ""
    agents: tuple[tuple[str, str], ...] = ()
    objects: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Agent:
    """`type` is 'software', 'hardware', 'person' or 'organization'."""

    name: str
    title: str
    type: str
    version: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rights:
    """What the archive said of the use of an element: `terms` and who gave them; `use` is 'allowed', 'not allowed' or ''."""

    name: str
    terms: str
    by: str
    use: str
    objects: tuple[str, ...]


@dataclass(frozen=True)
class Premis:
    """All of one restoration."""

    representations: Sequence[Representation]
    files: Iterable[File]
    events: Sequence[Event]
    agents: Sequence[Agent]
    rights: Sequence[Rights] = field(default=())


def write_premis(path: Path, premis: Premis) -> None:
    """Replace `path`. Raises DiskFull, OutputRefused."""
    parts: Iterable[Nested] = (
        *(_representation(one, premis.events) for one in premis.representations), *map(_file, premis.files), *map(_event, premis.events),
        *map(_agent, premis.agents), *map(_rights, premis.rights))
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n'
                   f'<premis xmlns="{NAMESPACE}" xmlns:xsi="{XSI}" version="3.0" xsi:schemaLocation="{SCHEMA}">\n')
        for name, content in (part for group in parts for part in group):
            element = _element(name, content)
            ET.indent(element, " ")
            file.write(ET.tostring(element, encoding="unicode") + "\n")
        file.write("</premis>\n")


def _element(name: str, content: Any) -> ET.Element:
    """`content` is text or nested elements; 'object:file' is an object of that xsi:type. What is empty is left out."""
    name, _, kind = name.partition(":")
    element = ET.Element(name, {"xsi:type": kind} if kind else {})
    if isinstance(content, str):
        element.text = "".join(c for c in content if c.isprintable() or c in "\n\t")
    else:
        element.extend(_element(one, inner) for one, inner in content if inner)
    return element


def _identifier(kind: str, value: str, roles: Nested = ()) -> Nested:
    return ((f"{kind}IdentifierType", LOCAL), (f"{kind}IdentifierValue", value), *roles)


def _representation(one: Representation, events: Sequence[Event]) -> Nested:
    source = [("relationshipType", "derivation"), ("relationshipSubType", "has source"),
              *(("relatedObjectIdentifier", _identifier("relatedObject", name)) for name in one.from_)]
    if one.event:
        source.append(("relatedEventIdentifier", _identifier("relatedEvent", one.event)))
    linked = [event.name for event in events if any(name == one.name for name, _ in event.objects)]
    return [("object:representation", [
        ("objectIdentifier", _identifier("object", one.name)),
        *(("significantProperties", [("significantPropertiesType", what), ("significantPropertiesValue", value)])
          for what, value in one.facts if value),
        *([("relationship", source)] if one.from_ else []),
        *(("linkingEventIdentifier", _identifier("linkingEvent", name)) for name in linked),
        *([("linkingRightsStatementIdentifier", _identifier("linkingRightsStatement", one.rights))] if one.rights else []),
    ])]


def _file(one: File) -> Nested:
    name, version = one.format
    part = [("relationshipType", "structural"), ("relationshipSubType", "is part of"),
            ("relatedObjectIdentifier", _identifier("relatedObject", one.part_of))]
    return [("object:file", [
        ("objectIdentifier", _identifier("object", one.name)),
        ("objectCharacteristics", [
            ("compositionLevel", "0"),
            ("fixity", [("messageDigestAlgorithm", "SHA-256"), ("messageDigest", one.sha256), ("messageDigestOriginator", "Answerprint")]),
            ("size", str(one.bytes)),
            ("format", [("formatDesignation", [("formatName", name), ("formatVersion", version)])]),
        ]),
        ("originalName", one.name),
        *([("relationship", part)] if one.part_of else []),
    ])]


def _event(one: Event) -> Nested:
    outcome = [("eventOutcome", one.outcome), ("eventOutcomeDetail", [("eventOutcomeDetailNote", one.note)] if one.note else [])]
    return [("event", [
        ("eventIdentifier", _identifier("event", one.name)),
        ("eventType", one.type), ("eventDateTime", one.at),
        ("eventDetailInformation", [("eventDetail", one.detail)] if one.detail else []),
        ("eventOutcomeInformation", outcome if one.outcome else []),
        *(("linkingAgentIdentifier", _identifier("linkingAgent", name, [("linkingAgentRole", role)])) for name, role in one.agents),
        *(("linkingObjectIdentifier", _identifier("linkingObject", name, [("linkingObjectRole", role)])) for name, role in one.objects),
    ])]


def _agent(one: Agent) -> Nested:
    return [("agent", [
        ("agentIdentifier", _identifier("agent", one.name)), ("agentName", one.title), ("agentType", one.type),
        ("agentVersion", one.version), *(("agentNote", note) for note in one.notes),
    ])]


def _rights(one: Rights) -> Nested:
    note = "; ".join(part for part in (one.terms and f"terms: {one.terms}", one.by and f"authorised by {one.by}") if part)
    granted = [("act", "use"), ("restriction", "not allowed" if one.use == "not allowed" else ""), ("rightsGrantedNote", one.terms)]
    return [("rights", [("rightsStatement", [
        ("rightsStatementIdentifier", _identifier("rightsStatement", one.name)),
        ("rightsBasis", "other"),
        ("otherRightsInformation", [("otherRightsBasis", "as the archive stated"), ("otherRightsNote", note)]),
        *([("rightsGranted", granted)] if one.use else []),
        *(("linkingObjectIdentifier", _identifier("linkingObject", name)) for name in one.objects),
    ])])]
