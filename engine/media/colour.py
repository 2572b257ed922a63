"""Colour encodings: from what a file holds to display-referred Rec.709 and back, and the luma and chroma of display values.

All conversions are OpenColorIO transforms. Primaries of 'rec709', 'srgb', 'cineon' and 'linear' are those of Rec.709 (D65); the ACES
encodings are brought there by Bradford adaptation, as in the ACES configurations that come with OpenColorIO.
"""
from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PyOpenColorIO import (
    NEGATIVE_LINEAR,
    OPTIMIZATION_LOSSLESS,
    TRANSFORM_DIR_FORWARD,
    TRANSFORM_DIR_INVERSE,
    BuiltinTransform,
    ColorSpaceTransform,
    Config,
    CPUProcessor,
    ExponentWithLinearTransform,
    GetVersion,
    GroupTransform,
    LogAffineTransform,
    Processor,
    Transform,
    TransformDirection,
)
from PyOpenColorIO import Exception as OcioError

from engine.errors import UsageError
from engine.media.curves import Curves, on_threads, strips

Floats = NDArray[np.float32]

LUMA: Floats = np.array([0.2126, 0.7152, 0.0722], np.float32)
ENCODINGS: tuple[str, ...] = ("rec709", "srgb", "aces", "acescg", "cineon", "adx10", "linear")
CURVES = ("rec709", "srgb", "cineon", "linear")     # one and the same curve for each channel

CONFIG = "ocio://studio-config-v2.1.0_aces-v1.3_ocio-v2.3"
LINEAR = "Linear Rec.709 (sRGB)"
NODES = 65_536              # of a curve as a table: every code of 16 bits is one
ROOM = 1e-4

BLUE, RED = 1.8556, 1.5748             # B' - Y' over Cb, R' - Y' over Cr
TO_YCC: Floats = np.array([LUMA, (np.array([0, 0, 1]) - LUMA) / BLUE, (np.array([1, 0, 0]) - LUMA) / RED], np.float32)
_FROM_YCC: Floats = np.linalg.inv(TO_YCC.astype(np.float64)).astype(np.float32)


_OWN: dict[str, tuple[Config, str]] = {}


def own_encoding(config: Path, space: str) -> str:
    """The name of an encoding that is the colour space `space` of an OpenColorIO config of the user's own, from now on taken by
    `to_display` and `from_display`. It holds the digest of the file, so that another config gives another name. Raises UsageError where
    there is no such config or space, or no way from linear Rec.709 to it."""
    loaded = _own_config(config)
    known = list(loaded.getColorSpaceNames())
    found = loaded.getColorSpace(space)
    if found is None:
        some = ", ".join(known[:12]) + (" and more" if len(known) > 12 else "")
        raise UsageError(f"--encoding {space}: the config {config} has no such colour space; it has {some}")
    if found.isData():
        raise UsageError(f"--encoding {space}: the config {config} says that this is data, no colour; choose a colour space")
    name = f"{found.getName()} of {config.name} {config_facts(config)['sha256'][:8]}"
    _OWN[name] = (loaded, found.getName())
    try:
        _own_processor(name, TRANSFORM_DIR_FORWARD), _own_processor(name, TRANSFORM_DIR_INVERSE)
    except OcioError as error:
        raise UsageError(f"--encoding {space}: OpenColorIO finds no way between linear Rec.709 and this space of {config} ({error}); "
                         "give the config the role aces_interchange or cie_xyz_d65_interchange, or choose another space") from error
    return name


def config_spaces(config: Path) -> tuple[str, ...]:
    """The colour spaces of an own config in its order, without those that are data. Raises UsageError where it cannot be read or has
    none."""
    loaded = _own_config(config)
    spaces = tuple(space.getName() for space in loaded.getColorSpaces() if not space.isData())
    if not spaces:
        raise UsageError(f"{config}: this OpenColorIO config has no colour space; choose another")
    return spaces


