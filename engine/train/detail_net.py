"""The net of detail: a U-Net at full resolution that adds to a luma what it lacks, or takes away what harms it.

After Ronneberger et al., "U-Net" (2015); pixels go in and out in cells of 2 x 2 (Shi et al., "Real-time single image super-resolution using
an efficient sub-pixel convolutional neural network", CVPR 2016), so that nothing of the resolution is lost and a step costs a quarter. No
normalisation: a pixel's result depends on what is around it, never on the frame as a whole."""
from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

CELL = 2
MIRRORS: tuple[list[int], ...] = ([], [2], [3], [2, 3])     # axes that are turned over


@dataclass(frozen=True)
class DetailSettings:
    """`planes` that it sees; `channels` at each level, the finest (half resolution) first."""

    planes: int = 1
    channels: tuple[int, ...] = (32, 48, 64, 96)

    @property
    def multiple(self) -> int:
        """Sides of a picture that the net sees are a multiple of it."""
        return CELL << len(self.channels) - 1

    @property
    def reach(self) -> int:
        """A pixel's result depends on nothing further away, in pixels."""
        deep = len(self.channels)
        cells: int = 1 + sum((3 if level == deep - 1 else 5) * 2 ** level for level in range(deep))
        return CELL * cells


class Residual(nn.Module):
    """Two 3x3 convolutions beside the way through."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        added: Tensor = self.second(F.silu(self.first(F.silu(x))))
        return x + added


class DetailNet(nn.Module):
    """Planes (n, planes, h, w) -> luma (n, 1, h, w): the first plane plus `spread` times what the U-Net says. A fresh one changes nothing.

    Buffers: `mean`, `deviation` (planes) of the planes in the training pairs, `spread` (1) of what is to be added."""

    mean: Tensor
    deviation: Tensor
    spread: Tensor

    def __init__(self, settings: DetailSettings) -> None:
        super().__init__()
        self.settings = settings
        channels = settings.channels
        self.first = nn.Conv2d(settings.planes * CELL ** 2, channels[0], 3, padding=1)
        self.down = nn.ModuleList(Residual(count) for count in channels)
        self.deeper = nn.ModuleList(nn.Conv2d(a * 4, b, 1) for a, b in pairwise(channels))
        self.higher = nn.ModuleList(nn.Conv2d(b, a * 4, 1) for a, b in pairwise(channels))
        self.up = nn.ModuleList(Residual(count) for count in channels[:-1])
        self.last = nn.Conv2d(channels[0], CELL ** 2, 1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)  # type: ignore[arg-type]
        for name, count in (("mean", settings.planes), ("deviation", settings.planes), ("spread", 1)):
            self.register_buffer(name, torch.ones(count))

    def forward(self, seen: Tensor) -> Tensor:
        """Sides that are multiples of `settings.multiple`. The result is float32."""
        normal = (seen - self.mean[:, None, None]) / self.deviation[:, None, None]
        x = self.first(F.pixel_unshuffle(normal, CELL).contiguous(memory_format=torch.channels_last))
        passed: list[Tensor] = []
        for level, block in enumerate(self.down):
            x = block(self.deeper[level - 1](F.pixel_unshuffle(x, 2)) if level else x)
            passed.append(x)
        x = passed.pop()
        for level in range(len(self.up) - 1, -1, -1):
            x = self.up[level](passed.pop() + F.pixel_shuffle(self.higher[level](F.silu(x)), 2))
        with torch.autocast(x.device.type, enabled=False):
            said = F.pixel_shuffle(self.last(F.silu(x.float())), CELL)
            result: Tensor = seen[:, :1].float() + self.spread * said
        return result

    def whole(self, seen: Tensor, mirrored: bool = False) -> Tensor:
        """As `forward`, of planes (n, planes, h, w) of any size, whose edges go on as far as it takes; `mirrored`: the mean over them and
        their mirror images."""
        height, width = seen.shape[2:]
        missing = [-n % self.settings.multiple for n in (height, width)]
        padded = F.pad(seen, (0, missing[1], 0, missing[0]), mode="replicate")
        made = [torch.flip(self(torch.flip(padded, turn)), turn) for turn in (MIRRORS if mirrored else MIRRORS[:1])]
        return torch.stack(made).mean(0)[:, :, :height, :width]
