"""Features of pictures, from a small net trained on the spot: on frames of this film, and on the given pictures faded as the film is.

A place of a picture becomes a vector of length 1. Three things teach it. Two views of one crop, of other tone, exposure, scale and grain,
must agree place by place and differ from other places (van den Oord et al., "Representation learning with contrastive predictive coding",
2018; dense, as in Wang et al., "Dense contrastive learning", 2021), so features depend on what is there, not on how it was copied. A head
must tell the true chroma of a given picture from its faded view. And the chroma of a place, taken from the places of other crops that are
most alike, must be its own (after Goldberger et al., "Neighbourhood components analysis", 2004): alike shall mean of one colour.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.errors import TooShort
from engine.keyframes.proposal import Fade
from engine.keyframes.regions import sized
from engine.media.colour import to_ycbcr
from engine.media.source import Picture
from engine.run import Run
from engine.train.begin import calculating
from engine.train.device import choose_device
from engine.train.net import Block
from engine.train.optimizer import Optimizer

Floats = NDArray[np.float32]

LENGTH = 32             # of a feature
SCALE = 4               # pixels of a sized picture to a feature, both ways
CROP = 112              # pixels of a training crop
PLACES = 48             # places of a crop that are compared
VIEWS = 3               # of each given picture, faded with other draws
TEMPERATURE, NEAR = 0.15, 0.08
CHROMA_UNIT = 0.05      # an error of chroma that counts as one
WARM = 20               # steps over which the learning rate rises; then it falls as a cosine


@dataclass(frozen=True)
class FeatureSettings:
    """`steps` of `batch` crops, half of them film and half given pictures: 350 of 8 take about half a minute on two cores."""

    steps: int = 350
    batch: int = 8
    seed: int = 0
    device: str = "auto"


class PatchNet(nn.Module):
    """(n, 3, h, w) normalised Y'CbCr, sides multiples of WHOLE, to features (n, LENGTH, h / SCALE, w / SCALE) of length 1; 0.1 M
    parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.second = Block(3 * 4, 24)
        self.quarter = nn.Sequential(Block(24, 32), Block(32, 32))
        self.eighth = nn.Sequential(Block(32, 40), Block(40, 40))
        self.wide = nn.Sequential(Block(40, 40))
        self.back = Block(40 + 40, 32)
        self.last = Block(32 + 32, 32)
        self.out = nn.Conv2d(32, LENGTH, 1)
        self.head = nn.Sequential(nn.Conv2d(LENGTH, 32, 1), nn.SiLU(), nn.Conv2d(32, 2, 1))

    def forward(self, x: Tensor) -> Tensor:
        quarter = self.quarter(F.avg_pool2d(self.second(F.pixel_unshuffle(x, 2)), 2))
        eighth = self.eighth(F.avg_pool2d(quarter, 2))
        wide = self.wide(F.avg_pool2d(eighth, 2, ceil_mode=True))
        x = self.back(torch.cat([_twice(wide, eighth), eighth], 1))
        x = self.last(torch.cat([_twice(x, quarter), quarter], 1))
        result: Tensor = F.normalize(self.out(x), dim=1)
        return result

    def chroma(self, features: Tensor) -> Tensor:
        """Cb, Cr (n, 2, h, w) that the head makes of features."""
        result: Tensor = CHROMA_UNIT * self.head(4 * features)
        return result


def _twice(x: Tensor, like: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2, mode="nearest")[:, :, :like.shape[2], :like.shape[3]]


@dataclass(frozen=True)
class Scale:
    """Mean and deviation of Y', Cb, Cr: of the film, or of the given pictures as faded, so that a cast counts for nothing."""

    mean: Floats
    deviation: Floats

    @staticmethod
    def of(pictures: Sequence[Picture]) -> Scale:
        values = np.concatenate([to_ycbcr(np.clip(p, 0, 1)).reshape(-1, 3) for p in pictures])
        mean, deviation = values.mean(0), values.std(0)
        return Scale(mean * np.array([0, 1, 1], np.float32) + np.array([0.45, 0, 0], np.float32),
                     np.maximum(deviation, 0.004) * np.array([0, 1, 1], np.float32) + np.array([0.25, 0, 0], np.float32))

    def planes(self, picture: Picture) -> Floats:
        """(h, w, 3): luma about -2..2, the same for all; chroma with the mean and deviation of its own side taken out."""
        return (to_ycbcr(np.clip(picture, 0, 1)) - self.mean) / self.deviation

    def normal(self, picture: Picture) -> Tensor:
        """`planes` as (3, h, w)."""
        return torch.from_numpy(np.ascontiguousarray(self.planes(picture).transpose(2, 0, 1)))


