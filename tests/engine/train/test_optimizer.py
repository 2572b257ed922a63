"""The optimizer moves the net itself, and goes on from where another stood."""
from __future__ import annotations

import copy

import torch

from engine.train.net import COLOURS, AffineGrid, NetSettings
from engine.train.optimizer import Optimizer

Weights = dict[str, torch.Tensor]


def fresh(seed: int = 0) -> AffineGrid:
    torch.manual_seed(seed)
    net: AffineGrid = AffineGrid(NetSettings(width=4, levels=2)).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    torch.nn.init.normal_(net.last.weight)
    return net


def step(net: AffineGrid, optimizer: Optimizer, rate: float, seed: int) -> Weights:
    """The weights after a step on noise."""
    optimizer.forget()
    noise = torch.rand(2, COLOURS, 16, 16, generator=torch.Generator().manual_seed(seed))
    net(noise).square().mean().backward()
    optimizer.step(rate)
    return copy.deepcopy(net.state_dict())


def test_a_step_moves_every_weight_and_none_at_rate_zero() -> None:
    net = fresh()
    optimizer, before = Optimizer(net), copy.deepcopy(net.state_dict())
    assert all(torch.equal(value, before[name]) for name, value in step(net, optimizer, 0.0, 1).items())
    after = step(net, optimizer, 1.0, 1)
    assert [name for name, _ in net.named_parameters() if torch.equal(after[name], before[name])] == []


def test_another_net_goes_on_alike() -> None:
    one, other = fresh(), fresh(1)
    first = Optimizer(one)
    step(one, first, 1.0, 1)
    second = Optimizer(other)
    other.load_state_dict(one.state_dict())
    second.load_state_dict(copy.deepcopy(first.state_dict()))
    ends = [step(net, optimizer, 0.5, 2) for net, optimizer in ((one, first), (other, second))]
    assert all(torch.equal(value, ends[1][name]) for name, value in ends[0].items())
