"""The XMP packet of a TIFF file (tag 700, Adobe XMP part 3), which the library writes only with words of its own choice."""
from __future__ import annotations

import struct
from pathlib import Path

XMP, BYTE = 700, 1


def set_xmp(path: Path, packet: bytes) -> None:
    """Put `packet` into the first directory of a TIFF file: packet and a directory with its entry are appended, and the header leads there.
    No byte of pixels moves. Raises OSError."""
    with path.open("r+b") as file:
        order = "<" if file.read(2) == b"II" else ">"
        file.seek(4)
        (start,) = struct.unpack(order + "I", file.read(4))
        file.seek(start)
        (count,) = struct.unpack(order + "H", file.read(2))
        entries = [file.read(12) for _ in range(count)]
        following = file.read(4)
        at = file.seek(0, 2)
        at += file.write(bytes(at % 2))
        entry = struct.pack(order + "HHII", XMP, BYTE, len(packet), at)
        entries = sorted([e for e in entries if struct.unpack(order + "H", e[:2])[0] != XMP] + [entry],
                         key=lambda e: int(struct.unpack(order + "H", e[:2])[0]))
        file.write(packet + bytes(len(packet) % 2))
        directory = file.tell()
        file.write(struct.pack(order + "H", len(entries)) + b"".join(entries) + following)
        file.seek(4)
        file.write(struct.pack(order + "I", directory))
