"""What the colour of each pixel of a result rests on: the reference, a keyframe with its swatch and source, a similar picture, or nothing
that was seen, which is to say that it is extrapolated.

A pixel rests on what it is most like of all that the net was trained on: luma, faded chroma and their surroundings at three scales are
compared by nearest neighbour (Cover and Hart, "Nearest neighbor pattern classification", 1967). Only frames of the same shot count, or
that look very much alike as a whole (histograms as in `likeness`): grass in another scene proves nothing. A pixel that is like nothing of
these is extrapolated, whatever the net makes of it. It is told at WIDTH, which is what a mark of evidence can be trusted to.
"""
from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.files import replacing
from engine.media.colour import to_ycbcr
from engine.media.reduce import reduced
from engine.media.source import Picture
from engine.pairs.likeness import descriptor, likeness

REFERENCE, PAINTED, SIMILAR, KEPT, EXTRAPOLATED = KINDS = ("reference", "painted", "similar", "kept", "extrapolated")
FILE = "evidence.dat"
WIDTH = 192
SURROUNDINGS = (1.0, 3.0, 10.0)     # sigmas, in pixels at WIDTH
CHROMA_WEIGHT = 2.0
SAMPLES = 1_500             # of a frame that was trained on
MOST = 120_000              # of all, whatever their number
LIMIT = 0.075               # distance of features beyond which a pixel is like nothing that was seen
CHECKS = 48                 # of the trees of neighbours
NOBODY = -1                 # while samples are gathered: of places whose colour nobody said
SURE = LIMIT / 5            # below which it surely is like it
FAR = 1.5                   # times as far as something that was left without colour: then that is what it is
ALIKE = 0.85                # intersection of histograms: a frame of another shot that shows the same scene
NEIGHBOURS = 4              # that are looked at, in case the nearest are of frames that are not alike


@dataclass(frozen=True)
class Ground:
    """What a pixel can rest on. Of a painted one: the keyframe, its swatch and where that comes from; of a similar picture its name and
    source."""

    kind: str
    keyframe: str = ""
    swatch: str = ""
    source: str = ""
    assumption: bool = False

    @property
    def words(self) -> str:
        """In one line, for the record."""
        parts = {REFERENCE: "reference", PAINTED: f"painted in keyframe {self.keyframe}: {self.swatch}",
                 SIMILAR: f"similar picture {self.swatch}" + (f", accepted in keyframe {self.keyframe}" if self.keyframe else ""),
                 KEPT: "the scan's own colour, which this shot kept: passed on as it is",
                 EXTRAPOLATED: "extrapolated: like nothing that was trained on"}
        return parts[self.kind] + (f" - {self.source}" if self.source else "")


def features(picture: Picture) -> NDArray[np.float32]:
    """(h, w, 9) of a balanced picture (h, w, 3), reduced to WIDTH."""
    ycc = to_ycbcr(np.clip(reduced(picture, WIDTH), 0, 1)) * np.array([1, CHROMA_WEIGHT, CHROMA_WEIGHT], np.float32)
    return np.concatenate([cv2.GaussianBlur(ycc, (0, 0), sigma) for sigma in SURROUNDINGS], 2).astype(np.float32)


