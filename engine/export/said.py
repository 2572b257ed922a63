"""What files say beside their pictures: what the source's frames said, what the archivist confirmed, and what was done."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import OpenImageIO as oiio  # noqa: N813

from engine.elements import Element
from engine.export.source_type import uri
from engine.media.source import FrameSource

TYPE_KEY = "Iptc4xmpExt:DigitalSourceType"
UUID = bytes.fromhex("BE7ACFCB97A942E89C71999491E3AFAC")        # of XMP in MOV and MP4 (Adobe, XMP part 3)
PIXELS = ("compression", "chromaticities", "acesImageContainerFlag", "PixelAspectRatio", "FramesPerSecond", "Software", "Orientation",
          "smpte:TimeCode", "smpte:KeyCode", "ICCProfile")
"""Attributes that tell of pixels that are made anew, or that the program writes itself."""
OWN = ("openexr:", "oiio:", "tiff:", "png:", "answerprint:", "jpeg:", "dpx:", "ICCProfile:", "Exif:", "exr")
IN_TIFF = ("Artist", "Copyright", "DocumentName", "Make", "Model", "HostComputer", "DateTime",
           "XResolution", "YResolution", "ResolutionUnit")


UNKNOWN = Element()


@dataclass(frozen=True)
class Carried:
    """What a frame of the source says beside its picture. `untouched`: it is passed on as it is. `attributes` are those of EXR, TIFF and
    PNG sources."""

    index: int
    name: str
    source: str
    timecode: str | None
    keycode: str | None
    header: bytes | None
    untouched: bool = False
    attributes: dict[str, Any] = field(default_factory=dict)

    @staticmethod
    def of(scan: FrameSource, index: int, untouched: bool = False) -> Carried:
        files = scan.files(index)
        return Carried(index, scan.name(index), files[0].name if files else "", scan.timecode(index), scan.keycode(index),
                       scan.header(index), untouched, scan.attributes(index))


@dataclass(frozen=True)
class Said:
    """What all files of an export say. `process` is what was done, in a few words; `source_type` a term of the IPTC vocabulary or '';
    `config` names an OpenColorIO config of the archive's own; `element` is what was scanned."""

    process: str = ""
    source_type: str = ""
    config: str = ""
    element: Element = UNKNOWN

    def history(self, untouched: bool) -> str:
        """What stands in the process history of a DPX file."""
        done = "frame passed on untouched" if untouched else self.process or "restored"
        return done + (f"; IPTC digital source type {self.source_type}" if self.source_type and not untouched else "")

    def type_words(self, frame: Carried) -> dict[str, str]:
        """The digital source type as it is embedded; nothing for frames that are only passed on."""
        return {TYPE_KEY: uri(self.source_type)} if self.source_type and not frame.untouched else {}


NOTHING = Said()


def carried_to(spec: Any, form: str, frame: Carried) -> dict[str, str]:
    """Put what the source's file says, and still is true, into the header of a result, as far as the format takes it. Returns what it does
    not take, as text."""
    left: dict[str, str] = {}
    for name, value in frame.attributes.items():
        if name in PIXELS or name.startswith(OWN) or value is None or (name == "ImageDescription" and form == "tiff" and not value):
            continue
        takes = form == "exr" or (form == "png" and isinstance(value, str)) or (form == "tiff" and name in IN_TIFF)
        if takes and _set(spec, name, value):
            continue
        left[name] = _text(value)
    return left


def _set(spec: Any, name: str, value: Any) -> bool:
    if isinstance(value, (str, int, float)):
        spec.attribute(name, value)
        return True
    kind = {int: "int", float: "float"}.get(type(value[0])) if isinstance(value, tuple) and value else None
    if kind is None:
        return False
    matrix = len(value) in (9, 16) and kind == "float"
    spec.attribute(name, oiio.TypeDesc({9: "matrix33", 16: "matrix"}[len(value)] if matrix else f"{kind}[{len(value)}]"), value)
    return True


def _text(value: Any) -> str:
    return f"{value.nbytes} bytes" if isinstance(value, np.ndarray) else str(value)


def xmp_packet(term: str) -> bytes:
    """An XMP packet that holds the digital source type (IPTC Photo Metadata, IPTC Extension schema)."""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<Iptc4xmpExt:DigitalSourceType>{escape(uri(term))}</Iptc4xmpExt:DigitalSourceType>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()


def xmp_box(term: str) -> bytes:
    """The packet as a box at the end of a MOV or MP4 file."""
    packet = xmp_packet(term)
    return (24 + len(packet)).to_bytes(4, "big") + b"uuid" + UUID + packet
