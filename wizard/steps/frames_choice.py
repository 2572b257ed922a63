"""Which frames are shown for picking, in which state, and what the picked ones cover. No Qt; made beside the window's thread."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import Alignment
from engine.pairs.colours import word
from engine.pairs.coverage import Next, covered, places, suggest_next
from engine.pairs.looks import Looks
from wizard.graphs.cells import Cell, Group
from wizard.words import tr, trn

A_SHOT = 5                  # frames shown of a shot, beside those that are chosen
NEXT = 3                    # further suggestions
COMPARED = 64               # picked frames that a shot's colours are compared with
COLOURS = 3                 # named of a shot

Spans = list[tuple[int, int]]


class Stretch(NamedTuple):
    """Scan frames [start, stop) of one shot, by its word; `there`: whether any of them has a partner."""

    word: str
    start: int
    stop: int
    there: bool


@dataclass(frozen=True)
class Ground:
    """What does not change while frames are picked. `reasons` are those of the engine's suggestions."""

    stretches: tuple[Stretch, ...]
    partnered: frozenset[int]
    doubtful: frozenset[int]
    reasons: dict[int, dict[str, Any]]
    looks: Looks | None

    @cached_property
    def starts(self) -> list[int]:
        return [stretch.start for stretch in self.stretches]

    @property
    def count(self) -> int:
        """Frames of the scan."""
        return self.stretches[-1].stop if self.stretches else 0

    def shot_of(self, frame: int) -> str:
        """The word of a frame's shot."""
        return self.stretches[max(bisect_right(self.starts, frame) - 1, 0)].word if self.stretches else ""


def ground_of(suggestions: dict[str, Any], alignment: Alignment, doubtful: Iterable[int], looks: Looks | None) -> Ground:
    """From what the engine left."""
    partnered = frozenset(match.scan for match in alignment.frames if match.reference is not None)
    reasons = {int(frame): reason for frame, reason in suggestions["reasons"].items()}
    return Ground(stretches(suggestions["shots"], partnered), partnered, frozenset(doubtful), reasons,
                  looks if looks is not None and len(looks.frames) else None)


def stretches(shots: Sequence[str], partnered: frozenset[int]) -> tuple[Stretch, ...]:
    """Of a word for every scan frame, the stretches of one word."""
    found, start = [], 0
    for name, run in groupby(shots):
        stop = start + sum(1 for _ in run)
        found.append(Stretch(name, start, stop, any(frame in partnered for frame in range(start, stop))))
        start = stop
    return tuple(found)


