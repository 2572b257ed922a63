"""The sentences of the Media page that depend on the kind of recovery. No Qt."""
from __future__ import annotations

from engine.recoveries import RECOVERIES
from wizard.words import tr


def asked(recovery: str) -> str:
    """What is to be chosen, under the title of the page."""
    if not RECOVERIES[recovery].needs_reference:
        return tr("Choose the scan. Its colours will come from frames that you paint, or from pictures.")
    if recovery == "telecine":
        return tr("Choose the scan of the print, and the telecine that was made before the damage.")
    if recovery == "combined":
        return tr("Choose the scan, and the better element: a part of the same film, sharper and in good colour.")
    if RECOVERIES[recovery].detail:
        return tr("Choose the scan, and the better element: a part of the same film in a better gauge or generation.")
    return tr("Choose the scan, and a reference that shows the same film in good colour.")


def fitting(recovery: str) -> str:
    """What fits as a reference, where one can be dropped."""
    if recovery == "telecine":
        return tr("The same film before the damage: a telecine on tape, DVD or file.")
    if recovery in RECOVERIES and RECOVERIES[recovery].detail:
        return tr("Some of the same shots in a better gauge or generation: a negative, a fine-grain, a better print.")
    return tr("The same film in good colour: a DVD folder, a telecine, a broadcast.")
