"""Colour that is proposed for a frame, region by region, each from a patch of a given picture; and the layer that an accepted one becomes.

On disk: `proposals/NAME/` in a project, NAME as the scan names the frame, with proposals.json and regions.npz.
"""
from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import MediaError, UsageError
from engine.files import read_json, replacing, told, write_json
from engine.keyframes.keyframe import Layer
from engine.keyframes.painted import laid
from engine.keyframes.regions import Labels
from engine.media.colour import from_ycbcr
from engine.media.colour import luma as luma_of
from engine.media.source import Picture

FOLDER, FILE, REGIONS = "proposals", "proposals.json", "regions.npz"
VERSION = 1
TONES = 6                   # of a patch, from dark to light
FEWEST_PIXELS = 24          # of a tone
RADIUS, EDGE = 6, 2e-3      # of the guided filter, in pixels of 1024 and in squared luma
Colour = tuple[float, float, float]
Box = tuple[float, float, float, float]
Floats = NDArray[np.float32]
Fade = Callable[[Picture, np.random.Generator], Picture]
"""A picture of good colour, R'G'B' display-referred Rec.709 of any size, as the balanced scan of this film would show it."""


@dataclass(frozen=True)
class Given:
    """A picture of good colour, R'G'B' display-referred Rec.709 (h, w, 3) of any size, and what it is called."""

    name: str
    picture: Picture


@dataclass(frozen=True)
class Match:
    """A patch of a given picture that a region may be like. `patch` is x, y, width, height in parts of that picture; `colour` its median
    and `tones` its medians from dark to light, R'G'B' display-referred Rec.709; `confidence` 0..1."""

    picture: str
    patch: Box
    colour: Colour
    tones: tuple[Colour, ...]
    confidence: float

    @staticmethod
    def from_json(data: dict[str, Any]) -> Match:
        tones = tuple(_three(tone) for tone in data["tones"])
        x, y, width, height = (float(v) for v in data["patch"])
        return Match(str(data["picture"]), (x, y, width, height), _three(data["colour"]), tones, float(data["confidence"]))


@dataclass(frozen=True)
class Proposal:
    """What is proposed for a region: `box` x, y, width, height in parts of the frame, `share` of the frame 0..1. `pinned`: the user said
    which patch; `picked`: the user took another of those that were found."""

    region: int
    box: Box
    share: float
    match: Match
    alternatives: tuple[Match, ...] = ()
    pinned: bool = False
    picked: bool = False

    @property
    def picture(self) -> str:
        return self.match.picture

    @property
    def patch(self) -> Box:
        return self.match.patch

    @property
    def colour(self) -> Colour:
        return self.match.colour

    @property
    def confidence(self) -> float:
        return self.match.confidence

    @property
    def what(self) -> str:
        """As an operation of a keyframe tells it."""
        return f"similar to {self.picture}"

    def chosen(self, place: int) -> Proposal:
        """With an alternative in place of the match, which becomes one. Raises UsageError where there is none of that place."""
        if not 0 <= place < len(self.alternatives):
            raise UsageError(f"region {self.region} has {len(self.alternatives)} alternatives, counted from 0; choose one of these")
        others = (self.match, *self.alternatives[:place], *self.alternatives[place + 1:])
        return replace(self, match=self.alternatives[place], alternatives=others, picked=True)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Proposal:
        x, y, width, height = (float(v) for v in data["box"])
        return Proposal(int(data["region"]), (x, y, width, height), float(data["share"]), Match.from_json(data["match"]),
                        tuple(Match.from_json(other) for other in data["alternatives"]), bool(data["pinned"]),
                        bool(data.get("picked", False)))


