"""The held-out error: CIEDE2000 of the net, of the LUT and of the scan as it is, on pairs that training never sees."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from engine.media.colour import from_ycbcr
from engine.media.difference import Doubles, ciede2000, lab
from engine.train.model import Model
from engine.train.net import at_phase
from engine.train.samples import Batch, Sample, whole

LOOKS = ((0, 1), (3, 2))    # the pixels of a cell that are compared

Show = Callable[[Sample, Tensor], None]


class HeldOut:
    """Held-out samples, at least one. `frames` is the error of the net by the samples' names, as it was measured last. What does not change
    is measured when it is first asked for, so that no picture waits for it."""

    def __init__(self, samples: Sequence[Sample], device: torch.device) -> None:
        self.samples, self.device = samples, device
        self.frames: dict[str, float] = {}

    @cached_property
    def lut(self) -> float:
        """Mean dE00 of the LUT of the shot or that over the film, whichever is better."""
        return min(self._mean(lambda b: b.colours[:, 3:5], film) for film in (False, True))

    @cached_property
    def untouched(self) -> float:
        """Mean dE00 of the scan."""
        return self._mean(lambda b: b.colours[:, 1:3])

    def measure(self, model: Model, pixels: int | None = None, show: Show | None = None) -> float:
        """Mean dE00 of the model, on about `pixels` of each look where they are given. `show` is given what the net says of each frame, for
        whoever makes a picture of that."""
        found = errors(model, self.samples, self.device, pixels, show)
        self.frames = {sample.path.stem: round(error, 4) for sample, error in zip(self.samples, found, strict=True)}
        return float(np.mean(found))

    def _mean(self, chroma: Callable[[Batch], Tensor], film: bool = False) -> float:
        errors = []
        for sample in self.samples:
            batches = [whole(sample, row, column, self.device, film) for row, column in LOOKS]
            errors.append(float(np.mean([difference(b, chroma(b)) for b in batches])))
        return float(np.mean(errors))


def errors(
    model: Model, samples: Sequence[Sample], device: torch.device, pixels: int | None = None, show: Show | None = None
) -> list[float]:
    """dE00 of the model on each sample."""
    nets = [model.net, *model.corrections]
    for net in nets:
        net.eval()
    found = []
    with torch.no_grad():
        for sample in samples:
            its = model.net_for(sample.shot)
            batches = [whole(sample, row, column, device) for row, column in LOOKS]
            coefficients = its(batches[0].view)
            if show:
                show(sample, coefficients)
            at = (at_phase(coefficients, b.row, b.column, its.settings.context) for b in batches)
            found.append(float(np.mean([difference(b, its.chroma(c, b.colours), pixels) for b, c in zip(batches, at, strict=True)])))
    for net in nets:
        net.train()
    return found


def difference(batch: Batch, chroma: Tensor, pixels: int | None = None) -> float:
    """Weighted mean CIEDE2000 of chroma (n, 2, h, w) on the batch's luma against its target; of about `pixels` of it where given."""
    count = batch.weight.numel()
    some: slice | Tensor = slice(None)
    if pixels is not None and pixels < count:
        some = torch.from_numpy(np.random.default_rng(0).integers(0, count, pixels)).to(batch.weight.device)

    def seen(*planes: Tensor) -> Doubles:
        picked = torch.stack([plane.reshape(-1)[some] for plane in planes], -1)
        return lab(from_ycbcr(picked.detach().float().cpu().numpy()))

    shown, target = (seen(batch.luma, c[:, 0], c[:, 1]) for c in (chroma, batch.target))
    trust = batch.weight.reshape(-1)[some].cpu().numpy()
    return float((ciede2000(shown, target) * trust).sum() / max(float(trust.sum()), 1e-9))
