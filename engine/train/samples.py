"""Pairs as the net sees them: a small view of each frame, and its pixels to score on."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from engine.files import told
from engine.media.colour import to_ycbcr
from engine.pairs.pair import Pair
from engine.train.model import Model

YCC, SHOT, FILM = [0, 1, 2], [3, 4], [5, 6]
TARGET, WEIGHT = slice(7, 9), 9
VIEW_PLANES, PLANES = 7, 10
WITHOUT_SHOT = 0.1      # share of the steps that see the fit over all shots, so that a shot without pairs works too


@dataclass(frozen=True)
class Sample:
    """A pair of a shot as steps read it: on disk, so that memory does not grow with the number of pairs. `size` (h, w) is the pair's in
    cells of `context` x `context` pixels; height and width are cut to whole cells."""

    path: Path
    size: tuple[int, int]
    context: int
    shot: str

    @staticmethod
    def write(path: Path, pair: Pair, model: Model) -> Sample:
        """Lay out what the net sees of a pair: the view, then its pixels in the order of their place in a cell."""
        context = model.net.settings.context
        rows, columns = (n // context for n in pair.scan.shape[:2])
        height, width = rows * context, columns * context
        ycc = torch.from_numpy(to_ycbcr(pair.scan[:height, :width].astype(np.float32)))
        small = F.avg_pool2d(ycc.permute(2, 0, 1)[None], context)[0].permute(1, 2, 0)
        chroma = torch.from_numpy(pair.chroma[:height, :width].astype(np.float32))
        weight = torch.from_numpy(pair.weight[:height, :width].astype(np.float32) / 255)[..., None]
        full, seen = (torch.cat([x, model.fit(pair.shot, x), model.fit(None, x)], -1) for x in (ycc, small))
        pixels = torch.cat([full, chroma, weight], -1).to(torch.float16).reshape(rows, context, columns, context, PLANES)
        with told(path.parent, "laying out the pairs"), path.open("wb") as file:
            seen.permute(2, 0, 1).contiguous().numpy().tofile(file)
            pixels.permute(1, 3, 4, 0, 2).contiguous().numpy().tofile(file)
        return Sample(path, (rows, columns), context, pair.shot)

    def view(self) -> Tensor:
        """(7, h, w): Y'CbCr averaged over each cell, the shot's fit, the film's fit."""
        return self._read(np.float32, 0, VIEW_PLANES)

    def pixels(self, row: int, column: int) -> Tensor:
        """(10, h, w) float16 at pixel (`row`, `column`) of every cell: the same as in the view, target chroma, weight 0..1."""
        rows, columns = self.size
        before = (row * self.context + column) * PLANES * rows * columns * 2
        return self._read(np.float16, VIEW_PLANES * rows * columns * 4 + before, PLANES)

    def _read(self, kind: type[np.floating[Any]], offset: int, planes: int) -> Tensor:
        rows, columns = self.size
        values = np.fromfile(self.path, kind, planes * rows * columns, offset=offset)
        return torch.from_numpy(values.reshape(planes, rows, columns))


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

    def __init__(self, samples: Sequence[Sample], seed: int, without_shot: float = WITHOUT_SHOT) -> None:
        self.samples, self.context, self.seed, self.without_shot = samples, samples[0].context, seed, without_shot
        self.size = tuple(min(s.size[axis] for s in samples) for axis in (0, 1))

    def batch(self, step: int, count: int, device: torch.device) -> Batch:
        """The batch of a step: every sample comes once before one comes again; where sizes differ, a window of the common size."""
        random = np.random.default_rng([self.seed, 1, step])
        columns = FILM if random.random() < self.without_shot else SHOT
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
        (height, width), (rows, columns) = self.size, sample.size
        top, left = int(random.integers(0, rows - height + 1)), int(random.integers(0, columns - width + 1))
        here = (slice(None), slice(top, top + height), slice(left, left + width))
        return sample.view()[here], sample.pixels(row, column)[here]


def whole(sample: Sample, row: int, column: int, device: torch.device, film: bool = False) -> Batch:
    """A batch of one whole frame with its shot's fit (or that of the film), at one pixel of every cell."""
    columns = FILM if film else SHOT
    return assemble(sample.view()[YCC + columns][None], sample.pixels(row, column)[None], columns, row, column, device)


def assemble(view: Tensor, pixels: Tensor, columns: list[int], row: int, column: int, device: torch.device) -> Batch:
    pixels = pixels.to(device).float()
    return Batch(view.to(device), pixels[:, YCC + columns], pixels[:, TARGET], pixels[:, WEIGHT], row, column)
