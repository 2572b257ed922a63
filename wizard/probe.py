"""What was read from a film, for people: each value in an archivist's words, why, what else it may be, and which values were guessed and
need an eye once. No Qt."""
from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from engine.media.colour import ENCODINGS
from engine.media.source import FrameSource, Reading, SourceInfo
from engine.media.video_tags import USUAL_RATES
from wizard.probe_reasons import encoding_reason, field_reason, rate_reason
from wizard.words import exact, number, tr, trn

KEYS = ("rate", "encoding", "fields", "format", "frames", "size", "depth", "timecode", "keycode", "sound")
USUAL_RATE = Fraction(24)       # what movies are written at where nothing is known
Options = tuple[tuple[str, str], ...]

_READING = {"rate": "rate", "encoding": "encoding", "fields": "field_order"}
_STILLS = {"dpx": "DPX", "exr": "OpenEXR", "tiff": "TIFF", "png": "PNG", "jpeg": "JPEG"}
_CODECS = {"mpeg2video": "MPEG-2", "mpeg1video": "MPEG-1", "mpeg4": "MPEG-4", "h264": "H.264", "hevc": "H.265", "prores": "ProRes",
           "ffv1": "FFV1", "dvvideo": "DV", "dnxhd": "DNxHD", "mjpeg": "Motion JPEG", "jpeg2000": "JPEG 2000", "av1": "AV1", "vp9": "VP9"}
_CONTAINERS = {".vob": "VOB (DVD)", "": "VOB (DVD)", ".mkv": "Matroska", ".mov": "QuickTime"}


@dataclass(frozen=True)
class Value:
    """One value of a film. `options` are (key, words) where it can be read in another way; '' is what the program found by itself, and
    `chosen` the key in use."""

    text: str
    reason: str = ""
    options: Options = ()
    chosen: str = ""


def label(key: str) -> str:
    """What a value is called."""
    return {"rate": tr("Rate"), "encoding": tr("Encoding"), "fields": tr("Field order"), "format": tr("Format"), "frames": tr("Frames"),
            "size": tr("Size"), "depth": tr("Bit depth"), "timecode": tr("Timecode"), "keycode": tr("Keycode"), "sound": tr("Sound")}[key]


def guessed(role: str, info: SourceInfo, reading: Reading) -> tuple[str, ...]:
    """Names of the values that no header said and that nobody has chosen: 'scan.encoding', 'reference.fields', 'scan.rate'."""
    found = []
    if role == "scan" and reading.rate is None and info.kind != "stills" and (info.rate is None or info.rate_reason.startswith("guessed")):
        found.append("rate")
    if info.encoding_guessed and reading.encoding is None:
        found.append("encoding")
    if reading.field_order is None and ("combing" in info.field_reason or "nothing moves" in info.field_reason):
        found.append("fields")
    return tuple(f"{role}.{name}" for name in found)


def values(role: str, source: FrameSource, reading: Reading) -> dict[str, Value]:
    """All that is shown of a film, by its key."""
    info = source.info
    return {
        "rate": _rate(info, reading), "encoding": _encoding(info, reading), "fields": _fields(info, reading),
        "format": Value(format_words(info)), "frames": Value(_frames(source, reading)), "size": Value(_size(info)),
        "depth": Value(_depth(info)), "timecode": Value(info.timecode or tr("None")), "keycode": Value(info.keycode or tr("None")),
        "sound": Value(_sound(role, info)),
    }


def change(key: str, chosen: str) -> dict[str, Any]:
    """The field of a Reading that an option stands for, and its value."""
    value: Any = chosen or None
    return {_READING[key]: Fraction(chosen) if key == "rate" and chosen else value}


def rate_words(rate: Fraction) -> str:
    """'24 fps', '23.976 fps'."""
    digits = 0 if rate.denominator == 1 else 3 if rate == Fraction(24000, 1001) else 2
    return tr("{rate} fps", rate=number(float(rate), digits))


def encoding_words(encoding: str) -> str:
    return {"rec709": tr("Rec.709"), "srgb": tr("sRGB"), "aces": tr("ACES2065-1, linear"), "acescg": tr("ACEScg, linear"),
            "cineon": tr("Cineon log"), "adx10": tr("ADX10"), "linear": tr("Linear, Rec.709 primaries")}.get(encoding, encoding)


def order_words(order: str) -> str:
    return {"tff": tr("Top field first"), "bff": tr("Bottom field first"), "progressive": tr("Progressive, frames as they are")}[order]


def format_words(info: SourceInfo) -> str:
    """'DPX sequence', 'MPEG-2 in VOB (DVD)'."""
    if info.kind != "video":
        name = _STILLS.get(info.format, info.format.upper())
        return tr("{format} sequence", format=name) if info.kind == "sequence" else tr("{format} stills", format=name)
    suffix = info.path.suffix.lower()
    container = _CONTAINERS["" if info.path.is_dir() else suffix] if suffix in _CONTAINERS or info.path.is_dir() else suffix[1:].upper()
    return tr("{codec} in {container}", codec=_CODECS.get(info.format, info.format.upper()), container=container)


def _options(found: str, chosen: str, all_of_them: Options, same: str) -> Options:
    """What can be chosen. What was found is there once: under '', by its own words as long as nothing is chosen."""
    if chosen:
        return (("", tr("As found by the program")), *all_of_them)
    return (("", found), *(option for option in all_of_them if option[0] != same))


