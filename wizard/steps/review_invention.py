"""What was invented, over the restored frame on Review: which frames have a map, and why others have none; maps are read beside the
window's thread."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, pyqtSignal

from engine.detail.invention_map import load_map
from wizard.kit import Button
from wizard.same import Same
from wizard.session import Session
from wizard.words import percent, tr

Veil = NDArray[np.uint8]

MAGENTA = np.array((1.0, 0.1, 0.9), np.float32)     # no film is of it
STRENGTH, DIMMED = 0.8, 0.5                         # of the magenta where all is invented; of the black where nothing was compared


class Invention(QObject):
    """`button` shows the map of a frame or takes it away. `changed`: `veil` or `words` are others now."""

    changed = pyqtSignal()

    def __init__(self, session: Session, button: Button) -> None:
        super().__init__(button)
        self._session, self.button = session, button
        self.veil: Veil | None = None           # over the frame that was gone to; None where it is not shown
        self.words = ""                         # what is seen, or why nothing is
        self._index = -1
        self._read: tuple[object, Veil, str] | None = None      # the map that was read last: of what it is, and its words
        self._wanted: object = None
        button.setCheckable(True)
        button.clicked.connect(lambda: self.go(self._index))

    def go(self, index: int) -> None:
        """Be of this frame."""
        self._index = index
        review, session = self._session.made.review, self._session
        used = session.made.used
        table = review if review and used and review.get("run") == used.number else None
        name = maps_of(table).get(index, "")
        offered = session.detail and not session.repairs
        self.button.setVisible(offered)
        why = "" if name else self._why_none(table, index)
        self.button.setEnabled(bool(name) or self.button.isChecked())
        self.button.setToolTip(why or tr("Show what was invented: structure that neither scan nor reference has, by estimate. This frame "
                                         "was not trained on."))
        self.button.setAccessibleDescription(self.button.toolTip())
        if not (offered and self.button.isChecked()):
            self._show(None, "")
        elif not name:
            self._show(None, why)
        else:
            self._ask(name, (Same(table), index))

    def _ask(self, name: str, key: object) -> None:
        """The map of that name, at once where it was read last."""
        if self._read is not None and self._read[0] == key:
            self._show(*self._read[1:])
            return
        self._show(None, tr("Reading the map"))
        if self._wanted == key:
            return
        self._wanted = key
        assert self._session.project
        path = self._session.project.folder / "review" / name

        def take(read: tuple[Veil, str]) -> None:
            self._read = key, *read
            self._end(key)

        def refused(error: Exception) -> None:
            self._read = key, np.zeros((1, 1, 4), np.uint8), tr("The map of this frame cannot be read: measure the shots again.")
            self._end(key)

        self._session.background.begin(lambda: veil_of(path), take, refused)

    def _end(self, key: object) -> None:
        if self._wanted == key:
            self._wanted = None
            self.go(self._index)

    def _show(self, veil: Veil | None, words: str) -> None:
        if veil is not self.veil or words != self.words:
            self.veil, self.words = veil, words
            self.changed.emit()

    def _why_none(self, table: dict[str, Any] | None, index: int) -> str:
        """Why a frame has no map."""
        if table is None:
            return tr("The maps come with the figures: the shots are not measured yet.")
        alignment = self._session.made.alignment
        if alignment is not None and index < len(alignment.frames) and alignment.frames[index].reference is None:
            return tr("No map here: the reference does not have this frame.")
        return tr("No map here: only frames that were compared have one. A shot in the table leads to such a frame.")


def maps_of(table: dict[str, Any] | None) -> dict[int, str]:
    """The maps of a review by frame, as files in its folder."""
    rows = table["shots"] if table else []
    return {int(index): str(name) for row in rows for index, name in row.get("maps", {}).items()}


def veil_of(path: Path) -> tuple[Veil, str]:
    """R, G, B, alpha (h, w, 4), colours times alpha: magenta where it was invented, dark where nothing was compared; and what it is in
    words. Raises MediaError."""
    share, compared = load_map(path)
    alpha = np.where(compared, STRENGTH * share, DIMMED).astype(np.float32)
    colour = np.where(compared[..., None], MAGENTA, 0) * alpha[..., None]
    veil = np.round(255 * np.dstack([colour, alpha])).astype(np.uint8)
    much = float(share[compared].mean()) if compared.any() else 0.0
    said = tr("Magenta: in neither scan nor reference ({share})", share=percent(much, 1))
    return veil, said if compared.all() else said + "\n" + tr("Dark: not compared")