@dataclass(frozen=True)
class Proposals:
    """Of the frame that the scan calls `name`: `labels` (h, w) says which region a pixel is of; `luma` (H, W) 0..1 is that of the balanced
    scan, of the same shape and larger, which says where edges truly are."""

    name: str
    labels: Labels
    luma: NDArray[np.float16]
    proposals: tuple[Proposal, ...]

    def of(self, region: int) -> Proposal:
        """Raises UsageError where there is no such region."""
        found = next((proposal for proposal in self.proposals if proposal.region == region), None)
        if found is None:
            raise UsageError(f"frame {self.name} has no region {region}; its regions are 0 to {len(self.proposals) - 1}")
        return found

    def at(self, x: float, y: float) -> int:
        """The region at a place in parts of the frame's width and height."""
        height, width = self.labels.shape
        return int(self.labels[min(height - 1, max(0, int(y * height))), min(width - 1, max(0, int(x * width)))])

    def with_one(self, proposal: Proposal) -> Proposals:
        """With that proposal in place of the one for its region."""
        return replace(self, proposals=tuple(proposal if p.region == proposal.region else p for p in self.proposals))

    def as_chosen(self, before: Proposals, pictures: Collection[str]) -> Proposals:
        """With what the user chose of the proposals `before`, where the regions are the same, and the picture is still one of these."""
        if not np.array_equal(self.labels, before.labels):
            return self
        chosen = {p.region: p for p in before.proposals if (p.pinned or p.picked) and p.picture in pictures}
        return replace(self, proposals=tuple(chosen.get(p.region, p) for p in self.proposals))

    def save(self, project: Path) -> None:
        """Raises DiskFull, OutputRefused."""
        folder = project / FOLDER / self.name
        with told(folder, "saving proposals"):
            folder.mkdir(parents=True, exist_ok=True)
            with replacing(folder / REGIONS) as temporary, temporary.open("wb") as file:
                np.savez_compressed(file, labels=self.labels, luma=self.luma)
        write_json(folder / FILE, {"version": VERSION, "name": self.name, "proposals": [asdict(p) for p in self.proposals]})

    @staticmethod
    def load(project: Path, name: str) -> Proposals:
        """Raises MediaError where they are not there or damaged."""
        folder = project / FOLDER / name
        proposals = read_json(folder / FILE, lambda data: tuple(Proposal.from_json(p) for p in data["proposals"]))
        try:
            with np.load(folder / REGIONS) as data:
                return Proposals(name, data["labels"], data["luma"], proposals)
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise MediaError(f"{folder / REGIONS}: is damaged or missing; let the proposals of frame {name} be made again") from error


