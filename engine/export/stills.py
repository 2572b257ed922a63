"""One still a frame: DPX with the source's header, TIFF and PNG of 16 bits, OpenEXR of half floats."""
from __future__ import annotations

import base64
import json
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import OpenImageIO as oiio  # noqa: N813

from engine.export.coding import Codes, Coding
from engine.export.history import result_line, source_line, with_history
from engine.export.said import Carried, Said, carried_to, xmp_packet
from engine.export.tiff import set_xmp
from engine.media.colour import CHROMATICITIES, ENCODINGS, guess_dpx, is_linear_light
from engine.media.dpx import DpxHeader, timecode_bits, write_dpx
from engine.media.source import SourceInfo

SUFFIX = {"dpx": ".dpx", "tiff": ".tif", "exr": ".exr", "png": ".png"}
TRANSFER = {"cineon": 1, "adx10": 13, "linear": 2, "rec709": 6}
USER_DEFINED = 0
D65, ACES_WHITE = (0.3127, 0.3290), (0.32168, 0.33767)
PNG_COMPRESSION = 1


def still_depth(info: SourceInfo, encoding: str) -> int:
    """Bits a channel of a DPX or FFV1 result: the source's 10, 12 or 16; 10 for 8; 16 for float sources and for linear light."""
    if info.floating or is_linear_light(encoding):
        return 16
    return next((depth for depth in (10, 12) if info.depth <= depth), 16)


def coding_of(form: str, info: SourceInfo, encoding: str) -> Coding:
    """The coding of a format of stills (or FFV1) for this source."""
    if form == "exr":
        return Coding(encoding, 10, floating=True)
    return Coding(encoding, 16 if form in ("tiff", "png") else still_depth(info, encoding))


def still_writer(form: str, codes: Codes, coding: Coding, frame: Carried, info: SourceInfo, name: str,
                 said: Said) -> Callable[[Path], None]:
    """A function that writes this picture to a path; `name` is the final file name. It raises OSError."""
    if form == "dpx":
        header = dpx_header(coding, frame, info, codes.shape[1], codes.shape[0], name, said)

        def write(path: Path) -> None:
            with path.open("wb") as file:
                write_dpx(file, codes, header)
        return write
    spec = _SPECS[form](codes, coding, frame, info, said)
    packet = xmp_packet(said.source_type) if form == "tiff" and said.type_words(frame) else b""
    return lambda path: _write_oiio(path, form, codes, spec, packet)


def dpx_header(coding: Coding, frame: Carried, info: SourceInfo, width: int, height: int, name: str, said: Said) -> DpxHeader:
    """The source's header, every byte that need not change, or a fresh one with what is known; its process history is one line longer. The
    transfer characteristic changes where a reader would else take the picture for another encoding than it has."""
    transfer: int | None = TRANSFER.get(coding.encoding, USER_DEFINED)
    if frame.header is not None:
        header = DpxHeader.parse(frame.header, Path(frame.source))
        if guess_dpx(header.transfer, coding.depth).encoding == coding.encoding:
            transfer = None
    else:
        header, transfer = _fresh_header(coding, frame, info, width, height, TRANSFER.get(coding.encoding, USER_DEFINED)), None
    line = result_line(header, coding.depth, coding.encoding, said.history(frame.untouched))
    return with_history(header, [source_line(said.element)], line).for_result(name, coding.depth, transfer)


def _fresh_header(coding: Coding, frame: Carried, info: SourceInfo, width: int, height: int, transfer: int) -> DpxHeader:
    header = DpxHeader.new(width, height, coding.depth, transfer, info.rate, frame.timecode)
    raw = bytearray(header.raw)
    struct.pack_into(">II", raw, 1628, info.pixel_aspect.numerator, info.pixel_aspect.denominator)
    if key := keycode_parts(frame.keycode):
        raw[1664:1680] = "".join(part.rjust(length, "0")[-length:] for part, length in zip(key, (2, 2, 2, 6, 4), strict=True)).encode()
    return DpxHeader(bytes(raw))


def keycode_parts(keycode: str | None) -> tuple[str, str, str, str, str] | None:
    """Manufacturer, film type, perforations, prefix and count (in the order of the DPX header) of '02 93 123456 7890+16'."""
    found = re.match(r"(\d+) (\d+) (\d+) (\d+)\+(\d+)( |$)", keycode or "")
    return (found[1], found[2], found[5], found[3], found[4]) if found else None


def facts(coding: Coding, frame: Carried, info: SourceInfo, said: Said) -> dict[str, str]:
    """What TIFF, EXR and PNG carry as text. `dpx_header` is the source's whole header in base64: project, slate and user data with it."""
    known: dict[str, str | None] = {
        "encoding": coding.encoding, "source": frame.source, "frame": frame.name, "timecode": frame.timecode, "keycode": frame.keycode,
        "rate": str(info.rate) if info.rate else None, "pixel_aspect": str(info.pixel_aspect), "colour_config": said.config,
        "untouched": "yes: passed on as the source has it" if frame.untouched else None,
    }
    if frame.header is not None:
        header = DpxHeader.parse(frame.header, Path(frame.source))
        known |= {field: header.text(field) for field in ("creator", "project", "copyright", "frame_id", "slate")}
        known["dpx_header"] = base64.b64encode(frame.header).decode()
    return {key: value for key, value in known.items() if value}


