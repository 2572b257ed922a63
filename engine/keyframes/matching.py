"""Which frame of the scan is it that was painted elsewhere? Its name says so, or its picture; what a name says, the picture confirms.

Pictures are compared by the normalised correlation of luma without its local mean and contrast (`align.features.normalised`): neither
colour, nor tone, nor grain counts much for it. The gate of a scan at full aperture is common to all its frames, so only the live area
counts. One look at the scan leaves a small plane of each frame; the frames that are most like a
picture are read again and compared at a size at which neighbours differ.
"""
from __future__ import annotations

import math
import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.features import Box, blurred, displayed, grey, live_area, normalised
from engine.errors import DamagedFrame, MediaError
from engine.keyframes.pictures import Painting
from engine.media.colour import luma
from engine.media.source import FrameSource
from engine.run import Run, each

Floats = NDArray[np.float32]

FINE, COARSE = 160, 48      # width of the planes that are compared
SHARPER = 20                # sigma of the local mean and contrast: a part of the width of a plane
ALIKE = 0.27                # correlation from which two planes show one picture, of a picture of any size
CHANCE = 1.5                # and so much more, over the root of the number of places that a plane can differ in
BLOB = 16                   # pixels that differ together
BETTER = 0.05               # correlation by which another frame is more like a picture than the one it is named after
DOUBT = 0.01                # by which the named frame is in doubt, but still it: neighbours of a quiet shot differ as little
AS_GOOD = 0.03              # by which two frames cannot be told apart
LOOKED_AT = 6               # frames compared again at the fine size
NEAR = (1, 2, 4, 8, 16, 32, 64)       # frames this far from the named one are looked at
FAINT = 0.01                # deviation of luma's detail below which there is no picture to compare
SHAPE = 0.02                # part by which width over height may differ
SCALE, CHUNK, KEPT = 32, 4096, 64
CROPS = tuple(float(part) for part in np.geomspace(1, 0.4, 24))    # of the frame's width, that a part of it is tried at
CUT = 0.6                   # correlation with a part of the frame
GATE = 0.02                 # of the live area, left out along its edges

TURNED = {
    (0, True): "mirrored", (2, False): "turned by 180 degrees", (2, True): "mirrored, upside down", (1, False): "turned by 90 degrees",
    (3, False): "turned by 90 degrees", (1, True): "mirrored and turned by 90 degrees", (3, True): "mirrored and turned by 90 degrees",
}


@dataclass(frozen=True)
class Match:
    """`index` is the frame; `how` 'name', 'picture' or, with `aligned`, 'order'; `score` the correlation with it, -1..1. `second` is that
    of the best other frame: of those near by for 'name', outside its neighbours for 'picture', 0 where none was compared. Not `sure` where
    that is as good or better, or nothing could be compared."""

    index: int
    how: str
    score: float
    second: float
    sure: bool


@dataclass(frozen=True)
class _View:
    """What of a painting is compared: a plane, and where it shows anything (float 0 or 1)."""

    plane: Floats
    valid: Floats

    @property
    def needed(self) -> float:
        return ALIKE + CHANCE / math.sqrt(max(float(self.valid.sum()) / BLOB, 1))

    def score(self, scan: Floats) -> float:
        """-1..1 with a plane of the scan."""
        scan = scan * self.valid
        power = float(np.vdot(self.plane, self.plane)) * float(np.vdot(scan, scan))
        return float(np.vdot(self.plane, scan)) / math.sqrt(power + 1e-12)