def _rate(info: SourceInfo, reading: Reading) -> Value:
    rate = info.rate or USUAL_RATE
    text = rate_words(rate)
    if "on PAL" in info.rate_reason:
        text = tr("{rate} (film sped up for PAL)", rate=text)
    rates = sorted({*USUAL_RATES, rate})
    usual = tuple((str(each), rate_words(each)) for each in rates)
    chosen = str(reading.rate) if reading.rate else ""
    return Value(text, rate_reason(info), _options(text, chosen, usual, str(rate)), chosen)


def _encoding(info: SourceInfo, reading: Reading) -> Value:
    text, chosen = _encoded(info), reading.encoding or ""
    usual = tuple((each, text if each == info.encoding else encoding_words(each)) for each in ENCODINGS)
    return Value(text, encoding_reason(info), _options(text, chosen, usual, info.encoding), chosen)


def _encoded(info: SourceInfo) -> str:
    """The encoding as it is said of this film: video by its matrix and range."""
    name = encoding_words(info.encoding)
    if info.kind != "video":
        return name
    matrix = re.search(r"(Rec\.601|Rec\.709|Rec\.2020|FCC|SMPTE 240M) matrix", info.encoding_reason)
    if matrix and info.encoding == "rec709":
        name = matrix[1]
    return tr("{encoding}, full range", encoding=name) if "full range" in info.encoding_reason else tr(
        "{encoding}, limited range", encoding=name)


def _fields(info: SourceInfo, reading: Reading) -> Value:
    if info.kind != "video":
        return Value(tr("Progressive"))
    told = re.search(r"\b(tff|bff)\b", info.field_reason)
    order = told[1] if told else info.field_order
    text, chosen = _fields_text(info.field_reason, order if told or order != "progressive" else ""), reading.field_order or ""
    usual = tuple((each, order_words(each)) for each in ("tff", "bff", "progressive"))
    return Value(text, field_reason(info), _options(text, chosen, usual, order), chosen)


def _fields_text(reason: str, order: str) -> str:
    """'Top field first, film frames whole'."""
    if "taken as they are, as asked" in reason:
        return order_words("progressive")
    done = " + ".join(words for needle, words in (
        ("progressive film in", tr("film frames whole")), ("shifted by a field", tr("fields paired again")),
        ("pulldown removed", tr("2:3 pulldown removed")), ("deinterlaced", tr("deinterlaced"))) if needle in reason)
    if not done:
        return order_words(order) if order else tr("Progressive")
    return f"{order_words(order)}, {done}" if order else done[:1].upper() + done[1:]


def handling(info: SourceInfo) -> str:
    """What was done about fields, for a note on the picture; '' where nothing had to be."""
    if "pulldown removed" in info.field_reason:
        return tr("2:3 pulldown removed: these are film frames")
    if "shifted by a field" in info.field_reason:
        return tr("Fields paired again: these are film frames")
    return tr("Interlaced video: deinterlaced") if "deinterlaced" in info.field_reason else ""


def _frames(source: FrameSource, reading: Reading) -> str:
    info = source.info
    count = number(info.frames)
    if reading.span is not None:
        count = tr("{count} of {whole}", count=count, whole=number(source.places - len(info.gaps)))
    if info.kind == "sequence":
        first, last = plain_number(source.name(0)), plain_number(source.name(info.frames - 1))
        count = tr("{count}, numbered {first} – {last}", count=count, first=first, last=last)
        return count + (", " + trn("{n} missing", "{n} missing", len(info.gaps)) if info.gaps else "")
    return tr("{count}, running {time}", count=count, time=_running(info.frames / info.rate)) if info.rate else count


def plain_number(digits: str) -> str:
    """A frame's number without padding."""
    return str(int(digits)) if re.fullmatch(r"-?\d+", digits) else digits


def frame_label(scan: FrameSource | None, index: int) -> str:
    """A scan frame as the scan counts it; its place where there is no such frame."""
    return plain_number(scan.name(index)) if scan and 0 <= index < len(scan) else str(index)


def _running(seconds: Fraction) -> str:
    tenths = round(float(seconds), 1)
    if tenths < 60:
        return tr("{seconds} s", seconds=number(tenths, 1))
    if tenths < 3600:
        return tr("{minutes} min {seconds} s", minutes=int(tenths // 60), seconds=number(tenths % 60, 1))
    return exact(tenths)


def _size(info: SourceInfo) -> str:
    size, aspect = tr("{width} × {height}", width=number(info.width), height=number(info.height)), info.pixel_aspect
    return size if aspect == 1 else tr("{size}, pixels {across}:{down}", size=size, across=aspect.numerator, down=aspect.denominator)


def _depth(info: SourceInfo) -> str:
    depth = tr("{depth} bit", depth=info.depth)
    if info.floating:
        depth = tr("{depth} bit, floating point", depth=info.depth)
    if info.channels == 1:
        return tr("{depth}, black and white", depth=depth)
    dvd = info.format == "mpeg2video" and (info.path.is_dir() or info.path.suffix.lower() == ".vob")
    return depth + ", 4:2:0" if dvd else depth


def _sound(role: str, info: SourceInfo) -> str:
    if info.sound:
        return tr("In the file, goes along into movies") if role == "scan" else tr("In the file, kept aside")
    return tr("None; can be added at export") if role == "scan" else tr("None")