def is_linear_light(encoding: str) -> bool:
    """Whether code values are proportional to light; of a space of an own config, whether the config says so."""
    if encoding in _OWN:
        config, space = _OWN[encoding]
        return bool(config.getColorSpace(space).getEncoding() == "scene-linear")
    return encoding in ("linear", "aces", "acescg")


def config_facts(config: Path | None = None) -> dict[str, str]:
    """"name", "ocio" (the library's version) and "sha256" of the config that encodings go through: of the file of an own config, else of
    the text of the one built in. Raises UsageError where the file cannot be read."""
    if config is None:
        return {"name": CONFIG, "ocio": GetVersion(), "sha256": hashlib.sha256(_built_in().serialize().encode()).hexdigest()}
    loaded = _own_config(config)
    return {"name": loaded.getName() or config.name, "ocio": GetVersion(), "sha256": hashlib.sha256(config.read_bytes()).hexdigest()}


def _own_config(path: Path) -> Config:
    try:
        return _loaded(path, path.stat().st_mtime_ns)
    except (OSError, OcioError) as error:
        why = (str(error).strip().splitlines() or [""])[0]
        raise UsageError(f"{path}: this OpenColorIO config cannot be read ({why}); choose another") from error


@lru_cache(8)
def _loaded(path: Path, changed: int) -> Config:
    with path.open("rb"):       # the system's own error where it cannot be read
        return Config.CreateFromFile(str(path))


def luma(picture: Floats) -> Floats:
    """Rec.709 Y' of display values: (..., 3) to (...), float32."""
    return _matrix(picture, LUMA[None])[..., 0]


def to_ycbcr(picture: Floats) -> Floats:
    """Y', Cb, Cr (Rec.709) of display values, (..., 3): for 0..1 in, Y' is 0..1 and Cb, Cr are -0.5..0.5. Nothing is clipped."""
    return _matrix(picture, TO_YCC)


def from_ycbcr(ycc: Floats) -> Floats:
    """The inverse of `to_ycbcr`."""
    return _matrix(ycc, _FROM_YCC)


def _matrix(values: Floats, matrix: Floats) -> Floats:
    flat = np.ascontiguousarray(values, np.float32).reshape(-1, 1, 3)
    result: Floats = np.asarray(cv2.transform(flat, matrix), np.float32).reshape(*values.shape[:-1], len(matrix))
    return result


def to_display(picture: Floats, encoding: str) -> Floats:
    """Encoded values to display-referred Rec.709 by the curve of BT.709 (0.099, 0.45; linear 1.0 gives 1.0).

    `picture` is float32 (h, w, 3): code / (2**depth - 1), or float pixels as stored. It is left as it is; the result is an array of its
    own. Nothing is clipped: codes above reference white give values above 1. Raises UsageError for an unknown encoding.
    Cineon: 0.002 density a code, negative gamma 0.6, 95 is linear 0, 685 is linear 1 (Kodak, "Conversion of 10-bit log film data", 1995).
    ADX10: SMPTE ST 2065-3, as built into OpenColorIO."""
    return _convert(picture, encoding, TRANSFORM_DIR_FORWARD)


def from_display(picture: Floats, encoding: str) -> Floats:
    """The inverse of `to_display`, not clipped. What lies below the floor of a logarithm gives a number far below code 0."""
    return _convert(picture, encoding, TRANSFORM_DIR_INVERSE)


def _convert(picture: Floats, encoding: str, direction: TransformDirection) -> Floats:
    result = np.array(picture, np.float32, order="C")
    if encoding != "rec709":
        convert: Callable[[Floats], None]
        if encoding in _OWN:
            convert = _own_processor(encoding, direction)
        else:
            convert = _table(encoding, direction) if encoding in CURVES else _processor(encoding, direction).applyRGB
        on_threads(lambda rows: convert(result[rows]), strips(result.shape))
    return result