class Matcher:
    """Finds the frames of `scan`, display-referred by `encoding`, that pictures show. The scan is looked at as a whole only where a picture
    has no name that says it, or a wrong one, and once. With `aligned`, names and order are trusted and the size must be the scan's."""

    def __init__(self, scan: FrameSource, encoding: str, run: Run, aligned: bool = False) -> None:
        self._scan, self._encoding, self._run, self._aligned = _Blackened(scan), encoding, run, aligned
        self._names = {scan.name(index): index for index in range(len(scan))}
        self._numbers = {int(name): index for name, index in self._names.items() if name.lstrip("-").isdigit()}
        self._live: Box | None = None
        self._fine: OrderedDict[int, Floats] = OrderedDict()
        self._coarse: NDArray[np.int8] | None = None

    def named(self, path: Path) -> int | None:
        """The frame that a file's name says: it is or ends with the scan's name of it, or with its number, or holds that name by itself."""
        stem = path.stem
        ends = [stem[at:] for at in range(len(stem)) if at == 0 or _kind(stem[at - 1]) != _kind(stem[at]) or not stem[at - 1].isalnum()]
        said = [name for name in (*ends, *re.findall(r"\d{3,}", stem)[::-1]) if name in self._names]
        if said:
            return self._names[said[0]]
        number = re.search(r"\d+$", stem)
        return self._numbers.get(int(number[0])) if number else None

    def match(self, painting: Painting, place: int | None = None) -> Match:
        """The frame that `painting` shows; `place` is the one it stands for by order, which counts with `aligned` only.

        Raises MediaError where it is of another shape, turned, of another frame than its name says (and says of which), or of none."""
        index = self.named(painting.path)
        if self._aligned:
            return self._trusted(painting, place if index is None else index, "order" if index is None else "name")
        self._check_shape(painting, index)
        view = self._view(painting, FINE)
        if _faint(painting):
            if index is None:
                raise MediaError(f"{painting.path}: it holds colour but no picture to know its frame by; name it as the scan names "
                                 "the frame")
            return Match(index, "name", 0.0, 0.0, False)
        if index is None:
            return self._by_picture(painting, view)
        score = view.score(self._plane(index))
        near = [k for step in NEAR for k in (index - step, index + step) if 0 <= k < len(self._scan)]
        better = max((view.score(self._plane(k)) for k in near), default=-1.0)
        if score >= view.needed and better <= score + BETTER:
            return Match(index, "name", score, better, better <= score + DOUBT)
        raise self._misnamed(painting, index, view)

    def _trusted(self, painting: Painting, index: int | None, how: str) -> Match:
        if index is None or not 0 <= index < len(self._scan):
            raise MediaError(f"{painting.path}: its name is that of no frame; name it as the scan names the frame")
        width, height = painting.size
        info = self._scan.info
        if (width, height) != (info.width, info.height):
            raise MediaError(f"{painting.path}: it is {width} x {height}, but the scan is {info.width} x {info.height}; aligned pictures "
                             "have the size of the scan")
        return Match(index, how, 0.0, 0.0, True)

    def _misnamed(self, painting: Painting, index: int, view: _View) -> MediaError:
        """In words: what is wrong with a picture that does not show the frame it is named after."""
        name = self._scan.name(index)
        if turned := self._turned(painting, [index]):
            return MediaError(f"{painting.path}: frame {name} is {turned} in it; turn it back and save it again")
        try:
            found = self._by_picture(painting, view)
        except MediaError:
            if self._cropped(painting, index):
                return MediaError(f"{painting.path}: it shows only a part of frame {name}; save the whole frame")
            return MediaError(f"{painting.path}: it is named as frame {name} but looks like no frame of the scan; is it of another film?")
        return MediaError(f"{painting.path}: it is named as frame {name} but looks like frame {self._scan.name(found.index)}; rename it, "
                          "or paint on the right frame")

    def _by_picture(self, painting: Painting, view: _View) -> Match:
        scores = self._look(painting)
        best = [int(k) for k in np.argsort(scores)[::-1][:LOOKED_AT]]
        fine = {k: view.score(self._plane(k)) for k in best}
        index = max(fine, key=lambda k: fine[k])
        if fine[index] < view.needed:
            if turned := self._turned(painting, None):
                raise MediaError(f"{painting.path}: a frame of the scan is {turned} in it; turn it back and save it again")
            raise MediaError(f"{painting.path}: it looks like no frame of the scan (most like {self._scan.name(index)}, {fine[index]:.2f} "
                             "of 1); is it of another film, or cut off?")
        outside = _outside(scores, index)
        second = int(np.argmax(np.where(outside, scores, -2)))
        rival = view.score(self._plane(second)) if outside.any() else 0.0
        return Match(index, "picture", fine[index], rival, rival < fine[index] - AS_GOOD)

    def _turned(self, painting: Painting, indices: Sequence[int] | None) -> str:
        """How the picture shows one of some frames (None: of all), turned or mirrored; '' where it does not."""
        for (quarters, mirrored), words in TURNED.items():
            turned = _turn(painting, quarters, mirrored)
            if self._fits(turned):
                view = self._view(turned, FINE)
                likely = indices if indices is not None else [int(np.argmax(self._look(turned)))]
                if max(view.score(self._plane(k)) for k in likely) >= view.needed:
                    return words
        return ""

    def _cropped(self, painting: Painting, index: int) -> bool:
        """Whether the picture is a part of the frame, of whatever size and shape."""
        plane = self._plane(index)
        down, across = plane.shape
        tall = painting.size[1] / painting.size[0] * across
        for part in CROPS:
            size = (round(across * part), round(tall * part))
            if size[1] <= down:
                small = _resized(luma(painting.picture), size)
                piece = normalised(blurred(small, 1.0), np.ones_like(small), across / SHARPER)
                if float(cv2.matchTemplate(plane, piece, cv2.TM_CCORR_NORMED).max()) >= CUT:
                    return True
        return False

    def _fits(self, painting: Painting) -> bool:
        width, height = painting.size
        info = self._scan.info
        wide = info.width / info.height
        return any(abs(width / height / shape - 1) <= SHAPE for shape in (wide, wide * float(info.pixel_aspect)))

    def _check_shape(self, painting: Painting, index: int | None) -> None:
        if self._fits(painting):
            return
        width, height = painting.size
        info = self._scan.info
        if self._fits(_turn(painting, 1, False)) and (turned := self._turned(painting, None if index is None else [index])):
            raise MediaError(f"{painting.path}: the frame is {turned} in it; turn it back and save it again")
        what = "it is cut off or stretched"
        if index is not None:
            view, name = self._view(painting, FINE), self._scan.name(index)
            if self._cropped(painting, index):
                what = f"it shows only a part of frame {name}"
            elif view.score(self._plane(index)) >= view.needed:
                what = f"it shows frame {name} stretched"
        raise MediaError(f"{painting.path}: it is {width} x {height}, another shape than the scan's {info.width} x {info.height}; {what}: "
                         "save the whole frame in its own shape")

    def _size(self, width: int) -> tuple[int, int]:
        return width, max(8, round(width * self._scan.info.height / self._scan.info.width))

    def _plane(self, index: int) -> Floats:
        """The fine plane of a frame; the last that were asked for are kept."""
        if index not in self._fine:
            self._run.step(0, 1, "comparing pictures")
            self._fine[index] = self._seen(index, FINE)
            if len(self._fine) > KEPT:
                self._fine.popitem(last=False)
        self._fine.move_to_end(index)
        return self._fine[index]

    def _seen(self, index: int, width: int) -> Floats:
        small = cv2.resize(grey(self._scan.read(index)), self._size(width), interpolation=cv2.INTER_AREA)
        return _detail(displayed(np.asarray(small, np.float32), self._encoding), self._valid(width))

    def _valid(self, width: int) -> Floats:
        """Float 1 in the live area of a plane of that width, a little less than all of it; 0 in the gate."""
        if self._live is None:
            self._live = live_area(self._scan, self._run)
        (across, down), info = self._size(width), self._scan.info
        x0, x1 = (self._live[k] * across / info.width for k in (0, 2))
        y0, y1 = (self._live[k] * down / info.height for k in (1, 3))
        ix, iy = ((x1 - x0) * GATE, (y1 - y0) * GATE) if (x1 - x0, y1 - y0) != (across, down) else (0.0, 0.0)
        valid = np.zeros((down, across), np.float32)
        valid[math.ceil(y0 + iy):math.floor(y1 - iy), math.ceil(x0 + ix):math.floor(x1 - ix)] = 1
        return valid

    def _view(self, painting: Painting, width: int) -> _View:
        """The painting as the scan's planes are, where it is not transparent."""
        size = self._size(width)
        small, alpha = (_resized(p, size) for p in (np.clip(painting.picture, -0.1, 1.5), painting.alpha))
        valid = (alpha > 0.9) * self._valid(width)
        return _View(_detail(luma(small), valid), valid)

    def _look(self, painting: Painting) -> Floats:
        """(frames,) correlation of the coarse planes of all frames with the painting's."""
        planes, view = self._planes(), self._view(painting, COARSE)
        known, weight = view.plane.ravel(), view.valid.ravel()
        scores = np.empty(len(planes), np.float32)
        for start in range(0, len(planes), CHUNK):
            part = planes[start:start + CHUNK].astype(np.float32)
            scores[start:start + CHUNK] = part @ known / np.sqrt(np.square(part) @ weight * float(known @ known) + 1e-12)
        return scores

    def _planes(self) -> NDArray[np.int8]:
        """(frames, d) the coarse planes of the whole scan, 8 bits a pixel: under 2 kB a frame. Read once."""
        if self._coarse is None:
            width, height = self._size(COARSE)
            planes = np.empty((len(self._scan), width * height), np.int8)
            seen: Iterable[Floats] = each(lambda k: self._seen(k, COARSE), range(len(planes)), room=self._scan.info.working_bytes)
            for k, plane in enumerate(seen):
                self._run.step(k, len(planes), "looking at the scan")
                planes[k] = np.clip(np.rint(plane * SCALE), -127, 127).ravel()
            self._coarse = planes
        return self._coarse


