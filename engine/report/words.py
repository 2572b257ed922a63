"""The language of a report: sentences by their English text, figures as that language writes them."""
from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from engine.report.spanish import SPANISH, TOLD

LANGUAGES = {"en": "English", "es": "Español"}


class Words:
    """Says things in one of LANGUAGES. `say("{n} frames", n=...)` is the only way to a sentence; what has no translation is English."""

    def __init__(self, language: str = "en") -> None:
        self.language = language if language in LANGUAGES else "en"

    def __call__(self, text: str, **values: object) -> str:
        said = SPANISH.get(text, text) if self.language == "es" else text
        return said.format(**values) if values else said

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """`one` where n is 1, else `many`; '{n}' is the number as it is written."""
        return self(one if n == 1 else many, n=self.number(n), **values)

    def number(self, value: float, digits: int = 0) -> str:
        """1,872 and 0.31; in Spanish 1.872 and 0,31."""
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "es" else text

    def percent(self, share: float, digits: int = 1) -> str:
        """'97.4 %' of 0.974."""
        return f"{self.number(100 * share, digits)} %"

    def told(self, line: str) -> str:
        """A line that another part of the program wrote, in English, part by part where their form is known; else as it is."""
        if self.language == "en":
            return line
        if line in SPANISH:
            return SPANISH[line]
        for pattern, said in _forms():
            if "; " not in line and (found := pattern.fullmatch(line)):
                return said.format(**found.groupdict())
        return "; ".join(map(self.told, line.split("; "))) if "; " in line else line

    def frames(self, names: Iterable[str]) -> str:
        """Names of frames in order, runs of numbers as 'first–last'."""
        runs: list[list[str]] = []
        for name in names:
            if runs and name.isdecimal() and runs[-1][-1].isdecimal() and int(name) == int(runs[-1][-1]) + 1:
                runs[-1].append(name)
            else:
                runs.append([name])
        return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)

    def some(self, names: Iterable[str], most: int = 12) -> str:
        """As `frames`, of very many only the first."""
        parts = self.frames(names).split(", ")
        more = len(parts) - most
        return ", ".join(parts[:most]) + (" " + self("and {n} more", n=self.number(more)) if more > 0 else "")


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    """The lines of other parts that hold figures: how they look, and what they are in Spanish."""
    made = []
    for english, spanish in TOLD.items():
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(english))
        made.append((re.compile(pattern), spanish))
    return made
