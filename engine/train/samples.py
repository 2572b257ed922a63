"""Pairs in memory as the net sees them: a small view of each frame, and its pixels to score on."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from engine.media.colour import to_ycbcr
from engine.pairs.pair import Pair
from engine.train.model import Model

YCC, SHOT, FILM = [0, 1, 2], [3, 4], [5, 6]
TARGET, WEIGHT = slice(7, 9), 9
WITHOUT_SHOT = 0.3      # share of the steps that see the fit over all shots, so that a shot without pairs works too


@dataclass(frozen=True)
class Sample:
    """One pair. `view` (7, h / context, w / context): Y'CbCr, the shot's fit, the film's fit. `pixels` (10, h, w) float16: the same
    at full size, target chroma, weight 0..1. Height and width are cut to whole cells."""

    view: Tensor
    pixels: Tensor


def prepare(pair: Pair, model: Model) -> Sample:
    """What the net sees of a pair, on the CPU."""
    context = model.net.settings.context
    height, width = (n // context * context for n in pair.scan.shape[:2])
    ycc = torch.from_numpy(to_ycbcr(pair.scan[:height, :width].astype(np.float32)))
    small = F.avg_pool2d(ycc.permute(2, 0, 1)[None], context)[0].permute(1, 2, 0)
    chroma = torch.from_numpy(pair.chroma[:height, :width].astype(np.float32))
    weight = torch.from_numpy(pair.weight[:height, :width].astype(np.float32) / 255)[..., None]
    full, seen = (torch.cat([x, model.fit(pair.shot, x), model.fit(None, x)], -1) for x in (ycc, small))
    return Sample(seen.permute(2, 0, 1).contiguous(), torch.cat([full, chroma, weight], -1).permute(2, 0, 1).to(torch.float16).contiguous())


@dataclass(frozen=True)
class Batch:
    """`view` (n, COLOURS, h, w) for the net; at one pixel of every cell (`row`, `column` of it) the colours (n, COLOURS, h, w),
    target chroma (n, 2, h, w) and weight (n, h, w)."""

    view: Tensor
    colours: Tensor
    target: Tensor
    weight: Tensor
    row: int
    column: int

    @property
    def luma(self) -> Tensor:
        return self.colours[:, 0]


class Samples:
    """The samples of a film, and which of them each step trains on: a function of seed and step alone, so that a resumed run needs no
    state of a random generator."""

    def __init__(self, samples: Sequence[Sample], context: int, seed: int) -> None:
        self.samples, self.context, self.seed = samples, context, seed
        self.size = tuple(min(s.view.shape[axis] for s in samples) for axis in (1, 2))

    def batch(self, step: int, count: int, device: torch.device) -> Batch:
        """The batch of a step: every sample comes once before one comes again; where sizes differ, a window of the common size."""
        random = np.random.default_rng([self.seed, 1, step])
        columns = FILM if random.random() < WITHOUT_SHOT else SHOT
        row, column = (int(v) for v in random.integers(0, self.context, 2))
        views, pixels = [], []
        for place in range(step * count, (step + 1) * count):
            epoch, turn = divmod(place, len(self.samples))
            order = np.random.default_rng([self.seed, 2, epoch]).permutation(len(self.samples))
            view, full = self._window(self.samples[order[turn]], random, row, column)
            views.append(view[YCC + columns])
            pixels.append(full)
        return assemble(torch.stack(views), torch.stack(pixels), columns, row, column, device)

    def _window(self, sample: Sample, random: np.random.Generator, row: int, column: int) -> tuple[Tensor, Tensor]:
        (height, width), step = self.size, self.context
        top, left = (int(random.integers(0, n - size + 1)) for n, size in zip(sample.view.shape[1:], self.size, strict=True))
        view = sample.view[:, top:top + height, left:left + width]
        return view, sample.pixels[:, top * step + row::step, left * step + column::step][:, :height, :width]


def whole(sample: Sample, context: int, row: int, column: int, device: torch.device, film: bool = False) -> Batch:
    """A batch of one whole frame with its shot's fit (or that of the film), at one pixel of every cell."""
    columns = FILM if film else SHOT
    pixels = sample.pixels[:, row::context, column::context]
    return assemble(sample.view[YCC + columns][None], pixels[None], columns, row, column, device)


def assemble(view: Tensor, pixels: Tensor, columns: list[int], row: int, column: int, device: torch.device) -> Batch:
    pixels = pixels.to(device).float()
    return Batch(view.to(device), pixels[:, YCC + columns], pixels[:, TARGET], pixels[:, WEIGHT], row, column)
