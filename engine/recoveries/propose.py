"""Colour from similar pictures, proposed: which patch of which given picture a region of a frame is like, and how sure that is.

Every place of a region looks for the places of the given pictures whose features are most alike, and these vote for the region that they
are of; where in the frame both lie and how light they are counts a little. Neighbours that are alike in the scan pull each other towards
one colour (iterated conditional modes, Besag, "On the statistical analysis of dirty pictures", 1986).
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.keyframes.painted import WIDTH
from engine.keyframes.proposal import Box, Colour, Fade, Given, Match, Proposal, Proposals, tones_of
from engine.keyframes.regions import Labels, Neighbours, regions, sized
from engine.media.colour import luma, to_ycbcr
from engine.media.reduce import reduced
from engine.media.source import Picture
from engine.run import Run
from engine.train.features import SCALE, Features, FeatureSettings, learn_features

Floats = NDArray[np.float32]

FILM_FRAMES = 24            # that features are learned from
PLACES = 60_000             # of all given pictures together that are compared
NEAR = 0.05                 # likeness that makes a vote e times heavier
BEST = 8                    # candidates of a region that are weighed against its neighbours
SHOWN = 3                   # alternatives
POSITION, LIGHT, CAST = 0.5, 0.8, 0.7   # distance in parts of the frame, of luma in quarters, and of faded chroma in its deviations, that
                                        # count against a match
PULL, ALIKE, APART = 1.0, 0.06, 0.05    # of neighbours: how strongly, how alike in the scan, in units of what chroma
FAINT = 1e-6


@dataclass(frozen=True)
class _Source:
    """A region of a given picture that may be proposed."""

    name: str
    middle: tuple[float, float]
    faded: Floats           # (3,) Y', Cb, Cr of its mean as faded, chroma in deviations of its side
    colour: Colour
    tones: tuple[Colour, ...]
    chroma: Floats          # (2,) of its median


@dataclass(frozen=True)
class Sources:
    """The given pictures as proposals see them: `features` (n, LENGTH), the places of all of them, `source` (n,) which region each is of,
    `inside` (n,) how far from that region's edge in pixels, `spot` (n, 2) x, y in parts of its picture."""

    features: Floats
    source: NDArray[np.int64]
    inside: Floats
    spot: Floats
    sides: Floats           # (n, 2) width and height in pixels of the picture of each
    regions: tuple[_Source, ...]

    @staticmethod
    def of(features: Features, given: Sequence[Given], fade: Fade, seed: int, run: Run) -> Sources:
        parts: list[tuple[Floats, NDArray[np.int64], Floats, Floats, Floats]] = []
        known: list[_Source] = []
        for place, one in enumerate(given):
            run.step(place, len(given), "looking at the pictures")
            picture = np.clip(sized(one.picture), 0, 1)
            faded = fade(picture, np.random.default_rng([seed, 5, place]))
            labels = regions(picture)
            parts.append(_places(features.of(faded, features.given)[0], labels, len(known)))
            known += _regions_of(one.name, picture, labels, features.given.planes(faded))
        features_, source, inside, spot, sides = (np.concatenate(column) for column in zip(*parts, strict=True))
        every = max(1, -(-len(source) // PLACES))
        return Sources(features_[::every], source[::every], inside[::every], spot[::every], sides[::every], tuple(known))


def propose(film: Sequence[Picture], frames: Mapping[str, Picture], given: Sequence[Given], fade: Fade, settings: FeatureSettings,
            run: Run) -> list[Proposals]:
    """Proposals for each of `frames` (names as the scan's), after features were learned from `film` and `given`. `film` and `frames` are
    of the balanced scan, R'G'B' display-referred Rec.709. Raises TooShort where there is no picture, Cancelled."""
    spread = np.linspace(0, len(film) - 1, min(FILM_FRAMES, len(film))).round().astype(int)
    seen = [*(film[int(i)] for i in dict.fromkeys(spread.tolist())), *frames.values()]
    features = learn_features(seen, [one.picture for one in given], fade, settings, run)
    sources = Sources.of(features, given, fade, settings.seed, run)
    result = []
    for done, (name, frame) in enumerate(frames.items()):
        run.step(done, len(frames), "proposing colour")
        result.append(propose_frame(features, sources, name, frame))
    return result


def propose_frame(features: Features, sources: Sources, name: str, frame: Picture) -> Proposals:
    """Proposals for one frame of the balanced scan."""
    small = np.clip(sized(frame), 0, 1)
    labels = regions(small)
    found, told = features.of(small, features.film)
    votes = _Votes.of(found.reshape(-1, found.shape[-1]), _small(labels).ravel(), int(labels.max()) + 1, sources)
    facts = _Facts.of(labels, small)
    by = _by_region(features.film.planes(small).reshape(-1, 3), labels.ravel(), int(labels.max()) + 1)
    score = np.log(votes.share + FAINT) + _prior(facts, by, sources)
    chosen = _settled(score, facts, labels, sources)
    head = _by_region(told.reshape(-1, 2), _small(labels).ravel(), len(score))
    proposals = [_proposal(region, chosen[region], score, votes, facts, head, sources) for region in range(len(score))]
    large = luma(np.clip(reduced(frame, WIDTH), 0, 1)).astype(np.float16)
    return Proposals(name, labels, large, tuple(proposals))


def _small(labels: Labels) -> Labels:
    """The label of each place that has a feature."""
    return labels[SCALE // 2::SCALE, SCALE // 2::SCALE]


def _places(found: Floats, labels: Labels, first: int) -> tuple[Floats, NDArray[np.int64], Floats, Floats, Floats]:
    inside = np.zeros(labels.shape, np.float32)
    for label in range(int(labels.max()) + 1):
        mask = np.pad((labels == label).astype(np.uint8), 1)
        inside += np.asarray(cv2.distanceTransform(mask, cv2.DIST_L2, 3), np.float32)[1:-1, 1:-1]
    height, width = labels.shape
    y, x = np.mgrid[SCALE // 2:height:SCALE, SCALE // 2:width:SCALE].astype(np.float32)
    spot = np.stack([(x / width).ravel(), (y / height).ravel()], 1)
    sides = np.full_like(spot, 1) * np.array([width, height], np.float32)
    return (found.reshape(-1, found.shape[-1]), _small(labels).ravel().astype(np.int64) + first,
            inside[SCALE // 2::SCALE, SCALE // 2::SCALE].ravel(), spot, sides)


def _regions_of(name: str, picture: Picture, labels: Labels, faded: Floats) -> list[_Source]:
    height, width = labels.shape
    result = []
    for label in range(int(labels.max()) + 1):
        mask = labels == label
        rows, columns = np.nonzero(mask)
        core = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        colour, tones = tones_of(picture[core if core.sum() > 50 else mask])
        chroma = to_ycbcr(np.array([colour], np.float32))[0, 1:]
        middle = float(columns.mean() / width), float(rows.mean() / height)
        result.append(_Source(name, middle, faded[mask].mean(0), colour, tones, chroma))
    return result


@dataclass(frozen=True)
class _Votes:
    """`share` (regions, sources) 0..1 of a region's votes that a source has; `near` (regions,) the likeness of the best place, on average;
    `best` (regions, sources) the place of the given pictures that stands for the source there."""

    share: Floats
    near: Floats
    best: NDArray[np.int64]

    @staticmethod
    def of(found: Floats, label: Labels, count: int, sources: Sources) -> _Votes:
        known = len(sources.regions)
        votes, near = np.zeros((count, known)), np.zeros(count)
        places = np.zeros((count, len(sources.source)), np.float32)
        for region in range(count):
            mine = found[label == region]
            if not len(mine):
                continue
            alike = mine @ sources.features.T
            top = alike.max(1, keepdims=True)
            weight = np.exp((alike - top) / NEAR)
            weight /= weight.sum(1, keepdims=True)
            places[region] = weight.mean(0)
            votes[region] = np.bincount(sources.source, places[region], known)
            near[region] = top.mean()
        order = places * np.sqrt(sources.inside)[None]
        best = np.zeros((count, known), np.int64)
        for source in range(known):
            own = np.flatnonzero(sources.source == source)
            if len(own):
                best[:, source] = own[order[:, own].argmax(1)]
        return _Votes(votes.astype(np.float32), near.astype(np.float32), best)


@dataclass(frozen=True)
class _Facts:
    """Of each region: `box` x, y, width, height and `middle` (n, 2) in parts of the frame, `share`, mean `ycc` (n, 3) as scanned."""

    box: list[Box]
    middle: Floats
    share: Floats
    ycc: Floats

    @staticmethod
    def of(labels: Labels, picture: Picture) -> _Facts:
        height, width = labels.shape
        count = int(labels.max()) + 1
        boxes: list[Box] = []
        middle = np.zeros((count, 2), np.float32)
        for region in range(count):
            rows, columns = np.nonzero(labels == region)
            boxes.append((float(columns.min() / width), float(rows.min() / height), float(np.ptp(columns) + 1) / width,
                          float(np.ptp(rows) + 1) / height))
            middle[region] = columns.mean() / width, rows.mean() / height
        share = np.bincount(labels.ravel(), minlength=count) / labels.size
        return _Facts(boxes, middle, share.astype(np.float32), _by_region(to_ycbcr(picture).reshape(-1, 3), labels.ravel(), count))


def _by_region(values: Floats, label: NDArray[np.int32], count: int) -> Floats:
    """Means (count, k) of values (n, k)."""
    size = np.maximum(np.bincount(label, minlength=count), 1)
    return np.stack([np.bincount(label, values[:, k], count) / size for k in range(values.shape[1])], 1).astype(np.float32)


def _prior(facts: _Facts, seen: Floats, sources: Sources) -> Floats:
    """(regions, sources) what place and luma say against a match, as a logarithm."""
    middle = np.array([source.middle for source in sources.regions], np.float32)
    faded = np.stack([source.faded for source in sources.regions])
    apart = np.square(facts.middle[:, None] - middle[None]).sum(-1) / POSITION ** 2
    unlike = np.square((seen[:, None] - faded[None]) / np.array([LIGHT, CAST, CAST], np.float32)).sum(-1)
    return np.asarray(-(apart + unlike) / 2, np.float32)


def _settled(score: Floats, facts: _Facts, labels: Labels, sources: Sources) -> NDArray[np.int64]:
    """The source of each region, its own votes weighed against what its neighbours have."""
    chroma = np.stack([source.chroma for source in sources.regions])
    best = np.argsort(-score, 1, kind="stable")[:, :BEST]
    chosen = best[:, 0].copy()
    touching = Neighbours.of(labels)
    around: list[list[tuple[int, float]]] = [[] for _ in range(len(score))]
    rim = np.bincount(touching.pairs.ravel(), np.repeat(touching.length, 2), len(score))
    for (a, b), length in zip(touching.pairs.tolist(), touching.length.tolist(), strict=True):
        step = (facts.ycc[a] - facts.ycc[b]) / ALIKE * np.array([0.5, 1.5, 1.5], np.float32)
        alike = float(np.exp(-step @ step))
        around[a].append((b, alike * length / rim[a]))
        around[b].append((a, alike * length / rim[b]))
    for _ in range(5):
        for region in np.argsort(facts.share, kind="stable"):
            cost = -score[region, best[region]].astype(np.float64)
            for other, weight in around[region]:
                cost += PULL * weight * np.abs(chroma[best[region]] - chroma[chosen[other]]).sum(1) / APART
            chosen[region] = best[region, int(cost.argmin())]
    return chosen


def _proposal(region: int, chosen: int, score: Floats, votes: _Votes, facts: _Facts, head: Floats, sources: Sources) -> Proposal:
    order = [int(s) for s in np.argsort(-score[region], kind="stable")[:BEST] if s != chosen]
    others: list[int] = []
    for other in order:     # none that shows the colour of one before
        if all(np.abs(sources.regions[other].chroma - sources.regions[kept].chroma).max() > 0.01 for kept in (chosen, *others)):
            others.append(other)
    match, *rest = (_match(region, source, score, votes, head, sources) for source in (chosen, *others[:SHOWN]))
    return Proposal(region, facts.box[region], float(facts.share[region]), match, tuple(rest))


def _match(region: int, source: int, score: Floats, votes: _Votes, head: Floats, sources: Sources) -> Match:
    one, place = sources.regions[source], int(votes.best[region, source])
    half = max(2.0, float(sources.inside[place]) / 2 ** 0.5)
    (x, y), (width, height) = sources.spot[place], sources.sides[place]
    left, top = max(0.0, float(x - half / width)), max(0.0, float(y - half / height))
    patch = (left, top, min(1.0, float(x + half / width)) - left, min(1.0, float(y + half / height)) - top)
    return Match(one.name, patch, one.colour, one.tones, _confidence(region, source, score, votes, head, sources))


def _confidence(region: int, source: int, score: Floats, votes: _Votes, head: Floats, sources: Sources) -> float:
    """How near the nearest places are, times how far all the votes say one colour, times how far the head says it too; 0..1."""
    chroma = np.stack([one.chroma for one in sources.regions])
    weight = np.exp(score[region] - score[region].max())
    apart = np.abs(chroma - chroma[source]).sum(1)
    spread = float((weight * apart).sum() / weight.sum())
    told = float(np.abs(head[region] - chroma[source]).sum())
    near = float(np.clip((votes.near[region] - 0.5) / 0.4, 0, 1))
    return float(near * np.exp(-spread / 0.06) * np.exp(-told / 0.12))
