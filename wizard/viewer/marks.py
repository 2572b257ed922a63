"""The probe's figures in words."""
from __future__ import annotations

import numpy as np

from wizard.viewer import display
from wizard.viewer.compare import Shot
from wizard.words import number, tr


def probe_words(shot: Shot, counted: tuple[int, int], x: int, y: int) -> str:
    """'x 1,204  y 388   R 412  G 688  B 731': the code values that `shot` stores at x, y of a frame of size `counted`."""
    place = tr("x {x}  y {y}", x=number(x), y=number(y))
    if shot.pixels is None:
        return place
    rows, columns = shot.pixels.shape[:2]
    value = shot.pixels[min(y * rows // counted[1], rows - 1), min(x * columns // counted[0], columns - 1)]
    if shot.depth:
        red, green, blue = (number(code) if code > 9999 else str(code) for code in display.codes(value, shot.depth))
    else:
        red, green, blue = (number(float(part), 4) for part in np.nan_to_num(value))
    return place + "   " + tr("R {red}  G {green}  B {blue}", red=red, green=green, blue=blue)
