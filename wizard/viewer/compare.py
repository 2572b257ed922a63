"""Two frames in one picture: the modes of comparing, what is drawn of each, and the wipe's line and handle."""
from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QImage, QPainter, QPen, QPixmap, QPolygonF

from wizard import theme
from wizard.viewer import display
from wizard.viewer.display import Shown
from wizard.viewer.placing import Point
from wizard.words import tr

MODES = ("wipe", "onion", "difference", "checker", "split", "first", "second")
CELLS = 8
HANDLE, HIT = 28, 44


@dataclass(frozen=True, eq=False)
class Shot:
    """A frame as it is shown. `image` may be smaller than the frame; `size` is the frame's own. `pixels` are the stored code values as
    0..1 at full size, for the probe; `depth` their bits, 0 where the file holds floating point. `aspect` is the shape of a pixel. `veil`
    is laid over it, of any size: R, G, B, alpha (h, w, 4), colours times alpha."""

    image: Shown
    label: str
    size: tuple[int, int]
    pixels: NDArray[np.float32] | None = None
    depth: int = 10
    aspect: float = 1.0
    veil: Shown | None = None


def mode_words(mode: str) -> str:
    """A mode as it is said."""
    return {"wipe": tr("Wipe"), "onion": tr("Onion skin"), "difference": tr("Difference"), "checker": tr("Checkerboard"),
            "split": tr("Split"), "first": tr("First picture only"), "second": tr("Second picture only")}[mode]


