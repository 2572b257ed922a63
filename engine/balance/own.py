"""A balance of the film's own: what a print lost, told from the print alone, and the correction that this gives.

A print is taken for three dyes of known crosstalk of which a share each is left, above the stain of its base (Hunt, "The Reproduction of
Colour", 6th ed., chapter 12). The grey axis, found among the film's own neutrals, tells the shares against the dye that kept best; how much
that one lost cannot be told without a reference, and is taken for what such prints usually lost.
The way back is the linear estimate of least error (Wiener; Rodgers, "Inverse Methods for Atmospheric Sounding", 2000, chapter 2) for
colours as pictures have them and the grain of the print: a dye that is all but gone is told from the others rather than amplified, neutrals
stay neutral, and grain comes out about as it went in. The darkest places are taken for black: curves bring the channels together there.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

import cv2
import numpy as np

from engine.balance.balance import KNOTS, Balance, Doubles, density, from_density
from engine.media.colour import LUMA
from engine.media.source import Picture

DYES: Doubles = np.array([[1.0, 0.12, 0.03], [0.10, 1.0, 0.13], [0.03, 0.19, 1.0]])    # R, G, B density of cyan, magenta, yellow
USUAL_LOSS = 0.13               # of the dye that kept best, where another is all but gone
ALIKE: Doubles = np.array([[1.0, 0.93, 0.87], [0.93, 1.0, 0.94], [0.87, 0.94, 1.0]])   # correlation of densities in usual pictures
GREY = 3.0                      # further variance of what all channels share: neutrals are not pulled anywhere
LEAST_KEPT = 0.01
GRAIN_WEIGHT = 3.0              # of grain beside colour
FINEST = 0.006                  # density: what a scan cannot tell in a channel by itself,
UNKNOWN = 0.03                  # and as part of the deviation: dyes are not quite DYES, nor is a scan quite straight
UNSURE = (0.25, 0.55)           # loss of the weakest dye against the best: below, the colours of a whole print might show it
STAINED = (0.3, 0.6)            # the same of density between the channels of the lightest places
BASE_OF_FILM, ABOVE = 0.1, 0.1  # density that a print's base may have; of what lies above, this part is base and the rest picture
SOUND_BLACKS = (1.75, 2.4)      # densities between which the blacks come to lie, unless the picture
MOST_STRETCH = 1.6              # would have to be stretched more than this for it, or pressed
STEEPEST = 2.0                  # slope of a curve that brings blacks together, and its inverse the flattest
LEAST_GAIN = 0.05               # singular value of a matrix: what is less cannot be undone

SHIFT = 0.12                    # density of a whole step of warmth or tint
LIFT, BOW, REACH = 0.28, 0.14, 2.2      # densities that lightness and contrast move, and where they end
GRAIN_SIZE = 0.8                # pixels, sigma

GRAIN_OF_A_SCAN = ((1e-4, 0.0, 0.0), (0.0, 1e-4, 0.0), (0.0, 0.0, 1e-4))
Three = tuple[float, float, float]
_LUMA: Doubles = LUMA.astype(np.float64)
_KNOTS: Doubles = np.array(KNOTS)


@dataclass(frozen=True)
class Fade:
    """What was measured of a print. Densities are R, G, B as the scan shows them; `kept` is of cyan, magenta, yellow."""

    base: Three                             # the lightest sound places
    blacks: Three                           # the darkest
    spread: Three                           # from 5 to 95 of a hundred places
    slopes: Three                           # of greys: density for a density of 1 in the channel that kept most
    line: Three                             # of greys: density where that channel has none
    kept: Three                             # share of each dye that is left, 0..1, the best one as is usual
    neutrals: float                         # share of the places that lie near the grey axis, 0..1
    grain: tuple[Three, Three, Three]       # covariance in density
    frames: tuple[int, ...]                 # scan frames that were looked at

    @staticmethod
    def none(frames: tuple[int, ...] = ()) -> Fade:
        """Nothing is lost, or nothing can be told."""
        zero, one = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
        return Fade(zero, zero, zero, one, zero, one, 0.0, GRAIN_OF_A_SCAN, frames)

    @property
    def sure(self) -> float:
        """How surely the print has faded, 0..1: what a little loss shows may be the colours of the film."""
        lost, stained = 1 - min(self.kept) / max(self.kept), max(self.base) - min(self.base)
        part = min(1.0, max(0.0, *((value - low) / (high - low) for value, (low, high) in ((lost, UNSURE), (stained, STAINED)))))
        return part * part * (3 - 2 * part)

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and lists; `from_json` gives back an equal fade."""
        rows = {field.name: list(getattr(self, field.name)) for field in fields(self) if field.name not in ("neutrals", "grain")}
        return rows | {"neutrals": self.neutrals, "grain": [list(row) for row in self.grain]}

    @staticmethod
    def from_json(data: dict[str, Any]) -> Fade:
        rows = {field.name: tuple(data[field.name]) for field in fields(Fade) if field.name not in ("neutrals", "grain")}
        return Fade(**rows, neutrals=data["neutrals"], grain=tuple(tuple(row) for row in data["grain"]))   # type: ignore[arg-type]