@dataclass(frozen=True)
class Features:
    """The trained net. `film` and `given` are the scales of the two sides."""

    net: PatchNet
    film: Scale
    given: Scale
    device: torch.device
    threads: int

    def of(self, picture: Picture, scale: Scale) -> tuple[Floats, Floats]:
        """Of a picture as `sized` makes it, faded: features (h / SCALE, w / SCALE, LENGTH) of length 1, and the chroma (.., .., 2) that the
        head says."""
        with calculating(self.threads, self.device), torch.no_grad():
            found = self.net(scale.normal(picture)[None].to(self.device))
            chroma = self.net.chroma(found)
        maps = [planes[0].permute(1, 2, 0).float().cpu().numpy() for planes in (found, chroma)]
        return np.ascontiguousarray(maps[0]), np.ascontiguousarray(maps[1])


def learn_features(film: Sequence[Picture], given: Sequence[Picture], fade: Fade, settings: FeatureSettings, run: Run) -> Features:
    """Train on `film`, frames of the balanced scan, and on `given`, pictures of good colour, both R'G'B' display-referred Rec.709 of any
    size. The same for the same pictures, seed, steps and machine.

    Raises TooShort where one of them is empty, Cancelled, DeviceMissing."""
    if not film or not given:
        raise TooShort("there is no frame of the film or no picture to learn from; give a folder of pictures with --similar")
    device = choose_device(settings.device)
    threads = torch.get_num_threads()
    sides = _Sides.of(film, given, fade, settings.seed, run)
    with calculating(threads, device):
        torch.manual_seed(settings.seed)
        net = PatchNet().to(device, memory_format=torch.channels_last).train()  # type: ignore[call-overload]
        optimizer = Optimizer(net)
        for step in range(settings.steps):
            run.step(step, settings.steps, "learning what the film and the pictures have in common")
            loss = _loss(net, sides.batch(np.random.default_rng([settings.seed, 3, step]), settings.batch, device))
            optimizer.forget()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step(min(1.0, (step + 1) / WARM) * 0.5 * (1 + float(np.cos(np.pi * step / settings.steps))))
    run.step(settings.steps, settings.steps, "learning what the film and the pictures have in common")
    return Features(net.eval(), sides.film_scale, sides.given_scale, device, threads)


@dataclass(frozen=True)
class _Batch:
    """Two views (2 n, 3, c, c) of n crops; `grid` (n, PLACES, 2) where the places of the first view lie in each, -1..1: (2, n, PLACES, 2);
    `chroma` (n, PLACES, 2) the true one there, where `known` (n,)."""

    views: Tensor
    grid: Tensor
    chroma: Tensor
    known: Tensor


@dataclass(frozen=True)
class _Sides:
    """Normalised pictures of both sides (3, h, w), and the true chroma (2, h, w) of the given ones."""

    film: list[Tensor]
    given: list[tuple[Tensor, Tensor]]
    film_scale: Scale
    given_scale: Scale

    @staticmethod
    def of(film: Sequence[Picture], given: Sequence[Picture], fade: Fade, seed: int, run: Run) -> _Sides:
        frames = [sized(frame) for frame in film]
        faded, truth = [], []
        for place, picture in enumerate(map(sized, given)):
            run.step(place, len(given), "fading the pictures as the film is")
            for view in range(VIEWS):
                faded.append(fade(picture, np.random.default_rng([seed, 4, place, view])))
                truth.append(torch.from_numpy(np.ascontiguousarray(to_ycbcr(picture)[..., 1:].transpose(2, 0, 1))))
        one, other = Scale.of(frames), Scale.of(faded)
        return _Sides([one.normal(p) for p in frames], [(other.normal(p), c) for p, c in zip(faded, truth, strict=True)], one, other)

    def batch(self, random: np.random.Generator, count: int, device: torch.device) -> _Batch:
        first, second, grids, chroma = [], [], [], []
        for place in range(count):
            known = place >= count // 2
            if known:
                picture, truth = self.given[int(random.integers(len(self.given)))]
            else:
                picture = self.film[int(random.integers(len(self.film)))]
                truth = torch.zeros(2, *picture.shape[1:])
            crop = torch.from_numpy(_window(torch.cat([picture, truth]).numpy(), random))
            turn, there = _turn(random)
            where = torch.from_numpy(random.uniform(-0.75, 0.75, (PLACES, 2)).astype(np.float32))
            grid = F.affine_grid(turn[None], [1, 3, CROP, CROP], align_corners=False)
            moved = F.grid_sample(crop[None, :3], grid, padding_mode="reflection", align_corners=False)[0]
            first.append(_copied(crop[:3], random))
            second.append(_copied(moved, random))
            grids.append(torch.stack([where, (where - there[:, 2]) @ there[:, :2].T]))
            chroma.append(F.grid_sample(F.avg_pool2d(crop[None, 3:], SCALE), where[None, None], align_corners=False)[0, :, 0].T)
        planes = torch.stack(first + second), torch.stack(grids, 1), torch.stack(chroma), torch.arange(count) >= count // 2
        return _Batch(*(values.to(device) for values in planes))


