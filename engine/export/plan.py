"""What an export shall leave where: formats, codings, names of files. Nothing is written here."""
from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.elements import Element
from engine.errors import OutputRefused, UsageError
from engine.export.coding import Coding
from engine.export.history import source_line
from engine.export.movie import FFV1_TRANSFER, PRORES, UNSPECIFIED, VIEWING, Encoding, movie_of, movie_rate
from engine.export.said import NOTHING, UNKNOWN, Said
from engine.export.source_type import checked
from engine.export.stills import SUFFIX, coding_of
from engine.export.whole import Whole, film_of
from engine.media.colour import ENCODINGS, config_facts, own_encoding
from engine.media.fingerprint import fingerprint
from engine.media.source import FrameSource, SourceInfo

MOVIES = (*PRORES, "ffv1", *VIEWING)
FORMATS = (*SUFFIX, *MOVIES)
BYTES_A_PIXEL = {"tiff": 6.0, "exr": 6.0, "png": 6.0, "prores422hq": 0.8, "prores4444": 1.2, "prores4444xq": 1.8, "h264": 0.2, "h265": 0.1}
PACKED_PART = 0.8
"""A cautious guess of what lossless compression leaves of grainy film."""


@dataclass(frozen=True)
class ExportSettings:
    """What the user asked for. `encoding` ('same', or a name of colour.ENCODINGS) is that of stills and FFV1; other movies are Rec.709
    always. With `colours`, an OpenColorIO config of the user's own, it is a colour space of that.
    `sound` is a file named by the user. `identity` says what the pictures depend on (model, balance, ...): frames of another identity
    are made anew, one by one, not gone on with. `burn_in`: frame and timecode in the pictures of viewing copies. `whole`: of a scan of
    which a range is open, the frames outside it are passed on untouched. `source_type`: a term of the IPTC vocabulary, or ''. `process`:
    what was done, in a few words; `element`: what was scanned."""

    folder: Path
    formats: tuple[str, ...]
    encoding: str = "same"
    sound: Path | None = None
    identity: str = ""
    burn_in: bool = False
    whole: bool = False
    colours: Path | None = None
    source_type: str = ""
    process: str = ""
    element: Element = UNKNOWN


@dataclass(frozen=True)
class Plan:
    """Formats in order, and the names of everything."""

    folder: Path
    name: str
    span: str                       # '' or '.FIRST-LAST', where only a range of the scan is exported
    info: SourceInfo
    encoding: str
    codings: dict[str, Coding]      # stills and FFV1
    movies: dict[str, Encoding]
    burn_in: bool = False
    said: Said = NOTHING

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(form for form in FORMATS if form in self.codings or form in self.movies)

    @property
    def stills(self) -> tuple[str, ...]:
        return tuple(form for form in self.formats if form not in self.movies)

    @property
    def base(self) -> str:
        """What the names of all begin with that lies beside the results."""
        return f"{self.name}_restored{self.span}"

    @property
    def ledger(self) -> Path:
        return self.folder / f"{self.name}_restored.frames.jsonl"

    def still_folder(self, form: str) -> Path:
        return self.folder / f"{self.name}_restored_{form}"

    def still(self, form: str, frame: str) -> Path:
        """NAME_restored.DIGITS.dpx of a sequence or video; single stills keep their names."""
        stem = frame if self.info.kind == "stills" else f"{self.name}_restored.{frame}"
        return self.still_folder(form) / (stem + SUFFIX[form])

    def movie(self, form: str) -> Path:
        return self.folder / f"{self.name}_restored_{form}{self.span}{self.movies[form].movie.suffix}"

    def packets(self, form: str) -> Path:
        """The frames of a movie that is not whole yet."""
        return self.folder / f".{self.name}_restored_{form}{self.span}.packets"

    def outputs(self) -> tuple[Path, ...]:
        return tuple(self.movie(form) if form in self.movies else self.still_folder(form) for form in self.formats)

    def files(self, scan: FrameSource) -> Iterator[Path]:
        """Every file that is made of these frames."""
        yield from (self.still(form, scan.name(index)) for form in self.stills for index in range(len(scan)))
        yield from map(self.movie, self.movies)

    def room(self, counts: dict[str, int]) -> int:
        """Bytes that so many more frames of each format need, by estimate; a movie needs its size twice while it is put together."""
        return sum(self.estimate(form, count) * (2 if form in self.movies else 1) for form, count in counts.items())

    def estimate(self, form: str, count: int) -> int:
        """Bytes that so many frames of a format come to, by estimate."""
        return int(count * self.info.width * self.info.height * self._bytes(form))

    def _bytes(self, form: str) -> float:
        if form == "ffv1":
            return 3 / 8 * self.codings[form].depth * PACKED_PART
        if form == "dpx":
            return 4.0 if self.codings[form].depth == 10 else 6.0
        return BYTES_A_PIXEL[form] * (PACKED_PART if form in ("exr", "png") else 1)


