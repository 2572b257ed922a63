"""What is promised and proven of every frame of an export, in words: its luma, or where detail is restored its chroma. No Qt."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.recoveries import RECOVERIES
from wizard.steps.export_facts import form_words
from wizard.words import number, tr


def line(recovery: str) -> str:
    """Under the picture."""
    if recovery == "combined":
        return tr("Luma and chroma are new; the recovered luma is held, checked on every frame")
    if recovery == "telecine":
        return tr("What is sound is the print's own, as its chroma is, checked on every frame")
    return (tr("Chroma is the scan's, checked on every frame") if RECOVERIES[recovery].detail else
            tr("Luma is the scan's, checked on every frame"))


def name(recovery: str) -> str:
    """Before 'exact on all 12'."""
    if recovery == "combined":
        return tr("Recovered luma held")
    if recovery == "telecine":
        return tr("Sound parts held")
    return tr("Chroma held") if RECOVERIES[recovery].detail else tr("Luma certificate")


def rounding(recovery: str, formats: Mapping[str, Mapping[str, Any]]) -> str:
    """How far the files of each format are off, at most; of a codec with loss what it was given, and what it took. '' where that is
    nothing."""
    told = []
    if off := max((float(f["max"]) for f in formats.values() if "codec" not in f), default=0.0):
        said = number(off, 2)
        told.append(
            tr("In the files luma differs from what was restored by at most {codes} code values, which is their rounding.", codes=said)
            if RECOVERIES[recovery].detail else
            tr("In the files luma differs from the scan's by at most {codes} code values, which is their rounding.", codes=said))
    for form, f in formats.items():
        if "codec" in f:
            told.append(tr("{format}: luma differs by at most {codes} code values before the codec.", format=form_words(form, 10)[0],
                           codes=number(float(f["max"]), 2)))
            if f["codec"]:
                told.append(tr("The codec itself changes it by up to {codes}.", codes=number(float(f["codec"]["max"]), 2)))
    return " ".join(told)


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
