"""What training has to beat, a LUT or a linear filter: its error on the held-out pairs, and its picture against the target."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy

from wizard.kit import Panel, big, caption
from wizard.measure import COLOUR, LUMA
from wizard.session import Session
from wizard.steps.pager import Pager
from wizard.viewer.view import PictureView, Shot
from wizard.words import number, tr


class LutPanel(Panel):
    """The figure over the pictures that the trial left, one held-out pair at a time."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("A LUT on the same pairs"))
        self.session = session
        self._stems: list[str] = []
        self._rival = ""
        self._folder = Path()
        self._wanted: tuple[float, Path] | None = None
        self.figure, self.said = big(""), caption("")
        self.view = PictureView(tr("What has to be beaten, and target"), ("wipe", "difference", "split"))
        self.pager = Pager(tr("Previous held-out pair"), tr("Next held-out pair"))
        self.pager.counted.hide()
        self.pager.turned.connect(self._show)
        self.header.addWidget(self.pager)
        row = QHBoxLayout()
        row.setContentsMargins(15, 0, 15, 4)
        row.setSpacing(12)
        row.addWidget(self.figure)
        row.addWidget(self.said, 1)
        self.body.setContentsMargins(1, 0, 1, 8)
        self.body.addLayout(row)
        self.view.setMinimumHeight(160)
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.body.addWidget(self.view, 1)

    def refresh(self, trial: dict[str, Any] | None) -> None:
        """Show what the trial found; None where there is none of the present pairs."""
        detail = self.session.detail
        self._rival = (LUMA if detail else COLOUR).rival_word()
        self.set_title(tr("A linear filter on the same pairs") if detail else tr("A LUT on the same pairs"))
        self.body.setContentsMargins(1, 0, 1, 8)
        error = trial.get("filter_psnr" if detail else "held_out_lut") if trial else None
        self.figure.setText(number(float(error), 2) if error is not None else "–")
        self.said.setText(self._says(detail) if error is not None
                          else tr("known after the trial") if trial is None else tr("nothing is held out"))
        project = self.session.project
        self._folder = project.folder / "trial" if project else Path()
        stems = [f"{frame:07d}" for frame in sorted(self.session.made.held_out)] if error is not None else []
        self._stems = [stem for stem in stems if self._target(stem).exists()]       # not of all where there are many
        self.pager.set_count(len(self._stems))
        self.pager.setVisible(len(self._stems) > 1)
        self._show()

    @staticmethod
    def _says(detail: bool) -> str:
        if detail:
            return tr("dB of luma on what is held out, by the best linear filter. Training should end above it.")
        return tr("colour difference on what is held out, ΔE00. Training should end below it.")

    def _target(self, stem: str) -> Path:
        return self._folder / f"target-{stem}.png"

    def _show(self) -> None:
        """Show the held-out pair that the pager is at; it is read beside the window's thread where it was not."""
        if not self._stems:
            self._wanted = None
            self.view.set_pictures(None)
            return
        stem = self._stems[self.pager.at]
        target = self._target(stem)
        try:
            wanted = (target.stat().st_mtime, target)
        except OSError:
            self._wanted = None
            return
        if wanted == self._wanted:
            return
        self._wanted = wanted

        def take(found: list[Shot]) -> None:
            if self._wanted == wanted:
                self.view.set_pictures(*found)

        names = (("lut", self._rival), ("target", tr("Target")))
        self.session.background.begin(lambda: [_shot(self._folder / f"{what}-{stem}.png", name) for what, name in names], take,
                                      lambda error: None)


def _shot(path: Path, label: str) -> Shot:
    found = cv2.imread(str(path))
    if found is None:
        raise OSError(str(path))
    picture: NDArray[np.uint8] = np.ascontiguousarray(found[..., ::-1], np.uint8)
    return Shot(picture, label, (picture.shape[1], picture.shape[0]))
