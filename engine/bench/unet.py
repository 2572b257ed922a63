"""The usual full-resolution U-Net (after Ronneberger et al., MICCAI 2015), to measure what looking at every pixel would cost."""
from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn


class Unet(nn.Module):
    """The usual full-resolution U-Net: two convolutions a level, halved and doubled."""

    def __init__(self, channels: tuple[int, ...]) -> None:
        super().__init__()
        pairs = list(pairwise((3, *channels)))
        self.down = nn.ModuleList(self.block(*pair) for pair in pairs)
        self.up = nn.ModuleList(self.block(deep + fine, fine) for fine, deep in reversed(list(pairwise(channels))))
        self.last = nn.Conv2d(channels[0], 3, 1)

    @staticmethod
    def block(before: int, after: int) -> nn.Module:
        return nn.Sequential(nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.Conv2d(after, after, 3, padding=1), nn.ReLU())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        passed: list[torch.Tensor] = []
        for level, block in enumerate(self.down):
            x = block(F.max_pool2d(x, 2) if level else x)
            passed.append(x)
        passed.pop()
        for block in self.up:
            x = block(torch.cat([F.interpolate(x, scale_factor=2.0), passed.pop()], 1))
        result: torch.Tensor = self.last(x)
        return result


def full_resolution() -> Unet:
    """A U-Net of about a million parameters."""
    return Unet((24, 48, 96, 176)).eval()
