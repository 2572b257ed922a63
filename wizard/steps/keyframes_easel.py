"""The frame that is painted on, and all keyframes of a project. What is done to one is kept on the disk at once and worked on in order,
beside the window's thread; the newest state is what is shown."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, pyqtSignal

from engine.errors import AnswerprintError, MediaError
from engine.keyframes.keyframe import Keyframe, Op, frame_print, keyframe_names, load_keyframe, named_swatches
from engine.keyframes.painted import WIDTH, Canvas, Painted, shown
from engine.keyframes.palette import Swatch
from engine.media.colour import luma
from engine.media.reduce import reduced
from engine.media.source import FrameSource
from wizard.background import Background
from wizard.films import Bytes, Maker, to_bytes
from wizard.proxies import THUMB

TRIAL = 0.01            # size of a stroke that is made for nothing but to get a frame ready

Floats = NDArray[np.float32]
Palette = tuple[Swatch, ...]


@dataclass(frozen=True, eq=False)
class Ground:
    """A frame to paint on: `picture` (h, w, 3) display-referred, at most WIDTH wide, and how the scan calls it."""

    index: int
    name: str
    print: str
    picture: Floats
    role: str


@dataclass(frozen=True, eq=False)
class Sheet:
    """A keyframe as it is seen: painted, plain, and grey; `small` for the strip. `keyframe` is what it was made of, `share` how much of
    the picture has colour."""

    ground: Ground
    keyframe: Keyframe
    share: float
    image: Bytes
    scan: Bytes
    grey: Bytes
    small: Bytes


class Easel(QObject):
    """`seen` (Sheet) whenever a picture of the frame is ready, `grounded` when another frame is there to be painted on, `altered` when
    the keyframes are others, `written` when one is on the disk, `unsaved` (error) when the disk refused it, `troubled`
    (error) when something could not be made."""

    seen = pyqtSignal(object)
    grounded = pyqtSignal()
    altered = pyqtSignal()
    troubled = pyqtSignal(object)
    unsaved = pyqtSignal(object)
    written = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.keyframes: dict[str, Keyframe] = {}
        self.changed: set[str] = set()          # whose frame of the scan is not the one any more that they were painted on
        self.lost: set[str] = set()             # whose file could not be read: nothing may be written over it
        self.ground: Ground | None = None
        self.wanted = -1                        # the frame that is to be painted on, while it is not there yet
        self.palette: Palette = ()
        self.project: Path | None = None
        self.loaded = False
        self.suggested: tuple[Op, ...] = ()     # shown on the frame, and not done until it is accepted
        self._kept = 0                          # jobs that still have to be written
        self._owed: dict[tuple[Path, str], Keyframe] = {}       # that are not on the disk: the thread's own
        self._looks, self._paints = 0, 0        # how often each was asked for: only the last counts
        self._background = Background(1)
        self._canvas: tuple[tuple[object, ...], Canvas] | None = None       # the thread's own

    # the project

    def set_project(self, project: Path | None) -> None:
        """Keyframes are those of this project from now on."""
        self.project, self.ground, self.wanted, self.suggested, self.loaded = project, None, -1, (), False
        self.keyframes, self.changed, self.lost = {}, set(), set()
        self._owed.clear()
        self._looks += 1
        self._paints += 1
        if project is not None:
            self._background.begin(lambda: _load(project), lambda found: self._take_loaded(project, *found), self.troubled.emit)

    def _take_loaded(self, project: Path, found: dict[str, Keyframe], lost: dict[str, Exception]) -> None:
        if project == self.project:
            self.keyframes, self.lost, self.loaded = found, set(lost), True
            self._stand()
            self.altered.emit()
            self.again()
            for error in lost.values():
                self.troubled.emit(error)

    @property
    def used(self) -> list[Keyframe]:
        """The keyframes that hold anything, in the order of the film's names."""
        return [self.keyframes[name] for name in sorted(self.keyframes) if self.keyframes[name].ops]

    @property
    def named(self) -> set[int]:
        """The numbers of swatches that are taken by what was done, whether it was taken back or not."""
        return named_swatches(self.keyframes.values())

    @property
    def keyframe(self) -> Keyframe | None:
        """What was done to the frame that is shown, nothing as yet where it is new; None where it must not be painted on."""
        if self.ground is None or not self.loaded or self.ground.name in self.changed | self.lost:
            return None
        return self.keyframes.get(self.ground.name) or Keyframe(self.ground.name, self.ground.print)

    # the frame

    def look(self, index: int, source: FrameSource, make: Maker, role: str) -> None:
        """Have frame `index` to paint on, as `make` gives it."""
        self.wanted, self.suggested = index, ()
        self._looks += 1
        asked = self._looks

        def work() -> Ground | None:
            if asked != self._looks:
                return None
            picture = np.ascontiguousarray(reduced(make(index, WIDTH), WIDTH))
            return Ground(index, source.name(index), frame_print(source.read(index)), picture, role)

        def take(ground: Ground | None) -> None:
            if ground is not None and asked == self._looks:
                self.ground = ground
                self._stand()
                self.grounded.emit()
                self.again()
                self._get_ready(ground)
                if ground.name in self.lost and self.project is not None:
                    self._read_again(self.project, ground.name)

        self._background.begin(work, take, self.troubled.emit)

    def _read_again(self, project: Path, name: str) -> None:
        """A keyframe that could not be read may be readable now."""
        def take(found: Keyframe) -> None:
            if project == self.project:
                self.take({name: found})
                self.grounded.emit()

        self._background.begin(lambda: load_keyframe(project, name), take, self.troubled.emit)

    def _get_ready(self, ground: Ground) -> None:
        """What every stroke asks of the picture is found before the first."""
        palette, project = self.palette, self.project
        if palette and project is not None:
            trial = Keyframe(ground.name, ground.print, (Op("scribble", palette[0].number, ((0.5, 0.5, 1.0),), TRIAL),))
            asked = self._paints

            def work() -> None:
                if asked == self._paints:
                    self.painted(ground, trial, palette, project)

            self._background.begin(work, lambda _: None, lambda error: None)

    def _stand(self) -> None:
        """Whether the frame that is shown is still the one that was painted on."""
        ground = self.ground
        known = self.keyframes.get(ground.name) if ground else None
        if ground is not None:
            (self.changed.add if known is not None and known.print != ground.print else self.changed.discard)(ground.name)

    def set_palette(self, palette: Palette) -> None:
        """The colours are others: the frame is painted anew where it shows any of those."""
        if palette != self.palette:
            self.palette = palette
            self.again()

    # what is done

    def do(self, *ops: Op) -> None:
        """Do something to the frame that is shown."""
        keyframe = self.keyframe
        if keyframe is not None:
            for op in ops:
                keyframe = keyframe.done(op)
            self._keep(keyframe)

    def undo(self) -> bool:
        return self._step(lambda keyframe: keyframe.undo())

    def redo(self) -> bool:
        return self._step(lambda keyframe: keyframe.redo())

    def _step(self, step: Callable[[Keyframe], Keyframe]) -> bool:
        before = self.keyframe
        after = step(before) if before else None
        if after is None or after == before:
            return False
        self._keep(after)
        return True

    def take(self, keyframes: dict[str, Keyframe], anew: bool = False) -> None:
        """Keyframes that were made on the disk are others now; `anew`: they are others than the disk has, and written."""
        for keyframe in keyframes.values() if anew else ():
            self._keep(keyframe)
        self.keyframes |= keyframes
        self.lost -= keyframes.keys()
        self._stand()
        self.altered.emit()
        self.written.emit()
        self.again()

    def set_changed(self, project: Path, names: Iterable[str]) -> None:
        """Whose frame of the scan is not the one any more that was painted on."""
        if project == self.project:
            self.changed = set(names)
            self._stand()
            self.altered.emit()

    def trust(self) -> None:
        """What was painted on another frame of this name is to be used on this one."""
        if self.ground is not None and (known := self.keyframes.get(self.ground.name)):
            self.changed.discard(self.ground.name)
            self._keep(replace(known, print=self.ground.print))

    def _keep(self, keyframe: Keyframe) -> None:
        project = self.project
        if project is None:
            return
        self.keyframes[keyframe.name] = keyframe
        self.altered.emit()
        self._kept += 1
        self._background.begin(lambda: self._write(project, keyframe), self._written, self._unwritten)
        if self.ground is not None and keyframe.name == self.ground.name:
            self.again()

    def _write(self, project: Path, keyframe: Keyframe) -> None:
        self._owed[project, keyframe.name] = keyframe
        self._write_owed()

    def _write_owed(self) -> None:
        """Write what is not on the disk, each as it was last. Raises DiskFull, OutputRefused."""
        errors = []
        for (project, name), keyframe in list(self._owed.items()):
            try:
                keyframe.save(project)
                self._owed.pop((project, name), None)
            except AnswerprintError as error:
                errors.append(error)
        if errors:
            raise errors[-1]

    def save_now(self) -> None:
        """Have all that was done on the disk. Raises DiskFull, OutputRefused."""
        if self._kept or self._owed:
            self._background.wait()
            self._write_owed()

    def _written(self, _: object) -> None:
        self._kept -= 1
        self.written.emit()

    def _unwritten(self, error: Exception) -> None:
        self._kept -= 1
        (self.unsaved if isinstance(error, AnswerprintError) else self.troubled).emit(error)

    @property
    def busy(self) -> bool:
        """Whether something is still to be written."""
        return self._kept > 0

    # the picture

    def suggest(self, ops: tuple[Op, ...]) -> None:
        """Show what might be done."""
        self.suggested = ops
        self.again()

    def accept(self) -> None:
        ops, self.suggested = self.suggested, ()
        self.do(*ops)

    def again(self) -> None:
        """Paint the frame as it is now; what was asked for before and not begun is left."""
        ground, keyframe, project = self.ground, self.keyframe, self.project
        if ground is None or project is None or not self.loaded:
            return
        done = keyframe or Keyframe(ground.name, ground.print)
        drawn = replace(done, ops=(*done.ops, *self.suggested))
        self._paints += 1
        asked, palette = self._paints, self.palette

        def work() -> Sheet | None:
            return self._made(ground, drawn, palette, project) if asked == self._paints else None

        def take(sheet: Sheet | None) -> None:
            if sheet is not None and sheet.ground is self.ground:
                self.seen.emit(sheet)

        self._background.begin(work, take, self.troubled.emit)

    def _made(self, ground: Ground, keyframe: Keyframe, palette: Palette, project: Path) -> Sheet:
        painted = self.painted(ground, keyframe, palette, project)
        picture = np.asarray(shown(ground.picture, painted), np.float32)
        grey = np.repeat(luma(ground.picture)[..., None], 3, axis=2)
        return Sheet(ground, keyframe, painted.share, to_bytes(picture), to_bytes(ground.picture), to_bytes(grey),
                     to_bytes(reduced(picture, THUMB)))

    def painted(self, ground: Ground, keyframe: Keyframe, palette: Palette, project: Path) -> Painted:
        """The colour of a keyframe. Only for work of this easel: the next call writes over it."""
        key = (ground, project)
        if self._canvas is None or self._canvas[0] != key:
            self._canvas = key, Canvas(ground.picture, palette, project, ground.name)
        return self._canvas[1].set(keyframe, palette)

    def begin(self, work: Callable[[], Any], then: Callable[[Any], None], ended: Callable[[], None]) -> None:
        """Work that takes its turn among the strokes; `ended` where it could not be done."""
        def refused(error: Exception) -> None:
            ended()
            self.troubled.emit(error)

        self._background.begin(work, then, refused)


def _load(project: Path) -> tuple[dict[str, Keyframe], dict[str, Exception]]:
    """The keyframes of a project by name, and what is the matter with those that cannot be read."""
    found, lost = dict[str, Keyframe](), dict[str, Exception]()
    for name in keyframe_names(project):
        try:
            found[name] = load_keyframe(project, name)
        except MediaError as error:
            lost[name] = error
    return found, lost


def small_picture(make: Maker, index: int, keyframe: Keyframe, palette: Palette, project: Path) -> Bytes:
    """A keyframe as small as the strip shows it. Beside the window's thread."""
    picture = np.ascontiguousarray(reduced(make(index, 2 * THUMB), 2 * THUMB))
    painted = Canvas(picture, palette, project, keyframe.name).set(keyframe)
    return to_bytes(reduced(np.asarray(shown(picture, painted), np.float32), THUMB))
