"""When a run ends, and how its learning rate comes down to zero there.

Where a time was given, the number of steps is decided by the pace so far once the part at the full learning rate is spent, and again each
time half of what was then left, of the time or of the steps, is spent: a machine that becomes busier takes fewer steps, and the time holds.
What a clock decides is written down in the state, which a resumed run follows.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from pathlib import Path
from typing import Any

from engine.files import read_lines, write_lines
from engine.train.checkpoint import Plan, State

WARM_STEPS = 20
COOL_SHARE = 0.5            # of a run: the learning rate comes down to zero over it
LONGEST = 20_000            # steps, where the held-out error decides
LOOK_EVERY = 200
SURE = 10                   # steps that tell a pace
JUDGING = 5                 # looks that judging all corrections takes the time of, at most
WRITINGS = 2                # at the end: the checkpoint and the model
SCHEDULE, FOLLOW = "schedule.jsonl", "follow.jsonl"


class Pace:
    """Seconds a step and a writing take, by what was seen last. The time between two calls belongs to what the second one names."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.step = self.writing = 0.0
        self._clock, self._at = clock, clock()
        self._seconds, self._count, self._taken = 0.0, 0, 0

    def stepped(self) -> None:
        """A step was taken."""
        lap = self._lap()
        self._taken += 1
        if self._taken == 2:            # the first one also warms the machine up
            self._seconds, self._count = 0.0, 0
        self._seconds, self._count = self._seconds + lap, self._count + 1
        if self._count >= SURE or self._taken <= SURE:
            self.step = self._seconds / self._count

    def looked(self) -> float:
        """A look was taken; its time in steps."""
        return self._lap() / max(self.step, 1e-9)

    def wrote(self) -> None:
        """A checkpoint was written."""
        self.writing = self._lap()

    def anew(self) -> None:
        """From now on the pace is that of the steps to come, as soon as there are enough of them."""
        self._seconds, self._count = 0.0, 0
        self._lap()

    def _lap(self) -> float:
        before, self._at = self._at, self._clock()
        return self._at - before


class Decisions:
    """What was decided in a run, by step, as lines of schedule.jsonl in its folder: with these it can be trained again to the same end,
    whatever a clock says then. Where a file follow.jsonl, of the same kind, lies there, the run follows it and decides nothing itself."""

    def __init__(self, folder: Path, state: State) -> None:
        """Of a run that stands at `state`: what was noted of later steps is forgotten."""
        self.path = folder / SCHEDULE
        self.rows = [row for row in read_lines(self.path) if row["step"] <= state.step]
        self._given = {row["step"]: row for row in read_lines(folder / FOLLOW)}

    @property
    def following(self) -> bool:
        return bool(self._given)

    def given(self, step: int) -> dict[str, Any] | None:
        """What the followed run decided at this step, if anything."""
        return self._given.get(step)

    def note(self, state: State) -> None:
        """Keep what is decided now, if it is new. Raises DiskFull, OutputRefused."""
        row = {"ends": list(state.ends), "cools": state.cools, "level": state.level, "groups": len(state.groups), "early": state.early}
        last = {key: value for key, value in self.rows[-1].items() if key != "step"} if self.rows else None
        if state.ends and row != last:
            self.rows.append({"step": state.step, **row})
            write_lines(self.path, self.rows)


def follow(state: State, row: dict[str, Any]) -> None:
    """Take over what another run decided at this step."""
    state.ends, state.cools, state.level, state.early = list(row["ends"]), row["cools"], row["level"], row["early"]


def rate(state: State) -> float:
    """The learning rate over that of a fresh net: up over the first steps, level, and from `level` at `cools` down to zero at the part's
    end."""
    steps = min(WARM_STEPS, max(1, (state.stop - state.began) // 3)) if state.part and state.stop is not None else WARM_STEPS
    return min(1.0, (state.step - state.began + 1) / steps) * fallen(state)


def fallen(state: State) -> float:
    if state.stop is None or state.step < state.cools:
        return state.level
    return state.level * (state.stop - state.step) / max(1, state.stop - state.cools)


def lay_out(state: State, steps: int, shares: Sequence[float]) -> None:
    """The next `steps` are the rest of the run, shared out between this part and those after it. The learning rate goes on from where it
    is; that of the shared net comes down from now on."""
    state.level = fallen(state)
    done, ends = 0.0, state.ends[:state.part]
    for share in shares:
        done += share
        ends.append(max(state.step + round(steps * done / sum(shares)), (ends[-1] if ends else state.step) + 1))
    state.ends = ends
    state.cools = max(state.step, half_way(state)) if state.part else state.step


def half_way(state: State) -> int:
    """The step from which the learning rate of a correction comes down."""
    assert state.stop is not None
    return state.began + round((state.stop - state.began) * (1 - COOL_SHARE))


def cut(state: State) -> None:
    """The run ends at this step."""
    state.ends = [*state.ends[:state.part], state.step]


def rest(state: State) -> list[int]:
    """The steps that are left to this part and those after it."""
    ends = state.ends[state.part:]
    return [end - before for before, end in zip([state.step, *ends], ends, strict=False)]


def due(state: State, plan: Plan, seconds: float) -> bool:
    """Whether a clock has to decide now where the run ends. `seconds` were spent so far."""
    if plan.seconds is None:
        return False
    if state.end is None:
        return seconds >= (1 - COOL_SHARE) * plan.seconds
    return state.step < state.end - 1 and (seconds >= state.again_seconds or state.step >= state.again_step)


def decide(state: State, plan: Plan, seconds: float, pace: Pace, shares: Sequence[float] = (1.0,)) -> None:
    """As many steps as what is left of the time has room for, at least one, shared out as they were; the first time as `shares` says."""
    assert plan.seconds is not None
    steps = max(1, room(state, plan, seconds, pace))
    lay_out(state, steps, rest(state) if state.ends else shares)
    state.again_step, state.again_seconds = state.step + (steps + 1) // 2, (seconds + plan.seconds) / 2
    pace.anew()


def room(state: State, plan: Plan, seconds: float, pace: Pace) -> int:
    """The steps that fit into what is left of the time, with the looks on the way and the last one, and the writing."""
    assert plan.seconds is not None
    ahead = len(state.ends) - 1 - state.part if state.ends else 0
    looks = 1 + round(JUDGING * ahead / max(1, len(state.groups)))
    free = (plan.seconds - seconds - WRITINGS * pace.writing) / max(pace.step, 1e-9)
    while True:
        steps = int(free - looks * state.look_steps)
        if steps < 1 or looks_on(state.step, steps) <= looks:
            return steps
        looks += 1


def over(state: State, plan: Plan, seconds: float, pace: Pace) -> bool:
    """Whether not even one more step, with the last look and the writing, fits into the time."""
    return plan.seconds is not None and plan.seconds - seconds < (1 + state.look_steps) * pace.step + WRITINGS * pace.writing


def looks_on(step: int, steps: int) -> int:
    """Looks that the next `steps` steps after `step` come with, the last one included."""
    return (step + steps - 1) // LOOK_EVERY - step // LOOK_EVERY + 1


def seconds_left(state: State, plan: Plan, seconds: float, pace: Pace) -> float | None:
    """Seconds to the end of the run: inf as long as nobody can know, None where no pace is known yet."""
    if plan.seconds is not None and state.again_seconds < inf:
        return max(0.0, plan.seconds - seconds)
    if state.end is None:
        return inf
    steps = state.end - state.step
    return (steps + looks_on(state.step, steps) * state.look_steps) * pace.step + WRITINGS * pace.writing if pace.step else None
