"""Where a balance is laid: before the training (the net sees balanced pictures, and gives them their colour), or after it.

Laid after, pairs are made of the unbalanced scan and the net sees that; its chroma then goes on the luma of the balanced scan. The result
has the same luma either way. After is for prints whose fading differs so much over the film that one balance makes some shots worse for
the net; before is better wherever one balance suits the film, since the net then has less to learn.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.balance.balance import Balance
from engine.media.colour import from_ycbcr, luma, to_ycbcr
from engine.media.source import Picture


@dataclass(frozen=True)
class Laid:
    """A balance, and whether it is laid on after the training. Frames of shots whose words are `spared` kept their colour: they are passed
    on as they are."""

    balance: Balance
    after: bool = False
    spared: tuple[str, ...] = ()

    @property
    def seen(self) -> Balance:
        """The balance of what pairs are made of and the net sees."""
        return Balance.identity() if self.after else self.balance

    def seen_of(self, kept: Picture, index: int) -> Picture:
        """What the net sees of a balanced frame."""
        return self.balance.invert(kept, index) if self.after else kept

    def finished(self, restored: Picture, kept: Picture) -> Picture:
        """The result: luma of the balanced frame `kept`, chroma of what the net made of `seen_of` it."""
        if not self.after:
            return restored
        ycc = to_ycbcr(restored)
        ycc[..., 0] = luma(kept)
        return np.asarray(from_ycbcr(ycc), np.float32)

    def as_json(self) -> dict[str, Any]:
        return self.balance.as_json() | ({"after": True} if self.after else {}) | ({"spared": list(self.spared)} if self.spared else {})

    @staticmethod
    def from_json(data: dict[str, Any]) -> Laid:
        return Laid(Balance.from_json(data), bool(data.get("after", False)), tuple(data.get("spared", ())))
