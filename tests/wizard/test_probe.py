"""What was read from a film, in words: what is guessed, what it may be instead, and why."""
from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine.media.source import FrameSource, Picture, Reading, SourceInfo
from wizard.probe import change, guessed, handling, rate_words, values

SCAN = SourceInfo(
    path=Path("/films/CANDY"), name="CANDY", kind="sequence", format="dpx", frames=1872, width=2048, height=1556, depth=10, floating=False,
    channels=3, pixel_aspect=Fraction(1), rate=Fraction(24), rate_reason="guessed: the header says none, and film usually runs at 24",
    encoding="cineon", encoding_reason="the DPX header says 'user defined'; 10-bit DPX is usually Cineon log", encoding_guessed=True,
    field_order="progressive", field_reason="stills", timecode=None, keycode=None, sound=False)
DVD = replace(
    SCAN, path=Path("/films/VTS_01_1.VOB"), kind="video", format="mpeg2video", frames=1940, width=720, height=576, depth=8,
    pixel_aspect=Fraction(16, 15), rate=Fraction(25), encoding="rec709", encoding_guessed=False, sound=True,
    rate_reason="the file's header says it; film shot at 24 runs 4 % faster on PAL", field_order="progressive",
    encoding_reason="tagged Rec.601; Rec.601 matrix, limited range; its primaries are taken as Rec.709's",
    field_reason="progressive film in interlaced frames, taken as they are; tff, by the combing of 1800 frames")


class Film(FrameSource):
    """Names and figures without pictures."""

    def __init__(self, info: SourceInfo, first: int = 0) -> None:
        self.info, self._first = info, first

    def read(self, index: int) -> Picture:
        raise NotImplementedError

    def name(self, index: int) -> str:
        return f"{self._first + index:07d}"

    def files(self, index: int) -> tuple[Path, ...]:
        return (self.info.path,)


def said(role: str, info: SourceInfo, first: int = 0, **reading: Any) -> dict[str, str]:
    return {key: value.text for key, value in values(role, Film(info, first), Reading(**reading)).items()}


def test_values_are_said_as_an_archivist_says_them() -> None:
    scan, dvd = said("scan", SCAN, 86400), said("reference", DVD)
    assert (scan["format"], scan["frames"], scan["encoding"]) == ("DPX sequence", "1,872, numbered 86400 – 88271", "Cineon log")
    assert (scan["size"], scan["depth"], scan["timecode"]) == ("2,048 × 1,556", "10 bit", "None")
    assert (dvd["format"], dvd["rate"], dvd["encoding"]) == ("MPEG-2 in VOB (DVD)", "25 fps (film sped up for PAL)",
                                                             "Rec.601, limited range")
    assert (dvd["fields"], dvd["frames"]) == ("Top field first, film frames whole", "1,940, running 1 min 17.6 s")
    assert (dvd["size"], dvd["depth"], dvd["sound"]) == ("720 × 576, pixels 16:15", "8 bit, 4:2:0", "In the file, kept aside")


def test_what_no_header_says_is_guessed_until_it_is_chosen() -> None:
    assert guessed("scan", SCAN, Reading()) == ("scan.rate", "scan.encoding")
    assert guessed("reference", DVD, Reading()) == ("reference.fields",)
    assert guessed("reference", DVD, Reading(field_order="tff")) == ()
    still = replace(DVD, field_reason="nothing moves between the fields, so by what is usual: progressive film in interlaced frames")
    assert guessed("reference", still, Reading()) == ("reference.fields",)
    assert guessed("scan", SCAN, Reading(rate=Fraction(18), encoding="cineon")) == ()


def test_what_was_found_is_offered_once_and_can_be_come_back_to() -> None:
    found = values("scan", Film(SCAN), Reading())["encoding"]
    assert found.options[0] == ("", "Cineon log") and "cineon" not in dict(found.options[1:])
    chosen = values("scan", Film(replace(SCAN, encoding="rec709")), Reading(encoding="rec709"))["encoding"]
    assert chosen.chosen == "rec709" and chosen.options[0] == ("", "As found by the program")
    assert change("encoding", "rec709") == {"encoding": "rec709"} and change("encoding", "") == {"encoding": None}
    assert change("rate", "24000/1001") == {"rate": Fraction(24000, 1001)}
    assert change("fields", "bff") == {"field_order": "bff"}


@pytest.mark.parametrize(("reason", "text", "note"), [
    ("2:3 pulldown removed; tff, by the combing of 90 frames", "Top field first, 2:3 pulldown removed",
     "2:3 pulldown removed: these are film frames"),
    ("progressive, by the file's flags", "Progressive", ""),
    ("frames taken as they are, as asked for", "Progressive, frames as they are", ""),
    ("interlaced video, deinterlaced with bwdif; bff, by the combing of 90 frames", "Bottom field first, deinterlaced",
     "Interlaced video: deinterlaced"),
])
def test_fields_are_told_by_what_was_done_about_them(reason: str, text: str, note: str) -> None:
    info = replace(DVD, field_reason=reason)
    assert said("reference", info)["fields"] == text
    assert handling(info) == note


def test_reasons_are_sentences_and_an_unknown_note_is_shown_as_it_is() -> None:
    scan = values("scan", Film(SCAN), Reading())
    assert scan["encoding"].reason == "The DPX header says “user defined”. DPX of 10 bit is usually Cineon log."
    assert scan["rate"].reason.startswith("The headers say none.")
    assert values("scan", Film(replace(SCAN, encoding_reason="by the moon")), Reading())["encoding"].reason == "by the moon"


def test_rates_have_the_digits_they_are_known_by() -> None:
    assert [rate_words(Fraction(*r)) for r in ((24, 1), (24000, 1001), (30000, 1001), (50, 3))] == [
        "24 fps", "23.976 fps", "29.97 fps", "16.67 fps"]
