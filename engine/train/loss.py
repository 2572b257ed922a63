"""The loss: about the mean CIEDE2000, from a table of how far a step of chroma looks at every colour."""
from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from engine.media.colour import from_ycbcr, to_ycbcr
from engine.media.difference import Doubles, ciede2000, lab

STEPS = 33
REACH = 0.02
FLOOR = 20.0
SOFT = 0.5


class ChromaLoss:
    """CIEDE2000 is nearly a metric: about a target, dE^2 = d' M d for an error of chroma d. M is measured once on a grid of colours with
    steps of REACH; where clipping hides an error, FLOOR (dE for an error of 1) keeps a slope."""

    def __init__(self, device: torch.device) -> None:
        axes = (np.linspace(0, 1, STEPS), np.linspace(-0.5, 0.5, STEPS), np.linspace(-0.5, 0.5, STEPS))
        grid = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3)
        shown = np.clip(from_ycbcr(grid.astype(np.float32)), 0, 1)
        colour = to_ycbcr(shown)

        def squared(cb: float, cr: float) -> Doubles:
            step = np.array([0, cb, cr], np.float32)
            both = [ciede2000(lab(shown), lab(from_ycbcr(colour + sign * step))) ** 2 for sign in (1, -1)]
            return (both[0] + both[1]) / (2 * REACH ** 2)

        one, two, across = squared(REACH, 0), squared(0, REACH), squared(REACH, REACH)
        table = np.stack([one + FLOOR ** 2, (across - one - two) / 2, two + FLOOR ** 2], -1)
        self.table = torch.from_numpy(table).float().to(device)

    def __call__(self, chroma: Tensor, target: Tensor, luma: Tensor, weight: Tensor) -> Tensor:
        """Weighted mean over pixels. `chroma`, `target` (n, 2, h, w); `luma`, `weight` (n, h, w)."""
        top = STEPS - 1
        cells = [(luma * top), (target[:, 0] + 0.5) * top, (target[:, 1] + 0.5) * top]
        index = torch.zeros_like(luma, dtype=torch.int64)
        for cell in cells:
            index = index * STEPS + cell.round().clamp(0, top).long()
        m = self.table[index]
        cb, cr = (chroma - target).unbind(1)
        squared = m[..., 0] * cb * cb + 2 * m[..., 1] * cb * cr + m[..., 2] * cr * cr
        error = torch.sqrt(squared.clamp(min=0) + SOFT ** 2) - SOFT
        return (error * weight).sum() / weight.sum().clamp(min=1)
