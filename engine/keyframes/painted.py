"""A keyframe painted: its operations laid on a picture of the frame, one after another.

Scribbles spread together. Everything else is kept apart from them, as colour times alpha and as how much of what lies below is still seen
(Porter and Duff, "Compositing digital images", SIGGRAPH 1984), so that neither is done again where the other changes; in each place the
later of the two lies on top.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.keyframes.geodesic import distances
from engine.keyframes.keyframe import Keyframe, Layer, Op, Point
from engine.keyframes.palette import Swatch
from engine.keyframes.spread import Scene, reach_limit, shares, within
from engine.keyframes.strokes import EMPTY, Box, Cover, brush, lasso
from engine.media.colour import LUMA, from_ycbcr, luma, to_ycbcr
from engine.media.source import Picture

Floats = NDArray[np.float32]
Colour = tuple[float, float, float]

WIDTH = 1024        # at which keyframes are painted, and which the net is trained on; a narrower frame has its own width
FILL = 0.008        # of the width: the disc about the point of a fill whose colours it knows
TOLD = 1 / 255      # alpha below which a pixel counts as having no colour
HISTORY = 192 << 20     # bytes of what lay below operations, kept so that they are taken back at once
FIELDS, BASES, LAYERS = 48, 3, 4    # distances, spread scribbles and layers that are kept in case they come again
DARKEST = 0.04      # luma of a swatch below which its colour tells nothing


@dataclass(frozen=True)
class Painted:
    """The colour of a keyframe. `chroma` (h, w, 2) Cb, Cr; `alpha` (h, w) 0..1 how far a pixel has that colour, 0 = nobody said any;
    `swatch` (h, w) the number of the swatch that it has, 0 = none; `op` (h, w) the place of the operation that gave it, from 1 on,
    0 = none."""

    chroma: NDArray[np.float32]
    alpha: NDArray[np.float32]
    swatch: NDArray[np.int32]
    op: NDArray[np.int32]

    @property
    def share(self) -> float:
        """Of the picture that has colour, 0..1."""
        return float((self.alpha > 0.5).mean())

    @staticmethod
    def nothing(height: int, width: int) -> Painted:
        return Painted(np.zeros((height, width, 2), np.float32), np.zeros((height, width), np.float32),
                       np.zeros((height, width), np.int32), np.zeros((height, width), np.int32))


def laid(colour: tuple[float, float, float], luma: NDArray[np.float32]) -> NDArray[np.float32]:
    """Chroma (..., 2) of a colour on luma (...) 0..1: the colour lighter or darker by as much as the luma is, in R'G'B' display-referred
    Rec.709, and no more saturated than that luma allows for."""
    own = np.array(colour, np.float32)
    weight = max(float(own @ LUMA), DARKEST)
    unit = to_ycbcr(own[None, None])[0, 0, 1:] / weight
    apart = own / weight - float(own @ LUMA) / weight       # of each channel from luma, at luma 1
    y = np.clip(luma, 0, 1)[..., None]
    with np.errstate(all="ignore"):
        room = np.where(apart > 0, (1 - y) / apart, np.where(apart < 0, -y / apart, np.inf)).min(-1)
    return np.asarray(unit * np.minimum(y[..., 0], room)[..., None], np.float32)


def shown(picture: Picture, painted: Painted) -> Picture:
    """`picture` (h, w, 3), display-referred, with the colour that was painted on it, as far as alpha says, and its own beside. Luma is that
    of the picture to the rounding of float32, whatever its values are; nothing is clipped."""
    ycc = to_ycbcr(picture)
    ycc[..., 1:] += painted.alpha[..., None] * (painted.chroma - ycc[..., 1:])
    return from_ycbcr(ycc)


def paint(keyframe: Keyframe, picture: Picture, palette: Sequence[Swatch], project: Path) -> Painted:
    """What was done to a keyframe, on `picture` (h, w, 3) of its frame: balanced, display-referred, at most WIDTH wide. What is done with a
    swatch that the palette does not have is left out. Raises MediaError where a layer is gone or damaged."""
    return Canvas(picture, palette, project, keyframe.name).set(keyframe)


@dataclass(frozen=True)
class _Step:
    """An operation, its place among all (from 1 on) and its colour."""

    place: int
    op: Op
    colour: Colour


class Canvas:
    """A keyframe while it is painted: `set` does no more than what changed asks for, and gives what `paint` gives. `box` (top, left,
    bottom, right) is what the last `set` changed, in pixels."""

    def __init__(self, picture: Picture, palette: Sequence[Swatch], project: Path, name: str) -> None:
        self.palette = tuple(palette)
        self.box: Box = EMPTY
        self._stale: Box = EMPTY
        self._scene = Scene(np.ascontiguousarray(picture, np.float32))
        self._luma = luma(self._scene.picture)
        self._painted = Painted.nothing(*self._luma.shape)
        self._covers = _Covers(self._scene)
        self._base = _Base(self._scene, self._luma, self._covers)
        self._over = _Over(self._luma, self._covers, project, name)

    def set(self, keyframe: Keyframe, palette: Sequence[Swatch] | None = None) -> Painted:
        """Paint `keyframe` as it is now, with another palette where one is given. The planes of the result are the canvas's own and change
        with the next call: copy what is to be kept. Raises MediaError as `paint` does."""
        self.palette = self.palette if palette is None else tuple(palette)
        colours = {swatch.number: swatch.colour for swatch in self.palette}
        steps = [_Step(place, op, colours.get(op.swatch, (0.0, 0.0, 0.0))) for place, op in enumerate(keyframe.ops, 1)
                 if op.swatch in colours or op.tool == "erase" or (op.tool == "layer" and not op.swatch)]
        scribbles = tuple(step for step in steps if step.op.tool == "scribble")
        box, self._stale = self._stale, (0, 0, *self._scene.shape)      # what is cut short is composed anew
        box = _union(box, self._base.set(scribbles))
        self.box = _union(box, self._over.set([step for step in steps if step.op.tool != "scribble"]))
        self._compose(self.box)
        self._stale = EMPTY
        return self._painted

    def _compose(self, box: Box) -> None:
        here = slice(box[0], box[2]), slice(box[1], box[3])
        base, over, painted = self._base.painted, self._over, self._painted
        later = base.op[here] > over.last[here]
        below = np.where(later, 1, over.through[here]) * base.alpha[here]
        above = over.alpha[here] * np.where(later, 1 - base.alpha[here], 1)
        left = above / np.maximum(over.alpha[here], 1e-6)
        alpha = above + below
        colour = left[..., None] * over.colour[here] + below[..., None] * base.chroma[here]
        painted.alpha[here] = np.minimum(alpha, 1)
        painted.chroma[here] = colour / np.maximum(alpha, 1e-6)[..., None]
        more, told = above > below, alpha >= TOLD
        painted.swatch[here] = np.where(more, over.swatch[here], base.swatch[here]) * told
        painted.op[here] = np.where(more, over.op[here], base.op[here]) * told


class _Covers:
    """How far strokes, fills and lassos cover a frame; distances are kept in case they come again."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._fields: dict[tuple[tuple[Point, ...], ...], Floats] = {}

    def fields(self, kinds: Sequence[Sequence[Op]]) -> Floats:
        """(n, h, w) of the small picture: distances from the strokes of each kind."""
        keys = [tuple((*op.points, (op.size, 0.0, 0.0)) for op in kind) for kind in kinds]
        lacking = [k for k, key in enumerate(keys) if key not in self._fields]
        if lacking:
            seeds = np.stack([self._seeds(kinds[k]) for k in lacking])
            for k, field in zip(lacking, distances(self.scene.small, seeds), strict=True):
                self._fields[keys[k]] = field
        result = np.stack([self._fields[key] for key in keys])
        for key in keys:
            self._fields[key] = self._fields.pop(key)
        for key in list(self._fields)[:-FIELDS]:
            del self._fields[key]
        return result

    def _seeds(self, strokes: Sequence[Op]) -> NDArray[np.bool_]:
        """What strokes run over on the small picture, however thin they are."""
        covered = np.zeros(self.scene.small.shape, np.bool_)
        for op in strokes:
            plane = brush(op.points, op.size, 1.0, self.scene.small.shape).whole(self.scene.small.shape)
            covered |= (plane >= min(0.5, float(plane.max()))) & (plane > 0)
        return covered

    def of(self, op: Op) -> Cover:
        """What a brush, an eraser, a lasso or a fill covers."""
        if op.tool == "lasso":
            return lasso(op.points, op.hardness, self.scene.shape)
        if op.tool != "fill":
            return brush(op.points, op.size, op.hardness, self.scene.shape)
        disc = Op("fill", points=op.points[:1], size=FILL)
        grown = within(self.fields([[disc]])[0], reach_limit(op.reach))
        alpha = self.scene.enlarged(grown[None])[0]
        left, top, wide, tall = cv2.boundingRect((alpha > 0).astype(np.uint8))
        return Cover((top, left, top + tall, left + wide), alpha[top:top + tall, left:left + wide])


