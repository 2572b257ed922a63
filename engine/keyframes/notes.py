"""Pictures that the colour of a film may be like, and the note beside each: where it comes from, and whether it may be used."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.elements import ALLOWED, NOT_ALLOWED, Element
from engine.errors import MediaError
from engine.keyframes.palette import KINDS
from engine.run import Run

PICTURES = (".psd", ".psb", ".tif", ".tiff", ".png", ".exr", ".jpg", ".jpeg", ".webp", ".dpx")      # as pictures that are taken in
REFUSED = NOT_ALLOWED       # what `use:` says in the note of a picture that must not be used
LONGEST = 20_000            # characters of a note that are read


@dataclass(frozen=True)
class Similar:
    """A picture of the folder that may be used. `kind` is one of `palette.KINDS`; `source` says where it comes from, in words; `note` is
    all that stands beside it, '' for nothing. Without a source its colours are an assumption."""

    path: Path
    name: str           # of the file
    kind: str
    source: str
    note: str
    assumption: bool = False


def read_similar(folder: Path, run: Run) -> list[Similar]:
    """The pictures of a folder that may be used, sorted by name, each with its note: STEM.txt or FILE.txt beside it. The first line of a
    note is the source, `kind: text` or text alone; lines `key: value` follow. A picture whose note says `use: not allowed`
    is left out, and one without a note counts as an assumption; both are told to the user.

    Raises MediaError where the folder is not there or holds no picture that may be used."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURES and not path.name.startswith("."))
    except OSError as error:
        raise MediaError(f"{folder}: there is no such folder of pictures; give one with --similar") from error
    found = []
    for path in paths:
        note = note_of(path)
        if forbidden(note):
            run.say(f"{path.name}: not used, for its note says 'use: {REFUSED}'")
            continue
        similar = _similar(path, note)
        if similar.assumption:
            run.say(f"{path.name}: no note says where it comes from, so that its colours count as an assumption; write one into "
                    f"{path.stem}.txt")
        found.append(similar)
    if not found:
        raise MediaError(f"{folder}: holds no picture that may be used; put pictures there ({', '.join(PICTURES)}), each with a note")
    return found


def _similar(path: Path, note: str) -> Similar:
    kind, source = source_of(note)
    return Similar(path, path.name, kind or "note", source or path.name, note, not source)


def source_of(note: str) -> tuple[str, str]:
    """Kind and source from the first line of a note; ('', '') where it says none."""
    first = note.strip().splitlines()[0].strip() if note.strip() else ""
    kind, colon, text = (part.strip() for part in first.partition(":"))
    if colon and kind.casefold() in KINDS and text:
        return kind.casefold(), text
    if not first or (colon and kind.casefold() in ("use", *KINDS)):      # a line that says something else, or nothing
        return "", ""
    return "note", first


def element_of_note(note: str) -> Element:
    """What a note says of its picture as an element: `holder:`, `identifier:`, `year:`, `condition:`, `authorised by:`, `terms:` and
    `use:`; the kind is that of its first line."""
    said, (kind, _) = _values(note), source_of(note)
    use = said.get("use", "").casefold()
    return Element(kind=kind, gauge=said.get("gauge", ""), generation=said.get("generation", ""), holder=said.get("holder", ""),
                   identifier=said.get("identifier", ""), condition=said.get("condition", ""), year=said.get("year", ""),
                   authorised_by=said.get("authorised by", said.get("authorized by", "")), terms=said.get("terms", ""),
                   use=use if use in (ALLOWED, NOT_ALLOWED) else "")


def forbidden(note: str) -> bool:
    """Whether a note says that its picture must not be used."""
    return _values(note).get("use", "").casefold() == REFUSED


def _values(note: str) -> dict[str, str]:
    """What the lines `key: value` of a note say; a note may be that line alone."""
    parts = [line.partition(":") for line in note.splitlines() if ":" in line]
    return {key.strip().casefold(): " ".join(value.split()) for key, _, value in parts}


def note_of(path: Path) -> str:
    """What stands beside a picture: STEM.txt, else FILE.txt (picture.png.txt); '' for nothing. Raises MediaError where it
    cannot be read: it might forbid the picture."""
    for note in (path.with_suffix(".txt"), path.with_name(path.name + ".txt")):
        if note.is_file():
            try:
                return note.read_text(encoding="utf-8-sig", errors="replace")[:LONGEST]
            except OSError as error:
                raise MediaError(f"{note}: this note cannot be read ({error.strerror}); mend its permissions") from error
    return ""
