"""Where the colour of a film is known: in the frames of a reference, or in keyframes. What is trained on, held out, and compared with."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import Alignment, unsure
from engine.balance.balance import Balance
from engine.errors import UsageError
from engine.keyframes.imports import current
from engine.keyframes.keyframe import load_keyframe
from engine.keyframes.painted import WIDTH, Painted, paint
from engine.keyframes.palette import Swatch, swatch_of
from engine.media.reduce import reduced
from engine.media.source import FrameSource
from engine.pairs.evidence import EXTRAPOLATED, PAINTED, REFERENCE, SIMILAR, Ground
from engine.pairs.pair import Pair
from engine.pairs.target import make_pair
from engine.run import Run


class Truth(Protocol):
    """`frames` are those of the scan whose colour is known; of those in `unsure` it may be that of another."""

    @property
    def frames(self) -> tuple[int, ...]: ...

    @property
    def unsure(self) -> frozenset[int]: ...

    def pair(self, index: int, seen: Balance, held_out: bool, shot: str) -> Pair:
        """The pair of one of `frames`; `seen` is the balance of what the net sees. Safe in threads."""
        ...

    def grounds(self, pair: Pair) -> list[tuple[Ground, NDArray[np.bool_]]]:
        """What the colour of a pair rests on, and where (h, w) it does."""
        ...


@dataclass(frozen=True)
class ReferenceTruth:
    """The frames that have a partner in the reference."""

    scan: FrameSource
    reference: FrameSource
    alignment: Alignment

    @cached_property
    def frames(self) -> tuple[int, ...]:
        return tuple(m.scan for m in self.alignment.frames if m.reference is not None)

    @cached_property
    def unsure(self) -> frozenset[int]:
        return frozenset(unsure(self.alignment.frames))

    def pair(self, index: int, seen: Balance, held_out: bool, shot: str) -> Pair:
        encodings = self.scan.info.encoding, self.reference.info.encoding
        return make_pair(self.scan, self.reference, self.alignment.frames[index], seen, encodings, held_out, shot)

    def grounds(self, pair: Pair) -> list[tuple[Ground, NDArray[np.bool_]]]:
        return [(Ground(REFERENCE), pair.weight > 127)]


@dataclass(frozen=True)
class KeyframeTruth:
    """The keyframes of a project by the frame of the scan that each is of, and the balance that they were painted on."""

    scan: FrameSource
    project: Path
    palette: Sequence[Swatch]
    balance: Balance
    at: Mapping[int, str]

    @staticmethod
    def of(scan: FrameSource, project: Path, palette: Sequence[Swatch], balance: Balance, run: Run) -> KeyframeTruth:
        """Those whose frame is in the scan and shows what it showed when it was painted; others are told of, and left out."""
        found = current(project, scan, run)
        if found.changed:
            run.say(f"keyframes left out, their frame of the scan has changed or is not in the range: {', '.join(found.changed)}")
        return KeyframeTruth(scan, project, palette, balance, {
            index: name for name, index in sorted(found.at.items()) if load_keyframe(project, name).ops})

    @property
    def frames(self) -> tuple[int, ...]:
        return tuple(sorted(self.at))

    @property
    def unsure(self) -> frozenset[int]:
        return frozenset()

    def pair(self, index: int, seen: Balance, held_out: bool, shot: str) -> Pair:
        """Where nothing is painted nothing is trained on. Raises UsageError for a frame that is no keyframe."""
        if index not in self.at:
            raise UsageError(f"frame {self.scan.name(index)} is no keyframe, so no pair can be made of it; paint it first")
        painted = self._painted(index)
        picture = seen.apply(reduced(self.scan.read(index), WIDTH), index, self.scan.info.encoding)
        return Pair(index, self.scan.name(index), shot, held_out, np.clip(picture, 0, 1).astype(np.float16),
                    np.clip(painted.chroma, -0.5, 0.5).astype(np.float16), np.round(255 * painted.alpha).astype(np.uint8))

    def grounds(self, pair: Pair) -> list[tuple[Ground, NDArray[np.bool_]]]:
        name, painted = self.at[pair.index], self._painted(pair.index)
        ops, found = load_keyframe(self.project, name).ops, dict[Ground, NDArray[np.bool_]]()
        for place in np.unique(painted.op[painted.op > 0]):
            op, where = ops[place - 1], (painted.op == place) & (painted.alpha > 0.5)
            swatch = swatch_of(self.palette, op.swatch) or Swatch(0, op.what, (0.0, 0.0, 0.0))
            ground = Ground(SIMILAR if op.similar else PAINTED, name, swatch.name, swatch.footnote, swatch.assumption)
            found[ground] = found[ground] | where if ground in found else where
        return [*found.items(), (Ground(EXTRAPOLATED), painted.alpha <= 0.5)]

    def _painted(self, index: int) -> Painted:
        under = self.balance.apply(reduced(self.scan.read(index), WIDTH), index, self.scan.info.encoding)
        return paint(load_keyframe(self.project, self.at[index]), under, self.palette, self.project)
