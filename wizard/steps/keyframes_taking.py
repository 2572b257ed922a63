"""Colour that comes to keyframes from elsewhere: pictures painted in another program, and what is carried over from a neighbour."""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PyQt6.QtCore import QObject, pyqtSignal

from engine.keyframes.flow import propagated
from engine.keyframes.imports import Imported, current, import_paintings
from engine.keyframes.keyframe import Keyframe, Op, load_keyframe
from engine.keyframes.painted import WIDTH
from engine.media.reduce import reduced
from engine.media.source import FrameSource
from engine.run import Run
from wizard.films import Maker
from wizard.messages import Trouble
from wizard.session import Session
from wizard.steps.keyframes_easel import Easel, Palette, Sheet
from wizard.words import number, tr, trn

TOLD = 3            # pictures that were refused are told one by one, up to so many; the report has all


class Taking(QObject):
    """`taken` (Imported) when pictures were taken in; `suggested` (frame, ops) what was carried there; `told` says meanwhile what is done,
    '' at the end."""

    taken = pyqtSignal(object)
    suggested = pyqtSignal(int, tuple)
    told = pyqtSignal(str)

    def __init__(self, session: Session, easel: Easel) -> None:
        super().__init__()
        self._session, self._easel = session, easel
        self.busy = False

    def pictures(self, paths: Sequence[Path], scan: FrameSource, palette: Palette) -> None:
        """Make keyframes of pictures, in turn with the strokes."""
        project = self._easel.project
        if project is None or self.busy:
            return
        self.busy = True

        told = self.told

        class Telling(Run):
            def report(self, done: int, total: int, note: str) -> None:
                told.emit(tr("Taking pictures: {done} of {total}", done=number(done), total=number(total)))

        def work() -> tuple[Imported, dict[str, Keyframe]]:
            found = import_paintings(paths, scan, scan.info.encoding, project, palette, False, Telling())
            return found, {name: load_keyframe(project, name) for name in found.keyframes}

        def take(found: tuple[Imported, dict[str, Keyframe]]) -> None:
            self._end()
            if project == self._easel.project:
                self._easel.take(found[1])
                self.taken.emit(found[0])

        self.told.emit(tr("Taking pictures"))
        self._easel.begin(work, take, self._end)

    def _end(self) -> None:
        self.busy = False
        self.told.emit("")

    def carry(self, sheet: Sheet, index: int, scan: FrameSource, make: Maker) -> None:
        """Carry the colour of a frame to another by the movement between them; what comes of it is only suggested."""
        project = self._easel.project
        if project is None or self.busy:
            return
        self.busy, name, source, palette = True, scan.name(index), sheet.ground.name, self._easel.palette

        def work() -> tuple[Op, ...]:
            there = np.ascontiguousarray(reduced(make(index, WIDTH), WIDTH))
            layers = propagated(self._easel.painted(sheet.ground, sheet.keyframe, palette, project), sheet.ground.picture, there)
            return tuple(Op("layer", swatch, file=layer.save(project, name), what=f"propagated from {source}")
                         for swatch, layer in sorted(layers.items()))

        def take(ops: tuple[Op, ...]) -> None:
            self._end()
            self.suggested.emit(index, ops)

        self.told.emit(tr("Following the movement"))
        self._easel.begin(work, take, self._end)

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
    return Trouble(title, taken + ".", "\n".join((*told, *more)), "warn", tr("I have read it"), "read", report="\n".join((*lines, *notes)),
                   offers=True)
