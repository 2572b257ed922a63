"""What stands in the strip of the Keyframes page: each keyframe with its state, what to paint next, and which two contradict each other."""
from __future__ import annotations

from PyQt6.QtCore import QObject

from engine.keyframes.contradictions import Contradiction
from engine.keyframes.keyframe import Keyframe, unfounded
from engine.media.source import FrameSource
from wizard.palette_words import clash_words, next_words
from wizard.probe import frame_label
from wizard.session import Session
from wizard.steps.keyframes_easel import Easel, Palette
from wizard.steps.keyframes_small import Clashes, Compared, Smalls
from wizard.steps.keyframes_strip import Cell, StripPanel
from wizard.words import tr, trn


def why_closed(easel: Easel, name: str) -> str:
    """Why the frame of that name must not be painted on; '' where it may be."""
    if name in easel.lost:
        return tr("What was painted on this frame cannot be read. It is left as it is.")
    changed = tr("This frame of the scan is another one than was painted on. Its colour is not shown.")
    return changed if name in easel.changed else ""


class Listing(QObject):
    """Keeps `strip` in step with the keyframes of the easel."""

    def __init__(self, session: Session, strip: StripPanel, easel: Easel) -> None:
        super().__init__(strip)
        self._session, self._strip, self._easel = session, strip, easel
        self.smalls, self._clashes = Smalls(session.background), Clashes(session.background)
        self._clashes.found.connect(self._show_clash)

    def show(self, shown: int, here: bool, role: str) -> None:
        """List them: `shown` is the frame on the canvas, `here` whether it is there to be painted on."""
        project, films = self._session.project, self._session.films
        make, scan = films.maker(role), films.source("scan")
        if project is None or make is None or scan is None:
            return
        palette, places, cells, compared = project.settings.palette, self._session.made.places, [], []
        for keyframe in self._easel.used:
            cell = self._cell(keyframe, places.get(keyframe.name, -1), scan, palette)
            if cell.state == "changed":
                picture = films.thumb(role, cell.index) if cell.index >= 0 else None
            else:
                picture = self.smalls.of(keyframe, palette, cell.index, make, project.folder)
                compared.append((keyframe, cell.index))
            cells.append((cell, picture))
        self._strip.show_cells(cells, shown)
        tones = [(cell.index, "held" if cell.state == "held" else "accent") for cell, _ in cells]
        self._strip.transport.set_marks([mark for mark in tones if mark[0] >= 0])
        self._show_next(scan, role)
        self._clashes.look(Compared(tuple(compared), palette, shown, make, project.folder))
        ground = self._easel.ground
        changed = here and ground is not None and ground.name in self._easel.changed
        self._strip.show_doing("answer" if self._easel.suggested else "trust" if changed else "carry")

    def _cell(self, keyframe: Keyframe, index: int, scan: FrameSource, palette: Palette) -> Cell:
        if index < 0:
            return Cell(index, keyframe.name, "changed", tr("not in the scan any more"))
        label = frame_label(scan, index)
        if keyframe.name in self._easel.changed:
            return Cell(index, label, "changed", tr("the scan has another frame here now"))
        if index in self._session.made.held_out:
            return Cell(index, label, "held", tr("held out"))
        missing = unfounded([keyframe], palette)
        if missing:
            return Cell(index, label, "open", trn("{n} colour lacks a source", "{n} colours lack a source", missing))
        return Cell(index, label, "ready", tr("ready"))

    def _show_next(self, scan: FrameSource, role: str) -> None:
        """What to paint next, where that was worked out."""
        names = {keyframe.name for keyframe in self._easel.used}
        wanted = next((one for one in self._session.made.next if one.frame < len(scan) and scan.name(one.frame) not in names), None)
        if wanted is None:
            self._strip.show_next(None)
            return
        cell = Cell(wanted.frame, frame_label(scan, wanted.frame), "next", next_words(wanted.shots, wanted.covers))
        self._strip.show_next(cell, self._session.films.thumb(role, wanted.frame))

    def _show_clash(self, found: list[Contradiction]) -> None:
        """Point out two keyframes that paint the same thing differently."""
        scan, places = self._session.films.source("scan"), self._session.made.places
        known = [one for one in found if one.here in places and one.there in places]
        if not known or scan is None:
            self._strip.show_clash("")
            return
        frames = [(places[name], frame_label(scan, places[name])) for name in sorted((known[0].here, known[0].there))]
        self._strip.show_clash(clash_words(frames[0][1], frames[1][1], len(known)),
                               [(index, tr("Go to {frame}", frame=label)) for index, label in frames])
