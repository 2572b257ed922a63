"""Recoveries: one short file for each kind of recovery, and the steps they are made of."""
from engine.recoveries.colour_keyframes import COLOUR_KEYFRAMES, COLOUR_SIMILAR
from engine.recoveries.colour_reference import COLOUR_REFERENCE
from engine.recoveries.recovery import Recovery, Step
from engine.recoveries.spatial_reference import COMBINED, SPATIAL_REFERENCE
from engine.recoveries.telecine import TELECINE

RECOVERIES: dict[str, Recovery] = {r.name: r for r in (
    COLOUR_REFERENCE, COLOUR_KEYFRAMES, COLOUR_SIMILAR, SPATIAL_REFERENCE, COMBINED, TELECINE)}

__all__ = ["RECOVERIES", "Recovery", "Step"]
