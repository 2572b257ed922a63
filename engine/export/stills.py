"""One still a frame: DPX with the source's header, TIFF and PNG of 16 bits, OpenEXR of half floats."""
from __future__ import annotations

import base64
import json
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import OpenImageIO as oiio  # noqa: N813

from engine.export.coding import LINEAR_LIGHT, Codes, Coding
from engine.media.colour import CHROMATICITIES, guess_dpx
from engine.media.dpx import DpxHeader, timecode_bits, write_dpx
from engine.media.source import FrameSource, SourceInfo

SUFFIX = {"dpx": ".dpx", "tiff": ".tif", "exr": ".exr", "png": ".png"}
TRANSFER = {"cineon": 1, "adx10": 13, "linear": 2, "rec709": 6}
USER_DEFINED = 0
D65, ACES_WHITE = (0.3127, 0.3290), (0.32168, 0.33767)
PNG_COMPRESSION = 1


@dataclass(frozen=True)
class Carried:
    """What a frame of the source says beside its picture."""

    index: int
    name: str
    source: str
    timecode: str | None
    keycode: str | None
    header: bytes | None

    @staticmethod
    def of(scan: FrameSource, index: int) -> Carried:
        files = scan.files(index)
        return Carried(index, scan.name(index), files[0].name if files else "", scan.timecode(index), scan.keycode(index),
                       scan.header(index))


def still_depth(info: SourceInfo, encoding: str) -> int:
    """Bits a channel of a DPX or FFV1 result: the source's 10, 12 or 16; 10 for 8; 16 for float sources and for linear light."""
    if info.floating or encoding in LINEAR_LIGHT:
        return 16
    return next((depth for depth in (10, 12) if info.depth <= depth), 16)


def coding_of(form: str, info: SourceInfo, encoding: str) -> Coding:
    """The coding of a format of stills (or FFV1) for this source."""
    if form == "exr":
        return Coding(encoding, 10, floating=True)
    return Coding(encoding, 16 if form in ("tiff", "png") else still_depth(info, encoding))


def still_writer(form: str, codes: Codes, coding: Coding, frame: Carried, info: SourceInfo, name: str) -> Callable[[Path], None]:
    """A function that writes this picture to a path; `name` is the final file name. It raises OSError."""
    if form == "dpx":
        header = dpx_header(coding, frame, info, codes.shape[1], codes.shape[0], name)

        def write(path: Path) -> None:
            with path.open("wb") as file:
                write_dpx(file, codes, header)
        return write
    spec = _SPECS[form](codes, coding, frame, info)
    return lambda path: _write_oiio(path, form, codes, spec)


def dpx_header(coding: Coding, frame: Carried, info: SourceInfo, width: int, height: int, name: str) -> DpxHeader:
    """The source's header, every byte that need not change, or a fresh one with what is known. The transfer characteristic changes where
    a reader would else take the picture for another encoding than it has."""
    transfer = TRANSFER.get(coding.encoding, USER_DEFINED)
    if frame.header is not None:
        header = DpxHeader.parse(frame.header, Path(frame.source))
        says_so = guess_dpx(header.transfer, coding.depth).encoding == coding.encoding
        return header.for_result(name, coding.depth, None if says_so else transfer)
    header = DpxHeader.new(width, height, coding.depth, transfer, info.rate, frame.timecode)
    raw = bytearray(header.raw)
    struct.pack_into(">II", raw, 1628, info.pixel_aspect.numerator, info.pixel_aspect.denominator)
    if key := keycode_parts(frame.keycode):
        raw[1664:1680] = "".join(part.rjust(length, "0")[-length:] for part, length in zip(key, (2, 2, 2, 6, 4), strict=True)).encode()
    return DpxHeader(bytes(raw)).for_result(name, coding.depth, None)


def keycode_parts(keycode: str | None) -> tuple[str, str, str, str, str] | None:
    """Manufacturer, film type, perforations, prefix and count (in the order of the DPX header) of '02 93 123456 7890+16'."""
    found = re.match(r"(\d+) (\d+) (\d+) (\d+)\+(\d+)( |$)", keycode or "")
    return (found[1], found[2], found[5], found[3], found[4]) if found else None