@cache
def _table(encoding: str, direction: TransformDirection) -> Curves:
    """The curve of an encoding over all that its codes can mean; on the way back with room for what is rounded at its ends."""
    low, high = 0.0, 1.0
    if direction == TRANSFORM_DIR_INVERSE:
        ends = _exactly(np.array([[low] * 3, [high] * 3], np.float32), encoding, TRANSFORM_DIR_FORWARD)[:, 0]
        low, high = float(ends[0]) - ROOM, float(ends[1]) + ROOM
    return Curves(lambda values: _exactly(values, encoding, direction), low, high, NODES)


def _exactly(values: Floats, encoding: str, direction: TransformDirection) -> Floats:
    result: Floats = np.array(values, np.float32, order="C")[None]
    _processor(encoding, direction).applyRGB(result)
    return np.asarray(result[0], np.float32)


@cache
def _processor(encoding: str, direction: TransformDirection) -> CPUProcessor:
    if encoding not in _CHAINS:
        raise UsageError(f"unknown colour encoding {encoding!r}; choose one of {', '.join(ENCODINGS)}")
    chain = GroupTransform([*_CHAINS[encoding](), _curve(1 / 0.45, 0.099, TRANSFORM_DIR_INVERSE)])
    return _built_in().getProcessor(chain, direction).getOptimizedCPUProcessor(OPTIMIZATION_LOSSLESS)


@cache
def _built_in() -> Config:
    return Config.CreateFromFile(CONFIG)


@cache
def _own_processor(encoding: str, direction: TransformDirection) -> Callable[[Floats], None]:
    """Between a space of an own config and display values, by linear Rec.709. Raises what OpenColorIO raises."""
    config, space = _OWN[encoding]
    curve = _built_in().getProcessor(_curve(1 / 0.45, 0.099, TRANSFORM_DIR_INVERSE), direction)
    steps = [curve.getOptimizedCPUProcessor(OPTIMIZATION_LOSSLESS).applyRGB]
    between = _to_linear(config, space) if direction == TRANSFORM_DIR_FORWARD else _from_linear(config, space)
    steps.insert(0 if direction == TRANSFORM_DIR_FORWARD else 1, between.getOptimizedCPUProcessor(OPTIMIZATION_LOSSLESS).applyRGB)

    def convert(values: Floats) -> None:
        for step in steps:
            step(values)
    return convert


def _to_linear(config: Config, space: str) -> Processor:
    try:
        return Config.GetProcessorFromConfigs(config, space, _built_in(), LINEAR)
    except OcioError:
        return config.getProcessor(space, Config.IdentifyBuiltinColorSpace(config, _built_in(), LINEAR))


def _from_linear(config: Config, space: str) -> Processor:
    try:
        return Config.GetProcessorFromConfigs(_built_in(), LINEAR, config, space)
    except OcioError:
        return config.getProcessor(Config.IdentifyBuiltinColorSpace(config, _built_in(), LINEAR), space)


def _curve(gamma: float, offset: float, direction: TransformDirection) -> Transform:
    """Code values to linear light by a power with a linear foot, which goes on below 0."""
    return ExponentWithLinearTransform(gamma=[gamma] * 3 + [1.0], offset=[offset] * 3 + [0.0],
                                            negativeStyle=NEGATIVE_LINEAR, direction=direction)


def _cineon() -> Transform:
    slope = 0.6 / (1023 * 0.002)
    black = 10 ** ((95 - 685) * 0.002 / 0.6)
    log = LogAffineTransform([slope] * 3, [685 / 1023] * 3, [1 - black] * 3, [black] * 3, TRANSFORM_DIR_INVERSE)
    log.setBase(10)
    return log


_CHAINS: dict[str, Callable[[], list[Transform]]] = {
    "srgb": lambda: [_curve(2.4, 0.055, TRANSFORM_DIR_FORWARD)],
    "aces": lambda: [ColorSpaceTransform("ACES2065-1", LINEAR)],
    "acescg": lambda: [ColorSpaceTransform("ACEScg", LINEAR)],
    "cineon": lambda: [_cineon()],
    "adx10": lambda: [BuiltinTransform("ADX10_to_ACES2065-1"), ColorSpaceTransform("ACES2065-1", LINEAR)],
    "linear": lambda: [],
}


