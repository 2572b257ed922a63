"""Keyframes: colour is given to a few frames by hand, each colour with where it comes from."""
from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from engine.errors import AnswerprintError
from engine.keyframes.keyframe import Keyframe, Op
from engine.keyframes.palette import Swatch, next_number, swatch_of
from engine.media.colour import to_display
from engine.media.open import open_source
from engine.media.reduce import reduced
from engine.media.source import FrameSource
from wizard import flow
from wizard.films import to_bytes
from wizard.messages import Trouble, trouble_of
from wizard.palette_words import needs, next_words, unfounded
from wizard.probe import frame_label
from wizard.proxies import PROXY
from wizard.same import Same
from wizard.session import Session
from wizard.steps.frames_choice import shot_words
from wizard.steps.keyframes_canvas import CanvasPanel
from wizard.steps.keyframes_colours import ColourPanel
from wizard.steps.keyframes_easel import Easel, Sheet
from wizard.steps.keyframes_small import EDIT, Journal, Smalls
from wizard.steps.keyframes_strip import Cell, StripPanel
from wizard.steps.page import Page, Primary
from wizard.words import tr, trn

COLOURS, COLOURS_COMPACT = 336, 304
REST_MS = 150           # a frame where the film rests so long is got ready to be painted on
PATCH = 2               # px each way that a picked colour is the mean of


