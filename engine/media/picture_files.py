"""What single picture files say of themselves, and their pixels: DPX by the program's own reader, the rest through OpenImageIO."""
from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from OpenImageIO import DOUBLE, FLOAT, HALF, ImageInput, ImageSpec, geterror

from engine.errors import DamagedFrame
from engine.media.colour import Guess, guess_dpx, guess_exr, guess_picture
from engine.media.dpx import DpxHeader, frame_word, read_dpx, timecode_text
from engine.media.numbering import FORMATS
from engine.media.source import Picture


@dataclass(frozen=True)
class Still:
    """What the header of one picture says. `shape` is what all pictures of a source must share."""

    format: str
    width: int
    height: int
    depth: int
    floating: bool
    channels: int                   # 1 or 3, alpha not counted
    alpha: bool
    pixel_aspect: Fraction
    rate: Fraction | None
    timecode: str | None
    keycode: str | None
    guess: Guess

    @property
    def shape(self) -> str:
        kind = "float" if self.floating else "bit"
        return f"{self.width} x {self.height}, {self.depth}-{kind} {'RGB' if self.channels == 3 else 'grey'}"


def probe(path: Path) -> Still:
    """Read the header of a picture. Raises DamagedFrame, MediaError."""
    return _probe_dpx(path) if FORMATS[path.suffix.lower()] == "dpx" else _probe_other(path)


def read(path: Path) -> Picture:
    """Float32 (h, w, 3) as stored: integer formats as code / (2**depth - 1); grey as three equal channels. Raises DamagedFrame."""
    if FORMATS[path.suffix.lower()] == "dpx":
        header, codes = read_dpx(path)
        return _three(np.divide(codes, 2 ** header.depth - 1, dtype=np.float32))
    return _read_other(path)


def attributes(path: Path) -> dict[str, Any]:
    """What the header of a picture says beside its size and pixels, by the names of OpenImageIO; {} for DPX. Raises DamagedFrame."""
    if FORMATS[path.suffix.lower()] == "dpx":
        return {}
    opened, spec = _open(path)
    opened.close()
    return {attribute.name: attribute.value for attribute in spec.extra_attribs}


def _probe_dpx(path: Path) -> Still:
    header = DpxHeader.load(path)
    return Still("dpx", header.width, header.height, header.depth, False, min(header.channels, 3), header.channels == 4,
                 header.pixel_aspect, header.rate, header.timecode, header.keycode, guess_dpx(header.transfer, header.depth))


def _open(path: Path) -> tuple[ImageInput, ImageSpec]:
    as_stored = ImageSpec()
    as_stored.attribute("oiio:UnassociatedAlpha", 1)
    opened = ImageInput.open(str(path), as_stored)
    wanted = FORMATS[path.suffix.lower()]
    if opened is None:
        raise DamagedFrame(path, frame_word(path), f"it is no {wanted.upper()} picture: {_line(geterror())}")
    if (found := opened.format_name()) not in (wanted, "openexr" if wanted == "exr" else wanted):
        raise DamagedFrame(path, frame_word(path), f"it is named as {wanted.upper()} but holds {found.upper()}")
    return opened, opened.spec()


def _line(error: str) -> str:
    return (error.strip().splitlines() or ["unknown error"])[0]


def _colours(spec: ImageSpec) -> int:
    colours = spec.nchannels - (1 if spec.alpha_channel >= 0 else 0)
    return 3 if colours >= 3 else 1


def _floating(spec: ImageSpec) -> bool:
    return spec.format.basetype in (HALF, FLOAT, DOUBLE)


def _depth(spec: ImageSpec) -> int:
    stored = 8 * spec.format.size()
    return spec.get_int_attribute("oiio:BitsPerSample", stored) if stored == 16 and not _floating(spec) else stored


def _probe_other(path: Path) -> Still:
    opened, spec = _open(path)
    opened.close()
    format = FORMATS[path.suffix.lower()]
    floating = _floating(spec)
    said = spec.getattribute("FramesPerSecond")
    rate = Fraction(*said) if said and said[0] > 0 and said[1] > 0 else None
    code = spec.getattribute("smpte:TimeCode")
    key = spec.getattribute("smpte:KeyCode")
    aspect = Fraction(spec.get_float_attribute("PixelAspectRatio", 1.0)).limit_denominator(1000)
    return Still(
        format, spec.full_width, spec.full_height, _depth(spec), floating, _colours(spec), spec.alpha_channel >= 0,
        aspect if aspect > 0 else Fraction(1), rate,
        timecode_text(code[0], rate) if code else None, _keycode(key) if key else None, _guess(format, floating, spec))


def _keycode(key: tuple[int, ...]) -> str:
    """As `DpxHeader.keycode`; perforations a frame and a count follow where they are not those of 35 mm film, e.g. ' 1/20'."""
    gauge = "" if tuple(key[5:7]) in ((), (4, 64), (0, 0)) else f" {key[5]}/{key[6]}"
    return f"{key[0]:02d} {key[1]:02d} {key[2]:06d} {key[3]:04d}+{key[4]:02d}{gauge}"


def _guess(format: str, floating: bool, spec: ImageSpec) -> Guess:
    if format != "exr":
        return guess_picture(format, floating)
    said: Any = spec.getattribute("chromaticities")
    return guess_exr(tuple(said) if said else None, spec.get_int_attribute("acesImageContainerFlag", 0) == 1)


def _read_other(path: Path) -> Picture:
    opened, spec = _open(path)
    kind = "float" if _floating(spec) else "uint8" if spec.format.size() == 1 else "uint16"
    pixels = opened.read_image(0, 0, 0, _colours(spec), kind)
    error = opened.geterror()
    opened.close()
    if pixels is None or error:
        raise DamagedFrame(path, frame_word(path), _line(error))
    if kind != "float":
        depth = min(_depth(spec), 16)
        codes = pixels >> (16 - depth) if kind == "uint16" else pixels
        pixels = np.divide(codes, 2 ** depth - 1, dtype=np.float32)
    elif odd := int((~np.isfinite(pixels)).any(-1).sum()):
        raise DamagedFrame(path, frame_word(path), f"{odd:,} of its pixels are no numbers (NaN or infinite)")
    return _three(whole(pixels, spec))


def whole(pixels: Picture, spec: ImageSpec) -> Picture:
    """The full picture where the file holds only a part of it or more than it (the data window of EXR); black outside."""
    height, width = pixels.shape[:2]
    x, y = spec.x - spec.full_x, spec.y - spec.full_y
    if (x, y, width, height) == (0, 0, spec.full_width, spec.full_height):
        return pixels
    result = np.zeros((spec.full_height, spec.full_width, pixels.shape[2]), np.float32)
    part = pixels[max(0, -y):spec.full_height - y, max(0, -x):spec.full_width - x]
    result[max(0, y):max(0, y) + part.shape[0], max(0, x):max(0, x) + part.shape[1]] = part
    return result


def _three(pixels: Picture) -> Picture:
    return np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels
