"""The review of recovered detail, shot by shot: how near to the reference, how steady, how sharp, how grainy, and what was invented."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.detail.fullest import fullest
from engine.detail.invention import invented
from engine.detail.invention_map import save_map
from engine.detail.likeness import psnr
from engine.detail.measures import Measures, mean, measure_pair
from engine.detail.pair import DetailPair
from engine.export.certificate import FLOAT_TOLERANCE
from engine.files import write_json
from engine.media.colour import luma, to_ycbcr
from engine.recoveries.combined_work import CombinedRestoration
from engine.recoveries.detail_steps import measured, truth_of
from engine.recoveries.detail_truth import DetailTruth
from engine.recoveries.detail_work import DetailRestoration
from engine.recoveries.review import SUGGESTIONS, Shot, plan
from engine.recoveries.runs import used_run
from engine.recoveries.steadiness import steadiness
from engine.recoveries.work import Restoring, Work, restoration_of
from engine.run import Run

Used = DetailRestoration | CombinedRestoration

MOVING = 12             # consecutive frames of a shot that are restored, each as large as the scan
MOST_MOVING = 96        # of a film
MOST_COMPARED = 32
MAPS = "invented"       # their folder in that of the review


@dataclass(frozen=True)
class Seen:
    """A frame beside its reference: dB of the result and of the best linear filter, all other measures, and the map of what was invented
    by its name in the folder of the review, '' where there is none."""

    psnr: float
    linear: float
    measures: Measures
    map: str = ""


def detail_review_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves review/table.json: {"version", "kind": "detail", "run", "shots", "suggestions", "evidence": null}.

    A shot: as `engine.recoveries.review.review_step`, with "psnr" and "filter_psnr" (dB of luma on parts of frames, against the
    reference) in place of "dE00" and "lut_dE00", "stability" of the mean luma, "measures" (see `Measures`), and "chroma" {"max", "exact",
    "frames"}: how far the chroma is from the scan's, on frames that were looked at. Lowest dB first. "suggestions": frames not trained on
    that are furthest from their reference. "maps" of a shot: {frame: file in this folder}, what was invented in its compared frames, as
    `engine.detail.invention_map` has it."""
    truth, used = truth_of(work), restoration_of(work.project, run)
    assert isinstance(used, Used)
    shots = plan(work, truth)
    return leave_table(work, folder, used, shots, compare(work, used, truth, shots, folder, run), None, run)


def leave_table(work: Work, folder: Path, used: Restoring, shots: Sequence[Shot], seen: dict[int, Seen], evidence: dict[str, Any] | None,
                run: Run) -> dict[str, Any]:
    """The table of the shots, of which the frames in `seen` were compared, and the facts of the step."""
    total, done, rows = sum(len(moving(shot, len(shots))) for shot in shots), 0, []
    for shot in shots:
        frames = moving(shot, len(shots))
        rows.append(row(shot, seen) | look(work, used, shot.word, frames, done, total, run))
        done += len(frames)
    rows.sort(key=lambda r: (r["psnr"] is None, r["psnr"] or 0))
    number = (info := used_run(work.project)) and info.number
    others = sorted((i for shot in shots for i in shot.others if i in seen), key=lambda i: seen[i].psnr)[:SUGGESTIONS]
    words = {i: shot.word for shot in shots for i in shot.others}
    suggestions = [{"frame": i, "psnr": round(seen[i].psnr, 2), "shot": words[i]} for i in others]
    write_json(folder / "table.json", {"version": 1, "kind": "detail", "run": number, "shots": rows, "suggestions": suggestions,
                                       "evidence": evidence})
    return {"run": number, "shots": len(rows), "flicker": sum(r["stability"]["flicker"] for r in rows if r["stability"]),
            "suggestions": list(others), "maps": sum(len(r["maps"]) for r in rows), "exact": sum(r["chroma"]["exact"] for r in rows),
            "looked_at": sum(r["chroma"]["frames"] for r in rows)}


