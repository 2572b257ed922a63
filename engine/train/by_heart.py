"""When a few keyframes are learnt: they come back as they were painted. What a net learns of them after that it learns by heart, and frames
that it does not know get worse by it."""
from __future__ import annotations

from collections.abc import Sequence

import torch

from engine.train.held_out import errors
from engine.train.model import Model
from engine.train.samples import Sample

COMES_BACK = 1.25           # mean dE00 on the pairs trained on
LOOKS = (15, 20, 25, 30, 40, 50, 60, 75, 100, 125, 150, 200, 250, 300, 400, 500)
MOST = 600                  # steps at the full learning rate: what has not come back by then never does, for grain
FEW = 4_096                 # pixels of a pair that are looked at


class ByHeart:
    """Looks at what is trained on, at a few steps."""

    def __init__(self, samples: Sequence[Sample], device: torch.device) -> None:
        self._samples, self._device = samples, device

    def learnt(self, model: Model, step: int) -> bool:
        """Whether the pairs come back at this step, or enough was tried."""
        if step >= MOST:
            return True
        if step not in LOOKS:
            return False
        found = errors(model, self._samples, self._device, FEW)
        return sum(found) / len(found) <= COMES_BACK

    def come_back(self, model: Model) -> dict[str, float]:
        """dE00 of each of the pairs, over what is painted of it, by the name of its sample."""
        found = errors(model, self._samples, self._device)
        return {sample.path.stem: round(error, 4) for sample, error in zip(self._samples, found, strict=True)}
