"""What a video file says of itself: rate, timecode, colour tags, sound; and what is taken where it says nothing."""
from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from engine.media.colour import Guess
from engine.media.planes import Coding

USUAL_RATES = [Fraction(n, d) for n, d in ((16, 1), (18, 1), (20, 1), (24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (48, 1),
                                           (50, 1), (60000, 1001), (60, 1))]
FIELD_ORDERS = {2: "tff", 3: "bff", 4: "tff", 5: "bff"}         # AVFieldOrder of a stream
TRANSFERS = {1: ("rec709", "Rec.709"), 6: ("rec709", "Rec.601"), 4: ("rec709", "gamma 2.2"), 5: ("rec709", "gamma 2.8"),
             8: ("linear", "linear light"), 13: ("srgb", "sRGB"), 14: ("rec709", "Rec.2020"), 15: ("rec709", "Rec.2020")}     # H.273


@dataclass(frozen=True)
class Heading:
    """What the container says, and the stream once its first frame has been decoded."""

    codec: str
    interlaced: bool
    field_order: str | None
    average_rate: Fraction | None
    pixel_aspect: Fraction
    timecode: str | None
    sound: bool


def heading_of(container: Any, stream: Any, frame: Any) -> Heading:
    """`frame` is the first decoded frame of `stream`."""
    codec = stream.codec_context
    order = FIELD_ORDERS.get(int(codec.field_order))
    told = [stream.metadata, container.metadata, *(s.metadata for s in container.streams if s.type == "data")]
    codes = (said.get("timecode") or said.get("TIMECODE", "") for said in told)        # Matroska writes it large
    timecode = next((code for code in codes if re.fullmatch(r"\d\d(:\d\d){2}[:;.]\d\d", code)), None)
    aspect = stream.sample_aspect_ratio or codec.sample_aspect_ratio or Fraction(1)
    return Heading(codec.name, bool(frame.interlaced_frame) or order is not None, order, stream.average_rate or stream.guessed_rate,
                   Fraction(aspect), timecode, bool(container.streams.audio))


def coded_rate(step: Fraction | None, heading: Heading) -> tuple[Fraction | None, str]:
    """Coded frames a second, and why. `step` is the mean time from frame to frame: it tells film with repeated fields (soft pulldown)
    from what the header says of the display."""
    if step is None:
        return heading.average_rate, "the file's header says it" if heading.average_rate else "the file says none"
    if heading.average_rate and abs(heading.average_rate * step - 1) < Fraction(1, 500):
        return heading.average_rate, "the file's header and timestamps say it"
    near = min(USUAL_RATES, key=lambda rate: abs(rate * step - 1))
    if abs(near * step - 1) < Fraction(1, 200):
        return near, "the file's timestamps say it"
    return (1 / step).limit_denominator(1001), "the mean of the file's timestamps"


def encoding_of(frame: Any, coding: Coding, asked: str | None) -> Guess:
    """The encoding of the pictures, in words what was done to get there."""
    transfer = int(frame.color_trc)
    encoding, name = TRANSFERS.get(transfer, ("rec709", ""))
    reach = "full" if coding.full else "limited"
    matrix = "" if coding.colour != "ycbcr" else f"{coding.matrix} matrix{'' if coding.tagged else ' (by its size)'}, "
    small = "; its primaries are taken as Rec.709's" if coding.matrix == "Rec.601" and coding.colour == "ycbcr" else ""
    how = f"{matrix}{reach} range{small}"
    if asked:
        return Guess(asked, f"as asked for; {how}", False)
    if name:
        return Guess(encoding, f"tagged {name}; {how}", False)
    odd = "no transfer tag" if transfer in (0, 2) else f"transfer tag {transfer}, which is not known here"
    return Guess("rec709", f"{odd}, taken as Rec.709; {how}", True)


def later_timecode(timecode: str, frames: int, rate: int) -> str:
    """The timecode `frames` after this one (before it, where negative) at `rate` counted frames a second; ';' or '.' before the frames is
    drop-frame (SMPTE 12M)."""
    hours, minutes, seconds, count = (int(part) for part in re.split("[:;.]", timecode))
    drop = rate // 15 if timecode[-3] in ";." and rate % 30 == 0 else 0
    total_minutes = 60 * hours + minutes
    number = (60 * total_minutes + seconds) * rate + count - drop * (total_minutes - total_minutes // 10) + frames
    number %= 144 * (600 * rate - 9 * drop)     # a day
    if drop:
        tens, rest = divmod(number, 600 * rate - 9 * drop)
        number += 9 * drop * tens + (drop * ((rest - drop) // (60 * rate - drop)) if rest >= drop else 0)
    seconds, count = divmod(number, rate)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{timecode[-3]}{count:02d}"
