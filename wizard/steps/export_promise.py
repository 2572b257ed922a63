"""What is promised and proven of every frame of an export, in words: its luma, or where detail is restored its chroma. No Qt."""
from __future__ import annotations

from engine.recoveries import RECOVERIES
from wizard.words import number, tr


def line(recovery: str) -> str:
    """Under the picture."""
    if recovery == "combined":
        return tr("Luma and chroma are new; every file is read again and checked")
    if recovery == "telecine":
        return tr("What is sound is the print's own, as its chroma is, checked on every frame")
    return (tr("Chroma is the scan's, checked on every frame") if RECOVERIES[recovery].detail else
            tr("Luma is the scan's, checked on every frame"))


def name(recovery: str) -> str:
    """Before 'exact on all 12'."""
    if recovery == "combined":
        return tr("Written as restored")
    if recovery == "telecine":
        return tr("Sound parts held")
    return tr("Chroma held") if RECOVERIES[recovery].detail else tr("Luma certificate")


def rounding(recovery: str, codes: float) -> str:
    """How far the files are off, at most."""
    said = number(codes, 2)
    if RECOVERIES[recovery].detail:
        return tr("In the files luma differs from what was restored by at most {codes} code values, which is their rounding.", codes=said)
    return tr("In the files luma differs from the scan's by at most {codes} code values, which is their rounding.", codes=said)


def size(recovery: str) -> str:
    """Why the size of the picture is fixed."""
    if RECOVERIES[recovery].detail:
        return tr("Pixels out are pixels in: detail is restored at the size of the scan.")
    return tr("Pixels out are pixels in: the luma is the scan's.")


def mattes(recovery: str) -> tuple[str, str] | None:
    """The tick for mattes of evidence and what they are; None where there are none."""
    if recovery == "telecine":
        return tr("Mattes of where the picture came from"), tr(
            "One picture a frame beside the results: green is the print, blue the telecine, red what the net made. A legend says which "
            "colour means what.")
    if RECOVERIES[recovery].detail:
        return None
    return tr("Mattes of what each colour rests on"), tr(
        "One picture a frame beside the results: from the reference, painted with which colour of which source, from a similar picture, "
        "or extrapolated. A legend says which colour means what.")
