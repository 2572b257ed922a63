"""Frames of the result as they stand in the files."""
from __future__ import annotations

from contextlib import suppress

from engine.errors import MediaError
from engine.export.plan import Plan
from engine.media.colour import ENCODINGS, to_display
from engine.media.picture_files import read
from engine.media.source import Picture


def as_written(plan: Plan, frame: str) -> Picture | None:
    """The still of a frame, display-referred; None where only movies were made, or the encoding is none of the program's own."""
    for form in plan.stills:
        if plan.codings[form].encoding in ENCODINGS:
            with suppress(MediaError, OSError):
                return to_display(read(plan.still(form, frame)), plan.codings[form].encoding)
    return None
