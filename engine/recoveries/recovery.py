"""What a kind of recovery is: its name, what it needs, and its steps. Data only; a worker resolves the calls."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step. `call` is 'module:function' of (Work, folder, run) -> facts; `settings` are the names in Settings that it depends on;
    `leaves` are patterns of the files in its folder that later steps need."""

    name: str
    call: str
    settings: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recovery:
    """A kind of recovery. A step depends on all steps before it."""

    name: str
    needs_reference: bool
    steps: tuple[Step, ...]
