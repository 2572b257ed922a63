"""Pictures painted elsewhere, of whatever kind a painting program saves: read to one form, or refused in one line that says why.

Codes without a profile, and those of sRGB, count as display values: the window shows a display value as the same code on the same screen,
and the program's own results carry no profile, so a frame that was painted on elsewhere comes back as it was seen.
"""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from OpenImageIO import DOUBLE, FLOAT, HALF, ImageInput, ImageSpec, geterror

from engine.errors import MediaError
from engine.keyframes.profiles import Profile
from engine.keyframes.psd import GREY, MAGIC, MODES, RGB, PsdHead
from engine.media import picture_files
from engine.media.colour import guess_exr, to_display

SUFFIXES = (".psd", ".psb", ".tif", ".tiff", ".png", ".exr", ".jpg", ".jpeg", ".webp", ".dpx")
SAVE_RGB = "save it as RGB with 8, 16 or 32 bits a channel"
_AGAIN = "save or copy it again"
_SEPARATED = 5      # TIFF's photometric interpretation of CMYK
_LAB = (8, 9, 10)
_TURNS = {3: (2, False), 6: (3, False), 8: (1, False), 2: (0, True), 4: (2, True), 5: (3, True), 7: (1, True)}

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Painting:
    """A picture that was painted elsewhere. `picture` (h, w, 3) is display-referred Rec.709, not limited to 0..1; `alpha` (h, w) 0..1, 1
    where the file has none; `note` says in words what had to be assumed, '' where nothing."""

    path: Path
    picture: Floats
    alpha: Floats
    note: str = ""

    @property
    def opaque(self) -> bool:
        """Whether nothing of it is transparent."""
        return bool((self.alpha >= 1).all())

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.picture.shape[1], self.picture.shape[0]


