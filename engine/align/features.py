"""What fading does not change: locally normalised luma, the live area of a film, and a small signature of every frame.

A dye that has faded takes contrast and colour from a picture but leaves its edges where they were. Everything in this room compares
planes from which the local mean and the local contrast have been taken out (Pizer et al., Adaptive histogram equalization, 1987, gives
the idea; the division by the local deviation is that of Wallis filters in photogrammetry).
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.media.colour import LUMA, to_display
from engine.media.source import FrameSource
from engine.run import Run

Plane = NDArray[np.float32]
Matrix = NDArray[np.float64]
Box = tuple[int, int, int, int]

SIGNATURE = (40, 30)        # width, height of a signature
_SAMPLES = 24               # frames looked at to find the live area
_DARK = 0.15                # part of the way from black to bright that a frame line stays below
_NO_BORDER = 0.35           # where even the darkest place reaches this part of the bright there is no border


def grey(picture: NDArray[np.float32]) -> Plane:
    """(h, w) weighted sum of the channels in the encoding they are stored in; `displayed` makes it display-referred when it is small."""
    weights: Any = LUMA.reshape(1, 3)
    return np.asarray(cv2.transform(picture, weights), np.float32).reshape(picture.shape[:2])


def displayed(plane: Plane, encoding: str) -> Plane:
    """A grey plane in `encoding` as display-referred Rec.709, limited to -0.1..1.5 so that a hot pixel is only a pixel."""
    return np.clip(to_display(np.repeat(plane[..., None], 3, 2), encoding)[..., 1], -0.1, 1.5)


def normalised(plane: Plane, valid: Plane, sigma: float) -> Plane:
    """`plane` less its local mean, over its local deviation, over a Gaussian of `sigma` pixels inside `valid` (float 0 or 1); 0 outside.

    A floor of a quarter of the picture's own deviation keeps grain in flat parts from being blown up to full contrast.
    """
    share = blurred(valid, sigma) + np.float32(1e-6)
    detail = (plane - blurred(plane * valid, sigma) / share) * valid
    power = blurred(detail * detail, sigma) / share
    floor = 0.0625 * float((power * valid).sum()) / max(float(valid.sum()), 1.0) + 1e-8
    return np.asarray(detail / np.sqrt(power + np.float32(floor)), np.float32)


def blurred(picture: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """A picture or plane through a Gaussian of `sigma` pixels. A wide one is laid over a smaller picture: nearly the same."""
    step, (height, width) = int(sigma / 4), picture.shape[:2]
    if step < 2:
        return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.float32)
    small = cv2.resize(picture, (-(-width // step), -(-height // step)), interpolation=cv2.INTER_AREA)
    left = np.sqrt(np.square(sigma / step) - 0.25)      # what reducing and enlarging have blurred already is taken off
    small = cv2.GaussianBlur(small, (0, 0), left)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def explained(plane: Plane, colours: NDArray[np.float32], valid: Plane) -> Plane:
    """(h, w) what a polynomial of the reference's `colours` (h, w, 3), 0..1, says of the scan's `plane`, fitted inside `valid`.

    A faded print answers to other colours than luma does, and by another curve; where the picture is soft, either moves an edge. Least
    squares, reweighted four times against what does not fit (subtitles, dirt). Orders up to 3, a fifth of the pixels.
    """
    r, g, b = (np.ascontiguousarray(colours[..., c]) for c in range(3))
    terms = [np.ones_like(r), r, g, b, r * r, g * g, b * b, r * g, g * b, b * r, r * r * r, g * g * g, b * b * b]
    inside = valid > 0
    known = np.stack([t[inside][::5] for t in terms], 1).astype(np.float64)
    wanted = plane[inside][::5].astype(np.float64)
    weight = np.ones(len(wanted))
    mix: NDArray[np.float64] = np.zeros(len(terms))
    for _ in range(4):
        square = (known * weight[:, None]).T @ known
        pull = 1e-6 * float(np.trace(square)) + 1e-9
        mix = np.asarray(np.linalg.solve(square + np.eye(len(terms)) * pull, known.T @ (weight * wanted)), np.float64)
        left = wanted - known @ mix
        weight = np.asarray(1 / (1 + np.square(left / (2 * np.median(np.abs(left)) + 1e-6))), np.float64)
    out = np.zeros_like(r)
    for factor, term in zip(mix, terms, strict=True):
        out += np.float32(factor) * term
    return out


def sampled(count: int, wanted: int) -> list[int]:
    """At most `wanted` frame numbers spread evenly over 0 .. count-1."""
    return sorted({int(k) for k in np.linspace(0, count - 1, min(wanted, count)).round()})


def live_area(source: FrameSource, run: Run) -> Box:
    """x0, y0, x1, y1 (end excluded) of the picture inside the gate, or between black bars; the whole frame where there is no border.

    The brightest that each place gets over frames spread over the film is compared with the black around it.
    """
    numbers = sampled(len(source), _SAMPLES)
    bright: Plane | None = None
    scale = max(source.info.width, source.info.height) / 360
    size = (max(1, round(source.info.width / scale)), max(1, round(source.info.height / scale)))
    for done, k in enumerate(numbers):
        run.step(done, len(numbers), "looking for the picture")
        small = displayed(np.asarray(cv2.resize(grey(source.read(k)), size, interpolation=cv2.INTER_AREA), np.float32),
                          source.info.encoding)
        bright = small if bright is None else np.maximum(bright, small)
    assert bright is not None
    x0, y0, x1, y1 = largest_picture(bright)
    across, down = source.info.width / size[0], source.info.height / size[1]
    return round(x0 * across), round(y0 * down), round(x1 * across), round(y1 * down)


def largest_picture(bright: Plane) -> Box:
    """The box between dark lines around the middle, from a plane of the brightest that each place gets.

    Rows and columns in turn: a line is dark where next to all of its middle half is near the black of the plane, as no picture is.
    """
    h, w = bright.shape
    x0, y0, x1, y1 = 0, 0, w, h
    black, white = (float(v) for v in np.percentile(bright, (1, 90)))
    if black > _NO_BORDER * white:
        return 0, 0, w, h
    limit = black + _DARK * (white - black)
    for _ in range(2):
        y0, y1 = _between_dark(np.percentile(bright[:, x0 + (x1 - x0) // 4:x1 - (x1 - x0) // 4], 95, axis=1), limit)
        x0, x1 = _between_dark(np.percentile(bright[y0 + (y1 - y0) // 4:y1 - (y1 - y0) // 4], 95, axis=0), limit)
    return (x0, y0, x1, y1) if (x1 - x0) * (y1 - y0) > 0.2 * w * h else (0, 0, w, h)


def _between_dark(profile: NDArray[np.floating[Any]], limit: float) -> tuple[int, int]:
    """[start, stop) of the longest part of a profile that is brighter than `limit`."""
    edges = np.concatenate([[-1], np.flatnonzero(profile < limit), [len(profile)]])
    longest = int(np.argmax(np.diff(edges)))
    return int(edges[longest]) + 1, int(edges[longest + 1])


def stretched(box: tuple[float, float, float, float], size: tuple[int, int]) -> Matrix:
    """3x3 from a pixel of a grid of `size` (w, h) laid over `box` to a pixel of the picture; centres at whole numbers."""
    sx, sy = (box[2] - box[0]) / size[0], (box[3] - box[1]) / size[1]
    return np.array([[sx, 0, box[0] + (sx - 1) / 2], [0, sy, box[1] + (sy - 1) / 2], [0, 0, 1]], np.float64)


@dataclass(frozen=True)
class Signatures:
    """All frames of a source, its live area reduced to `SIGNATURE`: 8 bits a pixel between each frame's own extremes."""

    planes: NDArray[np.uint8]       # (frames, 30, 40)
    low: NDArray[np.float32]        # (frames,) the display luma that is 0 in `planes`
    high: NDArray[np.float32]       # (frames,) and that is 255

    def __len__(self) -> int:
        return len(self.planes)

    def part(self, frames: Sequence[int]) -> Signatures:
        """Those of some frames."""
        return Signatures(self.planes[frames], self.low[frames], self.high[frames])

    def thumbnails(self) -> NDArray[np.float16]:
        """(frames, 30, 40) display luma."""
        reach = ((self.high - self.low) / 255).astype(np.float16)[:, None, None]
        return np.asarray(self.planes.astype(np.float16) * reach + self.low.astype(np.float16)[:, None, None])

    def vectors(self, matrix: Matrix, valid: Plane) -> NDArray[np.float32]:
        """(frames, d) unit vectors of the normalised planes, seen through `matrix` (grid pixel -> signature pixel), inside `valid`."""
        out = np.empty((len(self.planes), int(valid.sum())), np.float32)
        for k, plane in enumerate(self.planes):
            seen = cv2.warpPerspective(plane.astype(np.float32), matrix, SIGNATURE, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                                       borderMode=cv2.BORDER_REPLICATE)
            out[k] = normalised(np.asarray(cv2.GaussianBlur(seen, (0, 0), 0.7), np.float32), valid, 4.0)[valid > 0]
        out -= out.mean(1, keepdims=True)
        out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
        return out


def signatures(source: FrameSource, area: Box, run: Run, note: str) -> Signatures:
    """Reads every frame once; keeps 1.2 kB of each."""
    planes = np.empty((len(source), SIGNATURE[1], SIGNATURE[0]), np.uint8)
    limits = np.empty((2, len(source)), np.float32)
    x0, y0, x1, y1 = area
    for k in range(len(source)):
        run.step(k, len(source), note)
        small = cv2.resize(grey(source.read(k)[y0:y1, x0:x1]), SIGNATURE, interpolation=cv2.INTER_AREA)
        small = displayed(np.asarray(small, np.float32), source.info.encoding)
        low, high = limits[:, k] = small.min(), small.max()
        planes[k] = np.round((small - low) * (255 / max(high - low, 1e-6)))
    run.step(len(source), len(source), note)
    return Signatures(planes, *limits)

