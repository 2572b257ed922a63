"""ICC profiles of pictures: those that are a matrix and a curve for each channel (sRGB, Display P3, Adobe RGB, ProPhoto ...) are converted.

After ICC.1:2022, "Image technology colour management": tags rXYZ, gXYZ, bXYZ (adapted to D50) and rTRC, gTRC, bTRC.
"""
from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Curve = Callable[[Doubles], Doubles]

# linear Rec.709 to XYZ of D50, by Bradford adaptation, as the sRGB profile has it
_REC709 = np.array([[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]])
_SAME = 2e-3        # of a matrix that is Rec.709's own


@dataclass(frozen=True)
class Profile:
    """`matrix` takes linear values of the profile to linear Rec.709; `curves` take its code values to linear ones."""

    matrix: Doubles
    curves: tuple[Curve, Curve, Curve]

    def convert(self, picture: NDArray[np.float32]) -> NDArray[np.float32]:
        """Code values (h, w, 3) of the profile to those of sRGB. What sRGB cannot show comes out below 0 or above 1."""
        linear = np.stack([curve(picture[..., c].astype(np.float64)) for c, curve in enumerate(self.curves)], -1)
        if not np.allclose(self.matrix, np.eye(3), atol=_SAME):
            linear = linear @ self.matrix.T
        return _srgb_codes(linear)

    @staticmethod
    def parse(data: bytes) -> Profile | None:
        """None for a profile of another kind (tables, CMYK, grey) or a damaged one."""
        try:
            tags = _tags(data)
            primaries = np.stack([struct.unpack_from(">3i", tags[name], 8) for name in (b"rXYZ", b"gXYZ", b"bXYZ")], 1) / 65536
            curves = (_curve(tags[b"rTRC"]), _curve(tags[b"gTRC"]), _curve(tags[b"bTRC"]))
            if data[16:20] != b"RGB " or b"A2B0" in tags:
                return None
            return Profile(np.linalg.solve(_REC709, primaries), curves)
        except (struct.error, KeyError, ValueError, IndexError):
            return None


def _srgb_codes(linear: Doubles) -> NDArray[np.float32]:
    power = 1.055 * np.maximum(linear, 0.0031308) ** (1 / 2.4) - 0.055
    return np.where(linear <= 0.0031308, 12.92 * linear, power).astype(np.float32)


def _tags(data: bytes) -> dict[bytes, bytes]:
    count, = struct.unpack_from(">I", data, 128)
    found = (struct.unpack_from(">4sII", data, 132 + 12 * i) for i in range(min(count, 200)))
    return {name: data[start:start + size] for name, start, size in found}


def _curve(tag: bytes) -> Curve:
    if tag[:4] == b"para":
        return _parametric(tag)
    if tag[:4] != b"curv":
        raise ValueError(tag[:4])
    count, = struct.unpack_from(">I", tag, 8)
    if count == 0:
        return lambda values: values
    table = np.frombuffer(tag, ">u2", count, 12).astype(np.float64)
    if count == 1:
        return lambda values: np.maximum(values, 0) ** (table[0] / 256)
    return lambda values: np.interp(values, np.linspace(0, 1, count), table / 65535)


def _parametric(tag: bytes) -> Curve:
    """Y = (aX + b)**g + e where X >= d, else cX + f; the types 0 to 4 give the first 1, 3, 4, 5 and 7 of g, a, b, c, d, e, f, and those
    of types 1 and 2 begin at -b / a."""
    kind, = struct.unpack_from(">H", tag, 8)
    given = [value / 65536 for value in struct.unpack_from(f">{(1, 3, 4, 5, 7)[kind]}i", tag, 12)]
    g, a, b, c, d, e, f = {
        0: lambda: (*given, 1, 0, 0, 0, 0, 0),
        1: lambda: (*given, 0, -given[2] / given[1], 0, 0),
        2: lambda: (*given[:3], 0, -given[2] / given[1], given[3], given[3]),
        3: lambda: (*given, 0, 0),
        4: lambda: tuple(given),
    }[kind]()
    return lambda values: np.where(values >= d, np.maximum(a * values + b, 0) ** g + e, c * values + f)