def is_painting(path: Path) -> bool:
    """By suffix; hidden files are none."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def read_painting(path: Path) -> Painting:
    """PSD (its flattened image), TIFF, PNG, EXR, JPEG, WebP or DPX, of 8 to 32 bits, grey or RGB, with or without alpha, turned as its
    header says it is to be seen. Float pixels without a profile are linear Rec.709, EXR by its chromaticities.

    Raises MediaError: one line that names the file and the cure."""
    head = _head(path)
    if head[:4] == MAGIC:
        psd = _checked_psd(path)
    elif path.suffix.lower() == ".dpx":
        return _dpx(path)
    else:
        psd = None
        _check_bits(path, head)
    spec, pixels, profile = _read(path)
    if psd is not None and psd.layered and bool((pixels[..., :3] >= 1).all()):
        raise _not_flattened(path)
    colours, alpha = np.ascontiguousarray(pixels[..., :-1]), np.clip(pixels[..., -1], 0, 1)
    if spec.alpha_channel >= 0 and not spec.get_int_attribute("oiio:UnassociatedAlpha", 0):
        colours = np.divide(colours, alpha[..., None], out=np.zeros_like(colours), where=alpha[..., None] > 0)
    grey = colours.shape[2] == 1
    picture, note = _display(np.repeat(colours, 3, 2) if grey else colours, spec, profile)
    said = [note, "it is grey, so it says that nothing has colour" if grey else ""]
    turn, mirrored = _TURNS.get(spec.get_int_attribute("Orientation", 1), (0, False))
    picture, alpha = (_turned(plane, turn, mirrored) for plane in (picture, alpha))
    return Painting(path, picture, alpha, "; ".join(part for part in said if part))


def _turned(plane: Floats, quarters: int, mirrored: bool) -> Floats:
    """Turned counterclockwise by so many quarters, then mirrored left to right."""
    turned = np.rot90(plane, quarters)
    return np.ascontiguousarray(turned[:, ::-1] if mirrored else turned)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except IsADirectoryError as error:
        raise MediaError(f"{path}: it is a folder; name a picture") from error
    except OSError as error:
        raise MediaError(f"{path}: it cannot be read ({error.strerror}); check its name and its permissions") from error
    if not head:
        raise MediaError(f"{path}: the file is empty; {_AGAIN}")
    return head


def _not_flattened(path: Path) -> MediaError:
    return MediaError(f"{path}: the PSD holds layers but no flattened image; save it again with 'Maximize compatibility', or flatten it, "
                      "or save it as TIFF")


def _checked_psd(path: Path) -> PsdHead:
    head = PsdHead.load(path)
    if head.mode not in (GREY, RGB):
        raise MediaError(f"{path}: its colours are {MODES.get(head.mode, f'of an unknown mode ({head.mode})')}; {SAVE_RGB}")
    if head.merged is False and head.layered:
        raise _not_flattened(path)
    return head


def _check_bits(path: Path, head: bytes) -> None:
    """OpenImageIO does not tell that a PNG has 1 bit a pixel; depth and kind of colour are bytes of its header. Kind 3 is a palette."""
    if head[:8] == b"\x89PNG\r\n\x1a\n" and len(head) > 25 and head[24] == 1 and head[25] != 3:
        raise _one_bit(path)


def _one_bit(path: Path) -> MediaError:
    return MediaError(f"{path}: it has 1 bit a pixel, black or white; {SAVE_RGB}")


def _dpx(path: Path) -> Painting:
    still = picture_files.probe(path)
    picture = to_display(picture_files.read(path), still.guess.encoding)
    return Painting(path, picture, np.ones(picture.shape[:2], np.float32), still.guess.reason if still.guess.guessed else "")


def _read(path: Path) -> tuple[ImageSpec, Floats, bytes]:
    """Header, colours (1 or 3) with alpha behind them, and the ICC profile. Integers as code / greatest code."""
    as_stored = ImageSpec()
    as_stored.attribute("oiio:UnassociatedAlpha", 1)
    as_stored.attribute("oiio:RawColor", 1)
    opened = ImageInput.open(str(path), as_stored)
    if opened is None:
        raise MediaError(f"{path}: it is no picture that can be read, or damaged ({_line(geterror())}); {_AGAIN}, as PSD, TIFF, PNG or EXR")
    spec = opened.spec()
    chosen = _channels(path, spec)
    pixels = opened.read_image(0, 0, 0, spec.nchannels, "float")
    error = opened.geterror()
    opened.close()
    if pixels is None or error:
        raise MediaError(f"{path}: it is damaged ({_line(error)}); {_AGAIN}")
    pixels = np.asarray(pixels, np.float32).reshape(spec.height, spec.width, spec.nchannels)
    alpha = pixels[..., spec.alpha_channel] if spec.alpha_channel >= 0 else np.ones(pixels.shape[:2], np.float32)
    pixels = np.concatenate([pixels[..., chosen], alpha[..., None]], -1)
    if odd := int((~np.isfinite(pixels)).any(-1).sum()):
        raise MediaError(f"{path}: {odd:,} of its pixels are no numbers (NaN or infinite); {_AGAIN}")
    profile: Any = spec.getattribute("ICCProfile")
    return spec, picture_files.whole(pixels, spec), b"" if profile is None else np.asarray(profile, np.uint8).tobytes()


def _line(error: str) -> str:
    return (error.strip().splitlines() or ["unknown error"])[0]


def _channels(path: Path, spec: ImageSpec) -> list[int]:
    """The places of red, green and blue, or of grey. Raises MediaError for what is neither."""
    photometric = spec.get_int_attribute("tiff:PhotometricInterpretation", -1)
    if photometric == _SEPARATED or "CMYK" in (spec.get_string_attribute("jpeg:ColorSpace"), spec.get_string_attribute("tiff:ColorSpace")):
        raise MediaError(f"{path}: its colours are CMYK; {SAVE_RGB}")
    if photometric in _LAB:
        raise MediaError(f"{path}: its colours are Lab; {SAVE_RGB}")
    if spec.get_int_attribute("oiio:BitsPerSample", 8) == 1:
        raise _one_bit(path)
    if spec.deep:
        raise MediaError(f"{path}: it is a deep picture; flatten it and save it again")
    names = [name.upper().rpartition(".")[2] for name in spec.channelnames]
    if {"R", "G", "B"} <= set(names):
        return [names.index(name) for name in "RGB"]
    if len(names) - (spec.alpha_channel >= 0) == 1:
        return [next(c for c in range(len(names)) if c != spec.alpha_channel)]
    raise MediaError(f"{path}: its channels are {', '.join(spec.channelnames[:6])}, not red, green and blue; {SAVE_RGB}")


def _display(colours: Floats, spec: ImageSpec, data: bytes) -> tuple[Floats, str]:
    """Display-referred Rec.709, and what was assumed."""
    floating = spec.format.basetype in (HALF, FLOAT, DOUBLE)
    if spec.getattribute("openexr:lineOrder") is not None:
        said: Any = spec.getattribute("chromaticities")
        guess = guess_exr(tuple(said) if said else None, spec.get_int_attribute("acesImageContainerFlag", 0) == 1)
        return to_display(colours, guess.encoding), guess.reason if guess.guessed and said else ""
    if data and (profile := Profile.parse(data)) is not None:
        return profile.convert(colours), ""
    if floating:
        return to_display(colours, "linear"), "its float pixels are taken as linear Rec.709"
    name = spec.get_string_attribute("ICCProfile:profile_description") or "unnamed"
    return colours, f"its colour profile ({name}) cannot be converted and is taken as sRGB" if data else ""
