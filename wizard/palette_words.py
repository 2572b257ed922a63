"""Keyframes and their colours in words: where a colour comes from, what is missing before the training may begin. No Qt."""
from __future__ import annotations

import math
from collections.abc import Sequence

from engine.keyframes.keyframe import Keyframe, unfounded
from engine.keyframes.palette import Swatch
from wizard.words import number, percent, tr, trn


def needs(keyframes: Sequence[Keyframe], palette: Sequence[Swatch]) -> str:
    """Why the training cannot begin yet, in one sentence; '' where it can."""
    if not any(keyframe.ops for keyframe in keyframes):
        return tr("Paint or import one frame to go on")
    missing = unfounded(keyframes, palette)
    if missing == 1:
        return tr("One used colour has no source yet")
    return tr("{count} used colours have no source yet", count=counted(missing)) if missing else ""


def counted(count: int) -> str:
    """A small number as a word, at the beginning of a sentence."""
    words = {2: tr("Two"), 3: tr("Three"), 4: tr("Four"), 5: tr("Five"), 6: tr("Six")}
    return words.get(count, number(count))


def kind_word(kind: str) -> str:
    """What a colour comes from, as it is chosen in a list."""
    return {"photograph": tr("Photograph or lobby card"), "film": tr("Film, this one or another"), "painting": tr("Painting or drawing"),
            "book": tr("Book or paper"), "address": tr("Address on the net"), "person": tr("What a person says"),
            "note": tr("Something else")}[kind]


def kind_asks(kind: str) -> str:
    """What is to be written of a source of that kind."""
    return {"photograph": tr("Title, collection, date or address"), "film": tr("Title and frame"),
            "painting": tr("Artist, title, collection"), "book": tr("Author, title, page"), "address": tr("Address, and when you saw it"),
            "person": tr("Name, and when it was said"), "note": tr("Where it comes from")}[kind]


def footnote(swatch: Swatch) -> str:
    """The line under a colour's name."""
    if swatch.assumption:
        return tr("Assumption: {what}", what=swatch.source.strip()) if swatch.source.strip() else tr("Assumption")
    return swatch.source.strip() if swatch.founded else tr("No source yet")


def spoken(swatch: Swatch, used: bool) -> str:
    """A colour as a screen reader says it."""
    words = (swatch.name, footnote(swatch), "" if used else tr("not used in this keyframe"))
    return ", ".join(word for word in words if word)


def share_words(share: float) -> str:
    """How much has colour; not everything is never '100 %'."""
    if 0 < share < 0.01:
        return tr("Under 1 % of the picture has colour")
    return tr("{share} of the picture has colour", share=percent(math.floor(100 * share + 1e-6) / 100))


def next_words(shots: int, frames: int) -> str:
    """'Covers 3 shots, 412 frames.'"""
    covers = ", ".join((trn("{n} shot", "{n} shots", shots), trn("{n} frame", "{n} frames", frames)))
    return tr("Covers {covers}.", covers=covers)


def clash_words(first: str, second: str, count: int) -> str:
    """Two keyframes that paint the same thing differently, the plainest of `count`."""
    said = tr("Frames {first} and {second} paint the same thing differently.", first=first, second=second)
    return said + " " + trn("{n} more is like that.", "{n} more are like that.", count - 1) if count > 1 else said
