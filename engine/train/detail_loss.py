"""The loss of detail: Charbonnier on luma, and on what a Haar wavelet tells of it at two scales, so that texture counts beside tone."""
from __future__ import annotations

import torch.nn.functional as F  # noqa: N812
from torch import Tensor

SOFT = 1e-3             # of luma: errors beyond it count by their size, as texture wants; smaller ones by their square
GUESSED = 0.1           # the same where most is damaged, and what is lost can only be guessed: the mean of what it may be is nearest
WAVELET = 0.25          # of each band beside luma
SCALES = 2


def detail_loss(made: Tensor, target: Tensor, weight: Tensor, soft: float = SOFT) -> Tensor:
    """Weighted mean over pixels of (n, 1, h, w), sides that 2 ** SCALES divides; `weight` 0..1; `soft` is SOFT or GUESSED.

    Charbonnier et al., "Two deterministic half-quadratic regularization algorithms for computed imaging" (1994)."""
    error = made - target
    total = charbonnier(error, weight, soft)
    low, trust = error, weight
    for _ in range(SCALES):
        low, *bands = haar(low)
        trust = -F.max_pool2d(-trust, 2)
        for band in bands:
            total = total + WAVELET * charbonnier(band, trust, soft)
    return total


def charbonnier(error: Tensor, weight: Tensor, soft: float) -> Tensor:
    size = (error.square() + soft ** 2).sqrt() - soft
    return (size * weight).sum() / weight.sum().clamp(min=1)


def haar(plane: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Mean, and differences across, down and diagonal, of cells of 2 x 2."""
    a, b, c, d = F.pixel_unshuffle(plane, 2).chunk(4, 1)
    return (a + b + c + d) / 4, (a - b + c - d) / 4, (a + b - c - d) / 4, (a - b - c + d) / 4