def _spec(codes: Codes, info: SourceInfo, kind: Any) -> Any:
    spec = oiio.ImageSpec(codes.shape[1], codes.shape[0], 3, kind)
    spec.attribute("DateTime", "")      # or the library writes the clock's, and the same export never gives the same file
    return spec


def _finished(spec: Any, info: SourceInfo) -> Any:
    """With what holds whatever the source says."""
    spec.attribute("Software", "Answerprint")
    spec.attribute("PixelAspectRatio", float(info.pixel_aspect))
    return spec


def _tiff(codes: Codes, coding: Coding, frame: Carried, info: SourceInfo, said: Said) -> Any:
    spec = _spec(codes, info, oiio.UINT16)
    others = carried_to(spec, "tiff", frame)
    spec.attribute("compression", "none")
    told: dict[str, Any] = {**facts(coding, frame, info, said), **said.type_words(frame)}
    spec.attribute("ImageDescription", json.dumps(told | ({"source_attributes": others} if others else {}), default=str))
    return _finished(spec, info)


def _png(codes: Codes, coding: Coding, frame: Carried, info: SourceInfo, said: Said) -> Any:
    spec = _spec(codes, info, oiio.UINT16)
    carried_to(spec, "png", frame)
    spec.attribute("png:compressionLevel", PNG_COMPRESSION)
    for key, value in {**facts(coding, frame, info, said), **said.type_words(frame)}.items():
        spec.attribute(key, value)
    return _finished(spec, info)


def _exr(codes: Codes, coding: Coding, frame: Carried, info: SourceInfo, said: Said) -> Any:
    """ACES2065-1 goes into the container of SMPTE ST 2065-4: half floats without compression, its flag and its primaries."""
    spec = _spec(codes, info, oiio.HALF)
    carried_to(spec, "exr", frame)
    aces = coding.encoding == "aces"
    spec.attribute("compression", "none" if aces else "zip")
    if aces:
        spec.attribute("acesImageContainerFlag", 1)
    if coding.encoding in ENCODINGS:
        primaries = CHROMATICITIES.get(coding.encoding, CHROMATICITIES["linear"])
        white = ACES_WHITE if coding.encoding in ("aces", "acescg") else D65
        spec.attribute("chromaticities", oiio.TypeDesc("float[8]"), (*primaries, *white))
    for key, value in facts(coding, frame, info, said).items():
        spec.attribute(f"answerprint:{key}", value)
    for key, value in said.type_words(frame).items():
        spec.attribute(key, value)
    _exr_codes(spec, frame, info)
    return _finished(spec, info)


def _exr_codes(spec: Any, frame: Carried, info: SourceInfo) -> None:
    """Timecode, keycode and rate as the types that EXR has for them."""
    if frame.timecode:
        spec.attribute("smpte:TimeCode", oiio.TypeTimeCode, (timecode_bits(frame.timecode), 0))
    if key_parts := keycode_parts(frame.keycode):
        maker, film, offset, prefix, count = (int(part) for part in key_parts)
        gauge = re.search(r" (\d+)/(\d+)$", frame.keycode or "")
        perforations = (int(gauge[1]), int(gauge[2])) if gauge else (4, 64)
        spec.attribute("smpte:KeyCode", oiio.TypeKeyCode, (maker, film, prefix, count, offset, *perforations))
    if info.rate:
        spec.attribute("FramesPerSecond", oiio.TypeRational, (info.rate.numerator, info.rate.denominator))


_SPECS: dict[str, Callable[[Codes, Coding, Carried, SourceInfo, Said], Any]] = {"tiff": _tiff, "png": _png, "exr": _exr}


def _write_oiio(path: Path, form: str, codes: Codes, spec: Any, xmp: bytes) -> None:
    """Write and read back: of a full disk the TIFF writer says nothing."""
    path.open("wb").close()     # raises the system's own error where nothing can be written
    output = oiio.ImageOutput.create({"exr": "openexr"}.get(form, form))
    assert output is not None
    if not (output.open(str(path), spec) and output.write_image(np.ascontiguousarray(codes)) and output.close()):
        raise OSError(f"the {form.upper()} writer says: {output.geterror().strip()}")
    if xmp:
        set_xmp(path, xmp)
    picture = oiio.ImageInput.open(str(path))
    read = picture.read_image(spec.format) if picture is not None else None
    if read is None or not np.array_equal(read, codes):
        raise OSError(f"the {form.upper()} does not read back as it was written; is the disk full or failing?")