def _window(planes: Floats, random: np.random.Generator) -> Floats:
    """A crop of (c, h, w), CROP x CROP, of another scale by up to a third, perhaps mirrored."""
    height, width = planes.shape[1:]
    side = min(float(CROP * np.exp(random.uniform(-0.3, 0.3))), float(min(height, width)))
    top, left = random.uniform(0, height - side), random.uniform(0, width - side)
    matrix = np.array([[side / CROP, 0, left], [0, side / CROP, top]], np.float32)
    crop = cv2.warpAffine(np.ascontiguousarray(planes.transpose(1, 2, 0)), matrix, (CROP, CROP),
                          flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REFLECT)
    crop = crop[:, ::-1] if random.random() < 0.5 else crop
    return np.ascontiguousarray(crop.transpose(2, 0, 1), np.float32)


def _turn(random: np.random.Generator) -> tuple[Tensor, Tensor]:
    """(2, 3) from places of the second view to places of the first, a little turned and scaled; what takes them back, (p - shift) @ R."""
    angle, scale = random.uniform(-0.2, 0.2), np.exp(random.uniform(-0.2, 0.2))
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shift = random.uniform(-0.08, 0.08, (2, 1))
    matrices = np.concatenate([turn, shift], 1), np.concatenate([np.linalg.inv(turn), shift], 1)
    return torch.from_numpy(matrices[0].astype(np.float32)), torch.from_numpy(matrices[1].astype(np.float32))


def _copied(planes: Tensor, random: np.random.Generator) -> Tensor:
    """Another copy of a normalised crop (3, h, w): exposure, contrast and tint by a little, grain, softness."""
    luma = planes[:1] * float(np.exp(random.uniform(-0.25, 0.25))) + float(random.uniform(-0.25, 0.25))
    gain = torch.from_numpy(np.exp(random.uniform(-0.3, 0.3, (2, 1, 1))).astype(np.float32))
    shift = torch.from_numpy(random.normal(0, 0.25, (2, 1, 1)).astype(np.float32))
    result = torch.cat([luma, planes[1:] * gain + shift])
    if random.random() < 0.4:
        result = torch.from_numpy(np.ascontiguousarray(
            cv2.GaussianBlur(result.permute(1, 2, 0).numpy(), (0, 0), float(random.uniform(0.5, 1.5))).transpose(2, 0, 1)))
    grain = random.normal(0, 1, tuple(planes.shape)).astype(np.float32) * np.float32(random.uniform(0, 0.12))
    return result + torch.from_numpy(grain)


def _loss(net: PatchNet, batch: _Batch) -> Tensor:
    count = len(batch.known)
    maps, grid = net(batch.views), batch.grid.reshape(2 * count, 1, PLACES, 2)
    found = F.normalize(F.grid_sample(maps, grid, align_corners=False, padding_mode="border")[:, :, 0].transpose(1, 2), dim=2)
    one, other = found[:count].reshape(-1, LENGTH), found[count:].reshape(-1, LENGTH)
    agree = F.cross_entropy(one @ other.T / TEMPERATURE, torch.arange(len(one), device=one.device))
    if not bool(batch.known.any()):
        return agree
    truth = batch.chroma[batch.known]
    told = net.chroma(found.reshape(2, count, PLACES, LENGTH)[:, batch.known].reshape(-1, PLACES, LENGTH).permute(2, 0, 1)[None])
    said = told[0].permute(1, 2, 0).reshape(2, *truth.shape)
    head = F.smooth_l1_loss(said / CHROMA_UNIT, (truth / CHROMA_UNIT).expand_as(said))
    return agree + head + _retrieved(found.reshape(2, count, PLACES, LENGTH)[:, batch.known], truth)


def _retrieved(found: Tensor, truth: Tensor) -> Tensor:
    """Error of the chroma of the given places (2, n, p, LENGTH), each taken from those of the other crops that are like it."""
    _, crops, places, _ = found.shape
    if crops < 2:
        return found.sum() * 0
    alike = torch.einsum("apf,bqf->apbq", found[0], found[1]) / NEAR
    own = torch.eye(crops, device=found.device, dtype=torch.bool)[:, None, :, None]
    weight = alike.masked_fill(own, -1e4).reshape(crops, places, -1).softmax(-1)
    return F.smooth_l1_loss(weight @ truth.reshape(-1, 2) / CHROMA_UNIT, truth / CHROMA_UNIT)
