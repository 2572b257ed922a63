"""One model for everything, and a correction of its own for the shots that it does not serve: which these are, and what goes with them.

A shot is out of family where its held-out error lies far above those of the others (median and MAD, after Iglewicz and Hoaglin, "How to
detect and handle outliers", 1993), or where the LUT alone does better. Shots that go by the same colour share one correction.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from engine.train.held_out import difference, errors
from engine.train.model import Model
from engine.train.samples import Sample, whole

FEWEST = 4              # judged shots, to tell a family
FAR = 3 * 1.4826        # of the median absolute deviation
TIMES = 1.5             # the median, at least
ABOVE = 1.0             # dE00 above the median, at least
WORSE = 0.5             # dE00 that a LUT has to be better by
ALIKE, NEAR = 1.15, 0.1     # how much worse the LUT of one shot may serve another: times its own error, and dE00 on top
SOME = 2                # pairs of a shot that are looked at for that, and where none is held out
PIXELS = 4_096          # of each
GAIN = 0.1              # dE00, from which a correction is kept
MOST_OF_REST = 0.5      # of the steps that are left, for corrections; less where they are for few pairs
TIMES_ITS_PAIRS = 4     # the part of the steps that is left, by the part of the pairs
SHORTEST_OWN = 20       # steps of a correction


@dataclass
class Group:
    """Shots that get one correction. `pairs`: stems of the pairs that it is trained on; `judged`: of those that it is measured on, held
    out or else the shots' own; `error`, `typical`, `lut`: dE00 of its worst shot when it was found, of the shots typically, and of the
    LUT; `before`, `after`: dE00 on `judged` of the shared net when done, and with the correction. `kept` is None until that is known."""

    shots: list[str]
    pairs: list[str]
    judged: list[str]
    held_out: bool
    error: float
    typical: float
    lut: float
    before: float | None = None
    after: float | None = None
    kept: bool | None = None
    steps: int = 0

    @property
    def name(self) -> str:
        return ", ".join(self.shots)

    def reason(self) -> str:
        """Why it is trained by itself, in words."""
        measured = "held-out dE00" if self.held_out else "dE00 on its training pairs (none is held out)"
        beside = f"others typically {self.typical:.1f}" if self.far else f"a LUT {self.lut:.1f}"
        return f"{self.name} stand{'s' if len(self.shots) == 1 else ''} out ({measured} {self.error:.1f}, {beside})"

    @property
    def far(self) -> bool:
        """Whether it is out of family; else the LUT was better."""
        return self.error > self.typical + ABOVE

    def result(self) -> str:
        """What the correction brought, in words."""
        if self.before is None or self.after is None:
            return f"{self.name}: no time was left for a correction"
        verdict = "kept" if self.kept else "dropped, as it does not help"
        return f"{self.name}: a correction of its own brings dE00 {self.before:.2f} to {self.after:.2f}; {verdict}"


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

    @staticmethod
    def of(model: Model, train: Sequence[Sample], held_out: Sequence[Sample], device: torch.device) -> Scope:
        """Measure the model as it stands. Held-out pairs of shots without training pairs tell nothing here."""
        words = sorted({s.shot for s in train})
        by_shot, held = ({word: [s for s in some if s.shot == word] for word in words} for some in (train, held_out))
        scope = Scope(model, by_shot, held, device)
        whole = all(scope.held_out.values())
        scope.shots = [scope._look(word, trained=not whole) for word in words]
        return scope

    def _look(self, word: str, trained: bool) -> Shot:
        held, train = self.held_out[word], self.train[word][:SOME]
        on_train = mean_error(self.model, train, self.device, PIXELS) if trained else float("nan")
        error = mean_error(self.model, held, self.device, PIXELS) if held else on_train
        return Shot(word, bool(held), error, self.lut(word, held or train), on_train)

    def lut(self, word: str, samples: Sequence[Sample]) -> float:
        """Mean dE00 of the LUT of a shot on samples, which may be those of another."""
        found = []
        for sample in samples:
            batch = whole(sample, 0, 1, self.device)
            chroma = self.model.fit(word, batch.colours[0, :3].permute(1, 2, 0)).permute(2, 0, 1)[None]
            found.append(difference(batch, chroma, PIXELS))
        return float(np.mean(found))

    def groups(self) -> list[Group]:
        """Those that the shared net does not serve, worst first."""
        odd = self.odd()
        found: list[Group] = []
        for shot, typical in sorted(odd, key=lambda pair: pair[1] - pair[0].error):
            group = next((g for g in found if any(self.alike(shot.word, word) for word in g.shots)), None)
            if group:
                group.shots.append(shot.word)
            else:
                found.append(Group([shot.word], [], [], False, shot.error, typical, shot.lut))
        for group in found:
            self._fill(group)
        return found

    def odd(self) -> list[tuple[Shot, float]]:
        """Shots out of family, and those that their LUT serves better, each with what is typical among the others."""
        held, trained = {s.word: s.error for s in self.shots if s.held_out}, {s.word: s.trained for s in self.shots}
        found = []
        for shot in self.shots:
            family = held if shot.held_out else trained
            typical = float(np.median(list(family.values())))
            if is_far(shot.word, family) or shot.error > shot.lut + WORSE:
                found.append((shot, typical))
        return found if len(self.shots) > 1 else []

    def alike(self, one: str, other: str) -> bool:
        """Whether the LUT of each shot serves the pairs of the other nearly as well as its own."""
        pairs = {word: self.train[word][:SOME] for word in (one, other)}
        return all(self.lut(a, pairs[b]) <= ALIKE * self.lut(b, pairs[b]) + NEAR for a, b in ((one, other), (other, one)))

    def _fill(self, group: Group) -> None:
        """The pairs that a group is trained on, and those that it is judged by."""
        held = [s.path.stem for word in group.shots for s in self.held_out[word]]
        group.pairs = [s.path.stem for word in group.shots for s in self.train[word]]
        group.judged, group.held_out = held or group.pairs, bool(held)


def is_far(word: str, family: dict[str, float]) -> bool:
    """Whether the error of a shot is out of the family of errors."""
    values = np.array(list(family.values()))
    median = float(np.median(values))
    spread = float(np.median(np.abs(values - median)))
    return len(values) >= FEWEST and family[word] > max(median + FAR * spread, TIMES * median, median + ABOVE)


def mean_error(model: Model, samples: Sequence[Sample], device: torch.device, pixels: int | None = None) -> float:
    """Mean dE00 of the model on samples."""
    return float(np.mean(errors(model, samples, device, pixels)))


def shares(groups: Sequence[Group], pairs: int) -> list[float]:
    """How the steps that are left are shared out: to the shared net, and to each group by its pairs, of `pairs` in all."""
    parts = [TIMES_ITS_PAIRS * len(group.pairs) / pairs for group in groups]
    scale = min(1.0, MOST_OF_REST / sum(parts)) if parts else 0.0
    own = [part * scale for part in parts]
    return [1 - sum(own), *own]


def affordable(groups: Sequence[Group], pairs: int, steps: int) -> list[Group]:
    """As many of the groups, worst first, as can have at least SHORTEST_OWN of `steps`."""
    count = len(groups)
    while count and min(shares(groups[:count], pairs)[1:]) * steps < SHORTEST_OWN:
        count -= 1
    return list(groups[:count])
