"""The review of a repaired print, shot by shot: how near the repair comes to sound parts that were hidden from it, how steady it is, and
where the picture came from.

No map of what was invented is kept, as of a better element. The repair that is measured is one of damage that was laid on sound parts for
it, so a map would lie where the result is the print itself. Where the print is damaged there is nothing to compare with: the telecine shows
the place, but softly, and all that the film's look adds to it would count as invented."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import unsure
from engine.detail.filters import denoised
from engine.detail.fullest import fullest
from engine.detail.likeness import psnr
from engine.detail.measures import measure_pair
from engine.recoveries.detail_review import Seen, leave_table
from engine.recoveries.review import Shot, plan, spread
from engine.recoveries.telecine_work import TelecineRestoration
from engine.recoveries.work import Work
from engine.run import Run

Floats = NDArray[np.float32]

MOST_COMPARED = 16
STRIP = 24              # frames of which is told where they came from
LEAST = 400             # pixels that have to be hidden of a frame


@dataclass(frozen=True)
class Partnered:
    """The frames that the telecine shows, and which of them may be others."""

    frames: tuple[int, ...]
    unsure: frozenset[int]


def telecine_review_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves review/table.json as `engine.recoveries.detail_review.detail_review_step` does.

    What the print shows under its damage nobody knows, so sound parts are hidden: the damage of each compared frame is laid mirrored on
    it, and "psnr" and "measures" tell of the repair against the print there, where it is sound, before grain and print are laid back;
    "filter_psnr" of the print, hidden parts and all, denoised. "evidence": "frames" spread over the film, and of each the "shares" of its
    picture that came from "print", "neighbours", "telecine" and "net"."""
    frames = work.alignment.frames
    used = TelecineRestoration(work.project, run)
    shots = plan(work, Partnered(tuple(m.scan for m in frames if m.reference is not None), frozenset(unsure(frames))))
    seen = compare(used, shots, run)
    return leave_table(work, folder, used, shots, seen, strip(used, len(work.scan), run), run)


def compare(used: TelecineRestoration, shots: Sequence[Shot], run: Run) -> dict[int, Seen]:
    """Frames of each shot that were not trained on, and of which enough could be hidden."""
    chosen = sorted(i for shot in shots for i in (*shot.held_out, *shot.others))
    wanted, found = spread(chosen, MOST_COMPARED), {}
    for done, index in enumerate(wanted):
        run.step(done, len(wanted), "comparing with hidden parts of the print")
        if one := seen_of(used, index):
            found[index] = one
    return found


def seen_of(used: TelecineRestoration, index: int) -> Seen | None:
    """None where next to nothing can be hidden."""
    own, seen = used.eaten.luma(index), used.eaten.seen(index)
    given, hidden = hide(seen, used.eaten.sound(index))
    if hidden.sum() < LEAST:
        return None
    weight, made = counted(hidden, seen[1], used.share(index)), used.repaired(index, given)
    here = fullest(weight)          # all but the dB is measured there
    measured = [np.ascontiguousarray(plane[here]) for plane in (made, own, given[0], weight)]
    return Seen(psnr(made, own, weight), psnr(denoised(given[0]), own, weight), measure_pair(*measured))


def hide(seen: Floats, keep: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The planes (4, h, w) that a net is given of a frame (see `engine.recoveries.eaten.Eaten.seen`) with its damage laid on it once more,
    mirrored left to right or upside down, whichever hides more; and the pixels (h, w) that are hidden so, all of them sound: `keep` (h, w)
    is 1 there. Neighbours are given to show no more there than under the damage itself."""
    own, damaged, shown, sure = seen
    plane, harm, _, known = max((seen[:, :, ::-1], seen[:, ::-1]), key=lambda way: int(((way[1] >= 0.5) & (keep >= 1)).sum()))
    eaten, surer = own + (plane - own) * harm, sure + (np.minimum(sure, known) - sure) * harm
    beside = (shown - own * (1 - sure)) / np.maximum(sure, 1e-6)
    given = np.stack([eaten, np.maximum(damaged, harm), eaten + (beside - eaten) * surer, surer])
    return np.asarray(given, np.float32), (harm >= 0.5) & (keep >= 1)


def counted(hidden: NDArray[np.bool_], damaged: Floats, inside: Floats) -> Floats:
    """(h, w) 0..1 how much a hidden pixel counts: those `inside` the telecine's crop (0..1) and those beyond count together as the damage
    in the two does, for one is far better known than the other."""
    weight = np.zeros_like(damaged)
    for where in (inside >= 0.5, inside < 0.5):
        if (part := hidden & where).any():
            weight[part] = damaged[where].sum() / part.sum()
    return np.asarray(weight / max(float(weight.max()), 1e-6), np.float32)


def strip(used: TelecineRestoration, count: int, run: Run) -> dict[str, Any]:
    """Where frames spread over the film came from."""
    frames, rows = spread(range(count), STRIP), []
    for done, index in enumerate(frames):
        run.step(done, len(frames), "telling where the picture came from")
        rows.append(used.origin(index).shares)
    return {"frames": list(frames), "shares": rows}
