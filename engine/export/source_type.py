"""The IPTC digital source type (http://cv.iptc.org/newscodes/digitalsourcetype/): the terms, and which is proposed for a recovery.

The program proposes; the archivist confirms, and only what is confirmed is embedded in files. Why which term is proposed:

- Colour from a reference is a correction by algorithm: the reference shows this very film, the net lays that colour on the scan's own luma,
  and each frame is proven to have kept it.
- Keyframes are painted and similar pictures are of something else: the net spreads chosen colour over frames that nobody saw in colour. The
  vocabulary's word for a picture that is part captured, part made by a trained model is the composite.
- Where detail is restored, luma is the net's own picture, and where damage is repaired the net fills what is lost: a composite too, however
  much of it the reference backs. The cautious term is proposed; who knows better chooses another.
"""
from __future__ import annotations

from engine.errors import UsageError

BASE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
ENHANCED, COMPOSITE = "algorithmicallyEnhanced", "compositeWithTrainedAlgorithmicMedia"

SOURCE_TYPES: dict[str, str] = {
    "negativeFilm": "Digitised from a negative on film",
    "positiveFilm": "Digitised from a positive on film",
    "print": "Digitised from a print on paper or another opaque medium",
    "digitalCapture": "Captured from life by a digital camera",
    "computationalCapture": "Several frames captured from life and merged by the camera",
    "humanEdits": "Corrected or enhanced by people, with tools that generate nothing",
    ENHANCED: "Corrected or modified by an algorithm that generates nothing",
    COMPOSITE: "Edited with a trained model: part of the picture is what the model made",
    "trainedAlgorithmicMedia": "Made by a trained model as a whole",
    "composite": "Put together from several elements",
    "compositeCapture": "Put together from several captured elements",
    "compositeSynthetic": "Put together from elements of which at least one is made by a trained model",
    "digitalCreation": "Made by people with digital tools",
    "algorithmicMedia": "Made by an algorithm alone, without a trained model",
    "dataDrivenMedia": "A representation of data, made by rules",
    "screenCapture": "Captured from a screen",
    "virtualRecording": "Recorded from a virtual scene or event",
}
"""Term -> what it says, in one line. Retired terms are left out."""

_PROPOSED = {"colour-reference": ENHANCED, "colour-keyframes": COMPOSITE, "colour-similar": COMPOSITE, "spatial-reference": COMPOSITE,
             "combined": COMPOSITE, "telecine": COMPOSITE}


def proposed(recovery: str) -> str:
    """The term proposed for the results of a recovery; see the module for the reasons."""
    return _PROPOSED[recovery]


def uri(term: str) -> str:
    """The whole name of a term, as it is embedded. Raises UsageError for what is no term."""
    return BASE + checked(term)


def checked(given: str) -> str:
    """The term that `given` (a term, or its whole name) means; '' stays ''. Raises UsageError for what is none."""
    term = given.removeprefix(BASE).removeprefix(BASE.replace("http:", "https:"))
    if term and term not in SOURCE_TYPES:
        raise UsageError(f"{given}: is no IPTC digital source type; give one of {', '.join(SOURCE_TYPES)}")
    return term
