"""What the quality benchmark measures: the lines of its table with their targets, and which rows of a film a training is not given."""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engine.errors import UsageError

SHOT = r"([A-Za-z]\d+)_"        # of the name of a row: s04_2 is of shot s04
CLIP, SEED = "cockatoo", 701    # neither was used together in tuning; nor was any seed above 700
GRAIN_WORDS = {"none": "without grain", "keep": "the scan's grain kept", "reference": "the reference's grain"}
ALL, LAST = "trained rows", "rows left out, public (the last of each shot)"
FOLDS = tuple(f"shots left out, public (every third from the {place})" for place in ("first", "second", "third"))


@dataclass(frozen=True)
class Above:
    """dB of luma that a part of a case has to reach above the best 15x15 linear filter and above the scan as it is: both of them. A goal
    that is None is what has to be reached."""

    filter: float
    scan: float
    filter_goal: float | None = None
    scan_goal: float | None = None

    def must(self, linear: float, untouched: float) -> float:
        """The higher of the two, by the dB of the filter and of the scan."""
        return max(linear + self.filter, untouched + self.scan)

    def goal(self, linear: float, untouched: float) -> float:
        return max(linear + (self.filter_goal or self.filter), untouched + (self.scan_goal or self.scan))


DETAIL_CASES = {        # by kind, then by the scorer's words for a part
    "spatial": dict.fromkeys(("partner", "no partner"), Above(0.5, 8.0, filter_goal=1.0)),
    "telecine": {"inside": Above(4.0, 10.0, scan_goal=18.0), "outside": Above(3.0, 8.0, scan_goal=18.0)}}


@dataclass(frozen=True)
class Line:
    """A line of the table. `kind` is 'pairs' (`source` is the name of a film), 'case' (a clip), 'keyframes' (a clip without its reference,
    five frames of its truth as keyframes), 'spatial' or 'telecine' (a clip) or
    'preview' (a clip); `given` is a key of LEFT_OUT: which rows of a film are trained on;
    `minutes` are those of the training. `must` and `goal` are in dE00, or seconds to a preview; where they are None, CopyCat's figure has
    to be reached, and the goal is 30 % below it. `painted`: the rows are given as keyframes, not as a reference. Where detail is recovered
    figures are dB of luma, `must` and `goal` too; those of cases are in DETAIL_CASES."""

    name: str
    kind: str
    source: str
    minutes: float
    device: str = "cpu"
    given: str = ALL
    seed: int = SEED
    must: float | None = None
    goal: float | None = None
    painted: bool = False
    recovery: str = "colour-reference"
    grain: str = "none"

    @property
    def detail(self) -> bool:
        """Whether luma is scored, in dB, and not colour."""
        return self.recovery != "colour-reference"

    @property
    def words(self) -> str:
        """What it is, for the table."""
        where = "one GPU" if self.device == "cuda" else "processor"
        if self.kind == "pairs":
            return f"{self.source}, {self.given}{', as keyframes' if self.painted else ''}, one model, {where}"
        what = {"case": "heavy fade, whole program", "keyframes": "heavy fade, no reference, five keyframes",
                "spatial": f"soft grainy dupe, {GRAIN_WORDS[self.grain]}, whole program",
                "telecine": "mould-eaten print with its telecine, whole program",
                "preview": "first honest preview on a held-out frame"}[self.kind]
        return f"{what}, {self.source} seed {self.seed}, {where}"


def lines(cases: Sequence[tuple[str, int]], scale: float = 1.0) -> list[Line]:
    """All lines, with trainings `scale` times as long as they are to be. `cases` are clips and seeds to make the colour cases from."""
    long, film, card = 20 * scale, 10 * scale, 5 * scale
    made = [Line(f"{clip}-{seed}", "case", clip, film, seed=seed, must=3.0, goal=2.0) for clip, seed in cases]
    painted = [Line(f"{clip}-{seed}-keyframes", "keyframes", clip, film, seed=seed, must=5.0, goal=3.0) for clip, seed in cases]
    first, seed = cases[0]
    return [
        Line("candy", "pairs", "candy-candy", long, must=2.0, goal=1.2),
        *unseen(long),
        Line("candy-cuda", "pairs", "candy-candy", card, "cuda", must=1.5, goal=0.8),
        *unseen(card, "cuda", "-cuda"),
        *(Line(name, "pairs", name, film) for name in ("ben", "frontier-experience", "lolo")),
        Line("ben-painted", "pairs", "ben", film, painted=True),
        Line("ben-painted-unseen", "pairs", "ben", film, given=LAST, must=2.3, goal=2.04, painted=True),
        *made,
        *painted,
        *detail_lines(long, cases),
        Line("preview", "preview", first, film, seed=seed, must=30, goal=15),
        Line("preview-cuda", "preview", first, film, "cuda", seed=seed, must=5, goal=2),
    ]


