"""Roles that are made of both films: 'laid', the reference on the scan's geometry; 'balanced', the scan with its balance; 'target', luma of
the balanced scan with chroma of the laid reference, or where detail is restored the luma of that with the chroma of the scan; 'damage',
that of a print, red on it. At a reduced width everything but damage is done at that width, and the reference is laid in a plainer way than
for a whole frame, so that scrubbing stays fluid."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject

from engine.align.alignment import Alignment, FrameMatch
from engine.align.space import coverage, through, to_scan
from engine.balance.balance import Balance
from engine.balance.own import Controls, Fade, own_balance
from engine.errors import UsageError
from engine.keyframes.keyframe import load_keyframe
from engine.keyframes.painted import WIDTH, paint, shown
from engine.keyframes.palette import Swatch
from engine.media.colour import from_ycbcr, luma, to_display, to_ycbcr
from engine.media.reduce import reduced
from engine.media.source import FrameSource
from engine.recoveries.inputs import edit_marks, keyframe_marks
from wizard import theme
from wizard.damage import Damage
from wizard.films import Maker
from wizard.same import Same
from wizard.session import Session

Floats = NDArray[np.float32]
Matrix = NDArray[np.float64]
Corners = tuple[tuple[float, float], ...]

ROLE = "damage"
COVERED = 0.999         # of a pixel, from which it counts as shown by the reference


def make_roles(session: Session) -> Roles:
    """Keep the makers of 'laid', 'balanced' and 'target' in step with the session, as long as it lives."""
    return Roles(session)


class Roles(QObject):
    """A role without what it is made of has no maker. Frames that are out of date are forgotten when their maker is set anew."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._set: dict[str, object] = {}
        self._own: tuple[object, Balance] | None = None
        self._damage: tuple[object, Damage] | None = None
        session.changed.connect(self.renew)
        theme.changed.connect(self.renew)
        self.renew()

    def renew(self) -> None:
        """Set the makers whose films, alignment, balance or corners are others now."""
        session, made, films = self._session, self._session.made, self._session.films
        scan, reference = films.source("scan"), films.source("reference")
        balance = self._balance()
        toned = Toned(scan, balance) if scan and session.project else None
        laid, corners, grey = None, session.project.settings.corners if session.project else (), theme.colour("surround").redF()
        if scan and reference and made.alignment and session.project:
            laid = Laying(scan, reference, made.alignment, corners, grey)
        of_toned, of_laid = Same(scan, balance), (Same(scan, reference, made.alignment), corners, grey)
        detail = self._session.detail
        self._renew_damage()
        self._renew("balanced", of_toned, toned.balanced if toned and not detail else None)
        self._renew("laid", of_laid, laid.laid if laid else None)
        if len(session.roles) == 1 and toned and session.project:
            project = session.project
            keyed = Keyed(toned, project.folder, project.settings.palette, {i: n for n, i in made.places.items() if n in made.keyframes})
            marks = (of_toned, tuple(keyframe_marks(project.folder)), project.settings.palette, len(keyed.names))
            self._renew("target", marks, keyed.target)
        else:
            make = detail_target_of if detail else target_of
            self._renew("target", (make, of_toned, of_laid), make(toned, laid) if toned and laid else None)

    def _renew_damage(self) -> None:
        """What was found of the damage stays while somebody paints on it."""
        session, films = self._session, self._session.films
        scan, reference, alignment, project = films.source("scan"), films.source("reference"), session.made.alignment, session.project
        if not (session.repairs and scan and reference and alignment and project) or folds(alignment, project.settings.corners):
            self._damage = None
            self._renew(ROLE, None, None)
            return
        key = (Same(scan, reference, alignment), project.settings.corners)
        if self._damage is None or self._damage[0] != key:
            self._damage = key, Damage(scan, reference, alignment.corrected(project.settings.corners))
        self._renew(ROLE, (key, tuple(edit_marks(project.folder))), self._damage[1].maker(project.folder))

    def _balance(self) -> Balance | None:
        """The balance by the reference, or without one that of the film itself, by the controls of now."""
        project, fade = self._session.project, self._session.made.fade
        if project is None or project.settings.balance == "off" or self._session.detail:
            return None
        if len(self._session.roles) > 1 or fade is None:
            return self._session.made.balance
        key = (Same(fade), project.settings.fade)
        if self._own is None or self._own[0] != key:
            self._own = key, own_balance(Fade.from_json(fade), Controls.from_values(project.settings.fade))
        return self._own[1]

    def _renew(self, role: str, made_of: object, maker: Maker | None) -> None:
        known = made_of if maker else None
        if self._set.get(role) != known or (maker is not None) != self._session.films.has(role):
            self._set[role] = known
            self._session.films.set_maker(role, maker)


@dataclass(frozen=True, eq=False)
class Toned:
    """The scan with its balance; without one as it is."""

    scan: FrameSource
    balance: Balance | None

    def balanced(self, index: int, width: int | None) -> Floats:
        plain = np.asarray(to_display(reduced(self.scan.read(index), width), self.scan.info.encoding), np.float32)
        return plain if self.balance is None else self.balance.apply(plain, index)