def tones_of(colours: Picture) -> tuple[Colour, tuple[Colour, ...]]:
    """The median of colours (n, 3), and up to TONES medians of them from dark to light, as many of them in each."""
    order = np.argsort(luma_of(colours), kind="stable")
    parts = np.array_split(colours[order], max(1, min(TONES, len(colours) // FEWEST_PIXELS)))
    return _three(np.median(colours, 0)), tuple(_three(np.median(part, 0)) for part in parts)


def pinned(proposals: Proposals, region: int, name: str, picture: Picture, patch: Box) -> Proposal:
    """The region shall have the colour of that patch: x, y, width, height in parts of `picture` (h, w, 3), R'G'B' display-referred
    Rec.709. What was proposed before is its first alternative. Raises UsageError for an unknown region or an empty patch."""
    before = proposals.of(region)
    height, width = picture.shape[:2]
    x, y, wide, tall = patch
    rows = slice(max(0, int(y * height)), min(height, max(int(y * height) + 1, round((y + tall) * height))))
    columns = slice(max(0, int(x * width)), min(width, max(int(x * width) + 1, round((x + wide) * width))))
    colours = np.clip(picture[rows, columns], 0, 1).reshape(-1, 3)
    if wide <= 0 or tall <= 0 or not len(colours):
        raise UsageError(f"{name}: the patch for region {region} lies outside the picture; choose one inside it")
    colour, tones = tones_of(np.asarray(colours, np.float32))
    others = before.alternatives if before.pinned else (before.match, *before.alternatives)
    return replace(before, match=Match(name, patch, colour, tones, 1.0), alternatives=others, pinned=True)


def chroma_on(luma: Floats, tones: tuple[Colour, ...]) -> Floats:
    """Chroma (..., 2) on luma (...) 0..1 of a patch of those tones: that of the tone of the same luma, between two of both; darker than all
    of them as `painted.laid` makes the darkest; lighter than all of them that of the lightest, less of it towards white, for what is only
    brighter would else become more colourful than the patch anywhere is."""
    places = np.maximum.accumulate(luma_of(np.array(tones, np.float32)) + 1e-4 * np.arange(len(tones), dtype=np.float32))
    left = np.clip((1 - luma) / max(1 - float(places[-1]), 1e-3), 0, 1)       # of the way from white down to the lightest tone
    planes = np.stack([laid(tone, np.minimum(luma, places[-1])) for tone in tones]) * np.sqrt(left)[..., None]
    at = np.interp(luma, places, np.arange(len(tones)))
    low = np.minimum(at.astype(np.int64), max(len(tones) - 2, 0))
    lower, upper = (np.take_along_axis(planes, np.minimum(step, len(tones) - 1)[None, ..., None], 0)[0] for step in (low, low + 1))
    return _shown(np.asarray(lower + (upper - lower) * (at - low)[..., None], np.float32), luma)


def _shown(chroma: Floats, luma: Floats) -> Floats:
    """Chroma (..., 2) on luma (...), no more saturated than that luma allows for."""
    apart = from_ycbcr(np.concatenate([np.zeros_like(chroma[..., :1]), chroma], -1))
    y = np.clip(luma, 0, 1)[..., None]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        room = np.where(apart > 0, (1 - y) / apart, np.where(apart < 0, -y / apart, np.inf)).min(-1)
    return np.asarray(chroma * np.minimum(room, 1)[..., None], np.float32)


def layer_of(proposals: Proposals, regions: Iterable[int], strength: float = 1.0) -> Layer | None:
    """The layer that the proposals of those regions become, of the size of `proposals.luma`: alpha of each region by a guided filter (He,
    Sun, Tang, "Guided image filtering", 2010), so that its edge is the picture's own; chroma on the scan's luma, times `strength` 0..1 (1
    where the operation carries the strength). None where there is no region. Raises UsageError for an unknown one."""
    wanted = [proposals.of(region) for region in dict.fromkeys(regions)]
    if not wanted:
        return None
    luma = proposals.luma.astype(np.float32)
    soft = _Guided(luma, max(2, round(RADIUS * luma.shape[1] / 1024)))
    total, chroma = np.zeros(luma.shape, np.float32), np.zeros((*luma.shape, 2), np.float32)
    for proposal in wanted:
        mask = cv2.resize((proposals.labels == proposal.region).astype(np.float32), luma.shape[::-1], interpolation=cv2.INTER_LINEAR)
        alpha = soft(np.asarray(mask, np.float32))
        there = alpha > 0
        total += alpha
        chroma[there] += alpha[there][:, None] * chroma_on(luma[there], proposal.match.tones)
    chroma *= np.float32(strength) / np.maximum(total, 1e-3)[..., None]
    return Layer(np.clip(chroma, -0.5, 0.5).astype(np.float16), np.clip(total, 0, 1).astype(np.float16))


class _Guided:
    """Masks made to follow the edges of luma."""

    def __init__(self, luma: Floats, radius: int) -> None:
        self.luma, self.size = luma, (2 * radius + 1, 2 * radius + 1)
        self.mean = self._box(luma)
        self.spread = self._box(luma * luma) - self.mean ** 2 + EDGE

    def __call__(self, mask: Floats) -> Floats:
        mean = self._box(mask)
        slope = (self._box(mask * self.luma) - mean * self.mean) / self.spread
        return np.asarray(np.clip(self._box(slope) * self.luma + self._box(mean - slope * self.mean), 0, 1), np.float32)

    def _box(self, plane: Floats) -> Floats:
        return np.asarray(cv2.blur(plane, self.size), np.float32)


def _three(values: Iterable[float]) -> Colour:
    red, green, blue = (float(v) for v in values)
    return red, green, blue
