"""A damaged print beside its telecine, frame by frame: what is sound of it, what its neighbours show, and what a net is given of that."""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import Alignment
from engine.align.space import coverage, to_scan
from engine.detail.damage import Learnt, damage, learnt, sound, telecine_tone
from engine.detail.edited import edited
from engine.detail.edits import Edits
from engine.detail.neighbours import Neighbour, merged, neighbours
from engine.media.colour import luma, to_display
from engine.media.source import FrameSource
from engine.recoveries.detail_truth import inner

Floats = NDArray[np.float32]
Value = TypeVar("Value")

REACH = 2               # neighbours to each side
GATE = 6                # pixels around the live area where weave may still show picture
KEPT = 2 * REACH + 2    # frames whose planes are kept, of each kind; their neighbours, which are many planes, of one


@dataclass(frozen=True)
class Lying:
    """The telecine laid on a frame: luma (h, w) in the print's tone, not finite outside `covered` (h, w)."""

    plane: Floats
    covered: NDArray[np.bool_]


class Eaten:
    """The frames of a print whose telecine is aligned to it, and what a hand said of their damage. Planes are luma of display-referred
    Rec.709 of the scan's size."""

    def __init__(self, scan: FrameSource, reference: FrameSource, alignment: Alignment, edits: Edits | None = None) -> None:
        self.scan, self.reference, self.alignment, self.edits = scan, reference, alignment, edits or {}
        self._kept: dict[str, OrderedDict[int, Any]] = {}
        self._lock = Lock()

    def luma(self, index: int) -> Floats:
        return self._once("luma", index, lambda: luma(to_display(self.scan.read(index), self.scan.info.encoding)))

    def lying(self, index: int) -> Lying | None:
        """None for a frame without a partner."""
        return self._once("lying", index, lambda: self._lay(index))

    def damage(self, index: int) -> Floats:
        """(h, w) 0..1, 1 where the print is damaged."""
        return self._once("damage", index, lambda: self._damage(index))

    def sound(self, index: int) -> Floats:
        """(h, w) 0..1 how far the print is kept; exactly 1 where the result is the print."""
        return self._once("sound", index, lambda: sound(self.damage(index)))

    def trust(self, index: int) -> Floats:
        """(h, w) 0..1 how far the telecine is to be trusted: 0 without a partner and near the border of its crop."""
        lying = self.lying(index)
        if lying is None:
            return np.zeros_like(self.luma(index))
        return inner(lying.covered.astype(np.float32), lying.covered) * np.float32(self.alignment.frames[index].confidence)

    def seen(self, index: int) -> Floats:
        """What a net is given of the frame, (4, h, w): the print, its damage, what its neighbours show there, and how sure that is."""
        own, (shown, sure) = self.luma(index), self.beside(index)
        return np.stack([own, self.damage(index), own + (shown - own) * sure, sure]).astype(np.float32)

    def beside(self, index: int) -> tuple[Floats, Floats]:
        """What the sound parts of neighbouring frames show, (h, w), and how sure that is, 0..1."""
        def merge() -> tuple[Floats, Floats]:
            shown, weight = merged(self.neighbours(index), [self._sound_at_once(k) for k in self._places(index)])
            return shown, np.clip(weight, 0, 1)

        return self._once("beside", index, merge, 1)

    def healed(self, index: int, look: Floats) -> Floats:
        """The picture without its damage inside the telecine's crop, (h, w): what neighbours show where they are sound, for that is the
        print itself, else `look`, the telecine in the film's look."""
        shown, sure = self.beside(index)
        return np.asarray(look + (shown - look) * sure, np.float32)

    def neighbours(self, index: int) -> list[Neighbour]:
        return self._once("neighbours", index, lambda: neighbours(self.luma, self._clean, index, self._shot(index), REACH), 1)

    def _sound_at_once(self, index: int) -> Floats:
        """As `sound`, told without the neighbours' neighbours."""
        return self._once("at once", index, lambda: sound(self._damage_beside(index, ())))

    def _places(self, index: int) -> list[int]:
        """The frames that `neighbours` gives, in its order; a missing one is the frame itself."""
        shot = self._shot(index)
        wanted = [index + side * step for step in range(1, REACH + 1) for side in (-1, 1)]
        return [k if k in shot else index for k in wanted]

    def _clean(self, index: int) -> Floats | None:
        lying = self.lying(index)
        return None if lying is None else lying.plane

    def _shot(self, index: int) -> range:
        return next((range(a, b) for a, b in self.alignment.shots if a <= index < b), range(index, index + 1))

    def _lay(self, index: int) -> Lying | None:
        match = self.alignment.frames[index]
        if match.reference is None:
            return None
        there = luma(to_display(self.reference.read(match.reference), self.reference.info.encoding))
        own = self.luma(index)
        size = own.shape[1], own.shape[0]
        covered = coverage(match.matrix, (there.shape[1], there.shape[0]), size)
        laid = to_scan(there, match.matrix, size)
        tone = telecine_tone(own, laid, covered.astype(np.float32))
        return Lying(np.where(covered, tone(laid), np.nan).astype(np.float32), covered)

    def _damage(self, index: int) -> Floats:
        return self._damage_beside(index, [found.plane for found in self.neighbours(index) if found.weight.any()])

    def _damage_beside(self, index: int, planes: Sequence[Floats]) -> Floats:
        lying = self.lying(index)
        found = (damage(self.luma(index), lying.plane, lying.covered, planes) if lying else
                 damage(self.luma(index), None, None, planes, self._like(index)))
        return edited(found * self._picture(found.shape), self.edits.get(index, ()))

    def _like(self, index: int) -> Learnt | None:
        """What damage looks like in the nearest frame of the shot that has a partner; None where the shot has none."""
        near = min((k for k in self._shot(index) if self.alignment.frames[k].reference is not None), key=lambda k: abs(k - index),
                   default=None)
        lying = None if near is None else self.lying(near)
        if near is None or lying is None:
            return None
        return self._once("like", near, lambda: learnt(self.luma(near), lying.plane, lying.covered))

    def _picture(self, shape: tuple[int, ...]) -> Floats:
        """(h, w) 1 in the live area and near it, 0 in the black of the gate: there is nothing to repair."""
        x0, y0, x1, y1 = self.alignment.live_area
        there = np.zeros(shape, np.float32)
        there[max(0, y0 - GATE):y1 + GATE, max(0, x0 - GATE):x1 + GATE] = 1
        return there

    def _once(self, kind: str, index: int, make: Callable[[], Value], most: int = KEPT) -> Value:
        """What was made last is kept: neighbours ask for the same frames again."""
        with self._lock:
            kept = self._kept.setdefault(kind, OrderedDict())
            if index in kept:
                kept.move_to_end(index)
                return kept[index]  # type: ignore[no-any-return]
        made = make()
        with self._lock:
            kept[index] = made
            while len(kept) > most:
                kept.popitem(last=False)
        return made