@dataclass(frozen=True, eq=False)
class Keyed:
    """Luma of the balanced scan with the colour of a keyframe; other frames, and what is not painted, as the balanced scan is."""

    toned: Toned
    project: Path
    palette: tuple[Swatch, ...]
    names: dict[int, str]

    def target(self, index: int, width: int | None) -> Floats:
        scan = self.toned.balanced(index, width)
        if index not in self.names:
            return scan
        painted = paint(load_keyframe(self.project, self.names[index]), reduced(scan, WIDTH), self.palette, self.project)
        return shown(scan, painted)


@dataclass(frozen=True, eq=False)
class Laying:
    """The reference on the scan's geometry, corrected by the corners set by hand; grey where it shows nothing."""

    scan: FrameSource
    reference: FrameSource
    alignment: Alignment
    corners: Corners
    grey: float

    def match(self, index: int) -> FrameMatch | None:
        """The match of a scan frame that has a partner, corrected."""
        if not 0 <= index < len(self.alignment.frames):
            return None
        match = self.alignment.frames[index]
        if match.reference is None or match.reference >= len(self.reference):
            return None
        return corrected(self.alignment, match, self.corners)

    def laid(self, index: int, width: int | None) -> Floats:
        match = self.match(index)
        if match is None:
            wide, high = self.size(width)
            return np.full((high, wide, 3), self.grey, np.float32)
        return self._on_scan(match, width, lambda picture: picture, (self.grey,) * 3)

    def ycc(self, match: FrameMatch, width: int | None) -> Floats:
        """Y', Cb, Cr of the laid reference; 0 where it shows nothing."""
        return self._on_scan(match, width, to_ycbcr, (0.0, 0.0, 0.0))

    def luma(self, match: FrameMatch, width: int | None) -> tuple[Floats, NDArray[np.bool_]]:
        """Luma of the laid reference, and where it shows anything."""
        laid = self._on_scan(match, width, lambda picture: np.dstack([plane := luma(picture), np.ones_like(plane)]), (0.0, 0.0))
        return np.ascontiguousarray(laid[..., 0]), laid[..., 1] > COVERED

    def size(self, width: int | None) -> tuple[int, int]:
        info = self.scan.info
        wide = min(width or info.width, info.width)
        return wide, max(1, round(info.height * wide / info.width))

    def _on_scan(self, match: FrameMatch, width: int | None, made: Callable[[Floats], Floats], outside: tuple[float, ...]) -> Floats:
        """What is `made` of the reference's picture, in the geometry of the scan."""
        assert match.reference is not None
        info, size = self.scan.info, self.size(width)
        matrix = match.matrix @ scaling(size, (info.width, info.height))
        stored = self.reference.read(match.reference)
        full = (stored.shape[1], stored.shape[0])
        if width is None:
            picture = to_scan(made(to_display(stored, self.reference.info.encoding)), matrix, size)
            picture[~coverage(matrix, full, size)] = outside
            return picture
        small = reduced(stored, round(full[0] / max(1.0, smallest_step(matrix, size))))
        matrix = scaling(full, (small.shape[1], small.shape[0])) @ matrix
        picture = made(to_display(small, self.reference.info.encoding))
        return np.asarray(cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=outside),
                          np.float32)


def target_of(toned: Toned, laying: Laying) -> Maker:
    """Luma of the balanced scan, chroma of the laid reference; where the reference shows nothing the scan in grey."""

    def target(index: int, width: int | None) -> Floats:
        scan = toned.balanced(index, width)
        match = laying.match(index)
        ycc = np.zeros_like(scan) if match is None else laying.ycc(match, width)
        ycc[..., 0] = luma(scan)
        return np.asarray(from_ycbcr(ycc), np.float32)

    return target


def detail_target_of(toned: Toned, laying: Laying) -> Maker:
    """Luma of the laid reference, chroma of the scan; where the reference shows nothing the scan as it is."""

    def target(index: int, width: int | None) -> Floats:
        scan = toned.balanced(index, width)
        match = laying.match(index)
        if match is None:
            return scan
        plane, covered = laying.luma(match, width)
        return np.asarray(scan + np.where(covered, plane - luma(scan), 0)[..., None], np.float32)

    return target


def corrected(alignment: Alignment, match: FrameMatch, corners: Corners) -> FrameMatch:
    """One match as `Alignment.corrected` gives it; as it is where the corners fold the picture."""
    if not corners:
        return match
    try:
        return replace(alignment, frames=(match,)).corrected(corners).frames[0]
    except UsageError:
        return match


def folds(alignment: Alignment, corners: Corners) -> bool:
    """Whether corners set by hand fold the picture, so that they cannot be used."""
    try:
        replace(alignment, frames=()).corrected(corners)
    except UsageError:
        return True
    return False


def scaling(source: tuple[int, int], target: tuple[int, int]) -> Matrix:
    """The matrix from pixels of a picture of size `source` (w, h) to those of the same picture at size `target`."""
    x, y = target[0] / source[0], target[1] / source[1]
    return np.array([[x, 0, (x - 1) / 2], [0, y, (y - 1) / 2], [0, 0, 1]], np.float64)


def smallest_step(matrix: Matrix, size: tuple[int, int]) -> float:
    """How many pixels further a matrix leads for one pixel in the middle of `size`, across or down, whichever is less."""
    centre = np.array([(size[0] - 1) / 2, (size[1] - 1) / 2])
    steps = through(matrix, centre + np.array([[0, 0], [1, 0], [0, 1]]))
    return float(np.linalg.norm(steps[1:] - steps[0], axis=1).min())
