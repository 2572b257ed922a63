"""How much a step takes on: BATCH pairs, whole, unless the memory of the device has no room for that; then fewer, then windows of them."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from engine.train.checkpoint import Plan

BATCH = 2
PEAK = 1.5              # memory of a step over what it keeps for its way back; 1.3 was seen
SHARE = 0.8             # of the free memory
SMALLEST = 16           # cells of a window's side
TRIED = 32              # of the window that is tried


def smaller(plan: Plan, size: tuple[int, ...]) -> Plan | None:
    """The plan with about half as much to a step, whose pairs are `size` (h, w) cells now; None where that would be too little to learn
    from."""
    if plan.batch > 1:
        return replace(plan, batch=plan.batch // 2, less=True)
    side = max(size) // 2
    return replace(plan, side=side, less=True) if side >= SMALLEST else None


def limited(size: tuple[int, ...], side: int | None) -> tuple[int, ...]:
    """`size` (h, w) with no side longer than `side`."""
    return tuple(min(n, side or n) for n in size)


def fitting(plan: Plan, size: tuple[int, ...], cell_bytes: float, free: int | None) -> Plan:
    """The plan made small enough for `free` bytes, where that is known and a step keeps `cell_bytes` for each cell of its batch."""
    while free is not None and plan.batch * size[0] * size[1] * cell_bytes * PEAK > SHARE * free:
        less = smaller(plan, size)
        if less is None:
            break
        plan, size = less, limited(size, less.side)
    return plan


def words(plan: Plan, size: tuple[int, ...], context: int) -> str:
    """What a step takes on."""
    if plan.side is None:
        return f"{plan.batch} pair{'s' if plan.batch > 1 else ''} a step"
    height, width = (n * context for n in size)
    return f"a window of {width} x {height} pixels of one pair a step"


@contextmanager
def kept_bytes() -> Iterator[Callable[[], int]]:
    """Counts what torch keeps inside for the way back: memory that is shared counts once."""
    seen: dict[int, int] = {}

    def pack(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        seen[storage.data_ptr()] = storage.nbytes()
        return tensor

    def unpack(tensor: Any) -> Any:
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
        yield lambda: sum(seen.values())
