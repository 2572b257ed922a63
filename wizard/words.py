"""Words and figures as the archivist reads them: translation, numbers, sizes, times. No Qt.

`tr("text with {name}", name=...)` is the only way to a word on the screen. The English text is the key; translations are Qt Linguist
catalogues, assets/translations/LANGUAGE.ts, which `installer/translations.py` refreshes from the sources.
"""
from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

CATALOGUES = Path(__file__).parents[1] / "assets" / "translations"

_one: dict[str, str] = {}
_many: dict[str, tuple[str, ...]] = {}
_language = "en"


def use_language(code: str) -> None:
    """Speak `code` from now on ('en', 'es'); a language without a catalogue is English."""
    global _language
    _one.clear()
    _many.clear()
    file = CATALOGUES / f"{code}.ts"
    _language = code if file.exists() else "en"
    for message in ET.parse(file).iter("message") if file.exists() else ():
        source, said = message.findtext("source") or "", message.find("translation")
        if said is None:
            continue
        forms = tuple(form.text or "" for form in said.iter("numerusform"))
        if all(forms) and forms:
            _many[source] = forms
        elif said.text:
            _one[source] = said.text


def language() -> str:
    return _language


def languages() -> dict[str, str]:
    """Code -> its own name, of the languages that the program speaks."""
    return {"en": "English", "es": "Español"}


def tr(text: str, **values: object) -> str:
    """`text` in the user's language, with `values` filled in."""
    said = _one.get(text, text)
    return said.format(**values) if values else said


def trn(one: str, many: str, n: int, **values: object) -> str:
    """As `tr`, for a number: `one` where n is 1, else `many`; '{n}' is the number as it is written."""
    forms = _many.get(many, (one, many))
    return forms[0 if n == 1 else -1].format(n=number(n), **values)


def number(value: float, digits: int = 0) -> str:
    """1,872 and 0.31 in English; 1.872 and 0,31 in Spanish."""
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if _language == "es" else text


def percent(share: float, digits: int = 0) -> str:
    """'97.4 %' of 0.974."""
    return f"{number(100 * share, digits)} %"


def size(count: float) -> str:
    """Bytes as '23.9 GB', '640 MB', '12 kB'."""
    for unit, worth in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if count >= worth:
            return f"{number(count / worth, 1 if count < 100 * worth and unit != 'MB' else 0)} {unit}"
    return f"{number(count / 1e3)} kB"


def duration(seconds: float) -> str:
    """As a person says it: 'about 40 seconds', 'about 2 minutes', 'about 1 h 45 min'."""
    if seconds < 50:
        n = max(10, 10 * round(seconds / 10))
        return trn("about {n} second", "about {n} seconds", n)
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return trn("about {n} minute", "about {n} minutes", minutes)
    return tr("about {hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def exact(seconds: float) -> str:
    """'40 s', '2 min 5 s', '1 h 45 min'."""
    whole = round(seconds)
    if whole < 60:
        return tr("{seconds} s", seconds=whole)
    if whole < 3600:
        return tr("{minutes} min {seconds} s", minutes=whole // 60, seconds=whole % 60)
    return tr("{hours} h {minutes} min", hours=whole // 3600, minutes=whole % 3600 // 60)


def left(seconds: float) -> str:
    """'about 2 minutes left'."""
    return tr("{time} left", time=duration(seconds))