def detail_lines(minutes: float, cases: Sequence[tuple[str, int]]) -> list[Line]:
    """The lines of recovered luma."""
    made = [line for clip, seed in cases for line in (
        Line(f"{clip}-{seed}-spatial", "spatial", clip, minutes, seed=seed, recovery="spatial-reference"),
        Line(f"{clip}-{seed}-spatial-keep", "spatial", clip, minutes, seed=seed, recovery="spatial-reference", grain="keep"),
        Line(f"{clip}-{seed}-telecine", "telecine", clip, minutes, seed=seed, recovery="telecine"))]
    pairs = [Line(f"{name}{ending}", "pairs", film, minutes, given=given, must=must, goal=goal, recovery="spatial-reference")
             for name, film, ending, given, must, goal in (
                 ("kill", "mission-kill", "", ALL, 45.7, None), ("kill", "mission-kill", "-unseen", LAST, 47.8, 48.6),
                 ("tinterillo", "tinterillo", "", ALL, 25.0, 31.0), ("tinterillo", "tinterillo", "-unseen", LAST, 20.0, 24.0))]
    return [*pairs, *made]


def unseen(minutes: float, device: str = "cpu", ending: str = "") -> list[Line]:
    """The lines of rows and of shots that the training is not given; the folds of shots together leave each shot out once."""
    rows = Line(f"rows{ending}", "pairs", "candy-candy", minutes, device, LAST, must=3.7, goal=2.5)
    shots = [Line(f"shots-{fold}{ending}", "pairs", "candy-candy", minutes, device, given, must=4.5, goal=3.0)
             for fold, given in enumerate(FOLDS, 1)]
    return [rows, *shots]


def chosen(known: Sequence[Line], only: Sequence[str]) -> list[Line]:
    """Those of the names or kinds in `only`; all where it is empty. Raises UsageError for a word that is none of them."""
    words = {line.name for line in known} | {line.kind for line in known}
    if unknown := [word for word in only if word not in words]:
        raise UsageError(f"--only {unknown[0]}: there is no such row; choose from {', '.join(dict.fromkeys(line.name for line in known))}")
    return [line for line in known if not only or line.name in only or line.kind in only]


def shot_of(name: str) -> str:
    """The shot of a row by its name. Raises UsageError for a name that tells none."""
    if not (found := re.match(SHOT, name)):
        raise UsageError(f"{name}: the name of a row begins with its shot, as in s04_2; rename it")
    return found[1]


def last_rows(names: Sequence[str]) -> list[str]:
    """The last row of each shot with more than one."""
    shots = by_shot(names)
    return [rows[-1] for rows in shots.values() if len(rows) > 1]


def third_shots(names: Sequence[str], first: int) -> list[str]:
    """All rows of every third shot in order, from shot `first` (counted from 0) on."""
    shots = by_shot(names)
    return [name for rows in list(shots.values())[first::len(FOLDS)] for name in rows]


def by_shot(names: Sequence[str]) -> dict[str, list[str]]:
    """The names in order, gathered by shot."""
    shots: dict[str, list[str]] = {}
    for name in sorted(names):
        shots.setdefault(shot_of(name), []).append(name)
    return shots


LEFT_OUT: dict[str, Callable[[Sequence[str]], list[str]]] = {
    ALL: lambda names: [], LAST: last_rows, **{given: partial(third_shots, first=first) for first, given in enumerate(FOLDS)}}


def benchmark_data(folder: Path | None) -> Path:
    """The folder of the benchmark's data. Raises UsageError where none is named or it is not that."""
    if folder is None:
        raise UsageError("bench --quality needs --data FOLDER: the folder with bench/ (make_case.py, score.py), clips/ and pairs/")
    for part in ("bench/score.py", "bench/make_case.py", "clips", "pairs"):
        if not (folder / part).exists():
            raise UsageError(f"{folder}: has no {part}; --data is the folder that holds bench/ (make_case.py, score.py), clips/ and pairs/")
    return folder