def facts(coding: Coding, frame: Carried, info: SourceInfo) -> dict[str, str]:
    """What TIFF, EXR and PNG carry as text. `dpx_header` is the source's whole header in base64: project, slate and user data with it."""
    said: dict[str, str | None] = {
        "encoding": coding.encoding, "source": frame.source, "frame": frame.name, "timecode": frame.timecode, "keycode": frame.keycode,
        "rate": str(info.rate) if info.rate else None, "pixel_aspect": str(info.pixel_aspect),
    }
    if frame.header is not None:
        header = DpxHeader.parse(frame.header, Path(frame.source))
        said |= {field: header.text(field) for field in ("creator", "project", "copyright", "frame_id", "slate")}
        said["dpx_header"] = base64.b64encode(frame.header).decode()
    return {key: value for key, value in said.items() if value}


def _spec(codes: Codes, info: SourceInfo, kind: Any) -> Any:
    spec = oiio.ImageSpec(codes.shape[1], codes.shape[0], 3, kind)
    spec.attribute("Software", "Answerprint")
    spec.attribute("DateTime", "")      # or the library writes the clock's, and the same export never gives the same file
    spec.attribute("PixelAspectRatio", float(info.pixel_aspect))
    return spec


def _tiff(codes: Codes, coding: Coding, frame: Carried, info: SourceInfo) -> Any:
    spec = _spec(codes, info, oiio.UINT16)
    spec.attribute("compression", "none")
    spec.attribute("ImageDescription", json.dumps(facts(coding, frame, info)))
    return spec


def _png(codes: Codes, coding: Coding, frame: Carried, info: SourceInfo) -> Any:
    spec = _spec(codes, info, oiio.UINT16)
    spec.attribute("png:compressionLevel", PNG_COMPRESSION)
    for key, value in facts(coding, frame, info).items():
        spec.attribute(key, value)
    return spec


def _exr(codes: Codes, coding: Coding, frame: Carried, info: SourceInfo) -> Any:
    spec = _spec(codes, info, oiio.HALF)
    aces = coding.encoding == "aces"
    spec.attribute("compression", "none" if aces else "zip")
    if aces:
        spec.attribute("acesImageContainerFlag", 1)
    primaries = CHROMATICITIES.get(coding.encoding, CHROMATICITIES["linear"])
    white = ACES_WHITE if coding.encoding in ("aces", "acescg") else D65
    spec.attribute("chromaticities", oiio.TypeDesc("float[8]"), (*primaries, *white))
    for key, value in facts(coding, frame, info).items():
        spec.attribute(f"answerprint:{key}", value)
    if frame.timecode:
        spec.attribute("smpte:TimeCode", oiio.TypeTimeCode, (timecode_bits(frame.timecode), 0))
    if key_parts := keycode_parts(frame.keycode):
        maker, film, offset, prefix, count = (int(part) for part in key_parts)
        gauge = re.search(r" (\d+)/(\d+)$", frame.keycode or "")
        perforations = (int(gauge[1]), int(gauge[2])) if gauge else (4, 64)
        spec.attribute("smpte:KeyCode", oiio.TypeKeyCode, (maker, film, prefix, count, offset, *perforations))
    if info.rate:
        spec.attribute("FramesPerSecond", oiio.TypeRational, (info.rate.numerator, info.rate.denominator))
    return spec


_SPECS: dict[str, Callable[[Codes, Coding, Carried, SourceInfo], Any]] = {"tiff": _tiff, "png": _png, "exr": _exr}


def _write_oiio(path: Path, form: str, codes: Codes, spec: Any) -> None:
    """Write and read back: of a full disk the TIFF writer says nothing."""
    path.open("wb").close()     # raises the system's own error where nothing can be written
    output = oiio.ImageOutput.create({"exr": "openexr"}.get(form, form))
    assert output is not None
    if not (output.open(str(path), spec) and output.write_image(np.ascontiguousarray(codes)) and output.close()):
        raise OSError(f"the {form.upper()} writer says: {output.geterror().strip()}")
    picture = oiio.ImageInput.open(str(path))
    read = picture.read_image(spec.format) if picture is not None else None
    if read is None or not np.array_equal(read, codes):
        raise OSError(f"the {form.upper()} does not read back as it was written; is the disk full or failing?")