class Comparison:
    """The two frames and what is made of them for one mode; it keeps no more than these, one composition, and both at screen size."""

    def __init__(self) -> None:
        self.first: Shot | None = None
        self.second: Shot | None = None
        self.mode = "wipe"
        self.wipe = 0.5
        self._warp: tuple[list[Point], list[Point]] | None = None
        self._arrays: dict[str, Shown] = {}
        self._scaled: dict[tuple[str | int, ...], QPixmap] = {}

    def show(self, first: Shot | None, second: Shot | None) -> None:
        self.first, self.second = first, second
        self.forget()

    def forget(self) -> None:
        """What was made is to be made again."""
        self._arrays.clear()
        self._scaled.clear()

    def set_warp(self, warp: tuple[list[Point], list[Point]] | None) -> None:
        """Four points in full pixels that the second frame is moved by: from, to."""
        if warp != self._warp:
            self._warp = warp
            self.forget()

    @property
    def shot(self) -> Shot | None:
        """The frame whose pixels are counted."""
        return self.first or self.second

    @property
    def drawn_mode(self) -> str:
        """The mode in use: with one frame alone, that frame."""
        if self.first is None or self.second is None:
            return "first" if self.first is not None else "second"
        return self.mode

    def under(self, x: float, y: float, pane: int) -> Shot | None:
        """The frame that is seen at x, y (0..1 of the picture) in a pane; the first where both are seen at once."""
        mode = self.drawn_mode
        assert self.shot is not None
        height, width = self.shot.image.shape[:2]
        side = display.cell_size(width, CELLS)
        second = {"second": True, "wipe": x >= self.wipe, "split": pane == 1,
                  "checker": (int(x * width) // side + int(y * height) // side) % 2 == 1}.get(mode, False)
        return self.second if second else self.first

    def draw(self, painter: QPainter, picture: QRectF, seen: QRectF, pane: int, nearest: bool) -> None:
        """Draw the picture into `picture` of the screen, as far as it is in `seen`."""
        mode = self.drawn_mode
        if mode == "wipe":
            cut = min(max(picture.left() + self.wipe * picture.width(), seen.left()), seen.right())
            left, right = QRectF(seen), QRectF(seen)
            left.setRight(cut)
            right.setLeft(cut)
            self._draw_one(painter, "first", picture, seen, left, nearest)
            self._draw_one(painter, "second", picture, seen, right, nearest)
        else:
            self._draw_one(painter, ("first", "second")[pane] if mode == "split" else mode, picture, seen, seen, nearest)

    def _draw_one(self, painter: QPainter, which: str, picture: QRectF, seen: QRectF, part: QRectF, nearest: bool) -> None:
        array = self.array(which)
        if array is None or part.width() < 0.5 or part.height() < 0.5:
            return
        ratio = painter.device().devicePixelRatioF()                 # type: ignore[union-attr]
        source = _cells(seen, picture, array)
        target = _back(source, picture, array)
        size = round(target.width() * ratio), round(target.height() * ratio)
        painter.save()
        painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not nearest)
        if size[0] <= source.width() and size[1] <= source.height():
            pixmap = self._at_screen_size(which, array, source, size)
            painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        else:
            painter.drawImage(target, _image(array), source)
        veil = self._veil(which)
        if veil is not None:
            painter.drawImage(picture, _image(veil))
        painter.restore()

    def _veil(self, which: str) -> Shown | None:
        """What lies over a frame that is seen by itself."""
        shot = {"first": self.first, "second": self.second}.get(which)
        return None if shot is None else shot.veil

    def _at_screen_size(self, which: str, array: Shown, source: QRectF, size: tuple[int, int]) -> QPixmap:
        """What is seen, made as small as it is drawn; kept, so that a moving wipe costs nothing."""
        left, top, right, bottom = (int(edge) for edge in (source.left(), source.top(), source.right(), source.bottom()))
        key = (which, left, top, right, bottom, *size)
        if key not in self._scaled:
            if len(self._scaled) >= 2:
                self._scaled.clear()
            self._scaled[key] = QPixmap.fromImage(_image(display.smaller(array[top:bottom, left:right], *size)))
        return self._scaled[key]

    def array(self, which: str) -> Shown | None:
        """The bytes of 'first', 'second' (at the size of the first) or a composition of both."""
        if which not in self._arrays:
            made = self._made(which)
            if made is None:
                return None
            if which not in ("first", "second"):
                self._arrays = {key: kept for key, kept in self._arrays.items() if key in ("first", "second")}
            self._arrays[which] = np.ascontiguousarray(made)
        return self._arrays[which]

    def _made(self, which: str) -> Shown | None:
        if which == "first":
            return None if self.first is None else np.ascontiguousarray(self.first.image)
        if which == "second":
            return None if self.second is None else self._second(self.second)
        a, b = self.array("first"), self.array("second")
        if a is None or b is None:
            return None
        if which == "onion":
            return display.onion(a, b)
        return display.difference(a, b) if which == "difference" else display.checkerboard(a, b, CELLS)

    def _second(self, shot: Shot) -> Shown:
        image = np.ascontiguousarray(shot.image)
        image = image if self.first is None else display.like(image, self.first.image)
        if self._warp is None or self.shot is None:
            return image
        by = np.array([image.shape[1] / self.shot.size[0], image.shape[0] / self.shot.size[1]], np.float32)
        before, after = (np.asarray(points, np.float32) * by for points in self._warp)
        if np.allclose(before, after, atol=1e-4):
            return image
        onto = cv2.getPerspectiveTransform(before.astype(np.float32), after.astype(np.float32))
        return np.asarray(cv2.warpPerspective(image, onto, (image.shape[1], image.shape[0])), np.uint8)


def _image(array: Shown) -> QImage:
    """The array as an image, without a copy; it lives as long as the array does."""
    height, width = array.shape[:2]
    form = QImage.Format.Format_RGB888 if array.shape[2] == 3 else QImage.Format.Format_RGBA8888_Premultiplied
    image: QImage = QImage(array.data, width, height, array.strides[0], form)     # type: ignore[call-overload]
    return image


def _cells(part: QRectF, picture: QRectF, array: Shown) -> QRectF:
    """The whole pixels of `array` that are seen in `part` of the screen."""
    by_x, by_y = array.shape[1] / picture.width(), array.shape[0] / picture.height()
    left, top = int((part.left() - picture.left()) * by_x), int((part.top() - picture.top()) * by_y)
    right, bottom = ceil((part.right() - picture.left()) * by_x), ceil((part.bottom() - picture.top()) * by_y)
    return QRectF(left, top, min(right + 1, array.shape[1]) - left, min(bottom + 1, array.shape[0]) - top)


def _back(source: QRectF, picture: QRectF, array: Shown) -> QRectF:
    """Where pixels of `array` lie on the screen."""
    by_x, by_y = picture.width() / array.shape[1], picture.height() / array.shape[0]
    return QRectF(picture.left() + source.left() * by_x, picture.top() + source.top() * by_y, source.width() * by_x, source.height() * by_y)


def draw_wipe(painter: QPainter, x: float, top: float, bottom: float, handle_y: float) -> None:
    """The wipe's line with casing, and its round handle: a black disc with two chevrons in a white ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.CASING)
    painter.drawRect(QRectF(x - 2, top, 4, bottom - top))
    painter.setBrush(theme.ON_PICTURE)
    painter.drawRect(QRectF(x - 1, top, 2, bottom - top))
    middle = QPointF(x, handle_y)
    painter.setBrush(theme.CASING)
    painter.drawEllipse(middle, HANDLE / 2 + 1, HANDLE / 2 + 1)
    painter.setBrush(Qt.GlobalColor.black)
    painter.setPen(QPen(theme.ON_PICTURE, 2))
    painter.drawEllipse(middle, HANDLE / 2 - 1, HANDLE / 2 - 1)
    painter.setPen(QPen(theme.ON_PICTURE, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    for way in (-1, 1):
        painter.drawPolyline(QPolygonF([middle + QPointF(way * 3.2, -4), middle + QPointF(way * 7.2, 0), middle + QPointF(way * 3.2, 4)]))


def hits_wipe(place: QPointF, x: float, handle_y: float) -> bool:
    """Whether the mouse is on the handle (44 px across) or on the line."""
    across = abs(place.x() - x)
    return across <= 6 or (across <= HIT / 2 and abs(place.y() - handle_y) <= HIT / 2)
