"""What is said of a pair beside its picture."""
from __future__ import annotations

from dataclasses import dataclass

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
    best = int(pair.weight.max())
    return PairFacts(float((pair.weight > AGREES * best).mean()) if best else 0.0, float((pair.weight == 0).mean()), pair.misfit)