class _Base:
    """The scribbles of a keyframe, spread together."""

    def __init__(self, scene: Scene, luma: Floats, covers: _Covers) -> None:
        self._scene, self._luma, self._covers = scene, luma, covers
        self._known: dict[tuple[_Step, ...], Painted] = {(): Painted.nothing(*scene.shape)}
        self._steps: tuple[_Step, ...] = ()
        self.painted = self._known[()]

    def set(self, steps: tuple[_Step, ...]) -> Box:
        """What changed."""
        if steps == self._steps:
            return EMPTY
        if steps not in self._known:
            self._known[steps] = self._spread(steps)
        self._known[steps] = self.painted = self._known.pop(steps)
        for key in [key for key in self._known if key][:-BASES]:
            del self._known[key]
        self._steps = steps
        return 0, 0, *self._scene.shape

    def _spread(self, steps: tuple[_Step, ...]) -> Painted:
        numbers = tuple(dict.fromkeys(step.op.swatch for step in steps))
        kinds = [[step for step in steps if step.op.swatch == number] for number in numbers]
        planes = self._scene.enlarged(shares(self._covers.fields([[step.op for step in kind] for kind in kinds])))
        total = planes.sum(0)
        chroma = np.zeros((*total.shape, 2), np.float32)
        for plane, kind in zip(planes, kinds, strict=True):
            chroma += plane[..., None] * laid(kind[0].colour, self._luma)
        chroma /= np.maximum(total, 1e-6)[..., None]
        winner, told = planes.argmax(0), total >= TOLD
        swatch = np.array(numbers, np.int32)[winner] * told
        places = np.stack([self._nearest(kind) for kind in kinds])
        op = np.take_along_axis(places, winner[None], 0)[0] * told
        return Painted(chroma, np.minimum(total, 1), swatch, op)

    def _nearest(self, kind: Sequence[_Step]) -> NDArray[np.int32]:
        """(h, w): the place of the stroke that lies nearest."""
        here = np.zeros(self._scene.small.shape, np.int32)
        for step in kind:
            stroke = brush(step.op.points, step.op.size, 1.0, here.shape)
            here[stroke.here][stroke.alpha > 0] = step.place
        _, labels = cv2.distanceTransformWithLabels((here == 0).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
        of_label = np.zeros(int(labels.max()) + 1, np.int32)
        of_label[labels[here > 0]] = here[here > 0]
        height, width = self._scene.shape
        return np.asarray(cv2.resize(of_label[labels], (width, height), interpolation=cv2.INTER_NEAREST), np.int32)


class _Over:
    """What is not scribbled: `colour` (h, w, 2) chroma times `alpha` (h, w), and how much is seen `through` it (h, w); `swatch` and `op` as
    those of Painted; `last` (h, w) the place of what covers a pixel, an eraser too."""

    def __init__(self, luma: Floats, covers: _Covers, project: Path, name: str) -> None:
        self._luma, self._covers, self._project, self._name = luma, covers, project, name
        self._layers: dict[str, Layer] = {}
        self._reset()

    def _reset(self) -> None:
        shape = self._luma.shape
        self.colour, self.alpha, self.through = np.zeros((*shape, 2), np.float32), np.zeros(shape, np.float32), np.ones(shape, np.float32)
        self.swatch, self.op, self.last = (np.zeros(shape, np.int32) for _ in range(3))
        self._steps: list[_Step] = []
        self._below: list[tuple[Box, list[NDArray[np.generic]]]] = []       # of the last of these steps, what lay there before

    @property
    def _planes(self) -> tuple[NDArray[np.generic], ...]:
        return self.colour, self.alpha, self.through, self.swatch, self.op, self.last

    def set(self, steps: list[_Step]) -> Box:
        """What changed."""
        same = next((k for k, (a, b) in enumerate(zip(steps, self._steps, strict=False)) if a != b), min(len(steps), len(self._steps)))
        changed = EMPTY
        if len(self._steps) - same > len(self._below):
            self._reset()
            same, changed = 0, (0, 0, *self._luma.shape)
        while len(self._steps) > same:
            changed = _union(changed, self._take_back())
        for step in steps[same:]:
            changed = _union(changed, self._lay(step))
        return changed

    def _take_back(self) -> Box:
        self._steps.pop()
        box, before = self._below.pop()
        for plane, old in zip(self._planes, before, strict=True):
            plane[box[0]:box[2], box[1]:box[3]] = old
        return box

    def _lay(self, step: _Step) -> Box:
        cover, chroma = self._layer(step.op) if step.op.tool == "layer" else (self._covers.of(step.op), None)
        here, alpha = cover.here, cover.alpha
        self._below.append((cover.box, [plane[here].copy() for plane in self._planes]))
        self._steps.append(step)
        left = 1 - alpha
        self.last[here][alpha > 0.5] = step.place
        if step.op.tool != "erase":
            mine = alpha > self.alpha[here] * left
            self.swatch[here][mine], self.op[here][mine] = step.op.swatch, step.place
        self.through[here] *= left
        self.alpha[here] *= left
        self.colour[here] *= left[..., None]
        if step.op.tool != "erase":
            self.alpha[here] += alpha
            self.colour[here] += alpha[..., None] * (laid(step.colour, self._luma[here]) if chroma is None else chroma)
        self._forget()
        return cover.box

    def _layer(self, op: Op) -> tuple[Cover, Floats]:
        """What a layer covers, and its chroma there."""
        layer = self._layers.pop(op.file) if op.file in self._layers else Layer.load(self._project, self._name, op.file)
        self._layers[op.file] = layer
        for file in list(self._layers)[:-LAYERS]:
            del self._layers[file]
        height, width = self._luma.shape
        planes = np.concatenate([layer.chroma.astype(np.float32), layer.alpha.astype(np.float32)[..., None]], -1)
        planes[..., :2] *= planes[..., 2:]
        way = cv2.INTER_AREA if planes.shape[1] > width else cv2.INTER_LINEAR
        planes = np.asarray(cv2.resize(planes, (width, height), interpolation=way), np.float32)
        left, top, wide, tall = cv2.boundingRect((planes[..., 2] > 0).astype(np.uint8))
        part = planes[top:top + tall, left:left + wide]
        chroma = part[..., :2] / np.maximum(part[..., 2:], 1e-6) * np.float32(op.strength)
        return Cover((top, left, top + tall, left + wide), np.clip(part[..., 2], 0, 1)), chroma

    def _forget(self) -> None:
        """Keep no more of what lay below than HISTORY, but always that of the last step."""
        size = sum(plane.nbytes for _, planes in self._below for plane in planes)
        while size > HISTORY and len(self._below) > 1:
            size -= sum(plane.nbytes for plane in self._below.pop(0)[1])


def _union(a: Box, b: Box) -> Box:
    if a == EMPTY or b == EMPTY:
        return b if a == EMPTY else a
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