def make_plan(scan: FrameSource, settings: ExportSettings) -> Plan:
    """Raises UsageError for formats and encodings that do not go with this scan, OutputRefused where two results would share a name, and
    MediaError where the whole length is asked for and a frame outside the range does not go with it."""
    scan = film_of(scan, settings.whole)
    info, encoding = scan.info, _result_encoding(scan.info, settings)
    unknown = [form for form in settings.formats if form not in FORMATS]
    if unknown or not settings.formats:
        raise UsageError(f"--format {' '.join(unknown) or '(none)'}: unknown; choose one or more of {', '.join(FORMATS)}")
    codings = {form: coding_of(form, info, encoding) for form in settings.formats if form in SUFFIX or form == "ffv1"}
    movies = {form: _encoding(form, info, codings) for form in settings.formats if form in MOVIES}
    _refuse_shared_names(scan)
    name = info.name.strip(" ._-") or info.path.name or "scan"
    span = "" if len(scan) - len(info.gaps) == scan.places or info.kind == "stills" else f".{scan.name(0)}-{scan.name(len(scan) - 1)}"
    said = Said(settings.process, checked(settings.source_type), _config_words(settings), settings.element)
    return Plan(settings.folder, name, span, info, encoding, codings, movies, settings.burn_in, said)


def _result_encoding(info: SourceInfo, settings: ExportSettings) -> str:
    if settings.encoding == "same":
        return info.encoding
    if settings.colours is not None:
        return own_encoding(settings.colours, settings.encoding)
    if settings.encoding not in ENCODINGS:
        raise UsageError(f"--encoding {settings.encoding}: unknown; choose same or one of {', '.join(ENCODINGS)}, or name your own config "
                         "with --colour-config")
    return settings.encoding


def _config_words(settings: ExportSettings) -> str:
    """An own config, where one is used, for those who read a file."""
    if settings.colours is None or settings.encoding == "same":
        return ""
    facts = config_facts(settings.colours)
    return f"{facts['name']} (sha256 {facts['sha256']}, OpenColorIO {facts['ocio']})"


def _encoding(form: str, info: SourceInfo, codings: dict[str, Coding]) -> Encoding:
    rate = movie_rate(info)
    if form == "ffv1":
        coding = codings[form]
        transfer = FFV1_TRANSFER.get(coding.encoding, UNSPECIFIED)
        return Encoding(movie_of(form, coding.depth), info.width, info.height, rate, info.pixel_aspect, transfer)
    if info.width % 2 or (form in VIEWING and info.height % 2):
        what = "ProRes holds even widths only" if form in PRORES else "H.264 and H.265 hold even widths and heights only"
        raise UsageError(f"{info.path}: the picture is {info.width} x {info.height} pixels, and {what}; choose --format ffv1 or stills")
    return Encoding(movie_of(form, 10), info.width, info.height, rate, info.pixel_aspect)


def _refuse_shared_names(scan: FrameSource) -> None:
    seen: dict[str, int] = {}
    for index in range(len(scan)):
        other = seen.setdefault(scan.name(index).casefold(), index)
        if other != index:
            raise OutputRefused(f"{scan.info.path}: two pictures are called {scan.name(index)} ({scan.files(other)[0].name} and "
                                f"{scan.files(index)[0].name}), and so would their results be; rename one")


def export_identity(scan: FrameSource, settings: ExportSettings, encoding: str) -> dict[str, Any]:
    """What the results depend on: the caller's identity, the encoding, and the scan's files by name, size and time of change. `medium`
    says of which scan they are, whatever the range; of a whole length, `restored` the range's first and last frame. What was not asked for
    is left out."""
    digest = hashlib.sha256()
    for path in dict.fromkeys(path for index in range(len(scan)) for path in scan.files(index)):
        facts = path.stat()
        digest.update(f"{path.name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    asked = {"burn_in": settings.burn_in and bool(set(settings.formats) & set(VIEWING)), "source_type": checked(settings.source_type),
             "film": source_line(settings.element) if "dpx" in settings.formats else "",
             "restored": [scan.part.name(0), scan.part.name(len(scan.part) - 1)] if isinstance(scan, Whole) else None}
    return {"identity": settings.identity, "encoding": encoding, "scan": digest.hexdigest(), "frames": len(scan),
            "medium": fingerprint(scan), **{key: value for key, value in asked.items() if value}}
