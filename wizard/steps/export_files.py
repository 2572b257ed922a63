"""Files of the archive's own that go into an export: a sound for the movies, an OpenColorIO config for the colours."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtWidgets import QFileDialog, QWidget

from engine.media.colour import config_spaces
from engine.media.fingerprint import file_fingerprint
from engine.media.volumes import Place, place_of
from wizard.messages import trouble_of
from wizard.session import Session
from wizard.words import tr


def choose_sound(parent: QWidget, session: Session) -> None:
    """Ask for a file, and take it as the sound of the project."""
    path, _ = QFileDialog.getOpenFileName(parent, tr("A sound file for the movies"))
    if path:
        _taken(session, Path(path), lambda place: session.edit(tr("the sound"), sound=place))


def choose_config(parent: QWidget, session: Session) -> None:
    """Ask for a config, and offer its colour spaces beside the encodings; the one in use stays until one of them is picked."""
    path, _ = QFileDialog.getOpenFileName(parent, tr("An OpenColorIO config"), "", tr("OpenColorIO configs (*.ocio *.ocioz)"))
    if path:
        _taken(session, Path(path), lambda place: session.edit(tr("the colour config"), colours=place, encoding="same"),
               config_spaces)


def _taken(session: Session, path: Path, keep: Callable[[Place], object], check: Callable[[Path], object] | None = None) -> None:
    """Look at a file beside the window's thread, then `keep` it in the project that asked."""
    project = session.project
    assert project

    def look() -> Place:
        if check:
            check(path)
        return place_of(path, project.folder, file_fingerprint(path))

    session.background.begin(look, lambda place: keep(place) if session.project is project else None,
                             lambda error: session.say(trouble_of(type(error).__name__, str(error), "export")))
