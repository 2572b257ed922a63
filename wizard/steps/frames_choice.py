"""Which frames are shown for picking, in which state, and the sentences about them. No Qt."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from engine.pairs.coverage import colour_of, covered, suggest_next
from engine.pairs.looks import Looks
from wizard.graphs.cells import Cell, Group
from wizard.words import number, percent, tr, trn

A_SHOT = 5                  # frames shown of a shot, beside those that are chosen
NEXT = 3                    # further suggestions


@dataclass(frozen=True)
class Choice:
    """What is chosen and what is known, as the page shows it. `shots` is a word for every scan frame; `helps` what the review found would
    help: frame -> error there; `flagged` what the user flagged."""

    shots: Sequence[str]
    train: tuple[int, ...]
    held_out: tuple[int, ...]
    doubtful: frozenset[int]
    partnered: frozenset[int]
    reasons: dict[int, dict[str, Any]]
    helps: dict[int, float]
    flagged: frozenset[int]
    looks: Looks | None = None

    def suggested(self) -> list[int]:
        """Frames that would help and are not chosen: flagged ones, what the review found, then what covers most."""
        chosen = {*self.train, *self.held_out}
        found = [f for f in (*sorted(self.flagged), *self.helps) if f in self.partnered]
        if self.looks is not None:
            picked = list(self.train)
            for _ in range(NEXT):
                further = suggest_next(self.looks, picked)
                if further is None:
                    break
                found.append(further.frame)
                picked.append(further.frame)
        return [f for f in dict.fromkeys(found) if f not in chosen]

    def state(self, frame: int, suggested: frozenset[int]) -> str:
        if frame in self.train:
            return "picked"
        if frame in self.held_out:
            return "held"
        if frame in self.doubtful or frame not in self.partnered:
            return "doubtful"
        return "suggested" if frame in suggested else "plain"

    def share(self) -> float:
        """Of the film, that the picked frames stand for."""
        if self.looks is None or not len(self.looks.frames):
            return 0.0
        return float(self.looks.weights[covered(self.looks, self.train)].sum() / self.looks.weights.sum())

    def spans(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Frames [start, stop) of the film that are covered, and those that are not."""
        if self.looks is None or not len(self.looks.frames):
            return [], []
        known = covered(self.looks, self.train)
        frames = self.looks.frames
        edges = np.concatenate([[0], (frames[1:] + frames[:-1] + 1) // 2, [len(self.shots)]])
        found: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
        for at, run in groupby(range(len(frames)), key=lambda k: bool(known[k])):
            places = list(run)
            found[at].append((int(edges[places[0]]), int(edges[places[-1] + 1])))
        return found[True], found[False]


def groups(choice: Choice, how: str, label: Callable[[int], str]) -> list[Group]:
    """Cells by shot ('shot'), in one row of the film ('time'), or of what is suggested ('suggested')."""
    suggested = choice.suggested()
    wanted = frozenset(suggested)
    if how == "suggested":
        cells = [_cell(choice, f, wanted, label) for f in sorted({*suggested, *choice.reasons})]
        return [Group("", "", "", "", cells)]
    made = []
    for word, start, stop in runs(choice.shots):
        frames = _shown(choice, start, stop, wanted)
        own = [f for f in choice.train if start <= f < stop]
        right, tone = ("", "") if own else (tr("nothing picked here yet"), "warn")
        if own and choice.looks is not None:
            colours = {colour_of(choice.looks, f, [g for g in choice.train if not start <= g < stop]) for f in own}
            words = [colour_word(c) for c in sorted(c for c in colours if c)]
            right = tr("covers {colours}", colours=", ".join(words[:3])) if words else ""
        note = f"{label(start)} – {label(stop - 1)}, " + trn("{n} frame", "{n} frames", stop - start)
        made.append(Group(shot_words(word), note, right, tone, [_cell(choice, f, wanted, label) for f in frames]))
    if how == "time":
        return [Group("", "", "", "", [cell for group in made for cell in group.cells])]
    return made


def runs(shots: Sequence[str]) -> list[tuple[str, int, int]]:
    """Stretches of one shot word: word, start, stop."""
    found, start = [], 0
    for word, run in groupby(shots):
        length = sum(1 for _ in run)
        found.append((word, start, start + length))
        start += length
    return found


def _shown(choice: Choice, start: int, stop: int, suggested: Iterable[int]) -> list[int]:
    even = {int(k) for k in np.linspace(start, stop - 1, min(A_SHOT, stop - start)).round()}
    return sorted(even | {f for f in (*choice.train, *choice.held_out, *suggested) if start <= f < stop})


def _cell(choice: Choice, frame: int, suggested: frozenset[int], label: Callable[[int], str]) -> Cell:
    return Cell(frame, label(frame), choice.state(frame, suggested))


def coverage_words(choice: Choice, label: Callable[[int], str]) -> str:
    """The sentence under the coverage map."""
    if choice.looks is None:
        return ""
    _, open_ = choice.spans()
    if not open_:
        return tr("The picked pairs cover the whole film.")
    missing = sum(stop - start for start, stop in open_)
    said = tr("Not covered yet: {stretches}, {frames}.", stretches=trn("{n} stretch", "{n} stretches", len(open_)),
              frames=trn("{n} frame", "{n} frames", missing))
    further = suggest_next(choice.looks, choice.train)
    if further is not None:
        said += " " + tr("The next suggestion, {frame}, would cover {frames} in {shots}.", frame=label(further.frame),
                         frames=trn("{n} frame", "{n} frames", further.covers), shots=trn("{n} shot", "{n} shots", further.shots))
    return said


def reason(choice: Choice, frame: int) -> tuple[str, str]:
    """Heading and sentence of why a frame is there."""
    if frame in choice.flagged:
        return tr("Why it is suggested"), tr("You flagged it in Review.")
    if frame in choice.helps and frame not in choice.train:
        return tr("Why it is suggested"), tr("The result is {error} off here (ΔE00): it would help most as a pair.",
                                             error=number(choice.helps[frame], 1))
    known = choice.reasons.get(frame)
    if known and known.get("covers") is not None:
        colour = known.get("colour")
        frames = tr("{covers} of {of} frames of {shot}", covers=number(known["covers"]), of=number(known["of"]),
                    shot=shot_words(str(known["shot"])).lower())
        if frame in choice.held_out:
            return tr("Why it is held out"), tr("Stands for {frames}, and is never learnt from.", frames=frames)
        said = tr("Covers {frames}.", frames=frames)
        if colour:
            said = tr("Covers {colour}: {frames}.", colour=colour_word(colour), frames=frames)
        return tr("Why it is suggested"), said
    if choice.looks is not None and frame in choice.partnered:
        before = choice.train
        gain = float(choice.looks.weights[covered(choice.looks, (*before, frame)) & ~covered(choice.looks, before)].sum())
        if frame in before:
            return tr("Picked by you"), ""
        if gain >= 1:
            frames = trn("{n} frame", "{n} frames", round(gain))
            return tr("What it adds"), tr("Covers {frames} that no picked pair is like.", frames=frames)
        return tr("What it adds"), tr("Picked pairs cover it already.")
    return tr("No pair can be made of it"), tr("The reference does not have this frame.")


def ready(choice: Choice) -> str:
    """For the footer."""
    if not choice.train:
        return ""
    pairs = trn("{n} pair", "{n} pairs", len(choice.train))
    return tr("Ready: {pairs} cover {share} of the film", pairs=pairs, share=percent(choice.share()))


def shot_words(word: str) -> str:
    """'Shot 4' of the engine's 'shot 4'; a word of the user's stays."""
    return tr("Shot {number}", number=word[5:]) if word.startswith("shot ") else word


def colour_word(key: str | None) -> str:
    """A colour of the engine's in the user's language."""
    return {
        "red": tr("red"), "dark red": tr("dark red"), "orange": tr("orange"), "brown": tr("brown"), "skin": tr("skin"),
        "yellow": tr("yellow"), "olive": tr("olive"), "green": tr("green"), "dark green": tr("dark green"),
        "turquoise": tr("turquoise"), "sky blue": tr("sky blue"), "blue": tr("blue"), "dark blue": tr("dark blue"),
        "violet": tr("violet"), "magenta": tr("magenta"), "pink": tr("pink"),
    }.get(key or "", key or "")
