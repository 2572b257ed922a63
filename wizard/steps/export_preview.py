"""The picture on the Export page: scan and export of a frame, or the last frame that was written."""
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy

from engine.media.source import FrameSource
from wizard import theme
from wizard.kit import Panel, Words
from wizard.probe import plain_number
from wizard.session import Session
from wizard.steps.pairing import Pairing
from wizard.viewer.view import PictureView, Shot
from wizard.words import tr


class Preview(Panel):
    """A frame, and what is promised of every one."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Frame"))
        self._films = session.films
        self.view = PictureView(tr("Scan and export"), ("wipe",))
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.pairing = Pairing(self.view, session, "export")
        self.pairing.names = lambda role, index: tr("Export") if role == "result" else tr("Scan")
        self._shield = QLabel()
        promise = QHBoxLayout()
        promise.setContentsMargins(15, 0, 15, 0)
        promise.addWidget(self._shield, 0, Qt.AlignmentFlag.AlignTop)
        self._promise = Words("", 13, 500)
        promise.addWidget(self._promise, 1)
        self.body.addWidget(self.view, 1)
        self.body.addLayout(promise)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._shield.setPixmap(theme.pixmap("shield", "ok", 18))

    def promise(self, text: str) -> None:
        """What is promised of every frame."""
        self._promise.setText(text)

    def fit(self, width: int, height: int) -> None:
        """The room for words, and the least that the picture has."""
        self._promise.setMinimumHeight(self._promise.heightForWidth(width - theme.scaled(24)))
        self.view.setMinimumHeight(height)

    def _name(self, frame: str) -> None:
        self.set_title(tr("Frame {frame}", frame=plain_number(frame)))
        self.body.setContentsMargins(1, 0, 1, 12)

    def show_middle(self, scan: FrameSource, with_result: bool) -> None:
        """The middle frame; of the export only where it is wanted and can be made."""
        middle = len(scan) // 2
        self._name(scan.name(middle))
        self.pairing.show(middle, ("scan", "result" if with_result and self._films.has("result") else ""))

    def show_written(self, scan: FrameSource, frame: str, picture: NDArray[np.uint8]) -> None:
        self._name(frame)
        self.pairing.show(0, ("", ""))
        label, info = tr("Last frame written, {frame}", frame=plain_number(frame)), scan.info
        self.view.set_pictures(Shot(picture, label, (info.width, info.height), aspect=float(info.pixel_aspect)), None)
