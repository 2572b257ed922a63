"""What the colours of the result rest on, for the Review page: a strip under the film, and words for the frame that is shown."""
from __future__ import annotations

from bisect import bisect_left
from typing import Any

from engine.pairs.evidence import EXTRAPOLATED, KEPT, KINDS, PAINTED, REFERENCE, SIMILAR
from wizard.words import percent, tr

OF_PRINT = ("print", "neighbours", "telecine", "net")        # where a damaged print was repaired
TONES = {"print": "ok", "neighbours": "edge", "telecine": "accent", "net": "warn",
         REFERENCE: "accent", PAINTED: "ok", SIMILAR: "warn", KEPT: "edge", EXTRAPOLATED: "text3"}
Strip = list[tuple[int, list[tuple[str, float]]]]


def strip_of(review: dict[str, Any] | None) -> Strip:
    """For frames that were looked at, the tones that they rest on with their shares."""
    found = (review or {}).get("evidence")
    if not found:
        return []
    return [(frame, [(TONES[kind], float(shares[kind])) for kind in (*KINDS, *OF_PRINT) if kind in shares])
            for frame, shares in zip(found["frames"], found["shares"], strict=True)]


def rests_on(review: dict[str, Any] | None, index: int) -> str:
    """What a frame rests on, by the nearest one that was looked at: '62 % painted, 38 % extrapolated'."""
    found = (review or {}).get("evidence")
    if not found or not found["frames"]:
        return ""
    frames = found["frames"]
    after = min(bisect_left(frames, index), len(frames) - 1)
    nearest = min({after, max(after - 1, 0)}, key=lambda place: abs(frames[place] - index))
    names = {REFERENCE: tr("from the reference"), PAINTED: tr("painted"), SIMILAR: tr("from similar pictures"),
             KEPT: tr("its own, kept"), EXTRAPOLATED: tr("extrapolated"),
             "print": tr("this print"), "neighbours": tr("neighbours"), "telecine": tr("telecine"), "net": tr("net alone")}
    shares = found["shares"][nearest]
    parts = ", ".join(tr("{share} {what}", share=percent(share), what=names[kind]) for kind in names
                      if (share := shares.get(kind, 0.0)) >= 0.005)
    return tr("Here: {parts}", parts=parts) if "print" in shares else tr("Colour here: {parts}", parts=parts)