class _Blackened(FrameSource):
    """A source whose damaged frames are black, so that they are like nothing and stop nothing."""

    def __init__(self, source: FrameSource) -> None:
        self.info, self._source = source.info, source

    def read(self, index: int) -> Floats:
        try:
            return self._source.read(index)
        except DamagedFrame:
            return np.zeros((self.info.height, self.info.width, 3), np.float32)

    def name(self, index: int) -> str:
        return self._source.name(index)

    def files(self, index: int) -> tuple[Path, ...]:
        return self._source.files(index)


def _kind(character: str) -> int:
    return character.isdigit() + 2 * character.isalpha()


def _outside(scores: Floats, index: int) -> NDArray[np.bool_]:
    """(frames,) where the run of frames that are nearly as like as frame `index` has ended."""
    unlike = np.flatnonzero(scores < scores[index] - 2 * BETTER)
    before, after = unlike[unlike < index], unlike[unlike > index]
    outside = np.ones(len(scores), np.bool_)
    outside[before[-1] + 1 if len(before) else 0:after[0] if len(after) else len(scores)] = False
    return outside


def _turn(painting: Painting, quarters: int, mirrored: bool) -> Painting:
    planes = (np.rot90(plane, quarters) for plane in (painting.picture, painting.alpha))
    picture, alpha = (np.ascontiguousarray(plane[:, ::-1] if mirrored else plane) for plane in planes)
    return Painting(painting.path, picture, alpha)


def _resized(plane: Floats, size: tuple[int, int]) -> Floats:
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def _detail(plane: Floats, valid: Floats) -> Floats:
    wide = plane.shape[1]
    return normalised(blurred(plane, 1.0) if wide > COARSE else plane, valid, wide / SHARPER) * valid


def _faint(painting: Painting) -> bool:
    """Whether the painting is colour on a transparent ground without the shapes of a picture in it."""
    if painting.opaque:
        return False
    height, width = painting.alpha.shape
    size = (min(width, FINE), max(8, round(height * min(width, FINE) / width)))
    small, alpha = (_resized(plane, size) for plane in (painting.picture, painting.alpha))
    inside = cv2.erode((alpha > 0.98).astype(np.float32), np.ones((17, 17), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0) > 0
    y = luma(small)
    return not inside.any() or float((y - blurred(y, 3.0))[inside].std()) < FAINT
