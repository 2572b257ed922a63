"""The square of a frame that is measured has most of what is trusted."""
import numpy as np

from engine.detail.fullest import fullest


def test_the_window_has_most_of_what_counts() -> None:
    weight = np.zeros((50, 70), np.float32)
    weight[30:45, 55:66] = 1
    rows, columns = fullest(weight, 20)
    assert weight[rows, columns].shape == (20, 20) and weight[rows, columns].sum() == weight.sum()
    assert fullest(weight, 99) == (slice(0, 50), slice(0, 70))


def test_it_is_the_middle_where_all_count_alike_and_where_nothing_does():
    for weight in (np.full((50, 71), 255, np.uint8), np.zeros((50, 71), np.uint8)):
        assert fullest(weight, 20) == (slice(15, 35), slice(25, 45))


def test_an_empty_middle_is_not_taken():
    weight = np.full((100, 100), 255, np.uint8)
    weight[20:80, 20:80] = 0
    assert weight[fullest(weight, 60)].any()
