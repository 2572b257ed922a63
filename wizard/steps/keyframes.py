"""Keyframes: colour is given to a few frames by hand, each colour with where it comes from."""
from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import AnswerprintError
from engine.keyframes.keyframe import Keyframe, Op
from engine.keyframes.palette import Swatch, swatch_of
from engine.media.source import FrameSource
from wizard import flow, theme
from wizard.kit import Tall
from wizard.made import SIMILAR
from wizard.messages import Trouble, kept_colour, trouble_of
from wizard.palette_words import needs
from wizard.probe import frame_label
from wizard.same import Same
from wizard.session import Session
from wizard.steps.frames_choice import shot_words
from wizard.steps.keyframes_canvas import CanvasPanel
from wizard.steps.keyframes_colouring import Colouring
from wizard.steps.keyframes_colours import ColourPanel
from wizard.steps.keyframes_easel import Easel, Sheet
from wizard.steps.keyframes_journal import EDIT, Journal
from wizard.steps.keyframes_listing import Listing, why_closed
from wizard.steps.keyframes_proposing import Proposing
from wizard.steps.keyframes_similar import SimilarPanel
from wizard.steps.keyframes_strip import StripPanel
from wizard.steps.keyframes_taking import Taking
from wizard.steps.page import Page, Primary
from wizard.words import tr

COLOURS, COLOURS_COMPACT, WIDEST, WIDEST_COMPACT = 336, 304, 400, 340       # px; the widest with large text
REST_MS = 150           # a frame where the film rests so long is got ready to be painted on
WRITTEN_MS = 400        # after the last stroke that was written, the flow looks at the keyframes


