"""What the head of a Photoshop file says, as far as it decides whether the file holds a picture that can be read: the mode of its colours,
and whether the flattened image that programs other than Photoshop read is there. After Adobe, "Photoshop File Formats Specification"."""
from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from engine.errors import MediaError

MAGIC = b"8BPS"
GREY, RGB = 1, 3
MODES = {0: "a 1-bit bitmap", 2: "indexed colour", 4: "CMYK", 7: "multichannel", 8: "duotone", 9: "Lab"}     # that are not taken
_VERSION_INFO = 1057


@dataclass(frozen=True)
class PsdHead:
    """`mode` is the number of the colour mode; `depth` bits a channel; `merged` what the file says of its flattened image, None where it
    says nothing; `layered` whether there is anything besides it."""

    mode: int
    depth: int
    merged: bool | None
    layered: bool

    @staticmethod
    def load(path: Path) -> PsdHead:
        """Raises MediaError where the file ends before its sections do; OSError."""
        with path.open("rb") as file:
            try:
                version, depth, mode = struct.unpack(">4xH16xHH", file.read(26))
                file.seek(_length(file.read(4)), 1)
                resources = file.read(_length(file.read(4)))
                layers = int.from_bytes(file.read(8 if version == 2 else 4), "big")
            except struct.error as error:
                raise MediaError(f"{path}: the PSD is cut short; save or copy it again") from error
        return PsdHead(mode, depth, _merged(resources), layers > 0)


def _length(field: bytes) -> int:
    return int(struct.unpack(">I", field)[0])


def _merged(resources: bytes) -> bool | None:
    """The flag 'hasRealMergedData' of the image resources: blocks of '8BIM', number, a name of even length, size, data of even length."""
    at = 0
    while at + 12 <= len(resources):
        number, = struct.unpack_from(">H", resources, at + 4)
        at += 6 + (resources[at + 6] // 2 + 1) * 2
        if at + 4 > len(resources):
            return None
        size, = struct.unpack_from(">I", resources, at)
        if number == _VERSION_INFO and at + 9 <= len(resources):
            return resources[at + 8] != 0
        at += 4 + size + size % 2
    return None
