"""The digitization process history in the user data of DPX files, by the grammar of FADGI, "Guidelines for Embedded Metadata within DPX
File Headers for Digitized Motion Picture Film" (section 12.1, after the coding history of EBU R98-1999).

User data is labelled 'FADGI process history' (32 bytes), then follow lines of ASCII that end with CR and LF: the first of the source film,
the next of its scan, the next of how the file is stored, and one more for each later change. A line has variables 'X=value' with comma and
space between: O format, G gauge, F frames a second, W bit depth, R resolution, M colour model, T free text without commas.

User data of another kind is kept where it is and as it is; the labelled block then follows it.
"""
from __future__ import annotations

from collections.abc import Sequence

from engine.elements import Element
from engine.media.dpx import FULL_LENGTH, INDUSTRY_LENGTH, DpxHeader
from engine.versions import version_of

LABEL = b"FADGI process history".ljust(32, b"\0")
MOST = 1_000_000
END = b"\r\n"
BLANK = b"\0\xff"
MODELS = {"cineon": "RGB Log", "adx10": "RGB ADX10", "rec709": "RGB Rec.709", "srgb": "RGB sRGB", "linear": "RGB linear",
          "aces": "RGB ACES2065-1", "acescg": "RGB ACEScg"}
SIZES = {2048: "2K", 4096: "4K", 8192: "8K"}


def source_line(element: Element) -> str:
    """What is known of the film that was scanned; '' where nothing is."""
    known = {"O": element.kind, "G": element.gauge.replace(" ", ""), "D": element.condition}
    return _line(known)


def result_line(header: DpxHeader, depth: int, encoding: str, words: str) -> str:
    """How the file is stored that the program writes, and `words` on what was done."""
    rate, major = header.rate, header["version"][1:2]
    return _line({"O": f"DPXv{major.decode()}" if major.isdigit() else "DPX", "F": f"{float(rate):g}" if rate else "", "W": f"{depth}-bit",
                  "R": SIZES.get(header.width, f"{header.width}x{header.height}"), "M": MODELS.get(encoding, f"RGB {encoding}"),
                  "T": f"Answerprint {version_of('answerprint')}; {words}"})


def with_history(header: DpxHeader, first: Sequence[str], line: str) -> DpxHeader:
    """The header with `line` as the last of its process history, which begins with the lines `first` where there is none yet. All else
    in the user data stays; the picture moves back where room is short. Where user data would grow beyond 1 MB it is left as it is."""
    raw = header.raw if len(header.raw) >= FULL_LENGTH else _lengthened(header.raw)
    user = raw[FULL_LENGTH:]
    at = _labelled(user)
    if at is not None:
        before = user[:at + len(LABEL)] + user[at + len(LABEL):].rstrip(BLANK).rstrip(b"\r\n ") + END
        added = line
    else:
        before = (user + bytes(-len(user) % 4) if user.strip(BLANK) else b"") + LABEL
        added = "\r\n".join([*filter(None, first), line])
    made = before + added.encode("ascii", "replace")
    made += b" " * (-(len(made) + len(END)) % 4) + END      # what follows begins at a whole word
    if len(made) > MOST:
        return header
    made += bytes(max(0, len(user) - len(made)))            # room that was there stays, so that the picture need not move
    lengths = {"user_length": len(made), "image_offset": FULL_LENGTH + len(made)}
    if raw is not header.raw:
        lengths["industry_length"] = INDUSTRY_LENGTH
    return DpxHeader(raw[:FULL_LENGTH] + made, header.path).with_fields(lengths)


def history(header: DpxHeader) -> tuple[str, ...]:
    """The lines of a header's process history; none where it has no such block."""
    user = header.raw[FULL_LENGTH:]
    at = _labelled(user)
    if at is None:
        return ()
    return tuple(line.rstrip() for line in user[at + len(LABEL):].rstrip(BLANK).decode("latin-1").splitlines() if line.strip())


def _labelled(user: bytes) -> int | None:
    """Where the last labelled block begins: behind other user data, or at the beginning. None where there is none of text alone."""
    at = user.rfind(LABEL)
    if at < 0 and user[:len(LABEL)].rstrip(BLANK + b" ").lower() == LABEL.rstrip(b"\0").lower():
        at = 0
    return at if at >= 0 and b"\0" not in user[at + len(LABEL):].rstrip(BLANK) else None


def _line(values: dict[str, str]) -> str:
    """Variables that have a value, without the characters that separate."""
    plain = {name: " ".join(value.replace(",", ";").split()) for name, value in values.items()}
    if plain.get("O") or not any(plain.values()):
        return ", ".join(f"{name}={value}" for name, value in plain.items() if value)
    return ", ".join(["O=film", *(f"{name}={value}" for name, value in plain.items() if value)])     # every line begins with O


def _lengthened(raw: bytes) -> bytes:
    """A short header, with film and television headers in which nothing is said."""
    blank = bytearray(b"\xff" * FULL_LENGTH)
    for start, stop in ((1664, 1712), (1732, 1920)):
        blank[start:stop] = bytes(stop - start)
    return raw + bytes(blank[len(raw):])