class KeyframesPage(Page):
    """Strokes go to the easel, which keeps each at once; colours go to the project, a step for undo each."""

    key = "keyframes"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.index = -1                         # the frame that is shown
        self._made_of: object = None            # what the frames are made of
        self.easel, self.journal = Easel(), Journal()
        self.canvas, self.colours, self.strip = CanvasPanel(), ColourPanel(), StripPanel()
        self.taking = Taking(session, self.canvas, self.easel, self.edit, self.go)
        self.listing = Listing(session, self.strip, self.easel)
        self.colouring = Colouring(session, self.canvas, self.colours, self.easel, self.edit)
        self.similar = SimilarPanel()
        self.proposing = Proposing(session, self.canvas, self.similar, self.easel, self.edit, self._mark, self._tell)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._written = QTimer(self, singleShot=True, interval=WRITTEN_MS)
        self._lay_out()
        self._connect()
        self.set_compact(False)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self.canvas, 1)
        above.addWidget(self.colours)
        above.addWidget(self.similar)
        self.similar.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(above, 1)
        column.addWidget(self.strip)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Tall(inside))
        theme.changed.connect(self._restyle)

    def _connect(self) -> None:
        self.canvas.stroke.connect(self.stroke)
        self.canvas.picked.connect(lambda x, y: self.proposing.pinned_at(x, y) or self.colouring.pick(x, y))
        self.colours.similar.connect(lambda: self.look_alike(True))
        self.similar.closed.connect(lambda: self.look_alike(False))
        self.canvas.undo.connect(self._stroke_back)
        self.canvas.redo.connect(self._stroke_again)
        self.canvas.wants_picture.connect(self._choose_picture)
        self.strip.went.connect(self.go)
        self.strip.hold.connect(self.hold)
        self.strip.asked.connect(self._asked)
        self.easel.seen.connect(self._seen)
        self.easel.grounded.connect(self._grounded)
        self.easel.altered.connect(self._altered)
        self.easel.troubled.connect(self._tell)
        self.easel.unsaved.connect(self.session.tell_unsaved)
        self.listing.smalls.arrived.connect(self._show_strip)
        self.session.films.thumb_arrived.connect(lambda role, index: self._show_strip() if role == self.role else None)
        self.session.films.arrived.connect(self._passing)
        self._rest.timeout.connect(self._look)
        self.taking.said.connect(self.said)
        self.easel.written.connect(self._written.start)
        self._written.timeout.connect(self._tell_flow)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        wide, widest = (COLOURS_COMPACT, WIDEST_COMPACT) if compact else (COLOURS, WIDEST)
        for panel in (self.colours, self.similar):
            panel.setFixedWidth(min(theme.scaled(wide), widest))
        self.colours.set_compact(compact)
        self.strip.set_compact(compact)

    def _restyle(self) -> None:
        self.set_compact(self._compact)

    def title(self) -> str:
        return tr("Keyframes")

    def subtitle(self) -> str:
        return tr("Give colour to a few frames. The brush changes colour only, never shape or brightness.")

    def note(self) -> str:
        return self.taking.told or self._needs()

    def primary(self) -> Primary | None:
        """Next is closed while no frame has colour, or a colour has no source."""
        why = self._needs()
        return Primary(tr("Next: {step}", step=flow.title_of("train")), lambda: None, False, why) if why else None

    def _needs(self) -> str:
        return needs(self.easel.used, self.palette) if self.easel.loaded and not self.session.made.straight else ""

    def trouble(self) -> Trouble | None:
        """What was refused; or the offer to learn from shots that kept their colour, as long as nothing is painted."""
        made = self.session.made
        if self.taking.trouble or made.straight or made.keyframes or not made.full_colour:
            return self.taking.trouble
        return kept_colour(len(made.full_colour))

    def act(self, what: str) -> bool:
        if what == "read":
            self.taking.read()
        elif what == "own-shots":
            self.session.edit(tr("learning from shots that kept their colour"), recovery=SIMILAR, own_shots=True)
        return what in ("read", "own-shots")

    @property
    def palette(self) -> tuple[Swatch, ...]:
        return self.session.project.settings.palette if self.session.project else ()

    @property
    def role(self) -> str:
        return "balanced" if self.session.films.has("balanced") else "scan"

    # coming and going

    def entered(self) -> None:
        self.session.savers["keyframes"], self.session.painted = self.easel.save_now, lambda: self.easel.used
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
        if self.index < 0:
            self._go_first()
        if self.session.made.to_paint is not None:
            self.go(self.session.made.to_paint)
            self.session.made.to_paint = None
        self.easel.set_palette(self.palette)
        self.colouring.show(self._keyframe())
        self.proposing.refresh()
        self._show_strip()

    def _begin(self, folder: Path) -> None:
        self.index, self._made_of, self.taking.trouble = -1, None, None
        self.journal.clear()
        self.listing.smalls.clear()
        self.canvas.set_frame(-1, (1, 1), 1.0, "")
        self.easel.set_project(folder)

    def _set_film(self, scan: FrameSource) -> None:
        """The film, or what is made of it, is another one."""
        self.listing.smalls.clear()
        self.strip.transport.set_length(len(scan))
        self.strip.transport.set_rate(float(scan.info.rate or 24))
        self.taking.check(scan)
        self.strip.set_film(scan.info.width * float(scan.info.pixel_aspect) / scan.info.height)
        if self.index >= 0:
            self.go(min(self.index, len(scan) - 1))

    def _go_first(self) -> None:
        """Begin at the first keyframe, else at what is suggested, else in the middle of the film."""
        scan, made = self.session.films.source("scan"), self.session.made
        if scan is None or not self.easel.loaded or not made.places:
            return
        held = [made.places[keyframe.name] for keyframe in self.easel.used if keyframe.name in made.places]
        self.go(min(held) if held else made.next[0].frame if made.next else len(scan) // 2)

    # the frame

    def go(self, index: int) -> None:
        """Show a frame; where the film rests it can be painted on."""
        scan = self.session.films.source("scan")
        if scan is None or not 0 <= index < len(scan):
            return
        if index != self.index:
            self.journal.went()
            self.proposing.drop()
        self.index = index
        self.strip.transport.set_index(index)
        self.strip.transport.set_label(frame_label(scan, index))
        self.canvas.set_frame(index, (scan.info.width, scan.info.height), float(scan.info.pixel_aspect), self._label(index))
        self._passing(self.role, index)
        self._rest.start()
        self._show_strip()

    def _label(self, index: int) -> str:
        frame = frame_label(self.session.films.source("scan"), index)
        shots = (self.session.made.shots or {}).get("shots") or ()
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
        return self.easel.ground is not None and self.easel.ground.index == self.index and self.canvas.sheet is not None

    def _grounded(self) -> None:
        ground = self.easel.ground
        if ground is not None and ground.index == self.index:
            self.canvas.say(why_closed(self.easel, ground.name))
            self.colouring.arrive(self.easel.keyframe)
            self._altered()
            self.proposing.refresh()
            self.taking.arrive(ground.index)

    def _seen(self, sheet: Sheet) -> None:
        if sheet.ground.index == self.index:
            self.canvas.show_sheet(sheet, bool(self.easel.suggested))
            if not self.easel.suggested:
                self.listing.smalls.put(sheet.keyframe, self.palette, sheet.small)
            self._show_strip()

    def _altered(self) -> None:
        """Something was done to a keyframe, or they were read."""
        if self.index < 0:
            self._go_first()
        keyframe = self._keyframe()
        self.canvas.set_ops(keyframe.ops if keyframe else ())
        self.canvas.tools.set_steps(bool(keyframe and keyframe.ops), bool(keyframe and keyframe.undone))
        self.colouring.show(keyframe)
        self._show_strip()
        self.said.emit()

    def _here(self) -> bool:
        return self.easel.ground is not None and self.easel.ground.index == self.index

    def _keyframe(self) -> Keyframe | None:
        return self.easel.keyframe if self._here() else None

    def _tell_flow(self) -> None:
        """Keyframes on the disk are others: what depends on them is to be looked at."""
        self.session.saved()
        self.session.made.look()
        self.session.changed.emit()

    def _tell(self, error: Exception) -> None:
        self.session.say(trouble_of(type(error).__name__ if isinstance(error, AnswerprintError) else "bug", str(error)))

    # painting

    def stroke(self, op: Op) -> None:
        """A finished stroke: kept, then painted."""
        if self.taking.busy:
            self.canvas.say(tr("Wait a moment: {what}.", what=self.taking.told))
        elif self.easel.suggested:
            self.canvas.say(tr("Accept or discard the suggestion first."))
        elif op.tool != "erase" and swatch_of(self.palette, op.swatch) is None:
            self.canvas.say(tr("Add a colour first, or pick one."))
        elif self._here() and self.easel.keyframe is not None:
            self.canvas.say("")
            if self.canvas.how.key == "scan":
                self.canvas.how.choose("painted")
            self._mark()
            self.easel.do(op)

    def undo(self) -> str:
        return self.journal.back(self.easel.undo, self.session.undo, tr("a stroke"))

    def redo(self) -> str:
        return self.journal.again(self.easel.redo, self.session.redo, tr("a stroke"))

    def _stroke_back(self) -> None:
        if self.easel.undo():
            self.journal.stroke_back()

    def _stroke_again(self) -> None:
        if self.easel.redo():
            self._mark()

    def edit(self, label: str, **changes: Any) -> None:
        """Change the project, as a step that Ctrl+Z takes back in its turn."""
        project = self.session.project
        if project is not None:
            before = project.settings
            self.journal.add(EDIT)
            self.session.edit(label, **changes)
            if project.settings == before:
                self.journal.forget()

    def _choose_picture(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Pick from a picture"))
        if path:
            self.colouring.pick_from(Path(path), self._tell)

    # what comes from elsewhere

    def look_alike(self, on: bool) -> None:
        """Colour from similar pictures, in the colours' place; or the colours again."""
        self.proposing.drop()
        self.similar.setVisible(on)
        self.colours.setVisible(not on)
        self.proposing.refresh()

    def _mark(self) -> None:
        if self.easel.keyframe is not None:
            self.journal.add(self.easel.keyframe.name)

    def _asked(self, what: str) -> None:
        """A button beside the strip."""
        if what == "import":
            paths, _ = QFileDialog.getOpenFileNames(self, tr("Import painted frames"))
            self.taking.pictures([Path(path) for path in paths])
        elif what in ("back", "on"):
            self.taking.carry(self.index + (1 if what == "on" else -1), self.session.films.maker(self.role))
        elif what == "trust":
            self.easel.trust()
            self.canvas.say("")
        elif self.proposing.active:
            (self.proposing.accept if what == "accept" else self.proposing.drop)()
        elif what == "accept" and self.easel.keyframe:
            for _ in self.easel.suggested:
                self._mark()
            self.easel.accept()
            self.canvas.show_sheet(self.canvas.sheet)
        else:
            self.easel.suggest(())
            self._show_strip()

    # the strip

    def _show_strip(self) -> None:
        self.listing.show(self.index, self._here(), self.role)

    def hold(self, index: int) -> None:
        """Hold a keyframe out, or not any more: what is held out is never learnt from."""
        held = set(self.session.made.held_out)
        label = tr("not holding a frame out") if index in held else tr("holding a frame out")
        self.edit(label, held_out=tuple(sorted(held ^ {index})))

    # keys

    def handle_key(self, event: QKeyEvent) -> bool:
        keyframe = self._keyframe()
        if event.key() == Qt.Key.Key_H and not event.modifiers() and keyframe is not None and keyframe.ops:
            self.hold(self.index)
            return True
        return self.strip.transport.keys(event) or self.canvas.keys(event)

