"""How good a trained model is on pairs that it was not trained on: the very figures that training gives for held-out pairs."""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from engine.pairs.pair import Pair
from engine.train.held_out import HeldOut, errors
from engine.train.model import Model
from engine.train.samples import Sample


class Judge:
    """Measures a model on pairs, which it lays out in `folder` one after another."""

    def __init__(self, model: Path, device: str, folder: Path) -> None:
        """Raises MediaError, NewerVersion."""
        self._model, self._device, self._folder = Model.load(model), torch.device(device), folder
        self._there = Model.load(model).to(self._device)
        self._samples: dict[int, Sample] = {}

    def see(self, pair: Pair) -> None:
        """Lay out a pair. Raises DiskFull, OutputRefused."""
        self._samples[pair.index] = Sample.write(self._folder / f"{pair.index:07d}", pair, self._model)

    def errors(self, indexes: Sequence[int]) -> dict[int, float]:
        """dE00 of the model on pairs that were seen."""
        samples = [self._samples[index] for index in indexes]
        return dict(zip(indexes, errors(self._there, samples, self._device), strict=True))

    def lut(self, indexes: Sequence[int]) -> float:
        """dE00 of the LUT (of the shot or over the film, whichever is better) over pairs that were seen, at least one."""
        return HeldOut([self._samples[index] for index in indexes], self._device).lut
