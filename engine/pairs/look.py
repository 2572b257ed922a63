"""What is said of a pair beside its picture."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from engine.pairs.pair import Pair

AGREES = 0.5                # of the trust of the best pixels


@dataclass(frozen=True)
class PairFacts:
    """Shares of the frame, 0..1: where scan and reference agree, and what is masked (titles, dirt, outside the reference); the misfit in
    pixels of the scan."""

    agreement: float
    masked: float
    misfit: float


def pair_facts(pair: Pair) -> PairFacts:
    """Read off the trust of its pixels."""
    return facts_of(pair.weight, pair.misfit)


def facts_of(weight: NDArray[Any], misfit: float) -> PairFacts:
    """The same of any trust (h, w), 0 where a pixel is left out."""
    best = float(weight.max())
    return PairFacts(float((weight > AGREES * best).mean()) if best else 0.0, float((weight == 0).mean()), misfit)
