"""One model for everything, and for each shot a small correction on top where that helps: which shots share one, who comes first, how much
of it is good for them.

Shots that go by the same colour share a correction. First come those that stand out, which share among themselves: their held-out error
lies far above that of the others (median and MAD, after Iglewicz and Hoaglin, "How to detect and handle outliers", 1993), or their LUT
alone does better.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from engine.train.held_out import difference, errors
from engine.train.model import Model
from engine.train.samples import SHOT, YCC, Batch, Sample, assemble

FEWEST = 4              # judged shots, to tell a family
FAR = 3 * 1.4826        # of the median absolute deviation
TIMES = 1.5             # the median, at least
ABOVE = 1.0             # dE00 above the median, at least
WORSE = 1.0             # dE00 that a LUT has to be better by
ALIKE, NEAR = 1.15, 0.1     # how much worse the LUT of one shot may serve another: times its own error, and dE00 on top
SOME = 2                # pairs of a shot that are looked at for that, and where none is held out
PIXELS = 4_096          # of each, where errors are told
SWATCH = 1_024          # pixels of a shot, where LUTs are compared
STRENGTHS = (0.0, 0.25, 0.5, 0.75, 1.0)
UNTOLD = 0.5            # of a correction, where no held-out pair tells
NOISE = 0.1             # dE00 that mean nothing
OWN = 2 / 3             # of the steps that are left when half is done: for corrections
ODD = 4                 # times as many of them a pair, for shots that stand out
SHORTEST_OWN = 20       # steps of a correction


@dataclass
class Group:
    """Shots that share a correction. `pairs`: stems of the pairs that it is trained on; `judged`: of those that it is measured on, held out
    or else the same. `error`, `lut`: dE00 of its worst shot and of that shot's LUT when half was done, `typical`: of the shots then; `odd`:
    it stands out. `before`, `after`: dE00 on `judged` of the shared net and with `strength` of the correction; None where nothing was
    trained."""

    shots: list[str]
    pairs: list[str]
    judged: list[str]
    held_out: bool
    error: float
    typical: float
    lut: float
    odd: bool
    before: float | None = None
    after: float | None = None
    strength: float = 1.0
    steps: int = 0

    @property
    def name(self) -> str:
        return ", ".join(self.shots)

    def reason(self) -> str:
        """Why it stands out, in words."""
        measured = "held-out dE00" if self.held_out else "dE00 on its training pairs, as none is held out,"
        return f"{self.name}: {measured} {self.error:.1f}, others typically {self.typical:.1f}, a LUT {self.lut:.1f}"

    def result(self) -> str:
        """What the correction brought, in words."""
        if self.before is None or self.after is None:
            return f"{self.name}: no steps were left for a correction of its own"
        if not self.strength:
            return f"{self.name}: a correction of its own did not help and is dropped (dE00 {self.before:.2f} without it)"
        return f"{self.name}: a correction of its own brings dE00 {self.before:.2f} to {self.after:.2f}"

    def choose(self, found: dict[float, float]) -> None:
        """Of the dE00 at each strength: as much of the correction as held-out pairs bear. Pairs that it was trained on do not tell how much
        that is: of shots that do not stand out UNTOLD is kept then, of others all, where it helps."""
        allowed = [s for s in found if self.held_out or self.odd or s <= UNTOLD]
        good = [s for s in allowed if found[s] <= min(found[a] for a in allowed) + (NOISE if self.held_out else 0)]
        self.strength = max(good)
        self.before, self.after = round(found[0.0], 4), round(found[self.strength], 4)


@dataclass(frozen=True)
class Shot:
    """How well a shot is served: dE00 of the net and of its LUT, on held-out pairs or else on some of its training pairs."""

    word: str
    held_out: bool
    error: float
    lut: float
    trained: float              # dE00 of the net on training pairs; nan where every shot has held-out pairs


@dataclass
class Scope:
    """The shots of a film beside each other."""

    model: Model
    train: dict[str, list[Sample]]
    held_out: dict[str, list[Sample]]
    device: torch.device
    shots: list[Shot] = field(default_factory=list)
    swatches: dict[str, Batch] = field(default_factory=dict)

    @staticmethod
    def of(model: Model, train: Sequence[Sample], held_out: Sequence[Sample], device: torch.device) -> Scope:
        """Measure the model as it stands. Held-out pairs of shots without training pairs tell nothing here."""
        words = sorted({s.shot for s in train})
        by_shot, held = ({word: [s for s in some if s.shot == word] for word in words} for some in (train, held_out))
        scope = Scope(model, by_shot, held, device)
        whole = all(scope.held_out.values())
        scope.shots = [scope._look(word, trained=not whole) for word in words]
        scope.swatches = {word: swatch(by_shot[word][:SOME], device) for word in words}
        return scope

    def _look(self, word: str, trained: bool) -> Shot:
        held, train = self.held_out[word], self.train[word][:SOME]
        on_train = mean_error(self.model, train, self.device) if trained else float("nan")
        error = mean_error(self.model, held, self.device) if held else on_train
        return Shot(word, bool(held), error, self._lut(word, swatch(held or train, self.device)), on_train)

    def _lut(self, word: str, pixels: Batch) -> float:
        """dE00 of the LUT of a shot on pixels, which may be those of another."""
        return difference(pixels, self.model.fit(word, pixels.colours[0, :3].permute(1, 2, 0)).permute(2, 0, 1)[None])

    def groups(self) -> list[Group]:
        """The shots by the correction that they get, in the order in which they need it. One shot alone has the model for itself."""
        found: list[Group] = []
        for shot, typical in sorted(self._beside(), key=lambda pair: pair[1] - pair[0].error):
            odd = self._is_odd(shot)
            group = next((g for g in found if g.odd == odd and any(self.alike(shot.word, word) for word in g.shots)), None)
            if group:
                group.shots.append(shot.word)
            else:
                found.append(Group([shot.word], [], [], False, round(shot.error, 4), round(typical, 4), round(shot.lut, 4), odd))
        for group in found:
            held = [s.path.stem for word in group.shots for s in self.held_out[word]]
            group.pairs = [s.path.stem for word in group.shots for s in self.train[word]]
            group.judged, group.held_out = held or group.pairs, bool(held)
        return sorted(found, key=lambda group: not group.odd) if len(found) > 1 else []

    def _family(self, shot: Shot) -> dict[str, float]:
        """The errors that that of a shot can be compared with: of held-out pairs, or else of training pairs."""
        return {s.word: s.error for s in self.shots if s.held_out} if shot.held_out else {s.word: s.trained for s in self.shots}

    def _beside(self) -> list[tuple[Shot, float]]:
        """Each shot with what is typical among the others."""
        return [(shot, float(np.median(list(self._family(shot).values())))) for shot in self.shots]

    def _is_odd(self, shot: Shot) -> bool:
        return is_far(shot.word, self._family(shot)) or shot.error > shot.lut + WORSE

    def alike(self, one: str, other: str) -> bool:
        """Whether the LUT of each shot serves the pairs of the other nearly as well as its own."""
        return all(self._lut(a, self.swatches[b]) <= ALIKE * self._lut(b, self.swatches[b]) + NEAR for a, b in ((one, other), (other, one)))


def is_far(word: str, family: dict[str, float]) -> bool:
    """Whether the error of a shot is out of the family of errors."""
    values = np.array(list(family.values()))
    median = float(np.median(values))
    spread = float(np.median(np.abs(values - median)))
    return len(values) >= FEWEST and family[word] > max(median + FAR * spread, TIMES * median, median + ABOVE)


def swatch(samples: Sequence[Sample], device: torch.device) -> Batch:
    """SWATCH pixels of samples as one row, with the fit of their shot."""
    random = np.random.default_rng(0)
    found = []
    for sample in samples:
        pixels = sample.pixels(0, 1).flatten(1)
        found.append(pixels[:, torch.from_numpy(random.integers(0, pixels.shape[1], SWATCH // len(samples)))])
    row = torch.cat(found, 1)[None, :, None]
    return assemble(row[:, YCC + SHOT], row, SHOT, 0, 1, device)


def mean_error(model: Model, samples: Sequence[Sample], device: torch.device) -> float:
    """Mean dE00 of the model on some pixels of samples."""
    return float(np.mean(errors(model, samples, device, PIXELS)))


def shares(groups: Sequence[Group]) -> list[float]:
    """How the steps that are left are shared out: to the shared net, and to each group by its pairs."""
    weights = [len(group.pairs) * (ODD if group.odd else 1) for group in groups]
    return [1 - OWN, *(OWN * weight / sum(weights) for weight in weights)] if groups else [1.0]


def affordable(groups: Sequence[Group], steps: int) -> list[Group]:
    """As many of the groups, in their order, as can have at least SHORTEST_OWN of the steps."""
    count = len(groups)
    while count and min(shares(groups[:count])[1:]) * steps < SHORTEST_OWN:
        count -= 1
    return list(groups[:count])