class KeyframesPage(Page):
    """Strokes go to the easel, which keeps each at once; colours go to the project, a step for undo each."""

    key = "keyframes"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.index, self.number = -1, 0         # the frame that is shown, and the colour in use
        self._made_of: object = None            # what the frames are made of
        self._at: dict[str, int] = {}           # where in the film a keyframe is
        self._next: dict[str, Any] = {}
        self._next_seen: object = None
        self._trouble: Trouble | None = None
        self.easel, self.smalls, self.journal = Easel(), Smalls(session.background), Journal()
        self.canvas, self.colours, self.strip = CanvasPanel(), ColourPanel(), StripPanel()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._lay_out()
        self._connect()
        self.set_compact(False)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self.canvas, 1)
        above.addWidget(self.colours)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(above, 1)
        column.addWidget(self.strip)

    def _connect(self) -> None:
        self.canvas.stroke.connect(self.stroke)
        self.canvas.picked.connect(self.pick)
        self.canvas.undo.connect(self._stroke_back)
        self.canvas.redo.connect(self._stroke_again)
        self.canvas.wants_picture.connect(self._choose_picture)
        self.canvas.left_picture.connect(lambda: self.canvas.show_picture(None))
        self.colours.chosen.connect(self.choose)
        self.colours.changed.connect(self.change)
        self.colours.add.connect(self.add)
        self.colours.removed.connect(self.remove)
        self.strip.went.connect(self.go)
        self.strip.hold.connect(self.hold)
        self.strip.asked.connect(self._asked)
        self.easel.seen.connect(self._seen)
        self.easel.grounded.connect(self._grounded)
        self.easel.altered.connect(self._altered)
        self.easel.troubled.connect(self._tell)
        self.smalls.arrived.connect(self._show_strip)
        self.session.films.thumb_arrived.connect(lambda role, index: self._show_strip() if role == self.role else None)
        self.session.films.arrived.connect(self._passing)
        self._rest.timeout.connect(self._look)

    def set_compact(self, compact: bool) -> None:
        self.colours.setFixedWidth(COLOURS_COMPACT if compact else COLOURS)
        self.colours.set_compact(compact)
        self.strip.set_compact(compact)

    def title(self) -> str:
        return tr("Keyframes")

    def subtitle(self) -> str:
        return tr("Give colour to a few frames. The brush changes colour only, never shape or brightness.")

    def note(self) -> str:
        return self._needs()

    def primary(self) -> Primary | None:
        """Next is closed while no frame has colour, or a colour has no source."""
        why = self._needs()
        return Primary(tr("Next: {step}", step=flow.title_of("train")), lambda: None, False, why) if why else None

    def _needs(self) -> str:
        return needs(self.easel.used, self.palette) if self.easel.loaded else ""

    def trouble(self) -> Trouble | None:
        return self._trouble

    def act(self, what: str) -> bool:
        if what == "read":
            self._trouble = None
            self.said.emit()
        return what == "read"

    @property
    def palette(self) -> tuple[Swatch, ...]:
        return self.session.project.settings.palette if self.session.project else ()

    @property
    def role(self) -> str:
        return "balanced" if self.session.films.has("balanced") else "scan"

    # coming and going

    def entered(self) -> None:
        self.refresh()

    def left(self) -> None:
        self.journal.clear()
        self.strip.transport.stop()
        self.canvas.view.drop()
        self.colours.form.keep()
        self.session.films.drop_thumb_wishes()

    def refresh(self) -> None:
        """Show the project as it is now."""
        project, films = self.session.project, self.session.films
        if project is None:
            return
        if self.easel.project != project.folder:
            self._begin(project.folder)
        scan, make = films.source("scan"), films.maker(self.role)
        if scan is None or make is None:
            return
        made_of = Same(scan, make)
        if made_of != self._made_of:
            self._made_of = made_of
            self._set_film(scan)
        self.easel.set_palette(self.palette)
        self._read_next(project.folder)
        self._show_colours()
        self._show_strip()

    def _begin(self, folder: Path) -> None:
        self.index, self.number, self._made_of, self._at, self._next, self._next_seen = -1, 0, None, {}, {}, None
        self._trouble = None
        self.journal.clear()
        self.smalls.clear()
        self.canvas.show_sheet(None)
        self.canvas.set_ops(())
        self.easel.set_project(folder)

    def _set_film(self, scan: FrameSource) -> None:
        """The film, or what is made of it, is another one."""
        self.smalls.clear()
        self.strip.transport.set_length(len(scan))
        self.strip.transport.set_rate(float(scan.info.rate or 24))
        self.strip.set_film(scan.info.width * float(scan.info.pixel_aspect) / scan.info.height)
        self._find_places()
        if self.index >= 0:
            self.go(min(self.index, len(scan) - 1))

    def _find_places(self) -> None:
        """Where the keyframes are in the film."""
        scan, names = self.session.films.source("scan"), frozenset(self.easel.keyframes)
        if scan is None or not self.easel.loaded:
            return

        def take(found: dict[str, int]) -> None:
            if scan is self.session.films.source("scan"):
                self._at |= found
                if self.index < 0:
                    self._go_first(len(scan))
                self._show_strip()

        self.session.background.begin(lambda: places(scan, names), take, self._tell)

    def _go_first(self, length: int) -> None:
        """Begin at the first keyframe, else at what is suggested, else in the middle of the film."""
        held = [self._at[keyframe.name] for keyframe in self.easel.used if keyframe.name in self._at]
        self.go(min(held) if held else int(self._next.get("index", length // 2)))

    # the frame

    def go(self, index: int) -> None:
        """Show a frame; where the film rests it can be painted on."""
        scan = self.session.films.source("scan")
        if scan is None or not 0 <= index < len(scan):
            return
        if index != self.index:
            self.journal.went()
        self.index = index
        self.strip.transport.set_index(index)
        self.strip.transport.set_label(frame_label(scan, index))
        self.canvas.set_frame((scan.info.width, scan.info.height), float(scan.info.pixel_aspect), self._label(index))
        self.canvas.show_picture(None)
        self.canvas.show_sheet(None)
        self.canvas.set_ops(())
        self.canvas.say("")
        self._passing(self.role, index)
        self._rest.start()
        self._show_strip()

    def _label(self, index: int) -> str:
        frame = frame_label(self.session.films.source("scan"), index)
        shots = (self.session.made.suggestions or {}).get("shots") or ()
        shot = shot_words(str(shots[index])) if index < len(shots) else ""
        return tr("Frame {frame}, {shot}", frame=frame, shot=shot[:1].lower() + shot[1:]) if shot else tr("Frame {frame}", frame=frame)

    def _passing(self, role: str, index: int) -> None:
        """The plain frame, while the film moves."""
        if (role, index) == (self.role, self.index) and not self.ready:
            picture = self.session.films.picture(role, index, "keyframes")
            if picture is not None:
                self.canvas.show_passing(picture)

    def _look(self) -> None:
        scan, make = self.session.films.source("scan"), self.session.films.maker(self.role)
        if scan is not None and make is not None and self.index >= 0:
            self.easel.look(self.index, scan, make, self.role)

    @property
    def ready(self) -> bool:
        """Whether the frame that is shown can be painted on."""
        return self.easel.ground is not None and self.easel.ground.index == self.index and self.canvas.painted

    def _grounded(self) -> None:
        ground = self.easel.ground
        if ground is not None and ground.index == self.index:
            self._at[ground.name] = ground.index
            changed = ground.name in self.easel.changed
            self.canvas.say(tr("This frame of the scan is another one than was painted on. Its colour is not shown.") if changed else "")
            self._choose_first()
            self._altered()

    def _seen(self, sheet: Sheet) -> None:
        if sheet.ground.index == self.index:
            self.canvas.show_sheet(sheet, bool(self.easel.suggested))
            if not self.easel.suggested:
                self.smalls.put(sheet.keyframe, self.palette, sheet.small)
            self._show_strip()

    def _altered(self) -> None:
        """Something was done to a keyframe, or they were read."""
        if len(self._at) < len(self.easel.keyframes) or self.index < 0:
            self._find_places()
        keyframe = self.easel.keyframe if self._here() else None
        self.canvas.set_ops(keyframe.ops if keyframe else ())
        self.canvas.tools.set_steps(bool(keyframe and keyframe.ops), bool(keyframe and keyframe.undone))
        self._show_colours()
        self._show_strip()
        self.said.emit()

    def _here(self) -> bool:
        return self.easel.ground is not None and self.easel.ground.index == self.index

    def _tell(self, error: Exception) -> None:
        text = str(error)
        self.session.say(trouble_of(type(error).__name__ if isinstance(error, AnswerprintError) else "bug", text, ""))

    # painting

    def stroke(self, op: Op) -> None:
        """A finished stroke: kept, then painted."""
        if self.easel.suggested:
            self.canvas.say(tr("Accept or discard the suggestion first."))
        elif op.tool != "erase" and swatch_of(self.palette, op.swatch) is None:
            self.canvas.say(tr("Add a colour first, or pick one."))
        elif self._here() and self.easel.keyframe is not None:
            self.canvas.say("")
            if self.canvas.how.key == "scan":
                self.canvas.how.choose("painted")
            self.journal.add(self.easel.keyframe.name)
            self.easel.do(op)

    def undo(self) -> str:
        return self.journal.back(self.easel.undo, self.session.undo, tr("a stroke"))

    def redo(self) -> str:
        return self.journal.again(self.easel.redo, self.session.redo, tr("a stroke"))

    def _stroke_back(self) -> None:
        if self.easel.undo():
            self.journal.stroke_back()

    def _stroke_again(self) -> None:
        if self.easel.redo() and self.easel.keyframe:
            self.journal.add(self.easel.keyframe.name)

    # colours

    def _edit(self, label: str, **changes: Any) -> None:
        """Change the project, as a step that Ctrl+Z takes back in its turn."""
        project = self.session.project
        if project is not None:
            before = project.settings
            self.journal.add(EDIT)
            self.session.edit(label, **changes)
            if project.settings == before:
                self.journal.forget()

    def _show_colours(self) -> None:
        keyframe = self.easel.keyframe if self._here() else None
        here = keyframe.swatches if keyframe else ()
        if swatch_of(self.palette, self.number) is None:
            self.number = self.palette[0].number if self.palette else 0
        used = {number for one in self.easel.used for number in one.swatches}
        self.colours.show_palette(self.palette, here, used, self.number)
        self.canvas.set_swatch(swatch_of(self.palette, self.number), self.palette)

    def _choose_first(self) -> None:
        """On another frame, the colour that was used last there."""
        keyframe = self.easel.keyframe
        if keyframe and keyframe.swatches and self.number not in keyframe.swatches:
            self.number = keyframe.swatches[-1]

    def choose(self, number: int) -> None:
        """Paint with a colour."""
        self.number = number
        self._show_colours()
        if self.canvas.tool == "erase":
            self.canvas.put_back()

    def change(self, swatch: Swatch) -> None:
        """A colour has another name, colour or source."""
        palette = tuple(swatch if one.number == swatch.number else one for one in self.palette)
        self._edit(tr("changing a colour"), palette=palette)

    def add(self) -> None:
        """A new colour, to be named and mixed."""
        self._take(Swatch(next_number(self.palette), "", (0.62, 0.42, 0.3)))
        self.colours.mix(True)

    def remove(self, number: int) -> None:
        """Forget a colour that no keyframe uses."""
        if not any(number in keyframe.swatches for keyframe in self.easel.used):
            self.colours.mix(False)
            self._edit(tr("removing a colour"), palette=tuple(one for one in self.palette if one.number != number))

    def _take(self, swatch: Swatch) -> None:
        if not swatch.name:
            swatch = replace(swatch, name=tr("Colour {n}", n=swatch.number))
        self.number = swatch.number
        self._edit(tr("adding a colour"), palette=(*self.palette, swatch))

    def pick(self, x: float, y: float) -> None:
        """Take the colour at x, y of what is seen: into the colour that is being edited, else as a new one."""
        picture = self.canvas.picture
        if picture is None:
            return
        high, wide = picture.shape[:2]
        row, column = min(int(y * high), high - 1), min(int(x * wide), wide - 1)
        patch = picture[max(row - PATCH, 0):row + PATCH + 1, max(column - PATCH, 0):column + PATCH + 1]
        red, green, blue = (float(part) / 255 for part in patch.reshape(-1, 3).mean(0))
        name, file = self.canvas.other
        source = name or tr("this film, frame {frame}", frame=frame_label(self.session.films.source("scan"), self.index))
        found = {"colour": (red, green, blue), "kind": "photograph" if name else "film", "source": source, "file": file}
        mixed = swatch_of(self.palette, self.number) if self.colours.mixes else None
        if mixed is not None:
            self.change(replace(mixed, **found))
        else:
            self._take(Swatch(next_number(self.palette), "", **found))
        self.canvas.put_back()

    def _choose_picture(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Pick from a picture"))
        if path:
            self.pick_from(Path(path))

    def pick_from(self, path: Path) -> None:
        """Show a picture in the frame's place, to pick colours from."""
        def read() -> NDArray[np.uint8]:
            with open_source(path) as source:
                return to_bytes(np.asarray(to_display(reduced(source.read(0), PROXY), source.info.encoding), np.float32))

        self.session.background.begin(read, lambda image: self.canvas.show_picture(image, path.name, str(path)), self._tell)

    # the strip

    def _show_strip(self) -> None:
        project, make = self.session.project, self.session.films.maker(self.role)
        scan = self.session.films.source("scan")
        if project is None or make is None or scan is None:
            return
        cells = []
        for keyframe in self.easel.used:
            index = self._at.get(keyframe.name, -1)
            away = index < 0 or keyframe.name in self.easel.changed
            picture = self.session.films.thumb(self.role, index) if index >= 0 and away else None
            if not away:
                picture = self.smalls.of(keyframe, self.palette, index, make, project.folder)
            cells.append((self._cell(keyframe, index, scan), picture))
        self.strip.show_cells(cells, self.index)
        marks = [(cell.index, "held" if cell.state == "held" else "accent") for cell, _ in cells if cell.index >= 0]
        self.strip.transport.set_marks(marks)
        self._show_next(scan)
        changed = self._here() and self.easel.ground is not None and self.easel.ground.name in self.easel.changed
        self.strip.show_doing("answer" if self.easel.suggested else "trust" if changed else "carry")

    def _cell(self, keyframe: Keyframe, index: int, scan: FrameSource) -> Cell:
        label = frame_label(scan, index) if index >= 0 else keyframe.name
        missing = unfounded([keyframe], self.palette)
        if index < 0:
            return Cell(index, label, "changed", tr("not in the scan any more"))
        if keyframe.name in self.easel.changed:
            return Cell(index, label, "changed", tr("the scan has another frame here now"))
        if index in self.session.made.held_out:
            return Cell(index, label, "held", tr("held out"))
        if missing:
            return Cell(index, label, "open", trn("{n} colour lacks a source", "{n} colours lack a source", missing))
        return Cell(index, label, "ready", tr("ready"))

    def hold(self, index: int) -> None:
        """Hold a keyframe out, or not any more: what is held out is never learnt from."""
        held = set(self.session.made.held_out)
        label = tr("not holding a frame out") if index in held else tr("holding a frame out")
        self._edit(label, held_out=tuple(sorted(held ^ {index})))

    def _read_next(self, folder: Path) -> None:
        """What to paint next, where that was worked out."""
        path = folder / "choose" / "next.json"
        try:
            seen = (path, path.stat().st_mtime_ns)
        except OSError:
            self._next, self._next_seen = {}, None
            return
        if seen != self._next_seen:
            self._next_seen = seen
            self.session.background.begin(lambda: json.loads(path.read_text(encoding="utf-8")), self._take_next, self._tell)

    def _take_next(self, found: dict[str, Any]) -> None:
        self._next = found
        self._show_strip()

    def _show_next(self, scan: FrameSource) -> None:
        names = {keyframe.name for keyframe in self.easel.used}
        wanted = next((one for one in self._next.get("frames", ()) if one["name"] not in names and 0 <= one["index"] < len(scan)), None)
        if wanted is None:
            self.strip.show_next(None)
            return
        index = int(wanted["index"])
        cell = Cell(index, frame_label(scan, index), "next", next_words(wanted))
        self.strip.show_next(cell, self.session.films.thumb(self.role, index))

    # keys

    def handle_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_H and not event.modifiers() and any(self._at.get(k.name) == self.index for k in self.easel.used):
            self.hold(self.index)
            return True
        return self.strip.transport.keys(event) or self.canvas.keys(event)


def places(scan: FrameSource, names: frozenset[str]) -> dict[str, int]:
    """The frames of those names in the scan, which has no others of a name."""
    return {name: index for index in range(len(scan)) if (name := scan.name(index)) in names}
