"""The pixel aspect of a Matroska file (RFC 9559): the muxer writes it only from a field that its library does not let us set."""
from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

SEGMENT, TRACKS, CRC, ENTRY, VIDEO, VOID = b"\x18\x53\x80\x67", b"\x16\x54\xae\x6b", b"\xbf", b"\xae", b"\xe0", b"\xec"
DISPLAY_WIDTH, DISPLAY_HEIGHT, UNIT_UNKNOWN = b"\x54\xb0\x82", b"\x54\xba\x82", b"\x54\xb2\x81\x04"
HEADER = 1 << 16


@dataclass(frozen=True)
class _Element:
    name: bytes
    start: int
    body: int
    end: int


def set_pixel_aspect(path: Path, width: int, height: int, aspect: Fraction) -> bool:
    """Put the display size (`width` times `aspect`, rounded, by `height`) into the header of a file that the muxer has just written: in
    place of 'unknown', with the bytes that are missing taken from the padding behind, so that nothing else moves. Returns whether the
    padding was there."""
    with path.open("r+b") as file:
        data = bytearray(file.read(HEADER))
        segment = next(e for e in _elements(data, 0, len(data)) if e.name == SEGMENT)
        tracks = next(e for e in _elements(data, segment.body, len(data)) if e.name == TRACKS)
        inside = {e.name: e for e in reversed(list(_elements(data, tracks.body, tracks.end)))}
        parts = {e.name: e for e in _elements(data, inside[ENTRY].body, inside[ENTRY].end)}
        size = DISPLAY_WIDTH + round(width * aspect).to_bytes(2, "big") + DISPLAY_HEIGHT + height.to_bytes(2, "big")
        if not _replace(data, parts[VIDEO], parts.get(VOID), size):
            return False
        crc = inside[CRC]
        data[crc.body:crc.end] = zlib.crc32(data[crc.end:tracks.end]).to_bytes(4, "little")
        file.seek(0)
        file.write(data)
    return True


def _replace(data: bytearray, video: _Element, void: _Element | None, size: bytes) -> bool:
    """The 'unknown' unit inside `video` gives way to `size`, and `void` shrinks by the difference."""
    grown = len(size) - len(UNIT_UNKNOWN)
    length = video.end - video.body + grown
    unit = data.find(UNIT_UNKNOWN, video.body, video.end)
    if unit < 0 or void is None or void.start < video.end or void.end - void.start < grown + 2:
        return False
    if video.body - video.start != 2 or length > 126:
        return False
    left = void.end - void.start - grown
    between = bytes(data[unit + len(UNIT_UNKNOWN):void.start])
    data[video.start + 1] = 0x80 | length
    data[unit:void.end] = size + between + VOID + bytes([0x80 | (left - 2)]) + bytes(left - 2)
    return True


def _elements(data: bytearray, start: int, stop: int) -> Iterator[_Element]:
    while start < stop:
        name, sized = _width(data[start]), start + _width(data[start])
        body = sized + _width(data[sized])
        mask = (1 << 7 * (body - sized)) - 1
        end = body + (int.from_bytes(data[sized:body], "big") & mask)
        yield _Element(bytes(data[start:start + name]), start, body, end)
        start = end


def _width(first: int) -> int:
    return 9 - first.bit_length()