@dataclass(frozen=True)
class Controls:
    """How the archivist wants it other than measured; every control is neutral at 0 and means -1..1."""

    strength: float = 0.0       # -1 nothing is corrected, 0 as far as is sure, 1 further than was measured
    warmth: float = 0.0         # cool to warm
    tint: float = 0.0           # green to magenta
    lightness: float = 0.0
    contrast: float = 0.0

    @staticmethod
    def from_values(values: Sequence[float]) -> Controls:
        """Of `values`; those that are missing are neutral, those beyond -1..1 are limited to it."""
        return Controls(*(min(1.0, max(-1.0, float(v))) for v in list(values)[:len(fields(Controls))]))

    @property
    def values(self) -> tuple[float, ...]:
        """() where none is moved."""
        return astuple(self) if any(astuple(self)) else ()


def own_balance(fade: Fade, controls: Controls | None = None) -> Balance:
    """The correction of a print that lost `fade`, with controls moved; the identity where nothing was lost and nothing is moved."""
    controls = controls or Controls()
    far = fade.sure * (1 + controls.strength) if controls.strength < 0 else fade.sure + controls.strength
    if far <= 0 and not any(controls.values[1:]):
        return Balance.identity()
    matrix, offset = _back(fade, far)
    blacks = matrix @ np.array(fade.blacks) + offset
    curves = tuple(tuple((_curve(_together(blacks, c) if far > 0 else _KNOTS, controls) - shift).tolist())
                   for c, shift in enumerate(_shift(controls)))
    return Balance(tuple(map(tuple, matrix.tolist())), tuple(offset.tolist()), curves, frames=fade.frames)


def faded_like(fade: Fade, picture: Picture, draw: np.random.Generator) -> Picture:
    """What the balanced scan of this print would show of `picture`, (h, w, 3) display-referred Rec.709 in good colour: the dyes lost as
    measured, the grain of the print, then `own_balance`. Display-referred Rec.709, float32, not clipped."""
    loss, stain = _loss(fade, fade.sure)
    mixed = density(np.asarray(picture, np.float64)) @ loss.T + stain
    noise = draw.standard_normal(mixed.shape).astype(np.float32)
    noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), GRAIN_SIZE), np.float32) * np.float32(2 * np.sqrt(np.pi) * GRAIN_SIZE)
    values, vectors = np.linalg.eigh(np.array(fade.grain))
    mixed += noise @ (vectors * np.sqrt(np.maximum(values, 0))).T
    return own_balance(fade).apply(from_density(mixed).astype(np.float32), 0)