def compare(work: Work, used: Used, truth: DetailTruth, shots: Sequence[Shot], folder: Path, run: Run) -> dict[int, Seen]:
    """The frames of each shot that have a reference and were not trained on, and lie well enough on it; leaves their maps in `folder`."""
    known = {*truth.frames}
    wanted = [(i, shot.word) for shot in shots for i in (*shot.held_out, *shot.others) if i in known]
    wanted = sorted(wanted[k] for k in np.linspace(0, len(wanted) - 1, min(MOST_COMPARED, len(wanted))).round().astype(int))
    found = {}
    for done, (index, word) in enumerate(wanted):
        run.step(done, len(wanted), "comparing with the reference")
        pair = truth.pair(index, True, word)
        if pair.weight.any():
            found[index] = seen_of(work, used, pair, folder)
    return found


def seen_of(work: Work, used: Used, pair: DetailPair, folder: Path) -> Seen:
    """The whole frame is restored and mapped, and measured where most of it is trusted."""
    kept = used.kept(work.scan, pair.index, pair.shot)
    made, linear = luma(used.restore(pair.index, kept, pair.shot)), used.recovered.linear.apply(pair.seen[0].astype(np.float32))
    name = f"{MAPS}/{pair.index:07d}.png"
    whole = [np.asarray(plane, np.float32) for plane in (made, pair.target, pair.seen[0], pair.weight)]
    save_map(folder / name, invented(*whole), whole[-1])
    here = fullest(pair.weight)
    own, plain = (np.ascontiguousarray(plane[here]) for plane in (made, linear))
    seen, target, weight = measured(pair)
    return Seen(psnr(own, target, weight), psnr(plain, target, weight), measure_pair(own, target, seen[0], weight), name)


def row(shot: Shot, seen: dict[int, Seen]) -> dict[str, Any]:
    """What is known of a shot beside its reference."""
    held, other = ([i for i in kind if i in seen] for kind in (shot.held_out, shot.others))
    counted = held or other
    figures: dict[str, Any] = {"psnr": None, "filter_psnr": None, "measured": None, "compared": counted, "worst": None, "measures": None,
                               "maps": {str(i): seen[i].map for i in (*held, *other) if seen[i].map}}
    if counted:
        figures |= {"psnr": round(float(np.mean([seen[i].psnr for i in counted])), 2),
                    "filter_psnr": round(float(np.mean([seen[i].linear for i in counted])), 2),
                    "measured": "held out" if held else "other frames", "worst": min((*held, *other), key=lambda i: seen[i].psnr),
                    "measures": mean([seen[i].measures for i in counted]).as_json()}
    return {"shot": shot.word, "first": shot.frames[0], "last": shot.frames[-1], "frames": len(shot.frames), **figures}


def moving(shot: Shot, shots: int) -> tuple[int, ...]:
    """The consecutive frames of a shot that are looked at."""
    return shot.moving[:max(2, min(MOVING, MOST_MOVING // shots))]


def look(work: Work, used: Restoring, word: str, frames: Sequence[int], done: int, total: int, run: Run) -> dict[str, Any]:
    """Steadiness of the mean luma, and chroma, of frames of a shot; `done` frames of `total` were looked at before."""
    means, off = [], []
    for place, index in enumerate(frames):
        run.step(done + place, total, "looking at frames in motion")
        kept = used.kept(work.scan, index, word)
        result, linear = used.restore(index, kept, word), used.lut(index, kept, word)
        means.append([np.array([float(np.clip(luma(picture), 0, 1).mean())]) for picture in (kept, result, linear)])
        off.append(float(np.abs(to_ycbcr(result)[..., 1:] - to_ycbcr(kept)[..., 1:]).max()))
    steady = steadiness(frames[0], *zip(*means, strict=True)) if len(means) > 1 else None
    return {"stability": steady.as_json() if steady else None,
            "chroma": {"max": max(off, default=None), "exact": sum(value <= FLOAT_TOLERANCE for value in off), "frames": len(off)}}
