"""Where the net runs: chosen by a real step, never silently another device than the one asked for."""
from __future__ import annotations

import torch

from engine.errors import DeviceMissing
from engine.train.net import COLOURS, AffineGrid, NetSettings
from engine.train.optimizer import Optimizer

CHOICES = ("auto", "cpu", "cuda", "mps")


def choose_device(asked: str = "auto") -> torch.device:
    """'auto' takes the first of cuda, mps, cpu that can do a training step; another word that device or none.

    Raises DeviceMissing with one line that says what is wrong with it."""
    if asked not in CHOICES:
        raise DeviceMissing(f"{asked}: no such device; choose one of {', '.join(CHOICES)}")
    for name in ("cuda", "mps", "cpu") if asked == "auto" else (asked,):
        trouble = probe(name)
        if trouble is None:
            return torch.device(name)
        if name == asked:
            raise DeviceMissing(f"device {asked} cannot be used on this machine ({trouble}); choose --device auto or cpu")
    raise DeviceMissing("no device of this machine can train; install the program again")


def is_out_of_memory(error: Exception) -> bool:
    """Whether an error of torch or Python means that memory ran out."""
    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return True
    said = str(error).lower()
    return "out of memory" in said or "can't allocate memory" in said or "not enough memory" in said


def probe(name: str) -> str | None:
    """Take one real training step on the device. None where it works, else what went wrong, in a few words."""
    if name == "cuda" and not torch.cuda.is_available():
        return "no CUDA device is there" if torch.version.cuda else "this PyTorch was built without CUDA"
    if name == "mps" and not torch.backends.mps.is_available():
        return "no Apple GPU is there"
    try:
        net = AffineGrid(NetSettings(width=4, levels=2)).to(name, memory_format=torch.channels_last)  # type: ignore[call-overload]
        (net(torch.ones(1, COLOURS, 16, 16, device=name)) - 1).square().mean().backward()
        if name != "cpu":       # Muon's bfloat16 is on every processor, not on every card
            Optimizer(net).step(1.0)
        found = [values for weights in net.parameters() for values in (weights, weights.grad)]
        if not all(values is not None and bool(torch.isfinite(values).all().cpu()) for values in found):
            return "a test step gave no numbers"
    except (RuntimeError, TypeError, AssertionError, NotImplementedError) as error:     # TypeError: Apple's without bfloat16
        return str(error).splitlines()[0][:120] or type(error).__name__
    return None
