"""Pictures as other programs save them: PSD of any mode, ICC profiles, a CMYK JPEG; everything else through OpenImageIO."""
from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from OpenImageIO import ImageOutput, ImageSpec, TypeDesc

from engine.media.colour import luma

MODES = {"bitmap": 0, "grey": 1, "indexed": 2, "rgb": 3, "cmyk": 4, "lab": 9}
ALPHA_NAMES, PROFILE, VERSION = 1006, 1039, 1057
SRGB_D50 = ((0.4360747, 0.2225045, 0.0139322), (0.3850649, 0.7168786, 0.0971045), (0.1430804, 0.0606169, 0.7141733))
P3_D50 = ((0.515102, 0.241182, -0.001050), (0.291965, 0.692236, 0.041882), (0.157153, 0.066582, 0.784378))
ADOBE_D50 = ((0.609741, 0.311111, 0.019470), (0.205276, 0.625671, 0.060867), (0.149185, 0.063217, 0.744568))
GAMMA = struct.pack(">4s4xIHH", b"curv", 1, round(563 / 256 * 256), 0)
SRGB_CURVE = struct.pack(">4s4xHH5i", b"para", 3, 0, *(round(v * 65536) for v in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)))


def write(path: Path, codes: NDArray[np.generic], kind: str, **attributes: object) -> Path:
    """One picture (h, w, channels) through OpenImageIO; bytes become an array of them, '__' in a name is ':'."""
    spec = ImageSpec(codes.shape[1], codes.shape[0], codes.shape[2], kind)
    for name, value in attributes.items():
        if isinstance(value, bytes):
            spec.attribute(name, TypeDesc(f"uint8[{len(value)}]"), np.frombuffer(value, np.uint8))
        else:
            spec.attribute(name.replace("__", ":"), value)
    out = ImageOutput.create(str(path))
    assert out.open(str(path), spec) and out.write_image(np.ascontiguousarray(codes)) and out.close(), out.geterror()
    return path


def profile(primaries: tuple[tuple[float, ...], ...], curve: bytes, space: bytes = b"RGB ") -> bytes:
    """An ICC profile of a matrix and one curve for all channels."""
    tags = [(name, struct.pack(">4s4x3i", b"XYZ ", *(round(v * 65536) for v in xyz)))
            for name, xyz in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)]
    tags += [(name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")]
    start = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags:
        table += struct.pack(">4sII", name, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s12x4s", start + len(body), b"none", 0x04300000, b"mntr", space, b"XYZ ", b"acsp")
    head += bytes(68 - len(head)) + struct.pack(">3i", 63190, 65536, 54061)
    return head + bytes(128 - len(head)) + table + body


def cmyk_jpeg(path: Path) -> Path:
    """8 x 8 pixels of one colour in four components: every coefficient is 0."""
    def segment(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data
    components = range(1, 5)
    parts = [b"\xff\xd8", segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x00"), segment(0xDB, b"\x00" + bytes([1] * 64)),
             segment(0xC0, struct.pack(">BHHB", 8, 8, 8, 4) + b"".join(bytes([c, 0x11, 0]) for c in components)),
             *(segment(0xC4, bytes([kind, 1, *[0] * 15, 0])) for kind in (0x00, 0x10)),
             segment(0xDA, b"\x04" + b"".join(bytes([c, 0]) for c in components) + b"\x00\x3f\x00"), b"\x00", b"\xff\xd9"]
    path.write_bytes(b"".join(parts))
    return path


def _resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + bytes(len(data) % 2)


def _layer(height: int, width: int, depth: int, transparent: bool) -> bytes:
    """Layer and mask information with one white layer of three channels; `transparent`: the alpha of the composite is transparency."""
    plane = struct.pack(">H", 0) + bytes([255]) * (height * width * depth // 8)
    record = struct.pack(">4iH", 0, 0, height, width, 3) + b"".join(struct.pack(">hI", c, len(plane)) for c in range(3))
    record += b"8BIMnorm" + bytes([255, 0, 0, 0]) + struct.pack(">I", 12) + struct.pack(">II", 0, 0) + b"\x01a\x00\x00"
    info = struct.pack(">h", -1 if transparent else 1) + record + plane * 3
    info += bytes(-len(info) % 4)
    return struct.pack(">I", len(info)) + info + struct.pack(">I", 0)


def write_psd(path: Path, codes: NDArray[np.generic], mode: str = "rgb", *, merged: bool | None = True, layers: bool = False,
              packed: bool = False, icc: bytes = b"", alpha: bool = False) -> Path:
    """`codes` (h, w, channels) of uint8, uint16 or float32 as the file holds them; bool (h, w, 1) for a bitmap. `merged` is the flag that
    there is a flattened image (None: nothing says so); `alpha`: the last channel is transparency; `packed`: by runs (8 bits only)."""
    height, width, channels = codes.shape
    depth = 1 if codes.dtype == bool else 8 * codes.dtype.itemsize
    planes = [np.packbits(~codes[..., c], axis=1) if depth == 1 else codes[..., c].astype(codes.dtype.newbyteorder(">"))
              for c in range(channels)]
    resources = b"" if merged is None else _resource(VERSION, struct.pack(">IBIII", 1, merged, 0, 0, 1))
    resources += _resource(PROFILE, icc) if icc else b""
    resources += _resource(ALPHA_NAMES, b"\x0cTransparency") if alpha else b""
    info = _layer(height, width, depth, alpha) if layers or alpha else b""
    colours = bytes(range(256)) * 3 if mode == "indexed" else b""
    data = [b"8BPS", struct.pack(">H6xHIIHH", 1, channels, height, width, depth, MODES[mode])]
    data += [struct.pack(">I", len(part)) + part for part in (colours, resources, info)]
    rows = [b"".join(bytes([0, v]) for v in row.tobytes()) if packed else row.tobytes() for plane in planes for row in plane]
    data.append(struct.pack(">H", packed) + (b"".join(struct.pack(">H", len(row)) for row in rows) if packed else b"") + b"".join(rows))
    path.write_bytes(b"".join(data))
    return path


def repainted(picture: NDArray[np.float32], seed: int = 0, width: int | None = None) -> NDArray[np.float32]:
    """A display-referred picture (h, w, 3) in colours of its own, of another tone, a fifth of it under flat paint, a little noise on it."""
    rng = np.random.default_rng(seed)
    height, across = picture.shape[:2]
    tone = np.clip(luma(np.clip(picture, 0, 1)), 0, 1) ** 0.7
    colours = cv2.resize(rng.uniform(0.6, 1.4, (4, 5, 3)).astype(np.float32), (across, height), interpolation=cv2.INTER_LINEAR)
    result = tone[..., None] * colours + rng.normal(0, 0.01, picture.shape).astype(np.float32)
    for _ in range(3):
        centre = (int(rng.integers(across // 4, 3 * across // 4)), int(rng.integers(height // 4, 3 * height // 4)))
        cv2.ellipse(result, centre, (across // 9, height // 7), float(rng.uniform(0, 180)), 0, 360, rng.uniform(0.2, 0.8, 3).tolist(), -1)
    size = None if width is None else (width, round(width * height / across))
    return np.clip(result if size is None else cv2.resize(result, size, interpolation=cv2.INTER_AREA), 0, 1).astype(np.float32)


def save(path: Path, picture: NDArray[np.float32]) -> Path:
    """PNG of 16 bits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return write(path, np.rint(np.clip(picture, 0, 1) * 65535).astype(np.uint16), "uint16", oiio__UnassociatedAlpha=1)
