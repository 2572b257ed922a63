"""What was painted on one frame, carried to a frame near it: a suggestion for the user to accept.

Pixels are followed by dense optical flow on luma (Kroeger, Timofte, Dai and Van Gool, "Fast optical flow using dense inverse search", ECCV
2016). What does not come back to where it started when it is followed there and back again (Sundaram, Brox and Keutzer, "Dense point
trajectories by GPU-accelerated large displacement optical flow", ECCV 2010), or looks different there, is left without colour. Edges are
those of the new frame.
"""
from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.keyframes.geodesic import distances
from engine.keyframes.keyframe import Layer
from engine.keyframes.painted import Painted
from engine.keyframes.spread import Scene, within
from engine.media.colour import from_ycbcr, luma
from engine.media.source import Picture

Floats = NDArray[np.float32]

ASTRAY = 1.0            # pixels of the small picture that there and back may miss by
OF_WAY = 0.05           # and so much of the way itself
UNLIKE = 4.0            # grains that a pixel may look different by
ABOUT = 5               # pixels of the small picture about one, whose saturation it takes
SURE = 0.9              # alpha of a seed
BETWEEN = 0.02          # how far seeds spread
LEAST = 0.0002          # share of a picture below which nothing is suggested


def propagated(painted: Painted, here: Picture, there: Picture) -> dict[int, Layer]:
    """What of `painted` is seen again, by the number of the swatch (0: what has none): a layer each for the frame of `there`. `here`, which
    was painted, and `there` are (h, w, 3) of one size, balanced and display-referred; chroma follows the luma of `there` as it did that of
    `here`, and stays within what it allows for. Empty where nothing is found again."""
    scene = Scene(np.ascontiguousarray(there, np.float32))
    place, holds = _followed(Scene(np.ascontiguousarray(here, np.float32)), scene)
    numbers = [int(number) for number in np.unique(painted.swatch[painted.alpha > 0.5])]
    if not numbers:
        return {}
    size = scene.small.shape[::-1]
    weight = np.maximum(luma(here), 0)
    planes, saturations = [], []
    for number in numbers:
        alpha = np.where(painted.swatch == number, painted.alpha, np.float32(0))
        sums = np.concatenate([painted.chroma * alpha[..., None], (alpha * weight)[..., None], alpha[..., None]], -1)
        moved = _moved(np.asarray(cv2.resize(sums, size, interpolation=cv2.INTER_AREA), np.float32), place)
        planes.append(moved[..., 3])
        sums = np.asarray(cv2.blur(moved, (ABOUT, ABOUT)), np.float32)
        saturations.append(sums[..., :2] / np.maximum(sums[..., 2:3], 1e-4))
    alphas = scene.enlarged(_seen(scene, np.stack(planes), holds))
    alphas /= np.maximum(alphas.sum(0), 1)
    tone = luma(scene.picture)
    return {number: Layer(_laid(saturation, tone).astype(np.float16), alpha.astype(np.float16))
            for number, saturation, alpha in zip(numbers, saturations, alphas, strict=True) if alpha.mean() > LEAST}


def _seen(scene: Scene, planes: Floats, holds: Floats) -> Floats:
    """(n, h, w): the planes where they hold, and what lies between, decided by the picture."""
    nothing = 1 - np.minimum(planes.sum(0), 1)
    seeds = (np.concatenate([planes, nothing[None]]) > SURE) & (holds > 0)
    fields = distances(scene.small, seeds)
    nearest = fields.argmin(0)
    return np.stack([(nearest == k) * within(field, BETWEEN) for k, field in enumerate(fields[:-1])])


def _followed(here: Scene, there: Scene) -> tuple[Floats, Floats]:
    """For each pixel of the small picture of `there` its place x, y in that of `here` (h, w, 2), and 1 where that holds, else 0 (h, w)."""
    forth, back = _flow(there, here), _flow(here, there)
    height, width = there.small.shape
    grid = np.stack(np.meshgrid(np.arange(width), np.arange(height)), -1).astype(np.float32)
    place = grid + forth
    astray = np.sqrt(np.square(forth + _moved(back, place)).sum(-1))
    close = astray <= ASTRAY + OF_WAY * np.sqrt(np.square(forth).sum(-1))
    apart = np.sqrt(np.square(_moved(here.small.features, place) - there.small.features).sum(-1))
    alike = apart <= UNLIKE * max(here.small.grain, there.small.grain)
    inside = (place >= -0.5).all(-1) & (place[..., 0] <= width - 0.5) & (place[..., 1] <= height - 0.5)
    holds = (close & alike & inside).astype(np.uint8)
    return place, cv2.morphologyEx(holds, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)).astype(np.float32)


def _flow(a: Scene, b: Scene) -> Floats:
    """(h, w, 2): from each pixel of the small picture of `a` to where it is in that of `b`."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    search.setFinestScale(0)
    tones = [np.clip(scene.small.features[..., 0] * 255, 0, 255).astype(np.uint8) for scene in (a, b)]
    return np.asarray(search.calc(tones[0], tones[1], np.zeros((*tones[0].shape, 2), np.float32)), np.float32)


def _moved(planes: Floats, place: Floats) -> Floats:
    moved = cv2.remap(planes, place[..., 0], place[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.float32)


def _laid(saturation: Floats, tone: Floats) -> Floats:
    """Chroma (h, w, 2) for luma (h, w), by chroma over luma (any size, 2), and no more saturated than that luma allows for."""
    height, width = tone.shape
    chroma = np.asarray(cv2.resize(saturation, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    y = np.clip(tone, 0, 1)[..., None]
    chroma = chroma * y
    apart = from_ycbcr(np.concatenate([np.zeros_like(y), chroma], -1))
    with np.errstate(all="ignore"):
        room = np.where(apart > 0, (1 - y) / apart, np.where(apart < 0, -y / apart, np.inf)).min(-1, keepdims=True)
    return np.asarray(chroma * np.clip(room, 0, 1), np.float32)
