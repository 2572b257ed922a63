"""The first steps of a training, for their own sake: whether the torch that is loaded can train on an NVIDIA card, and if not, why."""
from __future__ import annotations

import re
import time
from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path

import torch

from engine.train.machine import device_name
from engine.train.net import COLOURS, AffineGrid, NetSettings
from engine.train.optimizer import Optimizer

STEPS = 12
DRIVERS = {12: 525, 13: 580}       # the lowest of NVIDIA's drivers for each CUDA, by NVIDIA's table of compatibility


@dataclass(frozen=True)
class FirstSteps:
    """`place` is where torch was loaded from, `cuda` what it was built for ('' where without), `device` what the steps were taken on,
    `losses` those of the first and the last. `trouble` is why no NVIDIA card can be trained on, '' where one can."""

    torch: str
    place: str
    cuda: str
    device: str
    driver: str
    losses: tuple[float, ...]
    seconds: float
    trouble: str

    def as_plain(self) -> dict[str, object]:
        return asdict(self)


def first_steps() -> FirstSteps:
    """On the card, or on the processor where no card answers."""
    trouble, cuda, losses = without_card(), torch.version.cuda or "", []
    device = torch.device("cpu" if trouble else "cuda")
    began = time.monotonic()
    try:
        losses = _losses(device)
        if not (all(map(isfinite, losses)) and losses[-1] < losses[0]):
            trouble = trouble or "a training on it learnt nothing: " + ", ".join(f"{loss:.3g}" for loss in losses)
        elif trouble:
            trouble += f" (on the processor the first {STEPS} steps of a training went well)"
    except RuntimeError as error:
        trouble = trouble or reason(str(error), cuda, _card(device))
    return FirstSteps(torch.__version__, str(Path(torch.__file__).parent.parent), cuda, _card(device), driver(),
                      tuple(losses[:1] + losses[-1:]), round(time.monotonic() - began, 2), trouble)


def without_card() -> str:
    """Why torch finds no NVIDIA card, '' where it does."""
    if not torch.version.cuda:
        return "it is a CPU build; no CUDA device answered"
    try:
        torch.cuda.init()  # type: ignore[no-untyped-call]
        torch.cuda.get_device_name()
    except (RuntimeError, AssertionError) as error:
        return reason(str(error), torch.version.cuda, "")
    return ""


def reason(said: str, cuda: str, card: str) -> str:
    """What torch or CUDA said, in words that tell what to do."""
    major = int(cuda.split(".")[0] or 0)
    wanted = f"CUDA {cuda}" + (f" (NVIDIA's driver {DRIVERS[major]} or newer)" if major in DRIVERS else "")
    if "no NVIDIA driver" in said:
        return f"no NVIDIA driver answers on this machine; install the one of the card that has {wanted}"
    if "too old" in said:
        version = re.search(r"found version (\d+)", said)
        has = f" (it has CUDA {int(version[1]) // 1000}.{int(version[1]) % 1000 // 10})" if version else ""
        return f"the NVIDIA driver is too old{has}; these wheels need {wanted}"
    if "No CUDA GPUs" in said or "might not have a CUDA gpu" in said:
        return "the NVIDIA driver answers, but there is no card that it can use"
    if "no kernel image" in said:
        return f"{card} is not among the cards that these wheels are built for ({', '.join(torch.cuda.get_arch_list())})"
    return f"CUDA does not work: {said.splitlines()[0][:160]}" if said else "CUDA does not work"


def driver(told: Path = Path("/proc/driver/nvidia/version")) -> str:
    """The version of NVIDIA's driver in the running system, '' where it tells none."""
    try:
        found = re.search(r"Module\D*(?:\w+\s+)*?\s(\d+\.[\d.]+)", told.read_text(encoding="utf-8"))
    except OSError:
        return ""
    return found[1] if found else ""


def _card(device: torch.device) -> str:
    """'NVIDIA RTX A4000 (sm_86)'; of the processor its name."""
    try:
        part = "sm_{}{}".format(*torch.cuda.get_device_capability()) if device.type == "cuda" else ""
        return device_name(device) + (f" ({part})" if part else "")
    except (RuntimeError, AssertionError):
        return device.type


def _losses(device: torch.device) -> list[float]:
    """Of a small net of the kind that films are restored with, learning one smooth thing."""
    torch.manual_seed(0)
    net = AffineGrid(NetSettings(width=8, levels=3)).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    view = torch.rand(2, COLOURS, 48, 48).to(device)
    optimizer, losses = Optimizer(net), []
    for _ in range(STEPS):
        optimizer.forget()
        loss = (net(view) - view[:, :1]).square().mean()
        loss.backward()
        optimizer.step(1.0)
        losses.append(float(loss.detach()))
    return losses
