"""DPX headers (SMPTE ST 268-1): what they say, and carried over to a result with every byte that need not change.

A library reads most DPX pictures, but none writes the header back whole; so the bytes up to the image data are kept as they are, and only
the fields that a result must change are patched.
"""
from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.errors import DamagedFrame, MediaError
from engine.media import dpx_words

GENERIC_LENGTH = 1664
INDUSTRY_LENGTH = 384
FULL_LENGTH = GENERIC_LENGTH + INDUSTRY_LENGTH
UNDEFINED = 0xFFFFFFFF
LUMA, RGB, RGBA = 6, 50, 51
CHANNELS = {LUMA: 1, RGB: 3, RGBA: 4}

_FIELDS = {
    "image_offset": (4, "I"), "version": (8, "8s"), "file_size": (16, "I"), "generic_length": (24, "I"), "industry_length": (28, "I"),
    "user_length": (32, "I"), "file_name": (36, "100s"), "creator": (160, "100s"), "project": (260, "200s"), "copyright": (460, "200s"),
    "elements": (770, "H"), "width": (772, "I"), "height": (776, "I"), "sign": (780, "I"), "low_data": (784, "I"), "high_data": (792, "I"),
    "descriptor": (800, "B"), "transfer": (801, "B"), "colorimetric": (802, "B"), "depth": (803, "B"), "packing": (804, "H"),
    "run_length": (806, "H"), "data_offset": (808, "I"), "line_padding": (812, "I"), "image_padding": (816, "I"),
    "aspect_horizontal": (1628, "I"), "aspect_vertical": (1632, "I"),
    "manufacturer": (1664, "2s"), "film_type": (1666, "2s"), "perforations": (1668, "2s"), "prefix": (1670, "6s"), "count": (1676, "4s"),
    "film_rate": (1724, "f"), "frame_id": (1732, "32s"), "slate": (1764, "100s"),
    "timecode": (1920, "I"), "user_bits": (1924, "I"), "tv_rate": (1940, "f"),
}


def frame_word(path: Path) -> int | str:
    """What a frame is called to the user: the number that ends the file's stem, else the stem."""
    digits = re.search(r"\d+$", path.stem)
    return int(digits[0]) if digits else path.stem


