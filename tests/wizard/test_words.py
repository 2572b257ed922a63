"""Figures and words as an archivist reads them, in every language that the program speaks."""
import string
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.installer.loaded import script
from wizard import words
from wizard.words import CATALOGUES, duration, exact, languages, left, number, percent, size, tr, trn, use_language


def test_figures() -> None:
    assert (number(1872), number(0.314, 2), percent(0.974, 1)) == ("1,872", "0.31", "97.4 %")
    assert (size(23.9e9), size(640e6), size(12e3), size(412e9)) == ("23.9 GB", "640 MB", "12 kB", "412 GB")
    assert (duration(12), duration(118), duration(6300)) == ("about 10 seconds", "about 2 minutes", "about 1 h 45 min")
    assert (exact(40), exact(125), exact(6300), left(61)) == ("40 s", "2 min 5 s", "1 h 45 min", "about 1 minute left")


def test_a_number_takes_its_word() -> None:
    assert trn("{n} frame", "{n} frames", 1) == "1 frame"
    assert trn("{n} frame", "{n} frames", 1872) == "1,872 frames"


@given(st.floats(0, 1e7))
def test_a_time_is_never_told_as_nothing(seconds: float) -> None:
    assert any(c.isdigit() and c != "0" for c in duration(seconds))


@pytest.mark.parametrize("code", [c for c in languages() if c != "en"])
def test_every_text_is_translated_with_the_same_values_in_it(code: str) -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    messages = {message.findtext("source") or "": message for message in ET.parse(CATALOGUES / f"{code}.ts").iter("message")}
    lacking, wrong = [text for text in script("translations").texts(Path(words.__file__).parent) if text not in messages], []
    for source, message in messages.items():
        said = message.find("translation")
        assert said is not None
        forms = [form.text or "" for form in said.iter("numerusform")] or [said.text or ""]
        if not all(forms):
            lacking.append(source)
        elif any(not fields(form) <= fields(source) for form in forms) or fields(forms[-1]) != fields(source):
            wrong.append(source)
    assert not lacking and not wrong


def test_spanish_is_spoken_and_english_again() -> None:
    use_language("es")
    try:
        assert words.language() == "es" and tr("Media") != "Media" and number(1872.5, 1) == "1.872,5"
    finally:
        use_language("en")
    assert tr("Media") == "Media"
