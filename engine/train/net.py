"""The net: colour by construction. It looks at a small view of the frame and says, place by place, how chroma follows from the colour of
a pixel; the pixels themselves are only ever looked up in that, so edges, grain and luma stay the scan's.

After Gharbi et al., "Deep bilateral learning for real-time image enhancement" (SIGGRAPH 2017), with a grid of one cell for every
`context` x `context` pixels of a pair and the pointwise fit (`baseline.Lut`) as two further colour planes that the net corrects.
"""
from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

COLOURS = 5     # Y', Cb, Cr, and Cb, Cr of the pointwise fit
FEATURES = 1 + COLOURS


@dataclass(frozen=True)
class NetSettings:
    """`context`: pixels of a pair to a cell of the grid. `width`: channels at the finest of `levels`, doubled at each up to `most`."""

    context: int = 4
    width: int = 16
    most: int = 128
    levels: int = 4


class Block(nn.Module):
    """3x3 convolution, group norm, SiLU."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(before, after, 3, padding=1, bias=False)
        self.norm = nn.GroupNorm(min(8, after // 2), after)

    def forward(self, x: Tensor) -> Tensor:
        return F.silu(self.norm(self.convolution(x)))


class AffineGrid(nn.Module):
    """A U-Net from the view of a frame to 2 x FEATURES coefficients a cell: chroma = fit + spread * coefficients . (1, colours).

    Buffers: `mean`, `deviation` (COLOURS) of the colours in the training pairs, `spread` (2) of the target chroma."""

    mean: Tensor
    deviation: Tensor
    spread: Tensor

    def __init__(self, settings: NetSettings) -> None:
        super().__init__()
        self.settings = settings
        channels = [min(settings.width * 2 ** level, settings.most) for level in range(settings.levels)]
        self.first = Block(COLOURS, channels[0])
        self.down = nn.ModuleList(
            nn.Sequential(Block(channels[max(level - 1, 0)], count), Block(count, count)) for level, count in enumerate(channels)
        )
        self.whole = nn.Linear(channels[-1], channels[-1])
        self.up = nn.ModuleList(
            Block(channels[level] + channels[level - 1], channels[level - 1]) for level in range(settings.levels - 1, 0, -1)
        )
        self.last = nn.Conv2d(channels[0], 2 * FEATURES, 1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)  # type: ignore[arg-type]
        for name, count in (("mean", COLOURS), ("deviation", COLOURS), ("spread", 2)):
            self.register_buffer(name, torch.ones(count))

    def forward(self, view: Tensor) -> Tensor:
        """`view` (n, COLOURS, h, w), any size -> coefficients (n, 2 * FEATURES, h, w), float32."""
        x = self.normal(view).contiguous(memory_format=torch.channels_last)
        x = self.first(x)
        passed: list[Tensor] = []
        for level, block in enumerate(self.down):
            x = block(F.avg_pool2d(x, 2, ceil_mode=True) if level else x)
            passed.append(x)
        x = passed.pop() + self.whole(x.mean((2, 3)))[:, :, None, None]
        for block in self.up:
            finer = passed.pop()
            larger = F.interpolate(x, scale_factor=2, mode="nearest")[:, :, :finer.shape[2], :finer.shape[3]]
            x = block(torch.cat([larger, finer], 1))
        with torch.autocast(x.device.type, enabled=False):
            result: Tensor = self.last(x.float())
        return result

    def normal(self, colours: Tensor) -> Tensor:
        """Colours (n, COLOURS, h, w) with the mean and deviation of the training pairs taken out."""
        return (colours - self.mean[:, None, None]) / self.deviation[:, None, None]

    def chroma(self, coefficients: Tensor, colours: Tensor) -> Tensor:
        """Coefficients (n, 2 * FEATURES, h, w) at the pixels' own places and their colours (n, COLOURS, h, w) -> Cb, Cr (n, 2, h, w)."""
        normal = self.normal(colours)
        parts = []
        for k in range(2):
            total = coefficients[:, k * FEATURES]
            for j in range(COLOURS):
                total = total + coefficients[:, k * FEATURES + 1 + j] * normal[:, j]
            parts.append(colours[:, 3 + k] + self.spread[k] * total)
        return torch.stack(parts, 1)


def look_up(nodes: Tensor, low: Tensor, high: Tensor, ycc: Tensor) -> Tensor:
    """The pointwise fit: `nodes` (n, n, n, 2) over Y'CbCr from `low` to `high` (3), at `ycc` (h, w, 3) -> Cb, Cr (h, w, 2), trilinear.

    Colours outside take the value at the border."""
    place = ((ycc - low) / (high - low)).clamp(0, 1) * 2 - 1
    table = nodes.permute(3, 0, 1, 2)[None]
    found = F.grid_sample(table, place.flip(-1)[None, None], mode="bilinear", padding_mode="border", align_corners=True)
    return found[0, :, 0].permute(1, 2, 0)


def at_phase(coefficients: Tensor, row: int, column: int, context: int) -> Tensor:
    """Coefficients (n, c, h, w) interpolated to pixel (`row`, `column`) of every cell of `context` x `context` pixels, bilinear."""
    for axis, pixel in ((2, row), (3, column)):
        offset = (pixel + 0.5) / context - 0.5
        count = coefficients.shape[axis]
        inner, edge = (1, count - 1) if offset > 0 else (0, 0)
        shifted = [coefficients.narrow(axis, inner, count - 1), coefficients.narrow(axis, edge, 1)]
        beside = torch.cat(shifted if offset > 0 else shifted[::-1], axis)
        coefficients = coefficients + (beside - coefficients) * abs(offset)
    return coefficients
