"""The review of a result, shot by shot, as a step of a recovery: how far from the known colour, how steady, and whether luma holds."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from engine.export.certificate import FLOAT_TOLERANCE
from engine.files import write_json
from engine.media.colour import luma
from engine.media.source import Picture
from engine.pairs.evidence import FILE as EVIDENCE
from engine.pairs.evidence import WIDTH as STRIP_WIDTH
from engine.pairs.evidence import Evidence
from engine.pairs.pair import Pair
from engine.recoveries import RECOVERIES
from engine.recoveries.next_frame import doubts
from engine.recoveries.runs import used_run
from engine.recoveries.steadiness import mean_chroma, steadiness
from engine.recoveries.truth import Truth
from engine.recoveries.work import Restoration, Work, choice_of, device_for, laid_of, model_of, shots_of, shown
from engine.run import Run, each

PAIRS = 32              # frames beside the held-out ones that are compared
MOST_A_SHOT = 12
MOVING = 400            # frames that are restored one after the other
RUN_OF_FRAMES = (6, 24)
WIDTH = 320             # that these are restored at
SUGGESTIONS = 8
STRIP = 96              # frames whose evidence is looked at


@dataclass(frozen=True)
class Shot:
    """A shot by its word: its frames, those held out, and other frames whose colour is known, to compare."""

    word: str
    frames: tuple[int, ...]
    held_out: tuple[int, ...]
    others: tuple[int, ...]
    moving: tuple[int, ...]     # consecutive frames


def review_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves review/table.json: {"version", "run", "shots": [...], "suggestions": [...], "evidence": {...}}.

    A shot: "shot" its word, "first", "last", "frames", "dE00" and "lut_dE00" (null where nothing can be compared), "measured" 'held out',
    'other frames' (not trained on either) or null, "compared" frames, "worst" frame, "stability" (see `Steadiness`; null where fewer than
    two frames were looked at), "luma" {"max" in display values, "exact" frames of "frames" looked at}. Worst shot first, shots without a
    figure last. "suggestions": frames not trained on that are furthest from their known colour, worst first: "frame", "dE00", "shot".
    "evidence": "frames" spread over the film, and of each "shares" of its picture by what its colour rests on (see
    `engine.pairs.evidence`); null where the run left nothing that tells it. Without a reference also review/unsure.json: {"run", "frames":
    {frame: dE00}}, how unsure the net is of frames spread over the film."""
    truth = work.truth(run)
    shots = plan(work, truth)
    errors, luts = compare(work, truth, shots, folder, run)
    rows, motion = [], Motion(work, run)
    done, total = 0, sum(len(shot.moving) for shot in shots)
    for shot in shots:
        rows.append(row(shot, errors, luts) | motion.look(shot, done, total))
        done += len(shot.moving)
    rows.sort(key=lambda r: (r["dE00"] is None, -(r["dE00"] or 0)))
    used = used_run(work.project)
    if not RECOVERIES[work.project.recovery].needs_reference:
        write_json(folder / "unsure.json", {"run": used.number if used else None, "frames": doubts(work, run)})
    others = {index: (shot.word, errors[index]) for shot in shots for index in shot.others if index in errors}
    worst = sorted(others, key=lambda index: -others[index][1])[:SUGGESTIONS]
    suggestions = [{"frame": index, "dE00": round(others[index][1], 3), "shot": others[index][0]} for index in worst]
    write_json(folder / "table.json", {"version": 1, "run": used.number if used else None, "shots": rows, "suggestions": suggestions,
                                       "evidence": strip(work, run)})
    flicker = sum(r["stability"]["flicker"] for r in rows if r["stability"])
    return {"run": used.number if used else None, "shots": len(rows), "flicker": flicker, "suggestions": worst,
            "exact": sum(r["luma"]["exact"] for r in rows), "looked_at": sum(r["luma"]["frames"] for r in rows)}


class Known(Protocol):
    """Whose truth is known, and of which it may be another's."""

    @property
    def frames(self) -> tuple[int, ...]: ...

    @property
    def unsure(self) -> frozenset[int]: ...


