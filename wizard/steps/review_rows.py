"""What the tables of shots have in common, whatever was restored. Rows are those of review/table.json. No Qt."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wizard.measure import Measure
from wizard.words import number, tr, trn

Row = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of table: the heads of so many shots, words, tone and hint of a cell. `held` is the name of what is proven; `figures` end at
    the right, the last of them apart from the words after it; `error` is bold, `proof` has a sign, `verdict` is a tag; columns share spare
    room by `spread`, and those that `yield` give way first."""

    heads: Callable[[int], tuple[str, ...]]
    words: Callable[[Row], tuple[str, ...]]
    tone: Callable[[Row, int], str]
    hint: Callable[[Row, int], str]
    held: str
    figures: tuple[int, ...]
    error: int
    proof: int
    verdict: int
    spread: tuple[int, ...]
    yields: tuple[int, ...]

    def sign(self, row: Row) -> str | None:
        """The icon before what is proven."""
        found = row[self.held]
        return None if not found else "shield" if found["exact"] == found["frames"] else "warn"


def figure(value: float | None, digits: int) -> str:
    return "–" if value is None else number(value, digits)


def stability(row: Row) -> str:
    found = row["stability"]
    if found is None:
        return tr("too short to tell")
    if not found["flicker"]:
        return tr("steady")
    return trn("slight flicker, {n} frame", "slight flicker, {n} frames", found["flicker"])


def certificate(row: Row, held: str) -> str:
    """On how many frames luma or chroma is the scan's; of a longer shot only some are looked at."""
    found = row[held]
    if not found:
        return "–"
    exact, frames = number(found["exact"]), number(found["frames"])
    if found["frames"] < row["frames"]:
        return tr("Exact on {exact} of {frames} looked at", exact=exact, frames=frames)
    return tr("Exact on {exact} of {frames} frames", exact=exact, frames=frames)


def as_good(row: Row, measure: Measure) -> bool:
    """Whether the net is not better than what it has to beat."""
    error, rival = row[measure.error], row[measure.rival]
    return error is not None and rival is not None and measure.as_good(error, rival)


def measured_on(row: Row) -> str:
    return {"held out": tr("Measured on the held-out frames of the shot."),
            "other frames": tr("No frame of the shot is held out: measured on frames that were not trained on."),
            }.get(str(row["measured"]), tr("The reference has no frame of this shot."))
