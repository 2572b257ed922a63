"""The optimizer of a net: Muon for its 3x3 convolutions, AdamW for the rest.

Muon: K. Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024), as torch has it. It knows matrices only; here each
is a view of a convolution's weights. AdamW: Loshchilov and Hutter, "Decoupled weight decay regularization" (ICLR 2019).
"""
from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

RATE, DECAY = 3e-3, 0.3             # of AdamW
TURN, TURN_DECAY = 0.02, 0.5        # of Muon


def matrix(weights: Tensor) -> Tensor:
    """Weights (out, in, h, w) of a convolution, laid out channels last, as (out, h * w * in), in the same memory."""
    return weights.permute(0, 2, 3, 1).flatten(1)


class Optimizer:
    """Takes the steps of a net on its device, whose weights are channels last and stay where they are."""

    def __init__(self, net: torch.nn.Module) -> None:
        self.net = net
        self.turned = [part.weight for part in net.modules() if isinstance(part, torch.nn.Conv2d) and part.kernel_size == (3, 3)]
        self.matrices = [torch.nn.Parameter(matrix(weights.detach())) for weights in self.turned]
        known = {id(weights) for weights in self.turned}
        rest = [p for p in net.parameters() if id(p) not in known]
        self.parts: tuple[tuple[torch.optim.Optimizer, float], ...] = (
            (torch.optim.Muon(self.matrices, TURN, TURN_DECAY), TURN),
            (torch.optim.AdamW(rest, RATE, (0.9, 0.99), weight_decay=DECAY), RATE))

    def forget(self) -> None:
        """Drop the gradients of the step before."""
        self.net.zero_grad(set_to_none=True)

    def step(self, rate: float) -> None:
        """One step at `rate` times the learning rate, by the gradients in the net."""
        for own, weights in zip(self.matrices, self.turned, strict=True):
            own.grad = None if weights.grad is None else matrix(weights.grad)
        for part, whole in self.parts:
            for group in part.param_groups:
                group["lr"] = whole * rate
            part.step()

    def state_dict(self) -> list[dict[str, Any]]:
        return [part.state_dict() for part, _ in self.parts]

    def load_state_dict(self, state: list[dict[str, Any]]) -> None:
        """Stand where another of the same net stood."""
        for (part, _), its in zip(self.parts, state, strict=True):
            part.load_state_dict(its)
