"""Small films made on the spot: textured ground under a moving camera, things that move on it; their scan and their telecine."""
from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from engine.media.source import FrameSource, SourceInfo

PICTURE = (300, 220)        # width, height of the film's picture
BORDER = 14                 # black around it in the scan
REFERENCE = (264, 216)


class Memory(FrameSource):
    """Frames held in memory."""

    def __init__(self, frames, name="film", kind="video", names=None):
        self._frames, self._names = list(frames), names
        h, w = self._frames[0].shape[:2] if self._frames else (8, 8)
        self.info = SourceInfo(Path(name), name, kind, "png", len(self._frames), w, h, 8, False, 3, Fraction(1), Fraction(25),
                               "", "rec709", "", False, "progressive", "", None, None, False)

    def read(self, index):
        return self._frames[index]

    def name(self, index):
        return self._names[index] if self._names else f"{index:07d}"

    def files(self, index):
        return ()

    def part(self, numbers):
        return Memory([self._frames[k] for k in numbers], self.info.name)


def texture(rng, h, w):
    """(h, w, 3) 0..1 noise of many scales, in colour."""
    out = np.zeros((h, w, 3), np.float32)
    for scale in (2, 5, 12, 30):
        layer = cv2.GaussianBlur(rng.normal(size=(h, w, 3)).astype(np.float32), (0, 0), scale)
        out += layer / layer.std()
    out = out @ np.array([[0.7, 0.2, 0.1], [0.2, 0.7, 0.2], [0.1, 0.1, 0.7]], np.float32)
    return np.clip(0.45 + 0.1 * out, 0.02, 0.98)


def film(count, seed=0, pan=(0.0, 0.0), sprites=3, sway=0.0):
    """`count` pictures (220, 300, 3): the camera moves by `pan` pixels a frame and up and down by `sway` pixels in all, slowly, and
    `sprites` textured discs move on paths of their own."""
    rng = np.random.default_rng(seed)
    w, h = PICTURE
    room = int(40 + sway + max(abs(pan[0]), abs(pan[1])) * count)
    ground = texture(rng, h + 2 * room, w + 2 * room)
    discs = [(texture(rng, 60, 60), rng.uniform(60, 160, 2), rng.uniform(-2.5, 2.5, 2), rng.uniform(0.1, 0.4)) for _ in range(sprites)]
    yy, xx = np.mgrid[:60, :60]
    round_ = (np.hypot(xx - 29.5, yy - 29.5) < 25).astype(np.float32)
    frames = []
    for t in range(count):
        at = np.float32([[1, 0, -(room + pan[0] * t)], [0, 1, -(room + pan[1] * t + sway * np.sin(t / 8))]])
        picture = cv2.warpAffine(ground, at, (w, h), flags=cv2.INTER_LINEAR)
        for pixels, start, speed, turn in discs:
            x, y = start + speed * t + 12 * np.array([np.sin(turn * t), np.cos(turn * t)])
            place = np.float32([[1, 0, x], [0, 1, y]])
            mask = cv2.warpAffine(round_, place, (w, h))[..., None]
            picture = picture * (1 - mask) + cv2.warpAffine(pixels, place, (w, h)) * mask
        frames.append(picture.astype(np.float32))
    return frames


def telecine_matrix(seed=0, crop=0.05, twist=2.0):
    """Picture pixel -> reference pixel: a crop, another shape of pixel, a little keystone."""
    rng = np.random.default_rng(seed)
    w, h = PICTURE
    cx, cy = rng.uniform(-0.02, 0.02, 2)
    corners = np.array([[crop + cx, crop + cy], [1 - crop + cx, crop + cy], [1 - crop + cx, 1 - crop + cy], [crop + cx, 1 - crop + cy]])
    source = (corners * (w, h) + rng.uniform(-twist, twist, (4, 2))).astype(np.float32)
    target = np.float32([[0, 0], [REFERENCE[0], 0], REFERENCE, [0, REFERENCE[1]]])
    return cv2.getPerspectiveTransform(source, target)


def telecine(frames, matrix, seed=0, subtitle=range(0)):
    """What a video shows of the pictures: seen through `matrix`, blocky noise, and a line of text on the frames of `subtitle`."""
    rng = np.random.default_rng(seed + 100)
    out = []
    for k, picture in enumerate(frames):
        seen = cv2.warpPerspective(picture, matrix, REFERENCE, flags=cv2.INTER_CUBIC)
        seen = seen + cv2.resize(rng.normal(size=(54, 66, 3)).astype(np.float32), REFERENCE) * 0.008
        if k in subtitle:
            seen = np.round(np.clip(seen, 0, 1) * 255).astype(np.uint8)
            for grey, thickness in ((0, 4), (250, 1)):
                cv2.putText(seen, "so it goes", (60, REFERENCE[1] - 24), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (grey,) * 3, thickness, cv2.LINE_AA)
            seen = seen.astype(np.float32) / 255
        out.append(np.clip(seen, 0, 1).astype(np.float32))
    return Memory(out, "reference")


def scanned(frames, seed=0):
    """The pictures as a faded print in a gate: (source, weave (n, 2)). Pixel x of the picture is x + BORDER + weave of the scan."""
    rng = np.random.default_rng(seed + 200)
    w, h = PICTURE
    weave = rng.normal(size=(len(frames), 2)) * (0.7, 0.4)
    out = []
    for picture, (dx, dy) in zip(frames, weave, strict=True):
        faded = np.stack([0.75 + 0.06 * picture[..., 0], 0.15 + 0.6 * picture[..., 1], 0.6 + 0.02 * picture[..., 2]], -1).astype(np.float32)
        place = np.float32([[1, 0, BORDER + dx], [0, 1, BORDER + dy]])
        full = cv2.warpAffine(faded, place, (w + 2 * BORDER, h + 2 * BORDER), flags=cv2.INTER_CUBIC, borderValue=(0.01,) * 3)
        grain = cv2.GaussianBlur(rng.normal(size=full.shape[:2]).astype(np.float32), (0, 0), 0.7)
        full = full * rng.uniform(0.98, 1.02) + 0.025 * grain[..., None]
        spot = (int(rng.integers(20, w)), int(rng.integers(20, h)))
        cv2.circle(full, spot, 2, (0.95,) * 3, -1)
        out.append(np.clip(full, 0, 1).astype(np.float32))
    return Memory(out, "scan"), weave


def corner_errors(alignment, matrix, weave):
    """(n, 4) how far, in pixels of the scan, each matrix leads the picture's corners astray; frames without partner left out."""
    w, h = PICTURE
    points = np.array([[0, 0, 1], [w - 1, 0, 1], [w - 1, h - 1, 1], [0, h - 1, 1]], np.float64)
    out = []
    for match in alignment.frames:
        if match.reference is None:
            continue
        gate = np.eye(3)
        gate[:2, 2] = BORDER + weave[match.scan]
        there = (points @ gate.T) @ (np.linalg.inv(matrix @ np.linalg.inv(gate)) @ match.matrix).T
        out.append(np.linalg.norm(there[:, :2] / there[:, 2:] - (points @ gate.T)[:, :2], axis=1))
    return np.array(out)


def joined(*parts):
    """Sources one after the other."""
    return Memory([p.read(k) for p in parts for k in range(len(p))], parts[0].info.name)


def called(source, name, **changes):
    source.info = replace(source.info, path=Path(name), **changes)
    return source
