"""A shot of the review in words where colour was restored: how far off, how steady, and whether luma is the scan's. No Qt."""
from __future__ import annotations

from wizard.measure import COLOUR
from wizard.steps.frames_choice import shot_words
from wizard.steps.review_rows import Kind, Row, as_good, certificate, figure, measured_on, stability
from wizard.words import number, tr, trn

SHOT, FRAMES, ERROR, LUT, STABILITY, LUMA, VERDICT = range(7)
COLUMNS = 7


def heads(shots: int) -> tuple[str, ...]:
    return (tr("Shot"), tr("Frames"), tr("Held-out error, ΔE00"), tr("LUT"), tr("Stability"), tr("Luma certificate"),
            trn("{n} shot", "{n} shots, worst first", shots))


def words(row: Row) -> tuple[str, ...]:
    """What stands in a row."""
    return (shot_words(row["shot"]), number(row["frames"]), figure(row["dE00"], 2), figure(row["lut_dE00"], 2), stability(row),
            certificate(row, "luma"), tr("a LUT is as good here") if as_good(row, COLOUR) else "")


def tone(row: Row, column: int) -> str:
    """A token for a cell."""
    if column == ERROR and as_good(row, COLOUR):
        return "warn"
    if column == STABILITY and row["stability"] and row["stability"]["flicker"]:
        return "warn"
    if column == LUMA and row["luma"] and row["luma"]["exact"] < row["luma"]["frames"]:
        return "err"
    return "text2" if column in (FRAMES, LUT) else "text"


def hint(row: Row, column: int) -> str:
    """What a cell says, and for the error on what it was measured."""
    return measured_on(row) if column == ERROR else words(row)[column]


KIND = Kind(heads, words, tone, hint, "luma", figures=(FRAMES, ERROR, LUT), error=ERROR, proof=LUMA, verdict=VERDICT,
            spread=(3, 2, 3, 2, 3, 3, 2), yields=(STABILITY, LUMA, VERDICT))