@dataclass(frozen=True)
class Choice:
    """What is chosen. `helps` is what the review found would help: frame -> dE00 there, or dB where `detail` is learnt; `flagged` what the
    user flagged; `kept` frames that stay in sight because they were chosen a moment ago."""

    ground: Ground
    train: tuple[int, ...]
    held_out: tuple[int, ...]
    helps: dict[int, float] = field(default_factory=dict)
    flagged: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    detail: bool = False

    @cached_property
    def picked(self) -> frozenset[int]:
        return frozenset(self.train)

    @cached_property
    def held(self) -> frozenset[int]:
        return frozenset(self.held_out)

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Of each candidate, whether a picked frame stands for it."""
        looks = self.ground.looks
        return covered(looks, self.train) if looks is not None else np.zeros(0, np.bool_)

    @cached_property
    def further(self) -> tuple[Next, ...]:
        """What would cover most of what is not covered, best first, each as if those before it were picked."""
        found: list[Next] = []
        while self.ground.looks is not None and len(found) < NEXT:
            following = suggest_next(self.ground.looks, (*self.train, *(one.frame for one in found)))
            if following is None:
                break
            found.append(following)
        return tuple(found)

    @cached_property
    def suggested(self) -> tuple[int, ...]:
        """Frames that would help and are not chosen: flagged ones, what the review found, then what covers most."""
        able = [frame for frame in (*sorted(self.flagged), *self.helps) if frame in self.ground.partnered]
        wanted = dict.fromkeys((*able, *(one.frame for one in self.further)))
        return tuple(frame for frame in wanted if frame not in self.picked and frame not in self.held)

    @property
    def share(self) -> float:
        """Of the film, that the picked frames stand for."""
        looks = self.ground.looks
        return float(looks.weights[self.known].sum() / looks.weights.sum()) if looks is not None else 0.0

    def adds(self, frame: int) -> Next:
        """What one more frame would cover that no picked one does."""
        looks = self.ground.looks
        if looks is None:
            return Next(frame, 0, 0)
        new = looks.stands_for[:, places(looks, [frame])[0]] & ~self.known
        return Next(frame, round(float(looks.weights[new].sum())), len(np.unique(looks.shots[new])))

    def stands_for(self, frame: int) -> int:
        """How many frames of the film a frame stands for."""
        looks = self.ground.looks
        return round(float(looks.weights[looks.stands_for[:, places(looks, [frame])[0]]].sum())) if looks is not None else 0

    def spans(self) -> tuple[Spans, Spans]:
        """Frames [start, stop) of the film that are covered, and those that are not. A shot without candidates is neither."""
        looks = self.ground.looks
        if looks is None:
            return [], []
        shots = np.array([(stretch.start, stretch.stop) for stretch in self.ground.stretches], np.int64)
        own = shots[np.searchsorted(shots[:, 0], looks.frames, "right") - 1]
        middle = (looks.frames[1:] + looks.frames[:-1] + 1) // 2
        same = own[1:, 0] == own[:-1, 0]
        first = [int(own[0, 0]), *np.where(same, middle, own[1:, 0]).tolist()]
        stop = [*np.where(same, middle, own[:-1, 1]).tolist(), int(own[-1, 1])]
        turns = [k for k in range(1, len(first)) if self.known[k] != self.known[k - 1] or first[k] != stop[k - 1]]
        found: tuple[Spans, Spans] = ([], [])
        for start, end in pairwise((0, *turns, len(first))):
            found[0 if self.known[start] else 1].append((first[start], stop[end - 1]))
        return found

    def state(self, frame: int) -> str:
        """As a cell of the filmstrip has it."""
        if frame in self.held:
            return "held"
        if frame in self.picked:
            return "picked"
        if frame in self.ground.doubtful or frame not in self.ground.partnered:
            return "doubtful"
        return "suggested" if frame in self.suggested else "plain"


@dataclass(frozen=True)
class Listing:
    """A choice as the page shows it."""

    choice: Choice
    groups: list[Group]
    frames: list[int]
    covered: Spans
    open: Spans


def listing(choice: Choice, how: str, label: Callable[[int], str]) -> Listing:
    """By shot ('shot'), in one row of the film ('time'), or what is suggested ('suggested')."""
    if how == "suggested":
        frames = sorted({*choice.suggested, *choice.ground.reasons})
        made = [_plain_group([_cell(choice, frame, label) for frame in frames])]
    else:
        made = _by_shot(choice, label)
        if how == "time":
            cells = {cell.index: cell for group in made for cell in group.cells}
            made = [_plain_group([cells[frame] for frame in sorted(cells)])]
    return Listing(choice, made, sorted(cell.index for group in made for cell in group.cells), *choice.spans())


def _plain_group(cells: list[Cell]) -> Group:
    return Group("", "", "", "", cells)


def _by_shot(choice: Choice, label: Callable[[int], str]) -> list[Group]:
    wanted = np.array(sorted({*choice.train, *choice.held_out, *choice.suggested, *choice.ground.reasons, *choice.kept}), np.int64)
    train = np.array(sorted(choice.train), np.int64)
    found = []
    for stretch in choice.ground.stretches:
        own = train[np.searchsorted(train, stretch.start): np.searchsorted(train, stretch.stop)]
        frames = {*_spread(choice.ground.looks, stretch),
                  *wanted[np.searchsorted(wanted, stretch.start): np.searchsorted(wanted, stretch.stop)].tolist()}
        note = f"{label(stretch.start)} – {label(stretch.stop - 1)}, " + trn("{n} frame", "{n} frames", stretch.stop - stretch.start)
        found.append(Group(shot_words(stretch.word), note, *_remark(choice, stretch, own.tolist(), train),
                           [_cell(choice, frame, label) for frame in sorted(frames)]))
    return found


def _spread(looks: Looks | None, stretch: Stretch) -> list[int]:
    """A few candidates of a shot, evenly; any frames of it where it has none."""
    able = np.arange(stretch.start, stretch.stop)
    if looks is not None:
        own = looks.frames[np.searchsorted(looks.frames, stretch.start): np.searchsorted(looks.frames, stretch.stop)]
        able = own if len(own) else able
    return [int(able[k]) for k in np.linspace(0, len(able) - 1, min(A_SHOT, len(able))).round().astype(int)]


def _remark(choice: Choice, stretch: Stretch, own: list[int], train: NDArray[np.int64]) -> tuple[str, str]:
    """What stands at the right of a shot's line, and its tone."""
    if not stretch.there:
        return tr("not in the reference"), ""
    if not own:
        return tr("nothing picked here yet"), "warn"
    looks = choice.ground.looks
    if looks is None or choice.detail:
        return "", ""
    others = train[(train < stretch.start) | (train >= stretch.stop)]
    rest = places(looks, others[:: max(1, len(others) // COMPARED)].tolist()).tolist()
    found = [word(looks.colours, int(row), rest) for row in places(looks, own)]
    names = sorted({colour for colour in found if colour})[:COLOURS]
    return (tr("covers {colours}", colours=", ".join(colour_word(name) for name in names)), "") if names else ("", "")


def _cell(choice: Choice, frame: int, label: Callable[[int], str]) -> Cell:
    return Cell(frame, label(frame), choice.state(frame))


def shot_words(name: str) -> str:
    """'Shot 4' of the engine's 'shot 4'; a word of the user's stays."""
    return tr("Shot {number}", number=name[5:]) if name.startswith("shot ") else name


def colour_word(key: str) -> str:
    """A colour of the engine's in the user's language."""
    return {
        "red": tr("red"), "dark red": tr("dark red"), "orange": tr("orange"), "brown": tr("brown"), "skin": tr("skin"),
        "yellow": tr("yellow"), "olive": tr("olive"), "green": tr("green"), "dark green": tr("dark green"),
        "turquoise": tr("turquoise"), "sky blue": tr("sky blue"), "blue": tr("blue"), "dark blue": tr("dark blue"),
        "violet": tr("violet"), "magenta": tr("magenta"), "pink": tr("pink"),
    }.get(key, key)