@dataclass(frozen=True)
class Evidence:
    """All that was trained on, in samples: `seen` (n, 9) features, `ground` (n,) the place of what each is in `grounds`, len(grounds) for
    what was left without colour in a keyframe, so that what is most like that is extrapolated; `frame` (n,) the row of its frame in
    `looks`, the histograms of the frames (m, d), and in `shots`, their words; '' counts for every shot. Frames of shots
    that are `spared` have the scan's own colour: the last of `grounds`."""

    grounds: tuple[Ground, ...]
    seen: NDArray[np.float32]
    ground: NDArray[np.int32]
    frame: NDArray[np.int32]
    looks: NDArray[np.float32]
    shots: tuple[str, ...]
    spared: tuple[str, ...] = ()

    def save(self, folder: Path) -> None:
        """Write `folder/evidence.dat`, an .npz, atomically. Raises DiskFull, OutputRefused."""
        with replacing(folder / FILE) as temporary, temporary.open("wb") as file:
            np.savez_compressed(file, grounds=json.dumps([asdict(one) for one in self.grounds]), seen=self.seen.astype(np.float16),
                                ground=self.ground, frame=self.frame, looks=self.looks.astype(np.float16), shots=json.dumps(self.shots),
                                spared=json.dumps(self.spared))

    @staticmethod
    def load(folder: Path) -> Evidence:
        """Raises MediaError where it is missing or damaged."""
        path = folder / FILE
        try:
            with np.load(path) as data:
                grounds = tuple(Ground(**one) for one in json.loads(str(data["grounds"])))
                return Evidence(grounds, data["seen"].astype(np.float32), data["ground"], data["frame"], data["looks"].astype(np.float32),
                                tuple(json.loads(str(data["shots"]))), tuple(json.loads(str(data["spared"]))))
        except (OSError, EOFError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
            raise MediaError(f"{path}: is damaged or missing, so nothing tells what colours rest on; train anew") from error

    def without_what_others_said(self) -> Evidence:
        """What one frame left without colour and another gave it is not without colour."""
        unsaid = self.ground >= len(self.grounds)
        if not unsaid.any():
            return self
        distance, _ = self._said.nearest(np.ascontiguousarray(self.seen), np.ones(len(self.looks), np.bool_))
        kept = ~unsaid | (distance > SURE)
        return replace(self, seen=self.seen[kept], ground=self.ground[kept], frame=self.frame[kept])

    @cached_property
    def _said(self) -> _Seen:
        """What somebody said the colour of."""
        return _Seen.of(self, self.ground < len(self.grounds))

    @cached_property
    def _unsaid(self) -> _Seen:
        """What was left without colour."""
        return _Seen.of(self, self.ground >= len(self.grounds))

    def matte(self, picture: Picture, shot: str | None) -> NDArray[np.int32]:
        """(h, w) at WIDTH: the place in `grounds` of what each pixel of a balanced picture of that shot rests on; len(grounds) is
        extrapolated."""
        found = features(picture)
        height, width = found.shape[:2]
        if shot in self.spared:
            return np.full((height, width), len(self.grounds) - 1, np.int32)
        look = descriptor(picture)
        alike = np.array([known in ("", shot) or likeness(look, one) >= ALIKE
                          for known, one in zip(self.shots, self.looks, strict=True)], np.bool_)
        if not alike.any():
            return np.full((height, width), len(self.grounds), np.int32)
        flat = found.reshape(-1, found.shape[2])
        said, ground = self._said.nearest(flat, alike)
        unsaid, _ = self._unsaid.nearest(flat, alike)
        rests = (said <= LIMIT) & (said <= np.maximum(SURE, FAR * unsaid))
        return np.asarray(np.where(rests, ground, len(self.grounds)).reshape(height, width), np.int32)

    def shares(self, matte: NDArray[np.int32]) -> dict[str, float]:
        """The part of a matte that rests on each of KINDS; they sum to 1."""
        kinds = [ground.kind for ground in self.grounds] + [EXTRAPOLATED]
        counted = np.bincount(matte.ravel(), minlength=len(kinds)) / matte.size
        return {kind: round(float(sum(c for c, k in zip(counted, kinds, strict=True) if k == kind)), 4) for kind in KINDS}


@dataclass(frozen=True)
class _Seen:
    """Some of the samples, to look for neighbours among."""

    trees: cv2.flann.Index | None
    ground: NDArray[np.int32]
    frame: NDArray[np.int32]

    @staticmethod
    def of(evidence: Evidence, which: NDArray[np.bool_]) -> _Seen:
        cv2.setRNGSeed(0)
        seen = np.ascontiguousarray(evidence.seen[which])
        trees = cv2.flann.Index(seen, {"algorithm": 1, "trees": 4, "random_seed": 0}) if len(seen) else None
        return _Seen(trees, evidence.ground[which], evidence.frame[which])

    def nearest(self, found: NDArray[np.float32], alike: NDArray[np.bool_]) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """For features (n, 9) the distance to the nearest sample of a frame that is `alike`, infinite where there is none, and its
        ground."""
        if self.trees is None:
            return np.full(len(found), np.inf, np.float32), np.zeros(len(found), np.int32)
        places, squares = self.trees.knnSearch(found, min(NEIGHBOURS, len(self.ground)), params={"checks": CHECKS})
        counts = alike[self.frame[places]]
        at = counts.argmax(1)[:, None]
        distance = np.sqrt(np.take_along_axis(squares, at, 1)[:, 0])
        return (np.asarray(np.where(counts.any(1), distance, np.inf), np.float32),
                np.asarray(self.ground[np.take_along_axis(places, at, 1)[:, 0]], np.int32))


class Gatherer:
    """Samples of what is trained on, frame by frame."""

    def __init__(self) -> None:
        self._grounds: dict[Ground, int] = {}
        self._seen: list[NDArray[np.float32]] = []
        self._ground: list[NDArray[np.int32]] = []
        self._frame: list[NDArray[np.int32]] = []
        self._looks: list[NDArray[np.float32]] = []
        self._shots: list[str] = []

    def add(self, picture: Picture, marked: Iterable[tuple[Ground, NDArray[np.bool_]]], shot: str) -> None:
        """A frame of a shot ('' where it is like any) as the net sees it, and for each ground where (h, w) it holds, at any size."""
        found = features(picture)
        size = (found.shape[1], found.shape[0])
        for ground, where in marked:
            inside = cv2.resize(where.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.5
            values = found[inside]
            if len(values):
                number = NOBODY if ground.kind == EXTRAPOLATED else self._grounds.setdefault(ground, len(self._grounds))
                chosen = values[np.linspace(0, len(values) - 1, min(SAMPLES, len(values))).round().astype(int)]
                self._seen.append(chosen)
                self._ground.append(np.full(len(chosen), number, np.int32))
                self._frame.append(np.full(len(chosen), len(self._looks), np.int32))
        self._looks.append(descriptor(picture))
        self._shots.append(shot)

    def evidence(self, spared: tuple[str, ...] = ()) -> Evidence:
        """All that was added; frames of shots that are `spared` rest on themselves."""
        if spared:
            self._grounds[Ground(KEPT)] = len(self._grounds)
        every = slice(None, None, 1 + sum(map(len, self._seen)) // MOST)
        seen = np.concatenate(self._seen)[every] if self._seen else np.zeros((0, 3 * len(SURROUNDINGS)), np.float32)
        ground, frame = (np.concatenate(parts)[every] if parts else np.zeros(0, np.int32) for parts in (self._ground, self._frame))
        ground = np.where(ground == NOBODY, len(self._grounds), ground).astype(np.int32)
        looks = np.stack(self._looks) if self._looks else np.zeros((0, 1), np.float32)
        kept = (plane.astype(np.float16).astype(np.float32) for plane in (seen, looks))         # as they are kept on disk
        found = Evidence(tuple(self._grounds), next(kept), ground, frame, next(kept), tuple(self._shots), spared)
        return found.without_what_others_said()
