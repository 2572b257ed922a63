"""What a kind of recovery is: its name, what it needs, and its steps. Data only; a worker resolves the calls."""
from __future__ import annotations

from dataclasses import dataclass

DELIVERY = ("formats", "encoding", "sound", "evidence", "package", "compare", "burn_in", "whole", "colours", "source_type", "language")
"""The settings that every export depends on."""


@dataclass(frozen=True)
class Step:
    """One step. `call` is 'module:function' of (Work, folder, run) -> facts; `settings` are the names in Settings that it depends on;
    `leaves` are patterns of the files in its folder that later steps need. A step `beside` the others depends on the steps before it, and
    none on it: it tells only what is known already. One that is `on_request` is such a step, and is performed only where it is named.
    `keyframes`: it depends on the keyframes of the project; `edits`: on what was painted on the damage of its print."""

    name: str
    call: str
    settings: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    beside: bool = False
    on_request: bool = False
    keyframes: bool = False
    edits: bool = False


@dataclass(frozen=True)
class Recovery:
    """A kind of recovery. A step depends on all steps before it that are not beside the others. `detail`: luma is restored, not kept.
    `begins_as`: another recovery whose steps before the training are the same, and count for this one too. `most` pairs to
    train on and to hold out are suggested, where each costs much."""

    name: str
    needs_reference: bool
    steps: tuple[Step, ...]
    detail: bool = False
    begins_as: str = ""
    most: tuple[int, int] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(step.name for step in self.steps)
