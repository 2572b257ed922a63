"""Measuring what a print lost from the print alone, for `engine.balance.own`.

Frames spread over the film are looked at inside the gate. The grey axis is found as the line in density along which the channels run
together: it begins with their spread, then places off the line are given less and less weight (iteratively reweighted; Holland and Welsch,
1977), so that coloured objects do not turn it.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.features import Box, largest_picture, sampled
from engine.balance.balance import Doubles, density
from engine.balance.fit import grain_covariance
from engine.balance.own import Fade, Three, kept_of
from engine.media.colour import luma, to_display
from engine.media.source import FrameSource, Picture
from engine.run import Run, each

FRAMES = 24                 # read at most
SITES = 60_000              # looked at, over all frames
FEWEST_SITES = 400
WIDTH = 480                 # at which places are looked at: grain is averaged away, dust is small
GRAIN_SITES = 2_000         # of each frame, where it is flat
INSET = 0.04                # of the picture's sides: rounded corners and the soft edge of the gate
NEITHER = (0.0005, 2.3)     # densities beyond which all channels are clipped light or no picture
LIGHTEST, DARKEST = 0.5, 99.7           # of a hundred places
BLANK = 0.02                # spread of luma over a frame that shows nothing
FLATTEST = 0.15             # spread of density below which nothing can be told
FLAT, CALM = 0.05, 15       # of the sound places, those that vary least over so many pixels: grain is measured there
NEAR = 1.5                  # deviations from the grey axis where a place has little weight
CLOSEST = 0.02              # density: the least that a deviation is taken for
ROUNDS = 6


@dataclass(frozen=True)
class _Looked:
    small: Picture          # display, at WIDTH
    grain: Doubles          # (m, 3) density


def measure_fade(scan: FrameSource, encoding: str, run: Run, area: Box | None = None, frames: Sequence[int] | None = None) -> Fade:
    """What the print of `scan` lost; reads FRAMES frames at most. `area` is the live area where it is known: x0, y0, x1, y1 in pixels of
    the scan, end excluded; `frames` are those that count, None for all. `Fade.none`, and a line to the user, where nothing can be
    told."""
    counted = frames if frames is not None else range(len(scan))
    numbers = tuple(counted[place] for place in sampled(len(counted), FRAMES))
    looked: list[_Looked] = []
    for one in each(_look, repeat(scan), numbers, repeat(encoding), room=scan.info.working_bytes):
        run.step(len(looked), len(numbers), "measuring the fade")
        looked.append(one)
    places = _places([one.small for one in looked], area, scan.info.width)
    fade = _told(places, np.concatenate([one.grain for one in looked]), numbers)
    if fade is None:
        run.say("balance: the film shows too little to measure its fade; the scan is used as it is")
        return Fade.none(numbers)
    kept = ", ".join(f"{100 * part:.0f} % of {dye}" for part, dye in zip(fade.kept, ("cyan", "magenta", "yellow"), strict=True))
    run.say(f"balance: the print kept about {kept}" if fade.sure > 0 else "balance: no fading can be told from the colours of the print")
    return fade


def _look(scan: FrameSource, index: int, encoding: str) -> _Looked:
    sharp = to_display(scan.read(index), encoding)
    height, width = sharp.shape[:2]
    size = (min(width, WIDTH), max(1, round(height * min(1, WIDTH / width))))
    small = np.asarray(cv2.resize(sharp, size, interpolation=cv2.INTER_AREA), np.float32)
    return _Looked(np.nan_to_num(small), _grain(sharp[height // 5:-(height // 5) or None, width // 5:-(width // 5) or None], index))


def _grain(sharp: Picture, seed: int) -> Doubles:
    """(m, 3) density: what differs from the smoothed picture where that varies least, neither clipped nor black; fine texture is more."""
    soft = np.asarray(cv2.GaussianBlur(sharp, (0, 0), max(1.5, sharp.shape[1] / 270)), np.float32)
    off = np.asarray(density(sharp.astype(np.float64)) - density(soft.astype(np.float64)), np.float32)
    varies = cv2.boxFilter(np.square(off).max(2), -1, (CALM, CALM))
    sound = (soft.min(2) > 0.02) & (soft.max(2) < 0.98) & np.isfinite(varies)
    if not sound.any():
        return np.zeros((0, 3))
    rows, columns = np.nonzero(sound & (varies <= np.quantile(varies[sound], FLAT)))
    some = np.random.default_rng(seed).choice(len(rows), min(GRAIN_SITES, len(rows)), replace=False)
    return np.asarray(off[rows[some], columns[some]], np.float64)


def _places(smalls: list[Picture], area: Box | None, width: int) -> Doubles:
    """(n, 3) densities of places inside the gate that show a picture; frames that are all one tone, as leader is, count only alone."""
    smalls = [small for small in smalls if np.subtract(*np.percentile(luma(small), (95, 5))) > BLANK] or smalls
    x0, y0, x1, y1 = _gate(smalls, area, width)
    share = SITES // len(smalls)
    rows = []
    for number, small in enumerate(smalls):
        inside = small[y0:y1, x0:x1].reshape(-1, 3)
        some = np.random.default_rng(number).choice(len(inside), min(share, len(inside)), replace=False)
        rows.append(density(inside[some].astype(np.float64)))
    every = np.concatenate(rows)
    return np.asarray(every[(every.max(1) > NEITHER[0]) & (every.min(1) < NEITHER[1])])


def _gate(smalls: list[Picture], area: Box | None, width: int) -> Box:
    """The picture inside the gate, less a rim."""
    bright: NDArray[np.float32] = np.max([luma(small) for small in smalls], axis=0)
    if area is None:
        x0, y0, x1, y1 = largest_picture(np.clip(bright, -0.1, 1.5))
    else:
        x0, y0, x1, y1 = (round(v * bright.shape[1] / width) for v in area)
    across, down = (round(INSET * side) for side in (x1 - x0, y1 - y0))
    return x0 + across, y0 + down, max(x1 - across, x0 + across + 1), max(y1 - down, y0 + down + 1)


def _told(places: Doubles, grain: Doubles, frames: tuple[int, ...]) -> Fade | None:
    if len(places) < FEWEST_SITES or len(grain) < FEWEST_SITES:
        return None
    spread = np.subtract(*np.percentile(places, (95, 5), axis=0))
    best = int(np.argmax(spread))
    if spread[best] < FLATTEST:
        return None
    slopes, line, near = _grey_axis(places, spread, best)
    order = int(np.argmax(slopes))
    line, slopes = line - slopes * line[order] / slopes[order], slopes / slopes[order]
    kept = kept_of(slopes)
    lightest, darkest = (_around(places, best, at) for at in (LIGHTEST, DARKEST))
    covariance = grain_covariance(grain) + 1e-7 * np.eye(3)
    return Fade(_three(lightest), _three(darkest), _three(spread), _three(slopes), _three(line), _three(kept), near,
                (_three(covariance[0]), _three(covariance[1]), _three(covariance[2])), frames)


def _around(places: Doubles, best: int, at: float) -> Doubles:
    """Densities at a percentile of the channel that kept best: medians of the places about there."""
    limits = np.percentile(places[:, best], (max(0.0, at - 0.3), min(100.0, at + 0.3)))
    about = (places[:, best] >= limits[0]) & (places[:, best] <= limits[1])
    return np.asarray(np.median(places[about], 0))


def _grey_axis(places: Doubles, spread: Doubles, best: int) -> tuple[Doubles, Doubles, float]:
    """Slopes (3,) and starts (3,) of the channels over channel `best` along the grey axis, and the share of places near it."""
    x = places[:, best]
    slopes = np.maximum(spread / spread[best], 1e-3)
    line = np.median(places, 0) - slopes * np.median(x)
    near = np.ones(len(x))
    for _ in range(ROUNDS):
        off = (places - x[:, None] * slopes - line) / np.maximum(slopes, 0.1)
        close = np.maximum(1.4826 * np.median(np.abs(off), 0), CLOSEST)
        near = np.exp(-0.5 * np.square(off / (NEAR * close)).sum(1)) + 1e-9
        mean = np.average(places, axis=0, weights=near)
        deviation = np.sqrt(np.average(np.square(places - mean), axis=0, weights=near))
        slopes = np.maximum(deviation / max(deviation[best], 1e-6), 1e-3)
        line = mean - slopes * mean[best]
    return slopes, line, float(near.mean())


def _three(values: Doubles) -> Three:
    r, g, b = (float(v) for v in values)
    return r, g, b
