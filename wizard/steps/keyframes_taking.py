"""Colour that comes to keyframes from elsewhere: pictures painted in another program, and what is carried over from a neighbour."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PyQt6.QtCore import QObject, Qt, pyqtSignal

from engine.keyframes.flow import propagated
from engine.keyframes.imports import Imported, current, import_paintings
from engine.keyframes.keyframe import Keyframe, Op, load_keyframe
from engine.keyframes.painted import WIDTH
from engine.keyframes.palette import Swatch, next_number
from engine.media.reduce import reduced
from engine.media.source import FrameSource
from engine.run import Run
from wizard.films import Maker
from wizard.messages import Trouble
from wizard.session import Session
from wizard.steps.keyframes_canvas import CanvasPanel
from wizard.steps.keyframes_easel import Easel, Palette
from wizard.words import number, tr, trn

TOLD = 3            # pictures that were refused are told one by one, up to so many; the report has all


class Taking(QObject):
    """`said` when `told` or `trouble` are others: what is done meanwhile, and what is to be said of pictures that were taken in. `edit`
    (label, ...) changes the project, `go` (frame) shows another frame."""

    said = pyqtSignal()
    _told = pyqtSignal(str)     # by the thread that works

    def __init__(self, session: Session, canvas: CanvasPanel, easel: Easel, edit: Callable[..., None], go: Callable[[int], None]) -> None:
        super().__init__(canvas)
        self._session, self._canvas, self._easel, self._edit, self._go = session, canvas, easel, edit, go
        self.busy, self.told = False, ""
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.trouble: Trouble | None = None
        self._suggestion: tuple[int, tuple[Op, ...]] | None = None      # for a frame that is not there yet

    def _tell(self, text: str) -> None:
        self.told = text
        self.said.emit()

    def _end(self) -> None:
        self.busy = False
        self._tell("")

    def read(self) -> None:
        """The user has read what there was to be said."""
        self.trouble = None
        self.said.emit()

    # pictures

    def pictures(self, paths: Sequence[Path]) -> None:
        """Make keyframes of pictures that were painted elsewhere, in turn with the strokes."""
        project, scan = self._session.project, self._session.films.source("scan")
        if project is None or scan is None or self.busy or not paths:
            return
        self.busy, self.trouble = True, None
        tell, folder, palette = self._told.emit, project.folder, project.settings.palette

        class Telling(Run):
            def report(self, done: int, total: int, note: str) -> None:
                tell(tr("Taking pictures: {done} of {total}", done=number(done), total=number(total)))

        def work() -> tuple[Imported, dict[str, Keyframe]]:
            found = import_paintings(paths, scan, scan.info.encoding, folder, palette, False, Telling())
            return found, {name: load_keyframe(folder, name) for name in found.keyframes}

        def take(made: tuple[Imported, dict[str, Keyframe]]) -> None:
            self._end()
            if folder == self._easel.project:
                self._taken(*made, palette)

        self._tell(tr("Taking pictures"))
        self._easel.begin(work, take, self._end)

    def _taken(self, found: Imported, keyframes: dict[str, Keyframe], before: Palette) -> None:
        """`before` is the palette that the pictures were taken with: a number that the user has given since is his."""
        project, places = self._session.project, self._session.made.places
        palette, known = project.settings.palette if project else (), {swatch.number for swatch in before}
        taken, numbers, new = {swatch.number for swatch in palette}, dict[int, int](), list[Swatch]()
        for swatch in (one for one in found.swatches if one.number not in known):
            if swatch.number in taken:
                numbers[swatch.number] = next_number((*palette, *found.swatches, *new), self._easel.named)
            new.append(replace(swatch, number=numbers.get(swatch.number, swatch.number)))
        self._easel.take({name: keyframe.renumbered(numbers) for name, keyframe in keyframes.items()}, anew=bool(numbers))
        self._edit(tr("importing painted frames"), palette=(*palette, *new))
        self.trouble = imported_words(found)
        if found.keyframes and found.keyframes[0] in places:
            self._go(places[found.keyframes[0]])
        self.said.emit()

    # neighbours

    def carry(self, index: int, make: Maker | None) -> None:
        """Carry the colour of the frame that is shown to another by the movement between them; what comes of it is only suggested."""
        scan, sheet, project = self._session.films.source("scan"), self._canvas.sheet, self._easel.project
        if scan is None or make is None or sheet is None or project is None or self.busy or not 0 <= index < len(scan):
            return
        if not sheet.keyframe.ops:
            self._canvas.say(tr("Paint this frame first: there is no colour to carry on."))
            return
        self.busy, name, source, palette = True, scan.name(index), sheet.ground.name, self._easel.palette

        def work() -> tuple[Op, ...]:
            there = np.ascontiguousarray(reduced(make(index, WIDTH), WIDTH))
            layers = propagated(self._easel.painted(sheet.ground, sheet.keyframe, palette, project), sheet.ground.picture, there)
            return tuple(Op("layer", swatch, file=layer.save(project, name), what=f"propagated from {source}")
                         for swatch, layer in sorted(layers.items()))

        def take(ops: tuple[Op, ...]) -> None:
            self._end()
            if ops:
                self._suggestion = index, ops
                self._go(index)
            else:
                self._canvas.say(tr("Nothing of this frame is found again there."))

        self._tell(tr("Following the movement"))
        self._easel.begin(work, take, self._end)

    def arrive(self, index: int) -> None:
        """A frame is there to be painted on: show what was carried to it."""
        if self._suggestion is not None and self._suggestion[0] == index:
            self._easel.suggest(self._suggestion[1])
        self._suggestion = None

    def check(self, scan: FrameSource) -> None:
        """Find the keyframes whose frame of the scan is another one now."""
        project = self._easel.project
        if project is not None:
            self._session.background.begin(lambda: current(project, scan, Run()).changed,
                                           lambda changed: self._easel.set_changed(project, changed), lambda error: None)


def imported_words(found: Imported) -> Trouble | None:
    """The banner after pictures were taken in: what was refused and why, what was assumed; None where there is nothing to say."""
    if not found.refused and not found.notes:
        return None
    taken = trn("{n} keyframe was made", "{n} keyframes were made", len(found.keyframes))
    lines = [f"{path.name}: {reason}" for path, reason in found.refused]
    notes = [f"{path.name}: {reason}" for path, reason in found.notes]
    told = (lines or notes)[:TOLD]
    rest = len(lines or notes) - len(told)
    more = [trn("and {n} more; the report names all", "and {n} more; the report names all", rest)] if rest else []
    title = trn("{n} picture was not taken", "{n} pictures were not taken", len(lines)) if lines else tr("Take a look at what was assumed")
    return Trouble(title, taken + ".", "\n".join((*told, *more)), "warn", tr("I have read it"), "read", "keyframes.html#refused",
                   "\n".join((*lines, *notes)), True)