@dataclass(frozen=True)
class DpxHeader:
    """The header of one DPX file. `raw` holds every byte up to the image data, user data included."""

    raw: bytes
    path: Path = field(compare=False, default=Path("new.dpx"))

    @staticmethod
    def parse(data: bytes, path: Path) -> DpxHeader:
        """`data` begins with the header (it may go on). Raises DamagedFrame for what is no sound DPX header, MediaError for a kind of
        DPX that the program does not read."""
        if data[:4] not in (b"SDPX", b"XPDS"):
            raise DamagedFrame(path, frame_word(path), "it does not begin as a DPX file does")
        if len(data) < GENERIC_LENGTH:
            raise DamagedFrame(path, frame_word(path), f"its header is cut off after {len(data)} bytes")
        header = DpxHeader(bytes(data[:max(GENERIC_LENGTH, _image_offset(data))]), path)
        header._check()
        return header

    @staticmethod
    def load(path: Path) -> DpxHeader:
        """Header of a file, whose length is checked against the picture's size. Raises as `parse` does."""
        with path.open("rb") as file:
            data = file.read(FULL_LENGTH)
            if len(data) == FULL_LENGTH and data[:4] in (b"SDPX", b"XPDS"):
                data += file.read(max(0, min(_image_offset(data), 1 << 24) - FULL_LENGTH))
            header = DpxHeader.parse(data, path)
            header.stride(file.seek(0, 2))
        return header

    @staticmethod
    def new(width: int, height: int, depth: int, transfer: int, rate: Fraction | None = None, timecode: str | None = None) -> DpxHeader:
        """A big-endian RGB header where there is no source header to carry over; `transfer` is that of the file's encoding."""
        raw = bytearray(b"\xff" * FULL_LENGTH)
        for start, stop in ((36, 660), (820, 852), (1432, 1620), (1664, 1712), (1732, 1920)):
            raw[start:stop] = bytes(stop - start)
        raw[:4] = b"SDPX"
        raw[768:770] = bytes(2)
        blank = DpxHeader(bytes(raw))
        return blank.with_fields({
            "image_offset": FULL_LENGTH, "version": b"V2.0", "generic_length": GENERIC_LENGTH, "industry_length": INDUSTRY_LENGTH,
            "user_length": 0, "creator": b"Answerprint", "elements": 1, "width": width, "height": height, "sign": 0, "low_data": 0,
            "high_data": 2 ** depth - 1, "descriptor": RGB, "transfer": transfer, "colorimetric": transfer, "depth": depth,
            "packing": dpx_words.usual_packing(depth), "run_length": 0, "data_offset": FULL_LENGTH,
            "aspect_horizontal": 1, "aspect_vertical": 1,
            **({"film_rate": float(rate), "tv_rate": float(rate)} if rate else {}),
            **({"timecode": timecode_bits(timecode)} if timecode else {}),
        })._measured()

    def for_result(self, file_name: str, depth: int, transfer: int | None) -> DpxHeader:
        """This header for an RGB picture of the same size: fields that need not change keep every byte.

        `transfer` is None where the encoding is the source's, else the new code for transfer and colorimetric. A changed depth changes
        packing and reference data codes with it."""
        changes: dict[str, Any] = {"file_name": file_name.encode()[:99], "elements": 1, "descriptor": RGB}
        if transfer is not None:
            changes |= {"transfer": transfer, "colorimetric": transfer}
        if depth != self.depth:
            changes |= {"depth": depth, "packing": dpx_words.usual_packing(depth), "low_data": 0, "high_data": 2 ** depth - 1}
        if self["data_offset"] != UNDEFINED:
            changes["data_offset"] = len(self.raw)
        return self.with_fields(changes | {"image_offset": len(self.raw)})._measured()

    def _measured(self) -> DpxHeader:
        """With the file's size and the padding of lines as `write_dpx` writes them; some programs skip only padding that is declared."""
        line, bare = (dpx_words.row_bytes(self.width * self.channels, self.layout, aligned) for aligned in (True, False))
        paddings = {"line_padding": line - bare, "image_padding": 0}
        return self.with_fields({"file_size": len(self.raw) + self.height * line,
                           **{name: value for name, value in paddings.items() if value or self[name] != UNDEFINED}})

    def __getitem__(self, name: str) -> Any:
        """The raw value of a field; those beyond the end of a short header are undefined (all bits set)."""
        offset, kind = _FIELDS[name]
        order = ">" if self.big_endian else "<"
        data = self.raw[offset:offset + struct.calcsize(kind)]
        return struct.unpack(order + kind, data.ljust(struct.calcsize(kind), b"\xff"))[0]

    def with_fields(self, values: dict[str, Any]) -> DpxHeader:
        """The same header with these fields set; every other byte is kept."""
        raw = bytearray(self.raw)
        for name, value in values.items():
            if self[name] != value:
                struct.pack_into((">" if self.big_endian else "<") + _FIELDS[name][1], raw, _FIELDS[name][0], value)
        return DpxHeader(bytes(raw), self.path)

    @property
    def big_endian(self) -> bool:
        return self.raw[:4] == b"SDPX"

    @property
    def width(self) -> int:
        return int(self["width"])

    @property
    def height(self) -> int:
        return int(self["height"])

    @property
    def depth(self) -> int:
        return int(self["depth"])

    @property
    def channels(self) -> int:
        """Channels in the file: 1 (luma), 3, or 4 (the fourth is alpha)."""
        return CHANNELS[self["descriptor"]]

    @property
    def transfer(self) -> int:
        return int(self["transfer"])

    @property
    def colorimetric(self) -> int:
        return int(self["colorimetric"])

    @property
    def layout(self) -> dpx_words.Layout:
        """How code values lie in words."""
        return dpx_words.Layout(self.depth, self["packing"], self.big_endian, self.channels == 1)

    @property
    def pixel_aspect(self) -> Fraction:
        """Width of a pixel over its height; 1 where the header does not say."""
        across, down = self["aspect_horizontal"], self["aspect_vertical"]
        return Fraction(across, down) if 0 < across < UNDEFINED and 0 < down < UNDEFINED else Fraction(1)

    @property
    def rate(self) -> Fraction | None:
        """Frames a second by the film header, else by the television header."""
        return _rate(self["film_rate"]) or _rate(self["tv_rate"])

    @property
    def timecode(self) -> str | None:
        """HH:MM:SS:FF, with a semicolon before the frames of drop-frame timecode."""
        bits = int(self["timecode"])
        return timecode_text(bits, self.rate) if self["industry_length"] == INDUSTRY_LENGTH else None

    @property
    def keycode(self) -> str | None:
        """Film edge code as 'MANUFACTURER TYPE PREFIX FEET+PERFORATIONS' in digits, e.g. '02 93 123456 7890+16'."""
        parts = [self.text(name) for name in ("manufacturer", "film_type", "prefix", "count", "perforations")]
        if not (parts[2] and parts[3]):
            return None
        return f"{parts[0]} {parts[1]} {parts[2]} {parts[3]}+{parts[4] or '00'}"

    def text(self, name: str) -> str:
        """A text field, '' where it is undefined."""
        return str(bytes(self[name]).split(b"\0")[0].strip(b"\xff").decode("latin-1").strip())

    def stride(self, file_size: int) -> int:
        """Bytes from one line to the next. Some writers do not pad lines to whole 32-bit words: taken so where the file is too short else.
        Raises DamagedFrame where it is too short for both."""
        padding = 0 if self["line_padding"] == UNDEFINED else int(self["line_padding"])
        values, start = self.width * self.channels, self.data_offset
        aligned, bare = (dpx_words.row_bytes(values, self.layout, kind) for kind in (True, False))
        for stride in (bare + padding if padding else aligned, bare):
            if start + stride * (self.height - 1) + bare <= file_size:
                return stride
        missing = start + bare * self.height - file_size
        raise DamagedFrame(self.path, frame_word(self.path), f"{missing} bytes are missing at its end")

    @property
    def data_offset(self) -> int:
        offset = int(self["data_offset"])
        return offset if offset not in (0, UNDEFINED) else len(self.raw)

    def _check(self) -> None:
        if not (0 < self.width <= 1 << 16 and 0 < self.height <= 1 << 16):
            raise DamagedFrame(self.path, frame_word(self.path), f"its header says {self.width} x {self.height} pixels")
        if self["image_offset"] != len(self.raw) or self.data_offset < GENERIC_LENGTH:
            raise DamagedFrame(self.path, frame_word(self.path), "its header does not say where the picture begins, or is cut off")
        if self["run_length"] == 1:
            raise MediaError(f"{self.path}: the DPX is run-length encoded, which the program does not read; save it without compression")
        if self["descriptor"] not in CHANNELS or self["sign"] == 1 or self["elements"] != 1:
            raise MediaError(f"{self.path}: the DPX holds neither RGB nor luma in one image element (descriptor {self['descriptor']}, "
                             f"{self['elements']} elements); save it as RGB")
        if self.depth not in (8, 10, 12, 16):
            raise MediaError(f"{self.path}: the DPX has {self.depth} bits a channel; save it with 8, 10, 12 or 16")


