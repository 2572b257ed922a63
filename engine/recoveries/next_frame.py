"""Which frame to paint next: the one that stands for most of the film that no keyframe is like, and where the net is least sure."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.files import write_json
from engine.media.source import Picture
from engine.pairs.coverage import places, suggest_next
from engine.pairs.looks import Looks
from engine.pairs.scan_looks import looks_of_scan
from engine.recoveries.keyframe_steps import shots_found
from engine.recoveries.runs import used_run
from engine.recoveries.work import Restoration, Work
from engine.run import Run

MOST = 8                    # frames suggested
ASKED = 48                  # frames that the net is asked about
WIDTH = 256                 # at which it is asked
LIGHTER = 1.04              # a picture so much lighter, and mirrored, should get the same colour


def next_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves choose/looks.npz and choose/next.json: {"frames": [{"index", "name", "covers_frames", "covers_shots", "unsure"}]}, the most
    useful first, each as if those before it were painted. "unsure" is dE00 between what the net says of the frame and of the same
    frame lighter and mirrored; null while nothing is trained."""
    painted = list(work.truth(run).frames)
    looks = looks_of_scan(work.scan, work.balance, shots_found(work.project.folder), painted, run)
    looks.save(folder / "looks.npz")
    unsure = doubts(work, looks, run)
    if unsure:
        asked = np.array(sorted(unsure))
        nearest = asked[np.abs(looks.frames[:, None] - asked[None]).argmin(1)]
        typical = float(np.median(list(unsure.values()))) + 1e-6
        looks = replace(looks, worth=np.array([1 + unsure[int(frame)] / typical for frame in nearest]))
    rows: list[dict[str, Any]] = []
    while len(rows) < MOST and (found := suggest_next(looks, painted)) is not None:
        row = {"index": found.frame, "name": work.scan.name(found.frame), "covers_frames": found.covers, "covers_shots": found.shots}
        rows.append(row | {"unsure": unsure.get(found.frame)})
        painted.append(found.frame)
    write_json(folder / "next.json", {"version": 1, "frames": rows})
    return {"frames": [row["index"] for row in rows], "covered": _covered(looks, work.truth(run).frames)}


def doubts(work: Work, looks: Looks, run: Run) -> dict[int, float]:
    """How unsure the used run is of frames spread over the film, in dE00; nothing where nothing is trained."""
    from engine.media.difference import ciede2000, lab

    if used_run(work.project) is None:
        return {}
    used, shots = Restoration(work.project, run), shots_found(work.project.folder)
    count = min(ASKED, len(looks.frames))
    asked = looks.frames[np.linspace(0, len(looks.frames) - 1, count).round().astype(int)].tolist()
    found = {}
    for done, frame in enumerate(asked):
        run.step(done, count, "asking where the net is unsure")
        kept = used.kept(work.scan, frame, WIDTH)
        plain, other = (used.restore(frame, picture, shots[frame], work.scan.info.width) for picture in (kept, _otherwise(kept)))
        found[frame] = round(float(ciede2000(lab(plain), lab(_back(other))).mean()), 3)
    return found


def _otherwise(picture: Picture) -> Picture:
    return np.ascontiguousarray(picture[:, ::-1] * LIGHTER)


def _back(picture: Picture) -> Picture:
    return np.ascontiguousarray(picture[:, ::-1] / LIGHTER)


def _covered(looks: Looks, painted: tuple[int, ...]) -> float:
    """The part of the film that keyframes stand for, 0..1."""
    stands = looks.stands_for[:, places(looks, painted)].any(1)
    return round(float(looks.weights[stands].sum() / looks.weights.sum()), 4)
