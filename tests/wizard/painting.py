"""A painter at the Keyframes page: real strokes of the mouse on the sample film's scan."""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QEvent, QPoint, Qt
from PyQt6.QtGui import QKeyEvent

from engine.keyframes.keyframe import Keyframe, load_keyframe
from engine.keyframes.palette import Swatch
from engine.media.fingerprint import fingerprint
from engine.media.medium import Medium
from engine.media.open import open_source
from engine.media.source import Reading
from engine.media.volumes import place_of
from engine.project import Project, Settings
from wizard.roles import make_roles
from wizard.session import Session
from wizard.steps.keyframes import KeyframesPage

LEFT = Qt.MouseButton.LeftButton
RED, GREEN = Swatch(1, "Curtain, red", (0.76, 0.19, 0.23)), Swatch(2, "Trees, green", (0.25, 0.5, 0.2), "film", "Own film, frame 12")
Place = tuple[float, float]


def without_reference(folder: Path, scan: Path, palette: Sequence[Swatch] = (RED, GREEN), **settings: Any) -> Path:
    """The folder of a project with a scan alone."""
    with open_source(scan) as source:
        medium = Medium(place_of(scan, folder, fingerprint(source)), Reading(), source.info.encoding)
    project = Project(folder, "film", "colour-keyframes", medium, None, Settings(palette=tuple(palette), **settings))
    project.save()
    return folder


class Painter:
    """Opens the project in `folder` and paints on its frames."""

    def __init__(self, qtbot: Any, session: Session, folder: Path) -> None:
        self.qtbot, self.session, self.folder = qtbot, session, folder
        session.open(folder)
        make_roles(session)
        self.page = KeyframesPage(session)
        qtbot.addWidget(self.page)
        session.changed.connect(self.page.refresh)
        self.page.resize(1130, 720)
        self.page.show()
        self.page.entered()
        self.until(lambda: self.page.ready)

    def until(self, done: Any) -> None:
        self.qtbot.waitUntil(lambda: bool(done()), timeout=20_000)

    def go(self, index: int) -> None:
        self.page.go(index)
        self.until(lambda: self.page.ready)

    def at(self, place: Place) -> QPoint:
        """Where a place of the picture (0..1) is on the screen."""
        view = self.page.canvas.view
        shot = view.compared.shot
        assert shot is not None
        return view.on_screen((place[0] * shot.size[0], place[1] * shot.size[1])).toPoint()

    def press(self, *places: Place) -> None:
        """The mouse goes down and along, and stays down."""
        view = self.page.canvas.view
        self.qtbot.mousePress(view, LEFT, pos=self.at(places[0]))
        for place in places[1:]:
            self.qtbot.mouseMove(view, self.at(place))

    def strike(self, *places: Place) -> None:
        """A stroke; the next may follow at once."""
        self.press(*places)
        self.qtbot.mouseRelease(self.page.canvas.view, LEFT, pos=self.at(places[-1]))

    def draw(self, *places: Place) -> None:
        """A stroke, until the picture shows it."""
        self.strike(*places)
        self.settle()

    def settle(self) -> None:
        """The picture shows all that was done, and the disk has it."""
        def settled() -> bool:
            sheet, keyframe = self.page.canvas.sheet, self.page.easel.keyframe
            return sheet is not None and keyframe is not None and sheet.keyframe == keyframe and not self.page.easel.busy

        self.until(settled)

    def key(self, key: Qt.Key, text: str = "", held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
        """A key that no widget took."""
        return self.page.handle_key(QKeyEvent(QEvent.Type.KeyPress, key, held, text))

    @property
    def picture(self) -> NDArray[np.uint8]:
        """What is seen."""
        picture = self.page.canvas.picture
        assert picture is not None
        return picture

    @property
    def kept(self) -> Keyframe:
        """The keyframe as the disk has it."""
        assert self.page.easel.ground is not None
        return load_keyframe(self.folder, self.page.easel.ground.name)