def kept_of(slopes: Doubles) -> Doubles:
    """Shares of cyan, magenta and yellow, the best one as is usual, that give greys of `slopes` (the highest 1)."""
    kept = np.maximum(np.linalg.solve(DYES, slopes) / np.linalg.solve(DYES, np.ones(3)), LEAST_KEPT)
    kept = kept / kept.max()
    return np.asarray(kept * (1 - USUAL_LOSS * (1 - kept.min())))


def _loss(fade: Fade, far: float) -> tuple[Doubles, Doubles]:
    """What the print did to densities, (3, 3), and its stain, (3,), taken `far`: 0 not at all, 1 as measured."""
    if far <= 0:
        return np.eye(3), np.zeros(3)
    kept, slopes = np.array(fade.kept) ** far, np.array(fade.slopes) ** far
    loss = DYES @ np.diag(kept) @ np.linalg.inv(DYES)
    greys = loss.sum(1)
    best = int(np.argmax(fade.slopes))
    loss *= (slopes / slopes[best] * greys[best] / np.maximum(greys, 1e-3))[:, None]
    base = fade.base[best]
    base = min(base, BASE_OF_FILM) + ABOVE * max(base - BASE_OF_FILM, 0)
    return loss, far * (base * np.array(fade.slopes) + np.array(fade.line))


def _back(fade: Fade, far: float) -> tuple[Doubles, Doubles]:
    """The matrix (3, 3) and offset (3,) in density that bring a print of this fade back."""
    loss, stain = _loss(fade, far)
    if far <= 0:
        return loss, stain
    best = int(np.argmax(fade.slopes))
    usual = (fade.spread[best] / 3 / loss[best].sum()) ** 2 * (GREY + ALIKE)
    unknown = FINEST**2 + (UNKNOWN * fade.spread[best] / 3)**2
    grain = GRAIN_WEIGHT * (np.array(fade.grain) + unknown * np.eye(3))
    matrix = _gained((usual @ loss.T + grain) @ np.linalg.inv(loss @ usual @ loss.T + grain))
    black = float(_LUMA @ (matrix @ (np.array(fade.blacks) - stain)))
    wanted = min(max(black, SOUND_BLACKS[0]), SOUND_BLACKS[1]) / max(black, 0.1)
    stretch = min(MOST_STRETCH, max(1 / MOST_STRETCH, wanted)) ** min(far, 1.0)
    return stretch * matrix, -stretch * matrix @ stain


def _gained(matrix: Doubles) -> Doubles:
    left, values, right = np.linalg.svd(matrix)
    return np.asarray(matrix if values[-1] >= LEAST_GAIN else (left * np.maximum(values, LEAST_GAIN)) @ right)


def _together(blacks: Doubles, channel: int) -> Doubles:
    """Densities that KNOTS become in a channel, so that `blacks` (3,) come out alike: from half way on."""
    black = float(_LUMA @ blacks)
    start = black / 2
    if start <= 0:
        return _KNOTS
    slope = (black - start) / max(blacks[channel] - start, (black - start) / STEEPEST)
    return np.asarray(_KNOTS + (max(slope, 1 / STEEPEST) - 1) * np.maximum(_KNOTS - start, 0))


def _curve(densities: Doubles, controls: Controls) -> Doubles:
    """What lightness and contrast make of densities: base and deep blacks stay, what lies between is lighter or bends around the middle."""
    part = np.clip(densities / REACH, 0, 1)
    return np.asarray(densities - LIFT * controls.lightness * np.sin(np.pi * part) - BOW * controls.contrast * np.sin(2 * np.pi * part))


def _shift(controls: Controls) -> Doubles:
    """Density that warmth and tint take off each channel, such that a grey keeps its luma."""
    shift = SHIFT * (controls.warmth * np.array([1.0, 0.0, -1.0]) + controls.tint * np.array([0.5, -1.0, 0.5]))
    return np.asarray(shift - _LUMA @ shift)