def timecode_text(bits: int, rate: Fraction | None) -> str | None:
    """SMPTE timecode from its 32 binary-coded decimal bits; None where they hold none. Above 30 frames a second there is no drop flag."""
    drop = bool(bits & 0x40) and (rate or 0) <= 30
    text = f"{bits & (0x3F7F7F3F if drop else 0x3F7F7FFF):08x}"
    if bits == UNDEFINED or not text.isdigit() or int(text[:2]) > 23 or int(text[2:4]) > 59 or int(text[4:6]) > 59:
        return None
    return f"{text[:2]}:{text[2:4]}:{text[4:6]}{';' if drop else ':'}{text[6:]}"


def timecode_bits(text: str) -> int:
    """The inverse of `timecode_text`. The drop flag shares a bit with frame 40 and above, which has none."""
    bits = int(re.sub(r"\D", "", text), 16)
    return bits | 0x40 if ";" in text and int(text[-2:]) < 40 else bits


def _image_offset(data: bytes) -> int:
    return int.from_bytes(data[4:8], "big" if data[:4] == b"SDPX" else "little")


def _rate(value: float) -> Fraction | None:
    if not isfinite(value) or not 1 <= value <= 240:
        return None
    whole = round(value)
    near = min(Fraction(whole), Fraction(whole * 1000, 1001), key=lambda f: abs(float(f) - value))
    return near if abs(float(near) - value) < 0.006 else Fraction(value).limit_denominator(1000)


def read_dpx(path: Path) -> tuple[DpxHeader, NDArray[np.uint16]]:
    """Header and code values (h, w, 1 or 3) of a file; an alpha channel is not read. Raises DamagedFrame, MediaError."""
    data = np.fromfile(path, np.uint8)
    header = DpxHeader.parse(data[:max(FULL_LENGTH, min(_image_offset(data[:8].tobytes()), len(data)))].tobytes(), path)
    stride = header.stride(len(data))
    rows = np.lib.stride_tricks.as_strided(data[header.data_offset:], (header.height, dpx_words.row_bytes(
        header.width * header.channels, header.layout, False)), (stride, 1), writeable=False)
    return header, dpx_words.unpack(rows, header.width, header.channels, header.layout)[..., :3]


def write_dpx(file: BinaryIO, codes: NDArray[np.uint16], header: DpxHeader) -> None:
    """Write the header as it is and code values (h, w, 3), 0..2**depth-1, as it says: depth, packing and byte order."""
    file.write(header.raw)
    file.write(dpx_words.pack(codes, header.layout).data)