def plan(work: Work, truth: Known) -> list[Shot]:
    """The shots in the order of the film, and which of their frames are looked at; of very many shots the longest."""
    choice = choice_of(work.project)
    shots, train, held_out = choice["shots"], set(choice["train"]), set(choice["held_out"])
    groups: dict[str, list[int]] = {}
    for index, word in enumerate(shots[:len(work.scan)]):
        groups.setdefault(word, []).append(index)
    partners = {*truth.frames} - truth.unsure - train - held_out
    compared = max(1, min(MOST_A_SHOT, PAIRS // len(groups)))
    fewest, most = RUN_OF_FRAMES
    moving = max(fewest, min(most, MOVING // len(groups)))
    longest = sorted(groups, key=lambda word: -len(groups[word]))
    planned = []
    for word, frames in groups.items():
        rank = longest.index(word)
        others = spread([f for f in frames if f in partners], compared) if rank < PAIRS else ()
        looked = middle(frames, moving if work.scan.info.kind != "stills" else 1) if rank < MOVING // fewest else ()
        planned.append(Shot(word, tuple(frames), tuple(f for f in frames if f in held_out), others, looked))
    return planned


def spread(frames: Sequence[int], most: int) -> tuple[int, ...]:
    """At most so many, evenly, away from the ends."""
    count = min(most, len(frames))
    return tuple(frames[(2 * i + 1) * len(frames) // (2 * count)] for i in range(count))


def middle(frames: Sequence[int], most: int) -> tuple[int, ...]:
    """At most so many consecutive frames from the middle of a shot, whose word may come again elsewhere in the film."""
    spans: list[list[int]] = []
    for frame in frames:
        if spans and frame == spans[-1][-1] + 1:
            spans[-1].append(frame)
        else:
            spans.append([frame])
    longest = max(spans, key=len)
    start = max(0, (len(longest) - most) // 2)
    return tuple(longest[start:start + most])


def compare(work: Work, truth: Truth, shots: Sequence[Shot], folder: Path, run: Run) -> tuple[dict[int, float], dict[str, float]]:
    """dE00 of the result on each frame that is compared with its known colour, and of the LUT over those that count for a shot."""
    from engine.train.begin import scratch
    from engine.train.verdict import Judge

    seen, known = laid_of(work.project).seen, {*truth.frames}
    chosen = ((index, shot.word) for shot in shots for index in (*shot.held_out, *shot.others))
    wanted = sorted((index, word) for index, word in chosen if index in known)

    def make(index: int, word: str) -> Pair:
        return truth.pair(index, seen, True, word)

    errors: dict[int, float] = {}
    luts: dict[str, float] = {}
    with scratch(folder / "samples") as samples:
        judge = Judge(model_of(work.project), device_for(work.project, run), samples)
        there = set()
        for done, pair in enumerate(each(make, *zip(*wanted, strict=True), room=work.scan.info.working_bytes) if wanted else ()):
            run.step(done, len(wanted), "comparing with the known colour")
            if pair.weight.any():
                judge.see(pair)
                there.add(pair.index)
        for done, shot in enumerate(shots):
            run.step(done, len(shots), "measuring the shots")
            held, others = ([i for i in kind if i in there] for kind in (shot.held_out, shot.others))
            errors |= judge.errors([*held, *others])
            if counted := held or others:
                luts[shot.word] = judge.lut(counted)
    return errors, luts


def strip(work: Work, run: Run) -> dict[str, Any] | None:
    """What frames spread over the film rest on."""
    used = used_run(work.project)
    if used is None or not (used.folder / EVIDENCE).is_file():
        return None
    evidence, balance, words = Evidence.load(used.folder), laid_of(work.project).seen, shots_of(work.project)
    count = min(STRIP, len(work.scan))
    frames = [(2 * i + 1) * len(work.scan) // (2 * count) for i in range(count)]
    rows = []
    for done, picture in enumerate(each(lambda i: shown(work.scan, balance, i, STRIP_WIDTH), frames, room=work.scan.info.working_bytes)):
        run.step(done, count, "telling what colours rest on")
        shot = words[frames[done]] if frames[done] < len(words) else None
        rows.append(evidence.shares(evidence.matte(picture, shot)))
    return {"frames": frames, "shares": rows}


def row(shot: Shot, errors: dict[int, float], luts: dict[str, float]) -> dict[str, Any]:
    """What is known of a shot beside its known colour."""
    held, other = ([i for i in kind if i in errors] for kind in (shot.held_out, shot.others))
    counted = held or other
    figures: dict[str, Any] = {"dE00": None, "lut_dE00": None, "measured": None, "compared": counted, "worst": None}
    if counted:
        figures |= {"dE00": round(float(np.mean([errors[i] for i in counted])), 3), "lut_dE00": round(luts[shot.word], 3),
                    "measured": "held out" if held else "other frames", "worst": max((*held, *other), key=lambda i: errors[i])}
    return {"shot": shot.word, "first": shot.frames[0], "last": shot.frames[-1], "frames": len(shot.frames), **figures}


class Motion:
    """Consecutive frames through the used run, small."""

    def __init__(self, work: Work, run: Run) -> None:
        self.work, self.run, self.used = work, run, Restoration(work.project, run)

    def look(self, shot: Shot, done: int, total: int) -> dict[str, Any]:
        """Steadiness and luma of a shot; `done` frames of `total` were looked at before."""
        figures, means = [], []
        for place, kept in enumerate(each(lambda index: self.kept(index, shot.word), shot.moving, room=self.work.scan.info.working_bytes)):
            self.run.step(done + place, total, "looking at frames in motion")
            result, lut = self.made(kept, shot.moving[place], shot.word)
            figures.append(float(np.abs(luma(result) - luma(kept)).max()))
            means.append([mean_chroma(picture) for picture in (kept, result, lut)])
        steady = steadiness(shot.moving[0], *zip(*means, strict=True)) if len(means) > 1 else None
        exact = sum(figure <= FLOAT_TOLERANCE for figure in figures)
        return {"stability": steady.as_json() if steady else None,
                "luma": {"max": max(figures, default=None), "exact": exact, "frames": len(figures)}}

    def kept(self, index: int, shot: str) -> Picture:
        """A balanced frame."""
        return self.used.kept(self.work.scan, index, shot, WIDTH)

    def made(self, kept: Picture, index: int, shot: str) -> tuple[Picture, Picture]:
        """The result and that of the LUT."""
        return self.used.restore(index, kept, shot, self.work.scan.info.width), self.used.lut(index, kept, shot)
