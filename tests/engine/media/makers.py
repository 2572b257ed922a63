"""Writers of small films, one for each backend; `test_source.py` runs over all of them. None uses the program's own writers."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from OpenImageIO import ImageOutput, ImageSpec, geterror

from tests.engine.media.video_makers import pictures

Pictures = list[NDArray[np.float32]]


@dataclass(frozen=True)
class Maker:
    """`make(folder, frames)` writes pictures (h, w, 3), 0..1, and gives the path to open. `tolerance` is the mean error of a read-back;
    0 means exact to the code value of `depth` bits (or to the half float)."""

    make: Callable[[Path, Pictures], Path]
    format: str
    depth: int
    tolerance: float = 0.0
    floating: bool = False
    mono: bool = False


def write(path: Path, codes: NDArray[np.generic], kind: str, **attributes: object) -> None:
    """One picture through OpenImageIO. Codes of 10 and 12 bits go in at the top of 16."""
    spec = ImageSpec(codes.shape[1], codes.shape[0], codes.shape[2], kind)
    for name, value in attributes.items():
        spec.attribute(name.replace("__", ":"), value)
    out = ImageOutput.create(str(path))
    assert out.open(str(path), spec) and out.write_image(codes) and out.close(), out.geterror() if out else geterror()


def stills(folder: Path, frames: Pictures, *, suffix: str, depth: int, kind: str, mono: bool = False, **attributes: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for i, frame in enumerate(frames):
        picture = frame[..., :1] if mono else frame
        if kind in ("half", "float"):
            codes = picture.astype(np.float16 if kind == "half" else np.float32)
        else:
            codes = np.rint(picture * (2 ** depth - 1)).astype(kind)
            if depth in (10, 12):
                codes = codes << (16 - depth) | codes >> (2 * depth - 16)
        write(folder / f"film.{86400 + i:07d}{suffix}", np.ascontiguousarray(codes), kind, **attributes)
    return folder


def _still(suffix: str, format: str, depth: int, kind: str, tolerance: float = 0.0, mono: bool = False, **attributes: object) -> Maker:
    make = partial(stills, suffix=suffix, depth=depth, kind=kind, mono=mono, **attributes)
    return Maker(make, format, depth, tolerance, kind in ("half", "float"), mono)


def _dpx(depth: int, packing: str, endian: str, mono: bool = False) -> Maker:
    kind = "uint8" if depth == 8 else "uint16"
    return _still(".dpx", "dpx", depth, kind, mono=mono, oiio__BitsPerSample=depth, dpx__Packing=packing, oiio__Endian=endian)


def _video(name: str, codec: str, pixel_format: str, depth: int, tolerance: float = 0.0, format: str | None = None,
           **more: object) -> Maker:
    return Maker(partial(pictures, name=name, codec=codec, pixel_format=pixel_format, **more), format or codec, depth, tolerance)


MAKERS: dict[str, Maker] = {
    "dpx8": _dpx(8, "Packed", "big"),
    "dpx10-A": _dpx(10, "Filled, method A", "big"),
    "dpx10-A-little": _dpx(10, "Filled, method A", "little"),
    "dpx10-B": _dpx(10, "Filled, method B", "big"),
    "dpx10-packed": _dpx(10, "Packed", "big"),
    "dpx10-mono": _dpx(10, "Filled, method A", "big", mono=True),
    "dpx12-packed": _dpx(12, "Packed", "little"),
    "dpx16": _dpx(16, "Packed", "big"),
    "dpx16-little": _dpx(16, "Packed", "little"),
    "exr-half": _still(".exr", "exr", 16, "half", compression="piz"),
    "exr-float": _still(".exr", "exr", 32, "float", compression="zip"),
    "tiff16": _still(".tif", "tiff", 16, "uint16"),
    "tiff16-mono": _still(".tiff", "tiff", 16, "uint16", mono=True),
    "tiff8": _still(".tif", "tiff", 8, "uint8"),
    "png16": _still(".png", "png", 16, "uint16"),
    "png8": _still(".png", "png", 8, "uint8"),
    "jpeg": _still(".jpg", "jpeg", 8, "uint8", tolerance=0.01, compression="jpeg:100"),
    "ffv1": _video("film.mkv", "ffv1", "gbrp10le", 10),
    "prores": _video("film.mov", "prores_ks", "yuv422p10le", 10, 0.03, "prores"),
    "mpeg2": _video("film.vob", "mpeg2video", "yuv420p", 8, 0.03, form="vob", bit_rate=6_000_000),
    "h264": _video("film.mp4", "libx264", "yuv420p", 8, 0.03, "h264", options={"crf": "5", "bf": "2"}),
}
