"""The damage of a frame as it was found, with what a hand said of it laid over."""
from __future__ import annotations

from collections.abc import Sequence

from engine.align.features import Plane
from engine.detail.edits import Stroke
from engine.keyframes.strokes import brush


def edited(found: Plane, strokes: Sequence[Stroke]) -> Plane:
    """(h, w) 0..1, 1 where the print is damaged: `found` (h, w) outside the strokes; under a stroke, as far as it covers, what that stroke
    says. The later of two lies on top."""
    if not strokes:
        return found
    result = found.copy()
    for stroke in strokes:
        cover = brush(stroke.points, stroke.size, stroke.hardness, (found.shape[0], found.shape[1]))
        here = result[cover.here]
        here += (stroke.damaged - here) * cover.alpha
    return result
