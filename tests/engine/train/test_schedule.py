"""A time is a promise: by a clock that is moved by hand, a run ends within it, however the machine's pace changes."""
from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from engine.run import Cancelled, Clock, Run
from engine.train.asked import TrainSettings
from engine.train.checkpoint import Plan, State
from engine.train.loop import train
from engine.train.schedule import LOOK_EVERY, Pace, cut, decide, due, half_way, over, rate, seconds_left
from tests.engine.train.made import film


def plan(seconds: float | None = None, steps: int | None = None) -> Plan:
    return Plan("", "cpu", 1, False, 2, steps, seconds)


@dataclass
class Made:
    """A run without a net: its looks and steps only take time, `slower` times as much as usual at any second of it."""

    plan: Plan
    step: float
    look: float = 0.0
    slower: Callable[[float], float] = lambda now: 1.0
    shares: Sequence[float] = (1.0,)
    now: float = 0.0
    state: State = field(default_factory=State)
    rates: list[float] = field(default_factory=list)
    told: list[tuple[float, float | None]] = field(default_factory=list)

    def go(self) -> Made:
        state, pace = self.state, Pace(lambda: self.now)
        if self.plan.steps:
            state.ends, state.cools = [self.plan.steps], self.plan.steps // 2
        while state.end is None or state.step < state.end:
            self.rates.append(rate(state))
            self.spend(self.step)
            state.step += 1
            pace.stepped()
            if due(state, self.plan, self.now):
                if state.end is None:
                    self.see(pace)
                decide(state, self.plan, self.now, pace, self.shares)
            if state.end is not None and over(state, self.plan, self.now, pace):
                cut(state)
            if state.step == state.stop != state.end:
                state.part, state.began, state.level = state.part + 1, state.step, 1.0
                state.cools = half_way(state)
            if state.step == state.end or state.step % LOOK_EVERY == 0:
                self.see(pace)
            self.told.append((self.now, seconds_left(state, self.plan, self.now, pace)))
        return self

    def see(self, pace: Pace) -> None:
        self.spend(self.look)
        self.state.look_steps = pace.looked()

    def spend(self, seconds: float) -> None:
        self.now += seconds * self.slower(self.now)


@pytest.mark.parametrize("seconds", [20, 60, 600, 7200])
@pytest.mark.parametrize(("step", "look"), [(0.3, 2.0), (0.02, 1.0), (1.7, 0.0)])
def test_on_a_quiet_machine_the_whole_time_is_used_and_no_more(seconds: int, step: float, look: float) -> None:
    made = Made(plan(seconds), step, look).go()
    assert seconds - 2 * step - look - 0.01 * seconds <= made.now <= seconds + 0.01


@pytest.mark.parametrize("slower", [
    lambda now: 3.0 if now > 35 else 1.0, lambda now: 3.0 if now > 50 else 1.0, lambda now: 2.0 if now > 57 else 1.0,
    lambda now: 0.2 if now > 35 else 1.0, lambda now: 1 + now / 20,
])
def test_a_machine_that_becomes_busier_or_idle_after_half_time_still_ends_in_time(slower: Callable[[float], float]) -> None:
    made = Made(plan(60), 0.1, 0.5, slower).go()
    assert 56 <= made.now <= 61
    assert made.rates[-1] < 0.05


def test_the_learning_rate_never_jumps_and_comes_down_to_zero() -> None:
    made = Made(plan(60), 0.05, 0.4, lambda now: 2.5 if now > 40 else 1.0).go()
    assert made.rates[-1] < 0.02
    down = made.rates[30:]
    assert max(before - after for before, after in pairwise(down)) < 0.03
    assert all(after <= before for before, after in pairwise(down))


def test_the_parts_of_a_run_keep_their_shares_when_the_machine_becomes_busier() -> None:
    made = Made(plan(60), 0.05, 0.1, lambda now: 2.0 if now > 35 else 1.0, (0.5, 0.3, 0.2)).go()
    assert 57 <= made.now <= 60.5
    ends, half = made.state.ends, 600
    shared, first, second = (end - before for before, end in pairwise((half, *ends)))
    assert first / second == pytest.approx(1.5, rel=0.2) and shared > first
    for end in ends:
        assert made.rates[end - 1] < 0.1
    assert max(made.rates[ends[0]:ends[1]]) == 1.0


@pytest.mark.parametrize("asked", [plan(600), plan(steps=2000)])
def test_after_ten_seconds_the_time_left_is_told_within_15_percent(asked: Plan) -> None:
    made = Made(asked, 0.1, 3.0).go()
    for now, left in made.told:
        if now > 10 and made.now - now > 5:
            assert left == pytest.approx(made.now - now, rel=0.15, abs=1.0)


def test_where_the_held_out_error_decides_no_time_is_told_until_it_has() -> None:
    pace = Pace(lambda: 0.0)
    left = seconds_left(State(step=50), plan(), 100.0, pace)
    assert Clock().left(50, 20_000, "training", left) is None


class Slow(Run):
    """Every step takes a second by a clock of its own, and three times that from some second on."""

    def __init__(self, from_second: float, stop_at: float = float("inf")) -> None:
        super().__init__()
        self.now, self.from_second, self.stop_at = 0.0, from_second, stop_at

    def report(self, done: int, total: int, note: str) -> None:
        if note.startswith("training"):
            self.now += 3.0 if self.now > self.from_second else 1.0
        if self.now > self.stop_at:
            raise Cancelled


def test_training_keeps_its_time(tmp_path: Path) -> None:
    pairs = film(tmp_path / "pairs", count=2)
    run = Slow(from_second=40)
    result = train(pairs, TrainSettings(minutes=1), tmp_path / "run", run, clock=lambda: run.now)
    assert 55 <= run.now <= 61
    assert result.steps == pytest.approx(40 + 20 / 3, abs=2)
    rows = [json.loads(line) for line in (tmp_path / "run" / "curve.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == sorted({row["step"] for row in rows})


def test_a_run_that_is_stopped_after_a_decision_follows_it(tmp_path: Path) -> None:
    pairs = film(tmp_path / "pairs", count=2)
    first = Slow(from_second=1000, stop_at=50)
    with pytest.raises(Cancelled):
        train(pairs, TrainSettings(minutes=1), tmp_path / "run", first, clock=lambda: first.now)
    second = Slow(from_second=1000)
    result = train(pairs, TrainSettings(minutes=1), tmp_path / "run", second, clock=lambda: second.now)
    assert 57 <= first.now + second.now <= 61
    assert 57 <= result.steps <= 61
