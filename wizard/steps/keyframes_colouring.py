"""What is done with the colours of a film: chosen, named, mixed, given a source, picked from the film and from pictures."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject

from engine.keyframes.keyframe import Keyframe
from engine.keyframes.palette import Swatch, next_number, swatch_of
from engine.keyframes.pictures import read_painting
from engine.media.reduce import reduced
from wizard.films import to_bytes
from wizard.probe import frame_label
from wizard.proxies import PROXY
from wizard.session import Session
from wizard.steps.keyframes_canvas import CanvasPanel
from wizard.steps.keyframes_colours import ColourPanel
from wizard.steps.keyframes_easel import Easel, Palette
from wizard.words import tr

PATCH = 2               # px each way that a picked colour is the mean of
NEW = (0.62, 0.42, 0.3)
Edit = Callable[..., None]


class Colouring(QObject):
    """`number` is the colour in use. `edit` (label, palette=...) changes the project."""

    def __init__(self, session: Session, canvas: CanvasPanel, panel: ColourPanel, easel: Easel, edit: Edit) -> None:
        super().__init__(panel)
        self.number = 0
        self._session, self._canvas, self._panel, self._easel, self._edit = session, canvas, panel, easel, edit
        canvas.left_picture.connect(lambda: canvas.show_picture(None))
        panel.chosen.connect(self.choose)
        panel.changed.connect(self.change)
        panel.add.connect(self.add)
        panel.removed.connect(self.remove)

    @property
    def palette(self) -> Palette:
        return self._session.project.settings.palette if self._session.project else ()

    def show(self, keyframe: Keyframe | None) -> None:
        """The colours, those of the keyframe first."""
        if swatch_of(self.palette, self.number) is None:
            self.number = self.palette[0].number if self.palette else 0
        used = {number for one in self._easel.used for number in one.swatches}
        self._panel.show_palette(self.palette, keyframe.swatches if keyframe else (), used, self.number)
        self._canvas.set_swatch(swatch_of(self.palette, self.number), self.palette)
        self._keyframe = keyframe

    def arrive(self, keyframe: Keyframe | None) -> None:
        """On another frame, paint with the colour that was used last there."""
        if keyframe and keyframe.swatches and self.number not in keyframe.swatches:
            self.number = keyframe.swatches[-1]

    def choose(self, number: int) -> None:
        """Paint with a colour."""
        self.number = number
        self.show(self._keyframe)
        if self._canvas.tool == "erase":
            self._canvas.put_back()

    def change(self, swatch: Swatch) -> None:
        """A colour has another name, colour or source."""
        palette = tuple(swatch if one.number == swatch.number else one for one in self.palette)
        self._edit(tr("changing a colour"), palette=palette)

    def add(self) -> None:
        """A new colour, to be named and mixed."""
        self._take(Swatch(next_number(self.palette, self._easel.named), "", NEW))
        self._panel.mix(True)

    def remove(self, number: int) -> None:
        """Forget a colour that no keyframe uses."""
        if not any(number in keyframe.swatches for keyframe in self._easel.used):
            self._panel.mix(False)
            self._edit(tr("removing a colour"), palette=tuple(one for one in self.palette if one.number != number))

    def _take(self, swatch: Swatch) -> None:
        if not swatch.name:
            swatch = replace(swatch, name=tr("Colour {n}", n=swatch.number))
        self.number = swatch.number
        self._edit(tr("adding a colour"), palette=(*self.palette, swatch))

    def pick(self, x: float, y: float) -> None:
        """Take the colour at x, y of what is seen: into the colour that is being edited, else as a new one."""
        picture = self._canvas.picture
        if picture is None:
            return
        name, file = self._canvas.other
        source = name or tr("this film, frame {frame}", frame=frame_label(self._session.films.source("scan"), self._canvas.index))
        found: dict[str, Any] = {"colour": _mean(picture, x, y), "kind": "photograph" if name else "film", "source": source, "file": file}
        mixed = swatch_of(self.palette, self.number) if self._panel.mixes else None
        if mixed is not None:
            self.change(replace(mixed, **found))
        else:
            self._take(Swatch(next_number(self.palette, self._easel.named), "", **found))
        self._canvas.put_back()

    def pick_from(self, path: Path, refused: Callable[[Exception], None]) -> None:
        """Show a picture in the frame's place, to pick colours from."""
        def read() -> NDArray[np.uint8]:
            return to_bytes(reduced(read_painting(path).picture, PROXY))

        self._session.background.begin(read, lambda image: self._canvas.show_picture(image, path.name, str(path)), refused)


def _mean(picture: NDArray[np.uint8], x: float, y: float) -> tuple[float, float, float]:
    """The colour about x, y (0..1) of a picture, 0..1."""
    high, wide = picture.shape[:2]
    row, column = min(int(y * high), high - 1), min(int(x * wide), wide - 1)
    patch = picture[max(row - PATCH, 0):row + PATCH + 1, max(column - PATCH, 0):column + PATCH + 1]
    red, green, blue = (float(part) / 255 for part in patch.reshape(-1, 3).mean(0))
    return red, green, blue
