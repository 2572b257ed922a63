"""When a run ends, and how its learning rate comes down to zero there.

Where a time was given, the number of steps is decided by the pace so far once the part at the full learning rate is spent, and again each
time half of what was then left, of the time or of the steps, is spent: a machine that becomes busier takes fewer steps, and the time holds.
What a clock decides is written down in the state, which a resumed run follows.
"""
from __future__ import annotations

from collections.abc import Callable
from math import inf

from engine.train.checkpoint import Plan, State

WARM_STEPS = 20
COOL_SHARE = 0.5            # of a run: the learning rate comes down to zero over it
LONGEST = 20_000            # steps, where the held-out error decides
LOOK_EVERY = 200
SURE = 10                   # steps that tell a pace
WRITINGS = 2                # at the end: the checkpoint and the model


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
            self.anew()
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

    def _lap(self) -> float:
        before, self._at = self._at, self._clock()
        return self._at - before


def rate(state: State) -> float:
    """The learning rate over that of the start: up over WARM_STEPS, level, and from `level` at `cools` down to zero at the end."""
    return min(1.0, (state.step + 1) / WARM_STEPS) * fallen(state)


def fallen(state: State) -> float:
    if state.ends is None or state.step < state.cools:
        return state.level
    return state.level * (state.ends - state.step) / max(1, state.ends - state.cools)


def end_at(state: State, steps: int) -> None:
    """From now on it is decided where the run ends, and from which step on the learning rate comes down; it goes on from where it is."""
    state.level = fallen(state)
    state.ends, state.cools = steps, max(state.step, round(steps * (1 - COOL_SHARE)))


def due(state: State, plan: Plan, seconds: float) -> bool:
    """Whether a clock has to decide now where the run ends. `seconds` were spent so far."""
    if plan.seconds is None:
        return False
    if state.ends is None:
        return seconds >= (1 - COOL_SHARE) * plan.seconds
    return state.step < state.ends - 1 and (seconds >= state.again_seconds or state.step >= state.again_step)


def decide(state: State, plan: Plan, seconds: float, pace: Pace) -> None:
    """As many steps as what is left of the time has room for, at least one."""
    assert plan.seconds is not None
    steps = max(1, steps_within(plan.seconds - seconds - WRITINGS * pace.writing, state, pace))
    state.level = fallen(state)
    state.ends, state.cools = state.step + steps, state.step
    state.again_step, state.again_seconds = state.step + (steps + 1) // 2, (seconds + plan.seconds) / 2
    pace.anew()


def over(state: State, plan: Plan, seconds: float, pace: Pace) -> bool:
    """Whether not even one more step, with the last look and the writing, fits into the time."""
    return plan.seconds is not None and plan.seconds - seconds < (1 + state.look_steps) * pace.step + WRITINGS * pace.writing


def steps_within(seconds: float, state: State, pace: Pace) -> int:
    """How many steps fit into a time together with the looks on the way and the last one."""
    looks = 1
    while True:
        steps = int(seconds / max(pace.step, 1e-9) - looks * state.look_steps)
        if steps < 1 or looks_on(state.step, steps) <= looks:
            return steps
        looks += 1


def looks_on(step: int, steps: int) -> int:
    """Looks that the next `steps` steps after `step` come with, the last one included."""
    return (step + steps - 1) // LOOK_EVERY - step // LOOK_EVERY + 1


def seconds_left(state: State, plan: Plan, seconds: float, pace: Pace) -> float | None:
    """Seconds to the end of the run: inf as long as nobody can know, None where no pace is known yet."""
    if plan.seconds is not None:
        return max(0.0, plan.seconds - seconds)
    if state.ends is None:
        return inf
    steps = state.ends - state.step
    return (steps + looks_on(state.step, steps) * state.look_steps) * pace.step + WRITINGS * pace.writing if pace.step else None