@dataclass(frozen=True)
class Guess:
    """The encoding of a source, why, and whether it was guessed (no header says it)."""

    encoding: str
    reason: str
    guessed: bool


DPX_TRANSFERS = {
    0: "user defined", 1: "printing density", 2: "linear", 3: "logarithmic", 4: "unspecified video", 5: "SMPTE 274M", 6: "ITU-R 709",
    7: "ITU-R 601 625 lines", 8: "ITU-R 601 525 lines", 9: "NTSC composite", 10: "PAL composite", 11: "Z linear", 12: "Z homogeneous",
    13: "ADX",
}


def guess_dpx(transfer: int, depth: int) -> Guess:
    """By the transfer characteristic of the DPX header (SMPTE ST 268); where it says nothing, 10-bit DPX is Cineon log."""
    said = f"the DPX header says '{DPX_TRANSFERS.get(transfer, transfer)}'"
    if transfer in (1, 3):
        return Guess("cineon", said, False)
    if transfer in (5, 6, 7, 8, 9, 10):
        return Guess("rec709", said, False)
    if transfer == 2:
        return Guess("linear", said, False)
    if transfer == 13 and depth == 10:
        return Guess("adx10", said, False)
    if transfer == 4:
        return Guess("rec709", f"{said}, taken as Rec.709", True)
    encoding, usual = ("cineon", "is usually Cineon log") if depth in (10, 12) else ("rec709", "is usually Rec.709")
    return Guess(encoding, f"{said if transfer in DPX_TRANSFERS else 'the DPX header says nothing'}; {depth}-bit DPX {usual}", True)


CHROMATICITIES = {
    "aces": (0.7347, 0.2653, 0.0, 1.0, 0.0001, -0.077),
    "acescg": (0.713, 0.293, 0.165, 0.83, 0.128, 0.044),
    "linear": (0.64, 0.33, 0.30, 0.60, 0.15, 0.06),
}


def guess_exr(chromaticities: tuple[float, ...] | None, aces_container: bool) -> Guess:
    """By the ACES container flag (SMPTE ST 2065-4) or the primaries in the header: red, green, blue x and y. White is not compared."""
    if aces_container:
        return Guess("aces", "the EXR header says that it is an ACES container", False)
    for encoding, primaries in CHROMATICITIES.items():
        if chromaticities is not None and np.allclose(chromaticities[:6], primaries, atol=2e-3):
            return Guess(encoding, f"the chromaticities of the EXR header are those of {encoding}", False)
    if chromaticities is not None:
        return Guess("linear", "the chromaticities of the EXR header are unknown to the program; taken as Rec.709", True)
    return Guess("linear", "the EXR header names no primaries; EXR without them is linear Rec.709", True)


def guess_picture(format: str, floating: bool) -> Guess:
    """TIFF, PNG and JPEG do not say it in a way that can be trusted."""
    if floating:
        return Guess("linear", f"{format.upper()} with float pixels is usually linear", True)
    return Guess("rec709", f"{format.upper()} pictures of films are usually Rec.709", True)


def guess_video(transfer: int) -> Guess:
    """By the transfer characteristic of the stream (ITU-T H.273)."""
    if transfer in (1, 6, 14, 15):
        return Guess("rec709", "the transfer tag of the video is that of BT.709", False)
    if transfer == 13:
        return Guess("srgb", "the transfer tag of the video is sRGB", False)
    if transfer == 8:
        return Guess("linear", "the transfer tag of the video is linear", False)
    what = "has no transfer tag" if transfer == 2 else f"has a transfer tag ({transfer}) that the program does not know"
    return Guess("rec709", f"the video {what}; taken as Rec.709", True)
