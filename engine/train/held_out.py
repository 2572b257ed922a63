"""The held-out error: CIEDE2000 of the net, of the LUT and of the scan as it is, on pairs that training never sees."""
from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from engine.media.colour import from_ycbcr
from engine.media.difference import ciede2000, lab
from engine.train.net import AffineGrid, at_phase
from engine.train.samples import Batch, Sample, whole

LOOKS = ((0, 1), (3, 2))    # the pixels of a cell that are compared


class HeldOut:
    """Held-out samples, at least one. `lut` is the error of the LUT of the shot or that over the film, whichever is better;
    `untouched` that of the scan."""

    def __init__(self, samples: Sequence[Sample], device: torch.device) -> None:
        self.samples, self.device = samples, device
        self.lut = min(self._mean(lambda b: b.colours[:, 3:5], film) for film in (False, True))
        self.untouched = self._mean(lambda b: b.colours[:, 1:3])

    def measure(self, net: AffineGrid) -> float:
        """Mean dE00 of the net."""
        net.eval()
        with torch.no_grad():
            error = self._mean(lambda b: net.chroma(at_phase(net(b.view), b.row, b.column, net.settings.context), b.colours))
        net.train()
        return error

    def _mean(self, chroma: Callable[[Batch], Tensor], film: bool = False) -> float:
        errors = []
        for sample in self.samples:
            batches = [whole(sample, row, column, self.device, film) for row, column in LOOKS]
            errors.append(float(np.mean([difference(b, chroma(b)) for b in batches])))
        return float(np.mean(errors))


def difference(batch: Batch, chroma: Tensor) -> float:
    """Weighted mean CIEDE2000 of chroma (1, 2, h, w) on the batch's luma against its target."""
    shown, target = (
        lab(from_ycbcr(np.ascontiguousarray(torch.cat([batch.luma, c[0]]).permute(1, 2, 0).cpu().numpy())))
        for c in (chroma, batch.target)
    )
    weight = batch.weight[0].cpu().numpy()
    return float((ciede2000(shown, target) * weight).sum() / max(float(weight.sum()), 1e-9))
