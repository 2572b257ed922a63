"""Work spread over threads keeps its order, stays little ahead, and ends where its caller does."""
from __future__ import annotations

import threading
import time

import pytest

from engine.run import MOST_ROOM, THREADS, each


def test_results_come_in_the_order_of_the_items() -> None:
    def slow_at_first(k: int, unit: str) -> str:
        time.sleep(0.02 if k == 0 else 0)
        return f"{k} {unit}"

    assert list(each(slow_at_first, range(20), ["px"] * 20)) == [f"{k} px" for k in range(20)]


def test_it_is_never_far_ahead_of_the_caller() -> None:
    begun: list[int] = []
    results = each(begun.append, range(100))
    for taken in range(1, 50):
        next(results)
        assert len(begun) <= taken + THREADS + 1
    results.close()  # type: ignore[attr-defined]
    assert len(begun) < 100


def test_where_the_loop_ends_early_nothing_goes_on_behind_it() -> None:
    before = threading.active_count()
    with pytest.raises(KeyError):
        for k in each(lambda k: time.sleep(0.01) or k, range(100)):
            raise KeyError(k)
    assert threading.active_count() == before


def test_large_items_are_worked_on_one_at_a_time() -> None:
    at_once: list[int] = []
    peak = 0

    def work(k: int) -> None:
        nonlocal peak
        at_once.append(k)
        peak = max(peak, len(at_once))
        time.sleep(0.005)
        at_once.remove(k)

    list(each(work, range(10), room=MOST_ROOM))
    assert peak == 1


def test_an_error_comes_to_the_caller_and_ends_the_threads() -> None:
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError):
        list(each(lambda k: 1 // (5 - k), range(100)))
    assert threading.active_count() == before
