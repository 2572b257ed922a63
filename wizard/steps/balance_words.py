"""What was measured of a print, in plain words. No Qt."""
from __future__ import annotations

import numpy as np

from engine.balance.own import Fade
from engine.media.colour import LUMA
from wizard.words import number, percent, tr

Row = tuple[str, str, str | None]

TINGED = 0.05           # density between channels from which a base or a black has a colour
SOUND, WEAK = 1.9, 1.4  # density of blacks as they are on the print
LITTLE = 0.05           # of sureness: below it nothing is corrected


def verdict(fade: Fade) -> str:
    """The fade in one sentence."""
    if not fade.neutrals:
        return tr("The film shows too little to measure its fade. The scan is used as it is.")
    if fade.sure < LITTLE:
        return tr("No fading can be told from the film's colours. The scan is used as it is.")
    if fade.sure < 0.95:
        return tr("A little faded, as far as the film's colours tell. It is corrected in part.")
    names = (tr("cyan"), tr("magenta"), tr("yellow"))
    worst, best = int(np.argmin(fade.kept)), int(np.argmax(fade.kept))
    return tr("Faded: {worst} lost most, {best} kept best.", worst=names[worst], best=names[best])


def rows(fade: Fade, few: bool = False) -> list[Row]:
    """(what, how it stands, token of its colour); `few` where there is little room."""
    if not fade.neutrals:
        return []
    black = float(np.dot(LUMA, fade.blacks))
    deep = tr("deep") if black >= SOUND else tr("a little weak") if black >= WEAK else tr("weak")
    base = float(np.dot(LUMA, fade.base))
    found: list[Row] = [
        (tr("Base"), tr("{density}, {word}", density=number(base, 2), word=tinge(fade.base)), None),
        (tr("Blacks"), tr("{density}, {word}", density=number(black, 2), word=deep), None if black >= WEAK else "warn")]
    for name, kept in zip((tr("Cyan left"), tr("Magenta left"), tr("Yellow left")), fade.kept, strict=True):
        found.append((name, tr("{density}, {word}", density=percent(kept), word=left_of(kept)), "warn" if kept < 0.5 else None))
    return found if few else [*found, (tr("Near grey"), tr("{share} of the picture", share=percent(fade.neutrals)), None)]


def left_of(kept: float) -> str:
    """How much of a dye is left."""
    if kept >= 0.8:
        return tr("well kept")
    if kept >= 0.5:
        return tr("partly gone")
    if kept >= 0.1:
        return tr("mostly gone")
    return tr("all but gone")


def tinge(densities: tuple[float, float, float]) -> str:
    """The colour of a light place of these R, G, B densities."""
    off = np.array(densities) - float(np.median(densities))
    if np.ptp(densities) < TINGED:
        return tr("neutral")
    channel = int(np.argmax(np.abs(off)))
    denser = (tr("bluish green"), tr("pinkish"), tr("yellowish"))
    lighter = (tr("reddish"), tr("greenish"), tr("bluish"))
    return denser[channel] if off[channel] > 0 else lighter[channel]
