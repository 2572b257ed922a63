"""Elements and rights: what each picture that went in is, who holds it, and whether it may be used; and who did the work. Light.

An archive fills in what it knows; nothing is required, and what is missing is named in the report."""
from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from engine.errors import MediaError, UsageError

KINDS = ("print", "negative", "internegative", "interpositive", "reversal", "telecine", "tape", "disc", "file", "photograph", "painting")
GAUGES = ("8 mm", "Super 8", "9.5 mm", "16 mm", "Super 16", "35 mm", "65 mm", "70 mm")
ALLOWED, NOT_ALLOWED = "allowed", "not allowed"
USES = ("", ALLOWED, NOT_ALLOWED)


@dataclass(frozen=True)
class Element:
    """What a scan, a reference or a picture was made of. `kind` is one of KINDS or the archive's own word, `gauge` of GAUGES or another;
    `generation` such as '2nd, from the internegative'; `holder` and `identifier` say where it is kept; `year` is the element's, as the
    archive writes it; `authorised_by` and `terms`: who allowed its use for this, and how; `use` is '' (nobody has said), 'allowed' or
    'not allowed': nothing is trained on what is not allowed. '' is 'not filled in'."""

    kind: str = ""
    gauge: str = ""
    generation: str = ""
    holder: str = ""
    identifier: str = ""
    condition: str = ""
    year: str = ""
    authorised_by: str = ""
    terms: str = ""
    use: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that nobody filled in."""
        return tuple(field.name for field in fields(self) if not getattr(self, field.name).strip())

    @property
    def forbidden(self) -> bool:
        return self.use == NOT_ALLOWED


@dataclass(frozen=True)
class People:
    """Who did it and why: `institution`; `archivist`, who answers for it; who else `worked_on` it; `trouble`: what was wrong
    with the film, in the archive's words; `notes`: anything that the report shall say."""

    institution: str = ""
    archivist: str = ""
    worked_on: str = ""
    trouble: str = ""
    notes: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(field.name for field in fields(self) if field.name != "notes" and not getattr(self, field.name).strip())


ROLES = ("scan", "reference")


@dataclass(frozen=True)
class Elements:
    """Of a project: its scan, its reference, and who worked on it. Painted and similar pictures say theirs in the note beside each."""

    scan: Element = Element()
    reference: Element = Element()
    people: People = People()

    def changed(self, part: str, **values: str) -> Elements:
        """With fields of `part` ('scan', 'reference', 'people') replaced."""
        return replace(self, **{part: replace(getattr(self, part), **values)})

    @staticmethod
    def from_json(data: dict[str, Any]) -> Elements:
        return Elements(Element(**data["scan"]), Element(**data["reference"]), People(**data["people"]))


def read_elements(path: Path) -> Elements:
    """From a TOML file of tables [people], [scan] and [reference] with text fields of the names above. Raises MediaError where it cannot be
    read, UsageError for a field or value that there is not."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise MediaError(f"{path}: cannot be read as TOML ({error}); see the manual's page on the command line for an example") from error
    kinds: dict[str, type[Element] | type[People]] = {"people": People, "scan": Element, "reference": Element}
    made: dict[str, Any] = {}
    for part, values in data.items():
        if part not in kinds or not isinstance(values, dict):
            raise UsageError(f"{path}: there is no table [{part}]; give [people], [scan] and [reference]")
        known = {field.name for field in fields(kinds[part])}
        if wrong := [key for key in values if key not in known]:
            raise UsageError(f"{path}: [{part}] has no field {wrong[0]}; there are {', '.join(sorted(known))}")
        made[part] = kinds[part](**{key: str(value) for key, value in values.items()})
    elements = Elements(**made)
    for role in ROLES:
        if (use := getattr(elements, role).use) not in USES:
            raise UsageError(f"{path}: [{role}] use = '{use}': give '{ALLOWED}' or '{NOT_ALLOWED}', or leave it out")
    return elements
